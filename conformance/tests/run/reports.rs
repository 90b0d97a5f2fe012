//! What reports say of one hand-made run.

use std::fs;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anstream::StripStream;
use handfast_conformance::capabilities::capabilities_schema;
use handfast_conformance::event::{Flake, FlakeCause, RunEvent, RunSummary, SessionReport};
use handfast_conformance::known::{Known, KnownCount, known_schema};
use handfast_conformance::report::{Detail, Format, REPORTS, ReportFile, Sink, report_schema};
use handfast_conformance::session::Grade;
use handfast_conformance::shard::{Shard, Share};
use handfast_conformance::tally::Tally;
use handfast_conformance::verdict::{Actor, Difference, Failure, StepPlace, TranscriptLine, Verdict};

const TARGET: &str = "http://127.0.0.1:7443/";

pub fn line(at_ms: f64, by: Actor, what: &str, text: &str) -> TranscriptLine {
    TranscriptLine { at_ms, by, what: what.to_owned(), text: text.to_owned() }
}

pub fn session(session_idx: usize, name: &str, failures: Vec<Failure>) -> SessionReport {
    SessionReport {
        session_idx,
        name: name.to_owned(),
        file: format!("sessions/{}.yaml", name.replace(' ', "-")),
        repetition_idx: 0,
        permutation: None,
        skipped: None,
        contract: "Tasks".to_owned(),
        grade: Grade::Ok,
        target: TARGET.to_owned(),
        arguments: ["--target", TARGET, "--spawn", "node server.js", "--seed", "7"]
            .map(str::to_owned)
            .to_vec(),
        verdict: failures.iter().map(|failure| failure.verdict).max().unwrap_or(Verdict::Passed),
        duration: Duration::from_millis(412),
        lag: Duration::from_micros(1700),
        delays: Vec::new(),
        n_attempts: 1,
        n_frames: 3,
        failures,
        transcript: Vec::new(),
    }
}

pub fn failed() -> SessionReport {
    let mut failure = Failure::new(
        Verdict::Failed,
        "unexpected-event",
        "`task.updated` does not match the `task.updated` that was expected",
    );
    failure.event = Some("task.updated".to_owned());
    failure.step = Some(StepPlace { step_idx: 2, line: 14, text: "expect task.updated".to_owned() });
    failure.frame_idx = Some(10);
    failure.differences = vec![
        Difference {
            at: "/payload/status".to_owned(),
            wanted: "\"queued\"".to_owned(),
            found: "\"running\"".to_owned(),
        },
        Difference {
            at: "/payload/progress".to_owned(),
            wanted: "{{number 0..100}}".to_owned(),
            found: "nothing".to_owned(),
        },
    ];
    failure.help = Some("compare it with the contract".to_owned());
    let mut report = session(1, "it's late", vec![failure]);
    report.transcript = (0..20_u8)
        .map(|n| {
            line(
                f64::from(n) * 10.25,
                Actor::Server,
                "task.updated",
                &format!("{{\"n\":{n},\n\"a\":\"\u{1b}[31m\"}}"),
            )
        })
        .collect();
    report.transcript[5] = line(51.0, Actor::Client, "ping", "{}");
    report.transcript[11] = line(103.0, Actor::Runner, "barrier", "");
    report
}

fn unreachable(session_idx: usize, name: &str) -> SessionReport {
    session(session_idx, name, vec![Failure::new(Verdict::Unreachable, "target", "nothing listens")])
}

fn inconclusive() -> SessionReport {
    let mut failure = Failure::new(Verdict::Inconclusive, "deadline", "no `pong` within 1 s");
    failure.help = Some("the runner itself was late by 1200 ms".to_owned());
    SessionReport { n_attempts: 3, ..session(4, "busy <machine>", vec![failure]) }
}

