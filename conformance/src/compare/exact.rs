//! Numbers as exact rationals: is there one between limits, on a lattice, and off some others?

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Number, Value};

use super::formula::NumberForm;

/// Exponents beyond this are not computed with.
const MAX_EXPONENT: i64 = 1_100;
/// How many points of a lattice are looked at.
const MAX_POINTS: usize = 2_000;
/// How many of them are told.
const MAX_TOLD: usize = 32;

/// The value of a number; none where it has more digits than can be computed with.
pub fn rational(number: &Number) -> Option<BigRational> {
    let text = number.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let exponent = exponent.trim_start_matches('+').parse::<i64>().ok()?;
    let power = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    if power.abs() > MAX_EXPONENT {
        return None;
    }
    let scale = ten_to(power.unsigned_abs() as u32);
    Some(if power < 0 { BigRational::new(digits, scale) } else { BigRational::from(digits * scale) })
}

/// The JSON number of a rational that is a decimal, as near as `serde_json` can hold it.
pub fn json(value: &BigRational) -> Option<Number> {
    let mut scaled = value.clone();
    let ten = BigRational::from(BigInt::from(10));
    let mut n_fraction = 0;
    while !scaled.is_integer() {
        scaled *= &ten;
        n_fraction += 1;
        if n_fraction > MAX_EXPONENT {
            return None;
        }
    }
    let digits = scaled.to_integer();
    let text = if n_fraction == 0 { digits.to_string() } else { format!("{digits}e-{n_fraction}") };
    handfast_number(&text)
}

