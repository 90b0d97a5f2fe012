//! Which channel of a contract is meant, and what of the target's URL says so.

use handfast_codegen::diagnostic::nearest;
use handfast_codegen::model::{Channel, Contract, EventIdx, Transport};
use url::Url;

use crate::error::Error;

/// What is said of the channel beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// Its key.
    pub key: Option<&'w str>,
    /// The server, as it was given.
    pub target: &'w Url,
    /// Events that the client is to send.
    pub sent: &'w [&'w str],
    /// The event that the server is to send.
    pub awaited: Option<&'w str>,
}

/// The channel that is meant, by its number: the one of the key; the one whose address the URL ends with; else the first of
/// those that carry the events, of which one that the URL's scheme suits goes first.
///
/// # Errors
/// There is none of that key, or none at all.
pub fn choose(contract: &Contract, wanted: Wanted<'_>) -> Result<usize, Error> {
    let channels = &contract.channels;
    if let Some(key) = wanted.key {
        let found = channels.iter().position(|channel| channel.key == key);
        return found.ok_or_else(|| no_such(contract, key));
    }
    if let Some(found) = channels.iter().position(|channel| base_of(wanted.target, channel).is_some()) {
        return Ok(found);
    }
    let carrying = || (0..channels.len()).filter(|index| wanted.is_carried(contract, &channels[*index]));
    let suiting = carrying().find(|index| suits(wanted.target, channels[*index].transport));
    // Where no channel carries them, the first will say what it carries.
    let first = suiting.or_else(|| carrying().next()).or((!channels.is_empty()).then_some(0));
    first.ok_or_else(|| Error::new(format!("{} has no channels", contract.title)))
}

impl Wanted<'_> {
    fn is_carried(&self, contract: &Contract, channel: &Channel) -> bool {
        let has = |events: &[EventIdx], name: &str| events.iter().any(|event| contract[*event].name == name);
        self.sent.iter().all(|name| has(&channel.receives, name))
            && self.awaited.is_none_or(|name| has(&channel.sends, name))
    }
}

fn no_such(contract: &Contract, key: &str) -> Error {
    let known: Vec<_> = contract.channels.iter().map(|channel| channel.key.as_str()).collect();
    let error = Error::new(format!("`{key}` is no channel of {}", contract.title));
    match nearest(key, &known) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("known are {}", known.join(", "))),
    }
}

fn suits(target: &Url, transport: Transport) -> bool {
    matches!(target.scheme(), "ws" | "wss") == (transport == Transport::WebSocket)
}

/// `target` without the channel's address, where it ends with that: who copies the URL of an endpoint means its server.
pub fn server_of(target: Url, channel: &Channel) -> Url {
    let Some(base) = base_of(&target, channel).map(ToOwned::to_owned) else { return target };
    let mut server = target;
    server.set_path(&base);
    server
}

fn base_of<'t>(target: &'t Url, channel: &Channel) -> Option<&'t str> {
    let address = channel.address.trim_matches('/');
    let path = target.path().trim_end_matches('/');
    path.strip_suffix(address).filter(|base| !address.is_empty() && base.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use handfast_codegen::compile;
    use handfast_codegen::source::Disk;

    use super::*;

    fn contract(path: &str) -> Contract {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(path);
        compile(&Disk::default(), &path).unwrap().contract
    }

    #[track_caller]
    fn check(path: &str, url: &str, sent: &[&str], awaited: Option<&str>, expected: (&str, &str)) {
        let contract = contract(path);
        let target = url.parse().unwrap();
        let found = choose(&contract, Wanted { key: None, target: &target, sent, awaited }).unwrap();
        let channel = &contract.channels[found];
        let server = server_of(target, channel);
        assert_eq!((channel.key.as_str(), server.as_str()), expected, "{url}");
    }

    #[test]
    fn the_url_and_the_events_say_which() {
        let orbit = "orbit/asyncapi.yaml";
        check(orbit, "ws://h:1", &[], None, ("events", "ws://h:1/"));
        check(orbit, "https://h", &[], None, ("stream", "https://h/"));
        check(orbit, "https://h", &["ping"], None, ("events", "https://h/"));
        check(orbit, "https://h", &[], Some("pong"), ("events", "https://h/"));
        check(orbit, "https://h", &[], Some("task.created"), ("stream", "https://h/"));
        check(orbit, "https://h", &["nothing"], None, ("events", "https://h/"));
        check(orbit, "https://h/a/ws/?x=y", &[], None, ("events", "https://h/a/?x=y"));
        check(orbit, "https://h/events/stream", &["ping"], None, ("stream", "https://h/"));
        check(orbit, "https://h/aws", &["ping"], None, ("events", "https://h/aws"));
        let builder = "builder/asyncapi.yaml";
        check(builder, "http://h:1/builder", &[], None, ("builder", "http://h:1/"));
        check(builder, "ws://h:1/", &[], None, ("builder", "ws://h:1/"));
    }

    #[test]
    fn a_key_goes_before_all() {
        let contract = contract("orbit/asyncapi.yaml");
        let target: Url = "ws://h".parse().unwrap();
        let wanted = Wanted { key: Some("stream"), target: &target, sent: &["ping"], awaited: None };
        assert_eq!(choose(&contract, wanted).unwrap(), 1);
        let error = choose(&contract, Wanted { key: Some("steam"), ..wanted }).unwrap_err();
        assert!(error.to_string().contains("did you mean `stream`?"), "{error}");
    }
}
