//! A valid payload for a schema: an example of it with fresh ids and times, or the least that it asks for.

use handfast_codegen::model::{
    ArrayRules, Constraints, Format, JsonType, NumberRules, ObjectRules, SchemaBody, SchemaIdx, StringRules,
};
use serde_json::{Map, Number, Value};

use crate::interpret;
use crate::pattern::{Fresh, of_format};
use crate::session::Protocol;

/// How deep schemas are followed.
const MAX_DEPTH: usize = 24;
/// The most items and characters that are made because a schema asks for so many.
const MAX_SIZE: u64 = 4096;

/// A valid instance of `schema`.
///
/// # Errors
/// None was found; the message says what is wrong with the nearest one.
pub fn sample(protocol: &Protocol, schema: SchemaIdx, fresh: &mut Fresh) -> Result<Value, String> {
    let mut sampler = Sampler { protocol, fresh };
    let from_example = sampler.example(schema, 0);
    let value = from_example.or_else(|| sampler.build(schema, 0)).unwrap_or_default();
    match interpret::violations_up_to(&protocol.plan, schema, &value, 1).0.first() {
        None => Ok(value),
        Some(violation) => Err(violation.to_string()),
    }
}

struct Sampler<'s> {
    protocol: &'s Protocol,
    fresh: &'s mut Fresh,
}

impl<'s> Sampler<'s> {
    fn is_valid(&self, schema: SchemaIdx, value: &Value) -> bool {
        interpret::is_valid(&self.protocol.plan, schema, value)
    }

    /// The constraints that all hold together: of the schema, its reference and its `allOf`.
    fn parts(&self, schema: SchemaIdx, depth: usize) -> Vec<&'s Constraints> {
        let SchemaBody::Constraints(constraints) = &self.protocol.contract.schemas[schema].body else {
            return Vec::new();
        };
        let mut parts = vec![constraints.as_ref()];
        if depth < MAX_DEPTH {
            let inner = constraints.reference.iter().chain(&constraints.all_of);
            parts.extend(inner.flat_map(|part| self.parts(*part, depth + 1)));
        }
        parts
    }

    /// One of the schema's examples, with ids and times of its own.
    fn example(&mut self, schema: SchemaIdx, depth: usize) -> Option<Value> {
        let schemas = &self.protocol.contract.schemas;
        let referred = schemas.follow(schema);
        let documented = [schema, referred].into_iter().flat_map(|schema| {
            let docs = &schemas[schema].docs;
            docs.examples.iter().chain(&docs.default)
        });
        let valid: Vec<&Value> = documented.filter(|value| self.is_valid(schema, value)).collect();
        let chosen = *self.fresh.random().choice(&valid)?;
        let mut value = chosen.clone();
        self.refresh(schema, &mut value, depth);
        if self.is_valid(schema, &value) { Some(value) } else { Some(chosen.clone()) }
    }

    /// Puts fresh values where ids and times stand.
    fn refresh(&mut self, schema: SchemaIdx, value: &mut Value, depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        let parts = self.parts(schema, depth);
        match value {
            Value::String(text) => {
                let formats = parts.iter().filter_map(|part| part.string.format);
                let volatile = |format: &Format| matches!(format, Format::Uuid | Format::DateTime);
                if let Some(format) = formats.into_iter().find(volatile) {
                    *text = of_format(format, self.fresh);
                }
            }
            Value::Object(members) => {
                for (name, inner) in parts.iter().flat_map(|part| &part.object.properties) {
                    if let Some(member) = members.get_mut(name) {
                        self.refresh(*inner, member, depth + 1);
                    }
                }
            }
            Value::Array(items) => {
                for inner in parts.iter().filter_map(|part| part.array.items) {
                    items.iter_mut().for_each(|item| self.refresh(inner, item, depth + 1));
                }
            }
            _ => {}
        }
    }

    /// The least that the schema asks for.
    fn build(&mut self, schema: SchemaIdx, depth: usize) -> Option<Value> {
        if depth >= MAX_DEPTH {
            return None;
        }
        let parts = self.parts(schema, depth);
        if let Some(value) = self.fixed(schema, &parts) {
            return Some(value);
        }
        let branches = parts.iter().flat_map(|part| part.one_of.iter().chain(&part.any_of));
        let branches: Vec<SchemaIdx> = branches.copied().collect();
        for branch in &branches {
            let value = self.sketch(*branch, depth);
            let whole = self.of_type(&parts, depth).unwrap_or_default();
            let merged = merge(whole, value.unwrap_or_default());
            if self.is_valid(schema, &merged) {
                return Some(merged);
            }
        }
        self.of_type(&parts, depth)
    }

    /// An example, or the least.
    fn sketch(&mut self, schema: SchemaIdx, depth: usize) -> Option<Value> {
        self.example(schema, depth + 1).or_else(|| self.build(schema, depth + 1))
    }

    /// A value that the schema names itself.
    fn fixed(&mut self, schema: SchemaIdx, parts: &[&Constraints]) -> Option<Value> {
        if let Some(constant) = parts.iter().find_map(|part| part.constant.clone()) {
            return Some(constant);
        }
        let named: Vec<&Value> =
            parts.iter().filter_map(|part| part.enumeration.as_ref()).flatten().collect();
        let valid: Vec<&Value> = named.into_iter().filter(|value| self.is_valid(schema, value)).collect();
        self.fresh.random().choice(&valid).map(|value| (*value).clone())
    }

    fn of_type(&mut self, parts: &[&Constraints], depth: usize) -> Option<Value> {
        Some(match json_type(parts)? {
            JsonType::Null => Value::Null,
            JsonType::Boolean => self.fresh.random().bool().into(),
            json_type @ (JsonType::Integer | JsonType::Number) => {
                number(parts.iter().map(|part| &part.number), json_type)
            }
            JsonType::String => self.text(parts.iter().map(|part| &part.string)).into(),
            JsonType::Array => self.array(parts, depth)?,
            JsonType::Object => self.object(parts, depth)?,
        })
    }

    fn text<'c>(&mut self, rules: impl Iterator<Item = &'c StringRules> + Clone) -> String {
        let format = rules.clone().find_map(|rules| rules.format);
        if let Some(format) = format {
            return of_format(format, self.fresh);
        }
        let most = rules.clone().filter_map(|rules| rules.max_length).min().unwrap_or(MAX_SIZE);
        let least = rules.filter_map(|rules| rules.min_length).max().unwrap_or_default().min(MAX_SIZE);
        let text: String = "text ".chars().cycle().take(least.max(4) as usize).collect();
        text.chars().take(most as usize).collect()
    }

    fn array(&mut self, parts: &[&Constraints], depth: usize) -> Option<Value> {
        let rules: Vec<&ArrayRules> = parts.iter().map(|part| &part.array).collect();
        let least =
            rules.iter().filter_map(|rules| rules.min_items).max().unwrap_or_default().min(MAX_SIZE) as usize;
        let prefix = rules.iter().find(|rules| !rules.prefix.is_empty()).map(|rules| rules.prefix.clone());
        let mut items: Vec<Value> = Vec::new();
        for schema in prefix.unwrap_or_default() {
            items.push(self.sketch(schema, depth)?);
        }
        let contained =
            rules.iter().find_map(|rules| rules.contains.as_ref()).filter(|contains| contains.min > 0);
        if let Some(contains) = contained {
            for _ in 0..contains.min.min(MAX_SIZE) {
                items.push(self.sketch(contains.schema, depth)?);
            }
        }
        while items.len() < least {
            items.push(match rules.iter().find_map(|rules| rules.items) {
                Some(schema) => self.sketch(schema, depth)?,
                None => Value::from(items.len()),
            });
        }
        Some(items.into())
    }

    fn object(&mut self, parts: &[&Constraints], depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for name in parts.iter().flat_map(|part| &part.object.required) {
            let declared = parts.iter().flat_map(|part| &part.object.properties);
            let schema = declared.filter(|(known, _)| known == name).map(|(_, schema)| *schema).next();
            let value = match schema {
                Some(schema) => self.sketch(schema, depth)?,
                None => "text".into(),
            };
            members.insert(name.clone(), value);
        }
        Some(Value::Object(members))
    }
}

