//! The client of WebSocket and Server-Sent Events: what the contract says of connections, and the types of its events.

use super::Print;
use super::docs::Docstring;
use super::imports::Importer;
use super::literal::{string, strings, tuple};
use crate::model::{Auth, Channel, Contract, EventIdx, Heartbeat, Side, Transport, member_path};
use crate::names::pascal_case;

const ON: &str =
    "Calls the decorated function, which may be a coroutine function, with each event of a topic.";
const EVENTS: &str = "The events of a topic from now on, as an asynchronous iterator.";
const REEXPORTS: &str = "from ._handfast.backoff import Backoff as Backoff
from ._handfast.error import ClientError as ClientError
";

/// What separates the parts of a hierarchical name.
const SEPARATORS: [char; 3] = ['.', ':', '/'];

impl Print<'_> {
    /// `client.py`
    pub fn client(&self, contract: &Contract) -> String {
        let title = pascal_case(self.unit.name);
        let mut docstring = Docstring::default();
        docstring.paragraph(&format!("A client of {}.", contract.title));
        let events = self.client_events(contract);
        let topics = self.topics(contract, &events);
        let class = format!(
            "\n\nclass {title}Client(Client[ServerEvent, ClientEvent]):\n{}\n    protocol = Protocol(\n{}    )\n{}{}{}",
            docstring.print("    "),
            self.protocol(contract),
            overloads(&topics, "on", "On", ON),
            overloads(&topics, "events", "Events", EVENTS),
            next_overloads(&topics),
        );
        let (imports, models) = (self.imports(Importer::Client, &class), self.model_imports(&class));
        format!("{}\n{imports}{models}{REEXPORTS}{class}", docstring.print(""))
    }

    /// The events that the server sends over WebSocket or SSE.
    fn client_events(&self, contract: &Contract) -> Vec<EventIdx> {
        let mut events: Vec<_> = channels(contract).flat_map(|it| it.sends.iter().copied()).collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    /// Names, and patterns of what several names begin with, each with the type of the events.
    fn topics(&self, contract: &Contract, events: &[EventIdx]) -> Vec<(String, String)> {
        let mut topics: Vec<(String, Vec<String>)> = Vec::new();
        let wildcard = contract.rules.filter.as_ref().map_or("*", |filter| &filter.wildcard);
        let mut patterns: Vec<(String, Vec<String>)> = Vec::new();
        for event in events {
            let (name, of) = (&contract[*event].name, self.event_type(*event));
            topics.push((name.clone(), vec![of.clone()]));
            for (index, separator) in name.char_indices().filter(|(_, it)| SEPARATORS.contains(it)) {
                let pattern = format!("{}{wildcard}", &name[..index + separator.len_utf8()]);
                match patterns.iter_mut().find(|(known, _)| *known == pattern) {
                    Some((_, types)) => types.push(of.clone()),
                    None => patterns.push((pattern, vec![of.clone()])),
                }
            }
        }
        let typed = |(topic, mut types): (String, Vec<String>)| {
            types.dedup();
            let of = if types.len() > 1 { format!("Union[{}]", types.join(", ")) } else { types.concat() };
            (topic, of)
        };
        topics.into_iter().chain(patterns).map(typed).collect()
    }

    fn protocol(&self, contract: &Contract) -> String {
        let rules = &contract.rules;
        let mut lines = vec![
            format!("channels={},", tuple(channels(contract).map(|it| channel(contract, it)))),
            "server_events=server_events,".to_owned(),
            "client_events=client_events,".to_owned(),
        ];
        let auth: Vec<_> = rules.auth.iter().filter_map(|auth| self.auth(contract, auth)).collect();
        if !auth.is_empty() {
            lines.push(format!("auth={},", tuple(auth)));
        }
        if let Some(filter) = &rules.filter {
            lines.push(format!("filter_query={},", string(&filter.query)));
            lines.push(format!("filter_separator={},", string(&filter.separator)));
            lines.push(format!("wildcard={},", string(&filter.wildcard)));
        }
        if let Some(resume) = &rules.resume {
            lines.push(format!("resume_header={},", string(&resume.header)));
            lines.push(format!("resume_id={},", path(&resume.id)));
        }
        if let Some(heartbeat) = &rules.heartbeat {
            lines.push(format!("heartbeat={},", self.heartbeat(contract, heartbeat)));
        }
        lines.into_iter().map(|line| format!("        {line}\n")).collect()
    }

    fn auth(&self, contract: &Contract, auth: &Auth) -> Option<String> {
        let of = |place: &str, name: &str, prefix: &str| {
            Some(format!("Auth({}, {}, {})", string(place), string(name), string(prefix)))
        };
        match auth {
            Auth::Header { name, scheme } => of("header", name, scheme.as_deref().unwrap_or_default()),
            Auth::Subprotocol { protocol, prefix } => of("subprotocol", protocol, prefix),
            Auth::Query { name } => of("query", name, ""),
            Auth::Cookie { name } => of("cookie", name, ""),
            Auth::SocketioAuth { .. } => None,
            Auth::Event { event, pointer } => {
                let tokens = member_path(pointer)?;
                let payload = contract[contract.event(Side::Client, event)?].payload;
                let make = self.sample(payload, Some(&tokens))?;
                Some(format!("Auth(\"event\", {}, event=lambda token: {make})", string(event)))
            }
        }
    }

    fn heartbeat(&self, contract: &Contract, heartbeat: &Heartbeat) -> String {
        let by_client = heartbeat.from == Side::Client;
        let made = if by_client { &heartbeat.ping } else { &heartbeat.pong };
        let mut arguments = vec![
            if by_client { "True" } else { "False" }.to_owned(),
            string(&heartbeat.ping),
            string(&heartbeat.pong),
        ];
        let spans =
            [("within", heartbeat.within), ("every", heartbeat.every), ("dead_after", heartbeat.dead_after)];
        for (name, span) in spans {
            arguments.extend(span.map(|span| format!("{name}={}", span.duration().as_secs_f64())));
        }
        arguments.extend(self.made(contract, made).map(|make| format!("make=lambda: {make}")));
        format!("Heartbeat({})", arguments.join(", "))
    }

    /// An expression of an event that a client sends by itself.
    pub fn made(&self, contract: &Contract, event: &str) -> Option<String> {
        self.sample(contract[contract.event(Side::Client, event)?].payload, None)
    }
}

