//! Reads the steps of a session and checks each against the contract and against the steps before it.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use handfast_codegen::diagnostic::{Place, nearest};
use handfast_codegen::load::{Node, NodeKind, Position};
use handfast_codegen::model::{EventIdx, Side, Transport};
use serde::de::DeserializeOwned;

use super::environment::{Environment, fill, resolve};
use super::read::typed;
use super::written::{self, BareStep, CloseBy, Written};
use super::{Close, Expect, HttpRequest, Never, QUIET, Refused, Send, Session, Step, StepKind};
use crate::pattern::{Pattern, Scope, Template};

/// The keys that say what a step is, each with its reader.
const STEPS: [(&str, Read); 9] = [
    ("send", |reading, at| reading.send(at)),
    ("expect", |reading, at| reading.expect(at)),
    ("any-order", |reading, at| reading.any_order(at)),
    ("never", |reading, at| reading.never(at)),
    ("request", |reading, at| reading.request(at)),
    ("refused", |reading, at| reading.refused(at)),
    ("disconnect", |reading, at| reading.disconnect(at)),
    ("resume", |reading, at| reading.resume(at)),
    ("close", |reading, at| reading.close(at)),
];

type Read = fn(&mut Reading<'_, '_>, At<'_>) -> Option<(String, StepKind)>;

/// A node and where it stands.
#[derive(Clone, Copy)]
struct At<'n> {
    node: &'n Node,
    pointer: &'n str,
}

/// What is known after the steps that were read.
struct Reading<'r, 's> {
    session: &'r Session,
    environment: &'r Environment<'r>,
    scope: &'r mut Scope<'s>,
    connection: Connection,
    expected: BTreeSet<EventIdx>,
}

/// Whether there is a connection by now.
#[derive(Clone, Copy, PartialEq)]
enum Connection {
    /// It is being opened: the session or a `resume` stands just before.
    Opening,
    /// It stands.
    Open,
    /// It was closed, dropped or refused at that line.
    Over(usize),
}

/// Reads the steps of the session in `root`.
pub fn read(
    session: &Session,
    root: &Node,
    environment: &Environment<'_>,
    scope: &mut Scope<'_>,
) -> Vec<Step> {
    let nodes = root.get("steps").and_then(Node::as_array).unwrap_or_default();
    let mut reading =
        Reading { session, environment, scope, connection: Connection::Opening, expected: BTreeSet::new() };
    let steps = nodes.iter().enumerate().filter_map(|(n, node)| {
        let pointer = format!("/steps/{n}");
        reading.step(At { node, pointer: &pointer })
    });
    steps.collect()
}

impl Reading<'_, '_> {
    fn step(&mut self, at: At<'_>) -> Option<Step> {
        let bare = bare(at.node);
        let at = At { node: bare.as_ref().unwrap_or(at.node), ..at };
        let keys = at.node.as_object().into_iter().flat_map(|members| members.keys());
        let mut kinds = STEPS.iter().filter(|(key, _)| at.node.get(key).is_some());
        let Some((key, read)) = kinds.next() else {
            let key = keys.map(String::as_str).next().or(at.node.as_str()).unwrap_or("nothing").to_owned();
            self.no_step(at, &key);
            return None;
        };
        if let Some((other, _)) = kinds.next() {
            let message = format!("a step is one thing, and this one is both `{key}` and `{other}`");
            self.problem("step", at, message, "make two steps of it");
            return None;
        }
        self.connected(key, at);
        let (text, kind) = read(self, at)?;
        self.connection = match kind {
            StepKind::Refused(_) | StepKind::Disconnect | StepKind::Close(_) => {
                Connection::Over(at.node.position.line)
            }
            StepKind::Resume(_) => Connection::Opening,
            StepKind::Request(_) if self.connection != Connection::Opening => self.connection,
            _ => Connection::Open,
        };
        Some(Step { line: at.node.position.line, text, kind })
    }

    fn no_step(&mut self, at: At<'_>, key: &str) {
        let known = STEPS.map(|(key, _)| key);
        let help = match nearest(key, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are: {}", known.join(", ")),
        };
        self.problem("step", at, format!("`{key}` is no step"), help);
    }

