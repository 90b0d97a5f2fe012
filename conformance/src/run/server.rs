//! The server under test as a process of ours: started, waited for, and ended with everything it started itself.

use std::fmt;
use std::io;
use std::net::TcpListener;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use url::{Host, Url};

use super::output::Output;
use super::ready::Ready;
use crate::matcher::Settings;

/// The pause between two attempts to connect.
pub(super) const PAUSE: Duration = Duration::from_millis(20);
/// How long one attempt to connect may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the output of a process that is gone may take to arrive.
const REST_OF_OUTPUT: Duration = Duration::from_millis(500);

/// How to start the server under test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    words: Vec<String>,
    /// When it is ready.
    pub ready: Ready,
    /// How long it may take until it is ready.
    pub ready_within: Duration,
    /// How long it may take to end after SIGTERM, before it is killed.
    pub end_within: Duration,
}

impl Launch {
    /// Splits `command` like a POSIX shell, without expanding anything. `{url}` and `{port}` in it stand for the target.
    ///
    /// # Errors
    /// It is empty, or a quote in it is not closed.
    pub fn new(command: &str) -> Result<Self, String> {
        let words = shell_words::split(command).map_err(|error| error.to_string())?;
        if words.is_empty() {
            return Err("there is no command in it".to_owned());
        }
        Ok(Self {
            words,
            ready: Ready::Port,
            ready_within: Duration::from_secs(30),
            end_within: Duration::from_secs(5),
        })
    }

    fn command(&self, target: &Url) -> Command {
        let (host, port) = host_and_port(target);
        let port = port.to_string();
        let url = target.as_str().trim_end_matches('/');
        let mut words = self.words.iter().map(|word| word.replace("{url}", url).replace("{port}", &port));
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).env("HOST", host).env("PORT", port);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        command
    }
}

impl fmt::Display for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shell_words::join(&self.words))
    }
}

/// `target`, with a free port instead of port 0.
///
/// # Errors
/// The system has none on that host.
pub fn settle_port(mut target: Url) -> io::Result<Url> {
    if target.port() == Some(0) {
        let free = TcpListener::bind(host_and_port(&target))?.local_addr()?.port();
        // A URL that has a port can have another.
        let _ = target.set_port(Some(free));
    }
    Ok(target)
}

/// Whether somebody accepts connections at `target`.
pub(super) async fn reach(target: &Url) -> Result<(), String> {
    match connect(target).await {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("nothing accepts connections at {}: {error}", authority(target))),
    }
}

pub(super) async fn connect(target: &Url) -> io::Result<()> {
    timeout(CONNECT, TcpStream::connect(host_and_port(target))).await?.map(drop)
}

fn host_and_port(target: &Url) -> (String, u16) {
    let host = match target.host() {
        Some(Host::Ipv6(address)) => address.to_string(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Domain(name)) => name.to_owned(),
        None => String::new(),
    };
    (host, target.port_or_known_default().unwrap_or_default())
}

pub(super) fn authority(target: &Url) -> String {
    format!(
        "{}:{}",
        target.host_str().unwrap_or_default(),
        target.port_or_known_default().unwrap_or_default()
    )
}

/// Why a server could not be started.
#[derive(Debug)]
pub(super) struct NotStarted {
    pub(super) message: String,
    pub(super) output: String,
}

/// A server under test. Dropped, it is killed.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    group: Group,
    output: Output,
    readers: Vec<JoinHandle<()>>,
    end_within: Duration,
}

impl Server {
    /// Starts the server and waits until it is ready.
    pub(super) async fn start(launch: &Launch, settings: &Settings) -> Result<Self, NotStarted> {
        let target = &settings.target;
        if connect(target).await.is_ok() {
            let message = format!("something else already listens at {}", authority(target));
            return Err(NotStarted { message, output: String::new() });
        }
        let mut server = Self::spawn(launch, target).map_err(|error| NotStarted {
            message: format!("`{}` cannot be started: {error}", launch.words[0]),
            output: String::new(),
        })?;
        match server.ready(launch, settings).await {
            Ok(()) => Ok(server),
            Err(message) => Err(NotStarted { message, output: server.stop().await }),
        }
    }

