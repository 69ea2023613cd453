//! What can be asked about the people of an organisation.
use base::{Page, Role, Timestamp, UserId, verb};
use serde::{Deserialize, Serialize};

use crate::{Me, Member, Password, rules};

/// Lists the people of the organisation acted for, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListUsers {
    /// Part of a name or an e-mail address.
    #[garde(length(max = 200))]
    pub q: Option<String>,
    #[garde(length(max = 600))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListUsers: GET "/users" -> Page<Member>);

/// Adds a person to the organisation acted for; owners only. The answer carries a token with which the person
/// chooses a password. Whoever has one already, here or elsewhere, just signs in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct InviteUser {
    #[garde(custom(rules::email))]
    pub email: String,
    #[garde(length(max = 200), custom(base::filled))]
    pub name: String,
    #[garde(skip)]
    pub role: Role,
}
verb!(InviteUser: POST "/users" -> Invited, status = 201);

/// Somebody who was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Invited {
    /// The person.
    pub id: UserId,
    /// Once, and never shown again: for `POST /password`.
    pub token: String,
    /// Where the person goes with it.
    pub url: String,
    pub expires_at: Timestamp,
    /// Whether the person is sent a link of their own by e-mail besides.
    pub mailed: bool,
}

/// Gives a person of the organisation acted for another role; owners only. Somebody stays owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChangeRole {
    #[garde(skip)]
    pub id: UserId,
    #[garde(skip)]
    pub role: Role,
}
verb!(ChangeRole: POST "/users/{id}/role" -> ());

/// Takes a person out of the organisation acted for, with the keys made there; owners only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RemoveMember {
    #[garde(skip)]
    pub id: UserId,
}
verb!(RemoveMember: POST "/users/{id}/remove" -> ());

/// Asks for a mail with a link to choose a new password. The answer is the same whether or not anybody has this
/// address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct AskNewPassword {
    #[garde(custom(rules::email))]
    pub email: String,
}
verb!(AskNewPassword: POST "/password/forgotten" -> (), status = 202, public);

/// Chooses a password with the token of an invitation, the first one, or of a mail for a new one, and signs in. A new
/// one ends all other sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ChoosePassword {
    #[garde(length(max = 100), custom(base::filled))]
    pub token: String,
    #[garde(custom(rules::new_password))]
    pub password: Password,
}
verb!(ChoosePassword: POST "/password" -> Me, public);
