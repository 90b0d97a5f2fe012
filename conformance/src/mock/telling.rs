//! Makes what the server says: valid, as the session wants it, and in keeping with the rules of the contract.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::model::{EventIdx, Lifecycle, SchemaIdx, ValueRule, name_matches};
use handfast_codegen::pointer::pointer_tokens;
use serde_json::{Map, Value};

use super::inside::Inside;
use super::sample::Samples;
use super::script::Script;
use crate::matcher::recognise;
use crate::pattern::{Captures, Fresh, Pattern, matches};
use crate::rules::order::{Order, States};
use crate::session::Session;

/// The most values that are remembered of a kind; the oldest names stay.
const MAX_REMEMBERED: usize = 10_000;
/// How deep members are looked at that the client named.
const MAX_DEPTH: usize = 8;

/// What was said in a conversation, as far as it binds what is said next.
#[derive(Debug)]
pub struct Teller {
    samples: Arc<Samples>,
    fresh: Fresh,
    /// Per lifecycle of the contract: where each key, as JSON, is; the latest last.
    lives: Vec<Vec<(Value, States)>>,
    inside: Inside,
    /// The last scalar value that the client gave a member of this name.
    named: BTreeMap<String, Value>,
    /// Per rule: the values that were.
    unique: HashSet<(usize, String)>,
    /// Per rule and key: the highest value that was.
    highest: HashMap<(usize, String), Value>,
}

/// An event that is to be made.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// The event.
    pub event: EventIdx,
    /// What its payload is like.
    pub pattern: Option<&'w Pattern>,
    /// The session that wants it.
    pub script: Option<&'w Script>,
}

impl Teller {
    /// Says nothing yet.
    pub fn new(session: &Session, samples: Arc<Samples>, seed: u64, began: SystemTime) -> Self {
        Self {
            samples,
            fresh: Fresh::new(seed, began),
            lives: session.protocol.orders.iter().map(|_| Vec::new()).collect(),
            inside: Inside::new(session),
            named: BTreeMap::new(),
            unique: HashSet::new(),
            highest: HashMap::new(),
        }
    }

    /// It is now so late, since the mock began.
    pub fn at(&mut self, now: Duration) {
        self.fresh.now = now;
    }

    /// Where random choices come from.
    pub fn fresh(&mut self) -> &mut Fresh {
        &mut self.fresh
    }

    /// A payload of the event, and what the pattern captures of it.
    ///
    /// # Errors
    /// None is valid and fits; the message says why.
    pub fn make(&mut self, session: &Session, wanted: Wanted<'_>) -> Result<(Value, Captures), String> {
        let Wanted { event, pattern, script } = wanted;
        let none = Captures::default();
        let captures = script.map_or(&none, |script| &script.captures);
        let base = self.base(session, event);
        let mut payload = match (pattern, base) {
            (None, base) => base?,
            (Some(pattern), base) => pattern.instance(base.ok(), captures, &mut self.fresh),
        };
        let is_fixed =
            |pointer: &str| pattern.and_then(|pattern| pattern.at(pointer)?.known(captures)).is_some();
        self.live(session, wanted, &mut payload, &is_fixed);
        self.enclose(session, event, &mut payload, &is_fixed);
        self.rank(session, event, &mut payload, &is_fixed);
        let payload = recognise::named(session, &session.event(event).name, payload)
            .map_err(|found| format!("the session names it {found}"))?;
        if let Some(violation) = session.protocol.violations(event, &payload).first() {
            return Err(format!("no payload was found that is valid: {violation}"));
        }
        let Some(pattern) = pattern else { return Ok((payload, captures.clone())) };
        match matches(pattern, &payload, captures) {
            Ok(captures) => Ok((payload, captures)),
            Err(differences) => {
                let first = &differences[0];
                Err(format!(
                    "no payload was found that fits: `{}` is {}, not {}",
                    first.at, first.found, first.wanted
                ))
            }
        }
    }

