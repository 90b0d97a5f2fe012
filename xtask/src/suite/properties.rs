//! What holds for every schema of the suite and any instance: all that was generated, the interpreter and an independent
//! judge agree, and what is read and written stays what it was.

use handfast_conformance::interpret;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::compile::Compiled;
use super::fetch::Fetched;
use super::generate::{Assigned, Made};
use super::groups::Group;
use super::instances::instances;
use super::known::List;
use super::oracle::Oracle;
use super::parallel;
use super::runner::Runner;

/// How many instances are drawn per schema, and from what.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    /// Per schema.
    pub n_instances: u32,
    /// The same seed draws the same instances.
    pub seed: u64,
}

/// What came of a group.
#[derive(Debug)]
pub struct Tried<'g> {
    /// The group.
    pub group: &'g Group,
    /// How many instances were drawn.
    pub n_instances: usize,
    /// What does not hold, with the smallest instance that shows it.
    pub problem: Option<String>,
}

/// Tries every group that has a module.
pub fn run<'g>(
    groups: &[&'g Group],
    assigned: &Assigned,
    compiled: &Compiled,
    fetched: &Fetched,
    known: &List,
    draw: Draw,
) -> Vec<Tried<'g>> {
    let with_modules = groups.iter().zip(assigned);
    let with_modules = with_modules.filter_map(|(group, made)| Some((*group, compiled.module(made).ok()?)));
    let with_modules: Vec<_> = with_modules.collect();
    parallel::map(
        &with_modules,
        || Runner::new(&compiled.runner),
        |runner, (group, made)| match oracle(fetched, known, group, made) {
            Ok(oracle) => tried(group, &mut Judges { made, runner, oracle }, draw),
            Err(problem) => Tried { group, n_instances: 0, problem: Some(problem) },
        },
    )
}

/// The independent judge of a group; nothing where it is known to be wrong, or we are.
fn oracle(fetched: &Fetched, known: &List, group: &Group, made: &Made) -> Result<Option<Oracle>, String> {
    if known.cases.iter().any(|known| known.covers_group(group)) {
        return Ok(None);
    }
    let oracle =
        Oracle::new(fetched, group).map_err(|problem| format!("jsonschema refuses it: {problem}"))?;
    let mistakes: Vec<_> = known.oracle.iter().filter(|mistake| mistake.covers(group)).collect();
    for mistake in &mistakes {
        let value = read(&mistake.instance)?;
        let ours = interpret::is_valid(&made.schema.plan, made.schema.root, &value);
        if oracle.is_valid(&value) != Some(!ours) {
            return Err(format!("jsonschema is not wrong about {value}, as the known failures say"));
        }
    }
    Ok(mistakes.is_empty().then_some(oracle))
}

fn tried<'g>(group: &'g Group, judges: &mut Judges<'_, '_>, draw: Draw) -> Tried<'g> {
    let config = Config {
        cases: draw.n_instances,
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let examples = group.cases.iter().filter_map(|case| read(case.data.get()).ok());
    let examples: Vec<Value> = examples.collect();
    let schema = read(group.schema.get()).unwrap_or_default();
    let seed = Sha256::digest(format!("{} {group}", draw.seed));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let cell = std::cell::RefCell::new((judges, 0));
    let outcome = TestRunner::new_with_rng(config, rng).run(&instances(&schema, &examples), |instance| {
        let (judges, n_instances) = &mut *cell.borrow_mut();
        *n_instances += 1;
        judges.agree_on(&instance).map_err(TestCaseError::fail)
    });
    let problem = outcome.err().map(|error| match error {
        TestError::Fail(reason, instance) => format!("{instance}: {reason}"),
        TestError::Abort(reason) => reason.to_string(),
    });
    Tried { group, n_instances: cell.into_inner().1, problem }
}

fn read(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// A schema in its three forms.
struct Judges<'r, 'p> {
    made: &'r Made,
    runner: &'r mut Runner<'p>,
    /// Nothing where it is known to be wrong, or we are.
    oracle: Option<Oracle>,
}

impl Judges<'_, '_> {
    fn agree_on(&mut self, instance: &str) -> Result<(), String> {
        let (value, schema) = (&read(instance)?, &self.made.schema);
        let executed = interpret::violations(&schema.plan, schema.root, value);
        let is_valid = executed.is_empty();
        let answer = self.runner.ask(&self.made.name, instance)?;
        let mut problems = answer.misfits(is_valid);
        if interpret::is_valid(&schema.plan, schema.root, value) != is_valid {
            problems.push("the interpreter's is_valid disagrees with it".to_owned());
        }
        let executed = serde_json::to_value(&executed).unwrap_or_default();
        if answer.violations != executed {
            problems.push(format!("validate finds {}", answer.violations));
        }
        if self.oracle.as_ref().and_then(|oracle| oracle.is_valid(value)) == Some(!is_valid) {
            problems.push(format!("jsonschema says {}", !is_valid));
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!("the interpreter finds {executed}; {}", problems.join("; ")))
    }
}

/// `draft7 1234 instances of 56 schemas, 0 disagreements`; nothing for a dialect that was not chosen.
pub fn line(dialect: &str, tried: &[Tried<'_>]) -> Option<String> {
    let of_dialect = || tried.iter().filter(|tried| tried.group.dialect == dialect);
    of_dialect().next()?;
    let n_instances: usize = of_dialect().map(|tried| tried.n_instances).sum();
    let n_problems = of_dialect().filter(|tried| tried.problem.is_some()).count();
    let n_schemas = of_dialect().count();
    Some(format!("{dialect} {n_instances} instances of {n_schemas} schemas, {n_problems} disagreements"))
}
