//! An open WebSocket between client and target: bytes pass as they are, and a reader beside them sees the frames.

use std::io::{self, Cursor};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use data_encoding::BASE64;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::upstream::Stream;
use crate::record::recorder::{ConnectionId, Recorder};
use crate::record::trace::{Carrier, Content, Exchange};
use crate::transport::engine::{self, Open, Packet};
use crate::transport::{Limits, Peer};

/// How much is read at a time, in bytes.
const BUFFER_BYTES: usize = 16 << 10;
/// How long the other side may take to end its half once one half has ended.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// The connection that a WebSocket's frames belong to.
pub enum Session {
    /// It stands.
    Known(ConnectionId),
    /// It is the one that Engine.IO's handshake, the first message, opens.
    Engine(Box<Exchange>),
}

/// Tells the recorder of frames.
pub struct Watch {
    recorder: Arc<Recorder>,
    session: Mutex<Session>,
    is_engine: bool,
    /// Who closed, or ended the connection, first.
    ended: Mutex<Option<Peer>>,
}

impl Watch {
    /// Tells `recorder` of the frames of `session`.
    pub fn new(recorder: Arc<Recorder>, session: Session, is_engine: bool) -> Self {
        Self { recorder, session: Mutex::new(session), is_engine, ended: Mutex::new(None) }
    }

    /// There was no connection after all.
    pub fn broken(self) {
        self.ended(Peer::Client);
        self.finish();
    }

    fn ended(&self, by: Peer) {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(by);
    }

    fn finish(self) {
        let by = self.ended.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or_default();
        if let Session::Known(id) = self.session.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.recorder.end(id, by);
        }
    }

    fn saw(&self, from: Peer, content: Content) {
        if matches!(content, Content::Close { .. }) {
            self.ended(from);
        }
        let id = match &mut *self.session.lock().unwrap_or_else(PoisonError::into_inner) {
            Session::Known(id) => *id,
            session @ Session::Engine(_) => {
                let Some(id) = self.opened(session, &content) else { return };
                id
            }
        };
        let is_end = self.is_engine && matches!(&content, Content::Text { text } if text == "1");
        if is_end {
            self.ended(from);
        }
        self.recorder.frame(id, from, Carrier::Websocket, content);
    }

    /// The connection that Engine.IO's handshake opens.
    fn opened(&self, session: &mut Session, content: &Content) -> Option<ConnectionId> {
        let (Session::Engine(opening), Content::Text { text }) = (&*session, content) else { return None };
        let Ok(Packet::Open(data)) = engine::decode(text) else { return None };
        let id = self.recorder.engine(&Open::decode(&data).ok()?, opening);
        *session = Session::Known(id);
        Some(id)
    }
}

/// Carries what is sent until both sides have ended.
pub async fn carry(client: impl Stream, server: impl Stream, watch: Watch) {
    let (from_client, to_client) = split(client);
    let (from_server, to_server) = split(server);
    {
        let up = pass(from_client, to_server, Peer::Client, &watch);
        let down = pass(from_server, to_client, Peer::Server, &watch);
        tokio::pin!(up, down);
        // Whatever an end looks like, the other side may still have something to say.
        tokio::select! {
            _ = &mut up => {
                let _ = timeout(LAST_WORDS, down).await;
            }
            _ = &mut down => {
                let _ = timeout(LAST_WORDS, up).await;
            }
        }
    }
    watch.finish();
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    peer: Peer,
    watch: &Watch,
) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(BUFFER_BYTES);
    let mut reader = Reader::default();
    let passed = loop {
        buffer.clear();
        match from.read_buf(&mut buffer).await {
            Ok(0) => break Ok(()),
            Err(error) => break Err(error),
            Ok(_) => {}
        }
        // First the record: what answers this must not seem to come before it.
        reader.read(&buffer, &mut |content| watch.saw(peer, content));
        if let Err(error) = to.write_all(&buffer).await {
            break Err(error);
        }
        if let Err(error) = to.flush().await {
            break Err(error);
        }
    };
    watch.ended(peer);
    let _ = to.shutdown().await;
    passed
}

/// Reads frames (RFC 6455, 5.2), and joins fragments into messages.
#[derive(Default)]
struct Reader {
    /// What has been read and is no whole frame.
    rest: Vec<u8>,
    /// The message that is being joined.
    message: Option<(Data, Vec<u8>)>,
    /// How much of a frame that is too large is still to come.
    n_skipped: u64,
    /// Whether the bytes stopped being frames.
    is_lost: bool,
}

impl Reader {
    fn read(&mut self, bytes: &[u8], saw: &mut impl FnMut(Content)) {
        if self.is_lost {
            return;
        }
        self.rest.extend_from_slice(bytes);
        loop {
            if self.n_skipped > 0 {
                let n = self.rest.len().min(usize::try_from(self.n_skipped).unwrap_or(usize::MAX));
                self.rest.drain(..n);
                self.n_skipped -= n as u64;
            }
            let mut cursor = Cursor::new(self.rest.as_slice());
            let (header, length) = match FrameHeader::parse(&mut cursor) {
                Ok(Some(parsed)) => parsed,
                Ok(None) => return,
                Err(error) => return self.lose(&format!("no WebSocket frame: {error}"), saw),
            };
            let start = usize::try_from(cursor.position()).unwrap_or(usize::MAX);
            if length > Limits::default().message_bytes as u64 {
                self.rest.drain(..start);
                self.n_skipped = length;
                self.message = None;
                saw(Content::Lost { reason: format!("a frame of {length} bytes") });
                continue;
            }
            let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
            if end > self.rest.len() {
                return;
            }
            let mut payload: Vec<u8> = self.rest.drain(..end).skip(start).collect();
            if let Some(mask) = header.mask {
                payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
            }
            self.frame(header.opcode, header.is_final, payload, saw);
        }
    }

