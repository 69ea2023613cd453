//! The brand whose host name a page was asked under.

/// The name of that brand; none under the installation's own name. Provided by the shell, for pages of nobody who is
/// signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostBrand(pub Option<String>);
