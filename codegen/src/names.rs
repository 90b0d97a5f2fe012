//! Names in output: words of a JSON name, their case, and the claim that makes each unique.

use std::collections::{HashMap, HashSet};

/// The words of a name: split at what is no letter or digit, and at changes of case.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    let characters: Vec<char> = name.chars().collect();
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            previous = None;
            continue;
        }
        let next_is_lower = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let begins = match previous {
            None => true,
            Some(before) if before.is_lowercase() || before.is_numeric() => character.is_uppercase(),
            Some(_) => character.is_uppercase() && next_is_lower,
        };
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        previous = Some(character);
    }
    if words.is_empty() { spelled(name) } else { words }
}

/// Names of punctuation, for names that hold nothing else.
fn spelled(name: &str) -> Vec<String> {
    let word = |character| match character {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '_' => "underscore",
        _ => "symbol",
    };
    if name.is_empty() {
        vec!["empty".to_owned()]
    } else {
        name.chars().map(|c| word(c).to_owned()).collect()
    }
}

/// `TaskCreated`
pub fn pascal_case(name: &str) -> String {
    let capitalised = words(name).into_iter().map(|word| {
        let mut characters = word.chars();
        characters
            .next()
            .map(|first| first.to_uppercase().chain(characters).collect::<String>())
            .unwrap_or_default()
    });
    not_digit_first(capitalised.collect())
}

/// `task_created`
pub fn snake_case(name: &str) -> String {
    not_digit_first(words(name).join("_"))
}

fn not_digit_first(name: String) -> String {
    if name.starts_with(|c: char| c.is_numeric()) { format!("N{name}") } else { name }
}

/// The names that are taken in one scope.
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The last number that was put behind a name.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// A scope in which some names are taken from the start.
    pub fn with_reserved<'n>(reserved: impl IntoIterator<Item = &'n str>) -> Self {
        Self { taken: reserved.into_iter().map(str::to_owned).collect(), numbers: HashMap::new() }
    }

    /// Claims `wanted`, or the first of `wanted2`, `wanted3`, … that is free.
    pub fn claim(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        loop {
            let number = self.numbers.entry(wanted.clone()).or_insert(1);
            *number += 1;
            let name = format!("{wanted}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let cases = [
            ("task.created", "TaskCreated", "task_created"),
            ("agent:status:update", "AgentStatusUpdate", "agent_status_update"),
            ("apiEndpointsCreated", "ApiEndpointsCreated", "api_endpoints_created"),
            ("AIStatus", "AiStatus", "ai_status"),
            ("HTTP2Server", "Http2Server", "http2_server"),
            ("<=", "LessEqual", "less_equal"),
            ("", "Empty", "empty"),
            ("3d", "N3d", "N3d"),
        ];
        for (name, pascal, snake) in cases {
            assert_eq!((pascal_case(name).as_str(), snake_case(name).as_str()), (pascal, snake), "{name}");
        }
    }

    #[test]
    fn a_claim_is_unique() {
        let mut names = Names::with_reserved(["Self"]);
        assert_eq!(names.claim("Task".into()), "Task");
        assert_eq!(names.claim("Task".into()), "Task2");
        assert_eq!(names.claim("Self".into()), "Self2");
    }
}
