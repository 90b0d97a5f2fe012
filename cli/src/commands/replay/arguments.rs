//! The arguments of `handfast replay`.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use handfast_codegen::model::Millis;
use handfast_conformance::run::{Launch, Ready};
use handfast_conformance::shard::Shard;
use url::Url;

use crate::reaching::{EngineTransport, Reaching, target};
use crate::reporting::Reporting;

const EXAMPLES: &str = "\
Examples:
  handfast replay sessions/install.yaml --target http://127.0.0.1:7443
  handfast replay sessions --target http://127.0.0.1:0 --spawn 'node server.js --port {port}'
  handfast replay sessions --target http://127.0.0.1:0 --spawn 'npm start' --ready 'line:listening on'
  handfast replay sessions --target https://staging.example.org --ca ca.pem --report junit=report.xml
  handfast replay sessions --target https://staging.example.org --token 'API_TOKEN=command:vault read -field=t kv/t'
  handfast replay sessions --target http://127.0.0.1:3001 --transport polling --format json | jq .
  handfast replay sessions --target http://127.0.0.1:7443 --repeat 50 --report html=flakes.html
  handfast replay sessions --target http://127.0.0.1:7443 --known known-failures.yaml
  handfast replay sessions --capabilities capabilities.toml --report junit=report.xml
  handfast replay sessions --target http://127.0.0.1:7443 --shard 1/4 --report blob=shard-1.blob
  handfast replay sessions --target http://127.0.0.1:7443 --cut-everywhere";

/// Replay sessions against a server, and judge what it sends by its contract
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Replay {
    /// Sessions, or folders: all `*.yaml` files below them
    #[arg(required = true, value_name = "SESSION")]
    pub sessions: Vec<PathBuf>,
    /// Play each session that can resume once more for every point at which its connection can be lost, cut there and resumed
    #[arg(long)]
    pub cut_everywhere: bool,
    /// The server: http://HOST:PORT or https://HOST, ws and wss as well
    #[arg(long, value_name = "URL", value_parser = target, required_unless_present = "capabilities")]
    pub target: Option<Url>,
    /// What the server can do, and where, instead of `--target`: every session is played in every permutation that it claims
    #[arg(long, value_name = "FILE", conflicts_with_all = ["target", "ca", "cert", "key", "transport"])]
    pub capabilities: Option<PathBuf>,
    /// Play this permutation alone, as reports name it
    #[arg(long, value_name = "NAME", requires = "capabilities")]
    pub permutation: Option<String>,
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
    #[command(flatten)]
    pub reporting: Reporting,
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
    /// The longest the whole run may take; what is not over then is inconclusive
    #[arg(long, value_name = "TIME")]
    pub max_run_time: Option<Millis>,
    /// How often a session is played again when the runner itself was late
    #[arg(long, value_name = "N", default_value = "2")]
    pub retries: usize,
    /// Play every session so many times, and say which of them do not always come to the same
    #[arg(long, value_name = "N", default_value = "1")]
    pub repeat: NonZeroUsize,
    /// A list of failures that are known, with reasons: they do not fail the run, but one that does not happen any more does
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,
    /// Play part K of N: the sessions fall into parts by their names
    #[arg(long, value_name = "K/N")]
    pub shard: Option<Shard>,
    /// Make parts that take about as long, by what sessions took in an earlier report, json or blob
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub durations: Option<PathBuf>,
    /// What every random choice derives from; a new one each time when absent, and in the report
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

impl Replay {
    /// A bound of the run: a slow machine has more time, a fast one never less than it says.
    pub fn bound(&self, time: Millis) -> Duration {
        Duration::try_from_secs_f64(time.duration().as_secs_f64() * self.scale.max(1.0))
            .unwrap_or(Duration::MAX)
    }

    /// How to start the server.
    pub fn launch(&self) -> Option<Launch> {
        let mut launch = self.spawn.clone()?;
        launch.ready = self.ready.clone();
        launch.ready_within = self.spawn_timeout.duration();
        Some(launch)
    }

    /// The arguments that play a session again as it was played, but for the seed.
    pub fn repetition(&self) -> Vec<String> {
        let (server, defaults) = (&self.server, (1.0, EngineTransport::Upgrade));
        let options = [
            self.target.as_ref().map(|target| ("--target", target.to_string())),
            self.capabilities.as_ref().map(|path| ("--capabilities", path.display().to_string())),
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
        let valued = options.into_iter().flatten().chain(tokens);
        let valued = valued.flat_map(|(name, value)| [name.to_owned(), value]);
        valued.chain(self.cut_everywhere.then(|| "--cut-everywhere".to_owned())).collect()
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
