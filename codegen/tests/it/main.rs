//! What the pipeline makes of documents.

mod catalogue;
mod contracts;
mod diagnostics;
mod rust;
mod typescript;
