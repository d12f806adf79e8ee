//! Sobol indices of a deal (Model 11.2): closed forms where a metric is a sum, one input that is all there is, motions
//! as inputs, batches that do not depend on who computes them, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{
    Calculator, Error, FaultKind, Importance, ImportanceBatch, ImportanceQuestion, Request,
    SobolIndex, SobolIndices,
};
use support::{close, deal, deal_text, metric, open, replaced, setting};

fn question(metric: &str, paths: u64) -> ImportanceQuestion {
    ImportanceQuestion {
        paths,
        seed: 20_251_028,
        ..ImportanceQuestion::of(metric)
    }
}

fn importance(calculator: &mut Calculator, question: &ImportanceQuestion) -> Importance {
    let importance = calculator.importance(&Request::default(), question);
    importance.unwrap_or_else(|error| panic!("{error}"))
}

fn indices(calculator: &mut Calculator, question: &ImportanceQuestion) -> SobolIndices {
    let indices = importance(calculator, question).run();
    indices.unwrap_or_else(|error| panic!("{error}"))
}

fn refused(calculator: &mut Calculator, request: &Request, asked: &ImportanceQuestion) -> Error {
    let answer = calculator.importance(request, asked);
    answer.and_then(|importance| importance.run()).unwrap_err()
}

/// All batches, in order.
fn batches(importance: &Importance) -> Vec<ImportanceBatch> {
    let mut room = importance.room();
    let numbers = 0..importance.batches();
    numbers
        .map(|number| importance.batch(number, &mut room).unwrap())
        .collect()
}

fn paths(indices: &SobolIndices) -> Vec<&str> {
    indices
        .inputs
        .iter()
        .map(|input| input.path.as_str())
        .collect()
}

/// Whether an index is about where its interval says: within twice of it, which holds for 998 seeds of 1,000.
#[track_caller]
fn holds(what: &str, index: Option<f64>, ci: Option<f64>, expected: f64) {
    let (index, ci) = (index.unwrap(), ci.unwrap());
    assert!(
        (index - expected).abs() <= 2.0 * ci + 1e-12,
        "{what}: {index} ± {ci}, not {expected}"
    );
}

#[track_caller]
fn holds_both(input: &SobolIndex, expected: f64) {
    holds(&input.path, input.first, input.first_ci, expected);
    holds(&input.path, input.total, input.total_ci, expected);
}

// ---- Closed forms

#[test]
fn parts_of_a_sum_are_those_of_its_variance() {
    // The NPV of capital is linear in its tranches, and nothing that it pays depends on the carbon of a grid.
    let tranches = "[2026-06-30, 2.0], [2027-06-30, 2.0]";
    let text = deal_text("capital-equity");
    let text = replaced(
        &text,
        tranches,
        "[2026-06-30, { value = 3.0, low = 2.0, high = 5.0, dist = \"uniform\" }], \
         [2027-06-30, { value = 2.0, low = 1.0, high = 3.0, dist = \"triangular\" }]",
    );
    let carbon = "grid_intensity = { value = 350.0, low = 300.0, high = 400.0 }";
    let text = replaced(&text, "grid_intensity = 350.0", carbon);
    let mut calculator = open(&text);
    let at = |value: f64, tranche: usize| {
        let path = format!("clauses.capital.tranches.{tranche}");
        let run = open(&text).run(&setting(&[(&path, value)])).unwrap();
        metric(&run, "backer.npv.capital")
    };
    // Variances of a uniform variable (high - low)^2 / 12, and of a symmetric triangle over 2 that of 1 / 6.
    let slopes = [0, 1].map(|tranche| at(3.0, tranche) - at(2.0, tranche));
    let variances = [
        slopes[0] * slopes[0] * 9.0 / 12.0,
        slopes[1] * slopes[1] / 6.0,
    ];
    let found = indices(&mut calculator, &question("backer.npv.capital", 4096));
    assert_eq!((found.paths, found.left_out), (4096, 0));
    assert_eq!(
        paths(&found),
        [
            "clauses.capital.tranches.0",
            "clauses.capital.tranches.1",
            "compute.grid_intensity"
        ]
    );
    for (input, variance) in found.inputs.iter().zip(variances) {
        let part = variance / (variances[0] + variances[1]);
        holds_both(input, part);
        close(&input.path, input.first.unwrap(), part, 0.0, 0.002);
        close(&input.path, input.total.unwrap(), part, 0.0, 0.002);
        assert!(input.first_ci.unwrap() < 0.002 && input.total_ci.unwrap() < 0.002);
    }
    let unread = &found.inputs[2];
    let zero = Some(0.0);
    assert_eq!(
        (unread.first, unread.first_ci, unread.total, unread.total_ci),
        (zero, zero, zero, zero)
    );
}

