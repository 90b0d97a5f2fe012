//! Events as bytes, written as they should be and as they should not.

use std::time::Duration;

use crate::fault::Spoil;

/// The first byte of a frame: whether it is the last of its message, and what it is.
const FINAL: u8 = 0x80;
const RESERVED: u8 = 0x40;
const CONTINUATION: u8 = 0x0;
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const UNDEFINED: u8 = 0x3;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;
/// The flag of a masked frame, in its second byte.
const MASKED: u8 = 0x80;
/// The second byte of a frame whose length takes eight more.
const LONG: u8 = 127;
/// No byte of any UTF-8.
const NO_UTF8: u8 = 0xff;

/// What is written to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing, for that long.
    Pause(Duration),
    /// Nothing any more, while the connection stays.
    Stall,
    /// The end of the connection.
    End,
}

/// A frame without a mask, whose first byte is `first`.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match u16::try_from(payload.len()) {
        Ok(length @ 0..126) => bytes.push(length as u8),
        Ok(length) => {
            bytes.push(126);
            bytes.extend(length.to_be_bytes());
        }
        Err(_) => return long_frame(first, payload.len() as u64, payload),
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// A frame that says that it is `length` bytes long, in eight bytes.
fn long_frame(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first, LONG];
    bytes.extend(length.to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// A text message in one frame.
pub fn text_frame(text: &str) -> Vec<u8> {
    frame(FINAL | TEXT, text.as_bytes())
}

/// A close frame.
pub fn close_frame(payload: &[u8]) -> Vec<u8> {
    frame(FINAL | CLOSE, payload)
}

/// A WebSocket message, spoiled.
pub fn message(text: &str, spoil: Spoil) -> Vec<Piece> {
    let payload = text.as_bytes();
    let (one, two) = payload.split_at(payload.len() / 2);
    let whole = text_frame(text);
    let ended = |payload: &[u8]| vec![Piece::Bytes(close_frame(payload)), Piece::End];
    let frames = |frames: &[Vec<u8>]| vec![Piece::Bytes(frames.concat())];
    match spoil {
        Spoil::Binary => frames(&[frame(FINAL | BINARY, payload)]),
        Spoil::Continued => frames(&[frame(FINAL | CONTINUATION, payload)]),
        Spoil::Unfinished => frames(&[frame(TEXT, one), whole]),
        Spoil::Masked => frames(&[masked(&whole)]),
        Spoil::ReservedBit => frames(&[frame(FINAL | RESERVED | TEXT, payload)]),
        Spoil::ReservedOpcode => frames(&[frame(FINAL | UNDEFINED, payload)]),
        Spoil::LongLength => frames(&[long_frame(FINAL | TEXT, payload.len() as u64, payload)]),
        Spoil::Huge => vec![Piece::Bytes(long_frame(FINAL | TEXT, 1 << 60, payload)), Piece::Stall],
        Spoil::LongPing => frames(&[frame(FINAL | PING, &[b'p'; 126]), whole]),
        Spoil::CutPing => frames(&[frame(PING, b"p"), frame(FINAL | CONTINUATION, b"p"), whole]),
        Spoil::Utf8 => frames(&[frame(FINAL | TEXT, &no_utf8(payload))]),
        Spoil::Truncated => cut(&whole, Piece::End),
        Spoil::Halted => cut(&whole, Piece::Stall),
        Spoil::Halved => frames(&[frame(FINAL | TEXT, one), frame(FINAL | TEXT, two)]),
        Spoil::Doubled => frames(&[frame(FINAL | TEXT, &[payload, payload].concat())]),
        Spoil::Dribbled(pause) => dribble(&whole, pause),
        Spoil::CloseCode(code) => ended(&code.to_be_bytes()),
        Spoil::HalfCode => ended(&[3]),
        Spoil::CloseUtf8 => ended(&[3, 0xe8, NO_UTF8]),
        Spoil::Fragmented => {
            frames(&[frame(TEXT, one), frame(FINAL | PING, b"p"), frame(FINAL | CONTINUATION, two)])
        }
        Spoil::Ponged => frames(&[frame(FINAL | PONG, b"p"), whole]),
        Spoil::Unnumbered | Spoil::Adorned => unfit(spoil),
    }
}

/// A block of Server-Sent Events, spoiled.
pub fn block(text: &str, spoil: Spoil) -> Vec<Piece> {
    let whole = format!("{text}\n\n");
    let bytes = whole.as_bytes();
    let lines = |text: String| vec![Piece::Bytes(text.into_bytes())];
    match spoil {
        Spoil::Utf8 => vec![Piece::Bytes([no_utf8(text.as_bytes()), b"\n\n".to_vec()].concat())],
        Spoil::Truncated => cut(bytes, Piece::End),
        Spoil::Halted => cut(bytes, Piece::Stall),
        Spoil::Halved => {
            let (one, two) = whole.split_at(whole.len() / 2);
            lines(format!("{one}\n\n{two}"))
        }
        Spoil::Doubled => lines(format!("{text}\n{whole}")),
        Spoil::Unnumbered => {
            let kept = text.lines().filter(|line| !line.starts_with("id:"));
            lines(kept.map(|line| format!("{line}\n")).chain(["\n".to_owned()]).collect())
        }
        Spoil::Dribbled(pause) => dribble(bytes, pause),
        Spoil::Adorned => {
            let more = format!(": a comment\nretry: 100\nunknown: field\n{whole}:\n\n");
            lines(more.replace('\n', "\r\n"))
        }
        _ => unfit(spoil),
    }
}

/// An Engine.IO packet in a polling payload, spoiled.
pub fn packet(text: &str, spoil: Spoil) -> Vec<Piece> {
    match spoil {
        Spoil::Utf8 => vec![Piece::Bytes(no_utf8(text.as_bytes()))],
        Spoil::Halved => {
            let (one, two) = text.split_at(text.len() / 2);
            vec![Piece::Bytes(format!("{one}\u{1e}{two}").into_bytes())]
        }
        Spoil::Doubled => vec![Piece::Bytes(text.repeat(2).into_bytes())],
        Spoil::Truncated => vec![Piece::Bytes(text.as_bytes()[..text.len() / 2].to_vec())],
        _ => unfit(spoil),
    }
}

fn unfit(spoil: Spoil) -> ! {
    panic!("the table asks for {spoil:?} on a transport that has no such thing")
}

fn cut(bytes: &[u8], then: Piece) -> Vec<Piece> {
    vec![Piece::Bytes(bytes[..bytes.len() / 2].to_vec()), then]
}

fn dribble(bytes: &[u8], pause: Duration) -> Vec<Piece> {
    bytes.iter().flat_map(|byte| [Piece::Pause(pause), Piece::Bytes(vec![*byte])]).collect()
}

/// The bytes with one in their middle that is no UTF-8.
fn no_utf8(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] = NO_UTF8;
    bytes
}

/// The same frame with a mask of zeros, which changes no byte.
fn masked(frame: &[u8]) -> Vec<u8> {
    let n_head = match frame[1] {
        126 => 4,
        LONG => 10,
        _ => 2,
    };
    let mut bytes = frame.to_vec();
    bytes[1] |= MASKED;
    bytes.splice(n_head..n_head, [0; 4]);
    bytes
}
