//! `cargo xtask payloads`: payloads of published schemas, judged as those of the suite's are.
//!
//! Of a document that holds definitions alone, each definition is a schema.

use std::collections::HashMap;
use std::fmt::{Display, Formatter, Result as Written};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::model::SchemaIdx;
use handfast_codegen::source::Disk;
use handfast_codegen::{CompiledSchema, Options as CompilerOptions};
use handfast_conformance::generate::{Coverage, Generator, NearMiss, NearMisses};
use serde_json::Value;

use super::judges::Judges;
use super::reduced::reduced;
use super::{MIN_ISOLATED, N_PAYLOADS};
use crate::bench::schemas::{FOLDER, PUBLIC};
use crate::process::npm_install;
use crate::suite::oracle::Oracle;
use crate::suite::parallel;
use crate::{Outcome, Problem, Task, root};

pub const TASK: Task = Task {
    command: || {
        let about = "Makes payloads of published schemas, and has them judged by the jsonschema crate";
        Options::augment_args(Command::new("payloads").about(about))
    },
    run: |matches| payloads(&Options::from_arg_matches(matches)?),
};

/// How many judges of schemas that lack a keyword are kept: those of a large schema are large.
const MAX_REDUCED: usize = 50;

#[derive(Args)]
struct Options {
    /// A folder of schemas, or a schema; else those of the packages that the benchmarks measure with.
    #[arg(long, value_name = "FOLDER")]
    schemas: Option<PathBuf>,
    /// How many payloads of each kind are made of a schema.
    #[arg(long, value_name = "N", default_value_t = N_PAYLOADS)]
    count: u64,
    /// How many near misses of a schema are judged without the keyword that they break, too.
    #[arg(long, value_name = "N", default_value_t = N_PAYLOADS)]
    reduced: u64,
    /// Looks for proofs that what payloads break alone can't be, which would be wrong.
    #[arg(long)]
    proofs: bool,
    /// Names the sites that nothing was found for.
    #[arg(long)]
    open: bool,
}

/// Whether payloads of the packages' schemas are what they should be.
pub fn check() -> Outcome {
    // To build judges takes longest.
    payloads(&Options { schemas: None, count: N_PAYLOADS / 10, reduced: 10, proofs: false, open: false })
}

fn payloads(options: &Options) -> Outcome {
    let files = match &options.schemas {
        Some(path) => files(path)?,
        None => packaged()?,
    };
    let of_file = |(): &mut (), file: &PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let began = Instant::now();
        let made = of_file(file, options).map_err(|problem| format!("{name}: {problem}"))?;
        println!("payloads {name} {made} in {:.1} s", began.elapsed().as_secs_f64());
        made.problems.iter().for_each(|problem| println!("    {problem}"));
        let open = made.open.iter().filter(|_| options.open);
        open.for_each(|place| println!("    open {place}"));
        Ok(made.is_right())
    };
    let is_right =
        parallel::map(&files, || (), of_file).into_iter().collect::<Result<Vec<bool>, String>>()?;
    match is_right.iter().filter(|is_right| !**is_right).count() {
        0 => Ok(()),
        n => Err(format!("payloads of {n} schemas are not what they should be").into()),
    }
}

/// The schemas of a folder, by name.
fn files(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = path.read_dir().map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    if files.is_empty() { Err(format!("{} holds no schema", path.display()).into()) } else { Ok(files) }
}

/// The schemas of packages, each in a file of its own.
fn packaged() -> Result<Vec<PathBuf>, Problem> {
    npm_install(FOLDER)?;
    let folder = root().join("target/suite/published");
    fs::create_dir_all(&folder)?;
    let write = |public: &crate::bench::schemas::Public| {
        let file = folder.join(format!("{}.json", public.name));
        fs::write(&file, public.subject()?.schema.to_string())?;
        Ok(file)
    };
    PUBLIC.iter().map(write).collect()
}

/// What came of the schemas of one file.
#[derive(Default)]
struct Made {
    n_valid: u64,
    n_invalid: u64,
    coverage: Coverage,
    open: Vec<String>,
    problems: Vec<String>,
}

impl Made {
    /// How many of the sites that can be broken alone are.
    fn isolated(&self) -> f64 {
        let n_isolatable = self.coverage.n_sites - self.coverage.n_implied;
        self.coverage.n_isolated as f64 / n_isolatable.max(1) as f64
    }

    fn is_right(&self) -> bool {
        self.problems.is_empty() && self.isolated() >= MIN_ISOLATED
    }
}

impl Display for Made {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let Self { n_valid, n_invalid, problems, .. } = self;
        let Coverage { n_sites, n_isolated, n_implied } = self.coverage;
        write!(f, "{n_valid} valid, {n_invalid} near misses, {} wrong: ", problems.len())?;
        write!(f, "{n_sites} sites, {n_implied} implied, {n_isolated} isolated ")?;
        write!(f, "({:.1} %)", 100.0 * self.isolated())
    }
}

