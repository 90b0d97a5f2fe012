handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/unresolved-reference.json");

fn main() {}
