//! Entry of the example: settings from the environment, an end by SIGTERM or Ctrl-C.

use std::error::Error;
use std::process::ExitCode;

use orbit_server::{Server, Settings};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_environment()?;
    let made_token = settings.is_token_made.then(|| settings.token.clone());
    let server = Server::bind(settings)?;
    if let Some(token) = made_token {
        println!("token {token}");
    }
    println!("listening on {}", server.url());
    server.serve(signal()).await?;
    Ok(())
}

/// Waits until the process is asked to stop.
#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};

    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Waits until the process is asked to stop.
#[cfg(not(unix))]
async fn signal() {
    let _ = tokio::signal::ctrl_c().await;
}