fn channels(contract: &Contract) -> impl Iterator<Item = &Channel> {
    contract.channels.iter().filter(|it| it.transport != Transport::SocketIo)
}

fn channel(contract: &Contract, channel: &Channel) -> String {
    let transport = if channel.transport == Transport::Sse { "sse" } else { "websocket" };
    let names = |events: &[EventIdx]| {
        let names = events.iter().map(|event| contract[*event].name.as_str());
        format!("frozenset({})", strings(names))
    };
    let (sends, receives) = (names(&channel.sends), names(&channel.receives));
    format!(
        "Channel({}, {}, {}, {sends}, {receives})",
        string(&channel.key),
        string(transport),
        string(&channel.address)
    )
}

fn path(pointer: &str) -> String {
    strings(member_path(pointer).unwrap_or_default().iter().map(String::as_str))
}

fn overloads(topics: &[(String, String)], name: &str, of: &str, about: &str) -> String {
    if topics.is_empty() {
        return String::new();
    }
    let overload = |(topic, event): &(String, String)| {
        let topic = string(topic);
        format!("\n    @overload\n    def {name}(self, topic: Literal[{topic}], /) -> {of}[{event}]: ...\n")
    };
    let overloads: String = topics.iter().map(overload).collect();
    format!(
        "{overloads}\n    @overload\n    def {name}(self, topic: str, /) -> {of}[ServerEvent]: ...\n\n    \
         def {name}(self, topic: str, /) -> Any:\n        \"\"\"{about}\"\"\"\n        return super().{name}(topic)\n"
    )
}

fn next_overloads(topics: &[(String, String)]) -> String {
    if topics.is_empty() {
        return String::new();
    }
    let overload = |topic: &str, event: &str| {
        format!(
            "\n    @overload\n    async def next(\n        self,\n        topic: {topic},\n        /,\n        *,\n        \
             where: Callable[[{event}], bool] | None = None,\n        timeout: float | None = None,\n    ) -> {event}: ...\n"
        )
    };
    let overloads: String =
        topics.iter().map(|(topic, event)| overload(&format!("Literal[{}]", string(topic)), event)).collect();
    format!(
        "{overloads}{}\n    async def next(\n        self, topic: str, /, *, where: Callable[[Any], bool] | None = None, \
         timeout: float | None = None\n    ) -> Any:\n        \
         \"\"\"The next event of a topic for which `where` is true. Raises TimeoutError after `timeout` seconds.\"\"\"\n        \
         return await super().next(topic, where=where, timeout=timeout)\n",
        overload("str", "ServerEvent"),
    )
}
