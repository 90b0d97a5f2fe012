//! Counts the lines that typify writes for a schema, formatted.

use typify_impl::{TypeSpace, TypeSpaceSettings};

fn main() {
    let file = std::env::args().nth(1).expect("the path of a schema");
    let schema = serde_json::from_str(&std::fs::read_to_string(file).expect("a file")).expect("a schema");
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_root_schema(schema).expect("a schema that typify reads");
    let text = prettyplease::unparse(&syn::parse2(types.to_stream()).expect("Rust"));
    println!("{}", text.lines().count());
}
