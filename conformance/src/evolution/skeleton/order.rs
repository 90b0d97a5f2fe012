//! The orders of lifecycles, in which a new name may stand wherever the old one does.

use handfast_codegen::load::Node;

use super::edit::{Edit, Page, with_tokens};

/// The edits that let the new name stand in for the old one.
pub fn widened(page: &Page<'_>, (name, renamed): &(String, String)) -> Vec<Edit> {
    let lifecycles = page.root.pointer("/x-handfast/lifecycles").and_then(Node::as_array).unwrap_or_default();
    let edit = |index: usize| {
        let span = page.span(&format!("/x-handfast/lifecycles/{index}/order"))?;
        let was = &page.text[span.range.clone()];
        let by = with_tokens(was, &[(name.clone(), format!("({name} | {renamed})"))]);
        (by != *was).then_some(Edit { range: span.range, by })
    };
    (0..lifecycles.len()).filter_map(edit).collect()
}
