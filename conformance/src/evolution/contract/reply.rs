//! What answers a request: events, or an acknowledgement.

use std::collections::BTreeSet;

use handfast_codegen::model::{Contract, EventIdx, Exchange, Side};

use super::super::rule::REPLY;
use super::{Both, Finding, Subject};
use crate::evolution::Way;

/// What answers a request.
#[derive(Debug, PartialEq, Eq, Default)]
struct Answer {
    /// Events; of an HTTP request, each with its status.
    replies: BTreeSet<String>,
    is_acknowledged: bool,
}

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for side in [Side::Server, Side::Client] {
        let kept = both.sent(both.old_contract, side);
        let new = both.sent(both.new_contract, side);
        for name in kept.into_iter().filter(|name| new.contains(name)) {
            let [was, is] =
                [both.old_contract, both.new_contract].map(|contract| answer(contract, side, name));
            findings.extend(changed(both, side, name, &was, &is));
        }
    }
    findings
}

fn answer(contract: &Contract, side: Side, request: &str) -> Answer {
    let exchange = contract.event(side, request).and_then(|request| contract.exchange(request));
    let named = |event: EventIdx| format!("`{}`", contract[event].name);
    exchange.map_or_else(Answer::default, |Exchange { replies, acknowledgement, answers, .. }| {
        let answers = answers.iter().map(|answer| match answer.status {
            Some(status) => format!("{} of status {status}", named(answer.event)),
            None => named(answer.event),
        });
        Answer {
            replies: replies.iter().map(|reply| named(*reply)).chain(answers).collect(),
            is_acknowledged: acknowledgement.is_some(),
        }
    })
}

fn changed(both: &Both<'_>, side: Side, request: &str, was: &Answer, is: &Answer) -> Vec<Finding> {
    if was == is {
        return Vec::new();
    }
    let message =
        format!("{} was answered by {}, and is by {}", Subject::event(request, side), told(was), told(is));
    // Whoever asks relies on what its own contract says; the one who answers goes by the other.
    let (old_asks, new_asks) = (lost(was, is), lost(is, was));
    let ways = [(old_asks, Way::Forward), (new_asks, Way::Backward)];
    let finding = |way| {
        Finding::new(&REPLY, Subject::event(request, side), message.clone())
            .way(way)
            .old(Both::event_place(both.old, both.old_contract, request), told(was))
            .new_at(Both::event_place(both.new, both.new_contract, request), told(is))
    };
    ways.into_iter().filter(|(breaks, _)| *breaks).map(|(_, way)| finding(way)).collect()
}

/// Whether who asked by `asked` waits in vain, or gets what it did not wait for, where `answered` holds.
fn lost(asked: &Answer, answered: &Answer) -> bool {
    let waits = !asked.replies.is_empty();
    let is_answered = !answered.replies.is_empty() && answered.replies.is_subset(&asked.replies);
    asked.is_acknowledged && !answered.is_acknowledged || waits && !is_answered
}

fn told(answer: &Answer) -> String {
    let mut parts: Vec<String> = answer.replies.iter().cloned().collect();
    if answer.is_acknowledged {
        parts.push("an acknowledgement".to_owned());
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(" or ") }
}
