//! The tasks: which events each publishes, in order.

use std::sync::Arc;
use std::time::Duration;

use handfast::{DateTime, Uuid};
use serde_json::{Map, Value};
use tokio::time::sleep;

use crate::event::{Event, Failure, new_id};
use crate::hub::Hub;
use crate::orbit::{
    self, ActiveTaskStatus, AppInstallLog, AppInstallLogPayload, ContainerStatus, ContainerStatusPayload,
    Context, ExportReady, ExportReadyPayload, FinalTaskStatus, ServerEvent, SnapshotCreated,
    SnapshotCreatedPayload, SnapshotCreatedPayloadSnapshot, TaskCompleted, TaskCompletedPayload, TaskCreated,
    TaskCreatedPayload, TaskUpdated, TaskUpdatedPayload,
};
use crate::request::{TaskRequest, TaskRequestOutcome as Outcome, TaskRequestType as Kind};

/// A task that was asked for.
#[derive(Debug)]
pub struct Task {
    id: Uuid,
    kind: Kind,
    container_id: Uuid,
    outcome: Outcome,
}

impl Task {
    pub fn new(request: TaskRequest, default_container_id: &Uuid) -> Self {
        Self {
            id: new_id(),
            kind: request.r#type,
            container_id: request.container_id.unwrap_or_else(|| default_container_id.clone()),
            outcome: request.outcome.unwrap_or(Outcome::Succeeded),
        }
    }

    /// The task as clients see it when it is accepted.
    ///
    /// # Errors
    /// The contract does not allow it.
    pub fn describe(&self) -> Result<orbit::Task, Failure> {
        let kind = self.kind.as_str().try_into()?;
        Ok(orbit::Task::new(self.id.clone(), kind, ActiveTaskStatus::Queued, 0.try_into()?))
    }

    /// Publishes the events of the task, one pause apart.
    pub async fn run(self, hub: Arc<Hub>, step: Duration) {
        let id = self.id.clone();
        if let Err(failure) = (Run { task: self, hub, step }).all().await {
            eprintln!("task {id}: {failure}");
        }
    }
}

/// Ends the tasks that a process before this one left under way, for whose end clients still wait.
///
/// # Errors
/// The history holds what the contract does not allow.
pub fn complete_interrupted(hub: &Hub) -> Result<(), Failure> {
    let mut under_way = Vec::new();
    for event in hub.history() {
        match ServerEvent::from_slice(event.json.as_bytes())? {
            ServerEvent::TaskCreated(event) => under_way.push(event.payload.task.id),
            ServerEvent::TaskCompleted(event) => under_way.retain(|id| *id != event.payload.task_id),
            _ => {}
        }
    }
    for task_id in under_way {
        let result = Some(member("error", "The agent was restarted"));
        let payload = TaskCompletedPayload::new(task_id.clone(), FinalTaskStatus::Failed, result);
        let context = Context::new().with_task_id(task_id);
        hub.publish(Event::now(|id, at| TaskCompleted::new(id, at, payload).with_context(context))?);
    }
    Ok(())
}

/// A task under way.
struct Run {
    task: Task,
    hub: Arc<Hub>,
    step: Duration,
}

impl Run {
    async fn all(&self) -> Result<(), Failure> {
        let payload = TaskCreatedPayload::new(self.task.describe()?);
        self.publish(|id, at, context| TaskCreated::new(id, at, payload).with_context(context)).await?;
        match self.task.kind {
            Kind::AppInstall => self.install_app().await?,
            Kind::ContainerStart => self.start_container().await?,
            Kind::SnapshotCreate => self.create_snapshot().await?,
            Kind::ContainerExport => self.export_container().await?,
        }
        self.complete().await
    }

    async fn install_app(&self) -> Result<(), Failure> {
        let app_id = new_id();
        self.update(0, "Preparing the installation").await?;
        if !self.goes_on() {
            return Ok(());
        }
        for (progress, line) in
            [(33, "Downloading installer..."), (66, "Copying files..."), (100, "Registering the app...")]
        {
            let level = "info".try_into()?;
            let payload = AppInstallLogPayload::new(app_id.clone(), self.task.id.clone(), level, line);
            self.publish(|id, at, context| AppInstallLog::new(id, at, payload).with_context(context)).await?;
            self.update(progress, line).await?;
        }
        Ok(())
    }

    async fn start_container(&self) -> Result<(), Failure> {
        self.report("starting").await?;
        self.update(50, "Waiting for the container").await?;
        if self.goes_on() { self.report("ready").await } else { Ok(()) }
    }

    async fn create_snapshot(&self) -> Result<(), Failure> {
        self.update(50, "Copying the disk").await?;
        if !self.goes_on() {
            return Ok(());
        }
        let container_id = self.task.container_id.clone();
        let snapshot =
            SnapshotCreatedPayloadSnapshot::new(new_id(), container_id, "on request", "full".try_into()?);
        let payload = SnapshotCreatedPayload::new(snapshot);
        self.publish(|id, at, context| SnapshotCreated::new(id, at, payload).with_context(context)).await
    }

    async fn export_container(&self) -> Result<(), Failure> {
        self.update(50, "Packing the container").await?;
        if !self.goes_on() {
            return Ok(());
        }
        let package_id = new_id();
        let location = format!("file:///C:/Containers/exports/{package_id}.orbit").try_into()?;
        let payload = ExportReadyPayload::new(package_id, self.task.container_id.clone(), location);
        self.publish(|id, at, context| ExportReady::new(id, at, payload).with_context(context)).await
    }

    /// Whether the task succeeds; one that does not stops after its first update.
    fn goes_on(&self) -> bool {
        self.task.outcome == Outcome::Succeeded
    }

    async fn update(&self, progress: u8, message: &str) -> Result<(), Failure> {
        let payload = TaskUpdatedPayload::new(self.task.id.clone())
            .with_status(ActiveTaskStatus::Running)
            .with_progress(progress.try_into()?)
            .with_message(message);
        self.publish(|id, at, context| TaskUpdated::new(id, at, payload).with_context(context)).await
    }

    async fn report(&self, status: &str) -> Result<(), Failure> {
        let payload = ContainerStatusPayload::new(self.task.container_id.clone(), status.try_into()?);
        self.publish(|id, at, context| ContainerStatus::new(id, at, payload).with_context(context)).await
    }

    async fn complete(&self) -> Result<(), Failure> {
        let (status, result) = match self.task.outcome {
            Outcome::Succeeded => (FinalTaskStatus::Succeeded, member("exit_code", 0)),
            Outcome::Failed => (FinalTaskStatus::Failed, member("error", "The task was asked to fail")),
            Outcome::Cancelled => (FinalTaskStatus::Cancelled, Map::new()),
        };
        let payload = TaskCompletedPayload::new(self.task.id.clone(), status, Some(result));
        self.publish(|id, at, context| TaskCompleted::new(id, at, payload).with_context(context)).await
    }

    /// Publishes an event of the task, and pauses.
    async fn publish<E: Into<ServerEvent>>(
        &self,
        make: impl FnOnce(Uuid, DateTime, Context) -> E,
    ) -> Result<(), Failure> {
        let context = Context::new()
            .with_container_id(self.task.container_id.clone())
            .with_task_id(self.task.id.clone());
        self.hub.publish(Event::now(|id, at| make(id, at, context))?);
        if !self.step.is_zero() {
            sleep(self.step).await;
        }
        Ok(())
    }
}

fn member(name: &str, value: impl Into<Value>) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value.into())])
}
