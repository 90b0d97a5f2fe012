//! Recording and importing, end to end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::Arc;

use orbit_server::Tls;
use rcgen::{CertifiedKey, KeyPair};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::call::{Called, command};
use crate::orbit;

const TOKEN: &str = "a token / with + signs ~";
const CONTRACT: &str = "schemas/orbit/asyncapi.yaml";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A recording that is under way.
struct Recording {
    child: Child,
    lines: BufReader<ChildStdout>,
    url: String,
}

impl Recording {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(root(), &[&["record", CONTRACT, "--format", "json"], arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap();
        Self { child, lines, url: listening["url"].as_str().unwrap().to_owned() }
    }

    /// Waits for its end, and gives what it wrote.
    fn written(self) -> Vec<Value> {
        let written = self.lines.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
        let Output { status, stderr, .. } = self.child.wait_with_output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        written
    }
}

fn replay(session: &Path, target: &str, more: &[&str]) -> Called {
    let mut replay: Command = command(root(), &["replay", session.to_str().unwrap(), "--target", target]);
    replay.args(more).env("ORBIT_TOKEN", TOKEN).output().unwrap().into()
}

#[test]
fn what_passes_the_proxy_is_recorded_and_replays() {
    let (target, folder) = (orbit::serve(TOKEN, None), TempDir::new().unwrap());
    let [out, raw] = ["made/install.yaml", "made/raw.jsonl"].map(|name| folder.path().join(name));
    let recording = Recording::start(&[
        "--target",
        &target,
        "--connections",
        "1",
        "--out",
        out.to_str().unwrap(),
        "--raw",
        raw.to_str().unwrap(),
    ]);
    let session = root().join("conformance/sessions/orbit/install-an-app.yaml");
    replay(&session, &recording.url, &[]).says(0, &["1 passed"]);
    let written = recording.written();
    assert_eq!(written[0]["environment"], serde_json::json!(["ORBIT_TOKEN"]), "{written:?}");
    for file in [&out, &raw] {
        assert!(!fs::read_to_string(file).unwrap().contains("with + signs"), "{}", file.display());
    }
    let raw = fs::read_to_string(raw).unwrap();
    for kept in [
        "\"opcode\":\"ping\"",
        "\"opcode\":\"close\",\"code\":1000",
        "sec-websocket-protocol",
        "\"status\":202",
    ] {
        assert!(raw.contains(kept), "{kept}: {raw}");
    }
    replay(&out, &target, &[]).says(0, &["1 passed"]);
}

#[test]
fn both_sides_may_be_tls() {
    let folder = TempDir::new().unwrap();
    let [server, own, key, out] =
        ["server.pem", "own.pem", "own.key", "s.yaml"].map(|name| folder.path().join(name));
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = rcgen::generate_simple_self_signed(names).unwrap();
    fs::write(&own, certificate.cert.pem()).unwrap();
    fs::write(&key, certificate.signing_key.serialize_pem()).unwrap();
    let target = orbit::serve(TOKEN, Some(Tls { certificate_out: Some(server.clone()) }))
        .replace("127.0.0.1", "localhost");
    let [server, own, key, out] = [&server, &own, &key, &out].map(|path| path.to_str().unwrap());
    let files = ["--ca", server, "--cert", own, "--key", key, "--out", out, "--connections", "2"];
    let recording = Recording::start(&[&["--target", &target][..], &files].concat());
    assert!(recording.url.starts_with("https://"), "{}", recording.url);
    for name in ["ping", "stream-an-install"] {
        let session = root().join(format!("conformance/sessions/orbit/{name}.yaml"));
        replay(&session, &recording.url, &["--ca", own]).says(0, &["1 passed"]);
    }
    let channels: Vec<_> = recording.written().into_iter().map(|line| line["channel"].clone()).collect();
    assert_eq!(channels, ["events", "stream"]);
}

/// TLS in front of the server at `plain`, for clients that show the certificate `known`.
fn terminate(plain: &str, own: &CertifiedKey<KeyPair>, known: &CertifiedKey<KeyPair>) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(known.cert.der().clone()).unwrap();
    let provider: Arc<CryptoProvider> = rustls::crypto::ring::default_provider().into();
    let verifier =
        WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone()).build().unwrap();
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![own.cert.der().clone()], key.into())
        .unwrap();
    let (acceptor, plain) = (TlsAcceptor::from(Arc::new(config)), plain.replace("http://", ""));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, plain) = (acceptor.clone(), plain.clone());
                tokio::spawn(async move {
                    let mut client = acceptor.accept(stream).await?;
                    copy_bidirectional(&mut client, &mut TcpStream::connect(plain).await?).await
                });
            }
        });
    });
    url
}

