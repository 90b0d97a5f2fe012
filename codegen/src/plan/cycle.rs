//! Finds the tests by which others come back to themselves.

use std::collections::HashSet;

use super::{Plan, PlanIdx, Test};

/// Whether a walk along the calls of tests closes a circle there, for every test. What only passes a value on is no step of it.
pub fn recursive(plan: &Plan) -> Vec<bool> {
    let (mut found, mut seen, mut on_way) = (HashSet::new(), HashSet::new(), HashSet::new());
    let parts = |index: PlanIdx| {
        let parts = plan[index].tests.iter().flat_map(Test::parts);
        parts.map(|part| plan.target(part)).collect::<Vec<_>>()
    };
    for (start, _) in plan.iter() {
        let mut way = vec![(None, vec![plan.target(start)])];
        while let Some((at, open)) = way.last_mut() {
            let Some(next) = open.pop() else {
                on_way.remove(at);
                way.pop();
                continue;
            };
            if on_way.contains(&Some(next)) {
                found.insert(next);
            } else if seen.insert(next) {
                on_way.insert(Some(next));
                way.push((Some(next), parts(next)));
            }
        }
    }
    plan.iter().map(|(index, _)| found.contains(&index)).collect()
}
