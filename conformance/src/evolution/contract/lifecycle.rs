//! Lifecycles: whether what one order allows the other expects, decided by walking both machines at once.
//!
//! An order judges every beginning of a life, since a connection may end anywhere. Events that the consumer's lifecycle does not
//! name mean nothing to it.

use std::collections::{HashSet, VecDeque};

use handfast_codegen::model::{Contract, Lifecycle, name_matches};

use super::super::rule::{LIFECYCLE, LIFECYCLE_KEY};
use super::{Both, Finding, Subject};
use crate::evolution::{Grade, Proof, Revision, Way};
use crate::rules::order::{Order, States};

/// How many pairs of states are looked at.
const MAX_PAIRS: usize = 10_000;

/// Whether every run of one order is one of another.
#[derive(Debug, PartialEq, Eq)]
pub enum Containment {
    /// It is.
    Holds,
    /// This run, the shortest of them, is not: the last of its events is not expected.
    Fails(Vec<String>),
    /// There are too many states.
    Unknown,
}

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let [old, new] = [both.old, both.new].map(lifecycles);
    let mut findings = Vec::new();
    for (index, was, order) in &old {
        match new.iter().find(|(_, is, _)| is.name == was.name) {
            Some((new_index, is, new_order)) => {
                let pointers = [pointer(*index, "order"), pointer(*new_index, "order")];
                findings.extend(Way::ALL.into_iter().filter_map(|way| {
                    let (producer, consumer) = match way {
                        Way::Backward => (*order, *new_order),
                        Way::Forward => (*new_order, *order),
                    };
                    order_finding(both, way, &was.name, contains(consumer, producer), &pointers)
                }));
                findings.extend(keys(both, (was, order), (is, new_order), [*index, *new_index]));
            }
            None => findings.push(gone(both, &was.name, *index, Way::Forward)),
        }
    }
    let fresh = new.iter().filter(|(_, is, _)| !old.iter().any(|(_, was, _)| was.name == is.name));
    // A lifecycle of events that are all new binds nobody who is old.
    let binds = |lifecycle: &&(usize, &Lifecycle, &Order)| {
        lifecycle.2.names().any(|name| knows(both.old_contract, name))
    };
    findings.extend(fresh.filter(binds).map(|(index, is, _)| gone(both, &is.name, *index, Way::Backward)));
    findings
}

fn knows(contract: &Contract, name: &str) -> bool {
    contract.events.iter().any(|event| event.name == name)
}

fn lifecycles(revision: &Revision) -> Vec<(usize, &Lifecycle, &Order)> {
    let lifecycles = revision.contract().into_iter().flat_map(|contract| &contract.rules.lifecycles);
    lifecycles
        .zip(&revision.orders)
        .enumerate()
        .map(|(index, (lifecycle, order))| (index, lifecycle, order))
        .collect()
}

fn pointer(index: usize, key: &str) -> String {
    format!("/x-handfast/lifecycles/{index}/{key}")
}

fn order_finding(
    both: &Both<'_>,
    way: Way,
    life: &str,
    containment: Containment,
    pointers: &[String; 2],
) -> Option<Finding> {
    let (sends, refuses) = match way {
        Way::Backward => ("old producers may send", "new consumers do not expect"),
        Way::Forward => ("new producers may send", "old consumers do not expect"),
    };
    let subject = Subject::contract(life);
    let pointers = [pointers[0].as_str(), pointers[1].as_str()];
    match containment {
        Containment::Holds => None,
        Containment::Fails(events) => {
            let message = format!("of a {life}, {sends} {}, and {refuses} the last of them", told(&events));
            let finding = both.finding(&LIFECYCLE, subject, message, pointers).way(way);
            Some(finding.proof(Proof::Events(events)))
        }
        Containment::Unknown => {
            let message = format!("the orders of a {life} have too many states to compare them");
            let mut finding = both.finding(&LIFECYCLE, subject, message, pointers).way(way);
            finding.grade = Grade::Undecided;
            Some(finding)
        }
    }
}

fn told(events: &[String]) -> String {
    events.iter().map(|event| format!("`{event}`")).collect::<Vec<_>>().join(", ")
}

