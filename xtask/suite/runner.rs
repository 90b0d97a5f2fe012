//! Puts instances to the generated modules. A line of the input is `{"module":"…","instance":"…"}`, the instance as JSON
//! text; the line of the output that answers it tells what the module makes of it, `null` where it panics.

use std::collections::HashMap;
use std::io::{self, Write};
use std::panic::catch_unwind;

use subject::Subject;
use subject::serde_json::{self, Value, json};

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let subjects: HashMap<&str, &Subject> = modules().into_iter().collect();
    for line in io::stdin().lines() {
        let question: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = |key: &str| question[key].as_str().unwrap();
        let subject = subjects[text("module")];
        let answer = catch_unwind(|| answer(subject, text("instance"))).unwrap_or(Value::Null);
        // Every line at once: an instance that overflows the stack is then the one without an answer.
        writeln!(io::stdout(), "{answer}").unwrap();
    }
}

fn answer(subject: &Subject, text: &str) -> Value {
    let value = serde_json::from_str(text).unwrap();
    let violations = (subject.validate)(&value).err();
    json!({
        "is_valid": (subject.is_valid)(&value),
        "violations": violations.iter().flatten().collect::<Vec<_>>(),
        "from_slice": (subject.from_slice)(text.as_bytes(), &value),
        "deserialize": (subject.deserialize)(text.as_bytes(), &value),
    })
}
