//! `handfast replay`

mod arguments;
mod permutations;
pub(super) mod sessions;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::source::Disk;
use handfast_conformance::event::RunSummary;
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::{Case, Network, Options, Run as Runner};
use handfast_conformance::session::{Environment, Loader};
use handfast_conformance::transport::http;
use tokio::sync::watch;
use url::Url;

use super::Run;
use crate::error::Error;
use crate::interruption::interruption;
use crate::outputs::Outputs;
use crate::reaching::settled;
use crate::runtime::runtime;
use crate::tokens::Tokens;
pub use arguments::{Replay, any_seed};
use permutations::Permutations;

impl Run for Replay {
    const NAME: &'static str = "replay";

    fn run(self) -> Result<u8, Error> {
        let paths = sessions::SESSIONS.find(&self.sessions)?;
        let tokens = Tokens::open(&self.starting.tokens, paths.iter().chain(&self.capabilities))?;
        let (mut cases, settings) = tokens.explain(self.planned(&paths, &|name| tokens.get(name)))?;
        let known = self.known.as_deref().map_or(Ok(Vec::new()), sessions::known)?;
        let part = |shard| sessions::part(&cases, shard, self.durations.as_deref());
        let part = self.shard.map(part).transpose()?;
        if let Some(part) = &part {
            cases = part.share.session_idxs.iter().map(|idx| Arc::clone(&cases[*idx])).collect();
        }
        let outputs = Outputs::open(&self.reporting)?;
        let runner = Runner {
            cases,
            wire: Arc::new(self.network(&settings)?),
            launch: self.starting.launch(),
            options: Options { known, part, ..self.options() },
            settings,
        };
        let runtime = runtime("the runner")?;
        let longest = self.max_run_time.map(|longest| self.bound(longest));
        runtime.block_on(play(runner, outputs, longest))
    }
}

impl Replay {
    /// What is played, and with which settings.
    fn planned(
        &self,
        paths: &[PathBuf],
        environment: &Environment<'_>,
    ) -> Result<(Vec<Arc<dyn Case>>, Settings), Error> {
        let disk = Disk::default();
        let mut loader = Loader::new(&disk, environment);
        let Some(path) = &self.capabilities else {
            return Ok((sessions::load(paths, &mut loader, self.cut_everywhere)?, self.plain()?));
        };
        let permutations = Permutations::open(path, environment, self.bound(self.max_time))?;
        let only = self.permutation.as_deref();
        let cases = permutations.cases(paths, &mut loader, self.cut_everywhere, only)?;
        let first = permutations.first();
        Ok((cases, self.settings(first.target.clone(), Arc::clone(&first.tls))))
    }

    /// The settings of a run against `--target`.
    fn plain(&self) -> Result<Settings, Error> {
        // The call's parser wants a target where there are no capabilities.
        let target = self.target.as_ref().ok_or_else(|| Error::new("there is no `--target`"))?;
        let settled = settled(target, self.starting.spawn.is_some())?;
        Ok(self.settings(settled, self.server.trust()?))
    }

    fn settings(&self, target: Url, tls: Arc<rustls::ClientConfig>) -> Settings {
        Settings {
            target,
            tls,
            engine: self.server.transport.into(),
            scale: self.scale,
            deadline: self.deadline.map(|deadline| deadline.duration()),
            seed: self.seed.unwrap_or_else(any_seed),
            began: SystemTime::now(),
        }
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
