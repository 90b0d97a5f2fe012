//! Plain text for people: a line per session, the whole story where one did not pass, and a bar while it lasts.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::narrative::{FAINT, Narrator, plain, style};
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::{Failure, Verdict};

/// A report for people.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(Text {
        sink,
        bar: ProgressBar::hidden(),
        narrator: Narrator::default(),
        n_sessions: 0,
        told: Vec::new(),
    })
}

struct Text {
    sink: Sink,
    bar: ProgressBar,
    narrator: Narrator,
    n_sessions: usize,
    told: Vec<Failure>,
}

impl Report for Text {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { n_sessions, target, seed, arguments } => {
                self.n_sessions = *n_sessions;
                self.narrator = Narrator::new(arguments);
                self.print(&format!(
                    "{} against {target} {FAINT}(seed {seed}){FAINT:#}\n",
                    sessions(*n_sessions)
                ))?;
                self.show_bar();
            }
            RunEvent::SessionStarted { name, .. } => {
                self.bar.set_message(plain(name));
                self.bar.set_prefix("");
            }
            RunEvent::StepFinished { n_done, n_steps, .. } => {
                self.bar.set_prefix(format!("step {n_done}/{n_steps}"));
            }
            RunEvent::SessionFinished(report) => {
                let told = self.session(report);
                self.print(&told)?;
                self.bar.inc(1);
            }
            RunEvent::RunFinished(summary) => {
                self.bar.finish_and_clear();
                let told = self.summary(summary);
                self.print(&told)?;
            }
        }
        Ok(())
    }
}

impl Text {
    fn print(&mut self, text: &str) -> io::Result<()> {
        let out = &mut self.sink.out;
        self.bar.suspend(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    /// Draws on the standard error, and only where that is a terminal.
    fn show_bar(&mut self) {
        if !self.sink.live {
            return;
        }
        let template = ProgressStyle::with_template("{bar:24} {pos}/{len}  {wide_msg}  {prefix}");
        let style = template.unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::new(self.n_sessions as u64).with_style(style);
    }

    fn session(&mut self, report: &SessionReport) -> String {
        let mut text = headline(report);
        // A target that is down is told about once, not once per session.
        if report.verdict == Verdict::Passed || report.transcript.is_empty() && report.failures == self.told {
            return text;
        }
        text.extend(self.narrator.tell(report).lines().map(|line| format!("  {line}\n")));
        self.told.clone_from(&report.failures);
        text
    }

    fn summary(&self, summary: &RunSummary) -> String {
        let mut text = String::new();
        if let Some(output) = &summary.server_output {
            text.push_str("\nthe server printed last:\n");
            text.extend(output.lines().map(|line| format!("  {line}\n")));
        }
        let n_done = summary.n_passed + summary.n_failed + summary.n_broken + summary.n_inconclusive;
        let counts = [
            (summary.n_passed, "passed"),
            (summary.n_failed, "failed"),
            (summary.n_broken, "broken or unreachable"),
            (summary.n_inconclusive, "inconclusive"),
            (self.n_sessions.saturating_sub(n_done), "not played"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        text.push_str(&format!("\n{} in {}\n", counts.join(", "), seconds(summary.duration)));
        text
    }
}

fn headline(report: &SessionReport) -> String {
    let style = style(report.verdict);
    let mark = match report.verdict {
        Verdict::Passed => '✓',
        Verdict::Inconclusive => '?',
        Verdict::Failed | Verdict::Unreachable | Verdict::Broken => '✗',
    };
    let attempts =
        if report.n_attempts > 1 { format!(", {} attempts", report.n_attempts) } else { String::new() };
    let (verdict, name, duration) = (report.verdict, plain(&report.name), seconds(report.duration));
    let grade = if report.grade.is_ok() { String::new() } else { format!(", {}", report.grade.name()) };
    format!("{style}{mark} {verdict}{grade}{style:#}  {name} {FAINT}({duration}{attempts}){FAINT:#}\n")
}

fn sessions(n_sessions: usize) -> String {
    if n_sessions == 1 { "1 session".to_owned() } else { format!("{n_sessions} sessions") }
}

fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}
