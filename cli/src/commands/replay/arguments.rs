//! The arguments of `handfast replay`.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use handfast_codegen::model::Millis;
use handfast_conformance::shard::Shard;
use url::Url;

use crate::reaching::{Reaching, target};
use crate::reporting::Reporting;
use crate::starting::Starting;

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
    #[command(flatten)]
    pub starting: Starting,
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

    /// The arguments that play a session again as it was played, but for the seed.
    pub fn repetition(&self) -> Vec<String> {
        let server = [
            self.target.as_ref().map(|target| ("--target", target.to_string())),
            self.capabilities.as_ref().map(|path| ("--capabilities", path.display().to_string())),
        ];
        let time = [
            (self.scale != 1.0).then(|| ("--scale", self.scale.to_string())),
            self.deadline.map(|deadline| ("--deadline", deadline.to_string())),
        ];
        let valued = |(name, value): (&str, String)| [name.to_owned(), value];
        let server = server.into_iter().flatten().flat_map(valued);
        let server = server.chain(self.server.repetition()).chain(self.starting.repetition());
        let repetition = server.chain(time.into_iter().flatten().flat_map(valued));
        repetition.chain(self.cut_everywhere.then(|| "--cut-everywhere".to_owned())).collect()
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
