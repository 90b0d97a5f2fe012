//! What the HTTP requests refuse.

use serde_json::{Value, json};

use crate::client::{settings, start, token, within};

#[tokio::test]
async fn what_is_no_request_is_refused_in_json() {
    let server = start(settings());
    let cases = [
        (400, "p/builds", "{\"outcome\":".to_owned()),
        (400, "p/builds", "[]".to_owned()),
        (400, "p/builds", json!({ "outcome": "maybe" }).to_string()),
        (400, "p/builds", json!({ "decision": "yes" }).to_string()),
        (400, "p/builds", json!({ "outcom": "failed" }).to_string()),
        (400, "p/deployments", String::new()),
        (400, "p/deployments", json!({ "environment": "evil.example/" }).to_string()),
        (400, "p/deployments", json!({ "environment": "x".repeat(21) }).to_string()),
        (400, "%E0%A4%A/builds", "{}".to_owned()),
        (404, "p/tests", "{}".to_owned()),
        (413, "p/builds", json!({ "pad": "x".repeat(20_000) }).to_string()),
    ];
    for (status, path, body) in cases {
        let request = server.client.post(format!("{}/api/projects/{path}", server.url));
        let response = within(request.bearer_auth(token()).body(body.clone()).send()).await.unwrap();
        assert_eq!(response.status(), status, "{path} {body}");
        assert!(response.json::<Value>().await.unwrap()["error"].is_string());
    }
}

#[tokio::test]
async fn who_shows_no_good_token_is_refused() {
    let server = start(settings());
    let scheme = format!("Basic {}", token());
    for authorization in [None, Some("Bearer nope"), Some(scheme.as_str())] {
        let mut request = server.client.post(format!("{}/api/projects/p/builds", server.url)).body("{}");
        if let Some(value) = authorization {
            request = request.header("Authorization", value);
        }
        let response = within(request.send()).await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(response.json::<Value>().await.unwrap(), json!({ "error": "Authentication failed" }));
    }
}
