//! The questions of the bindings in a real browser: what is asked is read, and what is answered has its stated shape. What
//! the numbers are is the core's to test.

#![cfg(all(target_arch = "wasm32", feature = "analysis"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth_wasm::{Comparison, Deal};
use js_sys::{Array, Object};
use support::{DEAL, at, object, open};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn deal() -> Deal {
    open(&object(DEAL)).unwrap()
}

fn number(value: &JsValue, path: &str) -> f64 {
    at(value, path).as_f64().unwrap()
}

fn npv(side: &str) -> f64 {
    let result = deal().run(object("{}").unchecked_into()).unwrap();
    number(&result.into(), &format!("metrics/{side}.npv"))
}

fn solve(question: &str) -> Result<JsValue, JsValue> {
    let question = object(question).unchecked_into();
    let answer = deal().solve(object("{}").unchecked_into(), question);
    answer.map(JsValue::from)
}

#[wasm_bindgen_test]
fn clause_prices_add_up_to_what_is_gained() {
    let prices = deal().clauses(object("{}").unchecked_into()).unwrap();
    let prices = JsValue::from(prices);
    for side in ["backer", "lab"] {
        let of = |unit: &str| number(&prices, &format!("{side}/{unit}/shapley"));
        let gained = number(&prices, &format!("gain/{side}"));
        let all = number(&prices, &format!("all/{side}"));
        assert_eq!(gained, all - number(&prices, &format!("empty/{side}")));
        assert!((of("hosting") + of("revenue-share") - gained).abs() < 1e-12);
        assert_eq!(number(&prices, &format!("all/{side}")), npv(side));
    }
    assert!(at(&prices, "note").is_undefined());
}

#[wasm_bindgen_test]
fn the_agi_curve_ends_with_never() {
    let curve = deal().agi_curve(object("{}").unchecked_into()).unwrap();
    let curve = JsValue::from(curve);
    let years: Array = at(&curve, "years").unchecked_into();
    assert_eq!(years.length(), 10);
    assert_eq!(years.get(0).as_f64(), Some(2026.0));
    assert!(years.get(9).is_null());
    assert_eq!(number(&curve, "metrics/backer.npv/9"), npv("backer"));
}

