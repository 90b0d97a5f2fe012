//! The typed client of channels over WebSocket and SSE: its channels, what it needs to know at run time, and `connect`.

use super::docs::Comment;
use super::literal;
use super::types::INDENT;
use super::{Print, events};
use crate::model::{
    Auth, Channel, Contract, EventIdx, Filter, Heartbeat, Resume, Side, Transport, ValueRule,
};
use crate::shape::Together;

/// The name of the module of the client in generated code. No type is named so: types begin with a capital letter.
const MODULE: &str = "client";

/// What stands for any run of characters where the contract has no filter that says so.
const WILDCARD: &str = "*";

/// The channels that the client can open.
fn channels(contract: &Contract) -> impl Iterator<Item = &Channel> {
    contract.channels.iter().filter(|channel| channel.transport != Transport::SocketIo)
}

/// Whether the contract has a channel for the client.
pub fn has_client(contract: &Contract) -> bool {
    channels(contract).next().is_some()
}

/// The import of the client.
pub fn import() -> String {
    format!("import * as {MODULE} from \"./handfast-client.js\";\n")
}

impl Print<'_> {
    /// The channels, their description and `connect`; nothing for a contract without such a channel.
    pub fn client(&self, contract: &Contract) -> Vec<String> {
        let is_web_socket = |channel: &&Channel| channel.transport == Transport::WebSocket;
        let Some(default) = channels(contract).find(is_web_socket).or_else(|| channels(contract).next())
        else {
            return Vec::new();
        };
        vec![
            self.channel_types(contract),
            client_type(default),
            connect(default),
            description(contract),
            self.channel_descriptions(contract),
        ]
    }

    fn channel_types(&self, contract: &Contract) -> String {
        let members: String =
            channels(contract).map(|channel| self.channel_type(contract, channel)).collect();
        format!(
            "/** The channels that `connect` opens, by their key. */\nexport interface Channels {{\n{members}}}\n"
        )
    }

    fn channel_type(&self, contract: &Contract, channel: &Channel) -> String {
        let mut comment = Comment::default();
        comment.paragraph(channel.description.as_deref().unwrap_or_default());
        let filter = contract.rules.filter.as_ref();
        let query = channel.query.map(|query| self.reference(&Together::of(self.unit.schemas, query), ""));
        let members = [
            ("server", events_of(contract, Side::Server, &channel.sends)),
            ("client", events_of(contract, Side::Client, &channel.receives)),
            ("unknown", unknown(contract)),
            ("nameKey", name_key(contract)),
            ("wildcard", literal::string(filter.map_or(WILDCARD, wildcard))),
            ("address", literal::string(&channel.address)),
            (
                "query",
                query.map_or_else(
                    || "Record<string, string | number | boolean>".to_owned(),
                    |of| of.to_string(),
                ),
            ),
            ("hasTopics", filter.is_some().to_string()),
        ];
        let members: String =
            members.iter().map(|(name, of)| format!("{INDENT}{INDENT}{name}: {of};\n")).collect();
        let key = literal::property(&channel.key);
        format!("{}{INDENT}{key}: {{\n{members}{INDENT}}};\n", comment.print(INDENT))
    }

    fn channel_descriptions(&self, contract: &Contract) -> String {
        let description = |channel: &Channel| {
            let transport = match channel.transport {
                Transport::Sse => "eventStream",
                Transport::WebSocket | Transport::SocketIo => "webSocket",
            };
            let members = object(&[
                ("transport", format!("{MODULE}.{transport}")),
                ("address", literal::string(&channel.address)),
                ("server", self.validators(contract, &channel.sends)),
                ("client", self.validators(contract, &channel.receives)),
            ]);
            format!("{INDENT}{}: {},\n", member_name(&channel.key), members.replace('\n', "\n  "))
        };
        let members: String = channels(contract).map(description).collect();
        format!(
            "const channels: {{ readonly [key: string]: {MODULE}.ChannelDescription }} = {{\n{members}}};\n"
        )
    }

    /// The validators of events, by name.
    fn validators(&self, contract: &Contract, events: &[EventIdx]) -> String {
        if events.is_empty() {
            return "{}".to_owned();
        }
        let member = |event: &EventIdx| {
            format!("{INDENT}{}: {},\n", member_name(&contract[*event].name), self.validator(*event))
        };
        format!("{{\n{}}}", events.iter().map(member).collect::<String>())
    }

    fn validator(&self, _event: EventIdx) -> String {
        format!("{MODULE}.unchecked")
    }
}

/// The map of the events of a side, or what a channel has of it.
fn events_of(contract: &Contract, side: Side, events: &[EventIdx]) -> String {
    let map = events::map_name(side);
    if events.is_empty() {
        return "{}".to_owned();
    }
    if contract.direction(side).len() == events.len() {
        return map;
    }
    let names: Vec<_> = events.iter().map(|event| literal::string(&contract[*event].name)).collect();
    format!("Pick<{map}, {}>", names.join(" | "))
}

fn unknown(contract: &Contract) -> String {
    let is_named = contract.rules.name_path().is_some_and(|path| !path.is_empty());
    let is_told = is_named && !contract.direction(Side::Server).is_empty();
    if is_told { "UnknownServerEvent".to_owned() } else { "unknown".to_owned() }
}

/// The member that `send` fills in; deeper ones it fills in too, but no type says so.
fn name_key(contract: &Contract) -> String {
    match contract.rules.name_path().as_deref() {
        Some([member]) => literal::string(member),
        _ => "never".to_owned(),
    }
}

