//! Measures both sides in turns, so that whatever slows the machine down slows both.

use std::time::{Duration, Instant};

/// How long a turn of one side takes at least: so short that most are over before another process gets the core.
const TURN: Duration = Duration::from_micros(100);

/// How many turns there are, and how long they go on beyond that.
struct Effort {
    min_turns: usize,
    total: Duration,
}

impl Effort {
    fn of_arguments() -> Self {
        let is_quick = std::env::args().any(|argument| argument == "--quick");
        let (min_turns, total_ms) = if is_quick { (15, 100) } else { (101, 1000) };
        Self { min_turns, total: Duration::from_millis(total_ms) }
    }
}

/// Prints one line: the figure's name, and the medians of both sides in nanoseconds per instance.
pub fn compare(name: &str, n_instances: usize, mut ours: impl FnMut(), mut theirs: impl FnMut()) {
    let effort = Effort::of_arguments();
    let (n_ours, n_theirs) = (passes(&mut ours), passes(&mut theirs));
    let (mut times_ours, mut times_theirs) = (Vec::new(), Vec::new());
    let began = Instant::now();
    while times_ours.len() < effort.min_turns || began.elapsed() < effort.total {
        if times_ours.len() % 2 == 0 {
            times_ours.push(time(n_ours, &mut ours));
            times_theirs.push(time(n_theirs, &mut theirs));
        } else {
            times_theirs.push(time(n_theirs, &mut theirs));
            times_ours.push(time(n_ours, &mut ours));
        }
    }
    let per_instance = |times| median(times) / n_instances as f64;
    println!("{name} {} {}", per_instance(times_ours), per_instance(times_theirs));
}

/// How many passes fill a turn.
fn passes(pass: &mut impl FnMut()) -> usize {
    let mut n = 1;
    while time(n, pass) * (n as f64) < TURN.as_nanos() as f64 {
        n *= 2;
    }
    n
}

/// Nanoseconds per pass.
fn time(n: usize, pass: &mut impl FnMut()) -> f64 {
    let began = Instant::now();
    (0..n).for_each(|_| pass());
    began.elapsed().as_nanos() as f64 / n as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
