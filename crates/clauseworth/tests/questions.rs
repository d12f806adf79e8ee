//! Questions asked backwards (Model 12.1 to 12.3) against roots that another solver found over another implementation,
//! closed forms, and what the answers say when they are run forwards again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "expected values are computed with the standard library's powers, which share no code with the kernel's"
)]

mod support;

use clauseworth::{Answer, Calculator, Outcome, Question, Request, Setting};
use proptest::prelude::*;
use support::ask::{ask, fair, forwards, metric_of, roots, within};
use support::random::{any_deal, cases, opened};
use support::{also, close, data, deal, less, metric, open, setting, small};

// ---- Another solver over another implementation

#[test]
fn roots_and_jumps_are_those_of_an_independent_implementation() {
    let data = data("roots.json");
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    for case in data["questions"].as_array().unwrap() {
        let word = |key: &str| case[key].as_str().unwrap();
        let (low, high) = (number(&case["low"]), number(&case["high"]));
        let question = within(
            metric_of(word("vary"), word("metric"), number(&case["target"])),
            low,
            high,
        );
        let answer = ask(&mut opened(word("deal")), &Request::default(), &question);
        let list = |key: &str| case[key].as_array().unwrap().clone();
        let expected: Vec<f64> = list("roots").iter().map(number).collect();
        let jumps: Vec<Vec<f64>> = list("jumps")
            .iter()
            .map(|jump| jump.as_array().unwrap().iter().map(number).collect())
            .collect();
        let what = format!(
            "{} for {} of {}",
            word("vary"),
            word("metric"),
            word("deal")
        );
        assert_eq!(
            (answer.roots.len(), answer.jumps.len()),
            (expected.len(), jumps.len()),
            "{what}: {answer:?}"
        );
        assert!(
            answer.ranges.is_empty() && answer.refused.is_none(),
            "{what}"
        );
        for (root, expected) in answer.roots.iter().zip(&expected) {
            close(&what, *root, *expected, 0.0, 1e-10 * (high - low));
        }
        for (jump, expected) in answer.jumps.iter().zip(&jumps) {
            // The values beside it were taken at a distance of a billionth.
            close(&what, jump.at, expected[0], 0.0, 1e-10 * (high - low));
            close(&what, jump.before, expected[1], 1e-6, 0.0);
            close(&what, jump.after, expected[2], 1e-6, 0.0);
        }
        assert_eq!((answer.low, answer.high), (low, high));
    }
}

// ---- Closed forms

#[test]
fn an_npv_that_is_linear_in_an_amount_has_the_root_of_a_line() {
    // Tranches 51 and 416 days after the agreement, discounted at 5 %.
    let mut calculator = deal("capital-equity");
    let factor = |days: f64| 1.05_f64.powf(-days / 365.0);
    let second = 2.0 * factor(416.0);
    for target in [-3.0, -4.5, -second] {
        let expected = (-target - second) / factor(51.0);
        let question = metric_of("clauses.capital.tranches.0", "backer.npv.capital", target);
        let answer = ask(&mut calculator, &Request::default(), &question);
        roots(&answer, &[expected], 1e-11);
        assert_eq!(
            (answer.value, answer.target, answer.share),
            (Some(2.0), Some(target), None)
        );
        close(
            "now",
            answer.now.unwrap(),
            -2.0 * factor(51.0) - second,
            1e-13,
            0.0,
        );
        assert_eq!(answer.metric.as_deref(), Some("backer.npv.capital"));
        assert_eq!(
            (answer.gains, answer.at_never, answer.refused),
            (None, None, None)
        );
    }
}

#[test]
fn a_share_of_revenue_is_solved_for_what_it_brings() {
    // Eight quarters of 2.5, of which a fifth goes in tax, undiscounted: 16 for the whole.
    let text = small("[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n");
    let question = metric_of("clauses.revenue-share.rate", "backer.npv", 4.0);
    let answer = ask(&mut open(&text), &Request::default(), &question);
    roots(&answer, &[0.25], 1e-15);
    // A rate is looked for all the way.
    assert_eq!((answer.low, answer.high), (0.0, 1.0));
    let reach = answer.reach.unwrap();
    assert_eq!(
        (reach.lowest.at, reach.lowest.value, reach.highest.at),
        (0.0, 0.0, 1.0)
    );
    close("all of it", reach.highest.value, 16.0, 1e-14, 0.0);
}

