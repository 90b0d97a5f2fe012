//! Figures, their goals and how they are told.

use std::fmt::{Display, Formatter, Result as Written};

/// A measured ratio with its goal.
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// Ours and theirs, with units, for people.
    pub sides: [String; 2],
    /// The ratio of both.
    pub ratio: f64,
    /// Where the ratio must be; `None` where it only informs.
    pub goal: Option<Goal>,
}

/// A bound of a ratio.
#[derive(Clone, Copy)]
pub enum Goal {
    /// Theirs through ours is no smaller than this.
    AtLeast(f64),
    /// Ours through theirs is no larger than this.
    AtMost(f64),
}

/// What is measured of both sides.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Times.
    Nanoseconds,
    /// Sizes of text.
    Lines,
    /// Sizes of files.
    Bytes,
}

impl Figure {
    /// The ratio that `goal` is about, of what was measured.
    pub fn of(name: impl Into<String>, [ours, theirs]: [f64; 2], unit: Unit, goal: Goal) -> Self {
        let ratio = match goal {
            Goal::AtLeast(_) => theirs / ours,
            Goal::AtMost(_) => ours / theirs,
        };
        Self { name: name.into(), sides: [unit.show(ours), unit.show(theirs)], ratio, goal: Some(goal) }
    }

    /// Whether the ratio is not where it must be.
    pub fn is_missed(&self) -> bool {
        match self.goal {
            None => false,
            Some(Goal::AtLeast(bound)) => self.ratio < bound,
            Some(Goal::AtMost(bound)) => self.ratio > bound,
        }
    }

    fn goal(&self) -> String {
        self.goal.map_or_else(|| "none".to_owned(), |goal| goal.to_string())
    }
}

impl Display for Figure {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "ratio {} {:.2} goal {}", self.name, self.ratio, self.goal())
    }
}

impl Display for Goal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Self::AtLeast(bound) => write!(f, ">={bound}"),
            Self::AtMost(bound) => write!(f, "<={bound}"),
        }
    }
}

impl Unit {
    /// A measured number, for people.
    pub fn show(self, number: f64) -> String {
        match self {
            Self::Nanoseconds => time(number),
            Self::Lines => format!("{number:.0} lines"),
            Self::Bytes => format!("{:.1} kB", number / 1e3),
        }
    }
}

/// What a generated crate prints of a figure: a line `NAME OURS THEIRS` in nanoseconds.
pub fn times(line: &str) -> Option<(&str, [f64; 2])> {
    let mut words = line.split(' ');
    let (name, ours, theirs) = (words.next()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((name, [ours, theirs]))
}

/// The geometric mean of `figures`.
pub fn mean(name: &str, figures: &[Figure], goal: Goal) -> Option<Figure> {
    let logarithms: f64 = figures.iter().map(|figure| figure.ratio.ln()).sum();
    (!figures.is_empty()).then(|| Figure {
        name: name.to_owned(),
        sides: [String::new(), String::new()],
        ratio: (logarithms / figures.len() as f64).exp(),
        goal: Some(goal),
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

/// A Markdown table.
pub fn table(figures: &[Figure]) -> String {
    let rows = figures.iter().map(|figure| {
        let Figure { name, sides: [ours, theirs], ratio, .. } = figure;
        let missed = if figure.is_missed() { ", missed" } else { "" };
        format!("| {name} | {ours} | {theirs} | {ratio:.2} | {}{missed} |", figure.goal())
    });
    let head = ["| figure | ours | theirs | ratio | goal |".to_owned(), "|---|---|---|---|---|".to_owned()];
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}
