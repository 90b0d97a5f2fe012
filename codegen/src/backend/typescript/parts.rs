//! What stands inside a type, and which of it deserves a name.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use crate::model::JsonType;
use crate::names::pascal_case;
use crate::shape::{ObjectShape, Rest, Shape, Structure, Structures, Together, Tuple};

/// Where the `null` of a type goes.
pub enum Nulls {
    /// Wherever the type is referred to, `null` is in it.
    Kept,
    /// Whoever refers to the type adds `null`.
    LeftOut,
}

/// Whether a type that is no definition gets a name all the same.
pub fn naming(structures: &Structures<'_>, structure: &Structure) -> Option<Nulls> {
    let is_worth_it = |shape: &Shape| match shape {
        Shape::Object(object) => !is_brief(object),
        Shape::Strings(strings) => strings.len() > 1,
        Shape::Union { .. } => true,
        _ => false,
    };
    match structure {
        Structure::Shape(Shape::Nullable(shape)) => is_worth_it(shape).then_some(Nulls::LeftOut),
        Structure::Shape(shape) => is_worth_it(shape).then_some(Nulls::Kept),
        Structure::AllOf(_) => Some(Nulls::Kept),
        Structure::AnyOf(members) => {
            let is_object = |member: &&Structure| is_object(&resolved(structures, member));
            (members.iter().filter(is_object).count() > 1).then_some(Nulls::Kept)
        }
        _ => None,
    }
}

fn is_object(structure: &Structure) -> bool {
    matches!(structure, Structure::Shape(Shape::Object(object)) if !is_brief(object))
}

/// Whether an object says no more than which members are there, if any.
pub fn is_brief(object: &ObjectShape) -> bool {
    object.fields.iter().all(|field| field.schema.schemas().is_empty())
}

/// The schemas in a type, with what their place adds to a name.
pub fn children(structures: &Structures<'_>, structure: &Structure) -> Vec<(Together, String)> {
    match structure {
        Structure::Never => Vec::new(),
        Structure::Shape(shape) => children_of_shape(shape),
        Structure::Of(together) => vec![(together.clone(), String::new())],
        Structure::Tuple(tuple) => children_of_tuple(tuple),
        Structure::AnyOf(members) => branches(structures, members),
        Structure::AllOf(members) => members.iter().flat_map(|member| children(structures, member)).collect(),
    }
}

/// The branches of a union. One that is alone beside `null` is called as the union.
fn branches(structures: &Structures<'_>, members: &[Structure]) -> Vec<(Together, String)> {
    let resolved: Vec<_> = members.iter().map(|member| resolved(structures, member)).collect();
    let n_values = resolved.iter().filter(|structure| ***structure != Structure::Shape(Shape::Null)).count();
    let tags = tags(structures, &resolved);
    let is_open = resolved.iter().any(|structure| is_text(structure));
    let name = |index: usize, together: &Together| match (together.docs(structures.schemas).title, &tags) {
        _ if n_values == 1 => String::new(),
        (Some(title), _) => pascal_case(&title),
        (None, Some(tags)) => tags[index].clone(),
        (None, None) if is_open && is_strings(&resolved[index]) => "Known".to_owned(),
        (None, None) => match together.within().and_then(|types| types.single()) {
            Some(JsonType::Object) if members.iter().any(is_bare) => "Object".to_owned(),
            Some(JsonType::Array) if members.iter().any(is_bare) => "Array".to_owned(),
            _ => format!("Variant{}", index + 1),
        },
    };
    let numbered = members.iter().enumerate();
    let named = numbered.flat_map(|(index, member)| match member {
        Structure::Of(together) => vec![(together.clone(), name(index, together))],
        other => children(structures, other),
    });
    named.collect()
}

/// A branch of a union of types, which stands beside others that need no schema.
fn is_bare(member: &Structure) -> bool {
    matches!(member, Structure::Shape(shape) if *shape != Shape::Null)
}

