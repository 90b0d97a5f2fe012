//! Draws numbers between limits and on lattices, in exact decimal arithmetic.

use fastrand::Rng;
use handfast::rule::{At, Quick, is_integer, multiple_of};
use serde_json::Number;

use super::Near;

/// How far from a limit, or from zero, numbers are drawn where nothing else bounds them.
const USUAL: i128 = 1000;
/// The largest integer that every reader of JSON keeps.
const LARGE: i128 = (1 << 53) - 1;
/// Binary digits that a float keeps of a number, less some.
const DIGITS_OF_FLOATS: u32 = 50;
/// Digits behind the point beyond those that the limits have.
const FINER: u32 = 2;
const MAX_TRIES: usize = 24;

/// What is asked of a number.
#[derive(Debug, Clone, Default)]
pub struct NumberDemand {
    lows: Vec<Bound>,
    highs: Vec<Bound>,
    multiples: Vec<Number>,
    others: Vec<Number>,
}

/// Which numbers a type admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fraction {
    /// Integers alone.
    None,
    /// Integers, and others.
    Maybe,
    /// All but integers.
    Some,
}

#[derive(Debug, Clone)]
struct Bound {
    limit: Number,
    is_open: bool,
}

impl NumberDemand {
    /// At least `limit`, or more than it.
    pub fn low(&mut self, limit: &Number, is_open: bool) {
        self.lows.push(Bound { limit: limit.clone(), is_open });
    }

    /// At most `limit`, or less than it.
    pub fn high(&mut self, limit: &Number, is_open: bool) {
        self.highs.push(Bound { limit: limit.clone(), is_open });
    }

    /// A multiple of `divisor`, or none.
    pub fn multiple(&mut self, divisor: &Number, is_one: bool) {
        if is_one { &mut self.multiples } else { &mut self.others }.push(divisor.clone());
    }

    /// A number that meets the demand; `None` where there is none, or none was found.
    pub fn draw(&self, fraction: Fraction, near: Near, is_large: bool, rng: &mut Rng) -> Option<Number> {
        let finest = self.lattice(fraction, FINER)?;
        let coarse = match fraction {
            Fraction::Maybe => self.lattice(Fraction::None, 0).filter(|_| rng.u8(..4) > 0),
            _ => None,
        };
        let near_limit = near != Near::Anywhere;
        let tries = coarse.iter().chain([&finest]);
        tries.filter_map(|lattice| lattice.range(is_large).map(|range| (lattice, range))).find_map(
            |(lattice, (first, last))| {
                (0..MAX_TRIES).find_map(|attempt| {
                    let near = if near_limit && attempt > 1 { Near::Anywhere } else { near };
                    let number = lattice.at(pick(first, last, near, rng))?;
                    // What has too many digits is another number once it is read.
                    let is_same = !number.is_f64() || self.admits(&number);
                    (is_same && self.allows(&number, fraction)).then_some(number)
                })
            },
        )
    }

    /// Whether it is proved that no number meets the demand.
    pub fn is_empty(&self, fraction: Fraction) -> bool {
        let is_multiple = |lattice: Lattice, other: &Number| {
            let other = Decimal::of(other).and_then(|other| other.units(lattice.scale));
            other.is_some_and(|other| other != 0 && lattice.step % other == 0)
        };
        self.lattice(fraction, FINER).is_some_and(|lattice| {
            lattice.is_empty() || self.others.iter().any(|other| is_multiple(lattice, other))
        })
    }

    /// Whether `number` has a fraction as wanted and is no multiple of what it must not be one of.
    fn allows(&self, number: &Number, fraction: Fraction) -> bool {
        let is_meant = fraction != Fraction::Some || !is_integer(number);
        let is_multiple =
            |other: &Number| multiple_of(number, other.into(), At::Root, "", &mut Quick::default());
        is_meant && !self.others.iter().any(is_multiple)
    }

    /// Whether `number` is within the limits and on the lattice.
    pub fn admits(&self, number: &Number) -> bool {
        let order = |limit: &Number| {
            let number = handfast::Number::from(number.clone());
            number.compare(limit.into())
        };
        let above =
            |bound: &Bound| order(&bound.limit).is_gt() || !bound.is_open && order(&bound.limit).is_eq();
        let below =
            |bound: &Bound| order(&bound.limit).is_lt() || !bound.is_open && order(&bound.limit).is_eq();
        let is_multiple =
            |other: &Number| multiple_of(number, other.into(), At::Root, "", &mut Quick::default());
        self.lows.iter().all(above)
            && self.highs.iter().all(below)
            && self.multiples.iter().all(is_multiple)
            && !self.others.iter().any(is_multiple)
    }

