handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/wrong-value.json");

fn main() {}
