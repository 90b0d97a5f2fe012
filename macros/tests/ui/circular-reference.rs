handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/circular-reference.json");

fn main() {}
