//! What several test files share: deal files, runs and their figures.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod ask;
pub(crate) mod random;

use std::path::{Path, PathBuf};

use clauseworth::{Calculator, Request, Run, Setting};

/// The deals that are shared with other programs' tests.
pub(crate) const DEALS: [&str; 4] = ["all-kinds", "capital-equity", "example", "margin-serving"];

/// A path inside this crate.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Text of a deal of `tests/deals`.
pub(crate) fn deal_text(name: &str) -> String {
    let path = here("../../tests/deals").join(format!("{name}.toml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of expected values, which says how they were made.
pub(crate) fn data(name: &str) -> serde_json::Value {
    let path = here("tests/data").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The deal whose numbers can be worked out by hand, with more tables and clauses.
pub(crate) fn small(more: &str) -> String {
    let path = here("tests/support/small.toml");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{error}"));
    format!("{text}\n{more}")
}

/// A deal of `tests/deals`, opened.
pub(crate) fn deal(name: &str) -> Calculator {
    open(&deal_text(name))
}

/// A deal from its text, which must be sound.
pub(crate) fn open(text: &str) -> Calculator {
    Calculator::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The base case of a deal from its text.
pub(crate) fn run(text: &str) -> Run {
    open(text)
        .run(&Request::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A request that sets numbers.
pub(crate) fn setting(values: &[(&str, f64)]) -> Request {
    let set = values
        .iter()
        .map(|(path, value)| ((*path).to_owned(), Setting::Number(*value)));
    Request {
        set: set.collect(),
        ..Request::default()
    }
}

/// A request that leaves clauses out.
pub(crate) fn without(clauses: &[&str]) -> Request {
    Request {
        without: clauses.iter().map(|id| (*id).to_owned()).collect(),
        ..Request::default()
    }
}

/// The same request with more clauses left out.
pub(crate) fn less(request: &Request, clauses: &[&str]) -> Request {
    let mut request = request.clone();
    request
        .without
        .extend(clauses.iter().map(|id| (*id).to_owned()));
    request
}

/// The same request with one more number set.
pub(crate) fn also(request: &Request, path: &str, value: f64) -> Request {
    let mut request = request.clone();
    request.set.push((path.to_owned(), Setting::Number(value)));
    request
}

/// A series that must be there.
pub(crate) fn series<'a>(run: &'a Run, name: &str) -> &'a [f64] {
    run.series(name)
        .unwrap_or_else(|| panic!("no series {name}"))
}

/// A metric that must have a value.
pub(crate) fn metric(run: &Run, name: &str) -> f64 {
    run.metric(name)
        .unwrap_or_else(|| panic!("no value of {name}"))
}

/// A text with one place of it replaced, which must be there once.
pub(crate) fn replaced(text: &str, from: &str, to: &str) -> String {
    let count = text.matches(from).count();
    assert_eq!(count, 1, "{from:?} stands {count} times in the text");
    text.replacen(from, to, 1)
}

/// Asserts that two numbers agree to a relative tolerance, with an absolute one for what cancels to zero.
#[track_caller]
pub(crate) fn close(what: &str, found: f64, expected: f64, relative: f64, absolute: f64) {
    let allowed = relative * found.abs().max(expected.abs()) + absolute;
    assert!(
        (found - expected).abs() <= allowed,
        "{what}: {found}, not {expected} (difference {:e})",
        found - expected
    );
}
