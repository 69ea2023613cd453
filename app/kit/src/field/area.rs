//! Several lines of text. The only place that writes a `<textarea>`: Leptos does not escape what stands in one.
#![allow(clippy::fn_params_excessive_bools, reason = "a component has the attributes of its element")]
use leptos::prelude::*;

use super::{Heard, Wiring, first_value, framed, keep_in_step};

/// A field for several lines of text; it grows with them.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_leave: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let value = first_value(&name, value, bind);
    let heard = Heard { bind, on_input, on_leave };
    let node = NodeRef::<leptos::html::Textarea>::new();
    keep_in_step(node, bind);
    let control = view! {
        <textarea
            class="input"
            id=wiring.id.clone()
            name=name
            rows=rows
            placeholder=placeholder
            maxlength=maxlength
            aria-required=required.then_some("true")
            readonly=readonly
            autofocus=autofocus
            disabled=move || disabled.get()
            aria-invalid=wiring.invalid()
            aria-describedby=wiring.described()
            node_ref=node
            on:input=move |event| heard.typed(event_target_value(&event))
            on:change=move |event| heard.left(event_target_value(&event))
            inner_html=escaped(&value)
        ></textarea>
    };
    framed(&wiring, label, optional, help, control.into_any())
}

/// As character references, so that nothing in it can end the element. A parser drops one line break after
/// the opening tag; text that begins with one gets another in front.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    if cfg!(feature = "ssr") && text.starts_with('\n') {
        out.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\0' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_textarea() {
        let evil = "</textarea><script>alert(1)</script> & more";
        let html = Owner::new().with(|| view! { <TextArea name="note" label="Note" value=evil /> }.to_html());
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"), "{html}");
    }

    #[test]
    fn a_leading_line_break_survives_the_parser() {
        assert_eq!(escaped("\nx"), "\n\nx");
        assert_eq!(escaped("x\ny"), "x\ny");
    }
}
