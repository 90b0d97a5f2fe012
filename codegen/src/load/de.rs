//! Reads nodes into serde types, with the place of what does not fit.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Deserializer, de, forward_to_deserialize_any};

use super::node::{Entry, Node, NodeKind, Position};

/// A node that is no `T`: what is wrong, and where it begins.
#[derive(Debug)]
pub struct Misfit {
    /// Where; the innermost node that does not fit.
    pub position: Option<Position>,
    /// What was found and what was wanted, in serde's words.
    pub message: String,
    /// The key, and the keys that are known.
    pub unknown: Option<(String, &'static [&'static str])>,
}

/// Reads `node` as a `T`.
///
/// # Errors
/// The first thing that does not fit.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, Misfit> {
    T::deserialize(At(node))
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self { position: None, message: message.to_string(), unknown: None }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("`{field}` is no key here");
        Self { position: None, message, unknown: Some((field.to_owned(), expected)) }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("`{variant}` is none of the values known here");
        Self { position: None, message, unknown: Some((variant.to_owned(), expected)) }
    }
}

impl Misfit {
    fn or_at(mut self, position: Position) -> Self {
        self.position.get_or_insert(position);
        self
    }
}

#[derive(Clone, Copy)]
struct At<'n>(&'n Node);

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let result = match &self.0.kind {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Bool(value) => visitor.visit_bool(*value),
            NodeKind::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (.., value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            NodeKind::String(text) => visitor.visit_str(text),
            NodeKind::Array(items) => visitor.visit_seq(Items(items.iter())),
            NodeKind::Object(members) => visitor.visit_map(Members { entries: members.iter(), value: None }),
        };
        result.map_err(|error| error.or_at(self.0.position))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0.kind {
            NodeKind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self).map_err(|error| error.or_at(self.0.position))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(Variant(self.0)).map_err(|error| error.or_at(self.0.position))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'n>(std::slice::Iter<'n, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(item) = self.0.next() else { return Ok(None) };
        seed.deserialize(At(item)).map(Some).map_err(|error: Misfit| error.or_at(item.position))
    }
}

struct Members<'n> {
    entries: indexmap::map::Iter<'n, String, Entry>,
    value: Option<&'n Node>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((key, entry)) = self.entries.next() else { return Ok(None) };
        self.value = Some(&entry.value);
        let key = seed.deserialize(StrDeserializer::new(key));
        key.map(Some).map_err(|error: Misfit| error.or_at(entry.key_position))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        match self.value.take() {
            Some(value) => seed.deserialize(At(value)).map_err(|error| error.or_at(value.position)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

struct Variant<'n>(&'n Node);

impl<'de, 'n> EnumAccess<'de> for Variant<'n> {
    type Error = Misfit;
    type Variant = Content<'n>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<'n>), Misfit> {
        let (name, content) = match &self.0.kind {
            NodeKind::String(name) => (name, None),
            NodeKind::Object(members) if members.len() == 1 => {
                let (name, entry) = &members.get_index(0).ok_or_else(|| de::Error::custom("no member"))?;
                (*name, Some(&entry.value))
            }
            _ => return Err(de::Error::custom("a name, or an object with one member, was expected")),
        };
        Ok((seed.deserialize(StrDeserializer::<Misfit>::new(name))?, Content(content)))
    }
}

struct Content<'n>(Option<&'n Node>);

impl Content<'_> {
    fn node(&self) -> Result<At<'_>, Misfit> {
        self.0.map(At).ok_or_else(|| de::Error::custom("a value was expected behind this name"))
    }
}

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        match self.0 {
            None => Ok(()),
            Some(_) => Err(de::Error::custom("this name takes no value")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(self.node()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.node()?.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.node()?.deserialize_any(visitor)
    }
}
