//! A second prover: the set operations of the crate `jsonschema`, which its authors call experimental.
//!
//! Its version is pinned, nothing outside this file knows of it, and only its "yes" counts. It reads documents, not plans:
//! whatever would make a document mean something else to it than to a plan is left alone.

use handfast_codegen::Dialect;
use jsonschema::Draft;
use jsonschema::canonical::{CanonicalSchema, Containment, options};
use serde_json::Value;

/// Larger documents would take it too long: nothing stops it once it has begun.
const MAX_BYTES: usize = 32 << 10;

/// Whether it proves that everything `producer` accepts is accepted by `consumer`, in which `format` asserts nothing.
pub fn proves(producer: &Value, consumer: &Value, dialect: Dialect) -> bool {
    if producer.to_string().len() + consumer.to_string().len() > MAX_BYTES {
        return false;
    }
    let (producer, consumer) = (canonical(producer, dialect), canonical(consumer, dialect));
    let covers = producer.zip(consumer).and_then(|(producer, consumer)| consumer.covers(&producer).ok());
    covers == Some(Containment::Yes)
}

fn canonical(document: &Value, dialect: Dialect) -> Option<CanonicalSchema> {
    let named = document.get("$schema").and_then(Value::as_str);
    // A metaschema of somebody's own may have chosen vocabularies.
    let dialect = named.map_or(Some(dialect), Dialect::from_uri)?;
    let options = options().offline().with_draft(draft(dialect)).should_validate_formats(false);
    options.canonicalize(document).ok()
}

const fn draft(dialect: Dialect) -> Draft {
    match dialect {
        Dialect::Draft4 => Draft::Draft4,
        Dialect::Draft6 => Draft::Draft6,
        Dialect::Draft7 => Draft::Draft7,
        Dialect::Draft201909 => Draft::Draft201909,
        Dialect::Draft202012 => Draft::Draft202012,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_proved_counts() {
        let proves = |producer, consumer| proves(&producer, &consumer, Dialect::Draft202012);
        assert!(proves(
            json!({ "type": "integer", "minimum": 3 }),
            json!({ "type": "number", "minimum": 2 })
        ));
        assert!(!proves(json!({ "type": "number", "minimum": 2 }), json!({ "type": "integer" })));
        // A format asserts nothing, and a document that refers to nowhere proves nothing.
        assert!(proves(json!({ "type": "string" }), json!({ "type": "string", "format": "date" })));
        assert!(!proves(json!({ "$ref": "urn:nowhere" }), json!({ "type": "string" })));
    }
}
