//! The imports of a module: those names that it uses.

use std::collections::HashSet;

use super::Print;

/// Every name that modules import, by where it comes from: from the standard library, from packages, from this one.
const GROUPS: [&[(&str, &[&str])]; 3] = [
    &[("collections.abc", &["Callable"]), ("typing", &["Annotated", "Any", "Literal", "Union", "overload"])],
    &[("pydantic", &["Field"]), ("typing_extensions", &["Never", "TypeAlias", "TypeAliasType"])],
    &[
        (".", &["_validators"]),
        ("._handfast", &["rule"]),
        ("._handfast.client", &["Client"]),
        ("._handfast.event", &["EventSet"]),
        (
            "._handfast.model",
            &[
                "ABSENT", "Absent", "Boolean", "Choice", "Codec", "Integer", "Items", "Model", "Number",
                "Pattern", "String", "Whole", "anything", "plain", "schema",
            ],
        ),
        ("._handfast.protocol", &["Auth", "Channel", "Heartbeat", "Protocol"]),
        ("._handfast.report", &["At", "Report", "Test", "accepts", "violations"]),
        ("._handfast.rule", &["of_kinds"]),
        ("._handfast.socket_client", &["SocketClient"]),
        ("._handfast.subscription", &["Events", "On"]),
        (
            "._handfast.text",
            &[
                "Date",
                "DateTime",
                "Duration",
                "Email",
                "Hostname",
                "IdnEmail",
                "IdnHostname",
                "Ipv4",
                "Ipv6",
                "Iri",
                "IriReference",
                "JsonPointer",
                "Regex",
                "RelativeJsonPointer",
                "Time",
                "Uri",
                "UriReference",
                "UriTemplate",
                "Uuid",
            ],
        ),
        ("._handfast.value", &["is_number", "kind"]),
        ("._handfast.violation", &["Violation"]),
    ],
];

/// Who imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Importer {
    /// The models.
    Models,
    /// The validators, which know no names of types.
    Validators,
    /// A client.
    Client,
}

/// What only clients have.
const OF_CLIENTS: [&str; 4] =
    ["._handfast.client", "._handfast.protocol", "._handfast.socket_client", "._handfast.subscription"];

impl Print<'_> {
    /// What `module` needs that it does not define. A word of a text counts as a use: what is imported is always there.
    pub fn imports(&self, importer: Importer, module: &str) -> String {
        let is_meant = |from: &str, name: &str| {
            let is_there = importer == Importer::Client || !OF_CLIENTS.contains(&from);
            is_there && (importer == Importer::Validators || !self.table.has(name))
        };
        imports(module, is_meant)
    }
}

fn imports(module: &str, is_meant: impl Fn(&str, &str) -> bool) -> String {
    let words = words(module);
    let mut text = String::from("from __future__ import annotations\n\n");
    for (group, is_own) in GROUPS.iter().zip([false, false, true]) {
        let mut lines: String = group
            .iter()
            .map(|(from, names)| {
                let is_used = |name: &&str| words.contains(name) && is_meant(from, name);
                let used: Vec<_> = names.iter().copied().filter(is_used).collect();
                import(from, &used)
            })
            .collect();
        if is_own && words.contains("formats") {
            lines.insert_str(0, "from ._handfast import format as formats\n");
        }
        if !lines.is_empty() {
            text.push_str(&format!("{lines}\n"));
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// `from … import …`, on several lines where there are many names.
pub fn import(from: &str, names: &[&str]) -> String {
    match names {
        [] => String::new(),
        few if few.len() <= 5 => format!("from {from} import {}\n", few.join(", ")),
        many => {
            let names: String = many.iter().map(|name| format!("    {name},\n")).collect();
            format!("from {from} import (\n{names})\n")
        }
    }
}

fn words(text: &str) -> HashSet<&str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').collect()
}

impl Print<'_> {
    /// What `module` needs of the models.
    pub fn model_imports(&self, module: &str) -> String {
        let words = words(module);
        let declared = self.table.in_order().into_iter().map(|it| self.table.declaration(it).name.as_str());
        let events = ["ServerEvent", "ClientEvent", "server_events", "client_events"];
        let mut names: Vec<_> = declared.chain(events).filter(|name| words.contains(name)).collect();
        names.sort_unstable();
        import(".models", &names)
    }
}
