//! Makes a payload smaller for as long as it shows the same.

use serde_json::{Number, Value};

/// `value` without the members and items that `holds` does not need, with shorter strings and numbers nearer to zero. What stands
/// at `kept`, a JSON Pointer, stays where it is and what it is. `holds` is asked `max_tries` times at most.
///
/// ```
/// use handfast_payload::generate::shrink;
/// use serde_json::json;
///
/// let small = shrink(&json!({ "a": [1, 2, -3], "b": "text" }), "/a/2", 99, &mut |value| value["a"][2] == -3);
/// assert_eq!(small, json!({ "a": [0, 0, -3] }));
/// ```
pub fn shrink(value: &Value, kept: &str, max_tries: usize, holds: &mut dyn FnMut(&Value) -> bool) -> Value {
    let (mut smallest, mut n_left) = (value.clone(), max_tries);
    loop {
        let mut has_shrunk = false;
        let mut open = Smaller::but_for(&smallest, Some(kept));
        while n_left > 0
            && let Some(smaller) = open.next(&smallest)
        {
            n_left -= 1;
            if holds(&smaller) {
                smallest = smaller;
                has_shrunk = true;
            }
        }
        if !has_shrunk || n_left == 0 {
            return smallest;
        }
    }
}

/// The ways to make a value a little smaller that were not tried yet.
#[derive(Debug, Clone, Default)]
pub struct Smaller {
    /// The next one last.
    open: Vec<Change>,
}

impl Smaller {
    /// All ways to make `value` smaller, the largest steps first.
    pub fn than(value: &Value) -> Self {
        Self::but_for(value, None)
    }

    fn but_for(value: &Value, kept: Option<&str>) -> Self {
        let mut open = Vec::new();
        collect(value, String::new(), kept, &mut open);
        open.reverse();
        Self { open }
    }

    /// `value`, from which the ways were taken, or what became of it by some of them, with the next change that is still possible.
    pub fn next(&mut self, value: &Value) -> Option<Value> {
        std::iter::from_fn(|| self.open.pop()).find_map(|change| change.of(value))
    }
}

/// A change that makes a value smaller.
#[derive(Debug, Clone)]
enum Change {
    /// The member of that name goes.
    Member(String, String),
    /// The item of that number goes.
    Item(String, usize),
    /// The string gets half as long, or loses its last character.
    Half(String),
    Shorter(String),
    /// The number becomes zero, or half of what it is, or an integer one less.
    Zero(String),
    Halved(String),
    Less(String),
}

/// The changes that can be made, those of the largest parts first.
fn collect(value: &Value, pointer: String, kept: Option<&str>, open: &mut Vec<Change>) {
    let is_kept = |child: &str| {
        let rest = kept.and_then(|kept| kept.strip_prefix(child));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_free = kept != Some(pointer.as_str());
    match value {
        Value::Object(members) => {
            let children = members.keys().map(|name| (name, format!("{pointer}/{}", escaped(name))));
            let children: Vec<_> = children.collect();
            let free = children.iter().filter(|(_, child)| !is_kept(child));
            open.extend(free.map(|(name, _)| Change::Member(pointer.clone(), (*name).clone())));
            children.into_iter().for_each(|(name, child)| collect(&members[name], child, kept, open));
        }
        Value::Array(items) => {
            // What stands behind what goes moves.
            let n_fixed = (0..items.len()).rfind(|idx| is_kept(&format!("{pointer}/{idx}")));
            let free = n_fixed.map_or(0, |idx| idx + 1)..items.len();
            open.extend(free.rev().map(|idx| Change::Item(pointer.clone(), idx)));
            let children = items.iter().enumerate();
            children.for_each(|(idx, item)| collect(item, format!("{pointer}/{idx}"), kept, open));
        }
        Value::String(text) if !text.is_empty() && is_free => {
            open.extend([Change::Half(pointer.clone()), Change::Shorter(pointer)]);
        }
        Value::Number(number) if number.as_f64() != Some(0.0) && is_free => {
            open.extend([
                Change::Zero(pointer.clone()),
                Change::Halved(pointer.clone()),
                Change::Less(pointer),
            ]);
        }
        _ => {}
    }
}

impl Change {
    /// `value` with the change; `None` where it can't be made any more.
    fn of(&self, value: &Value) -> Option<Value> {
        let mut value = value.clone();
        match self {
            Self::Member(parent, name) => drop(value.pointer_mut(parent)?.as_object_mut()?.remove(name)?),
            Self::Item(parent, idx) => {
                let items = value.pointer_mut(parent)?.as_array_mut()?;
                (*idx < items.len()).then(|| items.remove(*idx))?;
            }
            Self::Half(pointer) => shorten(value.pointer_mut(pointer)?, |n| n / 2)?,
            Self::Shorter(pointer) => shorten(value.pointer_mut(pointer)?, |n| n - 1)?,
            Self::Zero(pointer) => *number_at(&mut value, pointer)? = 0.into(),
            Self::Halved(pointer) => {
                let number = number_at(&mut value, pointer)?;
                *number = match number.as_i64() {
                    Some(integer) => (integer / 2).into(),
                    None => Number::from_f64((number.as_f64()? / 2.0).trunc())?,
                };
            }
            Self::Less(pointer) => {
                let number = number_at(&mut value, pointer)?;
                let integer = number.as_i64()?;
                *number = (integer - integer.signum()).into();
            }
        }
        Some(value)
    }
}

fn shorten(target: &mut Value, wanted: fn(usize) -> usize) -> Option<()> {
    let text = target.as_str()?;
    let n = text.chars().count();
    let shorter: String = text.chars().take(wanted(n.max(1))).collect();
    *target = Some(shorter).filter(|_| n > 0)?.into();
    Some(())
}

fn number_at<'v>(value: &'v mut Value, pointer: &str) -> Option<&'v mut Number> {
    match value.pointer_mut(pointer)? {
        Value::Number(number) if number.as_f64() != Some(0.0) => Some(number),
        _ => None,
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
