//! Goal seek on a probability (Model 12.1): against closed forms, and what can be told from draws at all.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{
    Calculator, ChanceAnswer, ChanceQuestion, FaultKind, Outcome, Request, Sampler, Sampling,
    Setting,
};
use clauseworth_kernel::quantile::normal;
use support::{close, deal_text, metric, open, replaced, setting};

const FIRST: &str = "clauses.capital.tranches.0";
const SECOND: &str = "clauses.capital.tranches.1";

fn sobol(paths: u64) -> Sampling {
    Sampling {
        paths,
        seed: 20_251_028,
        ..Sampling::default()
    }
}

/// Capital for equity whose second tranche is normal: the NPV of the capital is linear in both tranches.
fn linear(low: f64, high: f64) -> Calculator {
    let text = deal_text("capital-equity");
    let tranche =
        format!("[2027-06-30, {{ value = 2.0, low = {low}, high = {high}, dist = \"normal\" }}]");
    open(&replaced(&text, "[2027-06-30, 2.0]", &tranche))
}

fn question(vary: &str, above: f64, chance: f64, low: f64, high: f64) -> ChanceQuestion {
    ChanceQuestion {
        low: Some(Setting::Number(low)),
        high: Some(Setting::Number(high)),
        ..ChanceQuestion::new(vary, "backer.npv.capital", above, chance)
    }
}

fn ask(
    calculator: &mut Calculator,
    question: &ChanceQuestion,
    sampling: &Sampling,
) -> ChanceAnswer {
    let answer = calculator.chance(&Request::default(), question, sampling);
    answer.unwrap_or_else(|error| panic!("{question:?}: {error}"))
}

fn npv(calculator: &mut Calculator, first: f64, second: f64) -> f64 {
    let run = calculator.run(&setting(&[(FIRST, first), (SECOND, second)]));
    metric(&run.unwrap(), "backer.npv.capital")
}

/// The first tranche at which the capital's NPV is above a threshold with a probability: with NPV = k + a x + b y and y
/// normal, `a x = threshold - k - b mean + |b| sd z` with z the quantile of the chance.
fn expected(calculator: &mut Calculator, (low, high): (f64, f64), above: f64, chance: f64) -> f64 {
    let (mean, sd) = (
        (low + high) / 2.0,
        (high - low) / (2.0 * 1.281_551_565_544_600_4),
    );
    let at_mean = npv(calculator, 2.0, mean);
    let a = npv(calculator, 3.0, mean) - at_mean;
    let b = npv(calculator, 2.0, mean + 1.0) - at_mean;
    2.0 + (above - at_mean + b.abs() * sd * normal(chance)) / a
}

#[test]
fn the_root_of_a_linear_deal_is_that_of_the_normal_distribution() {
    let spread = (1.5, 2.5);
    let mut calculator = linear(spread.0, spread.1);
    for (chance, sampler) in [
        (0.1, Sampler::Sobol),
        (0.5, Sampler::Sobol),
        (0.8, Sampler::Sobol),
        (0.95, Sampler::Sobol),
        (0.8, Sampler::Random),
    ] {
        let at = expected(&mut calculator, spread, -4.0, chance);
        let sampling = Sampling {
            sampler,
            ..sobol(4096)
        };
        let answer = ask(
            &mut calculator,
            &question(FIRST, -4.0, chance, 0.5, 4.0),
            &sampling,
        );
        assert_eq!(
            (answer.status, answer.roots.len()),
            (Outcome::One, 1),
            "{answer:?}"
        );
        assert!(
            answer.jumps.is_empty() && answer.ranges.is_empty(),
            "{answer:?}"
        );
        let (root, error) = (answer.roots[0], answer.root_errors[0]);
        assert!(error > 0.0 && error < 0.02, "{error}");
        assert!(
            (root - at).abs() < 4.0 * error,
            "{root} ± {error}, not {at}"
        );
        if sampler == Sampler::Sobol {
            // One dimension moves it, and the points are even in that.
            close("root", root, at, 0.0, 2e-3);
        }
        assert_eq!(
            (answer.paths, answer.exists, answer.refused),
            (4096, None, None)
        );
        // The curve is the distribution, within what it says of its error.
        let mut known = 0;
        for ((x, y), error) in answer
            .curve
            .at
            .iter()
            .zip(&answer.curve.value)
            .zip(&answer.curve.error)
        {
            let back = expected(
                &mut calculator,
                spread,
                -4.0,
                y.unwrap().clamp(1e-3, 1.0 - 1e-3),
            );
            if y.unwrap() > 0.02 && y.unwrap() < 0.98 {
                let off = (back - x).abs();
                assert!(off < 0.05, "{x}: {y:?} ± {error:?}, which is at {back}");
                known += 1;
            }
        }
        assert!(known > 8, "{known}");
    }
}

