//! The subcommands: each a file, all of them in [`COMMANDS`].

mod check;
mod compare;
mod completions;
mod connect;
mod fuzz;
mod generate;
mod import;
mod man;
mod mock;
mod record;
mod replay;
mod report;
mod validate;

use clap::{ArgMatches, Args, Command};

use crate::error::Error;
use crate::exit;

/// Every subcommand, in the order of the help text.
static COMMANDS: &[Subcommand] = &[
    Subcommand::of::<check::Check>(),
    Subcommand::of::<generate::Generate>(),
    Subcommand::of::<validate::Validate>(),
    Subcommand::of::<compare::Compare>(),
    Subcommand::of::<replay::Replay>(),
    Subcommand::of::<report::Report>(),
    Subcommand::of::<record::Record>(),
    Subcommand::of::<import::Import>(),
    Subcommand::of::<connect::Connect>(),
    Subcommand::of::<mock::Mock>(),
    Subcommand::of::<fuzz::Fuzz>(),
    Subcommand::of::<completions::Completions>(),
    Subcommand::of::<man::Man>(),
];

/// The arguments of a subcommand, and what it does with them.
trait Run: Args {
    /// Its name on the command line.
    const NAME: &'static str;

    /// Does its work, and gives the process' exit code.
    ///
    /// # Errors
    /// It could not do its work.
    fn run(self) -> Result<u8, Error>;
}

/// A line of [`COMMANDS`].
struct Subcommand {
    name: &'static str,
    command: fn() -> Command,
    run: fn(&ArgMatches) -> Result<u8, Error>,
}

impl Subcommand {
    const fn of<R: Run>() -> Self {
        Self { name: R::NAME, command: || R::augment_args(Command::new(R::NAME)), run: run_with::<R> }
    }
}

fn run_with<R: Run>(matches: &ArgMatches) -> Result<u8, Error> {
    // The matches come from the very arguments that `R` declared; clap still words it as an error of the user.
    R::from_arg_matches(matches).unwrap_or_else(|error| error.exit()).run()
}

/// The whole command.
pub fn command() -> Command {
    Command::new("handfast")
        .version(env!("CARGO_PKG_VERSION"))
        .about(
            "Types, validators and contract tests for real-time event protocols, from one AsyncAPI document",
        )
        .after_help(exit::help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(110)
        .subcommands(COMMANDS.iter().map(|subcommand| (subcommand.command)()))
}

/// Runs the subcommand that was asked for.
///
/// # Errors
/// It could not do its work.
pub fn run(matches: &ArgMatches) -> Result<u8, Error> {
    let asked = matches.subcommand();
    let found = asked.and_then(|(name, matches)| {
        Some((COMMANDS.iter().find(|subcommand| subcommand.name == name)?, matches))
    });
    match found {
        Some((subcommand, matches)) => (subcommand.run)(matches),
        None => Err(Error::new("no such subcommand")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_make_sense() {
        command().debug_assert();
    }

    #[test]
    fn every_subcommand_says_what_it_does_and_shows_how() {
        fn check(of: &Command, called: &str) {
            for subcommand in of.get_subcommands() {
                let called = format!("{called} {}", subcommand.get_name());
                assert!(subcommand.get_about().is_some(), "{called}");
                let examples = subcommand.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(examples.contains(&called), "{called}");
                check(subcommand, &called);
            }
        }
        check(&command(), "handfast");
    }
}
