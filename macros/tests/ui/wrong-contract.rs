mod protocol {
    handfast::contract!("../../../../macros/tests/ui/documents/wrong-contract.yaml");
}

fn main() {
    // The events that could be read are still there.
    drop(protocol::ServerEvent::from_parts("tick", Default::default()));
}
