//! The spread of a difference (Model 12.4): what is the same cancels path by path, what differs has its closed form.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{
    Calculator, ComparedDraws, DrawnDifference, DrawnDifferences, FaultKind, Request, Sampling,
    Simulated, Statistics, compare_draws,
};
use clauseworth_kernel::math;
use support::{close, deal, deal_text, open, replaced, setting, without};

type Deals = Vec<(Calculator, Request)>;

fn sobol(paths: u64) -> Sampling {
    Sampling {
        paths,
        seed: 20_251_028,
        series: Some(Vec::new()),
        ..Sampling::default()
    }
}

fn draws(deals: &mut Deals, world: Option<usize>, paths: u64) -> ComparedDraws {
    let draws = compare_draws(deals, world, &sobol(paths));
    draws.unwrap_or_else(|error| panic!("{error}"))
}

fn drawn(deals: &mut Deals, world: Option<usize>, paths: u64) -> DrawnDifferences {
    let drawn = draws(deals, world, paths).run();
    drawn.unwrap_or_else(|error| panic!("{error}"))
}

fn metric(difference: &DrawnDifference, name: &str) -> Statistics {
    let statistics = difference.metric(name);
    statistics.unwrap_or_else(|| panic!("no path has {name}"))
}

fn simulate(calculator: &mut Calculator, request: &Request, paths: u64) -> Simulated {
    let simulator = calculator.simulator(request, &sobol(paths)).unwrap();
    simulator.run().unwrap()
}

/// The small deal of hosting and a revenue share, with demand that is not certain.
fn hosting() -> Calculator {
    let text = replaced(
        &deal_text("margin-serving"),
        "volatility = 0.0",
        "volatility = 0.3",
    );
    open(&replaced(
        &text,
        "growth = 0.5\nterminal_growth",
        "growth = { value = 0.5, low = 0.1, high = 1.2 }\nterminal_growth",
    ))
}

#[test]
fn a_deal_differs_from_itself_by_nothing() {
    for world in [None, Some(0), Some(1)] {
        let of = || (deal("example"), Request::default());
        let drawn = drawn(&mut vec![of(), of()], world, 200);
        assert_eq!((drawn.paths, drawn.differences.len()), (200, 1));
        let mut known = 0;
        for (name, s) in &drawn.differences[0].metrics {
            let Some(s) = s else { continue };
            let all = [
                s.mean,
                s.sd,
                s.standard_error,
                s.p5,
                s.p50,
                s.p95,
                s.worst_5_percent,
            ];
            assert_eq!(all, [0.0; 7], "{name}");
            assert_eq!((s.below_zero, s.above_zero), (0.0, 0.0), "{name}");
            known += 1;
        }
        assert!(known > 20, "{known}");
    }
}

#[test]
fn the_difference_of_two_normal_amounts_has_its_closed_form() {
    // The second tranche is normal in both deals, with means of 2 and 4.5 and standard deviations of s and 2 s: drawn
    // alike the difference is 2.5 + s z, paid 416 days after the agreement and discounted at 5 %.
    let of = |low: f64, high: f64| {
        let value = (low + high) / 2.0;
        let tranche = format!(
            "[2027-06-30, {{ value = {value}, low = {low}, high = {high}, dist = \"normal\" }}]"
        );
        let text = replaced(&deal_text("capital-equity"), "[2027-06-30, 2.0]", &tranche);
        (open(&text), Request::default())
    };
    let drawn = drawn(&mut vec![of(1.5, 2.5), of(3.5, 5.5)], Some(0), 4096);
    let s = metric(&drawn.differences[0], "backer.npv.capital");
    let factor = math::exp(-416.0 / 365.0 * math::ln(1.05));
    let z = 1.281_551_565_544_600_4;
    let sd = 1.0 / (2.0 * z);
    close("mean", s.mean, -2.5 * factor, 1e-4, 0.0);
    close("sd", s.sd, sd * factor, 2e-3, 0.0);
    close("P10", s.p10, -3.0 * factor, 2e-3, 0.0);
    close("P50", s.p50, -2.5 * factor, 2e-3, 0.0);
    close("P90", s.p90, -2.0 * factor, 2e-3, 0.0);
    assert_eq!(s.above_zero, 0.0);
    assert_eq!(s.below_zero, 1.0);
}

#[test]
fn what_is_drawn_alike_differs_less_than_what_is_not() {
    let dearer = setting(&[("clauses.revenue-share.rate", 0.12)]);
    let mut deals = vec![(hosting(), Request::default()), (hosting(), dearer.clone())];
    let drawn = drawn(&mut deals, None, 1024);
    let [first, second] = [&Request::default(), &dearer].map(|r| simulate(&mut hosting(), r, 1024));
    for name in ["backer.npv", "lab.npv"] {
        let s = metric(&drawn.differences[0], name);
        let (a, b) = (first.metric(name).unwrap(), second.metric(name).unwrap());
        close(name, s.mean, b.mean - a.mean, 1e-9, 0.0);
        let apart = (a.sd * a.sd + b.sd * b.sd).sqrt();
        assert!(s.sd < 0.3 * apart, "{name}: {}, not below {apart}", s.sd);
        let apart =
            (a.standard_error * a.standard_error + b.standard_error * b.standard_error).sqrt();
        assert!(
            s.standard_error < 0.5 * apart,
            "{name}: {}, {apart}",
            s.standard_error
        );
    }
}

