//! An element of a page, whatever its tag, attributes and children are.
use upstream::prelude::*;
use upstream::tachys::html::attribute::Attribute;
use upstream::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use upstream::tachys::hydration::Cursor;
use upstream::tachys::renderer::{CastFrom, Rndr, types};
use upstream::tachys::view::add_attr::AddAnyAttr;
use upstream::tachys::view::any_view::AnyView;
use upstream::tachys::view::iterators::StaticVec;
use upstream::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// Tag, attributes and children, none of them in the type.
pub struct Element {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<AnyAttribute>,
    /// Which attribute stands where: one element may replace another only when these are the same.
    keys: Vec<&'static str>,
    children: Vec<AnyView>,
}

impl Element {
    #[inline(never)]
    pub(crate) fn new(tag: &'static str, namespace: Option<&'static str>) -> Self {
        Self { tag, namespace, attributes: Vec::new(), keys: Vec::new(), children: Vec::new() }
    }

    pub(crate) fn with(self, key: &'static str, attribute: impl Attribute) -> Self {
        self.with_any(key, attribute.into_any_attr())
    }

    #[inline(never)]
    fn with_any(mut self, key: &'static str, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self.keys.push(key);
        self
    }

    /// Adds a child to the element.
    pub fn child<C: IntoRender>(self, child: C) -> Self
    where
        C::Output: RenderHtml,
    {
        self.with_child(child.into_render().into_any())
    }

    #[inline(never)]
    fn with_child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Elements whose content the browser must not read as HTML are left as the server wrote them.
    fn is_raw(&self) -> bool {
        matches!(self.tag, "script" | "style" | "noscript" | "textarea")
    }
}

type Attributes = <Vec<AnyAttribute> as Attribute>::State;
type Children = <StaticVec<AnyView> as Render>::State;

/// An element in the page.
pub struct ElementState {
    tag: &'static str,
    keys: Vec<&'static str>,
    node: types::Element,
    attributes: Attributes,
    children: Option<Children>,
}

impl Render for Element {
    type State = ElementState;

    #[inline(never)]
    fn build(self) -> ElementState {
        let node = Rndr::create_element(self.tag, self.namespace);
        let attributes = self.attributes.build(&node);
        let children = (!self.children.is_empty()).then(|| {
            let mut children = StaticVec::from(self.children).build();
            children.mount(&node, None);
            children
        });
        ElementState { tag: self.tag, keys: self.keys, node, attributes, children }
    }

    #[inline(never)]
    fn rebuild(self, state: &mut ElementState) {
        let fits = self.tag == state.tag
            && self.keys == state.keys
            && self.children.is_empty() == state.children.is_none();
        if !fits {
            let mut fresh = self.build();
            state.insert_before_this(&mut fresh);
            state.unmount();
            *state = fresh;
            return;
        }
        self.attributes.rebuild(&mut state.attributes);
        if let Some(children) = &mut state.children {
            StaticVec::from(self.children).rebuild(children);
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
fn hydrate(element: Element, cursor: &Cursor, position: &PositionState) -> ElementState {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::Current => {}
        _ => cursor.sibling(),
    }
    let Some(node) = types::Element::cast_from(cursor.current()) else {
        wasm_bindgen::throw_str(&["hydration expected <", element.tag, ">"].concat())
    };
    let raw = element.is_raw();
    let attributes = element.attributes.hydrate::<true>(&node);
    let children = (!element.children.is_empty() && !raw).then(|| {
        position.set(Position::FirstChild);
        StaticVec::from(element.children).hydrate::<true>(cursor, position)
    });
    cursor.set(node.clone().into());
    position.set(Position::NextChild);
    ElementState { tag: element.tag, keys: element.keys, node, attributes, children }
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
