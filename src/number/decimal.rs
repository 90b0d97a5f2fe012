//! Numbers as digits and a power of ten, over their text: nothing is allocated, and no exponent costs time.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// Exponents are cut off here. Numbers that are written with larger ones are all taken for equally far away.
const MAX_EXPONENT: i64 = i64::MAX / 4;

/// Powers of ten that can matter for a divisor: each brings one factor of two and five, and it has at most 127.
const MAX_POWER: i64 = 128;

/// The number 0.d₁d₂… · 10^point, where neither the first digit nor the last is zero; no digit at all is zero.
#[derive(Debug, Clone, Copy)]
pub struct Decimal<'t> {
    negative: bool,
    head: &'t [u8],
    tail: &'t [u8],
    point: i64,
}

impl<'t> Decimal<'t> {
    /// The number of a text of JSON's grammar.
    pub fn of(text: &'t str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
        let (head, tail) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let point = exponent_of(exponent).saturating_add(head.len() as i64);
        Self { negative, head: head.as_bytes(), tail: tail.as_bytes(), point }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        let n_written = self.n_digits();
        self.head = without_first_zeros(self.head);
        if self.head.is_empty() {
            self.tail = without_first_zeros(self.tail);
        }
        self.point = self.point.saturating_sub((n_written - self.n_digits()) as i64);
        self.tail = without_last_zeros(self.tail);
        if self.tail.is_empty() {
            self.head = without_last_zeros(self.head);
        }
        if self.is_zero() { Self { negative: false, point: 0, ..self } } else { self }
    }

    /// How many digits it has between its first and its last that is not zero.
    pub fn n_digits(&self) -> usize {
        self.head.len() + self.tail.len()
    }

    /// How many digits stand before the decimal point when it is written out; negative for zeros behind it.
    pub fn point(&self) -> i64 {
        self.point
    }

    fn is_zero(&self) -> bool {
        self.n_digits() == 0
    }

    fn digits(&self) -> impl Iterator<Item = u8> + use<'t> {
        self.head.iter().chain(self.tail).copied()
    }

    /// The power of ten of the last digit.
    fn exponent(&self) -> i64 {
        self.point.saturating_sub(self.n_digits() as i64)
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        self.is_zero() || self.exponent() >= 0
    }

    /// The value, if it is an integer that fits.
    pub fn as_i128(&self) -> Option<i128> {
        let exponent = u32::try_from(self.exponent()).ok()?;
        let sign = if self.negative { -1 } else { 1 };
        let append =
            |value: i128, digit: u8| value.checked_mul(10)?.checked_add(sign * i128::from(digit - b'0'));
        self.digits().try_fold(0, append)?.checked_mul(10_i128.checked_pow(exponent)?)
    }

    /// Whether it is `divisor` times an integer; a divisor of more than 38 digits divides zero only.
    pub fn is_multiple(&self, divisor: &Self) -> bool {
        let append = |value: u128, digit: u8| value.checked_mul(10)?.checked_add(u128::from(digit - b'0'));
        let shift = self.exponent().saturating_sub(divisor.exponent());
        match divisor.digits().try_fold(0, append).filter(|digits| digits >> 127 == 0) {
            Some(0) => false,
            // The last digit of a number is not zero, so that no multiple of ten divides the digits.
            Some(digits) if shift >= 0 => self.remainder(shift.min(MAX_POWER), digits) == 0,
            _ => self.is_zero(),
        }
    }

    /// The remainder of the digits, with `n_zeros` zeros behind them.
    fn remainder(&self, n_zeros: i64, divisor: u128) -> u128 {
        let digits = self.digits().chain((0..n_zeros).map(|_| b'0')).map(|digit| digit - b'0');
        match u64::try_from(divisor) {
            // Ten times such a remainder still fits, and small divisions are many times faster.
            Ok(small) if small >> 60 == 0 => {
                digits.fold(0, |remainder, digit| (remainder * 10 + u64::from(digit)) % small).into()
            }
            _ => digits
                .fold(0, |remainder, digit| (ten_times(remainder, divisor) + u128::from(digit)) % divisor),
        }
    }

    fn sign(&self) -> i8 {
        if self.is_zero() { 0 } else { 1 - 2 * i8::from(self.negative) }
    }

    fn order_magnitude(&self, other: &Self) -> Ordering {
        self.point.cmp(&other.point).then_with(|| self.digits().cmp(other.digits()))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude =
            || if self.negative { other.order_magnitude(self) } else { self.order_magnitude(other) };
        self.sign().cmp(&other.sign()).then_with(magnitude)
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.negative, self.point).hash(state);
        self.digits().for_each(|digit| digit.hash(state));
    }
}

/// The remainder of ten times `remainder`: a divisor below 2^127 leaves room for doubling only.
const fn ten_times(remainder: u128, divisor: u128) -> u128 {
    let two = remainder * 2 % divisor;
    let eight = two * 2 % divisor * 2 % divisor;
    (eight + two) % divisor
}

/// The exponent that `text` says, at most [`MAX_EXPONENT`] from zero.
fn exponent_of(text: &str) -> i64 {
    let far = if text.starts_with('-') { -MAX_EXPONENT } else { MAX_EXPONENT };
    text.parse().unwrap_or(far).clamp(-MAX_EXPONENT, MAX_EXPONENT)
}

fn without_first_zeros(digits: &[u8]) -> &[u8] {
    let n_zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[n_zeros..]
}

fn without_last_zeros(digits: &[u8]) -> &[u8] {
    let n_zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    &digits[..digits.len() - n_zeros]
}
