//! Values by the date of AGI (Model 9.2) against runs with that date set, and against deals worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "expected values are computed with the standard library's powers, which share no code with the kernel's"
)]

mod support;

use clauseworth::{AgiCurve, Calculator, LIBRARY, Request, Setting};
use proptest::prelude::*;
use support::random::{any_deal, cases, opened};
use support::{also, close, deal, metric, open, setting, small, without};

fn curve(calculator: &mut Calculator, request: &Request) -> AgiCurve {
    let curve = calculator.agi_curve(request);
    curve.unwrap_or_else(|error| panic!("{error}"))
}

fn values<'a>(curve: &'a AgiCurve, name: &str) -> &'a [f64] {
    let values = curve.metric(name);
    values.unwrap_or_else(|| panic!("no curve of {name}"))
}

/// The request with AGI verified at a date and nothing else changed by it: no delay, no faster growth, no premium.
fn verified(request: &Request, year: Option<f64>) -> Request {
    let mut request = contract_alone(request);
    for (path, value) in [("agi.verified", 1.0), ("agi.panel_delay", 0.0)] {
        request = also(&request, path, value);
    }
    let year = year.map_or(Setting::Text("never".to_owned()), Setting::Number);
    request.set.push(("agi.year".to_owned(), year));
    let never = Setting::Text("never".to_owned());
    request.set.push(("agi.backer_year".to_owned(), never));
    request
}

/// The request with an economy that AGI leaves as it is.
fn contract_alone(request: &Request) -> Request {
    let request = also(request, "agi.growth_boost", 0.0);
    also(&request, "agi.valuation_premium", 0.0)
}

/// Asserts that every point of a curve is the run with AGI at its date.
fn agrees_with_runs(calculator: &mut Calculator, request: &Request) {
    let found = curve(calculator, &contract_alone(request));
    for (at, year) in found.years.iter().enumerate() {
        let run = calculator.run(&verified(request, *year)).unwrap();
        for (name, values) in &found.metrics {
            let expected = metric(&run, name);
            let size = metric(&run, "backer.npv").abs() + metric(&run, "lab.npv").abs();
            close(
                &format!("{name} at {year:?}"),
                values[at],
                expected,
                1e-12,
                1e-13 * size,
            );
        }
        let of_run = run.metrics().filter(|(name, _)| name.contains(".npv"));
        assert_eq!(of_run.count(), found.metrics.len());
    }
}

#[test]
fn every_point_is_the_run_with_agi_at_its_date() {
    // Clauses that stop, go on, lose a layer and run out with a tail.
    for name in ["all-kinds", "example"] {
        agrees_with_runs(&mut deal(name), &Request::default());
    }
    for entry in &LIBRARY {
        let mut calculator = Calculator::library(entry.id).unwrap();
        agrees_with_runs(&mut calculator, &without(&["revenue-share"]));
    }
}

#[test]
fn years_are_the_boundaries_of_quarters_and_never() {
    let found = curve(&mut deal("all-kinds"), &Request::default());
    let effective = 2026.0 + 50.0 / 90.0 / 4.0;
    let mut expected = vec![Some(effective)];
    expected.extend((1..=20).map(|quarter| Some(2026.0 + 0.25 * f64::from(quarter))));
    expected.push(None);
    assert_eq!(found.years, expected);
    for (name, values) in &found.metrics {
        assert_eq!(values.len(), expected.len(), "{name}");
    }
    // A deal that begins with a quarter.
    let whole = curve(&mut deal("margin-serving"), &Request::default());
    assert_eq!(whole.years.len(), 8 + 2);
    assert_eq!(
        (whole.years[0], whole.years[8]),
        (Some(2026.0), Some(2028.0))
    );
}

#[test]
fn the_curves_are_both_sides_and_every_clause_in_force() {
    let found = curve(&mut deal("example"), &without(&["devices", "equity"]));
    let names: Vec<&str> = found
        .metrics
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "backer.npv",
            "backer.npv.capital",
            "backer.npv.revenue-share",
            "backer.npv.reverse-share",
            "backer.npv.commitment",
            "backer.npv.hosting",
            "backer.npv.ip-rights",
            "backer.npv.api-exclusivity",
            "backer.npv.market",
            "lab.npv",
        ]
    );
    assert_eq!(found.metric("backer.npv.devices"), None);
}

#[test]
fn the_deals_own_contract_date_is_on_the_curve() {
    // With growth and premium at the economy's date, which the curve leaves where it is.
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    for (declared, delay, verified) in [
        (2030.0, 0.5, 1.0),
        (2027.25, 0.75, 1.0),
        (2031.0, 0.25, 0.0),
    ] {
        let request = setting(&[
            ("agi.year", declared),
            ("agi.panel_delay", delay),
            ("agi.verified", verified),
            ("agi.growth_boost", 0.2),
            ("agi.valuation_premium", 0.3),
        ]);
        let found = curve(&mut calculator, &request);
        let date = (verified == 1.0).then_some(declared + delay);
        let at = found.years.iter().position(|year| *year == date).unwrap();
        let run = calculator.run(&request).unwrap();
        for name in [
            "backer.npv",
            "lab.npv",
            "backer.npv.revenue-share",
            "backer.npv.equity",
        ] {
            close(
                name,
                values(&found, name)[at],
                metric(&run, name),
                1e-13,
                0.0,
            );
        }
    }
}

