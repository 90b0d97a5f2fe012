//! Puts the cases to the compiled modules, and gathers what fails.

use std::collections::BTreeMap;

use super::compile::Compiled;
use super::generate::Assigned;
use super::groups::{Case, Group};
use super::parallel;
use super::runner::Runner;

/// What came of a group.
#[derive(Debug)]
pub struct Judged<'g> {
    /// The group.
    pub group: &'g Group,
    /// Why there was nothing to put the cases to: what code generation or the compiler says.
    pub refusal: Option<String>,
    /// What went wrong, by the number of the case.
    pub failures: BTreeMap<usize, String>,
}

/// Puts the cases of every group to its module.
pub fn judge<'g>(groups: &[&'g Group], assigned: &Assigned, compiled: &Compiled) -> Vec<Judged<'g>> {
    let both: Vec<_> = groups.iter().zip(assigned).collect();
    parallel::map(
        &both,
        || Runner::new(&compiled.runner),
        |runner, (group, assigned)| match compiled.module(assigned) {
            Ok(module) => judged(group, &module.name, runner),
            Err(refusal) => refused(group, refusal),
        },
    )
}

fn judged<'g>(group: &'g Group, module: &str, runner: &mut Runner<'_>) -> Judged<'g> {
    let mut failure = |case: &Case| match runner.ask(module, case.data.get()) {
        Ok(answer) => answer.misfits(case.valid).join("; "),
        Err(problem) => problem,
    };
    let failures = group.cases.iter().map(&mut failure).enumerate();
    let failures = failures.filter(|(_, failure)| !failure.is_empty()).collect();
    Judged { group, refusal: None, failures }
}

fn refused<'g>(group: &'g Group, refusal: &str) -> Judged<'g> {
    let failures = (0..group.cases.len()).map(|case_idx| (case_idx, "refused".to_owned())).collect();
    Judged { group, refusal: Some(refusal.to_owned()), failures }
}
