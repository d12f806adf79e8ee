//! What single terms do to a value: nothing where they are zero, in proportion where the model is linear, and nothing to
//! the valuation of the whole deal when they are left out (Model 6, 9.1).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, Request, Run, Setting};
use proptest::prelude::*;
use support::random::{Drawn, request_for};
use support::{close, deal, deal_text, metric, replaced, series};

/// Figures that speak of a clause itself and are there only with it.
const OWN: [&str; 2] = ["lab.equity_value_at_exit", "backer.stake_npv_over_market"];

/// Asserts that two runs agree in every metric of both sides, those of the clause itself aside.
fn same_for_both_sides(what: &str, with: &Run, without: &Run, clause: &str) {
    for (name, value) in without.metrics() {
        let own = OWN.contains(&name) && clause == "equity";
        let counted = clause == "commitment" && name.starts_with("commitment.");
        if own || counted || name == "backer.npv.market" {
            continue;
        }
        match (with.metric(name), value) {
            (Some(a), Some(b)) => close(&format!("{what}: {name}"), a, b, 1e-11, 1e-12),
            (a, b) => assert_eq!(a, b, "{what}: {name}"),
        }
    }
}

/// Clauses of the deal with every kind, and the terms at which each of them does nothing: 0, or what is done without it.
const NOTHING: [(&str, &[(&str, f64)]); 13] = [
    ("second-capital", &[("tranches.0", 0.0)]),
    // Milestone stakes are sold with the equity clause's, so that its exit and discount are terms of theirs.
    (
        "equity",
        &[("fraction", 0.0), ("exit", 2030.9), ("discount", 0.0)],
    ),
    ("revenue-share", &[("rate.0", 0.0), ("rate.1", 0.0)]),
    ("reverse-share", &[("rate", 0.0)]),
    ("commitment", &[("total", 0.0)]),
    (
        "hosting",
        &[("share.0", 0.2), ("share.1", 0.2), ("premium", 0.0)],
    ),
    ("ip-rights", &[("otherwise", 1.0)]),
    ("api-exclusivity", &[("through", 0.1)]),
    ("api-exclusivity", &[("commission", 0.0)]),
    ("devices", &[("royalty", 0.0)]),
    (
        "warrant-on-lab",
        &[
            ("tranches.0.fraction", 0.0),
            ("tranches.1.fraction", 0.0),
            ("tranches.2.fraction", 0.0),
        ],
    ),
    ("milestone-investment", &[("per_gw", 0.0)]),
    (
        "profit-share",
        &[
            ("tiers.0.share", 0.0),
            ("tiers.1.share", 0.0),
            ("tiers.2.share", 0.0),
        ],
    ),
];

/// The deal with every kind, without the histories of clauses, which stay what they are whatever the terms, and without
/// hosted devices, which are a term of their own.
fn every_kind() -> Calculator {
    let mut text = deal_text("all-kinds");
    for history in [
        "history = [[2025-12-31, 0.4]]\n",
        "history = [[2025-06-30, 0.1]]\n",
    ] {
        text = replaced(&text, history, "");
    }
    support::open(&replaced(&text, "hosted = true", "hosted = false"))
}

#[test]
fn a_clause_whose_terms_are_nothing_changes_nothing() {
    let calculator = every_kind();
    for (clause, terms) in NOTHING {
        // The rest of the deal as it is, and each clause alone.
        let others: Vec<&str> = calculator
            .deal()
            .clauses()
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        let others: Vec<&str> = others.into_iter().filter(|id| *id != clause).collect();
        for left_out in [&[][..], &others] {
            let mut request = support::without(left_out);
            for (key, value) in terms {
                let path = format!("clauses.{clause}.{key}");
                request.set.push((path, Setting::Number(*value)));
            }
            let with = calculator.clone().run(&request).unwrap();
            request.without.push(clause.to_owned());
            let without = calculator.clone().run(&request).unwrap();
            let what = format!("{clause} without {left_out:?}");
            same_for_both_sides(&what, &with, &without, clause);
            let own = metric(&with, &format!("backer.npv.{clause}"));
            let moved = metric(&without, "backer.npv.market") - metric(&with, "backer.npv.market");
            close(
                &format!("{what}: its value and the market's"),
                own,
                moved,
                1e-11,
                1e-12,
            );
        }
    }
}

