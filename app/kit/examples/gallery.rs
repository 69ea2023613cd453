//! Writes the gallery as one page: `cargo run -p kit --example gallery -- sheet.css > gallery.html`.
use std::io::Write;

use leptos::prelude::*;

fn main() -> std::io::Result<()> {
    let sheet = std::env::args().nth(1).unwrap_or_else(|| "main.css".to_owned());
    let theme = std::env::args().nth(2).unwrap_or_else(|| "light".to_owned());
    let page = Owner::new().with(|| kit::gallery::GalleryPage().to_html());
    write!(
        std::io::stdout(),
        r#"<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Gallery</title><link rel="stylesheet" href="{sheet}"></head><body>{page}</body></html>"#
    )
}
