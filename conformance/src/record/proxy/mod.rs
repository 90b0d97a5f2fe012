//! A streaming proxy for HTTP/1.1, WebSockets, SSE and Socket.IO that tells a recorder what passes.
//!
//! Every byte goes on as soon as it is there; what is recorded is a copy. A client's connection has one of its own to the
//! target, so that neither side waits for a stranger. Two things are asked of a server otherwise than the client did, so that
//! there is something to read: bodies and messages without compression.

mod body;
mod forward;
mod frames;
mod headers;
mod tap;
mod upstream;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_rustls::TlsAcceptor;
use url::Url;

use self::upstream::{Stream, Upstream};
use super::recorder::Recorder;

/// How long a client may take for its part of a TLS handshake.
const TLS_WITHIN: Duration = Duration::from_secs(10);
/// How long a client may take for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// How often polling sessions are looked after.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// Where a proxy listens, and where it leads.
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The server: `http` or `https`, with what its paths begin with.
    pub target: Url,
    /// Whom to trust.
    pub trust: Arc<rustls::ClientConfig>,
    /// What to listen with where that is TLS.
    pub identity: Option<Arc<rustls::ServerConfig>>,
    /// Paths of SSE streams: a refusal there is a refused connection.
    pub streams: Vec<String>,
}

/// A proxy that listens.
pub struct Proxy {
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Shared>,
}

/// What the connections of a proxy share.
struct Shared {
    target: Url,
    trust: Arc<rustls::ClientConfig>,
    own_scheme: &'static str,
    /// Host and port where it listens.
    own_authority: String,
    streams: Vec<String>,
    recorder: Arc<Recorder>,
}

impl Proxy {
    /// Listens; what passes is told to `recorder`.
    ///
    /// # Errors
    /// Nobody can listen there.
    pub async fn bind(settings: Settings, recorder: Arc<Recorder>) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let Settings { target, trust, identity, streams, .. } = settings;
        let own_authority = listener.local_addr()?.to_string();
        let own_scheme = if identity.is_some() { "https" } else { "http" };
        let shared = Arc::new(Shared { target, trust, own_scheme, own_authority, streams, recorder });
        Ok(Self { listener, acceptor: identity.map(TlsAcceptor::from), shared })
    }

    /// Where clients connect.
    pub fn url(&self) -> String {
        format!("{}://{}", self.shared.own_scheme, self.shared.own_authority)
    }

    /// Passes on what comes; ends only with its task.
    pub async fn serve(self) {
        let mut look_after = interval(LOOK_AFTER);
        look_after.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((client, _)) => self.welcome(client),
                    // There are too many open files, or the client has gone: others may come.
                    Err(_) => tokio::task::yield_now().await,
                },
                _ = look_after.tick() => self.shared.recorder.end_silent(),
            }
        }
    }

    fn welcome(&self, client: TcpStream) {
        let _ = client.set_nodelay(true);
        let (acceptor, shared) = (self.acceptor.clone(), Arc::clone(&self.shared));
        tokio::spawn(async move {
            match acceptor {
                None => carry(client, shared).await,
                Some(acceptor) => {
                    if let Ok(Ok(client)) = timeout(TLS_WITHIN, acceptor.accept(client)).await {
                        carry(client, shared).await;
                    }
                }
            }
        });
    }
}

/// Serves one connection of a client.
async fn carry(client: impl Stream, shared: Arc<Shared>) {
    let upstream = Arc::new(Upstream::new(shared.target.clone(), Arc::clone(&shared.trust)));
    let service = service_fn(move |request| {
        let (shared, upstream) = (Arc::clone(&shared), Arc::clone(&upstream));
        async move { Ok::<_, hyper::Error>(forward::forward(shared, upstream, request).await) }
    });
    let connection = http1::Builder::new()
        .preserve_header_case(true)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(client), service)
        .with_upgrades();
    // How a client's connection ends is for the recorder, which hears of it from the bodies.
    let _ = connection.await;
}

/// What a proxy shows of itself: a certificate and its key, in PEM.
///
/// # Errors
/// They can't be read, or don't belong together.
pub fn identity(certificates: &[u8], key: &[u8]) -> Result<Arc<rustls::ServerConfig>, IdentityError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(certificates)
        .collect::<Result<_, _>>()
        .map_err(|error| IdentityError(format!("no PEM certificate: {error}")))?;
    let key = PrivateKeyDer::from_pem_slice(key)
        .map_err(|error| IdentityError(format!("no PEM private key: {error}")))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| IdentityError(error.to_string()))?;
    Ok(Arc::new(config))
}

/// Why a proxy has nothing to show of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityError(String);

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for IdentityError {}
