//! The filter by topics.

/// The events a client asked for: patterns in which `*` stands for any run of characters.
#[derive(Debug, Clone, Default)]
pub struct Topics(Vec<String>);

impl Topics {
    /// Reads `topics` of a query, separated by commas. Without it, all events are wanted.
    pub fn of(query: &[(String, String)]) -> Self {
        let values = query.iter().filter(|(name, _)| name == "topics");
        let patterns = values.flat_map(|(_, value)| value.split(','));
        Self(patterns.map(|pattern| pattern.trim().to_owned()).collect())
    }

    /// Whether the client asked for events of that name.
    pub fn want(&self, name: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| matches(pattern, name))
    }
}

/// Takes each part between two stars at its first place, which leaves the most for the others.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, pattern)) = pattern.split_once('*') else { return pattern == name };
    let (middle, end) = pattern.rsplit_once('*').unwrap_or(("", pattern));
    let Some(rest) = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)) else { return false };
    let after = |rest: &str, part| rest.find(part).map(|at| at + str::len(part));
    let mut rest = rest;
    middle.split('*').all(|part| match after(rest, part) {
        Some(at) => {
            rest = &rest[at..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[track_caller]
    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        for name in yes {
            assert!(matches(pattern, name), "`{pattern}` matches `{name}`");
        }
        for name in no {
            assert!(!matches(pattern, name), "`{pattern}` does not match `{name}`");
        }
    }

    #[test]
    fn a_star_is_any_run_of_characters() {
        check("task.*", &["task.created", "task.", "task.a.b"], &["task", "a.task.b"]);
        check("*.log", &["app.install.log", ".log"], &["log", "app.log.x"]);
        check("*", &["", "anything"], &[]);
        check("a*b*c", &["abc", "axbxbxc"], &["ac", "acb", "ab"]);
        check("*aa*a", &["aaa"], &["aa"]);
    }

    #[test]
    fn nothing_else_is_a_wildcard() {
        check("task", &["task"], &["task.created", ""]);
        check("", &[""], &["task"]);
        check("task?created", &[], &["task.created"]);
        check("[a-z]*", &["[a-z]x"], &["task"]);
    }

    #[test]
    fn many_stars_cost_nothing() {
        check(&format!("{}z", "*".repeat(3000)), &["z"], &["task.created"]);
        check("*a*a*a*a*a*a*a*a*a*a*a*a", &[], &["app.install.log"]);
    }
}
