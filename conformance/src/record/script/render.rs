//! Writes steps down as a session's file.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::captures::{self, Capture, Place, segments};
use super::connect::{is_kept, variable};
use super::conversation::{Conversation, Did};
use super::group::{Key, Part, Step, Variation};
use super::schema::facts;
use super::yaml::{Entries, Node, Writer};
use super::{Heading, Script, name, pattern, places};
use crate::record::trace::Exchange;
use crate::session::{DEADLINE, Protocol};
use crate::transport::Peer;

/// From here on, what was slow in the recording has a deadline of its own.
const SLOW: Duration = Duration::from_millis(DEADLINE.as_millis() as u64 / 2);

/// All that a session's file is written from.
pub struct Rendering<'r> {
    pub protocol: &'r Protocol,
    pub conversation: &'r Conversation,
    pub steps: &'r [Step],
    pub captures: &'r [Capture],
}

/// The session's file.
pub fn session(rendering: &Rendering<'_>, heading: &Heading) -> Script {
    let mut out = Writer::default();
    out.line(0, "session", &heading.name.as_str().into());
    out.line(0, "contract", &heading.contract.as_str().into());
    out.flow("connect", &rendering.connect());
    for (key, value) in rendering.head() {
        out.line(0, &key, &value);
    }
    out.open("steps");
    let steps = rendering.steps_in_groups();
    for step in &steps {
        match step {
            Written::One(entries) => out.item(2, entries),
            Written::AnyOrder(members) => out.group(2, "any-order", members),
        }
    }
    if steps.is_empty() {
        out.empty();
    }
    let text = out.finish();
    let variables = variables(&text);
    Script { text, n_steps: steps.len(), variables }
}

/// An entry of a mapping.
fn entry(key: &str, value: impl Into<Node>) -> (String, Node) {
    (key.to_owned(), value.into())
}

enum Written {
    One(Entries),
    AnyOrder(Vec<Entries>),
}

/// The environment variables that `text` names.
fn variables(text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (start, _) in text.match_indices('$') {
        let name: String =
            text[start + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_') {
            found.insert(name);
        }
    }
    found.into_iter().collect()
}

