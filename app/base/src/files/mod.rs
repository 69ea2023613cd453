//! Files that people bring along: in a folder, or in an object store that speaks S3.
//!
//! A file's name is made of the hash of its content, so that putting it twice is putting it once, and nothing is ever
//! written over. Files are put before the unit of work that names them: what no record names is no more than room taken.
#[cfg(feature = "s3")]
mod s3;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload};

use crate::Problem;

/// Where files are kept: a folder, or `s3://key:secret@bucket?region=…&endpoint=https://…`. Its debug form hides it, for it
/// may hold a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct FilesUrl(pub String);

impl From<&str> for FilesUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl fmt::Debug for FilesUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilesUrl(…)")
    }
}

impl FilesUrl {
    /// The folder, when it is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        (!self.0.starts_with("s3://")).then(|| Path::new(&self.0))
    }
}

/// A place for files; cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// Where an address says.
    ///
    /// # Errors
    /// What is wrong with the address, without the address.
    pub fn at(url: &FilesUrl) -> Result<Self, String> {
        match url.folder() {
            Some(folder) => Self::folder(folder),
            None => Self::s3(&url.0),
        }
    }

    /// A folder, made if it is not there.
    ///
    /// # Errors
    /// Why it cannot be made or read.
    pub fn folder(folder: &Path) -> Result<Self, String> {
        let failed = |error: &dyn fmt::Display| format!("{}: {error}", folder.display());
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(&error))?;
        // A record that names a file is durable when it is told: so must be the file.
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    #[cfg(feature = "s3")]
    fn s3(url: &str) -> Result<Self, String> {
        s3::open(url).map(Self)
    }

    #[cfg(not(feature = "s3"))]
    fn s3(_: &str) -> Result<Self, String> {
        Err("this program was built without S3; build it with the feature s3, or name a folder".to_owned())
    }

    /// Keeps a file whole or not at all. The name has the form `pictures/ab12/64.png`.
    ///
    /// # Errors
    /// `Unavailable` when the place does not answer; `Internal` for a name that is none.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        let put = self.0.put(&named(name)?, PutPayload::from(bytes)).await;
        put.map(drop).map_err(away)
    }

    /// Reads a file; none when there is none.
    ///
    /// # Errors
    /// `Unavailable` when the place does not answer.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let found = match self.0.get(&named(name)?).await {
            Ok(found) => found,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(away(error)),
        };
        Ok(Some(found.bytes().await.map_err(away)?.to_vec()))
    }

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// `Unavailable` when the place does not answer.
    pub async fn remove(&self, name: &str) -> Result<(), Problem> {
        match self.0.delete(&named(name)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(away(error)),
        }
    }
}

/// Names are made by the program; one that climbs out of its folder is a fault of ours.
fn named(name: &str) -> Result<Name, Problem> {
    Name::parse(name).map_err(Problem::internal)
}

fn away(error: Error) -> Problem {
    tracing::error!(%error, "the place for files does not answer");
    Problem::Unavailable
}