#[test]
fn the_only_input_has_the_whole_variance() {
    let text = replaced(
        &deal_text("capital-equity"),
        "growth = 0.4",
        "growth = { value = 0.4, low = 0.1, high = 0.9 }",
    );
    let mut calculator = open(&text);
    for metric in ["backer.npv", "lab.npv", "lab.revenue_total"] {
        let found = indices(&mut calculator, &question(metric, 512));
        assert_eq!(paths(&found), ["demand.lines.app.growth"]);
        holds_both(&found.inputs[0], 1.0);
    }
    // What is exchanged is all, so that the third run is B.
    let importance = importance(&mut calculator, &question("lab.npv", 40));
    for batch in batches(&importance) {
        let runs: Vec<&[f64]> = batch.values.chunks(batch.values.len() / 3).collect();
        assert_eq!(runs[1], runs[2]);
        assert_ne!(runs[0], runs[1]);
    }
}

// ---- Motions

#[test]
fn a_motion_is_one_input_with_its_volatility() {
    let certain = deal_text("margin-serving");
    let moving = replaced(&certain, "volatility = 0.0", "volatility = 0.3");
    let spread = "volatility = { value = 0.3, low = 0.1, high = 0.6 }";
    let spread = replaced(&certain, "volatility = 0.0", spread);
    for text in [&moving, &spread] {
        let mut calculator = open(text);
        let asked = question("lab.revenue_total", 512);
        let found = indices(&mut calculator, &asked);
        assert_eq!(paths(&found), ["demand.volatility"]);
        holds_both(&found.inputs[0], 1.0);
        for batch in batches(&importance(&mut calculator, &asked)) {
            let runs: Vec<&[f64]> = batch.values.chunks(batch.values.len() / 3).collect();
            assert_eq!(runs[1], runs[2]);
        }
    }
    // A deal that nothing moves has no inputs.
    assert!(
        indices(&mut open(&certain), &question("lab.npv", 16))
            .inputs
            .is_empty()
    );
}

#[test]
fn a_motion_and_a_factor_share_the_variance_of_their_product() {
    // Revenue of a quarter is the run rate times what time and the motion make of it: of independent factors with means m
    // and variances v, V(x y) = v_x m_y^2 + v_y m_x^2 + v_x v_y, and the last is neither's alone.
    let text = replaced(
        &deal_text("margin-serving"),
        "volatility = 0.0",
        "volatility = 0.3",
    );
    let text = replaced(
        &text,
        "run_rate = 4.0",
        "run_rate = { value = 4.0, low = 2.0, high = 6.0, dist = \"uniform\" }",
    );
    let found = indices(&mut open(&text), &question("lab.revenue_total", 2048));
    let rate = found.input("demand.lines.api.run_rate").unwrap();
    let motion = found.input("demand.volatility").unwrap();
    let together = rate.total.unwrap() - rate.first.unwrap();
    // In units of the mean squared: 1 / 12 for the rate, and what is to be found for the motion.
    let of_rate = 16.0 / 12.0 / 16.0;
    let of_motion = motion.first.unwrap() / rate.first.unwrap() * of_rate;
    let all = of_rate + of_motion + of_rate * of_motion;
    holds("rate", rate.first, rate.first_ci, of_rate / all);
    holds(
        "rate",
        rate.total,
        rate.total_ci,
        (of_rate + of_rate * of_motion) / all,
    );
    holds(
        "motion",
        motion.total,
        motion.total_ci,
        (of_motion + of_rate * of_motion) / all,
    );
    close("together", together, of_rate * of_motion / all, 0.0, 0.01);
    let error = rate.first_ci.unwrap() + motion.first_ci.unwrap();
    assert!(rate.first.unwrap() + motion.first.unwrap() <= 1.0 + error);
}

// ---- Who computes what

#[test]
fn batches_in_any_order_and_room_give_the_same_bits() {
    let mut calculator = deal("example");
    let asked = ImportanceQuestion {
        independent: true,
        ..question("backer.npv", 70)
    };
    let importance = importance(&mut calculator, &asked);
    let all = batches(&importance);
    assert_eq!(all.len(), 8);
    let inputs = all[0].values.len() / 9 - 2;
    // 70 points are 9 of each of the first six scrambles, 8 of the others.
    assert_eq!(all[7].values.len(), 8 * (inputs + 2));
    let whole = importance.run().unwrap();
    assert_eq!(whole.paths, 70);
    assert_eq!(whole.inputs.len(), inputs);
    let mut collector = importance.collector();
    for number in [5, 0, 7, 3, 3, 1, 2, 6, 4, 0] {
        let mut room = importance.room();
        let alone = importance.batch(number, &mut room).unwrap();
        assert_eq!(alone, all[number as usize]);
        collector.add(&alone);
    }
    assert_eq!(collector.result().unwrap(), whole);
    // Sorted by total, and nothing is more than all of it.
    let totals: Vec<f64> = whole
        .inputs
        .iter()
        .map(|input| input.total.unwrap())
        .collect();
    assert!(totals.is_sorted_by(|a, b| a >= b));
    let first: f64 = whole.inputs.iter().map(|input| input.first.unwrap()).sum();
    let error: f64 = whole
        .inputs
        .iter()
        .map(|input| input.first_ci.unwrap())
        .sum();
    assert!(first <= 1.0 + error);
    // Another seed draws other points.
    let other = ImportanceQuestion { seed: 7, ..asked };
    assert_ne!(indices(&mut calculator, &other), whole);
}