    /// Whether the step `key` can be where it is.
    fn connected(&mut self, key: &str, at: At<'_>) {
        match (key, self.connection) {
            ("request", _) | ("refused", Connection::Opening) | ("resume", Connection::Over(_)) => {}
            ("resume", _) => {
                let help = "add a step `disconnect` before it";
                self.problem("connected", at, "`resume` while there is a connection", help);
            }
            ("refused", Connection::Open) => {
                let help = "`refused` is the first step, or the one behind `resume`";
                self.problem("connected", at, "`refused` while there is a connection", help);
            }
            (_, Connection::Over(line)) => {
                let message = format!("`{key}` without a connection: it is over since line {line}");
                self.problem("not-connected", at, message, "add a step `resume` before it");
            }
            _ => {}
        }
    }

    fn send(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::SendStep = self.typed(at, "step `send`")?;
        let event = self.event(at.child("send"), &written.send, Side::Client);
        self.arguments(written.acknowledged, at, "acknowledged");
        let acknowledged = self.pattern(written.acknowledged, at, "acknowledged");
        let attachments = self.attachments(&written.attachments, at);
        let data = match written.invalid {
            true => self.invalid_data(event, written.data, at),
            false => self.data(event, written.data, at),
        };
        let step =
            Send { event: event?, data: data?, is_invalid: written.invalid, acknowledged, attachments };
        Some((format!("send {}", written.send), StepKind::Send(step)))
    }

    /// What is sent: as it is written, else what the schema leaves no choice about.
    fn data(&mut self, event: Option<EventIdx>, data: Written, at: At<'_>) -> Option<Template> {
        let template = match self.template(data, at, "data") {
            Some(template) => template,
            None => Template::of(&self.session.protocol.constants(event?)),
        };
        let (Some(event), Some(payload)) = (event, template.constant()) else { return Some(template) };
        let violations = self.session.protocol.violations(event, &payload);
        let is_written = data.0;
        for violation in &violations {
            let ((position, pointer), help) = if is_written {
                (at.child("data").deeper(&violation.at), "what is sent keeps the contract, too")
            } else {
                (at.child("send").here(), "its schema leaves a choice: write `data`")
            };
            let place = self.scope.place(position, &pointer);
            self.scope.problem("payload", place, format!("what is sent is not valid: {violation}"), help);
        }
        violations.is_empty().then_some(template)
    }

    /// What is sent to be refused: as it is written, which is not valid.
    fn invalid_data(&mut self, event: Option<EventIdx>, data: Written, at: At<'_>) -> Option<Template> {
        let Some(template) = self.template(data, at, "data") else {
            self.problem(
                "payload",
                at,
                "`invalid` without `data`",
                "write the `data` that breaks the schema",
            );
            return None;
        };
        if let (Some(event), Some(payload)) = (event, template.constant())
            && self.session.protocol.violations(event, &payload).is_empty()
        {
            let help = "take `invalid` away, or break the schema";
            self.problem("payload", at, "the `data` is meant to be invalid, and is valid", help);
        }
        Some(template)
    }