fn gone(both: &Both<'_>, life: &str, index: usize, way: Way) -> Finding {
    let (message, pointers) = match way {
        Way::Forward => (
            format!("the lifecycle `{life}` is gone: its events may come in any order"),
            [format!("/x-handfast/lifecycles/{index}"), "/x-handfast/lifecycles".to_owned()],
        ),
        Way::Backward => (
            format!("the lifecycle `{life}` is new: old producers send its events in any order"),
            ["/x-handfast/lifecycles".to_owned(), format!("/x-handfast/lifecycles/{index}")],
        ),
    };
    both.finding(&LIFECYCLE, Subject::contract(life), message, [&pointers[0], &pointers[1]]).way(way)
}

/// Keys that stand elsewhere in events that both orders have.
fn keys(
    both: &Both<'_>,
    (was, order): (&Lifecycle, &Order),
    (is, new_order): (&Lifecycle, &Order),
    indices: [usize; 2],
) -> Vec<Finding> {
    let key = |lifecycle: &Lifecycle, name: &str| {
        let pattern = lifecycle.key.iter().find(|(pattern, _)| name_matches(pattern, name));
        pattern.map(|(_, pointer)| pointer.clone())
    };
    let mut findings = Vec::new();
    let is_ordered = |name: &str| order.has(name) && new_order.has(name);
    for event in both.old_contract.events.iter().filter(|event| is_ordered(&event.name)) {
        let (Some(old), Some(new)) = (key(was, &event.name), key(is, &event.name)) else { continue };
        if old == new {
            continue;
        }
        let message = format!(
            "the key of `{}` in the lifecycle `{}` was at `{old}`, and is at `{new}`",
            event.name, was.name
        );
        let pointers = indices.map(|index| pointer(index, "key"));
        let finding =
            both.finding(&LIFECYCLE_KEY, Subject::contract(&was.name), message, [&pointers[0], &pointers[1]]);
        findings.extend(Way::ALL.map(|way| finding.clone().way(way)));
    }
    findings
}

/// Whether `consumer` expects every run that `producer` allows.
pub fn contains(consumer: &Order, producer: &Order) -> Containment {
    let never = |_: &str| false;
    let mut seen: HashSet<(States, States)> = HashSet::new();
    let mut open = VecDeque::from([(producer.start(), consumer.start(), Vec::<String>::new())]);
    while let Some((sent, expected, run)) = open.pop_front() {
        for name in producer.next(&sent, &never) {
            let mut run = run.clone();
            run.push(name.to_owned());
            let after =
                if consumer.has(name) { consumer.advance(&expected, name, &never) } else { expected.clone() };
            if after.is_empty() {
                return Containment::Fails(run);
            }
            let sent = producer.advance(&sent, name, &never);
            if seen.len() > MAX_PAIRS {
                return Containment::Unknown;
            }
            if seen.insert((sent.clone(), after.clone())) {
                open.push_back((sent, after, run));
            }
        }
    }
    Containment::Holds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(consumer: &str, producer: &str, expected: &[&str]) {
        let [consumer, producer] = [consumer, producer].map(|order| Order::parse(order).unwrap());
        let found = match contains(&consumer, &producer) {
            Containment::Fails(run) => run,
            Containment::Holds => Vec::new(),
            Containment::Unknown => panic!("too many states"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_shortest_run_that_is_not_expected() {
        check("a b* c", "a b* c", &[]);
        check("a b* c", "a b c", &[]);
        check("a b c", "a b* c", &["a", "c"]);
        check("a b* c", "a b* c+", &["a", "c", "c"]);
        check("a (b | c)", "a b c?", &["a", "b", "c"]);
        check("(a b)*", "(a b a b)*", &[]);
        check("a a b", "a a* b", &["a", "b"]);
    }

    #[test]
    fn what_the_consumer_does_not_know_is_passed_by() {
        check("a c", "a x* c", &[]);
        check("a c", "a x c x c", &["a", "x", "c", "x", "c"]);
    }

    #[test]
    fn many_states_are_no_answer() {
        // The machine has to remember which of the last n events were `a`.
        let tail = "(a | b) ".repeat(18);
        let order = format!("(a | b)* a {tail}c");
        let [consumer, producer] = [order.clone(), order].map(|order| Order::parse(&order).unwrap());
        assert_eq!(contains(&consumer, &producer), Containment::Unknown);
    }
}
