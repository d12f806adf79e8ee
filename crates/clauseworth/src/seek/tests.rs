//! Functions whose roots, jumps and ranges are known.

#![allow(
    clippy::disallowed_methods,
    reason = "functions to look into are made of the standard library's, which share no code with the kernel's"
)]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// The points of a scan as a question makes them.
fn even(low: f64, high: f64) -> Vec<f64> {
    let step = (high - low) / STEPS as f64;
    let mut points: Vec<f64> = (0..STEPS).map(|i| low + step * i as f64).collect();
    points.push(high);
    points
}

/// Where a function that exists everywhere is at `target`.
fn on(low: f64, high: f64, target: f64, f: impl Fn(f64) -> f64) -> Found {
    seek(&even(low, high), false, target, |x| Some(f(x)))
}

/// Asserts that there are these roots, to a tolerance, and nothing else.
#[track_caller]
fn roots(found: &Found, expected: &[f64], tolerance: f64) {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= tolerance;
    assert!(
        found.roots.len() == expected.len() && found.roots.iter().zip(expected).all(close),
        "{:?}, not {expected:?}",
        found.roots
    );
    assert_eq!(found.jumps, [], "jumps beside {expected:?}");
    assert_eq!(found.ranges, [], "ranges beside {expected:?}");
}

/// Asserts that there is one jump, to neighbouring numbers, and nothing else.
#[track_caller]
fn jump(found: &Found, at: f64, before: f64, after: f64) {
    let [jump] = found.jumps[..] else {
        panic!("{:?}", found.jumps);
    };
    assert!(
        (jump.at - at).abs() <= 1e-15 * at.abs(),
        "{} and {at}",
        jump.at
    );
    assert_eq!((jump.before, jump.after), (before, after));
    assert_eq!((&*found.roots, &*found.ranges), (&[][..], &[][..]));
}

/// Asserts that there is one range, to a tolerance, and nothing else.
#[track_caller]
fn range(found: &Found, from: f64, to: f64, tolerance: f64) {
    let [range] = found.ranges[..] else {
        panic!("{:?}", found.ranges);
    };
    let close = (range.from - from).abs() <= tolerance && (range.to - to).abs() <= tolerance;
    assert!(close, "{range:?}, not {from} to {to}");
    assert_eq!((&*found.roots, &*found.jumps), (&[][..], &[][..]));
}

// ---- Roots

#[test]
fn a_line_has_one_root() {
    roots(&on(0.0, 10.0, 3.0, |x| 2.0 * x), &[1.5], 1e-15);
    roots(&on(0.0, 10.0, -3.0, |x| -0.3 * x), &[10.0], 1e-15);
    roots(&on(-7.0, 11.0, 0.1, |x| x * 1e12), &[1e-13], 1e-15);
    roots(&on(-7.0, 11.0, 1e-13, |x| x * 1e-12), &[0.1], 1e-12);
    // Of a line that hardly rises, what is left of the difference is rounding.
    roots(&on(0.0, 1.0, 1000.3, |x| 1000.0 + x), &[0.3], 1e-9);
}

#[test]
fn a_root_on_a_point_of_the_scan_is_no_range() {
    // Within rounding such a line stays at the target for a while, wherever it takes it.
    roots(&on(0.0, 1.0, 1000.5, |x| 1000.0 + x), &[0.5], 1e-9);
    roots(&on(0.0, 1.0, 1000.0, |x| 1000.0 + x), &[0.0], 1e-9);
    roots(
        &on(0.0, 1.0, 318.5, |x| 320.0 - 3e-3 * x * 1e3),
        &[0.5],
        1e-9,
    );
}

#[test]
fn a_root_beyond_the_interval_is_none() {
    for target in [-1e-9, 20.0 + 1e-9, 1e6] {
        roots(&on(0.0, 10.0, target, |x| 2.0 * x), &[], 0.0);
    }
}

#[test]
fn an_end_at_the_target_is_a_root() {
    roots(&on(0.0, 10.0, 0.0, |x| 2.0 * x), &[0.0], 0.0);
    roots(&on(0.0, 10.0, 20.0, |x| 2.0 * x), &[10.0], 0.0);
    roots(&on(-1.0, 1.0, 1.0, |x| x * x), &[-1.0, 1.0], 0.0);
}

