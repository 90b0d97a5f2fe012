//! The typed client of channels over WebSocket and SSE: its channels, what it needs to know at run time, and `connect`.

use super::description::{member_name, object, wildcard};
use super::docs::Comment;
use super::types::INDENT;
use super::{Print, events, literal};
use crate::model::{Channel, Contract, EventIdx, Side, Transport};
use crate::shape::Together;

/// The name of the module of the client in generated code. No type is named so: types begin with a capital letter.
pub const MODULE: &str = "client";

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
            ("wildcard", literal::string(wildcard(filter))),
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

    /// The name of the validator of an event.
    pub fn validator(&self, event: EventIdx) -> String {
        format!("validate{}", self.table.event_name(event))
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
