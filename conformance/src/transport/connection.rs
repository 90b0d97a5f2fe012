//! A connection as the runner sees it, and who moves it.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::task::JoinSet;

use super::{Command, Endpoint, Kind, Link, Observer, Sighting, TRANSPORTS, Task};

/// A connection's ends as the runner sees them.
pub struct Connection {
    /// What to do.
    pub commands: mpsc::Sender<Box<Command>>,
    /// What was seen. It ends after the connection is over.
    pub observed: mpsc::Receiver<Sighting>,
    mover: Mover,
}

/// Who moves a connection.
enum Mover {
    /// Whoever waits for what it sees.
    Observer(Moved),
    /// A task of its own, which ends with this value.
    Itself { _until_dropped: JoinSet<()> },
    /// Somebody else, or nobody any more.
    Other,
}

impl Connection {
    /// A connection that somebody else moves.
    pub fn new(commands: mpsc::Sender<Box<Command>>, observed: mpsc::Receiver<Sighting>) -> Self {
        Self { commands, observed, mover: Mover::Other }
    }

    /// What is seen next; `None` after the connection is over.
    pub async fn seen(&mut self) -> Option<Sighting> {
        poll_fn(|context| {
            let Mover::Observer(moved) = &mut self.mover else { return self.observed.poll_recv(context) };
            let (is_over, seen) = moved.poll(context, &mut self.observed);
            if is_over {
                self.mover = Mover::Other;
            }
            seen
        })
        .await
    }

    /// Hands on a command, which is obeyed while [`Self::seen`] is awaited.
    ///
    /// # Errors
    /// There is no room for it now, or the connection is over.
    pub fn tell(&mut self, command: Box<Command>) -> Result<(), TrySendError<Box<Command>>> {
        match &self.mover {
            Mover::Observer(moved) => moved.nudge.hush(|| self.commands.try_send(command)),
            Mover::Itself { .. } | Mover::Other => self.commands.try_send(command),
        }
    }

    /// The connection, moved by a task of its own from now on.
    #[must_use]
    pub fn spawned(mut self) -> Self {
        if let Mover::Observer(moved) = std::mem::replace(&mut self.mover, Mover::Other) {
            self.mover = Mover::Itself { _until_dropped: JoinSet::from_iter([moved.task]) };
        }
        self
    }
}

/// Opens a connection to `endpoint`. It moves while [`Connection::seen`] is awaited, and only then, so that frames and
/// commands need not go from task to task; [`Connection::spawned`] gives it a task of its own.
///
/// Returns `None` where no transport of that kind exists.
pub fn open(kind: Kind, endpoint: Endpoint) -> Option<Connection> {
    let transport = TRANSPORTS.iter().find(|transport| transport.kind() == kind)?;
    let (commands, command_inbox) = mpsc::channel(64);
    let (observer, observed) = mpsc::channel(1024);
    let task = transport.open(endpoint, Link { commands: command_inbox, observer: Observer(observer) });
    Some(Connection { commands, observed, mover: Mover::Observer(Moved::new(task)) })
}

/// A connection that its observer moves.
struct Moved {
    task: Task,
    nudge: Arc<Nudge>,
    /// Of `nudge`.
    waker: Waker,
}

impl Moved {
    fn new(task: Task) -> Self {
        let nudge = Arc::new(Nudge::default());
        Self { task, waker: Waker::from(Arc::clone(&nudge)), nudge }
    }

    /// Moves the connection; whether it is over, and what is seen.
    fn poll(
        &mut self,
        context: &Context<'_>,
        observed: &mut mpsc::Receiver<Sighting>,
    ) -> (bool, Poll<Option<Sighting>>) {
        let nudge = &self.nudge;
        nudge.observer.register(context.waker());
        nudge.is_set.store(false, Ordering::SeqCst);
        let mut within = Context::from_waker(&self.waker);
        let polled =
            nudge.hush(|| (self.task.as_mut().poll(&mut within).is_ready(), observed.poll_recv(&mut within)));
        // Whoever has seen something comes back before it sleeps.
        if polled.1.is_pending() && nudge.is_set.load(Ordering::SeqCst) {
            context.waker().wake_by_ref();
        }
        polled
    }
}

