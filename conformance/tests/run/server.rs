//! Servers that are real processes, written in shell.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use handfast_conformance::run::{Launch, Options, Ready, Run, settle_port};
use handfast_conformance::verdict::Verdict;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

use crate::script::{Played, Scripted, ScriptedWire, Step, collect, settings};

/// Runs one session without steps, or one that fails, against the server that `script` is.
async fn played(script: &str, target: &Url, ready_within: Duration, steps: Vec<Step>) -> Played {
    let (_stop, stopped) = watch::channel(false);
    collect(run(script, target, ready_within, steps), stopped).await
}

/// Runs one session without steps against the server that `script` is, once it is ready in that way.
async fn ready(script: &str, ready: &str, within: Duration) -> Played {
    let mut run = run(script, &free_target(), within, vec![]);
    if let Some(launch) = &mut run.launch {
        launch.ready = Ready::parse(ready).unwrap();
    }
    let (_stop, stopped) = watch::channel(false);
    collect(run, stopped).await
}

fn run(script: &str, target: &Url, ready_within: Duration, steps: Vec<Step>) -> Run {
    let mut launch = Launch::new(&format!("sh -c {} sh {{port}} {{url}}", quoted(script))).unwrap();
    launch.ready_within = ready_within;
    launch.end_within = Duration::from_millis(300);
    Run {
        cases: vec![Scripted::new("scripted", vec![steps])],
        settings: settings(target.as_str()),
        wire: Arc::new(ScriptedWire(Box::new(drop))),
        launch: Some(launch),
        options: Options::default(),
    }
}

fn quoted(script: &str) -> String {
    format!("'{}'", script.replace('\'', r"'\''"))
}

fn free_target() -> Url {
    settle_port(Url::parse("http://127.0.0.1:0").unwrap()).unwrap()
}

/// Listens at `target` on behalf of a script, once that is up.
async fn listen(target: &Url, up: &Path) -> TcpListener {
    while !up.exists() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    TcpListener::bind((target.host_str().unwrap(), target.port().unwrap())).await.unwrap()
}

/// Whether the process whose id stands in `file` still runs; a zombie doesn't.
fn runs(file: &Path) -> bool {
    let pid = fs::read_to_string(file).unwrap();
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next()).map(str::to_owned);
    state.is_some_and(|state| state != "Z")
}

const READY: Duration = Duration::from_secs(20);
const NEVER_READY: Duration = Duration::from_millis(400);

#[tokio::test]
async fn a_server_that_ends_early_is_reported_with_its_last_words() {
    let target = free_target();
    let script = "echo starting on $1 $PORT $HOST; echo 'no database' >&2; exit 7";
    let played = played(script, &target, READY, vec![]).await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, played.summary.exit_code), (Verdict::Unreachable, 3));
    assert_eq!(report.failures[0].message, "the server ended before it accepted connections: exit status: 7");
    let output = played.summary.server_output.unwrap();
    let port = target.port().unwrap();
    assert!(output.contains(&format!("starting on {port} {port} 127.0.0.1\n")), "{output}");
    assert!(output.contains("no database\n"), "{output}");
}

#[tokio::test]
async fn a_server_that_never_listens_is_killed_with_its_children_though_it_ignores_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let (leader, child) = (folder.path().join("leader"), folder.path().join("child"));
    let script = format!(
        "trap '' TERM; sleep 600 & echo $! > {}; echo $$ > {}; echo up; while :; do sleep 600; done",
        child.display(),
        leader.display()
    );
    let target = free_target();
    let began = Instant::now();
    let played = played(&script, &target, NEVER_READY, vec![]).await;
    assert!(began.elapsed() < Duration::from_secs(10));
    let message = &played.reports()[0].failures[0].message;
    assert!(message.ends_with("within 0.4 s"), "{message}");
    assert!(played.summary.server_output.unwrap().contains("up\n"));
    assert!(!runs(&leader) && !runs(&child));
}

#[tokio::test]
async fn a_server_is_ready_when_it_listens_and_gone_when_the_run_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let up = folder.path().join("up");
    let script = format!("echo $2 > {0}.url; echo $$ > {0}; exec sleep 600", up.display());
    let target = free_target();
    let (played, _listener) = tokio::join!(played(&script, &target, READY, vec![]), listen(&target, &up));
    assert_eq!((played.reports()[0].verdict, played.summary.exit_code), (Verdict::Passed, 0));
    assert_eq!(played.summary.server_output, None);
    let url = fs::read_to_string(up.with_extension("url")).unwrap();
    assert_eq!(url.trim(), target.as_str().trim_end_matches('/'));
    assert!(!runs(&up));
}

