//! What a comparison finds: a rule, how grave it is, who breaks, and where it stands in both revisions.

use std::fmt;

use handfast::Violation;
use handfast_codegen::diagnostic::Place;
use handfast_codegen::model::Side;
use serde_json::{Value, json};

use super::Rule;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Nothing breaks; somebody may want to know.
    Note,
    /// Generated code changes so that a caller may not compile any more; what crosses the wire fits.
    Api,
    /// Nobody can say whether something breaks.
    Undecided,
    /// A consumer breaks that takes a closed list for closed.
    Dangerous,
    /// Somebody breaks.
    Breaking,
    /// A rule of the contract itself, or of the list of exceptions, is broken.
    Error,
}

impl Grade {
    /// Every grade, the lightest first.
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Api, Self::Undecided, Self::Dangerous, Self::Breaking, Self::Error];

    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Api => "api",
            Self::Undecided => "undecided",
            Self::Dangerous => "dangerous",
            Self::Breaking => "breaking",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which of the two revisions the consumer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// The new consumer reads what the old producer sends.
    Backward,
    /// The old consumer reads what the new producer sends.
    Forward,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Backward, Self::Forward];

    /// Its name in reports and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        }
    }

    /// Who breaks when what is sent does not fit: `old-consumer`.
    pub const fn broken(self) -> &'static str {
        match self {
            Self::Backward => "new-consumer",
            Self::Forward => "old-consumer",
        }
    }
}

/// Which ways have to be safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// New consumers read what old producers send.
    Backward,
    /// Old consumers read what new producers send.
    Forward,
    /// Both.
    #[default]
    Full,
}

impl Mode {
    /// Whether that way has to be safe.
    pub const fn asks(self, way: Way) -> bool {
        matches!(
            (self, way),
            (Self::Full, _) | (Self::Backward, Way::Backward) | (Self::Forward, Way::Forward)
        )
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// Its name: of the event, the channel, the definition.
    pub name: String,
    /// Who produces it; nobody in particular, for a bare schema.
    pub producer: Option<Side>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    /// The payload of an event, or the event itself.
    Event,
    /// What a Socket.IO acknowledgement carries.
    Acknowledgement,
    /// What answers an HTTP request.
    Answer,
    /// The query of a channel.
    Query,
    /// The request headers of a channel.
    Headers,
    /// A channel.
    Channel,
    /// A bare schema.
    Schema,
    /// The contract as a whole.
    Contract,
}

impl SubjectKind {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Acknowledgement => "acknowledgement",
            Self::Answer => "answer",
            Self::Query => "query",
            Self::Headers => "headers",
            Self::Channel => "channel",
            Self::Schema => "schema",
            Self::Contract => "contract",
        }
    }
}

impl Subject {
    /// An event that `producer` sends.
    pub fn event(name: &str, producer: Side) -> Self {
        Self { kind: SubjectKind::Event, name: name.to_owned(), producer: Some(producer) }
    }

    /// The contract as a whole, or one of its rules.
    pub fn contract(name: &str) -> Self {
        Self { kind: SubjectKind::Contract, name: name.to_owned(), producer: None }
    }

    /// Who sends it to whom: `server → client`.
    pub fn direction(&self) -> Option<&'static str> {
        Some(match self.producer? {
            Side::Server => "server → client",
            Side::Client => "client → server",
        })
    }

    /// The same as a program reads it: `server-to-client`.
    pub fn direction_id(&self) -> Option<&'static str> {
        Some(match self.producer? {
            Side::Server => "server-to-client",
            Side::Client => "client-to-server",
        })
    }

    /// `old clients refuse what new servers send`.
    pub fn broken(&self, way: Way) -> String {
        let (producers, consumers) = match self.producer {
            Some(Side::Server) => ("servers", "clients"),
            Some(Side::Client) => ("clients", "servers"),
            None => ("producers", "consumers"),
        };
        match way {
            Way::Backward => format!("new {consumers} refuse what old {producers} send"),
            Way::Forward => format!("old {consumers} refuse what new {producers} send"),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            SubjectKind::Event => write!(f, "`{}`", self.name)?,
            SubjectKind::Contract => return f.write_str(&self.name),
            SubjectKind::Acknowledgement => write!(f, "the acknowledgement of `{}`", self.name)?,
            SubjectKind::Answer => write!(f, "the answer to `{}`", self.name)?,
            SubjectKind::Query => write!(f, "the query of `{}`", self.name)?,
            SubjectKind::Headers => write!(f, "the headers of `{}`", self.name)?,
            SubjectKind::Channel => write!(f, "the channel `{}`", self.name)?,
            SubjectKind::Schema => write!(f, "the schema `{}`", self.name)?,
        }
        self.direction().map_or(Ok(()), |direction| write!(f, " ({direction})"))
    }
}