#[test]
fn a_warrant_that_the_lab_holds_on_almost_nothing_is_worth_almost_nothing() {
    let of = |fraction: f64| {
        let request =
            support::setting(&[("clauses.warrant-on-backer.tranches.0.fraction", fraction)]);
        metric(
            &every_kind().run(&request).unwrap(),
            "backer.npv.warrant-on-backer",
        )
    };
    assert_eq!(of(0.0), 0.0);
    close("a millionth", of(2e-9) * 1e6, of(2e-3), 1e-9, 0.0);
}

#[test]
fn what_is_left_out_leaves_the_multiple_of_the_whole_deal() {
    // Clauses that touch neither the revenue nor the profit of the first quarter leave its enterprise value alone.
    let mut calculator = deal("all-kinds");
    let whole = calculator.run(&Request::default()).unwrap();
    for clause in [
        "capital",
        "second-capital",
        "equity",
        "warrant-on-lab",
        "warrant-on-backer",
        "milestone-investment",
        "profit-share",
    ] {
        let run = calculator.run(&support::without(&[clause])).unwrap();
        let first = |run: &Run| series(run, "lab.enterprise_value")[0];
        close(clause, first(&run), first(&whole), 1e-13, 0.0);
    }
    // Where the rights go, the lab's first revenue is higher and its multiple stays: it would be lower of its own deal.
    let mut calculator = deal("example");
    let whole = calculator.run(&Request::default()).unwrap();
    let run = calculator.run(&support::without(&["ip-rights"])).unwrap();
    let (a, b) = (
        series(&whole, "lab.profit")[0],
        series(&run, "lab.profit")[0],
    );
    assert!(
        a < 0.0 && b < 0.0,
        "the value of the first quarter is a multiple of revenue alone"
    );
    let multiple =
        |run: &Run| series(run, "lab.enterprise_value")[0] / series(run, "lab.revenue")[0];
    assert!(series(&run, "lab.revenue")[0] > series(&whole, "lab.revenue")[0]);
    close(
        "multiple of the first quarter",
        multiple(&run),
        multiple(&whole),
        1e-13,
        0.0,
    );
}

#[test]
fn a_disabled_clause_is_one_left_out_but_for_the_multiple() {
    // Without the equity clause nothing of the first quarter's revenue changes, so that both are the same.
    let text = replaced(
        &deal_text("capital-equity"),
        "kind = \"equity\"",
        "kind = \"equity\"\nenabled = false",
    );
    let disabled = support::run(&text);
    let left_out = deal("capital-equity")
        .run(&support::without(&["equity"]))
        .unwrap();
    assert_eq!(
        serde_json::to_string(&disabled).unwrap(),
        serde_json::to_string(&left_out).unwrap()
    );
}

#[test]
fn a_scenario_is_its_changes() {
    for name in ["all-kinds", "example"] {
        let mut calculator = deal(name);
        let scenarios = calculator.deal().tables.scenarios.clone();
        for scenario in &scenarios {
            let named = Request {
                scenario: Some(scenario.id.0.clone()),
                ..Request::default()
            };
            let set: &[(&str, Setting)] = match scenario.id.0.as_str() {
                "late" => &[
                    ("agi.year", Setting::Number(2199.0)),
                    ("regulation.acts", Setting::Number(0.0)),
                    ("clauses.hosting.share.1", Setting::Number(0.3)),
                ],
                "agi-2028" => &[("agi.year", Setting::Number(2028.0))],
                _ => continue,
            };
            let by_hand = Request {
                set: set
                    .iter()
                    .map(|(path, value)| ((*path).to_owned(), value.clone()))
                    .collect(),
                ..Request::default()
            };
            assert_eq!(
                serde_json::to_string(&calculator.run(&named).unwrap()).unwrap(),
                serde_json::to_string(&calculator.run(&by_hand).unwrap()).unwrap(),
                "{}",
                scenario.id.0
            );
        }
    }
}