fn handfast_number(text: &str) -> Option<Number> {
    let number: handfast::Number = text.parse().ok()?;
    serde_json::from_str(&number.to_string()).ok()
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

fn zero() -> BigRational {
    BigRational::from(BigInt::ZERO)
}

fn one() -> BigRational {
    BigRational::from(BigInt::from(1))
}

/// What is asked of a number.
#[derive(Debug, Default)]
pub struct Numbers {
    low: Option<(BigRational, bool)>,
    high: Option<(BigRational, bool)>,
    step: Option<BigRational>,
    off: Vec<BigRational>,
    excluded: Vec<BigRational>,
}

/// What was found.
#[derive(Debug)]
pub enum Sought {
    /// There is none.
    None,
    /// These may be, the likeliest first; `true`: there is no other.
    These(Vec<BigRational>, bool),
}

impl Numbers {
    /// Adds what is asked.
    pub fn add(&mut self, form: &NumberForm) {
        match form {
            NumberForm::Low(limit, is_open) => {
                let tighter = self
                    .low
                    .as_ref()
                    .is_none_or(|(known, open)| limit > known || limit == known && *is_open && !open);
                if tighter {
                    self.low = Some((limit.clone(), *is_open));
                }
            }
            NumberForm::High(limit, is_open) => {
                let tighter = self
                    .high
                    .as_ref()
                    .is_none_or(|(known, open)| limit < known || limit == known && *is_open && !open);
                if tighter {
                    self.high = Some((limit.clone(), *is_open));
                }
            }
            NumberForm::Multiple(divisor, true) => {
                self.step = Some(match &self.step {
                    Some(step) => least_common(step, divisor),
                    None => divisor.clone(),
                });
            }
            NumberForm::Multiple(divisor, false) => self.off.push(divisor.clone()),
        }
    }

    /// Excludes a value.
    pub fn exclude(&mut self, value: &Value) {
        self.excluded.extend(value.as_number().and_then(rational));
    }

    fn meets(&self, value: &BigRational) -> bool {
        self.low.as_ref().is_none_or(|(limit, is_open)| value > limit || value == limit && !is_open)
            && self.high.as_ref().is_none_or(|(limit, is_open)| value < limit || value == limit && !is_open)
            && self.step.as_ref().is_none_or(|step| (value / step).is_integer())
            && !self.off.iter().any(|divisor| (value / divisor).is_integer())
            && !self.excluded.contains(value)
    }

    /// Numbers that meet all of it.
    pub fn seek(&self) -> Sought {
        if let (Some((low, low_open)), Some((high, high_open))) = (&self.low, &self.high) {
            if low > high || low == high && (*low_open || *high_open) {
                return Sought::None;
            }
            if low == high {
                return self.among(vec![low.clone()], true);
            }
        }
        match &self.step {
            Some(step) => self.on_lattice(step),
            None => self.between(),
        }
    }

    fn among(&self, points: Vec<BigRational>, is_all: bool) -> Sought {
        let mut met: Vec<_> =
            points.into_iter().filter(|point| self.meets(point)).take(MAX_TOLD + 1).collect();
        if met.is_empty() && is_all {
            return Sought::None;
        }
        let is_all = is_all && met.len() <= MAX_TOLD;
        met.truncate(MAX_TOLD);
        Sought::These(met, is_all)
    }

    fn on_lattice(&self, step: &BigRational) -> Sought {
        if self.off.iter().any(|divisor| (step / divisor).is_integer()) {
            return Sought::None;
        }
        let first = self.low.as_ref().map(|(limit, _)| (limit / step).ceil());
        let last = self.high.as_ref().map(|(limit, _)| (limit / step).floor());
        let start = match (&first, &last) {
            (Some(first), _) if *first > zero() => first.clone(),
            (_, Some(last)) if *last < zero() => last.clone(),
            _ => zero(),
        };
        let mut points = Vec::new();
        let (mut up, mut down) = (start.clone(), &start - one());
        let is_within = |at: &BigRational| {
            first.as_ref().is_none_or(|first| at >= first) && last.as_ref().is_none_or(|last| at <= last)
        };
        let enough = MAX_POINTS + self.excluded.len();
        while points.len() < enough && (is_within(&up) || is_within(&down)) {
            for at in [&mut up, &mut down] {
                if is_within(at) {
                    points.push(&*at * step);
                }
            }
            up += one();
            down -= one();
        }
        let is_all = points.len() < enough;
        if !is_all {
            // Far away, too, where machine numbers are further apart than the lattice's.
            let far = (10..80).map(|power| BigRational::from(BigInt::from(2).pow(power)));
            let far =
                far.flat_map(|far| [&start + &far, &start - &far]).filter(is_within).map(|at| at * step);
            let near = points.into_iter().filter(|point| self.meets(point)).take(MAX_TOLD / 2);
            let found = near.chain(far.filter(|point| self.meets(point))).take(2 * MAX_TOLD).collect();
            return Sought::These(found, false);
        }
        self.among(points, is_all)
    }

    /// Between two different limits there are always more numbers than a few lattices and exclusions take away.
    fn between(&self) -> Sought {
        let (low, high) = (self.low.as_ref().map(|it| &it.0), self.high.as_ref().map(|it| &it.0));
        let mut points = vec![zero(), one()];
        points.extend(low.into_iter().chain(high).cloned());
        points.extend(low.map(|low| low + size(low) + one()));
        points.extend(high.map(|high| high - size(high) - one()));
        let start = match (low, high) {
            (Some(low), _) => low.clone(),
            (None, Some(high)) => high - one(),
            (None, None) => zero(),
        };
        let width = match (low, high) {
            (Some(low), Some(high)) => high - low,
            _ => one() + one(),
        };
        // The coarsest decimal grid that has some points between the limits, and a finer one.
        let mut grid = one();
        let ten = BigRational::from(BigInt::from(10));
        while &grid * BigRational::from(BigInt::from(3)) > width {
            grid /= &ten;
        }
        for _ in 0..3 {
            let mut at = (&start / &grid).floor() * &grid;
            for _ in 0..40 {
                points.push(at.clone());
                at += &grid;
            }
            grid /= &ten;
        }
        points.retain(|point| self.meets(point));
        points.truncate(24);
        Sought::These(points, false)
    }
}

fn size(of: &BigRational) -> BigRational {
    if *of < zero() { -of } else { of.clone() }
}

fn least_common(a: &BigRational, b: &BigRational) -> BigRational {
    let (left, right) = (a.numer() * b.denom(), b.numer() * a.denom());
    let common = greatest_common(left.clone(), right.clone());
    BigRational::new(left * right / common, a.denom() * b.denom())
}

fn greatest_common(mut a: BigInt, mut b: BigInt) -> BigInt {
    while b != BigInt::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> BigRational {
        rational(&serde_json::from_str(text).expect("a number")).expect("few digits")
    }

    #[track_caller]
    fn check(forms: &[NumberForm], expected: Option<&[&str]>) {
        let mut numbers = Numbers::default();
        forms.iter().for_each(|form| numbers.add(form));
        match (numbers.seek(), expected) {
            (Sought::None, None) => {}
            (Sought::These(found, _), Some(expected)) => {
                let found: Vec<_> = found.iter().filter_map(json).map(|it| it.to_string()).collect();
                assert_eq!(found[..expected.len()], *expected);
            }
            (found, _) => panic!("{found:?}"),
        }
    }

    #[test]
    fn limits_and_lattices() {
        use NumberForm::{High, Low, Multiple};
        check(&[Low(number("3"), true), High(number("4"), true), Multiple(number("1"), true)], None);
        check(&[Low(number("3"), false), High(number("4"), true), Multiple(number("1"), true)], Some(&["3"]));
        check(&[Low(number("3"), true), High(number("3"), false)], None);
        check(&[Low(number("3"), false), High(number("3"), false)], Some(&["3"]));
        check(&[Multiple(number("6"), true), Multiple(number("3"), false)], None);
        check(&[Multiple(number("3"), true), Multiple(number("6"), false)], Some(&["-3", "3"]));
        check(
            &[Multiple(number("0.2"), true), Multiple(number("0.3"), true), Low(number("0.1"), false)],
            Some(&["0.6"]),
        );
        check(&[Low(number("0.01"), true), High(number("0.02"), true)], Some(&["0.011"]));
    }
}
