//! Plays one session: does what its player wants, and takes back to it what was seen.
//!
//! A deadline is missed by the runner, not by the server, when the runner's own lag can explain it. The rule: the driver
//! waits for a deadline, and then for as long again as it has been late itself while waiting for it (its grace). What is
//! seen in that time is judged by its own time like everything else, so the step fails; but where it is what the step
//! was waiting for, the server was late by no more than the runner was, and the failure, which says nothing about the
//! server, becomes `inconclusive`. What never came is missed by the server, whatever else came meanwhile.
//!
//! A server has deadlines, too, for the answers to its heartbeats. Nobody here knows them: one that closed the connection of
//! a runner who overslept may have been right.

use std::future::pending;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, Sleep, sleep_until};

use super::lag::{Lag, Pulse};
use super::wire::Wire;
use crate::event::Delay;
use crate::matcher::{Action, Answer, Outcome, Player, Request};
use crate::transport::{Command, Connection, Endpoint, Kind, Observed, Sighting};
use crate::verdict::{Failure, Verdict};

/// Rules that a late runner can break on a server's behalf.
const RULES_OF_TIME: &[&str] = &["deadline", "heartbeat"];
/// A lag that a server with short heartbeats may take for the client's death.
const OVERSLEPT: Duration = Duration::from_millis(250);
/// How often a session tells how far it is, at most: whoever looks at it sees no more.
const TELLING: Duration = Duration::from_millis(100);
/// How much is taken from a connection before the player is asked again.
const MAX_DRAINED: usize = 4096;

/// What bounds a session, and who wants to know how far it is.
pub(super) struct Bounds<'a> {
    /// The longest it may take.
    pub(super) max_time: Duration,
    /// Becomes true when everything is to end.
    pub(super) stop: watch::Receiver<bool>,
    /// Told how many steps are done, and how many there are, now and then.
    pub(super) progress: &'a (dyn Fn(usize, usize) + Sync),
    /// For whom it stands by before its end.
    pub(super) standing: Option<Standing>,
    /// How late everybody is.
    pub(super) pulse: Pulse,
    /// Its turn to begin, which is over as soon as the server has answered.
    pub(super) turn: Option<OwnedSemaphorePermit>,
}

/// What one who stands by says and hears.
pub(super) struct Standing {
    /// Becomes true once there is nothing to do but to wait.
    pub(super) ready: watch::Sender<bool>,
    /// Becomes true when the wait is over.
    pub(super) is_over: watch::Receiver<bool>,
}

/// What one attempt at a session came to.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) outcome: Outcome,
    pub(super) duration: Duration,
    pub(super) lag: Duration,
    pub(super) delays: Vec<Delay>,
}

/// A session that is being played: a pointer, as there may be many thousands of them.
pub(super) type Playing<'a> = Pin<Box<dyn Future<Output = Attempt> + Send + 'a>>;

/// Plays a session to its end.
pub(super) fn drive<'a>(
    player: Box<dyn Player + Send>,
    wire: &'a dyn Wire,
    bounds: Bounds<'a>,
) -> Playing<'a> {
    let began = Instant::now();
    let is_stopped = *bounds.stop.borrow();
    let stopping = Box::pin(stopped(bounds.stop.clone()));
    let mut driver = Driver {
        player,
        wire,
        began,
        ends: began + bounds.max_time,
        is_stopped,
        lag: Lag::since(began, bounds.pulse.clone()),
        bounds,
        connection: None,
        answers: JoinSet::new(),
        alarm: Box::pin(sleep_until(began)),
        stopping,
        deadline: None,
        late: Late::default(),
        n_done: 0,
        tells: Duration::ZERO,
    };
    Box::pin(async move {
        let end = driver.play().await;
        driver.leave();
        driver.finish(end)
    })
}

/// Why an attempt is over.
#[derive(Debug, Clone, Copy)]
enum End {
    Done,
    OutOfTime,
    Stopped,
}

/// Why the driver is awake.
enum Woken {
    Saw(Option<Sighting>),
    Answered(Result<(Instant, Answer), JoinError>),
    Stopped,
    NotNeeded,
    Due,
}

/// What came after a deadline by no more than the runner was late.
#[derive(Debug, Default)]
struct Late {
    /// An event, which need not be one that was waited for.
    event: bool,
    /// An answer, or the end of the connection.
    answer: bool,
}

struct Driver<'a> {
    player: Box<dyn Player + Send>,
    wire: &'a dyn Wire,
    bounds: Bounds<'a>,
    began: Instant,
    ends: Instant,
    /// Whether everything is to end.
    is_stopped: bool,
    connection: Option<Connection>,
    answers: JoinSet<(Instant, Answer)>,
    /// Rings when there is nothing else. It stays, since to put it off costs less than to make another.
    alarm: Pin<Box<Sleep>>,
    /// Over when everything is to end. It stays, too.
    stopping: Pin<Box<dyn Future<Output = ()> + Send>>,
    lag: Lag,
    deadline: Option<Instant>,
    late: Late,
    /// How many steps were done when that was told last.
    n_done: usize,
    /// When it may be told again.
    tells: Duration,
}

