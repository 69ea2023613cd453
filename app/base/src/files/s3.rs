//! Object stores that speak S3.
use std::borrow::Cow;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use percent_encoding::percent_decode_str;
use url::Url;

/// Opens `s3://key:secret@bucket?region=…&endpoint=…`. What is left out is read from the variables `AWS_…` that other
/// programs read, too. An `endpoint` of `http://` is taken as it is written.
///
/// # Errors
/// What is wrong, without the address.
pub(super) fn open(text: &str) -> Result<Arc<dyn ObjectStore>, String> {
    let wrong = || "RIALTO_FILES is not like s3://key:secret@bucket?region=…&endpoint=https://…".to_owned();
    let url = Url::parse(text).map_err(|_| wrong())?;
    let bucket = url.host_str().filter(|_| url.scheme() == "s3").ok_or_else(wrong)?;
    let plain = |text: &str| percent_decode_str(text).decode_utf8().map(Cow::into_owned).map_err(|_| wrong());
    // One of the two ways to encrypt must be chosen for the process; the program's mails use the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Not every store knows how to remove many files at once, and one at a time is all that is asked for.
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_disable_bulk_delete(true);
    if !url.username().is_empty() {
        builder = builder.with_access_key_id(plain(url.username())?);
    }
    if let Some(secret) = url.password() {
        builder = builder.with_secret_access_key(plain(secret)?);
    }
    for (name, value) in url.query_pairs() {
        builder = match &*name {
            "region" => builder.with_region(value),
            "endpoint" => {
                let is_plain = value.starts_with("http://");
                builder.with_endpoint(value).with_allow_http(is_plain)
            }
            _ => return Err(format!("RIALTO_FILES has no part {name}")),
        };
    }
    let store = builder.build().map_err(|_| wrong())?;
    Ok(Arc::new(store))
}
