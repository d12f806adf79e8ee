//! What clauses are worth (Model 9.1) against what cannot share a mistake with the sums over coalitions: all orders of
//! signing gone through one by one, an independent implementation of the model, and deals worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "expected values are computed with the standard library's powers, which share no code with the kernel's"
)]

mod support;

use std::collections::BTreeMap;

use clauseworth::{Calculator, ClausePrices, MOST_UNITS, Price, Request, Sides};
use proptest::prelude::*;
use support::random::{any_deal, cases, opened};
use support::{
    also, close, data, deal, deal_text, less, metric, open, replaced, setting, small, without,
};

/// Both sides' NPV with some clauses left out, by a plain run.
fn run(calculator: &mut Calculator, request: &Request, left_out: &[&str]) -> [f64; 2] {
    let run = calculator.run(&less(request, left_out));
    let run = run.unwrap_or_else(|error| panic!("{left_out:?}: {error}"));
    ["backer.npv", "lab.npv"].map(|name| metric(&run, name))
}

fn sides<T: Copy>(both: Sides<T>) -> [T; 2] {
    [both.backer, both.lab]
}

fn prices(calculator: &mut Calculator, request: &Request) -> ClausePrices {
    let prices = calculator.clauses(request);
    prices.unwrap_or_else(|error| panic!("{error}"))
}

fn price(prices: &ClausePrices, unit: &str) -> [Price; 2] {
    let price = prices.price(unit);
    sides(price.unwrap_or_else(|| panic!("no price of {unit}")))
}

fn shapley(price: Price) -> f64 {
    price.shapley.unwrap()
}

/// The clauses in force by bundle, and by their own id where they are in none; in the order of the deal.
fn units(calculator: &Calculator, request: &Request) -> Vec<(String, Vec<String>)> {
    let mut units: Vec<(String, Vec<String>)> = Vec::new();
    for clause in calculator.deal().clauses() {
        if !clause.common.enabled || request.without.contains(&clause.id) {
            continue;
        }
        let name = match &clause.common.bundle {
            Some(bundle) => bundle.0.clone(),
            None => clause.id.clone(),
        };
        match units.iter_mut().find(|(known, _)| *known == name) {
            Some((_, clauses)) => clauses.push(clause.id.clone()),
            None => units.push((name, vec![clause.id.clone()])),
        }
    }
    units
}

/// The average of each unit's marginal contribution to either side, every order of signing gone through.
fn over_all_orders(calculator: &mut Calculator, request: &Request) -> Vec<[f64; 2]> {
    let units = units(calculator, request);
    let mut known: BTreeMap<Vec<usize>, [f64; 2]> = BTreeMap::new();
    let mut value = |signed: &[usize]| {
        let mut signed = signed.to_vec();
        signed.sort_unstable();
        *known.entry(signed).or_insert_with_key(|signed| {
            let missing = units
                .iter()
                .enumerate()
                .filter(|(i, _)| !signed.contains(i));
            let missing: Vec<&str> = missing
                .flat_map(|(_, (_, ids))| ids.iter().map(String::as_str))
                .collect();
            run(calculator, request, &missing)
        })
    };
    let mut sums = vec![[0.0; 2]; units.len()];
    let orders = permutations((0..units.len()).collect());
    for order in &orders {
        for (place, unit) in order.iter().enumerate() {
            let (before, after) = (value(&order[..place]), value(&order[..=place]));
            for side in 0..2 {
                sums[*unit][side] += after[side] - before[side];
            }
        }
    }
    sums.iter()
        .map(|sum| sum.map(|sum| sum / orders.len() as f64))
        .collect()
}

/// Every order of some things.
fn permutations(things: Vec<usize>) -> Vec<Vec<usize>> {
    if things.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (place, first) in things.iter().enumerate() {
        let mut others = things.clone();
        others.remove(place);
        for mut rest in permutations(others) {
            rest.insert(0, *first);
            all.push(rest);
        }
    }
    all
}

