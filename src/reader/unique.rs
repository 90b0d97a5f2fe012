//! A text with its numbers as they are written, in which members have one value each.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Kind, Reader, Stop};

impl Reader<'_> {
    /// Reads any value and writes it to `text`, with the last only of several members of one name.
    pub(crate) fn write_unique(&mut self, text: &mut String) -> Result<(), Stop> {
        match self.peek()? {
            Kind::Array => self.write_items(text),
            Kind::Object => self.write_members(text),
            _ => self.skip().map(|value| text.push_str(value)),
        }
    }

    fn write_items(&mut self, text: &mut String) -> Result<(), Stop> {
        let mut array = self.begin_array()?;
        let mut separator = "[";
        while self.next_item(&mut array)? {
            text.push_str(separator);
            self.write_unique(text)?;
            separator = ",";
        }
        text.push_str(if separator == "[" { "[]" } else { "]" });
        Ok(())
    }

    fn write_members(&mut self, text: &mut String) -> Result<(), Stop> {
        let mut members = BTreeMap::new();
        let mut object = self.begin_object()?;
        while let Some(key) = self.next_key(&mut object)? {
            members.insert(key, self.skip()?);
        }
        let mut separator = "{";
        for (key, value) in &members {
            text.push_str(&format!("{separator}{}:", Value::from(key.as_ref())));
            Reader { text: value, at: 0, ..self.clone() }.write_unique(text)?;
            separator = ",";
        }
        text.push_str(if separator == "{" { "{}" } else { "}" });
        Ok(())
    }
}