    /// A valid payload, with what the client named.
    fn base(&mut self, session: &Session, event: EventIdx) -> Result<Value, String> {
        let Some(schema) = session.event(event).payload else {
            let is_named = session.rules().name_pointer().is_some();
            return Ok(if is_named { Value::Object(Map::new()) } else { Value::Null });
        };
        let value = self.samples.draw(&session.protocol, schema, &mut self.fresh)?;
        let mut named = value.clone();
        self.rename(&mut named, 0);
        Ok(if session.protocol.violations_of(schema, &named).is_empty() { named } else { value })
    }

    /// A value of a schema, or of a pattern, or of both: what answers a request.
    pub fn answer(
        &mut self,
        session: &Session,
        schema: Option<SchemaIdx>,
        pattern: Option<&Pattern>,
        captures: &Captures,
    ) -> (Value, Captures) {
        let base =
            schema.and_then(|schema| self.samples.draw(&session.protocol, schema, &mut self.fresh).ok());
        let Some(pattern) = pattern else { return (base.unwrap_or_default(), captures.clone()) };
        let value = pattern.instance(base, captures, &mut self.fresh);
        let captures = matches(pattern, &value, captures).unwrap_or_else(|_| captures.clone());
        (value, captures)
    }

    /// Gives scalar members the values that the client gave members of the same name.
    fn rename(&self, value: &mut Value, depth: usize) {
        match value {
            Value::Object(members) if depth < MAX_DEPTH => {
                for (name, member) in members {
                    match self.named.get(name) {
                        Some(named) if is_same_kind(named, member) => *member = named.clone(),
                        _ => self.rename(member, depth + 1),
                    }
                }
            }
            Value::Array(items) if depth < MAX_DEPTH => {
                items.iter_mut().for_each(|item| self.rename(item, depth + 1));
            }
            _ => {}
        }
    }

    /// The client said this: what it calls a project, a task, a user is called so from now on.
    pub fn remember(&mut self, value: &Value) {
        self.remember_at(value, 0);
    }

    fn remember_at(&mut self, value: &Value, depth: usize) {
        let Value::Object(members) = value else { return };
        for (name, member) in members {
            let is_id = name.to_ascii_lowercase().ends_with("id") && name.len() > 2;
            match member {
                Value::String(_) | Value::Number(_) if is_id && self.named.len() < MAX_REMEMBERED => {
                    self.named.insert(name.clone(), member.clone());
                }
                Value::Object(_) if depth < MAX_DEPTH => self.remember_at(member, depth + 1),
                _ => {}
            }
        }
    }

    /// Puts a key into the payload that its lifecycles allow now.
    fn live(
        &mut self,
        session: &Session,
        wanted: Wanted<'_>,
        payload: &mut Value,
        is_fixed: &dyn Fn(&str) -> bool,
    ) {
        let name = &session.event(wanted.event).name;
        let lifecycles = session.rules().lifecycles.iter().zip(&session.protocol.orders).zip(&self.lives);
        for ((lifecycle, order), lives) in lifecycles {
            let Some(pointer) = key_pointer(lifecycle, name).filter(|_| order.has(name)) else { continue };
            if is_fixed(pointer) {
                continue;
            }
            let rooms = self.inside.of(session, name).filter(|(of_room, _)| *of_room == pointer);
            let of_room = rooms
                .and_then(|(_, rooms)| rooms.iter().rev().find(|room| may_have(order, lives, room, name)));
            if let Some(room) = of_room {
                put(payload, pointer, room.clone());
                continue;
            }
            let ahead = wanted.script.map_or_else(Vec::new, |script| script.keys_ahead(&pointers(lifecycle)));
            let current = payload.pointer(pointer).cloned();
            if let Some(key) = next_key(order, lives, name, &ahead, current, &mut self.fresh) {
                put(payload, pointer, key);
            }
        }
    }

    /// Says it of a room that the client is in.
    fn enclose(
        &self,
        session: &Session,
        event: EventIdx,
        payload: &mut Value,
        is_fixed: &dyn Fn(&str) -> bool,
    ) {
        let Some((pointer, rooms)) = self.inside.of(session, &session.event(event).name) else { return };
        let is_inside = payload.pointer(pointer).is_none_or(|room| rooms.contains(room));
        if let Some(latest) = rooms.last().filter(|_| !is_inside && !is_fixed(pointer)) {
            put(payload, pointer, latest.clone());
        }
    }

