//! TypeScript: interfaces, a union and a map of events per direction, and Socket.IO's event maps.
//!
//! What it prints are types alone; they leave nothing behind when they are compiled. Objects get no index signature, open
//! or not: TypeScript's types are open as they are, and `[key: string]: unknown` would let every misspelled name pass as
//! `unknown`. A member that a schema does not declare is read behind `"name" in object`.

mod client;
mod declaration;
mod description;
mod docs;
mod events;
mod keys;
mod limits;
mod literal;
mod namespace;
mod naming;
mod object;
mod parts;
mod reserved;
mod runtime;
mod socket_io;
mod table;
mod types;

use super::{Backend, Files, Unit, header};
use crate::model::Contract;
use docs::Comment;
use table::Table;

/// Interfaces, unions and event maps.
#[derive(Debug, Clone, Copy)]
pub struct TypeScript;

impl Backend for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn about(&self) -> &'static str {
        "interfaces, a union of events per direction, and Socket.IO's event maps"
    }

    fn generate(&self, unit: &Unit<'_>) -> Files {
        let table = Table::of(unit);
        let print = Print { unit, table: &table };
        let mut sections = vec![format!("// {}\n", header(unit).replace(literal::is_invisible, " "))];
        if let Some(contract) = unit.contract {
            sections.push(about(contract));
            sections.extend(client::has_client(contract).then(client::import));
            sections.extend(namespace::has_namespace(contract).then(namespace::import));
            sections.extend(print.events(contract));
            sections.extend(print.socket_io(contract));
        }
        sections.extend(table.in_order().map(|declaration| print.declaration(declaration)));
        sections.extend(unit.contract.iter().flat_map(|contract| print.connections(contract)));
        if sections.iter().all(|section| !section.contains("export ")) {
            sections.push("export {};\n".to_owned());
        }
        let mut files = Files::from([(format!("{}.ts", unit.name), sections.join("\n"))]);
        if unit.contract.is_some_and(client::has_client) {
            files.insert("handfast-client.ts".to_owned(), runtime::client());
        }
        if unit.contract.is_some_and(namespace::has_namespace) {
            files.insert("handfast-socketio.ts".to_owned(), runtime::socket_io());
        }
        files
    }
}

/// What printing needs to know.
struct Print<'p> {
    unit: &'p Unit<'p>,
    table: &'p Table,
}

impl Print<'_> {
    /// What connects to the contract's channels; nothing for a contract without any.
    fn connections(&self, contract: &Contract) -> Vec<String> {
        let module = if client::has_client(contract) { client::MODULE } else { namespace::MODULE };
        let mut sections = self.client(contract);
        sections.extend(self.guarded_namespaces(contract));
        if !sections.is_empty() {
            sections.push(description::description(contract, module));
        }
        sections
    }
}

fn about(contract: &Contract) -> String {
    let mut comment = Comment::default();
    comment.paragraph(&format!("{} {}", contract.title, contract.version));
    comment.paragraph(contract.description.as_deref().unwrap_or_default());
    comment.tag("@packageDocumentation");
    comment.print("")
}
