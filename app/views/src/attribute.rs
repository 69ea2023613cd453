//! An attribute of an element on its way into the page, and in it.
use upstream::prelude::RenderEffect;
use upstream::tachys::html::attribute::Attribute;
use upstream::tachys::html::attribute::any_attribute::{AnyAttribute, AnyAttributeState};
use upstream::tachys::html::event::{Custom, On};
use upstream::tachys::renderer::{Rndr, types};

use crate::value::{Live, Value};

/// How an element hears of an event.
pub(crate) type Listener = On<Custom<web_sys::Event>, Box<dyn FnMut(web_sys::Event)>>;

/// An attribute as `view!` gives it.
pub(crate) struct Given {
    /// Which attribute it is: one element may replace another only when these are the same.
    pub(crate) name: &'static str,
    pub(crate) what: What,
}

pub(crate) enum What {
    Value(Kind, Value),
    Listener(Listener),
    /// Upstream's own, for the few that are not of these kinds.
    Other(AnyAttribute),
}

/// What a value is written to.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Attribute,
    /// One of several classes.
    Class,
    /// A property of the DOM's object.
    Property,
}

/// An attribute in the page.
pub(crate) enum Kept {
    Value(Value),
    Live(RenderEffect<Value>),
    Listener(<Listener as Attribute>::State),
    Other(AnyAttributeState),
}

impl Given {
    /// Sets it on an element that was just made.
    pub(crate) fn build(self, node: &types::Element) -> Kept {
        match self.what {
            What::Value(kind, value) => change(Place { node, name: self.name, kind }, Value::Absent, value),
            What::Listener(listener) => Kept::Listener(listener.build(node)),
            What::Other(other) => Kept::Other(other.build(node)),
        }
    }

    /// Takes over what the server wrote.
    pub(crate) fn hydrate(self, node: &types::Element) -> Kept {
        match self.what {
            // The server writes no properties.
            What::Value(kind @ Kind::Property, value) => {
                change(Place { node, name: self.name, kind }, Value::Absent, value)
            }
            What::Value(kind, Value::Live(read)) => {
                Kept::Live(follow(Place { node, name: self.name, kind }, read, None))
            }
            What::Value(_, value) => Kept::Value(value),
            What::Listener(listener) => Kept::Listener(listener.hydrate::<true>(node)),
            What::Other(other) => Kept::Other(other.hydrate::<true>(node)),
        }
    }

    /// Takes the place of what was given before.
    pub(crate) fn rebuild(self, node: &types::Element, kept: &mut Kept) {
        match (self.what, &mut *kept) {
            (What::Listener(listener), Kept::Listener(state)) => listener.rebuild(state),
            (What::Other(other), Kept::Other(state)) => other.rebuild(state),
            (What::Value(kind, value), Kept::Value(old)) => {
                let old = std::mem::replace(old, Value::Absent);
                *kept = change(Place { node, name: self.name, kind }, old, value);
            }
            (What::Value(kind, value), Kept::Live(effect)) => {
                let old = effect.take_value().unwrap_or(Value::Absent);
                *kept = change(Place { node, name: self.name, kind }, old, value);
            }
            (what, _) => *kept = Self { name: self.name, what }.build(node),
        }
    }
}

/// Where a value is written.
struct Place<'a> {
    node: &'a types::Element,
    name: &'static str,
    kind: Kind,
}

fn change(place: Place<'_>, old: Value, value: Value) -> Kept {
    if let Value::Live(read) = value {
        return Kept::Live(follow(place, read, Some(old)));
    }
    place.write(&old, &value);
    Kept::Value(value)
}

/// Writes what `read` gives, now and whenever it changes; `old` is what the page has, where that can differ.
fn follow(Place { node, name, kind }: Place<'_>, mut read: Live, old: Option<Value>) -> RenderEffect<Value> {
    let node = node.clone();
    let mut written_by_server = old.is_none();
    RenderEffect::new_with_value(
        move |old: Option<Value>| {
            let value = read().settled();
            if !std::mem::take(&mut written_by_server) {
                Place { node: &node, name, kind }.write(&old.unwrap_or(Value::Absent), &value);
            }
            value
        },
        old,
    )
}

impl Place<'_> {
    fn write(&self, old: &Value, value: &Value) {
        let &Self { node, name, kind } = self;
        match (kind, value) {
            (Kind::Property, Value::Flag(flag)) => Rndr::set_property_or_value(node, name, &(*flag).into()),
            (Kind::Property, Value::Text(text)) => Rndr::set_property_or_value(node, name, &(**text).into()),
            (Kind::Property, Value::Absent | Value::Live(_)) => {}
            (Kind::Attribute | Kind::Class, _) => match (old.text(), value.text()) {
                (Some(old), Some(text)) if old == text => {}
                (None, Some(_)) if matches!(kind, Kind::Class) => {
                    Rndr::add_class(&Rndr::class_list(node), name)
                }
                (Some(_), None) if matches!(kind, Kind::Class) => {
                    Rndr::remove_class(&Rndr::class_list(node), name);
                }
                (_, Some(text)) => Rndr::set_attribute(node, name, text),
                (Some(_), None) => Rndr::remove_attribute(node, name),
                (None, None) => {}
            },
        }
    }
}