#[test]
fn the_return_that_the_market_implies_is_the_rate_that_gives_its_price() {
    // Model 8.5: the discount rate at which the other holders' NPV is their part of the valuation.
    for (name, price) in [
        ("example", 0.73 * 500.0),
        ("all-kinds", 0.76 * 180.0),
        ("capital-equity", 0.8 * 80.0),
    ] {
        let mut calculator = deal(name);
        let run = calculator.run(&Request::default()).unwrap();
        let question = within(metric_of("discount.lab", "lab.npv", price), -0.9, 2.0);
        let answer = ask(&mut calculator, &Request::default(), &question);
        roots(&answer, &[metric(&run, "lab.implied_return")], 1e-10);
    }
}

// ---- None and several

#[test]
fn out_of_reach_is_none_and_says_how_far_it_goes() {
    let mut calculator = deal("example");
    for target in [1e4, -1e4] {
        let question = metric_of("clauses.revenue-share.rate", "backer.npv", target);
        let answer = ask(&mut calculator, &Request::default(), &question);
        roots(&answer, &[], 0.0);
        let (reach, curve) = (answer.reach.unwrap(), answer.curve.unwrap());
        for extreme in [reach.lowest, reach.highest] {
            let run = forwards(
                &mut calculator,
                &Request::default(),
                &answer.path,
                extreme.at,
                "backer.npv",
            );
            assert_eq!(run, Some(extreme.value));
        }
        assert_eq!((reach.lowest.at, reach.highest.at), (0.0, 1.0));
        for (at, value) in curve.at.iter().zip(&curve.value).step_by(7) {
            let run = forwards(
                &mut calculator,
                &Request::default(),
                &answer.path,
                *at,
                "backer.npv",
            );
            assert_eq!(run, *value, "the curve at {at}");
        }
        assert_eq!((curve.at.len(), curve.at[0], curve.at[64]), (65, 0.0, 1.0));
    }
}

