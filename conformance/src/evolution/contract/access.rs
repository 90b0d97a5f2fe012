//! How clients get in: tokens, refusals, and what a server says before it knows them.

use handfast_codegen::model::Auth;

use super::super::rule::{AUTH, BEFORE_AUTH, REFUSAL};
use super::{Both, Finding, Subject, json};
use crate::evolution::Way;

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let [old, new] = [both.old_contract, both.new_contract].map(|contract| &contract.rules);
    let mut findings = ways_gone(both, &old.auth, &new.auth);
    findings.extend(first_way(both, &old.auth, &new.auth));
    // Where nothing was said of refusals, nobody could rely on it.
    if old.refusal.is_some() {
        findings.extend(both.differs(&REFUSAL, "refusal", [&old.refusal, &new.refusal], Way::Forward));
    }
    for name in new.before_auth.iter().filter(|name| !old.before_auth.contains(name)) {
        let pointer = "/x-handfast/before-auth";
        let message = format!("the server may send `{name}` before it knows the client");
        let subject = Subject::contract("before-auth");
        findings.push(both.finding(&BEFORE_AUTH, subject, message, [pointer, pointer]).way(Way::Forward));
    }
    findings
}

fn ways_gone(both: &Both<'_>, old: &[Auth], new: &[Auth]) -> Vec<Finding> {
    let gone = old.iter().enumerate().filter(|(_, way)| !new.contains(way));
    let finding = |(index, way): (usize, &Auth)| {
        let message = format!("the token no longer travels by {}", json(way));
        let subject = Subject::contract("auth");
        let pointers = [format!("/x-handfast/auth/{index}"), "/x-handfast/auth".to_owned()];
        both.finding(&AUTH, subject, message, [&pointers[0], &pointers[1]]).way(Way::Backward)
    };
    // A server that lets everybody in takes clients with a token, too.
    gone.filter(|_| !new.is_empty()).map(finding).collect()
}

fn first_way(both: &Both<'_>, old: &[Auth], new: &[Auth]) -> Option<Finding> {
    let first = new.first().filter(|_| old.is_empty())?;
    let message = format!("a token is wanted now, by {}", json(first));
    let pointer = "/x-handfast/auth";
    let subject = Subject::contract("auth");
    Some(both.finding(&AUTH, subject, message, [pointer, pointer]).way(Way::Backward))
}
