//! What can be asked of host names.
use base::{BrandId, Page, verb};
use serde::{Deserialize, Serialize};

use crate::model::{Host, HostCheck, HostId};

/// Lists the host names of a brand, in the order of their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ListHosts {
    pub id: BrandId,
}
verb!(ListHosts: GET "/brands/{id}/hosts" -> Page<Host>);

/// Adds a host name to a brand. The portal answers under it once its record was found in the DNS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct AddHost {
    pub id: BrandId,
    /// `portal.example.com`; an address of the web is taken for its host.
    #[garde(custom(base::filled), length(chars, max = 300))]
    pub host: String,
}
verb!(AddHost: POST "/brands/{id}/hosts" -> Host, status = 201);

/// Looks in the DNS now, for the record that shows whose the name is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct CheckHost {
    pub id: HostId,
}
verb!(CheckHost: POST "/hosts/{id}/check" -> HostCheck);

/// Chooses the host name that links in the brand's mails lead to; none for the installation's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct ChoosePrimaryHost {
    pub id: BrandId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<HostId>,
}
verb!(ChoosePrimaryHost: PUT "/brands/{id}/hosts/primary" -> Page<Host>);

/// Removes a host name: the portal does not answer under it any more. Answers what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct RemoveHost {
    pub id: HostId,
}
verb!(RemoveHost: DELETE "/hosts/{id}" -> Host);
