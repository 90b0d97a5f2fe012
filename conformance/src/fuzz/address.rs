//! Addresses with parameters: what is filled in usually, and which other values are tried.

use handfast_codegen::model::{Channel, Parameter, SchemaBody, SchemaIdx, Side, path_segment};
use handfast_codegen::pointer::pointer_tokens;
use serde_json::Value;

use super::script::{Steps, member};
use crate::generate::{Generator, Style};
use crate::session::Protocol;

/// What routers and file systems stumble over. None of them is a placeholder of a session, or a segment that clients resolve.
const STRANGE: [&str; 12] =
    [" ", "%", "%2e%2e", "a/b", "..\\..", "\0", "null", "-1", "ü€𝒳", "'\"<>&;", "__proto__", "*?#"];
/// How long a value is that is too long for anything.
const LONG: usize = 4000;
/// What a parameter is where nothing says what it could be.
const ANY: &str = "a";

/// Values of parameters, by name, as they are before they are encoded.
pub type Values = Vec<(String, String)>;

/// An address with parameters that an attack varies.
#[derive(Debug, Clone)]
pub struct Address {
    /// The channel whose address it is.
    pub channel_idx: usize,
    /// What the parameters are usually.
    pub usual: Values,
    /// Whether a connection leads there, rather than a request.
    pub is_connection: bool,
}

/// What a server makes of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// It serves it.
    Valid,
    /// It serves it, or says that nothing is there.
    Either,
    /// The contract forbids it: it is refused.
    Invalid,
}

impl Address {
    /// The address of a channel that has parameters, as the `connect` of a session and its requests fill them in, else as the
    /// contract does.
    pub fn new(
        protocol: &Protocol,
        channel_idx: usize,
        connect: &Value,
        steps: &Steps,
        is_connection: bool,
    ) -> Option<Self> {
        let channel = &protocol.contract.channels[channel_idx];
        let request = steps.iter().rev().find_map(|step| {
            let values = channel.values_in(member(step, "request")?["path"].as_str()?)?;
            Some(values.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Values>())
        });
        let of_session = |name: &str| {
            let asked = request.iter().flatten().find(|(known, _)| known == name);
            let asked = asked.map(|(_, value)| value.clone()).filter(|_| !is_connection);
            asked.or_else(|| connect["parameters"][name].as_str().map(str::to_owned))
        };
        let usual = channel.parameters.iter().map(|parameter| {
            let value = of_session(&parameter.name);
            let value = value.unwrap_or_else(|| plain(protocol, channel_idx, parameter));
            (parameter.name.clone(), value)
        });
        (!channel.parameters.is_empty()).then(|| Self { channel_idx, usual: usual.collect(), is_connection })
    }

    /// The values of number `number`: all are usual but one. Nothing where all were tried.
    pub fn drawn(&self, protocol: &Protocol, number: u64, seed: u64) -> Option<(Values, String)> {
        let parameters = &protocol.contract.channels[self.channel_idx].parameters;
        let n_parameters = parameters.len() as u64;
        let parameter = &parameters[(number % n_parameters) as usize];
        let (value, what) =
            self.variant(protocol, parameter, number / n_parameters, seed.wrapping_add(number))?;
        let mut values = self.usual.clone();
        values.iter_mut().filter(|(name, _)| *name == parameter.name).for_each(|(_, old)| {
            value.clone_into(old);
        });
        Some((values, format!("`{}` is {what}", parameter.name)))
    }

    /// A value of `parameter`, with what it is.
    fn variant(
        &self,
        protocol: &Protocol,
        parameter: &Parameter,
        number: u64,
        seed: u64,
    ) -> Option<(String, String)> {
        let named = parameter.values.iter().chain(&parameter.default).chain(&parameter.examples);
        let mut known: Vec<(String, &str)> =
            named.map(|value| (value.clone(), "named by the contract")).collect();
        let outside = parameter.values.iter().flat_map(|value| {
            [format!("{value}x"), value.to_uppercase(), value.chars().skip(1).collect::<String>()]
        });
        known.extend(outside.map(|value| (value, "nearly one of its values")));
        known.extend(STRANGE.iter().map(|value| ((*value).to_owned(), "strange")));
        known.push(("x".repeat(LONG), "long"));
        known.retain(|(value, _)| is_usable(value));
        if let Some((value, what)) = known.get(number as usize) {
            return Some((value.clone(), (*what).to_owned()));
        }
        let generator = generator(protocol, located(protocol, self.channel_idx, parameter)?)?;
        if number.is_multiple_of(2) {
            return text(&generator.valid(seed)).map(|value| (value, "valid in a payload".to_owned()));
        }
        let mut misses = generator.near_misses();
        let site = (number / 2) as usize % misses.n_sites().max(1);
        let miss = misses.at_site(site, seed)?;
        text(&miss.payload).map(|value| (value, format!("no `{}`", miss.keyword)))
    }

