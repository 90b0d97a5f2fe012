//! The arguments that say where a server is, and how it is reached.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use handfast_conformance::transport::{EngineMode, tls};
use url::Url;

use crate::error::Error;

/// Where the server is, and how it is reached.
#[derive(Debug, Args)]
pub struct Reaching {
    /// The server: http://HOST:PORT or https://HOST, ws and wss as well
    #[arg(long, value_name = "URL", value_parser = target)]
    pub target: Url,
    /// A PEM file of certificates to trust as well
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// How Socket.IO travels
    #[arg(long, value_enum, default_value_t = EngineTransport::Upgrade)]
    pub transport: EngineTransport,
}

/// How Engine.IO carries its packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineTransport {
    /// HTTP long-polling only
    Polling,
    /// WebSocket from the first byte
    #[value(name = "websocket")]
    WebSocket,
    /// Long-polling, upgraded to WebSocket: what the official clients do
    Upgrade,
}

impl From<EngineTransport> for EngineMode {
    fn from(transport: EngineTransport) -> Self {
        match transport {
            EngineTransport::Polling => Self::Polling,
            EngineTransport::WebSocket => Self::WebSocket,
            EngineTransport::Upgrade => Self::Upgrade,
        }
    }
}

impl EngineTransport {
    /// Its name on the command line.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl Reaching {
    /// The server as HTTP names it.
    pub fn http_target(&self) -> Url {
        let mut url = self.target.clone();
        let scheme = if matches!(url.scheme(), "https" | "wss") { "https" } else { "http" };
        // These schemes can take each other's place.
        let _ = url.set_scheme(scheme);
        url
    }

    /// Whom to trust.
    ///
    /// # Errors
    /// The CA file can't be read, or holds no certificates.
    pub fn trust(&self) -> Result<Arc<rustls::ClientConfig>, Error> {
        let Some(path) = &self.ca else {
            return tls::client_config(None).map_err(|error| Error::new(error.to_string()));
        };
        let path_shown = path.display();
        let pem = std::fs::read(path)
            .map_err(|error| Error::new(format!("the CA file {path_shown} can't be read: {error}")))?;
        tls::client_config(Some(&pem)).map_err(|error| {
            Error::new(format!("the CA file {path_shown} is of no use: {error}"))
                .help("it has to hold certificates in PEM: `-----BEGIN CERTIFICATE-----`")
        })
    }
}

/// The URL of a server, with its scheme.
pub fn target(text: &str) -> Result<Url, String> {
    if !text.contains("://") {
        return Err(format!("it has no scheme; did you mean `http://{text}`?"));
    }
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    match url.scheme() {
        "http" | "https" | "ws" | "wss" => Ok(url),
        other => Err(format!("`{other}` is no scheme of a server; known are http, https, ws, wss")),
    }
}
