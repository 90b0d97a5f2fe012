//! Faults on demand: what a bad network or a bad server does to events on their way. Pure.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::Millis;

use super::conversation::Told;

/// How long an event is held back for another to overtake it.
pub const HELD: Duration = Duration::from_millis(500);
/// How long a slow reader rests after each message.
const SLOW: Millis = Millis(1000);

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// Every event is late by something between these times; the order stays.
    Delay(Millis, Millis),
    /// Events get lost.
    Drop(Which),
    /// Events come twice.
    Duplicate(Which),
    /// Events are overtaken by the next one.
    Reorder(Which),
    /// The connection is closed with a code after so many events.
    Close(u16, u64),
    /// The server rests so long after each message that it reads.
    SlowReader(Millis),
    /// The connection stays, and after so many events nothing is read from it or written to it any more.
    HalfOpen(u64),
}

/// Which events a fault befalls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Which {
    /// Each with this probability, from 0 to 1.
    Share(f64),
    /// The one of this number on each connection, from 1.
    Nth(u64),
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let wanted = |example: &str| format!("write `{name}={example}`");
        match (name, value) {
            ("delay", Some(value)) => delay(value),
            ("drop", Some(value)) => value.parse().map(Self::Drop),
            ("duplicate", Some(value)) => value.parse().map(Self::Duplicate),
            ("reorder", Some(value)) => value.parse().map(Self::Reorder),
            ("close", Some(value)) => close(value),
            ("slow-reader", value) => value.map_or(Ok(SLOW), str::parse).map(Self::SlowReader),
            ("half-open", None) => Ok(Self::HalfOpen(0)),
            ("half-open", Some(value)) => nth(value).map(Self::HalfOpen).ok_or_else(|| wanted("@3")),
            ("delay", None) => Err(wanted("200ms")),
            ("drop" | "duplicate" | "reorder", None) => Err(wanted("10%")),
            ("close", None) => Err(wanted("1011@3")),
            _ => Err("known are delay, drop, duplicate, reorder, close, slow-reader, half-open".to_owned()),
        }
    }
}

impl FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let share = text.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok());
        match (share, nth(text)) {
            (Some(percent), _) if (0.0..=100.0).contains(&percent) => Ok(Self::Share(percent / 100.0)),
            (None, Some(n)) if n > 0 => Ok(Self::Nth(n)),
            _ => Err(format!("`{text}` says not which events: write `10%`, or `@3` for the third")),
        }
    }
}

fn delay(text: &str) -> Result<Fault, String> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let (least, most) = (least.parse::<Millis>()?, most.parse::<Millis>()?);
    if least <= most { Ok(Fault::Delay(least, most)) } else { Err(format!("`{text}` ends before it begins")) }
}

fn close(text: &str) -> Result<Fault, String> {
    let parsed =
        text.split_once('@').and_then(|(code, n)| Some((code.parse::<u16>().ok()?, n.parse().ok()?)));
    match parsed {
        Some((code @ 1000..=4999, n)) => Ok(Fault::Close(code, n)),
        _ => Err(format!("`{text}` is no code and number of events: write `1011@3`")),
    }
}

fn nth(text: &str) -> Option<u64> {
    text.strip_prefix('@')?.parse().ok()
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(least, most) if least == most => write!(f, "delay={least}"),
            Self::Delay(least, most) => write!(f, "delay={least}..{most}"),
            Self::Drop(which) => write!(f, "drop={which}"),
            Self::Duplicate(which) => write!(f, "duplicate={which}"),
            Self::Reorder(which) => write!(f, "reorder={which}"),
            Self::Close(code, n) => write!(f, "close={code}@{n}"),
            Self::SlowReader(rest) => write!(f, "slow-reader={rest}"),
            Self::HalfOpen(n) => write!(f, "half-open=@{n}"),
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share(share) => write!(f, "{}%", share * 100.0),
            Self::Nth(n) => write!(f, "@{n}"),
        }
    }
}

/// The faults of one connection.
#[derive(Debug)]
pub struct Faults {
    all: Arc<[Fault]>,
    random: fastrand::Rng,
    n_events: u64,
    held: VecDeque<Told>,
}

/// What becomes of an event.
#[derive(Debug, Default)]
pub struct Passed {
    /// What is sent, in order.
    pub events: Vec<Told>,
    /// How long that takes.
    pub delay: Duration,
    /// What becomes of the connection afterwards.
    pub end: Option<End>,
    /// The faults that were done.
    pub done: Vec<Fault>,
}

/// How a fault ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It is closed with this code.
    Close(u16),
    /// It stays, and is dead.
    HalfOpen,
}

impl Faults {
    /// The faults of a connection that has just been opened.
    pub fn new(all: Arc<[Fault]>, seed: u64) -> Self {
        Self { all, random: fastrand::Rng::with_seed(seed), n_events: 0, held: VecDeque::new() }
    }

    /// What happens before any event.
    pub fn at_once(&self) -> Option<End> {
        self.end(0).map(|(end, _)| end)
    }

    /// How long the server rests after a message that it read.
    pub fn rest(&self) -> Option<Duration> {
        self.all.iter().find_map(|fault| match fault {
            Fault::SlowReader(rest) => Some(rest.duration()),
            _ => None,
        })
    }

