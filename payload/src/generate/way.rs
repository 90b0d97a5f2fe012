//! The ways that lead to each subschema.

use std::collections::{HashMap, HashSet};

use handfast_codegen::plan::{Plan, PlanIdx};

use super::site::{Edge, Step, edges};

/// How many ways to a place are tried.
const MAX_WAYS: usize = 6;

/// The ways to each node: the shortest, those that come in by another last step, and others.
#[derive(Debug)]
pub struct Ways {
    known: HashMap<PlanIdx, Vec<Vec<Step>>>,
    /// From where each node is asked, by `not` and `if` too.
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
        for (parent, route) in &parents {
            ways.extend(plan, **parent, std::slice::from_ref(*route));
        }
        // Where all come in by the same last step, those before it differ.
        for (parent, _) in &parents {
            let known = ways.to(**parent).to_vec();
            ways.extend(plan, **parent, &known);
        }
        ways.find_askers(plan);
        ways
    }

    fn find_askers(&mut self, plan: &Plan) {
        let mut seen = HashSet::from([self.root]);
        let mut open = vec![self.root];
        while let Some(node) = open.pop() {
            for (test, one) in plan[node].tests.iter().enumerate() {
                for (edge, child) in edges(one) {
                    self.askers.entry(child).or_default().push(Step { node, test, edge });
                    open.extend(Some(child).filter(|child| seen.insert(*child)));
                }
            }
        }
    }

    /// Adds to what `parent` leads to, that it is come to by `routes`.
    fn extend(&mut self, plan: &Plan, parent: PlanIdx, routes: &[Vec<Step>]) {
        for (test, one) in plan[parent].tests.iter().enumerate() {
            for (edge, child) in edges(one) {
                let step = Step { node: parent, test, edge };
                routes.iter().for_each(|route| self.add(child, route, step));
            }
        }
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

    /// The steps by one of which everybody comes who asks `node`; nothing where some come without, or otherwise.
    pub fn before(&self, node: PlanIdx) -> Option<&[Step]> {
        let steps = self.askers.get(&node)?;
        let is_simple = |step: &Step| !matches!(step.edge, Edge::Not | Edge::If);
        (node != self.root && steps.iter().all(is_simple)).then_some(steps)
    }
}
