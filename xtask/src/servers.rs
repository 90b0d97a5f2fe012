//! The example servers: how each is installed, started and told its secrets.

use std::collections::BTreeMap;
use std::path::PathBuf;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::Problem;
use crate::process::{Tool, built, npm_install, python_install};

/// An example server.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    /// Its folder below `examples`.
    pub name: &'static str,
    /// The protocol it speaks: a folder of `conformance/sessions`.
    pub protocol: &'static str,
    /// What it is written with.
    pub stack: &'static str,
    /// What it needs that the repo does not install.
    pub needs: Option<Tool>,
    /// Sessions that lead to where an event can be sent, with that event: an attack goes through them, too.
    pub attacked_in: &'static [(&'static str, &'static str)],
    /// Installs what it needs and gives its command line.
    prepare: fn() -> Result<Vec<PathBuf>, Problem>,
}

/// Every example server.
pub static SERVERS: &[Server] = &[
    Server {
        name: "orbit-server",
        protocol: "orbit",
        stack: "Rust, axum",
        needs: None,
        attacked_in: &[],
        prepare: || Ok(vec![built("orbit-server")?]),
    },
    Server {
        name: "orbit-server-python",
        protocol: "orbit",
        stack: "Python, aiohttp",
        needs: Some(Tool::Python),
        attacked_in: &[],
        prepare: || {
            let python = python_install("examples/orbit-server-python", "requirements.txt")?;
            Ok(vec![python, "-m".into(), "orbit_server".into()])
        },
    },
    Server {
        name: "builder-server",
        protocol: "builder",
        stack: "Node, socket.io",
        needs: Some(Tool::Node),
        attacked_in: &[("decide", "user:decision:response")],
        prepare: || {
            npm_install("examples/builder-server")?;
            Ok(vec!["node".into(), "examples/builder-server/server.js".into()])
        },
    },
    Server {
        name: "builder-server-rust",
        protocol: "builder",
        stack: "Rust, socketioxide",
        needs: None,
        attacked_in: &[("decide", "user:decision:response")],
        prepare: || Ok(vec![built("builder-server-rust")?]),
    },
];

/// A server that can be started.
#[derive(Debug)]
pub struct Ready {
    /// Which.
    pub server: &'static Server,
    /// Its command line.
    pub command: Vec<PathBuf>,
}

impl Server {
    /// Installs what the server needs.
    ///
    /// # Errors
    /// Something can't be installed.
    pub fn prepare(&'static self) -> Result<Ready, Problem> {
        Ok(Ready { server: self, command: (self.prepare)()? })
    }
}

impl Ready {
    /// The command line in one string, quoted for a shell.
    pub fn command_line(&self) -> String {
        let words = self
            .command
            .iter()
            .map(|word| format!("'{}'", word.display().to_string().replace('\'', r"'\''")));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The command lines of servers by their names, ready to be started, as JSON: for tests written in other languages.
///
/// # Errors
/// As [`Server::prepare`].
pub fn commands(is_wanted: fn(&Server) -> bool) -> Result<String, Problem> {
    let wanted = SERVERS.iter().filter(|server| is_wanted(server));
    let commands = wanted.map(|server| Ok((server.name, server.prepare()?.command)));
    Ok(serde_json::to_string(&commands.collect::<Result<BTreeMap<_, _>, Problem>>()?)?)
}

/// What servers and sessions of one run share: secrets made for it, and pauses short enough for a demonstration.
pub fn environment() -> Result<Vec<(&'static str, String)>, Problem> {
    let secret = random_hex()?;
    Ok(vec![
        ("ORBIT_TOKEN", random_hex()?),
        ("BUILDER_TOKEN", json_web_token(&secret)?),
        ("JWT_SECRET", secret),
        ("METRICS_MS", "100".to_owned()),
        ("HEARTBEAT_MS", "500".to_owned()),
        ("STEP_MS", "10".to_owned()),
        ("PYTHONPATH", crate::root().join("examples/orbit-server-python").display().to_string()),
    ])
}

fn random_hex() -> Result<String, Problem> {
    use std::hash::{BuildHasher, RandomState};
    // The standard library's own source of randomness: a key that lives for one run on loopback needs no better.
    let word = || RandomState::new().hash_one(std::process::id());
    Ok(format!("{:016x}{:016x}", word(), word()))
}

/// A JSON Web Token (RFC 7519) of a user, signed by HS256.
fn json_web_token(secret: &str) -> Result<String, Problem> {
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let claims = serde_json::json!({
        "sub": "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a",
        "username": "demo",
        "exp": std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs() + 3600,
    });
    let signed = format!("{header}.{}", BASE64URL_NOPAD.encode(claims.to_string().as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(signed.as_bytes());
    Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())))
}
