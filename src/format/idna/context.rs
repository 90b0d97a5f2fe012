//! Characters that are allowed beside certain others (RFC 5892, appendix A).

use super::class;
use super::class::Script;

/// Whether every such character stands where it may.
pub fn holds(label: &[char]) -> bool {
    label.iter().enumerate().all(|(index, character)| {
        let (before, after) = (&label[..index], &label[index + 1..]);
        match character {
            '\u{200c}' => follows_virama(before) || stands_between_joined(before, after),
            '\u{200d}' => follows_virama(before),
            '·' => before.last() == Some(&'l') && after.first() == Some(&'l'),
            '\u{375}' => after.first().is_some_and(|next| is_of(*next, Script::Greek)),
            '\u{5f3}' | '\u{5f4}' => before.last().is_some_and(|last| is_of(*last, Script::Hebrew)),
            '\u{30fb}' => label.iter().any(|other| is_of(*other, Script::Japanese)),
            '\u{660}'..='\u{669}' => !label.iter().any(|other| ('\u{6f0}'..='\u{6f9}').contains(other)),
            _ => true,
        }
    })
}

fn is_of(character: char, script: Script) -> bool {
    class(character).script() == script
}

fn follows_virama(before: &[char]) -> bool {
    before.last().is_some_and(|last| class(*last).is_virama())
}

/// Whether the letters on both sides join each other, but for marks between them.
fn stands_between_joined(before: &[char], after: &[char]) -> bool {
    let is_letter = |character: &&char| !class(**character).is_transparent();
    before.iter().rev().find(is_letter).is_some_and(|letter| class(*letter).joins_next())
        && after.iter().find(is_letter).is_some_and(|letter| class(*letter).joins_last())
}
