//! The namespace `/builder`: who may connect, what a client may send, and the heartbeat.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use socketioxide::SocketIo;
use socketioxide::adapter::LocalAdapter;
use socketioxide::extract::{Event, Extension, SocketRef, TryData};
use socketioxide::handler::{ConnectHandler, FromMessageParts, MessageHandler};
use socketioxide::socket::Socket;
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use crate::auth::{Auth, User};
use crate::builder::{Authenticated, ClientEvent, JoinProject, Ping, ProjectJoined, UserDecisionResponse};
use crate::decisions::Decisions;
use crate::project::{Failure, NAMESPACE, emit, error, room};

/// A client that has not answered a `ping` for so many intervals is gone.
const DEAD_AFTER_INTERVALS: f64 = 2.5;
const REFUSAL: &str = "Authentication failed";

/// What all connections share.
#[derive(Debug)]
pub struct Desk {
    pub auth: Arc<Auth>,
    pub decisions: Arc<Decisions>,
    pub heartbeat: Duration,
}

/// One connection.
#[derive(Debug)]
struct Session {
    desk: Arc<Desk>,
    user: Mutex<User>,
    pong: Notify,
}

/// What a client shows on CONNECT.
#[derive(Deserialize)]
struct Credentials {
    token: String,
}

/// Opens the namespace.
pub fn serve(io: &SocketIo, desk: Arc<Desk>) {
    let admit = async move |socket: SocketRef, TryData(credentials): TryData<Credentials>| {
        let user = credentials.ok().and_then(|shown| desk.auth.verify(&shown.token).ok()).ok_or(REFUSAL)?;
        let session = Arc::new(Session { desk, user: Mutex::new(user), pong: Notify::new() });
        // Listens before the client knows that it is connected, so that nothing it sends is lost.
        socket.on_fallback(InTurn(session.clone()));
        socket.extensions.insert(session);
        Ok::<_, &str>(())
    };
    io.ns(NAMESPACE, connected.with(admit));
}

async fn connected(socket: SocketRef, Extension(session): Extension<Arc<Session>>) {
    session.welcome(&socket);
    let heartbeat = tokio::spawn(keep_alive(socket.clone(), session)).abort_handle();
    socket.on_disconnect(async move || heartbeat.abort());
}

/// Handles the events of a client one after the other; an async handler would be a task of its own for each.
struct InTurn(Arc<Session>);

impl MessageHandler<LocalAdapter, Self> for InTurn {
    fn call(&self, socket: Arc<Socket>, mut packet: socketioxide_core::Value, acknowledgement: Option<i64>) {
        let Ok(Event(name)) = Event::from_message_parts(&socket, &mut packet, &acknowledgement) else {
            return;
        };
        let event = ClientEvent::from_parts(&name, argument(&packet));
        self.0.receive(&socket.into(), &name, event);
    }
}

/// The argument of an event; one without an argument means null. It is read from the packet's own text, because socketioxide
/// 0.18 gives up on an object whose first member has an escape in its name.
fn argument(packet: &socketioxide_core::Value) -> Value {
    let arguments = packet.as_str().map(|text| serde_json::from_str::<Vec<Value>>(text));
    let arguments = arguments.and_then(Result::ok).unwrap_or_default();
    arguments.into_iter().nth(1).unwrap_or_default()
}

impl Session {
    fn receive(&self, socket: &SocketRef, name: &str, event: Result<ClientEvent, handfast::Error>) {
        let handled = match event {
            Ok(ClientEvent::Authenticate(event)) => self.renew(socket, &event.token),
            Ok(ClientEvent::JoinProject(event)) => join(socket, event),
            Ok(ClientEvent::UserDecisionResponse(event)) => self.decide(socket, name, &event),
            Ok(ClientEvent::Pong(_)) => {
                self.pong.notify_one();
                Ok(())
            }
            // A newer client may send it.
            Ok(_) => Ok(()),
            Err(invalid) => refuse(socket, name, &invalid.to_string()),
        };
        if let Err(failure) = handled {
            eprintln!("client {}: {name}: {failure}", socket.id);
        }
    }

    /// Tells the client who it is.
    fn welcome(&self, socket: &SocketRef) {
        let user = self.user().clone();
        emit(socket, Authenticated::new(user.id, user.username));
    }

    fn renew(&self, socket: &SocketRef, token: &str) -> Result<(), Failure> {
        match self.desk.auth.verify(token) {
            Ok(user) => {
                *self.user() = user;
                self.welcome(socket);
            }
            Err(_) => emit(socket, error("AUTHENTICATION_FAILED", REFUSAL, None)?),
        }
        Ok(())
    }

    fn decide(&self, socket: &SocketRef, name: &str, event: &UserDecisionResponse) -> Result<(), Failure> {
        let rooms: Vec<_> = socket.rooms().into_iter().map(String::from).collect();
        match self.desk.decisions.answer(event, &rooms) {
            Ok(()) => Ok(()),
            Err(_) => refuse(socket, name, "`selectedOptionId` is no option of this decision"),
        }
    }

    fn user(&self) -> MutexGuard<'_, User> {
        self.user.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn join(socket: &SocketRef, event: JoinProject) -> Result<(), Failure> {
    let room = room(&event.project_id);
    socket.join(room.clone());
    let n_members = u32::try_from(socket.within(room).sockets().len())?;
    emit(socket, ProjectJoined::new(event.project_id, n_members.try_into()?));
    Ok(())
}

fn refuse(socket: &SocketRef, name: &str, message: &str) -> Result<(), Failure> {
    emit(socket, error("INVALID_PAYLOAD", message, Some(name))?);
    Ok(())
}

/// Pings the client at every interval, and drops it when it stays silent or its token has expired.
async fn keep_alive(socket: SocketRef, session: Arc<Session>) {
    let pause = session.desk.heartbeat;
    let silence = pause.mul_f64(DEAD_AFTER_INTERVALS);
    let mut beat = interval_at(Instant::now() + pause, pause);
    // A server that was late sends no pings in a heap.
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut dead_at = Instant::now() + silence;
    loop {
        tokio::select! {
            () = session.pong.notified() => dead_at = Instant::now() + silence,
            () = sleep_until(dead_at) => break,
            _ = beat.tick() => {
                if session.user().is_expired() {
                    if let Ok(expired) = error("AUTHENTICATION_FAILED", "The token has expired", None) {
                        emit(&socket, expired);
                    }
                    break;
                }
                emit(&socket, Ping);
            }
        }
    }
    // Fails when the client has gone by itself.
    let _ = socket.disconnect();
}
