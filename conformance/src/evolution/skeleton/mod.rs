//! Writes what publishes a breaking change under a new name: the old event as it was, and beside it the new one with a schema of its
//! own, wherever the contract names it.

mod edit;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use handfast_codegen::load::{Node, NodeKind, beside, clean, parse};
use handfast_codegen::model::SchemaIdx;
use handfast_codegen::pointer::{last_token, pointer_push};
use handfast_codegen::source::Source;

use super::rule::VERSION_NAME;
use super::{Outcome, Revision, SubjectKind, next_name};
use edit::{Edit, apply};
pub(super) use edit::{Page, with_tokens};

/// Files by their path, as they should be.
pub type Files = BTreeMap<PathBuf, String>;

/// What is renamed.
struct Renaming<'r> {
    old: &'r Revision,
    new: &'r Revision,
    /// The file that the message stands in: the contract's own, or one that it refers to.
    home: String,
    /// The pointer to the message there; empty where the file is nothing else.
    message: String,
    /// The event's name, and the new one.
    name: (String, String),
    /// What becomes what: the key of the message, the event's name.
    replaced: Vec<(String, String)>,
    payload: Payload,
}

/// Where the payload's schema stands.
enum Payload {
    /// In a file of its own: that of the old revision and of the new, and that of the twin.
    File { old: String, new: String, twin: String },
    /// In the contract.
    Inline,
}

/// The files that give every event that needs it a new name. Paths are those that places in `new` have.
///
/// # Errors
/// What can't be written by itself, in a sentence.
pub fn skeleton(old: &Revision, new: &Revision, outcome: &Outcome) -> Result<Files, String> {
    let main = new.main_file().ok_or("the contract can't be read")?;
    let mut files = Files::new();
    let mut text = main.text.clone();
    let wanted =
        outcome.findings.iter().filter(|finding| *finding.rule == VERSION_NAME && finding.excepted.is_none());
    for finding in wanted {
        let renaming = Renaming::of(old, new, &finding.subject)?;
        text = renaming.contract(&text)?;
        files.extend(renaming.elsewhere(&files)?);
        files.extend(renaming.schemas()?);
    }
    if !files.is_empty() || text != main.text {
        files.insert(PathBuf::from(new.main_name()), text);
    }
    Ok(files)
}

impl<'r> Renaming<'r> {
    fn of(old: &'r Revision, new: &'r Revision, subject: &super::Subject) -> Result<Self, String> {
        let missing = || format!("{subject} can't be renamed: its message is not in {}", new.label);
        let contract = new.contract().ok_or_else(missing)?;
        let versioning = contract.rules.versioning.as_ref().ok_or_else(missing)?;
        let producer = subject.producer.filter(|_| subject.kind == SubjectKind::Event).ok_or_else(missing)?;
        let event = contract.event(producer, &subject.name).ok_or_else(missing)?;
        let (event, old_event) =
            (&contract[event], old.contract().and_then(|it| Some(&it[it.event(producer, &subject.name)?])));
        let message = event.location.pointer().to_owned();
        let home = event.location.file.clone();
        let was_at = old_event.map(|event| (event.location.file.as_str(), event.location.pointer()));
        if was_at
            .is_some_and(|(file, pointer)| home != new.main_name() && (file, pointer) != (&home, &message))
        {
            return Err(format!(
                "the message of {subject} stands in {home} by now, and stood elsewhere: put it back there first"
            ));
        }
        let name = next_name(&subject.name, versioning, &[old, new]);
        let key = last_token(&message);
        let renamed = |text: &str| renamed(text, &subject.name, &name, &versioning.suffix);
        let replaced = vec![(key.clone(), renamed(&key)), (subject.name.clone(), name.clone())];
        let old_payload = old_event.and_then(|event| event.payload);
        let payload = match (old_payload, event.payload) {
            (Some(was), Some(is)) => payload([old, new], &home, [was, is], &renamed)?,
            _ => Payload::Inline,
        };
        let name = (subject.name.clone(), name);
        let renaming = Self { old, new, home, message, name, replaced, payload };
        if renaming.is_alone() && new.file_text(&renaming.twin_home()).is_some() {
            return Err(format!("{} is there already", renaming.twin_home()));
        }
        Ok(renaming)
    }

    /// The contract with a twin of everything that names the message, and of the message if it stands there.
    fn contract(&self, text: &str) -> Result<String, String> {
        let path = Path::new(self.new.main_name());
        let root = parse(path, text).map_err(|error| error.message)?;
        let page = Page { text, root: &root };
        let is_here = self.home == self.new.main_name();
        let mut edits = Vec::new();
        let mut references = Vec::new();
        if is_here {
            edits.extend(self.twin(&page, &self.message));
            references.push(format!("#{}", self.message));
        } else {
            references.extend(self.references_home(&root));
            self.follow(&page, "/components/messages", &mut references, &mut edits);
        }
        self.follow(&page, "/channels", &mut references, &mut edits);
        self.follow(&page, "/operations", &mut references, &mut edits);
        named(&root, &self.name.0).iter().for_each(|pointer| edits.extend(self.twin(&page, pointer)));
        edits.extend(order::widened(&page, &self.name));
        if let (Payload::Inline, true) = (&self.payload, is_here) {
            edits.extend(self.as_it_was(&page)?);
        }
        Ok(apply(text, edits))
    }

