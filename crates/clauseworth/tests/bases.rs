//! Deals that start from another one (Model 13), and chains of bases that cannot be followed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use clauseworth::FaultKind::{Cycle, Type, Unknown};
use clauseworth::{Calculator, Error, Tree};
use support::{deal_text, replaced};

/// Opens a deal with a library of these texts.
fn open_among(text: &str, library: &BTreeMap<&str, String>) -> Result<Calculator, Error> {
    let find = |id: &str| library.get(id).map(|text| Tree::from_toml(text).unwrap());
    Calculator::open(Tree::from_toml(text).unwrap(), &find)
}

fn based(id: &str, base: &str) -> String {
    format!("format = 1\nid = \"{id}\"\ntitle = \"{id}\"\nbase = \"{base}\"\n")
}

#[test]
fn a_base_that_comes_back_to_itself_is_refused() {
    let library = BTreeMap::from([
        ("a", based("a", "b")),
        ("b", based("b", "c")),
        ("c", based("c", "b")),
    ]);
    let error = open_among(&based("mine", "a"), &library).unwrap_err();
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (Cycle, "base")
    );
    let alone = BTreeMap::from([("a", based("a", "a"))]);
    let own = open_among(&based("a", "a"), &alone).unwrap_err();
    assert_eq!(
        (own.first().kind, own.first().path.as_str()),
        (Cycle, "base")
    );
    insta::assert_snapshot!(format!("{error}\n{own}"));
}

#[test]
fn a_base_that_nobody_has_is_refused() {
    let library = BTreeMap::from([("a", based("a", "b"))]);
    let direct = open_among(&based("mine", "b"), &library).unwrap_err();
    assert_eq!(
        (direct.first().kind, direct.first().path.as_str()),
        (Unknown, "base")
    );
    assert_eq!(direct.first().line, Some(4));
    let further = open_among(&based("mine", "a"), &library).unwrap_err();
    assert_eq!(
        (further.first().kind, further.first().path.as_str()),
        (Unknown, "base")
    );
    let number = Calculator::from_toml("format = 1\nid = \"a\"\nbase = 7\n").unwrap_err();
    assert_eq!(
        (number.first().kind, number.first().path.as_str()),
        (Type, "base")
    );
    insta::assert_snapshot!(format!("{direct}\n{further}\n{number}"));
}

#[test]
fn a_base_gives_what_the_file_does_not() {
    let library = BTreeMap::from([
        ("world", deal_text("capital-equity")),
        (
            "richer",
            format!("{}\n[lab]\ncash = 7.0\n", based("richer", "world")),
        ),
    ]);
    let text = format!(
        "{}\n[[demand.lines]]\nid = \"app\"\ngrowth = 0.5\n\n[[clauses]]\nkind = \"equity\"\nfraction = 0.1\nexit = 2028\ndiscount = 0.0\nparticipation = 0.0\n",
        based("mine", "richer")
    );
    let calculator = open_among(&text, &library).unwrap();
    let deal = calculator.deal();
    let value = |path: &str| deal.quantity(path).map(|(_, q)| q.value);
    assert_eq!(value("lab.cash"), Some(7.0), "of the nearer base");
    assert_eq!(value("lab.valuation"), Some(80.0), "of the base's base");
    assert_eq!(
        value("demand.lines.app.growth"),
        Some(0.5),
        "of the file, in a thing with an id"
    );
    assert_eq!(
        value("demand.lines.app.run_rate"),
        Some(6.0),
        "the rest of that thing is inherited"
    );
    assert_eq!(value("clauses.equity.fraction"), Some(0.1));
    assert_eq!(deal.clauses().len(), 1, "clauses are replaced as a whole");
}

#[test]
fn a_fault_of_a_base_has_no_line_of_the_file() {
    let broken = replaced(&deal_text("capital-equity"), "pool = 0.01", "pool = 2.0");
    let library = BTreeMap::from([("world", broken)]);
    let error = open_among(&based("mine", "world"), &library).unwrap_err();
    assert_eq!(
        (error.first().path.as_str(), error.first().line),
        ("lab.pool", None)
    );
}
