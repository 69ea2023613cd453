//! Values that were read once and never change, kept beside the store.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

/// Values kept at most; when there are more, it begins anew.
const MOST: usize = 1024;

type Values = HashMap<(TypeId, Uuid), Arc<dyn Any + Send + Sync>>;

/// Values by the id of an immutable record, such as a published version of rules. A value that can change under its id
/// must not be kept: nothing here ever looks again.
#[derive(Default)]
pub struct Kept(Mutex<Values>);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Kept {
    /// What was kept under an id.
    #[must_use]
    pub fn get<T: Any + Send + Sync>(&self, id: Uuid) -> Option<Arc<T>> {
        let values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        values.get(&(TypeId::of::<T>(), id))?.clone().downcast().ok()
    }

    /// Keeps a value.
    pub fn keep<T: Any + Send + Sync>(&self, id: Uuid, value: Arc<T>) {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if values.len() >= MOST {
            values.clear();
        }
        values.insert((TypeId::of::<T>(), id), value);
    }
}
