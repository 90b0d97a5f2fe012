//! The server's side of Socket.IO 5: namespaces over one session of Engine.IO, each with a conversation of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use handfast_codegen::model::{Auth, Transport};
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until};
use url::form_urlencoded;

use super::engine::{Carrier, Engine, Side};
use super::http::{Answered, Front, engine_error, text};
use super::line::{Act, Line};
use super::stopped;
use super::websocket::{self, DEAD};
use crate::matcher::recognise::as_payload;
use crate::mock::conversation::Heard;
use crate::mock::fault::Fault;
use crate::mock::house::{Arrival, token_in, ways};
use crate::transport::socketio::engine::{self, Packet as EnginePacket};
use crate::transport::socketio::packet::{self, Body, Call, Packet};

/// How many things to do wait between the conversations and the session.
const QUEUE: usize = 64;
/// What the parts of the query say that are Engine.IO's own.
const ENGINE_QUERY: [&str; 6] = ["EIO", "transport", "sid", "t", "j", "b64"];

/// Answers a request of Engine.IO.
pub async fn answer(front: Arc<Front>, request: Request<Incoming>) -> Answered {
    let query: BTreeMap<String, String> =
        form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes()).into_owned().collect();
    let is_socket = match query.get("transport").map(String::as_str) {
        Some("polling") => false,
        Some("websocket") => true,
        _ => return engine_error(0, "Transport unknown"),
    };
    if is_socket != websocket::is_upgrade(request.headers()) {
        return engine_error(3, "Bad request");
    }
    match query.get("sid") {
        Some(sid) => match front.engines.get(sid) {
            Some(engine) => known(&front, engine, request, is_socket).await,
            None => engine_error(1, "Session ID unknown"),
        },
        None if request.method() != Method::GET => engine_error(2, "Bad handshake method"),
        None if query.get("EIO").is_none_or(|version| version != "4") => {
            engine_error(5, "Unsupported protocol version")
        }
        None => new(front, request, is_socket),
    }
}

/// A request of a session that is there.
async fn known(
    front: &Arc<Front>,
    engine: Arc<Engine>,
    mut request: Request<Incoming>,
    is_socket: bool,
) -> Answered {
    if is_socket {
        if engine.carrier() != Carrier::Polling {
            return engine_error(3, "Bad request");
        }
        if let Err(problem) = websocket::check(&request) {
            return problem;
        }
        let answered = websocket::switch(request.headers());
        let (upgrade, front) = (hyper::upgrade::on(&mut request), Arc::clone(front));
        tokio::spawn(async move {
            if let Some(socket) = websocket::open(upgrade, front.options.message_bytes).await {
                engine.upgrade(socket, &front.options).await;
            }
        });
        return answered;
    }
    match *request.method() {
        Method::GET => engine.poll().await,
        Method::POST => engine.take(request.into_body(), &front.options).await,
        _ => engine_error(3, "Bad request"),
    }
}

/// A session begins.
fn new(front: Arc<Front>, mut request: Request<Incoming>, is_socket: bool) -> Answered {
    if is_socket && let Err(problem) = websocket::check(&request) {
        return problem;
    }
    let carrier = if is_socket { Carrier::WebSocket } else { Carrier::Polling };
    let (engine, packets) = front.engines.open(carrier);
    let session = Session::new(&front, Arc::clone(&engine), &request);
    tokio::spawn(session.run(packets));
    if !is_socket {
        return text(StatusCode::OK, engine::encode(&engine.handshake(&front.options)));
    }
    let answered = websocket::switch(request.headers());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        match websocket::open(upgrade, front.options.message_bytes).await {
            Some(socket) => engine.carry(socket, &front.options).await,
            None => engine.end(Side::Client, 1006),
        }
    });
    answered
}

/// One session with its namespaces.
struct Session {
    front: Arc<Front>,
    engine: Arc<Engine>,
    /// What the client said in the handshake, per namespace of the contract.
    arrivals: BTreeMap<String, Arrival>,
    /// The conversations of the namespaces that it has joined.
    joined: BTreeMap<String, Joined>,
    acts: mpsc::Sender<(String, Option<Act>)>,
    partial: Option<Partial>,
}

struct Joined {
    number: u64,
    /// Ends the line when it is dropped.
    _leave: watch::Sender<()>,
}

/// A packet whose attachments are still coming.
struct Partial {
    packet: Packet,
    n_wanted: usize,
    attachments: Vec<Vec<u8>>,
}

/// Why a session goes no further.
struct Over(Side, u16);

