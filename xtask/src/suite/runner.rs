//! A conversation with the compiled runner: an instance goes in, what its module makes of it comes out.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

/// How long an instance may take; none takes more than a few milliseconds.
const LONGEST: Duration = Duration::from_secs(30);

/// What a module makes of an instance.
#[derive(Debug, Deserialize)]
pub struct Answer {
    is_valid: bool,
    /// What `validate` finds.
    pub violations: Value,
    from_slice: RoundTrip,
    deserialize: RoundTrip,
}

/// What came of reading, writing and reading again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RoundTrip {
    /// It was not accepted.
    Refused,
    /// Something else was written.
    Lost,
    /// What was written is something else when it is read.
    Unstable,
    /// All is well.
    Kept,
}

impl Answer {
    /// The functions that did not do what is due to an instance that is valid, or is not.
    pub fn misfits(&self, is_valid: bool) -> Vec<String> {
        let due = if is_valid { RoundTrip::Kept } else { RoundTrip::Refused };
        let is_accepted = self.violations.as_array().is_some_and(Vec::is_empty);
        let verdicts = [("is_valid", self.is_valid), ("validate", is_accepted)];
        let verdicts = verdicts.into_iter().filter(|(_, verdict)| *verdict != is_valid);
        let read = [("from_slice", self.from_slice), ("Deserialize", self.deserialize)];
        let read = read.into_iter().filter(|(_, found)| *found != due);
        let says = |(function, verdict)| format!("{function} says {verdict}");
        let finds = |(function, found)| format!("{function}, to_vec: {found:?}").to_lowercase();
        verdicts.map(says).chain(read.map(finds)).collect()
    }
}

/// The program, started when there is something to ask, and again when it has ended.
pub struct Runner<'p> {
    program: &'p Path,
    running: Option<Running>,
}

struct Running {
    child: Child,
    questions: ChildStdin,
    answers: Receiver<io::Result<String>>,
}

impl<'p> Runner<'p> {
    /// A conversation with `program`.
    pub fn new(program: &'p Path) -> Self {
        Self { program, running: None }
    }

    /// What `module` makes of `instance`, a JSON text.
    ///
    /// # Errors
    /// It panics, overflows the stack or does not end.
    pub fn ask(&mut self, module: &str, instance: &str) -> Result<Answer, String> {
        let answer = self.line(&json!({ "module": module, "instance": instance }));
        let answer = answer.inspect_err(|_| self.running = None)?;
        let answer: Option<Answer> = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        answer.ok_or_else(|| "panic".to_owned())
    }

    fn line(&mut self, question: &Value) -> Result<String, String> {
        let running = match &mut self.running {
            Some(running) => running,
            none => none.insert(Running::start(self.program).map_err(|error| error.to_string())?),
        };
        writeln!(running.questions, "{question}").map_err(|error| error.to_string())?;
        match running.answers.recv_timeout(LONGEST) {
            Ok(line) => line.map_err(|error| error.to_string()),
            Err(RecvTimeoutError::Timeout) => Err(format!("no end within {LONGEST:?}")),
            Err(RecvTimeoutError::Disconnected) => {
                Err(running.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string()))
            }
        }
    }
}

impl Running {
    fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(questions), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| sender.send(line)));
        Ok(Self { child, questions, answers })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself meanwhile.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
