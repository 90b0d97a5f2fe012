handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/no-json.json");

fn main() {}
