//! The ways that lead to each subschema.

use std::collections::HashMap;

use handfast_codegen::plan::{Plan, PlanIdx, Test};

use super::site::{Edge, Step, edges};

/// How many ways to a place are tried.
const MAX_WAYS: usize = 6;

/// The ways to each node: the shortest, and those that come in by another last step.
#[derive(Debug)]
pub struct Ways {
    known: HashMap<PlanIdx, Vec<Vec<Step>>>,
    /// From where each node is asked.
    askers: HashMap<PlanIdx, Vec<Step>>,
    root: PlanIdx,
}

impl Ways {
    /// Those from `root`; `routes` are the shortest.
    pub fn of(plan: &Plan, root: PlanIdx, routes: &HashMap<PlanIdx, Vec<Step>>) -> Self {
        let shortest = routes.iter().map(|(node, route)| (*node, vec![route.clone()]));
        let mut ways = Self { known: shortest.collect(), askers: HashMap::new(), root };
        let mut parents: Vec<_> = routes.iter().collect();
        parents.sort_by_key(|(node, route)| (route.len(), **node));
        for (parent, route) in parents {
            for (test, one) in plan[*parent].tests.iter().enumerate() {
                for (edge, child) in edges(one) {
                    let step = Step { node: *parent, test, edge };
                    ways.askers.entry(child).or_default().push(step);
                    ways.add(child, route, step);
                }
            }
        }
        ways
    }

    fn add(&mut self, child: PlanIdx, route: &[Step], step: Step) {
        let Some(known) = self.known.get_mut(&child) else { return };
        let goes_round = step.node == child || route.iter().any(|step| step.node == child);
        if known.len() >= MAX_WAYS || goes_round || matches!(step.edge, Edge::Not | Edge::If) {
            return;
        }
        let way = [route, &[step]].concat();
        if !known.contains(&way) {
            known.push(way);
        }
    }

    /// The ways to `node` that are worth a try.
    pub fn to(&self, node: PlanIdx) -> &[Vec<Step>] {
        self.known.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The way to `node`, where there is no other.
    pub fn only(&self, node: PlanIdx) -> Option<&[Step]> {
        let [way] = self.to(node) else { return None };
        let nodes = way.iter().skip(1).map(|step| step.node).chain((!way.is_empty()).then_some(node));
        let is_only = self.askers(self.root).is_empty();
        (is_only && nodes.into_iter().all(|node| self.askers(node).len() == 1)).then_some(way)
    }

    /// The way from the outermost subschema without which nobody asks `node`, about the same values.
    pub fn in_place(&self, plan: &Plan, node: PlanIdx) -> Vec<Step> {
        let mut way: Vec<Step> = Vec::new();
        let mut at = node;
        while let [step] = self.askers(at) {
            let is_in_place = match &plan[step.node].tests[step.test] {
                Test::Reference(_) | Test::All(_) | Test::Any(_) | Test::One(_) => true,
                Test::When { .. } => step.edge != Edge::If,
                _ => false,
            };
            if at == self.root || !is_in_place || way.contains(step) {
                break;
            }
            way.insert(0, *step);
            at = step.node;
        }
        way
    }

    fn askers(&self, node: PlanIdx) -> &[Step] {
        self.askers.get(&node).map_or(&[], Vec::as_slice)
    }
}
