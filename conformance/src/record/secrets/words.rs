//! Names that say that a value is a secret, and the names of the variables that stand for them.

/// Words that name a secret, in a name of any number of words.
const SECRET: &[&str] = &[
    "apikey",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "cvv",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pwd",
    "secret",
    "signature",
    "token",
];

/// Pairs of words that do, where each alone does not.
const PAIRS: &[(&str, &str)] = &[
    ("access", "key"),
    ("api", "key"),
    ("auth", "key"),
    ("encryption", "key"),
    ("private", "key"),
    ("signing", "key"),
];

/// Last words that say that the value is about a secret, and none.
const ABOUT: &[&str] = &[
    "at", "count", "expires", "expiry", "in", "kind", "length", "limit", "required", "ttl", "type", "valid",
];

/// Whether what is called `name` is a secret: `accessToken`, `api_key`, `X-Auth-Token`.
pub fn is_secret(name: &str) -> bool {
    let words = split(name);
    let is_named = words.iter().any(|word| SECRET.contains(&word.as_str()))
        || words.windows(2).any(|pair| PAIRS.iter().any(|(a, b)| pair[0] == *a && pair[1] == *b));
    is_named && !words.last().is_some_and(|last| ABOUT.contains(&last.as_str()))
}

/// The environment variable for the secret called `name`: `ORBIT_ACCESS_TOKEN`.
pub fn variable(prefix: &str, name: &str) -> String {
    let mut words: Vec<String> = split(name).iter().map(|word| word.to_ascii_uppercase()).collect();
    words.retain(|word| word != "X");
    if words.is_empty() {
        words.push("SECRET".to_owned());
    }
    if words.first().is_some_and(|first| first != prefix) {
        words.insert(0, prefix.to_owned());
    }
    words.join("_")
}

/// The words of `name`, in lower case: at `_`, `-` and the like, and where a capital letter follows a small one.
pub fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for char in name.chars() {
        let is_new =
            !char.is_ascii_alphanumeric() || char.is_ascii_uppercase() && before.is_ascii_lowercase();
        if is_new {
            words.push(String::new());
        }
        if let (true, Some(word)) = (char.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(char.to_ascii_lowercase());
        }
        before = char;
    }
    words.retain(|word| !word.is_empty());
    words
}
