//! The bundled sessions cover their contracts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use handfast_codegen::model::{EventIdx, Side};
use handfast_codegen::source::Disk;
use handfast_conformance::session::{Loader, Session, StepKind};

fn sessions(protocol: &str) -> Vec<Session> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(protocol);
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let disk = Disk::default();
    let environment = |_: &str| Some("token".to_owned());
    let mut loader = Loader::new(&disk, &environment);
    files.iter().map(|file| loader.load(file).unwrap_or_else(|problems| panic!("{problems}"))).collect()
}

/// The events that steps of a session name.
fn named(session: &Session) -> Vec<EventIdx> {
    let of_step = |kind: &StepKind| match kind {
        StepKind::Send(send) => vec![send.event],
        StepKind::Expect(expects) => expects.iter().map(|expect| expect.event).collect(),
        _ => Vec::new(),
    };
    session.steps.iter().flat_map(|step| of_step(&step.kind)).collect()
}

#[track_caller]
fn check(protocol: &str) {
    let sessions = sessions(protocol);
    let contract = &sessions[0].protocol.contract;
    let mut covered: BTreeSet<EventIdx> = sessions.iter().flat_map(named).collect();
    if let Some(heartbeat) = &contract.rules.heartbeat {
        // The runner answers a server's ping by itself.
        covered
            .extend(contract.event(Side::Client, &heartbeat.pong).filter(|_| heartbeat.from == Side::Server));
    }
    let missing: Vec<_> = contract
        .events()
        .filter(|(event, _)| !covered.contains(event))
        .map(|(_, event)| &event.name)
        .collect();
    assert!(missing.is_empty(), "no session of {protocol} has {missing:?}");
}

#[test]
fn every_event_of_orbit_is_in_a_session() {
    check("orbit");
}

#[test]
fn every_event_of_builder_is_in_a_session() {
    check("builder");
}
