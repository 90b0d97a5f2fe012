//! The driver with scripted players and connections.

use std::sync::Arc;
use std::time::Duration;

use handfast_conformance::event::RunEvent;
use handfast_conformance::run::{Case, Network, Options, Run, Wire};
use handfast_conformance::transport::tls::client_config;
use handfast_conformance::transport::{Closing, Command, Handshake, Observed, http};
use handfast_conformance::verdict::Verdict;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::script::{Peer, Scripted, Serve, Step, collect, play, play_until, settings};

const SOON: Duration = Duration::from_millis(100);
const LATER: Duration = Duration::from_secs(5);

/// A server that opens, answers every `ping` with `pong`, and closes when it is told to.
pub fn friendly() -> Serve {
    Box::new(|mut peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            while let Some(command) = peer.commands.recv().await {
                match *command {
                    Command::Send(_) => peer.event("pong").await,
                    _ => return peer.saw(Observed::Closed(Closing::default())).await,
                }
            }
        });
    })
}

/// A server that opens, and sends `event` after `pause`, timed by a thread of its own.
fn sends(event: &'static str, pause: Duration) -> Serve {
    Box::new(move |peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            tokio::time::sleep(pause).await;
            peer.event(event).await;
            peer.sightings.closed().await;
        });
    })
}

fn case(steps: Vec<Step>) -> Vec<Arc<dyn Case>> {
    vec![Scripted::new("scripted", vec![steps])]
}

#[tokio::test]
async fn a_session_is_played_to_its_end() {
    let steps = vec![Step::Open, Step::Request, Step::Send("ping"), Step::Expect("pong", LATER), Step::Close];
    let played = play(case(steps), friendly(), Options::default()).await;
    let [report] = played.reports()[..] else { panic!("one report") };
    assert_eq!((report.verdict, &report.failures, report.n_frames), (Verdict::Passed, &vec![], 1));
    assert_eq!(played.summary.exit_code, 0);
    assert!(
        played.events.iter().any(|event| matches!(event, RunEvent::StepFinished { .. })),
        "{:?}",
        played.events
    );
    assert!(matches!(played.events.first(), Some(RunEvent::RunStarted { n_sessions: 1, .. })));
    assert!(matches!(played.events.last(), Some(RunEvent::RunFinished(_))));
}

#[tokio::test]
async fn who_waits_has_told_what_is_done() {
    let steps = vec![Step::Open, Step::Send("ping"), Step::Send("ping"), Step::Expect("pong", LATER)];
    let server = sends("pong", Duration::from_millis(500));
    let played = play(case(steps), server, Options::default()).await;
    let told = |event: &RunEvent| matches!(event, RunEvent::StepFinished { n_done: 3, .. });
    assert!(played.events.iter().any(told), "{:?}", played.events);
}

#[tokio::test]
async fn nothing_blocks_while_both_sides_are_full() {
    let mut steps = vec![Step::Open];
    steps.extend((0..200).map(|_| Step::Send("ping")));
    steps.extend((0..200).map(|_| Step::Expect("pong", LATER)));
    let played = play(case(steps), friendly(), Options::default()).await;
    assert_eq!(played.reports()[0].failures, vec![]);
    assert_eq!(played.reports()[0].n_frames, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_late_has_failed() {
    let played = play(
        case(vec![Step::Open, Step::Expect("event", SOON)]),
        sends("event", SOON * 3),
        Options::default(),
    )
    .await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, report.failures[0].rule.as_ref()), (Verdict::Failed, "deadline"));
    assert_eq!((report.n_attempts, played.summary.exit_code), (1, 1));
}

/// The only thread of this runtime is kept for longer than the deadline: the event is there in time, and seen too late.
#[tokio::test]
async fn a_late_runner_is_inconclusive() {
    let steps = vec![Step::Open, Step::Expect("never", SOON)];
    let serve: Serve = Box::new(|peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            tokio::time::sleep(SOON / 2).await;
            std::thread::sleep(SOON * 2);
            peer.event("never").await;
            peer.sightings.closed().await;
        });
    });
    let scripted = Scripted::new("late", vec![steps]);
    let played =
        play(vec![Arc::clone(&scripted) as _], serve, Options { n_retries: 1, ..Options::default() }).await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, report.failures[0].rule.as_ref()), (Verdict::Inconclusive, "deadline"));
    assert!(report.lag >= SOON, "{:?}", report.lag);
    assert_eq!((report.n_attempts, played.summary.exit_code), (2, 4));
    assert!(report.failures[0].help.as_deref().is_some_and(|help| help.contains("late by")));
}

/// A server may take a client that sleeps for dead; one that closes the connection of a client who is awake has no such reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_is_excused_by_a_runner_that_overslept() {
    let serve = || -> Serve {
        Box::new(|peer: Peer| {
            tokio::spawn(async move {
                peer.saw(Observed::Opened(Handshake::default())).await;
                peer.saw(Observed::Closed(Closing::default())).await;
            });
        })
    };
    let options = || Options { n_retries: 0, ..Options::default() };
    let awake = play(case(vec![Step::Open, Step::Stay]), serve(), options()).await;
    assert_eq!(awake.reports()[0].verdict, Verdict::Failed);
    let stall = Step::Stall(Duration::from_millis(400));
    let asleep = play(case(vec![Step::Open, stall, Step::Stay]), serve(), options()).await;
    let report = asleep.reports()[0];
    assert_eq!((report.verdict, report.failures[0].rule.as_ref()), (Verdict::Inconclusive, "closed"));
}

