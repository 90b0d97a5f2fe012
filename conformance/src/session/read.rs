//! Reads a session's file: the part around its steps.

use std::path::Path;
use std::sync::Arc;

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, nearest};
use handfast_codegen::load::{Entry, Node, NodeKind, Position, from_node};
use handfast_codegen::model::{Contract, Transport};
use handfast_codegen::pointer::pointer_push;
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::environment::{fill, resolve};
use super::written::{Refusals, SessionFile, Unmatched};
use super::{Handshake, Loader, LoginError, Session, login, steps};
use crate::interpret;
use crate::pattern::{Scope, Template};

/// Reads the session `root` of the file at `path`, to be judged by `contract` where it is given, else by its own.
pub fn session(
    loader: &mut Loader<'_>,
    path: &Path,
    root: &Node,
    contract: Option<&Path>,
) -> Result<Session, Diagnostics> {
    let file = path.display().to_string();
    let mut scope = Scope::new(&file);
    let Some(written) = typed::<SessionFile>(root, "", "session", &mut scope) else {
        return Err(Diagnostics::new(scope.problems).unwrap_or_else(|| unread(&file)));
    };
    let own = path.parent().unwrap_or(Path::new("")).join(&written.contract);
    let protocol = loader.protocol(contract.unwrap_or(&own))?;
    let Some(channel_idx) = channel(&written, root, &protocol.contract, &mut scope) else {
        return Err(Diagnostics::new(scope.problems).unwrap_or_else(|| unread(&file)));
    };
    let mut session = Session {
        name: written.session,
        file: file.clone(),
        channel_idx,
        parameters: written.connect.parameters,
        query: written.connect.query,
        headers: written.connect.headers,
        token: written.connect.token,
        auth: None,
        auth_event: None,
        last_event_id: written.connect.last_event_id,
        handshake: Handshake::default(),
        max_time: written.max_time.map(|longest| longest.duration()),
        deadline: written.deadline.map(|deadline| deadline.duration()),
        allows_unmatched: written.unmatched == Unmatched::Allow,
        judges_refusals: written.refusals == Refusals::Judge,
        bystander: bystander(loader, path, root, contract)?,
        joins_late: written.joins_late,
        needs: written.needs,
        steps: Vec::new(),
        protocol,
    };
    connect(&mut session, root, loader, &mut scope);
    session.steps = steps::read(&session, root, loader.environment, &mut scope);
    match Diagnostics::new(scope.problems) {
        None => Ok(session),
        Some(problems) => Err(problems),
    }
}

/// The other client of the session `root`, as a session of its own: what it does not say is as in that session.
fn bystander(
    loader: &mut Loader<'_>,
    path: &Path,
    root: &Node,
    contract: Option<&Path>,
) -> Result<Option<Arc<Session>>, Diagnostics> {
    const OF_ITS_OWN: [&str; 4] = ["bystander", "unmatched", "refusals", "steps"];
    let Some((members, own)) = root.as_object().zip(root.get("bystander").and_then(Node::as_object)) else {
        return Ok(None);
    };
    let mut members = members.clone();
    members.retain(|key, _| !OF_ITS_OWN.contains(&key.as_str()));
    members.extend(own.iter().map(|(key, entry)| (key.clone(), entry.clone())));
    let position = root.get("bystander").map_or(root.position, |node| node.position);
    let nothing = Node { position, kind: NodeKind::Array(Vec::new()) };
    members.entry("steps".to_owned()).or_insert(Entry { key_position: position, value: nothing });
    let other = Node { position, kind: NodeKind::Object(members) };
    session(loader, path, &other, contract).map(|one| Some(Arc::new(one)))
}