/// The type that all parts allow, or the likeliest that they mean.
fn json_type(parts: &[&Constraints]) -> Option<JsonType> {
    let types: Vec<_> = parts.iter().filter_map(|part| part.types).collect();
    let allowed = |json_type: &JsonType| types.iter().all(|types| types.has(*json_type));
    let is_meant = |json_type: &JsonType| {
        parts.iter().any(|part| match json_type {
            JsonType::Object => part.object != ObjectRules::default(),
            JsonType::Array => part.array != ArrayRules::default(),
            JsonType::Number | JsonType::Integer => part.number != NumberRules::default(),
            JsonType::String => part.string != StringRules::default(),
            JsonType::Null | JsonType::Boolean => false,
        })
    };
    let order = [
        JsonType::Object,
        JsonType::Array,
        JsonType::String,
        JsonType::Integer,
        JsonType::Number,
        JsonType::Boolean,
        JsonType::Null,
    ];
    let meant = order.into_iter().find(|json_type| allowed(json_type) && is_meant(json_type));
    meant.or_else(|| order.into_iter().find(allowed))
}

fn number<'c>(rules: impl Iterator<Item = &'c NumberRules> + Clone, json_type: JsonType) -> Value {
    let float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let step = rules.clone().find_map(|rules| float(&rules.multiple_of)).filter(|step| *step > 0.0);
    let step = step.unwrap_or(if json_type == JsonType::Integer { 1.0 } else { 0.5 });
    let least = rules.clone().filter_map(|rules| float(&rules.minimum)).reduce(f64::max);
    let above = rules.clone().filter_map(|rules| float(&rules.exclusive_minimum)).reduce(f64::max);
    let most = rules.clone().filter_map(|rules| float(&rules.maximum)).reduce(f64::min);
    let below = rules.filter_map(|rules| float(&rules.exclusive_maximum)).reduce(f64::min);
    let from_below = least.into_iter().chain(above).reduce(f64::max);
    let mut number = match (from_below, most.into_iter().chain(below).reduce(f64::min)) {
        (Some(bottom), _) => (bottom / step).ceil() * step,
        (None, Some(top)) => ((top / step).floor() * step).min(0.0),
        (None, None) => 0.0,
    };
    if above.is_some_and(|above| number <= above) {
        number += step;
    }
    if below.is_some_and(|below| number >= below) {
        number -= step;
    }
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// Both objects in one; of anything else, the second.
fn merge(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut members), Value::Object(more)) => {
            members.extend(more);
            Value::Object(members)
        }
        (first, Value::Null) => first,
        (_, second) => second,
    }
}
