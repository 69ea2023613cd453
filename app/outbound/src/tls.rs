//! TLS as browsers do it: the roots of the system, rustls with ring.
use std::sync::{Arc, OnceLock};

use rustls::{ClientConfig, RootCertStore};

/// Made when the first connection needs it: the roots are read from files.
#[derive(Default)]
pub(crate) struct Lazy(OnceLock<Option<Arc<ClientConfig>>>);

impl Lazy {
    /// None when the system has no roots that could be read.
    pub(crate) fn config(&self) -> Option<Arc<ClientConfig>> {
        self.0.get_or_init(make).clone()
    }
}

fn make() -> Option<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    let read = rustls_native_certs::load_native_certs();
    let (taken, _) = roots.add_parsable_certificates(read.certs);
    if taken == 0 {
        tracing::warn!("the system has no certificates of authorities: nothing is fetched over https");
        return None;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Some(Arc::new(config))
}
