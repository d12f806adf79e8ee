//! Draws through the bindings in a real browser: batches computed apart are collected into one result.

#![cfg(all(target_arch = "wasm32", feature = "simulation"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth_wasm::{Comparison, Simulation};
use js_sys::{Array, Float64Array};
use support::{DEAL, at, object, open};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn simulation(sampling: &str) -> Result<Simulation, JsValue> {
    let mut deal = open(&object(DEAL)).unwrap();
    let request = object("{}").unchecked_into();
    deal.simulation(request, object(sampling).unchecked_into())
}

#[wasm_bindgen_test]
fn batches_of_two_workers_in_any_order_are_those_of_one() {
    let sampling = r#"{ "paths": 2500, "seed": 7, "series": ["lab.revenue"] }"#;
    let mut alone = simulation(sampling).unwrap();
    assert_eq!(alone.batches(), 3.0);
    let (mut first, mut second) = (simulation(sampling).unwrap(), simulation(sampling).unwrap());
    for number in [0.0, 1.0, 2.0] {
        let batch = alone.batch(number).unwrap();
        alone.add(&batch).unwrap();
    }
    for (worker, number) in [(2, 2.0), (1, 0.0), (2, 1.0)] {
        let batch = if worker == 1 {
            first.batch(number)
        } else {
            second.batch(number)
        };
        first.add(&batch.unwrap()).unwrap();
    }
    let (alone, shared) = (alone.result().unwrap(), first.result().unwrap());
    let (alone, shared) = (JsValue::from(alone), JsValue::from(shared));
    for path in ["mean", "sd", "standard_error", "p5", "worst_5_percent"] {
        let path = format!("metrics/lab.npv/{path}");
        let value = at(&alone, &path).as_f64().unwrap();
        assert_eq!(
            value.to_bits(),
            at(&shared, &path).as_f64().unwrap().to_bits()
        );
    }
    assert_eq!(at(&alone, "paths").as_f64(), Some(2500.0));
    let band: Array = at(&alone, "bands/lab.revenue/p90").unchecked_into();
    assert_eq!(band.length(), 8);
}

#[wasm_bindgen_test]
fn a_batch_has_typed_arrays() {
    let mut simulation = simulation(r#"{ "paths": 100, "series": [] }"#).unwrap();
    let batch = JsValue::from(simulation.batch(0.0).unwrap());
    let metrics: Float64Array = at(&batch, "metrics").dyn_into().unwrap();
    assert_eq!(metrics.length() % 100, 0);
    let series: Float64Array = at(&batch, "series").dyn_into().unwrap();
    assert_eq!(series.length(), 0);
}

#[wasm_bindgen_test]
fn a_sampling_that_cannot_be_says_what_is_wrong() {
    for (sampling, path) in [
        (r#"{ "paths": 0 }"#, "paths"),
        (r#"{ "paths": 1.5 }"#, "paths"),
        (r#"{ "sampler": "halton" }"#, "sampler"),
        (r#"{ "series": ["lab.revenues"] }"#, "series"),
        (r#"{ "sead": 1 }"#, "sead"),
        ("7", ""),
    ] {
        let error = simulation(sampling).err().unwrap();
        assert_eq!(at(&error, "path").as_string().unwrap(), path, "{sampling}");
    }
}

#[wasm_bindgen_test]
fn what_was_found_is_said() {
    for (sampling, message) in [
        (
            r#"{ "paths": "many" }"#,
            "paths: expected a whole number from 1 to 4294967296, found \"many\"",
        ),
        (
            r#"{ "paths": 1.5 }"#,
            "paths: expected a whole number from 1 to 4294967296, found 1.5",
        ),
        (
            r#"{ "seed": -1 }"#,
            "seed: expected a whole number from 0 to 9007199254740991, found -1",
        ),
        (
            r#"{ "sampler": true }"#,
            "sampler: expected \"sobol\" or \"random\", found true",
        ),
        (
            r#"{ "series": "lab.cash" }"#,
            "series: expected a list of texts, found \"lab.cash\"",
        ),
        (
            r#"{ "series": ["lab.cash", 7] }"#,
            "series: expected a list of texts, found 7",
        ),
    ] {
        let error = simulation(sampling).err().unwrap();
        let said = at(&error, "message").as_string().unwrap();
        assert_eq!(said, message, "{sampling}");
    }
}

#[wasm_bindgen_test]
fn deals_are_drawn_alike() {
    let mut comparison = Comparison::new();
    for request in ["{}", r#"{ "set": { "clauses.revenue-share.rate": 0.2 } }"#] {
        let deal = open(&object(DEAL)).unwrap();
        let added = comparison.add(&deal, object(request).unchecked_into());
        added.unwrap();
    }
    let sampling = object(r#"{ "paths": 1100, "seed": 7 }"#);
    let mut drawn = comparison
        .simulation(Some(0), sampling.clone().unchecked_into())
        .unwrap();
    assert_eq!(drawn.batches(), 2.0);
    for number in [1.0, 0.0] {
        let batch = drawn.batch(number).unwrap();
        drawn.add(&batch).unwrap();
    }
    let result = JsValue::from(drawn.result().unwrap());
    assert_eq!(at(&result, "paths").as_f64(), Some(1100.0));
    let of = |key: &str| {
        let path = format!("differences/0/metrics/backer.npv.revenue-share/{key}");
        at(&result, &path).as_f64().unwrap()
    };
    assert_eq!((of("count"), of("above_zero")), (1100.0, 1.0));
    // In one path of sixteen AGI ends the share before the deal does.
    assert!(of("mean") > 0.0 && of("p5") < of("p90"));
    let error = comparison.simulation(Some(2), sampling.unchecked_into());
    assert_eq!(
        at(&error.err().unwrap(), "path").as_string().unwrap(),
        "world"
    );
}

fn chance(question: &str) -> Result<JsValue, JsValue> {
    let mut deal = open(&object(DEAL)).unwrap();
    let (request, question) = (object("{}"), object(question));
    let sampling = object(r#"{ "paths": 512 }"#).unchecked_into();
    let answer = deal.chance(
        request.unchecked_into(),
        question.unchecked_into(),
        sampling,
    );
    answer.map(JsValue::from)
}

#[wasm_bindgen_test]
fn a_chance_is_found() {
    let question = r#"{ "vary": "clauses.revenue-share.rate", "metric": "backer.npv", "above": 1, "chance": 0.5,
        "low": 0, "high": 1 }"#;
    let answer = chance(question).unwrap();
    assert_eq!(at(&answer, "paths").as_f64(), Some(512.0));
    assert_eq!(at(&answer, "high").as_f64(), Some(1.0));
    let curve: Array = at(&answer, "curve/value").unchecked_into();
    assert!(curve.length() >= 33);
    assert!(at(&answer, "now").as_f64().is_some() && at(&answer, "now_error").as_f64().is_some());
    for (question, path) in [
        (
            r#"{ "metric": "backer.npv", "above": 1, "chance": 0.5 }"#,
            "vary",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npw", "above": 1, "chance": 0.5 }"#,
            "metric",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npv", "above": 1, "chance": 2 }"#,
            "chance",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npv", "chance": 0.5 }"#,
            "above",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npv", "above": "1" }"#,
            "above",
        ),
        (r#"{ "vari": "lab.cash" }"#, "vari"),
    ] {
        let error = chance(question).err().unwrap();
        assert_eq!(at(&error, "path").as_string().unwrap(), path, "{question}");
    }
}