pub fn run() -> Vec<RunEvent> {
    let mut events =
        vec![RunEvent::RunStarted { n_sessions: 6, target: TARGET.to_owned(), seed: 7, share: None }];
    let reports = [
        SessionReport { grade: Grade::NonStrict, ..session(0, "install an app", vec![]) },
        failed(),
        unreachable(2, "gone"),
        unreachable(3, "gone too"),
        inconclusive(),
    ];
    for report in reports {
        let (session_idx, name, file) = (report.session_idx, report.name.clone(), report.file.clone());
        events.push(RunEvent::SessionStarted { session_idx, name, file });
        events.push(RunEvent::StepFinished { session_idx, n_done: 1, n_steps: 2 });
        events.push(RunEvent::SessionFinished(Box::new(report)));
    }
    events.push(RunEvent::RunFinished(RunSummary {
        n_passed: 1,
        n_known: 0,
        n_failed: 1,
        n_broken: 2,
        n_inconclusive: 1,
        n_skipped: 0,
        flakes: Vec::new(),
        known: Vec::new(),
        duration: Duration::from_millis(2345),
        exit_code: 3,
        server_output: Some("listening\nout of memory\n".to_owned()),
    }));
    events
}

/// Bytes that outlive the report that writes them.
#[derive(Clone, Default)]
pub struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

/// What a report says of `events`.
pub fn told(format: &str, detail: Detail, events: &[RunEvent]) -> String {
    let out = Shared::default();
    let sink = Sink { out: Box::new(out.clone()), live: false, detail };
    let mut report = (Format::named(format).unwrap().open)(sink);
    events.iter().for_each(|event| report.event(event).unwrap());
    let mut plain = StripStream::new(Vec::new());
    plain.write_all(&out.bytes()).unwrap();
    String::from_utf8(plain.into_inner()).unwrap()
}

fn reported(format: &str) -> Vec<u8> {
    let out = Shared::default();
    let sink = Sink { out: Box::new(out.clone()), live: false, detail: Detail::Normal };
    let mut report = (Format::named(format).unwrap().open)(sink);
    for event in run() {
        report.event(&event).unwrap();
    }
    out.bytes()
}

#[test]
fn text_tells_the_whole_story() {
    let text = told("text", Detail::Normal, &run());
    assert!(!text.contains('\u{1b}'));
    insta::assert_snapshot!(text);
}

#[test]
fn quiet_tells_what_did_not_pass_and_verbose_all_that_happened() {
    let quiet = told("text", Detail::Quiet, &run());
    assert!(!quiet.contains("install an app") && quiet.starts_with("✗ failed  it's late"), "{quiet}");
    assert!(quiet.ends_with("1 not played in 2.34 s\n"), "{quiet}");
    let verbose = told("text", Detail::Verbose, &run());
    let lines = verbose.lines().filter(|line| line.contains("task.updated  {")).count();
    assert_eq!(lines, 18, "{verbose}");
}

#[test]
fn what_is_known_stale_or_flaky_is_told() {
    let events = run_with_a_list();
    insta::assert_snapshot!(told("text", Detail::Normal, &events));
    let junit = told("junit", Detail::Normal, &events);
    assert!(junit.contains("<skipped message=\"known: T-1\">"), "{junit}");
    assert!(junit.contains("<testsuite name=\"known failures\" tests=\"1\""), "{junit}");
}