/// What comes while the runner is late is not what it waits for.
#[tokio::test]
async fn a_late_runner_is_no_excuse_for_what_never_comes() {
    let steps = vec![Step::Open, Step::Expect("never", SOON)];
    let serve: Serve = Box::new(|peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            tokio::time::sleep(SOON / 2).await;
            std::thread::sleep(SOON * 2);
            for _ in 0..3 {
                peer.event("noise").await;
            }
            peer.sightings.closed().await;
        });
    });
    let played = play(case(steps), serve, Options::default()).await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, report.failures[0].rule.as_ref()), (Verdict::Failed, "deadline"));
    assert!(report.lag >= SOON, "{:?}", report.lag);
    assert_eq!((report.n_attempts, played.summary.exit_code), (1, 1));
}

#[tokio::test]
async fn an_attempt_that_passes_settles_what_a_late_one_left_open() {
    let late = vec![Step::Open, Step::Expect("event", Duration::from_millis(1))];
    let good = vec![Step::Open, Step::Expect("event", LATER)];
    let serve: Serve = Box::new(|peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            tokio::task::yield_now().await;
            std::thread::sleep(SOON);
            peer.event("event").await;
            peer.sightings.closed().await;
        });
    });
    let played = play(vec![Scripted::new("late", vec![late, good])], serve, Options::default()).await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, report.n_attempts, played.summary.exit_code), (Verdict::Passed, 2, 0));
}

#[tokio::test]
async fn a_stall_between_steps_breaks_no_deadline() {
    let steps =
        vec![Step::Open, Step::Send("ping"), Step::Stall(SOON * 2), Step::Expect("pong", SOON), Step::Close];
    let played = play(case(steps), friendly(), Options::default()).await;
    assert_eq!(played.reports()[0].failures, vec![]);
}

#[tokio::test]
async fn a_connection_that_ends_leaves_the_player_to_its_deadline() {
    let serve: Serve = Box::new(|peer: Peer| {
        tokio::spawn(async move {
            peer.saw(Observed::Opened(Handshake::default())).await;
            peer.saw(Observed::Closed(Closing::default())).await;
        });
    });
    let steps = vec![Step::Open, Step::Send("ping"), Step::Send("ping"), Step::Expect("pong", SOON)];
    let played = play(case(steps), serve, Options::default()).await;
    assert_eq!(played.reports()[0].failures[0].rule, "deadline");
    assert_eq!(played.reports()[0].verdict, Verdict::Failed);
}

#[tokio::test]
async fn no_session_outlives_its_time() {
    let options = Options { max_time: SOON, ..Options::default() };
    let played = play(case(vec![Step::Open, Step::Expect("never", LATER)]), friendly(), options).await;
    let report = played.reports()[0];
    assert_eq!((report.verdict, report.failures[0].rule.as_ref()), (Verdict::Failed, "max-time"));
    assert!(report.duration < LATER);
}

#[tokio::test]
async fn a_stop_ends_with_what_was_done() {
    let (stop, stopped) = watch::channel(false);
    let quick = Scripted::new("quick", vec![vec![Step::Open, Step::Close]]);
    let slow = Scripted::new("slow", vec![vec![Step::Open, Step::Expect("never", LATER)]]);
    let unplayed = Scripted::new("unplayed", vec![vec![Step::Open]]);
    let stopping = async move {
        tokio::time::sleep(SOON).await;
        stop.send(true).unwrap();
        stop.closed().await;
    };
    let playing = play_until(vec![quick, slow, unplayed], friendly(), Options::default(), stopped);
    let (played, ()) = tokio::join!(playing, stopping);
    let verdicts: Vec<_> =
        played.reports().iter().map(|report| (report.name.as_str(), report.verdict)).collect();
    assert_eq!(verdicts, [("quick", Verdict::Passed), ("slow", Verdict::Inconclusive)]);
    assert_eq!(played.reports()[1].failures[0].rule, "interrupted");
    assert_eq!((played.reports()[1].n_attempts, played.summary.exit_code), (1, 4));
}

#[tokio::test]
async fn jobs_report_in_order() {
    let wait = |name: &str, n_ms| {
        let steps = vec![Step::Open, Step::Expect("never", Duration::from_millis(n_ms))];
        Scripted::new(name, vec![steps]) as Arc<dyn Case>
    };
    let cases = vec![wait("a", 1000), wait("b", 1000), wait("c", 10), wait("d", 10)];
    let played = play(cases, friendly(), Options { n_jobs: 4, ..Options::default() }).await;
    let names: Vec<_> = played.reports().iter().map(|report| report.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
    assert!(played.summary.duration < Duration::from_millis(1900), "{:?}", played.summary.duration);
    assert_eq!(played.summary.n_failed, 4);
}

#[tokio::test]
async fn a_target_that_is_down_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let tls = client_config(None).unwrap();
    let run = Run {
        cases: vec![Scripted::new("a", vec![vec![Step::Open]]), Scripted::new("b", vec![vec![Step::Open]])],
        settings: settings(&target),
        wire: Arc::new(Network {
            client: http::Client::new(&tls).unwrap(),
            target: settings(&target).target,
            within: LATER,
        }) as Arc<dyn Wire>,
        launch: None,
        options: Options::default(),
    };
    let (_stop, stopped) = watch::channel(false);
    let played = collect(run, stopped).await;
    assert_eq!((played.summary.n_broken, played.summary.exit_code), (2, 3));
    for report in played.reports() {
        assert_eq!(report.verdict, Verdict::Unreachable);
        assert!(report.failures[0].message.starts_with("nothing accepts connections at 127.0.0.1:"));
    }
}
