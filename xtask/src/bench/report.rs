//! Figures, their goals and how they are told.

/// A measured ratio with its goal.
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// Ours and theirs, with units, for people.
    pub sides: [String; 2],
    /// The ratio of both.
    pub ratio: f64,
    /// Where the ratio must be.
    pub goal: Goal,
}

/// A bound of a ratio.
#[derive(Clone, Copy)]
pub enum Goal {
    /// No smaller than this.
    AtLeast(f64),
    /// No greater than this.
    AtMost(f64),
}

impl Figure {
    /// Whether the ratio is not where it must be.
    pub fn is_missed(&self) -> bool {
        match self.goal {
            Goal::AtLeast(bound) => self.ratio < bound,
            Goal::AtMost(bound) => self.ratio > bound,
        }
    }
}

impl std::fmt::Display for Goal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtLeast(bound) => write!(f, ">={bound}"),
            Self::AtMost(bound) => write!(f, "<={bound}"),
        }
    }
}

/// A figure of `is_valid`, from a line `NAME OURS THEIRS` in nanoseconds: how many times as fast we are.
pub fn faster(line: &str) -> Option<Figure> {
    let mut words = line.split(' ');
    let (name, ours, theirs) =
        (words.next()?, words.next()?.parse().ok()?, words.next()?.parse::<f64>().ok()?);
    Some(Figure {
        name: format!("is-valid/{name}"),
        sides: [time(ours), time(theirs)],
        ratio: theirs / ours,
        goal: Goal::AtLeast(0.8),
    })
}

/// The geometric mean of `figures`.
pub fn mean(name: &str, figures: &[Figure], bound: f64) -> Option<Figure> {
    let logarithms: f64 = figures.iter().map(|figure| figure.ratio.ln()).sum();
    (!figures.is_empty()).then(|| Figure {
        name: name.to_owned(),
        sides: [String::new(), String::new()],
        ratio: (logarithms / figures.len() as f64).exp(),
        goal: Goal::AtLeast(bound),
    })
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        ..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        ..1e9 => format!("{:.2} ms", nanoseconds / 1e6),
        _ => format!("{:.2} s", nanoseconds / 1e9),
    }
}

/// The table, and a line per figure.
pub fn print(figures: &[Figure]) {
    println!("{}", table(figures));
    for Figure { name, ratio, goal, .. } in figures {
        println!("ratio {name} {ratio:.2} goal {goal}");
    }
}

/// A Markdown table.
pub fn table(figures: &[Figure]) -> String {
    let rows = figures.iter().map(|Figure { name, sides: [ours, theirs], ratio, goal }| {
        format!("| {name} | {ours} | {theirs} | {ratio:.2} | {goal} |")
    });
    let head = ["| figure | ours | theirs | ratio | goal |".to_owned(), "|---|---|---|---|---|".to_owned()];
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}
