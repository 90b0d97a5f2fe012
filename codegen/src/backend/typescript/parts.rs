//! What stands inside a type, and which of it deserves a name.

use crate::model::Schemas;
use crate::names::pascal_case;
use crate::shape::{Rest, Shape, Structure, Together};

/// Where the `null` of a type goes.
pub enum Nulls {
    /// Wherever the type is referred to, `null` is in it.
    Kept,
    /// Whoever refers to the type adds `null`.
    LeftOut,
}

/// Whether a type that is no definition gets a name all the same.
pub fn naming(structure: &Structure) -> Option<Nulls> {
    let is_worth_it = |shape: &Shape| match shape {
        Shape::Object(object) => !object.fields.is_empty(),
        Shape::Strings(strings) => strings.len() > 1,
        Shape::Union { .. } => true,
        _ => false,
    };
    match structure {
        Structure::Shape(Shape::Nullable(shape)) => is_worth_it(shape).then_some(Nulls::LeftOut),
        Structure::Shape(shape) => is_worth_it(shape).then_some(Nulls::Kept),
        Structure::AllOf(_) => Some(Nulls::Kept),
        _ => None,
    }
}

/// The schemas in a type, with what their place adds to a name.
pub fn children(schemas: &Schemas, structure: &Structure) -> Vec<(Together, String)> {
    match structure {
        Structure::Never => Vec::new(),
        Structure::Shape(shape) => children_of_shape(shape),
        Structure::Of(together) => vec![(together.clone(), String::new())],
        Structure::Tuple(tuple) => {
            let prefix = tuple.prefix.iter().enumerate();
            let prefix = prefix.map(|(index, together)| (together.clone(), format!("Item{}", index + 1)));
            prefix.chain(children_of_rest(&tuple.rest)).collect()
        }
        Structure::AnyOf(members) | Structure::AllOf(members) => {
            let is_alone = members.iter().filter(|member| !is_null(schemas, member)).count() == 1;
            let numbered = members.iter().enumerate();
            numbered
                .flat_map(|(index, member)| branch(schemas, member, (!is_alone).then_some(index + 1)))
                .collect()
        }
    }
}

fn is_null(schemas: &Schemas, structure: &Structure) -> bool {
    match structure {
        Structure::Shape(Shape::Null) => true,
        Structure::Of(together) => together.structure(schemas) == Structure::Shape(Shape::Null),
        _ => false,
    }
}

/// The schemas in a branch of a union. A branch without a name is called by its title, or by its number.
fn branch(schemas: &Schemas, member: &Structure, number: Option<usize>) -> Vec<(Together, String)> {
    let name = |together: &Together, number| match together.docs(schemas).title {
        Some(title) => pascal_case(&title),
        None => format!("Variant{number}"),
    };
    match (member, number) {
        (Structure::Of(together), Some(number)) => vec![(together.clone(), name(together, number))],
        _ => children(schemas, member),
    }
}

fn children_of_shape(shape: &Shape) -> Vec<(Together, String)> {
    match shape {
        Shape::Nullable(shape) => children_of_shape(shape),
        Shape::Array { items: Some(items), .. } => vec![(items.clone(), "Item".to_owned())],
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| (field.schema.clone(), pascal_case(&field.name)));
            fields.chain(children_of_rest(&object.rest)).collect()
        }
        Shape::Union { branches, dispatch } => {
            let tag = |branch_idx| dispatch.arms.iter().find(|(_, index)| *index == branch_idx);
            let name = |branch_idx| tag(branch_idx).map(|(tag, _)| pascal_case(tag)).unwrap_or_default();
            branches.iter().enumerate().map(|(index, branch)| (branch.clone(), name(index))).collect()
        }
        _ => Vec::new(),
    }
}

fn children_of_rest(rest: &Rest) -> Option<(Together, String)> {
    match rest {
        Rest::Typed(together) | Rest::Matching(_, together) => Some((together.clone(), "Value".to_owned())),
        Rest::Open | Rest::Closed => None,
    }
}
