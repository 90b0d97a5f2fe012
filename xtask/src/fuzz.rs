//! `cargo xtask fuzz`: libFuzzer against the loader, the plan and generated decoders.
//!
//! What it finds stays in `fuzz/artifacts`, what it has learnt in `fuzz/corpus`; git ignores both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, FromArgMatches};
use serde_json::Value;

use crate::process::{cargo, output, run};
use crate::{Outcome, Problem, Task, root};

pub const TASK: Task = Task {
    command: || Options::augment_args(clap::Command::new("fuzz").about("Fuzzes, by libFuzzer")),
    run: |matches| fuzz(&Options::from_arg_matches(matches)?),
};

#[derive(Args)]
struct Options {
    /// Fuzzes this target alone; may be given several times. [all, one after the other]
    #[arg(value_parser = TARGETS.each_ref().map(|target| target.name))]
    target: Vec<String>,
    /// How long each target runs.
    #[arg(long, value_name = "N", default_value = "600")]
    seconds: u32,
}

/// A target: `fuzz/fuzz_targets/<name>.rs` says what it does.
struct Target {
    name: &'static str,
    /// Folders and files to begin with.
    seeds: &'static [&'static str],
    /// What of a seed it begins with.
    begins_with: BeginsWith,
    /// Further options of libFuzzer.
    limits: &'static [&'static str],
}

/// For targets that build their own documents of the bytes: short inputs are large documents, and all lengths are tried from
/// the start.
const SHORT: [&str; 2] = ["-max_len=1024", "-len_control=0"];

/// What a target begins with.
#[derive(Clone, Copy)]
enum BeginsWith {
    /// The seeds themselves.
    Texts,
    /// The seeds that are instances, and the examples in those that are schemas.
    Instances,
}

const EVERYTHING: &str = "conformance/tests/agreement/schemas/everything.schema.json";

static TARGETS: [Target; 4] = [
    Target {
        name: "loader",
        seeds: &["fuzz/seeds/loader", "schemas", EVERYTHING],
        begins_with: BeginsWith::Texts,
        limits: &["-max_len=8192"],
    },
    Target {
        name: "schema",
        seeds: &["schemas", EVERYTHING],
        begins_with: BeginsWith::Texts,
        limits: &SHORT,
    },
    Target {
        name: "decoder",
        seeds: &["fuzz/seeds/decoder", "schemas"],
        begins_with: BeginsWith::Instances,
        limits: &["-max_len=8192"],
    },
    Target { name: "plan", seeds: &["schemas", EVERYTHING], begins_with: BeginsWith::Texts, limits: &SHORT },
];

fn fuzz(options: &Options) -> Outcome {
    if output(&mut cargo(&["fuzz", "--version"])).is_err() {
        return Err("cargo-fuzz is missing: `cargo install cargo-fuzz --version 0.13.2 --locked`".into());
    }
    let is_chosen =
        |target: &&Target| options.target.is_empty() || options.target.iter().any(|name| name == target.name);
    TARGETS.iter().filter(is_chosen).try_for_each(|target| target.fuzz(options.seconds))
}

impl Target {
    fn fuzz(&self, seconds: u32) -> Outcome {
        let corpus = root().join("fuzz/corpus").join(self.name);
        fs::create_dir_all(&corpus)?;
        let mut words = BTreeSet::new();
        for (idx, path) in self.seed_files()?.iter().enumerate() {
            let text = fs::read_to_string(path)?;
            self.plant(&corpus, idx, &text)?;
            words.extend(words_of(&text));
        }
        let dictionary = root().join("target/fuzz").join(self.name).with_extension("dict");
        fs::create_dir_all(root().join("target/fuzz"))?;
        fs::write(&dictionary, words.iter().map(|word| format!("\"{word}\"\n")).collect::<String>())?;

        // An input takes milliseconds and a few megabytes; seconds and gigabytes are a finding.
        let limits = ["-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1"];
        let mut command = cargo_fuzz(&["run", self.name, "--"])?;
        command.args(limits).args(self.limits).arg(format!("-max_total_time={seconds}"));
        run(command.arg(format!("-dict={}", dictionary.display())))
    }

    fn seed_files(&self) -> Result<Vec<PathBuf>, Problem> {
        let mut files = Vec::new();
        self.seeds.iter().try_for_each(|seed| collect(&root().join(seed), &mut files))?;
        Ok(files)
    }

    /// Puts the seed of the number `idx` into the corpus.
    fn plant(&self, corpus: &Path, idx: usize, text: &str) -> Outcome {
        let parsed = serde_json::from_str::<Value>(text).ok();
        let examples = parsed.as_ref().and_then(|schema| schema.get("examples")?.as_array());
        let texts = match (self.begins_with, examples) {
            (BeginsWith::Instances, Some(examples)) => examples.iter().map(Value::to_string).collect(),
            _ => vec![text.to_owned()],
        };
        for (text_idx, text) in texts.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{idx}-{text_idx}")), text)?;
        }
        Ok(())
    }
}

/// cargo-fuzz, which needs options of the compiler that are not stable: a stable compiler is told to take them.
fn cargo_fuzz(arguments: &[&str]) -> Result<Command, Problem> {
    let mut command = cargo(&["fuzz"]);
    command.args(arguments).env("CARGO_TARGET_DIR", root().join("target/fuzz"));
    // The `jsonschema` crate's validators of recursive schemas hold on to themselves; leaks of ours are memory that grows.
    // Frames on a fake stack are far from each other, which a reader takes for depth.
    command.env("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=0");
    let version = output(Command::new("rustc").arg("--version"))?;
    if !version.contains("nightly") {
        command.env("RUSTC_BOOTSTRAP", "1");
    }
    Ok(command)
}

/// The files at or below `path`, in order.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let mut entries =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Problem>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| collect(entry, files))
}

/// What may be a keyword, a name or a reference.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_$#/.:-".contains(c)));
    words.filter(|word| (2..=40).contains(&word.len())).map(str::to_owned)
}
