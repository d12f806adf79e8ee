//! The deal library against what is published: it opens, runs, cites its sources, and is as far from published figures
//! as the documentation says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "the comparison is a reference of its own and need not give the same bits everywhere"
)]

mod support;

use clauseworth::{Calculator, Deal, LIBRARY, Request, Run, Status, Terms, Tree};
use serde_json::Value;
use support::{close, here, metric, series};

/// Scenarios that every deal of the library has.
const SCENARIOS: [&str; 9] = [
    "base",
    "agi-2028",
    "agi-never",
    "agi-either",
    "backer-first",
    "regulator",
    "weak-demand",
    "late-build",
    "devices-take-off",
];

fn library() -> Vec<Calculator> {
    LIBRARY
        .iter()
        .map(|deal| Calculator::library(deal.id).unwrap_or_else(|e| panic!("{}: {e}", deal.id)))
        .collect()
}

fn value(deal: &Deal, path: &str) -> f64 {
    let found = deal.quantity(path);
    found
        .unwrap_or_else(|| panic!("{} has no {path}", deal.tables.id.0))
        .1
        .value
}

fn text_of(row: &Value, key: &str) -> String {
    row[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {row}"))
        .to_owned()
}

fn texts(row: &Value, key: &str) -> Vec<String> {
    let items = row[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} of {row}"));
    items
        .iter()
        .map(|item| item.as_str().unwrap().to_owned())
        .collect()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} of {row}"))
}

// ---- The files

#[test]
fn a_deal_is_known_by_the_id_in_its_file() {
    for (entry, calculator) in LIBRARY.iter().zip(library()) {
        assert_eq!(calculator.deal().tables.id.0, entry.id);
        assert!(
            calculator.deal().warnings.is_empty(),
            "{:?}",
            calculator.deal().warnings
        );
    }
}

#[test]
fn every_scenario_of_every_deal_runs() {
    for mut calculator in library() {
        let deal = calculator.deal().clone();
        let scenarios: Vec<&str> = deal
            .tables
            .scenarios
            .iter()
            .map(|s| s.id.0.as_str())
            .collect();
        for required in SCENARIOS {
            assert!(
                scenarios.contains(&required),
                "{} has no {required}",
                deal.tables.id.0
            );
        }
        for id in scenarios {
            let request = Request {
                scenario: Some(id.to_owned()),
                ..Request::default()
            };
            let run = calculator
                .run(&request)
                .unwrap_or_else(|e| panic!("{id}: {e}"));
            assert!(run.warnings().is_empty(), "{id}: {:?}", run.warnings());
            assert!(
                metric(&run, "lab.npv") > 0.0,
                "{id}: the lab's holders are wiped out"
            );
            assert!(metric(&run, "backer.npv").is_finite());
        }
    }
}

#[test]
fn the_scenario_named_base_is_the_base_case() {
    for mut calculator in library() {
        let plain = calculator.run(&Request::default()).unwrap();
        let request = Request {
            scenario: Some("base".to_owned()),
            ..Request::default()
        };
        let named = calculator.run(&request).unwrap();
        assert_eq!(
            serde_json::to_string(&plain).unwrap(),
            serde_json::to_string(&named).unwrap()
        );
    }
}

#[test]
fn every_figure_has_a_source_or_says_that_it_is_assumed() {
    for calculator in library() {
        for quantity in calculator.deal().quantities.iter().filter(|q| q.given) {
            let status = quantity.status;
            assert!(
                status.is_some(),
                "{} does not say where it is from",
                quantity.path
            );
            let sound = quantity.source.is_some() || status == Some(Status::Assumed);
            assert!(sound, "{} is {status:?} without a source", quantity.path);
            assert!(quantity.label.is_some(), "{} has no label", quantity.path);
        }
        // So does what the file leaves to the format.
        let info = serde_json::to_value(calculator.deal().describe()).unwrap();
        for quantity in info["quantities"].as_array().unwrap() {
            assert!(quantity["status"].is_string(), "{}", quantity["path"]);
        }
        for source in &calculator.deal().tables.sources {
            assert!(
                source.url.is_some(),
                "the source {} cannot be read",
                source.id.0
            );
        }
    }
}

#[test]
fn the_three_deals_stand_on_one_world() {
    let deals = library();
    let world = |calculator: &Calculator| {
        let quantities = calculator.deal().quantities.iter();
        quantities
            .filter(|q| !q.path.starts_with("clauses."))
            .map(|q| {
                (
                    q.path.clone(),
                    q.value,
                    q.distribution.clone(),
                    q.source.clone(),
                    q.status,
                )
            })
            .collect::<Vec<_>>()
    };
    let first = &deals[0];
    for other in &deals[1..] {
        assert_eq!(world(first), world(other));
        let (a, b) = (&first.deal().tables, &other.deal().tables);
        assert_eq!((a.effective, a.horizon), (b.effective, b.horizon));
        assert_eq!(a.correlations, b.correlations);
        assert_eq!(
            a.agi.as_ref().map(|t| t.trigger),
            b.agi.as_ref().map(|t| t.trigger)
        );
        assert_eq!(a.compute.serving, b.compute.serving);
    }
}

