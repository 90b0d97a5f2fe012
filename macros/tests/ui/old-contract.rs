handfast::contract!("../../../../macros/tests/ui/documents/old-contract.yaml");

fn main() {}
