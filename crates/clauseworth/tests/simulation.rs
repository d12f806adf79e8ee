//! Simulation (Model 10): a deal without spread is its base case, batches do not depend on who computes them and when,
//! draws do not depend on each other. Means that have a closed form are in a file of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "simulation/closed_forms.rs"]
mod closed_forms;
mod support;

use clauseworth::{
    Batch, Calculator, FaultKind, LIBRARY, Request, Run, Sampler, Sampling, Setting, Simulated,
    Simulator, Statistics,
};
use support::{DEALS, also, close, deal, deal_text, open, replaced, setting};

const SEED: u64 = 20_251_028;

fn sobol(paths: u64) -> Sampling {
    Sampling {
        paths,
        seed: SEED,
        ..Sampling::default()
    }
}

fn random(paths: u64) -> Sampling {
    Sampling {
        sampler: Sampler::Random,
        ..sobol(paths)
    }
}

/// The same sampling with the bands of some series only.
fn of(series: &[&str], sampling: Sampling) -> Sampling {
    Sampling {
        series: Some(series.iter().map(|name| (*name).to_owned()).collect()),
        ..sampling
    }
}

fn simulator(calculator: &mut Calculator, request: &Request, sampling: &Sampling) -> Simulator {
    let simulator = calculator.simulator(request, sampling);
    simulator.unwrap_or_else(|error| panic!("{error}"))
}

fn simulate(calculator: &mut Calculator, request: &Request, sampling: &Sampling) -> Simulated {
    let simulated = simulator(calculator, request, sampling).run();
    simulated.unwrap_or_else(|error| panic!("{error}"))
}

/// All batches, in order.
fn batches(simulator: &Simulator) -> Vec<Batch> {
    let mut room = simulator.workspace();
    let numbers = 0..simulator.batches();
    numbers
        .map(|number| simulator.batch(number, &mut room).unwrap())
        .collect()
}

/// The values of a metric, path by path.
fn values(simulator: &Simulator, result: &Simulated, metric: &str) -> Vec<f64> {
    let place = result.metrics.iter().position(|(name, _)| name == metric);
    let place = place.unwrap_or_else(|| panic!("no metric {metric}"));
    let batches = batches(simulator);
    let rows = batches.iter().flat_map(|batch| {
        let row = batch.metrics.chunks_exact(batch.paths).nth(place).unwrap();
        row.to_vec()
    });
    rows.collect()
}

