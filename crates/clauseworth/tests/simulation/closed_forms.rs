//! Simulated means, quantiles and correlations that have a closed form.

use clauseworth::{Calculator, Request, Statistics};
use clauseworth_kernel::math;

use super::support::{self, close, deal_text, open, replaced, setting};
use super::{
    batches, bits, metric, of, quarter, random, revenue_of_both, simulate, simulator, sobol,
    two_lines, values,
};

/// The deal of capital for equity with an uncertain second tranche.
fn uncertain_tranche(amount: &str) -> Calculator {
    let text = deal_text("capital-equity");
    let tranche = format!("[2027-06-30, {{ {amount} }}]");
    open(&replaced(&text, "[2027-06-30, 2.0]", &tranche))
}

#[test]
fn the_mean_of_what_is_linear_is_its_value_at_the_mean() {
    // Of a uniform variable (low + high) / 2, of a PERT one (low + 4 value + high) / 6.
    for (amount, mean) in [
        (
            "value = 2.0, low = 1.0, high = 4.0, dist = \"uniform\"",
            2.5,
        ),
        ("value = 2.0, low = 1.0, high = 4.0", 13.0 / 6.0),
    ] {
        let mut calculator = uncertain_tranche(amount);
        let path = "clauses.capital.tranches.1";
        let at_mean = calculator.run(&setting(&[(path, mean)])).unwrap();
        let expected = support::metric(&at_mean, "backer.npv.capital");
        let name = "backer.npv.capital";
        let request = Request::default();
        let [random, sobol] = [random(2048), sobol(2048)].map(|sampling| {
            metric(
                &simulate(&mut calculator, &request, &of(&[], sampling)),
                name,
            )
        });
        let off = |s: &Statistics| (s.mean - expected).abs();
        assert!(off(&random) < 4.0 * random.standard_error, "{random:?}");
        assert!(off(&sobol) < 4.0 * sobol.standard_error + 1e-9, "{sobol:?}");
        // Of one dimension the scrambled points are one in each of 256 parts: an error of N^-1.5.
        assert!(off(&sobol) < 2e-4 * sobol.sd, "{sobol:?}, not {expected}");
        assert!(
            sobol.standard_error < 0.02 * random.standard_error,
            "{sobol:?}, {random:?}"
        );
        close("sd", sobol.sd, random.sd, 0.05, 0.0);
    }
}

#[test]
fn the_demand_shock_is_lognormal_with_mean_1() {
    let text = deal_text("margin-serving");
    let volatility = 0.3;
    let text = replaced(&text, "volatility = 0.0", "volatility = 0.3");
    let mut calculator = open(&text);
    let run = calculator.run(&Request::default()).unwrap();
    let paths = 2048;
    let sampling = of(&["lab.revenue"], sobol(paths));
    let simulator = simulator(&mut calculator, &Request::default(), &sampling);
    let batches = batches(&simulator);
    let mut collector = simulator.collector();
    batches.iter().for_each(|batch| collector.add(batch));
    let result = collector.result();
    let n = paths as f64;
    let mut logs = Vec::new();
    for (k, base) in support::series(&run, "lab.revenue").iter().enumerate() {
        // The deal begins with a quarter, so that its middles are 1/8, 3/8 and so on.
        let variance = volatility * volatility * (0.125 + 0.25 * k as f64);
        let factors: Vec<f64> = quarter(&batches, 8, 0, k)
            .iter()
            .map(|r| r / base)
            .collect();
        let mean = factors.iter().sum::<f64>() / n;
        let squares: f64 = factors.iter().map(|z| (z - mean) * (z - mean)).sum();
        close("mean", mean, 1.0, 2e-3, 0.0);
        let expected = math::exp_m1(variance).sqrt();
        close("sd", (squares / (n - 1.0)).sqrt(), expected, 0.03, 0.0);
        let log = |z: &f64| math::ln(*z) + 0.5 * variance;
        logs.push(factors.iter().map(log).collect::<Vec<f64>>());
        // Quantiles: exp(sd z - variance / 2) with z of P10, P50 and P90. Those of independent draws would be off by no
        // more than three of their standard errors, sd * sqrt(p (1 - p) / N) / density(z).
        let z = 1.281_551_565_544_600_4;
        let (_, bands) = &result.bands[0];
        let places = [(-z, 1.7094), (0.0, 1.2533), (z, 1.7094)];
        for ((z, spread), found) in places.into_iter().zip(bands[k].unwrap()) {
            let expected = base * math::exp(z * variance.sqrt() - 0.5 * variance);
            let error = spread * (variance / n).sqrt();
            close("band", found, expected, 3.0 * error, 0.0);
        }
    }
    // One motion over time: covariances are the variance at the earlier of two quarters.
    for (j, k) in [(0, 0), (0, 7), (3, 5), (7, 7), (2, 3)] {
        let products = logs[j].iter().zip(&logs[k]).map(|(a, b)| a * b);
        let covariance = products.sum::<f64>() / n;
        let earlier = 0.125 + 0.25 * f64::from(j.min(k) as u8);
        let expected = volatility * volatility * earlier;
        close("covariance", covariance, expected, 0.05, 3e-4);
    }
}

