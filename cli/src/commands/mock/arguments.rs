//! The arguments of `handfast mock`.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handfast_codegen::model::Millis;
use handfast_conformance::mock::fault::Fault;

const EXAMPLES: &str = "\
Examples:
  handfast mock asyncapi.yaml --rate 5
  handfast mock asyncapi.yaml sessions --listen 127.0.0.1:7443 --token-env TOKEN --pace 200ms
  handfast mock asyncapi.yaml sessions/install.yaml --fault drop=5% --fault delay=50ms..500ms --seed 7
  handfast mock asyncapi.yaml --format json | jq -c 'select(.event == \"rejected\")'
  handfast replay sessions --target http://127.0.0.1:0 --spawn 'handfast mock asyncapi.yaml sessions --listen 127.0.0.1:{port}'

Exit codes: 0 it was ended by Ctrl-C or SIGTERM, 2 usage, or a contract or session that is wrong, 3 the address can't be had";

/// Be a server: play the server's side of sessions, or send what the contract lets a server send
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Mock {
    /// An AsyncAPI document
    #[arg(value_name = "CONTRACT")]
    pub contract: PathBuf,
    /// Sessions to play, or folders: all `*.yaml` files below them
    #[arg(value_name = "SESSION")]
    pub sessions: Vec<PathBuf>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:4010", value_parser = address)]
    pub listen: SocketAddr,
    /// Events per second and connection that nobody asks for [default: 1, and 0 with sessions, which take noise only]
    #[arg(long, value_name = "N", value_parser = rate)]
    pub rate: Option<f64>,
    /// What every random choice derives from; a new one each time when absent
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The pause before each event of a session
    #[arg(long, value_name = "TIME", default_value = "0ms")]
    pub pace: Millis,
    /// How often the server's heartbeat comes, instead of what the contract says
    #[arg(long, value_name = "TIME")]
    pub heartbeat: Option<Millis>,
    /// An environment variable that holds a token to let in, beside the tokens of the sessions; where there are none, any
    /// token will do. May be given again
    #[arg(long, value_name = "NAME")]
    pub token_env: Vec<String>,
    /// Only tell of what the contract forbids, and go on
    #[arg(long)]
    pub lenient: bool,
    /// Do a fault: delay=TIME[..TIME], drop=WHICH, duplicate=WHICH, reorder=WHICH, close=CODE@N, slow-reader[=TIME],
    /// half-open[=@N]; WHICH is a share (10%) or a number (@3). May be given again
    #[arg(long, value_name = "FAULT")]
    pub fault: Vec<Fault>,
    /// A PEM file with the certificate of https and wss
    #[arg(long, value_name = "FILE", requires = "key")]
    pub cert: Option<PathBuf>,
    /// A PEM file with its key
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
    /// How often Engine.IO pings
    #[arg(long, value_name = "TIME", default_value = "25s")]
    pub ping_interval: Millis,
    /// How long Engine.IO waits for the answer
    #[arg(long, value_name = "TIME", default_value = "20s")]
    pub ping_timeout: Millis,
    /// How long a Socket.IO client may take until it joins a namespace
    #[arg(long, value_name = "TIME", default_value = "45s")]
    pub connect_timeout: Millis,
    /// The most connections at a time; others wait
    #[arg(long, value_name = "N", default_value = "20000", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_connections: u32,
    /// How to print what happens
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print nothing but where it listens
    #[arg(long, short)]
    pub quiet: bool,
}

/// How to print what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON Lines, one for each thing that happens
    Json,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let full = if text.starts_with(':') { format!("127.0.0.1{text}") } else { text.to_owned() };
    let mut found = full.to_socket_addrs().map_err(|error| format!("write HOST:PORT ({error})"))?;
    found.next().ok_or_else(|| "no such host".to_owned())
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if (0.0..=10_000.0).contains(&rate) => Ok(rate),
        _ => Err("it has to be a number from 0 to 10000".to_owned()),
    }
}