impl Driver<'_> {
    async fn play(&mut self) -> End {
        loop {
            if let ControlFlow::Break(end) = self.bounded() {
                return end;
            }
            self.drain();
            let now = self.began.elapsed();
            let action = self.player.next(now);
            self.tell_progress(now);
            match action {
                Action::Open(kind, endpoint) => self.open(kind, *endpoint),
                Action::Command(command) => self.command(command).await,
                Action::Request(request) => self.request(request),
                Action::WaitUntil(time) => {
                    if let Some(standing) =
                        self.bounds.standing.as_ref().filter(|_| self.player.is_standing_by())
                    {
                        standing.ready.send_replace(true);
                    }
                    self.wait(time).await;
                }
                Action::Done => return End::Done,
            }
        }
    }

    fn bounded(&mut self) -> ControlFlow<End> {
        let now = Instant::now();
        self.lag.awake(now);
        if self.must_stop() {
            ControlFlow::Break(End::Stopped)
        } else if now >= self.ends {
            ControlFlow::Break(End::OutOfTime)
        } else {
            ControlFlow::Continue(())
        }
    }

    fn must_stop(&mut self) -> bool {
        // To look at the value itself takes a lock that all sessions share.
        let is_news = self.bounds.stop.has_changed().unwrap_or(false);
        self.is_stopped |= is_news && *self.bounds.stop.borrow_and_update();
        self.is_stopped
    }

    /// What has been seen already comes before what is to be done next.
    fn drain(&mut self) {
        for _ in 0..MAX_DRAINED {
            let Some(seen) = self.connection.as_mut().and_then(|link| link.observed.try_recv().ok()) else {
                return;
            };
            self.saw(seen);
        }
    }

    fn tell_progress(&mut self, now: Duration) {
        let (n_done, n_steps) = self.player.progress();
        if n_done != self.n_done && now >= self.tells {
            (self.n_done, self.tells) = (n_done, now.saturating_add(TELLING));
            (self.bounds.progress)(n_done, n_steps);
        }
    }

    /// When to tell of steps that are done and were not told: who waits next may wait for long.
    fn untold(&self) -> Option<Instant> {
        (self.player.progress().0 != self.n_done).then(|| self.began + self.tells)
    }

    fn open(&mut self, kind: Kind, endpoint: Endpoint) {
        self.connection = self.wire.open(kind, endpoint);
        if self.connection.is_none() {
            let what = Observed::Unreachable(format!("no transport speaks {kind:?}"));
            self.player.observe(self.began.elapsed(), what);
        }
    }

    fn request(&mut self, request: Request) {
        let answering = self.wire.request(request);
        self.answers.spawn(async move {
            let answer = answering.await;
            (Instant::now(), answer)
        });
    }

    /// Hands `command` to the connection, which may first have to get rid of what it saw. A connection that is over has
    /// said so, or is about to.
    async fn command(&mut self, command: Command) {
        let mut command = Box::new(command);
        while let Some(connection) = &mut self.connection {
            match connection.tell(command) {
                Ok(()) | Err(TrySendError::Closed(_)) => return,
                Err(TrySendError::Full(back)) => command = back,
            }
            let commands = connection.commands.clone();
            let seen = tokio::select! {
                _ = commands.reserve() => None,
                seen = connection.seen() => Some(seen),
            };
            self.lag.wakes(Instant::now());
            if let Some(seen) = seen {
                self.took(seen);
            }
        }
    }

    /// Waits until something happens, or until `time` and the grace of the runner's own lag are over.
    async fn wait(&mut self, time: Duration) {
        let deadline = self.began.checked_add(time).map_or(self.ends, |deadline| deadline.min(self.ends));
        if self.deadline != Some(deadline) {
            self.deadline = Some(deadline);
            self.lag.begin_wait(Instant::now());
        }
        // What comes in the grace is shown to the player all at once: whether what it waits for is among it.
        let mut late = Vec::new();
        loop {
            let now = Instant::now();
            self.lag.awake(now);
            let over = deadline + self.lag.grace();
            if now >= over || late.len() >= MAX_DRAINED {
                return late.into_iter().for_each(|seen| self.saw(seen));
            }
            let until = over.min(self.lag.next_look());
            match self.sleep(self.untold().map_or(until, |tells| tells.min(until))).await {
                Woken::Saw(Some(seen)) if seen.at > deadline => late.push(seen),
                Woken::Saw(None) if !late.is_empty() => self.connection = None,
                Woken::Saw(seen) => return self.took(seen),
                Woken::Answered(answer) => {
                    late.into_iter().for_each(|seen| self.saw(seen));
                    return self.answered(answer);
                }
                Woken::Stopped => {
                    self.is_stopped = true;
                    return;
                }
                Woken::NotNeeded => return self.player.stand_by(false),
                Woken::Due => self.tell_progress(self.began.elapsed()),
            }
        }
    }

    /// Does nothing until something happens, or until `until`.
    async fn sleep(&mut self, until: Instant) -> Woken {
        self.alarm.as_mut().reset(until);
        let woken = tokio::select! {
            biased;
            seen = see(&mut self.connection) => Woken::Saw(seen),
            Some(answer) = self.answers.join_next() => Woken::Answered(answer),
            () = &mut self.stopping => Woken::Stopped,
            () = no_need(&mut self.bounds.standing) => Woken::NotNeeded,
            () = &mut self.alarm => Woken::Due,
        };
        self.lag.wakes(Instant::now());
        woken
    }

    fn took(&mut self, seen: Option<Sighting>) {
        match seen {
            Some(seen) => self.saw(seen),
            None => self.connection = None,
        }
    }

    fn saw(&mut self, seen: Sighting) {
        self.bounds.turn = None;
        match *seen.what {
            Observed::Frame(_) => self.late.event |= self.is_excusable(seen.at),
            Observed::Acknowledged { .. } | Observed::Barrier(_) | Observed::Closed(_) => {
                self.late.answer |= self.is_excusable(seen.at);
            }
            _ => {}
        }
        self.player.observe(seen.at.saturating_duration_since(self.began), *seen.what);
    }

    fn answered(&mut self, answer: Result<(Instant, Answer), JoinError>) {
        let (at, answer) = answer.unwrap_or_else(|error| {
            (Instant::now(), Answer::Failed(format!("the request was lost: {error}")))
        });
        self.bounds.turn = None;
        self.late.answer |= self.is_excusable(at);
        self.player.answered(at.saturating_duration_since(self.began), answer);
    }

    /// Whether what happened at `at` was too late by no more than the runner was.
    fn is_excusable(&mut self, at: Instant) -> bool {
        self.lag.awake(Instant::now());
        let late = self.deadline.and_then(|deadline| at.checked_duration_since(deadline));
        late.is_some_and(|late| late <= self.lag.grace())
    }

    /// Lets the connection write what it was told last. What the server makes of it is not waited for.
    fn leave(&mut self) {
        if let Some(connection) = &mut self.connection {
            let _ = connection.seen().now_or_never();
        }
    }

    fn finish(mut self, end: End) -> Attempt {
        self.lag.awake(Instant::now());
        let mut outcome = self.player.finish();
        let lag = self.lag.largest();
        let is_ours = |failure: &Failure| {
            of_time(failure) && self.late.excuses(failure) || is_given_up(failure) && lag >= OVERSLEPT
        };
        for failure in outcome.failures.iter_mut().filter(|failure| is_ours(failure)) {
            excuse(failure, lag);
        }
        match end {
            End::Done => {}
            End::OutOfTime => outcome.failures.push(out_of_time(self.bounds.max_time)),
            End::Stopped => outcome.failures.push(Failure::new(
                Verdict::Inconclusive,
                "interrupted",
                "the run was interrupted before the session was over",
            )),
        }
        Attempt { outcome, duration: self.began.elapsed(), lag, delays: self.lag.into_delays() }
    }
}

