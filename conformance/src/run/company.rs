//! Plays a session beside its bystander: another client, which is there before it and goes after it.

use std::sync::Arc;

use tokio::sync::watch;

use super::case::Case;
use super::drive::{Attempt, Bounds, Playing, Standing, drive};
use super::wire::Wire;
use crate::matcher::{Player, Settings};
use crate::verdict::{Failure, TranscriptLine};

/// Plays `case`, with its bystander around it where it has one.
pub(super) fn accompanied<'a>(
    case: &Arc<dyn Case>,
    settings: Settings,
    wire: &'a dyn Wire,
    bounds: Bounds<'a>,
) -> Playing<'a> {
    let player = Arc::clone(case).player(settings.clone());
    match Arc::clone(case).bystander(settings) {
        None => drive(player, wire, bounds),
        Some(bystander) => Box::pin(around(bystander, player, wire, bounds)),
    }
}

/// Plays `player`, with `bystander` around it.
async fn around(
    mut bystander: Box<dyn Player + Send>,
    player: Box<dyn Player + Send>,
    wire: &dyn Wire,
    bounds: Bounds<'_>,
) -> Attempt {
    bystander.stand_by(true);
    let ((ready, mut is_ready), (over, is_over)) = (watch::channel(false), watch::channel(false));
    let beside = Bounds {
        max_time: bounds.max_time,
        stop: bounds.stop.clone(),
        progress: &|_, _| {},
        standing: Some(Standing { ready, is_over }),
        pulse: bounds.pulse.clone(),
        turn: None,
    };
    let playing = async {
        // One that came to its end before says so, too: nobody is there to be ready.
        let _ = is_ready.wait_for(|is_ready| *is_ready).await;
        let attempt = drive(player, wire, bounds).await;
        over.send_replace(true);
        attempt
    };
    let (mut attempt, beside) = tokio::join!(playing, drive(bystander, wire, beside));
    add(&mut attempt, beside);
    attempt
}

/// Adds what the bystander has to complain of, and then all that it saw.
fn add(attempt: &mut Attempt, beside: Attempt) {
    let outcome = &mut attempt.outcome;
    let behind = outcome.transcript.len();
    if beside.outcome.failures.is_empty() {
        return;
    }
    outcome.failures.extend(beside.outcome.failures.into_iter().map(|failure| Failure {
        message: format!("a bystander: {}", failure.message),
        frame_idx: failure.frame_idx.map(|frame_idx| frame_idx + behind),
        ..failure
    }));
    let lines = beside.outcome.transcript.into_iter();
    outcome
        .transcript
        .extend(lines.map(|line| TranscriptLine { what: format!("(bystander) {}", line.what), ..line }));
}
