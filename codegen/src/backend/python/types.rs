//! Type expressions.

use serde_json::Value;

use super::limits::Limits;
use super::parts::object;
use super::table::Content;
use super::{Print, literal};
use crate::model::{Format, JsonType, TypeSet};
use crate::names::pascal_case;
use crate::plan::Dispatch;
use crate::shape::{Rest, Shape, Together, Tuple};

/// `None` beside a type.
pub fn or_none(of: &str) -> String {
    if of == "Any" || of == "None" || of.ends_with(" | None") {
        of.to_owned()
    } else {
        format!("{of} | None")
    }
}

impl Print<'_> {
    /// The type of these schemas, by name where they have one.
    pub fn reference(&self, together: &Together) -> String {
        let Some(index) = self.table.index(together) else { return self.expression(together) };
        self.used.borrow_mut().insert(index);
        let name = self.table.declaration(index).name.clone();
        if self.leaves_null_out(index) { or_none(&name) } else { name }
    }

    /// Whether a type is a class of which `null` is no instance, where the schema allows it.
    pub fn leaves_null_out(&self, index: usize) -> bool {
        let Content::Own(together) = &self.table.declaration(index).content else { return false };
        matches!(together.shape(self.unit.schemas), Shape::Nullable(shape) if object(&shape).is_some())
    }

    /// The type of these schemas, written out.
    pub fn expression(&self, together: &Together) -> String {
        self.shape(&together.shape(self.unit.schemas), together)
    }

    fn shape(&self, shape: &Shape, together: &Together) -> String {
        let of = match shape {
            Shape::Any | Shape::Opaque => "Any".to_owned(),
            Shape::Null => "None".to_owned(),
            Shape::Boolean => "Boolean".to_owned(),
            Shape::Constant(value) => listed(std::slice::from_ref(value)),
            Shape::Strings(strings) => {
                format!(
                    "Literal[{}]",
                    strings.iter().map(|it| literal::string(it)).collect::<Vec<_>>().join(", ")
                )
            }
            Shape::Scalars(values) => listed(values),
            Shape::Integer { .. } => "Integer".to_owned(),
            Shape::Number => "Number".to_owned(),
            Shape::Text { format: None } => "String".to_owned(),
            Shape::Text { format: Some(format) } => class_of(*format),
            Shape::Array { items: None } => "list[Any]".to_owned(),
            Shape::Array { items: Some(items) } => format!("list[{}]", self.reference(items)),
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Object(object) => match &object.rest {
                Rest::Typed(rest) | Rest::Matching(_, rest) if object.fields.is_empty() => {
                    format!("dict[str, {}]", self.reference(rest))
                }
                _ => "dict[str, Any]".to_owned(),
            },
            Shape::Union { branches, dispatch } => self.union(branches, dispatch),
            Shape::FirstOf { branches, .. } => {
                self.choice(branches.iter().map(|branch| (self.validators.test(branch), branch)))
            }
            Shape::ByType(branches) => {
                self.choice(branches.iter().map(|(types, branch)| (of_kinds(*types), branch)))
            }
            Shape::OrNull(of) => return or_none(&self.reference(of)),
            Shape::Nullable(shape) => return or_none(&self.shape(shape, together)),
        };
        Limits::of(self.unit.plan, together, shape).annotate(of)
    }

    /// Items at their places where an instance has all of them, else items of any of their types.
    fn tuple(&self, tuple: &Tuple) -> String {
        let prefix: Vec<_> = tuple.prefix.iter().map(|item| self.reference(item)).collect();
        if tuple.n_required == prefix.len() && tuple.rest == Rest::Closed {
            return format!("tuple[{}]", prefix.join(", "));
        }
        let rest = match &tuple.rest {
            Rest::Open => Some("Any".to_owned()),
            Rest::Closed => None,
            Rest::Typed(items) | Rest::Matching(_, items) => Some(self.reference(items)),
        };
        let items = literal::tuple(prefix.iter().cloned());
        let all = self.any_of(prefix.into_iter().chain(rest.clone()));
        let rest = rest.as_deref().unwrap_or("None");
        // What a lambda names may be defined further down.
        format!("Annotated[list[{all}], Items(lambda: ({items}, {rest}))]")
    }

    fn any_of(&self, members: impl Iterator<Item = String>) -> String {
        let mut all: Vec<String> = Vec::new();
        for member in members {
            if member == "Any" {
                return member;
            }
            if !all.contains(&member) {
                all.push(member);
            }
        }
        // `None` has no operators.
        all.sort_by_key(|it| it == "None");
        if all.is_empty() { "Any".to_owned() } else { all.join(" | ") }
    }

    fn union(&self, branches: &[Together], dispatch: &Dispatch) -> String {
        match self.discriminator(branches, dispatch) {
            Some(field) => {
                let members = self.any_of(branches.iter().map(|branch| self.reference(branch)));
                format!("Annotated[{members}, Field(discriminator={})]", literal::string(&field))
            }
            None => self.choice(branches.iter().map(|branch| (self.validators.test(branch), branch))),
        }
    }

    /// The field that tells the branches apart, where all are classes, no two the same, that call it so.
    fn discriminator(&self, branches: &[Together], dispatch: &Dispatch) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        let mut classes = Vec::new();
        for branch in branches {
            let class = self.table.index(branch).filter(|index| !classes.contains(index))?;
            classes.push(class);
            let Shape::Object(object) = branch.shape(self.unit.schemas) else { return None };
            let index = object.fields.iter().position(|field| field.name == dispatch.property)?;
            let is_listed = matches!(
                object.fields[index].schema.shape(self.unit.schemas),
                Shape::Strings(_) | Shape::Constant(Value::String(_))
            );
            names.push(self.field_names(&object).swap_remove(index));
            if !is_listed {
                return None;
            }
        }
        names.windows(2).all(|pair| pair[0] == pair[1]).then(|| names.swap_remove(0))
    }

    fn choice<'b>(&self, branches: impl Iterator<Item = (String, &'b Together)>) -> String {
        let branches: Vec<_> = branches.map(|(test, branch)| (test, self.reference(branch))).collect();
        let members = self.any_of(branches.iter().map(|(_, of)| of.clone()));
        let branches = branches.iter().map(|(test, of)| format!("({test}, {of})"));
        format!("Annotated[{members}, Choice(lambda: {})]", literal::tuple(branches))
    }
}

