//! Whether a page was asked under a brand's own host name.

/// Whether a page was asked under a host name of its brand: it shows no place of another brand's. Provided by the shell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnHost(pub bool);