#[test]
fn two_roots_between_two_points_of_the_scan_are_found() {
    for (low, high) in [(0.0, 64.0), (0.0, 200.0), (-31.0, 15.0)] {
        let f = |x: f64| (x - 10.3) * (x - 10.6);
        roots(&on(low, high, 0.0, f), &[10.3, 10.6], 1e-13);
        roots(&on(low, high, 5.0, |x| 5.0 - f(x)), &[10.3, 10.6], 1e-12);
    }
}

#[test]
fn two_roots_within_the_first_or_the_last_step_are_found() {
    let first = |x: f64| (x - 0.3) * (x - 0.6);
    roots(&on(0.0, 64.0, 0.0, first), &[0.3, 0.6], 1e-13);
    let last = |x: f64| (x - 63.3) * (63.6 - x);
    roots(&on(0.0, 64.0, 0.0, last), &[63.3, 63.6], 1e-13);
}

#[test]
fn a_touch_is_one_root() {
    // A parabola is within rounding of its lowest point over the square root of that.
    for at in [10.37, 10.0, 10.999, 53.2] {
        roots(
            &on(0.0, 64.0, 7.0, |x| 7.0 + (x - at) * (x - at)),
            &[at],
            1e-5,
        );
        roots(
            &on(0.0, 64.0, 7.0, |x| 7.0 - (x - at) * (x - at)),
            &[at],
            1e-5,
        );
        roots(&on(0.0, 64.0, 7.0, |x| 7.0 + (x - at).abs()), &[at], 1e-9);
        roots(&on(0.0, 64.0, 7.0, |x| 7.0 - (x - at).abs()), &[at], 1e-9);
    }
}

#[test]
fn what_comes_near_and_turns_back_does_not_touch() {
    let found = on(0.0, 64.0, 0.0, |x| (x - 10.37) * (x - 10.37) + 1e-6);
    roots(&found, &[], 0.0);
    roots(&on(0.0, 64.0, 0.0, |x| (x - 10.37).abs() + 1e-9), &[], 0.0);
}

#[test]
fn a_cubic_has_three() {
    let f = |x: f64| (x + 2.25) * (x - 0.1) * (x - 3.7);
    roots(&on(-5.0, 5.0, 0.0, f), &[-2.25, 0.1, 3.7], 1e-14);
    roots(
        &on(-5.0, 5.0, 8.0, |x| 8.0 - f(x)),
        &[-2.25, 0.1, 3.7],
        1e-13,
    );
}

#[test]
fn a_root_that_is_flat_is_one_root() {
    // x³ is within rounding over the cube root of that.
    roots(&on(-1.0, 1.5, 0.0, |x| x * x * x), &[0.0], 1e-3);
    roots(&on(-1.0, 1.0, 0.0, |x| x * x * x), &[0.0], 1e-3);
}

#[test]
fn transcendental_equations_are_solved() {
    // The fixed point of the cosine, e and the Omega constant: OEIS A003957, A001113 and A030178.
    roots(
        &on(0.0, 1.0, 0.0, |x| x.cos() - x),
        &[0.739_085_133_215_160_6],
        1e-15,
    );
    roots(&on(0.5, 9.5, 1.0, f64::ln), &[std::f64::consts::E], 1e-14);
    roots(
        &on(0.0, 1.0, 1.0, |x| x * x.exp()),
        &[0.567_143_290_409_783_8],
        1e-15,
    );
    // All the zeros of a sine over ten periods.
    let zeros: Vec<f64> = (1..20)
        .map(|i| std::f64::consts::PI * f64::from(i))
        .collect();
    roots(&on(0.1, 62.8, 0.0, f64::sin), &zeros, 1e-13);
}

// ---- Jumps

#[test]
fn a_step_is_a_jump_and_no_root() {
    let at = std::f64::consts::PI;
    let step = |x: f64| if x < at { 1.0 } else { 2.0 };
    jump(&on(0.0, 10.0, 1.5, step), at, 1.0, 2.0);
    jump(&on(0.0, 10.0, 1.000_001, step), at, 1.0, 2.0);
    jump(&on(0.0, 10.0, 1.75, |x| 3.0 - step(x)), at, 2.0, 1.0);
    // Far from the origin numbers lie farther apart.
    let year = |x: f64| if x < 2031.123 { -4.0 } else { x };
    let found = on(2020.0, 2040.0, 0.0, year);
    assert!((found.jumps[0].at - 2031.123).abs() < 1e-11);
    assert_eq!((found.jumps.len(), found.roots.len()), (1, 0));
}

