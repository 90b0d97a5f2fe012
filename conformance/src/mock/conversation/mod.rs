//! One conversation: which of the sessions a client plays, and what the server says and answers in it. Pure: what came
//! and the time come in as values, what is to be done goes out as values.

mod asking;
mod beating;
mod hearing;
mod speaking;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::model::EventIdx;
use serde_json::Value;

use crate::mock::improvise::Improviser;
use crate::mock::log::Entry;
use crate::mock::sample::Samples;
use crate::mock::script::{Script, Wants};
use crate::mock::telling::Teller;
use crate::session::{Refused, Session};

/// How long a client may show by what it sends which of several sessions it plays, before the server goes on with the
/// first in which it is the server's turn.
const CHOICE: Duration = Duration::from_millis(400);
/// How many events are kept for clients that come back.
const HISTORY: usize = 1024;
/// The most sessions, and courses of sessions, that are told apart. Those that a mock is given may be more.
const MAX_SCRIPTS: usize = 1024;
/// The most events in a row without the client's doing anything, in one go.
const MAX_TOLD: usize = 10_000;

/// What a conversation is told beside the sessions.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Events per second that nobody asks for.
    pub rate: f64,
    /// The pause before each event of a session.
    pub pace: Duration,
    /// How often the server's heartbeat comes, instead of what the contract says.
    pub heartbeat: Option<Duration>,
    /// Whether what the contract forbids is only told, not answered by a close.
    pub is_lenient: bool,
    /// What random choices derive from.
    pub seed: u64,
    /// When the mock began.
    pub began: SystemTime,
}

/// What the connection is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Do {
    /// Send an event.
    Tell(Told),
    /// Answer an acknowledgement.
    Acknowledge {
        /// The id in the client's packet.
        id: u64,
        /// The arguments.
        arguments: Vec<Value>,
        /// Binary attachments.
        attachments: Vec<Vec<u8>>,
    },
    /// Close.
    Close {
        /// WebSocket close code.
        code: u16,
        /// Why.
        reason: String,
    },
}

/// An event on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its name.
    pub name: String,
    /// Its id, where the contract lets clients resume.
    pub id: Option<String>,
    /// What crosses the wire.
    pub arguments: Vec<Value>,
    /// Ask for an acknowledgement under this id.
    pub ack: Option<u64>,
    /// Binary attachments, one for each placeholder in the arguments (Socket.IO).
    pub attachments: Vec<Vec<u8>>,
}

/// An event that came.
#[derive(Debug)]
pub struct Heard {
    /// The name that the transport gives it.
    pub name: Option<String>,
    /// Its payload.
    pub payload: Value,
    /// The acknowledgement it asks for.
    pub ack: Option<u64>,
    /// Binary attachments.
    pub attachments: Vec<Vec<u8>>,
}

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body; none where it is `null`.
    pub body: Value,
}

/// Whose request one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is of this conversation: its path is that of a step.
    Ours,
    /// It may be of any conversation: something in its path is new.
    Anybodys,
}

/// One conversation, over all its connections.
#[derive(Debug)]
pub struct Conversation {
    /// Its number.
    pub number: u64,
    /// What the client said in the handshake.
    pub session: Session,
    /// What is to be done, in order.
    pub todo: Vec<Do>,
    /// What is to be logged, in order.
    pub log: Vec<Entry>,
    scripts: Vec<Script>,
    teller: Teller,
    manner: Manner,
    improviser: Option<Improviser>,
    history: VecDeque<(String, EventIdx, Value)>,
    /// Since when the client has had a choice that the server waits for.
    choosing_since: Option<Duration>,
    next_told: Duration,
    next_beat: Option<Duration>,
    last_heard: Duration,
    n_acks: u64,
    /// The attachments of the client's last event that had some.
    attachments: Vec<Vec<u8>>,
    /// The acknowledgement that the server waits for.
    awaited_ack: Option<u64>,
    is_over: bool,
}