    /// What the server makes of `values`.
    pub fn worth(&self, protocol: &Protocol, values: &Values) -> Worth {
        let worth = |(name, value): &(String, String)| {
            let channel = &protocol.contract.channels[self.channel_idx];
            let Some(parameter) = channel.parameters.iter().find(|known| known.name == *name) else {
                return Worth::Either;
            };
            let is_usual = self.usual.contains(&(name.clone(), value.clone()));
            let is_named = [&parameter.values, &parameter.examples].iter().any(|known| known.contains(value))
                || parameter.default.as_ref() == Some(value);
            let schema = located(protocol, self.channel_idx, parameter);
            match schema {
                _ if !parameter.values.is_empty() && !parameter.values.contains(value) && !is_usual => {
                    Worth::Invalid
                }
                _ if is_named || is_usual => Worth::Valid,
                Some(schema) if !is_valid(protocol, schema, value) => Worth::Invalid,
                _ => Worth::Either,
            }
        };
        values.iter().map(worth).max().unwrap_or(Worth::Valid)
    }
}

/// The path of a channel with these values, encoded; what a session puts in stays a placeholder.
pub fn path(channel: &Channel, values: &Values) -> String {
    channel.address_of(|name| {
        let (_, value) = values.iter().find(|(known, _)| known == name)?;
        Some(if value.contains("{{") { value.into() } else { path_segment(value).into() })
    })
}

/// What a parameter is where no session says so.
fn plain(protocol: &Protocol, channel_idx: usize, parameter: &Parameter) -> String {
    let named = parameter.default.iter().chain(&parameter.examples).chain(&parameter.values).next();
    let made = || {
        let generator = generator(protocol, located(protocol, channel_idx, parameter)?)?;
        (1..20).find_map(|seed| text(&generator.valid_in(Style::Minimal, seed)))
    };
    named.cloned().or_else(made).unwrap_or_else(|| ANY.to_owned())
}

/// The schema of the value in payloads that a parameter stands for, where it is of a payload.
fn located(protocol: &Protocol, channel_idx: usize, parameter: &Parameter) -> Option<SchemaIdx> {
    let contract = &protocol.contract;
    let tokens = pointer_tokens(parameter.pointer.as_deref()?)?;
    let sides = [Side::Client, Side::Server].into_iter();
    let mut payloads = sides
        .flat_map(|side| protocol.direction(channel_idx, side))
        .filter_map(|event| contract[*event].payload);
    payloads.find_map(|payload| {
        tokens.iter().try_fold(payload, |schema, token| {
            match &contract.schemas[contract.schemas.follow(schema)].body {
                SchemaBody::Constraints(it) => {
                    it.object.properties.iter().find(|(name, _)| name == token).map(|(_, schema)| *schema)
                }
                SchemaBody::Always(_) => None,
            }
        })
    })
}

fn generator(protocol: &Protocol, schema: SchemaIdx) -> Option<Generator<'_>> {
    Generator::new(&protocol.plan, &protocol.contract.schemas, schema).ok()
}

/// Whether a text keeps a schema, as itself or as the number or literal that it spells.
fn is_valid(protocol: &Protocol, schema: SchemaIdx, value: &str) -> bool {
    let spelt = serde_json::from_str::<Value>(value).ok().filter(|spelt| !spelt.is_string());
    let readings = std::iter::once(Value::from(value)).chain(spelt);
    readings.into_iter().any(|reading| protocol.violations_of(schema, &reading).is_empty())
}

/// A value as a text in an address, where it is one.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    is_usable(&text).then_some(text)
}

/// Whether a text can stand in an address of a session as what it is.
fn is_usable(text: &str) -> bool {
    !matches!(text, "" | "." | ".." | "%2e") && !text.contains("{{") && !text.starts_with('$')
}
