//! Draws moves: which payload comes next, by its number alone.

use std::collections::BTreeSet;

use handfast_codegen::model::{EventIdx, Transport};
use serde_json::Value;

use super::NotBegun;
use super::address::{Address, Values, Worth};
use super::moves::{Kind, Move, Sent, pieces};
use super::subject::{Legality, Subject, Way};
use crate::generate::{Frame, Generator, NearMisses, Style, malformed};
use crate::interpret;
use crate::session::Protocol;

/// How many payloads are looked through for one that the served contract refuses.
const MAX_LOOKED_THROUGH: u64 = 20;

/// Makes the payloads of one subject.
pub struct Source<'g> {
    subject_idx: usize,
    subject: &'g Subject,
    protocol: &'g Protocol,
    /// The schema that the server follows, where it is another one.
    served: Option<(&'g Protocol, EventIdx)>,
    generator: &'g Generator<'g>,
    misses: NearMisses<'g>,
    boundary: Boundary<'g>,
    n_boundaries: usize,
    seed: u64,
    /// How many of each kind were drawn.
    n_valid: u64,
    n_invalid: u64,
    n_raw: u64,
    n_addresses: u64,
}

type Boundary<'g> = Box<dyn Fn(usize, u64) -> Option<crate::generate::Boundary> + 'g>;

/// A generator of the payloads of `subject`.
///
/// # Errors
/// Nothing keeps its schema.
pub fn generator<'p>(protocol: &'p Protocol, subject: &Subject) -> Result<Generator<'p>, NotBegun> {
    Generator::new(&protocol.plan, &protocol.contract.schemas, subject.schema).map_err(|reason| {
        let help = "change the schema so that something is valid, or choose other events with `--event`";
        NotBegun::call(format!("no payload of `{}` can be made: {reason}", subject.name), help)
    })
}

/// The plainest valid payload of an event: its constants where that is enough.
pub fn plainest(protocol: &Protocol, event: EventIdx) -> Value {
    let constants = protocol.constants(event);
    if protocol.violations(event, &constants).is_empty() {
        return constants;
    }
    let made = protocol.contract[event].payload.and_then(|schema| {
        let generator = Generator::new(&protocol.plan, &protocol.contract.schemas, schema).ok()?;
        Some(generator.valid_in(Style::Minimal, 1))
    });
    made.unwrap_or(constants)
}

