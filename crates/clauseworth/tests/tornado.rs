//! Tornados (Model 11.1): where each quantity is tried against the quantiles of another library, and what comes of it
//! against runs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, FaultKind, Request, Setting, TornadoBar};
use proptest::prelude::*;
use support::random::{any_deal, cases, opened};
use support::{close, data, deal, deal_text, open, replaced, setting};

fn tornado(calculator: &mut Calculator, request: &Request, metric: &str) -> Vec<TornadoBar> {
    let bars = calculator.tornado(request, metric);
    bars.unwrap_or_else(|error| panic!("{error}"))
}

fn bar<'a>(bars: &'a [TornadoBar], path: &str) -> &'a TornadoBar {
    let bar = bars.iter().find(|bar| bar.path == path);
    bar.unwrap_or_else(|| panic!("no bar of {path}"))
}

/// A metric of the run with a quantity set; none is never. None where the metric does not exist or the value is refused.
fn forwards(
    calculator: &mut Calculator,
    request: &Request,
    path: &str,
    value: Option<f64>,
    metric: &str,
) -> Option<f64> {
    let mut request = request.clone();
    let value = value.map_or(Setting::Text("never".to_owned()), Setting::Number);
    request.set.push((path.to_owned(), value));
    calculator.run(&request).ok()?.metric(metric)
}

