//! docs/types.md shows what is printed. Its fences say what they hold:
//!
//! - `json order.json` and `toml formats/handfast.toml` are the files of that name in docs/types.
//! - `rs` holds the types that are printed for the schema above it, or for `rs order.json#/$defs/Name`. `docs` keeps their doc
//!   comments, `impl` shows the functions to make them, and `entry` those of entry points, instead of the types.
//!
//! docs/typescript.md shows TypeScript in the same way: `ts` holds what is printed for the schema above it, without its comments
//! unless it says `docs`. Its schemas are no files, and the fences `typescript` are not printed.
//!
//! With `UPDATE_DOCS=1` the files and the types are written anew. The fences `rust` are doctests of `handfast`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use handfast_codegen::backend::Backend;
use handfast_codegen::backend::rust::Rust;
use handfast_codegen::backend::typescript::TypeScript;
use handfast_codegen::compile_schema;
use handfast_codegen::names::pascal_case;
use handfast_codegen::source::Memory;

use syn::visit_mut::{self, VisitMut};

use crate::typescript::types_of;

/// What stands between two lines of backticks.
struct Fence<'p> {
    /// The words behind the backticks.
    words: Vec<&'p str>,
    text: &'p str,
}

impl Fence<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    fn file(&self) -> Option<&str> {
        self.words.get(1).copied().filter(|_| self.has("json") || self.has("toml"))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn page(name: &str) -> String {
    fs::read_to_string(folder().join(name)).expect("the page")
}

/// The fences of the page, each behind the text before it, and the text behind the last.
fn parts(page: &str) -> (Vec<(&str, Fence<'_>)>, &str) {
    let (mut parts, mut rest) = (Vec::new(), page);
    while let Some((before, from)) = rest.split_once("\n```") {
        let (words, from) = from.split_once('\n').expect("a line behind backticks");
        let (text, after) = from.split_once("```\n").expect("the end of a fence");
        parts.push((before, Fence { words: words.split(' ').collect(), text }));
        rest = after;
    }
    (parts, rest)
}

/// The files that the page shows.
fn files<'p>(parts: &'p [(&str, Fence<'_>)]) -> BTreeMap<&'p str, &'p str> {
    let fences = parts.iter().map(|(_, fence)| fence);
    fences.filter_map(|fence| fence.file().map(|file| (file, fence.text))).collect()
}

/// The page with the types that are printed now.
fn renewed(page: &str) -> String {
    let (parts, rest) = parts(page);
    let memory =
        files(&parts).into_iter().fold(Memory::default(), |memory, (name, text)| memory.with(name, text));
    let (mut renewed, mut document) = (String::new(), "");
    for (before, fence) in &parts {
        document = fence.words.iter().find(|word| word.contains(".json")).copied().unwrap_or(document);
        let text = match fence.words[0] {
            "rs" => printed(&memory, document, fence),
            "ts" => typescript(&memory, document, fence),
            _ => fence.text.to_owned(),
        };
        renewed += &format!("{before}\n```{}\n{text}```\n", fence.words.join(" "));
    }
    renewed + rest
}

/// What is printed for a document, as far as the fence wants to show it.
fn printed(memory: &Memory, document: &str, fence: &Fence<'_>) -> String {
    let compiled =
        compile_schema(memory, Path::new(document)).unwrap_or_else(|problems| panic!("{problems}"));
    let last = document.rsplit('/').next().expect("a name").trim_end_matches(".json");
    let files = Rust.generate(&compiled.unit("guide", &pascal_case(last), document));
    let mut file = syn::parse_file(&files["guide.rs"]).unwrap_or_else(|error| panic!("{error}"));
    file.items.retain(|item| match item {
        syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Type(_) => {
            !fence.has("impl") && !fence.has("entry")
        }
        syn::Item::Impl(block) if block.trait_.is_none() => {
            fence.has(if is_entry(block) { "entry" } else { "impl" })
        }
        _ => false,
    });
    Reader { with_docs: fence.has("docs") }.visit_file_mut(&mut file);
    prettyplease::unparse(&file).replace(" {}\n    pub", ";\n    pub").replace(" {}\n}", ";\n}")
}

/// The TypeScript that is printed for a document, from its first type on.
fn typescript(memory: &Memory, document: &str, fence: &Fence<'_>) -> String {
    let compiled =
        compile_schema(memory, Path::new(document)).unwrap_or_else(|problems| panic!("{problems}"));
    let last = document.rsplit('/').next().expect("a name").trim_end_matches(".json");
    let files = TypeScript.generate(&compiled.unit("guide", &pascal_case(last), document));
    let printed = types_of(&files["guide.ts"]);
    let (_, types) = printed.split_once("\n\n").expect("a header");
    if fence.has("docs") {
        return types.to_owned();
    }
    let mut is_comment = false;
    let is_code = |line: &&str| {
        is_comment |= line.trim_start().starts_with("/**");
        let is_code = !is_comment;
        is_comment &= !line.ends_with("*/");
        is_code
    };
    types.lines().filter(is_code).map(|line| format!("{line}\n")).collect()
}

/// Whether the functions are those of entry points.
fn is_entry(block: &syn::ItemImpl) -> bool {
    let is_it = |item: &syn::ImplItem| matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "from_slice");
    block.items.iter().any(is_it)
}

/// Leaves what a reader wants to see: no attributes but `deprecated`, no bodies of functions, short paths.
struct Reader {
    with_docs: bool,
}

impl VisitMut for Reader {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let is_shown = |it: &syn::Attribute| {
            it.path().is_ident("deprecated") || self.with_docs && it.path().is_ident("doc")
        };
        attributes.retain(is_shown);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut syn::ImplItemFn) {
        function.block.stmts.clear();
        visit_mut::visit_impl_item_fn_mut(self, function);
    }

    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        receiver.mutability = None;
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(_) = path.leading_colon.take() else { return };
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let n_dropped = match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["std", ..] => names.len() - 1,
            ["handfast", "serde_json", ..] => 1,
            _ => 0,
        };
        path.segments = std::mem::take(&mut path.segments).into_iter().skip(n_dropped).collect();
    }
}

/// Compares a file with its `wanted` text, or writes it.
#[track_caller]
fn check(path: &Path, wanted: &str) {
    let current = fs::read_to_string(path).unwrap_or_default();
    if current == wanted {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        return fs::write(path, wanted).expect("the file");
    }
    let same = current.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    let line = wanted.lines().nth(same).unwrap_or_default();
    panic!("{}:{}: not `{line}`; UPDATE_DOCS=1 writes it anew", path.display(), same + 1);
}

#[test]
fn the_types_are_those_that_are_printed() {
    for name in ["types.md", "typescript.md"] {
        check(&folder().join(name), &renewed(&page(name)));
    }
}

#[test]
fn the_schemas_are_files() {
    let page = page("types.md");
    let (parts, _) = parts(&page);
    let files = files(&parts);
    for (name, text) in &files {
        check(&folder().join("types").join(name), text);
    }
    assert_eq!(n_files(&folder().join("types")), files.len(), "docs/types holds what the page does not show");
}

fn n_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { n_files(&path) } else { 1 }).sum()
}