    fn attachments(&mut self, texts: &[String], at: At<'_>) -> Vec<Vec<u8>> {
        if !texts.is_empty() {
            self.socket_io_only("attachments", at);
        }
        let decoded = texts.iter().enumerate().filter_map(|(n, text)| match BASE64.decode(text.as_bytes()) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let (position, pointer) = at.child("attachments").deeper(&format!("/{n}"));
                let place = self.scope.place(position, &pointer);
                let help = "padding is part of it: `AAE=`";
                self.scope.problem("base64", place, format!("this is no base64: {error}"), help);
                None
            }
        });
        decoded.collect()
    }

    fn socket_io_only(&mut self, key: &str, at: At<'_>) {
        if self.session.channel().transport != Transport::SocketIo {
            let (position, pointer) = at.child(key).here();
            let place = self.scope.place(position, &pointer);
            let message = format!("`{key}` on a channel that is not Socket.IO");
            self.scope.problem("transport", place, message, "take it away");
        }
    }

    fn expect(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let (name, expect) = self.one_expect(at)?;
        Some((format!("expect {name}"), StepKind::Expect(vec![expect])))
    }

    fn one_expect(&mut self, at: At<'_>) -> Option<(String, Expect)> {
        let written: written::ExpectStep = self.typed(at, "step `expect`")?;
        let before = self.scope.names.clone();
        let event = self.event(at.child("expect"), &written.expect, Side::Server);
        let data = self.pattern(written.data, at, "data");
        self.arguments(written.acknowledge, at, "acknowledge");
        let acknowledge = self.template(written.acknowledge, at, "acknowledge");
        if written.times.min == 0 {
            // What may not come captures nothing that later steps can rely on.
            self.scope.names = before;
        }
        let event = event?;
        self.expected.insert(event);
        let expect = Expect {
            line: at.node.position.line,
            event,
            within: written.within.map(|within| within.duration()),
            times: written.times,
            data,
            acknowledge,
        };
        Some((written.expect, expect))
    }

    fn any_order(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
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

    fn never(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::NeverStep = self.typed(at, "step `never`")?;
        let event = self.event(at.child("never"), &written.never, Side::Server);
        let before = self.scope.names.clone();
        let data = self.pattern(written.data, at, "data");
        self.scope.names = before;
        let quiet = written.quiet.map_or(QUIET, |quiet| quiet.duration());
        Some((format!("never {}", written.never), StepKind::Never(Never { event: event?, data, quiet })))
    }

    fn request(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::RequestStep = self.typed(at, "step `request`")?;
        let (node, pointer) = (at.node.get("request")?, format!("{}/request", at.pointer));
        let request = At { node, pointer: &pointer };
        let text = format!("request {} {}", written.request.method, written.request.path);
        if !is_token(&written.request.method) {
            let message = format!("`{}` is no HTTP method", written.request.method);
            self.problem("request", request, message, "write `GET` or `POST`");
        }
        if !written.request.path.starts_with('/') {
            let message = format!("`{}` is no path", written.request.path);
            self.problem("request", request, message, "begin it with `/`; it is relative to the target");
        }
        let path = Template::read(node.get("path")?, &format!("{pointer}/path"), self.scope);
        let headers = written.request.headers.keys().filter_map(|name| {
            let node = node.get("headers")?.get(name)?;
            Some((name.clone(), self.header(At { node, pointer: &format!("{pointer}/headers/{name}") })))
        });
        let headers = headers.collect();
        let body = self.template(written.request.body, request, "body");
        let answer = written.response.as_ref();
        let (status, answer) = (answer.and_then(|answer| answer.status), answer.map(|answer| answer.body));
        let response = at.node.get("response").and_then(|node| {
            self.pattern(answer?, At { node, pointer: &format!("{}/response", at.pointer) }, "body")
        });
        let method = written.request.method;
        Some((
            text,
            StepKind::Request(Box::new(HttpRequest { method, path, headers, body, status, response })),
        ))
    }

    fn header(&mut self, at: At<'_>) -> Template {
        let text = at.node.as_str().unwrap_or_default();
        let place = self.scope.place(at.node.position, at.pointer);
        let resolved = resolve(text, &place, self.environment, self.scope);
        // What comes from the environment is no template.
        if resolved == text {
            Template::read(at.node, at.pointer, self.scope)
        } else {
            Template::of(&resolved.into())
        }
    }

    fn refused(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::RefusedStep = self.typed(at, "step `refused`")?;
        let contract = self.session.rules().refusal.clone().unwrap_or_default();
        let said = written.refused.unwrap_or_default();
        // The contract's status is that of an HTTP handshake, and its message that of Socket.IO's CONNECT_ERROR.
        let is_socket_io = self.session.channel().transport == Transport::SocketIo;
        let refused = Refused {
            status: said.status.or(contract.status.filter(|_| !is_socket_io)),
            message: said.message.or(contract.message.filter(|_| is_socket_io)),
        };
        Some(("refused".to_owned(), StepKind::Refused(refused)))
    }

    fn disconnect(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let _: written::DisconnectStep = self.typed(at, "step `disconnect`")?;
        Some(("disconnect".to_owned(), StepKind::Disconnect))
    }

    fn resume(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::ResumeStep = self.typed(at, "step `resume`")?;
        let Some(after) = written.resume.and_then(|point| point.after) else {
            return Some(("resume".to_owned(), StepKind::Resume(None)));
        };
        let event = self.event(at.child("resume"), &after, Side::Server)?;
        if !self.expected.contains(&event) {
            let message = format!("`resume` after `{after}`, which no step before expects");
            self.problem(
                "resume",
                at,
                message,
                format!("add `expect: {after}` before the connection is lost"),
            );
        }
        Some((format!("resume after {after}"), StepKind::Resume(Some(event))))
    }

    fn close(&mut self, at: At<'_>) -> Option<(String, StepKind)> {
        let written: written::CloseStep = self.typed(at, "step `close`")?;
        let how = written.close.unwrap_or_default();
        let by = match how.by {
            CloseBy::Client => "client",
            CloseBy::Server => "server",
        };
        Some((format!("close by {by}"), StepKind::Close(Close { codes: how.code.0, by: how.by })))
    }

    /// The event `name`, which must travel on the channel from that side.
    fn event(&mut self, at: Key<'_>, name: &str, from: Side) -> Option<EventIdx> {
        let session = self.session;
        let contract = &session.protocol.contract;
        let events = session.protocol.direction(session.channel_idx, from);
        if let Some(event) = events.iter().find(|event| contract[**event].name == name) {
            return Some(*event);
        }
        let (position, pointer) = at.here();
        let place = self.scope.place(position, &pointer);
        let (other, who, turned) = match from {
            Side::Server => (Side::Client, "server", "`send` it"),
            Side::Client => (Side::Server, "client", "`expect` it"),
        };
        let sent_back = session.protocol.direction(session.channel_idx, other);
        if sent_back.iter().any(|event| contract[*event].name == name) {
            let message = format!("`{name}` is no event that the {who} sends");
            self.scope.problem("wrong-direction", place, message, format!("{turned} instead"));
            return None;
        }
        let known: Vec<_> = events.iter().map(|event| contract[*event].name.as_str()).collect();
        let help = match nearest(name, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("the {who} sends nothing on `{}`", session.channel().key),
            None => format!("known are: {}", known.join(", ")),
        };
        let message = format!("`{name}` is no event of the channel `{}`", session.channel().key);
        self.scope.problem("unknown-event", place, message, help);
        None
    }

    fn pattern(&mut self, written: Written, at: At<'_>, key: &str) -> Option<Pattern> {
        let node = at.node.get(key).filter(|_| written.0)?;
        Some(Pattern::read(node, &format!("{}/{key}", at.pointer), self.scope))
    }

    fn template(&mut self, written: Written, at: At<'_>, key: &str) -> Option<Template> {
        let mut node = at.node.get(key).filter(|_| written.0)?.clone();
        let pointer = format!("{}/{key}", at.pointer);
        fill(&mut node, &pointer, self.environment, self.scope);
        Some(Template::read(&node, &pointer, self.scope))
    }

    /// Checks that `key`, where it is written, is a list of arguments, on a transport that has such.
    fn arguments(&mut self, written: Written, at: At<'_>, key: &str) {
        let Some(node) = at.node.get(key).filter(|_| written.0) else { return };
        self.socket_io_only(key, at);
        if node.as_array().is_none() {
            let place = self.scope.place(node.position, &format!("{}/{key}", at.pointer));
            let message = format!("`{key}` is {}, and a list of arguments is wanted", node.type_name());
            self.scope.problem("session", place, message, format!("write `{key}: [ok]`"));
        }
    }

    fn typed<T: DeserializeOwned>(&mut self, at: At<'_>, what: &str) -> Option<T> {
        typed(at.node, at.pointer, what, self.scope)
    }

    fn problem(
        &mut self,
        code: &'static str,
        at: At<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place: Place = self.scope.place(at.node.position, at.pointer);
        self.scope.problem(code, place, message, help);
    }
}

