//! Hands every published event to the clients that want it, and keeps the latest for those who resume.
//!
//! One lock holds history and clients together, so that a client sees each event exactly once: either in what it
//! resumes over or live. Nothing waits for a client; one that reads too slowly is dropped.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::event::Event;
use crate::event_log::EventLog;
use crate::settings::Settings;
use crate::topics::Topics;

/// All clients, and the history they resume over.
#[derive(Debug)]
pub struct Hub {
    state: Mutex<State>,
    n_history: usize,
    n_queue: usize,
}

#[derive(Debug, Default)]
struct State {
    history: VecDeque<Arc<Event>>,
    log: Option<EventLog>,
    clients: HashMap<u64, Client>,
    n_subscribed: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct Client {
    topics: Topics,
    queue: mpsc::Sender<Arc<Event>>,
}

/// Why a client gets no more events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It read too slowly.
    TooSlow,
    /// The server stops.
    Closed,
}

/// What a client missed since its last event.
#[derive(Debug)]
pub enum Missed {
    /// These events.
    Events(Vec<Arc<Event>>),
    /// Nobody knows: its last event is not in the history (any more).
    Unknown,
}

impl Hub {
    /// Takes up the history of the event log, where there is one.
    ///
    /// # Errors
    /// The event log cannot be read or written, or belongs to another server.
    pub fn open(settings: &Settings) -> io::Result<Self> {
        let (n_history, n_queue) = (settings.n_history, settings.n_queue);
        let mut state = State::default();
        if let Some(path) = &settings.event_log {
            let (log, history) = EventLog::open(path, n_history)?;
            state = State { log: Some(log), history, ..state };
        }
        Ok(Self { state: Mutex::new(state), n_history, n_queue })
    }

    /// The latest events, the oldest first.
    pub fn history(&self) -> Vec<Arc<Event>> {
        self.lock().history.iter().cloned().collect()
    }

    /// Sends an event to all clients that want it.
    pub fn publish(&self, event: Event) {
        let event = Arc::new(event);
        let mut state = self.lock();
        state.remember(&event, self.n_history);
        state.clients.retain(|_, client| !client.topics.want(&event.name) || client.offer(event.clone()));
    }

    /// Lets a client listen, from now on or from after its last event on.
    pub fn subscribe(self: &Arc<Self>, topics: Topics, last_id: Option<&str>) -> (Missed, Subscription) {
        let (sender, queue) = mpsc::channel(self.n_queue);
        let mut state = self.lock();
        let missed = state.missed(last_id, &topics);
        let id = state.n_subscribed;
        state.n_subscribed += 1;
        if !state.is_closed {
            state.clients.insert(id, Client { topics, queue: sender });
        }
        (missed, Subscription { id, hub: self.clone(), queue })
    }

    /// Ends all subscriptions because the server stops. Clients get what is queued for them. What is published from now
    /// on nobody sees, so that the log is free for the next process.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.log = None;
        state.clients.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Keeps an event for those who resume, before anyone receives it.
    fn remember(&mut self, event: &Arc<Event>, n_history: usize) {
        self.history.push_back(event.clone());
        let n_old = self.history.len().saturating_sub(n_history);
        self.history.drain(..n_old);
        if let Some(Err(error)) = self.log.as_mut().map(|log| log.append(event, &self.history)) {
            // Those who are connected are still served.
            eprintln!("the event log cannot be written: {error}");
        }
    }

    fn missed(&self, last_id: Option<&str>, topics: &Topics) -> Missed {
        let Some(last_id) = last_id else { return Missed::Events(Vec::new()) };
        match self.history.iter().position(|event| &*event.id == last_id) {
            Some(last) => {
                let later = self.history.range(last + 1..).filter(|event| topics.want(&event.name));
                Missed::Events(later.cloned().collect())
            }
            None => Missed::Unknown,
        }
    }
}

impl Client {
    /// Queues an event whatever its topic; says whether the client is still to be served.
    fn offer(&self, event: Arc<Event>) -> bool {
        !matches!(self.queue.try_send(event), Err(TrySendError::Full(_)))
    }
}

/// What waits for one client.
#[derive(Debug)]
pub struct Subscription {
    id: u64,
    hub: Arc<Hub>,
    queue: mpsc::Receiver<Arc<Event>>,
}

impl Subscription {
    /// Waits for the next event. Safe to cancel.
    ///
    /// # Errors
    /// Why there are no more.
    pub async fn next(&mut self) -> Result<Arc<Event>, End> {
        let event = self.queue.recv().await;
        event.ok_or_else(|| if self.hub.lock().is_closed { End::Closed } else { End::TooSlow })
    }

    /// Queues an event for this client alone, whatever its topics: it comes after all that was published before.
    pub fn answer(&self, event: Event) {
        let mut state = self.hub.lock();
        if state.clients.get(&self.id).is_some_and(|client| !client.offer(Arc::new(event))) {
            state.clients.remove(&self.id);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.lock().clients.remove(&self.id);
    }
}
