//! Heartbeats: who pings, with what, how often, and how soon the answer comes.

use handfast_codegen::model::{Heartbeat, Millis, Side};

use super::super::rule::HEARTBEAT;
use super::{Both, Finding, Subject, json};
use crate::evolution::Way;

const POINTER: &str = "/x-handfast/heartbeat";

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let [old, new] = [both.old_contract, both.new_contract].map(|contract| contract.rules.heartbeat.as_ref());
    match (old, new) {
        (None, None) => Vec::new(),
        (Some(old), None) => gone(both, old),
        (None, Some(new)) => fresh(both, new),
        (Some(old), Some(new)) => changed(both, old, new),
    }
}

fn gone(both: &Both<'_>, old: &Heartbeat) -> Vec<Finding> {
    let told: &[_] = match old.from {
        Side::Server => &[
            ("the server no longer pings, and old clients take it for dead", Way::Forward),
            ("old servers ping, and new clients do not answer", Way::Backward),
        ],
        Side::Client => &[("nobody answers the pings of old clients any more", Way::Forward)],
    };
    told.iter().map(|(message, way)| finding(both, (*message).to_owned(), POINTER, *way)).collect()
}

fn fresh(both: &Both<'_>, new: &Heartbeat) -> Vec<Finding> {
    let told: &[_] = match new.from {
        Side::Server => &[
            ("the server pings, and old clients do not answer", Way::Forward),
            ("new clients wait for pings, and old servers send none", Way::Backward),
        ],
        Side::Client => &[("new clients ping, and old servers do not answer", Way::Backward)],
    };
    told.iter().map(|(message, way)| finding(both, (*message).to_owned(), POINTER, *way)).collect()
}

fn changed(both: &Both<'_>, old: &Heartbeat, new: &Heartbeat) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parts = [
        ("from", json(&old.from), json(&new.from)),
        ("ping", json(&old.ping), json(&new.ping)),
        ("pong", json(&old.pong), json(&new.pong)),
    ];
    for (key, was, is) in parts.into_iter().filter(|(_, was, is)| was != is) {
        let message = format!("`{key}` of the heartbeat was {was}, and is {is}");
        let pointer = format!("{POINTER}/{key}");
        findings.extend(Way::ALL.map(|way| finding(both, message.clone(), &pointer, way)));
    }
    let spans = [
        ("within", old.within, new.within),
        ("every", old.every, new.every),
        ("dead-after", old.dead_after, new.dead_after),
    ];
    findings.extend(spans.into_iter().filter_map(|(key, was, is)| span(both, key, was, is)));
    findings
}

/// A longer span is a weaker promise: who relies on the shorter one breaks.
fn span(both: &Both<'_>, key: &str, was: Option<Millis>, is: Option<Millis>) -> Option<Finding> {
    let length = |span: Option<Millis>| span.map_or(u64::MAX, |span| span.0);
    let way = match length(was).cmp(&length(is)) {
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Less => Way::Forward,
        std::cmp::Ordering::Greater => Way::Backward,
    };
    let message = format!("`{key}` of the heartbeat was {}, and is {}", json(&was), json(&is));
    Some(finding(both, message, &format!("{POINTER}/{key}"), way))
}

fn finding(both: &Both<'_>, message: String, pointer: &str, way: Way) -> Finding {
    both.finding(&HEARTBEAT, Subject::contract("heartbeat"), message, [pointer, pointer]).way(way)
}
