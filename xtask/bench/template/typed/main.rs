//! Bytes → event. Builder's and GitHub's events are named outside of their bytes, the others say themselves what they are.

mod acp;
mod builder;
mod mcp;
mod measure;
mod orbit;
mod theirs;
mod typed;
mod webhooks;

use typed::figure;

mod ours {
    pub mod orbit {
        handfast::contract!("../../../schemas/orbit/asyncapi.yaml");
    }
    pub mod builder {
        handfast::contract!("../../../schemas/builder/asyncapi.yaml");
    }
    pub mod push {
        handfast::schema!(pub Push = "../../../xtask/bench/node_modules/@octokit/webhooks-schemas/schema.json#/definitions/push$event");
    }
    pub mod issues {
        handfast::schema!(pub IssuesOpened = "../../../xtask/bench/node_modules/@octokit/webhooks-schemas/schema.json#/definitions/issues$opened");
    }
    pub mod star {
        handfast::schema!(pub StarCreated = "../../../xtask/bench/node_modules/@octokit/webhooks-schemas/schema.json#/definitions/star$created");
    }
    pub mod acp {
        handfast::schema!(pub SessionNotification = "../../../xtask/bench/node_modules/@agentclientprotocol/sdk/schema/v1/schema.json#/$defs/SessionNotification");
    }
    pub mod mcp {
        handfast::schema!(pub ToolResult = "../../../xtask/bench/node_modules/@modelcontextprotocol/ext-apps/dist/src/generated/schema.json#/$defs/McpUiToolResultNotification");
    }
}

/// An event of builder, by the names of its types and of its instances.
macro_rules! of_builder {
    ($ours:ident, $plain:ident, $instances:literal) => {
        event!(ours::builder::$ours, builder::Event<builder::$plain>, theirs::$plain::is_valid, $instances)
    };
}

fn main() {
    figure("orbit", &[event!(ours::orbit::ServerEvent, orbit::ServerEvent, theirs::is_orbit_event, "orbit")]);
    figure(
        "builder",
        &[
            of_builder!(AgentStatusUpdate, AgentStatusUpdate, "builder-agent.status.update"),
            of_builder!(AgentOutput, AgentOutput, "builder-agent.output"),
            of_builder!(AgentError, AgentError, "builder-agent.error"),
            of_builder!(BuildStarted, BuildStarted, "builder-build.started"),
            of_builder!(BuildProgress, BuildProgress, "builder-build.progress"),
            of_builder!(BuildCompleted, BuildCompleted, "builder-build.completed"),
            of_builder!(BuildFailed, BuildFailed, "builder-build.failed"),
            of_builder!(UserDecisionRequired, UserDecisionRequired, "builder-user.decision.required"),
            of_builder!(DeploymentProgress, DeploymentProgress, "builder-deployment.progress"),
            of_builder!(DeploymentSuccess, DeploymentSuccess, "builder-deployment.success"),
            of_builder!(Error, Failure, "builder-error"),
        ],
    );
    figure(
        "webhooks",
        &[
            event!(ours::push::Push, webhooks::Push, theirs::Push::is_valid, "webhooks-push"),
            event!(
                ours::issues::IssuesOpened,
                webhooks::IssuesOpened,
                theirs::IssuesOpened::is_valid,
                "webhooks-issues"
            ),
            event!(ours::star::StarCreated, webhooks::StarCreated, theirs::StarCreated::is_valid, "webhooks-star"),
        ],
    );
    figure(
        "acp",
        &[event!(
            ours::acp::SessionNotification,
            acp::SessionNotification,
            theirs::SessionNotification::is_valid,
            "acp"
        )],
    );
    figure("mcp", &[event!(ours::mcp::ToolResult, mcp::Notification, theirs::ToolResult::is_valid, "mcp")]);
}
