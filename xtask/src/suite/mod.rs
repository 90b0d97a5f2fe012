//! `cargo xtask suite`: the official JSON-Schema-Test-Suite against generated and compiled types and validators.
//!
//! The suite, and everything made of it, stays below `target/suite`.

pub mod assignable;
mod compile;
pub mod containment;
mod fetch;
mod generate;
mod groups;
pub mod instances;
mod judge;
mod known;
mod oracle;
mod parallel;
pub mod payloads;
mod properties;
mod runner;
mod typescript;

use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::time::Instant;

use clap::{Args, Command, FromArgMatches};

use crate::process::{Tool, is_ci};
use crate::{Outcome, Problem, Task, root};
use fetch::Fetched;
use groups::{Category, DIALECTS, Group};
use judge::Judged;
use known::{Known, List};
use properties::{Draw, Tried};

pub const TASK: Task = Task {
    command: || {
        Options::augment_args(Command::new("suite").about("Runs the official test suite of JSON Schema"))
    },
    run: |matches| suite(&Options::from_arg_matches(matches)?),
};

#[derive(Args)]
struct Options {
    /// Runs this dialect; may be given several times.
    #[arg(long, value_name = "DIALECT", value_parser = DIALECTS)]
    dialect: Vec<String>,
    /// Runs the groups that have this text in `dialect/file: description`.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// How many instances are drawn per schema.
    #[arg(long, value_name = "N", default_value_t = 64)]
    instances: u32,
    /// Draws the instances of an earlier run.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Runs what is generated in this language.
    #[arg(long, value_name = "LANGUAGE", value_parser = LANGUAGES)]
    language: Option<String>,
}

const LANGUAGES: [&str; 2] = ["rust", "typescript"];

/// Whether every case of every dialect does what it should, or what the list of known failures says.
pub fn check_rust() -> Outcome {
    suite(&Options::of_test("rust", 64))
}

/// As [`check_rust`], of printed TypeScript.
pub fn check_typescript() -> Outcome {
    suite(&Options::of_test("typescript", 32))
}

/// The suite and the metaschemas, fetched unless they are there.
///
/// # Errors
/// As [`fetch::fetch`].
pub fn fetched() -> Result<Fetched, Problem> {
    fetch::fetch(&root().join("target/suite"))
}

fn suite(options: &Options) -> Outcome {
    let folder = root().join("target/suite");
    let fetched = fetched()?;
    let (groups, known) = (groups::read(&fetched.tests)?, known::read()?);
    let chosen: Vec<&Group> = groups.iter().filter(|group| options.choose(group)).collect();
    if options.wants("rust") {
        rust(options, &folder, &fetched, &groups, &chosen, &known)?;
    }
    match Tool::Node.missing().filter(|_| !is_ci()) {
        _ if !options.wants("typescript") => Ok(()),
        Some(missing) => {
            println!("TypeScript is left out. {missing}");
            Ok(())
        }
        None => typescript(options, &folder, &fetched, &groups, &chosen, &known),
    }
}

/// What is printed in TypeScript.
fn typescript(
    options: &Options,
    folder: &Path,
    fetched: &Fetched,
    groups: &[Group],
    chosen: &[&Group],
    known: &List,
) -> Outcome {
    let began = Instant::now();
    let typescript::Outcome { judged, tried } =
        typescript::run(&folder.join("typescript"), fetched, chosen, options.draw())?;
    println!("TypeScript was compiled and asked in {:.0} s", began.elapsed().as_secs_f64());
    report("-typescript", &judged, &tried, &known.typescript(), groups)
}

