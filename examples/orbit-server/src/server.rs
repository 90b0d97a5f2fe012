//! Listens, serves and stops.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use tokio::time::timeout;

use crate::http::{self, App};
use crate::settings::Settings;
use crate::{metrics, tasks, tls};

/// How long clients may take to read what was sent before the server stopped.
const GRACE: Duration = Duration::from_secs(5);

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<RustlsConfig>,
    app: Arc<App>,
}

type Handle = axum_server::Handle<SocketAddr>;

impl Server {
    /// Listens, with a new certificate where there is to be one. Connections wait until [`Self::serve`].
    ///
    /// # Errors
    /// The address is taken, the certificate cannot be made or written, or the event log cannot be taken up.
    pub fn bind(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((settings.host.as_str(), settings.port))?;
        listener.set_nonblocking(true)?;
        let tls = settings.tls.as_ref().map(tls::self_signed).transpose()?;
        let app = Arc::new(App::open(settings)?);
        tasks::complete_interrupted(&app.hub).map_err(io::Error::other)?;
        Ok(Self { address: listener.local_addr()?, listener, tls, app })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Serves until `shutdown` is over, then lets the clients have what is queued for them and says goodbye.
    ///
    /// # Errors
    /// The network fails.
    pub async fn serve(self, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        let app = self.app;
        let handle = Handle::new();
        let mut serving = pin!(run(self.listener, self.tls, handle.clone(), http::router(app.clone())));
        tokio::select! {
            result = &mut serving => return result,
            failure = metrics::publish_all(&app.hub, &app.container_id, app.settings.metrics) => {
                return Err(io::Error::other(failure));
            }
            () = shutdown => {}
        }
        app.hub.close();
        handle.graceful_shutdown(Some(GRACE));
        serving.await?;
        app.sockets.close();
        // A client that takes longer is cut off when the process ends.
        let _ = timeout(GRACE, app.sockets.wait()).await;
        Ok(())
    }
}

async fn run(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle,
    router: Router,
) -> io::Result<()> {
    let service = router.into_make_service();
    match tls {
        Some(tls) => axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(service).await,
        None => axum_server::from_tcp(listener)?.handle(handle).serve(service).await,
    }
}
