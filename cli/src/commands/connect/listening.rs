//! Listens to the server: what the connection sees is judged, told where it is wanted, and may be the end.

use handfast_codegen::model::{Side, name_matches};
use handfast_conformance::transport::{Closing, Frame, Observed, Refusal, Sighting};
use handfast_conformance::validate::{Heard, Worth, acknowledged, heard};
use serde_json::Value;
use tokio::time::Instant;

use super::conversation::{Conversation, LinkState, Next};
use super::ending::End;
use super::heart::Reaction;
use super::outgoing::{By, Sending, names, near};
use super::seen;
use super::told::{Link, Received, Told};
use crate::error::Error;

impl Conversation<'_> {
    /// Takes what the connection saw.
    ///
    /// # Errors
    /// Nobody reads what is told.
    pub(super) fn saw(&mut self, seen: Sighting) -> Result<Next, Error> {
        match *seen.what {
            Observed::Opened(_) => {
                self.begin();
                let (channel, url) = (&self.session.channel().key, self.address());
                self.screen.link(&Link::Open { channel, url: &url })?;
                Ok(Next::On)
            }
            Observed::Refused(refusal) => self.refused(refusal),
            Observed::Unreachable(reason) => self.unreachable(&reason),
            Observed::Frame(frame) => self.frame(&frame, seen.at),
            Observed::Acknowledged { id, arguments, attachments } => {
                self.acknowledged(id, arguments, lengths(&attachments))
            }
            Observed::Malformed { raw, reason } if self.link == LinkState::Open => {
                self.malformed(&raw, &reason)
            }
            Observed::Malformed { reason, .. } => Ok(Next::Over(End::NoHandshake(reason))),
            Observed::Unsupported(reason) => {
                Error::new(reason).print();
                self.n_unsent += 1;
                Ok(Next::On)
            }
            Observed::Closed(closing) => self.closed(&closing),
            Observed::Barrier(_) | Observed::Keepalive(_) => Ok(Next::On),
        }
    }

    /// Whether an event that the client sends is told.
    pub(super) fn shows_sent(&self, sending: &Sending) -> bool {
        match sending.by {
            By::User => self.arguments.on.is_empty() || self.is_asked_for(&sending.name),
            By::Heart => {
                self.is_asked_for(&sending.name) || self.arguments.on.is_empty() && self.arguments.noise
            }
            // It holds the token.
            By::Login => false,
        }
    }

    /// Whether `--on` names it.
    fn is_asked_for(&self, name: &str) -> bool {
        self.arguments.on.iter().any(|pattern| name_matches(pattern, name))
    }

    fn frame(&mut self, frame: &Frame, at: Instant) -> Result<Next, Error> {
        self.back_off.reset();
        if frame.name.is_none() && frame.arguments.is_empty() {
            return self.malformed(&frame.raw, "a binary message");
        }
        let heard = heard(self.session, frame);
        let reaction = self.react(&heard, at);
        self.remember(frame, &heard);
        if self.is_repeated(&heard) {
            return Ok(Next::On);
        }
        let is_awaited = self.is_awaited(&heard);
        if !(is_awaited || self.shows(&heard, reaction)) {
            return Ok(Next::On);
        }
        self.n_invalid += usize::from(!heard.worth.is_valid());
        self.screen.event(&Told::Received(Received {
            near: self.near(&heard),
            heard: &heard,
            asks: frame.ack.is_some(),
            attachments: lengths(&frame.attachments),
        }))?;
        Ok(if is_awaited { Next::Over(End::Seen) } else { Next::On })
    }

    /// What the event is to the heartbeat; it is answered.
    fn react(&mut self, heard: &Heard, at: Instant) -> Reaction {
        let (Some(heart), Some(name)) = (&mut self.heart, &heard.name) else { return Reaction::default() };
        let reaction = heart.heard(name, at);
        if let Some(answer) = reaction.answer {
            self.enqueue(Sending::beat(self.session, answer));
        }
        reaction
    }

    /// Keeps the id after which a lost connection goes on.
    fn remember(&mut self, frame: &Frame, heard: &Heard) {
        let resume = self.session.rules().resume.as_ref();
        let of_payload = || match heard.payload.pointer(&resume?.id)? {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        };
        let id = frame.id.clone().or_else(of_payload);
        // An empty one takes back what was said; one that no header can carry is of no use.
        if let Some(id) = id.filter(|id| !id.chars().any(char::is_control)) {
            self.last_event_id = Some(id).filter(|id| !id.is_empty());
        }
    }

    fn is_repeated(&mut self, heard: &Heard) -> bool {
        let Some(name) = &heard.name else { return false };
        let id = seen::id(self.session.rules(), name, &heard.payload);
        id.is_some_and(|id| self.seen.is_repeated(id))
    }

    fn is_awaited(&self, heard: &Heard) -> bool {
        let Some((awaited, name)) = self.awaited.zip(heard.name.as_ref()) else { return false };
        heard.worth == Worth::Valid && awaited.is(name, &heard.payload)
    }

    /// Whether an event of the server is told. Where `--on` asks for nothing in particular, what is wrong is no noise.
    fn shows(&self, heard: &Heard, reaction: Reaction) -> bool {
        let name = heard.name.as_deref();
        if !self.arguments.on.is_empty() {
            return name.is_some_and(|name| self.is_asked_for(name));
        }
        let is_noise = reaction.is_internal || name.is_some_and(|name| self.session.rules().is_noise(name));
        self.arguments.noise || !is_noise || !heard.worth.is_valid()
    }

    fn near(&self, heard: &Heard) -> Option<&str> {
        let name = heard.name.as_deref().filter(|_| heard.worth == Worth::Unknown)?;
        near(name, &names(self.session, Side::Server))
    }

    fn acknowledged(
        &mut self,
        id: u64,
        arguments: Vec<Value>,
        attachments: Vec<usize>,
    ) -> Result<Next, Error> {
        let Some(request) = self.requests.remove(&id) else {
            return self
                .malformed(&Value::Array(arguments).to_string(), "nothing asked for this acknowledgement");
        };
        let (payload, worth) = acknowledged(self.session, request, arguments);
        self.n_invalid += usize::from(!worth.is_valid());
        let request = &self.session.event(request).name;
        self.screen.event(&Told::Acknowledged { request, payload: &payload, worth: &worth, attachments })?;
        Ok(Next::On)
    }

    fn malformed(&mut self, raw: &str, reason: &str) -> Result<Next, Error> {
        self.n_invalid += 1;
        self.screen.event(&Told::Malformed { raw, reason })?;
        Ok(Next::On)
    }

    fn closed(&mut self, closing: &Closing) -> Result<Next, Error> {
        self.screen.link(&Link::Closed(closing))?;
        self.lose();
        let is_normal = closing.code.is_none_or(|code| [1000, 1001, 1005].contains(&code));
        Ok(self.after(End::Closed { is_well: closing.clean && is_normal }))
    }

    /// A server that was there and is busy or starting may let us in later. What it says otherwise is final.
    fn refused(&mut self, refusal: Refusal) -> Result<Next, Error> {
        let may_change = self.link == LinkState::Lost
            && refusal.status.is_some_and(|status| status == 429 || status >= 500);
        if may_change {
            self.screen.link(&Link::Refused(&refusal))?;
            return Ok(Next::Again);
        }
        self.screen.record(&Link::Refused(&refusal))?;
        Ok(Next::Over(End::Refused(Box::new(refusal))))
    }

    fn unreachable(&mut self, reason: &str) -> Result<Next, Error> {
        let link = Link::Unreachable(reason);
        if self.link == LinkState::Lost {
            self.screen.link(&link)?;
            return Ok(Next::Again);
        }
        self.screen.record(&link)?;
        Ok(Next::Over(End::Unreachable(reason.to_owned())))
    }
}

fn lengths(attachments: &[Vec<u8>]) -> Vec<usize> {
    attachments.iter().map(Vec::len).collect()
}
