//! HTTPS and WSS with the certificate that the server wrote.

use std::sync::Arc;

use orbit_server::{Settings, Tls};
use reqwest::Certificate;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::client::{Socket, TOKEN, client, settings, start, upgrade, within};

#[tokio::test]
async fn clients_that_trust_the_certificate_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("certificate.pem");
    let tls = Tls { certificate_out: Some(path.clone()) };
    let server = start(Settings { tls: Some(tls), ..settings() });
    let pem = std::fs::read(&path).unwrap();
    let port = server.url.rsplit(':').next().unwrap();
    assert!(server.url.starts_with("https://"));

    let stranger = client().get(&server.url);
    assert!(within(stranger.send()).await.is_err());

    for host in ["localhost", "127.0.0.1"] {
        let trusting =
            reqwest::Client::builder().no_proxy().tls_certs_only([Certificate::from_pem(&pem).unwrap()]);
        let request = trusting.build().unwrap().get(format!("https://{host}:{port}/events/stream"));
        assert_eq!(within(request.bearer_auth(TOKEN).send()).await.unwrap().status(), 200);
    }

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let tcp = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = within(TlsConnector::from(Arc::new(config)).connect(name, tcp)).await.unwrap();
    let request =
        upgrade(&format!("wss://localhost:{port}/ws"), &[("authorization", &format!("Bearer {TOKEN}"))]);
    let (socket, _) = within(tokio_tungstenite::client_async(request, stream)).await.unwrap();
    assert!(Socket(socket).events_until_now().await.is_empty());
}