impl Late {
    /// Whether a failure of time is the runner's own: what it waited for did come. It names the frame then, and has
    /// nothing else to say of it.
    fn excuses(&self, failure: &Failure) -> bool {
        let has_come = failure.frame_idx.is_some() && failure.differences.is_empty();
        self.answer || self.event && has_come
    }
}

/// Waits until `stop` is true. Who is gone stops nobody.
async fn stopped(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        pending::<()>().await;
    }
}

/// Waits until nobody need stand by any more.
async fn no_need(standing: &mut Option<Standing>) {
    match standing {
        // Who is gone needs nobody.
        Some(standing) => drop(standing.is_over.wait_for(|is_over| *is_over).await),
        None => pending().await,
    }
    // Heard once.
    *standing = None;
}

async fn see(connection: &mut Option<Connection>) -> Option<Sighting> {
    match connection {
        Some(connection) => connection.seen().await,
        None => pending().await,
    }
}

fn of_time(failure: &Failure) -> bool {
    failure.verdict == Verdict::Failed && RULES_OF_TIME.contains(&failure.rule.as_ref())
}

/// Whether the connection was closed, when no step said so.
fn is_given_up(failure: &Failure) -> bool {
    failure.verdict == Verdict::Failed && failure.rule == "closed" && failure.differences.is_empty()
}

fn excuse(failure: &mut Failure, lag: Duration) {
    failure.verdict = Verdict::Inconclusive;
    failure.help = Some(format!(
        "the runner itself was late by {} ms; give the machine less to do, or the steps more time with `--scale`",
        lag.as_millis()
    ));
}

fn out_of_time(max_time: Duration) -> Failure {
    let message = format!("the session was not over after {} s", max_time.as_secs_f64());
    let mut failure = Failure::new(Verdict::Failed, "max-time", message);
    failure.help = Some("look for a step that the server keeps alive, or raise `--max-time`".to_owned());
    failure
}
