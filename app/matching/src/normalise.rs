//! Every normalisation in one place: the same dirt in, the same clean text out, twice over.

pub use crate::address::{city, postal, street};
pub use crate::country::country;
pub use crate::domain::host;
#[cfg(feature = "ssr")]
pub use crate::domain::registrable_domain;
pub use crate::name::name;
pub use crate::phone::phone;
pub use crate::registration::registration_number;
