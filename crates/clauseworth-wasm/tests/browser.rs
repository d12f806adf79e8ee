//! The bindings in a real browser: what crosses the border arrives as what it says it is.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps says which value was missing"
)]

mod support;

use clauseworth_wasm::{Deal, version};
use js_sys::{Array, Float64Array, Object, Reflect};
use support::{DEAL, at, object, open};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn run(request: &str) -> Result<JsValue, JsValue> {
    let mut deal = open(&object(DEAL)).unwrap();
    deal.run(object(request).unchecked_into())
        .map(JsValue::from)
}

fn metric(request: &str, name: &str) -> f64 {
    at(&run(request).unwrap(), &format!("metrics/{name}"))
        .as_f64()
        .unwrap()
}

#[wasm_bindgen_test]
fn this_runs_in_a_browser() {
    assert!(web_sys::window().is_some());
    assert!(!version().is_empty());
}

#[wasm_bindgen_test]
fn metrics_are_numbers_or_null() {
    let result = run("{}").unwrap();
    // The same deal as the witness "margin-serving", but for what AGI would do.
    let npv = at(&result, "metrics/backer.npv").as_f64().unwrap();
    assert!((npv - 2.264_523_437_62).abs() < 1e-9, "{npv}");
    assert!(at(&result, "metrics/backer.moic").is_null());
    assert!(at(&result, "metrics/infrastructure.peak_gw").is_null());
    let metrics: Object = at(&result, "metrics").unchecked_into();
    let names = Object::keys(&metrics);
    assert!(names.length() > 30);
    for name in names.iter() {
        let value = Reflect::get(&metrics, &name).unwrap();
        assert!(value.is_null() || value.as_f64().is_some_and(f64::is_finite));
    }
}

#[wasm_bindgen_test]
fn series_are_typed_arrays_that_share_one_buffer() {
    let result = run("{}").unwrap();
    let revenue: Float64Array = at(&result, "series/lab.revenue").dyn_into().unwrap();
    let profit: Float64Array = at(&result, "series/lab.profit").dyn_into().unwrap();
    assert_eq!(revenue.length(), 8);
    assert!((revenue.get_index(0) - 1.050_851_703_85).abs() < 1e-9);
    assert!(JsValue::from(revenue.buffer()) == JsValue::from(profit.buffer()));
    assert!(at(&result, "series/infrastructure.gw").is_null());
}

#[wasm_bindgen_test]
fn years_are_summed_by_the_engine() {
    let result = run("{}").unwrap();
    let years: Array = at(&result, "calendar_years").unchecked_into();
    assert_eq!(years.length(), 2);
    let by_year = at(&result, "annual/lab.revenue/0").as_f64().unwrap();
    let figures = at(&result, "years/2026/revenue").as_f64().unwrap();
    assert!((by_year - figures).abs() < 1e-12);
}