#[test]
fn a_part_of_the_batches_is_an_answer_too() {
    let text = replaced(
        &deal_text("margin-serving"),
        "volatility = 0.0",
        "volatility = 0.3",
    );
    let importance = importance(&mut open(&text), &question("lab.npv", 1024));
    let all = batches(&importance);
    assert_eq!(all.len(), 16);
    let mut collector = importance.collector();
    let none = collector.result().unwrap();
    assert_eq!((none.paths, none.inputs[0].total), (0, None));
    collector.add(&all[3]);
    let one = collector.result().unwrap();
    assert_eq!((one.paths, one.inputs[0].total_ci), (64, None));
    assert!(one.inputs[0].total.is_some());
    collector.add(&all[4]);
    assert!(collector.result().unwrap().inputs[0].total_ci.is_some());
}

// ---- What is refused

#[test]
fn correlated_inputs_are_refused_by_name() {
    let mut calculator = deal("example");
    let asked = question("backer.npv", 16);
    let error = refused(&mut calculator, &Request::default(), &asked);
    let found: Vec<(&str, &str)> = error
        .faults()
        .iter()
        .map(|fault| (fault.path.as_str(), fault.found.as_str()))
        .collect();
    let [growth, agi] = [
        "demand.lines.chatgpt.growth and demand.lines.enterprise.growth with a correlation of 0.6",
        "demand.lines.chatgpt.growth and agi.year with a correlation of -0.3",
    ];
    assert_eq!(found, [("correlations.0", growth), ("correlations.1", agi)]);
    assert_eq!(error.first().kind, FaultKind::Conflict);
    assert!(error.first().expected.contains("independent"), "{error}");
    // Of a quantity that is set nothing is uncertain, so nothing is correlated with it.
    let one = setting(&[("agi.year", 2030.0)]);
    assert_eq!(refused(&mut calculator, &one, &asked).faults().len(), 1);
    let both = setting(&[("demand.lines.chatgpt.growth", 1.5)]);
    assert!(calculator.importance(&both, &asked).is_ok());
    let independent = ImportanceQuestion {
        independent: true,
        ..asked
    };
    assert!(
        calculator
            .importance(&Request::default(), &independent)
            .is_ok()
    );
}

#[test]
fn a_metric_that_is_missing_too_often_is_refused() {
    let text = replaced(
        &deal_text("margin-serving"),
        "volatility = 0.0",
        "volatility = 0.3",
    );
    let mut calculator = open(&text);
    // Without capital there is no multiple of it.
    let error = refused(
        &mut calculator,
        &Request::default(),
        &question("backer.moic", 64),
    );
    assert_eq!(
        (error.first().kind, error.first().path.as_str()),
        (FaultKind::Undefined, "metric")
    );
    assert_eq!(
        error.first().found,
        "backer.moic missing from a run at more than 1 of 64 points"
    );
    // One point in fifty of all that are asked for may be missing, and is counted.
    let importance = importance(&mut calculator, &question("lab.npv", 1024));
    let mut collector = importance.collector();
    let mut gaps = 20;
    for mut batch in batches(&importance) {
        for value in batch.values.iter_mut().skip(64).take(gaps.min(2)) {
            *value = f64::NAN;
            gaps -= 1;
        }
        collector.add(&batch);
    }
    let found = collector.result().unwrap();
    assert_eq!((found.paths, found.left_out), (1004, 20));
    let mut collector = importance.collector();
    let holes = vec![f64::NAN; 3 * 64];
    collector.add(&ImportanceBatch {
        number: 0,
        values: holes,
    });
    assert!(collector.check().is_err() && collector.result().is_err());
}

#[test]
fn questions_that_cannot_be_answered_say_what_is_wrong() {
    let mut calculator = deal("margin-serving");
    let base = Request::default();
    for (asked, path) in [
        (question("lab.npv", 15), "paths"),
        (question("lab.npv", (1 << 20) + 1), "paths"),
        (question("lab.npw", 16), "metric"),
    ] {
        assert_eq!(refused(&mut calculator, &base, &asked).first().path, path);
    }
    let suggested = refused(&mut calculator, &base, &question("lab.npw", 16));
    assert_eq!(suggested.first().suggestion.as_deref(), Some("lab.npv"));
}