/// Wakes the observer of a connection, but not while it is at work on that very connection: each frame and each command
/// would wake it once more, for nothing.
#[derive(Default)]
struct Nudge {
    observer: AtomicWaker,
    is_hushed: AtomicBool,
    is_set: AtomicBool,
}

impl Nudge {
    fn hush<T>(&self, work: impl FnOnce() -> T) -> T {
        self.is_hushed.store(true, Ordering::SeqCst);
        let done = work();
        self.is_hushed.store(false, Ordering::SeqCst);
        done
    }
}

impl Wake for Nudge {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // In this order: either the observer sees that it is set, or this sees that the observer is done.
        self.is_set.store(true, Ordering::SeqCst);
        if !self.is_hushed.load(Ordering::SeqCst) {
            self.observer.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::oneshot;

    use super::*;
    use crate::transport::Observed;

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A connection that `task` carries.
    fn connection<T: Future<Output = ()> + Send + 'static>(task: impl FnOnce(Link) -> T) -> Connection {
        let (commands, inbox) = mpsc::channel(4);
        let (observer, observed) = mpsc::channel(4);
        let task = task(Link { commands: inbox, observer: Observer(observer) });
        Connection { commands, observed, mover: Mover::Observer(Moved::new(Box::pin(task))) }
    }

    /// What is seen now, and how often its observer has been woken so far.
    fn look(connection: &mut Connection, count: &Arc<Count>) -> (Poll<Option<Observed>>, usize) {
        let waker = Waker::from(Arc::clone(count));
        let seen = pin!(connection.seen()).poll(&mut Context::from_waker(&waker));
        (seen.map(|seen| seen.map(|seen| *seen.what)), count.0.load(Ordering::SeqCst))
    }

    #[test]
    fn nobody_is_woken_for_what_he_does_himself() {
        let mut connection = connection(async |mut link: Link| {
            while let Some(command) = link.commands.recv().await {
                if let Command::Barrier(n) = *command {
                    link.observer.saw(Observed::Barrier(n)).await;
                }
            }
        });
        let count = Arc::default();
        for n in 0..3 {
            assert_eq!(look(&mut connection, &count), (Poll::Pending, 0));
            assert!(connection.tell(Box::new(Command::Barrier(n))).is_ok());
            assert_eq!(look(&mut connection, &count), (Poll::Ready(Some(Observed::Barrier(n))), 0));
        }
        // Who sends without telling wakes it.
        assert_eq!(look(&mut connection, &count), (Poll::Pending, 0));
        assert!(connection.commands.try_send(Box::new(Command::Barrier(3))).is_ok());
        assert_eq!(look(&mut connection, &count), (Poll::Ready(Some(Observed::Barrier(3))), 1));
    }

    #[test]
    fn what_happens_elsewhere_wakes() {
        let (happens, happened) = oneshot::channel();
        let mut connection = connection(async |link: Link| {
            if let Ok(n) = happened.await {
                link.observer.saw(Observed::Barrier(n)).await;
                tokio::task::yield_now().await;
            }
        });
        let count = Arc::default();
        assert_eq!(look(&mut connection, &count), (Poll::Pending, 0));
        assert!(happens.send(1).is_ok());
        assert_eq!(look(&mut connection, &count), (Poll::Ready(Some(Observed::Barrier(1))), 1));
        assert_eq!(look(&mut connection, &count).0, Poll::Ready(None));
    }

    #[test]
    fn who_has_more_to_do_is_asked_again() {
        let mut connection = connection(async |_: Link| {
            let mut is_first = true;
            poll_fn(|context| {
                if std::mem::take(&mut is_first) {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(())
            })
            .await;
        });
        let count = Arc::default();
        assert_eq!(look(&mut connection, &count), (Poll::Pending, 1));
        assert_eq!(look(&mut connection, &count), (Poll::Ready(None), 1));
    }
}
