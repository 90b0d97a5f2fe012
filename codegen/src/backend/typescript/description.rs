//! The contract's rules as generated code holds them, for what connects at run time.

use super::literal;
use super::types::INDENT;
use crate::model::{Auth, Contract, Filter, Heartbeat, Resume, Side, ValueRule, member_path};

/// What stands for any run of characters where the contract has no filter that says so.
const WILDCARD: &str = "*";

/// What needs to be known of the whole contract; `module` is that of its type.
pub fn description(contract: &Contract, module: &str) -> String {
    let rules = &contract.rules;
    let name_path = rules.name_path().unwrap_or_default();
    let mut members = vec![
        ("eventName", strings(&name_path)),
        ("auth", format!("[{}]", rules.auth.iter().filter_map(auth).collect::<Vec<_>>().join(", "))),
    ];
    members.extend(rules.filter.as_ref().map(|rule| ("filter", filter(rule))));
    members.extend(rules.heartbeat.as_ref().map(|rule| ("heartbeat", heartbeat(rule))));
    members.extend(rules.resume.as_ref().map(|rule| ("resume", resume(rule))));
    members.push(("unique", list(rules.unique.iter().filter(|rule| rule.key.is_none()), unique)));
    let status = rules.refusal.as_ref().and_then(|refusal| refusal.status);
    members.extend(status.map(|status| ("refusal", status.to_string())));
    format!("const contract: {module}.ContractDescription = {};\n", object(&members))
}

/// A way for the client to send the token. What it can't touch, a browser's cookie, is none.
fn auth(auth: &Auth) -> Option<String> {
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
        Auth::Cookie { .. } => return None,
        Auth::SocketioAuth { name } => vec![("in", text("socketio-auth")), ("name", text(name))],
        Auth::Event { event, pointer } => {
            vec![("in", text("event")), ("event", text(event)), ("pointer", path(pointer))]
        }
    };
    Some(inline(&members))
}

fn filter(filter: &Filter) -> String {
    inline(&[
        ("query", literal::string(&filter.query)),
        ("separator", literal::string(&filter.separator)),
        ("wildcard", literal::string(wildcard(Some(filter)))),
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
    strings(&member_path(pointer).unwrap_or_default())
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

/// An object, one member a line.
pub fn object(members: &[(&str, String)]) -> String {
    let member = |(name, value): &(&str, String)| {
        format!("{INDENT}{name}: {},\n", value.replace('\n', &format!("\n{INDENT}")))
    };
    format!("{{\n{}}}", members.iter().map(member).collect::<String>())
}

/// What stands for any run of characters in a pattern of names.
pub fn wildcard(filter: Option<&Filter>) -> &str {
    filter.map(|filter| filter.wildcard.as_str()).filter(|wildcard| !wildcard.is_empty()).unwrap_or(WILDCARD)
}

/// The name of a member of an object: `__proto__` would set the prototype.
pub fn member_name(name: &str) -> String {
    if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { literal::property(name) }
}
