//! The validators that the document is asked with.

use serde_json::Value;

/// The validator of an event of a bundled contract, whose formats count.
macro_rules! of_contract {
    ($name:ident, $path:literal, $uri:literal, $definitions_uri:literal, $definitions:literal) => {
        #[jsonschema::validator(
            path = $path,
            base_uri = $uri,
            resources = { $definitions_uri => { path = $definitions } },
            validate_formats = true
        )]
        pub struct $name;
    };
}

macro_rules! of_orbit {
    ($($name:ident $path:literal)*) => {
        $(of_contract!(
            $name,
            $path,
            "https://bench.example/orbit/events/event.json",
            "https://bench.example/orbit/definitions.schema.json",
            "../../../schemas/orbit/definitions.schema.json"
        );)*
    };
}

macro_rules! of_builder {
    ($($name:ident $path:literal)*) => {
        $(of_contract!(
            $name,
            $path,
            "https://bench.example/builder/events/event.json",
            "https://bench.example/builder/definitions.schema.json",
            "../../../schemas/builder/definitions.schema.json"
        );)*
    };
}

of_orbit! {
    TaskCreated "../../../schemas/orbit/events/task.created.schema.json"
    TaskUpdated "../../../schemas/orbit/events/task.updated.schema.json"
    TaskCompleted "../../../schemas/orbit/events/task.completed.schema.json"
    ContainerStatus "../../../schemas/orbit/events/container.status.schema.json"
    ContainerMetrics "../../../schemas/orbit/events/container.metrics.schema.json"
    AppInstallLog "../../../schemas/orbit/events/app.install.log.schema.json"
    SnapshotCreated "../../../schemas/orbit/events/snapshot.created.schema.json"
    ExportReady "../../../schemas/orbit/events/export.ready.schema.json"
}

of_builder! {
    AgentStatusUpdate "../../../schemas/builder/events/agent.status.update.schema.json"
    AgentOutput "../../../schemas/builder/events/agent.output.schema.json"
    AgentError "../../../schemas/builder/events/agent.error.schema.json"
    BuildStarted "../../../schemas/builder/events/build.started.schema.json"
    BuildProgress "../../../schemas/builder/events/build.progress.schema.json"
    BuildCompleted "../../../schemas/builder/events/build.completed.schema.json"
    BuildFailed "../../../schemas/builder/events/build.failed.schema.json"
    UserDecisionRequired "../../../schemas/builder/events/user.decision.required.schema.json"
    DeploymentProgress "../../../schemas/builder/events/deployment.progress.schema.json"
    DeploymentSuccess "../../../schemas/builder/events/deployment.success.schema.json"
    Failure "../../../schemas/builder/events/error.schema.json"
}

/// Asks the validator of the event that `value` names.
pub fn is_orbit_event(value: &Value) -> bool {
    match value.get("type").and_then(Value::as_str) {
        Some("task.created") => TaskCreated::is_valid(value),
        Some("task.updated") => TaskUpdated::is_valid(value),
        Some("task.completed") => TaskCompleted::is_valid(value),
        Some("container.status") => ContainerStatus::is_valid(value),
        Some("container.metrics") => ContainerMetrics::is_valid(value),
        Some("app.install.log") => AppInstallLog::is_valid(value),
        Some("snapshot.created") => SnapshotCreated::is_valid(value),
        Some("export.ready") => ExportReady::is_valid(value),
        _ => false,
    }
}

/// The validator of a definition of GitHub's, whose formats only annotate, as those of all public schemas here.
macro_rules! of_webhooks {
    ($($name:ident $schema:literal)*) => {
        $(#[jsonschema::validator(
            schema = $schema,
            resources = { "https://bench.example/webhooks.json" => {
                path = "../../../xtask/bench/node_modules/@octokit/webhooks-schemas/schema.json"
            } },
            draft = jsonschema::Draft::Draft7,
            validate_formats = false
        )]
        pub struct $name;)*
    };
}

of_webhooks! {
    Push r##"{ "$ref": "https://bench.example/webhooks.json#/definitions/push$event" }"##
    IssuesOpened r##"{ "$ref": "https://bench.example/webhooks.json#/definitions/issues$opened" }"##
    StarCreated r##"{ "$ref": "https://bench.example/webhooks.json#/definitions/star$created" }"##
}

#[jsonschema::validator(
    schema = r##"{ "$ref": "https://bench.example/acp.json#/$defs/SessionNotification" }"##,
    resources = { "https://bench.example/acp.json" => {
        path = "../../../xtask/bench/node_modules/@agentclientprotocol/sdk/schema/v1/schema.json"
    } },
    draft = jsonschema::Draft::Draft202012,
    validate_formats = false
)]
pub struct SessionNotification;

#[jsonschema::validator(
    schema = r##"{ "$ref": "https://bench.example/mcp.json#/$defs/McpUiToolResultNotification" }"##,
    resources = { "https://bench.example/mcp.json" => {
        path = "../../../xtask/bench/node_modules/@modelcontextprotocol/ext-apps/dist/src/generated/schema.json"
    } },
    draft = jsonschema::Draft::Draft202012,
    validate_formats = false
)]
pub struct ToolResult;