fn of_file(file: &Path, options: &Options) -> Result<Made, Problem> {
    let document: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let (folder, name) = (file.parent().unwrap_or(Path::new("")), file.file_name().unwrap_or_default());
    let schema = CompilerOptions::default().compile_schema(&Disk::at(folder), Path::new(name));
    let schema = schema.map_err(|problems| problems.to_string())?;
    let mut made = Made::default();
    let mut subjects = Vec::new();
    let generators: Vec<_> = roots(&schema).into_iter().map(|root| generator(&schema, root)).collect();
    for (root, generator) in roots(&schema).into_iter().zip(&generators) {
        match generator {
            Ok(generator) => subjects.push(Subject::new(&schema, root, &document, generator)?),
            Err(problem) => made.problems.push(problem.clone()),
        }
    }
    subjects.iter_mut().for_each(|subject| made.count(subject, options.proofs));
    let n_subjects = subjects.len() as u64;
    for number in (0..options.count).filter(|_| n_subjects > 0) {
        let seed = number / n_subjects;
        let n = subjects.len();
        let subject = &mut subjects[(number % n_subjects) as usize];
        made.valid(subject, seed);
        // What can't be broken leaves its turn to the next.
        let miss = (0..n).find_map(|step| {
            let idx = (number as usize + step) % n;
            Some((idx, subjects[idx].misses.draw(seed)?))
        });
        if let Some((idx, miss)) = miss {
            made.invalid(&mut subjects[idx], &miss, number < options.reduced);
        }
    }
    Ok(made)
}

impl Made {
    fn count(&mut self, subject: &mut Subject<'_>, with_proofs: bool) {
        let coverage = subject.misses.coverage();
        self.coverage.n_sites += coverage.n_sites;
        self.coverage.n_isolated += coverage.n_isolated;
        self.coverage.n_implied += coverage.n_implied;
        self.open.extend(subject.misses.open());
        if with_proofs {
            let wrong = subject.misses.contradictions();
            self.problems
                .extend(wrong.iter().map(|place| format!("wrongly proved not to be broken: {place}")));
        }
    }

    fn valid(&mut self, subject: &Subject<'_>, seed: u64) {
        self.n_valid += 1;
        self.problems.extend(subject.judges.accept(&subject.generator.valid(seed)).err());
    }

    fn invalid(&mut self, subject: &mut Subject<'_>, miss: &NearMiss, is_reduced: bool) {
        self.n_invalid += 1;
        let judged = subject.judges.refuse(miss);
        let judged = if is_reduced { judged.and_then(|()| subject.isolated(miss)) } else { judged };
        self.problems.extend(judged.err());
    }
}

/// The schema itself, or the definitions that it holds.
fn roots(schema: &CompiledSchema) -> Vec<SchemaIdx> {
    match &*schema.roots {
        [] => vec![schema.root],
        roots => roots.iter().map(|(_, root)| *root).collect(),
    }
}

fn generator(schema: &CompiledSchema, root: SchemaIdx) -> Result<Generator<'_>, String> {
    Generator::new(&schema.plan, &schema.schemas, root).map_err(|reason| format!("wrongly refused: {reason}"))
}

/// A schema, what makes its payloads, and who judges them.
struct Subject<'s> {
    generator: &'s Generator<'s>,
    misses: NearMisses<'s>,
    judges: Judges<'s>,
    document: &'s Value,
    /// Which definition of the document it is: `#/$defs/Name`; nothing where it is the document.
    place: Option<String>,
    /// Judges of the schema without a keyword, by its place.
    reduced: HashMap<String, Option<Oracle>>,
}

impl<'s> Subject<'s> {
    fn new(
        schema: &'s CompiledSchema,
        root: SchemaIdx,
        document: &'s Value,
        generator: &'s Generator<'s>,
    ) -> Result<Self, String> {
        let uri = &schema.plan[schema.plan.index(root)].uri;
        let place = uri.split_once('#').map(|(_, pointer)| format!("#{pointer}"));
        let place = place.filter(|_| !schema.roots.is_empty());
        let oracle = Some(oracle(document, place.as_deref())?);
        let judges = Judges { plan: &schema.plan, root, oracle };
        let misses = generator.near_misses();
        Ok(Self { generator, misses, judges, document, place, reduced: HashMap::new() })
    }

    /// Whether the judge accepts the payload once the keyword is taken out of the schema.
    fn isolated(&mut self, miss: &NearMiss) -> Result<(), String> {
        let (document, place) = (self.document, self.place.as_deref());
        if !self.reduced.contains_key(&miss.schema) {
            let made = reduced(document, miss)?.map(|document| oracle(&document, place)).transpose()?;
            if self.reduced.len() == MAX_REDUCED {
                self.reduced.clear();
            }
            self.reduced.insert(miss.schema.clone(), made);
        }
        let is_refused = |oracle: &Oracle| oracle.is_valid(&miss.payload) == Some(false);
        if self.reduced.get(&miss.schema).and_then(Option::as_ref).is_some_and(is_refused) {
            return Err(format!("not valid to jsonschema without the keyword either: {miss:?}"));
        }
        Ok(())
    }
}

/// The judge of `document`, or of a definition in it.
fn oracle(document: &Value, place: Option<&str>) -> Result<Oracle, String> {
    let mut document = document.clone();
    if let (Some(place), Value::Object(members)) = (place, &mut document) {
        members.remove("type");
        members.insert("$ref".to_owned(), place.into());
    }
    Oracle::published(&document)
}
