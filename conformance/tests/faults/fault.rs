//! What a server can do wrong, kind by kind.

use std::time::Duration;

/// What is wrong with a server.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// An event, the nth of its name from 0, is not what it was.
    Event(&'static str, usize, Change),
    /// That event is written in a wrong way.
    Bytes(&'static str, usize, Spoil),
    /// A packet of Socket.IO or Engine.IO comes in that event's place.
    Packet(&'static str, usize, Packet),
    /// The answer to the handshake is another one.
    Handshake(Opening),
    /// Engine.IO, or the namespace of Socket.IO, does not work.
    Engine(Engine),
    /// The answer to a request beside the connection is another one.
    Reply(Reply),
    /// The answer to the client's close frame is another one.
    Close(Farewell),
    /// Pings of the WebSocket protocol have no answer.
    NoPongs,
    /// It lets a client in whose token is this one, which is no good.
    Admits(&'static str),
    /// It does not heed this header of the handshake.
    Ignores(&'static str),
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// It does not come.
    Lost,
    /// Neither it nor any later one of its name comes.
    Silent,
    /// Neither it nor anything else comes, and the connection stays.
    Stalled,
    /// It comes twice.
    Twice,
    /// The first event of that name comes again before it.
    Replaying(&'static str),
    /// It comes after the next event of that name.
    Behind(&'static str),
    /// It and those up to the next event of that name come in reverse order.
    Reversed(&'static str),
    /// It comes that much later, and so does everything after it.
    Late(Duration),
    /// Its member at the pointer is missing.
    Without(&'static str),
    /// Its member at the pointer has that name.
    Renamed(&'static str, &'static str),
    /// The object at the pointer has a member of that name more.
    Extra(&'static str, &'static str),
    /// The value at the pointer is another one; the text is JSON.
    With(&'static str, &'static str),
    /// The values at the two pointers have changed places.
    Swapped(&'static str, &'static str),
    /// The value at the pointer is that of the event before.
    Repeating(&'static str),
    /// It is the one item of an array.
    Wrapped,
    /// The transport gives it another name.
    Called(&'static str),
    /// It is text that is no JSON.
    Garbage(&'static str),
    /// Another event, with this name and JSON, comes before it.
    After(&'static str, &'static str),
    /// Another event, with this name and JSON, comes behind it.
    Then(&'static str, &'static str),
    /// The connection ends instead.
    Closed,
}

/// How an event is written. What is about frames is of WebSockets alone, what is about blocks of Server-Sent Events.
#[derive(Debug, Clone, Copy)]
pub enum Spoil {
    /// A binary frame.
    Binary,
    /// A frame that continues what no frame began.
    Continued,
    /// A frame that is not the last of its message, and none continues it.
    Unfinished,
    /// A masked frame, which only clients send.
    Masked,
    /// The first reserved bit is set.
    ReservedBit,
    /// An opcode that nobody has defined.
    ReservedOpcode,
    /// Its length is in eight bytes, where one would do.
    LongLength,
    /// Its length is said to be an exbibyte.
    Huge,
    /// A ping with more than 125 bytes comes before it.
    LongPing,
    /// A ping in two frames comes before it.
    CutPing,
    /// A byte of its text is no UTF-8.
    Utf8,
    /// The connection ends in its middle.
    Truncated,
    /// Nothing more comes from its middle on.
    Halted,
    /// It is in two messages, half in each.
    Halved,
    /// It stands twice in one message.
    Doubled,
    /// Its block has no id.
    Unnumbered,
    /// A byte at a time, with this pause between them.
    Dribbled(Duration),
    /// A close frame with this code instead, and the end.
    CloseCode(u16),
    /// A close frame with half a code instead, and the end.
    HalfCode,
    /// A close frame with a reason that is no UTF-8 instead, and the end.
    CloseUtf8,
    /// In fragments, as is allowed, with a ping between them.
    Fragmented,
    /// A pong that nobody asked for, as is allowed, comes before it.
    Ponged,
    /// Comments, unknown fields and `retry`, as is allowed, with the other ends of lines.
    Adorned,
}

/// A packet that comes in place of an event.
#[derive(Debug, Clone, Copy)]
pub enum Packet {
    /// The event, with an attachment that does not come.
    Attached,
    /// The event, in a namespace that nobody joined.
    Elsewhere,
    /// The event, with one argument more.
    Argued,
    /// An event whose name is a number.
    Nameless,
    /// An Engine.IO packet of no known type.
    UnknownEngine,
    /// A Socket.IO packet of no known type.
    UnknownType,
    /// The acknowledgement of what nobody sent.
    Unasked,
    /// Another consent to join the namespace.
    ConnectedAgain,
    /// The end of the namespace.
    Disconnected,
    /// The end of Engine.IO.
    EngineClosed,
    /// Nothing, as is allowed, and then the event.
    Noop,
}

/// The answer to a handshake.
#[derive(Debug, Clone, Copy)]
pub enum Opening {
    /// It has this status, and a page.
    Status(u16),
    /// It leads elsewhere.
    Redirect,
    /// It has no such header.
    Headless(&'static str),
    /// Its header is another one.
    Header(&'static str, &'static str),
    /// It does not come.
    Never,
}

/// What does not work of Engine.IO.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    /// Its handshake has no session id.
    NoSid,
    /// It says how often it pings, in milliseconds, and does not.
    NoPings(u64),
    /// The probe of the upgrade has no answer.
    NoProbe,
    /// The upgrade that it offers is refused.
    NoUpgrade,
    /// A poll is answered with this status, once the session has seen events.
    PollStatus(u16),
    /// The namespace can't be joined.
    ConnectError,
    /// Whether the namespace can be joined is not said.
    NoConnect,
}

/// The answer to a request.
#[derive(Debug, Clone, Copy)]
pub enum Reply {
    /// It has another status.
    OtherStatus(u16),
    /// The value at the pointer is another one; the text is JSON.
    OtherBody(&'static str, &'static str),
    /// It is no JSON.
    Page,
    /// It breaks off.
    BrokenOff,
    /// It does not come.
    Unanswered,
}

/// The answer to a close frame.
#[derive(Debug, Clone, Copy)]
pub enum Farewell {
    /// It does not come, and the connection stays.
    Withheld,
    /// The connection ends without it.
    Hangup,
    /// It has another code.
    OtherCode(u16),
    /// It comes that much later.
    Lingering(Duration),
}

impl Fault {
    /// The same fault at a pace that is slower by that factor.
    pub fn at(self, pace: u32) -> Self {
        match self {
            Self::Event(name, nth, Change::Late(pause)) => Self::Event(name, nth, Change::Late(pause * pace)),
            Self::Bytes(name, nth, Spoil::Dribbled(pause)) => {
                Self::Bytes(name, nth, Spoil::Dribbled(pause * pace))
            }
            Self::Engine(Engine::NoPings(every)) => Self::Engine(Engine::NoPings(every * u64::from(pace))),
            other => other,
        }
    }

    /// The name of its kind.
    pub fn kind(self) -> String {
        let text = match self {
            Self::Event(_, _, change) => format!("{change:?}"),
            Self::Bytes(_, _, spoil) => format!("{spoil:?}"),
            Self::Packet(_, _, packet) => format!("{packet:?}"),
            Self::Handshake(opening) => format!("{opening:?}"),
            Self::Engine(engine) => format!("{engine:?}"),
            Self::Reply(reply) => format!("{reply:?}"),
            Self::Close(farewell) => format!("{farewell:?}"),
            other => format!("{other:?}"),
        };
        text.chars().take_while(|char| char.is_alphanumeric()).collect()
    }

    /// The event that it is about, and which of that name.
    pub fn place(self) -> Option<(&'static str, usize)> {
        match self {
            Self::Event(name, nth, _) | Self::Bytes(name, nth, _) | Self::Packet(name, nth, _) => {
                Some((name, nth))
            }
            _ => None,
        }
    }
}