#[tokio::test]
async fn a_server_is_ready_when_it_says_so() {
    let script = "printf 'starting\\n\\033[32mlistening on\\033[0m 7\\n'; exec sleep 600";
    let played = ready(script, "line:^listening on \\d+$", READY).await;
    assert_eq!(played.reports()[0].verdict, Verdict::Passed);
    let played = ready(script, "line:^never$", NEVER_READY).await;
    assert_eq!((played.reports()[0].verdict, played.summary.exit_code), (Verdict::Unreachable, 3));
    let message = &played.reports()[0].failures[0].message;
    assert_eq!(message, "the server did not print a line that matches `^never$` within 0.4 s");
    assert_eq!(played.summary.server_output.as_deref(), Some("starting\nlistening on 7\n"));
}

#[tokio::test]
async fn a_server_is_ready_when_it_answers() {
    let answers = Router::new()
        .route("/health", get(|| async { "well" }))
        .route("/ill", get(|| async { StatusCode::SERVICE_UNAVAILABLE }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, answers).into_future());
    let played = ready("exec sleep 600", &format!("{url}/health"), READY).await;
    assert_eq!(played.reports()[0].verdict, Verdict::Passed);
    let played = ready("exec sleep 600", &format!("{url}/ill"), NEVER_READY).await;
    let message = &played.reports()[0].failures[0].message;
    assert_eq!(*message, format!("the server did not answer {url}/ill with 2xx within 0.4 s"));
}

#[test]
fn readiness_is_a_port_an_answer_or_a_line() {
    for text in ["port", "http://127.0.0.1:1/health", "line:^ready"] {
        assert_eq!(Ready::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Ready::parse("soon").unwrap_err(), "write `port`, a URL (http or https), or `line:REGEX`");
    assert!(Ready::parse("line:(").unwrap_err().starts_with("it is no regular expression: "));
}

#[tokio::test]
async fn the_output_is_in_the_report_when_a_session_fails() {
    let folder = tempfile::tempdir().unwrap();
    let up = folder.path().join("up");
    let script = format!("echo about to fail; touch {}; exec sleep 600", up.display());
    let target = free_target();
    let failing = vec![Step::Expect("never", Duration::from_millis(10))];
    let (played, _listener) = tokio::join!(played(&script, &target, READY, failing), listen(&target, &up));
    assert_eq!(played.summary.exit_code, 1);
    assert_eq!(played.summary.server_output.as_deref(), Some("about to fail\n"));
}

#[tokio::test]
async fn a_stop_kills_a_server_that_is_still_starting() {
    let folder = tempfile::tempdir().unwrap();
    let up = folder.path().join("up");
    let script = format!("trap '' TERM; echo $$ > {}; while :; do sleep 600; done", up.display());
    let target = free_target();
    let (stop, stopped) = watch::channel(false);
    let stopping = async {
        while !up.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.send(true).unwrap();
    };
    let playing = collect(run(&script, &target, READY, vec![]), stopped);
    let (played, ()) = tokio::join!(playing, stopping);
    assert_eq!((played.reports().len(), played.summary.exit_code), (0, 4));
    let began = Instant::now();
    while runs(&up) {
        assert!(began.elapsed() < Duration::from_secs(5), "it still runs");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_not_taken_for_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let played = played("exec sleep 600", &target, READY, vec![]).await;
    assert_eq!(played.summary.exit_code, 3);
    assert!(played.reports()[0].failures[0].message.starts_with("something else already listens at"));
}

#[tokio::test]
async fn a_command_that_does_not_exist_is_named() {
    let mut run = run("", &free_target(), READY, vec![]);
    run.launch = Some(Launch::new("no-such-command --port {port}").unwrap());
    let (_stop, stopped) = watch::channel(false);
    let played = collect(run, stopped).await;
    assert_eq!(played.summary.exit_code, 3);
    let message = &played.reports()[0].failures[0].message;
    assert!(message.starts_with("`no-such-command` cannot be started: "), "{message}");
}

#[test]
fn a_command_is_split_like_a_shell_does() {
    assert!(Launch::new("node 'my server.js' --url={url}").is_ok());
    assert_eq!(Launch::new("  ").unwrap_err(), "there is no command in it");
    assert!(Launch::new("node 'server.js").is_err());
}
