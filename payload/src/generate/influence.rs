//! Which subschemas a payload can be refused for: those whose refusal can make the whole refuse.
//!
//! What stands beside a branch that accepts everything can't, nor what only `not` leads to, nor an `else` that is never come to.

use std::collections::HashSet;

use handfast_codegen::model::TypeSet;
use handfast_codegen::plan::{Cover, Plan, PlanIdx, Test, Union};

use super::kinds::Kinds;
use super::site::{Edge, edges};

/// What becomes of a node's verdict when one of its parts refuses where it accepted before.
#[derive(Debug, Clone, Copy)]
enum Effect {
    /// Nothing.
    None,
    /// It can become a refusal.
    Same,
    /// It can become an acceptance.
    Opposite,
    /// Either.
    Both,
}

/// The nodes for which the whole can be refused.
#[derive(Debug)]
pub struct Influence {
    /// The nodes, and whether the whole refuses when they refuse, or when they accept.
    reached: HashSet<(PlanIdx, bool)>,
}

impl Influence {
    /// Those below `root`.
    pub fn of(plan: &Plan, kinds: &Kinds, root: PlanIdx) -> Self {
        let has_rest = plan.iter().flat_map(|(_, node)| &node.tests).any(is_rest);
        let mut reached = HashSet::from([(root, true)]);
        let mut open = vec![(root, true)];
        while let Some((node, refuses)) = open.pop() {
            for test in &plan[node].tests {
                for (edge, part) in edges(test) {
                    let effect = match effect(plan, kinds, node, test, edge) {
                        // What a part accepts, others need not look at.
                        Effect::Opposite | Effect::None if has_rest && !is_rest(test) => Effect::Both,
                        effect => effect,
                    };
                    let found = match effect {
                        Effect::None => vec![],
                        Effect::Same => vec![refuses],
                        Effect::Opposite => vec![!refuses],
                        Effect::Both => vec![true, false],
                    };
                    let new = found.into_iter().map(|refuses| (part, refuses));
                    open.extend(new.filter(|one| reached.insert(*one)));
                }
            }
        }
        Self { reached }
    }

    /// Whether the whole can be refused because `node` refuses.
    pub fn is_felt(&self, node: PlanIdx) -> bool {
        self.reached.contains(&(node, true))
    }
}

fn is_rest(test: &Test) -> bool {
    matches!(test, Test::UnevaluatedItems(_) | Test::UnevaluatedProperties(_))
}

fn effect(plan: &Plan, kinds: &Kinds, node: PlanIdx, test: &Test, edge: Edge) -> Effect {
    let accepts_all = |part: PlanIdx| kinds.must(part) == TypeSet::ALL;
    let accepts_none = |part: PlanIdx| kinds.may(part) == TypeSet::NONE;
    let has_other = |union: &Union, idx: usize| {
        union.branches.iter().enumerate().any(|(other, branch)| other != idx && accepts_all(*branch))
    };
    let of_items = |cover: &Cover| (cover.all_items, cover.rest_of_items);
    let of_members = |cover: &Cover| (cover.all_properties, cover.rest_of_properties);
    match (test, edge) {
        (Test::Any(union), Edge::Part(idx)) if has_other(union, idx) => Effect::None,
        (Test::One(union), Edge::Part(idx)) if has_other(union, idx) => Effect::Opposite,
        (Test::One(union), _) if union.branches.len() > 1 => Effect::Both,
        (Test::Not(_), _) => Effect::Opposite,
        (Test::When { .. }, Edge::If) => Effect::Both,
        (Test::When { test, .. }, Edge::Then) if accepts_none(*test) => Effect::None,
        (Test::When { test, .. }, Edge::Else) if accepts_all(*test) => Effect::None,
        (Test::Array(tests), Edge::Contains) => match tests.contains {
            Some((_, 0, None)) => Effect::None,
            Some((_, 0, Some(_))) => Effect::Opposite,
            Some((_, min, Some(max))) if min <= max => Effect::Both,
            Some((_, _, None)) | None => Effect::Same,
            // No array is accepted, whatever it contains.
            Some(_) => Effect::None,
        },
        (Test::UnevaluatedItems(_), _) if looks_at_all(plan, node, of_items) => Effect::None,
        (Test::UnevaluatedProperties(_), _) if looks_at_all(plan, node, of_members) => Effect::None,
        _ => Effect::Same,
    }
}

/// Whether what a node always applies looks at everything. `of` says what of a node looks at all, and what at the rest of it, as
/// those see it who apply the node.
fn looks_at_all(plan: &Plan, node: PlanIdx, of: fn(&Cover) -> (bool, bool)) -> bool {
    let mut open = vec![(node, false)];
    let mut seen = HashSet::new();
    while let Some((node, is_applied)) = open.pop() {
        let (all, rest) = of(&plan[node].covers);
        if all || is_applied && rest {
            return true;
        }
        for test in &plan[node].tests {
            let parts: &[PlanIdx] = match test {
                Test::Reference(target) => std::slice::from_ref(target),
                Test::All(parts) => parts,
                _ => &[],
            };
            open.extend(parts.iter().map(|part| (*part, true)).filter(|one| seen.insert(*one)));
        }
    }
    false
}