/// Asserts what holds for every tornado: its order, and that its ends are runs.
fn is_sound(calculator: &mut Calculator, request: &Request, metric: &str, bars: &[TornadoBar]) {
    for bar in bars {
        for (value, found) in [(bar.low, bar.at_low), (bar.high, bar.at_high)] {
            let expected = forwards(calculator, request, &bar.path, value, metric);
            assert_eq!(found, expected, "{metric} at {} = {value:?}", bar.path);
        }
        let swing = bar
            .at_low
            .zip(bar.at_high)
            .map(|(low, high)| (high - low).abs());
        assert_eq!(bar.swing(), swing);
        assert!(
            bar.effect || bar.monotonic,
            "{} goes two ways and has no effect",
            bar.path
        );
    }
    let swings: Vec<f64> = bars.iter().map(|bar| bar.swing().unwrap_or(-1.0)).collect();
    assert!(
        swings.windows(2).all(|pair| pair[0] >= pair[1]),
        "{swings:?}"
    );
    let uncertain = calculator.deal().quantities.iter().filter(|quantity| {
        let set = request.set.iter().any(|(path, _)| *path == quantity.path);
        quantity.distribution.is_some() && !set
    });
    let mut expected: Vec<&str> = uncertain.map(|quantity| quantity.path.as_str()).collect();
    let mut found: Vec<&str> = bars.iter().map(|bar| bar.path.as_str()).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn every_quantity_goes_from_its_p10_to_its_p90() {
    let data = data("tornado.json");
    for (name, quantiles) in data["deals"].as_object().unwrap() {
        let mut calculator = deal(name);
        for metric in ["backer.npv", "lab.implied_return"] {
            let bars = tornado(&mut calculator, &Request::default(), metric);
            is_sound(&mut calculator, &Request::default(), metric, &bars);
            assert_eq!(bars.len(), quantiles.as_object().unwrap().len());
            let base = calculator
                .run(&Request::default())
                .unwrap()
                .metric(metric)
                .unwrap();
            for bar in &bars {
                let known: Vec<Option<f64>> = quantiles[&bar.path]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(serde_json::Value::as_f64)
                    .collect();
                for (found, expected) in [(bar.low, known[0]), (bar.high, known[known.len() - 1])] {
                    match (found, expected) {
                        (Some(found), Some(expected)) => {
                            close(&bar.path, found, expected, 1e-9, 1e-9)
                        }
                        (found, expected) => assert_eq!(found, expected, "{}", bar.path),
                    }
                }
                // Which way it goes in between, and whether it goes at all.
                let values: Vec<f64> = known
                    .iter()
                    .filter_map(|value| {
                        forwards(
                            &mut calculator,
                            &Request::default(),
                            &bar.path,
                            *value,
                            metric,
                        )
                    })
                    .collect();
                assert_eq!(values.len(), known.len());
                let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
                let moved = |step: &f64| step.abs() > 1e-10 * base.abs();
                let both_ways = steps.iter().any(|step| moved(step) && *step > 0.0)
                    && steps.iter().any(|step| moved(step) && *step < 0.0);
                assert_eq!(
                    bar.monotonic, !both_ways,
                    "{metric} by {}: {values:?}",
                    bar.path
                );
                let effect = values.iter().any(|value| moved(&(value - base)));
                assert_eq!(bar.effect, effect, "{metric} by {}: {values:?}", bar.path);
                assert_eq!(bar.fault, None);
            }
        }
    }
}

#[test]
fn quantities_that_go_two_ways_or_nowhere_are_marked() {
    let bars = tornado(&mut deal("example"), &Request::default(), "backer.npv");
    // Early AGI ends the revenue share, AGI as assumed lets it run and lifts growth, never does not.
    let year = bar(&bars, "agi.year");
    assert_eq!(
        (year.low, year.high, year.monotonic, year.effect),
        (Some(2028.0), None, false, true)
    );
    // The remedy's date where there is no remedy, a supply that does not bind.
    for path in ["regulation.year", "compute.build_rate", "agi.backer_year"] {
        let bar = bar(&bars, path);
        assert!(bar.monotonic && !bar.effect, "{bar:?}");
        assert_eq!(bar.at_low, bar.at_high);
    }
    let acts = bar(&bars, "regulation.acts");
    assert_eq!(
        (acts.low, acts.high, acts.effect),
        (Some(0.0), Some(1.0), true)
    );
    let never_moved = bars.iter().filter(|bar| !bar.effect).count();
    assert_eq!(never_moved, 4);
}

#[test]
fn what_has_been_set_is_no_longer_uncertain() {
    let mut calculator = deal("example");
    let all = tornado(&mut calculator, &Request::default(), "backer.npv");
    let request = setting(&[("compute.price", 11.0), ("agi.layer", 0.5)]);
    let bars = tornado(&mut calculator, &request, "backer.npv");
    is_sound(&mut calculator, &request, "backer.npv", &bars);
    assert_eq!(bars.len(), all.len() - 2);
    // By a scenario as well.
    let scenario = Request {
        scenario: Some("agi-2028".to_owned()),
        ..Request::default()
    };
    let bars = tornado(&mut calculator, &scenario, "backer.npv");
    assert!(bars.iter().all(|bar| bar.path != "agi.year"));
    assert_eq!(bars.len(), all.len() - 1);
    // And again without.
    assert_eq!(
        tornado(&mut calculator, &Request::default(), "backer.npv"),
        all
    );
}

#[test]
fn a_value_that_another_one_forbids_is_said_to_be_so() {
    // A floor of 9 under cash that is raised to 6.
    let text = replaced(
        &deal_text("margin-serving"),
        "min_cash = 1.0",
        "min_cash = { value = 1.0, dist = \"uniform\", low = 0.0, high = 10.0 }",
    );
    let text = replaced(
        &text,
        "growth = 0.5",
        "growth = { value = 0.5, low = 0.3, high = 0.8 }",
    );
    let mut calculator = open(&text);
    let bars = tornado(&mut calculator, &Request::default(), "lab.npv");
    is_sound(&mut calculator, &Request::default(), "lab.npv", &bars);
    let [growth, floor] = &bars[..] else {
        panic!("{bars:?}")
    };
    assert!(growth.effect && growth.monotonic && growth.fault.is_none());
    assert_eq!((floor.low, floor.high), (Some(1.0), Some(9.0)));
    assert!(floor.at_low.is_some() && floor.at_high.is_none() && floor.swing().is_none());
    let refused = calculator
        .run(&setting(&[("lab.min_cash", 7.0)]))
        .unwrap_err();
    assert_eq!(refused.first().kind, FaultKind::Order);
    // The first that is refused is the P70.
    assert_eq!(floor.fault.as_deref(), Some(refused.to_string().as_str()));
    let json = serde_json::to_value(&bars).unwrap();
    assert!(
        json[0].get("fault").is_none()
            && json[1]["fault"].is_string()
            && json[1]["at_high"].is_null()
    );
}

#[test]
fn a_metric_that_exists_only_at_some_values_goes_more_than_one_way() {
    // The backer pays a hundred and gets it back by 2027 only where the lab grows fast enough.
    let text = replaced(
        &deal_text("margin-serving"),
        "growth = 0.5",
        "growth = { value = 0.5, low = 0.1, high = 6.0 }",
    );
    let text = format!("{text}\n[[clauses]]\nkind = \"capital\"\ntranches = [[2026-01-01, 3.0]]\n");
    let mut calculator = open(&text);
    let bars = tornado(&mut calculator, &Request::default(), "backer.payback");
    let [bar] = &bars[..] else { panic!("{bars:?}") };
    assert!(bar.at_low.is_none() && bar.at_high.is_some(), "{bar:?}");
    assert!(bar.effect && !bar.monotonic && bar.fault.is_none() && bar.swing().is_none());
}

#[test]
fn a_deal_that_is_certain_has_no_tornado() {
    assert!(
        tornado(
            &mut deal("margin-serving"),
            &Request::default(),
            "backer.npv"
        )
        .is_empty()
    );
}

proptest! {
    #![proptest_config(cases(8))]

    /// The tornados of random deals are in order, and runs.
    #[test]
    fn tornados_of_random_deals_are_sound((name, request) in any_deal(), metric in 0_usize..5) {
        let metric = ["backer.npv", "lab.npv", "backer.payback", "lab.funding_gap", "backer.irr"][metric];
        let mut calculator = opened(name);
        prop_assume!(calculator.run(&request).is_ok());
        let bars = tornado(&mut calculator, &request, metric);
        is_sound(&mut calculator, &request, metric, &bars);
    }
}
