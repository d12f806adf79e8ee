//! Sobol indices through the bindings in a real browser: batches computed apart are collected into one result.

#![cfg(all(target_arch = "wasm32", feature = "simulation"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth_wasm::Importance;
use js_sys::{Array, Float64Array, JSON};
use support::{DEAL, at, object, open};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Demand that moves, and a date of AGI and growth that are not certain.
fn importance(question: &str) -> Result<Importance, JsValue> {
    let growth = r#""growth": { "value": 0.5, "low": 0.2, "high": 0.9 }, "terminal_growth""#;
    let text = DEAL.replace(r#""volatility": 0"#, r#""volatility": 0.2"#);
    let text = text.replace(r#""growth": 0.5, "terminal_growth""#, growth);
    let mut deal = open(&object(&text)).unwrap();
    let request = object("{}").unchecked_into();
    deal.importance(request, object(question).unchecked_into())
}

#[wasm_bindgen_test]
fn batches_of_two_workers_in_any_order_are_those_of_one() {
    let question = r#"{ "metric": "lab.npv", "paths": 600, "seed": 7 }"#;
    let mut alone = importance(question).unwrap();
    assert_eq!(alone.batches(), 16.0);
    let (mut first, mut second) = (importance(question).unwrap(), importance(question).unwrap());
    for number in 0..16 {
        let batch = alone.batch(f64::from(number)).unwrap();
        let values: Float64Array = at(&batch, "values").dyn_into().unwrap();
        // Two runs and one for each of the three inputs.
        assert_eq!(values.length() % 5, 0);
        alone.add(&batch).unwrap();
        let number = f64::from(15 - number);
        let worker = if number < 7.0 {
            &mut first
        } else {
            &mut second
        };
        let batch = worker.batch(number).unwrap();
        first.add(&batch).unwrap();
    }
    let (alone, shared) = (alone.result().unwrap(), first.result().unwrap());
    let (alone, shared) = (JsValue::from(alone), JsValue::from(shared));
    let text = |value: &JsValue| String::from(JSON::stringify(value).unwrap());
    assert_eq!(text(&alone), text(&shared));
    assert_eq!(at(&alone, "paths").as_f64(), Some(600.0));
    assert_eq!(at(&alone, "left_out").as_f64(), Some(0.0));
    let inputs: Array = at(&alone, "inputs").unchecked_into();
    assert_eq!(inputs.length(), 3);
    let mut paths: Vec<String> = inputs
        .iter()
        .map(|i| at(&i, "path").as_string().unwrap())
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        ["agi.year", "demand.lines.api.growth", "demand.volatility"]
    );
    for input in inputs.iter() {
        let number = |key: &str| at(&input, key).as_f64().unwrap();
        assert!(number("first") <= number("total") + number("first_ci") + number("total_ci"));
    }
}

#[wasm_bindgen_test]
fn a_question_that_cannot_be_says_what_is_wrong() {
    for (question, path) in [
        (r#"{ "metric": "lab.npv", "paths": 3 }"#, "paths"),
        (r#"{ "metric": "lab.npv", "paths": 20.5 }"#, "paths"),
        (r#"{ "metric": 3 }"#, "metric"),
        ("{}", "metric"),
        (
            r#"{ "metric": "lab.npv", "independent": "yes" }"#,
            "independent",
        ),
        (r#"{ "metric": "lab.npv", "path": 3 }"#, "path"),
        ("7", ""),
    ] {
        let error = importance(question).err().unwrap();
        assert_eq!(at(&error, "path").as_string().unwrap(), path, "{question}");
    }
}
