//! TypeScript: interfaces, a union and a map of events per direction, Socket.IO's event maps, and validators.
//!
//! A type accepts every valid instance, and is as narrow as that allows where people gain by it: docs/typescript.md says what
//! becomes what. Strings have no brands: who makes one would have to assert what only a validator knows. Template literals stand
//! where patterns lead to names of members; tuples are `readonly`, other arrays are not, since most functions want them so.
//!
//! Types leave nothing behind when they are compiled, and of validators only those that are used. Objects get no index signature, open
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
mod validator;

use std::collections::BTreeMap;

use super::{Backend, Files, Unit, header};
use crate::model::{Contract, SchemaIdx};
use crate::shape::Structures;
use docs::Comment;
use table::{Content, Declaration, Table};

/// Types, validators and clients.
#[derive(Debug, Clone, Copy)]
pub struct TypeScript;

impl Backend for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn about(&self) -> &'static str {
        "types, validators, Socket.IO's event maps, and typed clients"
    }

    fn origins(&self, unit: &Unit<'_>) -> BTreeMap<String, Vec<SchemaIdx>> {
        let structures = Structures::new(unit.schemas);
        let table = Table::of(unit, &structures);
        let origin = |declaration: &Declaration| match &declaration.content {
            Content::Undescribed => None,
            Content::Alias(together) | Content::Whole(together) | Content::WithoutNull(together) => {
                Some((declaration.name.clone(), together.schemas().to_vec()))
            }
        };
        table.in_order().filter_map(origin).collect()
    }

    fn generate(&self, unit: &Unit<'_>) -> Files {
        let structures = Structures::new(unit.schemas);
        let table = Table::of(unit, &structures);
        let print = Print { unit, table: &table, structures: &structures };
        let validators = validator::validators(unit, &table);
        let mut sections = vec![format!("// {}\n", header(unit).replace(literal::is_invisible, " "))];
        sections.extend(imports(unit, validators.imports));
        if let Some(contract) = unit.contract {
            sections.push(about(contract));
            sections.extend(print.events(contract));
            sections.extend(print.socket_io(contract));
        }
        sections.extend(table.in_order().map(|declaration| print.declaration(declaration)));
        sections.extend(validators.sections);
        sections.extend(unit.contract.iter().flat_map(|contract| print.connections(contract)));
        if sections.iter().all(|section| !section.contains("export ")) {
            sections.push("export {};\n".to_owned());
        }
        let mut files = Files::from([
            (format!("{}.ts", unit.name), sections.join("\n")),
            ("handfast.ts".to_owned(), runtime::validation()),
        ]);
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
    structures: &'p Structures<'p>,
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

/// What a file imports, for its validators and for what connects.
fn imports(unit: &Unit<'_>, validators: Option<String>) -> Option<String> {
    let client = unit.contract.is_some_and(client::has_client).then(client::import);
    let namespace = unit.contract.is_some_and(namespace::has_namespace).then(namespace::import);
    let imports: String = [client, namespace, validators].into_iter().flatten().collect();
    (!imports.is_empty()).then_some(imports)
}

fn about(contract: &Contract) -> String {
    let mut comment = Comment::default();
    comment.paragraph(&format!("{} {}", contract.title, contract.version));
    comment.paragraph(contract.description.as_deref().unwrap_or_default());
    comment.tag("@packageDocumentation");
    comment.print("")
}
