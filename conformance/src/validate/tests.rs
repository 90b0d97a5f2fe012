//! Documents by the events of a contract, and streams by their lines.

use std::io::{self, Read};
use std::path::Path;

use handfast_codegen::compile_document;
use handfast_codegen::model::Side;
use handfast_codegen::source::Memory;
use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Both sides send a `status`, each another; the server's `note` has no schema.
const CONTRACT: &str = r##"
asyncapi: 3.0.0
info: { title: Statuses, version: 1.0.0 }
channels:
  a: { address: /a, messages: { status: { $ref: "#/components/messages/text" }, note: { $ref: "#/components/messages/note" } } }
  c: { address: /c, messages: { status: { $ref: "#/components/messages/flag" } } }
operations:
  a: { action: send, channel: { $ref: "#/channels/a" } }
  c: { action: receive, channel: { $ref: "#/channels/c" } }
components:
  messages:
    note: { name: note }
    text: { name: status, payload: { type: object, required: [on, at], properties: { on: { type: string }, at: { type: string } } } }
    flag: { name: status, payload: { type: object, properties: { on: { type: boolean } } } }
x-handfast: { event-name: $message.payload#/type }
"##;

fn judge_of(text: &str, selection: &Selection) -> Result<Judge, SelectionError> {
    let source = Memory::default().with("c.yaml", text);
    Judge::new(compile_document(&source, Path::new("c.yaml")).unwrap(), selection)
}

fn from(side: Side) -> Selection {
    Selection { event: None, from: Some(side) }
}

/// The verdict on `text` in a few words.
#[track_caller]
fn check(selection: &Selection, text: &str, expected: &str) {
    let judge = judge_of(CONTRACT, selection).unwrap();
    let told = Teller::new(&judge, 1).tell("-", &judge.document(1, text.as_bytes()));
    let told = anstream::adapter::strip_str(&told).to_string();
    let told = if told.is_empty() { "valid" } else { told.trim_end() };
    assert_eq!(told, expected, "{text}");
}

#[test]
fn an_event_of_either_side_will_do() {
    for on in [r#""yes""#, "true"] {
        check(&Selection::default(), &format!(r#"{{"type":"status","on":{on},"at":"now"}}"#), "valid");
    }
}

#[test]
fn what_none_accepts_breaks_what_it_comes_nearest_to() {
    let text = r#"{"type":"status","on":null}"#;
    let wrong = "-: `/on` breaks `type` (actual \"null\", expected [\"boolean\"]) of c.yaml#/components/messages/flag/payload/properties/on/type";
    check(&Selection::default(), text, wrong);
}

#[test]
fn a_side_says_which_event_is_meant() {
    let flag = r#"{"type":"status","on":true}"#;
    check(&from(Side::Client), flag, "valid");
    let judged = judge_of(CONTRACT, &from(Side::Server)).unwrap().document(1, flag.as_bytes());
    assert!(!judged.worth.is_valid());
    check(&from(Side::Client), r#"{"type":"note"}"#, "-: unknown event `note`");
}

#[test]
fn an_event_without_a_schema_is_anything() {
    check(&Selection::default(), r#"{"type":"note","on":[]}"#, "valid");
}

#[test]
fn a_name_stands_where_the_contract_says() {
    for text in ["{}", "[]", r#"{"type":1}"#, r#"{"type":null}"#] {
        check(&Selection::default(), text, "-: no event name at `/type`");
    }
}

#[test]
fn a_long_unknown_name_is_compared_with_nothing() {
    let judge = judge_of(CONTRACT, &Selection::default()).unwrap();
    assert_eq!((judge.nearest("statsu"), judge.nearest(&"x".repeat(1 << 20))), (Some("status"), None));
}

#[test]
fn only_so_many_violations_are_kept() {
    let mut judge = judge_of(r#"{"items":{"type":"string"}}"#, &Selection::default()).unwrap();
    judge.max_violations = 2;
    let Worth::Invalid { violations, n_more } = judge.document(1, b"[1,2,3,4,5]").worth else {
        panic!("it is invalid")
    };
    assert_eq!((violations.len(), n_more), (2, 3));
}

#[test]
fn what_a_stream_says_moves_no_cursor() {
    let judge = judge_of(CONTRACT, &Selection::default()).unwrap();
    let judged = judge.document(1, br#"{"type":"\u001b[2Jst\natus"}"#);
    let told = Teller::new(&judge, 1).tell("a\u{1b}[1mb", &judged);
    assert!(told.contains("`st atus`") && !told.contains("\u{1b}[2J") && told.contains("ab"), "{told:?}");
}

#[test]
fn a_schema_has_no_events() {
    let event = Selection { event: Some("ping".to_owned()), from: None };
    for selection in [event, from(Side::Server)] {
        assert!(judge_of("true", &selection).unwrap_err().help.contains("give a contract"));
    }
}

/// Gives what it holds in small pieces.
struct Trickle<'t> {
    text: &'t [u8],
    n_bytes: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.n_bytes.min(self.text.len()).min(buffer.len());
        let (now, later) = self.text.split_at(n_bytes);
        buffer[..n_bytes].copy_from_slice(now);
        self.text = later;
        Ok(n_bytes)
    }
}

/// The lines of the documents in `text` and whether each is valid, the limit being `max_bytes`.
fn lines(text: &[u8], n_bytes: usize, max_bytes: u64) -> Vec<(u64, bool)> {
    let judge = judge_of("true", &Selection::default()).unwrap();
    let chunks = Chunks::new(Trickle { text, n_bytes }, Layout::Lines, max_bytes);
    let mut n_read = 0;
    let judged = chunks.flat_map(|chunk| {
        let chunk = chunk.unwrap();
        n_read += chunk.n_bytes;
        judge.chunk(&chunk, max_bytes)
    });
    let judged = judged.map(|judged| (judged.line, judged.worth.is_valid())).collect();
    assert_eq!(n_read, text.len() as u64, "every byte is counted once");
    judged
}

proptest! {
    #[test]
    fn a_stream_is_its_lines_however_it_comes(
        text in r#"([ \t\r]|\n|1|\[|\]|"a"|é){0,40}"#, n_bytes in 1usize..12, max_bytes in 1u64..12,
    ) {
        let lines_of_text: Vec<&str> = text.split('\n').collect();
        let is_valid = |line: &str| line.len() as u64 <= max_bytes && serde_json::from_str::<Value>(line).is_ok();
        let expected = (1..).zip(lines_of_text.iter().map(|line| is_valid(line)));
        // Blank lines are skipped, unless they are too long to be looked at.
        let is_blank = |line: u64| lines_of_text[line as usize - 1].trim().is_empty();
        let expected: Vec<_> = expected.filter(|(line, _)| !is_blank(*line)).collect();
        let found = lines(text.as_bytes(), n_bytes, max_bytes).into_iter();
        let found: Vec<_> = found.filter(|(line, _)| !is_blank(*line)).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_mark_of_byte_order_may_begin_a_stream_and_nothing_else() {
    assert_eq!(lines(b"\xEF\xBB\xBF1\n\xEF\xBB\xBF2\n", 1, 9), [(1, true), (2, false)]);
}

#[test]
fn a_line_too_long_is_left_out_and_the_next_is_read() {
    let long = "9".repeat(3 << 20);
    let text = format!("1\n{long}\n2\n{long}");
    assert_eq!(lines(text.as_bytes(), usize::MAX, 1 << 20), [(1, true), (2, false), (3, true), (4, false)]);
}

#[test]
fn a_line_is_handed_out_before_the_next_has_come() {
    let mut chunks = Chunks::new(Read::chain(&b"1"[..], &b"\n2"[..]).chain(Broken), Layout::Lines, 9);
    assert_eq!(chunks.next().unwrap().unwrap().body, Body::Lines(b"1\n".to_vec()));
    assert!(chunks.next().unwrap().is_err() && chunks.next().is_none());
}

/// A stream that breaks off.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("broken"))
    }
}

#[test]
fn a_document_as_long_as_the_limit_is_read() {
    let body =
        |max_bytes| Chunks::new(&b"[1]"[..], Layout::Document, max_bytes).next().unwrap().unwrap().body;
    assert_eq!(body(3), Body::Document(b"[1]".to_vec()));
    assert_eq!(body(2), Body::Oversized(2));
}
