//! `handfast replay`

mod arguments;
mod outputs;
mod sessions;

use std::sync::Arc;
use std::time::SystemTime;

use handfast_conformance::event::RunSummary;
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::{Network, Options, Run as Runner, settle_port};
use handfast_conformance::transport::http;
use tokio::sync::watch;

use super::Run;
use crate::error::Error;
use crate::interruption::interruption;
use crate::tokens;
pub use arguments::Replay;
use outputs::Outputs;

impl Run for Replay {
    const NAME: &'static str = "replay";

    fn run(self) -> Result<u8, Error> {
        let cases = sessions::load(&self.sessions, &tokens::resolve(&self.tokens)?)?;
        let settings = self.settings()?;
        let outputs = Outputs::open(self.format, &self.reports)?;
        let runner = Runner {
            cases,
            wire: Arc::new(self.network(&settings)?),
            launch: self.launch(),
            options: self.options(&settings),
            settings,
        };
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Error::new(format!("the system denies what the runner needs: {error}")))?;
        runtime.block_on(play(runner, outputs))
    }
}

impl Replay {
    fn settings(&self) -> Result<Settings, Error> {
        let target = self.server.http_target();
        if target.port() == Some(0) && self.spawn.is_none() {
            return Err(Error::new("nothing listens on port 0")
                .help("name the server's port, or let the runner start it with `--spawn`"));
        }
        let target = settle_port(target).map_err(|error| {
            Error::new(format!("there is no free port for {}: {error}", self.server.target))
        })?;
        Ok(Settings {
            target,
            tls: self.server.trust()?,
            engine: self.server.transport.into(),
            scale: self.scale,
            deadline: self.deadline.map(|deadline| deadline.duration()),
            seed: self.seed.unwrap_or_else(arguments::any_seed),
            began: SystemTime::now(),
        })
    }

    fn network(&self, settings: &Settings) -> Result<Network, Error> {
        let client = http::Client::new(&settings.tls)
            .map_err(|error| Error::new(format!("there is no HTTP: {error}")))?;
        Ok(Network { client, target: settings.target.clone(), within: self.max_time.duration() })
    }

    fn options(&self, settings: &Settings) -> Options {
        Options {
            n_jobs: self.jobs.get(),
            n_retries: self.retries,
            max_time: self.max_time.duration(),
            arguments: self.repetition(settings.seed),
        }
    }
}

async fn play(runner: Runner, mut outputs: Outputs) -> Result<u8, Error> {
    let (stop, stopped) = watch::channel(false);
    let interrupted = stop.clone();
    tokio::spawn(async move {
        interruption().await;
        interrupted.send_replace(true);
    });
    let RunSummary { exit_code, .. } = runner
        .play(stopped, &mut |event| {
            if outputs.event(&event).is_break() {
                stop.send_replace(true);
            }
        })
        .await;
    outputs.finish().map(|()| exit_code)
}
