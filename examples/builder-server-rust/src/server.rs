//! Listens, serves and stops.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method};
use socketioxide::SocketIo;
use tokio::time::timeout;
use tower_http::cors::CorsLayer;

use crate::auth::Auth;
use crate::decisions::Decisions;
use crate::http::{self, App};
use crate::settings::Settings;
use crate::sockets::{self, Desk};

const MAX_PAYLOAD_BYTES: usize = 64 * 1024;
/// How many packets may wait for one client: many builds' worth.
const MAX_BUFFERED_PACKETS: usize = 1024;
/// The builder's front end, which browsers let in.
const FRONT_END: HeaderValue = HeaderValue::from_static("http://localhost:12000");
/// How long clients may take to leave when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    settings: Settings,
}

impl Server {
    /// Listens. Connections wait until [`Self::serve`].
    ///
    /// # Errors
    /// The address is taken.
    pub fn bind(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((settings.host.as_str(), settings.port))?;
        listener.set_nonblocking(true)?;
        Ok(Self { address: listener.local_addr()?, listener, settings })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `shutdown` is over, then drops the clients; unfinished builds end with the process.
    ///
    /// # Errors
    /// The network fails.
    pub async fn serve(self, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        let (router, io) = assemble(&self.settings);
        let handle = axum_server::Handle::new();
        let server = axum_server::from_tcp(self.listener)?.handle(handle.clone());
        let mut serving = pin!(server.serve(router.into_make_service()));
        tokio::select! {
            result = &mut serving => return result,
            () = shutdown => {}
        }
        handle.graceful_shutdown(Some(GRACE));
        let (result, _) = tokio::join!(serving, timeout(GRACE, io.close()));
        result
    }
}

fn assemble(settings: &Settings) -> (Router, SocketIo) {
    let (layer, io) = SocketIo::builder()
        .max_payload(MAX_PAYLOAD_BYTES as u64)
        .ws_max_message_size(MAX_PAYLOAD_BYTES)
        .ws_max_frame_size(MAX_PAYLOAD_BYTES)
        .max_buffer_size(MAX_BUFFERED_PACKETS)
        .build_layer();
    let (auth, decisions) = (Arc::new(Auth::new(&settings.jwt_secret)), Arc::new(Decisions::default()));
    let desk = Desk { auth: auth.clone(), decisions: decisions.clone(), heartbeat: settings.heartbeat };
    sockets::serve(&io, Arc::new(desk));
    let app = App {
        io: io.clone(),
        auth,
        decisions,
        step: settings.step,
        decision_timeout: settings.decision_timeout,
        builds: Default::default(),
    };
    let cors = CorsLayer::new()
        .allow_origin(FRONT_END)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE]);
    let router = http::router(Arc::new(app)).layer(layer).layer(cors);
    (router, io)
}
