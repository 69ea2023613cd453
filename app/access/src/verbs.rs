//! What can be asked about coming in, going out, and one's own profile.
use base::{OrganizationId, Page, ProgramId, verb};
use kit::catalogue::Locale;
use serde::{Deserialize, Serialize};

use crate::{Me, Password, Session, Theme, User, rules};

/// Signs in. The answer sets the session cookie; a wrong e-mail and a wrong password are told alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SignIn {
    #[garde(custom(rules::email))]
    pub email: String,
    #[garde(custom(rules::old_password))]
    pub password: Password,
}
verb!(SignIn: POST "/session" -> Me, public);

/// Signs out of this browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct SignOut {}
verb!(SignOut: DELETE "/session" -> (), public);

/// Signs out of this browser, for plain forms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct EndSession {}
verb!(EndSession: POST "/session/end" -> (), public);

/// Who is signed in, with organisations and programs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct WhoAmI {}
verb!(WhoAmI: GET "/session" -> Me);

/// Acts for another organisation of one's own from now on; without a program its first one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SwitchContext {
    #[garde(skip)]
    pub organization: OrganizationId,
    #[serde(default)]
    #[garde(skip)]
    pub program: Option<ProgramId>,
}
verb!(SwitchContext: PUT "/session/context" -> Me);

/// Acts for another organisation, for plain forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChooseContext {
    #[garde(skip)]
    pub organization: OrganizationId,
    #[serde(default)]
    #[garde(skip)]
    pub program: Option<ProgramId>,
}
verb!(ChooseContext: POST "/session/context" -> Me);

/// What is known of the installation before anybody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SetUpState {
    /// Whether nobody exists yet.
    pub needed: bool,
    /// Whether this installation sends e-mail.
    pub mails: bool,
}

/// Whether the installation still waits for its first person, and whether it sends e-mail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CheckSetUp {}
verb!(CheckSetUp: GET "/set-up" -> SetUpState, public);

/// Creates the vendor and its owner, and signs in. Only while no person exists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct SetUp {
    /// Name of the organisation that runs the programs.
    #[garde(length(max = 200), custom(base::filled))]
    pub vendor: String,
    /// Name of its owner.
    #[garde(length(max = 200), custom(base::filled))]
    pub name: String,
    #[garde(custom(rules::email))]
    pub email: String,
    #[garde(custom(rules::new_password))]
    pub password: Password,
}
verb!(SetUp: POST "/set-up" -> Me, status = 201, public);

/// Lists the browsers in which the actor is signed in, last seen first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListSessions {}
verb!(ListSessions: GET "/sessions" -> Page<Session>);

/// Signs out everywhere, here too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct SignOutEverywhere {}
verb!(SignOutEverywhere: DELETE "/sessions" -> ());

/// Signs out everywhere, for plain forms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct EndSessions {}
verb!(EndSessions: POST "/sessions/end" -> ());

/// Changes the actor's own profile; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct UpdateProfile {
    #[garde(length(max = 200), custom(organizations::rules::name_if_given))]
    pub name: Option<String>,
    /// `en` or `de`.
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    #[garde(skip)]
    pub locale: Option<Locale>,
    /// IANA name: `Europe/Berlin`.
    #[garde(length(max = 64))]
    pub time_zone: Option<String>,
    #[garde(skip)]
    pub theme: Option<Theme>,
    /// The version that was seen; from `If-Match`.
    #[garde(skip)]
    pub version: Option<u32>,
}
verb!(UpdateProfile: PATCH "/profile" -> User);

/// Changes the actor's own profile, for plain forms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct SaveProfile {
    #[garde(length(max = 200), custom(organizations::rules::name_if_given))]
    pub name: Option<String>,
    /// `en` or `de`.
    #[cfg_attr(feature = "ssr", schemars(with = "Option<String>"))]
    #[garde(skip)]
    pub locale: Option<Locale>,
    /// IANA name: `Europe/Berlin`.
    #[garde(length(max = 64))]
    pub time_zone: Option<String>,
    #[garde(skip)]
    pub theme: Option<Theme>,
}
verb!(SaveProfile: POST "/profile" -> User);

/// Changes the actor's own password and signs out all other browsers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChangePassword {
    /// The one in use.
    #[garde(custom(rules::old_password))]
    pub password: Password,
    #[garde(custom(rules::new_password))]
    pub new_password: Password,
}
verb!(ChangePassword: POST "/profile/password" -> ());
