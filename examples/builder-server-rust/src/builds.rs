//! The builds: which events each publishes, in order.

use std::sync::Arc;
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tokio::time::timeout;

use crate::builder::{
    AgentError, AgentErrorPayload, AgentErrorPayloadError, AgentOutput, AgentOutputPayload,
    AgentStatusUpdate, AgentStatusUpdatePayload, AgentStatusUpdatePayloadStatus as Status, AgentType,
    BuildCompleted, BuildCompletedPayload, BuildCompletedPayloadStats, BuildFailed, BuildFailedPayload,
    BuildFailedPayloadError, BuildProgress, BuildProgressPayload, BuildStarted, BuildStartedPayload, Id,
    Percent, UserDecisionRequired, UserDecisionRequiredPayload, UserDecisionRequiredPayloadOptionsItem,
};
use crate::decisions::Decisions;
use crate::project::{Failure, Project, room};
use crate::request::{BuildRequest, BuildRequestOutcome as Outcome};

const PHASES: [&str; 4] = ["analyze", "design", "generate", "validate"];
/// How far a phase is when it reports, in percent.
const REPORTED_PROGRESS: u8 = 80;
const SECONDS_PER_PHASE: u32 = 2;

/// The ids of the options; the first is the default.
const OPTION_IDS: &[&str] = &["option-1", "option-2"];
const OPTIONS: [(&str, &str); 2] = [
    ("Modern Dashboard", "Card-based layout with charts"),
    ("Classic Table", "Traditional table-based layout"),
];

/// A build by one agent.
#[derive(Debug)]
pub struct Build {
    project: Project,
    agent_id: Id,
    outcome: Outcome,
    asks: bool,
    decisions: Arc<Decisions>,
    decision_timeout: Duration,
}

impl Build {
    pub fn new(
        project: Project,
        request: &BuildRequest,
        decisions: Arc<Decisions>,
        decision_timeout: Duration,
    ) -> Result<Self, Failure> {
        Ok(Self {
            project,
            agent_id: new_id()?,
            outcome: request.outcome.unwrap_or(Outcome::Completed),
            asks: request.decision.unwrap_or(false),
            decisions,
            decision_timeout,
        })
    }

    /// Publishes the events of the build.
    pub async fn run(self) -> Result<(), Failure> {
        let started = Instant::now();
        let mut layout = OPTION_IDS[0];
        self.start().await?;
        for (index, phase) in PHASES.into_iter().enumerate() {
            self.report(index, phase).await?;
            match phase {
                "design" if self.asks => layout = self.decide().await?,
                "generate" if self.outcome == Outcome::Failed => return self.fail(phase).await,
                "generate" => self.put_out(layout).await?,
                _ => {}
            }
        }
        self.complete(started).await
    }

    async fn start(&self) -> Result<(), Failure> {
        let phases = PHASES.into_iter().map(TryInto::try_into).collect::<Result<Vec<_>, _>>()?;
        let duration = SECONDS_PER_PHASE * PHASES.len() as u32;
        let payload =
            BuildStartedPayload::new(self.project.id.clone(), duration.try_into()?, phases.try_into()?);
        self.project.publish(BuildStarted::new, payload).await
    }

    async fn report(&self, index: usize, phase: &str) -> Result<(), Failure> {
        let n_phases = PHASES.len();
        let overall = (index * 100 + usize::from(REPORTED_PROGRESS)) / n_phases;
        let overall = u8::try_from(overall)?.try_into()?;
        self.tell(Status::Working, &format!("Run phase {phase}"), overall, "The phase is under way").await?;
        let remaining = SECONDS_PER_PHASE * (n_phases - index - 1) as u32;
        let payload = BuildProgressPayload::new(
            self.project.id.clone(),
            phase.try_into()?,
            REPORTED_PROGRESS.try_into()?,
            overall,
            format!("Phase {phase} is nearly done"),
            remaining.try_into()?,
        );
        self.project.publish(BuildProgress::new, payload).await
    }

    async fn tell(
        &self,
        status: Status,
        task: &str,
        progress: Percent,
        message: &str,
    ) -> Result<(), Failure> {
        let payload = AgentStatusUpdatePayload::new(
            self.agent_id.clone(),
            AgentType::Backend,
            status,
            task,
            progress,
            message,
        );
        self.project.publish(AgentStatusUpdate::new, payload).await
    }

    /// Asks the members for a layout, and waits for the first answer, or else takes the default.
    async fn decide(&self) -> Result<&'static str, Failure> {
        let id = new_id()?;
        let answered = self.decisions.ask(&id, room(&self.project.id), OPTION_IDS);
        let options = OPTION_IDS.iter().zip(OPTIONS).map(|(id, (label, description))| {
            Ok::<_, Failure>(UserDecisionRequiredPayloadOptionsItem::new(
                (*id).try_into()?,
                label,
                description,
            ))
        });
        let payload = UserDecisionRequiredPayload::new(
            self.project.id.clone(),
            self.agent_id.clone(),
            id.clone(),
            "Which layout style do you prefer?".try_into()?,
            options.collect::<Result<Vec<_>, _>>()?.try_into()?,
            self.decision_timeout.as_secs_f64().try_into()?,
        );
        self.project.publish(UserDecisionRequired::new, payload).await?;
        let answer = timeout(self.decision_timeout, answered).await;
        self.decisions.close(&id);
        Ok(answer.ok().and_then(Result::ok).unwrap_or(OPTION_IDS[0]))
    }

    async fn put_out(&self, layout: &str) -> Result<(), Failure> {
        let endpoints = ["GET /users", "POST /users", "GET /orders"];
        let output = serde_json::from_value(json!({ "layout": layout, "endpoints": endpoints }))?;
        let summary = format!("Created {} API endpoints for {layout}", endpoints.len());
        let payload = AgentOutputPayload::new(self.agent_id.clone(), AgentType::Backend, output, summary);
        self.project.publish(AgentOutput::new, payload).await
    }

    async fn fail(&self, phase: &str) -> Result<(), Failure> {
        let details = serde_json::from_value(json!({ "timeoutS": 30 }))?;
        let code = "AI_API_TIMEOUT";
        let error =
            AgentErrorPayloadError::new(code.try_into()?, "AI service timeout after 30s", details, true, 1);
        let payload = AgentErrorPayload::new(self.agent_id.clone(), AgentType::Backend, error);
        self.project.publish(AgentError::new, payload).await?;

        let suggestions = ["Check if requirements are clear enough", "Try simplifying the feature scope"];
        let error = BuildFailedPayloadError::new(
            phase.try_into()?,
            "Failed to generate API endpoints",
            serde_json::from_value(json!({ "cause": code }))?,
            suggestions.map(str::to_owned).into(),
        );
        self.project.publish(BuildFailed::new, BuildFailedPayload::new(self.project.id.clone(), error)).await
    }

    async fn complete(&self, started: Instant) -> Result<(), Failure> {
        self.tell(Status::Completed, "Build", 100.try_into()?, "All phases are done").await?;
        let id = utf8_percent_encode(&self.project.id, NON_ALPHANUMERIC);
        let payload = BuildCompletedPayload::new(
            self.project.id.clone(),
            started.elapsed().as_secs().try_into()?,
            format!("http://localhost:3000/preview/{id}").try_into()?,
            BuildCompletedPayloadStats::new(12, 3, 2),
        );
        self.project.publish(BuildCompleted::new, payload).await
    }
}

/// An id that was never used.
pub fn new_id() -> Result<Id, Failure> {
    Ok(uuid::Uuid::new_v4().to_string().try_into()?)
}
