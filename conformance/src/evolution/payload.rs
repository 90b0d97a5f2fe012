//! Judges one pair of schemas one way: whether all that the producer may send fits the consumer, and if not, each change that is to blame.

use std::collections::HashSet;

use handfast_codegen::plan::Plan;

use super::blame::{Blame, End};
use super::pair::Pair;
use super::rule::{ENUM_EXTENDED, OPEN_MEMBERS, PAYLOAD_UNDECIDED, VARIANT_ADDED};
use super::{Finding, Grade, Proof, Revision, Settings, Spot, Way};
use crate::compare::{Blocked, Reading, Side, Verdict, Witness, flows};
use crate::interpret;

/// How many changes of one pair are told, one way.
const MAX_CHANGES: usize = 12;

/// What was found out about a pair, one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether everything the producer's schema accepts fits.
    pub strict: Judgement,
    /// Whether everything fits that has no members but declared ones.
    pub declared_only: Judgement,
    /// What there is to tell.
    pub findings: Vec<Finding>,
}

/// Whether what is sent fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// It does: that is proved.
    Compatible,
    /// Nobody can say.
    Unknown,
    /// It does not: there is a witness.
    Breaking,
}

impl Judgement {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
        }
    }
}

impl From<&Verdict> for Judgement {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Compatible => Self::Compatible,
            Verdict::Unknown(_) => Self::Unknown,
            Verdict::Breaking(_) => Self::Breaking,
        }
    }
}

/// Judges `pair` one way.
pub fn judge(pair: &Pair, way: Way, old: &Revision, new: &Revision, settings: &Settings) -> Answer {
    let old = End { revision: old, schema: pair.old };
    let new = End { revision: new, schema: pair.new };
    let (producer, consumer) = match way {
        Way::Backward => (old, new),
        Way::Forward => (new, old),
    };
    let judging = Judging { pair, way, producer, consumer, settings };
    let strict = judging.flows(Reading::Strict);
    // What holds for everything holds for a part of it.
    let declared = match strict {
        Verdict::Compatible => Verdict::Compatible,
        _ => judging.flows(Reading::DeclaredOnly),
    };
    let (strict_judgement, declared_only) = (Judgement::from(&strict), Judgement::from(&declared));
    let deciding = if settings.reading == Reading::Strict { &strict } else { &declared };
    let findings = match deciding {
        Verdict::Breaking(witness) => judging.changes(witness),
        Verdict::Unknown(blocked) => vec![judging.undecided(blocked)],
        Verdict::Compatible => judging.open_members(&strict).into_iter().collect(),
    };
    Answer { strict: strict_judgement, declared_only, findings }
}

struct Judging<'r> {
    pair: &'r Pair,
    way: Way,
    producer: End<'r>,
    consumer: End<'r>,
    settings: &'r Settings,
}

impl<'r> Judging<'r> {
    fn flows(&self, reading: Reading) -> Verdict {
        flows(side(self.producer), side(self.consumer), reading, &self.settings.budget)
    }

