//! Strings of a format, kept as they were written: `+02:00` stays `+02:00`, upper case stays upper case.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Decode, Reader, Stop, format};

/// A text that is not of the format that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidText {
    /// The format.
    pub format: &'static str,
    /// The text.
    pub text: String,
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {}", self.text, self.format)
    }
}

impl std::error::Error for InvalidText {}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $format:literal $test:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text as it was written.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;
            fn try_from(text: String) -> Result<Self, InvalidText> {
                if format::$test(&text) { Ok(Self(text)) } else { Err(InvalidText { format: $format, text }) }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidText;
            fn try_from(text: &str) -> Result<Self, InvalidText> {
                text.to_owned().try_into()
            }
        }

        impl FromStr for $name {
            type Err = InvalidText;
            fn from_str(text: &str) -> Result<Self, InvalidText> {
                text.try_into()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl Decode for $name {
            #[inline]
            fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
                input.string()?.into_owned().try_into().map_err(|_| Stop)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
            }
        }
    )+};
}

formats! {
    /// A UUID (RFC 4122), such as `2eb8aa08-aa98-11ea-b4aa-73b441d16380`.
    Uuid "uuid" uuid;
    /// A point in time (RFC 3339), such as `2025-11-13T09:21:05Z`.
    DateTime "date-time" date_time;
    /// A date (RFC 3339), such as `2025-11-13`.
    Date "date" date;
    /// A time of day (RFC 3339), such as `09:21:05Z`.
    Time "time" time;
    /// A length of time (RFC 3339, appendix A), such as `P3DT4H`.
    Duration "duration" duration;
    /// A mailbox (RFC 5321), such as `joe@example.org`.
    Email "email" email;
    /// A mailbox of any script (RFC 6531), such as `用户@例子.广告`.
    IdnEmail "idn-email" idn_email;
    /// A host name (RFC 1123), such as `www.example.org`.
    Hostname "hostname" hostname;
    /// A host name of any script (RFC 5890), such as `例子.广告`.
    IdnHostname "idn-hostname" idn_hostname;
    /// An IPv4 address, such as `192.0.2.1`.
    Ipv4 "ipv4" ipv4;
    /// An IPv6 address, such as `2001:db8::1`.
    Ipv6 "ipv6" ipv6;
    /// A JSON Pointer (RFC 6901), such as `/a/0`.
    JsonPointer "json-pointer" json_pointer;
    /// A relative JSON Pointer, such as `1/a`.
    RelativeJsonPointer "relative-json-pointer" relative_json_pointer;
    /// A URI (RFC 3986), such as `https://example.org/a?b#c`.
    Uri "uri" uri;
    /// A URI or a relative reference (RFC 3986), such as `../a`.
    UriReference "uri-reference" uri_reference;
    /// A URI of any script (RFC 3987), such as `https://例子.广告/你好`.
    Iri "iri" iri;
    /// An IRI or a relative reference (RFC 3987), such as `../你好`.
    IriReference "iri-reference" iri_reference;
    /// A template of URIs (RFC 6570), such as `/tasks{?page}`.
    UriTemplate "uri-template" uri_template;
}

#[cfg(feature = "pattern")]
formats! {
    /// A regular expression (ECMA-262) as text, such as `^[a-z]+$`.
    Regex "regex" regex;
}

#[cfg(feature = "uuid")]
impl Uuid {
    /// A text that is known to be of the format.
    pub(crate) fn trusted(text: String) -> Self {
        Self(text)
    }
}
