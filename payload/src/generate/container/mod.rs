//! Builds arrays and objects: here what they share, a value of a part.

mod array;
mod names;
mod object;

use serde_json::Value;

use super::demand::Ask;
use super::solve::{Conflict, Solver};
use super::word;

/// How often an item is made again because there is one like it, or a name because it is taken.
const MAX_TRIES: usize = 24;

impl Solver<'_> {
    /// A value below the present one; anything where nothing is asked.
    pub(super) fn part(&mut self, asks: &[Ask]) -> Result<Value, Conflict> {
        self.room = self.room.saturating_sub(1);
        match asks {
            [] => Ok(self.anything()),
            asks => self.solve(asks),
        }
    }

    fn anything(&mut self) -> Value {
        match self.rng.u8(..8) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 | 3 => self.rng.i32(-1000..1000).into(),
            4 if !self.is_narrow(1) => Value::Array(vec![word::plain(3, &mut self.rng).into()]),
            5 if !self.is_narrow(1) => {
                Value::Object([(word::plain(4, &mut self.rng), self.rng.u8(..).into())].into_iter().collect())
            }
            _ => {
                let n = self.rng.usize(1..9);
                word::plain(n, &mut self.rng).into()
            }
        }
    }
}
