//! Socket.IO 5 over Engine.IO 4: one namespace per connection.
//!
//! Codecs ([`packet`], [`engine`]) and the namespace ([`session`]) are pure; [`carrier`] moves Engine.IO packets over
//! HTTP and WebSocket. Connection state recovery is not offered to the server.

mod carrier;
pub(crate) mod engine;
pub(crate) mod packet;
mod polling;
mod session;

use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use self::carrier::{Carrier, Incoming};
use self::session::Session;
use super::opening::within;
use super::{Closing, Command, Endpoint, Kind, Link, Observed, Observer, Peer, Task, Transport, printable};

/// How many batches of packets wait between the session and its carrier, each way.
const QUEUE: usize = 64;
/// Deadlines further away than this are as good as none, and cannot overflow the clock.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long a server is listened to that has refused us and does not answer a barrier.
const BEHIND_REFUSAL: Duration = Duration::from_millis(500);

/// The transport.
pub(super) struct SocketIo;

impl Transport for SocketIo {
    fn kind(&self) -> Kind {
        Kind::SocketIo
    }

    fn open(&self, endpoint: Endpoint, link: Link) -> Task {
        Box::pin(run(endpoint, link))
    }
}

/// The packets of one command, which stay together.
type Batch = Vec<engine::Packet>;

/// How a conversation ended.
struct End {
    what: Observed,
    /// Whether Engine.IO is still open.
    open: bool,
}

async fn run(endpoint: Endpoint, Link { mut commands, observer }: Link) {
    let connect_by = Instant::now() + endpoint.limits.handshake.min(FAR);
    // A handshake needs far more room than what it leads to, which may stay for long.
    let opening = match Box::pin(within(endpoint.limits.handshake, carrier::open(&endpoint))).await {
        Ok(opening) => opening,
        Err(failure) => return failure.report(&observer).await,
    };
    let (outgoing, outbox) = mpsc::channel(QUEUE);
    let (inbox, incoming) = mpsc::channel(QUEUE);
    let (opened, is_open) = oneshot::channel();
    // The queue is empty and its other end at hand.
    let _ = outgoing.try_send(vec![session::connect(&endpoint.namespace, endpoint.auth.clone())]);
    let reception = Reception {
        session: Session::new(&endpoint.namespace, opening.handshake, endpoint.limits.message_bytes),
        silence: opening.open.silence,
        connect_by,
        refused_at: None,
        opened: Some(opened),
        outgoing: outgoing.clone(),
        observer: &observer,
    };
    let carrier = Carrier::new(&endpoint, opening.client, opening.open);
    let mut carrying = pin!(carrier.carry(opening.kind, outbox, inbox));
    let end = {
        let mut conversation = pin!(converse(carrying.as_mut(), reception.run(opening.early, incoming)));
        tokio::select! {
            end = &mut conversation => end,
            obeyed = obey(&mut commands, is_open, &outgoing, &endpoint.namespace, &observer) => match obeyed {
                Obeyed::Abort => ours("aborted"),
                Obeyed::Close => {
                    let end = timeout(endpoint.limits.close, conversation).await;
                    end.unwrap_or_else(|_| ours("the server did not answer the close"))
                }
            },
        }
    };
    observer.saw(end.what).await;
    if end.open && outgoing.try_send(vec![engine::Packet::Close]).is_ok() {
        let _ = timeout(endpoint.limits.close, carrying).await;
    }
}

fn ours(reason: &str) -> End {
    let closing = Closing { by: Peer::Client, reason: reason.to_owned(), ..Closing::default() };
    End { what: Observed::Closed(closing), open: false }
}

/// Carries and receives until either ends; what has been carried is received in any case.
async fn converse(
    carrying: Pin<&mut impl Future<Output = Closing>>,
    receiving: impl Future<Output = Option<Observed>>,
) -> End {
    let mut receiving = pin!(receiving);
    tokio::select! {
        Some(what) = &mut receiving => End { what, open: true },
        closing = carrying => {
            let what = receiving.await.unwrap_or(Observed::Closed(closing));
            End { what, open: false }
        }
    }
}

