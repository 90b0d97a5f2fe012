//! The tokens that clients show: on the Socket.IO handshake, on `authenticate`, and as Bearer over HTTP.

use std::fmt;
use std::time::Duration;

use handfast::Uuid;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode, get_current_timestamp,
};
use serde::{Deserialize, Serialize};

use crate::builder::AuthenticatedUsername;
use crate::hs256;

/// Makes and verifies tokens.
pub struct Auth {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

/// Who a token speaks for, as its claims say.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// The user's id.
    #[serde(rename = "sub")]
    pub id: Uuid,
    /// The login name.
    pub username: AuthenticatedUsername,
    /// When the token ends, in seconds since 1970-01-01T00:00:00Z.
    pub exp: f64,
}

impl User {
    /// A user whose token is good for that long.
    pub fn new(id: Uuid, username: AuthenticatedUsername, lifetime: Duration) -> Self {
        Self { id, username, exp: get_current_timestamp() as f64 + lifetime.as_secs_f64() }
    }

    /// Whether the token has ended.
    pub fn is_expired(&self) -> bool {
        get_current_timestamp() as f64 >= self.exp
    }
}

impl Auth {
    /// Tokens of this HS256 secret.
    pub fn new(secret: &[u8]) -> Self {
        hs256::install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        // Who a token is for is not said in this protocol.
        validation.validate_aud = false;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// The user a token speaks for.
    ///
    /// # Errors
    /// The token is no good.
    pub fn verify(&self, token: &str) -> Result<User, Error> {
        let user: User = decode(token, &self.decoding, &self.validation)?.claims;
        // The library still takes a token in the very second in which it ends.
        if user.is_expired() { Err(ErrorKind::ExpiredSignature.into()) } else { Ok(user) }
    }

    /// Makes a token.
    ///
    /// # Errors
    /// The claims cannot be written as JSON.
    pub fn issue(&self, user: &User) -> Result<String, Error> {
        encode(&Header::new(Algorithm::HS256), user, &self.encoding)
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auth")
    }
}
