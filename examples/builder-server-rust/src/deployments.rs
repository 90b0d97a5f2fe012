//! The deployments: which events each publishes, in order.

use std::time::Instant;

use handfast::Uri;

use crate::builder::{
    DeploymentProgress, DeploymentProgressPayload, DeploymentProgressPayloadStage as Stage,
    DeploymentSuccess, DeploymentSuccessPayload, Id,
};
use crate::builds::new_id;
use crate::project::{Failure, Project};
use crate::request::DeploymentRequest;

/// A deployment of a project.
#[derive(Debug)]
pub struct Deployment {
    pub id: Id,
    project: Project,
    environment: String,
    url: Uri,
}

impl Deployment {
    /// # Errors
    /// The environment can be no part of a host name.
    pub fn new(project: Project, request: DeploymentRequest) -> Result<Self, Failure> {
        let (id, environment) = (new_id()?, request.environment.into_inner());
        let is_label = environment.starts_with(|c: char| c.is_ascii_lowercase())
            && environment.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !is_label {
            return Err(format!("`environment` is `{environment}`, expected a host name label").into());
        }
        let url = format!("https://{environment}-{id}.aibuilder.app").try_into()?;
        Ok(Self { id, project, environment, url })
    }

    /// Publishes the events of the deployment.
    pub async fn run(self) -> Result<(), Failure> {
        let started = Instant::now();
        for (stage, progress, message) in [
            (Stage::Building, 40_u8, "Building Docker image..."),
            (Stage::Deploying, 70, "Starting the containers"),
            (Stage::HealthCheck, 95, "Waiting for the first healthy answer"),
        ] {
            let environment = self.environment.as_str().try_into()?;
            let progress = progress.try_into()?;
            let payload =
                DeploymentProgressPayload::new(self.id.clone(), environment, stage, progress, message);
            self.project.publish(DeploymentProgress::new, payload).await?;
        }
        let payload = DeploymentSuccessPayload::new(
            self.id,
            self.environment.try_into()?,
            self.url,
            "healthy".try_into()?,
            started.elapsed().as_secs().try_into()?,
        );
        self.project.publish(DeploymentSuccess::new, payload).await
    }
}
