//! Talks with the server: opens the connection, again where it is lost, and sends what is to be sent, until there is an end.

use std::collections::{BTreeMap, VecDeque};
use std::future::pending;
use std::io;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Transport};
use handfast_conformance::matcher::{Settings, endpoint};
use handfast_conformance::session::Session;
use handfast_conformance::transport::{self, Command, Connection, Sighting};
use tokio::sync::mpsc::OwnedPermit;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::arguments::Connect;
use super::awaited::Awaited;
use super::back_off::BackOff;
use super::ending::End;
use super::heart::{Beat, Heart};
use super::outgoing::{By, Composer, Sending};
use super::screen::Screen;
use super::seen::Seen;
use super::told::{Link, Told};
use crate::error::Error;
use crate::printing::say;

/// How many events may wait to be sent before no more lines are read.
const MAX_WAITING: usize = 64;
/// How many requests without an acknowledgement are remembered.
const MAX_REQUESTS: usize = 1024;
/// A normal closure (RFC 6455, 7.4.1).
const NORMAL: u16 = 1000;
/// How long a farewell may take; the transport has bounds of its own within.
const FAREWELL: Duration = Duration::from_secs(5);

/// The lines of the standard input.
pub type Lines = mpsc::Receiver<io::Result<String>>;

/// A conversation with a server.
pub struct Conversation<'c> {
    pub(super) arguments: &'c Connect,
    pub(super) session: &'c Session,
    pub(super) awaited: Option<&'c Awaited>,
    pub(super) screen: Screen,
    settings: Settings,
    connection: Option<Connection>,
    emits: Vec<Sending>,
    /// The standard input, where it is read and has not ended.
    lines: Option<Lines>,
    /// Whether a person sits at the standard input, who sees at once what is wrong.
    is_interactive: bool,
    waiting: VecDeque<Sending>,
    /// Whether what is waited for has come.
    is_seen: bool,
    pub(super) heart: Option<Heart>,
    pub(super) seen: Seen,
    pub(super) back_off: BackOff,
    pub(super) last_event_id: Option<String>,
    /// What acknowledgements are to come for, by the id that was sent along.
    pub(super) requests: BTreeMap<u64, EventIdx>,
    n_requests: u64,
    pub(super) link: LinkState,
    /// How many events were invalid.
    pub(super) n_invalid: usize,
    /// How many lines were not sent, or events that the transport can't carry.
    pub(super) n_unsent: usize,
}

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// There was none yet.
    New,
    /// It is open.
    Open,
    /// There was one.
    Lost,
}

/// What comes next.
#[derive(Debug)]
pub enum Next {
    /// The conversation goes on.
    On,
    /// The connection is over, and the conversation is not.
    Again,
    /// The conversation is over.
    Over(End),
}

impl<'c> Conversation<'c> {
    /// A conversation that has not begun.
    pub fn new(
        arguments: &'c Connect,
        session: &'c Session,
        settings: Settings,
        emits: Vec<Sending>,
    ) -> Self {
        Self {
            arguments,
            session,
            awaited: None,
            screen: Screen::new(arguments),
            settings,
            connection: None,
            emits,
            lines: None,
            is_interactive: false,
            waiting: VecDeque::new(),
            is_seen: false,
            heart: Heart::new(session),
            seen: Seen::default(),
            back_off: BackOff::default(),
            last_event_id: session.last_event_id.clone(),
            requests: BTreeMap::new(),
            n_requests: 0,
            link: LinkState::New,
            n_invalid: 0,
            n_unsent: 0,
        }
    }

    /// Waits for this event.
    pub fn wait_for(&mut self, awaited: Option<&'c Awaited>) {
        self.awaited = awaited;
    }

    /// Sends the events in these lines, which a person may write.
    pub fn read(&mut self, lines: Lines, is_interactive: bool) {
        (self.lines, self.is_interactive) = (Some(lines), is_interactive);
    }

