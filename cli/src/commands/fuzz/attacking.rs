//! Attacks a server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::load::Node;
use handfast_codegen::source::{Disk, Source};
use handfast_conformance::fuzz::{self, Attack, Means, NotBegun, Options};
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::Network;
use handfast_conformance::session::Protocol;
use handfast_conformance::transport::http;
use handfast_conformance::verdict::Verdict;
use tokio::sync::watch;
use url::Url;

use super::Fuzz;
use crate::error::Error;
use crate::interruption::interruption;
use crate::outputs::Outputs;
use crate::printing::say;
use crate::reaching::settled;
use crate::recording::relative;
use crate::runtime::runtime;
use crate::tokens::Tokens;

/// How long a request out of band may take at most.
const REQUEST: Duration = Duration::from_secs(60);

/// Attacks the server at `target`, and gives the exit code.
///
/// # Errors
/// The call, the contract or the session is wrong, or a file can't be written.
pub fn attack(fuzz: &Fuzz, target: &Url) -> Result<u8, Error> {
    let documents = [&fuzz.document].into_iter().chain(&fuzz.aim.session);
    let tokens = Tokens::open(&fuzz.starting.tokens, documents)?;
    let environment = |name: &str| tokens.get(name);
    let settings = Settings {
        target: settled(target, fuzz.starting.spawn.is_some())?,
        tls: fuzz.server.trust()?,
        engine: fuzz.server.transport.into(),
        scale: 1.0,
        deadline: None,
        seed: fuzz.seed,
        began: SystemTime::now(),
    };
    let client =
        http::Client::new(&settings.tls).map_err(|error| Error::new(format!("there is no HTTP: {error}")))?;
    let wire = Arc::new(Network { client, target: settings.target.clone(), within: REQUEST });
    let (contract, served) = contracts(fuzz)?;
    let home = home(fuzz, &contract)?;
    let contract_from_home = relative(&home, &contract)
        .map_err(|error| Error::new(format!("{} can't be found: {error}", contract.display())))?;
    let attack = Attack {
        served,
        home,
        contract_from_home,
        session: fuzz.aim.session.as_deref().map(session).transpose()?,
        channel: fuzz.aim.channel.clone(),
        token: token(fuzz),
        query: fuzz.aim.query.clone(),
        environment: &environment,
        settings,
        wire,
        launch: fuzz.starting.launch(),
        options: options(fuzz, target),
        contract,
    };
    tokens.explain(begin(fuzz, &attack))
}

fn begin(fuzz: &Fuzz, attack: &Attack<'_>) -> Result<u8, Error> {
    let runtime = runtime("the runner")?;
    let mut outputs = Outputs::open(&fuzz.reporting)?;
    let (stop, stopped) = watch::channel(false);
    let interrupted = stop.clone();
    let guard = runtime.enter();
    let interruption = interruption();
    drop(guard);
    runtime.spawn(async move {
        interruption.await;
        interrupted.send_replace(true);
    });
    let mut emit = |event| {
        if outputs.event(&event).is_break() {
            stop.send_replace(true);
        }
    };
    let means = Means { runtime: runtime.handle().clone(), stop: stopped, emit: &mut emit };
    match fuzz::run(attack, means) {
        Ok(ended) => outputs.finish().map(|()| ended.exit_code),
        Err(NotBegun::Documents(problems)) => Err(Error::documents(vec![problems])),
        Err(NotBegun::Call { message, help }) => Err(Error::new(message).help(help)),
        Err(NotBegun::Unreachable(message)) => {
            say(&Error::new(message).help("start the server, or have it started with `--spawn`").to_string());
            outputs.finish().map(|()| Verdict::Unreachable.exit_code())
        }
    }
}

/// The contract by which payloads are made, and the one that the server follows where that is another.
fn contracts(fuzz: &Fuzz) -> Result<(PathBuf, Option<Arc<Protocol>>), Error> {
    let Some(old) = &fuzz.aim.against else { return Ok((fuzz.document.clone(), None)) };
    let served = Protocol::compile(&Disk::default(), &fuzz.document);
    let served = served.map_err(|problems| Error::documents(vec![problems]))?;
    Ok((old.clone(), Some(Arc::new(served))))
}

/// Where findings stand, or would.
fn home(fuzz: &Fuzz, contract: &Path) -> Result<PathBuf, Error> {
    if let Some(out) = &fuzz.aim.out {
        std::fs::create_dir_all(out)
            .map_err(|error| Error::new(format!("{} can't be made: {error}", out.display())))?;
        return Ok(out.clone());
    }
    let folder = contract.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.unwrap_or(Path::new(".")).to_path_buf())
}

fn session(path: &Path) -> Result<Node, Error> {
    let text = Disk::default().read(path);
    let text = text.map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))?;
    handfast_codegen::load::parse(path, &text).map_err(|error| {
        Error::new(format!("{}: {}", path.display(), error.message))
            .help("it has to be a session: docs/session.md")
    })
}

/// The token as sessions name it: the first that the call brings along.
fn token(fuzz: &Fuzz) -> Option<String> {
    let (name, _) = fuzz.starting.tokens.first()?.split_once('=')?;
    Some(format!("${name}"))
}

fn options(fuzz: &Fuzz, target: &Url) -> Options {
    let aim = &fuzz.aim;
    Options {
        n_cases: aim.cases,
        max_time: aim.max_time.map(|longest| longest.duration()),
        rate: aim.rate,
        deadline: aim.deadline.duration(),
        max_findings: aim.max_findings,
        events: fuzz.events.clone(),
        refusable: aim.may_refuse.clone(),
        corpus: aim.corpus.clone(),
        saves: aim.out.is_some(),
        arguments: [
            vec!["--target".to_owned(), target.to_string()],
            fuzz.server.repetition(),
            fuzz.starting.repetition(),
        ]
        .concat(),
    }
}
