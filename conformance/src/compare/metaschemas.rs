//! The metaschemas, for schemas that refer to them: they are in every reader's hands, and nothing is fetched for them.

use std::io;
use std::path::{Path, PathBuf};

use handfast_codegen::source::{Memory, Source};
use referencing::meta;
use serde_json::Value;

/// The folder that stands for the site of JSON Schema.
const FOLDER: &str = "json-schema.org";

/// A document in memory, beside the metaschemas.
pub struct WithMetaschemas(pub Memory);

impl Source for WithMetaschemas {
    fn read(&self, path: &Path) -> io::Result<String> {
        let known = path.strip_prefix(FOLDER).ok().and_then(Path::to_str).and_then(metaschema);
        known.map_or_else(|| self.0.read(path), |schema| Ok(schema.to_string()))
    }
}

/// Where the metaschemas are to be found.
pub fn resolve() -> Vec<(String, PathBuf)> {
    ["http", "https"].map(|scheme| (format!("{scheme}://json-schema.org/"), FOLDER.into())).into()
}

fn metaschema(path: &str) -> Option<&'static Value> {
    Some(match path {
        "draft-04/schema" => &meta::DRAFT4,
        "draft-06/schema" => &meta::DRAFT6,
        "draft-07/schema" => &meta::DRAFT7,
        "draft/2019-09/schema" => &meta::DRAFT201909,
        "draft/2019-09/meta/applicator" => &meta::DRAFT201909_APPLICATOR,
        "draft/2019-09/meta/content" => &meta::DRAFT201909_CONTENT,
        "draft/2019-09/meta/core" => &meta::DRAFT201909_CORE,
        "draft/2019-09/meta/format" => &meta::DRAFT201909_FORMAT,
        "draft/2019-09/meta/meta-data" => &meta::DRAFT201909_META_DATA,
        "draft/2019-09/meta/validation" => &meta::DRAFT201909_VALIDATION,
        "draft/2020-12/schema" => &meta::DRAFT202012,
        "draft/2020-12/meta/applicator" => &meta::DRAFT202012_APPLICATOR,
        "draft/2020-12/meta/content" => &meta::DRAFT202012_CONTENT,
        "draft/2020-12/meta/core" => &meta::DRAFT202012_CORE,
        "draft/2020-12/meta/format-annotation" => &meta::DRAFT202012_FORMAT_ANNOTATION,
        "draft/2020-12/meta/format-assertion" => &meta::DRAFT202012_FORMAT_ASSERTION,
        "draft/2020-12/meta/meta-data" => &meta::DRAFT202012_META_DATA,
        "draft/2020-12/meta/unevaluated" => &meta::DRAFT202012_UNEVALUATED,
        "draft/2020-12/meta/validation" => &meta::DRAFT202012_VALIDATION,
        _ => return None,
    })
}
