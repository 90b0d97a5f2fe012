handfast::schema!(pub Task = "../../../../macros/tests/ui/documents/unknown-keyword.json");

fn main() {
    // What could be read is still there, so that only the schema is red.
    let task = Task::from_slice(b"{}");
    drop(task.map(|task| task.id));
}
