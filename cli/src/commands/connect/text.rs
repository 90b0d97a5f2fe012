//! What is told, as text for people.

use anstyle::{AnsiColor, Style};
use console::{Term, truncate_str};
use handfast_conformance::transport::{Closing, Refusal};
use handfast_conformance::validate::{Worth, told};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::told::{Link, Received, Told};
use crate::plain::plain;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const UNSURE: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

/// How much of a violation, or of a message of the server, is shown, in characters.
const MAX_CHARS: usize = 400;

/// A line about an event; further ones, indented, about what is wrong with it. It is cut to `width`.
pub fn event(event: &Told<'_>, width: Option<usize>) -> String {
    let time = Timestamp::now().to_zoned(TimeZone::system()).strftime("%H:%M:%S%.3f").to_string();
    let begin = |arrow: &str| format!("{FAINT}{time}{FAINT:#} {arrow} ");
    let (line, worth) = match event {
        Told::Sent(sending) => {
            (format!("{}{} {}", begin("→"), plain(&sending.name), json(&sending.payload)), None)
        }
        Told::Received(received) => {
            (format!("{}{}", begin("←"), self::received(received)), Some(&received.heard.worth))
        }
        Told::Acknowledged { request, payload, worth, attachments } => {
            let mark = mark(worth, None);
            let request = plain(request);
            let line = format!(
                "{}{mark} acknowledged {request} {}{}",
                begin("←"),
                json(payload),
                bytes(attachments)
            );
            (line, Some(*worth))
        }
        Told::Malformed { raw, reason } => {
            let line = format!("{}{BAD}✗ malformed:{BAD:#} {} {}", begin("←"), plain(reason), plain(raw));
            (line, None)
        }
    };
    let mut text = cut(&line, width);
    // They are what one looks for, so that they are not cut to the width.
    text.extend(worth.into_iter().flat_map(violations).map(|violation| cut(&violation, Some(MAX_CHARS))));
    text
}

/// What becomes of the connection, in a few words.
pub fn link(link: &Link<'_>) -> String {
    match link {
        Link::Open { channel, url } => format!("connected to {} ({})", plain(url), plain(channel)),
        Link::Closed(closing) => closed(closing),
        Link::Refused(refusal) => format!("the server refuses the connection: {}", refused(refusal)),
        Link::Unreachable(reason) => format!("no server answers: {}", plain(reason)),
        Link::Again { pause, last_event_id, .. } => {
            let after = last_event_id.map(|id| format!(", to go on after event {}", plain(id)));
            format!("connecting again in {:.1} s{}", pause.as_secs_f64(), after.unwrap_or_default())
        }
    }
}

/// How the server says no: the status of HTTP and the message.
pub fn refused(refusal: &Refusal) -> String {
    let status = refusal.status.map_or_else(String::new, |status| format!("{status} "));
    let message: String = refusal.message.trim().chars().take(MAX_CHARS).collect();
    format!("{status}{}", plain(&message)).trim_end().to_owned()
}

fn closed(closing: &Closing) -> String {
    let code = closing.code.map_or_else(String::new, |code| format!(" {code}"));
    let reason: String = closing.reason.chars().take(MAX_CHARS).collect();
    let reason = if reason.is_empty() { String::new() } else { format!(": {}", plain(&reason)) };
    format!("the {} ended the connection{code}{reason}", closing.by)
}

fn received(Received { heard, near, asks, attachments }: &Received<'_>) -> String {
    let name = heard.name.as_deref().map_or_else(|| "(no name)".to_owned(), plain);
    let asks = if *asks { " (wants an acknowledgement)" } else { "" };
    format!("{} {name}{asks} {}{}", mark(&heard.worth, *near), json(&heard.payload), bytes(attachments))
}

fn mark(worth: &Worth, near: Option<&str>) -> String {
    match (worth, near) {
        (Worth::Valid, _) => format!("{GOOD}✓{GOOD:#}"),
        (Worth::Unknown, None) => format!("{UNSURE}? unknown{UNSURE:#}"),
        (Worth::Unknown, Some(near)) => format!("{UNSURE}? unknown (did you mean `{near}`?){UNSURE:#}"),
        (Worth::Invalid { .. }, _) => format!("{BAD}✗ invalid{BAD:#}"),
    }
}

/// `null` is how events without an argument look, and says nothing.
fn json(payload: &Value) -> String {
    if payload.is_null() { String::new() } else { plain(&payload.to_string()) }
}

fn bytes(attachments: &[usize]) -> String {
    attachments.iter().map(|n_bytes| format!(" [{n_bytes} bytes]")).collect()
}

fn violations(worth: &Worth) -> Vec<String> {
    let Worth::Invalid { violations, n_more } = worth else { return Vec::new() };
    let lines = violations.iter().map(|violation| format!("  {}", plain(&told(violation))));
    let more = (*n_more > 0).then(|| format!("  …and {n_more} more"));
    lines.chain(more).collect()
}

fn cut(line: &str, width: Option<usize>) -> String {
    let line = line.trim_end();
    match width {
        Some(width) => format!("{}\n", truncate_str(line, width, "…")),
        None => format!("{line}\n"),
    }
}

/// The width of the terminal that the standard output is.
pub fn width() -> Option<usize> {
    let terminal = Term::stdout();
    let (_, n_columns) = terminal.size_checked().filter(|_| terminal.is_term())?;
    Some(usize::from(n_columns).max(20))
}

#[cfg(test)]
mod tests {
    use console::measure_text_width;

    use super::super::outgoing::By;
    use super::super::outgoing::Sending;
    use super::*;

    #[test]
    fn a_line_is_cut_to_the_width() {
        let payload = Value::from("漢字".repeat(100));
        let sending = Sending { by: By::User, name: "save".to_owned(), event: None, payload };
        let shown = event(&Told::Sent(&sending), Some(40));
        assert!(shown.ends_with("…\n"), "{shown}");
        assert!((39..=40).contains(&measure_text_width(shown.trim_end())), "{shown}");
        assert!(event(&Told::Sent(&sending), None).ends_with("漢字\"\n"));
    }
}
