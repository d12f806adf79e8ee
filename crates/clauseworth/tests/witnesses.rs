//! Whole deals against figures computed from the same text by an independent implementation of the model.
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

use std::path::Path;

use clauseworth::{Calculator, Request, Run};
use serde_json::Value;

/// Relative error allowed; the expected figures have twelve digits.
const TOLERANCE: f64 = 1e-9;

/// Amounts of bn below this are rounding on either side: the flows that cancel to them are of the order of 1.
const ROUNDING: f64 = 1e-12;

fn deal(name: &str) -> (Run, Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/deals");
    let text = std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
    let expected = std::fs::read_to_string(folder.join(format!("{name}.expected.json"))).unwrap();
    let mut deal = Calculator::from_toml(&text).unwrap();
    let run = deal.run(&Request::default()).unwrap();
    (run, serde_json::from_str(&expected).unwrap())
}

/// Every difference between two results, key by key, in either direction.
fn differences(path: &str, ours: &Value, expected: &Value, found: &mut Vec<String>) {
    match (ours, expected) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in b {
                let below = format!("{path}/{key}");
                match a.get(key) {
                    Some(own) => differences(&below, own, value, found),
                    None => found.push(format!("{below}: missing")),
                }
            }
            for key in a.keys().filter(|key| !b.contains_key(*key)) {
                found.push(format!("{path}/{key}: not expected"));
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                found.push(format!("{path}: {} entries, not {}", a.len(), b.len()));
            }
            for (i, (own, value)) in a.iter().zip(b).enumerate() {
                differences(&format!("{path}/{i}"), own, value, found);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > TOLERANCE * a.abs().max(b.abs()) + ROUNDING {
                found.push(format!("{path}: {a}, not {b}"));
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{path}: {a}, not {b}")),
    }
}

fn agrees(name: &str) {
    let (run, expected) = deal(name);
    let ours = serde_json::to_value(&run).unwrap();
    let mut found = Vec::new();
    for part in ["metrics", "series", "years", "irr_roots"] {
        differences(part, &ours[part], &expected[part], &mut found);
    }
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn an_october_2025_like_deal_agrees() {
    agrees("example");
}

#[test]
fn a_deal_with_every_clause_kind_agrees() {
    agrees("all-kinds");
}

#[test]
fn capital_for_equity_agrees() {
    agrees("capital-equity");
}

#[test]
fn serving_at_a_margin_agrees() {
    agrees("margin-serving");
}

#[test]
fn the_deal_of_the_benchmarks_agrees() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bench/race/deal.json");
    let mut deal = Calculator::from_json(&std::fs::read_to_string(path).unwrap()).unwrap();
    let run = deal.run(&Request::default()).unwrap();
    let run = serde_json::to_value(&run).unwrap();
    // By tests/bench/race/contender.py, which is numpy's form of the same deal and shares nothing with the engine.
    let expected = [
        ("backer.npv", 182.162_784_243_653_96),
        ("lab.npv", 373.427_562_935_646_45),
    ];
    for (name, expected) in expected {
        let found = run["metrics"][name].as_f64().unwrap();
        let off = (found - expected).abs() / expected;
        assert!(off < TOLERANCE, "{name}: {found}, not {expected}");
    }
}
