//! Semantic versions (semver.org, 2.0.0).

/// Whether `text` is a semantic version: `1.4.0`, `2.0.0-rc.1+build.5`.
pub fn is_version(text: &str) -> bool {
    let (rest, build) = split(text, '+');
    let (core, before) = split(rest, '-');
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && before.is_none_or(|before| before.split('.').all(|part| is_word(part) && !has_idle_zero(part)))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && !has_idle_zero(text)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether `text` is a number with a zero in front.
fn has_idle_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_what_looks_like_them() {
        for text in ["0.0.0", "1.4.10", "1.0.0-alpha.1", "1.0.0+20.01", "2.0.0-rc-1.0a+b-c", "1.0.0--"] {
            assert!(is_version(text), "{text}");
        }
        for text in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "01.2.3",
            "1.2.3-",
            "1.2.3-01",
            "1.2.3+",
            "v1.2.3",
            "1.2.x",
            "1.0.0-a..b",
        ] {
            assert!(!is_version(text), "{text}");
        }
    }
}