impl Session {
    fn new(front: &Arc<Front>, engine: Arc<Engine>, request: &Request<Incoming>) -> Self {
        let channels = front.desk.look(|house| {
            let channels = house.protocol.contract.channels.iter().enumerate();
            let ours = channels.filter(|(_, channel)| channel.transport == Transport::SocketIo);
            ours.map(|(index, channel)| (namespace(&channel.address), index)).collect::<Vec<_>>()
        });
        let arrival = |(namespace, index)| {
            let mut arrival = front.arrival(request, index);
            arrival.query.retain(|name, _| !ENGINE_QUERY.contains(&name.as_str()));
            (namespace, arrival)
        };
        Self {
            arrivals: channels.into_iter().map(arrival).collect(),
            front: Arc::clone(front),
            engine,
            joined: BTreeMap::new(),
            acts: mpsc::channel(1).0,
            partial: None,
        }
    }

    async fn run(mut self, mut packets: mpsc::Receiver<EnginePacket>) {
        let (sender, mut acts) = mpsc::channel(QUEUE);
        self.acts = sender;
        let mut stopping = self.front.stopping();
        let options = self.front.options.clone();
        let rest = options.faults.iter().find_map(|fault| match fault {
            Fault::SlowReader(rest) => Some(rest.duration()),
            _ => None,
        });
        let joins_by = Instant::now() + options.connect_timeout;
        let mut ping_at = Instant::now() + options.ping_interval;
        let mut pong_by: Option<Instant> = None;
        let over = loop {
            let timer = pong_by.unwrap_or(ping_at);
            tokio::select! {
                Some((namespace, act)) = acts.recv() => match self.act(&namespace, act) {
                    Ok(true) => {}
                    Ok(false) => break self.dead(&mut stopping).await,
                    Err(over) => break over,
                },
                packet = packets.recv() => {
                    let Some(packet) = packet else { break Over(Side::Client, 1005) };
                    if matches!(packet, EnginePacket::Pong(_)) {
                        pong_by = None;
                    }
                    if let Err(over) = self.packet(packet) {
                        break over;
                    }
                    if let Some(rest) = rest {
                        sleep(rest).await;
                    }
                }
                () = sleep_until(timer) => {
                    if pong_by.is_some() {
                        break Over(Side::Server, 1005);
                    }
                    self.engine.send(vec![EnginePacket::Ping(String::new())]);
                    ping_at = Instant::now() + options.ping_interval;
                    pong_by = Some(Instant::now() + options.ping_timeout);
                }
                () = sleep_until(joins_by), if self.joined.is_empty() && Instant::now() < joins_by => {
                    break Over(Side::Server, 1005);
                }
                () = self.engine.ended() => break Over(Side::Client, 1005),
                () = stopped(&mut stopping) => break Over(Side::Server, 1001),
            }
        };
        self.engine.end(over.0, over.1);
        if over.0 == Side::Server && !*stopping.borrow() {
            // A client that polls learns of the last events when it asks again.
            tokio::select! {
                () = self.engine.drained(&options) => {}
                () = stopped(&mut stopping) => {}
            }
        }
        self.front.engines.remove(&self.engine.sid);
    }

    /// Stays, and does nothing any more.
    async fn dead(&self, stopping: &mut watch::Receiver<bool>) -> Over {
        tokio::select! {
            () = sleep(DEAD) => {}
            () = self.engine.ended() => {}
            () = stopped(stopping) => {}
        }
        Over(Side::Server, 1006)
    }

    /// Does what a conversation wants; whether the connection goes on.
    fn act(&mut self, namespace: &str, act: Option<Act>) -> Result<bool, Over> {
        let counted = |attachments: &[Vec<u8>]| Some(attachments.len()).filter(|n| *n > 0);
        let (body, attached) = match act {
            Some(Act::Tell(told)) => {
                let arguments = std::iter::once(Value::from(told.name)).chain(told.arguments).collect();
                let call = Call { id: told.ack, arguments, attachments: counted(&told.attachments) };
                (Body::Event(call), told.attachments)
            }
            Some(Act::Acknowledge { id, arguments, attachments }) => {
                let call = Call { id: Some(id), arguments, attachments: counted(&attachments) };
                (Body::Ack(call), attachments)
            }
            Some(Act::Break(code)) => return Err(Over(Side::Server, code)),
            Some(Act::HalfOpen) => return Ok(false),
            Some(Act::Close { .. }) | None => {
                self.joined.remove(namespace);
                (Body::Disconnect, Vec::new())
            }
        };
        self.send(namespace, body, attached);
        Ok(true)
    }

    fn send(&self, namespace: &str, body: Body, attachments: Vec<Vec<u8>>) {
        let packet = Packet { namespace: namespace.to_owned(), body };
        let text = EnginePacket::Text(packet::encode(&packet));
        let attachments = attachments.into_iter().map(EnginePacket::Binary);
        self.engine.send(std::iter::once(text).chain(attachments).collect());
    }