#[test]
fn the_chance_as_it_stands_has_the_quantity_drawn() {
    // The second tranche is uncertain: as it stands it is drawn, and while it is varied it is fixed, so that nothing is
    // left to chance and the answer is a jump.
    let mut calculator = linear(1.5, 2.5);
    let threshold = npv(&mut calculator, 2.0, 2.2);
    let answer = ask(
        &mut calculator,
        &question(SECOND, threshold, 0.5, 1.0, 3.0),
        &sobol(2048),
    );
    let z = 0.2 / (1.0 / (2.0 * 1.281_551_565_544_600_4));
    close(
        "now",
        answer.now,
        clauseworth_kernel::quantile::normal_cdf(z),
        0.0,
        3e-3,
    );
    assert!(
        answer.now_error > 0.0 && answer.now_error < 5e-3,
        "{}",
        answer.now_error
    );
    assert_eq!((answer.status, answer.value), (Outcome::None, Some(2.0)));
    assert_eq!(answer.jumps.len(), 1, "{answer:?}");
    let jump = answer.jumps[0];
    close("jump", jump.at, 2.2, 0.0, 2.0 / 65_536.0);
    assert_eq!((jump.before, jump.after), (1.0, 0.0));
}

#[test]
fn what_is_not_reached_says_how_far_it_goes() {
    let mut calculator = linear(1.5, 2.5);
    let answer = ask(
        &mut calculator,
        &question(FIRST, -1.0, 0.5, 2.0, 4.0),
        &sobol(1024),
    );
    assert_eq!(answer.status, Outcome::None);
    assert!(answer.roots.is_empty() && answer.jumps.is_empty());
    let reach = answer.reach.unwrap();
    assert_eq!((reach.lowest.value, reach.highest.value), (0.0, 0.0));
}

#[test]
fn a_chance_that_lasts_is_a_range() {
    // What the quantity does not move is what it is, all along.
    let mut calculator = linear(1.5, 2.5);
    let asked = question("clauses.equity.discount", -4.0, 0.5, 0.0, 0.2);
    let level = ask(&mut calculator, &asked, &sobol(1024)).now;
    assert!(level > 0.0 && level < 1.0, "{level}");
    let asked = ChanceQuestion {
        chance: level,
        ..asked
    };
    let answer = ask(&mut calculator, &asked, &sobol(1024));
    assert_eq!(answer.status, Outcome::Several);
    assert_eq!(answer.ranges.len(), 1);
    assert_eq!((answer.ranges[0].from, answer.ranges[0].to), (0.0, 0.2));
    assert!(answer.roots.is_empty() && answer.jumps.is_empty());
}

/// A deal whose backer earns from demand that grows at a rate which is uncertain.
fn growing() -> Calculator {
    let text = deal_text("margin-serving");
    let text = replaced(&text, "volatility = 0.0", "volatility = 0.3");
    open(&replaced(
        &text,
        "growth = 0.5\nterminal_growth",
        "growth = { value = 0.5, low = 0.1, high = 1.2 }\nterminal_growth",
    ))
}

