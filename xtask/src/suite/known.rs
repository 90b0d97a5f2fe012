//! The failures that are known, ours and the independent judge's, each with a reason: `xtask/suite/known-failures.yaml`.

use std::fs;
use std::path::Path;

use handfast_codegen::load::{from_node, parse};
use serde::Deserialize;

use super::groups::Group;
use super::judge::Judged;
use crate::{Problem, root};

const PATH: &str = "xtask/suite/known-failures.yaml";

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What we fail.
    pub cases: Vec<Known>,
    /// What fails in printed TypeScript alone.
    #[serde(default)]
    pub typescript: Vec<Known>,
    /// What the `jsonschema` crate gets wrong.
    pub oracle: Vec<Mistake>,
}

/// A group of which the independent judge is known to be wrong about some instances.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// The dialects in which it is.
    pub dialects: Vec<String>,
    /// The file in the dialect's folder.
    pub file: String,
    /// The description of the group; every group of the file if there is none.
    pub group: Option<String>,
    /// An instance that it is wrong about. If it no longer is, it is right about the group again.
    pub instance: String,
    /// Why it is wrong.
    pub reason: String,
}

/// Cases that are known to fail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Known {
    /// The dialects in which they fail.
    pub dialects: Vec<String>,
    /// The file in the dialect's folder.
    pub file: String,
    /// The description of the group; every group of the file if there is none.
    pub group: Option<String>,
    /// The description of the case; every case if there is none.
    pub case: Option<String>,
    /// How many of these cases fail in each dialect. Neither more nor fewer may.
    pub n_failures: usize,
    /// Why.
    pub reason: String,
}

/// Reads the list.
///
/// # Errors
/// It is no such list.
pub fn read() -> Result<List, Problem> {
    let text = fs::read_to_string(root().join(PATH))?;
    let node = parse(Path::new(PATH), &text).map_err(|error| format!("{PATH}: {}", error.message))?;
    let list: List = from_node(&node).map_err(|misfit| format!("{PATH}: {misfit}"))?;
    match list
        .cases
        .iter()
        .chain(&list.typescript)
        .find(|known| known.reason.is_empty() || known.n_failures == 0)
    {
        Some(known) => Err(format!("{PATH}: {known} needs a reason and a number of failures").into()),
        None => Ok(list),
    }
}

impl List {
    /// What fails in printed TypeScript: what fails anywhere, and what fails there alone.
    pub fn typescript(&self) -> Self {
        let cases = self.cases.iter().chain(&self.typescript).cloned().collect();
        Self { cases, typescript: Vec::new(), oracle: Vec::new() }
    }

    /// What is wrong with it in the light of what was judged; `groups` is the whole suite.
    pub fn findings(&self, groups: &[Group], judged: &[Judged<'_>]) -> Vec<String> {
        let of_cases = self.cases.iter().flat_map(|known| known.findings(groups, judged));
        of_cases.chain(self.oracle.iter().filter_map(|mistake| mistake.finding(groups))).collect()
    }
}

impl Mistake {
    /// Whether it speaks of a group.
    pub fn covers(&self, group: &Group) -> bool {
        let is_of_group = self.group.as_ref().is_none_or(|known| *known == group.description);
        is_of_group && self.file == group.file && self.dialects.iter().any(|dialect| dialect == group.dialect)
    }

    fn finding(&self, groups: &[Group]) -> Option<String> {
        let n_covered = groups.iter().filter(|group| self.covers(group)).count();
        let name = format!("{}/{}", self.dialects.join(","), self.file);
        let is_wrong = n_covered < self.dialects.len() || self.reason.is_empty();
        is_wrong.then(|| format!("{PATH}: {name} needs a reason, and covers {n_covered} groups"))
    }
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.dialects.join(","), self.file)?;
        [&self.group, &self.case].into_iter().flatten().try_for_each(|part| write!(f, ": {part}"))
    }
}

impl Known {
    /// Whether it speaks of a case.
    pub fn covers(&self, group: &Group, case_idx: usize) -> bool {
        self.covers_group(group)
            && self.case.as_ref().is_none_or(|known| *known == group.cases[case_idx].description)
    }

