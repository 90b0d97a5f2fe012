//! Answers the questions of a comparison on all cores.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use handfast_conformance::evolution::{Answer, Comparison, Outcome, Revision, Settings};

/// Compares two revisions on so many threads, or as many as there are processors.
pub fn compare(old: &Revision, new: &Revision, settings: Settings, jobs: Option<NonZeroUsize>) -> Outcome {
    let comparison = Comparison::new(old, new, settings);
    let n_threads = jobs
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, usize::from)
        .min(comparison.n_questions());
    let next = AtomicUsize::new(0);
    let mut answers: Vec<(usize, Answer)> = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..n_threads).map(|_| scope.spawn(|| answer_some(&comparison, &next))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    answers.sort_by_key(|(question_idx, _)| *question_idx);
    let answers: Vec<_> = answers.into_iter().map(|(_, answer)| answer).collect();
    comparison.conclude(&answers)
}

/// Takes the next question until there are no more.
fn answer_some(comparison: &Comparison<'_>, next: &AtomicUsize) -> Vec<(usize, Answer)> {
    let mut answers = Vec::new();
    loop {
        let question_idx = next.fetch_add(1, Ordering::Relaxed);
        if question_idx >= comparison.n_questions() {
            return answers;
        }
        answers.push((question_idx, comparison.answer(question_idx)));
    }
}
