//! Times how long each pair of schemas takes that `handfast compare --batch` would judge: `bench-pairs FILE N`.
//!
//! Prints `NANOSECONDS VERDICT` for each line of the file, the median of N times, and in the end `peak BYTES`, the most memory that it
//! had, where the system says so.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use handfast_conformance::compare::Budget;
use handfast_conformance::compare::batch::{Answer, judge};
use handfast_conformance::validate::{Body, Chunk};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let n: usize = arguments.next().ok_or("how often?")?.parse()?;
    let text = std::fs::read(path)?;
    for (line, first_line) in text.split(|byte| *byte == b'\n').zip(1..) {
        if line.is_empty() {
            continue;
        }
        let body = Body::Lines(line.to_vec());
        let chunk = Chunk { first_line, n_bytes: line.len() as u64, body };
        let (nanoseconds, verdict) = timed(&chunk, n);
        println!("{nanoseconds} {verdict}");
    }
    if let Some(bytes) = peak() {
        println!("peak {bytes}");
    }
    Ok(())
}

/// The most memory that this process had resident, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// How long it took, and what came of it.
fn timed(chunk: &Chunk, n: usize) -> (u128, &'static str) {
    let mut times = Vec::new();
    let mut verdict = "error";
    for _ in 0..n.max(1) {
        let began = Instant::now();
        let answers = black_box(judge(chunk, u64::MAX, &Budget::default()));
        times.push(began.elapsed().as_nanos());
        if let [Answer { outcome: Ok(judged), .. }] = &*answers {
            verdict = judged.verdict;
        }
    }
    times.sort_unstable();
    (times[times.len() / 2], verdict)
}