#[test]
fn a_pole_is_a_jump_and_no_root() {
    let found = on(0.0, 1.0, 0.0, |x| 1.0 / (x - 0.3));
    assert_eq!(
        (found.jumps.len(), found.roots.len(), found.ranges.len()),
        (1, 0, 0)
    );
    assert!((found.jumps[0].at - 0.3).abs() < 1e-15);
}

#[test]
fn a_jump_over_the_target_and_a_root_beside_it_are_told_apart() {
    // Rises through 1 at 0.25, drops from 3 to -1 at 0.75 and rises through 1 again at 1.25.
    let f = |x: f64| if x < 0.75 { 4.0 * x } else { 4.0 * x - 4.0 };
    let found = on(0.0, 2.0, 1.0, f);
    assert_eq!(found.roots, [0.25, 1.25]);
    assert_eq!(
        found.jumps,
        [Jump {
            at: 0.75,
            before: found.jumps[0].before,
            after: -1.0
        }]
    );
    assert!((found.jumps[0].before - 3.0).abs() < 1e-14);
}

#[test]
fn a_jump_onto_the_target_takes_it() {
    // From 2, a point of the scan, it is at the target and rises away from it.
    let f = |x: f64| if x < 2.0 { -1.0 } else { x - 2.0 };
    roots(&on(0.0, 64.0, 0.0, f), &[2.0], 0.0);
}

// ---- Ranges

#[test]
fn a_plateau_at_the_target_is_a_range_with_its_ends() {
    let rounding = 1e-11;
    let rises = |x: f64| (x - 2.0).min(0.0) + (x - 5.5).max(0.0);
    range(&on(0.0, 10.0, 0.0, rises), 2.0, 5.5, 20.0 * rounding);
    range(
        &on(0.0, 10.0, 7.0, |x| 7.0 - rises(x)),
        2.0,
        5.5,
        20.0 * rounding,
    );
    // It turns back: a cup with a flat bottom.
    range(
        &on(0.0, 10.0, 0.0, |x| rises(x).abs()),
        2.0,
        5.5,
        20.0 * rounding,
    );
    // It ends in jumps, whose places are exact.
    let table = |x: f64| if (2.3..5.1).contains(&x) { 1.0 } else { 0.0 };
    let found = on(0.0, 10.0, 1.0, table);
    range(&found, 2.3, 5.1, 1e-14);
    assert!(table(found.ranges[0].from) == 1.0 && table(found.ranges[0].to) == 1.0);
}

#[test]
fn a_plateau_narrower_than_a_step_is_a_range() {
    let f = |x: f64| (x - 10.2).min(0.0) + (x - 10.7).max(0.0);
    range(&on(0.0, 64.0, 0.0, f), 10.2, 10.7, 1e-9);
    // A cup with a flat bottom, and one upside down.
    range(&on(0.0, 64.0, 0.0, |x| f(x).abs()), 10.2, 10.7, 1e-9);
    range(&on(0.0, 64.0, 5.0, |x| 5.0 - f(x).abs()), 10.2, 10.7, 1e-9);
}

#[test]
fn a_plateau_that_rounding_ripples_is_a_range() {
    // Ripples of some units in the last place, as the order of an addition makes them.
    let ripples = |x: f64| 7.0 + 4e-15 * (1e5 * x).sin();
    range(&on(0.1, 1.0, 7.0, ripples), 0.1, 1.0, 0.0);
    // The same between two slopes.
    let cup = |x: f64| (x - 2.0).min(0.0).abs() + (x - 5.5).max(0.0);
    range(
        &on(0.0, 10.0, 7.0, |x| ripples(x) + cup(x)),
        2.0,
        5.5,
        1e-10,
    );
}

#[test]
fn a_plateau_up_to_an_end_is_a_range() {
    range(&on(0.0, 10.0, 0.0, |x| (x - 6.0).max(0.0)), 0.0, 6.0, 1e-10);
    range(
        &on(0.0, 10.0, 0.0, |x| (x - 6.0).min(0.0)),
        6.0,
        10.0,
        1e-10,
    );
}

#[test]
fn two_plateaus_are_two_ranges() {
    let f = |x: f64| {
        if (1.0..3.0).contains(&x) || (6.0..8.0).contains(&x) {
            4.0
        } else {
            1.0
        }
    };
    let found = on(0.0, 10.0, 4.0, f);
    let ends: Vec<[f64; 2]> = found.ranges.iter().map(|r| [r.from, r.to]).collect();
    for (found, expected) in ends.iter().flatten().zip([1.0, 3.0, 6.0, 8.0]) {
        assert!((found - expected).abs() < 1e-14, "{ends:?}");
    }
    assert_eq!(
        (ends.len(), found.roots.len(), found.jumps.len()),
        (2, 0, 0)
    );
}