    fn spawn(launch: &Launch, target: &Url) -> io::Result<Self> {
        let mut child = launch.command(target).spawn()?;
        let output = Output::awaiting(launch.ready.line());
        let stdout = child.stdout.take().map(|stream| output.read(stream));
        let stderr = child.stderr.take().map(|stream| output.read(stream));
        let group = Group::of(&child);
        let readers = stdout.into_iter().chain(stderr).collect();
        Ok(Self { child, group, output, readers, end_within: launch.end_within })
    }

    async fn ready(&mut self, launch: &Launch, settings: &Settings) -> Result<(), String> {
        let (within, ready) = (launch.ready_within, &launch.ready);
        let target = &settings.target;
        let becomes = ready.wait(settings, &self.output);
        tokio::select! {
            biased;
            ended = self.child.wait() => {
                Err(format!("the server ended before {}: {}", ready.before(), told(ended)))
            }
            done = timeout(within, becomes) => done.unwrap_or_else(|_| {
                Err(format!("the server did not {} within {} s", ready.wanted(target), within.as_secs_f64()))
            }),
        }
    }

    /// Ends the server and all it started, and tells what it printed last.
    pub(super) async fn stop(mut self) -> String {
        let ended_before = self.child.try_wait().ok().flatten();
        self.end().await;
        let deadline = Instant::now() + REST_OF_OUTPUT;
        for reader in &mut self.readers {
            // Somebody who left the group may still hold the pipe.
            let _ = timeout_at(deadline, reader).await;
        }
        let mut text = self.output.text();
        if let Some(status) = ended_before {
            text.push_str(&format!("[the server had ended by itself: {status}]\n"));
        }
        text
    }

    async fn end(&mut self) {
        self.group.ask_to_end();
        if cfg!(not(unix)) {
            // There is no way to ask.
            let _ = self.child.start_kill();
        }
        let gone = async {
            // Only a process that we did not start can't be waited for.
            let _ = self.child.wait().await;
            while self.group.is_alive() {
                sleep(PAUSE).await;
            }
        };
        if timeout(self.end_within, gone).await.is_err() {
            self.group.kill();
            let _ = self.child.kill().await;
        }
        self.group = Group::default();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.group.kill();
        self.readers.iter().for_each(JoinHandle::abort);
    }
}

fn told(ended: io::Result<ExitStatus>) -> String {
    ended.map_or_else(|error| error.to_string(), |status| status.to_string())
}

/// A process and all it started; nobody by default.
#[cfg(unix)]
#[derive(Debug, Default)]
struct Group(Option<rustix::process::Pid>);

#[cfg(unix)]
impl Group {
    fn of(leader: &Child) -> Self {
        let id = leader.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(rustix::process::Pid::from_raw))
    }

    fn ask_to_end(&self) {
        self.signal(rustix::process::Signal::TERM);
    }

    fn kill(&self) {
        self.signal(rustix::process::Signal::KILL);
    }

    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(group) = self.0 {
            // A group that is gone needs no signal.
            let _ = rustix::process::kill_process_group(group, signal);
        }
    }

    fn is_alive(&self) -> bool {
        self.0.is_some_and(|group| rustix::process::test_kill_process_group(group).is_ok())
    }
}

/// Elsewhere there are no groups: the process alone is killed, by tokio.
#[cfg(not(unix))]
#[derive(Debug, Default)]
struct Group;

#[cfg(not(unix))]
impl Group {
    fn of(_: &Child) -> Self {
        Self
    }

    fn ask_to_end(&self) {}

    fn kill(&self) {}

    fn is_alive(&self) -> bool {
        false
    }
}
