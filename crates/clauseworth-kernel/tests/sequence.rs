//! The uniforms that drive a simulation: known answers, evenness, scrambling as by independent coins, and streams that
//! depend on the seed, the point and the dimension alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use clauseworth_kernel::math::{exp, pow};
use clauseworth_kernel::sample::driver::{Driver, Sampler};
use clauseworth_kernel::sample::philox::Philox;
use clauseworth_kernel::sample::sobol::{DIMENSIONS, Scramble, Sobol};
use serde_json::Value;

/// A draw as its number among the 2^32 that there are.
fn word(u: f64) -> u32 {
    let word = u * 4_294_967_296.0 - 0.5;
    assert_eq!(word, word.trunc());
    word as u32
}

fn draws(driver: &Driver, dimension: u32, first: u64, count: usize) -> Vec<f64> {
    let mut draws = vec![0.0; count];
    driver.uniforms(dimension, first, &mut draws);
    draws
}

#[test]
fn philox_gives_the_known_answers_of_random123() {
    // kat_vectors of Random123, philox4x32 with 10 rounds: counter, key, answer.
    for (counter, key, answer) in [
        (
            [0; 4],
            0,
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
        ),
        (
            [u32::MAX; 4],
            u64::MAX,
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
        ),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            0x299f_31d0_a409_3822,
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ] {
        assert_eq!(Philox::new(key).words(counter), answer);
    }
}

#[test]
fn random_draws_are_the_words_of_their_counters() {
    let philox = Philox::new(99);
    let driver = Driver::new(Sampler::Random, 99, 8).replicate(5);
    let first = (1_u64 << 40) + 2;
    for (path, u) in (first..).zip(draws(&driver, 7, first, 300)) {
        let counter = path / 4;
        let words = philox.words([counter as u32, (counter >> 32) as u32, 7, 5]);
        assert_eq!(word(u), words[(path % 4) as usize]);
    }
}

/// FNV-1a over words.
fn hash(words: impl Iterator<Item = u32>) -> String {
    let step = |hash: u64, word: u32| (hash ^ u64::from(word)).wrapping_mul(0x100_0000_01b3);
    format!("{:016x}", words.fold(0xcbf2_9ce4_8422_2325, step))
}

#[test]
fn points_before_scrambling_are_those_of_scipy() {
    // The file says its origin.
    let recorded: Value = serde_json::from_str(include_str!("data/sobol.json")).unwrap();
    let sequence: Vec<Sobol> = (0..DIMENSIONS).map(|d| Sobol::new(d).unwrap()).collect();
    assert_eq!(sequence.len(), 256);
    assert!(Sobol::new(DIMENSIONS).is_none());
    let directions = sequence
        .iter()
        .flat_map(|dimension| (0..32).map(|bit| dimension.point(1 << bit)));
    assert_eq!(hash(directions), recorded["directions"]);
    let row = |index: u32| {
        let index = index ^ (index >> 1);
        sequence.iter().map(move |dimension| dimension.point(index))
    };
    assert_eq!(hash((0..1024).flat_map(row)), recorded["points"]);
    let rows = recorded["rows"].as_object().unwrap();
    assert_eq!(rows.len(), 2);
    for (index, expected) in rows {
        let found: Vec<u32> = row(index.parse().unwrap()).collect();
        let expected: Vec<u32> = serde_json::from_value(expected.clone()).unwrap();
        assert_eq!(found, expected, "point {index}");
    }
}

/// Whether `cells` has each number from 0 up once.
fn each_once(cells: impl Iterator<Item = usize>) -> bool {
    let mut cells: Vec<_> = cells.collect();
    cells.sort_unstable();
    cells.iter().enumerate().all(|(i, cell)| i == *cell)
}

#[test]
fn one_scrambled_point_is_in_each_cell_of_every_dimension() {
    for seed in [0, 1, u64::MAX] {
        let driver = Driver::new(Sampler::Sobol, seed, DIMENSIONS);
        for dimension in 0..DIMENSIONS {
            let points = draws(&driver, dimension, 0, 512);
            for k in 0..=9 {
                let cells = 1 << k;
                let of = |u: &f64| (u * cells as f64) as usize;
                assert!(each_once(points[..cells].iter().map(of)), "{dimension}");
            }
        }
    }
}