#[wasm_bindgen_test]
fn a_request_sets_leaves_out_and_chooses() {
    let base = metric("{}", "backer.npv.revenue-share");
    let doubled = metric(
        r#"{ "set": { "clauses.revenue-share.rate": 0.2 } }"#,
        "backer.npv.revenue-share",
    );
    assert!((doubled / base - 2.0).abs() < 1e-12);
    let until_agi = metric(r#"{ "scenario": "agi" }"#, "backer.npv.revenue-share");
    assert!(until_agi < base);
    let never = metric(
        r#"{ "scenario": "agi", "set": { "agi.year": "never" } }"#,
        "backer.npv.revenue-share",
    );
    assert_eq!(never, base);
    let without = run(r#"{ "without": ["revenue-share"] }"#).unwrap();
    assert!(at(&without, "metrics/backer.npv.revenue-share").is_undefined());
    // A word changes the deal itself.
    let continued = metric(
        r#"{ "scenario": "agi", "set": { "clauses.revenue-share.on_agi": "continue" } }"#,
        "backer.npv.revenue-share",
    );
    assert_eq!(continued, base);
}

#[wasm_bindgen_test]
fn a_deal_describes_itself() {
    let deal = open(&object(DEAL)).unwrap();
    let info = JsValue::from(deal.describe().unwrap());
    assert_eq!(at(&info, "title").as_string().unwrap(), "Small");
    assert_eq!(
        at(&info, "clauses/1/kind").as_string().unwrap(),
        "revenue-share"
    );
    assert_eq!(
        at(&info, "scenarios/0/set/agi.year").as_f64().unwrap(),
        2027.0
    );
    let quantities: Array = at(&info, "quantities").unchecked_into();
    let of = |path: &str| {
        let found = quantities
            .iter()
            .find(|q| at(q, "path").as_string().as_deref() == Some(path));
        found.unwrap()
    };
    let rate = of("clauses.revenue-share.rate");
    assert_eq!(at(&rate, "status").as_string().unwrap(), "assumed");
    assert_eq!(at(&rate, "range/high").as_f64().unwrap(), 1.0);
    let agi = of("agi.year");
    assert!(at(&agi, "value").is_null());
    assert_eq!(at(&agi, "kind").as_string().unwrap(), "year");
    assert_eq!(at(&agi, "range/never").as_bool(), Some(true));
}

#[wasm_bindgen_test]
fn faults_arrive_as_errors_with_their_paths() {
    let broken = object(DEAL);
    Reflect::set(&at(&broken, "lab"), &"valuation".into(), &(-1.0).into()).unwrap();
    Reflect::set(&at(&broken, "tax"), &"bakcer".into(), &0.2.into()).unwrap();
    let error = open(&broken).err().unwrap();
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(at(&error, "path").as_string().unwrap(), "lab.valuation");
    let faults: Array = at(&error, "errors").unchecked_into();
    assert_eq!(faults.length(), 2);
    let hints: Vec<_> = faults
        .iter()
        .map(|fault| at(&fault, "hint").as_string())
        .collect();
    assert!(hints.contains(&Some("backer".to_owned())), "{hints:?}");

    let range = run(r#"{ "set": { "clauses.revenue-share.rate": 3 } }"#)
        .err()
        .unwrap();
    assert_eq!(
        at(&range, "path").as_string().unwrap(),
        "clauses.revenue-share.rate"
    );
    assert_eq!(at(&range, "errors/0/found").as_string().unwrap(), "3");
    for mistake in [
        r#"{ "scenario": "agl" }"#,
        r#"{ "without": ["revenue"] }"#,
        r#"{ "set": { "lab.cosh": 1 } }"#,
        r#"{ "set": { "lab.cash": null } }"#,
        r#"{ "sett": {} }"#,
        r#"{ "scenario": 7 }"#,
        r#"{ "without": [7] }"#,
        "7",
    ] {
        let error = run(mistake).err().unwrap();
        assert!(error.is_instance_of::<js_sys::Error>(), "{mistake}");
    }
    // JavaScript would take a text for the list of its letters.
    let letters = run(r#"{ "without": "hosting" }"#).err().unwrap();
    assert_eq!(
        at(&letters, "message").as_string().unwrap(),
        "without: expected a list of texts, found \"hosting\""
    );
}

#[wasm_bindgen_test]
fn a_base_is_found_in_the_library() {
    let library = Object::new();
    Reflect::set(&library, &"small".into(), &object(DEAL)).unwrap();
    let own = object(r#"{ "format": 1, "id": "own", "base": "small", "lab": { "cash": 6 } }"#);
    let deal = Deal::open(own.unchecked_ref(), library.unchecked_ref());
    let info = JsValue::from(deal.unwrap().describe().unwrap());
    assert_eq!(at(&info, "id").as_string().unwrap(), "own");
    assert_eq!(at(&info, "title").as_string().unwrap(), "Small");
    let missing = object(r#"{ "format": 1, "id": "own", "base": "smal" }"#);
    let error = Deal::open(missing.unchecked_ref(), library.unchecked_ref())
        .err()
        .unwrap();
    assert_eq!(at(&error, "path").as_string().unwrap(), "base");
}
