//! An element of a page, whatever its tag, attributes and children are.
use upstream::tachys::html::attribute::Attribute;
use upstream::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use upstream::tachys::hydration::Cursor;
use upstream::tachys::renderer::{CastFrom, Rndr, types};
use upstream::tachys::view::add_attr::AddAnyAttr;
use upstream::tachys::view::any_view::AnyView;
use upstream::tachys::view::iterators::StaticVec;
use upstream::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

use crate::attribute::{Given, Kept, What};

/// Tag, attributes and children, none of them in the type; behind a pointer, so that the calls which add to it, of
/// which screens are full, pass one word.
pub struct Element(Box<Parts>);

struct Parts {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<Given>,
    children: Vec<AnyView>,
}

impl Element {
    #[inline(never)]
    pub(crate) fn new(tag: &'static str, namespace: Option<&'static str>) -> Self {
        Self(Box::new(Parts { tag, namespace, attributes: Vec::new(), children: Vec::new() }))
    }

    #[inline(never)]
    pub(crate) fn give(mut self, name: &'static str, what: What) -> Self {
        self.0.attributes.push(Given { name, what });
        self
    }

    pub(crate) fn with(self, name: &'static str, attribute: impl Attribute) -> Self {
        self.give(name, What::Other(attribute.into_any_attr()))
    }

    /// Adds a child to the element.
    pub fn child<C: crate::watched::IntoRender>(self, child: C) -> Self
    where
        C::Output: RenderHtml,
    {
        self.with_child(crate::IntoAny::into_any(child.into_render()))
    }

    #[inline(never)]
    fn with_child(mut self, child: AnyView) -> Self {
        self.0.children.push(child);
        self
    }
}

impl Parts {
    /// Elements whose content the browser must not read as HTML are left as the server wrote them.
    fn is_raw(&self) -> bool {
        matches!(self.tag, "script" | "style" | "noscript" | "textarea")
    }
}

type Children = <StaticVec<AnyView> as Render>::State;

/// An element in the page.
pub struct ElementState {
    tag: &'static str,
    node: types::Element,
    attributes: Vec<(&'static str, Kept)>,
    children: Option<Children>,
}

impl ElementState {
    fn of(
        tag: &'static str,
        node: types::Element,
        given: Vec<Given>,
        keep: fn(Given, &types::Element) -> Kept,
        children: Option<Children>,
    ) -> Self {
        let attributes = given.into_iter().map(|given| (given.name, keep(given, &node))).collect();
        Self { tag, node, attributes, children }
    }

    /// Whether the element can become the new one: its tag and its attributes' names are the same.
    fn fits(&self, new: &Parts) -> bool {
        self.tag == new.tag
            && self.attributes.iter().map(|(name, _)| *name).eq(new.attributes.iter().map(|given| given.name))
            && self.children.is_none() == new.children.is_empty()
    }
}

impl Render for Element {
    type State = ElementState;

    #[inline(never)]
    fn build(self) -> ElementState {
        let parts = *self.0;
        let node = Rndr::create_element(parts.tag, parts.namespace);
        let mut state = ElementState::of(parts.tag, node, parts.attributes, Given::build, None);
        state.children = (!parts.children.is_empty()).then(|| {
            let mut children = StaticVec::from(parts.children).build();
            children.mount(&state.node, None);
            children
        });
        state
    }

    #[inline(never)]
    fn rebuild(self, state: &mut ElementState) {
        if !state.fits(&self.0) {
            let mut fresh = self.build();
            state.insert_before_this(&mut fresh);
            state.unmount();
            *state = fresh;
            return;
        }
        let parts = *self.0;
        for (given, (_, kept)) in parts.attributes.into_iter().zip(&mut state.attributes) {
            given.rebuild(&state.node, kept);
        }
        if let Some(children) = &mut state.children {
            StaticVec::from(parts.children).rebuild(children);
        }
    }
}
impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    // Text is written on the server only, with upstream's elements.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> ElementState {
        hydrate(self, cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[inline(never)]
fn hydrate(Element(parts): Element, cursor: &Cursor, position: &PositionState) -> ElementState {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::Current => {}
        _ => cursor.sibling(),
    }
    let Some(node) = types::Element::cast_from(cursor.current()) else {
        wasm_bindgen::throw_str(&["hydration expected <", parts.tag, ">"].concat())
    };
    let raw = parts.is_raw();
    let Parts { tag, attributes, children, .. } = *parts;
    let mut state = ElementState::of(tag, node, attributes, Given::hydrate, None);
    state.children = (!children.is_empty() && !raw).then(|| {
        position.set(Position::FirstChild);
        StaticVec::from(children).hydrate::<true>(cursor, position)
    });
    cursor.set(state.node.clone().into());
    position.set(Position::NextChild);
    state
}

impl AddAnyAttr for Element {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self {
        self.with("+", attribute)
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.node).and_then(types::Element::cast_from);
        parent.is_some_and(|parent| {
            child.mount(&parent, Some(&self.node));
            true
        })
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.node.clone()]
    }
}
