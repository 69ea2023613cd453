//! Files on their way to the server.
use base::Problem;
use serde::de::DeserializeOwned;

/// Sends the file that was chosen in a file field, with other fields beside it, and empties the field, so that the same file
/// can be chosen again. None when no file is chosen.
///
/// # Errors
/// What the server says; `TooLarge` for a file of more than `most` bytes, which is not sent; `Unavailable` on the server.
pub async fn send_chosen<T: DeserializeOwned>(
    input: &str,
    url: &str,
    fields: &[(&str, &str)],
    most: u32,
) -> Result<Option<T>, Problem> {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let form = form_of(input, fields, most);
        empty(input);
        let Some(form) = form? else { return Ok(None) };
        sent(url, form).await.map(Some)
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    {
        let _ = (input, url, fields, most);
        Err(Problem::Unavailable)
    }
}

/// Like [`send_chosen`], and leaves the field as it is, so that the same file can be sent once more.
///
/// # Errors
/// As [`send_chosen`].
pub async fn send_kept<T: DeserializeOwned>(
    input: &str,
    url: &str,
    fields: &[(&str, &str)],
    most: u32,
) -> Result<Option<T>, Problem> {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    {
        let Some(form) = form_of(input, fields, most)? else { return Ok(None) };
        sent(url, form).await.map(Some)
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    {
        let _ = (input, url, fields, most);
        Err(Problem::Unavailable)
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
async fn sent<T: DeserializeOwned>(url: &str, form: web_sys::FormData) -> Result<T, Problem> {
    let text = crate::wire::send_parts(url, form).await?;
    base::tree::read(&text).map_err(|_| Problem::Unavailable)
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn input_of(id: &str) -> Option<web_sys::HtmlInputElement> {
    use wasm_bindgen::JsCast;
    leptos::prelude::document().get_element_by_id(id)?.dyn_into().ok()
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn empty(input: &str) {
    if let Some(input) = input_of(input) {
        input.set_value("");
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn form_of(input: &str, fields: &[(&str, &str)], most: u32) -> Result<Option<web_sys::FormData>, Problem> {
    let Some(input) = input_of(input) else { return Ok(None) };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return Ok(None) };
    let form = web_sys::FormData::new().map_err(|_| Problem::Unavailable)?;
    for (name, value) in fields {
        form.append_with_str(name, value).map_err(|_| Problem::Unavailable)?;
    }
    let is_small = file.size() <= f64::from(most);
    form.append_with_blob_and_filename("file", &file, &file.name()).map_err(|_| Problem::Unavailable)?;
    if is_small { Ok(Some(form)) } else { Err(Problem::TooLarge { detail: String::new() }) }
}