/// What is printed in Rust.
fn rust(
    options: &Options,
    folder: &Path,
    fetched: &Fetched,
    groups: &[Group],
    chosen: &[&Group],
    known: &List,
) -> Outcome {
    // What is built of a part does not take the place of what is built of the whole.
    let crates = folder.join(if chosen.len() == groups.len() { "all" } else { "part" });

    let began = Instant::now();
    let (modules, assigned) = generate::generate(&folder.join("schemas"), fetched, chosen);
    let (n_modules, generated_s) = (modules.len(), began.elapsed().as_secs_f64());
    println!("compiling {n_modules} modules for {} schemas, made in {generated_s:.1} s", chosen.len());
    let compiled = compile::compile(&crates, &folder.join("built"), modules)?;
    println!("compiled in {:.0} s", began.elapsed().as_secs_f64() - generated_s);
    let judged = judge::judge(chosen, &assigned, &compiled);

    let began = Instant::now();
    let draw = options.draw();
    let tried = properties::run(chosen, &assigned, &compiled, fetched, known, draw);
    println!("tried instances of seed {} in {:.0} s", draw.seed, began.elapsed().as_secs_f64());
    report("", &judged, &tried, known, groups)
}

/// Prints what came of it all; `suffix` names the language, `groups` is the whole suite.
fn report(
    suffix: &str,
    judged: &[Judged<'_>],
    tried: &[Tried<'_>],
    known: &List,
    groups: &[Group],
) -> Outcome {
    let problem = |tried: &Tried<'_>| Some(format!("{}\n    {}", tried.group, tried.problem.as_ref()?));
    let disagreements: Vec<String> = tried.iter().filter_map(problem).collect();
    let (unexpected, stale) = (unexpected(judged, &known.cases), known.findings(groups, judged));
    unexpected.iter().for_each(|(groups, lines)| print!("{}\n{lines}", groups.join("\n")));
    disagreements.iter().chain(&stale).for_each(|finding| println!("{finding}"));
    let cases = DIALECTS.iter().filter_map(|dialect| line(dialect, judged));
    cases.for_each(|line| println!("suite{suffix} {line}"));
    let properties = DIALECTS.iter().filter_map(|dialect| properties::line(dialect, tried));
    properties.for_each(|line| println!("properties{suffix} {line}"));
    if unexpected.is_empty() && stale.is_empty() && disagreements.is_empty() {
        return Ok(());
    }
    let n_groups: usize = unexpected.iter().map(|(groups, _)| groups.len()).sum();
    let (n_stale, n_disagreements) = (stale.len(), disagreements.len());
    let what = format!("{n_groups} groups fail unexpectedly, {n_disagreements} disagree about an instance");
    Err(format!("{what}, {n_stale} known failures are not as listed").into())
}

impl Options {
    /// What one change breaks is not found by another: the instances are always the same.
    fn of_test(language: &str, instances: u32) -> Self {
        let language = Some(language.to_owned());
        Self { dialect: Vec::new(), filter: String::new(), instances, seed: Some(0), language }
    }

    fn wants(&self, language: &str) -> bool {
        self.language.as_ref().is_none_or(|wanted| wanted == language)
    }

    fn draw(&self) -> Draw {
        let any_seed = || RandomState::new().hash_one(());
        Draw { n_instances: self.instances, seed: self.seed.unwrap_or_else(any_seed) }
    }

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
        None => unknown()
            .map(|(case_idx, what)| format!("    {}: {what}\n", group.cases[*case_idx].description))
            .collect(),
    })
}

/// `draft7 required 1/2 optional 3/4 format 5/6`; nothing for a dialect that was not chosen.
fn line(dialect: &str, judged: &[Judged<'_>]) -> Option<String> {
    let of_dialect = || judged.iter().filter(|judged| judged.group.dialect == dialect);
    of_dialect().next()?;
    let counts = Category::ALL.map(|category| {
        let of_category = || of_dialect().filter(|judged| judged.group.category == category);
        let n_cases: usize = of_category().map(|judged| judged.group.cases.len()).sum();
        let n_failures: usize = of_category().map(|judged| judged.failures.len()).sum();
        format!("{} {}/{n_cases}", category.name(), n_cases - n_failures)
    });
    Some(format!("{dialect} {}", counts.join(" ")))
}
