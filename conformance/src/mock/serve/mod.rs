//! Carries a mock's conversations: listens, takes connections over WebSocket, SSE and Socket.IO, answers requests.

mod desk;
mod engine;
mod http;
mod line;
mod request;
mod socketio;
mod sse;
mod websocket;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::fault::Fault;
use super::house::House;
use super::log::Entry;
use desk::Desk;
use http::Front;

/// How long connections may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long a client may take for the head of its request, or for TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How connections are served.
#[derive(Debug, Clone)]
pub struct Options {
    /// The faults, in the order in which they are done.
    pub faults: Vec<Fault>,
    /// What faults of chance derive from.
    pub seed: u64,
    /// How often Engine.IO pings.
    pub ping_interval: Duration,
    /// How long Engine.IO waits for the answer.
    pub ping_timeout: Duration,
    /// How long a Socket.IO client may take until it joins a namespace.
    pub connect_timeout: Duration,
    /// The largest message and the largest request, in bytes.
    pub message_bytes: usize,
    /// The most connections at a time; others wait.
    pub max_connections: usize,
    /// The certificate and its key, where connections are encrypted.
    pub tls: Option<Arc<rustls::ServerConfig>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            faults: Vec::new(),
            seed: 0,
            // What the official server does.
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(45),
            message_bytes: 1_000_000,
            max_connections: 20_000,
            tls: None,
        }
    }
}

/// Takes the lines of the log.
pub type Logging = Box<dyn Fn(&Entry) + Send + Sync>;

/// A mock that listens.
pub struct Mock {
    listener: TcpListener,
    front: Arc<Front>,
    tls: Option<TlsAcceptor>,
    max_connections: usize,
}

impl Mock {
    /// Listens at `address`, of which port 0 takes a free one.
    ///
    /// # Errors
    /// The address can't be had.
    pub async fn bind(
        address: SocketAddr,
        house: House,
        options: Options,
        logging: Logging,
    ) -> io::Result<Self> {
        let listener = listen(address)?;
        let tls = options.tls.clone().map(TlsAcceptor::from);
        let max_connections = options.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        let desk = Arc::new(Desk::new(house, &options, logging));
        Ok(Self { listener, front: Arc::new(Front::new(desk, options)), tls, max_connections })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not know.
    pub fn url(&self) -> io::Result<String> {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        Ok(format!("{scheme}://{}", self.listener.local_addr()?))
    }

    /// Serves until `stop` becomes true; then closes all connections.
    pub async fn serve(self, mut stop: watch::Receiver<bool>) {
        let room = Arc::new(Semaphore::new(self.max_connections));
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.accept(&room) => accepted,
                () = stopped(&mut stop) => break,
            };
            let Some((stream, permit)) = accepted else { continue };
            while connections.try_join_next().is_some() {}
            let (front, tls, stop) = (Arc::clone(&self.front), self.tls.clone(), stop.clone());
            connections.spawn(async move {
                match tls {
                    None => connection(front, stream, stop).await,
                    // Who does not speak TLS is not served.
                    Some(tls) => {
                        if let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await {
                            connection(front, stream, stop).await;
                        }
                    }
                }
                drop(permit);
            });
        }
        self.front.stop();
        let _ = timeout(FAREWELL, async { while connections.join_next().await.is_some() {} }).await;
        self.front.stopped(FAREWELL).await;
    }

    async fn accept(&self, room: &Arc<Semaphore>) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
        let permit = Arc::clone(room).acquire_owned().await.ok()?;
        match self.listener.accept().await {
            Ok((stream, _)) => {
                // An event is to leave at once.
                let _ = stream.set_nodelay(true);
                Some((stream, permit))
            }
            // No descriptors are left, say: some may be soon.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                None
            }
        }
    }
}

/// A listener with room for many clients that come at once.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => tokio::net::TcpSocket::new_v4()?,
        SocketAddr::V6(_) => tokio::net::TcpSocket::new_v6()?,
    };
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    socket.listen(4096)
}

async fn connection(
    front: Arc<Front>,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(|request| {
        let front = Arc::clone(&front);
        async move { front.answer(request).await }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HANDSHAKE).max_buf_size(64 << 10);
    let serving = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let mut serving = std::pin::pin!(serving);
    tokio::select! {
        // A client that breaks HTTP has been told so by the status of the answer.
        _ = serving.as_mut() => return,
        () = stopped(&mut stop) => {}
    }
    serving.as_mut().graceful_shutdown();
    let _ = timeout(FAREWELL, serving).await;
}

/// Waits until everything is to end.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Whoever could say so may be gone; then it has ended.
    let _ = stop.wait_for(|stop| *stop).await;
}