/// A member of a union, looked up where it is what other schemas describe.
pub fn resolved(structures: &Structures<'_>, member: &Structure) -> Rc<Structure> {
    match member {
        Structure::Of(together) => structures.of(together),
        other => Rc::new(other.clone()),
    }
}

/// Whether any string is of this type.
pub fn is_text(structure: &Structure) -> bool {
    matches!(structure, Structure::Shape(Shape::Text { .. }))
}

/// Whether some strings are listed.
pub fn is_strings(structure: &Structure) -> bool {
    match structure {
        Structure::Shape(Shape::Constant(value)) => value.is_string(),
        Structure::Shape(shape) => matches!(shape, Shape::Strings(_)),
        _ => false,
    }
}

/// What a required constant makes of the name of each branch, where every branch is an object that has another.
fn tags(structures: &Structures<'_>, branches: &[Rc<Structure>]) -> Option<Vec<String>> {
    let Structure::Shape(Shape::Object(first)) = branches.first()?.as_ref() else { return None };
    first.fields.iter().filter(|field| field.is_required).find_map(|field| {
        let tags: Option<Vec<_>> =
            branches.iter().map(|branch| tag(structures, branch, &field.name)).collect();
        let mut seen = HashSet::new();
        tags.filter(|tags| branches.len() > 1 && tags.iter().all(|tag| seen.insert(tag.clone())))
    })
}

fn tag(structures: &Structures<'_>, branch: &Structure, name: &str) -> Option<String> {
    let Structure::Shape(Shape::Object(object)) = branch else { return None };
    let field = object.fields.iter().find(|field| field.name == name && field.is_required)?;
    match structures.of(&field.schema).as_ref() {
        Structure::Shape(Shape::Constant(Value::String(text))) => Some(pascal_case(text)),
        Structure::Shape(Shape::Constant(value @ (Value::Number(_) | Value::Bool(_)))) => {
            Some(pascal_case(&format!("{name} {value}")))
        }
        _ => None,
    }
}

fn children_of_shape(shape: &Shape) -> Vec<(Together, String)> {
    match shape {
        Shape::Nullable(shape) => children_of_shape(shape),
        Shape::Array { items: Some(items), .. } => vec![(items.clone(), "Item".to_owned())],
        Shape::Object(object) => children_of_object(object),
        Shape::Union { branches, dispatch } => {
            let tag = |branch_idx| dispatch.arms.iter().find(|(_, index)| *index == branch_idx);
            let name = |branch_idx| tag(branch_idx).map(|(tag, _)| pascal_case(tag)).unwrap_or_default();
            branches.iter().enumerate().map(|(index, branch)| (branch.clone(), name(index))).collect()
        }
        _ => Vec::new(),
    }
}

fn children_of_object(object: &ObjectShape) -> Vec<(Together, String)> {
    let ObjectShape { fields, patterns, others, .. } = object;
    let fields = fields.iter().map(|field| (field.schema.clone(), pascal_case(&field.name)));
    let patterns = patterns.iter().map(|(_, together)| (together.clone(), "Value".to_owned()));
    fields.chain(patterns).chain(children_of_rest(others)).collect()
}

fn children_of_tuple(tuple: &Tuple) -> Vec<(Together, String)> {
    let is_uniform = tuple.prefix.windows(2).all(|pair| pair[0] == pair[1]);
    let name = |index| if is_uniform { "Item".to_owned() } else { format!("Item{}", index + 1) };
    let prefix = tuple.prefix.iter().enumerate().map(|(index, together)| (together.clone(), name(index)));
    prefix.chain(children_of_rest(&tuple.rest)).collect()
}

fn children_of_rest(rest: &Rest) -> Option<(Together, String)> {
    match rest {
        Rest::Typed(together) | Rest::Matching(_, together) => Some((together.clone(), "Value".to_owned())),
        Rest::Open | Rest::Closed => None,
    }
}
