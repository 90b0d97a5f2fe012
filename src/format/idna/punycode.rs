//! Punycode (RFC 3492), within the bounds of a label.

/// The most characters of a label: each takes a byte or more.
const LONGEST: usize = 63;

/// The least character that is encoded.
const FIRST: u32 = 0x80;

/// The characters of a label.
pub struct Label {
    characters: [char; LONGEST],
    n_characters: usize,
}

impl Label {
    /// `None` if there are too many.
    pub fn collect(characters: impl Iterator<Item = char>) -> Option<Self> {
        let mut label = Self { characters: ['\0'; LONGEST], n_characters: 0 };
        for character in characters {
            label.insert(label.n_characters, character)?;
        }
        Some(label)
    }

    pub fn characters(&self) -> &[char] {
        &self.characters[..self.n_characters]
    }

    fn insert(&mut self, at: usize, character: char) -> Option<()> {
        if at > self.n_characters || self.n_characters == LONGEST {
            return None;
        }
        self.characters.copy_within(at..self.n_characters, at + 1);
        self.characters[at] = character;
        self.n_characters += 1;
        Some(())
    }
}

/// What `encoded` stands for (6.2), letters of ASCII in lower case.
pub fn decode(encoded: &str) -> Option<Label> {
    let (basic, deltas) =
        encoded.rsplit_once('-').filter(|(basic, _)| !basic.is_empty()).unwrap_or(("", encoded));
    let mut label = Label::collect(basic.chars().map(|character| character.to_ascii_lowercase()))?;
    let (mut bytes, mut bias) = (deltas.bytes(), Bias::default());
    let (mut character, mut at) = (FIRST, 0_u32);
    while bytes.len() > 0 {
        let delta = bias.read(&mut bytes)?;
        let n_characters = u32::try_from(label.n_characters).ok()? + 1;
        bias.adapt(delta, n_characters);
        let place = at.checked_add(delta)?;
        character = character.checked_add(place / n_characters)?;
        at = place % n_characters;
        label.insert(at as usize, char::from_u32(character)?)?;
        at += 1;
    }
    Some(label)
}

/// The number of bytes that `label` is encoded in (6.3).
pub fn encoded_length(label: &[char]) -> usize {
    let n_basic = label.iter().filter(|character| character.is_ascii()).count();
    let mut length = if n_basic > 0 { n_basic + 1 } else { 0 };
    let (mut delta, mut n_done, mut bias) = (0, n_basic as u32, Bias::default());
    let mut least = FIRST;
    while let Some(next) = label.iter().map(|it| u32::from(*it)).filter(|it| *it >= least).min() {
        delta += (next - least) * (n_done + 1);
        for character in label.iter().map(|it| u32::from(*it)) {
            if character < next {
                delta += 1;
            } else if character == next {
                length += bias.n_digits(delta);
                n_done += 1;
                bias.adapt(delta, n_done);
                delta = 0;
            }
        }
        delta += 1;
        least = next + 1;
    }
    length
}

/// How the digits of a number are weighed (5), which the numbers before it tell.
struct Bias {
    bias: u32,
    is_first: bool,
}

impl Default for Bias {
    fn default() -> Self {
        Self { bias: 72, is_first: true }
    }
}

impl Bias {
    /// The least value of a digit that another follows, per digit.
    fn thresholds(&self) -> impl Iterator<Item = u32> + use<> {
        let bias = self.bias;
        (1..).map(move |digit: u32| (digit * 36).saturating_sub(bias).clamp(1, 26))
    }

    /// The number at the begin of `bytes`.
    fn read(&self, bytes: &mut std::str::Bytes<'_>) -> Option<u32> {
        let (mut number, mut weight) = (0_u32, 1_u32);
        for threshold in self.thresholds() {
            let digit = match bytes.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                letter @ b'A'..=b'Z' => letter - b'A',
                number @ b'0'..=b'9' => number - b'0' + 26,
                _ => return None,
            };
            number = number.checked_add(u32::from(digit).checked_mul(weight)?)?;
            if u32::from(digit) < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        Some(number)
    }

    /// How many digits `number` takes.
    fn n_digits(&self, mut number: u32) -> usize {
        let follows = |threshold: &u32| {
            let follows = number >= *threshold;
            number = number.saturating_sub(*threshold) / (36 - threshold);
            follows
        };
        self.thresholds().take_while(follows).count() + 1
    }

    fn adapt(&mut self, delta: u32, n_characters: u32) {
        let mut delta = if self.is_first { delta / 700 } else { delta / 2 };
        delta += delta / n_characters;
        let mut base = 0;
        while delta > (36 - 1) * 26 / 2 {
            delta /= 36 - 1;
            base += 36;
        }
        *self = Self { bias: base + 36 * delta / (delta + 38), is_first: false };
    }
}