#[test]
fn differences_are_those_of_plain_simulations_path_by_path() {
    let changed = setting(&[("agi.year", 2028.0), ("clauses.revenue-share.rate", 0.1)]);
    // On one of these paths the backer has no rate of return.
    let of = || Calculator::library("microsoft-openai-2025").unwrap();
    let mut deals = vec![(of(), Request::default()), (of(), changed)];
    let paths = 512;
    let found = drawn(&mut deals, None, paths);
    let rows = deals.iter_mut().map(|(calculator, request)| {
        let simulator = calculator.simulator(request, &sobol(paths)).unwrap();
        let batch = simulator.batch(0, &mut simulator.workspace()).unwrap();
        let rows = batch.metrics.chunks_exact(batch.paths).map(<[f64]>::to_vec);
        rows.collect::<Vec<_>>()
    });
    let rows: Vec<_> = rows.collect();
    let mut some = 0;
    for (place, (name, s)) in found.differences[0].metrics.iter().enumerate() {
        let pairs = rows[1][place].iter().zip(&rows[0][place]);
        let known: Vec<f64> = pairs.map(|(b, a)| b - a).filter(|d| !d.is_nan()).collect();
        assert_eq!(s.map_or(0, |s| s.count), known.len() as u64, "{name}");
        let Some(s) = s else { continue };
        some += usize::from(s.count < paths);
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        close(name, s.mean, mean, 1e-9, 1e-12);
        let higher = known.iter().filter(|d| **d > 0.0).count();
        assert_eq!(s.above_zero, higher as f64 / known.len() as f64, "{name}");
    }
    assert!(some > 0, "no metric exists on some of the paths only");
}

#[test]
fn a_clause_that_one_deal_lacks_counts_as_nothing() {
    let name = "backer.npv.revenue-share";
    let whole = simulate(&mut hosting(), &Request::default(), 500);
    let whole = whole.metric(name).unwrap();
    let mut deals = vec![
        (hosting(), Request::default()),
        (hosting(), without(&["revenue-share"])),
        (hosting(), Request::default()),
    ];
    let drawn = drawn(&mut deals, Some(0), 500);
    let places: Vec<_> = drawn.differences.iter().map(|d| (d.from, d.to)).collect();
    assert_eq!(places, [(0, 1), (1, 2)]);
    let (lost, won) = (
        metric(&drawn.differences[0], name),
        metric(&drawn.differences[1], name),
    );
    close("won", won.mean, whole.mean, 1e-12, 0.0);
    close("lost", lost.mean, -whole.mean, 1e-12, 0.0);
    assert_eq!((won.p10, won.p90), (whole.p10, whole.p90));
    close("P10", lost.p10, -whole.p90, 1e-14, 0.0);
    close("P90", lost.p90, -whole.p10, 1e-14, 0.0);
}

#[test]
fn the_world_is_drawn_alike_where_the_clauses_differ() {
    // The lab's revenue in the three agreements of the library depends on the world alone, as far as nothing is scarce.
    let ids = [
        "microsoft-openai-2023",
        "microsoft-openai-2025",
        "microsoft-openai-2026",
    ];
    let deals = ids.map(|id| (Calculator::library(id).unwrap(), Request::default()));
    let drawn = drawn(&mut deals.into(), Some(1), 256);
    assert_eq!(drawn.differences.len(), 2);
    let alone = simulate(
        &mut Calculator::library(ids[1]).unwrap(),
        &Request::default(),
        256,
    );
    for difference in &drawn.differences {
        let spread = metric(difference, "backer.npv").sd;
        let own = alone.metric("backer.npv").unwrap().sd;
        assert!(spread > 0.0 && spread < own, "{spread}, {own}");
    }
}

#[test]
fn batches_make_the_same_result_in_any_order_and_hands() {
    let dearer = setting(&[("clauses.revenue-share.rate", 0.2)]);
    let mut deals = vec![(hosting(), Request::default()), (hosting(), dearer)];
    let draws = draws(&mut deals, Some(0), 2100);
    let whole = draws.run().unwrap();
    assert_eq!((draws.batches(), whole.paths), (3, 2100));
    let batch = |number| draws.batch(number, &mut draws.workspace()).unwrap();
    let mut reverse = draws.collector();
    for number in [2, 1, 0, 1] {
        reverse.add(&batch(number));
    }
    assert_eq!(reverse.result(), whole);
    let (mut one, mut other) = (draws.collector(), draws.collector());
    one.add(&batch(1));
    assert_eq!((one.missing(), one.result().paths), (2, 1024));
    other.add(&batch(0));
    other.add(&batch(2));
    other.merge(&one).unwrap();
    assert_eq!((other.missing(), other.result()), (0, whole));
    assert!(other.merge(&one).is_err(), "batch 1 twice");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let mut deals = vec![
        (hosting(), Request::default()),
        (deal("example"), Request::default()),
    ];
    let mut refused = |world, paths| {
        let error = compare_draws(&mut deals, world, &sobol(paths)).unwrap_err();
        (error.first().kind, error.first().path.clone())
    };
    assert_eq!(refused(Some(2), 8), (FaultKind::Range, "world".to_owned()));
    let (kind, path) = refused(None, 0);
    assert_eq!(kind, FaultKind::Range);
    assert!(path.ends_with("paths"), "{path}");
}
