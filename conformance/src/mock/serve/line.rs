//! A connection's line to its conversation: what it is to send, when, and with which faults.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::{Notify, mpsc};
use tokio::time::{Duration, Instant, sleep_until};

use super::desk::Desk;
use crate::mock::conversation::{Conversation, Do, Told};
use crate::mock::fault::{End, Faults, HELD};
use crate::mock::log::Entry;

/// How many events may be late at a time.
const MAX_LATE: usize = 1024;

/// A connection's end of a line.
pub struct Line {
    number: u64,
    line_number: u64,
    desk: Arc<Desk>,
    inbox: mpsc::Receiver<Do>,
    changed: Arc<Notify>,
    faults: Faults,
    /// What is on its way, and when it arrives.
    late: VecDeque<(Instant, Act)>,
    /// When what waits to be overtaken waits no longer.
    held_until: Option<Instant>,
    closed: Option<(String, Option<u16>, String)>,
}

/// What a connection does.
#[derive(Debug)]
pub enum Act {
    /// Sends an event.
    Tell(Told),
    /// Answers an acknowledgement.
    Acknowledge {
        /// The id in the client's packet.
        id: u64,
        /// The arguments.
        arguments: Vec<serde_json::Value>,
        /// Binary attachments.
        attachments: Vec<Vec<u8>>,
    },
    /// Closes.
    Close {
        /// WebSocket close code.
        code: u16,
        /// Why.
        reason: String,
    },
    /// Breaks off, with a code where the transport has one.
    Break(u16),
    /// Stays, and reads and writes nothing any more.
    HalfOpen,
}

impl Line {
    /// A line to the conversation `number`.
    pub fn new(
        number: u64,
        line_number: u64,
        desk: Arc<Desk>,
        inbox: mpsc::Receiver<Do>,
        changed: Arc<Notify>,
        faults: Faults,
    ) -> Self {
        let mut line = Self {
            number,
            line_number,
            desk,
            inbox,
            changed,
            faults,
            late: VecDeque::new(),
            held_until: None,
            closed: None,
        };
        if let Some(end) = line.faults.at_once() {
            line.late.push_back((Instant::now(), act(end)));
        }
        line
    }

    /// The conversation's number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How long the server rests after each message that it reads.
    pub fn rest(&self) -> Option<Duration> {
        self.faults.rest()
    }

    /// Does something with the conversation.
    pub fn with(&self, act: impl FnOnce(&mut Conversation, Duration)) {
        self.desk.with(self.number, act);
    }

    /// Says how the connection ended, for the log.
    pub fn closed(&mut self, by: &str, code: Option<u16>, reason: impl Into<String>) {
        self.closed.get_or_insert((by.to_owned(), code, reason.into()));
    }

    /// What is to be done next; `None` once the conversation is no longer ours. Nothing is lost where it is not awaited to
    /// its end.
    pub async fn next(&mut self) -> Option<Act> {
        loop {
            let due = self.desk.due(self.number);
            let arrives = self.late.front().map(|(at, _)| *at);
            let soonest = [due, arrives, self.held_until].into_iter().flatten().min();
            let has_room = self.late.len() < MAX_LATE;
            tokio::select! {
                biased;
                () = wait(soonest) => {
                    if let Some(act) = self.elapsed(Instant::now()) {
                        return Some(act);
                    }
                }
                one = self.inbox.recv(), if has_room => match one {
                    Some(one) => self.take(one),
                    // What was said before the end is still said.
                    None => return self.late.pop_front().map(|(_, act)| act),
                },
                () = self.changed.notified() => {}
            }
        }
    }

    fn elapsed(&mut self, now: Instant) -> Option<Act> {
        if self.held_until.is_some_and(|until| until <= now) {
            self.held_until = None;
            let released = self.faults.release();
            self.late.extend(released.into_iter().map(|told| (now, Act::Tell(told))));
        }
        if self.late.front().is_some_and(|(at, _)| *at <= now) {
            return self.late.pop_front().map(|(_, act)| act);
        }
        if self.desk.due(self.number).is_some_and(|due| due <= now) {
            self.desk.with(self.number, Conversation::tick);
        }
        None
    }

    /// Takes what the conversation wants, through the faults.
    fn take(&mut self, one: Do) {
        let now = Instant::now();
        let after = self.late.back().map_or(now, |(at, _)| *at);
        match one {
            Do::Acknowledge { id, arguments, attachments } => {
                self.late.push_back((after, Act::Acknowledge { id, arguments, attachments }));
            }
            Do::Close { code, reason } => {
                let released = self.faults.release();
                self.late.extend(released.into_iter().map(|told| (after, Act::Tell(told))));
                self.late.push_back((after, Act::Close { code, reason }));
            }
            Do::Tell(told) => {
                let name = told.name.clone();
                let passed = self.faults.pass(told);
                let at = (now + passed.delay).max(after);
                self.late.extend(passed.events.into_iter().map(|told| (at, Act::Tell(told))));
                self.late.extend(passed.end.map(|end| (at, act(end))));
                self.held_until =
                    if self.faults.holds() { self.held_until.or(Some(now + HELD)) } else { None };
                for fault in passed.done {
                    let (connection, fault) = (self.number, fault.to_string());
                    self.desk.log(&Entry::Fault { connection, fault, name: Some(name.clone()) });
                }
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.desk.left(self.number, self.line_number);
        let (by, code, reason) =
            self.closed.take().unwrap_or_else(|| ("client".to_owned(), None, String::new()));
        self.desk.log(&Entry::Closed { connection: self.number, by, code, reason });
    }
}

fn act(end: End) -> Act {
    match end {
        End::Close(code) => Act::Break(code),
        End::HalfOpen => Act::HalfOpen,
    }
}

async fn wait(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until).await,
        None => std::future::pending().await,
    }
}
