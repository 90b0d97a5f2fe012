//! `uuid::Uuid` for `uuid`.

use uuid::Uuid as Foreign;

use crate::{Decode, Reader, Stop, Uuid, format};

/// Reads what the format `uuid` accepts, and none of the other forms that `uuid` parses. The case of letters is lost.
impl Decode for Foreign {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let text = input.string()?;
        if format::uuid(&text) { Ok(from_digits(&text)) } else { Err(Stop) }
    }
}

impl From<&Uuid> for Foreign {
    fn from(uuid: &Uuid) -> Self {
        from_digits(uuid)
    }
}

impl From<Uuid> for Foreign {
    fn from(uuid: Uuid) -> Self {
        from_digits(&uuid)
    }
}

impl From<Foreign> for Uuid {
    fn from(uuid: Foreign) -> Self {
        Self::trusted(uuid.to_string())
    }
}

/// The number that the digits of a text of the format `uuid` write.
fn from_digits(text: &str) -> Foreign {
    let digits = text.bytes().filter_map(|byte| char::from(byte).to_digit(16));
    Foreign::from_u128(digits.fold(0, |number, digit| number << 4 | u128::from(digit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_whole;

    fn read(text: &str) -> Option<Foreign> {
        read_whole(format!("{text:?}").as_bytes()).ok()
    }

    #[test]
    fn reads_what_the_format_accepts() {
        let text = "2eb8aa08-AA98-11ea-b4aa-73b441d16380";
        assert_eq!(read(text), Foreign::try_parse(text).ok());
        let bare = text.replace('-', "");
        for other in [bare.as_str(), &format!("{{{text}}}"), &format!("urn:uuid:{text}"), ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn converts_both_ways() {
        let text = "2eb8aa08-aa98-11ea-b4aa-73b441d16380";
        let ours: Uuid = text.parse().unwrap();
        let theirs = Foreign::from(&ours);
        assert_eq!(theirs, Foreign::try_parse(text).unwrap());
        assert_eq!(Uuid::from(theirs), ours);
        assert_eq!(Foreign::from(ours), theirs);
    }
}
