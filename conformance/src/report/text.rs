//! Plain text for people: a line per session, the whole story where one did not pass, and a bar while it lasts.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::narrative::{self, FAILED, FAINT, UNSURE, plain, style};
use super::{Detail, Report, Sink};
use crate::event::{Flake, RunEvent, RunSummary, SessionReport};
use crate::verdict::{Failure, Verdict};

/// A report for people.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(Text { sink, bar: ProgressBar::hidden(), n_sessions: 0, told: Vec::new() })
}

struct Text {
    sink: Sink,
    bar: ProgressBar,
    n_sessions: usize,
    told: Vec<Failure>,
}

impl Report for Text {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { n_sessions, target, seed, share } => {
                self.n_sessions = *n_sessions;
                let shard =
                    share.as_ref().map_or_else(String::new, |share| format!(", shard {}", share.shard));
                if self.sink.detail != Detail::Quiet {
                    let sessions = sessions(*n_sessions);
                    self.print(&format!(
                        "{sessions} against {target} {FAINT}(seed {seed}{shard}){FAINT:#}\n"
                    ))?;
                }
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
        if !self.sink.live || self.sink.detail == Detail::Quiet {
            return;
        }
        let template = ProgressStyle::with_template("{bar:24} {pos}/{len}  {elapsed}  {wide_msg}  {prefix}");
        let style = template.unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar = ProgressBar::new(self.n_sessions as u64).with_style(style);
    }

    fn session(&mut self, report: &SessionReport) -> String {
        let is_well = matches!(report.verdict, Verdict::Skipped | Verdict::Passed | Verdict::Known);
        let story = match self.sink.detail {
            Detail::Quiet if is_well => return String::new(),
            _ if let Some(reason) = &report.skipped => format!("{}\n", plain(reason)),
            Detail::Verbose => narrative::tell_all(report),
            _ if report.verdict == Verdict::Passed => return headline(report),
            _ if report.verdict == Verdict::Known => narrative::tell_known(report),
            // A target that is down is told about once, not once per session.
            _ if report.transcript.is_empty() && report.failures == self.told => return headline(report),
            _ => narrative::tell(report),
        };
        self.told.clone_from(&report.failures);
        let mut text = headline(report);
        text.extend(story.lines().map(|line| format!("  {line}\n")));
        text
    }

    fn summary(&self, summary: &RunSummary) -> String {
        let mut text = String::new();
        if let Some(output) = &summary.server_output {
            text.push_str("\nthe server printed last:\n");
            text.extend(output.lines().map(|line| format!("  {line}\n")));
        }
        text.extend(flakes(&summary.flakes));
        for why in summary.known.iter().filter_map(|known| known.stale.as_ref()) {
            text.push_str(&format!(
                "\n{FAILED}stale{FAILED:#} in the list of known failures: {}\n",
                plain(why)
            ));
        }
        let counts = [
            (summary.n_passed, "passed"),
            (summary.n_known, "known to fail"),
            (summary.n_failed, "failed"),
            (summary.n_broken, "broken or unreachable"),
            (summary.n_inconclusive, "inconclusive"),
            (summary.n_skipped, "skipped"),
            (self.n_sessions.saturating_sub(summary.n_done()), "not played"),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        let counts = if counts.is_empty() { "nothing to play".to_owned() } else { counts.join(", ") };
        let line_before = if self.sink.detail == Detail::Quiet && text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{line_before}{counts} in {}\n", seconds(summary.duration)));
        text
    }
}

/// The sessions that do not always come to the same, the worst first.
fn flakes(flakes: &[Flake]) -> Option<String> {
    let mut flakes: Vec<&Flake> = flakes.iter().collect();
    flakes.sort_by_key(|flake| std::cmp::Reverse(flake.n_played - flake.n_passed));
    let told = flakes.iter().map(|flake| {
        let cause = |cause: &crate::event::FlakeCause| {
            let event =
                cause.event.as_ref().map_or_else(String::new, |event| format!(" of {}", plain(event)));
            format!("{}[{}]{event} × {}", cause.verdict, cause.rule, cause.n_times)
        };
        let causes: Vec<String> = flake.causes.iter().map(cause).collect();
        let (name, Flake { n_passed, n_played, .. }) = (plain(&flake.name), flake);
        format!("  {n_passed} of {n_played} passed  {name}: {}\n", causes.join(", "))
    });
    (!flakes.is_empty())
        .then(|| format!("\n{UNSURE}flaky{UNSURE:#}, not the same each time:\n{}", told.collect::<String>()))
}

fn headline(report: &SessionReport) -> String {
    let style = style(report.verdict);
    let mark = match report.verdict {
        Verdict::Skipped => '–',
        Verdict::Passed => '✓',
        Verdict::Known => '~',
        Verdict::Inconclusive => '?',
        Verdict::Failed | Verdict::Unreachable | Verdict::Broken => '✗',
    };
    let attempts =
        if report.n_attempts > 1 { format!(", {} attempts", report.n_attempts) } else { String::new() };
    let grade = if report.grade.is_ok() { String::new() } else { format!(", {}", report.grade.name()) };
    let (verdict, name) = (report.verdict, plain(&report.full_name()));
    let facts = match report.verdict {
        Verdict::Skipped => String::new(),
        _ => format!(" {FAINT}({}{attempts}{grade}){FAINT:#}", seconds(report.duration)),
    };
    format!("{style}{mark} {verdict}{style:#}  {name}{facts}\n")
}

fn sessions(n_sessions: usize) -> String {
    if n_sessions == 1 { "1 session".to_owned() } else { format!("{n_sessions} sessions") }
}

fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}
