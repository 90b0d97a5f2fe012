handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/unsupported-dialect.json");

fn main() {}
