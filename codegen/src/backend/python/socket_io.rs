//! The clients of Socket.IO, one for each namespace.

use super::Print;
use super::docs::{Docstring, code};
use super::imports::Importer;
use super::literal::string;
use crate::model::{Auth, Channel, Contract, EventIdx, SchemaIdx, Side, Transport};
use crate::names::pascal_case;
use crate::shape::{Shape, Together};

const REEXPORT: &str = "from ._handfast.error import ClientError as ClientError\n";

impl Print<'_> {
    /// `socket_io.py`
    pub fn socket_io(&self, contract: &Contract) -> String {
        let is_socket_io = |channel: &&Channel| channel.transport == Transport::SocketIo;
        let channels: Vec<_> = contract.channels.iter().filter(is_socket_io).collect();
        let mut docstring = Docstring::default();
        docstring.paragraph(&format!("Clients of {} over Socket.IO.", contract.title));
        let mut classes = String::new();
        for channel in &channels {
            let prefix = if channels.len() > 1 { pascal_case(&channel.key) } else { String::new() };
            let class = format!("{}{prefix}Client", pascal_case(self.unit.name));
            classes.push_str(&self.socket_client(contract, channel, &class));
        }
        let (imports, models) = (self.imports(Importer::Client, &classes), self.model_imports(&classes));
        format!("{}\n{imports}{models}{REEXPORT}{classes}", docstring.print(""))
    }

    fn acknowledgement(&self, contract: &Contract, event: EventIdx) -> Option<SchemaIdx> {
        contract.exchange(event)?.acknowledgement
    }

    fn socket_client(&self, contract: &Contract, channel: &Channel, class: &str) -> String {
        let mut docstring = Docstring::default();
        let namespace = code(&channel.address);
        docstring.paragraph(&format!("A client of the namespace {namespace} of {}.", contract.title));
        docstring.paragraph(channel.description.as_deref().unwrap_or_default());
        format!(
            "\n\nclass {class}(SocketClient[ServerEvent, ClientEvent]):\n{}\n{}{}{}{}",
            docstring.print("    "),
            self.attributes(contract, channel),
            self.on(contract, channel),
            self.emit(contract, channel),
            self.call(contract, channel),
        )
    }

    fn attributes(&self, contract: &Contract, channel: &Channel) -> String {
        let rules = &contract.rules;
        let mut lines = vec![
            format!("namespace = {}", string(&channel.address)),
            "server_events = server_events".to_owned(),
            "client_events = client_events".to_owned(),
            format!("arguments = {{{}}}", self.arguments(contract, channel).join(", ")),
            format!("acknowledgements = {{{}}}", self.acknowledgements(contract, channel).join(", ")),
        ];
        let token = rules.auth.iter().find_map(|auth| match auth {
            Auth::SocketioAuth { name } => Some(name),
            _ => None,
        });
        lines.extend(token.map(|name| format!("auth_name = {}", string(name))));
        let refusal = rules.refusal.as_ref().and_then(|refusal| refusal.message.as_deref());
        lines.extend(refusal.map(|message| format!("refusal = {}", string(message))));
        let heartbeat = rules.heartbeat.as_ref().filter(|heartbeat| heartbeat.from == Side::Server);
        if let Some((heartbeat, make)) = heartbeat.and_then(|it| Some((it, self.made(contract, &it.pong)?))) {
            let (ping, pong) = (string(&heartbeat.ping), string(&heartbeat.pong));
            lines.push(format!("pong = ({ping}, {pong}, lambda: {make})"));
        }
        lines.into_iter().map(|line| format!("    {line}\n")).collect()
    }

    /// How data crosses the wire that is not one argument.
    fn arguments(&self, contract: &Contract, channel: &Channel) -> Vec<String> {
        let entry = |mark: &str, event: &EventIdx| {
            let kind = self.kind(contract[*event].payload).filter(|kind| *kind != "one")?;
            Some(format!("{}: \"{kind}\"", string(&format!("{mark}{}", contract[*event].name))))
        };
        let sends = channel.sends.iter().filter_map(|event| entry("<", event));
        sends.chain(channel.receives.iter().filter_map(|event| entry("", event))).collect()
    }

    fn kind(&self, payload: Option<SchemaIdx>) -> Option<&'static str> {
        let Some(payload) = payload else { return Some("spread") };
        Some(match Together::of(self.unit.schemas, payload).shape(self.unit.schemas) {
            Shape::Tuple(_) => "spread",
            Shape::Null => "none",
            _ => "one",
        })
    }

    fn acknowledgements(&self, contract: &Contract, channel: &Channel) -> Vec<String> {
        let entry = |mark: &str, event: &EventIdx| {
            let schema = self.acknowledgement(contract, *event)?;
            let together = Together::of(self.unit.schemas, schema);
            let (test, of) = (self.validators.test(&together), self.reference(&together));
            let kind = self.kind(Some(schema))?;
            let name = string(&format!("{mark}{}", contract[*event].name));
            Some(format!("{name}: (Codec({test}, lambda: {of}), \"{kind}\")"))
        };
        let sends = channel.sends.iter().filter_map(|event| entry("<", event));
        sends.chain(channel.receives.iter().filter_map(|event| entry("", event))).collect()
    }

    fn on(&self, contract: &Contract, channel: &Channel) -> String {
        let overload = |event: &EventIdx| {
            let (name, of) = (string(&contract[*event].name), self.event_type(*event));
            format!("\n    @overload\n    def on(self, event: Literal[{name}], /) -> On[{of}]: ...\n")
        };
        let overloads: String = channel.sends.iter().map(overload).collect();
        if overloads.is_empty() {
            return overloads;
        }
        format!(
            "{overloads}\n    @overload\n    def on(self, event: str, /) -> On[ServerEvent]: ...\n\n    \
             def on(self, event: str, /) -> Any:\n        \
             \"\"\"Calls the decorated function, which may be a coroutine function, with each event of that name.\"\"\"\n        \
             return self._on(event)\n"
        )
    }

    fn emit(&self, contract: &Contract, channel: &Channel) -> String {
        let overload = |event: &EventIdx| {
            let name = string(&contract[*event].name);
            let data = self.data(contract, *event);
            format!(
                "\n    @overload\n    async def emit(self, event: Literal[{name}], {data}/) -> None: ...\n"
            )
        };
        let overloads: String = channel.receives.iter().map(overload).collect();
        let implementation = "async def emit(self, event: str, data: Any = None, /) -> None:\n        \
            \"\"\"Sends an event. Raises Invalid for one that the contract does not allow, and ClientError without a connection.\"\"\"\n        \
            await self._emit(event, data)\n";
        overloaded(channel.receives.len(), &overloads, implementation)
    }

    /// The parameter of an event's data.
    fn data(&self, contract: &Contract, event: EventIdx) -> String {
        let of = self.event_type(event);
        match self.kind(contract[event].payload) {
            Some("none") => format!("data: {of} = None, "),
            _ => format!("data: {of}, "),
        }
    }

    fn call(&self, contract: &Contract, channel: &Channel) -> String {
        let answered: Vec<_> = channel
            .receives
            .iter()
            .filter_map(|event| Some((*event, self.acknowledgement(contract, *event)?)))
            .collect();
        let overload = |(event, schema): &(EventIdx, SchemaIdx)| {
            let (name, data) = (string(&contract[*event].name), self.data(contract, *event));
            let of = self.reference(&Together::of(self.unit.schemas, *schema));
            format!(
                "\n    @overload\n    async def call(self, event: Literal[{name}], {data}/, *, timeout: float = 60.0) -> {of}: ...\n"
            )
        };
        let overloads: String = answered.iter().map(overload).collect();
        let implementation = "async def call(self, event: str, data: Any = None, /, *, timeout: float = 60.0) -> Any:\n        \
             \"\"\"Sends an event, and gives the server's acknowledgement of it. Raises as `emit` does, and TimeoutError.\"\"\"\n        \
             return await self._call(event, data, timeout=timeout)\n";
        overloaded(answered.len(), &overloads, implementation)
    }
}

/// A method with its overloads; one alone is the method's signature.
fn overloaded(n_overloads: usize, overloads: &str, implementation: &str) -> String {
    match n_overloads {
        0 => String::new(),
        1 => {
            let signature = overloads.trim_start().trim_start_matches("@overload").trim();
            let body = implementation.split_once(":\n").map_or("", |(_, body)| body);
            format!("\n    {}\n{body}", signature.trim_end_matches(" ..."))
        }
        _ => format!("{overloads}\n    {implementation}"),
    }
}
