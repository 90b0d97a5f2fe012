//! Who says whether payloads are what they should be: the interpreter, and the `jsonschema` crate.

use handfast_codegen::model::SchemaIdx;
use handfast_codegen::plan::Plan;
use handfast_conformance::generate::NearMiss;
use handfast_conformance::interpret;
use serde_json::Value;

use crate::suite::oracle::Oracle;

/// Who judges the payloads of one schema.
pub struct Judges<'j> {
    /// By what the interpreter judges.
    pub plan: &'j Plan,
    /// The schema in the plan.
    pub root: SchemaIdx,
    /// Nothing where it is known to be wrong, or we are.
    pub oracle: Option<Oracle>,
}

impl Judges<'_> {
    /// Whether all take `value` for valid.
    ///
    /// # Errors
    /// Who does not.
    pub fn accept(&self, value: &Value) -> Result<(), String> {
        let read = again(value)?;
        if !interpret::is_valid(self.plan, self.root, &read) {
            return Err(format!("not valid: {value}"));
        }
        let is_refused = |oracle: &Oracle| oracle.is_valid(&read) == Some(false);
        if self.oracle.as_ref().is_some_and(is_refused) {
            return Err(format!("not valid to jsonschema: {value}"));
        }
        Ok(())
    }

    /// Whether all take `miss` for invalid, and the violations tell of what it breaks alone.
    ///
    /// # Errors
    /// Who does not, or what else is broken.
    pub fn refuse(&self, miss: &NearMiss) -> Result<(), String> {
        let read = again(&miss.payload)?;
        let is_accepted = |oracle: &Oracle| oracle.is_valid(&read) == Some(true);
        if self.oracle.as_ref().is_some_and(is_accepted) {
            return Err(format!("valid to jsonschema: {miss:?}"));
        }
        let violations = interpret::violations(self.plan, self.root, &read);
        if violations.is_empty() || !violations.iter().all(|violation| miss.is_told_by(violation)) {
            let found: Vec<String> = violations.iter().map(ToString::to_string).collect();
            return Err(format!("{miss:?} breaks {}", found.join(", ")));
        }
        Ok(())
    }
}

/// `value`, written and read.
fn again(value: &Value) -> Result<Value, String> {
    let read: Value = serde_json::from_str(&value.to_string()).map_err(|error| error.to_string())?;
    if read == *value { Ok(read) } else { Err(format!("{value} is read as {read}")) }
}
