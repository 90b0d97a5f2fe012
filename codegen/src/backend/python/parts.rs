//! What stands inside a type, and which of it deserves a name.

use crate::model::Schemas;
use crate::names::pascal_case;
use crate::shape::{ObjectShape, Rest, Shape, Together};

/// The object of which a model is made: one with declared members, `null` left out.
pub fn object(shape: &Shape) -> Option<&ObjectShape> {
    match shape {
        Shape::Nullable(shape) => object(shape),
        Shape::Object(object) if !object.fields.is_empty() || object.rest == Rest::Closed => Some(object),
        _ => None,
    }
}

/// Whether a type that is no definition gets a name all the same.
pub fn deserves_name(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(inner) => deserves_name(inner),
        Shape::Strings(strings) => strings.len() > 1,
        Shape::Union { .. } | Shape::FirstOf { .. } => true,
        shape => object(shape).is_some(),
    }
}

/// The schemas in a type, with what their place adds to a name.
pub fn children(schemas: &Schemas, shape: &Shape) -> Vec<(Together, String)> {
    match shape {
        Shape::Nullable(shape) => children(schemas, shape),
        Shape::Array { items: Some(items) } => vec![(items.clone(), "Item".to_owned())],
        Shape::Tuple(tuple) => {
            let prefix = tuple.prefix.iter().enumerate();
            let prefix = prefix.map(|(index, together)| (together.clone(), format!("Item{}", index + 1)));
            prefix.chain(of_rest(&tuple.rest)).collect()
        }
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| (field.schema.clone(), pascal_case(&field.name)));
            fields.chain(of_rest(&object.rest)).collect()
        }
        Shape::Union { branches, dispatch } => {
            let tag = |branch_idx| dispatch.arms.iter().find(|(_, index)| *index == branch_idx);
            let name = |branch_idx| tag(branch_idx).map(|(tag, _)| pascal_case(tag)).unwrap_or_default();
            branches.iter().enumerate().map(|(index, branch)| (branch.clone(), name(index))).collect()
        }
        Shape::FirstOf { branches, .. } => branches_of(schemas, branches.iter()),
        Shape::ByType(branches) => branches_of(schemas, branches.iter().map(|(_, branch)| branch)),
        Shape::OrNull(of) => vec![(of.clone(), String::new())],
        _ => Vec::new(),
    }
}

/// Branches that nothing names are called by their title, or by their number.
fn branches_of<'b>(
    schemas: &Schemas,
    branches: impl Iterator<Item = &'b Together>,
) -> Vec<(Together, String)> {
    let name = |(index, branch): (usize, &Together)| {
        let title = branch.docs(schemas).title.map(|title| pascal_case(&title));
        (branch.clone(), title.unwrap_or_else(|| format!("Variant{}", index + 1)))
    };
    branches.enumerate().map(name).collect()
}

fn of_rest(rest: &Rest) -> Option<(Together, String)> {
    match rest {
        Rest::Typed(together) | Rest::Matching(_, together) => Some((together.clone(), "Value".to_owned())),
        Rest::Open | Rest::Closed => None,
    }
}
