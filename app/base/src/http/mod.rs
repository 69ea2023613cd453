//! The one place where verbs meet HTTP: reading, checking, performing, answering, documenting.
mod context;
mod form_method;
mod idempotency;
mod indices;
mod mount;
pub mod openapi;
mod read;
mod reply;
mod version;

use schemars::JsonSchema;

use crate::{Actor, Parts, Problem, Verb};
pub(crate) use context::take_idempotency;
pub use context::{Reply, cookie, in_request, request_id, set_header};
pub use idempotency::{IdempotencyKey, forget_old_keys};
pub use mount::{Mounted, mount, mounted};
pub use reply::{FLASH_COOKIE, Flash, problem_response, take_flash};

/// The server half of a verb: one function, one unit of work. The actor's policy is asked in it, first.
pub trait Perform: Verb<Answer: JsonSchema> + JsonSchema {
    /// Does it.
    fn perform(
        self,
        parts: &Parts,
        actor: &Actor,
    ) -> impl Future<Output = Result<Self::Answer, Problem>> + Send;
}
