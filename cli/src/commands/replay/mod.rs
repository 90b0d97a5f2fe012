//! `handfast replay`

mod arguments;
mod outputs;
mod sessions;

use std::sync::Arc;
use std::time::SystemTime;

use handfast_conformance::event::RunSummary;
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::{Network, Options, Run as Runner, settle_port};
use handfast_conformance::transport::{http, tls};
use tokio::sync::watch;

use super::Run;
use crate::error::Error;
pub use arguments::Replay;
use outputs::Outputs;

impl Run for Replay {
    const NAME: &'static str = "replay";

    fn run(self) -> Result<u8, Error> {
        let cases = sessions::load(&self.sessions)?;
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
        if self.target.port() == Some(0) && self.spawn.is_none() {
            return Err(Error::new("nothing listens on port 0")
                .help("name the server's port, or let the runner start it with `--spawn`"));
        }
        let target = settle_port(self.target.clone())
            .map_err(|error| Error::new(format!("there is no free port for {}: {error}", self.target)))?;
        Ok(Settings {
            target,
            tls: self.trust()?,
            engine: self.transport.into(),
            scale: self.scale,
            deadline: self.deadline.map(|deadline| deadline.duration()),
            seed: self.seed.unwrap_or_else(arguments::any_seed),
            began: SystemTime::now(),
        })
    }

    fn trust(&self) -> Result<Arc<rustls::ClientConfig>, Error> {
        let Some(path) = &self.ca else {
            return tls::client_config(None).map_err(|error| Error::new(error.to_string()));
        };
        let path_shown = path.display();
        let pem = std::fs::read(path)
            .map_err(|error| Error::new(format!("the CA file {path_shown} can't be read: {error}")))?;
        tls::client_config(Some(&pem)).map_err(|error| {
            Error::new(format!("the CA file {path_shown} is of no use: {error}"))
                .help("it has to hold certificates in PEM: `-----BEGIN CERTIFICATE-----`")
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

/// Waits until somebody wants the run to end.
async fn interruption() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can interrupt where signals can't be heard.
        std::future::pending::<()>().await;
    }
}
