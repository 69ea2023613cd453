//! E-mails: blocks become MJML, which is compiled to the tables that mail programs know, and cut at its places.
use std::collections::HashMap;

use mrml::prelude::render::RenderOptions;

use super::inline::{As, Links};
use super::mail_parts::Sheet;
use super::scene::{Scene, language};
use super::template::{Marks, Pieces, escape};
use super::{Ink, Mail, Setting, Slot, Template, mail_text};
use crate::text::one_line;
use crate::{Block, Content, Part};

/// Largest mail that programs show whole, in bytes.
pub const MOST_BYTES: usize = 102_000;
/// Width of the mail in CSS pixels.
pub(super) const WIDTH: u32 = 600;

/// Compiles an e-mail.
#[must_use]
pub fn mail(content: &Content, setting: &Setting) -> Mail {
    let scene = Scene::new(content, setting);
    let mut links = Links::default();
    let html = html(&scene, &mut links);
    let text = mail_text::text(&scene, &mut links);
    let other = one_line(&content.other_subject);
    Mail {
        subject: subject(&scene, &content.subject),
        other_subject: (!other.is_empty()).then(|| subject(&scene, &other)),
        html,
        text,
        links: links.0,
    }
}

fn subject(scene: &Scene<'_>, text: &str) -> Template {
    Template(scene.line(text, As::Text, &mut Links::default()).0)
}

fn html(scene: &Scene<'_>, links: &mut Links) -> Template {
    let mut sheet = Sheet::new(scene, links);
    let plain = As::Html { link: "" };
    let title = sheet.scene.line(&scene.content.subject, plain, &mut Links::default());
    let title = sheet.marks.mark(title);
    let preview = preview(scene);
    let preview = if preview.is_blank() { String::new() } else { sheet.marks.mark(preview) };
    let body = sheet.body(&scene.content.blocks);
    let setting = scene.setting;
    let (tag, dir) = (language(&setting.language), if setting.right_to_left { "rtl" } else { "ltr" });
    let light = &sheet.light;
    let preview = if preview.is_empty() { preview } else { format!("<mj-preview>{preview}</mj-preview>") };
    let align = sheet.start();
    let mjml = format!(
        "<mjml lang=\"{tag}\" dir=\"{dir}\"><mj-head><mj-title>{title}</mj-title>{preview}<mj-attributes>\
         <mj-all font-family=\"Arial, Helvetica, sans-serif\"/>\
         <mj-text font-size=\"16px\" line-height=\"1.5\" color=\"{}\" align=\"{align}\" padding=\"8px 24px\"/>\
         <mj-button font-size=\"16px\" font-weight=\"700\" inner-padding=\"13px 24px\" align=\"{align}\" padding=\"12px 24px\"/>\
         <mj-section padding=\"0\"/><mj-image padding=\"8px 24px\"/></mj-attributes>\
         <mj-raw><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"></mj-raw>\
         <mj-style>{}</mj-style></mj-head>\
         <mj-body width=\"{WIDTH}px\" background-color=\"{}\" css-class=\"o\">{body}</mj-body></mjml>",
        light.text,
        dark(&sheet.dark, &sheet.dark_outer, &light.text),
        sheet.outer,
    );
    let parsed = mrml::parse(mjml).expect("what is compiled holds no words of people");
    let options = RenderOptions { disable_comments: true, social_icon_origin: None, fonts: HashMap::new() };
    let html = parsed.element.render(&options).expect("a mail of ours is rendered");
    sheet.marks.resolved(&html)
}

/// What stands beside the subject, and space behind it so that nothing of the mail follows.
fn preview(scene: &Scene<'_>) -> Pieces {
    let mut pieces = scene.line(&scene.content.summary, As::Html { link: "" }, &mut Links::default());
    if !pieces.is_blank() {
        pieces.raw(&"&#847;&zwnj;&nbsp;".repeat(40));
    }
    pieces
}

/// The sheet for mail programs that are dark; logos keep their light ground.
fn dark(ink: &Ink, outer: &str, plate: &str) -> String {
    let Ink { ground, text, muted, line, accent, on_accent, link } = ink;
    format!(
        ":root{{color-scheme:light dark;supported-color-schemes:light dark}}\
         @media (prefers-color-scheme:dark){{\
         body,.o,.o>table{{background:{outer} !important}}\
         .l td{{color:{plate} !important}}\
         .s,.s>table{{background:{ground} !important}}\
         .c,.c>table{{background:{outer} !important}}\
         .t div,.t p,.t li,.t h1,.t h2{{color:{text} !important}}\
         .m div,.m p,.m li{{color:{muted} !important}}\
         .t a,.m a{{color:{link} !important}}\
         .d p{{border-top-color:{line} !important}}\
         .b td,.b a{{background:{accent} !important;color:{on_accent} !important}}}}"
    )
}

/// A picture that nobody sees, asked for when the mail is opened.
pub(super) fn opened(marks: &mut Marks) -> String {
    let mut pieces = Pieces::default();
    pieces.raw("<img src=\"");
    pieces.slot(Slot::Opened);
    pieces.raw("\" width=\"1\" height=\"1\" alt=\"\">");
    format!("<mj-raw>{}</mj-raw>", marks.mark(pieces))
}

/// Whether a block is a footer, also within columns.
pub(super) fn has_footer(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.part {
        Part::Footer { .. } => true,
        Part::Columns { left, right } => has_footer(left) || has_footer(right),
        _ => false,
    })
}

/// A text as an attribute's value.
pub(super) fn attribute(text: &str) -> Pieces {
    let mut pieces = Pieces::default();
    pieces.raw(&escape(&one_line(text)));
    pieces
}