/// A member of a step.
#[derive(Clone, Copy)]
struct Key<'n> {
    step: At<'n>,
    key: &'n str,
}

impl<'n> At<'n> {
    fn child(self, key: &'n str) -> Key<'n> {
        Key { step: self, key }
    }
}

impl Key<'_> {
    /// Where it stands.
    fn here(self) -> (Position, String) {
        self.deeper("")
    }

    /// Where the value at `pointer` in it stands, or what is nearest.
    fn deeper(self, pointer: &str) -> (Position, String) {
        let member = self.step.node.get(self.key).unwrap_or(self.step.node);
        let node = member.pointer(pointer).unwrap_or(member);
        (node.position, format!("{}/{}{pointer}", self.step.pointer, self.key))
    }
}

/// A step that is only a name, as the object it stands for.
fn bare(node: &Node) -> Option<Node> {
    let step: BareStep = handfast_codegen::load::from_node(node).ok().filter(|_| node.as_str().is_some())?;
    let key = match step {
        BareStep::Disconnect => "disconnect",
        BareStep::Resume => "resume",
        BareStep::Close => "close",
        BareStep::Refused => "refused",
    };
    let nothing = Node { position: node.position, kind: NodeKind::Null };
    let entry = handfast_codegen::load::Entry { key_position: node.position, value: nothing };
    let kind = NodeKind::Object(std::iter::once((key.to_owned(), entry)).collect());
    Some(Node { position: node.position, kind })
}

/// Whether `text` is a token (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