#[test]
fn the_labs_money_has_no_jumps() {
    // A raise that restores more cash than was short would make every figure of the lab jump where it begins.
    for calculator in library() {
        let deal = calculator.deal();
        assert_eq!(value(deal, "lab.target_cash"), value(deal, "lab.min_cash"));
    }
}

#[test]
fn what_is_priced_together_is_bundled() {
    for calculator in library() {
        for clause in calculator.deal().clauses() {
            let bundle = clause.common.bundle.as_ref().map(|id| id.0.as_str());
            let expected = match clause.terms {
                Terms::Capital(_) | Terms::Equity(_) => Some("investment"),
                Terms::Hosting(_) | Terms::Commitment(_) => Some("cloud"),
                _ => continue,
            };
            assert_eq!(
                bundle,
                expected,
                "{} of {}",
                clause.id,
                calculator.deal().tables.id.0
            );
        }
    }
}

#[test]
fn the_stake_at_signing_is_an_identity() {
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    let deal = calculator.deal().clone();
    let (fraction, valuation) = (
        value(&deal, "clauses.equity.fraction"),
        value(&deal, "lab.valuation"),
    );
    assert_eq!((fraction, valuation), (0.27, 500.0));
    close("0.27 of 500", fraction * valuation, 135.0, 1e-15, 0.0);
    // The model says the same of the first quarter: what the stake is worth over what its holders have.
    let run = calculator.run(&Request::default()).unwrap();
    let over = metric(&run, "backer.stake_npv_over_market");
    close(
        "NPV over market",
        over * 135.0,
        metric(&run, "backer.npv.equity"),
        1e-12,
        0.0,
    );
}

#[test]
fn the_files_of_the_library_are_of_the_schema() {
    let schema = clauseworth::schema();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    for deal in &LIBRARY {
        let tree = Tree::from_toml(deal.text).unwrap();
        let json = serde_json::to_value(&tree).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {}", deal.id, errors.join("\n"));
    }
}

// ---- Model against published figure