    /// Keeps the rules about single values.
    fn rank(
        &mut self,
        session: &Session,
        event: EventIdx,
        payload: &mut Value,
        is_fixed: &dyn Fn(&str) -> bool,
    ) {
        let name = &session.event(event).name;
        for (n, rule) in covering(&session.rules().unique, name).filter(|(_, rule)| !is_fixed(&rule.value)) {
            let found = payload.pointer(&rule.value);
            if let Some(value) = found.filter(|value| self.unique.contains(&(n, value.to_string()))) {
                let other = another(value, &mut self.fresh);
                put(payload, &rule.value, other);
            }
        }
        for (n, rule) in covering(&session.rules().monotonic, name).filter(|(_, rule)| !is_fixed(&rule.value))
        {
            let highest = self.highest.get(&(n, key_of(rule, payload)));
            if let (Some(value), Some(highest)) = (payload.pointer(&rule.value), highest)
                && is_less(value, highest)
            {
                put(payload, &rule.value, highest.clone());
            }
        }
    }

    /// Whether a new or a known key may have this event next; one where it has no lifecycle.
    pub fn keys_for(&self, session: &Session, event: EventIdx, max_lives: usize) -> usize {
        let name = &session.event(event).name;
        let lifecycles = session.rules().lifecycles.iter().zip(&session.protocol.orders).zip(&self.lives);
        let rooms = self.inside.of(session, name);
        let mut n_keys = usize::from(rooms.is_none_or(|(_, rooms)| !rooms.is_empty()));
        for ((lifecycle, order), lives) in lifecycles {
            let Some(pointer) = key_pointer(lifecycle, name).filter(|_| order.has(name)) else { continue };
            if let Some((_, rooms)) = rooms.filter(|(of_room, _)| *of_room == pointer) {
                n_keys = n_keys.min(rooms.iter().filter(|room| may_have(order, lives, room, name)).count());
                continue;
            }
            let n_going = lives.iter().filter(|(_, states)| allows(order, states, name)).count();
            let n_open = lives.iter().filter(|(_, states)| !order.next(states, &never).is_empty()).count();
            let may_begin = allows(order, &order.start(), name) && n_open < max_lives;
            n_keys = n_keys.min(n_going + usize::from(may_begin));
        }
        n_keys
    }

    /// The client said this.
    pub fn heard(&mut self, session: &Session, event: EventIdx, payload: &Value) {
        self.inside.heard(session, &session.event(event).name, payload);
        self.said(session, event, payload);
        self.remember(payload);
    }

    /// This was said, by either side.
    pub fn said(&mut self, session: &Session, event: EventIdx, payload: &Value) {
        let name = &session.event(event).name;
        let lifecycles = session.rules().lifecycles.iter().zip(&session.protocol.orders).zip(&mut self.lives);
        for ((lifecycle, order), lives) in lifecycles {
            let key = key_pointer(lifecycle, name)
                .filter(|_| order.has(name))
                .and_then(|pointer| payload.pointer(pointer));
            if let Some(key) = key {
                step(order, lives, name, key);
            }
        }
        for (n, rule) in covering(&session.rules().unique, name) {
            if let Some(value) = payload.pointer(&rule.value).filter(|_| self.unique.len() < MAX_REMEMBERED) {
                self.unique.insert((n, value.to_string()));
            }
        }
        for (n, rule) in covering(&session.rules().monotonic, name) {
            if let Some(value) = payload.pointer(&rule.value) {
                let key = (n, key_of(rule, payload));
                let is_higher = self.highest.get(&key).is_none_or(|highest| is_less(highest, value));
                if is_higher && self.highest.len() < MAX_REMEMBERED {
                    self.highest.insert(key, value.clone());
                }
            }
        }
    }
}

