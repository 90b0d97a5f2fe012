//! Makes the paths of a generated file as short as a person would write them.
//!
//! A macro's expansion keeps the long ones, because it stands among names it does not know.

use syn::visit_mut::{self, VisitMut};

/// Prelude items, by the module that defines them; no generated type takes their names.
const PRELUDE: [(&str, &str); 6] = [
    ("option", "Option"),
    ("vec", "Vec"),
    ("string", "String"),
    ("boxed", "Box"),
    ("result", "Result"),
    ("default", "Default"),
];

/// Shortens `::std::option::Option` to `Option`, and the like.
pub fn shorten(file: &mut syn::File) {
    Shorten.visit_file_mut(file);
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let names: Vec<String> =
            path.segments.iter().take(3).map(|segment| segment.ident.to_string()).collect();
        let [root, module, item] = names.as_slice() else { return };
        let is_prelude = PRELUDE.contains(&(module.as_str(), item.as_str()));
        if path.leading_colon.is_some() && root == "std" && is_prelude {
            path.leading_colon = None;
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(2).collect();
        }
    }
}
