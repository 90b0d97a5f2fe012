//! Trust: https and wss.

use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::routing::get;
use axum_server::tls_rustls::RustlsConfig;
use handfast_conformance::transport::http::{self, ErrorKind};
use handfast_conformance::transport::tls::Identity;
use handfast_conformance::transport::{Endpoint, Kind, tls};
use rustls::RootCertStore;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::server::WebPkiClientVerifier;
use serde_json::json;
use url::Url;

use crate::client::{Client, PATIENCE, endpoint};

/// A server with a certificate of its own, and that certificate.
async fn server() -> (Url, String) {
    server_for(None).await
}

/// A server with a certificate of its own, and that certificate; it lets clients in whose certificates `clients` vouches for.
async fn server_for(clients: Option<CertificateDer<'static>>) -> (Url, String) {
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let pem = certificate.cert.pem();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der());
    let provider: Arc<CryptoProvider> = rustls::crypto::ring::default_provider().into();
    let verifier = clients.map(|authority| {
        let mut roots = RootCertStore::empty();
        roots.add(authority).expect("a certificate");
        WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone())
            .build()
            .expect("a verifier")
    });
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(verifier.unwrap_or_else(WebPkiClientVerifier::no_client_auth))
        .with_single_cert(vec![certificate.cert.der().clone()], key.into())
        .expect("a key that fits");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket");
    let url = format!("https://localhost:{}/ws", listener.local_addr().expect("an address").port());
    let upgrade = |upgrade: WebSocketUpgrade| async {
        upgrade.on_upgrade(|mut socket| async move {
            let _ = socket.send(Message::Text("1".into())).await;
        })
    };
    let router = Router::new().route("/ws", get(upgrade)).route("/", get(|| async { "hello" }));
    let server =
        axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(config.into())).expect("a server");
    tokio::spawn(server.serve(router.into_make_service()));
    (url.parse().expect("a URL"), pem)
}

#[tokio::test]
async fn a_certificate_must_be_trusted() {
    let (url, pem) = server().await;
    let reason = Client::open(Kind::WebSocket, endpoint(&url)).unreachable().await;
    assert!(reason.contains("certificate"), "{reason}");

    let tls = tls::client_config(Some(pem.as_bytes())).expect("a TLS configuration");
    let (mut client, _) =
        Client::opened(Kind::WebSocket, Endpoint { tls: tls.clone(), ..endpoint(&url) }).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);

    let request = http::Request {
        method: "GET".to_owned(),
        url: url.join("/").expect("a URL"),
        headers: Vec::new(),
        body: None,
        raw: None,
        within: PATIENCE,
        body_bytes: 100,
    };
    let trusting = http::Client::new(&tls).expect("a client");
    assert_eq!(trusting.request(&request).await.expect("an answer").body, b"hello");
    let wary = http::Client::new(&tls::client_config(None).expect("a TLS configuration")).expect("a client");
    assert_eq!(wary.request(&request).await.expect_err("no trust").kind(), ErrorKind::Unreachable);
}

#[tokio::test]
async fn a_certificate_must_be_for_the_host() {
    let (mut url, pem) = server().await;
    url.set_host(Some("127.0.0.1")).expect("a host");
    url.set_scheme("wss").expect("a scheme");
    let tls = tls::client_config(Some(pem.as_bytes())).expect("a TLS configuration");
    let reason = Client::open(Kind::WebSocket, Endpoint { tls, ..endpoint(&url) }).unreachable().await;
    assert!(reason.contains("not valid for"), "{reason}");
}

/// An authority, and a client's certificate and key that it vouches for.
fn client_identity() -> (CertificateDer<'static>, String, String) {
    let authority_key = rcgen::KeyPair::generate().expect("a key");
    let mut parameters = rcgen::CertificateParams::default();
    parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = parameters.self_signed(&authority_key).expect("a certificate");
    let key = rcgen::KeyPair::generate().expect("a key");
    let issuer = rcgen::Issuer::new(parameters, authority_key);
    let parameters = rcgen::CertificateParams::new(["a-client".to_owned()]).expect("a name");
    let certificate = parameters.signed_by(&key, &issuer).expect("a certificate");
    (authority.der().clone(), certificate.pem(), key.serialize_pem())
}

#[tokio::test]
async fn a_client_shows_its_certificate() {
    let (authority, certificate, key) = client_identity();
    let (url, pem) = server_for(Some(authority)).await;
    let unknown = tls::client_config(Some(pem.as_bytes())).expect("a TLS configuration");
    Client::open(Kind::WebSocket, Endpoint { tls: unknown, ..endpoint(&url) }).unreachable().await;

    let identity = Identity { certificates: certificate.as_bytes(), key: key.as_bytes() };
    let tls = tls::client_config_as(Some(pem.as_bytes()), Some(identity)).expect("a TLS configuration");
    let (mut client, _) = Client::opened(Kind::WebSocket, Endpoint { tls, ..endpoint(&url) }).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
}

#[test]
fn an_identity_is_a_certificate_and_its_key() {
    let (_, certificate, key) = client_identity();
    let (_, _, other_key) = client_identity();
    let check = |certificates: &str, key: &str, expected: &str| {
        let identity = Identity { certificates: certificates.as_bytes(), key: key.as_bytes() };
        let error = tls::client_config_as(None, Some(identity)).expect_err("no identity").to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("", &key, "no PEM certificate");
    check(&certificate, "", "no PEM private key");
    check(&certificate, &other_key, "certificate and key don't fit");
}
