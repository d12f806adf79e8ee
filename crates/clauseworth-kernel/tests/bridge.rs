//! The Brownian bridge has the law of a Brownian motion, whatever the times.

use clauseworth_kernel::calendar::{Day, Grid};
use clauseworth_kernel::sample::bridge::Bridge;

/// Row by row what one normal of each step makes of the motion: W = M Z.
fn matrix(bridge: &Bridge) -> Vec<Vec<f64>> {
    let n = bridge.len();
    // As many paths as steps, each with one normal that is 1.
    let mut motion = vec![0.0; n * n];
    bridge.walk(n, &mut motion, |step, normals| {
        for (path, normal) in normals.iter_mut().enumerate() {
            *normal = if path == step as usize { 1.0 } else { 0.0 };
        }
    });
    motion.chunks(n).map(<[f64]>::to_vec).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Middles of the quarters of a deal from a day in a quarter on.
fn middles(effective: &str, horizon: &str) -> Vec<f64> {
    let day = |text| Day::from_iso(text).unwrap_or_default();
    Grid::new(day(effective), day(horizon)).map_or(Vec::new(), |grid| grid.middle)
}

fn all_times() -> Vec<Vec<f64>> {
    let october = middles("2025-10-28", "2035-12-31");
    let forty_years = middles("2026-01-01", "2065-12-31");
    let short_first = middles("2026-03-31", "2030-12-31");
    assert_eq!((october.len(), forty_years.len()), (41, 160));
    assert!(short_first[0] < 0.002);
    vec![
        vec![0.03],
        vec![0.125, 0.375],
        vec![0.1, 0.2, 7.0],
        vec![1e-9, 1.0, 1.0 + 1e-9, 40.0],
        october,
        forty_years,
        short_first,
    ]
}

#[test]
fn the_covariance_of_two_times_is_the_earlier() {
    for times in all_times() {
        let matrix = matrix(&Bridge::new(&times));
        for (s, row_s) in times.iter().zip(&matrix) {
            for (t, row_t) in times.iter().zip(&matrix) {
                let found = dot(row_s, row_t);
                assert!(
                    (found - s.min(*t)).abs() <= 4e-15 * s.max(*t),
                    "{s}, {t}: {found}"
                );
            }
        }
    }
}

#[test]
fn increments_are_independent_and_as_long_as_their_times() {
    for times in all_times() {
        let matrix = matrix(&Bridge::new(&times));
        let increments: Vec<Vec<f64>> = (0..times.len())
            .map(|k| match k.checked_sub(1) {
                None => matrix[0].clone(),
                Some(before) => matrix[k]
                    .iter()
                    .zip(&matrix[before])
                    .map(|(w, v)| w - v)
                    .collect(),
            })
            .collect();
        let last = times[times.len() - 1];
        for (j, a) in increments.iter().enumerate() {
            for (k, b) in increments.iter().enumerate() {
                let length = times[k] - if k == 0 { 0.0 } else { times[k - 1] };
                let expected = if j == k { length } else { 0.0 };
                assert!((dot(a, b) - expected).abs() <= 4e-15 * last, "{j}, {k}");
            }
        }
    }
}

#[test]
fn the_first_normals_say_most() {
    let times = middles("2025-10-28", "2035-12-31");
    let rows = matrix(&Bridge::new(&times));
    // The part of the variance of the motion's integral, and of all its values, that the first steps explain.
    let integral: Vec<f64> = (0..times.len())
        .map(|step| rows.iter().map(|row| row[step]).sum())
        .collect();
    let values: Vec<f64> = (0..times.len())
        .map(|step| rows.iter().map(|row| row[step] * row[step]).sum())
        .collect();
    let part = |of: &[f64], first: usize| of[..first].iter().sum::<f64>() / of.iter().sum::<f64>();
    let squares: Vec<f64> = integral.iter().map(|x| x * x).collect();
    assert!(part(&squares, 1) > 0.74 && part(&squares, 2) > 0.93 && part(&squares, 8) > 0.995);
    assert!(part(&values, 1) > 0.65 && part(&values, 8) > 0.95);
    // Later rounds say less: each halves the spans, and with them what is left to say.
    let round = |from: usize, to: usize| values[from..to].iter().sum::<f64>();
    assert!(values[0] > round(1, 2) && round(1, 2) > round(2, 4) && round(2, 4) > round(4, 8));
}

#[test]
fn a_path_does_not_depend_on_the_paths_beside_it() {
    let bridge = Bridge::new(&middles("2026-02-20", "2033-06-30"));
    let normal =
        |step: u32, path: usize| f64::from((step * 31 + path as u32 * 17) % 101) / 25.0 - 2.0;
    let walk = |from: usize, paths: usize| {
        let mut motion = vec![0.0; bridge.len() * paths];
        bridge.walk(paths, &mut motion, |step, normals| {
            for (path, z) in normals.iter_mut().enumerate() {
                *z = normal(step, from + path);
            }
        });
        motion
    };
    let all = walk(0, 70);
    for (from, paths) in [(0, 1), (5, 64), (69, 1)] {
        for (row, some) in all.chunks(70).zip(walk(from, paths).chunks(paths)) {
            assert_eq!(&row[from..from + paths], some);
        }
    }
}

#[test]
fn no_time_has_no_bridge() {
    let bridge = Bridge::new(&[]);
    assert!(bridge.is_empty());
    bridge.walk(3, &mut [], |_, _| unreachable!());
}
