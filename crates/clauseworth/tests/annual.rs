//! Series by calendar year: amounts are summed, levels are those of the year's last quarter.

#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth::Request;

/// The series of Model 14.2 that are levels: stocks, stakes, capacities, prices, parts of a quarter and dates.
const LEVELS: [&str; 17] = [
    "lab.cash",
    "lab.payable",
    "lab.enterprise_value",
    "lab.equity_value",
    "stake.backer",
    "stake.holders",
    "cumulative",
    "commitment.committed",
    "compute.price",
    "infrastructure.gw",
    "infrastructure.gw_used",
    "infrastructure.build_limit",
    "infrastructure.accelerators",
    "agi.before",
    "regulation.after",
    "quarter.start",
    "quarter.year_fraction",
];

#[test]
fn amounts_are_summed_and_levels_are_of_the_last_quarter() {
    for name in ["all-kinds", "example"] {
        let run = support::deal(name).run(&Request::default()).unwrap();
        let starts = run.series("quarter.start").unwrap();
        let mut levels = 0;
        for (series, by_year) in run.annual() {
            let by_quarter = run.series(series).unwrap();
            let by_year = by_year.unwrap();
            assert_eq!(by_year.len(), run.calendar_years().len());
            let level = LEVELS.contains(&series);
            levels += usize::from(level);
            for (year, found) in run.calendar_years().iter().zip(by_year) {
                let quarters = starts.iter().zip(by_quarter);
                let of_year: Vec<f64> = quarters
                    .filter(|(start, _)| start.floor() == f64::from(*year))
                    .map(|(_, value)| *value)
                    .collect();
                let expected = if level {
                    *of_year.last().unwrap()
                } else {
                    of_year.iter().sum()
                };
                let error = (found - expected).abs();
                assert!(
                    error <= 1e-12 * (1.0 + expected.abs()),
                    "{name}: {series} in {year}"
                );
            }
        }
        assert_eq!(
            levels,
            LEVELS.len(),
            "every level is one of the run's series"
        );
    }
}
