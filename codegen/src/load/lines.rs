//! Places in a text.

use super::Position;

/// Turns byte offsets into lines and columns.
pub struct Lines {
    starts: Vec<usize>,
    /// Offsets of the bytes that go on with a character; a line may be as long as its file.
    continuations: Vec<usize>,
}

impl Lines {
    pub fn new(text: &str) -> Self {
        let offsets = |test: fn(u8) -> bool| {
            text.bytes().enumerate().filter(move |(_, byte)| test(*byte)).map(|(offset, _)| offset)
        };
        let starts = std::iter::once(0).chain(offsets(|byte| byte == b'\n').map(|offset| offset + 1));
        Self { starts: starts.collect(), continuations: offsets(|byte| byte & 0xC0 == 0x80).collect() }
    }

    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let continued = |end: usize| self.continuations.partition_point(|at| *at < end);
        Position { line, column: offset - start - (continued(offset) - continued(start)) + 1 }
    }
}