/// `node` as a `T`; what does not fit is a problem.
pub fn typed<T: DeserializeOwned>(
    node: &Node,
    pointer: &str,
    what: &str,
    scope: &mut Scope<'_>,
) -> Option<T> {
    match from_node(node) {
        Ok(value) => Some(value),
        Err(misfit) => {
            let place = scope.place(misfit.position.unwrap_or(node.position), pointer);
            scope.problems.push(match misfit.unknown {
                Some((key, known)) => {
                    Diagnostic::unknown_key(place, &format!("key of a {what}"), &key, known.iter().copied())
                }
                None => Diagnostic::new("session", place, format!("this is no {what}: {}", misfit.message))
                    .help("docs/session.md shows what it is like"),
            });
            None
        }
    }
}

/// For the case that nothing was read and nothing was wrong, which can't be.
fn unread(file: &str) -> Diagnostics {
    Diagnostic::new("session", Scope::new(file).place(Position::default(), ""), "this is no session").into()
}

fn channel(written: &SessionFile, root: &Node, contract: &Contract, scope: &mut Scope<'_>) -> Option<usize> {
    let key = &written.connect.channel;
    let found = contract.channels.iter().position(|channel| channel.key == *key);
    if found.is_none() {
        let known: Vec<_> = contract.channels.iter().map(|channel| channel.key.as_str()).collect();
        let pointer = "/connect/channel";
        let place = scope.place(position(root, pointer), pointer);
        let help = match nearest(key, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are: {}", known.join(", ")),
        };
        scope.problem(
            "unknown-channel",
            place,
            format!("`{key}` is no channel of {}", written.contract),
            help,
        );
    }
    found
}

/// The position of the node at `pointer`, or of the root.
pub fn position(root: &Node, pointer: &str) -> Position {
    root.pointer(pointer).unwrap_or(root).position
}

fn connect(session: &mut Session, root: &Node, loader: &Loader<'_>, scope: &mut Scope<'_>) {
    let mut resolved = |pointer: &str, value: &mut String| {
        let place = scope.place(position(root, pointer), pointer);
        *value = resolve(value, &place, loader.environment, scope);
    };
    for (key, value) in &mut session.parameters {
        resolved(&pointer_push("/connect/parameters", key), value);
    }
    for (key, value) in &mut session.query {
        resolved(&pointer_push("/connect/query", key), value);
    }
    for (key, value) in &mut session.headers {
        resolved(&pointer_push("/connect/headers", key), value);
    }
    if let Some(token) = &mut session.token {
        resolved("/connect/token", token);
    }
    let before = scope.attachments.len();
    session.handshake.parameters =
        placeholders(&mut session.parameters, root, "/connect/parameters", loader, scope);
    session.handshake.query = placeholders(&mut session.query, root, "/connect/query", loader, scope);
    session.handshake.headers = placeholders(&mut session.headers, root, "/connect/headers", loader, scope);
    session.handshake.auth = connect_auth(session, root, loader, scope);
    if scope.attachments.len() > before {
        let place = scope.place(position(root, "/connect"), "/connect");
        scope.problem("pattern", place, "nothing binary travels in a handshake", "take `$binary` away");
        scope.attachments.clear();
    }
    parameters(session, root, scope);
    query(session, root, scope);
    auth(session, root, scope);
}

/// Takes the members with placeholders out of `members`, which stand at `pointer`.
fn placeholders(
    members: &mut IndexMap<String, String>,
    root: &Node,
    pointer: &str,
    loader: &Loader<'_>,
    scope: &mut Scope<'_>,
) -> Vec<(String, Template)> {
    let mut templates = Vec::new();
    members.retain(|key, _| {
        let at = pointer_push(pointer, key);
        let written = root.pointer(&at).filter(|node| node.as_str().is_some_and(|text| text.contains("{{")));
        let Some(mut node) = written.cloned() else { return true };
        fill(&mut node, &at, loader.environment, scope);
        templates.push((key.clone(), Template::read(&node, &at, scope)));
        false
    });
    templates
}