impl<'g> Source<'g> {
    /// The payloads of `subject`, all choices derived from `seed`.
    pub fn new(
        (subject_idx, subject): (usize, &'g Subject),
        protocol: &'g Protocol,
        served: Option<&'g Protocol>,
        generator: &'g Generator<'g>,
        seed: u64,
    ) -> Self {
        let (n_boundaries, boundary) = generator.boundaries();
        let served = served.and_then(|served| {
            let event = served.contract.event(handfast_codegen::model::Side::Client, &subject.name)?;
            Some((served, event))
        });
        Self {
            subject_idx,
            subject,
            protocol,
            served,
            generator,
            misses: generator.near_misses(),
            boundary: Box::new(boundary),
            n_boundaries,
            seed: seed.wrapping_mul(1_000_003),
            n_valid: 0,
            n_invalid: 0,
            n_raw: 0,
            n_addresses: 0,
        }
    }

    /// The next move of that kind that is about none of `known`; nothing where there is none.
    pub fn next(&mut self, kind: Kind, known: &BTreeSet<String>) -> Option<Move> {
        let drawn = match kind {
            Kind::Valid if self.subject.legality == Legality::Forbidden => None,
            Kind::Valid => self.valid(),
            Kind::Invalid => self.invalid(known),
            Kind::Raw => self.raw(known),
            Kind::Address => self.address(),
        };
        drawn.filter(|one| !known.contains(&one.site))
    }

    fn make(&self, sent: Sent, site: String, at: String, what: String) -> Move {
        Move { subject_idx: self.subject_idx, sent, site, at, what }
    }

    fn valid(&mut self) -> Option<Move> {
        let number = self.n_valid;
        self.n_valid += 1;
        let seed = self.seed.wrapping_add(number);
        if let Some((served, event)) = self.served {
            return Some(self.between(served, event, seed));
        }
        let at_limit = (number.is_multiple_of(2) && self.n_boundaries > 0)
            .then(|| (self.boundary)((number / 2) as usize % self.n_boundaries, seed))
            .flatten();
        Some(match at_limit {
            Some(made) => {
                let what = format!("valid, `{}` at a limit ({})", made.at, made.side);
                self.make(Sent::Valid(made.payload), format!("{} {}", made.schema, made.side), made.at, what)
            }
            None => self.make(
                Sent::Valid(self.generator.valid(seed)),
                "valid".to_owned(),
                String::new(),
                "valid".to_owned(),
            ),
        })
    }

    /// A payload that is valid here, and, if one is found, not by the contract that the server follows.
    fn between(&self, served: &Protocol, event: EventIdx, seed: u64) -> Move {
        let drawn = |n: u64| {
            let seed = seed.wrapping_mul(MAX_LOOKED_THROUGH).wrapping_add(n);
            let limit = (self.n_boundaries > 0 && n.is_multiple_of(2))
                .then(|| (self.boundary)(seed as usize % self.n_boundaries, seed))
                .flatten();
            limit.map_or_else(|| self.generator.valid(seed), |limit| limit.payload)
        };
        let refused = |payload: Value| {
            let violation = served.violations(event, &payload).into_iter().next()?;
            Some((payload, violation))
        };
        match (0..MAX_LOOKED_THROUGH).find_map(|n| refused(drawn(n))) {
            Some((payload, violation)) => {
                let what = format!("valid before, and now it is not: {violation}");
                self.make(Sent::Valid(payload), violation.schema, violation.at, what)
            }
            None => self.make(
                Sent::Valid(drawn(1)),
                "valid".to_owned(),
                String::new(),
                "valid by both contracts".to_owned(),
            ),
        }
    }

    fn invalid(&mut self, known: &BTreeSet<String>) -> Option<Move> {
        let n_sites = self.misses.n_sites() as u64;
        for _ in 0..n_sites {
            let number = self.n_invalid;
            self.n_invalid += 1;
            let made =
                self.misses.at_site((number % n_sites) as usize, self.seed.wrapping_add(number / n_sites));
            let Some(miss) = made.filter(|miss| !known.contains(&miss.schema)) else { continue };
            let what = format!("breaks `{}` at `{}` ({})", miss.keyword, miss.at, miss.operator);
            return Some(self.make(Sent::Invalid(miss.payload), miss.schema, miss.at, what));
        }
        None
    }

    fn raw(&mut self, known: &BTreeSet<String>) -> Option<Move> {
        let number = self.n_raw;
        self.n_raw += 1;
        let seed = self.seed.wrapping_add(number);
        let channel = &self.protocol.contract.channels[self.subject.channel_idx];
        let is_text = channel.transport == Transport::SocketIo && self.subject.way == Way::Message;
        let mut frames = malformed(&self.generator.valid(seed), seed);
        // A packet of Socket.IO is text, whatever it holds.
        frames.retain(|frame| !is_text || std::str::from_utf8(&frame.bytes).is_ok());
        frames.retain(|frame| !known.contains(frame.operator) && !self.may_be_taken(frame));
        if frames.is_empty() {
            return None;
        }
        let frame = frames.swap_remove(number as usize % frames.len());
        let what = format!("malformed: {}", frame.operator);
        Some(self.make(Sent::Raw(pieces(&frame)), frame.operator.to_owned(), String::new(), what))
    }

    /// Something usual, to an address where one parameter is not.
    fn address(&mut self) -> Option<Move> {
        let addresses = &self.subject.addresses;
        let n_addresses = addresses.len() as u64;
        for _ in 0..2 * n_addresses {
            let number = self.n_addresses;
            self.n_addresses += 1;
            let address = &addresses[(number % n_addresses) as usize];
            let is_sendable = address.is_connection || self.subject.legality != Legality::Forbidden;
            let drawn = address.drawn(self.protocol, number / n_addresses, self.seed);
            let Some((values, what)) = drawn.filter(|_| is_sendable) else { continue };
            let sent = Sent::To { values, is_connection: address.is_connection };
            return Some(self.make(sent, what.clone(), String::new(), what));
        }
        None
    }

    /// What its server makes of an address.
    pub fn worth(&self, values: &Values, is_connection: bool) -> Option<Worth> {
        let is_it = |known: &&Address| known.is_connection == is_connection;
        let address = self.subject.addresses.iter().find(is_it)?;
        let is_whole = values.iter().map(|(name, _)| name).eq(address.usual.iter().map(|(name, _)| name));
        is_whole.then(|| address.worth(self.protocol, values))
    }

    /// Whether a parser may find a valid payload in it: it may take either of a member that comes twice, and any number.
    fn may_be_taken(&self, frame: &Frame) -> bool {
        let text = String::from_utf8_lossy(&frame.bytes);
        let number = text.find(":1e9").map(|at| format!("{}:0}}", &text[..at]));
        let parsed = serde_json::from_str::<Value>(number.as_deref().unwrap_or(&text));
        parsed.is_ok_and(|payload| frame.operator == "duplicate-key" || self.violated(&payload).is_empty())
    }

    /// Whether bytes that were made of `frame` are as bad as it.
    pub fn is_malformed(&self, operator: &str, bytes: &[u8]) -> bool {
        let parsed = serde_json::from_slice::<Value>(bytes);
        matches!(operator, "depth" | "size")
            || !parsed.is_ok_and(|payload| self.violated(&payload).is_empty())
    }

    /// The plainest valid move, where a server takes it at any time.
    pub fn plain(&self) -> Option<Move> {
        let subject = self.subject;
        let is_free = subject.legality == Legality::Accepted
            && subject.opener.is_none()
            && !subject.is_single(&self.protocol.contract);
        let payload = is_free.then(|| plainest(self.protocol, subject.event))?;
        Some(self.make(Sent::Valid(payload), "valid".to_owned(), String::new(), "valid".to_owned()))
    }

    /// A move that was drawn before, judged anew: what was valid may not be so any more. Nothing where it is of no use.
    pub fn again(&self, kept: Sent) -> Option<Move> {
        let payload = match kept {
            Sent::Raw(pieces) => {
                return Some(self.make(
                    Sent::Raw(pieces),
                    "kept".to_owned(),
                    String::new(),
                    "kept, malformed".into(),
                ));
            }
            Sent::To { values, is_connection } => {
                self.worth(&values, is_connection)?;
                let sent = Sent::To { values, is_connection };
                return Some(self.make(sent, "kept".to_owned(), String::new(), "kept, an address".into()));
            }
            Sent::Valid(payload) | Sent::Invalid(payload) => payload,
        };
        let violations = interpret::violations(&self.protocol.plan, self.subject.schema, &payload);
        match violations.first() {
            None if self.subject.legality == Legality::Forbidden => None,
            None => Some(self.make(Sent::Valid(payload), "kept".into(), String::new(), "kept, valid".into())),
            Some(first) => {
                let what = format!("kept, breaks `{}` at `{}`", first.code, first.at);
                Some(self.make(Sent::Invalid(payload), first.schema.to_string(), first.at.clone(), what))
            }
        }
    }

    /// Some valid moves that differ.
    pub fn several(&self) -> Vec<Move> {
        let drawn = (0..4).map(|n| self.generator.valid(self.seed.wrapping_add(n)));
        drawn
            .map(|payload| self.make(Sent::Valid(payload), String::new(), String::new(), String::new()))
            .collect()
    }

    /// Its subject.
    pub fn subject(&self) -> &Subject {
        self.subject
    }

    /// Which keywords `payload` breaks, and where.
    pub fn violated(&self, payload: &Value) -> BTreeSet<(String, String)> {
        let violations = interpret::violations(&self.protocol.plan, self.subject.schema, payload);
        violations.into_iter().map(|violation| (violation.at, violation.schema)).collect()
    }
}
