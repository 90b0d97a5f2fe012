//! Trust: the one TLS configuration that WebSocket, SSE, Socket.IO and HTTP share.

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, crypto};

/// Who a client is: its certificate, with those that vouch for it, and the private key that belongs to it, all in PEM.
#[derive(Clone, Copy)]
pub struct Identity<'p> {
    /// The certificates, the client's own first.
    pub certificates: &'p [u8],
    /// The private key.
    pub key: &'p [u8],
}

/// A client configuration that trusts Mozilla's roots and the certificates of `extra_pem`, for a client without a certificate.
///
/// # Errors
///
/// As [`client_config_as`].
pub fn client_config(extra_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>, TlsError> {
    client_config_as(extra_pem, None)
}

/// A client configuration that trusts Mozilla's roots and the certificates of `extra_pem`, and shows who asks what `identity`
/// says.
///
/// It names its cryptography itself, so that nothing has to be installed for the process.
///
/// # Errors
///
/// `extra_pem` or `identity` has no certificate, or one that cannot be read; the key is none, or does not fit.
pub fn client_config_as(
    extra_pem: Option<&[u8]>,
    identity: Option<Identity<'_>>,
) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(pem) = extra_pem {
        add_pem(&mut roots, pem)?;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsError(error.to_string()))?
        .with_root_certificates(roots);
    let Some(identity) = identity else { return Ok(Arc::new(builder.with_no_client_auth())) };
    let (certificates, key) = (certificates(identity.certificates)?, private_key(identity.key)?);
    let config = builder.with_client_auth_cert(certificates, key);
    config.map(Arc::new).map_err(|error| TlsError(format!("certificate and key don't fit: {error}")))
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let certificates = certificates.map_err(|error| TlsError(format!("no PEM certificate: {error}")))?;
    if certificates.is_empty() {
        return Err(TlsError("the file has no PEM certificate".to_owned()));
    }
    Ok(certificates)
}

fn private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| TlsError(format!("no PEM private key: {error}")))
}

/// A server configuration with the certificates of `cert_pem`, the server's own first, and its private key.
///
/// # Errors
///
/// One of them is missing or of no use, or they don't belong together.
pub fn server_config(cert_pem: &[u8], key_pem: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let (certificates, key) = (certificates(cert_pem)?, private_key(key_pem)?);
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(certificates, key))
        .map_err(|error| TlsError(error.to_string()))?;
    Ok(Arc::new(config))
}

fn add_pem(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), TlsError> {
    for certificate in certificates(pem)? {
        roots.add(certificate).map_err(|error| TlsError(format!("no usable certificate: {error}")))?;
    }
    Ok(())
}

/// Why there is no TLS configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsError(String);

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TlsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_roots_must_be_certificates() {
        assert!(client_config(None).is_ok());
        for bad in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(client_config(Some(bad.as_bytes())).is_err(), "{bad}");
        }
    }
}
