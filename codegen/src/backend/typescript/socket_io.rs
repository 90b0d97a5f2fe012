//! The event maps of Socket.IO: the type parameters of `Socket` and `Server` of the official packages.

use super::docs::Comment;
use super::types::INDENT;
use super::{Print, literal};
use crate::model::{Channel, Contract, EventIdx, Transport};
use crate::names::pascal_case;
use crate::shape::{Shape, Structure, Together};

impl Print<'_> {
    /// Two maps for each namespace; they are prefixed with its channel's key where there are several.
    pub fn socket_io(&self, contract: &Contract) -> Vec<String> {
        let is_socket_io = |channel: &&Channel| channel.transport == Transport::SocketIo;
        let channels: Vec<_> = contract.channels.iter().filter(is_socket_io).collect();
        let prefix =
            |channel: &Channel| if channels.len() > 1 { pascal_case(&channel.key) } else { String::new() };
        channels.iter().flat_map(|channel| self.namespace(contract, channel, &prefix(channel))).collect()
    }

    fn namespace(&self, contract: &Contract, channel: &Channel, prefix: &str) -> [String; 2] {
        let (server, client) =
            (format!("{prefix}ServerToClientEvents"), format!("{prefix}ClientToServerEvents"));
        let (sends, receives) = (&channel.sends, &channel.receives);
        let place = format!("in the namespace `{}`", channel.address.replace('`', "'"));
        let about_server = format!(
            "What the server emits {place}. For `Socket<{server}, {client}>` of socket.io-client\n\
             and `Server<{client}, {server}>` of socket.io. Events that are not here are heard by `onAny`."
        );
        let about_client = format!("What the client emits {place}.");
        [
            self.event_map(contract, &server, &about_server, sends),
            self.event_map(contract, &client, &about_client, receives),
        ]
    }

    fn event_map(&self, contract: &Contract, name: &str, about: &str, events: &[EventIdx]) -> String {
        let mut comment = Comment::default();
        comment.paragraph(about);
        let member = |event: &EventIdx| {
            let name = literal::string(&contract[*event].name);
            format!("{INDENT}{name}: ({}) => void;\n", self.arguments(contract, *event))
        };
        let members: String = events.iter().map(member).collect();
        format!("{}export interface {name} {{\n{members}}}\n", comment.print(""))
    }

    /// The parameters of an event: its arguments, and the acknowledgement behind them.
    fn arguments(&self, contract: &Contract, event: EventIdx) -> String {
        let name = self.table.event_name(event);
        let acknowledgement = contract.exchange(event).and_then(|exchange| exchange.acknowledgement);
        let acknowledge = acknowledgement.map(|schema| {
            let together = Together::of(self.unit.schemas, schema);
            format!("acknowledge: ({}) => void", self.response(&together))
        });
        let payload = contract[event].payload.map(|payload| Together::of(self.unit.schemas, payload));
        let arguments = match payload.map(|payload| self.structures.of(&payload)).as_deref() {
            None => Arguments::Spread("unknown[]".to_owned()),
            Some(Structure::Tuple(_)) => Arguments::Spread(name.to_owned()),
            Some(Structure::Shape(Shape::Null)) => Arguments::Null(name.to_owned()),
            Some(_) => Arguments::One(name.to_owned()),
        };
        match (arguments, acknowledge) {
            (Arguments::One(name), None) => format!("event: {name}"),
            (Arguments::One(name), Some(acknowledge)) => format!("event: {name}, {acknowledge}"),
            // `null` on the wire and nothing at all mean the same; nothing can stand before an acknowledgement.
            (Arguments::Null(name), None) => format!("event?: {name}"),
            (Arguments::Null(_), Some(acknowledge)) => acknowledge,
            (Arguments::Spread(name), None) => format!("...args: {name}"),
            (Arguments::Spread(name), Some(acknowledge)) => {
                format!("...args: [...args: {name}, {acknowledge}]")
            }
        }
    }

    /// The parameters of an acknowledgement.
    fn response(&self, together: &Together) -> String {
        let of = self.reference(together, "");
        match self.structures.of(together).as_ref() {
            Structure::Tuple(_) => format!("...response: {of}"),
            Structure::Shape(Shape::Null) => String::new(),
            _ => format!("response: {of}"),
        }
    }
}

/// The arguments of an event.
enum Arguments {
    /// One of this type.
    One(String),
    /// `null` or none.
    Null(String),
    /// As many as this type has items.
    Spread(String),
}
