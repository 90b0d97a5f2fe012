//! The arguments that say how the server is started, and what sessions need to know of it.

use clap::Args;
use handfast_codegen::model::Millis;
use handfast_conformance::run::{Launch, Ready};

/// How the server is started, and what `$NAME` stands for.
#[derive(Debug, Args)]
pub struct Starting {
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
}

impl Starting {
    /// How to start the server.
    pub fn launch(&self) -> Option<Launch> {
        let mut launch = self.spawn.clone()?;
        launch.ready = self.ready.clone();
        launch.ready_within = self.spawn_timeout.duration();
        Some(launch)
    }

    /// The arguments that start it in the same way.
    pub fn repetition(&self) -> Vec<String> {
        let spawn = self.spawn.as_ref().map(|launch| ("--spawn", launch.to_string()));
        let ready = (self.ready != Ready::Port).then(|| ("--ready", self.ready.to_string()));
        let tokens = self.tokens.iter().map(|token| ("--token", token.clone()));
        let valued = spawn.into_iter().chain(ready).chain(tokens);
        valued.flat_map(|(name, value)| [name.to_owned(), value]).collect()
    }
}
