//! What the pipeline makes of documents.

mod catalogue;
mod configuration;
mod contracts;
mod diagnostics;
mod dialects;
mod guide;
mod python;
mod references;
mod rust;
mod strategies;
mod typescript;
mod typescript_validators;