/// A run with a list of known failures: one that failed as known, one that is stale, and a flake.
pub fn run_with_a_list() -> Vec<RunEvent> {
    let entry = |rule: &str| Known {
        session: "it's *".to_owned(),
        rule: rule.to_owned(),
        event: None,
        reason: "T-1".to_owned(),
        flaky: false,
    };
    let counts = ["unexpected-event", "schema"].map(|rule| KnownCount::new(entry(rule), 1));
    let mut tally = Tally::of(counts.into());
    let mut report = failed();
    tally.take(&mut report);
    let mut events = vec![RunEvent::RunStarted {
        n_sessions: 1,
        target: TARGET.to_owned(),
        seed: 7,
        share: Some(Share { shard: Shard { number: 2, of: 3 }, n_sessions: 4, session_idxs: vec![1] }),
    }];
    events.push(RunEvent::SessionFinished(Box::new(report)));
    let mut summary = tally.sum(1, Duration::from_secs(1), None);
    let cause = FlakeCause {
        verdict: Verdict::Failed,
        rule: "deadline".to_owned(),
        event: Some("pong".to_owned()),
        n_times: 3,
    };
    summary.flakes = vec![Flake {
        name: "ping".to_owned(),
        file: "sessions/ping.yaml".to_owned(),
        n_played: 50,
        n_passed: 47,
        causes: vec![cause],
    }];
    events.push(RunEvent::RunFinished(summary));
    events
}

/// A session that is played in one permutation and skipped in another, in every report for people and programs.
#[test]
fn what_is_skipped_is_told_with_its_reason() {
    let skipped = SessionReport {
        verdict: Verdict::Skipped,
        skipped: Some("no tls: T-2 \u{1b}[31m".to_owned()),
        permutation: Some("tls".to_owned()),
        ..session(1, "pong", Vec::new())
    };
    let played = SessionReport { permutation: Some("plain".to_owned()), ..session(0, "ping", Vec::new()) };
    // It is not stale: nobody knows what the session would have come to.
    let entry = Known {
        session: "pong".to_owned(),
        rule: "schema".to_owned(),
        event: None,
        reason: "T-1".to_owned(),
        flaky: false,
    };
    let mut tally = Tally::of(vec![KnownCount::new(entry, 1)]);
    let mut events =
        vec![RunEvent::RunStarted { n_sessions: 2, target: TARGET.to_owned(), seed: 7, share: None }];
    for mut report in [played, skipped] {
        tally.take(&mut report);
        events.push(RunEvent::SessionFinished(Box::new(report)));
    }
    let summary = tally.sum(2, Duration::from_secs(1), None);
    assert_eq!((summary.n_passed, summary.n_skipped, summary.exit_code), (1, 1, 0));
    events.push(RunEvent::RunFinished(summary));
    let text = told("text", Detail::Normal, &events);
    assert!(text.contains("✓ passed  ping [plain] (0.41 s)\n– skipped  pong [tls]\n  no tls: T-2"), "{text}");
    assert!(text.ends_with("1 passed, 1 skipped in 1.00 s\n"), "{text}");
    assert!(!told("text", Detail::Quiet, &events).contains("ng ["));
    let junit = told("junit", Detail::Normal, &events);
    assert!(junit.contains("skipped=\"1\" failures=\"0\" errors=\"0\""), "{junit}");
    assert!(
        junit.contains("<testcase name=\"pong [tls]\"") && junit.contains("<skipped message=\"no tls: T-2"),
        "{junit}"
    );
    assert!(
        told("json", Detail::Normal, &events).contains("\"permutation\":\"tls\",\"skipped\":\"no tls: T-2")
    );
    assert!(told("html", Detail::Normal, &events).contains("\"skipped\":\"no tls: T-2"));
    assert_eq!(told("github", Detail::Normal, &events), "");
}

