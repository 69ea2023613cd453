//! What drawing would cost, counted before it is done: elements as often as they are drawn through references, with what
//! their effects take.
use std::collections::HashMap;

use resvg::usvg::roxmltree::{Document, Node, NodeId};
use simplecss::StyleSheet;

use super::style::{addresses, heavy_values, is_layer, text_of};
use crate::Refusal;

/// Cost times pixels: some seconds of one processor at the very most.
const MOST_WORK: u64 = 2_000_000_000;
/// More is not even taken apart, whatever the size: repetitions are written out then.
const MOST_COST: u64 = 30_000;
/// What layers within layers may take, in bytes.
const MOST_LAYERS: u64 = 640 * 1024 * 1024;
/// A layer can be this many times as large as what is drawn: effects look beyond the edge.
const BEYOND: u64 = 16;
/// Steps from reference to reference.
const MOST_STEPS: u32 = 200;
/// How far a blur reaches, in the drawing's units: more is no shadow any more.
const MOST_BLUR: f64 = 200.0;
/// Steps of one filter.
const MOST_PRIMITIVES: usize = 12;

/// What an element and all it leads to would cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// In fillings of a simple shape.
    cost: u64,
    /// Layers within each other.
    layers: u64,
}

impl Weight {
    /// Whether it may be drawn at a size.
    pub(super) fn allows(self, width: u32, height: u32) -> Result<(), Refusal> {
        let pixels = u64::from(width) * u64::from(height);
        let memory = self.layers.saturating_mul(pixels * 4 * BEYOND);
        let fine = self.cost.saturating_mul(pixels) <= MOST_WORK && memory <= MOST_LAYERS;
        if fine { Ok(()) } else { Err(Refusal::SvgCostly) }
    }
}

/// Weighs a whole drawing.
pub(super) fn weigh(document: &Document) -> Result<Weight, Refusal> {
    let text = text_of(document);
    let sheet = StyleSheet::parse(&text);
    let ids = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    let mut scale = Scale { sheet: &sheet, ids: ids.collect(), known: HashMap::new() };
    let whole = scale.weigh(document.root_element(), 0)?;
    if whole.cost > MOST_COST { Err(Refusal::SvgCostly) } else { Ok(whole) }
}

struct Scale<'a, 'input> {
    sheet: &'a StyleSheet<'a>,
    ids: HashMap<&'a str, Node<'a, 'input>>,
    /// None while it is being weighed: who meets it again goes round in circles.
    known: HashMap<NodeId, Option<Weight>>,
}

impl<'a, 'input> Scale<'a, 'input> {
    fn weigh(&mut self, node: Node<'a, 'input>, steps: u32) -> Result<Weight, Refusal> {
        match self.known.get(&node.id()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(Refusal::SvgCostly),
            None => {}
        }
        if steps > MOST_STEPS {
            return Err(Refusal::SvgCostly);
        }
        self.known.insert(node.id(), None);
        let (mut own, targets) = self.own(node);
        if blur_of(node) > MOST_BLUR {
            return Err(Refusal::SvgCostly);
        }
        if node.tag_name().name() == "filter" && node.children().count() > MOST_PRIMITIVES * 3 {
            return Err(Refusal::SvgCostly);
        }
        let mut inner = Weight::default();
        let leads_to: Vec<_> = targets.iter().filter_map(|id| self.ids.get(id.as_str()).copied()).collect();
        for next in node.children().filter(Node::is_element).chain(leads_to) {
            let weight = self.weigh(next, steps + 1)?;
            inner.cost = inner.cost.saturating_add(weight.cost);
            inner.layers = inner.layers.max(weight.layers);
        }
        own.cost = own.cost.saturating_add(inner.cost);
        own.layers = own.layers.saturating_add(inner.layers);
        self.known.insert(node.id(), Some(own));
        Ok(own)
    }

    /// An element without what is in it, and the ids that it names.
    fn own(&self, node: Node<'a, 'input>) -> (Weight, Vec<String>) {
        let mut weight = Weight { cost: 1, layers: 0 };
        let mut targets = Vec::new();
        let mut given: Vec<(&str, &str)> =
            node.attributes().map(|attribute| (attribute.name(), attribute.value())).collect();
        let style = node.attribute("style").unwrap_or_default();
        given.extend(
            style.split(';').filter_map(|one| one.split_once(':')).map(|(a, b)| (a.trim(), b.trim())),
        );
        given.extend(heavy_values(self.sheet, node));
        let mut is_layered = false;
        for (name, value) in given {
            match name {
                "d" | "points" => weight.cost += value.len() as u64 / 100,
                "stroke-dasharray" if value != "none" => weight.cost += 200,
                "filter" if value != "none" => {
                    weight.cost += 100;
                    weight.layers += 4;
                }
                "href" => targets.extend(value.trim().strip_prefix('#').map(str::to_owned)),
                _ => {}
            }
            is_layered |= is_layer(name) && value != "none" && value != "1" && value != "normal";
            if name != "style" {
                let found = addresses(value).filter_map(|address| address.strip_prefix('#'));
                targets.extend(found.map(str::to_owned));
            }
        }
        if is_layered {
            weight.cost += BEYOND;
            weight.layers += 1;
        }
        (weight, targets)
    }
}

/// The widest of the one or two numbers of a blur; infinite when they are none.
fn blur_of(node: Node) -> f64 {
    let Some(text) = node.attribute("stdDeviation") else { return 0.0 };
    let numbers = text.split([' ', ',']).filter(|part| !part.is_empty());
    let numbers = numbers.map(|part| part.parse::<f64>().ok().filter(|number| number.is_finite()));
    numbers.fold(0.0, |most, number| most.max(number.unwrap_or(f64::INFINITY)))
}
