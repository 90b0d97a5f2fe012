//! Looking ahead: what an object holds, before it is decided as what it is read.

use std::borrow::Cow;

use super::{Kind, Reader, Stop};

impl<'de> Reader<'de> {
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
}