    /// Whether an event waits for another to overtake it.
    pub fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// The events that nothing overtook.
    pub fn release(&mut self) -> Vec<Told> {
        self.held.drain(..).collect()
    }

    /// What becomes of an event on its way out.
    pub fn pass(&mut self, told: Told) -> Passed {
        self.n_events += 1;
        let mut passed = Passed::default();
        let (mut n_copies, mut is_held) = (1, false);
        for fault in self.all.iter() {
            let befalls = match fault {
                Fault::Delay(least, most) => {
                    passed.delay = Duration::from_millis(self.random.u64(least.0..=most.0));
                    continue;
                }
                Fault::Drop(which) | Fault::Duplicate(which) | Fault::Reorder(which) => match which {
                    Which::Share(share) => self.random.f64() < *share,
                    Which::Nth(n) => self.n_events == *n,
                },
                Fault::Close(..) | Fault::HalfOpen(_) | Fault::SlowReader(_) => continue,
            };
            if !befalls {
                continue;
            }
            match fault {
                Fault::Drop(_) => n_copies = 0,
                Fault::Duplicate(_) => n_copies *= 2,
                _ => is_held = true,
            }
            passed.done.push(*fault);
        }
        let events = std::iter::repeat_n(told, n_copies);
        if is_held && self.held.is_empty() {
            self.held.extend(events);
        } else {
            passed.events.extend(events);
            if !passed.events.is_empty() {
                passed.events.extend(self.held.drain(..));
            }
        }
        if let Some((end, fault)) = self.end(self.n_events) {
            passed.end = Some(end);
            passed.done.push(fault);
        }
        passed
    }

    fn end(&self, n_events: u64) -> Option<(End, Fault)> {
        self.all.iter().find_map(|fault| match fault {
            Fault::Close(code, n) if *n == n_events => Some((End::Close(*code), *fault)),
            Fault::HalfOpen(n) if *n == n_events => Some((End::HalfOpen, *fault)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_written_as_they_are_read() {
        let texts = [
            "delay=200ms",
            "delay=50ms..2s",
            "drop=10%",
            "drop=@3",
            "duplicate=@1",
            "reorder=50%",
            "close=1011@5",
            "slow-reader=2s",
            "half-open=@4",
        ];
        for text in texts {
            assert_eq!(text.parse::<Fault>().map(|fault| fault.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("slow-reader".parse(), Ok(Fault::SlowReader(SLOW)));
        assert_eq!("half-open".parse(), Ok(Fault::HalfOpen(0)));
        for (text, help) in [
            ("delay", "delay=200ms"),
            ("delay=2s..1s", "ends before"),
            ("delay=fast", "no duration"),
            ("drop", "10%"),
            ("drop=3", "@3"),
            ("drop=101%", "10%"),
            ("drop=@0", "@3"),
            ("close=1011", "1011@3"),
            ("close=5@1", "1011@3"),
            ("half-open=3", "@3"),
            ("burn", "known are"),
        ] {
            let error = text.parse::<Fault>().expect_err(text);
            assert!(error.contains(help), "{text}: {error}");
        }
    }

    /// The numbers of the events that come through, a letter for the connection's end.
    #[track_caller]
    fn check(faults: &[&str], expected: &str) {
        let all = faults.iter().map(|fault| fault.parse().expect("a fault")).collect();
        let mut faults = Faults::new(all, 7);
        let mut seen = Vec::new();
        let told = |name: &str| Told { name: name.to_owned(), id: None, arguments: Vec::new(), ack: None };
        for n in 1..=5 {
            let passed = faults.pass(told(&n.to_string()));
            seen.extend(passed.events.into_iter().map(|event| event.name));
            match passed.end {
                Some(End::Close(code)) => seen.push(format!("close {code}")),
                Some(End::HalfOpen) => seen.push("dead".to_owned()),
                None => {}
            }
        }
        seen.extend(faults.release().into_iter().map(|event| event.name));
        assert_eq!(seen.join(" "), expected);
    }

    #[test]
    fn faults_befall_events() {
        check(&[], "1 2 3 4 5");
        check(&["drop=@2"], "1 3 4 5");
        check(&["drop=100%"], "");
        check(&["drop=0%"], "1 2 3 4 5");
        check(&["duplicate=@2"], "1 2 2 3 4 5");
        check(&["reorder=@2"], "1 3 2 4 5");
        check(&["reorder=@5"], "1 2 3 4 5");
        check(&["reorder=100%"], "2 1 4 3 5");
        check(&["close=1011@3"], "1 2 3 close 1011 4 5");
        check(&["half-open=@1", "drop=@5"], "1 dead 2 3 4");
    }

    #[test]
    fn a_delay_is_within_its_limits_and_a_seed_fixes_chance() {
        let faults = || Faults::new(Arc::new(["delay=5ms..9ms".parse().expect("a fault")]), 3);
        let delays = |mut faults: Faults| -> Vec<u128> {
            let told = Told { name: String::new(), id: None, arguments: Vec::new(), ack: None };
            (0..50).map(|_| faults.pass(told.clone()).delay.as_millis()).collect()
        };
        let first = delays(faults());
        assert!(
            first.iter().all(|delay| (5..=9).contains(delay)) && first.iter().any(|delay| *delay != first[0])
        );
        assert_eq!(first, delays(faults()));
    }
}