#[test]
fn dates_are_tried_at_the_boundaries_of_quarters() {
    let mut calculator = deal("all-kinds");
    let question = within(metric_of("agi.year", "backer.npv", 0.0), 2027.11, 2028.4);
    let answer = ask(&mut calculator, &Request::default(), &question);
    let at = answer.curve.unwrap().at;
    for boundary in [2027.25, 2027.5, 2027.75, 2028.0, 2028.25] {
        assert!(at.contains(&boundary), "{boundary} is not in {at:?}");
    }
    assert_eq!(at.len(), 65 + 5);
    assert!(at.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn a_target_that_is_the_present_value_is_taken_where_the_deal_is() {
    // The layer hardly matters to the whole, and 0.5 is a point of the scan.
    for (name, path, value) in [
        ("example", "agi.layer", 0.5),
        ("example", "clauses.devices.royalty", 0.02),
        ("all-kinds", "agi.layer", 0.4),
        ("example", "clauses.hosting.premium", 0.0),
    ] {
        let mut calculator = deal(name);
        let now = metric(&calculator.run(&Request::default()).unwrap(), "backer.npv");
        let answer = ask(
            &mut calculator,
            &Request::default(),
            &metric_of(path, "backer.npv", now),
        );
        assert!(answer.ranges.is_empty(), "{path}: {:?}", answer.ranges);
        assert!(
            answer.roots.iter().any(|root| (root - value).abs() < 1e-7),
            "{path}: {:?}",
            answer.roots
        );
        assert_eq!((answer.value, answer.now), (Some(value), Some(now)));
    }
}

#[test]
fn a_quantity_without_effect_is_at_the_target_throughout_or_nowhere() {
    let mut calculator = deal("example");
    let now = metric(&calculator.run(&Request::default()).unwrap(), "lab.npv");
    let answer = ask(
        &mut calculator,
        &Request::default(),
        &metric_of("discount.operating", "lab.npv", now),
    );
    assert_eq!(
        (answer.status, answer.roots.len(), answer.jumps.len()),
        (Outcome::Several, 0, 0)
    );
    assert_eq!(
        (answer.ranges[0].from, answer.ranges[0].to),
        (answer.low, answer.high)
    );
    let answer = ask(
        &mut calculator,
        &Request::default(),
        &metric_of("discount.operating", "lab.npv", now + 1.0),
    );
    roots(&answer, &[], 0.0);
    let reach = answer.reach.unwrap();
    assert_eq!((reach.lowest.value, reach.highest.value), (now, now));
}

// ---- Never, and what is not allowed

#[test]
fn a_date_that_may_be_never_says_what_comes_of_that() {
    let mut calculator = deal("example");
    let mut never = Request::default();
    never
        .set
        .push(("agi.year".to_owned(), Setting::Text("never".to_owned())));
    let expected = calculator.run(&never).unwrap().metric("backer.npv");
    let question = metric_of("agi.year", "backer.npv", 300.0);
    let answer = ask(&mut calculator, &Request::default(), &question);
    assert_eq!((answer.at_never, answer.value), (expected, Some(2031.0)));
    // The usual interval is the grid.
    assert_eq!(
        (answer.low, answer.high),
        (2025.0 + 3.0 / 4.0 + 27.0 / 92.0 / 4.0, 2036.0)
    );
    // As it is now, never, it has no value to be shown.
    let answer = ask(&mut calculator, &never, &question);
    assert_eq!((answer.value, answer.now), (None, expected));
    // What is no date has no never.
    for path in ["lab.cash", "agi.verified", "clauses.revenue-share.pay_over"] {
        let answer = ask(
            &mut calculator,
            &Request::default(),
            &metric_of(path, "backer.npv", 300.0),
        );
        assert_eq!(answer.at_never, None, "{path}");
    }
}

#[test]
fn ends_of_an_interval_may_be_dates() {
    let question = Question {
        low: Some(Setting::Text("2028-01-01".to_owned())),
        high: Some(Setting::Text("2033-07-01".to_owned())),
        ..metric_of("agi.year", "backer.npv", 305.0)
    };
    let answer = ask(&mut deal("example"), &Request::default(), &question);
    assert_eq!(
        (answer.low, answer.high, answer.roots.len()),
        (2028.0, 2033.5, 2)
    );
}

#[test]
fn a_part_of_the_interval_that_is_not_allowed_is_said_to_be_so() {
    // The lab is worth 500: cash of that much or more is not allowed.
    let mut calculator = deal("example");
    let (path, name) = ("lab.cash", "lab.npv");
    // Between the last point of the scan that is allowed and 500.
    let value = forwards(&mut calculator, &Request::default(), path, 497.0, name).unwrap();
    let question = within(metric_of(path, name, value), 0.0, 1000.0);
    let answer = ask(&mut calculator, &Request::default(), &question);
    roots(&answer, &[497.0], 1e-9);
    assert_eq!(answer.refused, Some(refused(&mut calculator, 500.0)));
    let curve = answer.curve.unwrap();
    for (at, value) in curve.at.iter().zip(&curve.value) {
        assert_eq!(value.is_some(), *at < 500.0, "{at}");
    }
    assert!(answer.reach.unwrap().lowest.at < 500.0 && answer.reach.unwrap().highest.at < 500.0);
    // Nothing of it is allowed: the answer is the fault.
    let nothing = calculator.solve(
        &Request::default(),
        &within(metric_of(path, name, value), 600.0, 900.0),
    );
    assert_eq!(
        nothing.unwrap_err().to_string(),
        refused(&mut calculator, 600.0)
    );
}

/// What is wrong with a lab that has more cash than it is worth.
fn refused(calculator: &mut Calculator, cash: f64) -> String {
    calculator
        .run(&setting(&[("lab.cash", cash)]))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_metric_that_does_not_exist_everywhere_has_roots_where_it_does() {
    // Without a stake there is no multiple on what was invested in it; with one it falls as the price rises.
    let mut calculator = deal("example");
    let question = within(
        metric_of(
            "clauses.equity.fraction",
            "backer.stake_npv_over_market",
            1.2,
        ),
        0.0,
        0.5,
    );
    let answer = ask(&mut calculator, &Request::default(), &question);
    assert_eq!(answer.curve.as_ref().unwrap().value[0], None);
    assert!(answer.curve.unwrap().value[1..].iter().all(Option::is_some));
    for root in &answer.roots {
        let value = forwards(
            &mut calculator,
            &Request::default(),
            &answer.path,
            *root,
            "backer.stake_npv_over_market",
        );
        close("stake", value.unwrap(), 1.2, 1e-10, 0.0);
    }
    // It exists nowhere: there is no equity clause.
    let nowhere = metric_of("lab.cash", "backer.stake_npv_over_market", 1.0);
    let answer = ask(&mut deal("margin-serving"), &Request::default(), &nowhere);
    assert_eq!(
        (answer.reach, answer.now, answer.status),
        (None, None, Outcome::None)
    );
}

// ---- Fair terms and break-even

/// What both sides gain by a deal: all less nothing, as its clauses are priced.
fn gains(calculator: &mut Calculator, request: &Request) -> [f64; 2] {
    let prices = calculator.clauses(request).unwrap();
    [
        prices.all.backer - prices.empty.backer,
        prices.all.lab - prices.empty.lab,
    ]
}

#[test]
fn at_fair_terms_the_gains_are_in_the_proportion_asked_for() {
    for (name, path, shares) in [
        ("margin-serving", "clauses.hosting.premium", &[0.5, 1.0][..]),
        (
            "capital-equity",
            "clauses.equity.fraction",
            &[0.5, 0.25, 1.0],
        ),
        (
            "all-kinds",
            "clauses.warrant-on-backer.tranches.0.fraction",
            &[0.5],
        ),
        ("microsoft-openai-2023", "clauses.hosting.premium", &[0.5]),
    ] {
        for share in shares {
            let mut calculator = opened(name);
            let answer = ask(&mut calculator, &Request::default(), &fair(path, *share));
            assert_eq!(
                (answer.metric.as_deref(), answer.target, answer.share),
                (None, None, Some(*share))
            );
            let now = gains(&mut calculator, &Request::default());
            let reported = answer.gains.unwrap();
            assert_eq!([reported.backer, reported.lab], now);
            close(
                "now",
                answer.now.unwrap(),
                now[0] - share * (now[0] + now[1]),
                1e-12,
                1e-12,
            );
            let [root] = answer.roots[..] else {
                panic!("{path} of {name}: {answer:?}")
            };
            let [backer, lab] = gains(&mut calculator, &setting(&[(path, root)]));
            close(
                &format!("{path} of {name}"),
                backer,
                share * (backer + lab),
                1e-9,
                1e-9,
            );
            assert!(
                (backer - now[0]).abs() > 1.0,
                "{path} of {name} is fair as it is"
            );
        }
    }
}

#[test]
fn no_terms_are_fair_where_both_lose() {
    // A tenth of the revenue is worth 0.8 of that to the backer and costs the lab all of it and a part of its value.
    let text = small("[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n");
    let answer = ask(
        &mut open(&text),
        &Request::default(),
        &within(fair("clauses.revenue-share.rate", 0.5), 0.05, 0.5),
    );
    roots(&answer, &[], 0.0);
    // Half of 8 quarters, 0.8 of 0.25 each to the one and 0.25 of the other; and a year's profit less by 1, times 10, of
    // which 1 - 2^(-15/8) counts: what the backer gains above half of both.
    let (backer, lab) = (1.6, -2.0 - 10.0 * (1.0 - 0.5_f64.powf(1.875)));
    close(
        "now",
        answer.now.unwrap(),
        backer - 0.5 * (backer + lab),
        1e-13,
        0.0,
    );
    let gains = answer.gains.unwrap();
    close("backer", gains.backer, backer, 1e-13, 0.0);
    close("lab", gains.lab, lab, 1e-13, 0.0);
}

#[test]
fn break_even_is_goal_seek_at_zero_for_everything_uncertain() {
    let mut calculator = deal("all-kinds");
    for metric in ["backer.npv", "surplus"] {
        let uncertain: Vec<String> = calculator
            .deal()
            .quantities
            .iter()
            .filter(|q| q.distribution.is_some())
            .map(|q| q.path.clone())
            .collect();
        let found = calculator.break_even(&Request::default(), metric).unwrap();
        let paths: Vec<&String> = found.0.iter().map(|answer| &answer.path).collect();
        assert_eq!(paths, uncertain.iter().collect::<Vec<&String>>());
        for answer in &found.0 {
            let mut alone = ask(
                &mut calculator,
                &Request::default(),
                &metric_of(&answer.path, metric, 0.0),
            );
            assert!(alone.curve.take().is_some());
            assert_eq!(&alone, answer, "{}", answer.path);
        }
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(json.as_object().unwrap().len(), uncertain.len());
        assert_eq!(json[&uncertain[0]]["path"], uncertain[0]);
    }
    // What has been set is no longer uncertain.
    let request = setting(&[("agi.verified", 1.0), ("devices.market", 30.0)]);
    let found = calculator.break_even(&request, "backer.npv").unwrap();
    let set = |answer: &Answer| answer.path == "agi.verified" || answer.path == "devices.market";
    assert!(!found.0.iter().any(set));
    assert_eq!(found.0.len(), 9 - 2);
}

// ---- Laws

/// Metrics that a question may be about.
const METRICS: [&str; 10] = [
    "backer.npv",
    "lab.npv",
    "surplus",
    "backer.irr",
    "backer.moic",
    "lab.dilution",
    "lab.funding_gap",
    "lab.take_rate",
    "lab.lowest_cash",
    "commitment.shortfall",
];

proptest! {
    #![proptest_config(cases(16))]

    /// What is answered holds when it is run forwards, and what lies within reach is found.
    #[test]
    fn answers_hold_when_they_are_run((name, request) in any_deal(), which in 0.0..1.0, metric in 0..METRICS.len(), part in 0.01..0.99) {
        let (mut calculator, metric) = (opened(name), METRICS[metric]);
        let quantities = &calculator.deal().quantities;
        let path = quantities[(which * quantities.len() as f64) as usize].path.clone();
        prop_assume!(calculator.run(&request).is_ok());
        let Ok(first) = calculator.solve(&request, &metric_of(&path, metric, 0.0)) else { return Ok(()) };
        let Some(reach) = first.reach else { return Ok(()) };
        let target = reach.lowest.value + part * (reach.highest.value - reach.lowest.value);
        let size = reach.lowest.value.abs().max(reach.highest.value.abs());
        let answer = ask(&mut calculator, &request, &metric_of(&path, metric, target));
        let value = |calculator: &mut Calculator, at: f64| forwards(calculator, &request, &path, at, metric).unwrap();
        for root in &answer.roots {
            close(&format!("{metric} at {path} = {root}"), value(&mut calculator, *root), target, 1e-9, 1e-7 * size);
        }
        for jump in &answer.jumps {
            close("after", value(&mut calculator, jump.at), jump.after, 1e-12, 1e-12 * size);
            prop_assert!((jump.before - target) * (jump.after - target) <= 0.0);
            prop_assert!((jump.before - jump.after).abs() > 1e-9 * size);
        }
        for range in &answer.ranges {
            for at in [range.from, 0.5 * (range.from + range.to), range.to] {
                if answer.curve.as_ref().unwrap().at.len() == 65 || at == at.trunc() {
                    close("range", value(&mut calculator, at), target, 1e-11, 1e-11 * size);
                }
            }
        }
        let count = answer.roots.len() + answer.jumps.len() + answer.ranges.len();
        let everywhere = answer.curve.as_ref().unwrap().value.iter().all(Option::is_some);
        prop_assert!(count > 0 || !everywhere, "{} of {} is not found", target, metric);
        prop_assert!(answer.roots.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(answer.roots.iter().all(|root| (answer.low..=answer.high).contains(root)));
        prop_assert_eq!(answer.status == Outcome::None, answer.roots.is_empty() && answer.ranges.is_empty());
    }

    /// At fair terms the gains of random deals are in the proportion asked for.
    #[test]
    fn fair_terms_of_random_deals_are_fair((name, request) in any_deal(), which in 0.0..1.0, share in 0.0..1.0) {
        let mut calculator = opened(name);
        let quantities = calculator.deal().quantities.iter().filter(|q| q.path.starts_with("clauses."));
        let paths: Vec<String> = quantities.map(|q| q.path.clone()).collect();
        let path = &paths[(which * paths.len() as f64) as usize];
        // Few clauses have to be priced for their gains alone.
        let gone: Vec<String> = calculator.deal().clauses().iter().skip(9).map(|c| c.id.clone()).collect();
        let request = less(&request, &gone.iter().map(String::as_str).collect::<Vec<&str>>());
        let Ok(answer) = calculator.solve(&request, &fair(path, share)) else { return Ok(()) };
        for root in &answer.roots {
            let [backer, lab] = gains(&mut calculator, &also(&request, path, *root));
            let size = answer.reach.unwrap().highest.value.abs().max(answer.reach.unwrap().lowest.value.abs());
            close(path, backer, share * (backer + lab), 1e-9, 1e-7 * size.max(1e-3));
        }
    }
}
