//! Arrays and tuples.

use super::conjunction::Conjunction;
use super::{Rest, Shape, Together, is_anything, is_never};
use crate::model::{ArrayRules, SchemaIdx};

/// An array whose first items have each their kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The first items.
    pub prefix: Vec<Together>,
    /// How many of them are always there.
    pub n_required: usize,
    /// What follows them.
    pub rest: Rest,
}

impl Conjunction<'_> {
    fn arrays(&self) -> impl Iterator<Item = &ArrayRules> {
        self.parts.iter().map(|part| &part.array)
    }

    pub fn is_tuple(&self) -> bool {
        self.arrays().any(|array| !array.prefix.is_empty())
    }

    /// The shape of arrays, and whether there is more to them.
    pub fn array(&self) -> (Shape, bool) {
        let has_more = |array: &ArrayRules| {
            array.contains.is_some()
                || array.unique
                || array.unevaluated.is_some_and(|_| !self.is_all_of_it())
        };
        let has_more = self.arrays().any(has_more);
        if self.is_tuple() {
            let tuple = self.tuple();
            let is_bounded = self.is_bounded_beyond(&tuple);
            return (Shape::Tuple(tuple), has_more || is_bounded);
        }
        let is_sized =
            |array: &ArrayRules| array.min_items.is_some_and(|min| min > 0) || array.max_items.is_some();
        let items: Vec<_> = self.following().filter(|items| !is_anything(self.schemas, *items)).collect();
        let items = (!items.is_empty()).then(|| Together::of_all(self.schemas, items));
        (Shape::Array { items }, has_more || self.arrays().any(is_sized))
    }

    /// The schemas of the items that have none of their own.
    fn following(&self) -> impl Iterator<Item = SchemaIdx> {
        let rest = |array: &ArrayRules| array.unevaluated.filter(|_| self.is_all_of_it());
        let is_looked_at = self.arrays().any(|array| array.items.is_some());
        self.arrays().filter_map(move |array| array.items.or_else(|| rest(array).filter(|_| !is_looked_at)))
    }

    pub fn tuple(&self) -> Tuple {
        let n_prefix = self.arrays().map(|array| array.prefix.len()).max().unwrap_or_default();
        let at = |index: usize| {
            let schemas = self.arrays().filter_map(|array| array.prefix.get(index).copied().or(array.items));
            Together::of_all(self.schemas, schemas.filter(|items| !is_anything(self.schemas, *items)))
        };
        let n_min = self.arrays().filter_map(|array| array.min_items).max().unwrap_or_default();
        let n_required = usize::try_from(n_min).unwrap_or(n_prefix).min(n_prefix);
        Tuple { prefix: (0..n_prefix).map(at).collect(), n_required, rest: self.after(n_prefix) }
    }

    /// What follows the first `n_prefix` items.
    fn after(&self, n_prefix: usize) -> Rest {
        let is_full = |array: &ArrayRules| array.max_items.is_some_and(|max| max <= n_prefix as u64);
        let items: Vec<_> = self.following().filter(|items| !is_anything(self.schemas, *items)).collect();
        if items.iter().any(|items| is_never(self.schemas, *items)) || self.arrays().any(is_full) {
            return Rest::Closed;
        }
        if items.is_empty() { Rest::Open } else { Rest::Typed(Together::of_all(self.schemas, items)) }
    }

    /// Whether the bounds of the length say more than how many items are there always, and whether others may follow.
    fn is_bounded_beyond(&self, tuple: &Tuple) -> bool {
        let n_prefix = tuple.prefix.len() as u64;
        let says_more = |array: &ArrayRules| {
            array.min_items.is_some_and(|min| min > n_prefix)
                || array
                    .max_items
                    .is_some_and(|max| max < n_prefix || max > n_prefix && tuple.rest != Rest::Closed)
        };
        self.arrays().any(says_more)
    }
}
