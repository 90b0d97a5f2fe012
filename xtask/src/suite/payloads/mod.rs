//! Of every schema of the suite that anything keeps, made payloads are valid and near misses break what they say and nothing
//! else, as the `jsonschema` crate judges, and as violations tell.

mod judges;
mod published;
mod reduced;

use std::fmt::{Display, Formatter, Result as Written};
use std::time::Instant;

use handfast_conformance::generate::{Coverage, Generator};

use super::fetch::Fetched;
use super::generate::compile;
use super::groups::{self, DIALECTS, Group};
use super::known::{self, List};
use super::oracle::Oracle;
use super::{fetched, parallel};
use crate::{Outcome, root};
use judges::Judges;
pub use published::TASK;

/// How many payloads of each kind are made of a schema.
const N_PAYLOADS: u64 = 1000;
/// How many of the sites that can be broken alone are, at least.
const MIN_ISOLATED: f64 = 0.95;

/// Whether those of the suite's schemas and of published ones are what they should be.
pub fn check() -> Outcome {
    of_suite()?;
    published::check()
}

/// Whether all of them are what they should be, and enough of what can be broken is.
fn of_suite() -> Outcome {
    let (fetched, known) = (fetched()?, known::read()?);
    let groups = groups::read(&fetched.tests)?;
    let began = Instant::now();
    let made = parallel::map(&groups, || (), |(), group| of_group(&fetched, &known, group));
    let problems: Vec<String> =
        groups.iter().zip(&made).filter_map(|(group, made)| made.told(group)).collect();
    problems.iter().for_each(|problem| println!("{problem}"));
    let mut is_isolated = true;
    for dialect in DIALECTS {
        let of_dialect = groups.iter().zip(&made).filter(|(group, _)| group.dialect == dialect);
        let total = Total::of(of_dialect.map(|(_, made)| made));
        is_isolated &= total.isolated() >= MIN_ISOLATED;
        println!("payloads {dialect} {total}");
    }
    println!("made and judged in {:.0} s", began.elapsed().as_secs_f64());
    match (problems.len(), is_isolated) {
        (0, true) => Ok(()),
        (0, false) => Err("too few constraints are broken alone".into()),
        (n, _) => Err(format!("payloads of {n} schemas are not what they should be").into()),
    }
}

/// What came of one schema.
#[derive(Default)]
struct Made {
    is_compiled: bool,
    /// Why nothing was made.
    refused: Option<String>,
    n_valid: usize,
    n_invalid: usize,
    coverage: Coverage,
    problem: Option<String>,
}

impl Made {
    fn told(&self, group: &Group) -> Option<String> {
        self.problem.as_ref().map(|problem| format!("{group}\n    {problem}\n    {}", group.schema))
    }
}

fn of_group(fetched: &Fetched, known: &List, group: &Group) -> Made {
    // What is wrong with a schema, or with what we make of it, the suite itself tells.
    let Ok(schema) = compile(&root().join("target/suite/payloads"), fetched, group) else {
        return Made::default();
    };
    let mut made = Made { is_compiled: true, ..Made::default() };
    let generator = match Generator::new(&schema.plan, &schema.schemas, schema.root) {
        Ok(generator) => generator,
        Err(reason) => {
            let is_kept = group.cases.iter().any(|case| case.valid);
            made.problem = is_kept.then(|| format!("wrongly refused: {reason}"));
            made.refused = Some(reason.to_string());
            return made;
        }
    };
    let is_known = known.cases.iter().any(|known| known.covers_group(group))
        || known.oracle.iter().any(|mistake| mistake.covers(group));
    let oracle = if is_known { None } else { Oracle::new(fetched, group).ok() };
    let judges = Judges { plan: &schema.plan, root: schema.root, oracle };
    made.problem = fill(&mut made, &generator, &judges).err();
    made
}

/// Makes and judges all payloads of one schema.
fn fill(made: &mut Made, generator: &Generator<'_>, judges: &Judges<'_>) -> Result<(), String> {
    for seed in 0..N_PAYLOADS {
        let value = generator.valid(seed);
        judges.accept(&value)?;
        made.n_valid += 1;
    }
    let mut misses = generator.near_misses();
    made.coverage = misses.coverage();
    if let [wrong, ..] = &*misses.contradictions() {
        return Err(format!("broken alone, and proved not to be: {wrong}"));
    }
    for miss in (0..N_PAYLOADS).map_while(|seed| misses.draw(seed)) {
        judges.refuse(&miss)?;
        made.n_invalid += 1;
    }
    Ok(())
}

/// The sums.
#[derive(Default)]
struct Total {
    n_schemas: usize,
    n_refused: usize,
    n_valid: usize,
    n_invalid: usize,
    n_without_invalid: usize,
    coverage: Coverage,
}

impl Total {
    fn of<'m>(all: impl Iterator<Item = &'m Made>) -> Self {
        all.filter(|made| made.is_compiled).fold(Self::default(), |sum, made| Self {
            n_schemas: sum.n_schemas + 1,
            n_refused: sum.n_refused + usize::from(made.refused.is_some()),
            n_valid: sum.n_valid + made.n_valid,
            n_invalid: sum.n_invalid + made.n_invalid,
            n_without_invalid: sum.n_without_invalid
                + usize::from(made.refused.is_none() && made.n_invalid == 0),
            coverage: Coverage {
                n_sites: sum.coverage.n_sites + made.coverage.n_sites,
                n_isolated: sum.coverage.n_isolated + made.coverage.n_isolated,
                n_implied: sum.coverage.n_implied + made.coverage.n_implied,
            },
        })
    }

    /// How many of the sites that can be broken alone are.
    fn isolated(&self) -> f64 {
        let n_isolatable = self.coverage.n_sites - self.coverage.n_implied;
        self.coverage.n_isolated as f64 / n_isolatable.max(1) as f64
    }
}

impl Display for Total {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let Self { n_schemas, n_refused, n_valid, n_invalid, n_without_invalid, .. } = self;
        let Coverage { n_sites, n_isolated, n_implied } = self.coverage;
        write!(
            f,
            "{n_schemas} schemas, {n_refused} that nothing keeps, {n_without_invalid} without near misses: "
        )?;
        write!(
            f,
            "{n_valid} valid, {n_invalid} near misses, {n_sites} sites, {n_implied} implied, {n_isolated} isolated "
        )?;
        write!(f, "({:.1} %)", 100.0 * self.isolated())
    }
}