impl Rendering<'_> {
    fn connect(&self) -> Entries {
        let connect = &self.conversation.connect;
        let channel = &self.protocol.contract.channels[self.conversation.channel_idx];
        let named = |pairs: &[(String, String)]| -> Value {
            let value = |value: &str| Value::from(variable(value).unwrap_or(value));
            pairs.iter().map(|(name, text)| (name.clone(), value(text))).collect()
        };
        let mut entries = vec![entry("channel", channel.key.as_str())];
        if !connect.query.is_empty() {
            entries.push(entry("query", named(&connect.query)));
        }
        // What is a variable only in part can't be said here.
        let sayable = |(_, value): &&(String, String)| !value.contains("{{$") || variable(value).is_some();
        let headers: Vec<_> = connect.headers.iter().filter(sayable).cloned().collect();
        if !headers.is_empty() {
            entries.push(entry("headers", named(&headers)));
        }
        if let Some(token) = &connect.token {
            let refused = self.conversation.turns.iter().any(|turn| matches!(turn.did, Did::Refused { .. }));
            let token = if refused { "not-a-token" } else { variable(token).unwrap_or(token) };
            entries.push(entry("token", token));
        }
        entries.extend(connect.last_event_id.iter().map(|id| entry("last-event-id", id.as_str())));
        entries
    }

    /// What stands between `connect` and `steps`.
    fn head(&self) -> Entries {
        let mut entries = Vec::new();
        let slowest = self.conversation.turns.iter().filter_map(|turn| match &turn.did {
            Did::Asked(exchange) => Some(Duration::from_millis(exchange.took_ms)),
            _ => None,
        });
        if let Some(slowest) = slowest.max().filter(|slowest| *slowest > SLOW) {
            entries.push(entry("deadline", patience(slowest)));
        }
        if self.conversation.began_before {
            entries.push(entry("unmatched", "allow"));
        }
        if captures::began_late(self.protocol, self.events(), self.is_filtered()) {
            entries.push(entry("joins-late", true));
        }
        entries
    }

    fn events(&self) -> impl Iterator<Item = (handfast_codegen::model::EventIdx, &Value)> {
        self.conversation.turns.iter().filter_map(|turn| match &turn.did {
            Did::Came { event, payload, .. } | Did::Sent { event, payload, .. } => Some((*event, payload)),
            _ => None,
        })
    }

    /// Whether the query leaves events out, of lifecycles as well.
    fn is_filtered(&self) -> bool {
        let filter = self.protocol.contract.rules.filter.as_ref();
        filter.is_some_and(|filter| {
            self.conversation.connect.query.iter().any(|(name, _)| *name == filter.query)
        })
    }

    fn steps_in_groups(&self) -> Vec<Written> {
        let mut written = Vec::new();
        let mut rest = self.steps;
        let mut n = 0;
        while let Some(first) = rest.first() {
            let n_members = match first.group {
                Some(_) => rest.iter().take_while(|step| step.group == first.group).count(),
                None => 1,
            };
            let (members, after) = rest.split_at(n_members);
            let entries: Vec<Entries> =
                members.iter().enumerate().map(|(m, step)| self.step(n + m, step)).collect();
            match first.group {
                Some(_) => written.push(Written::AnyOrder(entries)),
                None => written.extend(entries.into_iter().map(Written::One)),
            }
            n += n_members;
            rest = after;
        }
        written
    }

    fn step(&self, n: usize, step: &Step) -> Entries {
        match &step.turn.did {
            Did::Sent { event, payload, attachments, .. } => {
                let mut entries = vec![entry("send", name(self.protocol, *event))];
                if !self.protocol.violations(*event, payload).is_empty() {
                    entries.push(entry("invalid", true));
                }
                if *payload != self.protocol.constants(*event) {
                    entries.extend(self.part(n, Key::Data).map(|data| entry("data", data)));
                }
                entries
                    .extend(self.part(n, Key::Acknowledgement).map(|answer| entry("acknowledged", answer)));
                if !attachments.is_empty() {
                    entries.push(entry("attachments", attachments.clone()));
                }
                entries
            }
            Did::Came { event, .. } => self.expect(n, step, name(self.protocol, *event)),
            Did::Asked(exchange) => self.request(n, exchange),
            Did::Refused { status, message } => {
                let mut how: Entries = status.iter().map(|status| entry("status", *status)).collect();
                how.extend(message.iter().map(|message| entry("message", message.as_str())));
                vec![("refused".to_owned(), Node::Map(how))]
            }
            Did::Closed { by, code } => self.closed(*by, *code),
            Did::Dropped => vec![entry("disconnect", Value::Null)],
        }
    }

    fn expect(&self, n: usize, step: &Step, event: &str) -> Entries {
        let mut entries = vec![entry("expect", event)];
        if step.is_any_number {
            entries.push(entry("times", "1.."));
        } else if step.n_times > 1 {
            entries.push(entry("times", step.n_times));
        }
        if step.gap > SLOW {
            entries.push(entry("within", patience(step.gap)));
        }
        let is_telling = |data: &Value| !data.is_null() && *data != json!({});
        let data = self.part(n, Key::Data).map(|data| self.without_name(data)).filter(is_telling);
        entries.extend(data.map(|data| entry("data", data)));
        entries.extend(self.part(n, Key::Acknowledgement).map(|answer| entry("acknowledge", answer)));
        entries
    }

    /// A payload without the event's name, which the step says.
    fn without_name(&self, mut data: Value) -> Value {
        let path = self.protocol.contract.rules.name_path();
        if let Some([name]) = path.as_deref()
            && let Value::Object(members) = &mut data
        {
            members.remove(name);
        }
        data
    }

    fn request(&self, n: usize, exchange: &Exchange) -> Entries {
        let mut request = vec![entry("method", exchange.method.as_str())];
        request.extend(self.part(n, Key::Path).map(|path| entry("path", path)));
        let headers = self.request_headers(exchange);
        if !headers.is_empty() {
            request.push(("headers".to_owned(), Node::Map(headers)));
        }
        request.extend(self.part(n, Key::Body).map(|body| entry("body", body)));
        let mut response: Entries = exchange.status.iter().map(|status| entry("status", *status)).collect();
        let body = self.part(n, Key::Response);
        // What a server answers to a mere question depends on what else it holds.
        let body = if exchange.method == "GET" { body.and_then(|body| captured_only(&body)) } else { body };
        response.extend(body.map(|body| entry("body", body)));
        vec![("request".to_owned(), Node::Map(request)), ("response".to_owned(), Node::Map(response))]
    }

    /// The headers of a request that are worth keeping. The session's token goes with every request, and is not said again; any
    /// other secret is a variable that holds the whole value.
    fn request_headers(&self, exchange: &Exchange) -> Entries {
        let kept =
            exchange.headers.iter().filter(|(name, value)| is_kept(name) && !self.is_login(name, value));
        kept.map(|(name, value)| match (variable(value), prefix_of(value)) {
            (Some(variable), _) => entry(name, variable),
            (None, Some(prefix)) => {
                entry(name, format!("${prefix}_{}", name.replace('-', "_").to_ascii_uppercase()))
            }
            (None, None) => entry(name, value.as_str()),
        })
        .collect()
    }

    fn is_login(&self, name: &str, value: &str) -> bool {
        let bearer = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer "));
        name == "authorization" && bearer.is_some() && bearer == self.conversation.connect.token.as_deref()
    }

    fn closed(&self, by: Peer, code: Option<u16>) -> Entries {
        let is_under_way = captures::under_way(self.protocol, self.events());
        // A client that leaves while something is under way does not see the end of it: what comes meanwhile is not missed.
        if by == Peer::Client && is_under_way {
            return vec![entry("disconnect", Value::Null)];
        }
        let code = code.filter(|code| matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999));
        let mut how: Entries = code.iter().map(|code| entry("code", *code)).collect();
        how.push(entry("by", if by == Peer::Client { "client" } else { "server" }));
        vec![("close".to_owned(), Node::Map(how))]
    }

    /// A part of the step `n` as it is written.
    fn part(&self, n: usize, key: Key) -> Option<Value> {
        let m = self.steps[n].parts.iter().position(|part| part.key == key)?;
        let part = &self.steps[n].parts[m];
        if key == Key::Path {
            return Some(Value::from(self.path(n, m, part.value.as_str().unwrap_or_default())));
        }
        let is_whole =
            |pointer: &str| matches!(part.varies.get(pointer), Some(Variation::Value | Variation::Type));
        Some(places::map(&part.value, "", &is_whole, &mut |pointer, value| {
            self.leaf(part, &Place { step: n, part: m, pointer: pointer.to_owned() }, value)
        }))
    }

    fn leaf(&self, part: &Part, place: &Place, value: &Value) -> Value {
        if let Some(said) = self.said(place, value) {
            return Value::from(said);
        }
        let variation = part.varies.get(&place.pointer).copied();
        if part.from == Peer::Client {
            return match pattern::generator(value, variation) {
                Some(word) => json!(format!("{{{{{word}}}}}")),
                None => self.with_captures(place, value),
            };
        }
        let facts = facts(&self.protocol.contract.schemas, part.schema, &place.pointer);
        let is_own_wording = !facts.is_listed && pattern::is_prose(value) && !self.is_echo(value, place.step);
        match pattern::matcher(&facts, &place.pointer, value, variation) {
            None if is_own_wording => json!("{{string}}"),
            Some(word) => json!(format!("{{{{{word}}}}}")),
            None => match self.with_captures(place, value) {
                replaced if replaced != *value => replaced,
                value => pattern::literal(&value),
            },
        }
    }

    /// Whether the client said `value` before.
    fn is_echo(&self, value: &Value, step: usize) -> bool {
        let said = self.steps[..step].iter().flat_map(|step| &step.parts);
        said.filter(|part| part.from == Peer::Client).any(|part| {
            let mut is_said = false;
            places::leaves(&part.value, &mut |_, leaf| is_said |= leaf == value);
            is_said
        })
    }

    /// How a value is captured at `place`, or what it was captured as before.
    fn said(&self, place: &Place, value: &Value) -> Option<String> {
        let step = &self.steps[place.step];
        let part = &step.parts[place.part];
        let varies = matches!(part.varies.get(&place.pointer), Some(Variation::Value | Variation::Type));
        let capture =
            self.captures.iter().find(|capture| capture.value == *value && !(varies && step.n_times > 1))?;
        if capture.place == *place {
            return Some(format!("{{{{{} as {}}}}}", capture.word, capture.name));
        }
        self.is_known(capture, place).then(|| format!("{{{{{}}}}}", capture.name))
    }

    /// Whether `capture` has been made when `place` is reached.
    fn is_known(&self, capture: &Capture, place: &Place) -> bool {
        let (there, here) = (&capture.place, place);
        let is_before = (there.step, there.part) < (here.step, here.part)
            || (there.step, there.part) == (here.step, here.part) && there.pointer < here.pointer;
        let group = self.steps[there.step].group;
        // What has no order can't rely on one another.
        is_before && (there.step == here.step || group.is_none() || group != self.steps[here.step].group)
    }

    /// A longer string with what was captured before in it.
    fn with_captures(&self, place: &Place, value: &Value) -> Value {
        let Value::String(text) = value else { return value.clone() };
        let mut replaced = text.clone();
        for capture in self.captures {
            if let Value::String(known) = &capture.value
                && known.len() >= 8
                && text != known
                && replaced.contains(known.as_str())
                && self.is_known(capture, place)
            {
                replaced = replaced.replace(known.as_str(), &format!("{{{{{}}}}}", capture.name));
            }
        }
        Value::from(replaced)
    }

    fn path(&self, n: usize, m: usize, path: &str) -> String {
        let mut written = String::new();
        let mut rest = path;
        for (segment_idx, segment) in segments(path).enumerate() {
            let place = Place { step: n, part: m, pointer: segment_idx.to_string() };
            written.push_str(&self.segment(&place, segment));
            rest = &rest[segment.len()..];
            // What separates two segments is one character.
            let (separator, after) = rest.split_at(rest.len().min(1));
            written.push_str(separator);
            rest = after;
        }
        written
    }

    fn segment(&self, place: &Place, segment: &str) -> String {
        let number = segment.parse::<u64>().ok().map(Value::from);
        let said = self.said(place, &Value::from(segment)).or_else(|| self.said(place, &number?));
        said.unwrap_or_else(|| match pattern::is_uuid(segment) {
            true => "{{uuid}}".to_owned(),
            false => segment.to_owned(),
        })
    }
}

/// The captures of a pattern, without what is only compared.
fn captured_only(pattern: &Value) -> Option<Value> {
    match pattern {
        Value::String(text) if text.contains(" as ") && text.starts_with("{{") => Some(pattern.clone()),
        Value::Object(members) => {
            let kept: serde_json::Map<_, _> = members
                .iter()
                .filter_map(|(name, member)| Some((name.clone(), captured_only(member)?)))
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        // An array is compared item by item, so that the others have to be there.
        Value::Array(items) if items.iter().any(|item| captured_only(item).is_some()) => Some(Value::Array(
            items.iter().map(|item| captured_only(item).unwrap_or_else(|| json!("{{any}}"))).collect(),
        )),
        _ => None,
    }
}

/// What the name of the first secret in `value` begins with.
fn prefix_of(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("{{$")?;
    rest.split(['_', '}']).next()
}

/// Twice as long as it took, in whole seconds.
fn patience(took: Duration) -> Value {
    Value::from(format!("{}s", (2 * took).as_secs() + 1))
}
