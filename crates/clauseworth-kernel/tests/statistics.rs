//! What many paths say together (Model 10.1), against NumPy and SciPy; beyond the number of values that are kept, against
//! the exact quantiles of the same values.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use clauseworth_kernel::math;
use clauseworth_kernel::quantile::normal;
use clauseworth_kernel::simulate::{BATCH, POINTS, REPLICATES, Sampler};
use clauseworth_kernel::statistics::{Band, EXACT, Row, Statistics, quantile};
use serde_json::Value;

/// A row of values around a shift, its batches added in an order.
fn row(values: &[f64], shift: f64, high_is_bad: bool, order: &[u64]) -> Row {
    let mut row = Row::new(values.len() as u64, shift, high_is_bad);
    for batch in order {
        row.add(*batch, batch_of(values, *batch));
    }
    row
}

fn batch_of(values: &[f64], batch: u64) -> &[f64] {
    values.chunks(BATCH).nth(batch as usize).unwrap()
}

/// All batches of so many values, in order.
fn in_order(values: &[f64]) -> Vec<u64> {
    (0..values.len().div_ceil(BATCH) as u64).collect()
}

fn statistics(values: &[f64], shift: f64, high_is_bad: bool, sampler: Sampler) -> Statistics {
    let row = row(values, shift, high_is_bad, &in_order(values));
    row.statistics(sampler).unwrap()
}

fn quantiles(s: &Statistics) -> [f64; 7] {
    [s.p5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p95]
}

const PROBABILITIES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

#[track_caller]
fn close(what: &str, found: f64, expected: f64, relative: f64) {
    let allowed = relative * found.abs().max(expected.abs());
    assert!(
        (found - expected).abs() <= allowed,
        "{what}: {found}, not {expected}"
    );
}

// ---- Against NumPy and SciPy

#[test]
fn statistics_are_those_of_numpy_and_scipy() {
    // The file says how its values were made.
    let data: Value = serde_json::from_str(include_str!("data/statistics.json")).unwrap();
    let cases = data["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let values: Vec<f64> = case["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| value.as_f64().unwrap_or(f64::NAN))
            .collect();
        let high_is_bad = case["high_is_bad"].as_bool().unwrap();
        let expected = &case["expected"];
        let number = |key: &str| expected[key].as_f64().unwrap();
        // The base case is near the mean, and what is far from it costs digits of the sums alone.
        for shift in [number("mean"), number("mean") + 3.0 * number("sd") + 1.0] {
            let found = statistics(&values, shift, high_is_bad, Sampler::Random);
            assert_eq!(found.count, expected["count"].as_u64().unwrap(), "{name}");
            close(name, found.mean, number("mean"), 1e-13);
            close(name, found.sd, number("sd"), 1e-11);
            close(name, found.standard_error, number("sem"), 1e-11);
            close(name, found.below_zero, number("below_zero"), 1e-15);
            close(name, found.worst_5_percent, number("worst"), 1e-13);
            let of_numpy = expected["quantiles"].as_array().unwrap();
            for (found, expected) in quantiles(&found).iter().zip(of_numpy) {
                close(name, *found, expected.as_f64().unwrap(), 1e-14);
            }
        }
    }
}

#[test]
fn a_value_that_is_nowhere_has_no_statistics() {
    let nothing = [f64::NAN; 40];
    let row = row(&nothing, 0.0, false, &[0]);
    assert_eq!(row.statistics(Sampler::Sobol), None);
    assert_eq!(Row::new(40, 0.0, false).statistics(Sampler::Random), None);
    assert_eq!(Band::new(40, true).quantiles(), None);
    assert_eq!(Band::new(40, false).quantiles(), None);
}

// ---- Standard errors

/// Values of whole batches: one of each scramble, and a ripple whose mean over a scramble's points of a batch is 0.
fn rippled(means: &[f64; REPLICATES], batches: usize) -> Vec<f64> {
    let of_batch = means.iter().flat_map(|mean| {
        let ripple = (0..POINTS).map(|point| if point % 2 == 0 { 5.0 } else { -5.0 });
        ripple.map(move |ripple| mean + ripple)
    });
    let of_batch: Vec<f64> = of_batch.collect();
    of_batch.repeat(batches)
}

