//! Quantiles against values of mpmath, and the laws that hold for every distribution: quantiles ascend, stay in the
//! support, and the probability below the quantile at u is u.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use clauseworth_kernel::math;
use clauseworth_kernel::quantile::{Quantile, normal, normal_cdf};
use serde_json::Value;

/// The deviate of P90 as Model 2.1 writes it.
const P90: f64 = 1.2815515655446004;

/// The values that `data/quantiles.json` says the origin of.
fn recorded() -> Value {
    serde_json::from_str(include_str!("data/quantiles.json")).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The quantile function that a recorded set is of.
fn of_set(set: &Value) -> Quantile {
    let get = |key: &str| set[key].as_f64();
    let (low, high) = (get("low").unwrap(), get("high").unwrap());
    match set["dist"].as_str().unwrap() {
        "uniform" => Quantile::uniform(low, high),
        "triangular" => Quantile::triangular(low, get("mode").unwrap(), high),
        "pert" => Quantile::pert(low, get("mode").unwrap(), high, get("shape").unwrap()),
        "normal" => Quantile::normal(low, high, get("min"), get("max")),
        "lognormal" => Quantile::lognormal(low, high, get("min"), get("max")),
        other => panic!("{other}"),
    }
}

/// What a recorded set is of, without its values.
fn title(set: &Value) -> String {
    let mut set = set.clone();
    set.as_object_mut().unwrap().remove("x");
    set.to_string()
}

#[test]
fn quantiles_are_those_of_mpmath() {
    let recorded = recorded();
    let u = numbers(&recorded["u"]);
    let sets = recorded["sets"].as_array().unwrap();
    assert!(sets.len() >= 39);
    for set in sets {
        let quantile = of_set(set);
        let x = numbers(&set["x"]);
        assert_eq!((x.len(), u.len()), (200, 200));
        let width = set["high"].as_f64().unwrap() - set["low"].as_f64().unwrap();
        for (u, expected) in u.iter().zip(&x) {
            let found = quantile.at(*u);
            // An exponential multiplies the rounding of its argument, which is up to 28 here.
            let allowed = if set["dist"] == "lognormal" {
                2e-14 * expected
            } else {
                1e-15 * width + 3.0 * f64::EPSILON * expected.abs()
            };
            assert!(
                (found - expected).abs() <= allowed,
                "{} at {u}: {found}, not {expected}",
                title(set)
            );
        }
        // Another program finds the same, so the values are those of the distribution that is meant.
        assert!(set["scipy"].as_f64().unwrap() < 1e-8, "{}", title(set));
    }
}

#[test]
fn the_normal_deviate_is_that_of_mpmath() {
    let recorded = &recorded()["normal"];
    let (p, x) = (numbers(&recorded["p"]), numbers(&recorded["x"]));
    assert!(p.len() > 200 && p[0] < 1e-299);
    for (p, expected) in p.iter().zip(&x) {
        let found = normal(*p);
        assert!(
            (found / expected - 1.0).abs() < 1e-15,
            "{p}: {found}, not {expected}"
        );
    }
    assert_eq!(normal(0.0), f64::NEG_INFINITY);
    assert_eq!(normal(0.5), 0.0);
    assert_eq!(normal(1.0), f64::INFINITY);
}

#[test]
fn the_normal_probability_is_that_of_mpmath() {
    let recorded = &recorded()["normal_cdf"];
    let (x, p) = (numbers(&recorded["x"]), numbers(&recorded["p"]));
    assert!(x.len() > 180 && x[0] == -37.0);
    for (x, expected) in x.iter().zip(&p) {
        let found = normal_cdf(*x);
        let allowed = f64::EPSILON * (1.0 + x * x);
        assert!(
            (found / expected - 1.0).abs() < allowed,
            "{x}: {found}, not {expected}"
        );
    }
    assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
    assert_eq!(normal_cdf(f64::INFINITY), 1.0);
}

/// A quantile function with the density that its values have, by which the laws judge it.
struct Law {
    name: String,
    quantile: Quantile,
    /// Takes a value to where the density is given: the logarithm of a lognormal one, else itself.
    scale: fn(f64) -> f64,
    /// The density but for a factor.
    density: Box<dyn Fn(f64) -> f64>,
    /// Ends of the support, or where next to nothing is beyond, and between them where the density bends.
    knots: Vec<f64>,
}

/// The integral from `a` to `b` by the double-exponential rule, which does not mind infinite slopes at the ends.
fn integral(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    const STEP: f64 = 1.0 / 8.0;
    let mut sum = 0.0;
    for k in -28..=28 {
        let t = STEP * f64::from(k);
        let (rise, fall) = (math::exp(t), math::exp(-t));
        // The part of the way is 1 / (1 + exp(-pi sinh t)).
        let rest = math::exp(-0.5 * std::f64::consts::PI * (rise - fall));
        let part = 1.0 / (1.0 + rest);
        let speed = 0.5 * std::f64::consts::PI * (rise + fall) * rest * part * part;
        sum += speed * f(a + (b - a) * part);
    }
    STEP * (b - a) * sum
}

impl Law {
    /// The integral of the density from the first knot to `end`.
    fn mass_below(&self, end: f64) -> f64 {
        const PANELS: i32 = 4;
        let mut mass = 0.0;
        for pair in self.knots.windows(2) {
            let to = pair[1].min(end);
            let panel = (to - pair[0]) / f64::from(PANELS);
            for i in 0..PANELS {
                if panel > 0.0 {
                    let from = pair[0] + panel * f64::from(i);
                    mass += integral(&self.density, from, from + panel);
                }
            }
        }
        mass
    }

    fn probability_is_u(&self, grid: &[f64]) {
        let all = self.mass_below(f64::INFINITY);
        for &u in grid {
            let x = self.quantile.at(u);
            let x = (self.scale)(x);
            let below = self.mass_below(x) / all;
            // What the rounding of the value amounts to, and that of the integral.
            let allowed = 4.0 * f64::EPSILON * x.abs() * (self.density)(x) / all + 1e-13;
            assert!(
                (below - u).abs() < allowed,
                "{}: {x} at {u} has {below} below",
                self.name
            );
        }
    }
}

fn pert(low: f64, mode: f64, high: f64, shape: f64) -> Law {
    let part = (mode - low) / (high - low);
    let mean = (1.0 + shape * part) / (2.0 + shape);
    let sd = (mean * (1.0 - mean) / (3.0 + shape)).sqrt();
    let mut knots = vec![low, high];
    for deviate in [-30.0, -12.0, -4.0, 0.0, 4.0, 12.0, 30.0] {
        let z = mean + sd * deviate;
        if 0.0 < z && z < 1.0 {
            knots.push(low + (high - low) * z);
        }
    }
    knots.sort_by(f64::total_cmp);
    // Relative to the density at the mean, so that a large shape does not underflow.
    let density = move |x: f64| {
        let z = (x - low) / (high - low);
        let a = math::pow(z / mean, shape * part);
        a * math::pow((1.0 - z) / (1.0 - mean), shape * (1.0 - part))
    };
    Law {
        name: format!("pert {low} {mode} {high} shape {shape}"),
        quantile: Quantile::pert(low, mode, high, shape),
        scale: |x| x,
        density: Box::new(density),
        knots,
    }
}

/// A normal density conditioned on an interval, with knots to where it is below 1e-17 of its greatest value.
fn bell(
    name: String,
    quantile: Quantile,
    scale: fn(f64) -> f64,
    [low, high]: [f64; 2],
    [min, max]: [Option<f64>; 2],
) -> Law {
    let mean = 0.5 * (low + high);
    let sd = (high - low) / (2.0 * P90);
    let min = min.unwrap_or(f64::NEG_INFINITY);
    let max = max.unwrap_or(f64::INFINITY);
    // The point of the interval that is nearest to the mean, where the density is greatest.
    let peak = mean.max(min).min(max);
    // In a tail it falls like an exponential, the faster the farther out.
    let reach = sd * (40.0 / (1.0 + (peak - mean).abs() / sd)).min(9.0);
    let (min, max) = (min.max(peak - reach), max.min(peak + reach));
    let knots = (0..=18).map(|i| min + (max - min) * f64::from(i) / 18.0);
    let knots = knots.collect();
    let density = move |x: f64| math::exp((peak - x) * (peak + x - 2.0 * mean) / (2.0 * sd * sd));
    Law {
        name,
        quantile,
        scale,
        density: Box::new(density),
        knots,
    }
}

fn normal_law(low: f64, high: f64, min: Option<f64>, max: Option<f64>) -> Law {
    let name = format!("normal {low} {high} within {min:?} {max:?}");
    let quantile = Quantile::normal(low, high, min, max);
    bell(name, quantile, |x| x, [low, high], [min, max])
}

fn lognormal_law(low: f64, high: f64, min: Option<f64>, max: Option<f64>) -> Law {
    let name = format!("lognormal {low} {high} within {min:?} {max:?}");
    let quantile = Quantile::lognormal(low, high, min, max);
    let ends = [math::ln(low), math::ln(high)];
    let interval = [min.map(math::ln), max.map(math::ln)];
    bell(name, quantile, math::ln, ends, interval)
}

fn triangular(low: f64, mode: f64, high: f64) -> Law {
    let density = move |x: f64| {
        if x < mode || mode == high {
            (x - low) / (mode - low)
        } else {
            (high - x) / (high - mode)
        }
    };
    Law {
        name: format!("triangular {low} {mode} {high}"),
        quantile: Quantile::triangular(low, mode, high),
        scale: |x| x,
        density: Box::new(density),
        knots: vec![low, mode, high],
    }
}

/// One of every kind that has a density, at its ends and in between.
fn laws() -> Vec<Law> {
    let mut laws = vec![
        Law {
            name: "uniform".to_owned(),
            quantile: Quantile::uniform(-0.1, 0.3),
            scale: |x| x,
            density: Box::new(|_| 1.0),
            knots: vec![-0.1, 0.3],
        },
        triangular(0.1, 0.35, 0.7),
        triangular(1.0, 1.0, 4.0),
        triangular(-2.0, 5.0, 5.0),
        normal_law(0.1, 0.5, None, None),
        normal_law(0.1, 0.5, Some(0.0), Some(1.0)),
        normal_law(-1.0, 1.0, Some(0.0), None),
        normal_law(0.0, 1.0, Some(3.0), Some(3.5)),
        normal_law(0.0, 1.0, None, Some(-9.0)),
        normal_law(0.0, 1.0, Some(12.2), Some(12.4)),
        normal_law(0.0, 1.0, Some(-30.0), Some(-25.0)),
        normal_law(0.0, 1.0, Some(500.0), None),
        lognormal_law(10.0, 50.0, None, None),
        lognormal_law(10.0, 50.0, Some(5.0), Some(90.0)),
        lognormal_law(10.0, 50.0, None, Some(1.0)),
        pert(2030.0, 2031.0, 2040.0, 4.0),
    ];
    for shape in [0.0, 0.01, 0.3, 1.0, 4.0, 17.0, 60.0, 250.0, 1000.0] {
        for mode in [0.0, 1e-12, 1e-4, 0.01, 0.2, 0.5, 0.7, 0.97, 0.9999, 1.0] {
            laws.push(pert(0.0, mode, 1.0, shape));
        }
    }
    laws
}

/// Probabilities from one end to the other, ever closer to both.
fn grid(steps: i32) -> Vec<f64> {
    let mut grid = vec![0.0];
    grid.extend(
        (1..=150)
            .rev()
            .map(|i| math::pow(10.0, -0.1 * f64::from(i))),
    );
    grid.extend((1..steps).map(|i| f64::from(i) / f64::from(steps)));
    grid.extend((1..=150).map(|i| 1.0 - math::pow(10.0, -0.1 * f64::from(i))));
    grid.push(1.0);
    grid.sort_by(f64::total_cmp);
    grid
}

#[test]
fn the_probability_below_the_quantile_at_u_is_u() {
    let grid = [
        1e-15, 1e-9, 1e-4, 0.02, 0.1, 0.3, 0.5, 0.62, 0.64, 0.9, 0.999, 0.99999999,
    ];
    for law in laws() {
        law.probability_is_u(&grid);
    }
}

/// Whether the second value is not below the first, but for rounding.
fn ascend(first: f64, second: f64) -> bool {
    second == first || second >= first - 4.0 * f64::EPSILON * first.abs()
}

#[test]
fn quantiles_ascend_and_stay_in_the_support() {
    let grid = grid(3000);
    for law in laws() {
        let unbounded = law.quantile.at(0.0) == f64::NEG_INFINITY;
        let x: Vec<f64> = grid.iter().map(|u| law.quantile.at(*u)).collect();
        for (pair, u) in x.windows(2).zip(&grid) {
            assert!(ascend(pair[0], pair[1]), "{}: {pair:?} from {u}", law.name);
        }
        if !unbounded {
            assert!(x[0].is_finite(), "{}", law.name);
        }
    }
    for set in recorded()["sets"].as_array().unwrap() {
        let quantile = of_set(set);
        let bounded = !set["dist"].as_str().unwrap().ends_with("normal");
        let end = |bound: &str, end: &str| {
            let end = set[end].as_f64().filter(|_| bounded);
            set[bound].as_f64().or(end)
        };
        let infinity = f64::INFINITY;
        let least = if set["dist"] == "lognormal" {
            0.0
        } else {
            -infinity
        };
        let ends = [
            (0.0, end("min", "low").unwrap_or(least)),
            (1.0, end("max", "high").unwrap_or(infinity)),
        ];
        for (u, end) in ends {
            let x = quantile.at(u);
            assert!(ascend(x, end) && ascend(end, x), "{} at {u}", title(set));
        }
        let mut last = quantile.at(0.0);
        for u in &grid {
            let x = quantile.at(*u);
            assert!(ascend(last, x), "{} at {u}", title(set));
            assert!(quantile.at(0.0) <= x && x <= quantile.at(1.0));
            last = x;
        }
    }
}

#[test]
fn low_and_high_of_the_normal_kinds_are_p10_and_p90() {
    for (low, high) in [
        (0.1, 0.5),
        (10.0, 50.0),
        (1e-6, 1e9),
        (3.0, 3.000001),
        (1e-300, 1e-290),
    ] {
        for quantile in [
            Quantile::normal(low, high, None, None),
            Quantile::lognormal(low, high, None, None),
        ] {
            // The mean and the standard deviation of a normal are of the size of `high`.
            assert!((quantile.at(0.1) - low).abs() <= 1e-15 * high);
            assert!((quantile.at(0.9) / high - 1.0).abs() < 1e-14);
        }
    }
}

#[test]
fn a_mirrored_distribution_has_mirrored_quantiles() {
    // Of these, 1 - u is exact.
    for u in [1.0 / 1_073_741_824.0, 0.03125, 0.25, 0.375, 0.5, 0.75] {
        for mode in [0.0, 0.125, 0.75, 1.0] {
            for shape in [0.5, 4.0, 300.0] {
                let value = Quantile::pert(0.0, mode, 1.0, shape).at(u);
                let mirrored = Quantile::pert(-1.0, -mode, 0.0, shape).at(1.0 - u);
                assert!((value + mirrored).abs() < 1e-15, "{mode} {shape} at {u}");
            }
        }
        let value = Quantile::normal(0.0, 1.0, Some(15.0), None).at(u);
        let mirrored = Quantile::normal(-1.0, 0.0, None, Some(-15.0)).at(1.0 - u);
        assert!((value + mirrored).abs() < 1e-14, "normal at {u}");
    }
}

#[test]
fn numbers_at_the_edge_of_what_a_double_holds_give_values_of_the_support() {
    let next = 1.0 + f64::EPSILON;
    let tiny = f64::from_bits(1);
    for (quantile, min, max) in [
        (
            Quantile::normal(0.0, tiny, None, None),
            f64::NEG_INFINITY,
            f64::INFINITY,
        ),
        (
            Quantile::normal(0.0, tiny, Some(1.0), None),
            1.0,
            1.0 + f64::EPSILON,
        ),
        (
            Quantile::lognormal(1.0, next, None, None),
            0.0,
            f64::INFINITY,
        ),
        (
            Quantile::lognormal(1.0, next, Some(2.0), Some(2.0 * next)),
            2.0,
            2.0 * next,
        ),
        (Quantile::normal(0.0, tiny, Some(1.0), Some(1e9)), 1.0, 1e9),
        (
            Quantile::normal(1.0, next, None, Some(-1e9)),
            f64::NEG_INFINITY,
            -1e9,
        ),
        (
            Quantile::lognormal(1.0, next, Some(2.0), None),
            2.0,
            f64::INFINITY,
        ),
        (
            Quantile::lognormal(tiny, 1e9, None, None),
            0.0,
            f64::INFINITY,
        ),
        (
            Quantile::lognormal(tiny, 1e9, Some(1.0), None),
            1.0,
            f64::INFINITY,
        ),
        (Quantile::pert(0.0, 0.0, tiny, 4.0), 0.0, tiny),
        (Quantile::pert(1.0, next, next, 1000.0), 1.0, next),
        (Quantile::triangular(1.0, 1.0, next), 1.0, next),
        (Quantile::uniform(-1e9, 1e9), -1e9, 1e9),
    ] {
        for u in [0.0, tiny, 1e-300, 0.1, 0.5, 0.9, 1.0 - f64::EPSILON] {
            let x = quantile.at(u);
            assert!(min <= x && x <= max, "{quantile:?} is {x} at {u}");
        }
    }
    let far_below = Quantile::normal(0.0, tiny, None, Some(-1e9));
    assert_eq!(far_below.at(0.5), -1e9);
}

#[test]
fn a_cumulative_distribution_is_read_from_its_points() {
    // 5 % in 2027 or before, nothing between 2030 and 2032, 10 % never.
    let year = Quantile::cumulative(vec![
        (2027.0, 0.0625),
        (2030.0, 0.25),
        (2032.0, 0.25),
        (2040.0, 0.75),
        (2050.0, 0.9),
    ]);
    for (u, x) in [
        (0.0, 2027.0),
        (0.03, 2027.0),
        (0.0625, 2027.0),
        (0.15625, 2028.5),
        // The smallest year with a probability of a quarter, not the end of the level stretch.
        (0.25, 2030.0),
        (0.5, 2036.0),
        (0.75, 2040.0),
        (0.9, 2050.0),
        (0.901, f64::INFINITY),
        (1.0, f64::INFINITY),
    ] {
        assert_eq!(year.at(u), x, "{u}");
    }
    let after_the_gap = year.at(0.25 + f64::EPSILON);
    assert!((2032.0..2032.000001).contains(&after_the_gap));
    let certain = Quantile::cumulative(vec![(1.0, 0.0), (2.0, 1.0)]);
    assert_eq!([0.0, 0.25, 1.0].map(|u| certain.at(u)), [1.0, 1.25, 2.0]);
    let never = Quantile::cumulative(vec![(2030.0, 0.0)]);
    assert_eq!(never.at(0.0), 2030.0);
    assert_eq!(never.at(1e-9), f64::INFINITY);
}

#[test]
fn a_cumulative_distribution_ascends_to_its_last_point() {
    let points: Vec<(f64, f64)> = (0..=7)
        .map(|i| (0.1 + 0.7 * f64::from(i), f64::from(i) / 7.0))
        .collect();
    let quantile = Quantile::cumulative(points.clone());
    let mut last = f64::NEG_INFINITY;
    for u in grid(3000) {
        let x = quantile.at(u);
        assert!(last <= x && x <= points[7].0, "{u}");
        last = x;
    }
}

#[test]
fn a_bernoulli_variable_is_1_in_the_upper_part_of_the_draws() {
    let acts = Quantile::bernoulli(0.25);
    let draws = [0.0, 0.5, 0.75, 0.75 + f64::EPSILON, 1.0];
    assert_eq!(draws.map(|u| acts.at(u)), [0.0, 0.0, 0.0, 1.0, 1.0]);
    let never = Quantile::bernoulli(0.0);
    assert_eq!(draws.map(|u| never.at(u)), [0.0; 5]);
    let always = Quantile::bernoulli(1.0);
    assert_eq!(draws.map(|u| always.at(u)), [0.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn the_bits_are_the_same_on_every_machine() {
    // Printed once by this code; a change of any of them changes the paths of every simulation.
    let found = [
        normal(0.01),
        normal(1e-20),
        normal_cdf(-1.5),
        Quantile::triangular(0.1, 0.3, 0.8).at(0.3),
        Quantile::pert(0.4, 0.8, 1.4, 4.0).at(0.1),
        Quantile::pert(0.4, 0.8, 1.4, 4.0).at(0.9),
        Quantile::pert(0.0, 0.01, 1.0, 1000.0).at(0.5),
        Quantile::normal(0.1, 0.5, Some(0.0), Some(0.6)).at(0.7),
        Quantile::normal(0.0, 1.0, Some(20.0), None).at(0.7),
        Quantile::lognormal(10.0, 50.0, None, None).at(0.3),
        Quantile::lognormal(10.0, 50.0, Some(20.0), Some(60.0)).at(0.3),
    ];
    let pinned = [
        -2.3263478740408408,
        -9.262340089798405,
        0.06680720126885804,
        0.30502525316941675,
        0.5886191599136343,
        1.0898895391521344,
        0.010654306353012743,
        0.37697923954682067,
        20.009392295103954,
        16.087130027799503,
        25.51570581213985,
    ];
    assert_eq!(
        found.map(f64::to_bits),
        pinned.map(f64::to_bits),
        "{found:?}"
    );
}
