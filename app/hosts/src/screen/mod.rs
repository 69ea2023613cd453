//! Host names on screen.
mod page;
mod parts;

pub use page::HostsPage;
