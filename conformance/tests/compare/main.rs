//! What `compare` says of pairs of schemas, held to the crate `jsonschema`.

mod pair;
mod random;
mod soundness;
mod topics;
