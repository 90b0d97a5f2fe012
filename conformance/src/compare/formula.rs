//! What is asked of a value, as formulas that are kept once each: equal ones have equal numbers.

use std::collections::HashMap;
use std::rc::Rc;

use handfast_codegen::model::{Format, JsonType};
use num_rational::BigRational;
use serde_json::Value;

use super::classes::Class;

/// The number of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Formula(u32);

/// Every value meets it.
pub const TRUE: Formula = Formula(0);
/// No value meets it.
pub const FALSE: Formula = Formula(1);

/// A formula. What speaks of a kind of value (a number, a string, …) is only asked of values of that kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Form {
    /// Everything, or nothing.
    Always(bool),
    /// What the subschemas of a class accept, or refuse.
    Node(Class, bool),
    /// What meets all of them.
    All(Vec<Formula>),
    /// What meets one of them.
    Any(Vec<Formula>),
    /// Exactly one of these classes accepts it.
    One(Vec<Class>),
    /// Values of that kind.
    Kind(Kind),
    /// One of these values, or none of them.
    Listed(Values, bool),
    /// A number of which something is asked.
    Number(NumberForm),
    /// A string, likewise.
    Text(TextForm),
    /// An array, likewise.
    Array(ArrayForm),
    /// An object, likewise.
    Object(ObjectForm),
    /// What is asked cannot be said. Only execution tells whether it is met.
    Opaque(&'static str),
}

/// The kinds of values that a JSON text tells apart.
pub type Kind = JsonType;

/// What is asked of a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NumberForm {
    /// At least that; more than that if `true`.
    Low(BigRational, bool),
    /// At most that; less than that if `true`.
    High(BigRational, bool),
    /// A multiple of that, or none.
    Multiple(BigRational, bool),
}

/// What is asked of a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextForm {
    /// So many code points.
    Length(u64, Option<u64>),
    /// A regular expression is found, or is not.
    Pattern(Rc<str>, bool),
    /// It is of a format, or is not.
    Format(Format, bool),
}

/// What is asked of an array.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArrayForm {
    /// So many items.
    Length(u64, Option<u64>),
    /// All items from the first of these numbers to before the second.
    Every(usize, Option<usize>, Formula),
    /// One of them.
    Some(usize, Option<usize>, Formula),
    /// So many items meet it.
    Count(Formula, u64, Option<u64>),
    /// No two items are equal, or two are.
    Unique(bool),
}

/// What is asked of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ObjectForm {
    /// So many members.
    Size(u64, Option<u64>),
    /// The member of that name is there, or is not.
    Has(Rc<str>, bool),
    /// All members whose names are of these.
    Every(Names, Formula),
    /// One of them.
    Some(Names, Formula),
    /// All names.
    EveryName(Formula),
    /// One name.
    SomeName(Formula),
}

/// Names of members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Names {
    /// That one.
    One(Rc<str>),
    /// Those in which a regular expression is found.
    Matching(Rc<str>),
    /// All but these, and but those in which one of these regular expressions is found.
    Rest(Rc<[Rc<str>]>, Rc<[Rc<str>]>),
}

/// Values, told apart by their text.
#[derive(Debug, Clone)]
pub struct Values {
    text: Rc<str>,
    all: Rc<[Value]>,
}

impl Values {
    /// These values.
    pub fn of(values: &[Value]) -> Self {
        let text: String = values.iter().map(|value| format!("{value},")).collect();
        Self { text: text.into(), all: values.into() }
    }

    /// The values.
    pub fn all(&self) -> &Rc<[Value]> {
        &self.all
    }
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Values {}

impl std::hash::Hash for Values {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// The kind of a value.
pub const fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// All formulas.
#[derive(Debug)]
pub struct Formulas {
    all: Vec<Rc<Form>>,
    numbers: HashMap<Rc<Form>, Formula>,
}

impl Formulas {
    /// The two that are always there.
    pub fn new() -> Self {
        let mut formulas = Self { all: Vec::new(), numbers: HashMap::new() };
        formulas.keep(Form::Always(true));
        formulas.keep(Form::Always(false));
        formulas
    }

    /// The formula of that number.
    pub fn get(&self, formula: Formula) -> Rc<Form> {
        Rc::clone(&self.all[formula.0 as usize])
    }

    /// The number of a formula.
    pub fn keep(&mut self, form: Form) -> Formula {
        if let Some(known) = self.numbers.get(&form) {
            return *known;
        }
        let (form, number) = (Rc::new(form), Formula(self.all.len() as u32));
        self.all.push(Rc::clone(&form));
        self.numbers.insert(form, number);
        number
    }

    /// [`TRUE`] or [`FALSE`].
    pub const fn always(met: bool) -> Formula {
        if met { TRUE } else { FALSE }
    }

    /// What meets all of them.
    pub fn all(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        self.joined(parts, TRUE, FALSE, Form::All)
    }

    /// What meets one of them.
    pub fn any(&mut self, parts: impl IntoIterator<Item = Formula>) -> Formula {
        self.joined(parts, FALSE, TRUE, Form::Any)
    }

    fn joined(
        &mut self,
        parts: impl IntoIterator<Item = Formula>,
        neutral: Formula,
        decisive: Formula,
        make: fn(Vec<Formula>) -> Form,
    ) -> Formula {
        let mut flat = Vec::new();
        for part in parts {
            match (&*self.get(part), neutral) {
                (Form::All(inner), TRUE) | (Form::Any(inner), FALSE) => flat.extend(inner),
                _ if part == decisive => return decisive,
                _ if part == neutral => {}
                _ => flat.push(part),
            }
        }
        let mut seen = std::collections::HashSet::new();
        flat.retain(|part| seen.insert(*part));
        match flat.as_slice() {
            [] => neutral,
            [one] => *one,
            _ => self.keep(make(flat)),
        }
    }

    /// What a class accepts, or refuses.
    pub fn node(&mut self, class: Class, accept: bool) -> Formula {
        self.keep(Form::Node(class, accept))
    }

    /// What does not meet `formula`; it has no parts that only make sense of one kind of value.
    pub fn not(&mut self, formula: Formula) -> Formula {
        match &*self.get(formula) {
            Form::Always(met) => Self::always(!met),
            Form::Node(class, accept) => self.node(*class, !accept),
            Form::Listed(values, among) => self.keep(Form::Listed(values.clone(), !among)),
            Form::Object(ObjectForm::Has(name, is_there)) => {
                self.keep(Form::Object(ObjectForm::Has(Rc::clone(name), !is_there)))
            }
            Form::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.not(*part)).collect();
                self.any(parts)
            }
            Form::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.not(*part)).collect();
                self.all(parts)
            }
            _ => self.keep(Form::Opaque("not")),
        }
    }
}