    fn lattice(&self, fraction: Fraction, finer: u32) -> Option<Lattice> {
        let limits = self.lows.iter().chain(&self.highs).map(|bound| &bound.limit);
        let all = limits.chain(&self.multiples).chain(&self.others).map(Decimal::of);
        let all: Vec<Decimal> = all.collect::<Option<_>>()?;
        let n_digits = all.iter().map(|decimal| decimal.n_fraction).max().unwrap_or(0);
        let scale = if fraction == Fraction::None { n_digits } else { n_digits + finer };
        let units = |number: &Number| Decimal::of(number)?.units(scale);
        let one = 10_i128.checked_pow(scale)?;
        let mut step = if fraction == Fraction::None { one } else { 1 };
        for divisor in &self.multiples {
            let divisor = units(divisor)?.checked_abs().filter(|divisor| *divisor > 0)?;
            step = step.checked_mul(divisor / greatest_common(step, divisor))?;
        }
        let edge = |bounds: &[Bound], sign: i128| -> Option<Option<i128>> {
            let mut edge: Option<i128> = None;
            for bound in bounds {
                let limit = units(&bound.limit)?.checked_mul(sign)?;
                let least = limit.checked_add(i128::from(bound.is_open))?;
                edge = Some(edge.map_or(least, |edge| edge.max(least)));
            }
            Some(edge)
        };
        // Counted in steps; a lower edge is rounded up, and an upper one, with its sign turned, too.
        let low = edge(&self.lows, 1)?.map(|low| low.div_euclid(step) + i128::from(low.rem_euclid(step) > 0));
        let high = edge(&self.highs, -1)?;
        let high = high.map(|high| -(high.div_euclid(step) + i128::from(high.rem_euclid(step) > 0)));
        Some(Lattice { low, high, step, scale })
    }
}

/// The multiples of `step`/10^`scale` from `low` to `high` steps.
#[derive(Debug, Clone, Copy)]
struct Lattice {
    low: Option<i128>,
    high: Option<i128>,
    step: i128,
    scale: u32,
}

impl Lattice {
    fn is_empty(self) -> bool {
        self.low.zip(self.high).is_some_and(|(low, high)| low > high)
    }

    /// The first and the last step to draw from.
    fn range(&self, is_large: bool) -> Option<(i128, i128)> {
        let one = 10_i128.pow(self.scale);
        let farthest = [self.low, self.high].into_iter().flatten().map(i128::unsigned_abs).max().unwrap_or(0);
        // Far out, readers tell numbers apart that are so far from each other.
        let apart = i128::try_from(farthest >> DIGITS_OF_FLOATS).ok()?;
        let width = (if is_large { LARGE } else { USUAL }.checked_mul(one)? / self.step).max(3).max(apart);
        let (first, last) = match (self.low, self.high) {
            (None, None) => (-width, width),
            (Some(low), None) => (low, if low < width { width } else { low.checked_add(width)? }),
            (None, Some(high)) => (if high > -width { -width } else { high.checked_sub(width)? }, high),
            (Some(low), Some(high)) => (low, high),
        };
        (first <= last).then_some((first, last))
    }

    fn at(&self, step: i128) -> Option<Number> {
        let units = step.checked_mul(self.step)?;
        let (sign, digits) = (if units < 0 { "-" } else { "" }, units.unsigned_abs().to_string());
        let scale = self.scale as usize;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        serde_json::from_str(&format!("{sign}{whole}{point}{fraction}")).ok()
    }
}

fn pick(first: i128, last: i128, near: Near, rng: &mut Rng) -> i128 {
    match near {
        Near::Low => first,
        Near::InsideLow => (first + 1).min(last),
        Near::InsideHigh => (last - 1).max(first),
        Near::High => last,
        Near::Anywhere => rng.i128(first..=last),
    }
}

fn greatest_common(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

/// digits · 10^-n_fraction
#[derive(Debug, Clone, Copy)]
struct Decimal {
    digits: i128,
    n_fraction: u32,
}

impl Decimal {
    /// `None` where it has more digits than can be counted with.
    fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent = exponent.trim_start_matches('+').parse::<i64>().ok()?;
        let n_fraction = i64::try_from(fraction.len()).ok()? - exponent;
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let power = 10_i128.checked_pow(u32::try_from((-n_fraction).max(0)).ok()?)?;
        let n_fraction = u32::try_from(n_fraction.max(0)).ok().filter(|n| *n < 30)?;
        Some(Self { digits: digits.checked_mul(power)?, n_fraction })
    }

    fn units(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.n_fraction)?)?)
    }
}
