//! What a contract means, free of documents, dialects and languages.
//!
//! Everything after lowering reads this, and nothing after it sees a document. It speaks JSON and protocol.

mod address;
mod contract;
mod extension;
mod regex;
mod schema;
mod types;

pub use address::{Parameter, parameter_names, path_segment};
pub use contract::{Answer, Channel, Contract, Event, EventIdx, Exchange, Server, Transport};
pub use extension::{
    Auth, Breaking, Extensible, Extension, Filter, FilterMatches, Heartbeat, Lifecycle, Millis, Refusal,
    Resume, Side, ValueRule, Versioning, member_path, name_matches,
};
pub use regex::Regex;
pub use schema::{
    ArrayRules, Condition, Constraints, Contains, Docs, Format, JsonType, Location, NumberRules, ObjectRules,
    Schema, SchemaBody, SchemaIdx, Schemas, StringRules, TypeSet,
};
