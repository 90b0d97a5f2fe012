//! What the pipeline makes of documents.

mod contracts;
mod rust;
mod typescript;
