//! Where connections meet the house: who has a line to which conversation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};
use tokio::time::{Duration, Instant};

use super::line::Line;
use super::{Logging, Options};
use crate::mock::conversation::{Answer, Conversation, Do};
use crate::mock::fault::{Fault, Faults};
use crate::mock::house::{Arrival, Denial, House, Todo};
use crate::mock::log::Entry;
use crate::mock::script::Requested;

/// How much waits for a client that does not read.
const QUEUE: usize = 1024;

/// The house with its lines.
pub struct Desk {
    inner: Mutex<Inner>,
    began: Instant,
    faults: Arc<[Fault]>,
    seed: u64,
    logging: Logging,
}

struct Inner {
    house: House,
    lines: HashMap<u64, Ends>,
    n_lines: u64,
}

/// The desk's end of a line.
struct Ends {
    /// Which of the lines that the conversation has had.
    number: u64,
    todo: mpsc::Sender<Do>,
    /// Told when something may have changed.
    changed: Arc<Notify>,
}

impl Desk {
    /// A desk that nobody has come to.
    pub fn new(house: House, options: &Options, logging: Logging) -> Self {
        let inner = Mutex::new(Inner { house, lines: HashMap::new(), n_lines: 0 });
        Self {
            inner,
            began: Instant::now(),
            faults: options.faults.clone().into(),
            seed: options.seed,
            logging,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Whoever panicked has left nothing half done that matters to others.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// What the house says that does not change.
    pub fn look<T>(&self, look: impl FnOnce(&House) -> T) -> T {
        look(&self.lock().house)
    }

    /// Lets a client in, or refuses it.
    ///
    /// # Errors
    /// How it is refused.
    pub fn admit(self: &Arc<Self>, arrival: &Arrival) -> Result<Line, Denial> {
        let mut inner = self.lock();
        let channel = inner.house.protocol.contract.channels[arrival.channel_idx].key.clone();
        let (number, todo) = inner.house.admit(arrival, self.now()).inspect_err(|denial| {
            self.log(&Entry::Refused {
                channel: channel.clone(),
                status: denial.is_status_meant.then_some(denial.status),
                message: denial.message.clone(),
                reason: denial.reason.clone(),
            });
        })?;
        let (sender, inbox) = mpsc::channel(QUEUE);
        let changed = Arc::new(Notify::new());
        inner.n_lines += 1;
        let line_number = inner.n_lines;
        let ends = Ends { number: line_number, todo: sender, changed: Arc::clone(&changed) };
        if let Some(before) = inner.lines.insert(number, ends) {
            // The client is back before its first connection was seen to end.
            before.changed.notify_one();
        }
        self.dispatch(&mut inner, todo);
        let faults = Faults::new(Arc::clone(&self.faults), self.seed.wrapping_add(number));
        Ok(Line::new(number, line_number, Arc::clone(self), inbox, changed, faults))
    }

    /// Does something with a conversation.
    pub fn with(&self, number: u64, act: impl FnOnce(&mut Conversation, Duration)) {
        let mut inner = self.lock();
        let now = self.now();
        let todo = inner.house.with(number, |conversation| act(conversation, now));
        self.dispatch(&mut inner, todo);
        if let Some(ends) = inner.lines.get(&number) {
            ends.changed.notify_one();
        }
    }

    /// When the conversation has something to do by itself.
    pub fn due(&self, number: u64) -> Option<Instant> {
        let due = self.lock().house.due(number)?;
        self.began.checked_add(due)
    }

    /// Answers a request.
    pub fn request(&self, request: &Requested<'_>, token: Option<&str>) -> Answer {
        let mut inner = self.lock();
        let (answer, todo) = inner.house.request(request, token, self.now());
        self.dispatch(&mut inner, todo);
        answer
    }

    /// The line is over.
    pub fn left(&self, number: u64, line_number: u64) {
        let mut inner = self.lock();
        if inner.lines.get(&number).is_none_or(|ends| ends.number == line_number) {
            inner.lines.remove(&number);
            inner.house.left(number);
        }
    }

    /// Tells whoever reads the log.
    pub fn log(&self, entry: &Entry) {
        (self.logging)(entry);
    }

    fn dispatch(&self, inner: &mut Inner, todo: Todo) {
        todo.log.iter().for_each(|entry| self.log(entry));
        for (number, one) in todo.todo {
            let Some(ends) = inner.lines.get(&number) else { continue };
            if ends.todo.try_send(one).is_err() {
                let message = format!("the client has left {QUEUE} events unread, and is given up");
                self.log(&Entry::warning(number, message));
                if let Some(ends) = inner.lines.remove(&number) {
                    drop(ends.todo);
                    ends.changed.notify_one();
                }
                return;
            }
            ends.changed.notify_one();
        }
    }
}
