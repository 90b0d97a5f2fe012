//! The arguments of `handfast connect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handfast_codegen::model::Millis;
use url::Url;

use super::awaited::Where;
use super::emits::Emits;
use crate::reaching::{self, Reaching};

const EXAMPLES: &str = "\
Examples:
  handfast connect asyncapi.yaml --target http://localhost:3001 --token-env JWT --emit join-project '{\"projectId\":\"p1\"}' \\
      --on 'build:*'
  handfast connect asyncapi.yaml --target https://localhost:7443 --ca ca.pem --token-env TOKEN \\
      --until task.completed --where /payload/task_id=5f0c2b7e --timeout 2m
  handfast connect asyncapi.yaml --target ws://localhost:7443 --format json | jq -c 'select(.valid == false)'
  echo 'ping {}' | handfast connect asyncapi.yaml --target ws://localhost:7443 --stdin --until pong --timeout 5s

Exit codes: 0 well, 1 an event was invalid, or --until was not seen, 2 usage, 3 the server can't be reached or refuses,
4 interrupted before --until was seen";

/// Connect to a server by its contract: print and validate what it sends, send events, wait for one
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Connect {
    /// An AsyncAPI document
    #[arg(value_name = "CONTRACT")]
    pub contract: PathBuf,
    /// The server: http://HOST:PORT or https://HOST, ws and wss as well
    #[arg(long, value_name = "URL", value_parser = reaching::target)]
    pub target: Url,
    #[command(flatten)]
    pub server: Reaching,
    /// The channel of the contract [default: one that carries what --emit and --until name, and suits the URL]
    #[arg(long, value_name = "KEY")]
    pub channel: Option<String>,
    /// The environment variable that holds the token; it travels as the contract says
    #[arg(long, value_name = "NAME")]
    pub token_env: Option<String>,
    /// Add to the query of the handshake; a VALUE of the form $NAME is read from the environment. May be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = query)]
    pub query: Vec<(String, String)>,
    /// Add a header to the handshake; a VALUE of the form $NAME is read from the environment. May be given again
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub header: Vec<(String, String)>,
    /// Ask for these events only, by the contract's filter
    #[arg(long, value_name = "PATTERNS")]
    pub topics: Option<String>,
    /// Begin after the event with this id, where the server resumes
    #[arg(long, value_name = "ID")]
    pub last_event_id: Option<String>,
    #[command(flatten)]
    pub emits: Emits,
    /// Send what --emit says again on every connection, as rooms that are left with one ask for
    #[arg(long, requires = "emit")]
    pub emit_again: bool,
    /// Send the events in the lines of the standard input, `EVENT JSON` each; a console without --until does so anyway
    /// where it is a terminal, or where nothing is said with --emit
    #[arg(long)]
    pub stdin: bool,
    /// Send even what breaks the contract
    #[arg(long)]
    pub force: bool,
    /// Print events of these names only, * stands for any characters; what is not printed is not judged. May be given again
    #[arg(long, value_name = "PATTERN")]
    pub on: Vec<String>,
    /// Print what the contract calls noise, and heartbeats that are answered for you, as well
    #[arg(long)]
    pub noise: bool,
    /// End well as soon as a valid event of this name comes
    #[arg(long, value_name = "EVENT")]
    pub until: Option<String>,
    /// …and has this value at a JSON Pointer, given as JSON or as text. May be given again: all of them
    #[arg(long = "where", value_name = "POINTER=VALUE", requires = "until")]
    pub wheres: Vec<Where>,
    /// End after this time: badly where --until was not seen
    #[arg(long, value_name = "TIME")]
    pub timeout: Option<Millis>,
    /// With --until, don't connect again when the connection is lost
    #[arg(long)]
    pub no_reconnect: bool,
    /// Invalid events don't matter to the exit code
    #[arg(long)]
    pub lenient: bool,
    /// How to print events
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Don't cut lines to the width of the terminal
    #[arg(long)]
    pub full: bool,
}

/// How to print events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON Lines: events, and what becomes of the connection
    Json,
}

fn query(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.is_empty() && name.chars().all(is_of_token) => {
            Ok((name.to_owned(), value.trim().to_owned()))
        }
        _ => Err("write `NAME: VALUE`".to_owned()),
    }
}

/// Whether names of headers may hold it (RFC 9110, 5.6.2).
fn is_of_token(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}
