//! Whatever is done to a deal file, opening it gives a deal or faults that say something, and running a deal gives finite
//! numbers or an error: never a panic, never a value that is not a number.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, Error, LIBRARY, Request, Run, Setting};
use proptest::prelude::*;
use support::{DEALS, deal_text};

/// One thing done to a text, at a place given as a part of its length.
#[derive(Clone, Debug)]
enum Mutation {
    DeleteLine(f64),
    DuplicateLine(f64),
    SwapLines(f64, f64),
    MoveLine(f64, f64),
    Number(f64, &'static str),
    Word(f64, &'static str),
    DeleteChar(f64),
    InsertChar(f64, char),
}

/// What a number may become.
const NUMBERS: [&str; 24] = [
    "nan",
    "-nan",
    "inf",
    "-inf",
    "1e400",
    "-1",
    "0",
    "0.0",
    "-0.0",
    "1",
    "1e-308",
    "5e-324",
    "1e9",
    "1e15",
    "1e308",
    "9223372036854775808",
    "\"never\"",
    "\"text\"",
    "true",
    "2026-02-30",
    "2030-06-15",
    "12:00:00",
    "[]",
    "{}",
];

/// What a word may become.
const WORDS: [&str; 14] = [
    "all",
    "never",
    "equity",
    "hosting",
    "commitment",
    "warrant",
    "backer",
    "lab",
    "stop",
    "layer",
    "tail",
    "pert",
    "cumulative",
    "id",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || 0.0..1.0;
    prop_oneof![
        2 => at().prop_map(Mutation::DeleteLine),
        1 => at().prop_map(Mutation::DuplicateLine),
        1 => (at(), at()).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        1 => (at(), at()).prop_map(|(a, b)| Mutation::MoveLine(a, b)),
        6 => (at(), prop::sample::select(&NUMBERS)).prop_map(|(a, n)| Mutation::Number(a, n)),
        2 => (at(), prop::sample::select(&WORDS)).prop_map(|(a, w)| Mutation::Word(a, w)),
        1 => at().prop_map(Mutation::DeleteChar),
        1 => (at(), any::<char>()).prop_map(|(a, c)| Mutation::InsertChar(a, c)),
    ]
}

/// The entry at a part of a list's length.
fn index(part: f64, length: usize) -> usize {
    ((part * length as f64) as usize).min(length.saturating_sub(1))
}

/// Replaces one of the maximal runs of characters of a kind.
fn replace_token(text: &str, part: f64, by: &str, is: fn(char) -> bool) -> String {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (start, at < text.len() && is(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                tokens.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    match tokens.get(index(part, tokens.len())) {
        Some((from, to)) => format!("{}{by}{}", &text[..*from], &text[*to..]),
        None => text.to_owned(),
    }
}

fn mutated(text: &str, mutation: &Mutation) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let count = lines.len();
    if count == 0 {
        return String::new();
    }
    match mutation {
        Mutation::DeleteLine(at) => {
            lines.remove(index(*at, count));
        }
        Mutation::DuplicateLine(at) => {
            let at = index(*at, count);
            lines.insert(at, lines[at]);
        }
        Mutation::SwapLines(a, b) => lines.swap(index(*a, count), index(*b, count)),
        Mutation::MoveLine(a, b) => {
            let line = lines.remove(index(*a, count));
            lines.insert(index(*b, count), line);
        }
        Mutation::Number(at, number) => {
            return replace_token(text, *at, number, |c| {
                c.is_ascii_digit() || c == '.' || c == '-'
            });
        }
        Mutation::Word(at, word) => {
            return replace_token(text, *at, word, |c| c.is_ascii_alphabetic() || c == '_');
        }
        Mutation::DeleteChar(at) => {
            let mut chars: Vec<char> = text.chars().collect();
            chars.remove(index(*at, chars.len()));
            return chars.into_iter().collect();
        }
        Mutation::InsertChar(at, c) => {
            let mut chars: Vec<char> = text.chars().collect();
            chars.insert(index(*at, chars.len()), *c);
            return chars.into_iter().collect();
        }
    }
    lines.join("\n")
}

/// What every error owes its reader.
fn says_something(error: &Error) {
    assert!(!error.faults().is_empty());
    for fault in error.faults() {
        assert!(!fault.expected.is_empty(), "{fault:?}");
        assert!(!fault.found.is_empty(), "{fault:?}");
    }
}

/// What every run owes its reader.
fn is_finite(run: &Run) {
    for (name, value) in run.metrics() {
        assert!(value.is_none_or(f64::is_finite), "{name} is {value:?}");
    }
    for (name, column) in run.all_series() {
        let column = column.unwrap_or_default();
        assert!(
            column.iter().all(|value| value.is_finite()),
            "{name}: {column:?}"
        );
    }
    for year in run.calendar_years() {
        let figures = run.year(*year).unwrap();
        let values = [
            figures.take_rate,
            figures.take_rate_with_compute,
            figures.twh,
        ];
        assert!(
            values.iter().flatten().all(|value| value.is_finite()),
            "{year}: {figures:?}"
        );
        assert!(figures.revenue.is_finite(), "{year}: {figures:?}");
    }
    for (id, share) in run.references() {
        assert!(
            share.is_none_or(f64::is_finite),
            "the share of {id} is {share:?}"
        );
    }
    let roots = run.irr_forward().iter().chain(run.irr_since_inception());
    assert!(roots.into_iter().all(|root| root.is_finite()));
}

fn survives(result: Result<Calculator, Error>) {
    match result {
        Ok(mut calculator) => {
            let scenarios = calculator.deal().tables.scenarios.clone();
            let named = scenarios.iter().take(1).map(|s| Some(s.id.0.clone()));
            for scenario in [None].into_iter().chain(named) {
                let request = Request {
                    scenario,
                    ..Request::default()
                };
                match calculator.run(&request) {
                    Ok(run) => is_finite(&run),
                    Err(error) => says_something(&error),
                }
            }
        }
        Err(error) => says_something(&error),
    }
}

/// The deals that are mutated: those of the tests, and those of the library.
fn texts() -> Vec<String> {
    let own = DEALS.iter().map(|name| deal_text(name));
    own.chain(LIBRARY.iter().map(|deal| deal.text.to_owned()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_mutated_file_is_a_deal_or_has_faults(
        text in prop::sample::select(texts()),
        mutations in prop::collection::vec(mutation(), 1..4),
    ) {
        let text = mutations.iter().fold(text, |text, m| mutated(&text, m));
        survives(Calculator::from_toml(&text));
    }

    #[test]
    fn a_mutated_json_file_is_a_deal_or_has_faults(
        name in prop::sample::select(&DEALS),
        mutations in prop::collection::vec(mutation(), 1..4),
    ) {
        let tree = clauseworth::Tree::from_toml(&deal_text(name)).unwrap();
        let text = serde_json::to_string_pretty(&tree).unwrap();
        let text = mutations.iter().fold(text, |text, m| mutated(&text, m));
        survives(Calculator::from_json(&text));
    }

    #[test]
    fn any_text_is_refused_with_a_fault(text in "\\PC{0,60}") {
        says_something(&Calculator::from_toml(&format!("{text}\n")).unwrap_err());
        says_something(&Calculator::from_json(&text).unwrap_err());
    }

    /// The ends of what a quantity may be: where deals overflow, divide by nothing, or never end.
    #[test]
    fn quantities_at_their_limits_give_finite_numbers_or_an_error(
        name in prop::sample::select(&DEALS),
        picks in prop::collection::vec((0.0..1.0, 0_u8..4), 1..6),
    ) {
        let mut calculator = support::deal(name);
        let quantities = calculator.deal().quantities.clone();
        let set = picks.iter().map(|(part, end)| {
            let quantity = &quantities[index(*part, quantities.len())];
            let limit = quantity.limit;
            let value = match end {
                0 => limit.low,
                1 => limit.high,
                2 => limit.low + 1e-9 * (limit.high - limit.low),
                _ => quantity.value.min(limit.high) * 1e-12,
            };
            (quantity.path.clone(), Setting::Number(value))
        });
        let request = Request { set: set.collect(), ..Request::default() };
        match calculator.run(&request) {
            Ok(run) => is_finite(&run),
            Err(error) => says_something(&error),
        }
    }
}
