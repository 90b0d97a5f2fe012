//! The arguments of `handfast replay`.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use handfast_codegen::diagnostic::nearest;
use handfast_codegen::model::Millis;
use handfast_conformance::report::{Format, REPORTS};
use handfast_conformance::run::{Launch, Ready};

use crate::reaching::{EngineTransport, Reaching};

const EXAMPLES: &str = "\
Examples:
  handfast replay sessions/install.yaml --target http://127.0.0.1:7443
  handfast replay sessions --target http://127.0.0.1:0 --spawn 'node server.js --port {port}'
  handfast replay sessions --target http://127.0.0.1:0 --spawn 'npm start' --ready 'line:listening on'
  handfast replay sessions --target https://staging.example.org --ca ca.pem --report junit=report.xml
  handfast replay sessions --target https://staging.example.org --token 'API_TOKEN=command:vault read -field=t kv/t'
  handfast replay sessions --target http://127.0.0.1:3001 --transport polling --format json | jq .";

/// Replay sessions against a server, and judge what it sends by its contract
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Replay {
    /// Sessions, or folders: all `*.yaml` files below them
    #[arg(required = true, value_name = "SESSION")]
    pub sessions: Vec<PathBuf>,
    #[command(flatten)]
    pub server: Reaching,
    /// Start the server with this command, and end it afterwards. {port} and {url} stand for the target's, of which port 0
    /// takes a free one; PORT and HOST are in its environment
    #[arg(long, value_name = "COMMAND", value_parser = Launch::new)]
    pub spawn: Option<Launch>,
    /// When the started server is ready: once it accepts connections (`port`), once a URL is answered with 2xx, or once it
    /// prints a line that matches a regular expression (`line:REGEX`)
    #[arg(long, value_name = "READY", default_value = "port", value_parser = Ready::parse, requires = "spawn")]
    pub ready: Ready,
    /// How long the started server may take until it is ready
    #[arg(long, value_name = "TIME", default_value = "30s", requires = "spawn")]
    pub spawn_timeout: Millis,
    /// What `$NAME` stands for in sessions: `NAME=env:VARIABLE`, `NAME=file:PATH` or `NAME=command:COMMAND`, whose output it
    /// is; may be given several times. Other names stand for environment variables
    #[arg(long = "token", value_name = "NAME=SOURCE")]
    pub tokens: Vec<String>,
    /// What to print
    #[arg(long, default_value = "text", value_parser = format_name())]
    pub format: &'static Format,
    /// Write a report to a file, too; may be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = report_spec)]
    pub reports: Vec<ReportSpec>,
    /// How many sessions are played at a time
    #[arg(long, value_name = "N", default_value = "1")]
    pub jobs: NonZeroUsize,
    /// Multiply all deadlines by this
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = scale)]
    pub scale: f64,
    /// The deadline of steps that have none of their own, instead of the session's
    #[arg(long, value_name = "TIME")]
    pub deadline: Option<Millis>,
    /// The longest a session may take
    #[arg(long, value_name = "TIME", default_value = "5m")]
    pub max_time: Millis,
    /// How often a session is played again when the runner itself was late
    #[arg(long, value_name = "N", default_value = "2")]
    pub retries: usize,
    /// What every random choice derives from; a new one each time when absent, and in the report
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

/// A report that goes to a file.
#[derive(Debug, Clone)]
pub struct ReportSpec {
    /// Its format.
    pub format: &'static Format,
    /// Its file.
    pub path: PathBuf,
}

impl Replay {
    /// How to start the server.
    pub fn launch(&self) -> Option<Launch> {
        let mut launch = self.spawn.clone()?;
        launch.ready = self.ready.clone();
        launch.ready_within = self.spawn_timeout.duration();
        Some(launch)
    }

    /// The arguments that play a session again as it was played.
    pub fn repetition(&self, seed: u64) -> Vec<String> {
        let (server, defaults) = (&self.server, (1.0, EngineTransport::Upgrade));
        let options = [
            Some(("--target", server.target.to_string())),
            Some(("--seed", seed.to_string())),
            self.spawn.as_ref().map(|launch| ("--spawn", launch.to_string())),
            (self.ready != Ready::Port).then(|| ("--ready", self.ready.to_string())),
            server.ca.as_ref().map(|path| ("--ca", path.display().to_string())),
            server.cert.as_ref().map(|path| ("--cert", path.display().to_string())),
            server.key.as_ref().map(|path| ("--key", path.display().to_string())),
            (self.scale != defaults.0).then(|| ("--scale", self.scale.to_string())),
            self.deadline.map(|deadline| ("--deadline", deadline.to_string())),
            (server.transport != defaults.1).then(|| ("--transport", server.transport.name())),
        ];
        let tokens = self.tokens.iter().map(|token| ("--token", token.clone()));
        options
            .into_iter()
            .flatten()
            .chain(tokens)
            .flat_map(|(name, value)| [name.to_owned(), value])
            .collect()
    }
}

/// A seed that nobody chose.
pub fn any_seed() -> u64 {
    // Six digits are enough to differ, and few enough to type.
    RandomState::new().hash_one(()) % 1_000_000
}

fn scale(text: &str) -> Result<f64, String> {
    let factor: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if factor.is_finite() && factor > 0.0 { Ok(factor) } else { Err("it has to be above 0".to_owned()) }
}

fn format_name() -> impl TypedValueParser<Value = &'static Format> {
    let names = REPORTS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    // The parser has let nothing pass but names of the list.
    PossibleValuesParser::new(names).map(|name| Format::named(&name).unwrap_or(&REPORTS[0]))
}

fn report_spec(text: &str) -> Result<ReportSpec, String> {
    let known: Vec<&str> = REPORTS.iter().map(|format| format.name).collect();
    let (name, path) = match text.split_once('=') {
        Some((name, path)) if !path.is_empty() => (name, path),
        _ => return Err(format!("write FORMAT=FILE, with one of the formats {}", known.join(", "))),
    };
    match (Format::named(name), nearest(name, &known)) {
        (Some(format), _) => Ok(ReportSpec { format, path: path.into() }),
        (None, Some(near)) => Err(format!("`{name}` is no format; did you mean `{near}`?")),
        (None, None) => Err(format!("`{name}` is no format; known are {}", known.join(", "))),
    }
}
