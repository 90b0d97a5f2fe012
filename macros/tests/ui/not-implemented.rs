handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/not-implemented.json");

fn main() {}
