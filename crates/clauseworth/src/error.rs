//! The one public error type: a list of faults, each with the path of the quantity or clause at fault, what was
//! expected there and what was found, so that a page can mark the field and a terminal can print a line.

use std::fmt;

/// What is wrong, in one word, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FaultKind {
    /// The text is not TOML or JSON.
    Syntax,
    /// A key that the format does not have.
    UnknownKey,
    /// A required key is absent.
    Missing,
    /// A value of the wrong type.
    Type,
    /// A number or date outside the allowed range.
    Range,
    /// Two things share one name, or one key is given twice.
    Duplicate,
    /// A name that nothing has: a line, clause, source, path, metric, scenario or deal.
    Unknown,
    /// Dates or steps that should ascend do not.
    Order,
    /// Keys that do not go together.
    Conflict,
    /// A chain of `base` that comes back to itself.
    Cycle,
    /// The values are each allowed but the model has no answer for them together.
    Undefined,
}

/// One thing that is wrong with a deal or a request.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Fault {
    /// What is wrong, in one word.
    pub kind: FaultKind,
    /// Dotted path of the key, quantity or clause at fault; empty for the file as a whole.
    pub path: String,
    /// What is allowed there.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The nearest name, where a name was probably misspelt.
    pub suggestion: Option<String>,
    /// Line in the deal file, from 1, where it is known.
    pub line: Option<usize>,
}

impl Fault {
    /// A fault without suggestion and line.
    #[must_use]
    pub fn new(
        kind: FaultKind,
        path: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            path: path.into(),
            expected: expected.into(),
            found: found.into(),
            suggestion: None,
            line: None,
        }
    }

    /// The same fault, at a line of the file.
    #[must_use]
    pub fn at_line(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }

    /// The same fault, as one of a scenario's set.
    #[must_use]
    pub(crate) fn in_scenario(mut self, id: &str) -> Self {
        self.path = format!("scenarios.{id}.set.{}", self.path);
        self
    }

    /// The same fault, with the nearest of `names` to `wrong` as suggestion, if one is near enough.
    #[must_use]
    pub fn suggesting<'a>(mut self, wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggestion = nearest(wrong, names);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        // What a parser says is a sentence of its own.
        let word = match self.kind {
            FaultKind::Syntax => ":",
            _ => ", found",
        };
        write!(f, "expected {}{word} {}", self.expected, self.found)?;
        if let Some(suggestion) = &self.suggestion {
            write!(f, "; did you mean \"{suggestion}\"?")?;
        }
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with a deal or a request: at least one fault, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    faults: Vec<Fault>,
}

impl Error {
    /// All faults; never empty.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The first fault.
    #[must_use]
    pub fn first(&self) -> &Fault {
        &self.faults[0]
    }

    /// The error with further faults.
    pub(crate) fn and(mut self, further: Vec<Fault>) -> Self {
        self.faults.extend(further);
        self
    }

    /// The error as one of a deal among several: its id stands before every path.
    pub(crate) fn in_deal(mut self, id: &str) -> Self {
        for fault in &mut self.faults {
            let path = if fault.path.is_empty() {
                String::new()
            } else {
                format!(".{}", fault.path)
            };
            fault.path = format!("{id}{path}");
        }
        self
    }

    /// An error of faults, of which there is one at least.
    pub(crate) fn of(faults: Vec<Fault>) -> Self {
        Self { faults }
    }

    /// The error as one of what a path of a simulation draws.
    pub(crate) fn on_path(mut self, path: u64) -> Self {
        for fault in &mut self.faults {
            fault.found = format!("{} on path {path} of the simulation", fault.found);
        }
        self
    }

    /// `Ok` where there is no fault.
    pub(crate) fn check(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self { faults })
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self {
            faults: vec![fault],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The name nearest to `wrong` by optimal string alignment, in which neighbours may change places, if at most a third of
/// its letters differ.
fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(wrong, name), name))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, name)| *distance <= 1.max(wrong.len().min(name.len()) / 3))
        .map(|(_, name)| name.to_owned())
}
