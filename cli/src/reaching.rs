//! The arguments that say how a server is reached.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use handfast_conformance::run::settle_port;
use handfast_conformance::transport::EngineMode;
use handfast_conformance::transport::tls::{self, Identity, TlsError};
use url::Url;

use crate::error::Error;

/// How the server is reached.
#[derive(Debug, Args)]
pub struct Reaching {
    /// A PEM file of certificates to trust as well
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// A PEM file of the certificate, and those that vouch for it, by which the server knows this client
    #[arg(long, value_name = "FILE", requires = "key")]
    pub cert: Option<PathBuf>,
    /// A PEM file of that certificate's private key
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
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
    /// The arguments that reach a server in the same way.
    pub fn repetition(&self) -> Vec<String> {
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let is_other = self.transport != EngineTransport::Upgrade;
        let options = [
            path(&self.ca).map(|path| ("--ca", path)),
            path(&self.cert).map(|path| ("--cert", path)),
            path(&self.key).map(|path| ("--key", path)),
            is_other.then(|| ("--transport", self.transport.name())),
        ];
        options.into_iter().flatten().flat_map(|(name, value)| [name.to_owned(), value]).collect()
    }

    /// Whom to trust, and who the client is.
    ///
    /// # Errors
    /// As [`Trust::config`].
    pub fn trust(&self) -> Result<Arc<rustls::ClientConfig>, Error> {
        Trust { ca: self.ca.as_deref(), cert: self.cert.as_deref(), key: self.key.as_deref() }.config()
    }
}

/// The files, in PEM, that say whom to trust and who the client is.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'f> {
    /// Certificates to trust beside Mozilla's roots.
    pub ca: Option<&'f Path>,
    /// The client's certificate, and those that vouch for it.
    pub cert: Option<&'f Path>,
    /// Its private key.
    pub key: Option<&'f Path>,
}

impl Trust<'_> {
    /// What TLS makes of them.
    ///
    /// # Errors
    /// A file can't be read, or does not hold what it should.
    pub fn config(self) -> Result<Arc<rustls::ClientConfig>, Error> {
        let ca = self.ca.map(|path| read("CA", path)).transpose()?;
        let trusting =
            tls::client_config(ca.as_deref()).map_err(|error| Self::of_no_use("CA", self.ca, &error))?;
        let (Some(cert), Some(key)) = (self.cert, self.key) else { return Ok(trusting) };
        let (certificates, key) = (read("certificate", cert)?, read("key", key)?);
        let identity = Identity { certificates: &certificates, key: &key };
        tls::client_config_as(ca.as_deref(), Some(identity))
            .map_err(|error| Self::of_no_use("certificate", Some(cert), &error))
    }

    fn of_no_use(what: &str, path: Option<&Path>, error: &TlsError) -> Error {
        let Some(path) = path else { return Error::new(error.to_string()) };
        let help = match what {
            "CA" => "it has to hold certificates in PEM: `-----BEGIN CERTIFICATE-----`",
            _ => {
                "give a certificate in PEM with `--cert`, and the private key that belongs to it with `--key`"
            }
        };
        Error::new(format!("the {what} file {} is of no use: {error}", path.display())).help(help)
    }
}

fn read(what: &str, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path)
        .map_err(|error| Error::new(format!("the {what} file {} can't be read: {error}", path.display())))
}

/// `target` as HTTP names it.
pub fn as_http(target: &Url) -> Url {
    let mut url = target.clone();
    let scheme = if matches!(url.scheme(), "https" | "wss") { "https" } else { "http" };
    // These schemes can take each other's place.
    let _ = url.set_scheme(scheme);
    url
}

/// `target` as HTTP names it, with a port: a free one for port 0, which is only good for a server that is `spawned`.
///
/// # Errors
/// There is no port.
pub fn settled(target: &Url, is_spawned: bool) -> Result<Url, Error> {
    if target.port() == Some(0) && !is_spawned {
        return Err(Error::new("nothing listens on port 0")
            .help("name the server's port, or let the runner start it with `--spawn`"));
    }
    settle_port(as_http(target))
        .map_err(|error| Error::new(format!("there is no free port for {target}: {error}")))
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
