//! A pull parser of JSON (RFC 8259) over bytes: generated types read themselves with it, without a document between.
//!
//! It says *that* something is wrong, never what: [`Stop`] sends the bytes to the slow pass, which has the words.

mod look;
mod number;
mod string;
#[cfg(test)]
mod tests;
mod unique;

use std::borrow::Cow;

use serde_json::{Map, Value};

pub use number::is_number;

use crate::number::json_number;

/// How deep arrays and objects may nest, as in `serde_json`: one less than this.
const MAX_DEPTH: u8 = 128;

/// How much stack reading may take, in bytes: half of what a thread has by default. A struct of hundreds of members that
/// contains itself takes more than that before [`MAX_DEPTH`] ends it.
const MAX_STACK: usize = 1 << 20;

/// Reading went no further: no JSON, no valid instance, or one that only the slow pass can judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// Reads one JSON text from front to back.
///
/// ```
/// let mut input = handfast::Reader::new(br#"{ "id": 1 }"#)?;
/// let mut object = input.begin_object()?;
/// while let Some(key) = input.next_key(&mut object)? {
///     assert_eq!((key.as_ref(), input.number()?), ("id", "1"));
/// }
/// input.end()?;
/// # Ok::<(), handfast::Stop>(())
/// ```
#[derive(Debug, Clone)]
pub struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth_left: u8,
    /// Up to where the plan of a type has been asked about everything.
    checked_until: usize,
    /// Where the stack was when reading began.
    stack: usize,
}

/// An object that is being read.
#[derive(Debug)]
pub struct Object {
    first: bool,
}

/// An array that is being read.
#[derive(Debug)]
pub struct Array {
    first: bool,
}

/// A place that a [`Reader`] can go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    at: usize,
    depth_left: u8,
    checked_until: usize,
}

impl<'de> Reader<'de> {
    /// Reads `bytes` from their start.
    ///
    /// # Errors
    /// They are no UTF-8.
    #[inline]
    pub fn new(bytes: &'de [u8]) -> Result<Self, Stop> {
        let text = std::str::from_utf8(bytes).map_err(|_| Stop)?;
        Ok(Self { text, at: 0, depth_left: MAX_DEPTH, checked_until: 0, stack: stack() })
    }

    /// The kind of the value that comes next, as far as its first byte tells.
    ///
    /// # Errors
    /// No value starts here.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Stop> {
        Ok(match self.next_byte()? {
            b'"' => Kind::String,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b'-' | b'0'..=b'9' => Kind::Number,
            b't' | b'f' => Kind::Boolean,
            b'n' => Kind::Null,
            _ => return Err(Stop),
        })
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// Something else comes next.
    #[inline]
    pub fn null(&mut self) -> Result<(), Stop> {
        self.next_byte()?;
        self.word("null")
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// Something else comes next.
    #[inline]
    pub fn boolean(&mut self) -> Result<bool, Stop> {
        let is_true = self.next_byte()? == b't';
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    /// Reads a number and gives its text.
    ///
    /// # Errors
    /// Something else comes next.
    #[inline]
    pub fn number(&mut self) -> Result<&'de str, Stop> {
        self.next_byte()?;
        let start = self.at;
        self.at = number::end(self.text.as_bytes(), start)?;
        self.since(start)
    }

    /// Reads a string; it is borrowed unless it holds an escape.
    ///
    /// # Errors
    /// Something else comes next, or the string holds a control character, a bad escape or half a surrogate pair.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'de, str>, Stop> {
        self.byte(b'"')?;
        let start = self.at;
        self.at = string::plain_end(self.text.as_bytes(), start);
        if self.text.as_bytes().get(self.at) != Some(&b'"') {
            return self.escaped_string(start).map(Cow::Owned);
        }
        let text = self.since(start)?;
        self.at += 1;
        Ok(Cow::Borrowed(text))
    }

    #[cold]
    fn escaped_string(&mut self, start: usize) -> Result<String, Stop> {
        let (text, end) = string::unescape(self.text, start)?;
        self.at = end;
        Ok(text)
    }

    /// Steps into an object.
    ///
    /// # Errors
    /// Something else comes next, or it lies too deep.
    #[inline]
    pub fn begin_object(&mut self) -> Result<Object, Stop> {
        self.byte(b'{')?;
        self.enter()?;
        Ok(Object { first: true })
    }