#[test]
fn cells_of_the_whole_sequence_hold_one_point_each() {
    // Any 2^k consecutive points from a multiple of 2^k on are a net of their own, far into the sequence too.
    let driver = Driver::new(Sampler::Sobol, 3, 20);
    for first in [1 << 20, (1 << 32) - 1024, 1 << 32, 77 << 32] {
        for dimension in 0..20 {
            let points = draws(&driver, dimension, first, 1024);
            assert!(each_once(points.iter().map(|u| (u * 1024.0) as usize)));
        }
    }
}

#[test]
fn the_first_two_dimensions_are_even_in_every_rectangle() {
    // A (0, m, 2)-net: each rectangle of 2^-a by 2^-(m-a) has one of the first 2^m points. Of pairs with a third
    // dimension the quality t is 1 or more: so many powers of two larger is a rectangle that always has its share.
    let driver = Driver::new(Sampler::Sobol, 11, 6);
    let points: Vec<Vec<f64>> = (0..6).map(|d| draws(&driver, d, 0, 1 << 10)).collect();
    for (one, two, t) in [
        (0, 1, 0),
        (0, 2, 1),
        (1, 2, 1),
        (0, 3, 2),
        (1, 3, 2),
        (2, 4, 3),
    ] {
        let m = 10;
        for a in 0..=m - t {
            let b = m - t - a;
            let mut counts = vec![0; 1 << (m - t)];
            for (u, v) in points[one].iter().zip(&points[two]) {
                let (row, column) = (
                    (u * f64::from(1 << a)) as usize,
                    (v * f64::from(1 << b)) as usize,
                );
                counts[row << b | column] += 1;
            }
            assert!(
                counts.iter().all(|count| *count == 1 << t),
                "{one}, {two}: {a}"
            );
        }
    }
}

#[test]
fn scrambling_flips_each_digit_by_the_digits_before_it_alone() {
    let scramble = Scramble::new(&Philox::new(17), 4, 0, 0);
    for depth in 0..32 {
        let keep = u32::MAX << (31 - depth);
        for i in 0..20_u32 {
            let point = i.wrapping_mul(0x9e37_79b9);
            let other = point ^ (i.wrapping_mul(0x85eb_ca6b) & !keep);
            assert_eq!(scramble.of(point) & keep, scramble.of(other) & keep);
        }
    }
}

