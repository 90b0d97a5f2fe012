//! Where in the bytes of an instance its violations stand.

use std::collections::BTreeMap;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::reader::Kind;
use crate::{Reader, Stop, Violations};

/// A place in UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut place = serializer.serialize_struct("Place", 3)?;
        place.serialize_field("offset", &self.offset)?;
        place.serialize_field("line", &self.line)?;
        place.serialize_field("column", &self.column)?;
        place.end()
    }
}

/// Sets the places of `violations` of the JSON in `bytes`, in one pass.
///
/// A violation of something that is not there gets the place of what it misses from. Where `bytes` are no JSON, or several
/// members have one name, the last place that can be told counts.
pub fn locate(bytes: &[u8], violations: &mut Violations) {
    let mut wanted = Wanted::default();
    violations.iter().for_each(|violation| wanted.insert(&violation.at));
    if let Ok(mut input) = Reader::new(bytes) {
        // Bytes that are no JSON have places as far as they can be read.
        let _: Result<(), Stop> = wanted.find(&mut input);
    }
    let offsets: Vec<Option<usize>> =
        violations.iter().map(|violation| wanted.offset(&violation.at)).collect();
    let places = places(bytes, offsets.iter().flatten().copied());
    for (violation, offset) in violations.iter_mut().zip(offsets) {
        violation.place = offset.and_then(|offset| places.get(&offset).copied());
    }
}

/// A set of pointers as a tree, and where the values that they point at start.
#[derive(Default)]
struct Wanted {
    offset: Option<usize>,
    below: BTreeMap<String, Self>,
}

impl Wanted {
    fn insert(&mut self, pointer: &str) {
        let mut node = self;
        for step in steps(pointer) {
            node = node.below.entry(step).or_default();
        }
    }

    /// The place of the value, or of the nearest one around it.
    fn offset(&self, pointer: &str) -> Option<usize> {
        let (mut node, mut offset) = (self, self.offset);
        for step in steps(pointer) {
            let Some(next) = node.below.get(&step) else { break };
            (node, offset) = (next, next.offset.or(offset));
        }
        offset
    }

    fn find(&mut self, input: &mut Reader<'_>) -> Result<(), Stop> {
        self.forget();
        self.offset = Some(input.offset()?);
        match input.peek()? {
            Kind::Object if !self.below.is_empty() => self.find_members(input),
            Kind::Array if !self.below.is_empty() => self.find_items(input),
            _ => input.skip().map(|_| ()),
        }
    }

    fn find_members(&mut self, input: &mut Reader<'_>) -> Result<(), Stop> {
        let mut object = input.begin_object()?;
        while let Some(key) = input.next_key(&mut object)? {
            self.find_below(&key, input)?;
        }
        Ok(())
    }

    fn find_items(&mut self, input: &mut Reader<'_>) -> Result<(), Stop> {
        let mut array = input.begin_array()?;
        let mut index = 0_usize;
        while input.next_item(&mut array)? {
            self.find_below(&index.to_string(), input)?;
            index += 1;
        }
        Ok(())
    }

    fn find_below(&mut self, step: &str, input: &mut Reader<'_>) -> Result<(), Stop> {
        match self.below.get_mut(step) {
            Some(wanted) => wanted.find(input),
            None => input.skip().map(|_| ()),
        }
    }

    /// Forgets what an earlier member of the same name held.
    fn forget(&mut self) {
        if self.offset.take().is_some() {
            self.below.values_mut().for_each(Self::forget);
        }
    }
}

/// The steps of a JSON Pointer (RFC 6901).
fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The places at `offsets`, counted in one pass from front to back.
fn places(bytes: &[u8], offsets: impl Iterator<Item = usize>) -> BTreeMap<usize, Place> {
    let mut places: BTreeMap<usize, Place> =
        offsets.map(|offset| (offset, Place { offset, line: 1, column: 1 })).collect();
    let (mut at, mut line, mut column) = (0, 1, 1);
    for place in places.values_mut() {
        for byte in bytes.get(at..place.offset).unwrap_or_default() {
            match byte {
                b'\n' => (line, column) = (line + 1, 1),
                // Bytes that continue a character count with its first one.
                0x80..0xc0 => {}
                _ => column += 1,
            }
        }
        (at, place.line, place.column) = (place.offset, line, column);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Violation;

    /// Where a violation at `pointer` stands, as offset, line and column.
    #[track_caller]
    fn check(text: &str, pointer: &str, expected: (usize, usize, usize)) {
        let found = vec![Violation::new("minimum", pointer, "#", [])];
        let mut violations = Violations::none_of(found).unwrap_err();
        locate(text.as_bytes(), &mut violations);
        let place = violations.iter().next().and_then(|violation| violation.place).unwrap();
        assert_eq!((place.offset, place.line, place.column), expected);
    }

    #[test]
    fn values_are_found_below_members_and_items() {
        let text = "\n {\"a\": [0, {\"b/~\": 1}],\r\n \"é\": 2, \"ü\": 3}";
        check(text, "", (2, 2, 2));
        check(text, "/a", (8, 2, 8));
        check(text, "/a/0", (9, 2, 9));
        check(text, "/a/1/b~1~0", (20, 2, 20));
        check(text, "/é", (33, 3, 7));
        check(text, "/ü", (42, 3, 15));
    }

    #[test]
    fn what_is_missing_stands_at_what_it_misses_from() {
        check(r#"{"a": {}}"#, "/a/b/c", (6, 1, 7));
    }

    #[test]
    fn the_last_of_several_members_of_one_name_counts() {
        check(r#"{"a": {"b": 1}, "a": {}}"#, "/a/b", (21, 1, 22));
        check(r#"{"a": 1, "a": {"b": 1}}"#, "/a/b", (20, 1, 21));
    }

    #[test]
    fn bytes_that_break_off_have_places_up_to_there() {
        check(r#"{"a": [1, "#, "/a/1", (6, 1, 7));
    }
}
