//! The connection to the target that belongs to one connection of a client.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use super::body::Passing;

/// How long connecting may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// Bytes both ways.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Stream for S {}

/// The way to the target.
pub struct Upstream {
    target: Url,
    trust: Arc<rustls::ClientConfig>,
    open: Mutex<Option<SendRequest<Passing>>>,
}

impl Upstream {
    /// A way that is opened when it is needed.
    pub fn new(target: Url, trust: Arc<rustls::ClientConfig>) -> Self {
        Self { target, trust, open: Mutex::new(None) }
    }

    /// The answer of the target. A request that the target has closed the connection under, unread, is sent again.
    ///
    /// # Errors
    /// Nobody answers.
    pub async fn send(&self, request: Request<Passing>) -> Result<Response<Incoming>, String> {
        let mut open = self.open.lock().await;
        let mut request = request;
        if let Some(mut sender) = open.take()
            && sender.ready().await.is_ok()
        {
            match sender.try_send_request(request).await {
                Ok(answer) => {
                    *open = Some(sender);
                    return Ok(answer);
                }
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(error.into_error().to_string()),
                },
            }
        }
        let mut sender = self.connect().await?;
        let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
        *open = Some(sender);
        Ok(answer)
    }

    async fn connect(&self) -> Result<SendRequest<Passing>, String> {
        let host = self.target.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let port = self.target.port_or_known_default().unwrap_or(80);
        let connecting = timeout(CONNECT_WITHIN, TcpStream::connect((bare, port)));
        let connected = connecting.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let stream =
            connected.map_err(|error| format!("nothing accepts connections at {host}:{port}: {error}"))?;
        let _ = stream.set_nodelay(true);
        if self.target.scheme() != "https" {
            return handshake(stream).await;
        }
        let name = ServerName::try_from(bare.to_owned())
            .map_err(|error| format!("`{bare}` is no server's name: {error}"))?;
        let connector = TlsConnector::from(Arc::clone(&self.trust));
        let secured = timeout(CONNECT_WITHIN, connector.connect(name, stream)).await;
        let secured = secured.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        handshake(secured.map_err(|error| format!("no TLS with {host}:{port}: {error}"))?).await
    }
}

async fn handshake(stream: impl Stream) -> Result<SendRequest<Passing>, String> {
    let shaking = Builder::new().preserve_header_case(true).handshake(TokioIo::new(stream)).await;
    let (sender, connection) = shaking.map_err(|error| error.to_string())?;
    // It ends with its sender, or when the target ends it.
    tokio::spawn(async move {
        let _ = connection.with_upgrades().await;
    });
    Ok(sender)
}
