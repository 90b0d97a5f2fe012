//! Events that are gone, new, or have the name of another.

use handfast_codegen::model::{Channel, Contract, EventIdx, Side};

use super::super::rule::{EVENT_ADDED, EVENT_NAME, EVENT_REMOVED, EVENT_REUSED};
use super::{Both, Finding, Subject};
use crate::evolution::{Revision, Way};

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for side in [Side::Server, Side::Client] {
        let [old, new] = [both.old_contract, both.new_contract].map(|contract| both.sent(contract, side));
        let gone = old.iter().filter(|name| !new.contains(name));
        findings.extend(gone.map(|name| removed(both, side, name)));
        let fresh = new.iter().filter(|name| !old.contains(name));
        findings.extend(fresh.map(|name| added(both, side, name)));
        findings.extend(off_channels(both, side));
    }
    findings.extend(name_moved(both));
    findings
}

/// Who breaks when what `side` sends is missing: its consumer where it waits in vain, its producer's consumer where that no
/// longer takes it.
fn way_of_loss(side: Side) -> Way {
    match side {
        Side::Server => Way::Forward,
        Side::Client => Way::Backward,
    }
}

fn removed(both: &Both<'_>, side: Side, name: &str) -> Finding {
    let why = match side {
        Side::Server => "old clients wait for it",
        Side::Client => "old clients send it",
    };
    let subject = Subject::event(name, side);
    let message = format!("{subject} is gone");
    Finding::new(&EVENT_REMOVED, subject, message)
        .way(way_of_loss(side))
        .old(Both::event_place(both.old, both.old_contract, name), why)
        .new_at(both.new.root_place("/channels"), "it is not here")
}

fn added(both: &Both<'_>, side: Side, name: &str) -> Finding {
    let subject = Subject::event(name, side);
    let message = format!("{subject} is new");
    Finding::new(&EVENT_ADDED, subject, message)
        .new_at(Both::event_place(both.new, both.new_contract, name), "it is not in the old contract")
}

/// Events that a channel no longer carries, though others do.
fn off_channels(both: &Both<'_>, side: Side) -> Vec<Finding> {
    let mut findings = Vec::new();
    for old in &both.old_contract.channels {
        let Some(new) = both.new_contract.channel(&old.key) else { continue };
        let still: Vec<&str> = names(both.new_contract, events(new, side));
        let elsewhere = both.sent(both.new_contract, side);
        for name in names(both.old_contract, events(old, side)) {
            if still.contains(&name) || !elsewhere.contains(&name) {
                continue;
            }
            let subject = Subject::event(name, side);
            let message = format!("{subject} is no longer on the channel `{}`", old.key);
            let pointer = handfast_codegen::pointer::pointer_push("/channels", &old.key);
            findings.push(
                Finding::new(&EVENT_REMOVED, subject, message)
                    .way(way_of_loss(side))
                    .old(both.old.root_place(&format!("{pointer}/messages/{name}")), "it was on this channel")
                    .new_at(both.new.root_place(&pointer), "it is not on this channel"),
            );
        }
    }
    findings
}

fn events(channel: &Channel, side: Side) -> &[EventIdx] {
    match side {
        Side::Server => &channel.sends,
        Side::Client => &channel.receives,
    }
}

fn names<'c>(contract: &'c Contract, events: &[EventIdx]) -> Vec<&'c str> {
    events.iter().map(|event| contract[*event].name.as_str()).collect()
}

fn name_moved(both: &Both<'_>) -> Vec<Finding> {
    let [old, new] = [both.old_contract, both.new_contract].map(|contract| &contract.rules.event_name);
    let finding = |way| both.differs(&EVENT_NAME, "event-name", [old, new], way);
    Way::ALL.into_iter().filter_map(finding).collect()
}

/// Events of `new` whose names `early` had and `late`, a version in between, has not.
pub fn reused(early: &Revision, late: &Revision, new: &Revision) -> Vec<Finding> {
    let (Some(early_contract), Some(late_contract), Some(new_contract)) =
        (early.contract(), late.contract(), new.contract())
    else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for side in [Side::Server, Side::Client] {
        for index in new_contract.direction(side) {
            let name = new_contract[index].name.as_str();
            if early_contract.event(side, name).is_none() || late_contract.event(side, name).is_some() {
                continue;
            }
            let subject = Subject::event(name, side);
            let message = format!("{subject} has a name that {} had and {} has not", early.label, late.label);
            findings.push(
                Finding::new(&EVENT_REUSED, subject, message)
                    .old(Both::event_place(early, early_contract, name), "it was this")
                    .new_at(Both::event_place(new, new_contract, name), "it is back"),
            );
        }
    }
    findings
}
