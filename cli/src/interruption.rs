//! Hears that somebody wants the command to end.

/// What is over once somebody wants the command to end: Ctrl-C, SIGTERM. They are heard from the call on, within a runtime.
#[cfg(unix)]
pub fn interruption() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        match signals {
            [Ok(mut interrupted), Ok(mut terminated)] => {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
            }
            // Nobody can interrupt where signals can't be heard.
            _ => std::future::pending().await,
        }
    }
}

/// What is over once somebody wants the command to end: Ctrl-C.
#[cfg(not(unix))]
pub async fn interruption() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can interrupt where signals can't be heard.
        std::future::pending::<()>().await;
    }
}