#[test]
fn coins_are_fair_and_independent() {
    // Coins of nodes at several depths, each by the digits that lead there: over many seeds every coin, and the product
    // of any two, is as often heads as tails. Burley's constants fail this by 70 standard errors.
    let mut nodes = Vec::new();
    for depth in [0, 1, 2, 3, 6, 10, 16, 24, 31] {
        let before = !(u32::MAX.checked_shr(depth).unwrap_or(0));
        for digits in [0, u32::MAX, 0x8000_0000, 0x5bd1_e995] {
            nodes.push((depth, digits & before));
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    let trials = 20_000_u32;
    let mut sums = vec![vec![0_i32; nodes.len()]; nodes.len()];
    for seed in 0..trials {
        let scramble = Scramble::new(&Philox::new(u64::from(seed)), 1, 0, 0);
        let heads: Vec<i32> = nodes
            .iter()
            .map(|(depth, digits)| (scramble.of(*digits) >> (31 - depth) & 1) as i32)
            .collect();
        for (i, row) in sums.iter_mut().enumerate() {
            for (j, sum) in row[..=i].iter_mut().enumerate() {
                let odd = if i == j {
                    heads[i]
                } else {
                    heads[i] ^ heads[j]
                };
                *sum += 2 * odd - 1;
            }
        }
    }
    // There are 400 sums: one in two million is beyond 5 standard errors.
    let limit = 5.0 * f64::from(trials).sqrt();
    for (i, row) in sums.iter().enumerate() {
        for (j, sum) in row[..=i].iter().enumerate() {
            assert!(
                f64::from(*sum).abs() < limit,
                "{:?}, {:?}: {sum}",
                nodes[i],
                nodes[j]
            );
        }
    }
}

/// Root mean square error of the mean of `f` over `points` points, over replicates of several seeds.
fn error(
    sampler: Sampler,
    points: usize,
    dimensions: u32,
    truth: f64,
    f: impl Fn(&[f64]) -> f64,
) -> f64 {
    let replicates = 300;
    let first = Driver::new(sampler, 2026, dimensions);
    let mut squares = 0.0;
    for replicate in 0..replicates {
        let driver = first.replicate(replicate);
        let columns: Vec<Vec<f64>> = (0..dimensions)
            .map(|d| draws(&driver, d, 0, points))
            .collect();
        let mut point = vec![0.0; dimensions as usize];
        let mut sum = 0.0;
        for i in 0..points {
            for (x, column) in point.iter_mut().zip(&columns) {
                *x = column[i];
            }
            sum += f(&point);
        }
        let error = sum / points as f64 - truth;
        squares += error * error;
    }
    (squares / f64::from(replicates)).sqrt()
}

#[test]
fn the_error_in_one_dimension_is_that_of_independent_coins() {
    // With them the points are one in each cell and independent, so the variance of the mean of f is the mean over cells
    // of the variance of f within, divided by n: for f = x 1 / (12 n^3), for x^2 by its moments in each cell.
    for n in [16_usize, 64, 256] {
        let h = 1.0 / n as f64;
        let linear = (h * h * h / 12.0).sqrt();
        let square: f64 = (0..n)
            .map(|cell| {
                let (a, b) = (cell as f64 * h, (cell + 1) as f64 * h);
                let mean = (pow(b, 3.0) - pow(a, 3.0)) / (3.0 * h);
                (pow(b, 5.0) - pow(a, 5.0)) / (5.0 * h) - mean * mean
            })
            .sum();
        let square = (square * h * h).sqrt();
        for (expected, truth, power) in [(linear, 0.5, 1.0), (square, 1.0 / 3.0, 2.0)] {
            let found = error(Sampler::Sobol, n, 1, truth, |x| pow(x[0], power));
            // The root of a mean of 300 squares is within 4 % but for one time of three.
            assert!(
                (found / expected - 1.0).abs() < 0.15,
                "{n}, {power}: {found}, not {expected}"
            );
        }
    }
}

#[test]
fn integrals_converge_faster_than_with_random_points() {
    let e = std::f64::consts::E;
    let plane = |x: &[f64]| exp(x[0] + x[1]);
    let space = |x: &[f64]| (1.0 + x[0]) * exp(x[1]) * (x[2] - 0.5).abs();
    let (plane_truth, space_truth) = ((e - 1.0) * (e - 1.0), 1.5 * (e - 1.0) * 0.25);
    for (few, many, random) in [
        (
            error(Sampler::Sobol, 64, 2, plane_truth, plane),
            error(Sampler::Sobol, 1024, 2, plane_truth, plane),
            error(Sampler::Random, 1024, 2, plane_truth, plane),
        ),
        (
            error(Sampler::Sobol, 64, 3, space_truth, space),
            error(Sampler::Sobol, 1024, 3, space_truth, space),
            error(Sampler::Random, 1024, 3, space_truth, space),
        ),
    ] {
        // Sixteen times the points: a random mean is four times as good.
        assert!(few / many > 16.0, "{few}, {many}");
        assert!(random / many > 40.0, "{random}, {many}");
    }
}

#[test]
fn the_spread_over_replicates_is_the_error() {
    let f = |u: &f64, v: &f64| (u - 0.3).abs() * v;
    let truth = 0.29 * 0.5;
    let first = Driver::new(Sampler::Sobol, 5, 2);
    let means: Vec<f64> = (0..64)
        .map(|replicate| {
            let driver = first.replicate(replicate);
            let (u, v) = (draws(&driver, 0, 0, 256), draws(&driver, 1, 0, 256));
            u.iter().zip(&v).map(|(u, v)| f(u, v)).sum::<f64>() / 256.0
        })
        .collect();
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let squares = means.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let variance = squares / (n - 1.0);
    let standard_error = (variance / n).sqrt();
    assert!(standard_error < 1e-4, "{standard_error}");
    assert!((mean - truth).abs() < 3.0 * standard_error, "{mean}");
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let about = |x: &[f64]| x.iter().map(|x| x - 0.5).collect::<Vec<_>>();
    let (a, b) = (about(a), about(b));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
}

#[test]
fn dimensions_are_uncorrelated() {
    for (sampler, limit) in [(Sampler::Sobol, 0.05), (Sampler::Random, 0.1)] {
        let driver = Driver::new(sampler, 8, 40);
        let of = [
            0,
            1,
            2,
            3,
            5,
            8,
            13,
            21,
            34,
            55,
            89,
            144,
            233,
            255,
            256,
            257,
            1 << 20,
            u32::MAX,
        ];
        let columns: Vec<Vec<f64>> = of.iter().map(|d| draws(&driver, *d, 0, 2048)).collect();
        for (i, a) in columns.iter().enumerate() {
            for (j, b) in columns[..i].iter().enumerate() {
                let limit = if of[i] >= DIMENSIONS { 0.1 } else { limit };
                let found = correlation(a, b);
                assert!(
                    found.abs() < limit,
                    "{sampler:?} {} {}: {found}",
                    of[i],
                    of[j]
                );
            }
        }
    }
}

#[test]
fn seeds_replicates_and_eras_scramble_without_a_pattern() {
    // Two scrambles of one dimension agree or disagree in their first digits, so that a single pair is correlated; over
    // many pairs the mean is 0, within the standard error of coins.
    let seed = |seed| draws(&Driver::new(Sampler::Sobol, seed, 1), 0, 0, 64);
    let driver = Driver::new(Sampler::Sobol, 0, 1);
    let no_pattern = |kind: &str, of: &dyn Fn(u64) -> Vec<f64>| {
        let pairs = (0..1000).map(|i| correlation(&of(i), &of(i + 1)));
        let mean = pairs.sum::<f64>() / 1000.0;
        assert!(mean.abs() < 0.1, "{kind}: {mean}");
        assert_ne!(of(0), of(1));
    };
    no_pattern("seeds", &seed);
    no_pattern("upper halves of seeds", &|i| seed(i << 32));
    no_pattern("replicates", &|i| {
        draws(&driver.replicate(i as u16), 0, 0, 64)
    });
    no_pattern("eras", &|i| draws(&driver, 0, i << 32, 64));
}

#[test]
fn a_draw_does_not_depend_on_the_draws_beside_it() {
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let driver = Driver::new(sampler, 42, 4).replicate(2);
        // Ready or not, and beyond the sequence.
        for dimension in [0, 3, 4, 200, DIMENSIONS] {
            // The last is across the end of 2^32 points.
            for start in [0, 5, 1_000_001, (1 << 32) - 150] {
                let all = draws(&driver, dimension, start, 300);
                for (from, count) in [
                    (0, 1),
                    (1, 31),
                    (7, 64),
                    (27, 5),
                    (100, 200),
                    (299, 1),
                    (40, 0),
                ] {
                    let some = draws(&driver, dimension, start + from as u64, count);
                    assert_eq!(some, all[from..from + count]);
                }
            }
        }
        let ready = Driver::new(sampler, 42, 300).replicate(2);
        for dimension in [3, 4, 200, 299] {
            assert_eq!(
                draws(&ready, dimension, 9, 40),
                draws(&driver, dimension, 9, 40)
            );
        }
    }
}

#[test]
fn draws_are_between_their_ends() {
    let driver = Driver::new(Sampler::Random, 1, 1);
    let all = draws(&driver, 0, 0, 100_000);
    let end = 0.5 / 4_294_967_296.0;
    assert!(all.iter().all(|u| (end..=1.0 - end).contains(u)));
    let mean = all.iter().sum::<f64>() / 1e5;
    assert!((mean - 0.5).abs() < 4.0 * (1.0 / 12e5_f64).sqrt(), "{mean}");
}

#[test]
fn the_streams_are_pinned() {
    // Recomputed in Python from the definitions in the modules' documentation, with SciPy's directions: seed, replicate,
    // dimension, path. If any of them changes, so do the results of every simulation.
    use Sampler::{Random, Sobol};
    for (sampler, seed, replicate, dimension, first, expected) in [
        (Sobol, 0, 0, 0, 0, [2261718023, 817561507, 3378118396]),
        (Sobol, 42, 0, 1, 1000, [4278746868, 237375330, 1899176412]),
        (Sobol, 42, 7, 255, 0, [835577531, 2904491372, 1788080410]),
        (
            Sobol,
            u64::MAX,
            65535,
            100,
            (5 << 32) + 3,
            [2968851467, 2679082282, 349589417],
        ),
        (Sobol, 42, 0, 256, 0, [49476197, 2629059818, 3375251302]),
        (Random, 0, 0, 0, 0, [1713891541, 3781805453, 3159862348]),
        (
            Random,
            42,
            7,
            3,
            123_456_789_012,
            [3173595234, 3018117193, 668334459],
        ),
        (Random, 42, 0, 256, 0, [49476197, 2629059818, 3375251302]),
    ] {
        let driver = Driver::new(sampler, seed, 2).replicate(replicate);
        let found: Vec<u32> = draws(&driver, dimension, first, 3)
            .into_iter()
            .map(word)
            .collect();
        assert_eq!(found, expected, "{sampler:?} {seed} {dimension} {first}");
    }
}