/// The part of the paths of a plain simulation on which a metric is above a threshold, the quantity set to a value.
fn simulated(
    calculator: &mut Calculator,
    question: &ChanceQuestion,
    value: f64,
    sampling: &Sampling,
) -> f64 {
    let request = setting(&[(&question.vary, value)]);
    let simulator = calculator.simulator(&request, sampling).unwrap();
    let names = simulator.collector().result().metrics;
    let place = names.iter().position(|(name, _)| *name == question.metric);
    let mut room = simulator.workspace();
    let mut above = 0;
    for number in 0..simulator.batches() {
        let batch = simulator.batch(number, &mut room).unwrap();
        let row = batch.metrics.chunks_exact(batch.paths).nth(place.unwrap());
        let row = row.unwrap().iter();
        above += row.filter(|value| **value > question.above).count();
    }
    above as f64 / sampling.paths as f64
}

#[test]
fn several_values_are_all_found() {
    // With a growing part of revenue spent the cash is drawn upon sooner; with more still, capital is raised sooner.
    let mut calculator = growing();
    let question = ChanceQuestion {
        low: Some(Setting::Number(0.0)),
        high: Some(Setting::Number(3.2)),
        ..ChanceQuestion::new("lab.opex.terminal_ratio", "lab.lowest_cash", 1.5, 0.475)
    };
    let sampling = sobol(2048);
    let answer = ask(&mut calculator, &question, &sampling);
    assert_eq!(answer.status, Outcome::Several, "{answer:?}");
    assert!(answer.roots.len() > 1 && answer.roots.is_sorted());
    for (root, error) in answer.roots.iter().zip(&answer.root_errors) {
        let [below, at, above] = [root - error, *root, root + error]
            .map(|x| simulated(&mut calculator, &question, x, &sampling));
        close("chance", at, 0.475, 0.0, 0.015);
        assert!(
            (below < 0.475) != (above < 0.475),
            "{root} ± {error}: {below}, {above}"
        );
    }
    // The curve has the chances of plain simulations, to the path.
    for place in [3, 17, 30] {
        let (at, value) = (answer.curve.at[place], answer.curve.value[place].unwrap());
        let plain = [1024, 2048].map(|n| simulated(&mut calculator, &question, at, &sobol(n)));
        assert!(plain.contains(&value), "{at}: {value}, not {plain:?}");
    }
}

#[test]
fn roots_move_one_way_with_the_chance() {
    let mut calculator = growing();
    let mut last = f64::NEG_INFINITY;
    for chance in [0.45, 0.6, 0.65, 0.66, 0.8, 0.95] {
        let question = ChanceQuestion {
            low: Some(Setting::Number(0.0)),
            high: Some(Setting::Number(0.3)),
            ..ChanceQuestion::new("clauses.revenue-share.rate", "backer.npv", 1.5, chance)
        };
        let answer = ask(&mut calculator, &question, &sobol(2048));
        assert_eq!(answer.status, Outcome::One, "{chance}: {answer:?}");
        assert!(answer.roots[0] > last, "{chance}: {answer:?}");
        last = answer.roots[0];
        let at = simulated(&mut calculator, &question, last, &sobol(2048));
        let error = 4.0 * answer.now_error.max(2e-3);
        close("chance", at, chance, 0.0, error);
        // The curve rises as the share does, and so does every path: no noise is in it.
        let ascends = |pair: &[Option<f64>]| pair[0].unwrap() <= pair[1].unwrap() + 0.02;
        assert!(answer.curve.value.windows(2).all(ascends), "{answer:?}");
    }
}

