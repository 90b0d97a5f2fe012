//! The attack itself: what is sent next, and what is done about what fails.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use handfast_codegen::model::Transport;
use handfast_codegen::source::Disk;

use super::arena::{Arena, Played, Trial};
use super::corpus::Corpus;
use super::draw::{Source, generator};
use super::finding::{self, Names};
use super::minimise::{HASTE, Minimal, Minimiser};
use super::moves::{Kind, Move};
use super::observer::{Observer, observer};
use super::reporting::Telling;
use super::script::{Steps, step};
use super::stage::{Stage, stages};
use super::subject::{Legality, Subject};
use super::{Attack, Means, NotBegun};
use crate::event::SessionReport;
use crate::run::Ground;
use crate::session::{Loader, Protocol};
use crate::verdict::{Actor, Verdict};

/// How many payloads one session sends.
const BATCH: usize = 16;
/// How many addresses are tried in a turn.
const ADDRESSES: usize = 4;
/// The kinds, in the order in which they take turns.
const TURNS: [Kind; 5] = [Kind::Invalid, Kind::Valid, Kind::Invalid, Kind::Raw, Kind::Address];
/// How often findings of one subject by one rule are told: what is the same everywhere need not be told of everything.
const MAX_ALIKE: usize = 8;

/// The most events of a greeting that are waited for.
const MAX_GREETING: usize = 8;

/// What an attack came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How many payloads were sent.
    pub n_cases: u64,
    /// How many different failures there are.
    pub n_findings: usize,
    /// The process' exit code.
    pub exit_code: u8,
}

/// Attacks a server.
///
/// # Errors
/// It could not begin, or a file could not be written.
pub fn run(attack: &Attack<'_>, means: Means<'_>) -> Result<Ended, NotBegun> {
    let disk = Disk::default();
    let protocol = Protocol::compile(&disk, &attack.contract).map_err(NotBegun::Documents)?;
    let (stages, subjects) = stages(attack, &protocol)?;
    let generators =
        subjects.iter().map(|subject| generator(&protocol, subject)).collect::<Result<Vec<_>, _>>()?;
    let served = attack.served.as_deref();
    let parts = subjects.iter().enumerate().zip(&generators);
    let sources = parts
        .map(|(subject, generator)| Source::new(subject, &protocol, served, generator, attack.settings.seed));
    let sources: Vec<_> = sources.collect();
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name.as_str()).collect();
    let corpus = Corpus::open(attack.options.corpus.as_deref(), &names)?;
    let (settings, wire, launch) = (attack.settings.clone(), attack.wire.clone(), attack.launch.clone());
    let ground = means.runtime.block_on(Ground::prepare(settings, wire, launch, means.stop));
    let ground = ground.map_err(NotBegun::Unreachable)?;
    let loader = Loader::new(&disk, attack.environment);
    let mut campaign = Campaign {
        attack,
        protocol: &protocol,
        subjects: &subjects,
        sources,
        arena: Arena::new(attack, &protocol, loader, ground, means.runtime),
        telling: Telling::new(attack, n_groups(attack, &subjects), means.emit),
        corpus,
        known: BTreeMap::new(),
        alike: BTreeMap::new(),
        names: Names::default(),
        n_findings: 0,
    };
    let outcome = campaign.all(stages);
    let Campaign { arena, telling, corpus, .. } = campaign;
    let ended = telling.end(attack, &protocol.contract.title, arena.end());
    outcome?;
    corpus.save()?;
    Ok(ended)
}

/// How many kinds of moves there are, of each subject.
fn n_groups(attack: &Attack<'_>, subjects: &[Subject]) -> usize {
    let kinds = if attack.served.is_some() { 1 } else { 3 };
    let n_forbidden = subjects.iter().filter(|subject| subject.legality == Legality::Forbidden).count();
    let n_addressed = subjects.iter().filter(|subject| !subject.addresses.is_empty()).count();
    let n_addressed = if attack.served.is_some() { 0 } else { n_addressed };
    subjects.len() * kinds - n_forbidden + n_addressed
}

