//! Documents around what is a picture, and what makes any document fit into the frame of the editor.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use creative::draw::{Post, Setting};

/// Text of HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn document(setting: &Setting, title: &str, body: &str) -> String {
    let direction = if setting.right_to_left { "rtl" } else { "ltr" };
    let (language, title) = (escaped(&setting.language), escaped(title));
    let (light, dark) = (&setting.brand.light, &setting.brand.dark);
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>\
         body{{margin:0;padding:16px;font:16px/1.5 system-ui,sans-serif;background:{};color:{}}}\
         p{{white-space:pre-line;overflow-wrap:anywhere}}img{{max-width:100%;height:auto;display:block}}\
         figure{{margin:0 0 24px}}figcaption{{font-size:14px;color:{}}}\
         @media (prefers-color-scheme:dark){{body{{background:{};color:{}}}figcaption{{color:{}}}}}\
         </style></head><body>{body}</body></html>",
        light.ground, light.text, light.muted, dark.ground, dark.text, dark.muted
    )
}

fn picture(png: &[u8], alt: &str) -> String {
    format!("<img src=\"data:image/png;base64,{}\" alt=\"{}\">", STANDARD.encode(png), escaped(alt))
}

/// A post as networks show it: words above a picture.
pub(super) fn post(setting: &Setting, post: &Post, subject: &str) -> String {
    let body = format!("<p>{}</p>{}", escaped(&post.text), picture(&post.picture, subject));
    document(setting, subject, &body)
}

/// Banners below each other, each with its size.
pub(super) fn banners(setting: &Setting, drawn: &[((u32, u32), Vec<u8>)], subject: &str) -> String {
    let figures: Vec<String> = drawn
        .iter()
        .map(|((width, height), png)| {
            let size = format!("{width} × {height}");
            format!("<figure>{}<figcaption>{size}</figcaption></figure>", picture(png, subject))
        })
        .collect();
    document(setting, subject, &figures.concat())
}

/// The document as it is shown in the editor: always light or always dark, whatever the device prefers, and links lead to a
/// window that the frame may not open.
pub(super) fn framed(html: &str, dark: bool) -> String {
    let always = if dark { "(min-width:0)" } else { "(max-width:0)" };
    let scheme = if dark { "dark" } else { "light" };
    let html = html
        .replace("(prefers-color-scheme:dark)", always)
        .replace("(prefers-color-scheme: dark)", always)
        .replace("scheme:light dark", &format!("scheme:{scheme}"))
        .replace("schemes:light dark", &format!("schemes:{scheme}"))
        .replace("content=\"light dark\"", &format!("content=\"{scheme}\""));
    match html.find("<head>") {
        Some(at) => {
            let (before, after) = html.split_at(at + "<head>".len());
            format!("{before}<base target=\"_blank\">{after}")
        }
        None => html,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_light_or_dark_whatever_the_device_prefers() {
        let post =
            post(&Setting::default(), &Post { text: "a < b".into(), picture: vec![1, 2, 3] }, "\"Title\"");
        assert!(post.contains("a &lt; b") && post.contains("alt=\"&quot;Title&quot;\""), "{post}");
        let dark = framed(&post, true);
        assert!(dark.contains("@media (min-width:0){") && !dark.contains("prefers-color-scheme"), "{dark}");
        assert!(framed(&post, false).contains("@media (max-width:0){"));
        assert!(dark.contains("<head><base target=\"_blank\"><meta"), "{dark}");
    }
}