impl Conversation {
    /// A conversation that begins now, in which the client may play any of `scripts`.
    pub fn new(
        number: u64,
        session: Session,
        scripts: Vec<Arc<Session>>,
        samples: &Arc<Samples>,
        manner: &Manner,
        now: Duration,
    ) -> Self {
        let teller =
            Teller::new(&session, Arc::clone(samples), manner.seed.wrapping_add(number), manner.began);
        let only_noise = !scripts.is_empty();
        let improviser = (manner.rate > 0.0).then(|| Improviser::new(&session, manner.rate, only_noise, now));
        let mut conversation = Self {
            number,
            todo: Vec::new(),
            log: Vec::new(),
            scripts: scripts.into_iter().map(Script::new).collect(),
            teller,
            manner: manner.clone(),
            improviser: improviser.flatten(),
            history: VecDeque::new(),
            choosing_since: None,
            next_told: now,
            next_beat: None,
            last_heard: now,
            n_acks: 0,
            attachments: Vec::new(),
            awaited_ack: None,
            is_over: false,
            session,
        };
        conversation.opened(now);
        conversation
    }

    fn opened(&mut self, now: Duration) {
        self.next_beat =
            self.beat().and_then(|_| self.beat_interval()).map(|every| now.saturating_add(every));
        self.last_heard = now;
        self.is_over = false;
        self.advance(now);
    }

    /// The sessions that the client may be playing.
    pub fn playing(&self) -> impl Iterator<Item = &str> {
        self.scripts.iter().map(|script| script.session.name.as_str())
    }

    /// Whether nothing is awaited and nothing more comes.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// When [`Self::tick`] has something to do, if nothing happens before.
    pub fn due(&self) -> Option<Duration> {
        if self.is_over {
            return None;
        }
        let is_free = self.awaited_ack.is_none();
        let choice = self.choosing_since.filter(|_| is_free).map(|since| since.saturating_add(CHOICE));
        let has_turn = is_free && self.choosing_since.is_none() && self.tells().next().is_some();
        let told = has_turn.then_some(self.next_told);
        let dead = self.dead_after().map(|after| self.last_heard.saturating_add(after));
        let improvised = self.improviser.as_ref().map(Improviser::due);
        [choice, told, dead, improvised, self.next_beat].into_iter().flatten().min()
    }

    /// Does what is due by now.
    pub fn tick(&mut self, now: Duration) {
        if self.is_over {
            return;
        }
        if let Some(beat) = self.next_beat.filter(|beat| *beat <= now) {
            let every = self.beat_interval().unwrap_or(Duration::MAX);
            self.next_beat = Some(beat.saturating_add(every).max(now));
            self.tell_beat(now);
        }
        let limit = self.dead_after();
        if limit.is_some_and(|limit| now.saturating_sub(self.last_heard) >= limit) {
            return self.close(1008, "no heartbeat came in time");
        }
        self.improvise(now);
        self.advance(now);
    }

    /// The connection is over.
    pub fn left(&mut self) {
        self.scripts.iter_mut().for_each(Script::left);
        self.is_over = true;
        self.next_beat = None;
        self.choosing_since = None;
        self.awaited_ack = None;
    }

    /// Whether a session has the client come back now.
    pub fn is_to_resume(&self) -> bool {
        self.scripts.iter().any(Script::is_to_resume)
    }

    /// Whether the event with this id was said here, and is known still.
    pub fn knows(&self, id: &str) -> bool {
        self.history.iter().any(|(known, ..)| known == id)
    }

    /// How the session refuses the client that comes back, where it does.
    pub fn refusal(&mut self) -> Option<Refused> {
        let refused = self.scripts.iter().find_map(|script| match script.wants() {
            Wants::Refuse(refused) => Some(refused.clone()),
            _ => None,
        })?;
        Some(refused)
    }

    /// The client comes back.
    pub fn comes_back(&mut self) {
        self.scripts.iter_mut().for_each(Script::resumed);
    }

    /// The client is back, and has seen everything up to the event `last_event_id`: what came after comes again.
    pub fn resumed(&mut self, session: Session, last_event_id: Option<&str>, now: Duration) {
        self.session = session;
        self.teller.at(now);
        let seen = self.history.iter().position(|(known, ..)| Some(known.as_str()) == last_event_id);
        let again: Vec<_> =
            seen.map_or_else(Vec::new, |n| self.history.iter().skip(n + 1).cloned().collect());
        for (id, event, payload) in again {
            if self.is_left_out(event) {
                continue;
            }
            self.scripts.iter_mut().for_each(|script| {
                script.told(event, &payload);
            });
            self.push(event, Some(id), payload, None);
        }
        self.opened(now);
    }

    fn close(&mut self, code: u16, reason: &str) {
        self.is_over = true;
        self.todo.push(Do::Close { code, reason: reason.to_owned() });
    }
}