    /// Where the connection leads, for people.
    pub fn address(&self) -> String {
        let mut url = endpoint::endpoint(self.session, &self.settings, None).url;
        // They may hold a secret. A URL with a host can do without.
        url.set_query(None);
        let _ = url.set_password(None);
        let address = url.to_string();
        match self.session.channel().transport {
            Transport::WebSocket => address.replacen("http", "ws", 1),
            Transport::Sse | Transport::SocketIo => address,
        }
    }

    /// Talks until there is an end, or until `stop` becomes true.
    ///
    /// # Errors
    /// Nobody reads what is told.
    pub async fn talk(&mut self, mut stop: watch::Receiver<bool>) -> Result<End, Error> {
        let limit = self.arguments.timeout;
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit.duration()));
        let end = tokio::select! {
            end = self.converse() => end?,
            () = until(deadline) => End::OutOfTime(limit, self.link),
            Ok(_) = stop.wait_for(|stop| *stop) => End::Interrupted,
        };
        self.farewell().await;
        Ok(end)
    }

    async fn converse(&mut self) -> Result<End, Error> {
        loop {
            let channel = self.session.channel();
            let endpoint = endpoint::endpoint(self.session, &self.settings, self.last_event_id.as_deref());
            let connection = transport::open(endpoint::kind(channel.transport), endpoint);
            self.connection = connection.map(Connection::spawned);
            if let Some(end) = self.listen().await? {
                return Ok(end);
            }
            let pause = self.back_off.next();
            let (attempt, last_event_id) = (self.back_off.n_attempts(), self.last_event_id.as_deref());
            self.screen.link(&Link::Again { pause, attempt, last_event_id })?;
            sleep(pause).await;
        }
    }

    /// Listens and sends until the connection is over; the end, unless it is to be opened again.
    async fn listen(&mut self) -> Result<Option<End>, Error> {
        loop {
            let next = match self.happening().await {
                Happening::Seen(Some(seen)) => self.saw(seen)?,
                // It ended without a word of its own.
                Happening::Seen(None) => {
                    self.lose();
                    self.after(End::Closed { is_well: false })
                }
                Happening::Room(room) => self.send(room)?,
                Happening::Line(line) => self.line(line),
                Happening::Due => self.beat(),
            };
            match next {
                // What is to be sent is sent, however soon the end comes.
                Next::Over(End::Seen) => self.is_seen = true,
                Next::Over(end) => return Ok(Some(if self.is_seen { End::Seen } else { end })),
                Next::Again => return Ok(self.is_seen.then_some(End::Seen)),
                Next::On => {}
            }
            if self.is_seen && self.waiting.is_empty() {
                return Ok(Some(End::Seen));
            }
        }
    }

    async fn happening(&mut self) -> Happening {
        let Some(connection) = &mut self.connection else { return Happening::Seen(None) };
        let is_open = self.link == LinkState::Open;
        let has_some = !self.waiting.is_empty();
        let has_room = self.waiting.len() < MAX_WAITING && !self.is_seen;
        tokio::select! {
            seen = connection.observed.recv() => Happening::Seen(seen),
            Ok(room) = connection.commands.clone().reserve_owned(), if is_open && has_some => Happening::Room(room),
            line = next_line(&mut self.lines), if is_open && has_room => Happening::Line(line),
            () = until(self.heart.as_ref().and_then(Heart::due)) => Happening::Due,
        }
    }

    /// The connection is open: what is to be sent first.
    pub(super) fn begin(&mut self) {
        let is_first = self.link == LinkState::New;
        self.link = LinkState::Open;
        self.seen.connected();
        self.requests.clear();
        if let Some(heart) = &mut self.heart {
            heart.connected(Instant::now());
        }
        if is_first || self.arguments.emit_again {
            self.waiting.extend(self.emits.iter().cloned());
        } else if !self.emits.is_empty() {
            say("what `--emit` said is not sent again; `--emit-again` does that");
        }
        if let Some(login) = Sending::login(self.session) {
            self.waiting.push_front(login);
        }
    }

    /// The connection was open, and is over.
    pub(super) fn lose(&mut self) {
        (self.connection, self.link) = (None, LinkState::Lost);
        self.waiting.retain(|sending| sending.by == By::User);
        if let Some(heart) = &mut self.heart {
            heart.disconnected();
        }
    }

    /// How many events of the user were never sent.
    pub fn n_waiting(&self) -> usize {
        self.waiting.iter().filter(|sending| sending.by == By::User).count()
    }

    /// Puts an event behind those that wait.
    pub(super) fn enqueue(&mut self, sending: Sending) {
        self.waiting.push_back(sending);
    }

    fn send(&mut self, room: OwnedPermit<Box<Command>>) -> Result<Next, Error> {
        let Some(sending) = self.waiting.pop_front() else { return Ok(Next::On) };
        if let Some(heart) = &mut self.heart {
            heart.sent(&sending.name, sending.by, Instant::now());
        }
        if self.shows_sent(&sending) {
            self.screen.event(&Told::Sent(&sending))?;
        }
        let ack = sending.event.filter(|event| self.is_acknowledged(*event)).map(|event| self.ask(event));
        room.send(Box::new(Command::Send(sending.outgoing(self.session, ack))));
        Ok(Next::On)
    }

    fn is_acknowledged(&self, event: EventIdx) -> bool {
        let exchange = self.session.protocol.contract.exchange(event);
        exchange.is_some_and(|exchange| exchange.acknowledgement.is_some())
    }

    /// The id under which an acknowledgement of `event` is asked for.
    fn ask(&mut self, event: EventIdx) -> u64 {
        let id = self.n_requests;
        self.n_requests += 1;
        self.requests.insert(id, event);
        if self.requests.len() > MAX_REQUESTS {
            self.requests.pop_first();
        }
        id
    }

    fn line(&mut self, line: Option<io::Result<String>>) -> Next {
        let composer = Composer { session: self.session, is_forced: self.arguments.force };
        match line {
            None => {
                self.lines = None;
                // Who sits at a terminal says so that that is all.
                if self.is_interactive { Next::Over(End::Interrupted) } else { Next::On }
            }
            Some(Ok(line)) if line.trim().is_empty() => Next::On,
            Some(line) => {
                let read =
                    line.map_err(|error| Error::new(format!("the standard input can't be read: {error}")));
                match read.and_then(|line| composer.line(&line)) {
                    Ok(sending) => self.enqueue(sending),
                    Err(error) => {
                        error.print();
                        self.n_unsent += usize::from(!self.is_interactive);
                    }
                }
                Next::On
            }
        }
    }

    fn beat(&mut self) -> Next {
        match self.heart.as_mut().and_then(|heart| heart.tick(Instant::now())) {
            None => Next::On,
            Some(Beat::Send(event)) => {
                self.enqueue(Sending::beat(self.session, event));
                Next::On
            }
            Some(Beat::Dead(silence)) => {
                say(&format!("the server gives no sign of life for {silence:?}"));
                self.lose();
                self.after(End::Closed { is_well: false })
            }
        }
    }

    /// What follows a connection that is over: another one while something is waited for, else `end`.
    pub(super) fn after(&self, end: End) -> Next {
        let goes_on = self.awaited.is_some() && !self.arguments.no_reconnect;
        if goes_on { Next::Again } else { Next::Over(end) }
    }

    /// Closes the connection in the protocol's way.
    async fn farewell(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if self.link != LinkState::Open {
            return;
        }
        let close =
            connection.commands.send(Box::new(Command::Close { code: NORMAL, reason: String::new() }));
        // It may have to get rid of what it saw before it obeys.
        let heard = async { while connection.observed.recv().await.is_some() {} };
        // Whatever the server makes of it, this is the end.
        let _ = timeout(FAREWELL, async { tokio::join!(close, heard) }).await;
    }
}

/// What happens next.
enum Happening {
    /// The connection saw something; `None` where it is over.
    Seen(Option<Sighting>),
    /// The connection takes a command.
    Room(OwnedPermit<Box<Command>>),
    /// A line was read; `None` at the end of them.
    Line(Option<io::Result<String>>),
    /// The heartbeat has something to do.
    Due,
}

async fn next_line(lines: &mut Option<Lines>) -> Option<io::Result<String>> {
    match lines {
        Some(lines) => lines.recv().await,
        None => pending().await,
    }
}

async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}