/// What the CONNECT of Socket.IO says beside the token.
fn connect_auth(
    session: &Session,
    root: &Node,
    loader: &Loader<'_>,
    scope: &mut Scope<'_>,
) -> Option<Template> {
    let pointer = "/connect/auth";
    let mut node = root.pointer(pointer)?.clone();
    let place = scope.place(node.position, pointer);
    if session.channel().transport != Transport::SocketIo {
        scope.problem("transport", place, "`auth` on a channel that is not Socket.IO", "take it away");
        return None;
    }
    if node.as_object().is_none() {
        let message = format!("`auth` is {}, and an object is wanted", node.type_name());
        scope.problem("session", place, message, "write `auth: { tenant: one }`");
        return None;
    }
    fill(&mut node, pointer, loader.environment, scope);
    Some(Template::read(&node, pointer, scope))
}

/// Every parameter of the address has a value, and a value that it may have, unless the server is to refuse it.
fn parameters(session: &Session, root: &Node, scope: &mut Scope<'_>) {
    let channel = session.channel();
    let mut problem = |name: Option<&str>, message: String, help: String| {
        let pointer =
            name.map_or_else(|| "/connect".to_owned(), |name| pointer_push("/connect/parameters", name));
        let place = scope.place(position(root, &pointer), &pointer);
        scope.problem("parameter", place, message, help);
    };
    let known: Vec<&str> = channel.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let filled = session.handshake.parameters.iter().map(|(name, _)| name);
    for name in session.parameters.keys().chain(filled).filter(|name| !known.contains(&name.as_str())) {
        let message =
            format!("the address `{}` of `{}` has no parameter `{name}`", channel.address, channel.key);
        let help = match nearest(name, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "take it away".to_owned(),
        };
        problem(Some(name), message, help);
    }
    let is_refused = root.get("steps").is_some_and(|steps| mentions(steps, "refused"));
    for parameter in &channel.parameters {
        let name = &parameter.name;
        match session.parameters.get(name) {
            Some(value) if parameter.values.is_empty() || parameter.values.contains(value) || is_refused => {}
            Some(value) => problem(
                Some(name),
                format!("`{value}` is no value of the parameter `{name}`"),
                format!("write one of: {}", parameter.values.join(", ")),
            ),
            None if parameter.default.is_some() => {}
            None if session.handshake.parameters.iter().any(|(known, _)| known == name) => {}
            None => problem(
                None,
                format!("the address `{}` of `{}` wants a value of `{name}`", channel.address, channel.key),
                format!("write `parameters: {{ {name}: … }}` below `connect`"),
            ),
        }
    }
}

/// Whether a step in `steps`, or in their courses, is of that key.
fn mentions(steps: &Node, key: &str) -> bool {
    let is_one = |step: &Node| step.as_str() == Some(key) || step.get(key).is_some();
    let courses = |step: &Node| {
        step.get("one-of").is_some_and(|courses| {
            let of = |course: &Node| mentions(course.get("steps").unwrap_or(course), key) || is_one(course);
            courses.as_array().unwrap_or_default().iter().any(of)
        })
    };
    steps.as_array().unwrap_or_default().iter().any(|step| is_one(step) || courses(step))
}

fn query(session: &Session, root: &Node, scope: &mut Scope<'_>) {
    let Some(schema) = session.channel().query else { return };
    let query: Value =
        session.query.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    if !session.handshake.query.is_empty() {
        // What is filled in is not known yet.
        return;
    }
    for violation in interpret::violations(&session.protocol.plan, schema, &query) {
        let pointer = format!("/connect/query{}", violation.at);
        let known = if root.pointer(&pointer).is_some() { pointer.as_str() } else { "/connect" };
        let place = scope.place(position(root, known), &pointer);
        scope.problem(
            "query",
            place,
            format!("the query {violation}"),
            "see the channel's query in the contract",
        );
    }
}

fn auth(session: &mut Session, root: &Node, scope: &mut Scope<'_>) {
    session.auth = login::way(session.rules(), session.channel().transport);
    let Some(token) = &session.token else { return };
    match login::carrier(&session.protocol, session.auth.as_ref(), token) {
        Ok(event) => session.auth_event = event,
        Err(LoginError { message, help }) => {
            let place = scope.place(position(root, "/connect/token"), "/connect/token");
            scope.problem("auth", place, message, help);
        }
    }
}
