//! The event stream format of WHATWG HTML (9.2.6), byte by byte; does no I/O.
//!
//! Parsers at hand hide comments, which are heartbeats, give up at bad UTF-8, which is to be reported, and read events
//! of any size. `sse-stream` is the oracle of this one.

use std::mem;

/// What a stream says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An event.
    Event(Event),
    /// A comment.
    Comment,
    /// A block that is no event.
    Malformed {
        /// The block.
        raw: String,
        /// Why it is no event.
        reason: String,
    },
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The `event` field, `message` when absent or empty.
    pub name: String,
    /// The `data` fields, joined by line feeds.
    pub data: String,
    /// The last event id after this event, if there ever was one.
    pub id: Option<String>,
    /// The block as it was read.
    pub raw: String,
}

/// An event is longer than the parser may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

/// Reads a stream in pieces of any size.
#[derive(Debug)]
pub struct Parser {
    limit: usize,
    at_start: bool,
    after_return: bool,
    line: Vec<u8>,
    block: Block,
    last_id: Option<String>,
}

/// The event being read.
#[derive(Debug, Default)]
struct Block {
    raw: Vec<u8>,
    name: Vec<u8>,
    data: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
}

impl Parser {
    /// A parser of events of up to `limit` bytes, whose stream goes on after the event `last_id`.
    pub fn new(limit: usize, last_id: Option<String>) -> Self {
        Self {
            limit,
            at_start: true,
            after_return: false,
            line: Vec::new(),
            block: Block::default(),
            last_id,
        }
    }

    /// Reads `bytes`, and appends what they complete to `items`.
    ///
    /// # Errors
    ///
    /// An event is too long. The stream cannot be read on.
    pub fn read(&mut self, bytes: &[u8], items: &mut Vec<Item>) -> Result<(), TooLong> {
        for &byte in bytes {
            let second_half = byte == b'\n' && mem::take(&mut self.after_return);
            match byte {
                _ if second_half => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    self.end_line(items);
                }
                _ => {
                    self.after_return = false;
                    self.line.push(byte);
                }
            }
            if self.line.len() + self.block.raw.len() > self.limit {
                return Err(TooLong);
            }
        }
        Ok(())
    }

    /// What has been read of an event that is not complete; EventSource discards it.
    pub fn rest(&self) -> Option<String> {
        let rest = [&self.block.raw[..], &self.line].concat();
        (!rest.is_empty()).then(|| String::from_utf8_lossy(&rest).into_owned())
    }

    fn end_line(&mut self, items: &mut Vec<Item>) {
        let mut line = mem::take(&mut self.line);
        if mem::take(&mut self.at_start) && line.starts_with("\u{feff}".as_bytes()) {
            line.drain(..3);
        }
        if line.is_empty() {
            items.extend(self.end_block());
        } else if line[0] == b':' {
            items.push(Item::Comment);
        } else {
            self.block.add(&line);
        }
        // The buffer serves the next line.
        line.clear();
        self.line = line;
    }

    fn end_block(&mut self) -> Option<Item> {
        let block = mem::take(&mut self.block);
        let raw = String::from_utf8_lossy(&block.raw).trim_end_matches('\n').to_owned();
        match self.event(block, &raw) {
            Ok(event) => event.map(Item::Event),
            Err(_) => Some(Item::Malformed { raw, reason: "the event is not UTF-8".to_owned() }),
        }
    }

    fn event(&mut self, block: Block, raw: &str) -> Result<Option<Event>, std::string::FromUtf8Error> {
        if let Some(id) = block.id {
            self.last_id = Some(String::from_utf8(id)?);
        }
        let name = String::from_utf8(block.name)?;
        let Some(data) = block.data else { return Ok(None) };
        Ok(Some(Event {
            name: if name.is_empty() { "message".to_owned() } else { name },
            data: String::from_utf8(data)?,
            id: self.last_id.clone(),
            raw: raw.to_owned(),
        }))
    }
}