/// What is played several times is one case of JUnit's, with what Surefire has for reruns.
#[test]
fn junit_knows_what_is_flaky() {
    let junit = |reports: Vec<SessionReport>| {
        let n_sessions = reports.len();
        let started = RunEvent::RunStarted { n_sessions, target: TARGET.to_owned(), seed: 7, share: None };
        let numbered = reports.into_iter().enumerate().map(|(repetition_idx, report)| {
            RunEvent::SessionFinished(Box::new(SessionReport { repetition_idx, ..report }))
        });
        let finished = RunEvent::RunFinished(RunSummary::default());
        told("junit", Detail::Normal, &[vec![started], numbered.collect(), vec![finished]].concat())
    };
    let bad = |rule: &'static str| {
        session(0, "ping", vec![Failure::new(Verdict::Failed, rule, rule.to_uppercase())])
    };
    let well = || session(0, "ping", Vec::new());
    let flaky = junit(vec![well(), bad("schema"), bad("deadline"), well()]);
    assert!(flaky.contains("tests=\"1\" skipped=\"0\" failures=\"1\" errors=\"0\""), "{flaky}");
    assert!(flaky.contains("<failure message=\"2 of 4 passed\" type=\"flaky\">"), "{flaky}");
    assert!(flaky.contains("<flakyFailure message=\"SCHEMA\" type=\"schema\">"), "{flaky}");
    assert_eq!(flaky.matches("<flakyFailure").count(), 2);
    let always = junit(vec![bad("schema"), bad("deadline")]);
    assert!(always.contains("<failure message=\"SCHEMA\" type=\"schema\">"), "{always}");
    assert!(always.contains("<rerunFailure message=\"DEADLINE\" type=\"deadline\">"), "{always}");
    assert_eq!(always.matches("<rerunFailure").count(), 1);
    let late = junit(vec![SessionReport { n_attempts: 3, ..well() }]);
    assert!(late.contains("failures=\"0\" errors=\"0\""), "{late}");
    assert_eq!(late.matches("<flakyError message=\"the runner itself was late").count(), 2, "{late}");
    let once = junit(vec![well(), well()]);
    assert!(once.contains("tests=\"1\"") && !once.contains("flaky"), "{once}");
}

#[test]
fn colours_repeat_what_words_say() {
    let styled = String::from_utf8(reported("text")).unwrap();
    assert!(styled.contains("\u{1b}[1m\u{1b}[31m✗ failed"), "{styled}");
    assert!(!styled.contains("[31m\"}"), "what a server sends colours nothing");
}

#[test]
fn junit_has_failures_and_errors() {
    insta::assert_snapshot!(String::from_utf8(reported("junit")).unwrap());
}

#[test]
fn json_is_the_events() {
    insta::assert_snapshot!(String::from_utf8(reported("json")).unwrap());
}

/// An independent validator reads the schema that is published, and finds every line of a report valid.
#[test]
fn json_keeps_its_schema() {
    let validator = jsonschema::validator_for(&report_schema()).unwrap();
    let events = [run(), run_with_a_list()].concat();
    let report = told("json", Detail::Normal, &events);
    assert_eq!(report.lines().count(), events.len());
    for line in report.lines() {
        let event = serde_json::from_str(line).unwrap();
        let errors: Vec<_> = validator.iter_errors(&event).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}: {errors:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"event": "run-started"})));
    assert!(!validator.is_valid(&serde_json::json!({"event": "unheard-of"})));
}

#[test]
fn the_published_schemas_are_fresh() {
    let published = [
        ("report", report_schema()),
        ("known-failures", known_schema()),
        ("capabilities", capabilities_schema()),
    ];
    for (name, schema) in published {
        let path = format!("{}/../schemas/meta/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let is_fresh = fs::read_to_string(path).unwrap() == format!("{schema:#}\n");
        assert!(is_fresh, "{name}: run `cargo xtask meta`");
    }
}

#[test]
fn a_file_appears_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    for format in REPORTS {
        let path = folder.path().join("new").join(format.name);
        let mut file = ReportFile::create(format, &path).unwrap();
        for event in run() {
            assert!(!path.exists());
            file.event(&event).unwrap();
        }
        file.finish().unwrap();
        let written = fs::read_to_string(&path).unwrap();
        assert!(!written.is_empty() && !written.contains('\u{1b}'), "{}", format.name);
    }
    assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), REPORTS.len());
}

#[test]
fn a_report_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.xml");
    fs::write(&path, "before").unwrap();
    let file = ReportFile::create(Format::named("junit").unwrap(), &path).unwrap();
    drop(file);
    assert_eq!(fs::read_to_string(&path).unwrap(), "before");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(ReportFile::create(&REPORTS[0], folder.path()).is_err());
}
