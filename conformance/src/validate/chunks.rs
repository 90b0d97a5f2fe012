//! Cuts a stream into pieces that can be judged apart: a whole document, or some lines.
//!
//! It holds one piece at a time, however long the stream is, and hands out what has come as soon as a line is whole, so
//! that a filter in a pipe does not wait.

use std::io::{self, ErrorKind, Read};

/// How much is read at a time, in bytes.
const READ_SIZE: usize = 256 * 1024;

/// How documents lie in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One, of any number of lines.
    Document,
    /// One a line; lines without any are skipped.
    Lines,
}

impl Layout {
    /// The longest document that is read where nobody says otherwise, in bytes.
    pub const fn default_max_bytes(self) -> u64 {
        match self {
            Self::Document => 1 << 30,
            Self::Lines => 64 << 20,
        }
    }
}

/// A piece of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The line where it begins, from 1.
    pub first_line: u64,
    /// How much of the stream it is, in bytes.
    pub n_bytes: u64,
    /// What it holds.
    pub body: Body,
}

/// What a piece of a stream holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A whole document.
    Document(Vec<u8>),
    /// Whole lines; the last one of a stream may lack its end.
    Lines(Vec<u8>),
    /// A document longer than this many bytes, left out.
    Oversized(u64),
}

/// The pieces of a stream.
#[derive(Debug)]
pub struct Chunks<R> {
    from: R,
    layout: Layout,
    max_bytes: u64,
    /// What was read and not yet handed out.
    kept: Vec<u8>,
    /// How much of it is known to hold no line's end.
    n_searched: usize,
    next_line: u64,
    is_over: bool,
}

impl<R: Read> Chunks<R> {
    /// The pieces of what `from` gives, with documents of at most `max_bytes`.
    pub fn new(from: R, layout: Layout, max_bytes: u64) -> Self {
        Self { from, layout, max_bytes, kept: Vec::new(), n_searched: 0, next_line: 1, is_over: false }
    }

    fn document(&mut self) -> io::Result<Option<Chunk>> {
        self.is_over = true;
        // One byte above the limit tells that there is more.
        let mut limited = self.from.by_ref().take(self.max_bytes.saturating_add(1));
        let n_bytes = limited.read_to_end(&mut self.kept)? as u64;
        let is_whole = n_bytes <= self.max_bytes;
        let text = std::mem::take(&mut self.kept);
        let body = if is_whole { Body::Document(text) } else { Body::Oversized(self.max_bytes) };
        Ok(Some(Chunk { first_line: 1, n_bytes, body }))
    }

    fn lines(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            if let Some(last_end) = self.kept[self.n_searched..].iter().rposition(|byte| *byte == b'\n') {
                return Ok(Some(self.cut(self.n_searched + last_end + 1)));
            }
            self.n_searched = self.kept.len();
            if self.kept.len() as u64 > self.max_bytes {
                return self.skip_line().map(Some);
            }
            if self.fill()? == 0 {
                self.is_over = true;
                return Ok((!self.kept.is_empty()).then(|| self.cut(self.kept.len())));
            }
        }
    }

    /// Hands out the first `end` bytes of what is kept; no line ends in the rest.
    fn cut(&mut self, end: usize) -> Chunk {
        let rest = self.kept.split_off(end);
        let text = std::mem::replace(&mut self.kept, rest);
        self.n_searched = self.kept.len();
        let first_line = self.next_line;
        self.next_line += text.iter().filter(|byte| **byte == b'\n').count() as u64;
        Chunk { first_line, n_bytes: text.len() as u64, body: Body::Lines(text) }
    }

    /// Reads on to the end of a line that is too long, and keeps nothing of it.
    fn skip_line(&mut self) -> io::Result<Chunk> {
        let mut n_bytes = 0;
        let end = loop {
            n_bytes += self.kept.len() as u64;
            self.kept.clear();
            if self.fill()? == 0 {
                self.is_over = true;
                break 0;
            }
            if let Some(end) = self.kept.iter().position(|byte| *byte == b'\n') {
                break end + 1;
            }
        };
        self.kept.drain(..end);
        self.n_searched = 0;
        self.next_line += 1;
        let n_bytes = n_bytes + end as u64;
        Ok(Chunk { first_line: self.next_line - 1, n_bytes, body: Body::Oversized(self.max_bytes) })
    }

    /// Adds what comes next to what is kept; 0 at the stream's end.
    fn fill(&mut self) -> io::Result<usize> {
        let n_kept = self.kept.len();
        self.kept.resize(n_kept + READ_SIZE, 0);
        let read = loop {
            match self.from.read(&mut self.kept[n_kept..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.kept.truncate(n_kept + read.as_ref().map_or(0, |n_read| *n_read));
        read
    }
}

impl<R: Read> Iterator for Chunks<R> {
    type Item = io::Result<Chunk>;

    /// The next piece. After an error the stream is over.
    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let chunk = match self.layout {
            Layout::Document => self.document(),
            Layout::Lines => self.lines(),
        };
        self.is_over |= chunk.is_err();
        chunk.transpose()
    }
}