#[test]
fn a_constant_is_at_the_target_throughout_or_nowhere() {
    range(&on(-3.0, 10.0, 4.5, |_| 4.5), -3.0, 10.0, 0.0);
    range(&on(-3.0, 10.0, 0.0, |_| 0.0), -3.0, 10.0, 0.0);
    roots(&on(-3.0, 10.0, 4.5, |_| 4.5 + 1e-9), &[], 0.0);
    roots(&on(-3.0, 10.0, 0.0, |_| 1e-300), &[], 0.0);
    roots(&on(-3.0, 10.0, 1.0, |_| 0.0), &[], 0.0);
}

// ---- Where the function does not exist

#[test]
fn a_root_next_to_where_the_function_ends_is_found() {
    // It exists from just below the root on; the points of the scan nearest to it lie beyond.
    let points = even(0.0, 64.0);
    let from = |edge: f64| move |x: f64| (x >= edge).then_some(x - 10.5);
    roots(&seek(&points, false, 0.0, from(10.45)), &[10.5], 1e-13);
    roots(&seek(&points, false, 0.0, from(10.5)), &[10.5], 1e-13);
    roots(&seek(&points, false, 0.0, from(10.55)), &[], 0.0);
    let until = |edge: f64| move |x: f64| (x <= edge).then_some(10.5 - x);
    roots(&seek(&points, false, 0.0, until(10.55)), &[10.5], 1e-13);
    roots(&seek(&points, false, 0.0, until(10.45)), &[], 0.0);
}

#[test]
fn nothing_is_said_of_a_gap() {
    // Below the target on one side of the gap and above it on the other.
    let gap = |x: f64| (!(4.2..5.9).contains(&x)).then_some(x - 5.0);
    let found = seek(&even(0.0, 10.0), false, 0.0, gap);
    roots(&found, &[], 0.0);
    let undefined = found.scan.iter().filter(|(_, y)| y.is_none());
    assert!(undefined.into_iter().all(|(x, _)| (4.2..5.9).contains(x)));
    assert_eq!(found.scan.len(), STEPS + 1);
    // Roots on both sides of it.
    let both = |x: f64| gap(x).map(|y| y.abs() - 2.0);
    roots(
        &seek(&even(0.0, 10.0), false, 0.0, both),
        &[3.0, 7.0],
        1e-14,
    );
}

#[test]
fn a_function_that_exists_nowhere_has_nothing() {
    let found = seek(&even(0.0, 10.0), false, 1.0, |_| None);
    roots(&found, &[], 0.0);
    let one = seek(&even(0.0, 10.0), false, 1.0, |x| (x == 5.0).then_some(1.0));
    roots(&one, &[5.0], 0.0);
}

// ---- Whole numbers

fn whole(target: f64, f: impl Fn(f64) -> Option<f64>) -> Found {
    let points: Vec<f64> = (1..=160).map(f64::from).collect();
    seek(&points, true, target, |x| {
        assert_eq!(x, x.trunc(), "looked between whole numbers");
        f(x)
    })
}

#[test]
fn whole_numbers_have_no_roots_between_them() {
    roots(&whole(49.0, |x| Some(x * x)), &[7.0], 0.0);
    jump(&whole(50.0, |x| Some(x * x)), 8.0, 49.0, 64.0);
    jump(&whole(-50.0, |x| Some(-x * x)), 8.0, -49.0, -64.0);
    roots(
        &whole(0.0, |x| Some((x - 3.0) * (x - 150.0))),
        &[3.0, 150.0],
        0.0,
    );
    roots(&whole(0.0, |x| Some((x - 9.0) * (x - 9.0))), &[9.0], 0.0);
    range(&whole(4.0, |x| Some((x / 10.0).floor())), 40.0, 49.0, 0.0);
    roots(
        &whole(0.0, |x| (x > 80.0).then_some(81.0 - x)),
        &[81.0],
        0.0,
    );
    roots(
        &whole(0.0, |x| (!(70.0..=90.0).contains(&x)).then_some(x - 80.0)),
        &[],
        0.0,
    );
}

