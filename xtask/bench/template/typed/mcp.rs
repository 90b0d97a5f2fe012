//! The result of a tool, as the Model Context Protocol tells it to an app, and as one would write it without a generator.
//! It checks nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Serialize, Deserialize)]
#[serde(tag = "method")]
pub enum Notification {
    #[serde(rename = "ui/notifications/tool-result")]
    ToolResult { params: ToolResult },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToolResult {
    #[serde(rename = "_meta")]
    pub meta: Option<Meta>,
    pub content: Vec<Content>,
    pub structured_content: Option<Value>,
    pub is_error: Option<bool>,
}

#[derive(Serialize, Deserialize)]
pub struct Meta {
    #[serde(rename = "io.modelcontextprotocol/serverInfo")]
    pub server_info: Option<ServerInfo>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerInfo {
    pub name: String,
    pub title: Option<String>,
    pub icons: Option<Vec<Icon>>,
    pub version: String,
    pub website_url: Option<String>,
    pub description: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Icon {
    pub src: String,
    pub mime_type: Option<String>,
    pub sizes: Option<Vec<String>>,
    pub theme: Option<Theme>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    Light,
    Dark,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    Text(Text),
    Image(Media),
    Audio(Media),
    ResourceLink(ResourceLink),
    Resource(EmbeddedResource),
}

#[derive(Serialize, Deserialize)]
pub struct Text {
    pub text: String,
    pub annotations: Option<Annotations>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    pub data: String,
    pub mime_type: String,
    pub annotations: Option<Annotations>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceLink {
    pub name: String,
    pub title: Option<String>,
    pub icons: Option<Vec<Icon>>,
    pub uri: String,
    pub description: Option<String>,
    pub mime_type: Option<String>,
    pub size: Option<f64>,
    pub annotations: Option<Annotations>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
}

#[derive(Serialize, Deserialize)]
pub struct EmbeddedResource {
    pub resource: Resource,
    pub annotations: Option<Annotations>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Resource {
    Text(TextResource),
    Blob(BlobResource),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextResource {
    pub uri: String,
    pub mime_type: Option<String>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
    pub text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BlobResource {
    pub uri: String,
    pub mime_type: Option<String>,
    #[serde(rename = "_meta")]
    pub meta: Option<Map<String, Value>>,
    pub blob: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Annotations {
    pub audience: Option<Vec<Role>>,
    pub priority: Option<f64>,
    pub last_modified: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    User,
    Assistant,
}