/// A place in one of the revisions, and what is so there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// What is so there, in a few words.
    pub label: String,
}

/// What proves a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// A payload that the producer may send, and what the consumer has against it.
    Payload {
        /// The payload.
        payload: Value,
        /// What the consumer finds wrong with it.
        violations: Vec<Violation>,
    },
    /// The shortest run of events that one side may send and the other does not expect.
    Events(Vec<String>),
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Payload { payload, .. } => write!(f, "{payload}"),
            Self::Events(events) => f.write_str(&events.join(" ")),
        }
    }
}

/// One thing that a comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave it is here.
    pub grade: Grade,
    /// What it is about.
    pub subject: Subject,
    /// Who breaks; nobody in particular where the finding is about the new revision alone.
    pub way: Option<Way>,
    /// What was found.
    pub message: String,
    /// One line that can be acted on.
    pub help: String,
    /// Where it stands in the old revision.
    pub old: Option<Spot>,
    /// Where it stands in the new revision.
    pub new: Option<Spot>,
    /// What proves it.
    pub proof: Option<Proof>,
    /// Why it is let pass, where the list of exceptions has it.
    pub excepted: Option<String>,
}

impl Finding {
    /// A finding of `rule`, as grave as it usually is.
    pub fn new(rule: &'static Rule, subject: Subject, message: impl Into<String>) -> Self {
        Self {
            rule,
            grade: rule.grade,
            subject,
            way: None,
            message: message.into(),
            help: rule.help.to_owned(),
            old: None,
            new: None,
            proof: None,
            excepted: None,
        }
    }

    /// Says who breaks.
    #[must_use]
    pub fn way(mut self, way: Way) -> Self {
        self.way = Some(way);
        self
    }

    /// Says where it stands in the old revision.
    #[must_use]
    pub fn old(mut self, place: Place, label: impl Into<String>) -> Self {
        self.old = Some(Spot { place, label: label.into() });
        self
    }

    /// Says where it stands in the new revision.
    #[must_use]
    pub fn new_at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.new = Some(Spot { place, label: label.into() });
        self
    }

    /// Says what proves it.
    #[must_use]
    pub fn proof(mut self, proof: Proof) -> Self {
        self.proof = Some(proof);
        self
    }

    /// Replaces the line that can be acted on.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// As a program reads it.
    pub fn to_json(&self) -> Value {
        let spot = |spot: &Option<Spot>| {
            spot.as_ref().map(|Spot { place, label }| {
                let position = place.position;
                json!({
                    "file": place.file, "line": position.line, "column": position.column,
                    "pointer": place.pointer, "label": label,
                })
            })
        };
        let mut value = json!({
            "rule": self.rule.id,
            "grade": self.grade.name(),
            "subject": self.subject.kind.name(),
            "name": self.subject.name,
            "direction": self.subject.direction_id(),
            "mode": self.way.map(Way::name),
            "breaks": self.way.map(Way::broken),
            "message": self.message,
            "help": self.help,
            "old": spot(&self.old),
            "new": spot(&self.new),
            "excepted": self.excepted,
        });
        match &self.proof {
            Some(Proof::Payload { payload, violations }) => {
                value["witness"] = payload.clone();
                value["violations"] = json!(violations);
            }
            Some(Proof::Events(events)) => value["events"] = json!(events),
            None => {}
        }
        value
    }
}

/// Everything a finding says, in lines.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.grade, self.rule.id, self.message)?;
        for (which, spot) in [("new", &self.new), ("old", &self.old)] {
            if let Some(Spot { place, label }) = spot {
                let position = place.position;
                write!(f, "\n{which} {}:{}:{}: {label}", place.file, position.line, position.column)?;
            }
        }
        if let Some(proof) = &self.proof {
            write!(f, "\nwitness: {proof}")?;
        }
        if let Some(reason) = &self.excepted {
            write!(f, "\nlet pass: {reason}")?;
        }
        write!(f, "\nhelp: {}", self.help)
    }
}
