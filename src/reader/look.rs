//! Looking ahead: what an object holds, before it is decided as what it is read.

use std::borrow::Cow;

use super::{Kind, Reader, Stop};
use crate::Number;

/// A value that tells the branches of a union apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag<'de> {
    /// A string.
    Text(Cow<'de, str>),
    /// An integer; 1.0 is 1.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// `null`
    Null,
}

impl<'de> Reader<'de> {
    /// The first member `property` of the object that comes next, without moving.
    ///
    /// `None` if no object comes next, it has no such member, or that is no tag.
    ///
    /// # Errors
    /// No JSON up to there.
    #[inline]
    pub fn tag(&mut self, property: &str) -> Result<Option<Tag<'de>>, Stop> {
        self.look(|input| if input.find(property)? { input.tag_here() } else { Ok(None) })
    }

    /// The string at `path`, the names of nested members, below the value that comes next, without moving.
    ///
    /// The first of several members of one name counts. `None` if there is no such string.
    ///
    /// # Errors
    /// No JSON up to there.
    #[inline]
    pub fn text_at(&mut self, path: &[&str]) -> Result<Option<Cow<'de, str>>, Stop> {
        self.look(|input| {
            for property in path {
                if !input.find(property)? {
                    return Ok(None);
                }
            }
            if input.peek()? == Kind::String { input.string().map(Some) } else { Ok(None) }
        })
    }

    #[inline]
    fn look<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        let mark = self.mark();
        let found = read(self);
        self.rewind(mark);
        found
    }

    /// Moves to the first member `property` of the object that comes next, if there is one.
    #[inline]
    fn find(&mut self, property: &str) -> Result<bool, Stop> {
        if self.peek()? != Kind::Object {
            return Ok(false);
        }
        let mut object = self.begin_object()?;
        while let Some(key) = self.next_key(&mut object)? {
            if key == property {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }

    #[inline]
    fn tag_here(&mut self) -> Result<Option<Tag<'de>>, Stop> {
        Ok(match self.peek()? {
            Kind::String => Some(Tag::Text(self.string()?)),
            Kind::Number => Number::of(self.number()?).as_i64().map(Tag::Integer),
            Kind::Boolean => Some(Tag::Boolean(self.boolean()?)),
            Kind::Null => self.null().map(|()| Some(Tag::Null))?,
            Kind::Array | Kind::Object => None,
        })
    }
}
