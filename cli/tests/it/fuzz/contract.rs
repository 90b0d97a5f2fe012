//! The contract of the board, for each way to carry it.

use serde_json::{Value, json};

/// What carries events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavor {
    WebSocket,
    SocketIo,
    Http,
}

impl Flavor {
    fn protocol(self) -> &'static str {
        match self {
            Self::WebSocket => "ws",
            Self::SocketIo => "socketio",
            Self::Http => "http",
        }
    }

    /// The schema of an event with these members, the first ones required.
    fn payload(self, name: &str, members: &[(&str, Value)], n_required: usize) -> Value {
        let mut properties: serde_json::Map<String, Value> =
            members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
        let mut required: Vec<&str> = members[..n_required].iter().map(|(name, _)| *name).collect();
        if self == Self::WebSocket {
            properties.insert("type".to_owned(), json!({ "const": name }));
            required.push("type");
        }
        json!({
            "type": "object", "required": required, "properties": properties, "additionalProperties": false,
        })
    }
}

/// Where the board is: the values of the parameter in its addresses.
pub const PLACES: [&str; 2] = ["hall", "yard"];

const CLIENT: [&str; 6] = ["join", "get", "set", "say", "open", "settle"];
const SERVER: [&str; 6] = ["joined", "level", "said", "opened", "settled", "refused"];

/// The contract as JSON, with texts of up to `max_text` characters.
pub fn contract(flavor: Flavor, max_text: usize) -> String {
    let document = match flavor {
        Flavor::Http => http(max_text),
        _ => sockets(flavor, max_text),
    };
    serde_json::to_string_pretty(&document).unwrap()
}

/// An event: its name, its members, and how many of them it requires.
type Event = (&'static str, Vec<(&'static str, Value)>, usize);

fn messages(flavor: Flavor, max_text: usize) -> serde_json::Map<String, Value> {
    let room = json!({ "type": "string", "minLength": 1, "maxLength": 20 });
    let level = json!({ "type": "integer", "minimum": 0, "maximum": 100 });
    let text = json!({ "type": "string", "maxLength": max_text });
    let mood = json!({ "enum": ["calm", "loud"] });
    let ticket = json!({ "type": "string", "pattern": "^t[0-9]+$" });
    let room = |more: &[(&'static str, Value)]| [&[("room", room.clone())], more].concat();
    let events: [Event; 12] = [
        ("join", room(&[]), 1),
        ("get", room(&[]), 1),
        ("set", room(&[("level", level.clone())]), 2),
        ("say", room(&[("text", text.clone()), ("mood", mood)]), 2),
        ("open", vec![], 0),
        ("settle", vec![("ticket", ticket.clone())], 1),
        ("joined", room(&[]), 1),
        ("level", room(&[("level", level)]), 2),
        ("said", room(&[("text", text)]), 2),
        ("opened", vec![("ticket", ticket.clone())], 1),
        ("settled", vec![("ticket", ticket)], 1),
        ("refused", vec![("reason", json!({ "type": "string" }))], 1),
    ];
    let message = |(name, members, n): Event| {
        (name.to_owned(), json!({ "payload": flavor.payload(name, &members, n) }))
    };
    events.into_iter().map(message).collect()
}

fn reference(channel: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/channels/{channel}/messages/{name}") })
}

fn sockets(flavor: Flavor, max_text: usize) -> Value {
    let names = CLIENT.iter().chain(&SERVER);
    let listed: serde_json::Map<String, Value> = names
        .map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/messages/{name}") })))
        .collect();
    let channel = json!({ "$ref": "#/channels/board" });
    let place = json!({ "enum": PLACES });
    let receive = |name: &str, reply: Option<&str>| {
        let mut operation =
            json!({ "action": "receive", "channel": channel, "messages": [reference("board", name)] });
        if let Some(reply) = reply {
            operation["reply"] = json!({ "channel": channel, "messages": [reference("board", reply)] });
        }
        operation
    };
    let mut set = receive("set", Some("level"));
    if flavor == Flavor::SocketIo {
        set["reply"] = Value::Null;
        set.as_object_mut().unwrap().remove("reply");
        set["x-ack"] =
            json!({ "type": "object", "required": ["ok"], "properties": { "ok": { "type": "boolean" } } });
    }
    let key = json!({ "opened": "/ticket", "settle": "/ticket", "settled": "/ticket" });
    let mut rules = json!({
        "rooms": [{ "enter": { "join": "/room" }, "events": { "said": "/room" } }],
        "lifecycles": [{ "name": "ticket", "key": key, "order": "opened (settle settled?)?" }],
        "refusal": { "event": "refused", "acknowledgement": { "ok": false } },
    });
    if flavor == Flavor::WebSocket {
        rules["event-name"] = json!("$message.payload#/type");
    }
    json!({
        "asyncapi": "3.0.0",
        "info": { "title": "Board", "version": "1.0.0" },
        "servers": { "main": { "host": "localhost", "protocol": flavor.protocol() } },
        "channels": { "board": { "address": "/board/{place}", "parameters": { "place": place }, "messages": listed } },
        "operations": {
            "join": receive("join", Some("joined")), "get": receive("get", Some("level")), "set": set,
            "say": receive("say", None), "open": receive("open", Some("opened")), "settle": receive("settle", Some("settled")),
            "tell": { "action": "send", "channel": channel, "messages": [reference("board", "said"), reference("board", "refused")] },
        },
        "components": { "messages": messages(flavor, max_text) },
        "x-handfast": rules,
    })
}

/// Requests over HTTP, and a stream of what is said.
fn http(max_text: usize) -> Value {
    let all = messages(Flavor::Http, max_text);
    let mut requests = all.clone();
    for name in ["set", "say"] {
        requests[name] = all[name].clone();
    }
    let channel = |address: &str, name: &str| {
        let message = json!({ "$ref": format!("#/components/messages/{name}") });
        json!({ "address": address, "messages": { name: message } })
    };
    let mut set = channel("/level", "set");
    let status = json!({ "http": { "statusCode": 200 } });
    set["messages"]["level"] = json!({ "payload": all["level"]["payload"], "bindings": status });
    let mut say = channel("/say/{place}", "say");
    say["parameters"] = json!({ "place": { "enum": PLACES } });
    let operation = |action: &str, at: &str, name: &str, method: &str| {
        json!({
            "action": action, "channel": { "$ref": format!("#/channels/{at}") }, "messages": [reference(at, name)],
            "bindings": { "http": { "method": method } },
        })
    };
    let mut setting = operation("receive", "set", "set", "POST");
    setting["reply"] =
        json!({ "channel": { "$ref": "#/channels/set" }, "messages": [reference("set", "level")] });
    json!({
        "asyncapi": "3.0.0",
        "info": { "title": "Board", "version": "1.0.0" },
        "servers": { "main": { "host": "localhost", "protocol": "http" } },
        "channels": {
            "stream": channel("/stream", "said"),
            "set": set, "say": say, "level": channel("/level-of-a", "get"),
        },
        "operations": {
            "told": operation("send", "stream", "said", "GET"),
            "set": setting,
            "say": operation("receive", "say", "say", "POST"),
            "level": operation("receive", "level", "get", "GET"),
        },
        "components": { "messages": requests },
    })
}
