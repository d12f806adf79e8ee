//! Draws of blocks against quantiles one by one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use clauseworth_kernel::quantile::{Quantile, normal, normal_each};
use clauseworth_kernel::sample::draw::Draw;
use clauseworth_kernel::sample::driver::{Driver, Sampler};

const LAST: f64 = 0.5 / 4_294_967_296.0;

/// Uniforms that are even, extreme, at powers of two and between them, and beyond the last that a driver gives.
fn uniforms() -> Vec<f64> {
    let mut all = vec![0.0; 3000];
    Driver::new(Sampler::Sobol, 4, 1).uniforms(0, 0, &mut all);
    for octave in 1..=40 {
        let start = 1.0 / (1_u64 << octave) as f64;
        for part in [1.0, 1.0 + 1e-13, 1.1, 1.25, 1.4, 1.5625, 1.7, 1.9] {
            let tail = part * start;
            all.extend([tail, 1.0 - tail]);
        }
    }
    all.extend([
        LAST,
        1.0 - LAST,
        0.5,
        0.0,
        1.0,
        1e-300,
        0.5 - f64::EPSILON,
        0.5 + f64::EPSILON,
    ]);
    all.retain(|u| (0.0..=1.0).contains(u));
    all.sort_by(f64::total_cmp);
    all
}

fn fill(quantile: &Quantile, u: &[f64]) -> Vec<f64> {
    let mut draws = vec![0.0; u.len()];
    Draw::new(quantile.clone()).fill(u, &mut draws);
    draws
}

#[test]
fn normal_deviates_of_many_are_those_of_each() {
    let mut u = uniforms();
    // Both sides of where the formulas change: 0.075 and exp(-25) from the ends.
    for edge in [0.075, 1.388_794_386_496_402e-11] {
        for part in -20..=20 {
            let tail = edge * (1.0 + f64::from(part) * 1e-15);
            u.extend([tail, 1.0 - tail]);
        }
    }
    u.extend([1e-20, 5e-324]);
    let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let each: Vec<f64> = u.iter().map(|u| normal(*u)).collect();
    for length in [1, 2, 3, 7, 32, 63, 64, 65, 1000, u.len()] {
        let mut found = vec![0.0; u.len()];
        for (u, found) in u.chunks(length).zip(found.chunks_mut(length)) {
            normal_each(u, found);
        }
        assert_eq!(bits(&found), bits(&each), "{length}");
    }
}

#[test]
fn all_but_pert_are_the_quantiles_to_the_bit() {
    let u = uniforms();
    for quantile in [
        Quantile::uniform(-1.0, 3.0),
        Quantile::uniform(2027.1, 2027.3),
        Quantile::pert(0.0, 0.3, 1.0, 0.0),
        Quantile::triangular(0.0, 0.3, 1.0),
        Quantile::triangular(-2.0, -2.0, 5.0),
        Quantile::triangular(0.1, 0.7, 0.7),
        Quantile::normal(-1.0, 2.0, None, None),
        Quantile::normal(0.2, 0.3, Some(0.0), Some(1.0)),
        Quantile::normal(0.0, 1.0, Some(3.0), None),
        Quantile::normal(0.0, 1.0, None, Some(-9.0)),
        Quantile::normal(0.0, 1.0, Some(40.0), None),
        Quantile::normal(0.0, 1.0, None, Some(-40.0)),
        Quantile::lognormal(10.0, 500.0, None, None),
        Quantile::lognormal(0.8, 1.2, Some(0.5), Some(2.0)),
        Quantile::lognormal(1e-3, 1e3, Some(2e-3), None),
        Quantile::cumulative(vec![(2027.0, 0.05), (2030.0, 0.3), (2040.0, 0.8)]),
        Quantile::cumulative(vec![(5.0, 1.0)]),
        Quantile::bernoulli(0.0),
        Quantile::bernoulli(0.3),
        Quantile::bernoulli(1.0),
    ] {
        let draws = fill(&quantile, &u);
        for (u, draw) in u.iter().zip(draws) {
            assert_eq!(
                draw.to_bits(),
                quantile.at(*u).to_bits(),
                "{quantile:?} at {u}"
            );
        }
    }
}

/// PERT distributions over [low, high], with the shapes that are allowed and their modes everywhere.
fn perts(low: f64, high: f64) -> Vec<Quantile> {
    let mut all = Vec::new();
    for shape in [0.05, 1.0, 2.0, 4.0, 10.0, 100.0, 1000.0] {
        for mode in [0.0, 1e-9, 0.04, 0.3, 0.5, 0.9, 1.0] {
            let mode = (low + mode * (high - low)).min(high);
            all.push(Quantile::pert(low, mode, high, shape));
        }
    }
    all
}

#[test]
fn a_pert_is_its_quantile_within_the_error_stated() {
    // 55 million draws of 208 distributions were compared when this was written: the worst was 1.3e-9.
    let u: Vec<f64> = uniforms()
        .into_iter()
        .step_by(3)
        .chain([LAST, 1.0 - LAST])
        .collect();
    for quantile in perts(0.0, 1.0) {
        for (u, draw) in u.iter().zip(fill(&quantile, &u)) {
            let exact = quantile.at(*u);
            assert!(
                (draw - exact).abs() < 2e-9,
                "{quantile:?} at {u}: {draw}, not {exact}"
            );
        }
    }
}

