//! `handfast replay`

mod arguments;
pub(super) mod sessions;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_conformance::event::RunSummary;
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::{Network, Options, Run as Runner};
use handfast_conformance::transport::http;
use tokio::sync::watch;

use super::Run;
use crate::error::Error;
use crate::interruption::interruption;
use crate::outputs::Outputs;
use crate::tokens;
pub use arguments::{Replay, any_seed};

impl Run for Replay {
    const NAME: &'static str = "replay";

    fn run(self) -> Result<u8, Error> {
        let tokens = tokens::resolve(&self.starting.tokens)?;
        let mut cases = sessions::load(&self.sessions, &tokens, self.cut_everywhere)?;
        let known = self.known.as_deref().map_or(Ok(Vec::new()), sessions::known)?;
        let part = |shard| sessions::part(&cases, shard, self.durations.as_deref());
        let part = self.shard.map(part).transpose()?;
        if let Some(part) = &part {
            cases = part.share.session_idxs.iter().map(|idx| Arc::clone(&cases[*idx])).collect();
        }
        let settings = self.settings()?;
        let outputs = Outputs::open(&self.reporting)?;
        let runner = Runner {
            cases,
            wire: Arc::new(self.network(&settings)?),
            launch: self.starting.launch(),
            options: Options { known, part, ..self.options() },
            settings,
        };
        let runtime = tokio::runtime::Runtime::new()
            .map_err(|error| Error::new(format!("the system denies what the runner needs: {error}")))?;
        let longest = self.max_run_time.map(|longest| self.bound(longest));
        runtime.block_on(play(runner, outputs, longest))
    }
}

impl Replay {
    fn settings(&self) -> Result<Settings, Error> {
        let target = self.server.settled(self.starting.spawn.is_some())?;
        Ok(Settings {
            target,
            tls: self.server.trust()?,
            engine: self.server.transport.into(),
            scale: self.scale,
            deadline: self.deadline.map(|deadline| deadline.duration()),
            seed: self.seed.unwrap_or_else(any_seed),
            began: SystemTime::now(),
        })
    }

    fn network(&self, settings: &Settings) -> Result<Network, Error> {
        let client = http::Client::new(&settings.tls)
            .map_err(|error| Error::new(format!("there is no HTTP: {error}")))?;
        Ok(Network { client, target: settings.target.clone(), within: self.bound(self.max_time) })
    }

    fn options(&self) -> Options {
        Options {
            n_jobs: self.jobs.get(),
            n_retries: self.retries,
            n_repetitions: self.repeat.get(),
            max_time: self.bound(self.max_time),
            arguments: self.repetition(),
            ..Options::default()
        }
    }
}

async fn play(runner: Runner, mut outputs: Outputs, longest: Option<Duration>) -> Result<u8, Error> {
    let (stop, stopped) = watch::channel(false);
    let interrupted = stop.clone();
    tokio::spawn(async move {
        let out_of_time = async {
            match longest {
                Some(longest) => tokio::time::sleep(longest).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = interruption() => {}
            () = out_of_time => {}
        }
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
