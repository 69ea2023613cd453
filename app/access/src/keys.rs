//! What can be asked about API keys.
use base::{ApiKeyId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::ApiKey;

/// Lists the actor's keys in the organisation acted for, newest first; an owner sees everybody's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListApiKeys {}
verb!(ListApiKeys: GET "/api-keys" -> Page<ApiKey>);

/// Creates a key. It may what its maker may in this organisation, now and later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CreateApiKey {
    /// What it is for.
    #[garde(length(max = 100), custom(base::filled))]
    pub name: String,
    /// Days until it ends by itself, 1 to 3650; without, it lasts until it is revoked.
    #[serde(default)]
    #[garde(inner(range(min = 1, max = 3650)))]
    pub expires_in_days: Option<u32>,
}
verb!(CreateApiKey: POST "/api-keys" -> CreatedApiKey, status = 201);

/// A new key with its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CreatedApiKey {
    #[serde(flatten)]
    pub key: ApiKey,
    /// Send it as `Authorization: Bearer …`. It is never shown again.
    pub secret: String,
}

/// Ends a key at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct RevokeApiKey {
    #[garde(skip)]
    pub id: ApiKeyId,
}
verb!(RevokeApiKey: DELETE "/api-keys/{id}" -> ());

/// Ends a key at once, for plain forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EndApiKey {
    #[garde(skip)]
    pub id: ApiKeyId,
}
verb!(EndApiKey: POST "/api-keys/{id}/revoke" -> ());