#[test]
fn a_deal_without_agi_has_a_flat_curve() {
    for name in ["capital-equity", "margin-serving"] {
        let mut calculator = deal(name);
        let found = curve(&mut calculator, &Request::default());
        let run = calculator.run(&Request::default()).unwrap();
        for (name, values) in &found.metrics {
            assert!(
                values.iter().all(|value| *value == metric(&run, name)),
                "{name}: {values:?}"
            );
        }
    }
}

// ---- By hand

/// A tenth of the lab's 2.5 a quarter, of which a fifth goes in tax: 0.2 a quarter in force, undiscounted.
fn share(on_agi: &str) -> String {
    small(&format!(
        "[agi]\nyear = \"never\"\nverified = 1\npanel_delay = 0\nbacker_year = \"never\"\nlayer = 0.4\ngrowth_boost = 0.5\nboost_years = 1\nvaluation_premium = 0.5\n
        [[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n{on_agi}\n"
    ))
}

#[test]
fn a_revenue_share_is_worth_the_quarters_that_it_runs() {
    /// The weight with which a clause is in force in a quarter, with AGI at the start of another.
    type InForce = fn(usize, usize) -> f64;
    let cases: [(&str, InForce); 4] = [
        (
            "on_agi = \"stop\"",
            |k, agi| if k < agi { 1.0 } else { 0.0 },
        ),
        ("on_agi = \"continue\"", |_, _| 1.0),
        (
            "on_agi = \"layer\"",
            |k, agi| if k < agi { 1.0 } else { 0.6 },
        ),
        // Half of it for another five quarters.
        (
            "on_agi = \"tail\"\ntail_factor = 0.5\ntail_years = 1.25",
            |k, agi| {
                if k < agi {
                    1.0
                } else if k < agi + 5 {
                    0.5
                } else {
                    0.0
                }
            },
        ),
    ];
    for (terms, in_force) in cases {
        let found = curve(&mut open(&share(terms)), &Request::default());
        let (backer, lab) = (values(&found, "backer.npv"), values(&found, "lab.npv"));
        assert_eq!(values(&found, "backer.npv.revenue-share"), backer);
        // The lab has 50, pays out 1.5 a quarter less the share, and is valued at the end by its revenue of 10, times 5 as
        // at signing, and its profit of 6 a year less the share, times 10, the weight of the former down to 2^(-15/8).
        let by_revenue = 0.5_f64.powf(1.875);
        for agi in 0..=8 {
            let quarters: f64 = (0..8).map(|k| in_force(k, agi)).sum();
            close(terms, backer[agi], 0.2 * quarters, 1e-14, 1e-15);
            let profit = 6.0 - in_force(7, agi);
            let value = by_revenue * 5.0 * 10.0 + (1.0 - by_revenue) * 10.0 * profit;
            close(
                terms,
                lab[agi],
                50.0 + 8.0 * 1.5 - 0.25 * quarters + value,
                1e-13,
                0.0,
            );
        }
        assert_eq!(
            (backer[9], lab[9]),
            (backer[8], lab[8]),
            "never is the end of the grid"
        );
    }
}

#[test]
fn between_two_boundaries_a_share_that_stops_is_worth_a_straight_line() {
    // Growing revenue and discounting, so that every quarter has a slope of its own and every boundary a kink.
    let request = setting(&[
        ("demand.lines.app.growth", 0.8),
        ("discount.operating", 0.2),
        ("agi.growth_boost", 0.0),
    ]);
    let mut calculator = open(&share("on_agi = \"stop\""));
    let found = curve(&mut calculator, &request);
    let value = |at: usize| values(&found, "backer.npv")[at];
    let never = calculator.run(&request).unwrap();
    let by_quarter = support::series(&never, "discounted.revenue-share");
    for (quarter, worth) in by_quarter.iter().enumerate() {
        let slope = value(quarter + 1) - value(quarter);
        close("slope", slope, *worth, 1e-12, 0.0);
        for part in [0.1, 0.5, 0.85] {
            let year = 2026.0 + 0.25 * (quarter as f64 + part);
            let run = calculator.run(&also(&request, "agi.year", year)).unwrap();
            close(
                "line",
                metric(&run, "backer.npv"),
                value(quarter) + part * slope,
                1e-11,
                0.0,
            );
        }
        let next = by_quarter.get(quarter + 1).unwrap_or(&0.0);
        assert!(
            (next - worth).abs() > 1e-3 * worth,
            "no kink at the end of quarter {quarter}"
        );
    }
}

proptest! {
    #![proptest_config(cases(24))]

    /// The curve of a random deal is that of its runs.
    #[test]
    fn curves_of_random_deals_are_those_of_runs((name, request) in any_deal()) {
        let mut calculator = opened(name);
        prop_assume!(calculator.deal().quantity("agi.year").is_some());
        if calculator.run(&verified(&request, None)).is_ok() {
            agrees_with_runs(&mut calculator, &request);
        }
    }
}
