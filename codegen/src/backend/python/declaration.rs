//! Named types: a class for each object with declared members, an alias for every other.

use serde_json::Value;

use super::docs::{Docstring, code, description};
use super::parts::object;
use super::table::{Content, Declaration};
use super::types::or_none;
use super::{Print, literal, naming};
use crate::backend::naming::event_note;
use crate::model::{Docs, JsonType};
use crate::names::snake_case;
use crate::shape::{Field, ObjectShape, Rest, Shape, Together};

/// A field with its name in Python.
struct Named<'f> {
    name: String,
    field: &'f Field,
    /// The one value that it has.
    constant: Option<Value>,
    is_nullable: bool,
}

impl Named<'_> {
    /// Whether None says that the member is not there.
    fn is_absent_as_none(&self) -> bool {
        !self.field.is_required && !self.is_nullable
    }
}

impl Print<'_> {
    /// The object that a declaration is a class of.
    pub fn class_object(&self, declaration: &Declaration) -> Option<ObjectShape> {
        let Content::Own(together) = &declaration.content else { return None };
        object(&together.shape(self.unit.schemas)).cloned()
    }

    /// The names of a model's fields.
    pub fn field_names(&self, object: &ObjectShape) -> Vec<String> {
        naming::fields(object.fields.iter().map(|field| field.name.as_str()), |name| self.table.has(name))
    }

    /// A model.
    pub fn class(&self, declaration: &Declaration, object: &ObjectShape) -> String {
        let Some(together) = declaration.together() else { return String::new() };
        let names = self.field_names(object).into_iter().zip(&object.fields);
        let fields: Vec<_> = names.map(|(name, field)| self.named(name, field)).collect();
        let extra = if object.rest == Rest::Closed { "forbid" } else { "allow" };
        let mut text = format!(
            "{}class {}(Model, frozen=True, extra=\"{extra}\"):\n",
            self.decorator(together, &fields),
            declaration.name
        );
        let mut body = self.docstring(declaration).print("    ");
        if !body.is_empty() && !fields.is_empty() {
            body.push('\n');
        }
        for field in &fields {
            body.push_str(&self.field(field));
        }
        if let Rest::Typed(rest) | Rest::Matching(_, rest) = &object.rest {
            body.push_str(&format!("    __pydantic_extra__: dict[str, {}]  # pyright: ignore[reportIncompatibleVariableOverride]\n", self.reference(rest)));
        }
        text.push_str(if body.is_empty() { "    pass\n" } else { &body });
        text
    }

    fn named<'f>(&self, name: String, field: &'f Field) -> Named<'f> {
        let shape = field.schema.shape(self.unit.schemas);
        let constant = match shape {
            Shape::Constant(value) if value.is_string() || value.is_boolean() || value.is_i64() => {
                Some(value)
            }
            _ => None,
        };
        let is_nullable = field.schema.types(self.unit.schemas).has(JsonType::Null);
        Named { name, field, constant: constant.filter(|_| field.is_required), is_nullable }
    }

    fn decorator(&self, together: &Together, fields: &[Named<'_>]) -> String {
        let mut arguments = vec![self.validators.test(together)];
        let mut map = |argument: &str, entries: Vec<String>| {
            if !entries.is_empty() {
                arguments.push(format!("{argument}={{{}}}", entries.join(", ")));
            }
        };
        let entry = |key: &str, value: &str| format!("{}: {value}", literal::string(key));
        let renamed = fields.iter().filter(|field| field.name != field.field.name);
        map("names", renamed.map(|field| entry(&field.name, &literal::string(&field.field.name))).collect());
        let constant =
            |field: &Named<'_>| Some(entry(&field.field.name, &literal::value(field.constant.as_ref()?)));
        map("constants", fields.iter().filter_map(constant).collect());
        let optional = fields.iter().filter(|field| field.is_absent_as_none());
        map("optional", optional.map(|field| literal::string(&field.name)).collect());
        format!("@schema({})\n", arguments.join(", "))
    }

    fn field(&self, Named { name, field, constant, is_nullable }: &Named<'_>) -> String {
        let of = self.reference(&field.schema);
        let (of, default) = match (field.is_required, constant) {
            (true, Some(constant)) => (of, Some(literal::value(constant))),
            (true, None) => (of, None),
            (false, _) if !is_nullable => (or_none(&of), Some("None".to_owned())),
            (false, _) if of == "Any" => (of, Some("ABSENT".to_owned())),
            (false, _) => (format!("{of} | Absent"), Some("ABSENT".to_owned())),
        };
        let mut arguments = Vec::from_iter(default.clone());
        if *name != field.name {
            let json_name = literal::string(&field.name);
            arguments.push(format!("validation_alias={json_name}"));
            arguments.push(format!("serialization_alias={json_name}"));
        }
        if field.docs.deprecated {
            arguments.push("deprecated=True".to_owned());
        }
        let value = match (arguments.as_slice(), default) {
            ([], _) => String::new(),
            ([_], Some(default)) => format!(" = {default}"),
            _ => format!(" = Field({})", arguments.join(", ")),
        };
        format!("    {name}: {of}{value}\n{}", self.field_docs(field).print("    "))
    }

    fn field_docs(&self, field: &Field) -> Docstring {
        let mut docstring = Docstring::default();
        let docs = if field.docs == Docs::default() && self.table.index(&field.schema).is_none() {
            field.schema.docs(self.unit.schemas)
        } else {
            field.docs.clone()
        };
        docstring.paragraph(description(&docs));
        docstring.annotations(&docs);
        docstring
    }

    /// What an alias stands for.
    pub fn alias_of(&self, declaration: &Declaration) -> String {
        match &declaration.content {
            Content::Undescribed => "Any".to_owned(),
            Content::Alias(together) => self.reference(together),
            Content::Own(together) => self.expression(together),
        }
    }

    /// What a declaration says of itself.
    pub fn docstring(&self, declaration: &Declaration) -> Docstring {
        let mut docstring = Docstring::default();
        let docs = declaration.together().map(|it| it.docs(self.unit.schemas)).unwrap_or_default();
        let own = declaration.event.and_then(|event| self.unit.contract?[event].description.as_deref());
        docstring.paragraph(own.unwrap_or(description(&docs)));
        if let Some((contract, event)) = self.unit.contract.zip(declaration.event) {
            docstring.paragraph(&event_note(contract, event, code));
        }
        if let Some(schema) = declaration.together().and_then(Together::first) {
            let uri = self.unit.schemas[schema].location.uri.trim_end_matches('#');
            docstring.paragraph(&format!("Schema: {}", code(uri)));
        }
        docstring.annotations(&docs);
        docstring
    }

    /// The name of a declaration in the names of functions.
    pub fn snake(&self, declaration: &Declaration) -> String {
        snake_case(&declaration.name)
    }
}