#[test]
fn the_standard_error_of_a_sequence_is_that_of_the_means_of_its_scrambles() {
    // Means 1 to 8: their squared deviations from 4.5 sum to 42, and 42 / (8 * 7) is 0.75.
    let means: [f64; REPLICATES] = std::array::from_fn(|replicate| 1.0 + replicate as f64);
    for batches in [1, 3] {
        let values = rippled(&means, batches);
        let of_sobol = statistics(&values, 2.0, false, Sampler::Sobol);
        close("mean", of_sobol.mean, 4.5, 1e-15);
        close("error", of_sobol.standard_error, 0.75_f64.sqrt(), 1e-14);
        // A value is independent of every other where numbers are pseudo-random: 25 and 42 / 8 are the variances.
        let n = values.len() as f64;
        let of_random = statistics(&values, 2.0, false, Sampler::Random);
        let variance = (25.0 + 42.0 / 8.0) * n / (n - 1.0);
        close("sd", of_random.sd, variance.sqrt(), 1e-13);
        close(
            "error",
            of_random.standard_error,
            (variance / n).sqrt(),
            1e-13,
        );
        assert_eq!((of_sobol.sd, of_sobol.mean), (of_random.sd, of_random.mean));
    }
    // Scrambles that agree leave no error, however much their points differ.
    let values = rippled(&[3.0; REPLICATES], 2);
    let found = statistics(&values, 3.0, false, Sampler::Sobol);
    assert_eq!((found.standard_error, found.mean), (0.0, 3.0));
    assert!(found.sd > 4.9);
}

#[test]
fn values_that_are_missing_leave_the_means_of_their_scrambles() {
    let means: [f64; REPLICATES] = std::array::from_fn(|replicate| 1.0 + replicate as f64);
    let mut values = rippled(&means, 1);
    // Half of the second scramble's points, an even and an odd one in turn, so that its mean stays.
    for point in (0..POINTS).filter(|point| point % 4 < 2) {
        values[POINTS + point] = f64::NAN;
    }
    let found = statistics(&values, 0.0, false, Sampler::Sobol);
    assert_eq!(found.count as usize, BATCH - POINTS / 2);
    close("error", found.standard_error, 0.75_f64.sqrt(), 1e-14);
    // The mean is that of all values, so the second scramble has half a vote.
    close("mean", found.mean, (36.0 - 1.0) / 7.5, 1e-14);
}

#[test]
fn too_few_points_for_every_scramble_have_the_error_of_independent_ones() {
    let values: Vec<f64> = (0..200).map(f64::from).collect();
    let [of_sobol, of_random] = [Sampler::Sobol, Sampler::Random]
        .map(|sampler| statistics(&values, 100.0, false, sampler).standard_error);
    assert_eq!(of_sobol.to_bits(), of_random.to_bits());
    let one = statistics(&[2.0], 0.0, false, Sampler::Sobol);
    assert_eq!(
        (one.count, one.mean, one.sd, one.standard_error),
        (1, 2.0, 0.0, 0.0)
    );
}

// ---- Beyond what is kept

/// Values in the order of a permutation, so that neighbours in size are far apart: one of each of equal parts.
fn spread(count: usize, quantile: impl Fn(f64) -> f64) -> Vec<f64> {
    let place = |i: usize| (i * 40_503 + 977) % count;
    (0..count)
        .map(|i| quantile((place(i) as f64 + 0.5) / count as f64))
        .collect()
}

