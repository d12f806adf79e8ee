//! Quarters, payment dates and year fractions (Model 1.2 to 1.5), seen through whole deals.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, Run};
use support::{close, here, open, series};

/// The deal by hand between other dates.
fn between(effective: &str, horizon: &str, clauses: &str) -> Calculator {
    let text = std::fs::read_to_string(here("tests/support/small.toml")).unwrap();
    let text = support::replaced(
        &text,
        "effective = 2026-01-01",
        &format!("effective = {effective}"),
    );
    let text = support::replaced(
        &text,
        "horizon = 2027-12-31",
        &format!("horizon = {horizon}"),
    );
    open(&format!("{text}\n{clauses}"))
}

fn run(effective: &str, horizon: &str, clauses: &str) -> Run {
    between(effective, horizon, clauses)
        .run(&Default::default())
        .unwrap()
}

/// Lengths of quarters: the lab earns 10 a year, without growth.
fn lengths(run: &Run) -> Vec<f64> {
    series(run, "lab.revenue")
        .iter()
        .map(|revenue| revenue / 10.0)
        .collect()
}

fn days(run: &Run) -> Vec<i32> {
    let fractions = series(run, "quarter.year_fraction").iter();
    fractions
        .map(|years| {
            let days = (years * 365.0).round();
            assert_eq!(days / 365.0, *years, "Actual/365 has whole days");
            days as i32
        })
        .collect()
}

#[test]
fn payments_are_on_the_15th_of_the_middle_month() {
    // Days from the effective date to 15 November 2025, 15 February 2026 and so on, by Python's datetime. 2028 is a leap
    // year, so that 366 days lie between two of them, and the year fraction is above a year.
    let october = run("2025-10-28", "2028-09-30", "");
    let expected = [18, 110, 199, 291, 383, 475, 564, 656, 748, 840, 930, 1022];
    assert_eq!(days(&october), expected);
    assert_eq!(
        days(&run("2028-01-01", "2028-12-31", "")),
        [45, 135, 227, 319]
    );
    // A payment is not before the agreement: from the 16th of the middle month on it is on its first day.
    assert_eq!(days(&run("2026-05-15", "2026-12-31", "")), [0, 92, 184]);
    assert_eq!(days(&run("2026-05-16", "2026-12-31", "")), [0, 91, 183]);
    assert_eq!(
        days(&run("2027-12-31", "2029-03-31", "")),
        [0, 46, 136, 228, 320, 412]
    );
}

#[test]
fn the_first_quarter_is_what_is_left_of_it() {
    let first = run("2026-04-01", "2026-12-31", "");
    assert_eq!(series(&first, "quarter.start"), [2026.25, 2026.5, 2026.75]);
    for length in lengths(&first) {
        close("length", length, 0.25, 1e-14, 0.0);
    }
    // The last day of March is one of 90; 28 October has 65 days of the quarter's 92 left, itself included.
    let last = run("2026-03-31", "2026-12-31", "");
    close(
        "start",
        series(&last, "quarter.start")[0],
        2026.0 + 0.25 * 89.0 / 90.0,
        1e-15,
        0.0,
    );
    assert_eq!(
        series(&last, "quarter.start")[1..],
        [2026.25, 2026.5, 2026.75]
    );
    close("length", lengths(&last)[0], 0.25 / 90.0, 1e-10, 0.0);
    close(
        "length",
        lengths(&run("2025-10-28", "2026-12-31", ""))[0],
        0.25 * 65.0 / 92.0,
        1e-12,
        0.0,
    );
}

#[test]
fn one_quarter_is_a_grid() {
    let clauses = "[[clauses]]\nkind = \"equity\"\nfraction = 0.2\nexit = 2030\ndiscount = 0\nparticipation = 0\n[[clauses]]\nkind = \"capital\"\ntranches = [[2026-03-31, 3]]\n";
    for effective in ["2026-01-01", "2026-02-15", "2026-03-31"] {
        let run = run(effective, "2026-03-31", clauses);
        assert_eq!(run.quarters(), 1);
        assert_eq!(series(&run, "flow.capital"), [-3.0]);
        let worth = 0.2 * series(&run, "lab.equity_value")[0];
        close(
            "exit",
            series(&run, "flow.equity")[0],
            worth + 0.2 * series(&run, "lab.paid_out")[0],
            1e-12,
            0.0,
        );
        assert_eq!(series(&run, "stake.backer"), [0.0]);
    }
    assert_eq!(run("2026-03-31", "2026-03-31", clauses).quarters(), 1);
}

#[test]
fn a_hundred_and_sixty_quarters_are_a_grid() {
    let run = run(
        "2026-01-01",
        "2065-12-31",
        "[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n",
    );
    assert_eq!(run.quarters(), 160);
    assert_eq!(series(&run, "quarter.start")[159], 2065.75);
    for paid in series(&run, "flow.revenue-share") {
        close("share", *paid, 0.25, 1e-14, 0.0);
    }
    assert_eq!(run.calendar_years().len(), 40);
}

#[test]
fn a_moment_on_a_boundary_belongs_to_the_quarter_it_starts() {
    let clauses = "[[clauses]]\nkind = \"capital\"\ntranches = [[2026-03-31, 1], [2026-04-01, 2], [2026-06-30, 4], [2026.5, 8]]\n[[clauses]]\nkind = \"equity\"\nfraction = 0.2\nexit = 2026-10-01\ndiscount = 0\nparticipation = 0\n";
    let run = run("2026-01-01", "2026-12-31", clauses);
    assert_eq!(series(&run, "flow.capital"), [-1.0, -6.0, -8.0, 0.0]);
    let stake = series(&run, "stake.backer");
    assert!(stake[2] > 0.0 && stake[3] == 0.0, "{stake:?}");
}

#[test]
fn a_tranche_is_discounted_on_its_own_date() {
    // 31 March 2027 is 454 days after 1 January 2026; (1.1)^(-454/365) = 0.88820722... by Python.
    let clauses = "[[clauses]]\nkind = \"capital\"\ntranches = [[2027-03-31, 10]]\n";
    let mut calculator = between("2026-01-01", "2027-12-31", clauses);
    let run = calculator
        .run(&support::setting(&[("discount.contractual", 0.1)]))
        .unwrap();
    let expected = -10.0 * TRANCHE;
    close(
        "NPV",
        support::metric(&run, "backer.npv.capital"),
        expected,
        1e-14,
        0.0,
    );
    assert_eq!(
        series(&run, "discounted.capital")[4],
        support::metric(&run, "backer.npv.capital")
    );
}

/// `1.1 ** (-454 / 365)` in Python.
const TRANCHE: f64 = 0.888_207_229_865_842_3;

#[test]
fn a_clause_is_in_force_from_its_first_day_to_the_day_before_its_last() {
    // 30 % of the third quarter is over before 2026.575; the clause ends where 2027 begins.
    let clauses = "[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\nfrom = 2026.575\nuntil = 2027-01-01\n";
    let run = run("2026-01-01", "2027-12-31", clauses);
    let expected = [0.0, 0.0, 0.175, 0.25, 0.0, 0.0, 0.0, 0.0];
    for (paid, expected) in series(&run, "flow.revenue-share").iter().zip(expected) {
        close("share", *paid, expected, 1e-12, 1e-12);
    }
}
