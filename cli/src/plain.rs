//! Makes text of strangers fit for a terminal.

/// `text` in one line that no terminal obeys: control characters, and those that turn the direction of what follows or end
/// its line, stand as JSON escapes them. So what was JSON means the same as before.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        if is_harmless(char) {
            shown.push(char);
        } else {
            // All of them are within the first 65536.
            shown.push_str(&format!("\\u{:04x}", u32::from(char)));
        }
    }
    shown
}

fn is_harmless(char: char) -> bool {
    let turns = matches!(char, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends = matches!(char, '\u{2028}' | '\u{2029}');
    !(char.is_control() || turns || ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(plain("naïve 漢字 👩\u{200d}🚀"), "naïve 漢字 👩\u{200d}🚀");
        assert_eq!(plain("a\x1b[31m\r\n\t\u{9b}2J\x7f"), "a\\u001b[31m\\u000d\\u000a\\u0009\\u009b2J\\u007f");
        assert_eq!(plain("\u{202e}txt\u{2028}"), "\\u202etxt\\u2028");
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!({ "a\u{9b}": "\u{2066}\u{7f}\\u0041\n" });
        let shown = plain(&value.to_string());
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
