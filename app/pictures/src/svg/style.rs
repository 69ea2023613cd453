//! The style sheets of a drawing, as far as they lead from elements to others.
use resvg::usvg::roxmltree::{Document, Node};
use simplecss::{AttributeOperator, Element, PseudoClass, StyleSheet};

/// Letters of the longest `url(…)`. One without an end within them names nothing that there could be, and is refused as
/// an address outside of the file; looking further would read the rest of the text again for each.
const LONGEST: usize = 128;

/// What `url(…)` names in a text, without quotes.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let after = text.match_indices(['u', 'U']).filter_map(|(at, _)| {
        let head = text.get(at..at + 4)?;
        head.eq_ignore_ascii_case("url(").then(|| &text[at + 4..])
    });
    after.map(|rest| match rest.bytes().take(LONGEST).position(|byte| byte == b')') {
        Some(end) => rest[..end].trim().trim_matches(['"', '\'']).trim(),
        None => "?",
    })
}

/// All style sheets of a drawing, one after the other.
pub(super) fn text_of(document: &Document) -> String {
    let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
    let texts = sheets.flat_map(|sheet| sheet.children()).filter_map(|child| child.text());
    texts.collect::<Vec<_>>().join("\n")
}

/// The values that rules of a style sheet give an element and that change how it is drawn as a whole.
pub(super) fn heavy_values<'a>(sheet: &'a StyleSheet<'a>, node: Node<'_, '_>) -> Vec<(&'a str, &'a str)> {
    let heavy = |name: &str, value: &str| is_layer(name) || value.contains("url(");
    let rules = sheet.rules.iter().filter(|rule| {
        rule.declarations.iter().any(|one| heavy(one.name, one.value)) && rule.selector.matches(&Of(node))
    });
    rules.flat_map(|rule| &rule.declarations).map(|one| (one.name, one.value)).collect()
}

/// Whether a property makes an element a picture of its own before it is laid on the others.
pub(super) fn is_layer(name: &str) -> bool {
    matches!(name, "opacity" | "filter" | "mask" | "clip-path" | "mix-blend-mode" | "isolation")
}

/// An element as selectors see it.
struct Of<'a, 'input>(Node<'a, 'input>);

impl Element for Of<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Of)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Of)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}
