//! Makes a payload smaller for as long as it shows the same.

use serde_json::Value;

/// `value` without the members and items that `holds` does not need, and with shorter strings. What stands at `kept`, a JSON
/// Pointer, stays where it is and what it is. `holds` is asked `max_tries` times at most.
///
/// ```
/// use handfast_payload::generate::shrink;
/// use serde_json::json;
///
/// let small = shrink(&json!({ "a": [1, 2, -3], "b": "text" }), "/a/2", 99, &mut |value| value["a"][2] == -3);
/// assert_eq!(small, json!({ "a": [1, 2, -3] }));
/// ```
pub fn shrink(value: &Value, kept: &str, max_tries: usize, holds: &mut dyn FnMut(&Value) -> bool) -> Value {
    let (mut smallest, mut n_left) = (value.clone(), max_tries);
    loop {
        let mut has_shrunk = false;
        let mut places = Vec::new();
        collect(&smallest, String::new(), kept, &mut places);
        for place in places {
            if n_left == 0 {
                return smallest;
            }
            let Some(smaller) = smaller(&smallest, &place) else { continue };
            n_left -= 1;
            if holds(&smaller) {
                smallest = smaller;
                has_shrunk = true;
            }
        }
        if !has_shrunk {
            return smallest;
        }
    }
}

/// A change that makes a value smaller.
enum Place {
    /// The member of that name goes.
    Member(String, String),
    /// The last item goes.
    Last(String),
    /// The string gets half as long.
    Text(String),
}

/// The places at which something can go, the largest parts first.
fn collect(value: &Value, pointer: String, kept: &str, places: &mut Vec<Place>) {
    let is_kept =
        |child: &str| kept == child || kept.strip_prefix(child).is_some_and(|rest| rest.starts_with('/'));
    match value {
        Value::Object(members) => {
            let children = members.keys().map(|name| (name, format!("{pointer}/{}", escaped(name))));
            let children: Vec<_> = children.collect();
            let free = children.iter().filter(|(_, child)| !is_kept(child));
            places.extend(free.map(|(name, _)| Place::Member(pointer.clone(), (*name).clone())));
            children.into_iter().for_each(|(name, child)| collect(&members[name], child, kept, places));
        }
        Value::Array(items) => {
            let last = items.len().checked_sub(1).map(|idx| format!("{pointer}/{idx}"));
            if last.is_some_and(|last| !is_kept(&last)) {
                places.push(Place::Last(pointer.clone()));
            }
            let children = items.iter().enumerate();
            children.for_each(|(idx, item)| collect(item, format!("{pointer}/{idx}"), kept, places));
        }
        Value::String(text) if !text.is_empty() && pointer != kept => places.push(Place::Text(pointer)),
        _ => {}
    }
}

/// `value` with that change; `None` where it is gone already.
fn smaller(value: &Value, place: &Place) -> Option<Value> {
    let mut value = value.clone();
    match place {
        Place::Member(parent, name) => drop(value.pointer_mut(parent)?.as_object_mut()?.remove(name)?),
        Place::Last(parent) => drop(value.pointer_mut(parent)?.as_array_mut()?.pop()?),
        Place::Text(pointer) => {
            let target = value.pointer_mut(pointer)?;
            let text = target.as_str()?;
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            *target = half.into();
        }
    }
    Some(value)
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
