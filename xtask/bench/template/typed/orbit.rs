//! What orbit's server sends, as one would write it without a generator. It checks nothing.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ServerEvent {
    #[serde(rename = "task.created")]
    TaskCreated(Event<TaskCreated>),
    #[serde(rename = "task.updated")]
    TaskUpdated(Event<TaskUpdated>),
    #[serde(rename = "task.completed")]
    TaskCompleted(Event<TaskCompleted>),
    #[serde(rename = "container.status")]
    ContainerStatus(Event<ContainerStatus>),
    #[serde(rename = "container.metrics")]
    ContainerMetrics(Event<ContainerMetrics>),
    #[serde(rename = "app.install.log")]
    AppInstallLog(Event<AppInstallLog>),
    #[serde(rename = "snapshot.created")]
    SnapshotCreated(Event<SnapshotCreated>),
    #[serde(rename = "export.ready")]
    ExportReady(Event<ExportReady>),
    #[serde(rename = "pong")]
    Pong(Event<Pong>),
}

#[derive(Serialize, Deserialize)]
pub struct Event<P> {
    pub id: String,
    pub timestamp: String,
    pub context: Option<Context>,
    pub payload: P,
}

#[derive(Serialize, Deserialize)]
pub struct Context {
    pub container_id: Option<String>,
    pub task_id: Option<String>,
    pub user_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct TaskCreated {
    pub task: Task,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    pub r#type: String,
    pub status: ActiveTaskStatus,
    pub progress: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActiveTaskStatus {
    Queued,
    Running,
}

#[derive(Serialize, Deserialize)]
pub struct TaskUpdated {
    pub task_id: String,
    pub status: Option<ActiveTaskStatus>,
    pub progress: Option<u8>,
    pub message: Option<String>,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct TaskCompleted {
    pub task_id: String,
    pub status: FinalTaskStatus,
    pub result: Option<serde_json::Map<String, serde_json::Value>>,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FinalTaskStatus {
    Succeeded,
    Failed,
    Cancelled,
}

#[derive(Serialize, Deserialize)]
pub struct ContainerStatus {
    pub container_id: String,
    pub status: String,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct ContainerMetrics {
    pub container_id: String,
    pub cpu_percent: f64,
    pub memory_bytes: u64,
    pub disk_bytes: u64,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct AppInstallLog {
    pub app_id: String,
    pub task_id: String,
    pub level: String,
    pub line: String,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct SnapshotCreated {
    pub snapshot: Snapshot,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct Snapshot {
    pub id: String,
    pub container_id: String,
    pub label: String,
    pub r#type: String,
}

#[derive(Serialize, Deserialize)]
pub struct ExportReady {
    pub package_id: String,
    pub container_id: String,
    pub location: String,
    pub schema_version: Option<u16>,
}

#[derive(Serialize, Deserialize)]
pub struct Pong {
    pub schema_version: Option<u16>,
}