    /// Twins of what below `start` refers to one of `references`, which then counts as one, too.
    fn follow(&self, page: &Page<'_>, start: &str, references: &mut Vec<String>, edits: &mut Vec<Edit>) {
        for pointer in references_to(page.root, references, start) {
            edits.extend(self.twin(page, &pointer));
            references.push(format!("#{pointer}"));
        }
    }

    /// A twin of what is at `pointer`, with new names in it.
    fn twin(&self, page: &Page<'_>, pointer: &str) -> Option<Edit> {
        let mut replaced = self.replaced.clone();
        if let Payload::File { new, twin, .. } = &self.payload {
            replaced.insert(0, (file_name(new), file_name(twin)));
        }
        if self.is_alone() {
            replaced.insert(0, (file_name(&self.home), file_name(&self.twin_home())));
        }
        // Whoever refers to the message may call it something else.
        let key = last_token(pointer);
        let is_listed = key.parse::<usize>().is_ok();
        if !is_listed && with_tokens(&key, &replaced) == key {
            replaced.push((key.clone(), self.renamed(&key)));
        }
        page.span(pointer).map(|span| page.twin(&span, &replaced))
    }

    /// `text` with the version of the new name.
    fn renamed(&self, text: &str) -> String {
        let versioning = self.new.contract().and_then(|contract| contract.rules.versioning.as_ref());
        let suffix = versioning.map_or(".v", |versioning| versioning.suffix.as_str());
        renamed(text, &self.name.0, &self.name.1, suffix)
    }

    /// Whether the message has a file of its own.
    fn is_alone(&self) -> bool {
        self.home != self.new.main_name() && self.message.is_empty()
    }

    /// The file of the twin of a message that has its own.
    fn twin_home(&self) -> String {
        let name = self.renamed(&file_name(&self.home));
        Path::new(&self.home).with_file_name(name).display().to_string()
    }

    /// The references in the contract, as they are written, that lead to a message in another file.
    fn references_home(&self, root: &Node) -> BTreeSet<String> {
        let main = Path::new(self.new.main_name());
        let leads_home = |reference: &str| {
            let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            !file.is_empty()
                && beside(main, file) == clean(Path::new(&self.home))
                && pointer.trim_end_matches('/') == self.message
        };
        let mut found = BTreeSet::new();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let reference = node.get("$ref").and_then(Node::as_str);
            found.extend(reference.filter(|reference| leads_home(reference)).map(str::to_owned));
            open.extend(
                node.as_object().into_iter().flat_map(|members| members.values()).map(|entry| &entry.value),
            );
            open.extend(node.as_array().unwrap_or_default());
        }
        found
    }

    /// The file of a message that does not stand in the contract, with its twin: in it, or in a file beside it.
    fn elsewhere(&self, files: &Files) -> Result<Files, String> {
        if self.home == self.new.main_name() {
            return Ok(Files::new());
        }
        let missing = || format!("{} is not there any more", self.home);
        let path = PathBuf::from(&self.home);
        let text = files.get(&path).map(String::as_str).or_else(|| self.new.file_text(&self.home));
        let text = text.ok_or_else(missing)?;
        if self.is_alone() {
            let was = self.old.file_text(&self.home).ok_or_else(missing)?;
            let mut replaced = self.replaced.clone();
            if let Payload::File { new, twin, .. } = &self.payload {
                replaced.insert(0, (file_name(new), file_name(twin)));
            }
            let twin = with_tokens(text, &replaced);
            return Ok(Files::from([(path, was.to_owned()), (PathBuf::from(self.twin_home()), twin)]));
        }
        let root = parse(&path, text).map_err(|error| error.message)?;
        let page = Page { text, root: &root };
        let mut edits: Vec<Edit> = self.twin(&page, &self.message).into_iter().collect();
        if let Payload::Inline = self.payload {
            edits.extend(self.as_it_was(&page)?);
        }
        Ok(Files::from([(path, apply(text, edits))]))
    }

    /// The message with its payload as it was.
    fn as_it_was(&self, page: &Page<'_>) -> Result<Option<Edit>, String> {
        let cannot = || format!("the payload of `{}` can't be put back: it stood elsewhere", self.name.0);
        let home = self.old.file(&self.home).filter(|_| self.home != self.new.main_name());
        let home = home.or_else(|| self.old.main_file()).ok_or_else(cannot)?;
        let old = Page { text: &home.text, root: &home.root };
        let pointer = pointer_push(&self.message, "payload");
        let (was, is) = (old.span(&pointer).ok_or_else(cannot)?, page.span(&pointer).ok_or_else(cannot)?);
        Ok(Some(Edit { range: is.range, by: home.text[was.range].to_owned() }))
    }

    /// The schema's file as it was, and its twin as it is.
    fn schemas(&self) -> Result<Files, String> {
        let Payload::File { old, new, twin } = &self.payload else { return Ok(Files::new()) };
        let missing = |file: &str| format!("{file} is not there any more");
        let was = self.old.file_text(old).ok_or_else(|| missing(old))?;
        let is = self.new.file_text(new).ok_or_else(|| missing(new))?;
        Ok(Files::from([
            (PathBuf::from(new), was.to_owned()),
            (PathBuf::from(twin), with_tokens(is, &self.replaced)),
        ]))
    }
}

