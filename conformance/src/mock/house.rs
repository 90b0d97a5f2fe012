//! All conversations of a mock: who is let in, which sessions a client may play, and who a request is for. Pure, as a
//! conversation is.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::{Auth, Transport};
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::conversation::{Answer, Claim, Conversation, Do, Manner};
use super::log::Entry;
use super::sample::Samples;
use super::script::{Fit, Requested, Script, Wants};
use crate::pattern::Captures;
use crate::session::{Login, Protocol, Refused, Session};

/// The most conversations that are kept for clients that may come back.
const MAX_DORMANT: usize = 1024;
/// The status of a refusal, where neither the session nor the contract says which (RFC 9110, 15.5.2).
const UNAUTHORIZED: u16 = 401;
/// The message of a refusal, where neither the session nor the contract says which.
const REFUSED: &str = "the token is missing or bad";

/// Everything that a mock knows.
#[derive(Debug)]
pub struct House {
    /// The contract.
    pub protocol: Arc<Protocol>,
    sessions: Vec<Arc<Session>>,
    tokens: Vec<String>,
    samples: Arc<Samples>,
    manner: Manner,
    conversations: BTreeMap<u64, Place>,
    n_conversations: u64,
}

/// A conversation, and whether it has a connection.
#[derive(Debug)]
struct Place {
    conversation: Conversation,
    is_connected: bool,
}

/// What a client says when it comes.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// The channel, by its number in the contract.
    pub channel_idx: usize,
    /// The query, without what carries the token.
    pub query: IndexMap<String, String>,
    /// The token.
    pub token: Option<String>,
    /// The id of the last event that it saw.
    pub last_event_id: Option<String>,
}

/// How a client is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// HTTP status.
    pub status: u16,
    /// Whether the session or the contract names that status.
    pub is_status_meant: bool,
    /// What the client is told.
    pub message: String,
    /// Why.
    pub reason: String,
}

/// What there is to do for a connection, and to log.
#[derive(Debug, Default)]
pub struct Todo {
    /// What the connections of these conversations are to do, in order.
    pub todo: Vec<(u64, Do)>,
    /// What is to be logged.
    pub log: Vec<Entry>,
}

impl House {
    /// A mock of `protocol` that plays `sessions`, and lets in who has one of `tokens` or of the sessions' tokens. Where
    /// there are none, any token will do.
    pub fn new(
        protocol: Arc<Protocol>,
        sessions: Vec<Arc<Session>>,
        mut tokens: Vec<String>,
        manner: Manner,
    ) -> Self {
        let samples = Samples::new(&protocol, manner.seed);
        for session in sessions.iter().filter(|session| !refuses(session)) {
            tokens.extend(session.token.clone());
        }
        let samples = Arc::new(samples);
        Self {
            protocol,
            sessions,
            tokens,
            samples,
            manner,
            conversations: BTreeMap::new(),
            n_conversations: 0,
        }
    }

    /// Lets a client in, or refuses it. The number is that of its conversation.
    ///
    /// # Errors
    /// How it is refused.
    pub fn admit(&mut self, arrival: &Arrival, now: Duration) -> Result<(u64, Todo), Denial> {
        let login = Login {
            channel_idx: arrival.channel_idx,
            query: arrival.query.clone(),
            last_event_id: arrival.last_event_id.clone(),
            ..Login::default()
        };
        let mut session = Session::unscripted(Arc::clone(&self.protocol), login).map_err(|error| Denial {
            status: 400,
            is_status_meant: true,
            message: error.message.clone(),
            reason: error.message,
        })?;
        session.token.clone_from(&arrival.token);
        if let Some(number) = self.returning(arrival) {
            return self.resume(number, session, arrival, now);
        }
        let fitting: Vec<_> =
            self.sessions.iter().filter(|known| is_meant(known, arrival)).cloned().collect();
        if let Some(refused) = fitting.first().filter(|first| refuses(first)) {
            let refused = first_refusal(refused).unwrap_or_default();
            return Err(self.denial(&refused, format!("the session `{}` has it so", fitting[0].name)));
        }
        self.check_token(arrival)?;
        let scripts = self.scripts(fitting, arrival);
        let number = self.n_conversations;
        self.n_conversations += 1;
        let conversation = Conversation::new(number, session, scripts, &self.samples, &self.manner, now);
        self.conversations.insert(number, Place { conversation, is_connected: true });
        Ok((number, self.opened(number, false)))
    }

    /// The sessions that a client may play: those that connect as it did, else those of its channel.
    fn scripts(&self, fitting: Vec<Arc<Session>>, arrival: &Arrival) -> Vec<Arc<Session>> {
        let fitting: Vec<_> = fitting.into_iter().filter(|session| !refuses(session)).collect();
        if !fitting.is_empty() {
            return fitting;
        }
        let is_alike = |session: &&Arc<Session>| {
            session.channel_idx == arrival.channel_idx
                && !refuses(session)
                && session.token.is_some() == arrival.token.is_some()
        };
        self.sessions.iter().filter(is_alike).cloned().collect()
    }

