//! An open WebSocket: reads and writes messages until one side ends it, for plain WebSockets and for Engine.IO.
//!
//! tungstenite joins fragments, answers pings and checks frames; it offers no compression.

use std::pin::pin;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::upgrade::Socket;
use super::{Closing, Limits, Peer};

/// No close frame was received (RFC 6455, 7.4.1).
const ABNORMAL: u16 = 1006;
/// A close frame without a code was received (RFC 6455, 7.4.1).
const NO_STATUS: u16 = 1005;
/// A close frame's payload is 125 bytes at most, two of which are the code (RFC 6455, 5.5).
const REASON_BYTES: usize = 123;

/// Takes what is read from a socket.
pub(super) trait Reader: Sync {
    /// A message other than a close.
    fn message(&self, message: Message) -> impl Future<Output = ()> + Send;
    /// Bytes that are no WebSocket frame, and why.
    fn violation(&self, reason: String) -> impl Future<Output = ()> + Send;
}

/// Says what to write to a socket.
pub(super) trait Writer: Send {
    /// The next messages, of which a close is the last; none to drop the connection.
    fn next(&mut self) -> impl Future<Output = Option<Vec<Message>>> + Send;
}

/// Reads and writes at the same time, since a peer may write until we read.
pub(super) async fn carry(
    socket: Box<Socket>,
    limits: Limits,
    reader: &impl Reader,
    writer: &mut impl Writer,
) -> Closing {
    let (mut sink, mut stream) = (*socket).split();
    let end = {
        let mut reading = pin!(read(&mut stream, reader));
        let written = tokio::select! {
            biased;
            end = &mut reading => Err(end),
            written = write(&mut sink, limits.write, writer) => Ok(written),
        };
        match written {
            Err(end) => end,
            Ok(Written::Abort) => return abnormal(Peer::Client, "aborted"),
            // What the server sent before it saw our close, or before the connection broke, is still to be read.
            Ok(Written::Close) => match timeout(limits.close, reading).await {
                Ok(Ended::Closed(frame)) => return closed(Peer::Client, frame),
                Ok(end) => end,
                Err(_) => return abnormal(Peer::Client, "the server did not answer the close"),
            },
            Ok(Written::Broken(by, reason)) => match timeout(limits.close, reading).await {
                Ok(end) => end,
                Err(_) => return abnormal(by, &reason),
            },
        }
    };
    finish(end, &mut sink, limits.close, reader).await
}

/// How the server's side ended.
enum Ended {
    /// A close frame.
    Closed(Option<CloseFrame>),
    /// The end of the connection without one.
    Broken(String),
    /// Bytes that are no WebSocket frame, and the close code they deserve.
    Violation { reason: String, code: u16 },
}

async fn read(stream: &mut SplitStream<Socket>, reader: &impl Reader) -> Ended {
    loop {
        match stream.next().await {
            Some(Ok(Message::Close(frame))) => return Ended::Closed(frame),
            Some(Ok(message)) => reader.message(message).await,
            Some(Err(error)) => return ended(&error),
            None => return Ended::Broken("the connection ended".to_owned()),
        }
    }
}

fn ended(error: &Error) -> Ended {
    let code = match error {
        Error::Capacity(_) => 1009,
        Error::Utf8(_) => 1007,
        Error::Protocol(problem) if *problem != ResetWithoutClosingHandshake => 1002,
        _ => return Ended::Broken(error.to_string()),
    };
    Ended::Violation { reason: error.to_string(), code }
}

/// Why no more is written.
enum Written {
    Close,
    Abort,
    Broken(Peer, String),
}

async fn write(sink: &mut SplitSink<Socket, Message>, limit: Duration, writer: &mut impl Writer) -> Written {
    while let Some(messages) = writer.next().await {
        for message in messages {
            let close = message.is_close();
            let mut sending = pin!(sink.send(message));
            // Most can be sent at once, and need no clock.
            let sent = match sending.as_mut().now_or_never() {
                Some(sent) => Ok(sent),
                None => timeout(limit, sending).await,
            };
            match sent {
                Ok(Ok(())) if close => return Written::Close,
                Ok(Ok(())) => {}
                Ok(Err(error)) => return Written::Broken(Peer::Server, error.to_string()),
                Err(_) => {
                    let reason = format!("the server has read nothing for {limit:?}");
                    return Written::Broken(Peer::Client, reason);
                }
            }
        }
    }
    Written::Abort
}

/// Answers the server's close, or closes for a violation; says how the connection ended.
async fn finish(
    end: Ended,
    sink: &mut SplitSink<Socket, Message>,
    limit: Duration,
    reader: &impl Reader,
) -> Closing {
    match end {
        Ended::Closed(frame) => {
            // tungstenite has queued the answer. The server may be gone already, which changes nothing.
            let _ = timeout(limit, sink.flush()).await;
            closed(Peer::Server, frame)
        }
        Ended::Broken(reason) => abnormal(Peer::Server, &reason),
        Ended::Violation { reason, code } => {
            reader.violation(reason.clone()).await;
            let _ = timeout(limit, sink.send(close_message(code, &reason))).await;
            Closing { by: Peer::Client, code: Some(code), reason, clean: false }
        }
    }
}

/// A close frame, its reason cut to what fits.
pub(super) fn close_message(code: u16, reason: &str) -> Message {
    let reason = Utf8Bytes::from(&reason[..reason.floor_char_boundary(REASON_BYTES)]);
    Message::Close(Some(CloseFrame { code: code.into(), reason }))
}

fn closed(by: Peer, frame: Option<CloseFrame>) -> Closing {
    let (code, reason) =
        frame.map_or((NO_STATUS, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
    Closing { by, code: Some(code), reason, clean: true }
}

fn abnormal(by: Peer, reason: &str) -> Closing {
    Closing { by, code: Some(ABNORMAL), reason: reason.to_owned(), clean: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_reasons_fit_into_a_control_frame() {
        let Message::Close(Some(frame)) = close_message(1000, &"é".repeat(100)) else { panic!("no close") };
        assert_eq!(frame.reason.as_str(), "é".repeat(61));
    }
}
