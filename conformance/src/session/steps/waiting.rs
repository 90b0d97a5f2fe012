//! Reads the steps that wait for the server.

use std::collections::BTreeSet;

use handfast_codegen::load::Node;
use handfast_codegen::model::{Side, Transport};
use serde_json::Value;

use super::super::values::Statuses;
use super::super::written;
use super::super::{Accepted, Acknowledgement, CloseBy, Course, Expect, Never, QUIET, Refused, StepKind};
use super::{At, Connection, Reading};
use crate::pattern::Pattern;

impl Reading<'_, '_> {
    pub(super) fn expect(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let (name, expect) = self.one_expect(at)?;
        let verb = if expect.is_eventual { "eventually" } else { "expect" };
        Some((format!("{verb} {name}"), StepKind::Expect(vec![expect])))
    }

    fn one_expect(&mut self, at: At<'_>) -> Option<(String, Expect)> {
        let is_eventual = at.node.get("eventually").is_some();
        let (key, written): (_, written::ExpectStep) = if is_eventual {
            ("eventually", self.typed::<written::EventuallyStep>(at, "step `eventually`")?.into())
        } else {
            ("expect", self.typed(at, "step `expect`")?)
        };
        let before = self.scope.names.clone();
        let event = self.event(at.child(key), &written.expect, Side::Server);
        let data = self.pattern(written.data, at, "data");
        self.arguments(written.acknowledge, at, "acknowledge");
        let arguments = self.template(written.acknowledge, at, "acknowledge");
        let attachments = self.binaries(at, "acknowledge");
        if written.times.min == 0 {
            // What may not come captures nothing that later steps can rely on.
            self.scope.names = before;
        }
        let event = event?;
        self.expected.insert(event);
        self.here.events.insert(event);
        let most = self.here.n_events.zip(written.times.max.filter(|_| !is_eventual));
        self.here.n_events = most.and_then(|(before, more)| before.checked_add(more));
        let expect = Expect {
            line: at.node.position.line,
            event,
            within: written.within.map(|within| within.duration()),
            times: written.times,
            gap: written.gap.map(|gap| gap.duration()),
            is_eventual,
            data,
            acknowledge: arguments.map(|arguments| Acknowledgement { arguments, attachments }),
        };
        Some((written.expect, expect))
    }

    pub(super) fn any_order(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::AnyOrderStep = self.typed(at, "step `any-order`")?;
        let nodes = at.node.get("any-order").and_then(Node::as_array).unwrap_or_default();
        if written.any_order.is_empty() {
            self.problem("step", at, "`any-order` of nothing", "list steps `expect` under it");
            return None;
        }
        let before = self.scope.names.clone();
        let mut captured = before.clone();
        let mut members = Vec::new();
        for (n, node) in nodes.iter().enumerate() {
            // No member can rely on what another one captures, since it may come first.
            self.scope.names.clone_from(&before);
            members.push(self.one_expect(At { node, pointer: &format!("{}/any-order/{n}", at.pointer) }));
            captured.append(&mut self.scope.names);
        }
        self.scope.names = captured;
        let members: Vec<_> = members.into_iter().collect::<Option<_>>()?;
        let (names, members): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        Some((format!("any order of {}", names.join(", ")), StepKind::Expect(members)))
    }

    /// Reads several courses, one behind the other: a step from which each begins, and one at the end of each that leads
    /// behind them all.
    pub(super) fn one_of(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::OneOfStep = self.typed(at, "step `one-of`")?;
        let nodes = at.node.get("one-of").and_then(Node::as_array).unwrap_or_default();
        if nodes.len() < 2 {
            let help = "list courses under it, each with its `steps`";
            self.problem("step", at, "`one-of` of fewer than two courses", help);
            return None;
        }
        let (names, connection) = (self.scope.names.clone(), self.connection);
        let mut common: Option<BTreeSet<String>> = None;
        let mut connections = Vec::new();
        let (mut courses, mut ends) = (Vec::new(), Vec::new());
        for (n, (node, alternative)) in nodes.iter().zip(&written.one_of).enumerate() {
            self.scope.names.clone_from(&names);
            self.connection = connection;
            courses.push(Course { step_idx: self.steps.len(), grade: alternative.grade });
            self.course(At { node, pointer: &format!("{}/one-of/{n}", at.pointer) });
            ends.push(self.place(at));
            connections.push(self.connection);
            let captured = std::mem::take(&mut self.scope.names);
            common = Some(common.map_or(captured.clone(), |common| &common & &captured));
        }
        let behind = self.steps.len();
        ends.into_iter().for_each(|end| self.steps[end].kind = StepKind::Join(behind));
        self.scope.names = common.unwrap_or_default();
        self.connection = merged(&connections, at.node.position.line);
        Some((format!("one of {} courses", courses.len()), StepKind::OneOf(courses)))
    }