    /// Whether it speaks of a case of the group.
    pub fn covers_group(&self, group: &Group) -> bool {
        let is_of_group = self.group.as_ref().is_none_or(|known| *known == group.description);
        is_of_group && self.file == group.file && self.dialects.iter().any(|dialect| dialect == group.dialect)
    }

    /// What is wrong with it in the light of what was judged; `groups` is the whole suite.
    fn findings(&self, groups: &[Group], judged: &[Judged<'_>]) -> Vec<String> {
        let of_dialect = |dialect: &String| self.finding(dialect, groups, judged);
        self.dialects.iter().filter_map(of_dialect).collect()
    }

    fn finding(&self, dialect: &str, groups: &[Group], judged: &[Judged<'_>]) -> Option<String> {
        let is_covered = |group: &&Group| group.dialect == dialect && self.covers_group(group);
        let covered: Vec<&Group> = groups.iter().filter(is_covered).collect();
        let n_cases: usize = covered.iter().map(|group| self.n_covered(group, 0..group.cases.len())).sum();
        if n_cases == 0 {
            return Some(format!("{PATH}: {self} is not in {dialect}"));
        }
        let judged: Vec<_> = judged.iter().filter(|judged| is_covered(&judged.group)).collect();
        let n_failures: usize =
            judged.iter().map(|judged| self.n_covered(judged.group, judged.failures.keys().copied())).sum();
        // A part of the groups says nothing of their number.
        let is_told = judged.len() == covered.len() && n_failures != self.n_failures;
        is_told
            .then(|| format!("{PATH}: {self} fails {n_failures} times in {dialect}, not {}", self.n_failures))
    }

    fn n_covered(&self, group: &Group, cases: impl Iterator<Item = usize>) -> usize {
        cases.filter(|case_idx| self.covers(group, *case_idx)).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::groups::{Case, Category};
    use super::*;

    fn case(description: &str) -> Case {
        Case { description: description.to_owned(), data: Default::default(), valid: true }
    }

    fn group() -> Group {
        Group {
            dialect: "draft7",
            category: Category::Optional,
            file: "optional/content.json".to_owned(),
            description: "media types".to_owned(),
            name: "content_media_types".to_owned(),
            schema: Default::default(),
            cases: ["JSON", "no JSON"].map(case).into(),
        }
    }

    fn known(case: Option<&str>) -> Known {
        Known {
            dialects: vec!["draft7".to_owned()],
            file: "optional/content.json".to_owned(),
            group: Some("media types".to_owned()),
            case: case.map(str::to_owned),
            n_failures: 1,
            reason: "content annotates".to_owned(),
        }
    }

    #[track_caller]
    fn check(known: &Known, failures: &[usize], expected: &[&str]) {
        let group = group();
        let failures: BTreeMap<usize, String> =
            failures.iter().map(|case| (*case, "is_valid".to_owned())).collect();
        let judged = [Judged { group: &group, refusal: None, failures }];
        let findings = known.findings(std::slice::from_ref(&self::group()), &judged);
        let expected: Vec<_> = expected.iter().map(|text| format!("{PATH}: {text}")).collect();
        assert_eq!(findings, expected);
    }

    #[test]
    fn what_fails_as_known_is_no_finding() {
        check(&known(None), &[1], &[]);
        check(&known(Some("no JSON")), &[1], &[]);
    }

    #[test]
    fn what_passes_or_fails_more_often_is_a_finding() {
        let name = "draft7/optional/content.json: media types";
        check(&known(None), &[], &[&format!("{name} fails 0 times in draft7, not 1")]);
        check(&known(None), &[0, 1], &[&format!("{name} fails 2 times in draft7, not 1")]);
        check(&known(Some("no JSON")), &[0], &[&format!("{name}: no JSON fails 0 times in draft7, not 1")]);
    }

    #[test]
    fn what_is_not_in_the_suite_is_a_finding() {
        let none = Known { dialects: vec!["draft6".to_owned()], ..known(None) };
        check(&none, &[1], &["draft6/optional/content.json: media types is not in draft6"]);
        let name = "draft7/optional/content.json: media types: YAML";
        check(&known(Some("YAML")), &[1], &[&format!("{name} is not in draft7")]);
    }

    #[test]
    fn what_was_not_run_is_no_finding() {
        assert!(known(None).findings(&[group()], &[]).is_empty());
    }
}