    fn lose(&mut self, reason: &str, saw: &mut impl FnMut(Content)) {
        self.is_lost = true;
        self.rest = Vec::new();
        saw(Content::Lost { reason: reason.to_owned() });
    }

    fn frame(&mut self, opcode: OpCode, is_final: bool, payload: Vec<u8>, saw: &mut impl FnMut(Content)) {
        match opcode {
            OpCode::Control(Control::Ping) => saw(Content::Ping { base64: BASE64.encode(&payload) }),
            OpCode::Control(Control::Pong) => saw(Content::Pong { base64: BASE64.encode(&payload) }),
            OpCode::Control(Control::Close) => saw(close(&payload)),
            OpCode::Control(Control::Reserved(_)) | OpCode::Data(Data::Reserved(_)) => {
                self.lose("a frame with a reserved opcode", saw);
            }
            OpCode::Data(kind) => self.data(kind, is_final, payload, saw),
        }
    }

    fn data(&mut self, kind: Data, is_final: bool, payload: Vec<u8>, saw: &mut impl FnMut(Content)) {
        match (kind, &mut self.message) {
            (Data::Continue, Some((_, joined))) => {
                if joined.len() + payload.len() > Limits::default().message_bytes {
                    self.message = None;
                    return saw(Content::Lost { reason: "a message that is too long".to_owned() });
                }
                joined.extend_from_slice(&payload);
            }
            // The rest of a message that was too long.
            (Data::Continue, None) => return,
            (kind, message) => *message = Some((kind, payload)),
        }
        if is_final && let Some((kind, payload)) = self.message.take() {
            saw(message(kind, payload));
        }
    }
}

fn message(kind: Data, payload: Vec<u8>) -> Content {
    match kind {
        Data::Binary => Content::Binary { base64: BASE64.encode(&payload) },
        _ => match String::from_utf8(payload) {
            Ok(text) => Content::Text { text },
            Err(_) => Content::Lost { reason: "a text message that is not UTF-8".to_owned() },
        },
    }
}

/// The content of a close frame (RFC 6455, 5.5.1).
fn close(payload: &[u8]) -> Content {
    match payload {
        [high, low, reason @ ..] => Content::Close {
            code: Some(u16::from_be_bytes([*high, *low])),
            reason: String::from_utf8_lossy(reason).into_owned(),
        },
        _ => Content::Close { code: None, reason: String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], n_at_a_time: usize) -> Vec<Content> {
        let (mut reader, mut seen) = (Reader::default(), Vec::new());
        for piece in bytes.chunks(n_at_a_time) {
            reader.read(piece, &mut |content| seen.push(content));
        }
        seen
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[Content]) {
        for n_at_a_time in [1, 3, bytes.len()] {
            assert_eq!(read(bytes, n_at_a_time), expected, "{n_at_a_time} at a time");
        }
    }

    fn text(text: &str) -> Content {
        Content::Text { text: text.to_owned() }
    }

    #[test]
    fn the_examples_of_rfc_6455() {
        check(b"\x81\x05\x48\x65\x6c\x6c\x6f", &[text("Hello")]);
        check(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", &[text("Hello")]);
        let ping = Content::Ping { base64: "SGVsbG8=".to_owned() };
        check(b"\x01\x03\x48\x65\x6c\x89\x05\x48\x65\x6c\x6c\x6f\x80\x02\x6c\x6f", &[ping, text("Hello")]);
    }

    #[test]
    fn closes_and_binary_messages() {
        let close = |code, reason: &str| Content::Close { code, reason: reason.to_owned() };
        check(b"\x88\x00", &[close(None, "")]);
        check(b"\x88\x05\x03\xe9bye", &[close(Some(1001), "bye")]);
        check(
            b"\x82\x02\x00\xff\x8a\x00",
            &[Content::Binary { base64: "AP8=".to_owned() }, Content::Pong { base64: String::new() }],
        );
    }

    #[test]
    fn what_is_too_large_costs_no_memory() {
        let mut reader = Reader::default();
        let mut seen = Vec::new();
        reader.read(b"\x82\x7f\x00\x00\x00\x00\x40\x00\x00\x00", &mut |content| seen.push(content));
        for _ in 0..1024 {
            reader.read(&[0; 1024], &mut |content| seen.push(content));
        }
        assert!(reader.rest.capacity() < 16 << 10, "{}", reader.rest.capacity());
        assert_eq!(seen, [Content::Lost { reason: "a frame of 1073741824 bytes".to_owned() }]);
    }

    #[test]
    fn bytes_that_are_no_frames_are_told_once() {
        let seen = read(&[0xff; 100], 10);
        assert!(matches!(seen.as_slice(), [Content::Lost { .. }]), "{seen:?}");
    }
}
