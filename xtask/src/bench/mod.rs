//! `cargo xtask bench`: how fast and how small, against those who do a part of the same.

mod check;
mod compare;
mod generate;
mod generated;
mod idle;
mod page;
mod payloads;
mod record;
mod report;
mod round_trips;
pub mod schemas;
mod server;
mod typed;
mod typescript;

use std::path::PathBuf;

use clap::{Args, Command, FromArgMatches};

use crate::process::npm_install;
use crate::{Outcome, Problem, Task, root};
use report::{Figure, Goal, Unit};

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
    /// Measures these only: `is-valid`, `is-valid/acp`, `typed`, `check`, `linearity`, `typescript`, `generate`, `idle`,
    /// `payloads`, `compare`, `record`, `round-trips`.
    #[arg(long, value_name = "FIGURES")]
    only: Vec<String>,
    /// Measures `compare` with the pairs of this file, as `handfast compare --batch` reads them, and not with those of packages.
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// Writes the table to docs/benchmarks.md.
    #[arg(long)]
    write: bool,
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        let is_meant = |only: &String| name.starts_with(only.as_str()) || only.starts_with(name);
        self.only.is_empty() || self.only.iter().any(is_meant)
    }

    /// For the crates that measure.
    fn arguments(&self) -> &'static [&'static str] {
        if self.quick { &["--quick"] } else { &[] }
    }

    /// How often a command runs.
    fn n_runs(&self) -> usize {
        if self.quick { 3 } else { 9 }
    }

    /// How often something is built.
    fn n_builds(&self) -> usize {
        if self.quick { 1 } else { 3 }
    }
}

fn bench(options: &Options) -> Outcome {
    npm_install(schemas::FOLDER)?;
    let load = page::load();
    let mut figures = Vec::new();
    let mut notes = Vec::new();
    if options.wants("typed") {
        typed(options, &mut figures, &mut notes)?;
    }
    if options.wants("is-valid") {
        figures.extend(validity(options)?);
    }
    if options.wants("check") {
        check::against_typify(options.n_builds(), &mut figures, &mut notes)?;
    }
    if options.wants("linearity") {
        figures.extend(check::linearity(options.n_builds())?);
    }
    if options.wants("typescript") {
        let subjects = subjects(|name| options.wants(&format!("typescript-validators/{name}")))?;
        figures.extend(typescript::measure(&subjects, options.arguments())?);
    }
    if options.wants("payloads") {
        figures.extend(payloads::measure(&subjects(|_| true)?, options.quick)?);
    }
    if options.wants("compare") {
        figures.extend(compare::measure(options.pairs.as_deref(), options.quick)?);
    }
    if options.wants("idle") {
        figures.extend(idle::measure(options.quick)?);
    }
    if options.wants("round-trips") {
        figures.extend(round_trips::measure(options.quick)?);
    }
    if options.wants("record") {
        figures.extend(record::measure(options.quick)?);
    }
    figures.extend(generate::typescript(options.n_runs(), |name| options.wants(name))?);
    if !options.only.is_empty() {
        notes.push(format!(
            "the run was of `{}` only; all else is not measured here",
            options.only.join("`, `")
        ));
    }
    println!("{}\n", report::table(&figures));
    figures.iter().for_each(|figure| println!("{figure}"));
    notes.iter().for_each(|note| println!("{note}"));
    if options.write {
        std::fs::write(root().join("docs/benchmarks.md"), page::render(&figures, &notes, load.as_deref())?)?;
    }
    verdict(&figures)
}

fn verdict(figures: &[Figure]) -> Outcome {
    let missed: Vec<&str> =
        figures.iter().filter(|figure| figure.is_missed()).map(|figure| figure.name.as_str()).collect();
    if missed.is_empty() { Ok(()) } else { Err(format!("goals are missed: {}", missed.join(", ")).into()) }
}

/// Bytes → validated typed event, against serde with and without checks.
fn typed(options: &Options, figures: &mut Vec<Figure>, notes: &mut Vec<String>) -> Outcome {
    let printed = typed::measure(options.arguments())?;
    for line in printed.lines() {
        if let Some(events) = line.strip_prefix("events ") {
            notes.extend(page::events(events));
        } else if let Some((name, times)) = report::times(line) {
            let is_checked = name.starts_with("typed-vs-value");
            let goal = if is_checked { Goal::AtLeast(3.0) } else { Goal::AtMost(1.25) };
            figures.push(Figure::of(name, times, Unit::Nanoseconds, goal));
        }
    }
    Ok(())
}

/// `is_valid(&Value)` against `#[jsonschema::validator]`.
fn validity(options: &Options) -> Result<Vec<Figure>, Problem> {
    let subjects = subjects(|name| options.wants(&format!("is-valid/{name}")))?;
    generated::write_validity(&subjects)?;
    let printed = generated::run("validity", options.arguments())?;
    let figure =
        |(name, times)| Figure::of(format!("is-valid/{name}"), times, Unit::Nanoseconds, Goal::AtLeast(0.8));
    let mut figures: Vec<Figure> = printed.lines().filter_map(report::times).map(figure).collect();
    figures.extend(report::mean("is-valid/mean", &figures, Goal::AtLeast(1.0)));
    Ok(figures)
}

/// The events of the bundled contracts, and the public schemas.
fn subjects(wants: impl Fn(&str) -> bool) -> Result<Vec<schemas::Subject>, Problem> {
    let mut subjects = Vec::new();
    for contract in ["orbit", "builder"] {
        if wants(contract) {
            subjects.extend(schemas::contract(contract)?);
        }
    }
    for public in schemas::PUBLIC.iter().filter(|public| wants(public.name)) {
        subjects.push(public.subject()?);
    }
    Ok(subjects)
}
