//! `handfast fuzz`

mod attacking;
mod emitting;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handfast_codegen::model::Millis;
use url::Url;

use super::Run;
use crate::error::Error;
use crate::exit::PASSED;
use crate::reaching::{Reaching, target};
use crate::reading::Reading;
use crate::reporting::Reporting;
use crate::starting::Starting;

const EXAMPLES: &str = "\
Examples:
  handfast fuzz asyncapi.yaml --emit 100 --event task.updated --invalid
  handfast fuzz workflow.schema.json --emit 20 --boundary --seed 7 | jq .payload
  handfast fuzz asyncapi.yaml --sites
  handfast fuzz asyncapi.yaml --target http://127.0.0.1:3001 --out findings
  handfast fuzz asyncapi.yaml --target http://127.0.0.1:0 --spawn 'node server.js' --session decide.yaml --max-time 10m
  handfast fuzz asyncapi.yaml --target http://127.0.0.1:3001 --against old/asyncapi.yaml --report junit=fuzz.xml

With --target, findings are sessions: `handfast replay findings/join-refusals.yaml --target URL` shows one again.";

/// Make payloads from a contract's events: print them, or attack a server with them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Fuzz {
    /// An AsyncAPI document, or a JSON Schema file
    #[arg(value_name = "CONTRACT|SCHEMA")]
    document: PathBuf,
    /// Print so many payloads as JSON Lines, the events in turn
    #[arg(long, value_name = "N", required_unless_present_any = ["sites", "target"], conflicts_with = "target")]
    emit: Option<u64>,
    /// Tell how many constraints of each event, keyword by keyword, a payload breaks alone
    #[arg(long, conflicts_with_all = ["emit", "target"])]
    sites: bool,
    /// This event alone, may be given several times; of a schema file that only holds definitions, this one
    #[arg(long = "event", value_name = "NAME")]
    events: Vec<String>,
    /// Events of this side alone
    #[arg(long, value_enum, value_name = "SIDE", conflicts_with = "target")]
    from: Option<Sender>,
    /// Valid payloads alone
    #[arg(long, group = "kind", conflicts_with = "target")]
    valid: bool,
    /// Payloads alone that break one keyword at one place
    #[arg(long, group = "kind", conflicts_with = "target")]
    invalid: bool,
    /// Valid payloads that come to every branch, and to every limit and one inside
    #[arg(long, group = "kind", conflicts_with = "target")]
    boundary: bool,
    /// Frames that are no payload: cut off, of broken UTF-8, too deep, too long
    #[arg(long, group = "kind", conflicts_with = "target")]
    malformed: bool,
    /// What every choice derives from
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Attack this server: http://HOST:PORT or https://HOST, ws and wss as well
    #[arg(long, value_name = "URL", value_parser = target)]
    target: Option<Url>,
    #[command(flatten)]
    server: Reaching,
    #[command(flatten)]
    aim: Aim,
    #[command(flatten)]
    starting: Starting,
    #[command(flatten)]
    reporting: Reporting,
    #[command(flatten)]
    reading: Reading,
}

/// How a server is attacked.
#[derive(Debug, Args)]
struct Aim {
    /// A session that brings the server into a state: an event is sent where the session sends it, else after all its steps
    #[arg(long, value_name = "FILE", requires = "target")]
    session: Option<PathBuf>,
    /// Connect to this channel; without it and a session, each in turn
    #[arg(long, value_name = "KEY", requires = "target", conflicts_with = "session")]
    channel: Option<String>,
    /// Add to the query of the handshake. May be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = query, requires = "target", conflicts_with = "session")]
    query: Vec<(String, String)>,
    /// Send so many payloads, and those that make findings smaller
    #[arg(long, value_name = "N", default_value_t = 2000)]
    cases: u64,
    /// The longest it may take
    #[arg(long, value_name = "TIME")]
    max_time: Option<Millis>,
    /// Send at most so many payloads in a second
    #[arg(long, value_name = "N", value_parser = rate)]
    rate: Option<f64>,
    /// How long an answer may take
    #[arg(long, value_name = "TIME", default_value = "5s")]
    deadline: Millis,
    /// End with so many findings
    #[arg(long, value_name = "N", default_value_t = 20)]
    max_findings: usize,
    /// An event that the server may refuse, valid as it is: for reasons that no schema says. May be given again
    #[arg(long, value_name = "EVENT", requires = "target")]
    may_refuse: Vec<String>,
    /// Send what is valid by an older version of the contract: the server must not refuse it
    #[arg(long, value_name = "OLD", requires = "target")]
    against: Option<PathBuf>,
    /// Write findings into this folder, as sessions
    #[arg(long, value_name = "DIR", requires = "target")]
    out: Option<PathBuf>,
    /// Send what is in this folder first, and keep there what makes the server do something new
    #[arg(long, value_name = "DIR", requires = "target")]
    corpus: Option<PathBuf>,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sender {
    /// The server
    Server,
    /// The client
    Client,
}

impl Run for Fuzz {
    const NAME: &'static str = "fuzz";

    fn run(self) -> Result<u8, Error> {
        match &self.target {
            Some(target) => attacking::attack(&self, target),
            None => emitting::emit(&self).map(|()| PASSED),
        }
    }
}

fn query(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if rate.is_finite() && rate > 0.0 { Ok(rate) } else { Err("it has to be above 0".to_owned()) }
}