#[test]
fn batches_may_come_in_any_order() {
    let mut calculator = growing();
    let question = ChanceQuestion::new("clauses.revenue-share.rate", "backer.npv", 1.5, 0.8);
    let request = Request::default();
    let sampling = sobol(3000);
    let alone = calculator.chance(&request, &question, &sampling).unwrap();
    let mut asked = 0;
    let reversed =
        calculator.chance_by(&request, &question, &sampling, &mut |simulator, numbers| {
            asked += numbers.end - numbers.start;
            let each = numbers.rev();
            each.map(|number| simulator.batch(number, &mut simulator.workspace()))
                .collect()
        });
    assert_eq!(reversed.unwrap(), alone);
    // 33 of the scan, three at most for each value that decides: far less than all for 65 values.
    assert!(asked > 33 && asked < 33 + 3 * 20, "{asked} batches");
}

#[test]
fn a_date_jumps_where_the_model_does_and_has_a_never() {
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    let question = ChanceQuestion::new("agi.year", "backer.npv.revenue-share", 40.0, 0.5);
    let answer = ask(&mut calculator, &question, &sobol(256));
    let never = answer.at_never.unwrap();
    assert!((0.0..=1.0).contains(&never));
    assert!(never >= answer.curve.value[0].unwrap(), "{answer:?}");
    assert_eq!(answer.paths, 256);
}

#[test]
fn whole_numbers_jump() {
    // Paid over more quarters, more of it falls beyond the grid.
    let mut calculator = growing();
    let (vary, metric) = ("clauses.revenue-share.pay_over", "backer.npv.revenue-share");
    let question = ChanceQuestion {
        low: Some(Setting::Number(1.0)),
        high: Some(Setting::Number(160.0)),
        ..ChanceQuestion::new(vary, metric, 0.8, 0.5)
    };
    let sampling = sobol(512);
    let reach = ask(&mut calculator, &question, &sampling).reach.unwrap();
    let chance = 0.5 * (reach.lowest.value + reach.highest.value) + 1e-4;
    let question = ChanceQuestion { chance, ..question };
    let answer = ask(&mut calculator, &question, &sampling);
    assert!(answer.curve.at.iter().all(|at| at.fract() == 0.0));
    assert_eq!(
        (answer.status, answer.jumps.len()),
        (Outcome::None, 1),
        "{answer:?}"
    );
    let jump = answer.jumps[0];
    let beside =
        [jump.at - 1.0, jump.at].map(|x| simulated(&mut calculator, &question, x, &sampling));
    assert_eq!(beside, [jump.before, jump.after]);
    assert!(jump.before >= chance && jump.after < chance, "{jump:?}");
}

#[test]
fn a_metric_that_does_not_exist_is_not_above() {
    // A rate of return that not every path has.
    let mut calculator = growing();
    let question = ChanceQuestion::new("clauses.revenue-share.rate", "backer.moic", 0.0, 0.5);
    let answer = ask(&mut calculator, &question, &sobol(256));
    assert_eq!((answer.now, answer.exists), (0.0, Some(0.0)));
    assert_eq!(answer.now_error, 1.0 / 256.0);
    assert_eq!(answer.status, Outcome::None);
}

#[test]
fn a_part_that_is_not_allowed_has_no_chance() {
    let mut calculator = growing();
    let question = ChanceQuestion {
        low: Some(Setting::Number(0.0)),
        high: Some(Setting::Number(12.0)),
        ..ChanceQuestion::new("lab.min_cash", "lab.lowest_cash", 2.0, 0.5)
    };
    let answer = ask(&mut calculator, &question, &sobol(256));
    let refused = answer.refused.unwrap();
    assert!(refused.contains("lab.target_cash"), "{refused}");
    assert!(answer.curve.value[0].is_some() && answer.curve.value[32].is_none());
    let nowhere = ChanceQuestion {
        low: Some(Setting::Number(7.0)),
        ..question
    };
    let error = calculator.chance(&Request::default(), &nowhere, &sobol(256));
    assert_eq!(error.unwrap_err().first().path, "lab.target_cash");
}