    /// Takes a packet of the client.
    fn packet(&mut self, packet: EnginePacket) -> Result<(), Over> {
        let malformed = Over(Side::Server, 1005);
        match packet {
            EnginePacket::Text(text) if self.partial.is_none() => {
                let packet = packet::decode(&text).map_err(|_| malformed)?;
                match &packet.body {
                    Body::Event(Call { attachments: Some(n @ 1..), .. })
                    | Body::Ack(Call { attachments: Some(n @ 1..), .. }) => {
                        self.partial = Some(Partial { n_wanted: *n, packet, attachments: Vec::new() });
                        Ok(())
                    }
                    _ => self.whole(packet, Vec::new()),
                }
            }
            EnginePacket::Binary(bytes) => {
                let mut partial = self.partial.take().ok_or(malformed)?;
                partial.attachments.push(bytes);
                if partial.attachments.len() < partial.n_wanted {
                    self.partial = Some(partial);
                    return Ok(());
                }
                self.whole(partial.packet, partial.attachments)
            }
            EnginePacket::Close => Err(Over(Side::Client, 1005)),
            EnginePacket::Pong(_) | EnginePacket::Noop | EnginePacket::Upgrade => Ok(()),
            EnginePacket::Text(_) | EnginePacket::Open(_) | EnginePacket::Ping(_) => Err(malformed),
        }
    }

    fn whole(&mut self, packet: Packet, attachments: Vec<Vec<u8>>) -> Result<(), Over> {
        let Packet { namespace, body } = packet;
        if let Body::Connect(auth) = body {
            self.connect(&namespace, auth.as_ref());
            return Ok(());
        }
        let Some(number) = self.joined.get(&namespace).map(|joined| joined.number) else {
            return Err(Over(Side::Server, 1005));
        };
        match body {
            Body::Disconnect => drop(self.joined.remove(&namespace)),
            Body::Event(call) => {
                let mut arguments = call.arguments;
                let name = arguments.remove(0).as_str().map(str::to_owned);
                let heard = Heard { name, payload: as_payload(arguments), ack: call.id, attachments };
                self.front.desk.with(number, |conversation, now| conversation.heard(&heard, now));
            }
            Body::Ack(call) => {
                let id = call.id.unwrap_or_default();
                self.front.desk.with(number, |conversation, now| conversation.acknowledged(id, now));
            }
            Body::Connect(_) | Body::ConnectError(_) => return Err(Over(Side::Server, 1005)),
        }
        Ok(())
    }

    /// The client wants to join a namespace.
    fn connect(&mut self, namespace: &str, auth: Option<&Value>) {
        let Some(arrival) = self.arrivals.get(namespace).filter(|_| !self.joined.contains_key(namespace))
        else {
            return self.send(
                namespace,
                Body::ConnectError(json!({ "message": "Invalid namespace" })),
                Vec::new(),
            );
        };
        let mut arrival = arrival.clone();
        let token = self.front.desk.look(|house| {
            let ways = ways(&house.protocol, Transport::SocketIo);
            ways.into_iter().find_map(|way| match way {
                Auth::SocketioAuth { name } => token_in(auth, name),
                _ => None,
            })
        });
        arrival.token = token.or(arrival.token);
        match self.front.desk.admit(&arrival) {
            Ok(line) => {
                self.send(namespace, Body::Connect(Some(json!({ "sid": self.engine.sid }))), Vec::new());
                let (leave, left) = watch::channel(());
                self.joined.insert(namespace.to_owned(), Joined { number: line.number(), _leave: leave });
                tokio::spawn(pump(namespace.to_owned(), line, self.acts.clone(), left));
            }
            Err(denial) => {
                self.send(namespace, Body::ConnectError(json!({ "message": denial.message })), Vec::new());
            }
        }
    }
}

/// Takes what a conversation wants to the session, until either is over.
async fn pump(
    namespace: String,
    mut line: Line,
    acts: mpsc::Sender<(String, Option<Act>)>,
    mut left: watch::Receiver<()>,
) {
    loop {
        let act = tokio::select! {
            act = line.next() => act,
            _ = left.changed() => return,
        };
        let is_last = match &act {
            Some(Act::Close { code, reason }) => {
                line.closed("server", Some(*code), reason.clone());
                true
            }
            Some(Act::Break(code)) => {
                line.closed("server", Some(*code), "a fault");
                true
            }
            None => {
                line.closed("server", None, "the conversation goes on elsewhere, or was given up");
                true
            }
            _ => false,
        };
        if acts.send((namespace.clone(), act)).await.is_err() || is_last {
            return;
        }
    }
}

/// The name of a namespace as packets carry it.
fn namespace(address: &str) -> String {
    format!("/{}", address.trim_start_matches('/'))
}
