//! Reads, judges and hands out verdicts in order: one thread cuts the inputs into pieces, some judge them, and whoever
//! iterates waits for one piece after the other.
//!
//! Every queue is bounded, so that memory does not grow with the inputs. Nobody waits for the threads to end: when the one
//! who iterates goes, the next thing they do fails and ends them, and a read that never comes back holds nobody up.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use handfast_conformance::validate::{Chunk, Chunks, Layout};

use crate::error::Error;

/// Judges a piece of an input, with documents of at most so many bytes. Threads share it.
pub type Judge<T> = Arc<dyn Fn(&Chunk, u64) -> Vec<T> + Send + Sync>;

/// Deep schemas are followed by recursion.
const STACK_BYTES: usize = 16 << 20;

/// Where documents come from.
#[derive(Debug, Clone)]
pub struct Input {
    /// A file, or `-` for the standard input.
    pub path: PathBuf,
    /// How they lie in it.
    pub layout: Layout,
    /// The longest one that is read.
    pub max_bytes: u64,
}

impl Input {
    fn open(&self) -> io::Result<Box<dyn Read>> {
        if self.path == Path::new("-") {
            return Ok(Box::new(io::stdin()));
        }
        Ok(Box::new(File::open(&self.path)?))
    }

    fn chunks(&self) -> io::Result<Chunks<Box<dyn Read>>> {
        Ok(Chunks::new(self.open()?, self.layout, self.max_bytes))
    }

    /// How many bytes it has, if that can be known beforehand.
    pub fn n_bytes(&self) -> Option<u64> {
        let metadata = std::fs::metadata(&self.path).ok()?;
        metadata.is_file().then_some(metadata.len())
    }
}

/// What became of a piece of an input.
#[derive(Debug)]
pub struct Step<T> {
    /// The input's number.
    pub input_idx: usize,
    /// The verdicts on its documents and how many bytes they take, or why the rest of the input can't be read.
    pub judged: io::Result<(Vec<T>, u64)>,
}

/// A piece that is to be judged.
struct Job<T> {
    input_idx: usize,
    chunk: Chunk,
    answer: SyncSender<Vec<T>>,
}

/// A step, in its place before it is done.
struct Pending<T> {
    input_idx: usize,
    judged: io::Result<(Receiver<Vec<T>>, u64)>,
}

/// Starts the threads, `n_jobs` of them to judge; the steps come in the order of the inputs.
///
/// # Errors
/// The system denies threads. A step is one if the thread that judged it broke down.
pub fn start<T: Send + 'static>(
    judge: &Judge<T>,
    inputs: &Arc<Vec<Input>>,
    n_jobs: usize,
) -> Result<impl Iterator<Item = Step<T>> + use<T>, Error> {
    let (jobs, queue) = sync_channel::<Job<T>>(n_jobs);
    let (pending, steps) = sync_channel::<Pending<T>>(2 * n_jobs);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..n_jobs {
        let (queue, judge, inputs) = (Arc::clone(&queue), Arc::clone(judge), Arc::clone(inputs));
        spawn(move || work(&queue, &judge, &inputs))?;
    }
    let inputs = Arc::clone(inputs);
    spawn(move || read(&inputs, &jobs, &pending))?;
    Ok(steps.into_iter().map(Pending::wait))
}

impl<T> Pending<T> {
    fn wait(self) -> Step<T> {
        let Self { input_idx, judged } = self;
        let wait = |(answer, n_bytes): (Receiver<Vec<T>>, u64)| match answer.recv() {
            Ok(judged) => Ok((judged, n_bytes)),
            Err(_) => Err(io::Error::other("the thread that judged it broke down")),
        };
        Step { input_idx, judged: judged.and_then(wait) }
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let started = thread::Builder::new().stack_size(STACK_BYTES).spawn(work);
    started.map(drop).map_err(|error| {
        Error::new(format!("the system denies a thread: {error}")).help("ask for fewer with `--jobs`")
    })
}

/// Reads all inputs, one after the other, until they or the one who iterates are gone.
fn read<T>(inputs: &[Input], jobs: &SyncSender<Job<T>>, pending: &SyncSender<Pending<T>>) {
    for (input_idx, input) in inputs.iter().enumerate() {
        let outcome = match input.chunks() {
            Ok(mut chunks) => chunks.try_for_each(|chunk| {
                let judged = chunk.map(|chunk| enqueue(jobs, input_idx, chunk));
                pending.send(Pending { input_idx, judged }).ok()
            }),
            Err(error) => pending.send(Pending { input_idx, judged: Err(error) }).ok(),
        };
        if outcome.is_none() {
            return;
        }
    }
}

/// Puts a piece where it is judged; the verdicts come from what is returned.
fn enqueue<T>(jobs: &SyncSender<Job<T>>, input_idx: usize, chunk: Chunk) -> (Receiver<Vec<T>>, u64) {
    let (answer, judged) = sync_channel(1);
    let n_bytes = chunk.n_bytes;
    // Where all who judge have broken down, the one who waits for the answer is told so.
    drop(jobs.send(Job { input_idx, chunk, answer }));
    (judged, n_bytes)
}

fn work<T>(queue: &Mutex<Receiver<Job<T>>>, judge: &Judge<T>, inputs: &[Input]) {
    while let Some(Job { input_idx, chunk, answer }) = next(queue) {
        let judged = judge(&chunk, inputs[input_idx].max_bytes);
        if answer.send(judged).is_err() {
            return;
        }
    }
}

fn next<T>(queue: &Mutex<Receiver<Job<T>>>) -> Option<Job<T>> {
    queue.lock().ok()?.recv().ok()
}
