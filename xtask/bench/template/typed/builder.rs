//! What builder's server sends, as one would write it without a generator. It checks nothing.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event<P> {
    pub timestamp: u64,
    pub payload: P,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentType {
    Ui,
    Backend,
    Database,
    Integration,
    Deployment,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentStatusUpdate {
    pub agent_id: String,
    pub agent_type: AgentType,
    pub status: AgentStatus,
    pub current_task: String,
    pub progress: u8,
    pub message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentStatus {
    Idle,
    Working,
    Waiting,
    Completed,
    Failed,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentOutput {
    pub agent_id: String,
    pub agent_type: AgentType,
    pub output: Output,
    pub summary: String,
}

#[derive(Serialize, Deserialize)]
pub struct Output {
    pub entities: Option<Vec<Entity>>,
    pub migrations: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
pub struct Entity {
    pub name: String,
    pub fields: Vec<Value>,
    pub relationships: Vec<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentError {
    pub agent_id: String,
    pub agent_type: AgentType,
    pub error: AgentFailure,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentFailure {
    pub code: String,
    pub message: String,
    pub details: Map<String, Value>,
    pub retryable: bool,
    pub retry_count: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildStarted {
    pub project_id: String,
    pub estimated_duration: f64,
    pub phases: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildProgress {
    pub project_id: String,
    pub current_phase: String,
    pub phase_progress: u8,
    pub overall_progress: u8,
    pub message: String,
    pub estimated_time_remaining: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildCompleted {
    pub project_id: String,
    pub duration: f64,
    pub preview_url: String,
    pub stats: Stats,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    pub components_generated: u32,
    pub api_endpoints_created: u32,
    pub data_models_created: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildFailed {
    pub project_id: String,
    pub error: BuildFailure,
}

#[derive(Serialize, Deserialize)]
pub struct BuildFailure {
    pub phase: String,
    pub message: String,
    pub details: Map<String, Value>,
    pub suggestions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDecisionRequired {
    pub project_id: String,
    pub agent_id: String,
    pub decision_id: String,
    pub question: String,
    pub options: Vec<Choice>,
    pub timeout: f64,
}

#[derive(Serialize, Deserialize)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub description: String,
    pub preview: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentProgress {
    pub deployment_id: String,
    pub environment: String,
    pub stage: DeploymentStage,
    pub progress: u8,
    pub message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeploymentStage {
    Building,
    Deploying,
    HealthCheck,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentSuccess {
    pub deployment_id: String,
    pub environment: String,
    pub url: String,
    pub health_status: String,
    pub duration: f64,
}

#[derive(Serialize, Deserialize)]
pub struct Failure {
    pub code: String,
    pub message: String,
    pub details: Map<String, Value>,
    pub recoverable: bool,
    pub actions: Vec<Action>,
}

#[derive(Serialize, Deserialize)]
pub struct Action {
    pub label: String,
    pub action: String,
}