/// Asserts that a deal's prices are those of all orders of signing.
fn agrees_with_all_orders(calculator: &mut Calculator, request: &Request) {
    let found = prices(calculator, request);
    let expected = over_all_orders(calculator, request);
    let named = units(calculator, request);
    let all = run(calculator, request, &[]);
    let size = all
        .iter()
        .chain(&sides(found.empty))
        .fold(1.0_f64, |size, v| size.max(v.abs()));
    assert_eq!(found.units.len(), named.len());
    for ((unit, expected), (name, clauses)) in found.units.iter().zip(&expected).zip(&named) {
        assert_eq!((&unit.id, &unit.clauses), (name, clauses));
        let ids: Vec<&str> = clauses.iter().map(String::as_str).collect();
        let rest = run(calculator, request, &ids);
        for side in 0..2 {
            let price = sides(unit.price)[side];
            close(name, shapley(price), expected[side], 1e-11, 1e-13 * size);
            close(name, price.removal, all[side] - rest[side], 0.0, 0.0);
        }
    }
    assert_eq!(sides(found.all), all);
}

#[test]
fn prices_are_those_of_all_orders_of_signing() {
    // A deal of the library whose capital and equity are one bundle, hosting and commitment another.
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    agrees_with_all_orders(&mut calculator, &without(&["reverse-share"]));
    let mut calculator = deal("margin-serving");
    agrees_with_all_orders(&mut calculator, &Request::default());
}

