//! Objects.

use std::collections::HashSet;

use super::conjunction::Conjunction;
use super::{Field, ObjectShape, Rest, Shape, Together, first_docs, is_anything, is_never};
use crate::model::{Constraints, ObjectRules, Regex, SchemaIdx};

impl Conjunction<'_> {
    fn objects(&self) -> impl Iterator<Item = &ObjectRules> {
        self.parts.iter().map(|part| &part.object)
    }

    /// Whether what is unevaluated can be told from the parts alone: they are one schema with what it refers to and combines,
    /// and nothing in it depends on the instance (JSON Schema Core, 11).
    pub fn is_all_of_it(&self) -> bool {
        let depends = |part: &&Constraints| {
            let in_array = part.array.contains.is_some();
            let union = part.any_of.len() + part.one_of.len();
            union > 0 || part.condition.is_some() || in_array || !part.object.dependent_schemas.is_empty()
        };
        let looks_at_the_rest =
            |part: &&Constraints| part.object.unevaluated.is_some() || part.array.unevaluated.is_some();
        self.together.schemas().len() == 1
            && !self.parts.iter().any(depends)
            && !self.parts.iter().skip(1).any(looks_at_the_rest)
    }

    /// The shape of objects, and whether there is more to them.
    pub fn object(&self) -> (Shape, bool) {
        let shape = ObjectShape { fields: self.fields(), rest: self.rest() };
        let has_patterns = self.objects().any(|object| !object.patterns.is_empty());
        let says_more = has_patterns && !matches!(shape.rest, Rest::Matching(..))
            || self.objects().any(|object| self.has_more(object, &shape));
        (Shape::Object(shape), says_more)
    }

    fn has_more(&self, object: &ObjectRules, shape: &ObjectShape) -> bool {
        let n_required = shape.fields.iter().filter(|field| field.is_required).count() as u64;
        object.names.is_some_and(|names| !is_anything(self.schemas, names))
            || object.min_properties.is_some_and(|min| min > n_required)
            || object.max_properties.is_some()
            || !object.dependent_required.is_empty()
            || !object.dependent_schemas.is_empty()
            || object.unevaluated.is_some() && !self.is_all_of_it()
    }

    fn fields(&self) -> Vec<Field> {
        let names = self.objects().flat_map(|object| object.properties.iter().map(|(name, _)| name));
        let required = || self.objects().flat_map(|object| &object.required);
        let mut seen = HashSet::new();
        let names = names.chain(required()).filter(|name| seen.insert(name.as_str()));
        let required: HashSet<&str> = required().map(String::as_str).collect();
        let field = |name: &String| {
            let declared = self.objects().filter_map(|object| declared(object, name));
            Field {
                name: name.clone(),
                is_required: required.contains(name.as_str()),
                schema: Together::of_all(self.schemas, self.schemas_of(name)),
                docs: first_docs(self.schemas, &declared.collect::<Vec<_>>()),
            }
        };
        names.map(field).collect()
    }

    /// The schemas of the member `name`, those that accept everything only where they are all there is.
    fn schemas_of(&self, name: &str) -> Vec<SchemaIdx> {
        let mut all: Vec<_> = self.objects().flat_map(|object| self.schemas_in(object, name)).collect();
        if all.is_empty() && self.is_all_of_it() {
            all.extend(self.objects().filter_map(|object| object.unevaluated));
        }
        let is_saying = |schema: &SchemaIdx| !is_anything(self.schemas, *schema);
        if all.iter().any(is_saying) { all.into_iter().filter(is_saying).collect() } else { all }
    }

    fn schemas_in(&self, object: &ObjectRules, name: &str) -> Vec<SchemaIdx> {
        let is_match = |source: &str| Regex::new(source).is_some_and(|regex| regex.is_match(name));
        let matching =
            object.patterns.iter().filter(|(source, _)| is_match(source)).map(|(_, schema)| *schema);
        let mut schemas: Vec<_> = declared(object, name).into_iter().chain(matching).collect();
        if schemas.is_empty() {
            schemas.extend(object.additional);
        }
        schemas
    }

    fn rest(&self) -> Rest {
        let mut others: Vec<_> = self.objects().filter_map(|object| object.additional).collect();
        if others.is_empty() && self.is_all_of_it() {
            others.extend(self.objects().filter_map(|object| object.unevaluated));
        }
        let is_closed = others.iter().any(|schema| is_never(self.schemas, *schema));
        let mut patterns = self.objects().flat_map(|object| &object.patterns);
        match (patterns.next(), patterns.next()) {
            (None, _) if is_closed => return Rest::Closed,
            (None, _) => {}
            (Some((source, schema)), None) if is_closed && self.parts.len() == 1 => {
                return Rest::Matching(source.clone(), Together::of(self.schemas, *schema));
            }
            // Members of several kinds: which is which, only their names tell.
            _ => return Rest::Open,
        }
        others.retain(|schema| !is_anything(self.schemas, *schema));
        if others.is_empty() { Rest::Open } else { Rest::Typed(Together::of_all(self.schemas, others)) }
    }
}

fn declared(object: &ObjectRules, name: &str) -> Option<SchemaIdx> {
    object.properties.iter().find(|(declared, _)| declared == name).map(|(_, schema)| *schema)
}