#[test]
fn correlated_partners_keep_their_draws_while_a_quantity_is_varied() {
    // The revenue of the second line does not follow from the growth of the first, with which it is drawn. Its chance is
    // the same wherever the first is held, and as the deal stands.
    let text = replaced(
        &deal_text("margin-serving"),
        "growth = 0.5\nterminal_growth",
        "growth = { value = 0.5, low = 0.1, high = 1.2 }\nterminal_growth",
    );
    let line = "[[demand.lines]]\nid = \"app\"\nrun_rate = 3.0\n\
        growth = { value = 0.3, low = 0.0, high = 0.8 }\n\
        terminal_growth = 0.0\nhalf_life = 2.0\ninference = 0.4\nterminal_inference = 0.2\n\n[compute]";
    let text = replaced(&text, "[compute]", line);
    let text = replaced(&text, "lines = \"all\"", "lines = [\"app\"]");
    let text = format!(
        "{text}\n[[correlations]]\nbetween = [\"demand.lines.api.growth\", \"demand.lines.app.growth\"]\nrho = 0.8\n"
    );
    let mut calculator = open(&text);
    let asked =
        |metric: &str, above| ChanceQuestion::new("demand.lines.api.growth", metric, above, 0.5);
    let name = "backer.npv.revenue-share";
    let base = metric(&calculator.run(&Request::default()).unwrap(), name);
    let answer = ask(&mut calculator, &asked(name, base), &sobol(1000));
    assert!(answer.now > 0.2 && answer.now < 0.8, "{}", answer.now);
    for value in &answer.curve.value {
        // Those that did not decide have all batches or the first alone, which is all there is.
        assert_eq!(*value, Some(answer.now));
    }
}

#[test]
fn questions_that_cannot_be_asked() {
    let good = question(FIRST, -4.0, 0.5, 0.5, 4.0);
    let refused = |question: &ChanceQuestion, sampling: &Sampling| {
        let error = linear(1.5, 2.5).chance(&Request::default(), question, sampling);
        let error = error.unwrap_err();
        (
            error.first().kind,
            error.first().path.clone(),
            error.to_string(),
        )
    };
    for (change, kind, path) in [
        (
            ChanceQuestion {
                vary: "clauses.capital.tranche.0".to_owned(),
                ..good.clone()
            },
            FaultKind::Unknown,
            "clauses.capital.tranche.0",
        ),
        (
            ChanceQuestion {
                vary: "clauses.capital".to_owned(),
                ..good.clone()
            },
            FaultKind::Type,
            "clauses.capital",
        ),
        (
            ChanceQuestion {
                metric: "backer.npw".to_owned(),
                ..good.clone()
            },
            FaultKind::Unknown,
            "metric",
        ),
        (
            ChanceQuestion {
                above: f64::NAN,
                ..good.clone()
            },
            FaultKind::Range,
            "above",
        ),
        (
            ChanceQuestion {
                chance: 0.0,
                ..good.clone()
            },
            FaultKind::Range,
            "chance",
        ),
        (
            ChanceQuestion {
                chance: 1.0,
                ..good.clone()
            },
            FaultKind::Range,
            "chance",
        ),
        (
            ChanceQuestion {
                chance: 80.0,
                ..good.clone()
            },
            FaultKind::Range,
            "chance",
        ),
        (
            ChanceQuestion {
                chance: f64::NAN,
                ..good.clone()
            },
            FaultKind::Range,
            "chance",
        ),
        (
            ChanceQuestion {
                low: Some(Setting::Number(4.0)),
                ..good.clone()
            },
            FaultKind::Order,
            "low",
        ),
        (
            ChanceQuestion {
                low: Some(Setting::Number(5.0)),
                ..good.clone()
            },
            FaultKind::Order,
            "low",
        ),
    ] {
        let (found, at, message) = refused(&change, &sobol(8));
        assert_eq!((found, &*at), (kind, path), "{message}");
    }
    let (kind, path, _) = refused(&good, &sobol(0));
    assert_eq!((kind, &*path), (FaultKind::Range, "paths"));
}