/// The values of a quarter of the `place`-th series wanted, path by path.
fn quarter(batches: &[Batch], quarters: usize, place: usize, k: usize) -> Vec<f64> {
    let rows = batches.iter().flat_map(|batch| {
        let rows = batch.series.chunks_exact(batch.paths);
        rows.clone().nth(place * quarters + k).unwrap().to_vec()
    });
    rows.collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn metric(result: &Simulated, name: &str) -> Statistics {
    let statistics = result.metric(name);
    statistics.unwrap_or_else(|| panic!("no path has {name}"))
}

// ---- Without spread

/// A request that takes the spread of every quantity away, and stills both Brownian motions.
fn still(calculator: &Calculator) -> Request {
    let quantities = calculator.deal().quantities.iter();
    let fixed = quantities.filter(|q| q.distribution.is_some()).map(|q| {
        let value = if q.value == f64::INFINITY {
            Setting::Text("never".to_owned())
        } else {
            Setting::Number(q.value)
        };
        (q.path.clone(), value)
    });
    let mut request = Request {
        set: fixed.collect(),
        ..Request::default()
    };
    for path in ["demand.volatility", "backer_equity.volatility"] {
        if calculator.deal().quantity(path).is_some() {
            request = also(&request, path, 0.0);
        }
    }
    request
}

/// Asserts that every path of a simulation is the base case, bit for bit.
fn is_the_base_case(name: &str, run: &Run, simulated: &Simulated) {
    let expected: Vec<_> = run.metrics().collect();
    assert_eq!(expected.len(), simulated.metrics.len(), "{name}");
    for ((known, value), (metric, s)) in expected.into_iter().zip(&simulated.metrics) {
        assert_eq!(known, metric, "{name}");
        let Some(value) = value else {
            assert!(s.is_none(), "{name}: {metric} has paths and no value");
            continue;
        };
        let s = s.unwrap_or_else(|| panic!("{name}: {metric} is {value} on no path"));
        assert_eq!(s.count, simulated.paths, "{name}: {metric}");
        let places = [s.mean, s.p5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p95];
        for place in places {
            assert_eq!(
                place.to_bits(),
                value.to_bits(),
                "{name}: {metric} is {place:e}, not {value:e}"
            );
        }
        assert_eq!((s.sd, s.standard_error), (0.0, 0.0), "{name}: {metric}");
        assert_eq!(s.below_zero, f64::from(u8::from(value < 0.0)));
        close(metric, s.worst_5_percent, value, 1e-14, 0.0);
    }
    for (series, quarters) in &simulated.bands {
        let Some(row) = run.series(series) else {
            let absent = quarters.iter().all(Option::is_none);
            assert!(absent, "{name}: {series}, which the deal does not have");
            continue;
        };
        assert_eq!(row.len(), quarters.len(), "{name}: {series}");
        for (k, (value, band)) in row.iter().zip(quarters).enumerate() {
            let same = band.is_some_and(|band| band.iter().all(|q| q == value));
            assert!(
                same,
                "{name}: {series} in quarter {k} is {band:?}, not {value:e}"
            );
        }
    }
}

#[test]
fn a_simulation_without_spread_is_the_base_case() {
    let own = DEALS.iter().map(|name| (*name, deal(name)));
    let library = LIBRARY
        .iter()
        .map(|entry| (entry.id, Calculator::library(entry.id).unwrap()));
    for (name, mut calculator) in own.chain(library) {
        let request = still(&calculator);
        let run = calculator.run(&request).unwrap();
        for sampling in [sobol(40), random(9)] {
            let simulated = simulate(&mut calculator, &request, &sampling);
            assert_eq!(simulated.paths, sampling.paths);
            is_the_base_case(name, &run, &simulated);
        }
    }
}

#[test]
fn a_deal_without_distributions_needs_no_settings_to_be_its_base_case() {
    for name in ["capital-equity", "margin-serving"] {
        let mut calculator = deal(name);
        let run = calculator.run(&Request::default()).unwrap();
        let simulated = simulate(&mut calculator, &Request::default(), &sobol(300));
        is_the_base_case(name, &run, &simulated);
    }
}

// ---- Batches

/// The small deal with two lines, the growth of each uncertain.
fn two_lines(more: &str) -> String {
    let text = deal_text("margin-serving");
    let text = replaced(&text, "volatility = 0.0", "volatility = 0.3");
    let growth = "growth = 0.5\nterminal_growth";
    let text = replaced(
        &text,
        growth,
        "growth = { value = 0.5, low = 0.1, high = 1.2 }\nterminal_growth",
    );
    let line = "[[demand.lines]]\nid = \"app\"\nrun_rate = 3.0\n\
        growth = { value = 0.3, low = 0.0, high = 0.8, dist = \"triangular\" }\n\
        terminal_growth = 0.0\nhalf_life = 2.0\ninference = 0.4\nterminal_inference = 0.2\n\n[compute]";
    let text = replaced(&text, "[compute]", line);
    format!("{text}\n{more}")
}

#[test]
fn batches_make_the_same_result_in_any_order_and_hands() {
    for sampling in [sobol(2060), random(1030)] {
        let sampling = of(&["lab.revenue", "flow.total"], sampling);
        let mut calculator = open(&two_lines(""));
        let simulator = simulator(&mut calculator, &Request::default(), &sampling);
        let whole = simulator.run().unwrap();
        assert_eq!((whole.paths, whole.bands.len()), (sampling.paths, 2));
        // Each batch by a room of its own, the last first.
        let numbers = (0..simulator.batches()).rev();
        let mut reverse = simulator.collector();
        let batches: Vec<Batch> = numbers
            .map(|number| simulator.batch(number, &mut simulator.workspace()).unwrap())
            .collect();
        for batch in &batches {
            reverse.add(batch);
        }
        assert_eq!(reverse.result(), whole);
        // Two hands, the last part first, put together.
        let hand = |numbers: &[u64]| {
            let mut collector = simulator.collector();
            for batch in batches
                .iter()
                .filter(|batch| numbers.contains(&batch.number))
            {
                collector.add(batch);
            }
            collector
        };
        let second = batches
            .iter()
            .find(|batch| batch.number == 1)
            .unwrap()
            .paths as u64;
        let mut merged = hand(&[2, 0]);
        assert_eq!(
            (merged.missing(), merged.result().paths),
            (1, whole.paths - second)
        );
        merged.merge(&hand(&[1])).unwrap();
        assert_eq!((merged.missing(), merged.result()), (0, whole));
    }
}

#[test]
fn what_is_there_so_far_is_a_result_of_its_own() {
    let few = |paths| of(&["lab.cash"], sobol(paths));
    let mut calculator = open(&two_lines(""));
    let long = simulator(&mut calculator, &Request::default(), &few(4000));
    let short = simulate(&mut calculator, &Request::default(), &few(1024));
    let mut collector = long.collector();
    collector.add(&long.batch(0, &mut long.workspace()).unwrap());
    let so_far = collector.result();
    assert_eq!((so_far.paths, collector.missing()), (1024, 3));
    assert_eq!(so_far, short);
}

#[test]
fn a_path_does_not_depend_on_how_many_there_are() {
    for sampler in [sobol, random] {
        let mut calculator = open(&two_lines(""));
        let draws = |calculator: &mut Calculator, paths: u64| {
            let sampling = of(&["lab.revenue", "lab.cash"], sampler(paths));
            let simulator = simulator(calculator, &Request::default(), &sampling);
            batches(&simulator)
        };
        let long = draws(&mut calculator, 1200);
        for paths in [1, 7, 130, 1030] {
            let mut compared = 0;
            for (short, long) in draws(&mut calculator, paths).iter().zip(&long) {
                let rows = |batch: &Batch| {
                    let rows = batch.metrics.chunks_exact(batch.paths);
                    let rows = rows.chain(batch.series.chunks_exact(batch.paths));
                    rows.map(bits).collect::<Vec<_>>()
                };
                for (short, long) in rows(short).iter().zip(rows(long)) {
                    assert_eq!(**short, long[..short.len()], "of {paths} paths");
                    compared += 1;
                }
            }
            assert!(compared > 30);
        }
    }
}

#[test]
fn a_batch_that_is_taken_twice_counts_once() {
    let mut calculator = open(&two_lines(""));
    let simulator = simulator(&mut calculator, &Request::default(), &of(&[], sobol(200)));
    let batch = simulator.batch(0, &mut simulator.workspace()).unwrap();
    let mut collector = simulator.collector();
    collector.add(&batch);
    let once = collector.result();
    collector.add(&batch);
    assert_eq!(collector.result(), once);
    let mut other = simulator.collector();
    other.add(&batch);
    let error = collector.merge(&other).unwrap_err();
    assert_eq!(
        error.to_string(),
        "shard: expected every batch once, found batch 0 twice"
    );
    assert_eq!(collector.result(), once);
}

// ---- Draws

/// `lab.revenue` of both lines in the last quarter, path by path.
fn revenue_of_both(text: &str, request: &Request, sampling: Sampling) -> [Vec<f64>; 2] {
    let sampling = of(&["lab.revenue.api", "lab.revenue.app"], sampling);
    let mut calculator = open(text);
    let simulator = simulator(&mut calculator, request, &sampling);
    let batches = batches(&simulator);
    [0, 1].map(|line| quarter(&batches, 8, line, 7))
}

#[test]
fn only_the_brownian_motion_moves_what_has_no_distribution() {
    let text = replaced(
        &deal_text("margin-serving"),
        "volatility = 0.0",
        "volatility = 0.3",
    );
    let mut calculator = open(&text);
    let request = Request::default();
    let run = calculator.run(&request).unwrap();
    let sampling = of(&["lab.revenue", "lab.demand", "lab.need"], sobol(64));
    let simulator = simulator(&mut calculator, &request, &sampling);
    let batches = batches(&simulator);
    for k in 0..8 {
        // Every path has the base case's revenue times one factor, and its need moves with the revenue alone.
        let base = |name: &str| support::series(&run, name)[k];
        let of_quarter = |place: usize| quarter(&batches, 8, place, k);
        let (revenue, demand, need) = (of_quarter(0), of_quarter(1), of_quarter(2));
        let training = 0.25;
        let per_revenue = (base("lab.need") - training) / base("lab.revenue");
        for path in 0..64 {
            assert_eq!(revenue[path].to_bits(), demand[path].to_bits());
            let expected = training + per_revenue * revenue[path];
            close("lab.need", need[path], expected, 1e-13, 0.0);
        }
        let mut factors = bits(&revenue);
        factors.sort_unstable();
        factors.dedup();
        assert_eq!(factors.len(), 64, "quarter {k}");
    }
}

#[test]
fn a_quantity_that_is_set_leaves_the_draws_of_the_others() {
    for sampler in [sobol, random] {
        let text = replaced(&two_lines(""), "volatility = 0.3", "volatility = 0.0");
        let free = revenue_of_both(&text, &Request::default(), sampler(200));
        let set = setting(&[("demand.lines.api.growth", 0.5)]);
        let [api, app] = revenue_of_both(&text, &set, sampler(200));
        assert!(api.iter().all(|value| *value == api[0]));
        assert!(free[0].iter().any(|value| *value != free[0][0]));
        assert_eq!(bits(&app), bits(&free[1]));
        let set = setting(&[("demand.lines.app.growth", 0.3)]);
        let [api, _] = revenue_of_both(&text, &set, sampler(200));
        assert_eq!(bits(&api), bits(&free[0]));
    }
}

#[test]
fn a_correlated_quantity_that_is_set_leaves_the_draws_of_its_partner() {
    let more = "[[correlations]]\nrho = 0.7\n\
        between = [\"demand.lines.api.growth\", \"demand.lines.app.growth\"]\n";
    let text = replaced(&two_lines(more), "volatility = 0.3", "volatility = 0.0");
    for sampler in [sobol, random] {
        let free = revenue_of_both(&text, &Request::default(), sampler(200));
        let set = setting(&[("demand.lines.api.growth", 0.5)]);
        let [api, app] = revenue_of_both(&text, &set, sampler(200));
        assert!(api.iter().all(|value| *value == api[0]));
        assert_eq!(bits(&app), bits(&free[1]));
        // Where the deal itself changes, not only a number of it, as well.
        let mut set = set;
        let flag = (
            "clauses.revenue-share.enabled".to_owned(),
            Setting::Bool(false),
        );
        set.set.push(flag);
        let [_, app] = revenue_of_both(&text, &set, sampler(200));
        assert_eq!(bits(&app), bits(&free[1]));
    }
}

#[test]
fn another_seed_draws_other_paths() {
    let text = two_lines("");
    for sampler in [sobol, random] {
        let [one, two] = [1, 2].map(|seed| {
            let sampling = Sampling {
                seed,
                ..sampler(200)
            };
            revenue_of_both(&text, &Request::default(), sampling)
        });
        for (one, two) in one.iter().zip(&two) {
            assert!(one.iter().zip(two).all(|(a, b)| a != b));
        }
        let again = Sampling {
            seed: 1,
            ..sampler(200)
        };
        assert_eq!(revenue_of_both(&text, &Request::default(), again), one);
    }
}

#[test]
fn the_stream_is_pinned() {
    // Paths of the library's deal as they have been: another draw, another order of dimensions or another last bit shows
    // here first. So does a change of the deal or of the model; then these values are to be recorded again.
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    let sampling = Sampling {
        paths: 5001,
        seed: 1,
        sampler: Sampler::Sobol,
        series: Some(Vec::new()),
    };
    let simulator = simulator(&mut calculator, &Request::default(), &sampling);
    let names = simulator.collector().result();
    let place = |metric: &str| {
        let place = names.metrics.iter().position(|(name, _)| name == metric);
        place.unwrap()
    };
    let mut room = simulator.workspace();
    let drawn = [0, 4].map(|number| simulator.batch(number, &mut room).unwrap());
    for (path, expected) in PINNED {
        let batch = drawn
            .iter()
            .find(|batch| batch.number == path / 1024)
            .unwrap();
        let found = ["backer.npv", "lab.npv", "lab.revenue_total"].map(|metric| {
            let row = batch.metrics.chunks_exact(batch.paths).nth(place(metric));
            row.unwrap()[path as usize % 1024].to_bits()
        });
        assert_eq!(found, expected, "path {path}: {found:#018x?}");
    }
}

/// Bits of `backer.npv`, `lab.npv` and `lab.revenue_total`.
const PINNED: [(u64, [u64; 3]); 4] = [
    (
        0,
        [
            0x407a_38e9_37ae_f3b0,
            0x4077_8e4a_69b4_d036,
            0x40a5_a262_4c01_22ea,
        ],
    ),
    (
        1,
        [
            0x4070_3cb7_4968_e630,
            0x4067_3d97_7dbe_e6bc,
            0x409c_18f8_562e_fe7e,
        ],
    ),
    (
        1023,
        [
            0x407e_c972_a8fb_3850,
            0x4088_297e_c3f9_5f0c,
            0x40b4_c7f1_91f8_1602,
        ],
    ),
    (
        5000,
        [
            0x4064_c3e6_b349_bcf0,
            0x4043_ead0_86d2_a95d,
            0x4091_c660_8b8b_a886,
        ],
    ),
];

#[test]
fn both_samplers_draw_the_same_distribution() {
    let mut calculator = open(&two_lines(""));
    let request = Request::default();
    let sobol = simulate(&mut calculator, &request, &of(&[], sobol(1024)));
    let random = simulate(&mut calculator, &request, &of(&[], random(1024)));
    for name in ["backer.npv", "lab.npv", "lab.revenue_total"] {
        let (a, b) = (metric(&sobol, name), metric(&random, name));
        let error =
            (a.standard_error * a.standard_error + b.standard_error * b.standard_error).sqrt();
        assert!(
            (a.mean - b.mean).abs() < 4.0 * error,
            "{name}: {a:?}, {b:?}"
        );
        // The sequence is much more even, and its standard error says so.
        assert!(
            a.standard_error < 0.3 * b.standard_error,
            "{name}: {a:?}, {b:?}"
        );
        close(name, a.sd, b.sd, 0.1, 0.0);
        close(name, a.p10, b.p10, 0.05, 0.1 * b.sd);
        close(name, a.p90, b.p90, 0.05, 0.1 * b.sd);
    }
}

// ---- Errors

/// Why a simulation is refused before it begins.
fn refusal(calculator: &mut Calculator, sampling: &Sampling) -> (FaultKind, String) {
    let error = calculator
        .simulator(&Request::default(), sampling)
        .unwrap_err();
    assert_eq!(error.faults().len(), 1);
    (error.first().kind, error.to_string())
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let mut calculator = deal("margin-serving");
    assert_eq!(
        refusal(&mut calculator, &sobol(0)),
        (
            FaultKind::Range,
            "paths: expected a number of paths from 1 to 4294967296, found 0".to_owned()
        )
    );
    let (kind, _) = refusal(&mut calculator, &sobol(clauseworth::MOST_PATHS + 1));
    assert_eq!(kind, FaultKind::Range);
    assert_eq!(
        refusal(&mut calculator, &of(&["lab.revenu"], sobol(8))),
        (
            FaultKind::Unknown,
            "series: expected the name of a series, as in lab.revenue, found \"lab.revenu\"; did you mean \"lab.revenue\"?"
                .to_owned()
        )
    );
}

#[test]
fn draws_that_are_not_allowed_together_name_their_path() {
    let text = deal_text("margin-serving");
    let from = "min_cash = 1.0";
    let to = "min_cash = { value = 1.0, low = 0.0, high = 7.0, dist = \"uniform\" }";
    let mut calculator = open(&replaced(&text, from, to));
    let simulator = simulator(&mut calculator, &Request::default(), &sobol(2048));
    let error = simulator.run().unwrap_err();
    let fault = error.first();
    assert_eq!(
        (fault.kind, &*fault.path),
        (FaultKind::Order, "lab.target_cash")
    );
    // The first path whose draw, 7 times its uniform, is above 6.
    let path: u64 = fault
        .found
        .strip_prefix("6 on path ")
        .and_then(|rest| rest.strip_suffix(" of the simulation"))
        .and_then(|path| path.parse().ok())
        .unwrap_or_else(|| panic!("{error}"));
    assert!(path < 64, "{path}");
    assert!(
        fault.expected.starts_with("at least lab.min_cash, 6."),
        "{error}"
    );
    let before = {
        let shorter = Sampling {
            paths: path,
            ..sobol(1)
        };
        calculator.simulator(&Request::default(), &shorter)
    };
    if path > 0 {
        assert!(
            before.unwrap().run().is_ok(),
            "paths before {path} are allowed"
        );
    }
}

#[test]
fn correlations_that_contradict_each_other_are_refused() {
    let text = replaced(
        &two_lines(""),
        "run_rate = 4.0",
        "run_rate = { value = 4.0, low = 3.0, high = 5.0 }",
    );
    let between = |a: &str, b: &str, rho: f64| {
        format!(
            "[[correlations]]\nbetween = [\"demand.lines.{a}\", \"demand.lines.{b}\"]\nrho = {rho}\n"
        )
    };
    let correlations = [
        between("api.growth", "app.growth", 0.9),
        between("app.growth", "api.run_rate", 0.9),
        between("api.growth", "api.run_rate", -0.9),
    ]
    .concat();
    let refused = Calculator::from_toml(&format!("{text}\n{correlations}"))
        .and_then(|mut deal| deal.simulator(&Request::default(), &sobol(8)).map(|_| ()));
    let error = refused.unwrap_err();
    assert_eq!(
        (error.first().kind, &*error.first().path),
        (FaultKind::Conflict, "correlations")
    );
    for path in ["api.growth", "app.growth", "api.run_rate"] {
        assert!(error.first().found.contains(path), "{error}");
    }
}
