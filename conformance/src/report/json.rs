//! JSON Lines: the run's events as they are.

use std::io;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{Report, Sink};
use crate::event::RunEvent;

/// The JSON Schema of a line.
pub fn report_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<RunEvent>();
    schema.insert("title".to_owned(), "An event of a run".into());
    schema.to_value()
}

/// A report for programs.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(Json(sink))
}

struct Json(Sink);

impl Report for Json {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        serde_json::to_writer(&mut self.0.out, event)?;
        self.0.out.write_all(b"\n")?;
        self.0.out.flush()
    }
}
