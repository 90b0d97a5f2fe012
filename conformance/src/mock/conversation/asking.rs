//! Requests of the client over HTTP: whose they are, and the answers.

use std::time::Duration;

use super::{Answer, Claim, Conversation};
use crate::mock::script::{Fit, Requested, Script, Turn, Wants};
use crate::pattern::matches;
use crate::session::{HttpRequest, StepKind};

impl Conversation {
    /// Whose request this is, where a session has the client make it now.
    pub fn claim(&self, request: &Requested<'_>, fit: Fit) -> Option<Claim> {
        let mut steps = self.scripts.iter().filter_map(|script| self.meant(script, request, fit));
        let first = steps.next()?;
        let is_named = std::iter::once(first).chain(steps).any(|turn| !turn.step.path.is_fresh());
        Some(if is_named { Claim::Ours } else { Claim::Anybodys })
    }

    pub(super) fn meant<'s>(
        &self,
        script: &'s Script,
        request: &Requested<'_>,
        fit: Fit,
    ) -> Option<Turn<'s, HttpRequest>> {
        // Values that a session has refused are no model for others.
        let is_model =
            |step: &HttpRequest| fit != Fit::Loose || step.status.first().is_none_or(|status| status < 400);
        script.request(request, fit).filter(|turn| is_model(turn.step))
    }

    /// Answers the client's request as the first session does that has the client make it now; with `given`, where another
    /// conversation has answered it.
    ///
    /// What may have been anybody's request may not have been this client's: the sessions in which it did not make it go on.
    pub fn requested(
        &mut self,
        request: &Requested<'_>,
        fit: Fit,
        given: Option<&Answer>,
        now: Duration,
    ) -> Option<Answer> {
        let claim = self.claim(request, fit)?;
        self.teller.at(now);
        // A session that wants this very status would not do with another; one that wants any of a class does with this.
        let meant = || self.scripts.iter().filter_map(|script| self.meant(script, request, fit));
        let first = meant().find(|turn| turn.step.status.only().is_some()).or_else(|| meant().next())?;
        let pattern = first.step.response.clone();
        let status = first.step.status.first().unwrap_or(200);
        let answer = match given {
            Some(given) => given.clone(),
            None => {
                let body = self.teller.answer(&self.session, None, pattern.as_ref(), &first.captures).0;
                Answer { status, body }
            }
        };
        let advanced = self.scripts.iter().filter_map(|script| {
            let Turn { step_idx, step, captures } = self.meant(script, request, fit)?;
            let captures = match &step.response {
                Some(pattern) => matches(pattern, &answer.body, &captures).unwrap_or(captures),
                None => captures,
            };
            let mut script = script.clone();
            script.pass(step_idx, captures);
            Some(script)
        });
        let mut scripts: Vec<Script> = advanced.collect();
        if claim == Claim::Anybodys {
            scripts.append(&mut self.scripts);
        }
        self.scripts = scripts;
        self.last_heard = now;
        self.teller.remember(request.body);
        self.choosing_since = None;
        self.advance(now);
        Some(answer)
    }

    /// Whether the client is to make a request now.
    pub fn awaits_request(&self) -> bool {
        self.scripts.iter().any(|script| matches!(script.wants(), Wants::Client(StepKind::Request(_))))
    }
}