/// Receives what the carrier brings.
struct Reception<'a> {
    session: Session,
    silence: Duration,
    connect_by: Instant,
    refused_at: Option<Instant>,
    opened: Option<oneshot::Sender<()>>,
    outgoing: mpsc::Sender<Batch>,
    observer: &'a Observer,
}

impl Reception<'_> {
    /// Runs until the session ends, or until the carrier brings no more. A server that has refused us is listened to until
    /// it answers a barrier, for a moment at most.
    async fn run(mut self, early: Vec<Incoming>, mut incoming: mpsc::Receiver<Incoming>) -> Option<Observed> {
        for incoming in early {
            if let Some(end) = self.receive(incoming).await {
                return Some(end);
            }
        }
        let mut dead_at = Instant::now() + self.silence;
        // It stays: one for each packet would cost more than the packet.
        let mut alarm = pin!(sleep_until(dead_at));
        loop {
            let deadline = if self.session.is_open() { dead_at } else { dead_at.min(self.connect_by) };
            let deadline = self.refused_at.map_or(deadline, |at| deadline.min(at + BEHIND_REFUSAL));
            if alarm.deadline() != deadline {
                alarm.as_mut().reset(deadline);
            }
            let received = tokio::select! {
                biased;
                received = incoming.recv() => received,
                () = alarm.as_mut() => return Some(self.session.refused().unwrap_or_else(|| self.late())),
            };
            let Some(received) = received else { return self.session.refused() };
            if matches!(received, Incoming::Packet(engine::Packet::Ping(_))) {
                dead_at = Instant::now() + self.silence;
            }
            if let Some(end) = self.receive(received).await {
                return Some(end);
            }
        }
    }

    fn late(&self) -> Observed {
        if !self.session.is_open() && self.connect_by <= Instant::now() {
            return Observed::Unreachable("the server did not answer the CONNECT".to_owned());
        }
        let reason = format!("the server has sent no ping for {:?}", self.silence);
        Observed::Closed(Closing { by: Peer::Client, reason, ..Closing::default() })
    }

    async fn receive(&mut self, incoming: Incoming) -> Option<Observed> {
        let packet = match incoming {
            Incoming::Packet(packet) => packet,
            Incoming::Malformed { raw, reason } => {
                self.observer.saw(Observed::Malformed { raw: printable(&raw), reason }).await;
                return None;
            }
        };
        let step = self.session.receive(packet);
        if self.session.is_refused() {
            self.refused_at.get_or_insert_with(Instant::now);
        }
        if !step.reply.is_empty() {
            // When the carrier has gone, its end says so.
            let _ = self.outgoing.send(step.reply).await;
        }
        for what in step.saw {
            self.observer.saw(what).await;
        }
        if self.session.is_open()
            && let Some(opened) = self.opened.take()
        {
            let _ = opened.send(());
        }
        step.end
    }
}

/// Why no more commands are obeyed.
enum Obeyed {
    Close,
    Abort,
}

async fn obey(
    commands: &mut mpsc::Receiver<Box<Command>>,
    is_open: oneshot::Receiver<()>,
    outgoing: &mpsc::Sender<Batch>,
    namespace: &str,
    observer: &Observer,
) -> Obeyed {
    if is_open.await.is_err() {
        // The reception has ended, and with it the conversation.
        std::future::pending::<()>().await;
    }
    while let Some(command) = commands.recv().await {
        let close = matches!(*command, Command::Close { .. });
        let batch = match *command {
            Command::Abort => break,
            Command::Close { .. } => Ok(vec![session::disconnect(namespace), engine::Packet::Close]),
            Command::Barrier(n) => Ok(vec![session::barrier(n)]),
            Command::Send(event) => session::send(namespace, event),
            Command::Raw { name, bytes } => session::raw(namespace, name, &bytes),
            Command::Acknowledge { id, arguments, attachments } => {
                session::acknowledge(namespace, id, arguments, attachments)
            }
        };
        match batch {
            Ok(batch) => {
                let _ = outgoing.send(batch).await;
            }
            Err(reason) => observer.saw(Observed::Unsupported(reason)).await,
        }
        if close {
            return Obeyed::Close;
        }
    }
    Obeyed::Abort
}
