//! Hears that somebody wants the command to end.

/// Waits until somebody wants the command to end: Ctrl-C, SIGTERM.
pub async fn interruption() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can interrupt where signals can't be heard.
        std::future::pending::<()>().await;
    }
}
