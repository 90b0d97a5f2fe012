//! `cargo xtask bench`: how fast and how small, against those who do a part of the same.

mod generated;
mod report;
mod schemas;

use clap::{Args, Command, FromArgMatches};

use crate::process::npm_install;
use crate::{Outcome, Problem, Task};
use report::Figure;

pub const TASK: Task = Task {
    command: || {
        Options::augment_args(Command::new("bench").about("Measures speed and size against other crates"))
    },
    run: |matches| bench(&Options::from_arg_matches(matches)?),
};

#[derive(Args)]
struct Options {
    /// Fewer samples.
    #[arg(long)]
    quick: bool,
    /// Measures these only: the begin of a figure's name.
    #[arg(long, value_name = "FIGURE")]
    only: Vec<String>,
    /// Writes the table to docs/benchmarks.md.
    #[arg(long)]
    write: bool,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.starts_with(only.as_str()))
    }
}

fn bench(options: &Options) -> Outcome {
    npm_install(schemas::FOLDER)?;
    let figures = validity(options)?;
    report::print(&figures);
    if figures.iter().any(Figure::is_missed) { Err("a goal is missed".into()) } else { Ok(()) }
}

/// `is_valid(&Value)` against `#[jsonschema::validator]`.
fn validity(options: &Options) -> Result<Vec<Figure>, Problem> {
    let mut subjects = Vec::new();
    for contract in ["orbit", "builder"] {
        if options.wants(contract) {
            subjects.extend(schemas::contract(contract)?);
        }
    }
    for public in schemas::PUBLIC.iter().filter(|public| options.wants(public.name)) {
        subjects.push(public.subject()?);
    }
    generated::write_validity(&subjects)?;
    let printed = generated::run("validity", if options.quick { &["--quick"] } else { &[] })?;
    let mut figures: Vec<Figure> = printed.lines().filter_map(report::faster).collect();
    figures.extend(report::mean("is-valid/mean", &figures, 1.0));
    Ok(figures)
}