#[test]
fn the_proxy_shows_a_certificate_of_its_own() {
    let folder = TempDir::new().unwrap();
    let [server, cert, key, out] =
        ["server.pem", "client.pem", "client.key", "s.yaml"].map(|name| folder.path().join(name));
    let [own, known] =
        ["localhost", "a-client"].map(|name| rcgen::generate_simple_self_signed([name.to_owned()]).unwrap());
    fs::write(&server, own.cert.pem()).unwrap();
    fs::write(&cert, known.cert.pem()).unwrap();
    fs::write(&key, known.signing_key.serialize_pem()).unwrap();
    let target = terminate(&orbit::serve(TOKEN, None), &own, &known);
    let [server, cert, key, out] = [&server, &cert, &key, &out].map(|path| path.to_str().unwrap());
    let files = ["--target", &target, "--ca", server, "--out", out, "--connections", "1"];
    let session = root().join("conformance/sessions/orbit/ping.yaml");
    let mut unknown = Recording::start(&files);
    assert_ne!(replay(&session, &unknown.url, &[]).code, Some(0));
    unknown.child.kill().unwrap();
    unknown.child.wait().unwrap();
    let known = Recording::start(&[&files[..], &["--client-cert", cert, "--client-key", key]].concat());
    replay(&session, &known.url, &[]).says(0, &["1 passed"]);
    assert_eq!(known.written().len(), 1);
    let alone = [&["record", CONTRACT][..], &files, &["--client-cert", cert]].concat();
    let called: Called = command(root(), &alone).output().unwrap().into();
    called.complains(2, &["--client-key <FILE>"]);
}

#[test]
fn the_page_shows_the_session_that_is_written() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("snapshot.yaml");
    let har = [
        "import",
        "har",
        "docs/examples/snapshot.har",
        "--contract",
        CONTRACT,
        "--out",
        out.to_str().unwrap(),
    ];
    let called: Called = command(root(), &har).output().unwrap().into();
    assert_eq!(called.code, Some(0), "{called:#?}");
    assert!(called.stderr.contains("note: a HAR holds neither pings and pongs"), "{called:#?}");
    let page = fs::read_to_string(root().join("docs/record.md")).unwrap();
    let shown = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let from_steps = |text: &str| text[text.find("\nconnect:").unwrap()..].to_owned();
    assert_eq!(from_steps(&fs::read_to_string(out).unwrap()), from_steps(shown));
}

#[test]
fn what_can_not_be_recorded_is_told() {
    let folder = TempDir::new().unwrap();
    let call = |arguments: &[&str]| -> Called { command(root(), arguments).output().unwrap().into() };
    let out = folder.path().join("s.yaml");
    let out = out.to_str().unwrap();
    call(&["record", CONTRACT, "--target", "http://127.0.0.1:9", "--out", folder.path().to_str().unwrap()])
        .complains(2, &["is a folder", "help: name a file"]);
    call(&["record", CONTRACT, "--target", "http://127.0.0.1:9", "--out", out, "--cert", "x.pem"])
        .complains(2, &["--key <FILE>"]);
    call(&["record", "no.yaml", "--target", "http://127.0.0.1:9", "--out", out])
        .complains(2, &["can't read no.yaml"]);
    let compare = ["--compare", "docs/examples/orbit.jsonl"];
    call(&[&["record", CONTRACT, "--target", "http://127.0.0.1:9", "--out", out][..], &compare].concat())
        .complains(2, &["docs/examples/orbit.jsonl:1 is no line of a raw recording"]);
    let import = |file: &str| call(&["import", "har", file, "--contract", CONTRACT, "--out", out]);
    import("docs/examples/orbit.jsonl").complains(2, &["is no HAR file"]);
    import("no.har").complains(2, &["no.har can't be read"]);
    let empty = folder.path().join("empty.har");
    fs::write(&empty, "{\"log\":{\"entries\":[]}}").unwrap();
    import(empty.to_str().unwrap()).complains(1, &["nothing was imported"]);
}
