//! What the fuzz targets share: documents and instances made of bytes, and everything that is done with a document.

pub mod generate;
// One file of the runner; all of it would bring along a network stack that nothing here needs.
#[path = "../../conformance/src/interpret.rs"]
pub mod interpret;
pub mod pipeline;