/// Asserts that a figure is linear in a quantity: halfway between two values it is halfway.
fn is_linear(d: &Drawn, path: &str, values: (f64, f64), figure: &str) {
    let of = |value: f64| metric(&d.again(&[(path, value)], &[]), figure);
    let (low, high) = values;
    let (a, middle, b) = (of(low), of(0.5 * (low + high)), of(high));
    let size = 1e-11 * (a.abs() + b.abs() + 1.0);
    close(
        &format!("{figure} by {path}"),
        middle,
        0.5 * (a + b),
        1e-11,
        size,
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// A margin on products moves no money of the lab; a tranche is its amount times a discount factor.
    #[test]
    fn the_value_is_linear_in_amounts(request in request_for("all-kinds")) {
        let Some(d) = Drawn::new("all-kinds", request) else { return Ok(()) };
        is_linear(&d, "clauses.ip-rights.margin", (-0.5, 1.0), "backer.npv");
        is_linear(&d, "clauses.ip-rights.margin", (-0.5, 1.0), "lab.npv");
        is_linear(&d, "tax.backer", (0.0, 1.0), "backer.npv");
        if d.active("capital").iter().any(|id| id == "capital") {
            is_linear(&d, "clauses.capital.tranches.1", (0.0, 50.0), "backer.npv.capital");
        }
        if !d.active("hosting").is_empty() {
            is_linear(&d, "compute.capex", (10.0, 90.0), "backer.npv.hosting");
            is_linear(&d, "compute.power_price", (0.0, 300.0), "backer.npv.hosting");
            is_linear(&d, "compute.residual", (0.0, 2.0), "backer.npv");
        }
    }

    /// Where the backer has no part in the lab's equity, what the lab pays is worth the same whatever it does to its cash.
    #[test]
    fn without_a_stake_the_value_is_linear_in_rates(request in request_for("example")) {
        let Some(d) = Drawn::new("example", request) else { return Ok(()) };
        let without = ["equity", "commitment"];
        let of = |path: &str, value: f64| metric(&d.again(&[(path, value)], &without), "backer.npv");
        for path in ["clauses.reverse-share.rate", "clauses.api-exclusivity.commission", "clauses.devices.royalty"] {
            let (a, middle, b) = (of(path, 0.0), of(path, 0.4), of(path, 0.8));
            close(path, middle, 0.5 * (a + b), 1e-11, 1e-11 * (a.abs() + b.abs() + 1.0));
        }
    }

    /// A later horizon of the lab's promise is no more than its cap, and a higher cap is worth no less.
    #[test]
    fn a_cap_caps(request in request_for("all-kinds"), cap in 0.5..30.0) {
        let Some(d) = Drawn::new("all-kinds", request) else { return Ok(()) };
        prop_assume!(!d.active("revenue-share").is_empty());
        let path = "clauses.revenue-share.cap";
        let run = d.again(&[(path, cap)], &[]);
        let paid: f64 = series(&run, "flow.revenue-share").iter().sum();
        let room = (cap - d.value("clauses.revenue-share.paid")).max(0.0);
        prop_assert!(paid <= room * (1.0 + 1e-12), "{paid} of {room}");
        let more = d.again(&[(path, 2.0 * cap)], &[]);
        let worth = |run: &Run| metric(run, "backer.npv.revenue-share");
        prop_assert!(worth(&more) >= worth(&run) - 1e-12);
    }
}
