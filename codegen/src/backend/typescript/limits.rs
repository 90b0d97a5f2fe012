//! What a schema asserts beyond the type, in words.

use serde_json::Number;

use super::docs::code;
use crate::model::{JsonType, TypeSet};
use crate::plan::{NumberTest, Plan, PlanIdx, Test, TextTest};
use crate::shape::Together;

/// How deep tests of one instance are followed.
const MAX_DEPTH: usize = 16;

/// What a valid instance keeps beyond its type, in words: `integer`, `from 0 to 100`.
pub fn limits(plan: &Plan, together: &Together) -> Vec<String> {
    let mut limits = Vec::new();
    for schema in together.schemas() {
        collect(plan, plan.index(*schema), MAX_DEPTH, &mut limits);
    }
    let mut seen = std::collections::HashSet::new();
    limits.retain(|limit| seen.insert(limit.clone()));
    limits
}

/// Limits as a sentence.
pub fn sentence(limits: &[String]) -> String {
    let text = limits.join(", ");
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
}

fn collect(plan: &Plan, index: PlanIdx, depth: usize, limits: &mut Vec<String>) {
    let tests = &plan[index].tests;
    let numbers: Vec<_> = tests
        .iter()
        .filter_map(|test| if let Test::Number(test) = test { Some(test) } else { None })
        .collect();
    for test in tests {
        match test {
            Test::Types(types) if is_integer(*types) => {
                limits.push("integer".to_owned());
            }
            Test::Number(NumberTest::MultipleOf(step)) => limits.push(format!("a multiple of {step}")),
            Test::Array(tests) => {
                limits.extend(count(tests.min_items, tests.max_items, "item"));
                limits.extend(tests.unique.then(|| "none of them twice".to_owned()));
            }
            Test::Object(tests) => {
                limits.extend(count(tests.min_properties, tests.max_properties, "member"));
                limits.extend(tests.dependent_required.iter().filter_map(dependent));
            }
            Test::Text(TextTest::Format(format)) => limits.push(format!("format `{format}`")),
            Test::Text(TextTest::Pattern(regex)) => {
                // What does not stay the same as code is not told.
                let pattern = code(regex.as_str());
                limits.extend(pattern.contains(regex.as_str()).then(|| format!("matching {pattern}")));
            }
            Test::Reference(target) if depth > 0 => collect(plan, *target, depth - 1, limits),
            Test::All(parts) if depth > 0 => {
                parts.iter().for_each(|part| collect(plan, *part, depth - 1, limits));
            }
            _ => {}
        }
    }
    limits.extend(range(&numbers));
    limits.extend(length(tests));
}

/// Which members are there where another is.
fn dependent((name, required): &(String, Vec<String>)) -> Option<String> {
    let required: Vec<_> = required.iter().map(|name| code(name)).collect();
    (!required.is_empty()).then(|| format!("{} only with {}", code(name), required.join(" and ")))
}

/// Whether every value that is not `null` is an integer.
fn is_integer(types: TypeSet) -> bool {
    types.iter().filter(|one| *one != JsonType::Null).eq([JsonType::Integer])
}

fn range(tests: &[&NumberTest]) -> Vec<String> {
    let minimum =
        tests.iter().find_map(|test| if let NumberTest::Minimum(limit) = test { Some(limit) } else { None });
    let maximum =
        tests.iter().find_map(|test| if let NumberTest::Maximum(limit) = test { Some(limit) } else { None });
    let inclusive = match (minimum, maximum) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}")),
        (Some(low), Some(high)) => Some(format!("from {low} to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, Some(high)) => Some(format!("at most {high}")),
        (None, None) => None,
    };
    let exclusive = tests.iter().filter_map(|test| match test {
        NumberTest::ExclusiveMinimum(limit) => Some(beyond("more", limit)),
        NumberTest::ExclusiveMaximum(limit) => Some(beyond("less", limit)),
        _ => None,
    });
    inclusive.into_iter().chain(exclusive).collect()
}

fn beyond(comparison: &str, limit: &Number) -> String {
    format!("{comparison} than {limit}")
}

fn length(tests: &[Test]) -> Option<String> {
    let limit = |pick: fn(&TextTest) -> Option<u64>| {
        tests.iter().find_map(|test| if let Test::Text(test) = test { pick(test) } else { None })
    };
    let min = limit(|test| if let TextTest::MinLength(min) = test { Some(*min) } else { None });
    let max = limit(|test| if let TextTest::MaxLength(max) = test { Some(*max) } else { None });
    count(min, max, "character")
}

fn count(min: Option<u64>, max: Option<u64>, of: &str) -> Option<String> {
    let many = |count: u64| if count == 1 { format!("1 {of}") } else { format!("{count} {of}s") };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {}", many(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {}", many(max))),
        (Some(min), None) => Some(format!("at least {}", many(min))),
        (None, Some(max)) => Some(format!("at most {}", many(max))),
        (None, None) => None,
    }
}
