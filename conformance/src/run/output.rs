//! Keeps the last of what a process prints.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use regex::Regex;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// How much is kept, in bytes.
const MAX_BYTES: usize = 64 << 10;
/// A longer line is kept in pieces.
const MAX_LINE_BYTES: usize = 4 << 10;

/// The last lines of all streams it reads, in the order of their arrival.
#[derive(Debug, Clone, Default)]
pub(super) struct Output {
    lines: Arc<Mutex<Lines>>,
    /// Told once the line that somebody waits for has come.
    came: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Lines {
    kept: VecDeque<Vec<u8>>,
    n_bytes: usize,
    cut: bool,
    /// The line that somebody waits for.
    awaited: Option<Regex>,
}

impl Output {
    /// Nothing yet; somebody waits for a line that matches `awaited`.
    pub(super) fn awaiting(awaited: Option<Regex>) -> Self {
        let lines = Lines { awaited, ..Lines::default() };
        Self { lines: Arc::new(Mutex::new(lines)), came: Arc::default() }
    }

    /// Waits for the line, for ever if it never comes. One waits for it, once.
    pub(super) async fn come(&self) {
        self.came.notified().await;
    }

    /// Reads `stream` to its end, so that its writer never has to wait for us.
    pub(super) fn read(&self, stream: impl AsyncRead + Unpin + Send + 'static) -> JoinHandle<()> {
        let output = self.clone();
        tokio::spawn(async move { output.follow(stream).await })
    }

    async fn follow(&self, mut stream: impl AsyncRead + Unpin) {
        let mut chunk = [0; MAX_LINE_BYTES];
        let mut line = Vec::new();
        while let Ok(n_bytes @ 1..) = stream.read(&mut chunk).await {
            for byte in &chunk[..n_bytes] {
                if *byte == b'\n' || line.len() == MAX_LINE_BYTES {
                    self.push(std::mem::take(&mut line));
                }
                if *byte != b'\n' {
                    line.push(*byte);
                }
            }
        }
        if !line.is_empty() {
            self.push(line);
        }
    }

    fn push(&self, line: Vec<u8>) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.awaited.take_if(|awaited| awaited.is_match(&plain(&line))).is_some() {
            self.came.notify_one();
        }
        lines.n_bytes += line.len() + 1;
        lines.kept.push_back(line);
        while lines.n_bytes > MAX_BYTES {
            let Some(oldest) = lines.kept.pop_front() else { return };
            lines.n_bytes -= oldest.len() + 1;
            lines.cut = true;
        }
    }

    /// What was printed last, without escape sequences.
    pub(super) fn text(&self) -> String {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from(if lines.cut { "…\n" } else { "" });
        for line in &lines.kept {
            text.push_str(&plain(line));
            text.push('\n');
        }
        text
    }
}

/// A line without escape sequences and control characters.
fn plain(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let plain = anstream::adapter::strip_str(&line).to_string();
    plain.chars().filter(|char| *char == '\t' || !char.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn kept(printed: &[u8]) -> String {
        let output = Output::default();
        output.follow(printed).await;
        output.text()
    }

    #[tokio::test]
    async fn lines_are_plain_text() {
        assert_eq!(kept(b"\x1b[31mred\x1b[0m\r\n\n\xff\x07 end").await, "red\n\n\u{fffd} end\n");
        assert_eq!(kept(b"").await, "");
    }

    #[tokio::test]
    async fn only_the_last_is_kept() {
        let printed: String = (0..20_000).map(|n| format!("line {n}\n")).collect();
        let text = kept(printed.as_bytes()).await;
        assert!(text.starts_with("…\nline "), "{}", &text[..40]);
        assert!(text.ends_with("line 19999\n"));
        assert!(text.len() <= MAX_BYTES + "…\n".len());
    }

    #[tokio::test]
    async fn a_line_without_an_end_comes_in_pieces() {
        let text = kept(&vec![b'x'; MAX_LINE_BYTES * 40]).await;
        assert!(text.len() <= MAX_BYTES + "…\n".len());
        assert!(text.lines().all(|line| line.len() <= MAX_LINE_BYTES));
    }
}
