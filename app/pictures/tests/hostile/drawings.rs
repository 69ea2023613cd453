//! Hostile drawings.
use std::fmt::Write as _;
use std::io::Write as _;

use crate::make::{MARK, svg, svg_of};
use crate::{Case, Harmless, Refused};

fn text(inside: &str) -> Vec<u8> {
    inside.as_bytes().to_vec()
}

/// Ten groups, each of which shows the one before it ten times.
fn laughing_uses() -> Vec<u8> {
    let mut inside = "<defs><g id=\"a0\"><rect width=\"9\" height=\"9\"/></g>".to_owned();
    for level in 1..10 {
        let one = format!("<use xlink:href=\"#a{}\"/>", level - 1);
        let _ = write!(inside, "<g id=\"a{level}\">{}</g>", one.repeat(10));
    }
    svg(&(inside + "</defs><use xlink:href=\"#a9\"/>"))
}

fn laughing_entities() -> Vec<u8> {
    let mut file = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..10 {
        let _ = write!(file, "<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    file += "]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"><desc>&a9;</desc></svg>";
    file.into_bytes()
}

fn zipped(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).expect("a file can be made");
    encoder.finish().expect("a file can be made")
}

fn wide(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).expect("a file can be made");
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let filter = |inside: &str| {
        svg(&format!(
            "<filter id=\"f\">{inside}</filter><rect width=\"60\" height=\"60\" filter=\"url(#f)\"/>"
        ))
    };
    let nested_data = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";
    vec![
        ("SVG with a script", svg(&format!("<script>alert('{MARK}')</script>")), Refused("svg_script")),
        ("SVG with a script from elsewhere", svg("<script href=\"https://evil.example/a.js\"/>"), Refused("svg_script")),
        ("SVG with onload", svg_of("width=\"9\" height=\"9\" onload=\"alert(1)\"", ""), Refused("svg_script")),
        ("SVG with OnClick in a group", svg("<g OnClick=\"alert(1)\"/>"), Refused("svg_script")),
        ("SVG with a javascript: link", svg("<a xlink:href=\"javascript:alert(1)\"><path d=\"M0 0\"/></a>"), Refused("svg_script")),
        ("SVG with a javascript: link in disguise", svg("<a href=\" java&#10;Script:alert(1)\"/>"), Refused("svg_script")),
        ("SVG with a picture from elsewhere", svg("<image href=\"https://evil.example/a.png\" width=\"9\" height=\"9\"/>"), Refused("svg_reference")),
        ("SVG with a picture by xlink", svg("<image xlink:href=\"//evil.example/a.png\" width=\"9\" height=\"9\"/>"), Refused("svg_reference")),
        ("SVG with a file of the server", svg("<image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>"), Refused("svg_reference")),
        ("SVG with a file by its relative name", svg("<image href=\"../signing.key\" width=\"9\" height=\"9\"/>"), Refused("svg_reference")),
        ("SVG that uses a part of another", svg("<use href=\"https://evil.example/a.svg#b\"/>"), Refused("svg_reference")),
        ("SVG that uses data", svg(&format!("<use href=\"data:image/svg+xml;base64,{nested_data}#a\"/>")), Refused("svg_reference")),
        ("SVG with a link", svg("<a href=\"https://evil.example/\"><path d=\"M0 0h9v9z\"/></a>"), Refused("svg_reference")),
        ("SVG with a fill from elsewhere", svg("<rect width=\"9\" height=\"9\" fill=\"url(https://evil.example/a.svg#b)\"/>"), Refused("svg_reference")),
        ("SVG with a style from elsewhere", svg("<rect width=\"9\" height=\"9\" style=\"fill: URL( 'https://evil.example/a.svg#b' )\"/>"), Refused("svg_reference")),
        ("SVG with @import", svg("<style>@import url(https://evil.example/a.css);</style>"), Refused("svg_reference")),
        ("SVG with a font from elsewhere", svg("<style>@font-face{font-family:a;src:url(https://evil.example/a.woff2)}</style>"), Refused("svg_reference")),
        ("SVG with xml:base", svg_of("width=\"64\" height=\"64\" xml:base=\"https://evil.example/\"", ""), Refused("svg_reference")),
        ("SVG with XInclude", svg("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>"), Refused("svg_reference")),
        ("SVG with foreignObject", svg("<foreignObject width=\"9\" height=\"9\"><p xmlns=\"http://www.w3.org/1999/xhtml\">a</p></foreignObject>"), Refused("svg_foreign")),
        ("SVG with HTML", svg("<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example/\"/>"), Refused("svg_foreign")),
        ("SVG with an external entity", text("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"><desc>&a;</desc></svg>"), Refused("svg_declaration")),
        ("SVG with entities that laugh a billion times", laughing_entities(), Refused("svg_declaration")),
        ("SVG with a style sheet as an instruction", text("<?xml version=\"1.0\"?><?xml-stylesheet href=\"https://evil.example/a.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"/>"), Refused("svg_declaration")),
        ("SVG with words", svg("<text y=\"20\">Words</text>"), Refused("svg_text")),
        ("SVG with a picture as data", svg("<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"9\" height=\"9\"/>"), Refused("svg_picture")),
        ("SVG within SVG as data", svg(&format!("<image href=\"data:image/svg+xml;base64,{nested_data}\" width=\"9\" height=\"9\"/>")), Refused("svg_picture")),
        ("SVG with a filter that loads", filter("<feImage href=\"data:image/png;base64,iVBORw0KGgo=\"/>"), Refused("svg_picture")),
        ("SVG with groups that laugh a billion times", laughing_uses(), Refused("svg_costly")),
        ("SVG that uses itself", svg("<g id=\"a\"><use href=\"#a\"/></g>"), Refused("svg_costly")),
        ("SVG with a mask of itself", svg("<mask id=\"m\" mask=\"url(#m)\"><rect width=\"9\" height=\"9\"/></mask><rect width=\"9\" height=\"9\" mask=\"url(#m)\"/>"), Refused("svg_costly")),
        ("SVG with 100,000 elements", svg(&"<path d=\"M0 0\"/>".repeat(100_000)), Refused("svg_costly")),
        ("SVG with groups 10,000 deep", svg(&("<g>".repeat(10_000) + &"</g>".repeat(10_000))), Refused("svg_costly")),
        ("SVG with addresses without an end", svg(&format!("<g x=\"{}\"/>", "url(#".repeat(80_000))), Refused("svg_reference")),
        ("SVG with a pattern of patterns", svg("<pattern id=\"p\" width=\"1e-6\" height=\"1e9\"><rect width=\"9\" height=\"9\"/></pattern><rect width=\"60\" height=\"60\" fill=\"url(#p)\"/>"), Refused("svg_costly")),
        ("SVG with turbulence of a million octaves", filter("<feTurbulence baseFrequency=\"0.5\" numOctaves=\"1000000\"/>"), Refused("svg_costly")),
        ("SVG with a matrix of a million cells", filter("<feConvolveMatrix order=\"1000\" kernelMatrix=\"1\"/>"), Refused("svg_costly")),
        ("SVG with 1,000 blurs", filter(&"<feGaussianBlur stdDeviation=\"99\"/>".repeat(1_000)), Refused("svg_costly")),
        ("SVG with 400 layers within and beside each other", svg(&("<g opacity=\"0.9\">".repeat(50) + &"<g style=\"mix-blend-mode:multiply\"><path d=\"M0 0h9v9z\"/></g>".repeat(2_000) + &"</g>".repeat(50))), Refused("svg_costly")),
        ("SVG with a blur without end", filter("<feGaussianBlur stdDeviation=\"1e30\"/>"), Refused("svg_costly")),
        ("SVG with a shadow", filter("<feDropShadow dx=\"2\" dy=\"2\" stdDeviation=\"3\"/>"), Harmless),
        ("SVG a billion wide", svg_of("width=\"1000000000\" height=\"1000000000\"", ""), Refused("svg_size")),
        ("SVG of no width", svg_of("width=\"0\" height=\"64\"", ""), Refused("svg_size")),
        ("SVG of less than no width", svg_of("width=\"-5\" height=\"64\"", ""), Refused("svg_size")),
        ("SVG of a width that is no number", svg_of("width=\"NaN\" height=\"64\" viewBox=\"0 0 64 64\"", ""), Harmless),
        ("SVG with shapes at infinity", svg("<rect x=\"-1e38\" y=\"1e38\" width=\"3e38\" height=\"3e38\"/><path d=\"M1e38 1e38L-1e38 1e38 9 9z\" stroke=\"red\" stroke-width=\"1e30\"/>"), Harmless),
        ("SVG with a million dashes", svg("<path d=\"M0 0h100000\" stroke=\"red\" stroke-dasharray=\"0.0001\"/>"), Harmless),
        ("SVG with a comment and metadata", svg(&format!("<!-- {MARK} --><metadata>{MARK}</metadata><title>{MARK}</title>")), Harmless),
        ("SVG with an animation", svg("<rect width=\"9\" height=\"9\"><animate attributeName=\"x\" from=\"0\" to=\"9\" dur=\"1s\"/></rect>"), Harmless),
        ("SVG with a mark of byte order", [b"\xef\xbb\xbf".to_vec(), svg("")].concat(), Harmless),
        ("SVG with the doctype of old programs", [b"<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">".to_vec(), svg("")].concat(), Harmless),
        ("SVG in UTF-16", wide(&svg("<script>alert(1)</script>")), Refused("picture_kind")),
        ("SVG, compressed, that unpacks to 40 MB", zipped(&svg(&" ".repeat(40 << 20))), Refused("picture_kind")),
        ("SVG that ends early", text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><g>"), Refused("picture_broken")),
        ("SVG of another language", text("<svg width=\"9\" height=\"9\"><rect/></svg>"), Refused("picture_kind")),
    ]
}
