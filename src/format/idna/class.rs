//! What the rules ask of a character.

use super::table::{CLASSES, RANGES};

/// The properties of a character, as bits. `cargo xtask unicode` says which.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Class(u32);

/// Bidirectional classes (RFC 5893, 1.4), as far as the rule tells them apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bidi {
    Left,
    /// R and AL.
    Right,
    ArabicNumber,
    EuropeanNumber,
    Nonspacing,
    /// ES, CS, ET, ON and BN.
    Neutral,
}

/// Scripts that rules name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Other,
    Greek,
    Hebrew,
    /// Hiragana, Katakana or Han.
    Japanese,
}

impl Class {
    /// `None` if no label may hold `character`.
    pub fn of(character: char) -> Option<Self> {
        let n_begun = RANGES.partition_point(|range| range >> 8 <= u32::from(character));
        let class = RANGES.get(n_begun.checked_sub(1)?)? & 0xff;
        (class != 0).then(|| Self(CLASSES[class as usize]))
    }

    /// Canonical_Combining_Class.
    pub fn combining(self) -> u8 {
        self.0.to_le_bytes()[0]
    }

    pub fn is_virama(self) -> bool {
        self.combining() == 9
    }

    pub fn bidi(self) -> Bidi {
        match self.0 >> 8 & 7 {
            0 => Bidi::Left,
            1 => Bidi::Right,
            2 => Bidi::ArabicNumber,
            3 => Bidi::EuropeanNumber,
            4 => Bidi::Nonspacing,
            _ => Bidi::Neutral,
        }
    }

    /// Whether its Joining_Type is L or D.
    pub fn joins_next(self) -> bool {
        matches!(self.joining(), 1 | 3)
    }

    /// Whether its Joining_Type is R or D.
    pub fn joins_last(self) -> bool {
        matches!(self.joining(), 2 | 3)
    }

    /// Whether its Joining_Type is T.
    pub fn is_transparent(self) -> bool {
        self.joining() == 4
    }

    fn joining(self) -> u32 {
        self.0 >> 11 & 7
    }

    pub fn script(self) -> Script {
        match self.0 >> 14 & 3 {
            1 => Script::Greek,
            2 => Script::Hebrew,
            3 => Script::Japanese,
            _ => Script::Other,
        }
    }

    /// Whether it combines with what stands before it.
    pub fn is_mark(self) -> bool {
        self.0 & 1 << 16 != 0
    }

    /// Whether it and some character before it compose another.
    pub fn composes(self) -> bool {
        self.0 & 1 << 17 != 0
    }
}