fn published() -> Vec<Value> {
    let text = std::fs::read_to_string(here("tests/data/published.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The level of Model 1.7, `t` years from the effective date, which may be negative.
fn level(deal: &Deal, line: &str, t: f64) -> f64 {
    let x = |key: &str| value(deal, &format!("demand.lines.{line}.{key}"));
    let (first, last) = ((1.0 + x("growth")).ln(), (1.0 + x("terminal_growth")).ln());
    let lambda = std::f64::consts::LN_2 / x("half_life");
    let exponent = last * t + (first - last) * (1.0 - (-lambda * t).exp()) / lambda;
    x("run_rate") * exponent.exp()
}

/// All lines' levels integrated over a calendar year by Simpson's rule.
fn extended_back(deal: &Deal, year: f64) -> f64 {
    const PARTS: usize = 1000;
    let origin = deal.tables.effective.year();
    let total = |t: f64| {
        let lines = deal.tables.demand.lines.iter();
        lines.map(|line| level(deal, &line.id.0, t)).sum::<f64>()
    };
    let weighted = (0..=PARTS).map(|i| {
        let weight = match i {
            0 | PARTS => 1.0,
            _ if i % 2 == 1 => 4.0,
            _ => 2.0,
        };
        weight * total(year - origin + i as f64 / PARTS as f64)
    });
    weighted.sum::<f64>() / (3.0 * PARTS as f64)
}

fn quarter_that_starts(run: &Run, start: f64) -> usize {
    let starts = series(run, "quarter.start");
    let found = starts.iter().position(|s| *s == start);
    found.unwrap_or_else(|| panic!("no quarter starts at {start}"))
}

fn annual_sum(row: &Value, run: &Run) -> f64 {
    let years = number(row, "from")..=number(row, "to");
    let starts = series(run, "quarter.start");
    let inside = |k: &usize| years.contains(&starts[*k].floor());
    let sum = |key: &str, each: &dyn Fn(&[f64], usize) -> f64| {
        let names = texts(row, key);
        let sums = names.iter().map(|name| {
            let column = series(run, name);
            (0..column.len())
                .filter(inside)
                .map(|k| each(column, k))
                .sum::<f64>()
        });
        sums.sum::<f64>()
    };
    let change = |column: &[f64], k: usize| column[k] - if k == 0 { 0.0 } else { column[k - 1] };
    sum("plus", &|column, k| column[k]) - sum("minus", &|column, k| column[k])
        + sum("change", &change)
}

/// Capital cost of chips and shells as annuities over their lives, plus energy and other running cost.
fn gw_year_cost(deal: &Deal, rate: f64) -> f64 {
    let x = |key: &str| value(deal, &format!("compute.{key}"));
    let annuity = |years: f64| rate / (1.0 - (1.0 + rate).powf(-years));
    let (capex, chips) = (x("capex"), x("chip_fraction"));
    let capital =
        capex * chips * annuity(x("chip_life")) + capex * (1.0 - chips) * annuity(x("shell_life"));
    let energy = x("pue") * x("load") * 8.76 * x("power_price") / 1000.0;
    capital + energy + x("opex")
}

/// What the model says for a row of published.json.
fn modelled(row: &Value, deal: &Deal, run: &Run) -> f64 {
    match text_of(row, "kind").as_str() {
        "product" => {
            let product: f64 = texts(row, "paths")
                .iter()
                .map(|path| value(deal, path))
                .product();
            product * row["factor"].as_f64().unwrap_or(1.0)
        }
        "metric" => metric(run, &text_of(row, "metric")),
        "reference" => {
            let id = text_of(row, "reference");
            let found = run.references().iter().find(|(name, _)| *name == id);
            found
                .and_then(|(_, share)| *share)
                .unwrap_or_else(|| panic!("no share of {id}"))
        }
        "quarter" => {
            let column = series(run, &text_of(row, "series"));
            column[quarter_that_starts(run, number(row, "start"))]
        }
        "annual_sum" => annual_sum(row, run),
        "extended_back" => extended_back(deal, number(row, "year")),
        "need_gw" => {
            let k = row["quarter"].as_u64().unwrap() as usize;
            let starts = series(run, "quarter.start");
            let length = starts[k + 1] - starts[k];
            series(run, "lab.need")[k] / (series(run, "compute.price")[k] * length)
        }
        "gw_year_cost" => gw_year_cost(deal, number(row, "rate")),
        other => panic!("published.json has a row of the unknown kind {other}"),
    }
}

/// Every row with what the model says.
fn compared() -> Vec<(Value, f64)> {
    let mut runs = library()
        .into_iter()
        .map(|mut calculator| {
            let run = calculator.run(&Request::default()).unwrap();
            (calculator.deal().clone(), run)
        })
        .collect::<Vec<_>>();
    published()
        .into_iter()
        .map(|row| {
            let id = text_of(&row, "deal");
            let found = runs.iter_mut().find(|(deal, _)| deal.tables.id.0 == id);
            let (deal, run) = found.unwrap_or_else(|| panic!("no deal {id}"));
            let model = modelled(&row, deal, run);
            (row, model)
        })
        .collect()
}

#[test]
fn the_base_case_is_as_near_to_published_figures_as_its_tolerances_say() {
    let mut far = Vec::new();
    for (row, model) in compared() {
        let (low, high) = (number(&row, "low"), number(&row, "high"));
        assert!(!text_of(&row, "reason").is_empty() && !text_of(&row, "source").is_empty());
        if let Some(published) = row["published"].as_f64() {
            assert!(
                (low..=high).contains(&published),
                "{}: its own figure is outside",
                row["id"]
            );
        }
        if !(low..=high).contains(&model) {
            far.push(format!("{}: {model}, not from {low} to {high}", row["id"]));
        }
    }
    assert!(far.is_empty(), "{}", far.join("\n"));
}

/// A number as the documentation writes it, and half of its last digit.
fn written(cell: &str) -> Option<(f64, f64)> {
    let text = cell.replace('−', "-");
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    let half = (0..digits).fold(0.5, |half, _| half / 10.0);
    text.parse().ok().map(|value| (value, half))
}

#[test]
fn the_table_in_the_documentation_is_that_of_the_comparison() {
    let text = std::fs::read_to_string(here("../../docs/LIBRARY.md")).unwrap();
    let table: Vec<Vec<&str>> = text
        .lines()
        .skip_while(|line| !line.starts_with("| what | unit |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let rows = compared();
    assert_eq!(
        table.len(),
        rows.len(),
        "rows of the table in docs/LIBRARY.md"
    );
    for (cells, (row, model)) in table.iter().zip(&rows) {
        let what = text_of(row, "what");
        assert_eq!(cells[0], what);
        assert_eq!(cells[1], text_of(row, "unit"), "{what}");
        let (value, half) = written(cells[3]).unwrap_or_else(|| panic!("{what}: {}", cells[3]));
        let stale = (value - model).abs() > half * 1.000_001;
        assert!(
            !stale,
            "{what}: the documentation says {value}, the model {model}"
        );
        match row["published"].as_f64() {
            Some(published) => {
                let (value, half) = written(cells[2]).unwrap_or_else(|| panic!("{what}"));
                assert!(
                    (value - published).abs() <= half,
                    "{what}: {value}, not {published}"
                );
            }
            None => assert_eq!(cells[2], "–", "{what}"),
        }
        let (low, high) = (number(row, "low"), number(row, "high"));
        if let Some((from, to)) = cells[4].split_once(" to ") {
            let ends = (written(from).unwrap().0, written(to).unwrap().0);
            assert_eq!(ends, (low, high), "{what}: tolerance");
        } else {
            assert_eq!(cells[4], "exact", "{what}");
            assert!(high - low < 0.003, "{what}: {low} to {high} is not exact");
        }
    }
}
