//! `handfast man`

use clap::Args;
use clap_mangen::Man as Page;

use super::Run;
use crate::error::Error;
use crate::exit::PASSED;
use crate::printing::print;

/// Print the manual page of the command, or of a subcommand
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  handfast man | man -l -\n  handfast man replay > ~/.local/share/man/man1/handfast-replay.1"
)]
pub struct Man {
    /// The subcommand; all of them in short when absent
    subcommand: Option<String>,
}

impl Run for Man {
    const NAME: &'static str = "man";

    fn run(self) -> Result<u8, Error> {
        let mut whole = super::command();
        // Subcommands get their full names.
        whole.build();
        let page = match &self.subcommand {
            None => Page::new(whole),
            Some(name) => Page::new(subcommand(&whole, name)?),
        };
        let page = page.source(concat!("handfast ", env!("CARGO_PKG_VERSION")));
        let mut text = Vec::new();
        page.render(&mut text).map_err(|error| Error::new(format!("there is no page: {error}")))?;
        print(&String::from_utf8_lossy(&text))?;
        Ok(PASSED)
    }
}

/// The subcommand, by the name under which `man` knows it.
fn subcommand(whole: &clap::Command, name: &str) -> Result<clap::Command, Error> {
    let found = whole.find_subcommand(name).cloned();
    found.map(|subcommand| subcommand.display_name(format!("handfast-{name}"))).ok_or_else(|| {
        let names: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
        Error::new(format!("`{name}` is no subcommand")).help(format!("known are: {}", names.join(", ")))
    })
}
