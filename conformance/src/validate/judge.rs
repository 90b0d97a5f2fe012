//! Judges documents, each by what it was selected to be judged by.

use handfast::Violation;
use handfast_codegen::Document;
use handfast_codegen::model::SchemaIdx;
use handfast_codegen::plan::Plan;
use serde_json::Value;

use super::chunks::{Body, Chunk};
use super::select::{By, Names, Payloads, Selection, SelectionError, Unknown, select};
use super::{Judged, SIZE, SYNTAX, UNKNOWN, UNNAMED, Worth};
use crate::interpret;

/// What some editors begin a file with, to say that it is UTF-8 (RFC 8259, 8.1, lets parsers ignore it).
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Judges documents. Threads may share it.
#[derive(Debug)]
pub struct Judge {
    plan: Plan,
    by: By,
    /// What becomes of events that the contract does not know.
    pub unknown: Unknown,
    /// How many violations of one document are kept.
    pub max_violations: usize,
}

impl Judge {
    /// Judges by what `selection` selects of `document`.
    ///
    /// # Errors
    /// There is no such event, or it has to be said which.
    pub fn new(document: Document, selection: &Selection) -> Result<Self, SelectionError> {
        let by = select(&document, selection)?;
        let plan = match document {
            Document::Contract(compiled) => compiled.plan,
            Document::Schema(schema) => schema.plan,
        };
        Ok(Self { plan, by, unknown: Unknown::default(), max_violations: usize::MAX })
    }

    /// Whether it judges events, which have names, and not by a mere schema.
    pub const fn knows_events(&self) -> bool {
        !matches!(self.by, By::Schema(_))
    }

    /// The name of an event that the contract knows, and that `name` may stand for.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        match &self.by {
            By::Names(names) => names.nearest(name),
            By::Schema(_) | By::Event(..) => None,
        }
    }

    /// Judges all documents of `chunk`, in order; a line of at most `max_bytes`.
    pub fn chunk(&self, chunk: &Chunk, max_bytes: u64) -> Vec<Judged> {
        let line = chunk.first_line;
        match &chunk.body {
            Body::Document(text) => vec![self.document(line, without_mark(line, text))],
            Body::Oversized(limit) => vec![self.oversized(line, *limit)],
            Body::Lines(text) => {
                let lines = without_mark(line, text).split(|byte| *byte == b'\n').zip(line..);
                let documents = lines.filter(|(text, _)| !is_blank(text));
                let judge = |(text, line): (&[u8], u64)| match text.len() as u64 > max_bytes {
                    true => self.oversized(line, max_bytes),
                    false => self.document(line, text),
                };
                documents.map(judge).collect()
            }
        }
    }

    /// Judges the document whose JSON is `text`, and which begins in `line`.
    pub fn document(&self, line: u64, text: &[u8]) -> Judged {
        let value: Value = match serde_json::from_slice(text) {
            Ok(value) => value,
            Err(error) => return self.unread(line, syntax(line, &error)),
        };
        match &self.by {
            By::Schema(schema) => Judged { line, event: None, worth: self.worth(&[*schema], &value) },
            By::Event(name, payloads) => self.event(line, name, payloads, &value),
            By::Names(names) => match value.pointer(&names.pointer).and_then(Value::as_str) {
                None => self.unread(line, Violation::new(UNNAMED, &names.pointer, &names.said_at, [])),
                Some(name) => match names.payloads.get(name) {
                    Some(payloads) => self.event(line, name, payloads, &value),
                    None => self.unknown(line, name, names),
                },
            },
        }
    }

    fn event(&self, line: u64, name: &str, payloads: &Payloads, value: &Value) -> Judged {
        Judged { line, event: Some(name.to_owned()), worth: self.worth(payloads, value) }
    }

    fn worth(&self, payloads: &[SchemaIdx], value: &Value) -> Worth {
        let is_valid = |payload| interpret::is_valid(&self.plan, payload, value);
        if payloads.is_empty() || payloads.iter().copied().any(is_valid) {
            return Worth::Valid;
        }
        let of_each = payloads
            .iter()
            .map(|payload| interpret::violations_up_to(&self.plan, *payload, value, self.max_violations));
        // The one it comes nearest to is the one that was meant.
        let (violations, n_found) = of_each.min_by_key(|(_, n_found)| *n_found).unwrap_or_default();
        let n_more = n_found - violations.len();
        Worth::Invalid { violations, n_more }
    }

    fn invalid(&self, violation: Violation) -> Worth {
        let violations: Vec<_> = [violation].into_iter().take(self.max_violations).collect();
        let n_more = 1 - violations.len();
        Worth::Invalid { violations, n_more }
    }

    /// A document of which it is not known what event it is.
    fn unread(&self, line: u64, violation: Violation) -> Judged {
        let event = match &self.by {
            By::Event(name, _) => Some(name.clone()),
            By::Schema(_) | By::Names(_) => None,
        };
        Judged { line, event, worth: self.invalid(violation) }
    }

    fn oversized(&self, line: u64, limit: u64) -> Judged {
        self.unread(line, Violation::new(SIZE, "", "", [("limit", limit.into())]))
    }

    fn unknown(&self, line: u64, name: &str, names: &Names) -> Judged {
        let params = [("actual", name.into())];
        let worth = match self.unknown {
            Unknown::Ignore => Worth::Unknown,
            Unknown::Fail => self.invalid(Violation::new(UNKNOWN, &names.pointer, &names.said_at, params)),
        };
        Judged { line, event: Some(name.to_owned()), worth }
    }
}

/// `text` without a byte order mark, which only a stream may begin with.
fn without_mark(line: u64, text: &[u8]) -> &[u8] {
    let begins = line == 1;
    text.strip_prefix(BYTE_ORDER_MARK).filter(|_| begins).unwrap_or(text)
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// Why text that begins in `line` is no JSON. The column counts bytes from 1.
fn syntax(line: u64, error: &serde_json::Error) -> Violation {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(place.as_str()).unwrap_or(&message);
    let line = line + (error.line() as u64).saturating_sub(1);
    let params = [("message", message.into()), ("line", line.into()), ("column", error.column().into())];
    Violation::new(SYNTAX, "", "", params)
}
