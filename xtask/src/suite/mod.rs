//! `cargo xtask suite`: the official JSON-Schema-Test-Suite against generated and compiled types and validators.
//!
//! The suite, and everything made of it, stays below `target/suite`.

mod compile;
mod fetch;
mod generate;
mod groups;
mod judge;
mod known;

use std::time::Instant;

use clap::{Args, Command, FromArgMatches};

use crate::{Outcome, Task, root};
use groups::{Category, DIALECTS, Group};
use judge::Judged;
use known::Known;

pub const TASK: Task = Task {
    command: || {
        Options::augment_args(Command::new("suite").about("Runs the official test suite of JSON Schema"))
    },
    run: |matches| suite(&Options::from_arg_matches(matches)?),
};

#[derive(Args, Default)]
struct Options {
    /// Runs this dialect; may be given several times.
    #[arg(long, value_name = "DIALECT", value_parser = DIALECTS)]
    dialect: Vec<String>,
    /// Runs the groups that have this text in `dialect/file: description`.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
}

/// Whether every case of every dialect does what it should, or what the list of known failures says.
pub fn check() -> Outcome {
    suite(&Options::default())
}

fn suite(options: &Options) -> Outcome {
    let folder = root().join("target/suite");
    let fetched = fetch::fetch(&folder)?;
    let (groups, known) = (groups::read(&fetched.tests)?, known::read()?);
    let chosen: Vec<&Group> = groups.iter().filter(|group| options.choose(group)).collect();
    // What is built of a part does not take the place of what is built of the whole.
    let crates = folder.join(if chosen.len() == groups.len() { "all" } else { "part" });

    let began = Instant::now();
    let (modules, assigned) = generate::generate(&folder.join("schemas"), &fetched, &chosen)?;
    let (n_modules, generated_s) = (modules.len(), began.elapsed().as_secs_f64());
    println!("compiling {n_modules} modules for {} schemas, made in {generated_s:.1} s", chosen.len());
    let compiled = compile::compile(&crates, &folder.join("built"), modules)?;
    println!("compiled in {:.0} s", began.elapsed().as_secs_f64() - generated_s);
    let judged = judge::judge(&chosen, &assigned, &compiled, &crates.join("table.jsonl"), &fetched.tests)?;

    let unexpected = unexpected(&judged, &known);
    let stale: Vec<String> = known.iter().flat_map(|known| known.findings(&groups, &judged)).collect();
    unexpected.iter().for_each(|(groups, lines)| print!("{}\n{lines}", groups.join("\n")));
    stale.iter().for_each(|finding| println!("{finding}"));
    DIALECTS.iter().filter_map(|dialect| line(dialect, &judged)).for_each(|line| println!("{line}"));
    if unexpected.is_empty() && stale.is_empty() {
        return Ok(());
    }
    let n_groups: usize = unexpected.iter().map(|(groups, _)| groups.len()).sum();
    let n_stale = stale.len();
    Err(format!("{n_groups} groups fail unexpectedly, {n_stale} known failures are not as listed").into())
}

impl Options {
    fn choose(&self, group: &Group) -> bool {
        let is_of_dialect =
            self.dialect.is_empty() || self.dialect.iter().any(|dialect| dialect == group.dialect);
        is_of_dialect && group.to_string().contains(&self.filter)
    }
}

/// What fails and nobody knows of: the groups, above what goes wrong in them. Dialects have most of it in common.
fn unexpected(judged: &[Judged<'_>], known: &[Known]) -> Vec<(Vec<String>, String)> {
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    for judged in judged {
        let Some(lines) = unexpected_of(judged, known) else { continue };
        match found.iter_mut().find(|(_, others)| *others == lines) {
            Some((groups, _)) => groups.push(judged.group.to_string()),
            None => found.push((vec![judged.group.to_string()], lines)),
        }
    }
    found
}

fn unexpected_of(judged: &Judged<'_>, known: &[Known]) -> Option<String> {
    let group = judged.group;
    let is_known = |case_idx: usize| known.iter().any(|known| known.covers(group, case_idx));
    let unknown = || judged.failures.iter().filter(|(case_idx, _)| !is_known(**case_idx));
    unknown().next()?;
    Some(match &judged.refusal {
        Some(refusal) => refusal.lines().map(|line| format!("    {line}\n")).collect(),
        None => {
            unknown().map(|(case_idx, what)| format!("    {}: {what}\n", group.cases[*case_idx])).collect()
        }
    })
}

/// `suite draft7 required 1/2 optional 3/4 format 5/6`; nothing for a dialect that was not chosen.
fn line(dialect: &str, judged: &[Judged<'_>]) -> Option<String> {
    let of_dialect = || judged.iter().filter(|judged| judged.group.dialect == dialect);
    of_dialect().next()?;
    let counts = Category::ALL.map(|category| {
        let of_category = || of_dialect().filter(|judged| judged.group.category == category);
        let n_cases: usize = of_category().map(|judged| judged.group.cases.len()).sum();
        let n_failures: usize = of_category().map(|judged| judged.failures.len()).sum();
        format!("{} {}/{n_cases}", category.name(), n_cases - n_failures)
    });
    Some(format!("suite {dialect} {}", counts.join(" ")))
}
