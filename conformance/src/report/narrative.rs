//! Tells people why a session did not pass: the rule, the step, what differs, what happened around it, and how to see
//! it again. Colours only repeat what the words say.

use std::fmt::Write;
use std::ops::Range;

use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};

use crate::event::SessionReport;
use crate::verdict::{Actor, Failure, TranscriptLine, Verdict};

pub(super) const PASSED: Style = AnsiColor::Green.on_default().bold();
pub(super) const FAILED: Style = AnsiColor::Red.on_default().bold();
pub(super) const UNSURE: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// How many lines of the transcript are shown before the frame in question, and after it.
const AROUND: (usize, usize) = (8, 4);
/// How much of a frame's text is shown.
const MAX_CHARS: usize = 160;
/// How many characters the column of events takes at most.
const MAX_NAME_CHARS: usize = 32;

/// The style of a verdict.
pub(super) const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Skipped => FAINT,
        Verdict::Passed => PASSED,
        Verdict::Inconclusive | Verdict::Known => UNSURE,
        Verdict::Failed | Verdict::Unreachable | Verdict::Broken => FAILED,
    }
}

/// Why the session did not pass, and what happened around the cause.
pub(super) fn tell(report: &SessionReport) -> String {
    story(report, around_failure(report))
}

/// Why the session did not pass, if so, and all that happened in it.
pub(super) fn tell_all(report: &SessionReport) -> String {
    story(report, 0..report.transcript.len())
}

fn story(report: &SessionReport, shown: Range<usize>) -> String {
    let mut text = String::new();
    for failure in &report.failures {
        tell_failure(&mut text, failure, &report.file);
    }
    tell_transcript(&mut text, report, shown);
    if report.verdict != Verdict::Passed {
        line(&mut text, format_args!("{STRONG}reproduce{STRONG:#}: {}", plain(&reproduction(report))));
    }
    text
}

/// The command that plays the session again, for a shell.
pub(super) fn reproduction(report: &SessionReport) -> String {
    let words = ["handfast", "replay", &report.file].into_iter();
    shell_words::join(words.chain(report.arguments.iter().map(String::as_str)))
}

/// Why it is no news that the session did not pass.
pub(super) fn tell_known(report: &SessionReport) -> String {
    let mut text = String::new();
    for failure in &report.failures {
        let reason = failure.known.as_deref().unwrap_or_default();
        line(&mut text, format_args!("{}: {}", failure.rule, plain(reason)));
    }
    text
}

/// Data without escape sequences and control characters: what a server or a file says must not move a terminal's cursor.
pub(super) fn plain(data: &str) -> String {
    let text = strip_str(data).to_string();
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// Writing to a `String` can't fail.
fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
    text.push('\n');
}

fn tell_failure(text: &mut String, failure: &Failure, file: &str) {
    let Failure { verdict, rule, .. } = failure;
    let (style, message, file) = (style(*verdict), plain(&failure.message), plain(file));
    line(text, format_args!("{style}{verdict}[{rule}]{style:#}: {STRONG}{message}{STRONG:#}"));
    match &failure.step {
        Some(step) => line(text, format_args!("  ┌─ {file}:{}  {}", step.line, plain(&step.text))),
        None => line(text, format_args!("  ┌─ {file}")),
    }
    if let Some(event) = &failure.event {
        line(text, format_args!("  │ event {}", plain(event)));
    }
    for difference in &failure.differences {
        let at = if difference.at.is_empty() { "all of it" } else { &difference.at };
        let (at, wanted, found) = (plain(at), plain(&difference.wanted), plain(&difference.found));
        line(text, format_args!("  │ {at}: wanted {wanted}, found {found}"));
    }
    if let Some(reason) = &failure.known {
        line(text, format_args!("  known: {}", plain(reason)));
    }
    if let Some(help) = &failure.help {
        line(text, format_args!("  help: {}", plain(help)));
    }
}

/// The part of the transcript that is about the cause.
fn around_failure(report: &SessionReport) -> Range<usize> {
    let marked = report.failures.iter().find_map(|failure| failure.frame_idx);
    window(marked, report.transcript.len())
}

fn tell_transcript(text: &mut String, report: &SessionReport, shown: Range<usize>) {
    let lines = &report.transcript;
    if lines.is_empty() {
        return;
    }
    let marked: Vec<usize> = report.failures.iter().filter_map(|failure| failure.frame_idx).collect();
    let name_width = lines[shown.clone()].iter().map(|line| line.what.chars().count()).max().unwrap_or(0);
    line(text, format_args!("  what happened, in ms:"));
    skipped(text, shown.start, "before");
    for idx in shown.clone() {
        tell_line(text, &lines[idx], marked.contains(&idx), name_width.min(MAX_NAME_CHARS));
    }
    skipped(text, lines.len() - shown.end, "after");
}

/// The lines around the marked one; the last ones where none is.
fn window(marked: Option<usize>, n_lines: usize) -> Range<usize> {
    let (before, after) = AROUND;
    match marked.filter(|idx| *idx < n_lines) {
        Some(idx) => idx.saturating_sub(before)..n_lines.min(idx + after + 1),
        None => n_lines.saturating_sub(before + after)..n_lines,
    }
}

fn skipped(text: &mut String, n_lines: usize, side: &str) {
    if n_lines > 0 {
        line(text, format_args!("    {FAINT}… {n_lines} more {side}{FAINT:#}"));
    }
}

fn tell_line(text: &mut String, entry: &TranscriptLine, marked: bool, name_width: usize) {
    let TranscriptLine { at_ms, by, what, text: frame } = entry;
    let by = match by {
        Actor::Client => "client",
        Actor::Server => "server",
        Actor::Runner => "runner",
    };
    let (mark, style) = if marked { (">", STRONG) } else { (" ", Style::new()) };
    let (what, frame) = (plain(what), one_line(frame));
    let told = format!("  {mark} {at_ms:>9.1}  {by}  {what:<name_width$}  {frame}");
    line(text, format_args!("{style}{}{style:#}", told.trim_end()));
}

fn one_line(text: &str) -> String {
    let mut shown = plain(&text.chars().take(MAX_CHARS).collect::<String>());
    if text.chars().nth(MAX_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_around_the_marked_line() {
        assert_eq!(window(Some(0), 3), 0..3);
        assert_eq!(window(Some(20), 100), 12..25);
        assert_eq!(window(None, 100), 88..100);
        assert_eq!(window(Some(7), 2), 0..2);
    }

    #[test]
    fn a_frame_takes_one_line() {
        assert_eq!(one_line("a\nb\u{1b}[0m\u{7}"), "a b");
        assert_eq!(one_line(&"x".repeat(500)).chars().count(), MAX_CHARS + 1);
    }
}
