//! The command `sobol` (Model 14.3): the shape of its JSON, a table that says what it shows, threads that do not change
//! a byte, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::json;
use support::{answered, check_numbers, keys, printed, refused};

const ASKED: [&str; 6] = [
    "sobol",
    "example.toml",
    "--independent",
    "--paths",
    "32",
    "--json",
];

#[test]
fn the_json_of_indices_has_exactly_the_named_keys() {
    let indices = answered(&ASKED[..5]);
    check_numbers(
        "sobol",
        &json!(
            indices
                .as_array()
                .unwrap()
                .iter()
                .map(|input| {
                    let mut input = input.clone();
                    input["path"].take();
                    input
                })
                .collect::<Vec<_>>()
        ),
    );
    let inputs = indices.as_array().unwrap();
    let tornado = answered(&["tornado", "example.toml"]);
    // Every uncertain quantity, and the motion of demand, whose volatility is certain.
    assert_eq!(inputs.len(), tornado.as_array().unwrap().len() + 1);
    assert!(
        inputs
            .iter()
            .any(|input| input["path"] == json!("demand.volatility"))
    );
    let totals: Vec<f64> = inputs
        .iter()
        .map(|input| input["total"].as_f64().unwrap())
        .collect();
    assert!(totals.is_sorted_by(|a, b| a >= b));
    for input in inputs {
        assert_eq!(
            keys(input),
            ["first", "first_ci", "path", "total", "total_ci"]
        );
    }
}

#[test]
fn threads_do_not_change_a_byte_and_the_seed_does() {
    let whole = |more: &[&str]| printed(&[&ASKED[..], more].concat());
    let one = whole(&["--threads", "1"]);
    assert_eq!(whole(&["--threads", "3"]), one);
    assert_ne!(whole(&["--seed", "2"]), one);
}

#[test]
fn the_table_names_the_metric_and_what_has_no_effect() {
    let moving = ["--set", "demand.volatility=0.3"];
    let asked = [
        "sobol",
        "margin-serving.toml",
        "--metric",
        "lab.npv",
        "--paths",
        "64",
    ];
    let table = printed(&[&asked[..], &moving].concat());
    for words in [
        "Serving at a margin",
        "NPV of the other holders",
        "64 points",
        "demand.volatility",
        "sum",
    ] {
        assert!(table.contains(words), "{table}");
    }
    let metric = ["--metric", "lab.revenue_total"];
    let table = printed(&[&ASKED[..5], &metric].concat());
    let (_, idle) = table.split_once("without effect: ").unwrap();
    assert!(idle.contains("compute.chip_life"), "{table}");
}

#[test]
fn correlated_inputs_and_missing_metrics_are_refused() {
    let (status, errors) = refused(&["sobol", "example.toml", "--paths", "16"]);
    assert_eq!(status, 1);
    for words in [
        "correlations.0",
        "demand.lines.chatgpt.growth and agi.year",
        "independent",
    ] {
        assert!(errors.contains(words), "{errors}");
    }
    let moic = [
        "sobol",
        "margin-serving.toml",
        "--metric",
        "backer.moic",
        "--set",
        "demand.volatility=0.3",
    ];
    let (status, errors) = refused(&moic);
    assert_eq!(status, 1);
    assert!(
        errors.contains("backer.moic missing from a run at more than 20 of 1024 points"),
        "{errors}"
    );
    let (status, errors) = refused(&["sobol", "example.toml", "--metric", "backer.npw"]);
    assert_eq!(status, 1);
    assert!(errors.contains("did you mean \"backer.npv\"?"), "{errors}");
    let (status, _) = refused(&["sobol", "example.toml", "--paths", "15"]);
    assert_eq!(status, 2);
}