/// A warrant of the lab on the backer's equity, and nothing uncertain but that.
const WARRANT: &str = r#"
[backer_equity]
value = 3000.0
growth = 0.08
volatility = 0.25

[[clauses]]
kind = "warrant"
holder = "lab"
underlying = "backer"
expiry = 2027-11-15
tranches = [{ fraction = 0.002, strike = 3000.0 }, { fraction = 0.001, strike = 4000.0 }]
"#;

#[test]
fn a_warrant_on_the_backers_equity_has_the_price_of_black_and_scholes() {
    // Undiscounted, of the equity at the middle of the last quarter, 1.875 years on. With Python 3.11 and SciPy 1.17.1:
    // F = 3000 * 1.08**1.875; s = 0.25 * 1.875**0.5; d = (log(F / K) + s * s / 2) / s;
    // call = F * norm.cdf(d) - K * norm.cdf(d - s); the sum of 0.002 * call(3000) and 0.001 * call(4000).
    let expected = BLACK_SCHOLES;
    let text = deal_text("margin-serving");
    let text = replaced(&text, "equity = 0.12", "equity = 0.0");
    let mut calculator = open(&format!("{text}\n{WARRANT}"));
    let request = Request::default();
    for (sampling, allowed) in [(sobol(2048), 4e-3), (random(2048), 0.08)] {
        let result = simulate(&mut calculator, &request, &of(&[], sampling));
        let s = metric(&result, "backer.npv.warrant");
        close("warrant", s.mean, -expected, allowed, 0.0);
        assert!((s.mean + expected).abs() < 4.0 * s.standard_error, "{s:?}");
        // The demand does not move with the backer's equity.
        assert_eq!(metric(&result, "lab.revenue_total").sd, 0.0);
    }
    // Nor the backer's equity with the demand: the second motion stays when the first begins to move.
    let still = simulator(&mut calculator, &request, &sobol(256));
    let result = still.run().unwrap();
    let name = "backer.npv.warrant";
    let alone = values(&still, &result, name);
    let moving = simulator(
        &mut calculator,
        &setting(&[("demand.volatility", 0.3)]),
        &sobol(256),
    );
    assert_eq!(bits(&values(&moving, &result, name)), bits(&alone));
}

const BLACK_SCHOLES: f64 = 1.703_938_397_791_803;

/// Ranks of values, all different.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, place) in order.into_iter().enumerate() {
        ranks[place] = rank as f64;
    }
    ranks
}

/// Spearman's correlation.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let squares = ranks(a)
        .iter()
        .zip(ranks(b))
        .map(|(a, b)| (a - b) * (a - b))
        .sum::<f64>();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn correlated_quantities_are_drawn_together() {
    // Revenue of a line in a quarter ascends with its growth, so that the ranks are those of the draws; and of two normals
    // with correlation rho Spearman's is 6 / pi * asin(rho / 2) (K. Pearson, 1907), here by Python 3.11.
    for (rho, expected) in [
        (0.8, 0.785_939_282_606_727_7),
        (-0.5, -0.482_583_739_530_997_1),
    ] {
        let more = format!(
            "[[correlations]]\nbetween = [\"demand.lines.api.growth\", \"demand.lines.app.growth\"]\nrho = {rho}\n"
        );
        let text = replaced(&two_lines(&more), "volatility = 0.3", "volatility = 0.0");
        for sampling in [sobol(1024), random(1024)] {
            let [api, app] = revenue_of_both(&text, &Request::default(), sampling);
            close("rho", rank_correlation(&api, &app), expected, 0.0, 0.08);
        }
    }
    let text = replaced(&two_lines(""), "volatility = 0.3", "volatility = 0.0");
    let [api, app] = revenue_of_both(&text, &Request::default(), sobol(1024));
    close("rho", rank_correlation(&api, &app), 0.0, 0.0, 0.03);
}
