//! Parts of a run that are played on several machines: which sessions each of them takes.
//!
//! A pure function of names: every machine comes to the same parts without asking the others.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Part `number` of `of`: what `--shard` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Shard {
    /// From 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is no shard; write K/N, as in 1/3");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let shard =
            Self { number: number.parse().map_err(|_| wrong())?, of: of.parse().map_err(|_| wrong())? };
        if (1..=shard.of).contains(&shard.number) { Ok(shard) } else { Err(wrong()) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// The share of a shard in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Share {
    /// Which shard.
    pub shard: Shard,
    /// How many sessions all shards have.
    pub n_sessions: usize,
    /// Which of them this one has, from 0, in order.
    pub session_idxs: Vec<usize>,
}

impl Share {
    /// By the names of the sessions alone: a session stays in its shard when others come and go.
    pub fn by_name(shard: Shard, names: &[&str]) -> Self {
        let is_ours = |name: &str| fnv1a(name) % shard.of as u64 == (shard.number - 1) as u64;
        Self::of(
            shard,
            names.len(),
            names.iter().enumerate().filter(|(_, name)| is_ours(name)).map(|(idx, _)| idx),
        )
    }

    /// So that all shards take about as long, by the milliseconds that sessions took before. One that nobody knows counts as
    /// the mean of the others.
    pub fn by_duration(shard: Shard, names: &[&str], known_ms: &BTreeMap<String, f64>) -> Self {
        let mean_ms = known_ms.values().sum::<f64>() / (known_ms.len().max(1) as f64);
        let ms = |name: &str| known_ms.get(name).copied().unwrap_or(mean_ms);
        let mut longest_first: Vec<usize> = (0..names.len()).collect();
        // A float of time in microseconds, so that the order is total.
        longest_first.sort_by_key(|idx| (Reverse((ms(names[*idx]) * 1e3) as u64), *idx));
        let (mut loads, mut ours) = (vec![0.0; shard.of], Vec::new());
        for idx in longest_first {
            let lightest = (0..shard.of).min_by(|a, b| f64::total_cmp(&loads[*a], &loads[*b])).unwrap_or(0);
            // Even a session of no time takes its place.
            loads[lightest] += ms(names[idx]).max(1e-3);
            if lightest == shard.number - 1 {
                ours.push(idx);
            }
        }
        ours.sort_unstable();
        Self::of(shard, names.len(), ours)
    }

    fn of(shard: Shard, n_sessions: usize, session_idxs: impl IntoIterator<Item = usize>) -> Self {
        Self { shard, n_sessions, session_idxs: session_idxs.into_iter().collect() }
    }
}

/// FNV-1a of 64 bits, mixed once more: its low bits alone are too regular. A hash that stays what it is with every version.
fn fnv1a(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        (0..200).map(|n| format!("session {n}")).collect()
    }

    /// All shards together have every session once.
    #[track_caller]
    fn shares(of: usize, share: impl Fn(Shard) -> Share) -> Vec<usize> {
        let shares: Vec<Share> = (1..=of).map(|number| share(Shard { number, of })).collect();
        let mut all: Vec<usize> = shares.iter().flat_map(|share| share.session_idxs.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..shares[0].n_sessions).collect::<Vec<_>>());
        shares.iter().map(|share| share.session_idxs.len()).collect()
    }

    #[test]
    fn names_spread_evenly_and_stay_where_they_are() {
        let names = names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let counts = shares(4, |shard| Share::by_name(shard, &names));
        assert!(counts.iter().all(|count| (30..=70).contains(count)), "{counts:?}");
        let shard = Shard { number: 2, of: 4 };
        let before: Vec<&str> =
            Share::by_name(shard, &names).session_idxs.iter().map(|idx| names[*idx]).collect();
        let fewer = &names[50..];
        let after: Vec<&str> =
            Share::by_name(shard, fewer).session_idxs.iter().map(|idx| fewer[*idx]).collect();
        assert!(after.iter().all(|name| before.contains(name)));
    }

    #[test]
    fn durations_balance() {
        let names = ["a", "b", "c", "d", "new"];
        let known = BTreeMap::from(
            [("a", 900.0), ("b", 400.0), ("c", 400.0), ("d", 100.0)].map(|(name, ms)| (name.to_owned(), ms)),
        );
        let share = |number| Share::by_duration(Shard { number, of: 2 }, &names, &known).session_idxs;
        assert_eq!((share(1), share(2)), (vec![0, 3], vec![1, 2, 4]));
        shares(3, |shard| Share::by_duration(shard, &names, &BTreeMap::new()));
        shares(7, |shard| Share::by_duration(shard, &names, &known));
    }

    #[test]
    fn a_shard_is_one_of_so_many() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for wrong in ["", "1", "0/3", "4/3", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
