//! Closures of screens that are run again when what they read has moved.
use std::sync::{Arc, Mutex};

use upstream::prelude::{AnyView, Render, RenderHtml};
use upstream::tachys::reactive_graph::SharedReactiveFunction;

use crate::IntoAny;
use crate::value::{IntoValue, Value};

/// A closure of a screen, as `view!` hands it on: a child or an attribute's value.
pub struct Watched<T>(Box<dyn FnMut() -> T + Send>);

/// What `view!` makes of a closure that is written in it.
#[doc(hidden)]
pub fn __as_shared_reactive_fn<T>(read: impl FnMut() -> T + Send + 'static) -> Watched<T> {
    Watched(Box::new(read))
}

/// What `view!` calls on a child.
pub trait IntoRender {
    /// What becomes of it.
    type Output;

    /// The child as a view.
    fn into_render(self) -> Self::Output;
}

impl<T: Render> IntoRender for T {
    type Output = Self;

    fn into_render(self) -> Self {
        self
    }
}

// All closures become one type of view, whatever they give: following what is read is much code.
impl<T: RenderHtml + 'static> IntoRender for Watched<T> {
    type Output = SharedReactiveFunction<AnyView>;

    fn into_render(self) -> Self::Output {
        // The server writes nothing for nothing, but a mark for nothing of a forgotten type.
        const { assert!(T::EXISTS, "a closure of a screen gives something, or an `Option` of it") };
        let mut read = self.0;
        Arc::new(Mutex::new(move || IntoAny::into_any(read())))
    }
}

/// What `view!` calls on an attribute's value.
pub trait IntoAttributeValue: Sized {
    /// The value as it is; [`IntoValue`] takes its type away.
    fn into_attribute_value(self) -> Self {
        self
    }
}

impl<T> IntoAttributeValue for T {}

impl<T: IntoValue + 'static> IntoValue for Watched<T> {
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || (self.0)().into_value()))
    }
}