fn never(_: &str) -> bool {
    false
}

fn allows(order: &Order, states: &States, name: &str) -> bool {
    !order.advance(states, name, &never).is_empty()
}

/// Whether the event `name` can be about `key` now.
fn may_have(order: &Order, lives: &[(Value, States)], key: &Value, name: &str) -> bool {
    match lives.iter().find(|(known, _)| known == key) {
        Some((_, states)) => allows(order, states, name),
        None => allows(order, &order.start(), name),
    }
}

/// The key that the event `name` can have now: one that the session names later on and that has not begun, the latest that
/// goes on with it, or a new one.
fn next_key(
    order: &Order,
    lives: &[(Value, States)],
    name: &str,
    ahead: &[Value],
    current: Option<Value>,
    fresh: &mut Fresh,
) -> Option<Value> {
    let named = ahead.iter().find(|key| may_have(order, lives, key, name));
    let going = lives.iter().rev().find(|(_, states)| allows(order, states, name)).map(|(key, _)| key);
    if let Some(key) = named.or(going) {
        return Some(key.clone());
    }
    let current = current?;
    let is_new = lives.iter().all(|(known, _)| *known != current);
    if is_new { Some(current) } else { Some(another(&current, fresh)) }
}

fn step(order: &Order, lives: &mut Vec<(Value, States)>, name: &str, key: &Value) {
    let known = lives.iter().position(|(known, _)| known == key).map(|index| lives.remove(index).1);
    let states = known.unwrap_or_else(|| order.start());
    let after = order.advance(&states, name, &never);
    let after = if after.is_empty() { order.advance(&order.anywhere(), name, &never) } else { after };
    lives.push((key.clone(), after));
    if lives.len() > MAX_REMEMBERED {
        lives.remove(0);
    }
}

fn key_pointer<'l>(lifecycle: &'l Lifecycle, name: &str) -> Option<&'l str> {
    let found = lifecycle.key.iter().find(|(pattern, _)| name_matches(pattern, name));
    found.map(|(_, pointer)| pointer.as_str())
}

fn pointers(lifecycle: &Lifecycle) -> Vec<(&str, &str)> {
    lifecycle.key.iter().map(|(pattern, pointer)| (pattern.as_str(), pointer.as_str())).collect()
}

fn covering<'r>(rules: &'r [ValueRule], name: &str) -> impl Iterator<Item = (usize, &'r ValueRule)> {
    rules.iter().enumerate().filter(move |(_, rule)| rule.covers(name))
}

fn key_of(rule: &ValueRule, payload: &Value) -> String {
    rule.key.as_ref().and_then(|pointer| payload.pointer(pointer)).map_or_else(String::new, Value::to_string)
}

fn is_less(value: &Value, than: &Value) -> bool {
    match (value, than) {
        (Value::Number(value), Value::Number(than)) => value.as_f64() < than.as_f64(),
        (Value::String(value), Value::String(than)) => value < than,
        _ => false,
    }
}

fn is_same_kind(one: &Value, other: &Value) -> bool {
    matches!((one, other), (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)))
}

/// A value like `value`, and another.
fn another(value: &Value, fresh: &mut Fresh) -> Value {
    match value {
        Value::String(text) if handfast::format::uuid(text) => fresh.uuid().into(),
        Value::String(text) => {
            let tail: String = fresh.uuid().chars().take(8).collect();
            let kept: String = text.chars().take_while(|char| *char != '~').collect();
            format!("{kept}~{tail}").into()
        }
        Value::Number(_) => Value::from(fresh.random().u32(..)),
        other => other.clone(),
    }
}

/// Sets what stands at `pointer`, where there is room for it.
fn put(payload: &mut Value, pointer: &str, value: Value) {
    let mut place = payload;
    for name in pointer_tokens(pointer).unwrap_or_default() {
        place = match place {
            Value::Object(members) => members.entry(name.into_owned()).or_insert(Value::Null),
            Value::Array(items) => match name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                Some(item) => item,
                None => return,
            },
            _ => return,
        };
    }
    *place = value;
}