#[test]
fn a_switch_takes_the_target_off_or_on_or_jumps_over_it() {
    let switch = |target: f64, off: f64, on: f64| {
        seek(&[0.0, 1.0], true, target, |x| {
            Some(if x == 0.0 { off } else { on })
        })
    };
    roots(&switch(5.0, 5.0, 7.0), &[0.0], 0.0);
    roots(&switch(7.0, 5.0, 7.0), &[1.0], 0.0);
    roots(&switch(8.0, 5.0, 7.0), &[], 0.0);
    jump(&switch(6.0, 5.0, 7.0), 1.0, 5.0, 7.0);
    range(&switch(5.0, 5.0, 5.0), 0.0, 1.0, 0.0);
}

// ---- Laws

/// Up to `most` numbers in (0, 1), ascending and more than a step of the scan apart.
fn apart(most: usize) -> impl Strategy<Value = Vec<f64>> {
    let step = 1.05 / STEPS as f64;
    let gaps = prop::collection::vec(0.0..1.0, 1..=most);
    (gaps, 0.0..1.0).prop_map(move |(gaps, last)| {
        let free = 1.0 - step * (gaps.len() + 1) as f64;
        let all: f64 = gaps.iter().sum::<f64>() + last + 1e-9;
        let mut at = 0.0;
        let numbers = gaps.into_iter().map(|gap| {
            at += step + free * gap / all;
            at
        });
        numbers.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, rng_seed: RngSeed::Fixed(20_251_028), failure_persistence: None, ..ProptestConfig::default() })]

    /// A polynomial is zero at its roots and nowhere else. One that is flat at a root is at the target, within rounding,
    /// over more than the tolerance, and is left out.
    #[test]
    fn every_separate_root_of_a_polynomial_is_found(known in apart(5), target in -10.0..10.0, sign in any::<bool>()) {
        let known: Vec<f64> = known.iter().map(|part| 2.0 * part - 1.0).collect();
        let polynomial = |x: f64| known.iter().fold(if sign { 1.0 } else { -1.0 }, |y, root| y * (x - root));
        let slope = |at: f64| known.iter().filter(|root| **root != at).fold(1.0, |y: f64, root| y * (at - root)).abs();
        let flattest = known.iter().copied().map(slope).fold(f64::INFINITY, f64::min);
        prop_assume!(flattest > 0.05);
        roots(&on(-1.0, 1.0, target, |x| polynomial(x) + target), &known, 1e-9);
    }

    /// A line is solved whatever the scale of either side, and backwards as forwards.
    #[test]
    fn a_line_is_solved_at_any_scale(
        low in -1e3..1e3, width in 1e-3..1e4, part in 0.0..1.0, slope in prop_oneof![-1e6..-1e-6, 1e-6..1e6],
    ) {
        let root = low + part * width;
        let f = |x: f64| slope * (x - root);
        roots(&on(low, low + width, 0.0, f), &[root], 1e-11 * width);
        roots(&on(-low - width, -low, 0.0, |x| f(-x)), &[-root], 1e-11 * width);
    }

    /// A line that hardly rises over what it is added to still has one root and no range.
    #[test]
    fn a_small_part_of_a_large_whole_is_solved(part in 0.0..1.0_f64, slope in -1.0..1.0_f64, on_a_point in any::<bool>()) {
        prop_assume!(slope.abs() > 1e-3);
        let root = if on_a_point { (part * STEPS as f64).round() / STEPS as f64 } else { part };
        let f = |x: f64| 1000.0 + slope * (x - root);
        roots(&on(0.0, 1.0, 1000.0, f), &[root], 1e-6);
    }

    /// Steps at random places and of random heights: each crossing of the target is a jump.
    #[test]
    fn every_crossing_of_a_staircase_is_a_jump(
        places in apart(12), heights in prop::collection::vec(prop_oneof![-5.0..-0.1, 0.1..5.0], 13),
    ) {
        let f = |x: f64| heights[places.iter().filter(|place| **place <= x).count()];
        let found = on(0.0, 1.0, 0.0, f);
        let crossings: Vec<(&[f64], &f64)> =
            heights.windows(2).zip(&places).filter(|(pair, _)| pair[0] * pair[1] < 0.0).collect();
        prop_assert_eq!(found.jumps.len(), crossings.len());
        for (jump, (pair, at)) in found.jumps.iter().zip(crossings) {
            prop_assert!((jump.at - at).abs() < 1e-15);
            prop_assert_eq!([jump.before, jump.after], [pair[0], pair[1]]);
        }
        prop_assert!(found.roots.is_empty() && found.ranges.is_empty());
    }
}
