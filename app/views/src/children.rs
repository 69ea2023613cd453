//! What components are given as children, made with our way to forget a view's type.
use std::sync::Arc;

use leptos_router::components::RouteChildren;
use upstream::children as theirs;
pub use upstream::children::*;
use upstream::prelude::{AnyView, IntoView, RenderHtml};

use crate::IntoAny;

/// What `view!` calls to make a component's children.
pub trait ToChildren<F> {
    /// Makes them from a function, or from a plain value.
    fn to_children(from: F) -> Self;
}

macro_rules! any_children {
    ($($children:ty = $pointer:ident: $call:ident $(+ $bound:ident)*;)*) => {
        $(
            impl<F, C> ToChildren<F> for $children
            where
                F: $call() -> C + Send $(+ $bound)* + 'static,
                C: RenderHtml + Send + 'static,
            {
                fn to_children(from: F) -> Self {
                    $pointer::new(move || IntoAny::into_any(from()))
                }
            }
        )*
    };
}

type BoxedChildrenFn = Box<dyn Fn() -> AnyView + Send>;

any_children! {
    Children = Box: FnOnce;
    ChildrenFn = Arc: Fn + Sync;
    ChildrenFnMut = Box: Fn;
    BoxedChildrenFn = Box: Fn;
}

impl<T: RenderHtml + Send + 'static> ToChildren<ChildrenOptContainer<T>> for Children {
    fn to_children(from: ChildrenOptContainer<T>) -> Self {
        Box::new(move || IntoAny::into_any(from.0))
    }
}

impl<T: RenderHtml + Clone + Send + Sync + 'static> ToChildren<ChildrenOptContainer<T>> for ChildrenFn {
    fn to_children(from: ChildrenOptContainer<T>) -> Self {
        Arc::new(move || IntoAny::into_any(from.0.clone()))
    }
}

macro_rules! typed_children {
    ($($children:ident: $call:ident $(+ $bound:ident)*;)*) => {
        $(
            impl<F, C> ToChildren<F> for $children<C>
            where
                F: $call() -> C + Send $(+ $bound)* + 'static,
                C: IntoView + 'static,
                C::AsyncOutput: Send,
            {
                fn to_children(from: F) -> Self {
                    theirs::ToChildren::to_children(from)
                }
            }
        )*
    };
}

typed_children! {
    TypedChildren: FnOnce;
    TypedChildrenFn: Fn + Sync;
    TypedChildrenMut: FnMut;
}

impl<F: FnOnce() -> C, C> ToChildren<F> for RouteChildren<C> {
    fn to_children(from: F) -> Self {
        theirs::ToChildren::to_children(from)
    }
}
