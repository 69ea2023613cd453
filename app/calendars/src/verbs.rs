//! What can be asked about one's calendar feed; the feed itself is `GET /calendar/{token}.ics`.
use base::verb;
use serde::{Deserialize, Serialize};

use crate::model::{Feed, NewFeed};

/// Whether the asker has a calendar feed, and when it was used last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct GetCalendarFeed {}
verb!(GetCalendarFeed: GET "/calendar" -> Feed);

/// Makes the asker's calendar feed, or gives it a new address: the one before stops at once. The address is in this
/// answer only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct MakeCalendarFeed {}
verb!(MakeCalendarFeed: POST "/calendar" -> NewFeed);

/// Ends the asker's calendar feed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct EndCalendarFeed {}
verb!(EndCalendarFeed: DELETE "/calendar" -> Feed);
