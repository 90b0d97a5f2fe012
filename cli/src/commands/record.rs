//! `handfast record`

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use handfast_codegen::model::Transport;
use handfast_conformance::record::proxy::{Proxy, Settings, identity};
use handfast_conformance::record::trace::Trace;
use handfast_conformance::record::{Recorded, Recorder, raw};
use handfast_conformance::session::Protocol;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

use super::Run;
use crate::error::Error;
use crate::exit::{FAILED, PASSED};
use crate::interruption::interruption;
use crate::printing::say;
use crate::reaching::{self, Trust, as_http};
use crate::recording::{Outputs, Recording};
use crate::runtime::runtime;

const EXAMPLES: &str = "\
Examples:
  handfast record schemas/orbit/asyncapi.yaml --listen 127.0.0.1:9000 --target http://127.0.0.1:7443 --out install.yaml
  handfast record schemas/builder/asyncapi.yaml --target http://127.0.0.1:3001 --out build.yaml --connections 1 --raw build.jsonl
  handfast record schemas/builder/asyncapi.yaml --target http://127.0.0.1:3001 --out build.yaml --compare build.jsonl
  handfast record schemas/orbit/asyncapi.yaml --target https://staging.example.org --ca ca.pem --out staging.yaml --format json";

/// Record sessions: a proxy between a client and a server, which writes what they say as sessions for `replay`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Record {
    /// The AsyncAPI document
    #[arg(value_name = "CONTRACT")]
    contract: PathBuf,
    /// Where clients connect; port 0 takes a free one, and it is printed
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The server: http://HOST:PORT or https://HOST, ws and wss as well
    #[arg(long, value_name = "URL", value_parser = reaching::target)]
    target: Url,
    /// A PEM file of certificates to trust as well
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// A PEM file of the certificate by which the server knows the proxy, and with it its clients
    #[arg(long, value_name = "FILE", requires = "client_key")]
    client_cert: Option<PathBuf>,
    /// A PEM file of that certificate's private key
    #[arg(long, value_name = "FILE", requires = "client_cert")]
    client_key: Option<PathBuf>,
    /// Listen with TLS: a PEM file of the proxy's certificate
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The certificate's private key, in PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Another recording of the same (its raw file): what differs becomes a matcher, what doesn't stays
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    /// End after so many connections; otherwise Ctrl-C ends the recording
    #[arg(long, value_name = "N")]
    connections: Option<usize>,
    #[command(flatten)]
    outputs: Outputs,
}

impl Run for Record {
    const NAME: &'static str = "record";

    fn run(self) -> Result<u8, Error> {
        let other = self.compare.as_deref().map(read_raw).transpose()?.unwrap_or_default();
        let (recording, protocol) = Recording::open(&self.contract, &self.outputs, other)?;
        let settings = self.settings(&protocol)?;
        let runtime = runtime("the proxy")?;
        let n_sessions = runtime.block_on(record(settings, recording, self.connections))?;
        if n_sessions == 0 {
            say("nothing was recorded: no client used a channel of the contract");
        }
        Ok(if n_sessions == 0 { FAILED } else { PASSED })
    }
}

impl Record {
    fn settings(&self, protocol: &Protocol) -> Result<Settings, Error> {
        let identity = match (&self.cert, &self.key) {
            (Some(certificate), Some(key)) => {
                let useless = |error| Error::new(format!("{} is of no use: {error}", certificate.display()));
                Some(identity(&read(certificate)?, &read(key)?).map_err(useless)?)
            }
            _ => None,
        };
        let (ca, cert, key) = (&self.ca, &self.client_cert, &self.client_key);
        let trust = Trust { ca: ca.as_deref(), cert: cert.as_deref(), key: key.as_deref() };
        let channels = protocol.contract.channels.iter();
        let streams = channels.filter(|channel| channel.transport == Transport::Sse);
        Ok(Settings {
            listen: self.listen,
            target: as_http(&self.target),
            trust: trust.config()?,
            identity,
            streams: streams.map(|channel| channel.address.clone()).collect(),
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))
}

fn read_raw(path: &Path) -> Result<Vec<Trace>, Error> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    raw::read(&text).map_err(|(line, reason)| {
        Error::new(format!("{}:{line} is no line of a raw recording: {reason}", path.display()))
            .help("name a file that `--raw` wrote")
    })
}

async fn record(
    settings: Settings,
    mut recording: Recording,
    n_connections: Option<usize>,
) -> Result<usize, Error> {
    let (recorder, traces) = Recorder::new();
    let recorder = Arc::new(recorder);
    let (listen, target) = (settings.listen, settings.target.clone());
    let proxy = Proxy::bind(settings, Arc::clone(&recorder))
        .await
        .map_err(|error| Error::new(format!("nobody can listen on {listen}: {error}")))?;
    let url = proxy.url();
    let text = format!("listening on {url}, passing on to {target}");
    recording.announce(&text, &json!({ "event": "listening", "url": url, "target": target.as_str() }))?;
    let serving = tokio::spawn(proxy.serve());
    gather(traces, &recorder, &mut recording, n_connections).await?;
    serving.abort();
    recording.finish()
}

/// Writes what comes, until there is enough or somebody has had enough.
async fn gather(
    mut traces: UnboundedReceiver<Recorded>,
    recorder: &Recorder,
    recording: &mut Recording,
    n_connections: Option<usize>,
) -> Result<(), Error> {
    let mut n_taken = 0;
    let mut interrupted = std::pin::pin!(interruption());
    let mut told = String::new();
    while n_connections.is_none_or(|wanted| n_taken < wanted) {
        let recorded = tokio::select! {
            recorded = traces.recv() => recorded,
            () = &mut interrupted => break,
        };
        match recorded {
            Some(Recorded::Trace(trace)) => {
                n_taken += 1;
                recording.take(*trace)?;
            }
            Some(Recorded::Unanswered(reason)) if told != reason => {
                say(&format!("note: {reason}"));
                told = reason;
            }
            Some(Recorded::Unanswered(_)) => {}
            None => break,
        }
    }
    // What still stands is recorded as far as it went, unless there is enough.
    if n_connections.is_none_or(|wanted| n_taken < wanted) {
        recorder.finish();
    }
    while let Ok(recorded) = traces.try_recv() {
        if let Recorded::Trace(trace) = recorded {
            recording.take(*trace)?;
        }
    }
    Ok(())
}