#[test]
fn prices_are_those_of_an_independent_implementation() {
    for case in data("prices.json")["deals"].as_array().unwrap() {
        let mut calculator = opened(case["deal"].as_str().unwrap());
        let left_out: Vec<&str> = case["without"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        let found = serde_json::to_value(prices(&mut calculator, &without(&left_out))).unwrap();
        let number = |value: &serde_json::Value| value.as_f64().unwrap();
        for side in ["backer", "lab"] {
            close(
                "empty",
                number(&found["empty"][side]),
                number(&case["empty"][side]),
                1e-12,
                0.0,
            );
            close(
                "all",
                number(&found["all"][side]),
                number(&case["all"][side]),
                1e-12,
                0.0,
            );
            let expected = case[side].as_object().unwrap();
            assert_eq!(found[side].as_object().unwrap().len(), expected.len());
            for (unit, expected) in expected {
                let what = format!("{unit} of {} to the {side}", case["deal"]);
                for key in ["removal", "shapley"] {
                    close(
                        &what,
                        number(&found[side][unit][key]),
                        number(&expected[key]),
                        1e-9,
                        1e-10,
                    );
                }
            }
        }
    }
}

// ---- By hand

/// `(1 + rate)^(-y_k)` at the payment dates of 2026 and 2027: the 15th of February, May, August and November.
fn factors(rate: f64) -> [f64; 8] {
    [45.0, 134.0, 226.0, 318.0, 410.0, 499.0, 591.0, 683.0]
        .map(|days: f64| (1.0 + rate).powf(-days / 365.0))
}

#[test]
fn a_clause_alone_is_worth_its_discounted_payments() {
    // A tenth of 2.5 a quarter, of which a fifth goes in tax.
    let mut calculator = open(&small(
        "[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n",
    ));
    let found = prices(&mut calculator, &setting(&[("discount.operating", 0.09)]));
    let expected = 0.8 * 0.25 * factors(0.09).iter().sum::<f64>();
    let [backer, lab] = price(&found, "revenue-share");
    close("removal", backer.removal, expected, 1e-13, 0.0);
    close("Shapley", shapley(backer), expected, 1e-13, 0.0);
    assert_eq!(found.empty.backer, 0.0);
    // The lab pays out 0.25 less in each quarter, and a year's earnings less by 1, which count for 1 - 2^(-15/8) of the
    // price/earnings ratio of 10, are what its value at the end is lower by.
    let expected = -8.0 * 0.25 - 10.0 * (1.0 - 0.5_f64.powf(1.875));
    close("removal", lab.removal, expected, 1e-13, 0.0);
}

#[test]
fn two_clauses_that_do_each_others_work_share_what_it_is_worth() {
    // Untaxed and undiscounted. Hosting alone serves half of the need of 1 a quarter: 4. The commitment alone is for 2 a
    // quarter, so that the whole need is served and 1 a quarter is paid for nothing: 16; hosting then adds nothing.
    // Either may be signed first.
    let terms = "[[clauses]]\nkind = \"hosting\"\nshare = 0.5\notherwise = 0\n
        [[clauses]]\nkind = \"commitment\"\ntotal = 16\nfrom = 2026-01-01\nuntil = 2028-01-01\nramp = 1\ntake_or_pay = 1\n";
    let request = setting(&[("tax.backer", 0.0), ("compute.elsewhere_premium", 0.1)]);
    let found = prices(&mut open(&small(terms)), &request);
    assert_eq!((found.empty.backer, found.units.len()), (0.0, 2));
    let ([hosting, hosted], [commitment, committed]) =
        (price(&found, "hosting"), price(&found, "commitment"));
    close("all", found.all.backer, 16.0, 1e-14, 0.0);
    close("hosting", hosting.removal, 0.0, 0.0, 1e-14);
    close("hosting", shapley(hosting), 4.0 / 2.0, 1e-14, 0.0);
    close("commitment", commitment.removal, 16.0 - 4.0, 1e-14, 0.0);
    close(
        "commitment",
        shapley(commitment),
        (16.0 + (16.0 - 4.0)) / 2.0,
        1e-14,
        0.0,
    );

    // The lab needs 1 a quarter and pays a tenth more for what it buys elsewhere: 1.1; 1.05 with hosting; 2 with the
    // commitment. A quarter's money counts eight times, and at the end four times, times ten, times 1 - 2^(-15/8).
    let weight = 8.0 + 40.0 * (1.0 - 0.5_f64.powf(1.875));
    close("hosted", hosted.removal, 0.0, 0.0, 1e-13);
    close("hosted", shapley(hosted), weight * 0.05 / 2.0, 1e-12, 0.0);
    close("committed", committed.removal, -weight * 0.95, 1e-12, 0.0);
    close(
        "committed",
        shapley(committed),
        -weight * (0.9 + 0.95) / 2.0,
        1e-12,
        0.0,
    );
}

// ---- Nothing and the same

/// Clauses whose terms are nothing, one at a time, in a deal with every kind that has no other use of them.
const NOTHING: [(&str, &[(&str, f64)]); 10] = [
    ("second-capital", &[("tranches.0", 0.0)]),
    ("revenue-share", &[("rate.0", 0.0), ("rate.1", 0.0)]),
    ("reverse-share", &[("rate", 0.0)]),
    ("commitment", &[("total", 0.0)]),
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
    ("warrant-on-backer", &[("tranches.0.fraction", 0.0)]),
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

/// The deal with every kind and devices that are not hosted, which is a term of its own.
fn every_kind() -> String {
    replaced(&deal_text("all-kinds"), "hosted = true", "hosted = false")
}

/// Bit for bit, with either sign of zero.
fn is_nothing(what: &str, price: [Price; 2]) {
    for price in price {
        assert_eq!(price.removal, 0.0, "removal of {what}");
        assert_eq!(price.shapley, Some(0.0), "Shapley value of {what}");
    }
}

#[test]
fn a_clause_that_does_nothing_is_worth_exactly_nothing() {
    let mut calculator = open(&every_kind());
    for (clause, terms) in NOTHING {
        // With few others, so that all coalitions are quick.
        let others = [
            "hosting",
            "capital",
            "equity",
            "ip-rights",
            "revenue-share",
            clause,
        ];
        let gone: Vec<String> = calculator
            .deal()
            .clauses()
            .iter()
            .map(|c| c.id.clone())
            .collect();
        let gone: Vec<&str> = gone
            .iter()
            .map(String::as_str)
            .filter(|id| !others.contains(id))
            .collect();
        let mut request = without(&gone);
        for (key, value) in terms {
            request = also(&request, &format!("clauses.{clause}.{key}"), *value);
        }
        let found = prices(&mut calculator, &request);
        assert!(found.units.len() >= 4);
        is_nothing(clause, price(&found, clause));
    }
}

#[test]
fn a_clause_that_agrees_on_what_happens_anyway_is_worth_nothing() {
    // Without them the market does the same: a fifth of the compute, a tenth of the API business, all of the products. It
    // is the same money, added up in another order.
    let mut calculator = open(&every_kind());
    let all: Vec<String> = calculator
        .deal()
        .clauses()
        .iter()
        .map(|c| c.id.clone())
        .collect();
    let few = [
        "capital",
        "equity",
        "revenue-share",
        "hosting",
        "api-exclusivity",
        "ip-rights",
    ];
    let gone: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|id| !few.contains(id))
        .collect();
    for (clause, terms) in [
        ("api-exclusivity", &[("through", 0.1)][..]),
        ("ip-rights", &[("otherwise", 1.0)]),
        (
            "hosting",
            &[("share.0", 0.2), ("share.1", 0.2), ("premium", 0.0)],
        ),
    ] {
        let mut request = without(&gone);
        for (key, value) in terms {
            request = also(&request, &format!("clauses.{clause}.{key}"), *value);
        }
        let found = prices(&mut calculator, &request);
        let [backer, lab] = price(&found, clause);
        // It has payments, which without it are the market's.
        let with = metric(
            &calculator.run(&request).unwrap(),
            &format!("backer.npv.{clause}"),
        );
        assert!(with.abs() > 0.1, "{clause} pays {with}");
        let size = found.all.backer.abs();
        for (what, value) in [
            ("removal", backer.removal),
            ("Shapley", shapley(backer)),
            ("removal", lab.removal),
            ("Shapley", shapley(lab)),
        ] {
            close(
                &format!("{what} of {clause}"),
                value,
                0.0,
                0.0,
                2e-15 * size,
            );
        }
    }
}

#[test]
fn two_clauses_that_are_the_same_are_worth_the_same() {
    let all = deal_text("all-kinds");
    for kind in [
        "revenue-share",
        "reverse-share",
        "ip-rights",
        "api-exclusivity",
        "milestone-investment",
    ] {
        let start = all
            .find(&format!("[[clauses]]\nkind = \"{kind}\""))
            .unwrap();
        let length = all[start..].find("\n\n").unwrap();
        let clause = &all[start..start + length];
        let twin = |id: &str| clause.replacen('\n', &format!("\nid = \"{id}\"\n"), 1);
        let keep = ["hosting", "equity", "one", "other"];
        let text = format!(
            "{}{}\n\n{}{}",
            &all[..start],
            twin("one"),
            twin("other"),
            &all[start + length..]
        );
        let mut calculator = open(&text);
        let gone: Vec<String> = calculator
            .deal()
            .clauses()
            .iter()
            .map(|c| c.id.clone())
            .collect();
        let gone: Vec<&str> = gone
            .iter()
            .map(String::as_str)
            .filter(|id| !keep.contains(id))
            .collect();
        let found = prices(&mut calculator, &without(&gone));
        let (one, other) = (price(&found, "one"), price(&found, "other"));
        for (one, other) in one.iter().zip(other) {
            assert!(one.removal.abs() > 0.01, "{kind} is worth {}", one.removal);
            close(kind, one.removal, other.removal, 1e-12, 0.0);
            close(kind, shapley(*one), shapley(other), 1e-12, 0.0);
        }
    }
}

// ---- Bundles, many units, clauses left out

#[test]
fn a_bundle_is_one_unit() {
    let text = deal_text("example").replace("bundle = \"investment\"", "");
    let own = |id: &str, bundle: &str| {
        (
            format!("kind = \"{id}\""),
            format!("kind = \"{id}\"\nbundle = \"{bundle}\""),
        )
    };
    let mut bundled = text.clone();
    for (from, to) in [
        own("hosting", "cloud"),
        own("commitment", "cloud"),
        own("ip-rights", "models"),
        own("reverse-share", "models"),
    ] {
        bundled = replaced(&bundled, &from, &to);
    }
    let (mut apart, mut bundled) = (open(&text), open(&bundled));
    let request = without(&["devices", "api-exclusivity"]);
    let found = prices(&mut bundled, &request);
    let named: Vec<(&str, Vec<&str>)> = found
        .units
        .iter()
        .map(|unit| {
            (
                unit.id.as_str(),
                unit.clauses.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(
        named,
        [
            ("capital", vec!["capital"]),
            ("equity", vec!["equity"]),
            ("revenue-share", vec!["revenue-share"]),
            ("models", vec!["reverse-share", "ip-rights"]),
            ("cloud", vec!["commitment", "hosting"]),
        ]
    );
    // What goes with a bundle is what goes with all of its clauses.
    let all = run(&mut apart, &request, &[]);
    let rest = run(&mut apart, &request, &["hosting", "commitment"]);
    let cloud = price(&found, "cloud");
    for side in 0..2 {
        close(
            "cloud",
            cloud[side].removal,
            all[side] - rest[side],
            0.0,
            0.0,
        );
    }
    assert_eq!(sides(found.all), all);
    agrees_with_all_orders(&mut bundled, &request);
    // Of a bundle of which a clause is left out the rest is priced.
    let part = prices(&mut bundled, &less(&request, &["commitment"]));
    assert_eq!(part.units[4].clauses, ["hosting"]);
}

#[test]
fn a_bundle_of_everything_is_worth_what_the_deal_is() {
    let text = deal_text("margin-serving");
    let text = text.replace("[[clauses]]", "[[clauses]]\nbundle = \"deal\"");
    let found = prices(&mut open(&text), &Request::default());
    for (side, price) in price(&found, "deal").into_iter().enumerate() {
        let gain = sides(found.all)[side] - sides(found.empty)[side];
        assert_eq!((price.removal, price.shapley), (gain, Some(gain)));
    }
    let none = prices(&mut open(&text), &without(&["hosting", "revenue-share"]));
    assert!(none.units.is_empty());
    assert_eq!(none.all, none.empty);
}

#[test]
fn thirteen_units_have_removal_values_alone() {
    let mut calculator = deal("all-kinds");
    let request = Request::default();
    let found = prices(&mut calculator, &request);
    assert_eq!((found.units.len(), MOST_UNITS), (13, 12));
    let all = run(&mut calculator, &request, &[]);
    let every: Vec<String> = calculator
        .deal()
        .clauses()
        .iter()
        .map(|c| c.id.clone())
        .collect();
    let every: Vec<&str> = every.iter().map(String::as_str).collect();
    for unit in &found.units {
        let ids: Vec<&str> = unit.clauses.iter().map(String::as_str).collect();
        let rest = run(&mut calculator, &request, &ids);
        for (side, price) in sides(unit.price).into_iter().enumerate() {
            assert_eq!(
                price,
                Price {
                    removal: all[side] - rest[side],
                    shapley: None
                },
                "{}",
                unit.id
            );
        }
    }
    assert_eq!(sides(found.all), all);
    assert_eq!(sides(found.empty), run(&mut calculator, &request, &every));
    insta::assert_snapshot!(found.note().unwrap(), @"13 clauses and bundles have too many coalitions for Shapley values; bundling clauses to at most 12 brings them back");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["note"].as_str(), found.note().as_deref());
    assert!(json["backer"]["hosting"]["shapley"].is_null());

    // Bundling brings them back, and there is nothing to note.
    let text = replaced(
        &deal_text("all-kinds"),
        "id = \"second-capital\"",
        "id = \"second-capital\"\nbundle = \"investment\"",
    );
    let found = prices(&mut open(&text), &request);
    assert_eq!((found.units.len(), found.note()), (12, None));
    assert!(serde_json::to_value(&found).unwrap().get("note").is_none());
    let gained: f64 = found
        .units
        .iter()
        .map(|unit| shapley(unit.price.backer))
        .sum();
    close(
        "sum",
        gained,
        found.all.backer - found.empty.backer,
        1e-12,
        0.0,
    );
}

#[test]
fn clauses_left_out_leave_the_multiple_of_the_whole_deal() {
    // The rights take from the lab's first revenue, of which its valuation is a multiple.
    let text = every_kind();
    let keep = ["ip-rights", "equity", "hosting"];
    let mut calculator = open(&text);
    let all: Vec<String> = calculator
        .deal()
        .clauses()
        .iter()
        .map(|c| c.id.clone())
        .collect();
    let gone: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|id| !keep.contains(id))
        .collect();
    let whole = prices(&mut calculator, &without(&gone));
    let rest = prices(&mut calculator, &less(&without(&gone), &["ip-rights"]));
    assert_eq!(rest.units.len(), 2);
    // The same coalitions in either: those without the rights.
    assert_eq!(rest.empty, whole.empty);
    let [backer, lab] = price(&whole, "ip-rights");
    assert_eq!(
        (
            whole.all.backer - rest.all.backer,
            whole.all.lab - rest.all.lab
        ),
        (backer.removal, lab.removal)
    );
    // A deal that never had the clause is valued by another multiple.
    let start = text.find("[[clauses]]\nkind = \"ip-rights\"").unwrap();
    let length = text[start..].find("\n\n").unwrap();
    let never = format!("{}{}", &text[..start], &text[start + length..]);
    let never = prices(&mut open(&never), &without(&gone));
    assert!(
        (never.all.lab - rest.all.lab).abs() > 0.1,
        "{} and {}",
        never.all.lab,
        rest.all.lab
    );
}

#[test]
fn clauses_that_are_not_in_force_have_no_price() {
    let text = replaced(
        &deal_text("margin-serving"),
        "rate = 0.1",
        "rate = 0.1\nenabled = false",
    );
    let found = prices(&mut open(&text), &Request::default());
    assert_eq!(found.units.len(), 1);
    assert!(found.price("revenue-share").is_none());
}

// ---- Laws

proptest! {
    #![proptest_config(cases(24))]

    /// Shapley values are the averages over all orders of signing.
    #[test]
    fn random_deals_are_priced_over_all_orders((name, request) in any_deal(), first in 0_usize..16, most in 1_usize..6) {
        let mut calculator = opened(name);
        let mut request = request;
        let mut units = units(&calculator, &request);
        if units.len() > most {
            let from = first % units.len();
            units.rotate_left(from);
            request.without.extend(units.drain(most..).flat_map(|(_, clauses)| clauses));
        }
        if calculator.run(&request).is_ok() {
            agrees_with_all_orders(&mut calculator, &request);
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// The Shapley values of a side add up to what it gains.
    #[test]
    fn shapley_values_add_up((name, request) in any_deal()) {
        let mut calculator = opened(name);
        // The deal with every kind has more units than are priced over all coalitions, or nearly so many.
        let request = if name == "all-kinds" { less(&request, &["warrant-on-lab", "devices", "second-capital", "commitment", "capital"]) } else { request };
        let Ok(found) = calculator.clauses(&request) else { return Ok(()) };
        for side in 0..2 {
            let of_side = |unit: &clauseworth::Unit| shapley(sides(unit.price)[side]);
            let sum: f64 = found.units.iter().map(of_side).sum();
            let (all, empty) = (sides(found.all)[side], sides(found.empty)[side]);
            close("sum", sum, all - empty, 1e-12, 1e-12 * all.abs().max(empty.abs()));
        }
    }
}
