//! TLS with a certificate made at start, for `localhost` and 127.0.0.1.

use std::io;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

use crate::settings::Tls;

/// Makes a certificate, and writes it where clients find it.
///
/// # Errors
/// The certificate cannot be made or written.
pub fn self_signed(tls: &Tls) -> io::Result<RustlsConfig> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
    if let Some(path) = &tls.certificate_out {
        std::fs::write(path, made.cert.pem())?;
    }
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(io::Error::other)?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)
        })
        .map_err(io::Error::other)?;
    Ok(RustlsConfig::from_config(Arc::new(config)))
}
