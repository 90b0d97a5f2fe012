//! Spreads work over the cores.

use std::iter;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of every item, in their order. Each thread has a state of its own, made by `start`.
pub fn map<T: Sync, S, R: Send>(
    items: &[T],
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let next_idx = AtomicUsize::new(0);
    let run = || {
        let mut state = start();
        let step = || {
            let idx = next_idx.fetch_add(1, Ordering::Relaxed);
            Some((idx, work(&mut state, items.get(idx)?)))
        };
        iter::from_fn(step).collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(run)).collect();
        let results = threads.into_iter().map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
        results.flatten().collect()
    });
    done.sort_unstable_by_key(|(idx, _)| *idx);
    done.into_iter().map(|(_, result)| result).collect()
}
