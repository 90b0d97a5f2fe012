//! What guards the namespaces of Socket.IO at run time, and `connectSocketIo`.

use super::description::{member_name, object};
use super::docs::Comment;
use super::types::INDENT;
use super::{Print, literal};
use crate::model::{Channel, Contract, EventIdx, SchemaIdx, Transport};
use crate::shape::{Structure, Together};

/// The name of the module in generated code.
pub const MODULE: &str = "socketIo";

fn namespaces(contract: &Contract) -> impl Iterator<Item = &Channel> {
    contract.channels.iter().filter(|channel| channel.transport == Transport::SocketIo)
}

/// Whether the contract has a namespace.
pub fn has_namespace(contract: &Contract) -> bool {
    namespaces(contract).next().is_some()
}

/// The import of what guards namespaces.
pub fn import() -> String {
    format!("import * as {MODULE} from \"./handfast-socketio.js\";\n")
}

impl Print<'_> {
    /// The namespaces and `connectSocketIo`; nothing for a contract without one.
    pub fn guarded_namespaces(&self, contract: &Contract) -> Vec<String> {
        let Some(default) = namespaces(contract).next() else { return Vec::new() };
        let members: String =
            namespaces(contract).map(|channel| self.namespace_member(contract, channel)).collect();
        let about = "The namespaces, for `validated` of `./handfast-socketio.js`, by their channel's key.";
        vec![
            connect(default),
            format!(
                "/** {about} */\nexport const namespaces = {{\n{members}}} satisfies {{ readonly [key: string]: {MODULE}.NamespaceDescription }};\n"
            ),
        ]
    }

    fn namespace_member(&self, contract: &Contract, channel: &Channel) -> String {
        let members = object(&[
            ("address", literal::string(&channel.address)),
            ("server", self.event_descriptions(contract, &channel.sends)),
            ("client", self.event_descriptions(contract, &channel.receives)),
        ]);
        format!("{INDENT}{}: {},\n", member_name(&channel.key), members.replace('\n', "\n  "))
    }

    fn event_descriptions(&self, contract: &Contract, events: &[EventIdx]) -> String {
        if events.is_empty() {
            return "{}".to_owned();
        }
        let member = |event: &EventIdx| {
            let name = member_name(&contract[*event].name);
            format!("{INDENT}{name}: {},\n", self.event_description(contract, *event))
        };
        format!("{{\n{}}}", events.iter().map(member).collect::<String>())
    }

    fn event_description(&self, contract: &Contract, event: EventIdx) -> String {
        let payload = contract[event].payload;
        let mut members = format!("validate: {}", self.validator(event));
        members.push_str(self.spread(payload));
        if let Some(schema) = contract.exchange(event).and_then(|exchange| exchange.acknowledgement) {
            let validator = self.validator_of(schema);
            members.push_str(&format!(
                ", acknowledgement: {{ validate: {validator}{} }}",
                self.spread(Some(schema))
            ));
        }
        format!("{{ {members} }}")
    }

    /// Says so where a schema is that of the array of all arguments.
    fn spread(&self, schema: Option<SchemaIdx>) -> &'static str {
        let structure = schema.map(|schema| self.structures.of(&Together::of(self.unit.schemas, schema)));
        match structure.as_deref() {
            None | Some(Structure::Tuple(_)) => ", isSpread: true",
            Some(_) => "",
        }
    }

    /// The validator of a schema that has a type of its own.
    fn validator_of(&self, schema: SchemaIdx) -> String {
        match self.table.name(&Together::of(self.unit.schemas, schema)) {
            None => "() => []".to_owned(),
            Some((name, false)) => format!("validate{name}"),
            Some((name, true)) => format!("(value) => (value === null ? [] : validate{name}(value))"),
        }
    }
}

fn connect(default: &Channel) -> String {
    let key = literal::string(&default.key);
    let mut comment = Comment::default();
    comment.paragraph(&format!(
        "Connects to a namespace, that of `{}` unless `channel` names another, by the `io` of `socket.io-client`. What crosses \
         the wire is validated.",
        default.key.replace('`', "'")
    ));
    comment.paragraph("The variable it is assigned to says the socket's type: `const socket: Socket<ServerToClientEvents, ClientToServerEvents> = …`.");
    comment.tag("@throws `TypeError` for options that make no sense.");
    format!(
        "{}export function connectSocketIo<Socket extends object>(\n\
         {INDENT}io: {MODULE}.Io,\n\
         {INDENT}url: string | URL,\n\
         {INDENT}options: {MODULE}.SocketIoOptions<Socket, keyof typeof namespaces> = {{}},\n\
         ): Socket {{\n\
         {INDENT}return {MODULE}.openNamespace(io, contract, namespaces, options.channel ?? {key}, url, options);\n\
         }}\n",
        comment.print("")
    )
}
