//! Makes events to send: by their names, with payloads that the contract accepts.

use handfast_codegen::diagnostic::nearest;
use handfast_codegen::model::{EventIdx, Side};
use handfast_conformance::matcher::recognise;
use handfast_conformance::session::Session;
use handfast_conformance::transport::Outgoing;
use handfast_conformance::validate::told;
use serde_json::Value;

use crate::error::Error;
use crate::plain::plain;

/// How many violations of a payload are told.
const MAX_TOLD: usize = 20;

/// Who wants an event to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The user.
    User,
    /// The contract's heartbeat.
    Heart,
    /// The contract's way to log in: the event holds a secret.
    Login,
}

/// An event to send.
#[derive(Debug, Clone)]
pub struct Sending {
    /// Who wants it.
    pub by: By,
    /// Its name.
    pub name: String,
    /// The event; `None` for one that the contract does not know.
    pub event: Option<EventIdx>,
    /// Its data.
    pub payload: Value,
}

impl Sending {
    /// An event of the heartbeat, with the payload that its schema leaves no choice about.
    pub fn beat(session: &Session, event: EventIdx) -> Self {
        let name = session.event(event).name.clone();
        Self { by: By::Heart, name, event: Some(event), payload: session.protocol.constants(event) }
    }

    /// The event that carries the token, where that is how it travels.
    pub fn login(session: &Session) -> Option<Self> {
        let (event, payload) = session.auth_event.clone()?;
        let name = session.event(event).name.clone();
        Some(Self { by: By::Login, name, event: Some(event), payload })
    }

    /// What crosses the wire, with the acknowledgement asked for under that id.
    pub fn outgoing(self, session: &Session, ack: Option<u64>) -> Outgoing {
        let Self { name, event, payload, .. } = self;
        let arguments = match event {
            Some(event) => recognise::as_arguments(session, event, payload),
            None => vec![payload],
        };
        Outgoing { name, arguments, ack, attachments: Vec::new() }
    }
}

/// Makes events to send on the channel of a session.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'s> {
    /// Where they are sent.
    pub session: &'s Session,
    /// Whether what breaks the contract is sent as well.
    pub is_forced: bool,
}

impl Composer<'_> {
    /// The event `name` with the payload that `json` is; without one, the constants that its schema requires. The name
    /// is put where the contract wants it.
    ///
    /// # Errors
    /// No such event can be sent, `json` is none, or the payload breaks the event's schema.
    pub fn compose(&self, name: &str, json: Option<&str>) -> Result<Sending, Error> {
        let event = recognise::event(self.session, Side::Client, name);
        if event.is_none() && !self.is_forced {
            return Err(self.no_such_event(name));
        }
        let payload = match (json, event) {
            (Some(json), _) => parse(name, json)?,
            (None, Some(event)) => self.session.protocol.constants(event),
            (None, None) => Value::Object(serde_json::Map::new()),
        };
        let payload = match recognise::named(self.session, name, payload.clone()) {
            Ok(payload) => payload,
            Err(_) if self.is_forced => payload,
            Err(other) => {
                let message =
                    format!("the payload of `{name}` calls the event {}", plain(&other.to_string()));
                return Err(Error::new(message).help("leave the name out: it is filled in"));
            }
        };
        let sending = Sending { by: By::User, name: name.to_owned(), event, payload };
        if self.is_forced { Ok(sending) } else { self.checked(sending) }
    }

    /// The event in a line `EVENT JSON`.
    ///
    /// # Errors
    /// As [`Self::compose`].
    pub fn line(&self, line: &str) -> Result<Sending, Error> {
        let line = line.trim();
        match line.split_once(char::is_whitespace) {
            Some((name, json)) => self.compose(name, Some(json.trim_start())),
            None => self.compose(line, None),
        }
    }

    fn checked(&self, sending: Sending) -> Result<Sending, Error> {
        let violations = sending
            .event
            .map_or_else(Vec::new, |event| self.session.protocol.violations(event, &sending.payload));
        if violations.is_empty() {
            return Ok(sending);
        }
        let more = violations.len().saturating_sub(MAX_TOLD);
        let more = if more > 0 { format!("\n  …and {more} more") } else { String::new() };
        let told =
            violations.iter().take(MAX_TOLD).map(|violation| format!("\n  {}", plain(&told(violation))));
        let message = format!("`{}` is not valid:{}{more}", sending.name, told.collect::<String>());
        Err(Error::new(message).help("`--force` sends it all the same"))
    }

    fn no_such_event(&self, name: &str) -> Error {
        unknown(self.session, Side::Client, name)
    }
}

/// The names of the events that `side` sends on the session's channel.
pub fn names(session: &Session, side: Side) -> Vec<&str> {
    let events = session.protocol.direction(session.channel_idx, side);
    events.iter().map(|event| session.event(*event).name.as_str()).collect()
}

/// An error about an event that `side` does not send on the session's channel: what was meant, or what there is.
pub fn unknown(session: &Session, side: Side, name: &str) -> Error {
    let (channel, contract) = (session.channel(), &session.protocol.contract);
    let who = if side == Side::Client { "a client" } else { "the server" };
    let message = format!("`{}` is no event that {who} sends on the channel `{}`", plain(name), channel.key);
    let known = names(session, side);
    let elsewhere = || {
        let has = |index: &usize| {
            session.protocol.direction(*index, side).iter().any(|event| contract[*event].name == name)
        };
        (0..contract.channels.len()).find(has).map(|index| &contract.channels[index].key)
    };
    let error = Error::new(message);
    match (near(name, &known), elsewhere()) {
        (Some(near), _) => error.help(format!("did you mean `{near}`?")),
        (None, Some(channel)) => {
            error.help(format!("take the channel that carries it: `--channel {channel}`"))
        }
        (None, None) if known.is_empty() => error.help("this channel carries none at all"),
        (None, None) => error.help(format!("known are {}", known.join(", "))),
    }
}

/// The member of `known` that `name` probably stands for.
pub fn near<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    // The distance is quadratic in the length, and nobody mistypes a long name into a known one.
    let longest = known.iter().map(|known| known.len()).max().unwrap_or(0);
    if name.len() > 2 * longest { None } else { nearest(name, known) }
}

fn parse(name: &str, json: &str) -> Result<Value, Error> {
    serde_json::from_str(json).map_err(|error| {
        Error::new(format!("the payload of `{name}` is no JSON: {error}"))
            .help("in a shell, put it in single quotes: '{\"key\":\"value\"}'")
    })
}
