//! What a drawing may not hold. Nothing of it could run or be fetched here, as only pixels are kept; it is refused so that
//! people learn what their file holds, and that the drawing will not be what they see in their program.
use resvg::usvg::roxmltree::{Document, Node};

use super::style::{addresses, text_of};
use crate::Refusal;

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const INCLUDE: &str = "http://www.w3.org/2001/XInclude";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Levels of elements within each other.
const MOST_DEPTH: usize = 64;
/// Style sheets, in bytes.
const MOST_STYLE: usize = 64 * 1024;

/// Looks at every node.
pub(super) fn screen(document: &Document) -> Result<(), Refusal> {
    if document.root_element().tag_name().namespace() != Some(SVG) {
        return Err(Refusal::Kind("markup that is no drawing"));
    }
    for node in document.descendants() {
        if node.is_pi() {
            return Err(Refusal::SvgDeclaration);
        }
        if node.is_element() {
            if node.ancestors().take(MOST_DEPTH + 2).count() > MOST_DEPTH + 1 {
                return Err(Refusal::SvgCostly);
            }
            element(node)?;
        }
    }
    let styles = text_of(document);
    if styles.len() > MOST_STYLE {
        return Err(Refusal::SvgCostly);
    }
    let low = styles.to_ascii_lowercase();
    if low.contains("@import") || low.contains("@font-face") {
        return Err(Refusal::SvgReference);
    }
    named(&styles)
}

fn element(node: Node) -> Result<(), Refusal> {
    let tag = node.tag_name();
    match tag.namespace() {
        Some(SVG) => {}
        Some(XHTML) => return Err(Refusal::SvgForeign),
        Some(INCLUDE) => return Err(Refusal::SvgReference),
        // What drawing programs write down for themselves; it is not drawn.
        _ => return attributes(node, false),
    }
    match tag.name() {
        "script" | "handler" => return Err(Refusal::SvgScript),
        "foreignObject" | "iframe" | "object" | "embed" | "audio" | "video" | "canvas" => {
            return Err(Refusal::SvgForeign);
        }
        "text" | "tspan" | "textPath" | "tref" => return Err(Refusal::SvgText),
        "pattern" | "marker" | "feTurbulence" | "feConvolveMatrix" | "feMorphology" | "feDisplacementMap"
        | "feDiffuseLighting" | "feSpecularLighting" | "feTile" => return Err(Refusal::SvgCostly),
        _ => {}
    }
    attributes(node, matches!(tag.name(), "image" | "feImage"))?;
    if matches!(tag.name(), "image" | "feImage") { Err(Refusal::SvgPicture) } else { Ok(()) }
}

fn attributes(node: Node, may_hold_data: bool) -> Result<(), Refusal> {
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        if name.len() > 2 && name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            return Err(Refusal::SvgScript);
        }
        if attribute.namespace() == Some(XML) && name == "base" {
            return Err(Refusal::SvgReference);
        }
        if name == "href" || name == "src" {
            address(value, may_hold_data)?;
        }
        if name == "style" && value.to_ascii_lowercase().contains("@import") {
            return Err(Refusal::SvgReference);
        }
        named(value)?;
    }
    Ok(())
}

/// An address must lie within the file.
fn address(text: &str, may_hold_data: bool) -> Result<(), Refusal> {
    // Browsers leave white space and control characters out before they look at the scheme.
    let plain: String =
        text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    if plain.starts_with("javascript:") || plain.starts_with("vbscript:") {
        return Err(Refusal::SvgScript);
    }
    let is_inside = plain.is_empty() || plain.starts_with('#') || may_hold_data && plain.starts_with("data:");
    if is_inside { Ok(()) } else { Err(Refusal::SvgReference) }
}

/// What `url(…)` names must lie within the file.
fn named(text: &str) -> Result<(), Refusal> {
    addresses(text).try_for_each(|found| address(found, false))
}
