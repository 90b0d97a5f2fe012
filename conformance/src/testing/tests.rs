//! Assertions that hold, and assertions that fail.

use std::fs;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::*;
use crate::evolution::Mode;

#[test]
#[should_panic(expected = "do not fit together\n\nbreaking[payload-required]: ")]
fn versions_that_do_not_fit_fail_a_test() {
    crate::assert_compatible!("../docs/types/point.json", "../docs/types/order.json");
}

#[test]
fn findings_have_witnesses_and_settings_count() {
    let folder = tempfile::tempdir().unwrap();
    for (name, maximum) in [("old.json", 5), ("new.json", 4)] {
        fs::write(folder.path().join(name), format!("{{ \"maximum\": {maximum} }}")).unwrap();
    }
    let check = |mode| {
        let settings = Settings { mode, ..Settings::default() };
        compatibility(folder.path().to_str().unwrap(), "old.json", "new.json", settings)
    };
    let told = check(Mode::Full).unwrap_err();
    assert!(told.contains("breaking[payload-limit]") && told.contains("witness: 5"), "{told}");
    assert_eq!(check(Mode::Forward), Ok(()));
}

#[test]
fn what_is_wrong_with_a_document_is_told() {
    let told = compatibility("/nowhere", "old.json", "new.json", Settings::default()).unwrap_err();
    assert!(told.contains("old.json"), "{told}");
}

#[track_caller]
fn check<T: JsonSchema + Serialize + DeserializeOwned>(schema: &str, problem: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("task.json");
    fs::write(&path, schema).unwrap();
    let found = conformity::<T>(path.to_str().unwrap());
    match problem {
        None => assert_eq!(found, Ok(())),
        Some(words) => {
            let found = found.unwrap_err();
            assert!(found.contains(words), "{words}: {found}");
        }
    }
}

const TASK: &str = r#"{
    "type": "object", "required": ["id"],
    "properties": { "id": { "type": "string" }, "progress": { "type": "integer", "minimum": 0, "maximum": 255 } }
}"#;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Task {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u8>,
}

#[test]
fn a_type_that_fits() {
    let null = TASK.replace("\"integer\"", "[\"integer\", \"null\"]");
    check::<Task>(&null, None);
}

#[test]
fn a_type_that_writes_too_much() {
    check::<Task>(&TASK.replace("255", "100"), Some("its schema writes what is refused there: {"));
}

#[test]
fn a_type_that_reads_too_little() {
    let null = TASK.replace("\"integer\"", "[\"integer\", \"null\"]");
    check::<Task>(&null.replace("255", "256"), Some("its schema refuses what is accepted there: {"));
    check::<Task>(&null.replace("[\"id\"]", "[]"), Some("`required`"));
}

/// Says of itself what it does not do.
struct Liar(String);

impl JsonSchema for Liar {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Liar".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1 })
    }
}

impl Serialize for Liar {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.trim())
    }
}

impl<'de> Deserialize<'de> for Liar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() > 20 { Err(serde::de::Error::custom("too long")) } else { Ok(Self(text)) }
    }
}

#[test]
fn a_type_whose_code_differs_from_its_schema() {
    check::<Liar>(r#"{ "type": "string", "minLength": 1 }"#, Some("it can't read what is accepted there"));
    check::<Liar>(r#"{ "enum": [" "] }"#, Some("its schema writes what is refused there"));
}