    fn check_token(&self, arrival: &Arrival) -> Result<(), Denial> {
        let channel = &self.protocol.contract.channels[arrival.channel_idx];
        let ways = ways(&self.protocol, channel.transport);
        let is_later = matches!(ways.first(), Some(Auth::Event { .. }));
        let is_open = self.sessions.iter().any(|session| {
            session.channel_idx == arrival.channel_idx && session.token.is_none() && !refuses(session)
        });
        let reason = match &arrival.token {
            None if ways.is_empty() || is_later || is_open => return Ok(()),
            None => "there is no token",
            Some(token) if self.takes(token) => return Ok(()),
            Some(_) => "nobody has this token",
        };
        Err(self.denial(&Refused::default(), reason.to_owned()))
    }

    /// Whether a token is one of those that are let in.
    pub fn takes(&self, token: &str) -> bool {
        let refused =
            self.sessions.iter().any(|session| refuses(session) && session.token.as_deref() == Some(token));
        let is_known = self.tokens.iter().any(|known| known == token);
        is_known || self.tokens.is_empty() && !refused && !token.is_empty()
    }

    fn denial(&self, refused: &Refused, reason: String) -> Denial {
        let contract = self.protocol.contract.rules.refusal.clone().unwrap_or_default();
        let status = refused.status.first().or(contract.status);
        let message = refused.message.as_ref().and_then(|message| message.known(&Captures::default()));
        let message = message.and_then(|message| message.as_str().map(str::to_owned));
        Denial {
            status: status.unwrap_or(UNAUTHORIZED),
            is_status_meant: status.is_some(),
            message: message.or(contract.message).unwrap_or_else(|| REFUSED.to_owned()),
            reason,
        }
    }

    /// The conversation that the client comes back to.
    fn returning(&self, arrival: &Arrival) -> Option<u64> {
        let is_theirs = |place: &&(&u64, &Place)| {
            let session = &place.1.conversation.session;
            session.channel_idx == arrival.channel_idx && session.token == arrival.token
        };
        let mut theirs = self.conversations.iter().filter(|place| is_theirs(&place));
        let found = match &arrival.last_event_id {
            Some(id) => theirs.find(|(_, place)| place.conversation.knows(id)),
            None => theirs.find(|(_, place)| {
                !place.is_connected
                    && place.conversation.is_to_resume()
                    && place.conversation.session.query == arrival.query
            }),
        };
        found.map(|(number, _)| *number)
    }

    fn resume(
        &mut self,
        number: u64,
        session: Session,
        arrival: &Arrival,
        now: Duration,
    ) -> Result<(u64, Todo), Denial> {
        let Some(place) = self.conversations.get_mut(&number) else { return Ok((number, Todo::default())) };
        if place.is_connected {
            // The client knows before we do that its connection is lost.
            place.conversation.left();
        }
        place.conversation.comes_back();
        if let Some(refused) = place.conversation.refusal() {
            self.conversations.remove(&number);
            return Err(self.denial(&refused, "the session has it so".to_owned()));
        }
        place.is_connected = true;
        place.conversation.todo.clear();
        place.conversation.resumed(session, arrival.last_event_id.as_deref(), now);
        Ok((number, self.opened(number, true)))
    }

    fn opened(&mut self, number: u64, resumed: bool) -> Todo {
        let Some(place) = self.conversations.get_mut(&number) else { return Todo::default() };
        let sessions = place.conversation.playing().map(str::to_owned).collect();
        let channel = place.conversation.session.channel().key.clone();
        place.conversation.log.insert(0, Entry::Opened { connection: number, channel, sessions, resumed });
        self.todo(number)
    }

    /// Does something with a conversation.
    pub fn with(&mut self, number: u64, act: impl FnOnce(&mut Conversation)) -> Todo {
        if let Some(place) = self.conversations.get_mut(&number) {
            act(&mut place.conversation);
        }
        self.todo(number)
    }

    /// When [`Conversation::tick`] of this conversation has something to do.
    pub fn due(&self, number: u64) -> Option<Duration> {
        self.conversations.get(&number).and_then(|place| place.conversation.due())
    }

    fn todo(&mut self, number: u64) -> Todo {
        let Some(place) = self.conversations.get_mut(&number) else { return Todo::default() };
        let todo = place.conversation.todo.drain(..).map(|one| (number, one)).collect();
        Todo { todo, log: place.conversation.log.drain(..).collect() }
    }

    /// The connection of a conversation is over. It is kept where its client may come back.
    pub fn left(&mut self, number: u64) {
        let Some(place) = self.conversations.get_mut(&number) else { return };
        place.conversation.left();
        place.is_connected = false;
        let may_resume = place.conversation.is_to_resume() || self.protocol.contract.rules.resume.is_some();
        if !may_resume {
            self.conversations.remove(&number);
        }
        let n_dormant = self.conversations.values().filter(|place| !place.is_connected).count();
        if n_dormant > MAX_DORMANT {
            let oldest =
                self.conversations.iter().find(|(_, place)| !place.is_connected).map(|(number, _)| *number);
            oldest.and_then(|oldest| self.conversations.remove(&oldest));
        }
    }

