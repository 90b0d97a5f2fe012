//! One conversation: which of the sessions a client plays, and what the server says and answers in it. Pure: what came
//! and the time come in as values, what is to be done goes out as values.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::model::{EventIdx, Side, Transport};
use serde_json::Value;

use super::improvise::Improviser;
use super::log::Entry;
use super::sample::Samples;
use super::script::{Fit, Requested, Script, Wants, fits};
use super::telling::{Teller, Wanted};
use crate::matcher::recognise;
use crate::pattern::{Captures, matches};
use crate::rules::filter::leaves_out;
use crate::session::{HttpRequest, Refused, Session, StepKind};

/// How long a client may show by what it sends which of several sessions it plays, before the server goes on with the
/// first in which it is the server's turn.
const CHOICE: Duration = Duration::from_millis(400);
/// How many events are kept for clients that come back.
const HISTORY: usize = 1024;
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

    /// Takes an event of the client.
    pub fn heard(&mut self, heard: &Heard, now: Duration) {
        self.teller.at(now);
        self.last_heard = now;
        let name = match self.session.rules().name_pointer() {
            Some(pointer) => heard.payload.pointer(pointer).and_then(Value::as_str),
            None => heard.name.as_deref(),
        };
        if !heard.attachments.is_empty() {
            self.attachments.clone_from(&heard.attachments);
        }
        let Some(name) = name.map(str::to_owned) else {
            return self.reject(None, "it has no name where the contract wants it", now);
        };
        let Some(event) = recognise::event(&self.session, Side::Client, &name) else {
            return self.reject(Some(&name), "the contract knows no such event of a client here", now);
        };
        let violations = self.session.protocol.violations(event, &heard.payload);
        self.log.push(Entry::heard(self.number, &name, &heard.payload, violations.is_empty()));
        let is_valid = violations.is_empty();
        if [Fit::Exact, Fit::More].into_iter().any(|fit| self.sent(event, heard, is_valid, fit, now)) {
            return;
        }
        if let Some(violation) = violations.first() {
            return self.reject(Some(&name), &violation.to_string(), now);
        }
        if !self.sent(event, heard, true, Fit::Loose, now) {
            self.teller.said(&self.session, event, &heard.payload);
            self.teller.remember(&heard.payload);
            self.reply(event, heard, now);
        }
    }

    /// Goes on with the sessions in which the client sends this now; whether there are any.
    fn sent(&mut self, event: EventIdx, heard: &Heard, is_valid: bool, fit: Fit, now: Duration) -> bool {
        let step = |script: &Script| {
            let (send, captures) = script.send(event, &heard.payload, fit)?;
            (send.is_invalid != is_valid && send.attachments == heard.attachments).then_some(captures)
        };
        let steps: Vec<_> = self.scripts.iter().map(step).collect();
        let Some(first) = steps.iter().position(Option::is_some) else { return false };
        let answer = self.scripts[first].send(event, &heard.payload, fit).and_then(|(send, captures)| {
            let pattern = send.acknowledged.as_ref()?;
            Some(self.teller.answer(&self.session, None, Some(pattern), &captures))
        });
        let mut steps = steps.into_iter();
        // Noise says nothing about which session the client plays.
        let is_noise = self.session.rules().is_noise(&self.session.event(event).name);
        self.scripts.retain_mut(|script| match steps.next().flatten() {
            Some(captures) => {
                script.pass(captures);
                true
            }
            None => is_noise,
        });
        if is_valid {
            self.teller.said(&self.session, event, &heard.payload);
            self.teller.remember(&heard.payload);
        }
        match (answer, heard.ack) {
            (Some((arguments, captures)), Some(id)) => {
                if let Some(script) = self.scripts.first_mut() {
                    script.captures = captures;
                }
                self.acknowledge(event, id, listed(arguments));
            }
            (None, Some(id)) => self.acknowledge_by_contract(event, id),
            _ => {}
        }
        self.choosing_since = None;
        self.advance(now);
        true
    }

    /// Answers as the contract says, where no session does.
    fn reply(&mut self, event: EventIdx, heard: &Heard, now: Duration) {
        if let Some(id) = heard.ack {
            self.acknowledge_by_contract(event, id);
        }
        if let Some(reply) = self.replies(event).first() {
            self.tell(*reply, None, now);
        }
    }

    /// The events that answer `event` by the contract.
    fn replies(&self, event: EventIdx) -> Vec<EventIdx> {
        let name = &self.session.event(event).name;
        let contract = &self.session.protocol.contract;
        let replies = contract.exchange(event).map_or(&[][..], |exchange| &exchange.replies);
        let heartbeat = contract.rules.heartbeat.as_ref();
        let pong = heartbeat.filter(|heartbeat| heartbeat.from == Side::Client && heartbeat.ping == *name);
        let pong = pong.and_then(|heartbeat| recognise::event(&self.session, Side::Server, &heartbeat.pong));
        let sends = &self.session.channel().sends;
        replies.iter().copied().chain(pong).filter(|reply| sends.contains(reply)).collect()
    }

    fn acknowledge_by_contract(&mut self, event: EventIdx, id: u64) {
        let schema =
            self.session.protocol.contract.exchange(event).and_then(|exchange| exchange.acknowledgement);
        let Some(schema) = schema else {
            let name = &self.session.event(event).name;
            let message = format!("`{name}` asks for an acknowledgement, and the contract names none");
            self.log.push(Entry::warning(self.number, message));
            return self.acknowledge(event, id, Vec::new());
        };
        let (value, _) = self.teller.answer(&self.session, Some(schema), None, &Captures::default());
        self.acknowledge(event, id, listed(value));
    }

    fn acknowledge(&mut self, event: EventIdx, id: u64, arguments: Vec<Value>) {
        let name = &self.session.event(event).name;
        self.log.push(Entry::acknowledged(self.number, name, &arguments));
        let attachments = self.attached(&arguments);
        self.todo.push(Do::Acknowledge { id, arguments, attachments });
    }

    /// The client acknowledged what the server said.
    pub fn acknowledged(&mut self, id: u64, now: Duration) {
        self.last_heard = now;
        if self.awaited_ack == Some(id) {
            self.awaited_ack = None;
            self.advance(now);
        } else {
            let message = format!("an acknowledgement with the id {id} came, and nothing asked for it");
            self.log.push(Entry::warning(self.number, message));
        }
    }

    /// Whose request this is, where a session has the client make it now.
    pub fn claim(&self, request: &Requested<'_>, fit: Fit) -> Option<Claim> {
        let mut steps = self.scripts.iter().filter_map(|script| self.meant(script, request, fit));
        let first = steps.next()?;
        let is_named = std::iter::once(first).chain(steps).any(|(step, _)| !step.path.is_fresh());
        Some(if is_named { Claim::Ours } else { Claim::Anybodys })
    }

    fn meant<'s>(
        &self,
        script: &'s Script,
        request: &Requested<'_>,
        fit: Fit,
    ) -> Option<(&'s HttpRequest, Captures)> {
        // Values that a session has refused are no model for others.
        let is_model =
            |step: &HttpRequest| fit != Fit::Loose || step.status.first().is_none_or(|status| status < 400);
        script.request(request, fit).filter(|(step, _)| is_model(step))
    }

    /// Answers the client's request as the first session does that has the client make it now; with `given`, where another
    /// conversation has answered it.
    ///
    /// What may have been anybody's request may not have been this client's: the sessions in which it did not make it go on.
    pub fn requested(
        &mut self,
        request: &Requested<'_>,
        fit: Fit,
        given: Option<&Answer>,
        now: Duration,
    ) -> Option<Answer> {
        let claim = self.claim(request, fit)?;
        self.teller.at(now);
        let first = self.scripts.iter().find_map(|script| self.meant(script, request, fit))?;
        let pattern = first.0.response.clone();
        let status = first.0.status.first().unwrap_or(200);
        let answer = match given {
            Some(given) => given.clone(),
            None => {
                let body = self.teller.answer(&self.session, None, pattern.as_ref(), &first.1).0;
                Answer { status, body }
            }
        };
        let advanced = self.scripts.iter().filter_map(|script| {
            let (step, captures) = self.meant(script, request, fit)?;
            let captures = match &step.response {
                Some(pattern) => matches(pattern, &answer.body, &captures).unwrap_or(captures),
                None => captures,
            };
            let mut script = script.clone();
            script.pass(captures);
            Some(script)
        });
        let mut scripts: Vec<Script> = advanced.collect();
        if claim == Claim::Anybodys {
            scripts.append(&mut self.scripts);
        }
        self.scripts = scripts;
        self.last_heard = now;
        self.teller.remember(request.body);
        self.choosing_since = None;
        self.advance(now);
        Some(answer)
    }

    /// Whether the client is to make a request now.
    pub fn awaits_request(&self) -> bool {
        self.scripts.iter().any(|script| matches!(script.wants(), Wants::Client(StepKind::Request(_))))
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

    /// Says all that the sessions have the server say now.
    fn advance(&mut self, now: Duration) {
        self.teller.at(now);
        for _ in 0..MAX_TOLD {
            if self.is_over || self.awaited_ack.is_some() || now < self.next_told {
                return;
            }
            let Some(speaker) = self.speaker(now) else { return };
            self.choosing_since = None;
            self.speak(speaker, now);
        }
    }

    /// The sessions in which it is the server's turn.
    fn tells(&self) -> impl Iterator<Item = usize> {
        let wants = self.scripts.iter().map(Script::wants).enumerate();
        wants.filter(|(_, wants)| matches!(wants, Wants::Tell(_) | Wants::Close(_))).map(|(index, _)| index)
    }

    /// The session that says what comes next, once it is known that the client plays none in which it is its own turn.
    fn speaker(&mut self, now: Duration) -> Option<usize> {
        let first = self.tells().next()?;
        let client_may =
            self.scripts.iter().any(|script| matches!(script.wants(), Wants::Client(_) | Wants::Beat));
        if client_may {
            let since = *self.choosing_since.get_or_insert(now);
            if now < since.saturating_add(CHOICE) {
                return None;
            }
        }
        Some(first)
    }

    fn speak(&mut self, speaker: usize, now: Duration) {
        let script = &self.scripts[speaker];
        let (event, pattern, asks) = match script.wants() {
            Wants::Tell(expect) => (expect.event, expect.data.clone(), expect.acknowledge.is_some()),
            Wants::Close(code) => return self.close_by_session(speaker, code.unwrap_or(1000)),
            _ => return,
        };
        if self.is_left_out(event) {
            return self.stumble(speaker, event, "the query leaves it out");
        }
        let wanted = Wanted { event, pattern: pattern.as_ref(), script: Some(script) };
        let (payload, _) = match self.teller.make(&self.session, wanted) {
            Ok(made) => made,
            Err(reason) => return self.stumble(speaker, event, &reason),
        };
        let payload = self.agreed(speaker, event, payload);
        let mut place = 0;
        let is_noise = self.session.rules().is_noise(&self.session.event(event).name);
        self.scripts.retain_mut(|script| {
            let is_speaker = place == speaker;
            place += 1;
            script.told(event, &payload) || is_speaker || is_noise
        });
        let ack = asks.then(|| {
            self.n_acks += 1;
            self.n_acks - 1
        });
        self.awaited_ack = ack;
        self.say(event, payload, ack);
        self.next_told = now.saturating_add(self.manner.pace);
    }

    /// `payload` as it is what as many sessions as possible expect, of those that the client may be playing.
    fn agreed(&mut self, speaker: usize, event: EventIdx, payload: Value) -> Value {
        let mut agreed = payload;
        for index in (0..self.scripts.len()).filter(|index| *index != speaker) {
            let Wants::Tell(expect) = self.scripts[index].wants() else { continue };
            let Some(pattern) = expect.data.as_ref().filter(|_| expect.event == event) else { continue };
            let captures = &self.scripts[index].captures;
            let both = pattern.instance(Some(agreed.clone()), captures, self.teller.fresh());
            let fits = |script: &Script| match script.wants() {
                Wants::Tell(other) if other.event == event => {
                    let fits = |payload| fits(other, event, payload, &script.captures).is_some();
                    !fits(&agreed) || fits(&both)
                }
                _ => true,
            };
            if self.session.protocol.violations(event, &both).is_empty() && self.scripts.iter().all(fits) {
                agreed = both;
            }
        }
        agreed
    }

    /// A session that can't be played is told, and not played any further.
    fn stumble(&mut self, speaker: usize, event: EventIdx, reason: &str) {
        let script = self.scripts.remove(speaker);
        let name = &self.session.event(event).name;
        let message = format!("`{}` can't go on: `{name}` can't be said: {reason}", script.session.name);
        self.log.push(Entry::warning(self.number, message));
    }

    fn close_by_session(&mut self, speaker: usize, code: u16) {
        let script = self.scripts.swap_remove(speaker);
        self.scripts = vec![script];
        self.scripts.iter_mut().for_each(Script::left_by_server);
        self.close(code, "");
    }

    /// Says the event, with a payload that the contract allows.
    fn tell(&mut self, event: EventIdx, ack: Option<u64>, now: Duration) {
        self.teller.at(now);
        if self.is_left_out(event) {
            return;
        }
        match self.teller.make(&self.session, Wanted { event, pattern: None, script: None }) {
            Ok((payload, _)) => {
                self.scripts.iter_mut().for_each(|script| {
                    script.told(event, &payload);
                });
                self.say(event, payload, ack);
            }
            Err(reason) => {
                let message = format!("`{}` can't be said: {reason}", self.session.event(event).name);
                self.log.push(Entry::warning(self.number, message));
            }
        }
    }

    fn say(&mut self, event: EventIdx, payload: Value, ack: Option<u64>) {
        self.teller.said(&self.session, event, &payload);
        let resume = self.session.rules().resume.as_ref();
        let id = resume.and_then(|resume| payload.pointer(&resume.id)).map(|id| match id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        });
        if let Some(id) = &id {
            if self.history.len() >= HISTORY {
                self.history.pop_front();
            }
            self.history.push_back((id.clone(), event, payload.clone()));
        }
        self.push(event, id, payload, ack);
    }

    fn push(&mut self, event: EventIdx, id: Option<String>, payload: Value, ack: Option<u64>) {
        let name = self.session.event(event).name.clone();
        self.log.push(Entry::told(self.number, &name, &payload));
        let arguments = recognise::as_arguments(&self.session, event, payload);
        let attachments = self.attached(&arguments);
        self.todo.push(Do::Tell(Told { name, id, arguments, ack, attachments }));
    }

    /// What stands for the placeholders of attachments: those that the client sent last, and nothing where it sent fewer.
    fn attached(&self, arguments: &[Value]) -> Vec<Vec<u8>> {
        if self.session.channel().transport != Transport::SocketIo {
            return Vec::new();
        }
        let n_placeholders = arguments.iter().map(placeholders).sum();
        (0..n_placeholders).map(|n| self.attachments.get(n).cloned().unwrap_or_default()).collect()
    }

    fn is_left_out(&self, event: EventIdx) -> bool {
        self.session.filter().is_some_and(|patterns| leaves_out(&self.session, &patterns, event))
    }

    fn improvise(&mut self, now: Duration) {
        self.teller.at(now);
        let Some(mut improviser) = self.improviser.take() else { return };
        while let Some(event) = improviser.next(&self.session, &mut self.teller, now) {
            self.tell(event, None, now);
        }
        self.improviser = Some(improviser);
    }

    /// The server's ping, where the contract has one on this channel.
    fn beat(&self) -> Option<EventIdx> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        let is_ours = heartbeat.from == Side::Server;
        recognise::event(&self.session, Side::Server, &heartbeat.ping).filter(|_| is_ours)
    }

    fn beat_interval(&self) -> Option<Duration> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        self.manner
            .heartbeat
            .or(heartbeat.every.map(|every| every.duration()))
            .filter(|every| !every.is_zero())
    }

    fn tell_beat(&mut self, now: Duration) {
        if let Some(ping) = self.beat() {
            self.tell(ping, None, now);
        }
    }

    fn dead_after(&self) -> Option<Duration> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        let [ping, pong] = heartbeat.events();
        let from_client = if heartbeat.from == Side::Client { ping } else { pong };
        recognise::event(&self.session, Side::Client, from_client)?;
        heartbeat.dead_after.map(|after| after.duration())
    }

    /// What the contract forbids came: it is told, and answered in the way that the contract has for it.
    pub fn reject(&mut self, event: Option<&str>, reason: &str, now: Duration) {
        self.log.push(Entry::rejected(self.number, event, reason));
        if self.manner.is_lenient {
            return;
        }
        let refusal = self.session.rules().refusal.as_ref().and_then(|refusal| refusal.event.as_deref());
        match refusal.and_then(|name| recognise::event(&self.session, Side::Server, name)) {
            Some(answer) => self.tell(answer, None, now),
            None => self.close(1008, reason),
        }
    }

    fn close(&mut self, code: u16, reason: &str) {
        self.is_over = true;
        self.todo.push(Do::Close { code, reason: reason.to_owned() });
    }
}

/// How many attachments a value refers to.
fn placeholders(value: &Value) -> usize {
    match value {
        Value::Object(members) if members.get("_placeholder") == Some(&Value::Bool(true)) => 1,
        Value::Object(members) => members.values().map(placeholders).sum(),
        Value::Array(items) => items.iter().map(placeholders).sum(),
        _ => 0,
    }
}

/// The arguments that an acknowledgement comes to.
fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(arguments) => arguments,
        Value::Null => Vec::new(),
        argument => vec![argument],
    }
}
