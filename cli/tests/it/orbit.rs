//! The orbit server, in process.

use std::time::Duration;

use orbit_server::{Server, Settings, Tls};

/// Starts it on a free port, until the test ends, and says where it is.
pub fn serve(token: &str, tls: Option<Tls>) -> String {
    let settings =
        Settings { token: token.to_owned(), step: Duration::from_millis(5), tls, ..Settings::default() };
    let server = Server::bind(settings).unwrap();
    let url = server.url();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(server.serve(std::future::pending())).unwrap();
    });
    url
}
