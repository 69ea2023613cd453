//! A part of the frame whose code comes when it is needed first.
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::reactive::owner::WeakOwner;
use wasm_split_helpers::SplitLoaderError;

use crate::area::say_loaded;

/// Asks for a part once, and shows it from then on. What is made belongs to the frame, whoever asks.
#[derive(Clone)]
pub(crate) struct Later {
    made: Arc<Mutex<Option<AnyView>>>,
    is_there: RwSignal<bool>,
    asked: StoredValue<bool>,
    owner: Option<WeakOwner>,
}

impl Later {
    /// To be made in the frame itself, not in an effect.
    pub(crate) fn new() -> Self {
        Self {
            made: Arc::default(),
            is_there: RwSignal::new(false),
            asked: StoredValue::new(false),
            // The effect that asks is the frame's: by a strong one the frame would hold itself.
            owner: Owner::current().map(|owner| owner.downgrade()),
        }
    }

    /// Lets `making` fetch and make the part, unless that was begun before. When the code does not come, `failed` is
    /// called, and the next call tries again.
    pub(crate) fn ask<F>(&self, making: impl FnOnce() -> F, failed: impl FnOnce() + 'static)
    where
        F: Future<Output = Result<AnyView, SplitLoaderError>> + 'static,
    {
        let owner = self.owner.as_ref().and_then(WeakOwner::upgrade);
        let (Some(owner), Some(false)) = (owner, self.asked.try_get_value()) else { return };
        self.asked.set_value(true);
        let (making, later) = (making(), self.clone());
        let making = async move {
            match making.await {
                Ok(view) => {
                    *later.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(view);
                    let _ = later.is_there.try_set(true);
                    say_loaded();
                }
                Err(_) => {
                    later.asked.try_set_value(false);
                    failed();
                }
            }
        };
        leptos::task::spawn_local(owner.with(|| ScopedFuture::new_untracked(making)));
    }

    pub(crate) fn is_there(&self) -> RwSignal<bool> {
        self.is_there
    }

    /// The part, once it is there.
    pub(crate) fn view(self) -> impl IntoView {
        move || self.is_there.get().then(|| self.made.lock().unwrap_or_else(PoisonError::into_inner).take())
    }
}
