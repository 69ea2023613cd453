//! Screens of access: coming in, the profile, keys and people.
mod forgotten;
mod keys;
mod members;
mod parts;
mod password;
mod place;
mod profile;
mod set_up;
mod sign_in;
mod switcher;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod zones;

pub use forgotten::ForgottenPage;
pub use keys::ApiKeysPage;
pub use members::MembersPage;
pub use parts::{Alone, Secret, me, provide_me, role_name};
pub use password::ChoosePasswordPage;
pub use place::{BrandNote, Place, Switch};
pub use profile::ProfilePage;
pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
pub use switcher::ContextSwitcher;
pub use zones::choices as zone_choices;
