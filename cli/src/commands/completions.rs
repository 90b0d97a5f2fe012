//! `handfast completions`

use clap::Args;
use clap_complete::Shell;

use super::Run;
use crate::error::Error;
use crate::exit::PASSED;
use crate::printing::print;

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  source <(handfast completions bash)\n  handfast completions fish > ~/.config/fish/completions/handfast.fish"
)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Run for Completions {
    const NAME: &'static str = "completions";

    fn run(self) -> Result<u8, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "handfast", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(PASSED)
    }
}
