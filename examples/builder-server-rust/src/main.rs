//! Entry of the example: settings from the environment, an end by SIGTERM or Ctrl-C.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use builder_server_rust::{Auth, Server, Settings, User};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

// On one thread, because engineioxide 0.17 takes a poll that another thread receives in the very moment in which the
// upgrade to WebSocket begins for a second one, and closes the session with 400.
#[tokio::main(flavor = "current_thread")]
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
    let token = settings.is_secret_made.then(|| developer_token(&settings)).transpose()?;
    let server = Server::bind(settings)?;
    if let Some(token) = token {
        println!("token {token}");
    }
    println!("listening on {}", server.url());
    server.serve(signal()).await?;
    Ok(())
}

/// A token for whoever reads the output.
fn developer_token(settings: &Settings) -> Result<String, Box<dyn Error>> {
    let user = User::new(uuid::Uuid::new_v4().into(), "developer".try_into()?, DAY);
    Ok(Auth::new(&settings.jwt_secret).issue(&user)?)
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
