//! Correlated uniforms against NumPy, and correlations that contradict each other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use clauseworth_kernel::quantile::normal;
use clauseworth_kernel::sample::copula::{Copula, Correlation};
use clauseworth_kernel::sample::driver::{Driver, Sampler};
use serde_json::Value;

fn rho(a: usize, b: usize, rho: f64) -> Correlation {
    Correlation {
        between: [a, b],
        rho,
    }
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn uniforms_are_correlated_as_by_numpy() {
    // The file says its origin.
    let recorded: Value = serde_json::from_str(include_str!("data/copula.json")).unwrap();
    let cases = recorded["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let correlations: Vec<(usize, usize, f64)> =
            serde_json::from_value(case["correlations"].clone()).unwrap();
        let correlations: Vec<_> = correlations.iter().map(|c| rho(c.0, c.1, c.2)).collect();
        let copula = Copula::new(&correlations).unwrap();
        let (u, v) = (rows(&case["u"]).concat(), rows(&case["v"]).concat());
        let mut found = u.clone();
        copula.correlate(3, &mut found);
        for (i, (found, expected)) in found.iter().zip(&v).enumerate() {
            assert!(
                (found - expected).abs() < 1e-13,
                "{i}: {found}, not {expected}"
            );
        }
        // Whatever is in no group, and the first of each, is what it was.
        let members: BTreeSet<_> = correlations.iter().flat_map(|c| c.between).collect();
        for (quantity, (found, u)) in found.chunks(3).zip(u.chunks(3)).enumerate() {
            if members.first() == Some(&quantity) || !members.contains(&quantity) {
                assert_eq!(found, u);
            }
        }
    }
}

#[test]
fn normals_of_many_points_have_the_correlations_asked_for() {
    let asked = [rho(0, 2, 0.6), rho(2, 3, -0.5), rho(1, 4, 0.9)];
    let copula = Copula::new(&asked).unwrap();
    let (quantities, paths) = (5, 4096);
    let driver = Driver::new(Sampler::Sobol, 6, quantities);
    let mut uniforms = vec![0.0; quantities as usize * paths];
    for (dimension, row) in uniforms.chunks_exact_mut(paths).enumerate() {
        driver.uniforms(dimension as u32, 0, row);
    }
    copula.correlate(paths, &mut uniforms);
    let normals: Vec<Vec<f64>> = uniforms
        .chunks_exact(paths)
        .map(|row| row.iter().map(|u| normal(*u)).collect())
        .collect();
    for a in 0..5 {
        for b in 0..5 {
            let found = normals[a]
                .iter()
                .zip(&normals[b])
                .map(|(x, y)| x * y)
                .sum::<f64>()
                / paths as f64;
            let given = asked
                .iter()
                .find(|c| c.between == [a, b] || c.between == [b, a]);
            let expected = if a == b {
                1.0
            } else {
                given.map_or(0.0, |c| c.rho)
            };
            assert!(
                (found - expected).abs() < 0.01,
                "{a}, {b}: {found}, not {expected}"
            );
        }
    }
    // They are uniform still: about as many in each tenth.
    for row in uniforms.chunks_exact(paths) {
        for tenth in 0..10 {
            let part = row
                .iter()
                .filter(|u| (**u * 10.0) as usize == tenth)
                .count();
            assert!((part as f64 / paths as f64 - 0.1).abs() < 0.01, "{part}");
        }
    }
}

#[test]
fn a_path_does_not_depend_on_the_paths_beside_it() {
    let copula = Copula::new(&[rho(0, 1, 0.6), rho(1, 2, -0.5)]).unwrap();
    let uniforms: Vec<f64> = (0..3 * 150)
        .map(|i| (f64::from(i * 37 % 450) + 0.5) / 450.0)
        .collect();
    let mut all = uniforms.clone();
    copula.correlate(150, &mut all);
    for (from, count) in [(0, 1), (3, 64), (60, 90), (149, 1)] {
        let part = |rows: &[f64]| -> Vec<f64> {
            rows.chunks_exact(150)
                .flat_map(|row| row[from..from + count].to_vec())
                .collect()
        };
        let mut some = part(&uniforms);
        copula.correlate(count, &mut some);
        assert_eq!(some, part(&all));
    }
}

#[test]
fn the_ends_stay_finite() {
    let copula = Copula::new(&[rho(0, 1, 0.7), rho(0, 2, 0.7), rho(1, 2, 0.1)]).unwrap();
    let end = 0.5 / 4_294_967_296.0;
    let mut uniforms = [
        end,
        1.0 - end,
        1e-300,
        end,
        1.0 - end,
        1e-300,
        end,
        1.0 - end,
        1e-300,
    ];
    copula.correlate(3, &mut uniforms);
    assert!(
        uniforms
            .iter()
            .all(|u| *u > 0.0 && *u < 1.0 && normal(*u).is_finite())
    );
}

#[test]
fn correlations_that_contradict_each_other_are_named() {
    let pairs = |correlations: &[Correlation]| Copula::new(correlations).unwrap_err().pairs;
    // One alone: a correlation of 1 or more, or none at all.
    for value in [1.0, -1.0, 1.5, f64::NAN] {
        assert_eq!(
            pairs(&[rho(0, 1, 0.5), rho(3, 1, value), rho(1, 7, 0.2)]),
            [[3, 1]]
        );
    }
    // Three that cannot be, and others that have no part in it, in either group.
    let three = [
        rho(8, 9, 0.9),
        rho(2, 5, 0.9),
        rho(5, 6, 0.9),
        rho(2, 6, -0.9),
        rho(1, 2, 0.3),
        rho(6, 7, 0.0),
    ];
    assert_eq!(pairs(&three), [[2, 5], [5, 6], [2, 6]]);
    // A chain is a contradiction where the squares of two neighbours' exceed 1.
    assert_eq!(pairs(&[rho(0, 1, 0.8), rho(1, 2, 0.8)]), [[0, 1], [1, 2]]);
    assert!(Copula::new(&[rho(0, 1, 0.7), rho(1, 2, 0.7)]).is_ok());
    // One that the others determine: nothing is left of it, whatever rounding says.
    let root = 0.5_f64.sqrt();
    assert_eq!(pairs(&[rho(0, 1, root), rho(1, 2, root)]).len(), 2);
    assert_eq!(pairs(&[rho(0, 1, 0.6), rho(0, 2, 0.8)]).len(), 2);
}

#[test]
fn without_correlations_nothing_changes() {
    let copula = Copula::new(&[]).unwrap();
    assert!(copula.is_empty());
    let mut uniforms = [0.1, 0.9];
    copula.correlate(1, &mut uniforms);
    assert_eq!(uniforms, [0.1, 0.9]);
}
