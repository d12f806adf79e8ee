//! What can be asked of an opened deal: values by path, scenarios, clauses left out; and what cannot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;

use clauseworth::FaultKind::{Order, Range, Type, Unknown, UnknownKey};
use clauseworth::{Calculator, Error, FaultKind, Request, Setting};
use support::deal;

/// What a request with one value set gives on the deal with every clause kind.
fn set(path: &str, value: Setting) -> Result<clauseworth::Run, Error> {
    let request = Request {
        set: vec![(path.to_owned(), value)],
        ..Request::default()
    };
    deal("all-kinds").run(&request)
}

#[test]
fn paths_and_values_that_a_request_cannot_have() {
    use Setting::{Bool, Number, Text};
    let text = |text: &str| Text(text.to_owned());
    let cases = [
        ("lab.csah", Number(1.0), UnknownKey, Some("cash")),
        ("labs.cash", Number(1.0), Unknown, Some("lab")),
        (
            "clauses.revenue-shar.rate",
            Number(0.1),
            Unknown,
            Some("revenue-share"),
        ),
        ("clauses.revenue-share.rate.7", Number(0.1), Unknown, None),
        (
            "demand.lines.chatt.growth",
            Number(0.1),
            Unknown,
            Some("chat"),
        ),
        ("", Number(0.1), Unknown, None),
        ("..", Number(0.1), Unknown, None),
        ("lab.pool", Number(1.0), Range, None),
        ("lab.pool", Number(-0.1), Range, None),
        ("lab.pool", Number(f64::NAN), Range, None),
        ("lab.cash", Number(f64::INFINITY), Range, None),
        ("agi.year", Number(f64::INFINITY), Range, None),
        ("lab.pool", text("never"), Type, None),
        ("lab.pool", text("2026-01-01"), Type, None),
        ("lab.pool", Bool(true), Type, None),
        ("agi.year", text("soon"), Type, None),
        ("agi.year", text("2026-13-01"), Type, None),
        ("agi.year", Number(20.28), Range, None),
        ("regulation.acts", Number(0.5), Range, None),
        ("clauses.revenue-share.pay_over", Number(1.5), Range, None),
        ("clauses.revenue-share.on_agi", text("halt"), Unknown, None),
        ("lab.target_cash", Number(1.0), Order, None),
        ("clauses.revenue-share.until", Number(2026.0), Order, None),
    ];
    let mut out = String::new();
    for (path, value, kind, suggestion) in cases {
        let Err(error) = set(path, value.clone()) else {
            panic!("{path} = {value:?} is accepted");
        };
        let fault = error.first();
        assert_eq!(
            (fault.kind, fault.path.as_str()),
            (kind, path),
            "{path} = {value:?}: {error}"
        );
        if let Some(suggestion) = suggestion {
            assert_eq!(fault.suggestion.as_deref(), Some(suggestion), "{path}");
        }
        writeln!(out, "{error}").unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn dates_and_never_can_be_set() {
    let of = |text: &str| set("agi.year", Setting::Text(text.to_owned())).unwrap();
    let number = set("agi.year", Setting::Number(2027.5)).unwrap();
    assert_eq!(
        of("2027-07-01").metric("backer.npv"),
        number.metric("backer.npv")
    );
    let before = support::series(&number, "agi.before");
    assert!(before.contains(&0.0));
    assert!(
        support::series(&of("never"), "agi.before")
            .iter()
            .all(|part| *part == 1.0)
    );
    // Words and flags, and keys that the file does not give.
    set("agi.trigger", Setting::Text("lab".to_owned())).unwrap();
    set("clauses.devices.hosted", Setting::Bool(false)).unwrap();
    set("clauses.hosting.enabled", Setting::Bool(false)).unwrap();
}

#[test]
fn scenarios_and_clauses_that_a_deal_does_not_have() {
    let scenario = Request {
        scenario: Some("lat".to_owned()),
        ..Request::default()
    };
    let error = deal("all-kinds").run(&scenario).unwrap_err();
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Unknown, "scenarios")
    );
    assert_eq!(error.first().suggestion.as_deref(), Some("late"));
    let clauses = deal("all-kinds")
        .run(&support::without(&["hostin", "gift"]))
        .unwrap_err();
    let found: Vec<(FaultKind, &str)> = clauses
        .faults()
        .iter()
        .map(|f| (f.kind, f.path.as_str()))
        .collect();
    assert_eq!(
        found,
        [(Unknown, "clauses.hostin"), (Unknown, "clauses.gift")]
    );
    assert_eq!(clauses.first().suggestion.as_deref(), Some("hosting"));
    let library = Calculator::library("microsoft-openai-2052").unwrap_err();
    assert_eq!(library.first().kind, Unknown);
    assert_eq!(
        library.first().suggestion.as_deref(),
        Some("microsoft-openai-2025")
    );
    insta::assert_snapshot!(format!("{error}\n{clauses}\n{library}"));
}

#[test]
fn one_fault_of_a_request_does_not_hide_another() {
    let wrong = |scenario: Option<&str>, set: &[(&str, f64)], clause: &str| {
        let request = Request {
            scenario: scenario.map(str::to_owned),
            without: vec![clause.to_owned()],
            ..support::setting(set)
        };
        let error = deal("all-kinds").run(&request).unwrap_err();
        let paths = error.faults().iter().map(|fault| fault.path.clone());
        paths.collect::<Vec<_>>()
    };
    let (pool, csah) = ("lab.pool", "lab.csah");
    let all = ["scenarios", "clauses.hostin", pool];
    assert_eq!(wrong(Some("lat"), &[(pool, 2.0)], "hostin"), all);
    let all = ["scenarios", "clauses.hostin", csah];
    assert_eq!(wrong(Some("lat"), &[(csah, 2.0)], "hostin"), all);
    assert_eq!(wrong(Some("lat"), &[(pool, 0.1)], "hosting"), ["scenarios"]);
    for scenario in [None, Some("late")] {
        for path in [pool, csah] {
            let all = ["clauses.hostin", path];
            assert_eq!(wrong(scenario, &[(path, 2.0)], "hostin"), all);
        }
    }
}

#[test]
fn a_calculator_is_as_before_after_a_request_that_failed() {
    let mut calculator = deal("all-kinds");
    let before = calculator.run(&Request::default()).unwrap();
    calculator
        .run(&support::setting(&[("lab.pool", 2.0)]))
        .unwrap_err();
    calculator
        .run(&support::setting(&[("lab.poll", 0.1)]))
        .unwrap_err();
    calculator
        .run(&support::setting(&[("lab.pool", 0.2)]))
        .unwrap();
    let after = calculator.run(&Request::default()).unwrap();
    assert_eq!(
        serde_json::to_string(&before).unwrap(),
        serde_json::to_string(&after).unwrap()
    );
}
