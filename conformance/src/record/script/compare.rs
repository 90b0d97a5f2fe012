//! Two recordings of the same: what differs between them differs from run to run.

use super::conversation::Did;
use super::group::{Step, Variation, merge_values};
use super::places;

/// The most pairs of runs that are compared to find which belong together.
const MAX_PAIRS: usize = 4_000_000;

/// What a comparison of two recordings found.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// When the runs began that are longer or shorter in the other recording.
    other_numbers: Vec<std::time::Duration>,
}

impl Compared {
    /// Whether the run that begins with `step` has another length in the other recording.
    pub fn has_other_number(&self, step: &Step) -> bool {
        self.other_numbers.contains(&step.turn.at)
    }
}

/// Marks in `steps` what differs from `others`, and what does not.
pub fn compare(steps: &mut [Step], others: Vec<Step>) -> Compared {
    let mut compared = Compared::default();
    let runs: Vec<std::ops::Range<usize>> = ranges(steps);
    let other_runs = ranges(&others);
    let key = |steps: &[Step], range: &std::ops::Range<usize>| run_key(&steps[range.start]);
    let keys: Vec<String> = runs.iter().map(|range| key(steps, range)).collect();
    let other_keys: Vec<String> = other_runs.iter().map(|range| key(&others, range)).collect();
    for (n, m) in aligned(&keys, &other_keys) {
        let (run, other) = (&mut steps[runs[n].clone()], &others[other_runs[m].clone()]);
        if run.len() != other.len() {
            compared.other_numbers.push(run[0].turn.at);
            run.iter_mut().for_each(|step| step.is_any_number = true);
        }
        for (n, step) in run.iter_mut().enumerate() {
            mark(step, &other[n.min(other.len() - 1)]);
        }
    }
    compared
}

/// Steps of one kind in a row.
fn ranges(steps: &[Step]) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let runs = steps.chunk_by(|a, b| a.came().is_some() && a.came() == b.came());
    runs.map(|run| {
        let range = start..start + run.len();
        start = range.end;
        range
    })
    .collect()
}

/// What runs that belong together share.
fn run_key(step: &Step) -> String {
    match &step.turn.did {
        Did::Sent { event, .. } => format!("sent {event:?}"),
        Did::Came { event, .. } => format!("came {event:?}"),
        Did::Asked(exchange) => {
            let segments = exchange
                .path_only()
                .split('/')
                .map(|segment| if segment.bytes().any(|byte| byte.is_ascii_digit()) { "*" } else { segment });
            format!("{} {}", exchange.method, segments.collect::<Vec<_>>().join("/"))
        }
        Did::Refused { .. } => "refused".to_owned(),
        Did::Closed { .. } | Did::Dropped => "over".to_owned(),
    }
}

/// The longest common subsequence, as pairs of numbers.
fn aligned(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    if a.len().saturating_mul(b.len()) > MAX_PAIRS {
        let pairs = a.iter().zip(b).enumerate();
        return pairs.take_while(|(_, (a, b))| a == b).map(|(n, _)| (n, n)).collect();
    }
    // How long the longest one is from each pair of places on.
    let mut lengths = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for n in (0..a.len()).rev() {
        for m in (0..b.len()).rev() {
            lengths[n][m] = if a[n] == b[m] {
                lengths[n + 1][m + 1] + 1
            } else {
                lengths[n + 1][m].max(lengths[n][m + 1])
            };
        }
    }
    let (mut n, mut m, mut pairs) = (0, 0, Vec::new());
    while n < a.len() && m < b.len() {
        if a[n] == b[m] {
            pairs.push((n, m));
            n += 1;
            m += 1;
        } else if lengths[n + 1][m] >= lengths[n][m + 1] {
            n += 1;
        } else {
            m += 1;
        }
    }
    pairs
}

fn mark(step: &mut Step, other: &Step) {
    for part in &mut step.parts {
        let Some(counterpart) = other.parts.iter().find(|other| other.key == part.key) else { continue };
        merge_values(&mut part.value, &counterpart.value, "", &mut part.varies);
        let varies = &mut part.varies;
        let is_within = |pointer: &str, varies: &std::collections::BTreeMap<String, Variation>| {
            varies.keys().any(|known| pointer == known || pointer.starts_with(&format!("{known}/")))
        };
        let mut same = Vec::new();
        places::leaves(&part.value, &mut |pointer, _| {
            if !is_within(pointer, varies) {
                same.push(pointer.to_owned());
            }
        });
        varies.extend(same.into_iter().map(|pointer| (pointer, Variation::None)));
    }
}
