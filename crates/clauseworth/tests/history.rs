//! What happened before the effective date: the money multiple and the peak exposure (Model 8.5), by hand.
//!
//! The deal is "capital for equity": 4 bn paid in two tranches, a stake sold at the end, 20 % tax on the gain over what was
//! paid. Each bn more in the basis saves 0.2 bn of tax, so the figures below follow from the deal's own multiple.

#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth::Request;

/// The deal with a history of its capital and of its equity clause.
fn run(capital: &str, equity: &str) -> clauseworth::Run {
    let text = support::deal_text("capital-equity");
    let tranches = "tranches = [[2026-06-30, 2.0], [2027-06-30, 2.0]]";
    let participation = "participation = 0.25";
    assert!(text.contains(tranches) && text.contains(participation));
    let text = text.replace(tranches, &format!("{tranches}\nhistory = {capital}"));
    let text = text.replace(
        participation,
        &format!("{participation}\nhistory = {equity}"),
    );
    support::open(&text).run(&Request::default()).unwrap()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}

#[test]
fn capital_paid_before_counts_as_put_in_and_as_basis() {
    let proceeds = 4.0 * run("[]", "[]").metric("backer.moic").unwrap();
    let before = run("[[2024-01-14, -3.0]]", "[]");
    near(before.metric("backer.moic"), (proceeds + 0.2 * 3.0) / 7.0);
}

#[test]
fn what_capital_clauses_received_before_is_no_proceed_of_the_stake() {
    let proceeds = 4.0 * run("[]", "[]").metric("backer.moic").unwrap();
    let before = run("[[2024-01-14, -3.0], [2024-06-01, 1.0]]", "[]");
    near(before.metric("backer.moic"), (proceeds + 0.2 * 3.0) / 7.0);
}

#[test]
fn what_the_stake_brought_before_is_a_proceed() {
    let proceeds = 4.0 * run("[]", "[]").metric("backer.moic").unwrap();
    let before = run("[[2024-01-14, -3.0]]", "[[2025-01-14, 1.0]]");
    near(
        before.metric("backer.moic"),
        (proceeds + 0.2 * 3.0 + 1.0) / 7.0,
    );
}

#[test]
fn the_flows_of_a_day_come_together() {
    // -10 and +8 on one day are an exposure of 2, and the tranches add 4: the order of the clauses says nothing.
    let before = run("[[2024-01-14, -10.0]]", "[[2024-01-14, 8.0]]");
    near(before.metric("backer.peak_exposure"), -6.0);
    // A day apart they are not.
    let apart = run("[[2024-01-14, -10.0]]", "[[2024-01-15, 8.0]]");
    near(apart.metric("backer.peak_exposure"), -10.0);
}
