//! Suppressed addresses and sender domains on screen.
mod copied;
mod senders;
mod suppressed;

pub use senders::SendersPage;
pub use suppressed::SuppressedPage;
