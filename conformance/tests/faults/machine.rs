//! The machine that the tests of this file's neighbours share: who loads it has it alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

static MACHINE: RwLock<()> = RwLock::const_new(());

/// Others may be at work, none of whom loads the machine.
pub async fn shared() -> RwLockReadGuard<'static, ()> {
    MACHINE.read().await
}

/// This many threads do nothing, as fast as they can, and nobody else is at work.
pub async fn busy(n_threads: usize) -> Busy {
    let alone = MACHINE.write().await;
    let stop = Arc::new(AtomicBool::new(false));
    let spin = |stop: Arc<AtomicBool>| {
        move || {
            while !stop.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        }
    };
    let threads = (0..n_threads).map(|_| std::thread::spawn(spin(stop.clone()))).collect();
    Busy { stop, threads, _alone: alone }
}

/// A busy machine, until this is dropped.
#[derive(Debug)]
pub struct Busy {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    _alone: RwLockWriteGuard<'static, ()>,
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
