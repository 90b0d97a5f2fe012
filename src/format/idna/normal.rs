//! Normal form C (UAX #15), of characters that are each in it.

use super::class;
use super::table::COMPOSITES;

/// The most characters that a label decomposes into: four for each of 59.
const LONGEST: usize = 4 * 63;

/// Whether `label` is in normal form C.
pub fn is_composed(label: &[char]) -> bool {
    let combining = |index: usize| class(label[index]).combining();
    let is_ordered = (1..label.len()).all(|at| combining(at) == 0 || combining(at - 1) <= combining(at));
    // What composes nothing can't be written otherwise (9).
    is_ordered
        && (!label.iter().any(|it| class(*it).composes()) || recomposed(label).is_some_and(|it| it.is(label)))
}

/// Characters in a bounded space.
struct Text {
    characters: [char; LONGEST],
    n_characters: usize,
}

impl Text {
    fn push(&mut self, character: char) -> Option<()> {
        *self.characters.get_mut(self.n_characters)? = character;
        self.n_characters += 1;
        Some(())
    }

    fn decompose(&mut self, character: char) -> Option<()> {
        match COMPOSITES.binary_search_by_key(&character, |row| row[0]) {
            Ok(index) => {
                let [_, first, second] = COMPOSITES[index];
                self.decompose(first)?;
                self.decompose(second)
            }
            Err(_) => self.push(character),
        }
    }

    fn written(&mut self) -> &mut [char] {
        &mut self.characters[..self.n_characters]
    }

    fn is(mut self, label: &[char]) -> bool {
        self.written() == label
    }
}

/// `label`, decomposed and composed again. `None` does not happen: there is space for all.
fn recomposed(label: &[char]) -> Option<Text> {
    let mut apart = Text { characters: ['\0'; LONGEST], n_characters: 0 };
    label.iter().try_for_each(|character| apart.decompose(*character))?;
    let marks = |a: &char, b: &char| class(*a).combining() != 0 && class(*b).combining() != 0;
    apart.written().chunk_by_mut(marks).for_each(|run| run.sort_by_key(|it| class(*it).combining()));
    let mut composed = Text { characters: ['\0'; LONGEST], n_characters: 0 };
    let mut starter = None;
    for character in apart.written().iter().copied() {
        let combining = class(character).combining();
        let last = composed.n_characters.checked_sub(1);
        let composite = starter.filter(|starter| {
            // What stands between must combine less.
            last == Some(*starter)
                || last.is_some_and(|last| class(composed.characters[last]).combining() < combining)
        });
        match composite.and_then(|at: usize| Some((at, composite_of(composed.characters[at], character)?))) {
            Some((at, composite)) => composed.characters[at] = composite,
            None => {
                starter = if combining == 0 { Some(composed.n_characters) } else { starter };
                composed.push(character)?;
            }
        }
    }
    Some(composed)
}

/// What two characters compose.
fn composite_of(first: char, second: char) -> Option<char> {
    COMPOSITES.iter().find(|row| row[1..] == [first, second]).map(|row| row[0])
}