    /// Answers an HTTP request: as the first conversation says in which a client makes it now.
    pub fn request(&mut self, request: &Requested<'_>, token: Option<&str>, now: Duration) -> (Answer, Todo) {
        let mut found = None;
        for fit in [Fit::Exact, Fit::More, Fit::Loose] {
            let is_good = fit != Fit::Loose || token.is_none_or(|token| self.takes(token));
            if is_good && found.is_none() {
                found = self.requested(request, token, fit, now);
            }
        }
        let (answer, numbers) = match found {
            Some(found) => found,
            None if token.is_some_and(|token| !self.takes(token)) => (no(UNAUTHORIZED, REFUSED), Vec::new()),
            None => (self.unforeseen(request), Vec::new()),
        };
        let connection = numbers.first().copied();
        let mut todo = Todo::default();
        for number in numbers {
            let Todo { todo: more, log } = self.todo(number);
            todo.todo.extend(more);
            todo.log.extend(log);
        }
        let (method, path) = (request.method.to_owned(), request.path.to_owned());
        todo.log.insert(0, Entry::Answered { connection, method, path, status: answer.status });
        (answer, todo)
    }

    /// The answer of the conversation whose client makes the request; of those that it may be, the first, and the others
    /// are told. Where a client with the request's token has it to make, it is of nobody else.
    fn requested(
        &mut self,
        request: &Requested<'_>,
        token: Option<&str>,
        fit: Fit,
        now: Duration,
    ) -> Option<(Answer, Vec<u64>)> {
        let connected = || self.conversations.iter().filter(|(_, place)| place.is_connected);
        let has_token =
            |place: &Place| token.is_some() && place.conversation.session.token.as_deref() == token;
        let is_known = connected()
            .any(|(_, place)| has_token(place) && place.conversation.claim(request, fit).is_some());
        let claims = connected().filter(|(_, place)| !is_known || has_token(place));
        let claims: Vec<_> = claims
            .filter_map(|(number, place)| Some((*number, place.conversation.claim(request, fit)?)))
            .collect();
        let owner = claims.iter().find(|(_, claim)| *claim == Claim::Ours).map(|(number, _)| *number);
        if let Some(number) = owner {
            let conversation = &mut self.conversations.get_mut(&number)?.conversation;
            return Some((conversation.requested(request, fit, None, now)?, vec![number]));
        }
        let mut given: Option<(Answer, Vec<u64>)> = None;
        for (number, _) in claims {
            let conversation = &mut self.conversations.get_mut(&number)?.conversation;
            let before = given.as_ref().map(|(answer, _)| answer);
            let Some(answer) = conversation.requested(request, fit, before, now) else { continue };
            given.get_or_insert_with(|| (answer, Vec::new())).1.push(number);
        }
        given
    }

    /// The answer to a request that nobody waits for.
    fn unforeseen(&self, request: &Requested<'_>) -> Answer {
        let scripts = self.sessions.iter().map(|session| Script::new(Arc::clone(session)));
        let is_first = scripts.into_iter().any(|script| script.request(request, Fit::Loose).is_some());
        let is_waiting = self.conversations.values().any(|place| place.conversation.awaits_request());
        match (is_first, is_waiting) {
            (true, _) => no(409, "no connection of a session waits for this request: connect first"),
            (false, true) => no(404, "no session makes this request now"),
            (false, false) => no(404, "no session makes this request"),
        }
    }
}

fn no(status: u16, reason: &str) -> Answer {
    Answer { status, body: json!({ "error": reason }) }
}

/// The ways in which a token travels over `transport`.
pub fn ways(protocol: &Protocol, transport: Transport) -> Vec<&Auth> {
    let fits = |auth: &&Auth| match auth {
        Auth::Header { .. } | Auth::Query { .. } | Auth::Cookie { .. } => true,
        Auth::Subprotocol { .. } => transport == Transport::WebSocket,
        Auth::SocketioAuth { .. } => transport == Transport::SocketIo,
        Auth::Event { .. } => transport != Transport::Sse,
    };
    protocol.contract.rules.auth.iter().filter(fits).collect()
}

/// Whether the session is about a client that is refused at once.
fn refuses(session: &Arc<Session>) -> bool {
    first_refusal(session).is_some()
}

fn first_refusal(session: &Arc<Session>) -> Option<Refused> {
    match Script::new(Arc::clone(session)).wants() {
        Wants::Refuse(refused) => Some(refused.clone()),
        _ => None,
    }
}

/// Whether the client connects as the session does.
fn is_meant(session: &Session, arrival: &Arrival) -> bool {
    session.channel_idx == arrival.channel_idx
        && session.token == arrival.token
        && session.query == arrival.query
        && (session.last_event_id.is_none() || session.last_event_id == arrival.last_event_id)
}

/// The token in Socket.IO's CONNECT payload, or in an event.
pub fn token_in(payload: Option<&Value>, name: &str) -> Option<String> {
    payload?.get(name)?.as_str().map(str::to_owned)
}