    /// Every change that is to blame. Each is found by taking away those that were found before it.
    fn changes(&self, first: &Witness) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut blamed = HashSet::new();
        let mut relaxed = None;
        let mut witness = first.clone();
        while findings.len() < MAX_CHANGES {
            let Some(blame) = self.blame(&witness) else { break };
            if !blamed.insert(blame.id()) {
                break;
            }
            findings.push(self.change(&blame, &witness));
            let schemas = relaxed.as_ref().unwrap_or(self.consumer.revision.schemas());
            let schemas = blame.relaxed(schemas);
            let plan = Plan::of(&schemas);
            let consumer = Side { plan: &plan, schemas: &schemas, schema: self.consumer.schema };
            let next = flows(side(self.producer), consumer, self.settings.reading, &self.settings.budget);
            match next {
                Verdict::Breaking(next) => match self.confirmed(*next) {
                    Some(next) => witness = next,
                    None => break,
                },
                // Behind what is merely dangerous something may be that breaks.
                Verdict::Unknown(blocked)
                    if findings.iter().all(|finding| finding.grade < Grade::Breaking) =>
                {
                    findings.push(self.undecided(&blocked));
                    break;
                }
                Verdict::Unknown(_) | Verdict::Compatible => break,
            }
            relaxed = Some(schemas);
        }
        if findings.is_empty() { vec![self.unexplained(first)] } else { findings }
    }

    /// The witness against a relaxed consumer, if it is one against the consumer as it is: below `not`, less is more.
    fn confirmed(&self, witness: Witness) -> Option<Witness> {
        let End { revision, schema } = self.consumer;
        let all = interpret::violations(revision.plan(), schema, &witness.payload);
        let is_known = |code: &str| witness.violations.iter().any(|violation| violation.schema == code);
        // Those that were told already stand back behind the new one.
        let (mut fresh, told): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|violation| is_known(&violation.schema));
        if fresh.is_empty() {
            return None;
        }
        fresh.extend(told);
        Some(Witness { payload: witness.payload, violations: fresh })
    }

    fn blame<'w>(&self, witness: &'w Witness) -> Option<Blame<'w>>
    where
        'r: 'w,
    {
        Blame::of(self.consumer, self.producer, &witness.payload, &witness.violations)
    }

    fn change(&self, blame: &Blame<'_>, witness: &Witness) -> Finding {
        let subject = &self.pair.subject;
        let rule = blame.rule(subject, self.way);
        let message = format!("{subject}: {}: {}", subject.broken(self.way), blame.message());
        let [consumer, producer] = blame.spots();
        let mut finding = self.placed(Finding::new(rule, subject.clone(), message), consumer, producer);
        finding.proof = Some(proof(witness));
        let grows = *rule == ENUM_EXTENDED || *rule == VARIANT_ADDED;
        if grows && self.is_extensible(blame.at()) {
            finding.grade = Grade::Note;
            finding.help =
                "nothing: the old contract says under `extensible` that there may be more".to_owned();
        }
        finding
    }

    /// Whether the consumer was told that the value at `at` gets more members: the value itself, or what stands above a tag.
    fn is_extensible(&self, at: &str) -> bool {
        let contract = self.consumer.revision.contract();
        contract.is_some_and(|contract| contract.rules.is_extensible(&self.pair.subject.name, at))
    }

    fn placed(&self, mut finding: Finding, consumer: Spot, producer: Spot) -> Finding {
        let (old, new) = match self.way {
            Way::Backward => (producer, consumer),
            Way::Forward => (consumer, producer),
        };
        (finding.old, finding.new, finding.way) = (Some(old), Some(new), Some(self.way));
        finding
    }

    /// A finding at the schemas as a whole.
    fn whole(&self, finding: Finding) -> Finding {
        let spot = |end: End<'_>, label: &str| Spot {
            place: end.revision.schema_place(end.schema, None),
            label: label.to_owned(),
        };
        self.placed(finding, spot(self.consumer, "this is read"), spot(self.producer, "this is sent"))
    }

    fn unexplained(&self, witness: &Witness) -> Finding {
        let subject = &self.pair.subject;
        let message = format!("{subject}: {}", subject.broken(self.way));
        self.whole(Finding::new(&super::rule::PAYLOAD_RULE, subject.clone(), message)).proof(proof(witness))
    }

    fn undecided(&self, blocked: &Blocked) -> Finding {
        let subject = &self.pair.subject;
        let Blocked { producer, consumer, keyword, why, .. } = blocked;
        let message = format!(
            "{subject}: whether {} could not be decided: {why} (`{keyword}` at {consumer})",
            subject.broken(self.way),
        );
        let spot = |end: End<'_>, uri: &str, label: &str| {
            let schemas = end.revision.schemas();
            let found =
                schemas.iter().find(|(_, schema)| schema.location.uri == uri).map(|(schema, _)| schema);
            let place = end.revision.schema_place(found.unwrap_or(end.schema), Some(keyword));
            Spot { place, label: label.to_owned() }
        };
        let finding = Finding::new(&PAYLOAD_UNDECIDED, subject.clone(), message);
        let [consumer, producer] =
            [spot(self.consumer, consumer, "this is read"), spot(self.producer, producer, "this is sent")];
        self.placed(finding, consumer, producer)
    }

    /// What is safe by one reading alone.
    fn open_members(&self, strict: &Verdict) -> Option<Finding> {
        let Verdict::Breaking(witness) = strict else { return None };
        let subject = &self.pair.subject;
        let blame = self.blame(witness);
        let what = blame.as_ref().map_or_else(String::new, |blame| format!(": {}", blame.message()));
        let message =
            format!("{subject} is safe as long as nobody sends members that are not declared{what}");
        let finding = Finding::new(&OPEN_MEMBERS, subject.clone(), message).proof(proof(witness));
        Some(match blame {
            Some(blame) => {
                let [consumer, producer] = blame.spots();
                self.placed(finding, consumer, producer)
            }
            None => self.whole(finding),
        })
    }
}

fn proof(witness: &Witness) -> Proof {
    Proof::Payload { payload: witness.payload.clone(), violations: witness.violations.clone() }
}

fn side(end: End<'_>) -> Side<'_> {
    Side { plan: end.revision.plan(), schemas: end.revision.schemas(), schema: end.schema }
}
