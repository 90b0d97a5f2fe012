//! The permutations in which a session is played against a server, and what keeps it from being played.

use std::collections::BTreeSet;

use handfast_codegen::model::Transport;

use super::{Capabilities, Carrier, Target};
use crate::session::{Session, StepKind};

/// One way in which a session could be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What reports call it; nothing where there is nothing to choose.
    pub name: Option<String>,
    /// Where: the target, by its number.
    pub target_idx: usize,
    /// How frames travel.
    pub carrier: Carrier,
    /// What the server lacks for it, with the reason.
    pub lacking: Option<String>,
}

impl Capabilities {
    /// Every way in which `session` could be played, in the order of the file.
    pub fn ways(&self, session: &Session) -> Vec<Way> {
        let version = &session.protocol.contract.version;
        let spoken = self.targets.iter().enumerate().filter(|(_, target)| target.speaks(version));
        let needed = needed(session);
        let ways = spoken.flat_map(|(target_idx, target)| {
            let carriers = target.carriers(session.channel().transport);
            carriers.map(move |carrier| (target_idx, target, carrier))
        });
        ways.map(|(target_idx, target, carrier)| Way {
            name: self.name(session, target, carrier),
            target_idx,
            carrier,
            lacking: self.lacking(&needed, target, carrier),
        })
        .collect()
    }

    /// Why there is no way to play `session` at all.
    pub fn no_way(&self, session: &Session) -> String {
        let transport = match session.channel().transport {
            Transport::WebSocket => "websocket",
            Transport::Sse => "sse",
            Transport::SocketIo => "socketio",
        };
        let version = &session.protocol.contract.version;
        let is_spoken = self.targets.iter().any(|target| target.speaks(version));
        if is_spoken {
            format!("no target has {transport}")
        } else {
            format!("no target speaks revision {version} of {}", session.protocol.contract.title)
        }
    }

    fn name(&self, session: &Session, target: &Target, carrier: Carrier) -> Option<String> {
        let parts = [
            (self.targets.len() > 1).then_some(target.name.as_str()),
            (session.channel().transport == Transport::SocketIo).then(|| carrier.name()),
            (self.contracts.len() > 1).then_some(session.protocol.contract.version.as_str()),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The first feature that is needed and lacking.
    fn lacking(&self, needed: &BTreeSet<String>, target: &Target, carrier: Carrier) -> Option<String> {
        let is_tls = target.url.starts_with("https:") || target.url.starts_with("wss:");
        let of_place = [Some(carrier.name()), is_tls.then_some("tls")];
        let is_needed = |feature: &str| of_place.contains(&Some(feature)) || needed.contains(feature);
        let mut lacks = self.lacks.iter().chain(&target.lacks);
        lacks
            .find(|(feature, _)| is_needed(feature))
            .map(|(feature, reason)| format!("no {feature}: {reason}"))
    }
}

impl Target {
    fn speaks(&self, version: &String) -> bool {
        self.revisions.is_empty() || self.revisions.contains(version)
    }

    /// The ways in which frames of `transport` travel there.
    fn carriers(&self, transport: Transport) -> impl Iterator<Item = Carrier> + '_ {
        let carries = move |carrier: &Carrier| match carrier {
            Carrier::WebSocket => transport == Transport::WebSocket,
            Carrier::Sse => transport == Transport::Sse,
            Carrier::Polling | Carrier::SocketIoWebSocket | Carrier::Upgrade => {
                transport == Transport::SocketIo
            }
        };
        self.transports.iter().copied().filter(carries)
    }
}

/// The features that a session needs, wherever it is played.
fn needed(session: &Session) -> BTreeSet<String> {
    let channel = format!("channel:{}", session.channel().key);
    let mut needed: BTreeSet<String> = session.needs.iter().cloned().chain([channel]).collect();
    let event = |event| format!("event:{}", session.event(event).name);
    for step in &session.steps {
        match &step.kind {
            StepKind::Send(send) => {
                needed.insert(event(send.event));
                needed.extend(send.acknowledged.as_ref().map(|_| "acknowledgements".to_owned()));
                needed.extend((!send.attachments.is_empty()).then(|| "binary".to_owned()));
            }
            StepKind::Expect(members) => {
                needed.extend(members.iter().map(|expect| event(expect.event)));
                let answers = members.iter().any(|expect| expect.acknowledge.is_some());
                needed.extend(answers.then(|| "acknowledgements".to_owned()));
            }
            StepKind::Request(_) => drop(needed.insert("requests".to_owned())),
            StepKind::Resume(_) => drop(needed.insert("resume".to_owned())),
            StepKind::Raw(raw) => needed.extend(raw.event.map(event)),
            StepKind::OneOf(_)
            | StepKind::Join(_)
            | StepKind::Never(_)
            | StepKind::Accepted(_)
            | StepKind::Refused(_)
            | StepKind::Disconnect
            | StepKind::Close(_) => {}
        }
    }
    needed
}
