//! The suite, and drawn instances, against printed TypeScript validators.

use std::collections::BTreeMap;
use std::path::Path;

use handfast_codegen::backend::{Backend, Files, typescript::TypeScript};
use handfast_conformance::interpret;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::fetch::Fetched;
use super::generate::compile;
use super::groups::Group;
use super::instances::instances;
use super::judge::Judged;
use super::parallel;
use super::properties::{Draw, Tried};
use crate::Problem;
use crate::validators::{self, Question, Subject, is_exact};

/// The dialects that are put to the test: what older ones say otherwise is gone once schemas are lowered.
const DIALECTS: [&str; 2] = ["draft2020-12", "draft7"];

/// What came of the groups, and of instances that were drawn near their cases.
pub struct Outcome<'g> {
    pub judged: Vec<Judged<'g>>,
    pub tried: Vec<Tried<'g>>,
}

/// Prints, compiles and asks the validators of every group, in `folder`.
///
/// # Errors
/// What is printed does not compile, or Node fails.
pub fn run<'g>(
    folder: &Path,
    fetched: &Fetched,
    groups: &[&'g Group],
    draw: Draw,
) -> Result<Outcome<'g>, Problem> {
    let groups: Vec<&Group> =
        groups.iter().copied().filter(|group| DIALECTS.contains(&group.dialect)).collect();
    let made = parallel::map(&groups, || (), |(), group| make(&folder.join("schemas"), fetched, group, draw));
    let mut files = Files::new();
    let mut subjects = Vec::new();
    for made in made.iter().flatten() {
        files.extend(made.files.clone());
        subjects.push(made.subject.clone());
    }
    let answers = validators::judge(&folder.join("files"), files, &subjects)?;
    let mut answers = answers.into_iter();
    let (mut judged, mut tried) = (Vec::new(), Vec::new());
    for (group, made) in groups.iter().zip(made) {
        match made {
            Ok(made) => {
                let answers = answers.next().ok_or("Node gives too few answers")?;
                let (cases, drawn) = (group.cases.len(), &made.subject.questions);
                let failures = answers.iter().take(cases).enumerate();
                let failures =
                    failures.filter_map(|(case, failure)| Some((case, failure.clone()?))).collect();
                judged.push(Judged { group, refusal: None, failures });
                let problem = answers.iter().zip(drawn).skip(cases).find_map(|(failure, question)| {
                    Some(format!("{}: {}", question.instance, failure.as_ref()?))
                });
                tried.push(Tried { group, n_instances: drawn.len() - cases, problem });
            }
            Err(refusal) => {
                let failures: BTreeMap<_, _> =
                    (0..group.cases.len()).map(|case| (case, "refused".to_owned())).collect();
                judged.push(Judged { group, refusal: Some(refusal), failures });
            }
        }
    }
    Ok(Outcome { judged, tried })
}

struct Made {
    files: Files,
    subject: Subject,
}

fn make(folder: &Path, fetched: &Fetched, group: &Group, draw: Draw) -> Result<Made, String> {
    let schema = compile(folder, fetched, group)?;
    let file = format!("{}_{}", group.dialect.replace('-', "_"), group.name);
    let files = TypeScript.generate(&schema.unit(&file, "Root", &format!("{}.json", group.name)));
    let told = |instance: String, valid: Option<bool>| {
        let value: Value = serde_json::from_str(&instance).map_err(|error| error.to_string())?;
        let violations = interpret::violations(&schema.plan, schema.root, &value);
        let valid = valid.unwrap_or(violations.is_empty());
        let is_known = is_exact(&value);
        let violations = serde_json::to_value(&violations).map_err(|error| error.to_string())?;
        Ok::<_, String>((is_known, Question { instance, valid, violations: is_known.then_some(violations) }))
    };
    let mut questions = Vec::new();
    for case in &group.cases {
        questions.push(told(case.data.get().to_owned(), Some(case.valid))?.1);
    }
    for instance in drawn(group, draw) {
        let (is_known, question) = told(instance, None)?;
        questions.extend(is_known.then_some(question));
    }
    Ok(Made { files, subject: Subject { file, root: "Root".to_owned(), ajv: None, questions } })
}

/// Instances near the cases of a group.
fn drawn(group: &Group, draw: Draw) -> Vec<String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    let examples: Vec<Value> = group.cases.iter().filter_map(|case| read(case.data.get())).collect();
    let strategy = instances(&read(group.schema.get()).unwrap_or_default(), &examples);
    let seed = Sha256::digest(format!("{} {group}", draw.seed));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let draws = (0..draw.n_instances).filter_map(|_| strategy.new_tree(&mut runner).ok());
    draws.map(|tree| tree.current()).collect()
}
