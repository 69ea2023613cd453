//! Views whose type is forgotten, with no more code for each type than building, taking over, and updating it.
//!
//! Upstream's `into_any` also keeps, for every type, a way to take a page over piece by piece while it waits. A page
//! is taken over at once here; so a view is put in a box of ours first, and only the box meets upstream's.
use std::any::{Any, TypeId};

use leptos_router::MatchNestedRoutes;
use upstream::prelude::{AddAnyAttr, AnyView, Mountable, Render, RenderHtml};
use upstream::tachys::html::attribute::Attribute;
use upstream::tachys::html::attribute::any_attribute::AnyAttribute;
use upstream::tachys::hydration::Cursor;
use upstream::tachys::renderer::{Rndr, types};
use upstream::tachys::view::{Position, PositionState};

/// Forgets the type of a view.
pub trait IntoAny {
    /// The view without its type.
    fn into_any(self) -> AnyView;
}

impl<T: RenderHtml> IntoAny for T {
    fn into_any(self) -> AnyView {
        match same(self.into_owned()) {
            Ok(view) => view,
            Err(view) => boxed(Box::new(view)),
        }
    }
}

/// What `view!` calls on each of several children: views, or routes inside `<Routes>`. Which of them is inferred.
pub trait IntoMaybeErased<Kind> {
    /// What becomes of it.
    type Output;

    /// The child without its type.
    fn into_maybe_erased(self) -> Self::Output;
}

/// Children that are views.
pub struct AsView;

/// Children that are routes.
pub struct AsRoute;

impl<T: RenderHtml> IntoMaybeErased<AsView> for T {
    type Output = AnyView;

    fn into_maybe_erased(self) -> AnyView {
        IntoAny::into_any(self)
    }
}

impl<T: MatchNestedRoutes + upstream::prelude::IntoMaybeErased> IntoMaybeErased<AsRoute> for T {
    type Output = <T as upstream::prelude::IntoMaybeErased>::Output;

    fn into_maybe_erased(self) -> Self::Output {
        upstream::prelude::IntoMaybeErased::into_maybe_erased(self)
    }
}

/// The value as what it is, if it is one.
pub(crate) fn same<T: 'static, U: 'static>(value: T) -> Result<U, T> {
    let mut value = Some(value);
    let found = (&mut value as &mut dyn Any).downcast_mut::<Option<U>>().and_then(Option::take);
    match (found, value) {
        (Some(found), _) => Ok(found),
        (None, Some(value)) => Err(value),
        (None, None) => unreachable!("the value is taken only when it is found"),
    }
}

#[inline(never)]
fn boxed(view: Box<dyn Viewed>) -> AnyView {
    upstream::prelude::IntoAny::into_any(Boxed(view))
}

/// A view behind a pointer.
struct Boxed(Box<dyn Viewed>);

trait Viewed: Send {
    fn make(self: Box<Self>) -> Placed;
    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Placed;
    /// Updates what is placed; when that is of another type, makes a fresh one to take its place.
    fn update(self: Box<Self>, placed: &mut Placed) -> Option<Placed>;
}

impl<T: RenderHtml + 'static> Viewed for T {
    fn make(self: Box<Self>) -> Placed {
        Placed::new::<T>(Render::build(*self), (!T::EXISTS).then(Rndr::create_placeholder))
    }

    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Placed {
        let state = RenderHtml::hydrate::<true>(*self, cursor, position);
        Placed::new::<T>(state, (!T::EXISTS).then(|| cursor.next_placeholder(position)))
    }

    fn update(self: Box<Self>, placed: &mut Placed) -> Option<Placed> {
        if placed.view == TypeId::of::<T>()
            && let Some(state) = (*placed.state).as_any().downcast_mut::<T::State>()
        {
            Render::rebuild(*self, state);
            return None;
        }
        Some(self.make())
    }
}

/// A view in the page.
struct Placed {
    view: TypeId,
    state: Box<dyn State>,
    placeholder: Option<types::Placeholder>,
}

impl Placed {
    fn new<T: Render + 'static>(state: T::State, placeholder: Option<types::Placeholder>) -> Self
    where
        T::State: 'static,
    {
        Self { view: TypeId::of::<T>(), state: Box::new(state), placeholder }
    }
}

trait State: Mountable {
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<S: Mountable + 'static> State for S {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl Render for Boxed {
    type State = Placed;

    fn build(self) -> Placed {
        self.0.make()
    }

    #[inline(never)]
    fn rebuild(self, placed: &mut Placed) {
        let Some(mut fresh) = self.0.update(placed) else { return };
        if let Some(placeholder) = &mut placed.placeholder {
            placeholder.insert_before_this(&mut fresh);
            placeholder.unmount();
        } else {
            placed.insert_before_this(&mut fresh);
        }
        placed.unmount();
        *placed = fresh;
    }
}

impl RenderHtml for Boxed {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    // Text is written on the server only, with upstream's views.
    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Placed {
        self.0.take_over(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Boxed {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl Mountable for Placed {
    fn unmount(&mut self) {
        self.state.unmount();
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.unmount();
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.state.mount(parent, marker);
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.state.insert_before_this(child)
            || self.placeholder.as_ref().is_some_and(|placeholder| placeholder.insert_before_this(child))
    }

    fn elements(&self) -> Vec<types::Element> {
        self.state.elements()
    }
}