#[wasm_bindgen_test]
fn a_question_is_answered() {
    let target = npv("backer");
    let answer = solve(&format!(
        r#"{{ "vary": "clauses.revenue-share.rate", "metric": "backer.npv", "target": {target}, "low": 0.01 }}"#
    ));
    let answer = answer.unwrap();
    assert_eq!(at(&answer, "status").as_string().unwrap(), "one");
    assert!((number(&answer, "roots/0") - 0.1).abs() < 1e-9);
    assert_eq!(number(&answer, "low"), 0.01);
    assert!(at(&answer, "share").is_null());
    let fair = solve(r#"{ "vary": "clauses.revenue-share.rate", "share": 0.5 }"#).unwrap();
    assert_eq!(number(&fair, "share"), 0.5);
    assert!(at(&fair, "gains/lab").as_f64().is_some());
    let all = deal().break_even(object("{}").unchecked_into(), "backer.npv");
    let all = JsValue::from(all.unwrap());
    assert_eq!(at(&all, "agi.year/status").as_string().unwrap(), "none");
}

#[wasm_bindgen_test]
fn a_question_that_is_none_says_what_is_wrong() {
    for (question, path) in [
        (r#"{ "metric": "backer.npv", "target": 1 }"#, "vary"),
        (
            r#"{ "vary": "lab.cash", "metric": "backer.npv" }"#,
            "metric",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npw", "target": 1 }"#,
            "metric",
        ),
        (
            r#"{ "vary": "lab.cosh", "metric": "lab.npv", "target": 1 }"#,
            "lab.cosh",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npv", "target": "1" }"#,
            "target",
        ),
        (
            r#"{ "vary": "lab.cash", "metric": "lab.npv", "target": 1, "high": -1 }"#,
            "high",
        ),
        (r#"{ "vary": "lab.cash", "share": 0.5 }"#, "lab.cash"),
        (r#"{ "vari": "lab.cash" }"#, "vari"),
        ("7", ""),
    ] {
        let error = solve(question).err().unwrap();
        assert!(error.is_instance_of::<js_sys::Error>(), "{question}");
        assert_eq!(at(&error, "path").as_string().unwrap(), path, "{question}");
    }
}

#[wasm_bindgen_test]
fn sensitivities_go_by_path() {
    let bars = deal().tornado(object("{}").unchecked_into(), "backer.npv");
    let bars = JsValue::from(bars.unwrap());
    assert_eq!(at(&bars, "0/path").as_string().unwrap(), "agi.year");
    assert!(at(&bars, "0/high").is_null());
    let gradient = deal().gradient(object("{}").unchecked_into(), "lab.npv");
    let gradient = JsValue::from(gradient.unwrap());
    assert!(number(&gradient, "lab.terminal_pe") > 0.0);
    assert!(at(&gradient, "agi.year").is_null());
}

#[wasm_bindgen_test]
fn a_grid_is_rows_of_cells() {
    let grid = |question: &str| {
        let question = object(question).unchecked_into();
        let grid = deal().grid(object("{}").unchecked_into(), question);
        grid.map(JsValue::from)
    };
    let cells = grid(
        r#"{ "metric": "lab.npv", "x": { "path": "lab.cash", "low": 0, "high": 2, "steps": 3 },
             "y": { "path": "lab.terminal_pe", "low": 5, "high": 10, "steps": 2 } }"#,
    );
    let cells = cells.unwrap();
    assert_eq!(number(&cells, "x/at/1"), 1.0);
    assert_eq!(at(&cells, "y/path").as_string().unwrap(), "lab.terminal_pe");
    assert_eq!(number(&cells, "now"), npv("lab"));
    let rows: Array = at(&cells, "values").unchecked_into();
    assert_eq!(rows.length(), 2);
    assert!(number(&cells, "values/1/2").is_finite());
    let axis = r#"{ "path": "lab.cash" }"#;
    for (question, path) in [
        ("7".to_owned(), ""),
        (format!(r#"{{ "metric": "lab.npv", "x": {axis} }}"#), "y"),
        (format!(r#"{{ "x": {axis}, "y": {axis} }}"#), "metric"),
        (
            format!(r#"{{ "metric": "lab.npv", "x": {axis}, "y": 7 }}"#),
            "y",
        ),
        (
            format!(r#"{{ "metric": "lab.npv", "x": {axis}, "y": {axis} }}"#),
            "y.path",
        ),
        (
            format!(
                r#"{{ "metric": "lab.npv", "x": {axis}, "y": {{ "path": "lab.pool", "steps": 1.5 }} }}"#
            ),
            "y.steps",
        ),
        (
            format!(
                r#"{{ "metric": "lab.npv", "x": {axis}, "y": {{ "path": "lab.pool", "step": 2 }} }}"#
            ),
            "y.step",
        ),
    ] {
        let error = grid(&question).err().unwrap();
        assert!(error.is_instance_of::<js_sys::Error>(), "{question}");
        assert_eq!(at(&error, "path").as_string().unwrap(), path, "{question}");
    }
}

#[wasm_bindgen_test]
fn payments_go_by_year() {
    let payments = deal().payments(object("{}").unchecked_into());
    let payments = JsValue::from(payments.unwrap());
    let years: Array = at(&payments, "years").unchecked_into();
    let streams: Array = at(&payments, "streams").unchecked_into();
    assert!(years.length() > 0 && streams.length() > 0);
    assert_eq!(
        at(&payments, "streams/0/from").as_string().unwrap(),
        "customers"
    );
    assert!(at(&payments, "streams/0/clause").is_null());
    assert!(number(&payments, "streams/0/amounts/0") > 0.0);
    assert!(number(&payments, "ownership/years/holders/0") > 0.0);
}

#[wasm_bindgen_test]
fn deals_are_compared() {
    let mut comparison = Comparison::new();
    let changed = r#"{ "set": { "clauses.revenue-share.rate": 0.2 } }"#;
    for request in ["{}", changed] {
        let added = comparison.add(&deal(), object(request).unchecked_into());
        added.unwrap();
    }
    let result = JsValue::from(comparison.answer(Some(0)).unwrap());
    let change = number(&result, "differences/0/metrics/backer.npv.revenue-share");
    let before = number(&result, "deals/0/metrics/backer.npv.revenue-share");
    assert!((change - before).abs() < 1e-12);
    let clauses: Object = at(&result, "differences/0/clauses/lab").unchecked_into();
    assert_eq!(Object::keys(&clauses).length(), 2);
    let error = comparison.answer(Some(2)).err().unwrap();
    assert_eq!(at(&error, "path").as_string().unwrap(), "world");
}
