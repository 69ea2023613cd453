//! What can be asked about imports; a file itself is posted as `multipart/form-data` (see `server::routes`).
use base::{ImportId, Page, verb};
use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::model::{Import, KindOfFile};

/// Lists imports, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListImports {
    #[garde(length(max = 400))]
    pub cursor: Option<String>,
    #[garde(skip)]
    pub limit: Option<u32>,
}
verb!(ListImports: GET "/imports" -> Page<Import>);

/// Reads one import: how far it has come, and what was corrected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct GetImport {
    #[garde(skip)]
    pub id: ImportId,
}
verb!(GetImport: GET "/imports/{id}" -> Import);

/// Lists the kinds of files and the columns they are read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ListImportKinds {}
verb!(ListImportKinds: GET "/imports/kinds" -> Page<KindOfFile>);

/// Stops an import. What was taken in so far stays; starting the same file again goes on where it stopped, because
/// rows that are there already change nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct CancelImport {
    #[garde(skip)]
    pub id: ImportId,
}
verb!(CancelImport: POST "/imports/{id}/cancel" -> Import);
