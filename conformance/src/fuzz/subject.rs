//! What can be attacked: the events that a client sends, and what of their payloads a conversation decides.

use handfast_codegen::model::{Auth, Contract, EventIdx, SchemaIdx, Side, Transport, name_matches};
use handfast_codegen::pointer::{pointer_push, pointer_tokens};
use serde_json::{Value, json};

use super::address::{Address, path};
use super::script::{self, Steps};
use crate::session::Protocol;

/// The name under which the key that an opener brings is captured, before its number.
pub const KEY: &str = "key";

/// An event that a client sends.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The event.
    pub event: EventIdx,
    /// Its name.
    pub name: String,
    /// The schema of its payload.
    pub schema: SchemaIdx,
    /// The channel it travels on.
    pub channel_idx: usize,
    /// How it travels.
    pub way: Way,
    /// The events that answer it.
    pub replies: Vec<String>,
    /// How many arguments acknowledge it, where it is acknowledged; one where that is not said.
    pub n_acknowledged: Option<usize>,
    /// What a server makes of a valid payload.
    pub legality: Legality,
    /// Values that the conversation decides: where they stand, and what is sent there.
    pub pins: Vec<(String, Value)>,
    /// The addresses that are tried with it: that of its request, and of the connection that stands for its stage.
    pub addresses: Vec<Address>,
    /// What brings the key without which it can't be sent, each time anew: the request, and the event that answers it.
    pub opener: Option<Opener>,
}

/// How an event travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// On the connection.
    Message,
    /// As an HTTP request.
    Request {
        /// The method.
        method: String,
        /// The path, below the target.
        path: String,
    },
}

/// What a server makes of a valid payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legality {
    /// It takes it.
    Accepted,
    /// It takes or refuses it, by what the schema does not say.
    Either,
    /// Nothing valid can be sent as things are: the contract forbids it.
    Forbidden,
}

/// A request whose answer brings a key.
#[derive(Debug, Clone, PartialEq)]
pub struct Opener {
    /// The event that asks.
    pub request: EventIdx,
    /// The event that answers.
    pub reply: String,
    /// Where the key stands in the answer.
    pub key: String,
}

/// What a session has done when an event is sent.
#[derive(Debug, Clone, Default)]
pub struct Situation {
    /// The steps, as they are written.
    pub steps: Steps,
    /// The payload with which the session itself sends the event.
    pub payload: Option<Value>,
    /// The token, as a session names it.
    pub token: Option<String>,
    /// The rooms that were entered: where the room stood, and which it is.
    pub rooms: Vec<(String, Value)>,
}

/// Everything a client can send on a channel, or beside it by HTTP.
pub fn events(protocol: &Protocol, channel_idx: usize) -> Vec<(usize, EventIdx, Way)> {
    let contract = &protocol.contract;
    let all = contract.channels.iter().enumerate();
    let here = all.filter(|(idx, channel)| *idx == channel_idx || channel.transport == Transport::Sse);
    let sent = here.flat_map(|(idx, channel)| {
        let way = match channel.transport {
            Transport::Sse => Way::Request {
                method: channel.method.clone().unwrap_or_else(|| "POST".to_owned()),
                path: channel.address.clone(),
            },
            _ => Way::Message,
        };
        channel.receives.iter().map(move |event| (idx, *event, way.clone()))
    });
    sent.collect()
}

impl Subject {
    /// The event `event` in `situation`; nothing where the contract does not say what it is like.
    pub fn new(
        protocol: &Protocol,
        (channel_idx, event, way): (usize, EventIdx, Way),
        connect: &Value,
        situation: &Situation,
        is_refusable: bool,
    ) -> Option<Self> {
        let contract = &protocol.contract;
        let schema = contract[event].payload?;
        let exchange = contract.exchange(event);
        let sends = protocol.direction(channel_idx, Side::Server);
        let replies = exchange.map_or(&[][..], |exchange| &exchange.replies).iter();
        let replies =
            replies.filter(|reply| sends.contains(reply)).map(|reply| contract[*reply].name.clone());
        let acknowledgement = exchange.and_then(|exchange| exchange.acknowledgement);
        let mut subject = Self {
            event,
            name: contract[event].name.clone(),
            schema,
            channel_idx,
            replies: replies.collect(),
            n_acknowledged: acknowledgement.map(|schema| script::n_arguments(contract, schema)),
            way,
            legality: if is_refusable { Legality::Either } else { Legality::Accepted },
            pins: Vec::new(),
            addresses: Vec::new(),
            opener: None,
        };
        subject.fill_path(protocol, connect, situation);
        subject.pin_payload(situation);
        subject.pin_rooms(contract, situation);
        subject.pin_token(contract, situation);
        subject.pin_keys(protocol, situation);
        Some(subject)
    }

    /// The path of a request has values where the address has parameters.
    fn fill_path(&mut self, protocol: &Protocol, connect: &Value, situation: &Situation) {
        let Way::Request { path: address, .. } = &mut self.way else { return };
        let filled = Address::new(protocol, self.channel_idx, connect, &situation.steps, false);
        if let Some(filled) = &filled {
            *address = path(&protocol.contract.channels[self.channel_idx], &filled.usual);
        }
        self.addresses.extend(filled);
    }