fn wildcard(filter: &Filter) -> &str {
    if filter.wildcard.is_empty() { WILDCARD } else { &filter.wildcard }
}

fn client_type(default: &Channel) -> String {
    let default = literal::string(&default.key);
    format!(
        "/** A connection to a channel, as `connect` gives it. */\n\
         export type Client<Channel extends keyof Channels = {default}> = {MODULE}.Client<Channels[Channel]>;\n"
    )
}

fn connect(default: &Channel) -> String {
    let key = literal::string(&default.key);
    let mut comment = Comment::default();
    comment.paragraph(&format!(
        "Connects to a channel, `{}` unless `channel` names another, and comes back by itself when the connection is lost.",
        default.key.replace('`', "'")
    ));
    comment.paragraph(
        "`url` is that of the server: the channel's address is added to its path, and the scheme is made to fit.",
    );
    comment.tag(
        "@throws `TypeError` for options that make no sense; whatever goes wrong later, `onError` hears.",
    );
    format!(
        "{}export function connect<Channel extends keyof Channels = {key}>(\n\
         {INDENT}url: string | URL,\n\
         {INDENT}options: {MODULE}.ConnectOptions<Channels[Channel], Channel> = {{}},\n\
         ): Client<Channel> {{\n\
         {INDENT}return {MODULE}.open(contract, channels, options.channel ?? {key}, url, options);\n\
         }}\n",
        comment.print("")
    )
}

/// What the client needs to know of the whole contract.
fn description(contract: &Contract) -> String {
    let rules = &contract.rules;
    let name_path = rules.name_path().unwrap_or_default();
    let mut members = vec![("eventName", strings(&name_path)), ("auth", list(&rules.auth, auth))];
    members.extend(rules.filter.as_ref().map(|rule| ("filter", filter(rule))));
    members.extend(rules.heartbeat.as_ref().map(|rule| ("heartbeat", heartbeat(rule))));
    members.extend(rules.resume.as_ref().map(|rule| ("resume", resume(rule))));
    members.push(("unique", list(rules.unique.iter().filter(|rule| rule.key.is_none()), unique)));
    let status = rules.refusal.as_ref().and_then(|refusal| refusal.status);
    members.extend(status.map(|status| ("refusal", status.to_string())));
    format!("const contract: {MODULE}.ContractDescription = {};\n", object(&members))
}

fn auth(auth: &Auth) -> String {
    let text = |text: &str| literal::string(text);
    let members = match auth {
        Auth::Header { name, scheme } => {
            let mut members = vec![("in", text("header")), ("name", text(name))];
            members.extend(scheme.as_deref().map(|scheme| ("scheme", text(scheme))));
            members
        }
        Auth::Subprotocol { protocol, prefix } => {
            vec![("in", text("subprotocol")), ("protocol", text(protocol)), ("prefix", text(prefix))]
        }
        Auth::Query { name } => vec![("in", text("query")), ("name", text(name))],
        Auth::SocketioAuth { name } => vec![("in", text("socketio-auth")), ("name", text(name))],
        Auth::Event { event, pointer } => {
            vec![("in", text("event")), ("event", text(event)), ("pointer", path(pointer))]
        }
    };
    inline(&members)
}

fn filter(filter: &Filter) -> String {
    inline(&[
        ("query", literal::string(&filter.query)),
        ("separator", literal::string(&filter.separator)),
        ("wildcard", literal::string(wildcard(filter))),
    ])
}

fn heartbeat(heartbeat: &Heartbeat) -> String {
    let from = match heartbeat.from {
        Side::Server => "server",
        Side::Client => "client",
    };
    let mut members = vec![
        ("from", literal::string(from)),
        ("ping", literal::string(&heartbeat.ping)),
        ("pong", literal::string(&heartbeat.pong)),
    ];
    let spans =
        [("withinMs", heartbeat.within), ("everyMs", heartbeat.every), ("deadAfterMs", heartbeat.dead_after)];
    members.extend(spans.into_iter().filter_map(|(name, span)| Some((name, span?.0.to_string()))));
    inline(&members)
}

fn resume(resume: &Resume) -> String {
    inline(&[("header", literal::string(&resume.header)), ("id", path(&resume.id))])
}

fn unique(rule: &ValueRule) -> String {
    inline(&[("value", path(&rule.value)), ("events", strings(&rule.events))])
}

/// The members that a JSON Pointer leads through.
fn path(pointer: &str) -> String {
    strings(&events::tokens(pointer))
}

fn strings(texts: &[String]) -> String {
    list(texts, |text| literal::string(text))
}

fn list<'i, Item: 'i>(items: impl IntoIterator<Item = &'i Item>, print: impl Fn(&Item) -> String) -> String {
    let items: Vec<_> = items.into_iter().map(print).collect();
    format!("[{}]", items.join(", "))
}

fn inline(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{{ {} }}", members.join(", "))
}

fn object(members: &[(&str, String)]) -> String {
    let member = |(name, value): &(&str, String)| {
        format!("{INDENT}{name}: {},\n", value.replace('\n', &format!("\n{INDENT}")))
    };
    format!("{{\n{}}}", members.iter().map(member).collect::<String>())
}

/// The name of a member of an object: `__proto__` would set the prototype.
fn member_name(name: &str) -> String {
    if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { literal::property(name) }
}
