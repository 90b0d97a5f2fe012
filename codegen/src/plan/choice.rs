//! Finds out which branches of a union can accept what: by the type of the value, and by a property of an object.

use std::collections::BTreeSet;

use serde_json::Value;

use super::dispatch::{conjuncts, required_values, values};
use super::{Arm, Candidate, Choice, PlanIdx, Tags};
use crate::model::{Constraints, JsonType, SchemaIdx, Schemas, TypeSet};

/// Tells what the branches of unions can accept.
pub struct Chooser<'s> {
    schemas: &'s Schemas,
}

impl<'s> Chooser<'s> {
    pub fn of(schemas: &'s Schemas) -> Self {
        Self { schemas }
    }

    /// The arms of the union of `branches`, whose tests `at` knows.
    pub fn arms(&self, branches: &[SchemaIdx], at: impl Fn(SchemaIdx) -> PlanIdx) -> Vec<Arm> {
        let mut arms: Vec<Arm> = Vec::new();
        for one in JsonType::KINDS {
            let kind = TypeSet::default().with(one);
            let can = |branch: &SchemaIdx| !self.schemas.types(*branch).is_disjoint(kind);
            let candidates: Vec<SchemaIdx> = branches.iter().copied().filter(can).collect();
            let choice = self.choice(one, &candidates, &at);
            match arms.iter_mut().find(|arm| arm.choice == choice) {
                Some(arm) => arm.types = arm.types.with(one),
                None => arms.push(Arm { types: kind, choice }),
            }
        }
        arms
    }

    fn choice(&self, kind: JsonType, candidates: &[SchemaIdx], at: &impl Fn(SchemaIdx) -> PlanIdx) -> Choice {
        let unknown = |branch: &SchemaIdx| Candidate { branch: at(*branch), needs: vec![], wants: vec![] };
        match candidates {
            [] => Choice::None,
            [one] => Choice::One(at(*one)),
            several if kind == JsonType::Object => self
                .tags(several, at)
                .map_or_else(|| Choice::Several(self.told_apart(several, at)), Choice::Tagged),
            several => Choice::Several(several.iter().map(unknown).collect()),
        }
    }

    /// Each branch with what only some of them ask of an object's own members; what the fewest ask comes first.
    fn told_apart(&self, branches: &[SchemaIdx], at: &impl Fn(SchemaIdx) -> PlanIdx) -> Vec<Candidate> {
        let parts: Vec<_> = branches.iter().map(|branch| conjuncts(self.schemas, *branch)).collect();
        let needs: Vec<BTreeSet<&str>> = parts.iter().map(|parts| required(parts)).collect();
        let wants: Vec<_> = parts.iter().map(|parts| self.listed(parts)).collect();
        let n_needing = |name: &str| needs.iter().filter(|needs| needs.contains(name)).count();
        let n_wanting =
            |want: &(&str, Vec<String>)| wants.iter().filter(|wants| wants.contains(want)).count();
        let candidate = |(number, branch): (usize, &SchemaIdx)| {
            let is_own = |name: &&str| n_needing(name) < branches.len();
            let mut own: Vec<&str> = needs[number].iter().copied().filter(is_own).collect();
            own.sort_by_key(|name| n_needing(name));
            let listed = wants[number].iter().filter(|want| n_wanting(want) < branches.len());
            Candidate {
                branch: at(*branch),
                needs: own.into_iter().map(str::to_owned).collect(),
                wants: listed.map(|(name, texts)| ((*name).to_owned(), texts.clone())).collect(),
            }
        };
        branches.iter().enumerate().map(candidate).collect()
    }

    /// The properties of which these constraints list the strings they may hold.
    fn listed<'p>(&self, parts: &[&'p Constraints]) -> Vec<(&'p str, Vec<String>)> {
        let declared = parts.iter().flat_map(|part| &part.object.properties);
        declared
            .filter_map(|(name, schema)| {
                let values = conjuncts(self.schemas, *schema).into_iter().find_map(values)?;
                let texts: Option<Vec<String>> =
                    values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
                Some((name.as_str(), texts?))
            })
            .collect()
    }

    fn tags(&self, branches: &[SchemaIdx], at: &impl Fn(SchemaIdx) -> PlanIdx) -> Option<Tags> {
        let first = conjuncts(self.schemas, *branches.first()?);
        let mut candidates = first.iter().flat_map(|part| part.object.required.iter());
        candidates.find_map(|property| self.tags_at(branches, property, at))
    }

    fn tags_at(
        &self,
        branches: &[SchemaIdx],
        property: &str,
        at: &impl Fn(SchemaIdx) -> PlanIdx,
    ) -> Option<Tags> {
        let mut arms: Vec<(Value, PlanIdx)> = Vec::new();
        for branch in branches {
            for tag in required_values(self.schemas, *branch, property)? {
                let is_scalar = !tag.is_array() && !tag.is_object() && !tag.is_f64();
                if !is_scalar || arms.iter().any(|(other, _)| *other == tag) {
                    return None;
                }
                arms.push((tag, at(*branch)));
            }
        }
        Some(Tags { property: property.to_owned(), arms })
    }
}

/// The properties that every object of these constraints has.
fn required<'p>(parts: &[&'p Constraints]) -> BTreeSet<&'p str> {
    parts.iter().flat_map(|part| &part.object.required).map(String::as_str).collect()
}
