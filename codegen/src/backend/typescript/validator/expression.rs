//! Expressions of tests, with the parentheses that they need, and statements of those that need a loop.

/// How wide a line may be before an expression is written over several.
const MAX_WIDTH: usize = 120;

/// A JavaScript expression that is truthy where validation goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// One that binds tighter than `&&`.
    Atom(String),
    /// `a && b`
    All(Vec<Self>),
    /// `a || b`
    Any(Vec<Self>),
    /// `a ? b : c`
    Choice(Box<[Self; 3]>),
}

/// One test after the other.
#[derive(Debug, Clone)]
pub enum Step {
    /// A test.
    Test(Expression),
    /// Statements that return what is falsy where a test fails.
    Statements(String),
}

/// How tight an expression binds, the loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Choice,
    Any,
    All,
    Atom,
}

impl Expression {
    /// A piece of code.
    pub fn of(code: impl Into<String>) -> Self {
        Self::Atom(code.into())
    }

    /// What is always valid.
    pub fn always() -> Self {
        Self::of("true")
    }

    /// What is never valid.
    pub fn never() -> Self {
        Self::of("false")
    }

    /// Whether it is always valid.
    pub fn is_always(&self) -> bool {
        *self == Self::always()
    }

    /// Whether it is never valid.
    pub fn is_never(&self) -> bool {
        *self == Self::never()
    }

    /// All of them.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All(parts) => all.extend(parts),
                part if part.is_always() => {}
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Self::always(),
            1 => all.swap_remove(0),
            _ => Self::All(all),
        }
    }

    /// One of them.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Any(parts) => any.extend(parts),
                part if part.is_never() => {}
                part => any.push(part),
            }
        }
        if any.iter().any(Self::is_always) {
            return Self::always();
        }
        match any.len() {
            0 => Self::never(),
            1 => any.swap_remove(0),
            _ => Self::Any(any),
        }
    }

    /// `then` where `condition` holds, else `otherwise`.
    pub fn choice(condition: Self, then: Self, otherwise: Self) -> Self {
        if then == otherwise || condition.is_always() {
            return then;
        }
        if condition.is_never() {
            return otherwise;
        }
        if otherwise.is_never() {
            return Self::all([condition, then]);
        }
        if then.is_always() {
            return Self::any([condition, otherwise]);
        }
        Self::Choice(Box::new([condition, then, otherwise]))
    }

    /// The opposite.
    pub fn negated(self) -> Self {
        let text = self.inline(Level::Choice);
        Self::Atom(if self.is_call() { format!("!{text}") } else { format!("!({text})") })
    }

    /// Whether it is a call, or a name, and nothing more.
    fn is_call(&self) -> bool {
        let Self::Atom(code) = self else { return false };
        let is_name = |text: &str| {
            text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | '.' | '_' | '$'))
        };
        match code.split_once('(') {
            None => is_name(code),
            Some((name, arguments)) => {
                is_name(name) && arguments.find(')').is_some_and(|end| end + 1 == arguments.len())
            }
        }
    }

    /// Whether it speaks of a variable of one letter.
    pub fn mentions(&self, variable: &str) -> bool {
        let text = self.to_string();
        let (mut is_quoted, mut is_escaped) = (false, false);
        let mut words = text.split(|character: char| {
            let is_end = character == '"' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            is_quoted ^= is_end;
            is_quoted || is_end || !(character.is_alphanumeric() || matches!(character, '_' | '$' | '.'))
        });
        words.any(|word| word.split('.').next() == Some(variable))
    }

    const fn level(&self) -> Level {
        match self {
            Self::Choice(_) => Level::Choice,
            Self::Any(_) => Level::Any,
            Self::All(_) => Level::All,
            Self::Atom(_) => Level::Atom,
        }
    }

    /// On one line, in parentheses where it binds looser than `level`.
    fn inline(&self, level: Level) -> String {
        let join = |parts: &[Self], operator: &str, inner| {
            parts.iter().map(|part| part.inline(inner)).collect::<Vec<_>>().join(operator)
        };
        let text = match self {
            Self::Atom(code) => code.clone(),
            Self::All(parts) => join(parts, " && ", Level::Atom),
            Self::Any(parts) => join(parts, " || ", Level::All),
            Self::Choice(parts) => {
                let [condition, then, otherwise] = &**parts;
                let condition = condition.inline(Level::Any);
                let (then, otherwise) = (then.inline(Level::Choice), otherwise.inline(Level::Choice));
                format!("{condition} ? {then} : {otherwise}")
            }
        };
        if self.level() < level { format!("({text})") } else { text }
    }

    /// At `indent`, over several lines where it is long.
    pub fn print(&self, indent: &str) -> String {
        self.broken(indent, Level::Choice)
    }

    fn broken(&self, indent: &str, level: Level) -> String {
        let line = self.inline(level);
        if indent.len() + line.len() <= MAX_WIDTH {
            return line;
        }
        let is_enclosed = self.level() < level;
        let inner = format!("{indent}  ");
        let join = |parts: &[Self], operator: &str, level| {
            let parts = parts.iter().map(|part| part.broken(&inner, level));
            parts.collect::<Vec<_>>().join(&format!(" {operator}\n{inner}"))
        };
        let text = match self {
            Self::Atom(code) => return code.clone(),
            Self::All(parts) => join(parts, "&&", Level::Atom),
            Self::Any(parts) => join(parts, "||", Level::All),
            Self::Choice(parts) => {
                let [condition, then, otherwise] = &**parts;
                let condition = condition.broken(&inner, Level::Any);
                let then = then.broken(&inner, Level::Choice);
                let otherwise = otherwise.broken(&inner, Level::Choice);
                format!("{condition}\n{inner}? {then}\n{inner}: {otherwise}")
            }
        };
        if is_enclosed { format!("(\n{inner}{text}\n{indent})") } else { text }
    }
}

impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.inline(Level::Choice))
    }
}

/// The tests as one expression, if none of them needs a statement.
pub fn expression(steps: &[Step]) -> Option<Expression> {
    let tests: Option<Vec<_>> = steps
        .iter()
        .map(|step| if let Step::Test(test) = step { Some(test.clone()) } else { None })
        .collect();
    tests.map(Expression::all)
}

/// Statements that return where a test fails, at `indent`.
pub fn block(steps: &[Step], indent: &str) -> String {
    let mut text = String::new();
    let mut rest = steps;
    while !rest.is_empty() {
        let n_tests = rest.iter().take_while(|step| matches!(step, Step::Test(_))).count();
        let test = expression(&rest[..n_tests]).unwrap_or_else(Expression::always);
        text.push_str(&unless(&test, indent));
        rest = &rest[n_tests..];
        if let [Step::Statements(statements), after @ ..] = rest {
            text.push_str(&indented(statements, indent));
            rest = after;
        }
    }
    text
}

/// `if (!(test)) return false;`; nothing where it always holds.
pub fn unless(test: &Expression, indent: &str) -> String {
    let inner = format!("{indent}  ");
    match test {
        test if test.is_always() => String::new(),
        test if test.is_never() => format!("{indent}return false;\n"),
        test => {
            let refuses = test.clone().negated();
            let fits = indent.len() + refuses.to_string().len() <= MAX_WIDTH;
            let refuses = if fits { refuses.to_string() } else { format!("!({})", test.print(&inner)) };
            format!("{indent}if ({refuses}) {{\n{inner}return false;\n{indent}}}\n")
        }
    }
}

/// The body of a function: what is left of the tests at the end is what it returns.
pub fn body(steps: &[Step]) -> String {
    let n_last = steps.iter().rev().take_while(|step| matches!(step, Step::Test(_))).count();
    let (first, last) = steps.split_at(steps.len() - n_last);
    let last = expression(last).unwrap_or_else(Expression::always);
    format!("{}{}", block(first, "  "), returning(&last))
}

/// A function's last statement, which returns a test.
pub fn returning(test: &Expression) -> String {
    let text = test.print("  ");
    let text = if text.contains('\n') { format!("(\n    {text}\n  )") } else { text };
    format!("  return {text};\n")
}

/// Lines with `indent` before each.
pub fn indented(lines: &str, indent: &str) -> String {
    lines.lines().map(|line| format!("{indent}{line}\n")).collect()
}