/// A test of the type alone.
fn of_kinds(types: TypeSet) -> String {
    let names = types.iter().map(|json_type| literal::string(json_type.name()));
    format!("of_kinds({})", names.collect::<Vec<_>>().join(", "))
}

/// The type of listed values; that of their types where Python has no literals of them.
fn listed(values: &[Value]) -> String {
    let is_literal = |value: &Value| match value {
        Value::Number(number) => !number.is_f64(),
        value => !value.is_array() && !value.is_object(),
    };
    if values.iter().all(is_literal) {
        let literals = values.iter().map(literal::value).collect::<Vec<_>>().join(", ");
        let has_number = values.iter().any(Value::is_number);
        let of = format!("Literal[{literals}]");
        return if has_number { format!("Annotated[{of}, Whole]") } else { of };
    }
    let mut types: Vec<_> = values.iter().map(JsonType::of).collect();
    types.dedup();
    match types.as_slice() {
        [JsonType::Array] => "list[Any]".to_owned(),
        [JsonType::Object] => "dict[str, Any]".to_owned(),
        all if all.iter().all(|it| matches!(it, JsonType::Integer | JsonType::Number)) => "Number".to_owned(),
        _ => "Any".to_owned(),
    }
}

/// The class of texts of a format.
pub fn class_of(format: Format) -> String {
    pascal_case(format.name())
}