impl Block {
    fn add(&mut self, line: &[u8]) {
        self.raw.extend_from_slice(line);
        self.raw.push(b'\n');
        let (name, value) = match line.iter().position(|&byte| byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"event" => self.name = value.to_vec(),
            b"id" if !value.contains(&0) => self.id = Some(value.to_vec()),
            b"data" => match &mut self.data {
                None => self.data = Some(value.to_vec()),
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
            },
            // `retry` is the runner's business, and all others are to be ignored.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{FutureExt, StreamExt, stream};

    use super::*;

    fn parse(pieces: &[&[u8]]) -> Vec<Item> {
        let mut parser = Parser::new(usize::MAX, None);
        let mut items = Vec::new();
        for piece in pieces {
            parser.read(piece, &mut items).expect("no limit");
        }
        items
    }

    /// Each event as `name|id|data`, each comment as `:`.
    fn show(items: &[Item]) -> String {
        let show = |item: &Item| match item {
            Item::Event(event) => {
                format!("{}|{}|{}", event.name, event.id.as_deref().unwrap_or("-"), event.data)
            }
            Item::Comment => ":".to_owned(),
            Item::Malformed { reason, .. } => format!("malformed: {reason}"),
        };
        items.iter().map(show).collect::<Vec<_>>().join(" ").replace('\n', "⏎")
    }

    #[track_caller]
    fn check(input: &[u8], expected: &str) {
        assert_eq!(show(&parse(&[input])), expected);
        for cut in 0..=input.len() {
            assert_eq!(show(&parse(&[&input[..cut], &input[cut..]])), expected, "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        assert_eq!(show(&parse(&bytes)), expected, "byte by byte");
        if std::str::from_utf8(input).is_ok() {
            agrees_with_oracle(input);
        }
    }

    #[track_caller]
    fn agrees_with_oracle(input: &[u8]) {
        let source = stream::iter([Ok::<&[u8], Infallible>(input)]);
        let blocks: Vec<_> =
            sse_stream::SseByteStream::new(source).collect().now_or_never().expect("a stream in memory");
        let mut id = None;
        let mut expected = Vec::new();
        for block in blocks {
            let block = block.expect("UTF-8");
            id = block.id.or(id);
            let name = block.event.filter(|name| !name.is_empty()).unwrap_or("message".to_owned());
            expected.extend(block.data.map(|data| (name, data, id.clone())));
        }
        let found: Vec<_> = parse(&[input])
            .into_iter()
            .filter_map(|item| match item {
                Item::Event(event) => Some((event.name, event.data, event.id)),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fields() {
        check(b"data: 1\n\n", "message|-|1");
        check(b"data:1\n\n", "message|-|1");
        check(b"data:  1\n\n", "message|-| 1");
        check(b"data\n\n", "message|-|");
        check(b"data: 1\ndata: 2\n\n", "message|-|1⏎2");
        check(b"data\ndata\n\n", "message|-|⏎");
        check(b"event: a\ndata: 1\n\ndata: 2\n\n", "a|-|1 message|-|2");
        check(b"event: a\nevent:\ndata: 1\n\n", "message|-|1");
        check(b"event: a\n\ndata: 1\n\n", "message|-|1");
        check(b"Data: 1\n data: 1\nother: 2\nretry: 10\n\n", "");
        check(b"data: a:b\n\n", "message|-|a:b");
    }

    #[test]
    fn line_ends() {
        check(b"data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", "message|-|1 message|-|2 message|-|3");
        check(b"data: 1\r\ndata: 2\r\n\r\n", "message|-|1⏎2");
        check(b"data: 1\n\r\n", "message|-|1");
        check("data: a\u{2028}b\u{85}\n\n".as_bytes(), "message|-|a\u{2028}b\u{85}");
    }

    #[test]
    fn ids() {
        check(b"id: 1\ndata: a\n\ndata: b\n\n", "message|1|a message|1|b");
        check(b"id: 1\n\ndata: b\n\n", "message|1|b");
        check(b"id: 1\ndata: a\n\nid\ndata: b\n\n", "message|1|a message||b");
        check(b"id: 1\ndata: a\n\nid: 2\x003\ndata: b\n\n", "message|1|a message|1|b");
    }

    #[test]
    fn byte_order_mark() {
        check("\u{feff}data: 1\n\n".as_bytes(), "message|-|1");
        check("\u{feff}\u{feff}data: 1\n\n".as_bytes(), "");
        check("data: 1\n\n\u{feff}data: 2\n\n".as_bytes(), "message|-|1");
    }

    #[test]
    fn comments_and_ends() {
        check(b": hello\n\n:\ndata: 1\n: in between\n\n", ": : : message|-|1");
        check(b"data: 1\n", "");
        check(b"\n\n\n", "");
        check(b"", "");
    }

    #[test]
    fn bad_utf8_costs_one_event() {
        check(b"data: \xff\n\ndata: 1\n\n", "malformed: the event is not UTF-8 message|-|1");
        check(b": \xff\ndata: 1\n\n", ": message|-|1");
    }

    #[test]
    fn events_have_a_limit() {
        let read = |input: &[u8]| Parser::new(10, None).read(input, &mut Vec::new());
        assert_eq!(read(b"data: 1\n\ndata: 2\n\ndata: 3\n\n"), Ok(()));
        assert_eq!(read(b"data: 12345"), Err(TooLong));
        assert_eq!(read(b"data: 1\ndata: 1\n"), Err(TooLong));
        assert_eq!(read(b":\n:\n:\n:\n:\n:\n:\n:\n"), Ok(()));
        assert_eq!(read(b": 123456789"), Err(TooLong));
    }

    #[test]
    fn the_rest_is_what_no_blank_line_ended() {
        let mut parser = Parser::new(100, Some("7".to_owned()));
        let mut items = Vec::new();
        parser.read(b"data: 1\n\n: bye\n", &mut items).expect("short");
        assert_eq!((show(&items).as_str(), parser.rest()), ("message|7|1 :", None));
        parser.read(b"data: 2\nda", &mut items).expect("short");
        assert_eq!(parser.rest().as_deref(), Some("data: 2\nda"));
    }
}
