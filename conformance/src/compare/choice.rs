//! Values of one kind: choices are tried one after the other until a conjunction is left.

use serde_json::Value;

use super::classes::Class;
use super::formula::{ArrayForm, FALSE, Form, Formula, Kind, Names, ObjectForm, TRUE};
use super::search::{Goal, Outcome, Search, Why};

/// Deeper choices within one another are given up.
const MAX_DEPTH: usize = 220;

/// What has to hold: what a solver understands, and choices.
#[derive(Debug, Clone, Default)]
pub struct Conjunction {
    /// What is asked, without choices.
    pub asked: Vec<Formula>,
    choices: Vec<Choice>,
    /// Subschemas that are to accept the value.
    accepting: Vec<Formula>,
    /// What cannot be said of the rest.
    pub opaque: Option<&'static str>,
}

/// One of these has to hold.
#[derive(Debug, Clone)]
struct Choice {
    options: Vec<Formula>,
    /// The subschema that is to refuse the value, if that is what the choice comes from.
    refusing: Option<Class>,
    is_checked: bool,
}

impl Search<'_> {
    /// A value of `kind` that meets `goal`.
    pub(super) fn of_kind(&mut self, goal: &Goal, kind: Kind) -> Outcome {
        self.branch(goal, kind, Conjunction::default(), goal.clone())
    }

    fn branch(&mut self, goal: &Goal, kind: Kind, mut all: Conjunction, todo: Vec<Formula>) -> Outcome {
        if !self.spend(1) {
            return Why::of("", "the budget is spent");
        }
        if self.depth >= MAX_DEPTH {
            return Why::of("", "there are too many choices");
        }
        self.depth += 1;
        let outcome = match self.gather(&mut all, kind, todo) {
            true => self.decide(goal, kind, all),
            false => Outcome::Empty,
        };
        self.depth -= 1;
        outcome
    }

    /// Adds what `todo` asks; `false` where it can't be met.
    fn gather(&mut self, all: &mut Conjunction, kind: Kind, mut todo: Vec<Formula>) -> bool {
        while let Some(formula) = todo.pop() {
            let form = self.formulas.get(formula);
            let mut refusing = None;
            if let Form::Node(class, accept) = &*form {
                let opposite = self.formulas.node(*class, !accept);
                if all.accepting.contains(&opposite) {
                    return false;
                }
                all.accepting.push(formula);
                refusing = (!accept).then_some(*class);
            }
            let asked = self.of_that_kind(formula, kind);
            match &*self.formulas.get(asked) {
                Form::Always(true) => {}
                Form::Always(false) => return false,
                Form::All(parts) => todo.extend(parts),
                Form::Any(options) => {
                    let options = options.clone();
                    all.choices.push(Choice { options, refusing, is_checked: false });
                }
                Form::One(classes) => {
                    let options = self.exactly_one(classes);
                    all.choices.push(Choice { options, refusing, is_checked: false });
                }
                Form::Node(..) => todo.push(asked),
                Form::Opaque(keyword) => all.opaque = Some(keyword),
                _ if all.asked.contains(&asked) => {}
                _ => all.asked.push(asked),
            }
        }
        true
    }

    /// One of them accepts, and no other.
    fn exactly_one(&mut self, classes: &[Class]) -> Vec<Formula> {
        let mut options = Vec::with_capacity(classes.len());
        for (number, class) in classes.iter().enumerate() {
            let others = classes.iter().enumerate().filter(|(other, _)| *other != number);
            let mut parts = vec![self.formulas.node(*class, true)];
            for (_, other) in others {
                parts.push(self.formulas.node(*other, false));
            }
            options.push(self.formulas.all(parts));
        }
        options
    }

    /// What becomes of a conjunction: without its choices first, then with one of them decided.
    fn decide(&mut self, goal: &Goal, kind: Kind, mut all: Conjunction) -> Outcome {
        let bare = self.conjunction(goal, kind, &all);
        match bare {
            Outcome::Empty | Outcome::Found(_) => return bare,
            Outcome::Unknown(why) if all.choices.is_empty() => return Outcome::Unknown(why),
            Outcome::Unknown(_) => {}
        }
        let mut forced = Vec::new();
        let mut choices = std::mem::take(&mut all.choices);
        for choice in &mut choices {
            match self.narrow(&all, kind, choice) {
                Narrowed::Met => choice.options.clear(),
                Narrowed::Never => return Outcome::Empty,
                Narrowed::Open if choice.options.len() == 1 => forced.append(&mut choice.options),
                Narrowed::Open => {}
            }
        }
        choices.retain(|choice| !choice.options.is_empty());
        all.choices = choices;
        if !forced.is_empty() {
            return self.branch(goal, kind, all, forced);
        }
        if self.simplify(kind, &mut all) {
            return Outcome::Empty;
        }
        let Some(next) = next(&all.choices) else { return self.conjunction(goal, kind, &all) };
        let choice = all.choices.swap_remove(next);
        let mut unknown = None;
        for option in choice.options {
            match self.branch(goal, kind, all.clone(), vec![option]) {
                Outcome::Empty => {}
                Outcome::Found(value) => return Outcome::Found(value),
                Outcome::Unknown(why) => unknown = unknown.or(Some(why)),
            }
        }
        unknown.map_or(Outcome::Empty, Outcome::Unknown)
    }

    /// A value that meets what is asked; it counts if it meets the goal, too.
    fn conjunction(&mut self, goal: &Goal, kind: Kind, all: &Conjunction) -> Outcome {
        let listed = all.asked.iter().find_map(|asked| match &*self.formulas.get(*asked) {
            Form::Listed(values, true) => Some(values.clone()),
            _ => None,
        });
        if let Some(values) = listed {
            let found = values.all().iter().find(|value| self.meets_all(goal, value));
            if let Some(found) = found {
                return Outcome::Found(found.clone());
            }
            // Values that the goal refuses for what was not chosen here, another choice may be for.
            return Outcome::Empty;
        }
        let mut found = |search: &mut Self, value: &Value| search.meets_all(goal, value);
        let outcome = match kind {
            Kind::Null => self.simple(&[Value::Null], &mut found),
            Kind::Boolean => self.simple(&[Value::Bool(true), Value::Bool(false)], &mut found),
            Kind::Integer | Kind::Number => self.number(&all.asked, &mut found),
            Kind::String => self.text(&all.asked, &mut found),
            Kind::Array => self.array(&all.asked, &mut found),
            Kind::Object => self.object(&all.asked, &mut found),
        };
        match (outcome, all.opaque) {
            (Outcome::Unknown(why), Some(keyword)) if why.keyword.is_empty() => {
                Outcome::Unknown(Why { keyword, ..why })
            }
            (outcome, _) => outcome,
        }
    }

    fn simple(&mut self, values: &[Value], meets: &mut dyn FnMut(&mut Self, &Value) -> bool) -> Outcome {
        for value in values {
            if meets(self, value) {
                return Outcome::Found(value.clone());
            }
        }
        // Every value of the kind was asked; whatever is chosen, none of them is met.
        Outcome::Empty
    }

    /// Leaves out options that can't be met beside what is asked.
    fn narrow(&mut self, all: &Conjunction, kind: Kind, choice: &mut Choice) -> Narrowed {
        let mut options = Vec::with_capacity(choice.options.len());
        for option in choice.options.drain(..) {
            match self.worth(all, kind, option) {
                TRUE => return Narrowed::Met,
                FALSE => {}
                _ => options.push(option),
            }
        }
        choice.options = options;
        if choice.options.is_empty() { Narrowed::Never } else { Narrowed::Open }
    }

    /// What an option comes to beside what is asked: [`TRUE`], [`FALSE`], or itself where it matters.
    fn worth(&mut self, all: &Conjunction, kind: Kind, option: Formula) -> Formula {
        if all.asked.contains(&option) || all.accepting.contains(&option) {
            return TRUE;
        }
        let form = self.formulas.get(option);
        match &*form {
            Form::Node(class, accept) => {
                let opposite = self.formulas.node(*class, !accept);
                if all.accepting.contains(&opposite) {
                    return FALSE;
                }
                match self.of_that_kind(option, kind) {
                    TRUE => TRUE,
                    FALSE => FALSE,
                    _ => option,
                }
            }
            Form::Kind(_) | Form::Listed(..) => match self.of_that_kind(option, kind) {
                TRUE => TRUE,
                FALSE => FALSE,
                _ => option,
            },
            Form::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.worth(all, kind, *part)).collect();
                if parts.contains(&FALSE) {
                    FALSE
                } else if parts.iter().all(|part| *part == TRUE) {
                    TRUE
                } else {
                    option
                }
            }
            Form::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.worth(all, kind, *part)).collect();
                if parts.contains(&TRUE) {
                    TRUE
                } else if parts.iter().all(|part| *part == FALSE) {
                    FALSE
                } else {
                    option
                }
            }
            Form::Object(form) => self.worth_of_members(all, option, form),
            Form::Array(ArrayForm::Some(from, to, part)) => {
                // Where all items from there on meet the opposite, none is found.
                let opposite = self.formulas.not(*part);
                let every = self.formulas.keep(Form::Array(ArrayForm::Every(*from, *to, opposite)));
                if all.asked.contains(&every) { FALSE } else { option }
            }
            _ => option,
        }
    }

    fn worth_of_members(&mut self, all: &Conjunction, option: Formula, form: &ObjectForm) -> Formula {
        match form {
            ObjectForm::Has(name, is_there) => {
                let opposite = ObjectForm::Has(name.clone(), !is_there);
                let opposite = self.formulas.keep(Form::Object(opposite));
                if all.asked.contains(&opposite) { FALSE } else { option }
            }
            ObjectForm::Some(Names::One(name), part) => {
                let has = self.formulas.keep(Form::Object(ObjectForm::Has(name.clone(), true)));
                let lacks = self.formulas.keep(Form::Object(ObjectForm::Has(name.clone(), false)));
                if all.asked.contains(&lacks) {
                    return FALSE;
                }
                let of_member = self.asked_of_member(&all.asked, name);
                let mut goal = of_member.clone();
                goal.push(*part);
                if matches!(self.inside(goal), Outcome::Empty) {
                    return FALSE;
                }
                if !all.asked.contains(&has) {
                    return option;
                }
                // Where the member is there and can't be anything else, nothing is left to choose.
                let mut opposite = of_member;
                opposite.push(self.formulas.not(*part));
                if matches!(self.inside(opposite), Outcome::Empty) { TRUE } else { option }
            }
            _ => option,
        }
    }

    /// Of choices that subschemas must refuse the value, leaves out those whose subschema can't accept it; `true` where one of
    /// them can't but accept it.
    fn simplify(&mut self, kind: Kind, all: &mut Conjunction) -> bool {
        if all.choices.iter().filter(|choice| choice.refusing.is_some()).count() < 2 {
            return false;
        }
        if all.choices.iter().any(|choice| choice.refusing.is_none() && !choice.is_checked) {
            // What the value is like is not yet settled: that is chosen first.
            return false;
        }
        let mut base = all.asked.clone();
        base.push(self.formulas.keep(Form::Kind(kind)));
        let mut choices = std::mem::take(&mut all.choices);
        let mut is_refuted = false;
        choices.retain_mut(|choice| {
            let Some(class) = choice.refusing.filter(|_| !choice.is_checked && !is_refuted) else {
                return true;
            };
            choice.is_checked = true;
            let mut with = |accept: bool| {
                let mut goal = base.clone();
                goal.push(self.formulas.node(class, accept));
                matches!(self.solve(goal), Outcome::Empty)
            };
            is_refuted = with(false);
            is_refuted || !with(true)
        });
        all.choices = choices;
        is_refuted
    }
}

enum Narrowed {
    /// One option holds anyway.
    Met,
    /// None can hold.
    Never,
    Open,
}

/// The choice to decide next: what the value is like, then what refuses it; of each the one with the fewest options.
fn next(choices: &[Choice]) -> Option<usize> {
    let n_refusing = choices.iter().filter(|choice| choice.refusing.is_some()).count();
    let order = |choice: &Choice| {
        let is_refusing = choice.refusing.is_some();
        (is_refusing == (n_refusing > 1), choice.options.len())
    };
    (0..choices.len()).min_by_key(|number| order(&choices[*number]))
}
