//! Objects.

use std::collections::{HashMap, HashSet};

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
        let others = self.others();
        let rest = self.rest(&others);
        let shape = ObjectShape { fields: self.fields(&[]), rest, patterns: self.patterns(), others };
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

    /// The members that are declared or required, and those of `more` names.
    pub fn fields(&self, more: &[String]) -> Vec<Field> {
        let names = self.objects().flat_map(|object| object.properties.iter().map(|(name, _)| name));
        let required = || self.objects().flat_map(|object| &object.required);
        let mut seen = HashSet::new();
        let names = names.chain(required()).chain(more).filter(|name| seen.insert(name.as_str()));
        let required: HashSet<&str> = required().map(String::as_str).collect();
        let parts: Vec<_> = self.objects().map(Part::of).collect();
        let field = |name: &String| {
            let declared = parts.iter().filter_map(|part| part.declared.get(name.as_str()).copied());
            Field {
                name: name.clone(),
                is_required: required.contains(name.as_str()),
                schema: Together::of_all(self.schemas, self.schemas_of(&parts, name)),
                docs: first_docs(self.schemas, &declared.collect::<Vec<_>>()),
            }
        };
        names.map(field).collect()
    }

    /// The schemas of the member `name`, those that accept everything only where they are all there is.
    fn schemas_of(&self, parts: &[Part<'_>], name: &str) -> Vec<SchemaIdx> {
        let mut all: Vec<_> = parts.iter().flat_map(|part| part.schemas_of(name)).collect();
        if all.is_empty() && self.is_all_of_it() {
            all.extend(self.objects().filter_map(|object| object.unevaluated));
        }
        let is_saying = |schema: &SchemaIdx| !is_anything(self.schemas, *schema);
        if all.iter().any(is_saying) { all.into_iter().filter(is_saying).collect() } else { all }
    }

    fn patterns(&self) -> Vec<(String, Together)> {
        let patterns = self.objects().flat_map(|object| &object.patterns);
        patterns.map(|(source, schema)| (source.clone(), Together::of(self.schemas, *schema))).collect()
    }

    fn others(&self) -> Rest {
        let mut others: Vec<_> = self.objects().filter_map(|object| object.additional).collect();
        if others.is_empty() && self.is_all_of_it() {
            others.extend(self.objects().filter_map(|object| object.unevaluated));
        }
        if others.iter().any(|schema| is_never(self.schemas, *schema)) {
            return Rest::Closed;
        }
        others.retain(|schema| !is_anything(self.schemas, *schema));
        if others.is_empty() { Rest::Open } else { Rest::Typed(Together::of_all(self.schemas, others)) }
    }

    fn rest(&self, others: &Rest) -> Rest {
        let mut patterns = self.objects().flat_map(|object| &object.patterns);
        match (patterns.next(), patterns.next()) {
            (None, _) => others.clone(),
            (Some((source, schema)), None) if *others == Rest::Closed && self.parts.len() == 1 => {
                Rest::Matching(source.clone(), Together::of(self.schemas, *schema))
            }
            // Members of several kinds: which is which, only their names tell.
            _ => Rest::Open,
        }
    }
}

/// What one part says of members, ready to be asked by name.
struct Part<'p> {
    declared: HashMap<&'p str, SchemaIdx>,
    patterns: Vec<(Regex, SchemaIdx)>,
    additional: Option<SchemaIdx>,
}

impl<'p> Part<'p> {
    fn of(object: &'p ObjectRules) -> Self {
        let compiled = |(source, schema): &(String, SchemaIdx)| Some((Regex::new(source)?, *schema));
        Self {
            declared: object.properties.iter().map(|(name, schema)| (name.as_str(), *schema)).collect(),
            patterns: object.patterns.iter().filter_map(compiled).collect(),
            additional: object.additional,
        }
    }

    fn schemas_of(&self, name: &str) -> Vec<SchemaIdx> {
        let matching =
            self.patterns.iter().filter(|(regex, _)| regex.is_match(name)).map(|(_, schema)| *schema);
        let mut schemas: Vec<_> = self.declared.get(name).copied().into_iter().chain(matching).collect();
        if schemas.is_empty() {
            schemas.extend(self.additional);
        }
        schemas
    }
}