/// Where the payload's schema stands in both revisions, and where its twin would.
fn payload(
    revisions: [&Revision; 2],
    home: &str,
    schemas: [SchemaIdx; 2],
    renamed: &dyn Fn(&str) -> String,
) -> Result<Payload, String> {
    let locations = [0, 1].map(|index| {
        let all = revisions[index].schemas();
        &all[all.follow(schemas[index])].location
    });
    let is_in_main = home == revisions[1].main_name();
    let is_own = |index: usize| {
        let around = if is_in_main { revisions[index].main_name() } else { home };
        locations[index].file != around
    };
    match (is_own(0), is_own(1)) {
        (false, false) => Ok(Payload::Inline),
        (true, true) if locations.iter().all(|location| location.pointer().is_empty()) => {
            let (old, new) = (locations[0].file.clone(), locations[1].file.clone());
            let twin = Path::new(&new).with_file_name(renamed(&file_name(&new))).display().to_string();
            if revisions[1].file_text(&twin).is_some() {
                return Err(format!("{twin} is there already"));
            }
            Ok(Payload::File { old, new, twin })
        }
        _ => Err(format!("the payload at {} has no file of its own", locations[1].uri)),
    }
}

/// `text` with the version of `new` where it has `old` or its base, else with the version before its first point.
fn renamed(text: &str, old: &str, new: &str, suffix: &str) -> String {
    if text.contains(old) {
        return text.replacen(old, new, 1);
    }
    let version = new.rsplit_once(suffix).map_or("2", |(_, version)| version);
    let marked = format!("{suffix}{version}");
    // `agent.output.v2`, of the name `agent:output.v2`, for `agent.output`.
    let previous = old.rsplit_once(suffix).filter(|(_, version)| version.parse::<u64>().is_ok());
    let bare = previous.map(|(_, version)| format!("{suffix}{version}"));
    let stem_end = [".schema.json", ".json", ".schema.yaml", ".yaml", ".yml"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending));
    let (stem, ending) = text.split_at(stem_end.map_or(text.len(), str::len));
    let stem = bare.and_then(|bare| stem.strip_suffix(bare.as_str())).unwrap_or(stem);
    format!("{stem}{marked}{ending}")
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The members and elements below `start` that are nothing but one of these references.
fn references_to(root: &Node, references: &[String], start: &str) -> Vec<String> {
    let is_reference = |node: &Node| {
        let reference = node.get("$ref").and_then(Node::as_str);
        reference.is_some_and(|reference| references.iter().any(|known| known == reference))
    };
    below(root, start, &is_reference)
}

/// The lists and keys of the extension that name the event.
fn named(root: &Node, name: &str) -> Vec<String> {
    let is_name = |node: &Node| node.as_str() == Some(name);
    let lists = [
        "/x-handfast/noise",
        "/x-handfast/before-auth",
        "/x-handfast/unique",
        "/x-handfast/monotonic",
        "/x-handfast/extensible",
    ];
    let mut found: Vec<String> = lists.iter().flat_map(|list| below(root, list, &is_name)).collect();
    let lifecycles = root.pointer("/x-handfast/lifecycles").and_then(Node::as_array).unwrap_or_default();
    for (index, lifecycle) in lifecycles.iter().enumerate() {
        let keys = lifecycle.get("key").and_then(Node::as_object);
        if keys.is_some_and(|keys| keys.contains_key(name)) {
            found.push(pointer_push(&format!("/x-handfast/lifecycles/{index}/key"), name));
        }
    }
    // A value that happens to be a pointer is none of a list of names.
    found.retain(|pointer| !pointer.ends_with("/value"));
    found
}

fn below(root: &Node, start: &str, is_wanted: &dyn Fn(&Node) -> bool) -> Vec<String> {
    let Some(node) = root.pointer(start) else { return Vec::new() };
    if is_wanted(node) {
        return vec![start.to_owned()];
    }
    let tokens: Vec<String> = match &node.kind {
        NodeKind::Object(members) => members.keys().cloned().collect(),
        NodeKind::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    tokens.iter().flat_map(|token| below(root, &pointer_push(start, token), is_wanted)).collect()
}

/// Files that lie over those of another source.
pub struct Overlay<'s> {
    /// The files.
    pub files: &'s Files,
    /// The source below.
    pub below: &'s dyn Source,
}

impl Source for Overlay<'_> {
    fn read(&self, path: &Path) -> io::Result<String> {
        self.files.get(path).cloned().map_or_else(|| self.below.read(path), Ok)
    }
}