    fn course(&mut self, at: At<'_>) {
        let first = self.steps.len();
        let steps = at.node.get("steps").and_then(Node::as_array).unwrap_or_default();
        self.all(steps, &format!("{}/steps", at.pointer));
        let is_of_server = |kind: &StepKind| match kind {
            StepKind::Expect(_)
            | StepKind::OneOf(_)
            | StepKind::Join(_)
            | StepKind::Accepted(_)
            | StepKind::Refused(_) => true,
            StepKind::Close(close) => close.by == CloseBy::Server,
            _ => false,
        };
        if let Some(step) = self.steps.get(first).filter(|step| !is_of_server(&step.kind)) {
            let message = format!("`{}` is no way to tell courses apart: the client does it", step.text);
            self.problem("step", at, message, "begin each course with something that the server does");
        }
    }

    pub(super) fn never(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::NeverStep = self.typed(at, "step `never`")?;
        let event = self.event(at.child("never"), &written.never, Side::Server);
        let before = self.scope.names.clone();
        let data = self.pattern(written.data, at, "data");
        self.scope.names = before;
        let quiet = written.quiet.map_or(QUIET, |quiet| quiet.duration());
        Some((format!("never {}", written.never), StepKind::Never(Never { event: event?, data, quiet })))
    }

    pub(super) fn accepted(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::AcceptedStep = self.typed(at, "step `accepted`")?;
        let said = written.accepted.unwrap_or_default();
        let (node, pointer) = (at.node.get("accepted")?, format!("{}/accepted", at.pointer));
        let inside = At { node, pointer: &pointer };
        let transport = self.session.channel().transport;
        if said.subprotocol.0 && transport != Transport::WebSocket {
            let help = "take it away";
            self.problem("transport", inside, "`subprotocol` on a channel that is not a WebSocket", help);
        }
        if said.connect.0 {
            self.socket_io_only("connect", inside);
        }
        let accepted = Accepted {
            headers: self.headers(&said.headers, inside),
            subprotocol: self.pattern(said.subprotocol, inside, "subprotocol"),
            connect: self.pattern(said.connect, inside, "connect"),
            status: said.status,
        };
        Some(("accepted".to_owned(), StepKind::Accepted(Box::new(accepted))))
    }

    pub(super) fn refused(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::RefusedStep = self.typed(at, "step `refused`")?;
        let contract = self.session.rules().refusal.clone().unwrap_or_default();
        let said = written.refused.unwrap_or_default();
        let (node, pointer) = (at.node.get("refused")?, format!("{}/refused", at.pointer));
        let inside = At { node, pointer: &pointer };
        // The contract's status is that of an HTTP handshake, and its message that of Socket.IO's CONNECT_ERROR.
        let is_socket_io = self.session.channel().transport == Transport::SocketIo;
        let status = contract.status.filter(|_| !is_socket_io && said.status.is_empty());
        let message = contract.message.filter(|_| is_socket_io);
        if said.data.0 {
            self.socket_io_only("data", inside);
        }
        let refused = Refused {
            headers: self.headers(&said.headers, inside),
            message: self.pattern(said.message, inside, "message").or(message.map(|text| literal(&text))),
            data: self.pattern(said.data, inside, "data"),
            status: status.map_or(said.status, Statuses::one),
        };
        Some(("refused".to_owned(), StepKind::Refused(Box::new(refused))))
    }
}

fn literal(text: &str) -> Pattern {
    Pattern::Literal(Value::from(text.trim()))
}

/// What is known of the connection behind courses that end so.
fn merged(connections: &[Connection], line: usize) -> Connection {
    let is_over = |connection: &Connection| matches!(connection, Connection::Over(_));
    match connections.iter().filter(|connection| is_over(connection)).count() {
        0 if connections.contains(&Connection::Opening) => Connection::Opening,
        0 => Connection::Open,
        n if n == connections.len() => Connection::Over(line),
        _ => Connection::Either(line),
    }
}
