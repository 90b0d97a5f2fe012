//! A contract, ready to judge by: compiled, with the machines of its lifecycles.

use std::path::Path;

use handfast::Violation;
use handfast_codegen::Compiled;
use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, nearest};
use handfast_codegen::load::{Documents, Site};
use handfast_codegen::model::{
    Contract, EventIdx, Lifecycle, SchemaBody, SchemaIdx, Side, Transport, name_matches,
};
use handfast_codegen::plan::Plan;
use handfast_codegen::pointer::pointer_tokens;
use handfast_codegen::source::Source;
use serde_json::Value;

use super::constants;
use crate::interpret;
use crate::rules::order::Order;

/// A contract, ready to judge by.
#[derive(Debug)]
pub struct Protocol {
    /// What it means.
    pub contract: Contract,
    /// How its schemas are tested.
    pub plan: Plan,
    /// The orders of its lifecycles, in the order of the contract.
    pub orders: Vec<Order>,
}

impl Protocol {
    /// Reads the contract at `path`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn compile(source: &dyn Source, path: &Path) -> Result<Self, Diagnostics> {
        Self::from_compiled(handfast_codegen::compile(source, path)?, source, path)
    }

    /// Reads the rest of the contract at `path`, which is compiled already.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_compiled(compiled: Compiled, source: &dyn Source, path: &Path) -> Result<Self, Diagnostics> {
        let (contract, plan) = (compiled.contract, compiled.plan);
        let (documents, root) = Documents::open(source, path)?;
        let mut reading = Reading { documents, root, problems: Vec::new() };
        let lifecycles = contract.rules.lifecycles.iter().enumerate();
        let orders = lifecycles.filter_map(|(n, lifecycle)| reading.order(n, lifecycle)).collect();
        reading.resume(&contract);
        match Diagnostics::new(reading.problems) {
            None => Ok(Self { contract, plan, orders }),
            Some(problems) => Err(problems),
        }
    }

    /// Every violation of the payload of `event`.
    pub fn violations(&self, event: EventIdx, payload: &Value) -> Vec<Violation> {
        let schema = self.contract[event].payload;
        schema.map_or_else(Vec::new, |schema| interpret::violations(&self.plan, schema, payload))
    }

    /// The payload of `event` as far as its schema leaves no choice: its constants, without which it is `null`.
    pub fn constants(&self, event: EventIdx) -> Value {
        let schema = self.contract[event].payload;
        schema.map_or(Value::Null, |schema| constants::required(&self.contract.schemas, schema))
    }

    /// Every violation of `value` against `schema`.
    pub fn violations_of(&self, schema: SchemaIdx, value: &Value) -> Vec<Violation> {
        interpret::violations(&self.plan, schema, value)
    }

    /// The events of a channel in one direction.
    pub fn direction(&self, channel_idx: usize, from: Side) -> &[EventIdx] {
        let channel = &self.contract.channels[channel_idx];
        match from {
            Side::Server => &channel.sends,
            Side::Client => &channel.receives,
        }
    }

    /// Whether the events of `event` travel as several arguments: Socket.IO, and an array schema with `prefixItems`.
    pub fn is_spread(&self, channel_idx: usize, event: EventIdx) -> bool {
        let schemas = &self.contract.schemas;
        let Some(payload) = self.contract[event].payload else { return false };
        let is_socket_io = self.contract.channels[channel_idx].transport == Transport::SocketIo;
        match &schemas[schemas.follow(payload)].body {
            SchemaBody::Constraints(constraints) => is_socket_io && !constraints.array.prefix.is_empty(),
            SchemaBody::Always(_) => false,
        }
    }
}

struct Reading<'s> {
    documents: Documents<'s>,
    root: Site,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn order(&mut self, n: usize, lifecycle: &Lifecycle) -> Option<Order> {
        let site = self.root.child("x-handfast").child("lifecycles").child(&n.to_string());
        for (pattern, pointer) in &lifecycle.key {
            if pointer_tokens(pointer).is_none() {
                let message = format!("`{pointer}` is no JSON Pointer");
                self.problem(&site.child("key").child(pattern), message, format!("write `/{pointer}`"));
            }
        }
        match Order::parse(&lifecycle.order) {
            Ok(order) => {
                self.keys(&site, &order, lifecycle);
                Some(order)
            }
            Err(message) => {
                let help = "write event names, with spaces, `|`, `*`, `+`, `?` and parentheses between them";
                self.problem(&site.child("order"), message, help);
                None
            }
        }
    }

    fn keys(&mut self, site: &Site, order: &Order, lifecycle: &Lifecycle) {
        for name in order.names() {
            if !lifecycle.key.keys().any(|pattern| name_matches(pattern, name)) {
                let message = format!("`{name}` has no key in the lifecycle `{}`", lifecycle.name);
                self.problem(&site.child("key"), message, format!("add one: `{name}: /pointer/to/id`"));
            }
        }
    }

    fn problem(&mut self, site: &Site, message: String, help: impl Into<String>) {
        let place = self.documents.place(site);
        self.problems.push(Diagnostic::new("lifecycle", place, message).help(help));
    }

    /// The channels that resume are channels.
    fn resume(&mut self, contract: &Contract) {
        let known: Vec<_> = contract.channels.iter().map(|channel| channel.key.as_str()).collect();
        let resume = contract.rules.resume.as_ref();
        let listed = resume.and_then(|resume| resume.channels.as_deref()).unwrap_or_default();
        for (n, key) in listed.iter().enumerate().filter(|(_, key)| !known.contains(&key.as_str())) {
            let site = self.root.child("x-handfast").child("resume").child("channels").child(&n.to_string());
            let help = match nearest(key, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are: {}", known.join(", ")),
            };
            let place = self.documents.place(&site);
            let message = format!("`{key}` is no channel of this contract");
            self.problems.push(Diagnostic::new("unknown-channel", place, message).help(help));
        }
    }
}
