//! Reads the steps of a session and checks each against the contract and against the steps before it.

mod acting;
mod waiting;

use std::collections::BTreeSet;

use handfast_codegen::diagnostic::{Place, nearest};
use handfast_codegen::load::{Node, NodeKind, Position};
use handfast_codegen::model::{EventIdx, Side, Transport};
use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::environment::{Environment, fill};
use super::read::typed;
use super::values::Written;
use super::written::BareStep;
use super::{Session, Step, StepKind};
use crate::pattern::{Pattern, Scope, Template};

/// The keys that say what a step is, each with its reader.
const STEPS: [(&str, Read); 13] = [
    ("send", |reading, at| reading.send(at)),
    ("raw", |reading, at| reading.raw(at)),
    ("expect", |reading, at| reading.expect(at)),
    ("eventually", |reading, at| reading.expect(at)),
    ("any-order", |reading, at| reading.any_order(at)),
    ("one-of", |reading, at| reading.one_of(at)),
    ("never", |reading, at| reading.never(at)),
    ("request", |reading, at| reading.request(at)),
    ("accepted", |reading, at| reading.accepted(at)),
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
    here: Here,
    /// How many courses the step stands in, one within the other.
    n_courses: usize,
    steps: Vec<Step>,
}

/// What is expected since the connection was opened.
#[derive(Debug, Default)]
struct Here {
    events: BTreeSet<EventIdx>,
    /// How many events at most; any number where there is none.
    n_events: Option<u32>,
}

impl Here {
    fn new() -> Self {
        Self { events: BTreeSet::new(), n_events: Some(0) }
    }
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
    /// It is over after some of the courses at that line, and not after others.
    Either(usize),
}

/// Reads the steps of the session in `root`.
pub fn read(
    session: &Session,
    root: &Node,
    environment: &Environment<'_>,
    scope: &mut Scope<'_>,
) -> Vec<Step> {
    let nodes = root.get("steps").and_then(Node::as_array).unwrap_or_default();
    let mut reading = Reading {
        session,
        environment,
        scope,
        connection: Connection::Opening,
        expected: BTreeSet::new(),
        here: Here::new(),
        n_courses: 0,
        steps: Vec::new(),
    };
    reading.all(nodes, "/steps");
    reading.steps
}

impl Reading<'_, '_> {
    /// Reads steps that follow each other.
    fn all(&mut self, nodes: &[Node], pointer: &str) {
        for (n, node) in nodes.iter().enumerate() {
            self.step(At { node, pointer: &format!("{pointer}/{n}") });
        }
    }

    fn step(&mut self, at: At<'_>) {
        let bare = bare(at.node);
        let at = At { node: bare.as_ref().unwrap_or(at.node), ..at };
        let keys = at.node.as_object().into_iter().flat_map(|members| members.keys());
        let mut kinds = STEPS.iter().filter(|(key, _)| at.node.get(key).is_some());
        let Some((key, read)) = kinds.next() else {
            let key = keys.map(String::as_str).next().or(at.node.as_str()).unwrap_or("nothing").to_owned();
            return self.no_step(at, &key);
        };
        if let Some((other, _)) = kinds.next() {
            let message = format!("a step is one thing, and this one is both `{key}` and `{other}`");
            return self.problem("step", at, message, "make two steps of it");
        }
        self.connected(key, at);
        // Its place is taken before it is read: steps inside it stand behind it.
        let step_idx = self.place(at);
        let Some((text, kind)) = read(self, at) else { return };
        self.connection = match kind {
            StepKind::Refused(_) | StepKind::Disconnect | StepKind::Close(_) => {
                Connection::Over(at.node.position.line)
            }
            StepKind::Resume(_) => {
                self.here = Here::new();
                Connection::Opening
            }
            StepKind::OneOf(_) => self.connection,
            StepKind::Request(_) if self.connection != Connection::Opening => self.connection,
            _ => Connection::Open,
        };
        self.steps[step_idx] = Step { line: at.node.position.line, text, kind };
    }

    /// The number of a new step, which does nothing yet.
    fn place(&mut self, at: At<'_>) -> usize {
        let step_idx = self.steps.len();
        let (line, kind) = (at.node.position.line, StepKind::Join(step_idx + 1));
        self.steps.push(Step { line, text: "end of a course".to_owned(), kind });
        step_idx
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
            (_, Connection::Either(line)) => {
                let message = format!(
                    "`{key}` after courses that leave the connection in different states, in line {line}"
                );
                self.problem("connected", at, message, "let all of them close it, or none");
            }
            ("request", _)
            | ("refused" | "accepted", Connection::Opening)
            | ("resume", Connection::Over(_)) => {}
            ("resume", _) => {
                let help = "add a step `disconnect` before it";
                self.problem("connected", at, "`resume` while there is a connection", help);
            }
            ("refused" | "accepted", Connection::Open) => {
                let help = format!("`{key}` is the first step, or the one behind `resume`");
                self.problem("connected", at, format!("`{key}` while there is a connection"), help);
            }
            (_, Connection::Over(line)) => {
                let message = format!("`{key}` without a connection: it is over since line {line}");
                self.problem("not-connected", at, message, "add a step `resume` before it");
            }
            _ => {}
        }
    }

    fn socket_io_only(&mut self, key: &str, at: At<'_>) {
        if self.session.channel().transport != Transport::SocketIo {
            let (position, pointer) = at.child(key).here();
            let place = self.scope.place(position, &pointer);
            let message = format!("`{key}` on a channel that is not Socket.IO");
            self.scope.problem("transport", place, message, "take it away");
        }
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

    /// The patterns of headers in the member `headers` of the node, by names in lower case.
    fn headers(&mut self, written: &IndexMap<String, Written>, at: At<'_>) -> Vec<(String, Pattern)> {
        let headers = written.keys().filter_map(|name| {
            let node = at.node.get("headers")?.get(name)?;
            let pattern = Pattern::read_member(node, &format!("{}/headers/{name}", at.pointer), self.scope);
            Some((name.to_ascii_lowercase(), pattern))
        });
        headers.collect()
    }

    /// The bytes that the template `key`, which was just read, refers to.
    fn binaries(&mut self, at: At<'_>, key: &str) -> Vec<Vec<u8>> {
        let attachments = std::mem::take(&mut self.scope.attachments);
        if !attachments.is_empty() {
            self.socket_io_only(key, at);
        }
        attachments
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
