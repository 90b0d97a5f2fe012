//! A schema object while its keywords are read: what they reach, and what is wrong with them.

use std::rc::Rc;

use serde_json::Value;

use super::environment::EnvironmentIdx;
use super::keyword::{self, KEYWORDS, Keyword};
use super::registry::Target;
use super::schema::Lowering;
use crate::diagnostic::nearest;
use crate::dialect::{Rules, Vocabulary};
use crate::load::{Node, Site};
use crate::model::{Constraints, Docs, Format, SchemaIdx};

/// Formats that are known and annotate: those of OpenAPI.
const ANNOTATING_FORMATS: [&str; 8] =
    ["int32", "int64", "float", "double", "byte", "binary", "password", "decimal"];

/// A schema object while its keywords are read.
pub struct Scope<'l, 'd, 's> {
    pub lowering: &'l mut Lowering<'d, 's>,
    pub site: Site,
    pub node: Rc<Node>,
    pub rules: Rules,
    pub environment: EnvironmentIdx,
    pub constraints: Constraints,
    pub docs: Docs,
}

impl Scope<'_, '_, '_> {
    /// Reads one keyword; beside a `$ref` that hides its siblings, only what stands there.
    pub fn keyword(&mut self, key: &str, value: &Node, is_hidden: bool) {
        match keyword::find(key, self.rules) {
            Some(keyword) if is_hidden && !keyword.stands_beside_reference => self.hidden(keyword),
            Some(keyword) => {
                let n_problems = self.lowering.problems.len();
                let is_read = keyword.lower.is_none_or(|lower| lower(self, value).is_some());
                // What leads nowhere has been told.
                if !is_read && self.lowering.problems.len() == n_problems {
                    self.wrong_value(key, keyword.expects, value);
                }
            }
            None if key.starts_with("x-") => {}
            None => self.no_keyword(key),
        }
    }

    fn tell(&mut self, key: &str, code: &'static str, message: String, help: &str) {
        let site = self.site.child(key);
        self.lowering.problem(&site, code, message, help);
    }

    fn hidden(&mut self, keyword: &Keyword) {
        if !keyword.is_annotation() && !matches!(keyword.name, "$id" | "id") {
            let message = format!("`{}` means nothing beside `$ref` in {}", keyword.name, self.rules.dialect);
            let help =
                "write the reference as `allOf: [{ $ref: … }]`, or declare 2019-09 or later with `$schema`";
            self.tell(keyword.name, "hidden-keyword", message, help);
        }
    }

    fn wrong_value(&mut self, key: &str, expects: &str, value: &Node) {
        let found = match value.to_value() {
            Value::Array(items) if items.is_empty() => "an empty array".to_owned(),
            Value::Array(_) | Value::Object(_) => value.type_name().to_owned(),
            scalar => format!("`{scalar}`"),
        };
        let message = format!("`{key}` must be {expects}, not {found}");
        let help = format!("see JSON Schema {} for the keyword", self.rules.dialect);
        self.tell(key, "keyword-value", message, &help);
    }

    /// A key that is no keyword here: of another dialect, of a vocabulary that is not in use, misspelt, or unknown.
    fn no_keyword(&mut self, key: &str) {
        let dialect = self.rules.dialect;
        let mut namesakes = KEYWORDS.iter().filter(|keyword| keyword.name == key);
        if namesakes.clone().any(|keyword| keyword.is_of(dialect)) {
            return;
        }
        if let Some(foreign) = namesakes.next() {
            if foreign.is_annotation() {
                return;
            }
            let message =
                format!("`{key}` is a keyword of {}, and means nothing in {dialect}", foreign.dialects());
            let help = "declare the dialect with `$schema`, or say it with keywords of this one";
            self.tell(key, "foreign-keyword", message, help);
            return;
        }
        let known: Vec<&str> =
            KEYWORDS.iter().filter(|it| it.is_of(dialect) && it.name.len() > 3).map(|it| it.name).collect();
        match nearest(key, &known).filter(|near| is_slip(key, near)) {
            Some(near) => {
                let message = format!("`{key}` is no keyword of JSON Schema {dialect}");
                self.tell(key, "misspelt-keyword", message, &format!("did you mean `{near}`?"));
            }
            None => {
                let message =
                    format!("`{key}` is no keyword of JSON Schema {dialect}, and is taken as an annotation");
                self.tell(key, "unknown-keyword", message, "write annotations of your own as `x-…`");
            }
        }
    }

    /// The subschema under `key`.
    pub fn subschema(&mut self, key: &str) -> SchemaIdx {
        let site = self.site.child(key);
        self.lowering.schema_in(&site, self.environment)
    }

    /// The subschema under `name` in the object under `key`.
    pub fn subschema_of(&mut self, key: &str, name: &str) -> SchemaIdx {
        let site = self.site.child(key).child(name);
        self.lowering.schema_in(&site, self.environment)
    }

    /// The subschemas of the array under `key`; `None` unless `value` is an array.
    pub fn subschemas(&mut self, key: &str, value: &Node) -> Option<Vec<SchemaIdx>> {
        let n_items = value.as_array()?.len();
        Some((0..n_items).map(|index| self.subschema_of(key, &index.to_string())).collect())
    }

    /// The subschemas of the object under `key`; `None` unless `value` is an object.
    pub fn subschema_map(&mut self, key: &str, value: &Node) -> Option<Vec<(String, SchemaIdx)>> {
        let names = value.as_object()?.keys();
        Some(names.map(|name| (name.clone(), self.subschema_of(key, name))).collect())
    }

    /// Where the reference under `key` leads; nowhere is a problem.
    pub fn resolve(&mut self, key: &str, reference: &str) -> Option<Target> {
        match self.lowering.registry.resolve(&self.site, key, reference) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.lowering.problems.push(problem);
                None
            }
        }
    }

    /// Reports `items` as older dialects have it.
    pub fn list_of_old(&mut self) {
        let message = format!("`items` must be a schema in {}, not an array", self.rules.dialect);
        self.tell(
            "items",
            "keyword-value",
            message,
            "write `prefixItems`, or declare an older dialect with `$schema`",
        );
    }

    /// Tells of a list that the metaschema wants something in, and that says nothing without.
    pub fn empty_list(&mut self, key: &str) {
        let message = format!("`{key}` is empty, which its metaschema does not allow, and says nothing");
        self.tell(key, "empty-list", message, "leave it out");
    }

    /// Applies `target`. A second reference in one schema holds as well as the first.
    pub fn refer_to(&mut self, target: SchemaIdx) {
        match self.constraints.reference {
            None => self.constraints.reference = Some(target),
            Some(_) => self.constraints.all_of.push(target),
        }
    }

    /// Applies the schema that the dynamic anchor behind `target` stands for here, or `target` itself where none led there.
    pub fn refer_dynamically(&mut self, target: &Target) {
        let environments = &self.lowering.environments;
        let bound = target.dynamic.as_deref().and_then(|name| environments.get(self.environment, name));
        let site = bound.unwrap_or(&target.site).clone();
        let index = self.lowering.schema_in(&site, self.environment);
        self.refer_to(index);
    }

    /// Reports an expression that is none.
    pub fn not_regular(&mut self, key: &str, pattern: &str) {
        let message = format!("`{pattern}` is no regular expression of ECMA-262");
        let help = "JavaScript would refuse it too; try it with `new RegExp(…, \"u\")`";
        self.tell(key, "regular-expression", message, help);
    }

    /// Whether `format` asserts here.
    pub fn asserts_formats(&self) -> bool {
        self.lowering.asserts_formats || self.rules.has(Vocabulary::FormatAssertion)
    }

    /// Reports a format that is not asserted.
    pub fn unknown_format(&mut self, format: &str) {
        if ANNOTATING_FORMATS.contains(&format) {
            return;
        }
        let known: Vec<&str> = Format::ALL.iter().map(|it| it.name()).chain(ANNOTATING_FORMATS).collect();
        let message = format!("`{format}` is no format of JSON Schema, and is taken as an annotation");
        match nearest(format, &known).filter(|near| is_slip(format, near)) {
            Some(near) => {
                let code = if self.lowering.is_contract { "misspelt-format" } else { "unknown-format" };
                self.tell("format", code, message, &format!("did you mean `{near}`?"));
            }
            None => self.tell(
                "format",
                "unknown-format",
                message,
                &format!("asserted are: {}", Format::ALL.map(Format::name).join(", ")),
            ),
        }
    }
}

/// Whether `word` is `near` with a slip or two: one in short words. What begins with `_` was set aside on purpose.
fn is_slip(word: &str, near: &str) -> bool {
    !word.starts_with('_') && strsim::damerau_levenshtein(word, near) <= if near.len() < 8 { 1 } else { 2 }
}
