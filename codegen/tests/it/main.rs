//! What the pipeline makes of documents.

mod contracts;
mod diagnostics;
mod rust;
mod typescript;
