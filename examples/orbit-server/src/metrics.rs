//! The periodic `container.metrics`: what this very process uses, told as one container's figures.

use std::convert::Infallible;
use std::path::Path;
use std::time::Duration;

use handfast::Uuid;
use sysinfo::{Disks, Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use crate::event::{Event, Failure};
use crate::hub::Hub;
use crate::orbit::{ContainerMetrics, ContainerMetricsPayload, Context};

/// Publishes the metrics of a container for ever, one pause apart; returns only when that is not possible.
pub async fn publish_all(hub: &Hub, container_id: &Uuid, pause: Duration) -> Failure {
    let Err(failure) = publish(hub, container_id, pause).await;
    failure
}

async fn publish(hub: &Hub, container_id: &Uuid, pause: Duration) -> Result<Infallible, Failure> {
    let pid = sysinfo::get_current_pid()?;
    let mut system = System::new()?;
    // Processor time is told since the last look, of which this is the first.
    look(&mut system, pid);
    loop {
        tokio::time::sleep(pause).await;
        look(&mut system, pid);
        let (cpu, memory) = system.process(pid).map_or((0.0, 0), |own| (own.cpu_usage(), own.memory()));
        let payload = ContainerMetricsPayload::new(
            container_id.clone(),
            f64::from(cpu).try_into()?,
            memory.try_into()?,
            disk_bytes().try_into()?,
        );
        let context = Context::new().with_container_id(container_id.clone());
        hub.publish(Event::now(|id, at| ContainerMetrics::new(id, at, payload).with_context(context))?);
    }
}

fn look(system: &mut System, pid: Pid) {
    let wanted = ProcessRefreshKind::nothing().with_cpu().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, wanted);
}

/// What is in use of the system's disk, or of the first; nothing where the system does not tell.
fn disk_bytes() -> u64 {
    let Ok(disks) = Disks::new_with_refreshed_list() else { return 0 };
    let root = disks.iter().find(|disk| disk.mount_point() == Path::new("/"));
    let disk = root.or_else(|| disks.iter().next());
    disk.map_or(0, |disk| disk.total_space().saturating_sub(disk.available_space()))
}
