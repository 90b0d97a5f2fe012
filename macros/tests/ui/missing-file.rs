handfast::contract!("../../../../macros/tests/ui/documents/nothing.yaml");

fn main() {}