    /// Reads the next key of `object` up to its value, or the end of the object.
    ///
    /// # Errors
    /// Neither comes next.
    #[inline]
    pub fn next_key(&mut self, object: &mut Object) -> Result<Option<Cow<'de, str>>, Stop> {
        if !self.goes_on(&mut object.first, b'}')? {
            return Ok(None);
        }
        let key = self.string()?;
        self.byte(b':')?;
        Ok(Some(key))
    }

    /// Steps into an array.
    ///
    /// # Errors
    /// Something else comes next, or it lies too deep.
    #[inline]
    pub fn begin_array(&mut self) -> Result<Array, Stop> {
        self.byte(b'[')?;
        self.enter()?;
        Ok(Array { first: true })
    }

    /// Whether `array` goes on; if so, its next item comes next.
    ///
    /// # Errors
    /// Neither a comma nor the end of the array comes next.
    #[inline]
    pub fn next_item(&mut self, array: &mut Array) -> Result<bool, Stop> {
        self.goes_on(&mut array.first, b']')
    }

    /// Reads any value and gives its text.
    ///
    /// # Errors
    /// No value comes next.
    pub fn skip(&mut self) -> Result<&'de str, Stop> {
        self.next_byte()?;
        let start = self.at;
        self.pass()?;
        self.since(start)
    }

    /// Reads any value; the last of several members of one name wins, as in `serde_json`.
    ///
    /// Decimals are rounded to the nearest `f64`, unless the feature `arbitrary-precision` is on.
    ///
    /// # Errors
    /// No value comes next, or a number that a [`Value`] can't hold.
    pub fn value(&mut self) -> Result<Value, Stop> {
        Ok(match self.peek()? {
            Kind::Null => self.null().map(|()| Value::Null)?,
            Kind::Boolean => Value::Bool(self.boolean()?),
            Kind::Number => Value::Number(json_number(self.number()?).ok_or(Stop)?),
            Kind::String => Value::String(self.string()?.into_owned()),
            Kind::Array => Value::Array(self.items()?),
            Kind::Object => Value::Object(self.members()?),
        })
    }

    fn items(&mut self) -> Result<Vec<Value>, Stop> {
        let mut array = self.begin_array()?;
        let mut items = Vec::new();
        while self.next_item(&mut array)? {
            items.push(self.value()?);
        }
        Ok(items)
    }

    fn members(&mut self) -> Result<Map<String, Value>, Stop> {
        let mut object = self.begin_object()?;
        let mut members = Map::new();
        while let Some(key) = self.next_key(&mut object)? {
            members.insert(key.into_owned(), self.value()?);
        }
        Ok(members)
    }

    /// This place, to [`rewind`](Self::rewind) to.
    #[inline]
    pub fn mark(&self) -> Mark {
        Mark { at: self.at, depth_left: self.depth_left, checked_until: self.checked_until }
    }

    /// Goes back to a place of this reader.
    #[inline]
    pub fn rewind(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth_left = mark.depth_left;
        // What was checked for one branch of a union is not checked for the next.
        self.checked_until = mark.checked_until;
    }

    /// Whether what comes next is part of a value that has been checked.
    #[inline]
    pub(crate) fn is_checked(&self) -> bool {
        self.at < self.checked_until
    }

    /// Goes back to `mark`; what was read since has been checked.
    pub(crate) fn checked_since(&mut self, mark: Mark) {
        let end = self.at;
        self.rewind(mark);
        self.checked_until = end;
    }

    /// The offset in bytes at which the next value starts.
    pub(crate) fn offset(&mut self) -> Result<usize, Stop> {
        self.next_byte().map(|_| self.at)
    }

    /// Makes sure that nothing is left but white space.
    ///
    /// # Errors
    /// Something is left.
    #[inline]
    pub fn end(&mut self) -> Result<(), Stop> {
        if self.next_byte().is_err() { Ok(()) } else { Err(Stop) }
    }

    /// Reads any value for its grammar only.
    fn pass(&mut self) -> Result<(), Stop> {
        match self.peek()? {
            Kind::Null => self.null(),
            Kind::Boolean => self.boolean().map(|_| ()),
            Kind::Number => self.number().map(|_| ()),
            Kind::String => self.pass_string(),
            Kind::Array => self.pass_items(),
            Kind::Object => self.pass_members(),
        }
    }

    fn pass_string(&mut self) -> Result<(), Stop> {
        self.byte(b'"')?;
        self.at = string::end(self.text.as_bytes(), self.at)?;
        Ok(())
    }

    fn pass_items(&mut self) -> Result<(), Stop> {
        let mut array = self.begin_array()?;
        while self.next_item(&mut array)? {
            self.pass()?;
        }
        Ok(())
    }

    fn pass_members(&mut self) -> Result<(), Stop> {
        let mut object = self.begin_object()?;
        while self.goes_on(&mut object.first, b'}')? {
            self.pass_string()?;
            self.byte(b':')?;
            self.pass()?;
        }
        Ok(())
    }

    /// Reads a comma where one is due, or the `close` of an array or object.
    #[inline]
    fn goes_on(&mut self, first: &mut bool, close: u8) -> Result<bool, Stop> {
        let byte = self.next_byte()?;
        if byte == close {
            self.at += 1;
            self.depth_left += 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            // What follows a comma must be a member or an item, and `close` starts neither.
            self.byte(b',')?;
        }
        Ok(true)
    }

    #[inline]
    fn enter(&mut self) -> Result<(), Stop> {
        self.depth_left -= 1;
        let is_too_deep = self.depth_left == 0 || self.stack.abs_diff(stack()) > MAX_STACK;
        if is_too_deep { Err(Stop) } else { Ok(()) }
    }

    #[inline]
    fn word(&mut self, word: &str) -> Result<(), Stop> {
        let found = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += word.len();
        if found { Ok(()) } else { Err(Stop) }
    }

    #[inline]
    fn byte(&mut self, wanted: u8) -> Result<(), Stop> {
        if self.next_byte()? != wanted {
            return Err(Stop);
        }
        self.at += 1;
        Ok(())
    }

    /// Skips white space and looks at the byte behind it.
    #[inline]
    fn next_byte(&mut self) -> Result<u8, Stop> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(Stop)
    }

    #[inline]
    fn since(&self, start: usize) -> Result<&'de str, Stop> {
        self.text.get(start..self.at).ok_or(Stop)
    }
}

/// About where the stack is.
#[inline]
fn stack() -> usize {
    let here = 0_u8;
    (&raw const here).addr()
}