    fn pin(&mut self, pointer: &str, value: Value) {
        self.pins.retain(|(known, _)| known != pointer);
        self.pins.push((pointer.to_owned(), value));
    }

    /// What the session sends with placeholders, or calls an id, stays as it is.
    fn pin_payload(&mut self, situation: &Situation) {
        let Some(payload) = &situation.payload else { return };
        for (pointer, value) in leaves(payload, String::new()) {
            let is_filled = value.as_str().is_some_and(|text| text.contains("{{"));
            if is_filled || is_id(&pointer) {
                self.pin(&pointer, value);
            }
        }
    }

    /// What is said in a room is said in one that the client is in.
    fn pin_rooms(&mut self, contract: &Contract, situation: &Situation) {
        if contract.rules.rooms.iter().any(|room| room.enter.contains_key(&self.name)) {
            return;
        }
        for (pointer, room) in &situation.rooms {
            let name = pointer.rsplit('/').next().unwrap_or_default();
            self.pin(&format!("/{name}"), room.clone());
        }
    }

    fn pin_token(&mut self, contract: &Contract, situation: &Situation) {
        let place = contract.rules.auth.iter().find_map(|auth| match auth {
            Auth::Event { event, pointer } if *event == self.name => Some(pointer.clone()),
            _ => None,
        });
        match (place, &situation.token) {
            (Some(pointer), Some(token)) => {
                self.pin(&pointer, json!(format!("{{{{{token}}}}}")));
            }
            (Some(_), None) => self.legality = Legality::Forbidden,
            (None, _) => {}
        }
    }

    /// The keys of lifecycles that the server opens.
    fn pin_keys(&mut self, protocol: &Protocol, situation: &Situation) {
        let rules = &protocol.contract.rules;
        for (lifecycle, order) in rules.lifecycles.iter().zip(&protocol.orders) {
            let pointer_of = |name: &str| {
                let found = lifecycle.key.iter().find(|(pattern, _)| name_matches(pattern, name));
                found.map(|(_, pointer)| pointer.clone())
            };
            let is_first = order.next(&order.start(), &|_| false).contains(self.name.as_str());
            let Some(pointer) = pointer_of(&self.name).filter(|_| order.has(&self.name) && !is_first) else {
                continue;
            };
            if let Some(name) = script::captured(&situation.steps, &pointer_of) {
                self.pin(&pointer, json!(format!("{{{{{name}}}}}")));
            } else if let Some(opener) = self.opening(protocol, &pointer_of) {
                self.pin(&pointer, json!(format!("{{{{{KEY}}}}}")));
                self.opener = Some(opener);
            } else if !self.pins.iter().any(|(known, _)| *known == pointer) {
                self.legality = Legality::Forbidden;
            }
        }
    }

    /// A request on the same channel that is answered by an event with a key.
    fn opening(&self, protocol: &Protocol, pointer_of: &dyn Fn(&str) -> Option<String>) -> Option<Opener> {
        let contract = &protocol.contract;
        let sent = protocol.direction(self.channel_idx, Side::Client).iter();
        let mut openers = sent.filter(|request| **request != self.event).filter_map(|request| {
            let replies = &contract.exchange(*request)?.replies;
            let (reply, key) = replies.iter().find_map(|reply| {
                let name = contract[*reply].name.clone();
                pointer_of(&name).map(|key| (name, key))
            })?;
            Some(Opener { request: *request, reply, key })
        });
        openers.next()
    }

    /// Whether only one valid payload can be sent in a session: the key that it names is used up by it.
    pub fn is_single(&self, contract: &Contract) -> bool {
        let is_keyed = contract.rules.lifecycles.iter().any(|one| one.key.contains_key(&self.name));
        is_keyed && self.opener.is_none() && self.way == Way::Message
    }
}

/// Whether a member of that name says which thing is meant, rather than what about it.
fn is_id(pointer: &str) -> bool {
    let name = pointer.rsplit('/').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    lower == "id" || name.ends_with("Id") || lower.ends_with("_id") || lower.ends_with("token")
}

/// The values in `value` that hold no others, with where they stand.
pub fn leaves(value: &Value, pointer: String) -> Vec<(String, Value)> {
    match value {
        Value::Object(members) => {
            let below = |(name, member): (&String, &Value)| leaves(member, pointer_push(&pointer, name));
            members.iter().flat_map(below).collect()
        }
        Value::Array(items) => {
            let below = |(n, item): (usize, &Value)| leaves(item, format!("{pointer}/{n}"));
            items.iter().enumerate().flat_map(below).collect()
        }
        _ => vec![(pointer, value.clone())],
    }
}

/// Replaces the value at `pointer`, where there is one.
pub fn put(payload: &mut Value, pointer: &str, value: &Value) {
    let Some(tokens) = pointer_tokens(pointer) else { return };
    let Some((last, path)) = tokens.split_last() else { return };
    let parent = path.iter().try_fold(payload, |at, token| match at {
        Value::Object(members) => members.get_mut(token.as_ref()),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    });
    if let Some(Value::Object(members)) = parent
        && let Some(member) = members.get_mut(last.as_ref())
    {
        *member = value.clone();
    }
}