#[test]
fn a_pert_beyond_the_last_draw_is_solved_for() {
    let u = [
        0.0,
        1e-300,
        1e-20,
        0.999 * LAST,
        1.0 - 0.999 * LAST,
        1.0 - 1e-15,
        1.0,
    ];
    for quantile in perts(2.0, 7.0) {
        for (u, draw) in u.iter().zip(fill(&quantile, &u)) {
            assert_eq!(draw.to_bits(), quantile.at(*u).to_bits());
        }
    }
}

#[test]
fn a_pert_ascends_within_its_ends() {
    // Draws at the ends of pieces and everywhere else, each with its neighbours.
    let mut words: Vec<i64> = uniforms()
        .into_iter()
        .step_by(2)
        .flat_map(|u| (-2..=2).map(move |step| (u * 4_294_967_296.0) as i64 + step))
        .filter(|word| (0..1 << 32).contains(word))
        .collect();
    words.sort_unstable();
    let u: Vec<f64> = words
        .into_iter()
        .map(|word| (word as f64 + 0.5) / 4_294_967_296.0)
        .collect();
    assert_eq!((u[0], u[u.len() - 1]), (LAST, 1.0 - LAST));
    for (low, high) in [(0.0, 1.0), (-3.0, 1e4), (2026.5, 2041.0), (1e6, 1e6 + 1e-3)] {
        for quantile in perts(low, high) {
            let draws = fill(&quantile, &u);
            assert!(draws.is_sorted(), "{quantile:?}");
            assert!(draws.iter().all(|draw| (low..=high).contains(draw)));
        }
    }
}

#[test]
fn a_pert_near_its_low_end_keeps_its_digits() {
    // Of a value that is small beside high - low the relative error is small too, down to the last draw.
    let quantile = Quantile::pert(0.0, 0.5, 1.0, 4.0);
    for (u, draw) in [LAST, 1e-8, 1e-6, 1e-3]
        .into_iter()
        .zip(fill(&quantile, &[LAST, 1e-8, 1e-6, 1e-3]))
    {
        assert!((draw / quantile.at(u) - 1.0).abs() < 1e-8, "{u}: {draw}");
    }
}

#[test]
fn a_draw_does_not_depend_on_the_draws_beside_it() {
    let u: Vec<f64> = uniforms().into_iter().rev().step_by(5).collect();
    for quantile in [
        Quantile::pert(0.0, 0.2, 1.0, 4.0),
        Quantile::lognormal(1.0, 3.0, Some(0.9), None),
        Quantile::triangular(0.0, 0.2, 1.0),
    ] {
        let all = fill(&quantile, &u);
        for length in [1, 5, 31, 32, 33, 64, 100] {
            let parts: Vec<f64> = u.chunks(length).flat_map(|u| fill(&quantile, u)).collect();
            assert_eq!(parts, all, "{length}");
        }
    }
}

#[test]
fn means_of_draws_are_those_of_the_distributions() {
    let mut u = vec![0.0; 1 << 14];
    Driver::new(Sampler::Sobol, 10, 1).uniforms(0, 0, &mut u);
    for (quantile, mean) in [
        (
            Quantile::pert(1.0, 2.0, 6.0, 4.0),
            (1.0 + 4.0 * 2.0 + 6.0) / 6.0,
        ),
        (Quantile::triangular(1.0, 2.0, 6.0), 3.0),
        (Quantile::uniform(1.0, 6.0), 3.5),
        (Quantile::normal(1.0, 6.0, None, None), 3.5),
        (Quantile::bernoulli(0.25), 0.25),
    ] {
        let draws = fill(&quantile, &u);
        let found = draws.iter().sum::<f64>() / draws.len() as f64;
        assert!((found - mean).abs() < 1e-4, "{quantile:?}: {found}");
    }
}

#[test]
fn values_are_pinned() {
    // What this code gave when it was written, natively and in WebAssembly: if one changes, so do results of simulations.
    // The hash is FNV-1a over the bits of the draws for 10,000 uniforms.
    let mut u = vec![0.0; 10_000];
    Driver::new(Sampler::Sobol, 7, 1).uniforms(0, 0, &mut u);
    for (quantile, expected) in [
        (Quantile::uniform(1.0, 3.0), 0x3fd1_db46_0857_f065),
        (Quantile::triangular(1.0, 2.0, 4.0), 0x02c2_e485_fbd3_af82),
        (Quantile::pert(0.4, 0.8, 1.4, 4.0), 0x494b_f464_ad76_68df),
        (
            Quantile::pert(2026.0, 2026.0, 2040.0, 30.0),
            0x3205_5b56_dfe7_8966,
        ),
        (
            Quantile::normal(1.0, 2.0, None, None),
            0x2ef9_f1be_6a40_26a2,
        ),
        (
            Quantile::normal(1.0, 2.0, Some(0.5), Some(2.5)),
            0xd42f_d731_32c9_b0e6,
        ),
        (
            Quantile::lognormal(1.0, 2.0, None, None),
            0x9e38_76d4_0c89_af61,
        ),
        (
            Quantile::lognormal(0.1, 9.0, Some(0.2), None),
            0x0803_95e7_8b31_8f9f,
        ),
    ] {
        let hash = fill(&quantile, &u)
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, draw| {
                (hash ^ draw.to_bits()).wrapping_mul(0x100_0000_01b3)
            });
        assert_eq!(hash, expected, "{quantile:?}: {hash:#x}");
    }
}
