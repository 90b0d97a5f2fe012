//! Channels that are gone, new, elsewhere, or carried by something else.

use handfast_codegen::model::{Channel, Transport};

use super::super::rule::{CHANNEL_ADDED, CHANNEL_ADDRESS, CHANNEL_REMOVED, CHANNEL_TRANSPORT};
use super::{Both, Finding, Subject};
use crate::evolution::{SubjectKind, Way};

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for old in &both.old_contract.channels {
        match both.new_contract.channel(&old.key) {
            Some(new) => findings.extend(changed(both, old, new)),
            None => findings.push(removed(both, old)),
        }
    }
    let is_new = |channel: &&Channel| both.old_contract.channel(&channel.key).is_none();
    findings.extend(both.new_contract.channels.iter().filter(is_new).map(|channel| added(both, channel)));
    findings
}

fn subject(channel: &Channel) -> Subject {
    Subject { kind: SubjectKind::Channel, name: channel.key.clone(), producer: None }
}

fn pointer(channel: &Channel, rest: &str) -> String {
    format!("{}{rest}", handfast_codegen::pointer::pointer_push("/channels", &channel.key))
}

fn removed(both: &Both<'_>, channel: &Channel) -> Finding {
    let message = format!("the channel `{}` is gone", channel.key);
    let place = both.old.root_place(&pointer(channel, ""));
    Finding::new(&CHANNEL_REMOVED, subject(channel), message)
        .way(Way::Backward)
        .old(place, "old clients connect to it")
        .new_at(both.new.root_place("/channels"), "it is not here")
}

fn added(both: &Both<'_>, channel: &Channel) -> Finding {
    let message = format!("the channel `{}` is new", channel.key);
    let place = both.new.root_place(&pointer(channel, ""));
    Finding::new(&CHANNEL_ADDED, subject(channel), message).new_at(place, "it is not in the old contract")
}

fn changed(both: &Both<'_>, old: &Channel, new: &Channel) -> Vec<Finding> {
    let mut findings = Vec::new();
    if old.address != new.address {
        let message =
            format!("the channel `{}` was at `{}`, and is at `{}`", old.key, old.address, new.address);
        let pointers = [pointer(old, "/address"), pointer(new, "/address")];
        findings.push(both.finding(&CHANNEL_ADDRESS, subject(old), message, [&pointers[0], &pointers[1]]));
    }
    if old.transport != new.transport {
        let [was, is] = [old.transport, new.transport].map(name);
        let message = format!("the channel `{}` was carried by {was}, and is by {is}", old.key);
        let finding = Finding::new(&CHANNEL_TRANSPORT, subject(old), message)
            .old(both.old.root_place(&pointer(old, "")), was)
            .new_at(both.new.root_place(&pointer(new, "")), is);
        findings.push(finding);
    }
    // A client of one revision does not find the server of the other, whichever of them is the old one.
    findings.into_iter().flat_map(|finding| Way::ALL.map(|way| finding.clone().way(way))).collect()
}

fn name(transport: Transport) -> &'static str {
    match transport {
        Transport::WebSocket => "WebSocket",
        Transport::Sse => "Server-Sent Events",
        Transport::SocketIo => "Socket.IO",
    }
}