struct Campaign<'c, 'e> {
    attack: &'c Attack<'c>,
    protocol: &'c Protocol,
    subjects: &'c [Subject],
    sources: Vec<Source<'c>>,
    arena: Arena<'c>,
    telling: Telling<'e>,
    corpus: Corpus,
    /// What findings are about, of each subject: it is not tried again.
    known: BTreeMap<(usize, Kind), BTreeSet<String>>,
    /// How many findings there are of a subject by a rule.
    alike: BTreeMap<(usize, String), usize>,
    names: Names,
    n_findings: usize,
}

/// A stage, and what can be asked on it.
struct Set {
    stage: Stage,
    observer: Option<Observer>,
    /// What is sent before anything is observed.
    setup: Vec<Move>,
}

impl Campaign<'_, '_> {
    fn all(&mut self, stages: Vec<Stage>) -> Result<(), NotBegun> {
        let mut sets = Vec::new();
        for stage in stages {
            sets.extend(self.prepared(stage)?);
        }
        for set in &mut sets {
            self.again(set)?;
        }
        let turns: &[Kind] = if self.attack.served.is_some() { &[Kind::Valid] } else { &TURNS };
        let (mut turn, mut n_idle) = (0, 0);
        while !sets.is_empty() && n_idle < sets.len() * turns.len() && !self.is_over() {
            let n_sets = sets.len();
            let (set, kind) = (&mut sets[turn % n_sets], turns[(turn / n_sets) % turns.len()]);
            let moves = self.drawn(&set.stage, kind);
            n_idle = if moves.is_empty() { n_idle + 1 } else { 0 };
            self.send(set, kind, moves)?;
            turn += 1;
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        let options = &self.attack.options;
        self.arena.is_stopped()
            || self.telling.n_cases() >= options.n_cases
            || self.n_findings >= options.max_findings
            || options.max_time.is_some_and(|longest| self.telling.elapsed() >= longest)
    }

    /// `stage`, with no more around it than a server that is left alone stands; nothing where that is too much already.
    fn prepared(&mut self, mut stage: Stage) -> Result<Option<Set>, NotBegun> {
        let alone = self.tried(&stage.bare(), Kind::Invalid)?;
        stage.greeting = self.greeting(&stage, &alone.report);
        let mut played = self.tried(&stage, Kind::Invalid)?;
        if played.failure().is_some() {
            stage.is_quiet = false;
            played = self.tried(&stage, Kind::Invalid)?;
        }
        if played.failure().is_some() {
            stage.is_watched = false;
            played = self.tried(&stage, Kind::Invalid)?;
        }
        if played.report.verdict != Verdict::Passed {
            self.tell(&played, &[])?;
            return Ok(None);
        }
        if stage.is_watched && self.tried(&stage, Kind::Valid)?.failure().is_some() {
            stage.elsewhere.clear();
        }
        let deadline = self.deadline();
        let setup = self.setup(&stage);
        let observer = observer(&mut self.arena, self.protocol, &stage, &setup, &self.sources, deadline);
        let setup = if observer.is_some() { setup } else { Vec::new() };
        Ok(Some(Set { stage, observer, setup }))
    }

    /// Valid moves that nobody else hears of: those that bring the server into a state that is always the same.
    fn setup(&mut self, stage: &Stage) -> Vec<Move> {
        let (subjects, deadline) = (self.subjects, self.deadline());
        let plain: Vec<Move> =
            stage.subject_idxs.iter().filter_map(|idx| self.sources[*idx].plain()).collect();
        let mut setup = Vec::new();
        for one in plain.into_iter().take(BATCH) {
            let (kind, is_watched) = (Kind::Invalid, stage.is_watched);
            let alone = std::slice::from_ref(&one);
            let trial = Trial { stage, setup: alone, moves: &[], subjects, kind, observer: None, is_watched };
            let path = self.arena.nowhere();
            let played = self.arena.play(&trial, "a state", &path, deadline);
            setup.extend(Some(one.clone()).filter(|_| played.report.verdict == Verdict::Passed));
        }
        setup
    }

    /// What the server said to a client that said nothing.
    fn greeting(&self, stage: &Stage, report: &SessionReport) -> Steps {
        let contract = &self.protocol.contract;
        let channel = contract.channel(stage.connect["channel"].as_str().unwrap_or_default());
        let sends = channel.map_or(&[][..], |channel| &channel.sends);
        let is_said = |name: &&str| {
            let is_known = sends.iter().any(|event| contract[*event].name == **name);
            let is_beat = contract.rules.heartbeat.as_ref().is_some_and(|beat| beat.events().contains(name));
            is_known && !is_beat && !contract.rules.is_noise(name)
        };
        let lines = report.transcript.iter().filter(|line| line.by == Actor::Server);
        let said = lines.map(|line| line.what.as_str()).filter(is_said).take(MAX_GREETING);
        let is_stream = channel.is_some_and(|channel| channel.transport == Transport::Sse);
        // What a stream says to somebody who has just come is what happens to others.
        if is_stream { Steps::new() } else { said.map(|name| step("eventually", name, [])).collect() }
    }

    /// What comes of the stage while nothing is sent.
    fn tried(&mut self, stage: &Stage, kind: Kind) -> Result<Played, NotBegun> {
        let subjects = self.subjects;
        let is_watched = stage.is_watched;
        let trial = Trial { stage, setup: &[], moves: &[], subjects, kind, observer: None, is_watched };
        let path = self.arena.nowhere();
        let played = self.arena.play(&trial, "before anything is sent", &path, self.attack.options.deadline);
        match played.report.verdict {
            Verdict::Unreachable => {
                let failure = played.report.failures.first();
                Err(NotBegun::Unreachable(failure.map(|failure| failure.message.clone()).unwrap_or_default()))
            }
            _ => Ok(played),
        }
    }

    /// How long answers are waited for while nothing is found.
    fn deadline(&self) -> Duration {
        self.attack.options.deadline
    }

    /// Sends what was kept.
    fn again(&mut self, set: &mut Set) -> Result<(), NotBegun> {
        let mut by_kind: BTreeMap<Kind, Vec<Move>> = BTreeMap::new();
        for subject_idx in set.stage.subject_idxs.clone() {
            let kept = self.corpus.of(&self.subjects[subject_idx].name).into_iter();
            for one in kept.filter_map(|sent| self.sources[subject_idx].again(sent)) {
                by_kind.entry(one.sent.kind()).or_default().push(one);
            }
        }
        for (kind, mut moves) in by_kind {
            while !moves.is_empty() && !self.is_over() {
                let size = self.size(&set.stage, kind).min(moves.len());
                let batch = moves.drain(..size).collect();
                self.send(set, kind, batch)?;
            }
        }
        Ok(())
    }

    /// How many payloads of a kind one session sends on a stage.
    fn size(&self, stage: &Stage, kind: Kind) -> usize {
        let contract = &self.protocol.contract;
        let is_single = stage.subject_idxs.iter().any(|idx| self.subjects[*idx].is_single(contract));
        let is_stream = stage.barrier.is_none();
        match kind {
            Kind::Valid if is_single => 1,
            Kind::Address => ADDRESSES,
            // That nothing more comes takes a stream a while to show.
            _ if is_stream => 4 * BATCH,
            _ => BATCH,
        }
    }

    /// The next payloads of a kind.
    fn drawn(&mut self, stage: &Stage, kind: Kind) -> Vec<Move> {
        let left = self.attack.options.n_cases.saturating_sub(self.telling.n_cases());
        let size = self.size(stage, kind).min(usize::try_from(left).unwrap_or(usize::MAX));
        let mut moves: Vec<Move> = Vec::new();
        let mut dry = BTreeSet::new();
        while moves.len() < size && dry.len() < self.takers(stage, kind).len() {
            for subject_idx in self.takers(stage, kind) {
                let known = self.known.entry((subject_idx, kind)).or_default();
                match self.sources[subject_idx].next(kind, known) {
                    Some(one) if moves.len() < size => moves.push(one),
                    Some(_) => {}
                    None => drop(dry.insert(subject_idx)),
                }
            }
        }
        moves
    }

    /// The subjects of a stage of which moves of a kind are drawn. A malformed message is of no event in particular.
    fn takers(&self, stage: &Stage, kind: Kind) -> Vec<usize> {
        let is_anyones = |idx: &usize| {
            let subject = &self.subjects[*idx];
            let transport = self.protocol.contract.channels[subject.channel_idx].transport;
            kind == Kind::Raw && transport == Transport::WebSocket
        };
        let first = stage.subject_idxs.iter().find(|idx| is_anyones(idx));
        stage.subject_idxs.iter().copied().filter(|idx| !is_anyones(idx) || first == Some(idx)).collect()
    }

    /// Sends `moves`, and finds out what fails.
    fn send(&mut self, set: &mut Set, kind: Kind, mut moves: Vec<Move>) -> Result<(), NotBegun> {
        loop {
            // What has been found meanwhile is not looked for again.
            moves.retain(|one| {
                !self.known.get(&(one.subject_idx, kind)).is_some_and(|known| known.contains(&one.site))
            });
            let is_enough = self.n_findings >= self.attack.options.max_findings;
            if moves.is_empty() || is_enough || self.arena.is_stopped() {
                return Ok(());
            }
            self.slow_down();
            let is_refused = matches!(kind, Kind::Invalid | Kind::Raw);
            let observer = set.observer.as_ref().filter(|_| is_refused);
            let stage = &set.stage;
            let subjects = self.subjects;
            let is_watched = stage.is_watched && kind != Kind::Address;
            let setup = if observer.is_some() { set.setup.as_slice() } else { &[] };
            // A connection has one address.
            let n_together = if kind == Kind::Address { 1 } else { moves.len() };
            let together = &moves[..n_together];
            let trial = Trial { stage, setup, moves: together, subjects, kind, observer, is_watched };
            let path = self.arena.nowhere();
            let deadline = self.deadline().min(HASTE);
            let played = self.arena.play(&trial, "an attack", &path, deadline);
            // A connection to an address is no step of the client that is answered.
            let n_sent = if kind == Kind::Address { 1 } else { played.answers.len().min(moves.len()) };
            if played.report.verdict == Verdict::Passed {
                self.count(&moves[..n_sent], kind, &played.report, None);
                for (one, answers) in moves.iter().zip(&played.answers) {
                    self.corpus.take(&self.subjects[one.subject_idx].name, &one.sent, &one.site, answers);
                }
                moves.drain(..n_sent.max(1));
                continue;
            }
            let culprit_idx = played.culprit_idx().min(moves.len() - 1);
            let is_found = self.failed(&trial, &played, culprit_idx)?;
            self.count(&moves[..=culprit_idx], kind, &played.report, is_found.then_some(culprit_idx));
            if played.failure().is_some_and(|failure| failure.message.starts_with("a bystander")) && !is_found
            {
                // Somebody else has something to say now and then.
                set.stage.is_quiet = false;
            }
            moves.drain(..=culprit_idx);
        }
    }

    fn count(&mut self, moves: &[Move], kind: Kind, report: &SessionReport, culprit_idx: Option<usize>) {
        let each = report.duration / u32::try_from(moves.len().max(1)).unwrap_or(1);
        for (n, one) in moves.iter().enumerate() {
            let name = &self.subjects[one.subject_idx].name;
            self.telling.sent(one.subject_idx, name, kind, each, culprit_idx == Some(n));
        }
    }

    /// Keeps to the rate.
    fn slow_down(&self) {
        let Some(rate) = self.attack.options.rate else { return };
        let due = Duration::try_from_secs_f64(self.telling.n_cases() as f64 / rate).unwrap_or_default();
        if let Some(early) = due.checked_sub(self.telling.elapsed()) {
            self.arena.rest(early.min(Duration::from_secs(60)));
        }
    }

    /// Looks into what failed; whether it is found to be a failure of the server.
    fn failed(&mut self, trial: &Trial<'_>, played: &Played, culprit_idx: usize) -> Result<bool, NotBegun> {
        let Some(one) = trial.moves.get(culprit_idx) else { return Ok(false) };
        let known = self.known.entry((one.subject_idx, trial.kind)).or_default();
        if played.report.verdict == Verdict::Broken {
            known.insert(one.site.clone());
            self.telling.found(SessionReport {
                name: finding::name(self.subjects, std::slice::from_ref(one), "our own mistake"),
                ..played.report.clone()
            });
            return Ok(true);
        }
        self.arena.health()?;
        let Some(failure) = played.failure() else {
            // The runner was late, or the server was away.
            return Ok(false);
        };
        let rule = failure.rule.to_string();
        let alike = self.alike.entry((one.subject_idx, rule.clone())).or_default();
        if *alike >= MAX_ALIKE {
            self.known.entry((one.subject_idx, trial.kind)).or_default().insert(one.site.clone());
            return Ok(true);
        }
        let deadline = self.attack.options.deadline;
        let (arena, failing, sources) = (&mut self.arena, trial.clone(), &self.sources);
        let mut minimiser = Minimiser { arena, trial: failing, rule: rule.clone(), sources, deadline };
        let Some(minimal) = minimiser.minimal(culprit_idx) else { return Ok(false) };
        if !is_caused(&mut minimiser, &minimal, deadline) {
            return Ok(false);
        }
        self.confirm(trial, &minimal, &rule)
    }

    /// Plays what was made small once more, with all the time that it has, and tells of it.
    fn confirm(&mut self, trial: &Trial<'_>, minimal: &Minimal, rule: &str) -> Result<bool, NotBegun> {
        let Some(last) = minimal.moves.last() else { return Ok(false) };
        let event = &self.subjects[last.subject_idx].name;
        let path = self.names.file(self.attack, event, rule);
        let name = finding::name(self.subjects, &minimal.moves, rule);
        let trial = minimal.of(trial);
        let played = self.arena.play(&trial, &name, &path, self.attack.options.deadline);
        let gone = self.arena.health().err();
        if played.failure().is_none_or(|failure| failure.rule != rule) {
            return Ok(false);
        }
        self.known.entry((last.subject_idx, trial.kind)).or_default().insert(last.site.clone());
        *self.alike.entry((last.subject_idx, rule.to_owned())).or_default() += 1;
        self.corpus.keep(event, &last.sent);
        self.n_findings += 1;
        if self.attack.options.saves {
            finding::save(&path, &played)?;
        }
        self.telling.found(played.report);
        gone.map_or(Ok(true), Err)
    }

    /// Tells that the server fails before anything is sent.
    fn tell(&mut self, played: &Played, moves: &[Move]) -> Result<(), NotBegun> {
        let rule =
            played.report.failures.first().map_or_else(String::new, |failure| failure.rule.to_string());
        let path = self.names.file(self.attack, "before", &rule);
        if self.attack.options.saves {
            finding::save(&path, played)?;
        }
        let file = path.display().to_string();
        let name = finding::name(self.subjects, moves, &rule);
        self.n_findings += usize::from(played.report.verdict == Verdict::Failed);
        self.telling.found(SessionReport { name, file, ..played.report.clone() });
        Ok(())
    }
}

/// Whether it is the payloads that make the server fail: without them, all is well.
fn is_caused(minimiser: &mut Minimiser<'_, '_>, minimal: &Minimal, deadline: Duration) -> bool {
    let control = Minimal { moves: Vec::new(), ..minimal.clone() };
    let control = minimiser.played(&control, deadline);
    control.is_some_and(|played| played.report.verdict == Verdict::Passed)
}
