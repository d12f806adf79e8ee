//! What is wrong with a deal is said with its path, what was expected and what was found, all of it at once.
//!
//! `data/faults.toml` has sound deals with one thing changed and the faults of that; the snapshots keep how they read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;

use clauseworth::FaultKind::{Conflict, Range, Syntax, Type, Undefined, UnknownKey};
use clauseworth::{Calculator, Fault, Request, Tree};
use serde_json::Value;
use support::{deal_text, here, replaced};

/// A sound deal with one thing changed, and the faults of that, each its kind and its path.
struct Case {
    deal: String,
    from: String,
    to: String,
    faults: Vec<String>,
}

/// The cases of a family of `faults.toml`.
fn cases(family: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(here("tests/data/faults.toml")).unwrap();
    let file = serde_json::to_value(Tree::from_toml(&text).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let cases = file[family].as_array().unwrap().iter().map(|case| Case {
        deal: text(&case["deal"]),
        from: text(&case["from"]),
        to: text(&case["to"]),
        faults: case["faults"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect(),
    });
    cases.collect()
}

/// Line of a text's first difference from another, from 1.
fn first_changed_line(sound: &str, changed: &str) -> usize {
    let same = sound.lines().zip(changed.lines());
    same.take_while(|(a, b)| a == b).count() + 1
}

/// A fault's kind and path, as the cases write them.
fn named(fault: &Fault) -> String {
    let kind = serde_json::to_value(fault.kind).unwrap();
    let kind = kind.as_str().unwrap();
    format!("{kind} {}", fault.path).trim_end().to_owned()
}

/// Checks every case of a family; gives the messages.
fn messages(family: &str) -> String {
    let mut out = String::new();
    for Case {
        deal,
        from,
        to,
        faults,
    } in cases(family)
    {
        let what = format!("{deal} with {to:?} for {from:?}");
        let sound = deal_text(&deal);
        let text = replaced(&sound, &from, &to);
        let Err(error) = Calculator::from_toml(&text) else {
            panic!("{what} is accepted");
        };
        let found: Vec<String> = error.faults().iter().map(named).collect();
        assert_eq!(found, faults, "{what}\n{error}");
        for fault in error.faults() {
            assert!(
                !fault.expected.is_empty() && !fault.found.is_empty(),
                "{fault}"
            );
            writeln!(out, "{fault}").unwrap();
        }
        // What a clause lacks, or what its keys say together, is reported where the clause begins.
        let first = first_changed_line(&sound, &text);
        let last = first + to.lines().count();
        let fault = error.first();
        if let Some(line) = fault.line {
            let exact = matches!(fault.kind, Type | UnknownKey | Syntax);
            let earliest = if exact { first } else { 1 };
            assert!(
                (earliest..=last).contains(&line),
                "{line} in {first} to {last}: {fault}"
            );
        }
    }
    out
}

#[test]
fn numbers_that_are_none_or_out_of_range() {
    insta::assert_snapshot!(messages("numbers"));
}

#[test]
fn values_of_the_wrong_type() {
    insta::assert_snapshot!(messages("types"));
}

#[test]
fn lists_without_an_entry() {
    insta::assert_snapshot!(messages("lists"));
}

#[test]
fn names_given_twice() {
    insta::assert_snapshot!(messages("duplicates"));
}

#[test]
fn names_that_nothing_has() {
    insta::assert_snapshot!(messages("unknown"));
}

#[test]
fn dates_in_the_wrong_order() {
    insta::assert_snapshot!(messages("dates"));
}

#[test]
fn keys_that_are_missing() {
    insta::assert_snapshot!(messages("missing"));
}

#[test]
fn things_that_do_not_go_together() {
    insta::assert_snapshot!(messages("together"));
}

#[test]
fn distributions_that_are_none() {
    insta::assert_snapshot!(messages("distributions"));
}

#[test]
fn keys_given_twice() {
    let text = messages("keys");
    let json = "{\n  \"format\": 1,\n  \"lab\": { \"cash\": 1, \"cash\": 2 }\n}";
    let error = Calculator::from_json(json).unwrap_err();
    assert_eq!((error.faults().len(), error.first().kind), (1, Syntax));
    assert_eq!(error.first().line, Some(3));
    let twice = "the key \"cash\" twice";
    assert_eq!(error.first().found, twice);
    let toml = "[lab]\ncash = 1\n\"cash\" = 2\n";
    let again = Calculator::from_toml(toml).unwrap_err();
    assert_eq!(
        (again.first().found.as_str(), again.first().line),
        (twice, Some(3))
    );
    insta::assert_snapshot!(format!("{text}{error}"));
}

#[test]
fn texts_that_are_neither_toml_nor_json() {
    let mut out = messages("syntax");
    for json in [
        "",
        "{",
        "[1, 2",
        "{\"format\": 1e}",
        "{\"format\": NaN}",
        "{\"format\": 1} 2",
    ] {
        let error = Calculator::from_json(json).unwrap_err();
        assert_eq!(error.first().kind, Syntax, "{json}");
        writeln!(out, "{error}").unwrap();
    }
    // What is JSON but no table.
    for json in ["null", "7", "[]", "\"microsoft-openai-2025\""] {
        let error = Calculator::from_json(json).unwrap_err();
        assert_eq!(
            (error.first().kind, error.first().path.as_str()),
            (Type, ""),
            "{json}"
        );
        writeln!(out, "{error}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_text() {
    for format in ["toml", "json"] {
        let toml = deal_text("margin-serving");
        let read = if format == "toml" {
            Calculator::from_toml(&format!("\u{feff}{toml}"))
        } else {
            let tree = Tree::from_toml(&toml).unwrap();
            Calculator::from_json(&format!(
                "\u{feff}{}",
                serde_json::to_string(&tree).unwrap()
            ))
        };
        assert!(read.is_ok(), "{format}");
    }
}

#[test]
fn a_correlation_with_what_is_certain_is_warned_of() {
    let text = replaced(
        &deal_text("all-kinds"),
        "\"demand.lines.api.growth\"]",
        "\"lab.cash\"]",
    );
    let warning = "correlations.0.between: lab.cash is certain, so the correlation moves nothing";
    let mut deal = Calculator::from_toml(&text).unwrap();
    assert_eq!(deal.deal().warnings, [warning]);
    let late = Request {
        scenario: Some("late".to_owned()),
        ..Request::default()
    };
    assert_eq!(deal.run(&late).unwrap().warnings(), [warning]);
    // One that a request makes certain is meant to be so.
    let mut sound = support::deal("all-kinds");
    let set = support::setting(&[("demand.lines.api.growth", 0.5)]);
    assert!(sound.run(&set).unwrap().warnings().is_empty());
}

#[test]
fn a_misspelt_key_is_told_what_it_was_meant_to_be() {
    let cases = [
        (
            "capital-equity",
            "effective =",
            "efective =",
            "efective",
            "effective",
        ),
        (
            "capital-equity",
            "target_cash =",
            "target_chas =",
            "lab.target_chas",
            "target_cash",
        ),
        (
            "capital-equity",
            "[lab.opex]",
            "[lab.opx]",
            "lab.opx",
            "opex",
        ),
        (
            "capital-equity",
            "participation =",
            "partcipation =",
            "clauses.equity.partcipation",
            "participation",
        ),
        (
            "all-kinds",
            "label = \"Run rate\"",
            "lable = \"Run rate\"",
            "demand.lines.chat.run_rate.lable",
            "label",
        ),
        (
            "all-kinds",
            "publisher =",
            "publsher =",
            "sources.report.publsher",
            "publisher",
        ),
        (
            "all-kinds",
            "tail_factor =",
            "tail_facter =",
            "clauses.revenue-share.tail_facter",
            "tail_factor",
        ),
    ];
    let mut out = String::new();
    for (deal, from, to, path, suggestion) in cases {
        let error = Calculator::from_toml(&replaced(&deal_text(deal), from, to)).unwrap_err();
        let fault = error
            .faults()
            .iter()
            .find(|f| f.kind == UnknownKey)
            .unwrap();
        assert_eq!(fault.path, path);
        assert_eq!(fault.suggestion.as_deref(), Some(suggestion), "{fault}");
        assert!(fault.line.is_some(), "{fault}");
        writeln!(out, "{error}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_key_like_no_other_has_no_suggestion() {
    let text = replaced(
        &deal_text("capital-equity"),
        "[tax]",
        "[tax]\nwindfall = 0.5",
    );
    let error = Calculator::from_toml(&text).unwrap_err();
    let fault = error.first();
    assert_eq!(
        (fault.kind, fault.path.as_str()),
        (UnknownKey, "tax.windfall")
    );
    assert_eq!(fault.suggestion, None);
}

#[test]
fn a_term_is_not_for_kinds_that_do_not_heed_it() {
    let text = replaced(
        &deal_text("capital-equity"),
        "kind = \"equity\"",
        "kind = \"equity\"\nuntil = 2030",
    );
    let error = Calculator::from_toml(&text).unwrap_err();
    let fault = error.first();
    assert_eq!(
        (fault.kind, fault.path.as_str()),
        (UnknownKey, "clauses.equity.until")
    );
}

#[test]
fn forty_years_are_the_longest_horizon() {
    let last = replaced(
        &deal_text("capital-equity"),
        "horizon = 2028-03-31",
        "horizon = 2066-03-31",
    );
    assert_eq!(support::run(&last).quarters(), 160);
    let beyond = replaced(
        &deal_text("capital-equity"),
        "horizon = 2028-03-31",
        "horizon = 2066-04-01",
    );
    let error = Calculator::from_toml(&beyond).unwrap_err();
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Range, "horizon")
    );
}

#[test]
fn a_tranche_after_the_last_quarter_is_left_out_with_a_warning() {
    let text = replaced(
        &deal_text("capital-equity"),
        "[2027-06-30, 2.0]",
        "[2028-04-01, 2.0]",
    );
    let run = support::run(&text);
    assert_eq!(run.warnings().len(), 1, "{:?}", run.warnings());
    assert!(
        run.warnings()[0].starts_with("clauses.capital.tranches.1"),
        "{:?}",
        run.warnings()
    );
    assert_eq!(
        support::series(&run, "flow.capital").iter().sum::<f64>(),
        -2.0
    );
}

#[test]
fn never_needs_mass_beyond_the_last_point() {
    let open = replaced(
        &deal_text("all-kinds"),
        "value = 2028.4, dist",
        "value = \"never\", dist",
    );
    support::open(&open);
    let closed = replaced(&open, "[2031.0, 0.8]]", "[2031.0, 1.0]]");
    let error = Calculator::from_toml(&closed).unwrap_err();
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Range, "agi.year.value")
    );
}

#[test]
fn correlations_that_cannot_hold_together_name_their_pairs() {
    // 0.9, 0.9 and -0.9 between three quantities: no three variables move so. 0.5 with a fourth has no part in it.
    let paths = [
        "demand.lines.chat.run_rate",
        "demand.lines.chat.growth",
        "demand.lines.api.growth",
        "devices.market",
    ];
    let mut text = replaced(
        &deal_text("all-kinds"),
        "[[correlations]]\nbetween = [\"demand.lines.chat.growth\", \"demand.lines.api.growth\"]\nrho = 0.5\n",
        "",
    );
    for (a, b, rho) in [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9), (2, 3, 0.1)] {
        let (a, b) = (paths[a], paths[b]);
        write!(
            text,
            "\n[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\nrho = {rho}\n"
        )
        .unwrap();
    }
    let error = Calculator::from_toml(&text).unwrap_err();
    assert_eq!(error.faults().len(), 1, "{error}");
    let fault = error.first();
    assert_eq!(
        (fault.kind, fault.path.as_str()),
        (Conflict, "correlations")
    );
    for path in &paths[..3] {
        assert!(fault.found.contains(path), "{fault}");
    }
    assert!(!fault.found.contains(paths[3]), "{fault}");
    // With the third weaker the three can hold together.
    support::open(&text.replace("rho = -0.9", "rho = 0.7"));
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn ten_faults_of_a_file_are_ten() {
    let mut text = deal_text("all-kinds");
    for (from, to) in [
        ("trigger = \"either\"", "trigger = \"both\""),
        ("layer = 0.4", "layer = 1.4"),
        ("stake_cap = 0.10", "stake_cap = \"ten per cent\""),
        ("high = 1.1 }", "high = 0.1 }"),
        ("unit_cost = 250.0\n", ""),
        ("pue = 1.25", "pue = nan"),
        ("tax_losses = 4.0", "tax_loses = 4.0"),
        ("id = \"second-capital\" ", "id = \"capital\" "),
        ("[2028-01-01, 0.12]", "[2025-01-01, 0.12]"),
        ("royalty = 0.03", "royalty = [0.03]"),
    ] {
        text = replaced(&text, from, to);
    }
    let error = Calculator::from_toml(&text).unwrap_err();
    assert_eq!(error.faults().len(), 10, "{error}");
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn a_result_beyond_all_numbers_is_an_error() {
    // Growth of 99900 % a year for forty years: each value is allowed, and no number holds the result.
    let text = replaced(
        &deal_text("capital-equity"),
        "horizon = 2028-03-31",
        "horizon = 2066-03-31",
    );
    let text = replaced(
        &text,
        "growth = 0.4\nterminal_growth = 0.0",
        "growth = 1000.0\nterminal_growth = 1000.0",
    );
    let text = replaced(&text, "run_rate = 6.0", "run_rate = 1e9");
    let text = text.replace("terminal_pe = 15.0", "terminal_pe = 10000.0");
    let result = support::open(&text).run(&support::setting(&[
        ("discount.lab", 1.0),
        ("lab.terminal_pe", 10000.0),
    ]));
    match result {
        Ok(run) => assert!(
            run.metrics()
                .all(|(_, value)| value.is_none_or(f64::is_finite))
        ),
        Err(error) => assert_eq!(error.first().kind, Undefined, "{error}"),
    }
}

#[test]
fn what_is_wrong_in_a_key_between_tables_and_in_a_scenario_is_told_together() {
    let mut text = deal_text("all-kinds");
    for (from, to) in [
        ("pue = 1.25", "pue = nan"),
        (
            "lines = [\"chat\", \"device-services\"]",
            "lines = [\"chats\", \"device-services\"]",
        ),
        ("target_cash = 16.0", "target_cash = 5.0"),
        ("\"clauses.hosting.share.1\"", "\"clauses.hostng.share.1\""),
    ] {
        text = replaced(&text, from, to);
    }
    let error = Calculator::from_toml(&text).unwrap_err();
    let paths: Vec<&str> = error.faults().iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "compute.pue",
            "clauses.revenue-share.lines.0",
            "lab.target_cash",
            "scenarios.late.set.clauses.hostng.share.1",
        ],
        "{error}"
    );
}
