//! What the fuzz targets share: documents and instances made of bytes, and everything that is done with a document.

pub mod generate;
pub mod pipeline;

pub use handfast_payload::interpret;
