//! What is public in generated TypeScript, read from the regular form in which it is printed.

use super::{Member, Surface};

/// Maps and unions of all events: those who read them are ready for one they do not know.
const OF_EVENTS: [&str; 7] = [
    "Channels",
    "ServerEvents",
    "ServerEvent",
    "ClientEvents",
    "ClientEvent",
    "ServerToClientEvents",
    "ClientToServerEvents",
];

/// The exported types of a generated file.
pub fn surface(text: &str) -> Surface {
    let mut surface = Surface::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("export interface ") {
            let name = name_of(rest);
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
            if !rest.trim_end().ends_with("{}") && !OF_EVENTS.contains(&name) {
                surface.entry(name.to_owned()).or_default().members.extend(members(&body));
            }
        } else if let Some(rest) = line.strip_prefix("export type ").filter(|rest| rest.contains('=')) {
            let name = name_of(rest);
            let mut signature = rest.split_once('=').map_or("", |(_, rest)| rest).trim().to_owned();
            while !signature.ends_with(';') {
                let Some(more) = lines.next() else { break };
                signature.push_str(&format!(" {}", more.trim()));
            }
            let signature = signature.trim_end_matches(';').trim_start_matches("| ").to_owned();
            if !OF_EVENTS.contains(&name) {
                let member = Member { signature, breaks_when_new: false };
                surface.entry(name.to_owned()).or_default().members.insert("the type".to_owned(), member);
            }
        }
    }
    surface
}

fn name_of(declaration: &str) -> &str {
    declaration.split([' ', '<', '=', '{']).next().unwrap_or_default()
}

/// The members of an interface, from the lines between its braces.
fn members(body: &[&str]) -> Vec<(String, Member)> {
    let mut found: Vec<(String, Member)> = Vec::new();
    for line in body {
        let is_comment = ["/**", "*", "//"].iter().any(|mark| line.trim_start().starts_with(mark));
        let is_member = line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  }");
        match found.last_mut() {
            _ if is_comment || line.trim().is_empty() => {}
            _ if is_member => found.extend(member(line)),
            // A type that takes several lines.
            Some((_, member)) => {
                member.signature.push_str(&format!(" {}", line.trim().trim_end_matches(';')));
            }
            None => {}
        }
    }
    found
}

fn member(line: &str) -> Option<(String, Member)> {
    let line = line.trim().trim_end_matches(';');
    let line = line.strip_prefix("readonly ").unwrap_or(line);
    let end = match line.strip_prefix(['"', '[']) {
        Some(rest) => 1 + rest.find(if line.starts_with('"') { "\"" } else { "]" })? + 1,
        None => line.find(['?', ':', '('])?,
    };
    let (name, rest) = line.split_at(end);
    let (is_optional, of) = match rest.strip_prefix('?') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let of = of.trim_start_matches(':').trim();
    let signature = if is_optional { format!("?: {of}") } else { of.to_owned() };
    Some((name.to_owned(), Member { signature, breaks_when_new: !is_optional && !name.starts_with('[') }))
}
