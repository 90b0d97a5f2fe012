//! The machine that the tests of this file's neighbours share: who loads it has it alone.

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::busy::Busy;

static MACHINE: RwLock<()> = RwLock::const_new(());

/// Others may be at work, none of whom loads the machine.
pub async fn shared() -> RwLockReadGuard<'static, ()> {
    MACHINE.read().await
}

/// This many threads load the machine, and nobody else is at work.
pub async fn busy(n_threads: usize) -> (Busy, RwLockWriteGuard<'static, ()>) {
    let alone = MACHINE.write().await;
    (Busy::of_threads(n_threads), alone)
}