/// More values than are kept, in several shapes.
fn shapes() -> [(&'static str, Vec<f64>); 4] {
    let count = EXACT + 1031;
    assert!(!count.is_multiple_of(40_503));
    [
        (
            "lognormal",
            spread(count, |u| math::exp(1.5 * normal(u) - 2.0)),
        ),
        ("of both signs", spread(count, |u| 40.0 * normal(u) + 7.0)),
        ("constant", vec![-3.7; count]),
        (
            "two heaps, one at 0",
            spread(count, |u| if u < 0.3 { 0.0 } else { 1e6 * u }),
        ),
    ]
}

#[test]
fn counted_values_have_quantiles_within_the_stated_error() {
    for (name, values) in shapes() {
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let worst = values.len().div_ceil(20);
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        for (high_is_bad, tail) in [
            (false, mean(&sorted[..worst])),
            (true, mean(&sorted[sorted.len() - worst..])),
        ] {
            let whole = row(&values, 1.0, high_is_bad, &in_order(&values));
            assert!(whole.values().is_none());
            let found = whole.statistics(Sampler::Random).unwrap();
            assert_eq!(found.count as usize, values.len());
            for (p, found) in PROBABILITIES.iter().zip(quantiles(&found)) {
                let exact = quantile(&sorted, *p);
                close(&format!("{name}, {p}"), found, exact, 0.5e-3);
            }
            for (i, found) in found.percentiles.iter().enumerate() {
                // Near 0, where buckets are narrow, the values next to it are further off than the width of a bucket.
                let place = (values.len() - 1) * (i + 1) / 100;
                let (low, high) = (sorted[place - 1], sorted[place + 2]);
                let width = 0.5e-3 * low.abs().max(high.abs());
                let within = low - width <= *found && *found <= high + width;
                assert!(within, "{name}, P{}: {found}, not {low} to {high}", i + 1);
            }
            close(name, found.worst_5_percent, tail, 0.5e-3);
            // Moments and the parts below and above 0 stay exact.
            let negative = values.iter().filter(|value| **value < 0.0).count();
            assert_eq!(found.below_zero, negative as f64 / values.len() as f64);
            let positive = values.iter().filter(|value| **value > 0.0).count();
            assert_eq!(found.above_zero, positive as f64 / values.len() as f64);
            // The sum of so many values in one go, to compare with, has lost some digits itself.
            close(name, found.mean, mean(&values), 1e-10);
            let squares = values.iter().map(|v| (v - found.mean) * (v - found.mean));
            let variance = squares.sum::<f64>() / (values.len() - 1) as f64;
            assert!(
                (found.sd - variance.sqrt()).abs() <= 1e-9 * variance.sqrt() + 1e-6,
                "{name}: {}",
                found.sd
            );
        }
    }
}

#[test]
fn the_last_number_of_values_that_is_kept_is_exact() {
    let values = spread(EXACT, |u| math::exp(normal(u)));
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let row = row(&values, 1.0, false, &in_order(&values));
    assert_eq!(row.values(), Some(&*values));
    let found = row.statistics(Sampler::Random).unwrap();
    for (p, found) in PROBABILITIES.iter().zip(quantiles(&found)) {
        assert_eq!(found.to_bits(), quantile(&sorted, *p).to_bits());
    }
}

// ---- Any order, any hands

#[test]
fn rows_in_any_order_and_from_any_hands_have_the_same_bits() {
    let mut few = spread(5 * BATCH - 300, |u| 40.0 * normal(u) + 7.0);
    few[77] = f64::NAN;
    let many = spread(EXACT + 300, |u| 40.0 * normal(u) + 7.0);
    for values in [few, many] {
        let order = in_order(&values);
        let whole = row(&values, 5.0, false, &order).statistics(Sampler::Sobol);
        assert!(whole.is_some());
        let reverse: Vec<u64> = order.iter().rev().copied().collect();
        assert_eq!(
            row(&values, 5.0, false, &reverse).statistics(Sampler::Sobol),
            whole
        );
        // Three hands, each with every third batch, the last merged first.
        let hand = |hand: u64| {
            let own: Vec<u64> = order.iter().copied().filter(|b| b % 3 == hand).collect();
            row(&values, 5.0, false, &own)
        };
        for hands in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let mut merged = Row::new(values.len() as u64, 5.0, false);
            for part in hands.map(hand) {
                merged.merge(&part);
            }
            assert_eq!(merged.statistics(Sampler::Sobol), whole);
        }
    }
}

#[test]
fn bands_are_three_quantiles_and_merge_likewise() {
    let values = spread(3 * BATCH - 10, |u| 40.0 * normal(u) + 7.0);
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let exact = [0.1, 0.5, 0.9].map(|p| quantile(&sorted, p));
    for kept in [true, false] {
        let hand = |batches: &[u64]| {
            let mut band = Band::new(values.len() as u64, kept);
            for batch in batches {
                band.add(*batch, batch_of(&values, *batch));
            }
            band
        };
        let whole = hand(&[0, 1, 2]).quantiles().unwrap();
        let mut merged = hand(&[2]);
        merged.merge(&hand(&[1, 0]));
        assert_eq!(merged.quantiles(), Some(whole));
        for (found, exact) in whole.iter().zip(exact) {
            let allowed = if kept { 0.0 } else { 4e-3 };
            close("band", *found, exact, allowed);
        }
    }
}

#[test]
fn quantiles_are_linear_between_values() {
    let sorted = [1.0, 2.0, 4.0, 8.0];
    for (p, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
        close("quantile", quantile(&sorted, p), expected, 1e-15);
    }
    assert_eq!(quantile(&[5.0], 0.3), 5.0);
}

#[test]
fn percentiles_of_kept_values_are_those_of_all_of_them() {
    let values: Vec<f64> = (0..1000).map(|i| f64::from(i * i) - 500.0).collect();
    let found = row(&values, 1.0, false, &in_order(&values));
    let found = found.statistics(Sampler::Random).unwrap();
    for (i, percentile) in found.percentiles.iter().enumerate() {
        let exact = quantile(&values, (i + 1) as f64 / 100.0);
        assert_eq!(*percentile, exact, "P{}", i + 1);
    }
    let of = |p: usize| found.percentiles[p - 1];
    assert_eq!([of(5), of(50), of(95)], [found.p5, found.p50, found.p95]);
}
