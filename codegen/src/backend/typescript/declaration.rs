//! Named types, one `interface` or `type` each.

use std::rc::Rc;

use super::docs::{Comment, code};
use super::table::{Content, Declaration};
use super::types::{INDENT, Type};
use super::{Print, limits};
use crate::backend::naming::event_note;
use crate::model::Docs;
use crate::shape::{Field, Rest, Shape, Structure, Together};

/// How long a line may be before a union is written one member per line.
const MAX_WIDTH: usize = 110;

impl Print<'_> {
    /// A named type with its documentation.
    pub fn declaration(&self, declaration: &Declaration) -> String {
        let comment = self.declaration_comment(declaration).print("");
        let name = &declaration.name;
        let structure = match &declaration.content {
            Content::Undescribed => return format!("{comment}export type {name} = unknown;\n"),
            Content::Alias(together) => {
                return format!("{comment}{}", alias(name, &self.reference(together, "")));
            }
            Content::Whole(together) => self.structures.of(together),
            Content::WithoutNull(together) => Rc::new(without_null(&self.structures.of(together))),
        };
        match structure.as_ref() {
            Structure::Shape(Shape::Object(object)) if !object.fields.is_empty() => {
                format!("{comment}export interface {name} {}\n", self.members(object, ""))
            }
            structure => format!("{comment}{}", alias(name, &self.expression(structure, ""))),
        }
    }

    fn declaration_comment(&self, declaration: &Declaration) -> Comment {
        let mut comment = Comment::default();
        let together = match &declaration.content {
            Content::Undescribed => None,
            Content::Alias(together) | Content::Whole(together) | Content::WithoutNull(together) => {
                Some(together)
            }
        };
        let docs = together.map(|together| together.docs(self.unit.schemas)).unwrap_or_default();
        let own = declaration.event.and_then(|event| self.unit.contract?[event].description.clone());
        comment.paragraph(own.as_deref().or(description(&docs)).unwrap_or_default());
        let described = together.filter(|_| !matches!(declaration.content, Content::Alias(_)));
        comment.sentence(&described.map(|together| self.limits(together)).unwrap_or_default());
        if let Some((contract, event)) = self.unit.contract.zip(declaration.event) {
            comment.paragraph(&event_note(contract, event, code));
        }
        match described {
            Some(together) => {
                self.schema_note(together, &mut comment);
                comment.annotations(&docs);
            }
            None => comment.deprecation(&docs),
        }
        comment
    }

    /// Where the schema stands; and that it says more, where the type says nothing.
    fn schema_note(&self, together: &Together, comment: &mut Comment) {
        let Some(schema) = together.first() else { return };
        if *self.structures.of(together) == Structure::Shape(Shape::Opaque) {
            comment.paragraph("No type says what the schema says.");
        }
        comment.see(self.unit.schemas[schema].location.uri.trim_end_matches('#'));
    }

    /// The documentation of a member. What has a name is documented there.
    pub fn field_comment(&self, field: &Field, indent: &str) -> String {
        let mut comment = Comment::default();
        if self.table.name(&field.schema).is_some() {
            comment.paragraph(description(&field.docs).unwrap_or_default());
            comment.deprecation(&field.docs);
            comment.default_value(&field.docs);
            return comment.print(indent);
        }
        let docs = if field.docs == Docs::default() {
            field.schema.docs(self.unit.schemas)
        } else {
            field.docs.clone()
        };
        comment.paragraph(description(&docs).unwrap_or_default());
        comment.sentence(&self.limits(&field.schema));
        if *self.structures.of(&field.schema) == Structure::Shape(Shape::Opaque) {
            self.schema_note(&field.schema, &mut comment);
        }
        comment.annotations(&docs);
        comment.print(indent)
    }

    /// What a type does not say of a valid instance, in words.
    fn limits(&self, together: &Together) -> String {
        let mut found = limits::limits(self.unit.plan, together);
        if let Structure::Shape(Shape::Object(object)) = without_null(&self.structures.of(together))
            && object.rest == Rest::Closed
        {
            found.push("no other members".to_owned());
        }
        limits::sentence(&found)
    }
}

fn description(docs: &Docs) -> Option<&str> {
    docs.description.as_deref().or(docs.title.as_deref())
}

fn without_null(structure: &Structure) -> Structure {
    match structure {
        Structure::Shape(Shape::Nullable(shape)) => Structure::Shape(shape.as_ref().clone()),
        structure => structure.clone(),
    }
}

/// `type name = …`, one line per member of a long union.
pub fn alias(name: &str, of: &Type) -> String {
    let line = format!("export type {name} = {of};\n");
    match of {
        Type::Union(members) if line.len() > MAX_WIDTH => {
            let members: String = members.iter().map(|member| format!("\n{INDENT}| {member}")).collect();
            format!("export type {name} ={members};\n")
        }
        _ => line,
    }
}
