//! A small deal, and how tests look into plain values.

use clauseworth_wasm::Deal;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A small deal as JSON: capital for equity, a revenue share, and hosting at a margin.
pub(crate) const DEAL: &str = r#"{
  "format": 1, "id": "small", "title": "Small", "backer": "Backer", "lab_name": "Lab",
  "effective": "2026-01-01", "horizon": "2027-12-31",
  "agi": { "year": { "value": "never", "dist": "cumulative", "points": [[2027, 0], [2035, 0.5]] },
           "verified": 1, "panel_delay": 0, "backer_year": "never", "layer": 0.5, "growth_boost": 0,
           "boost_years": 0, "valuation_premium": 0 },
  "demand": { "volatility": 0, "lines": [{ "id": "api", "run_rate": 4, "growth": 0.5, "terminal_growth": 0,
              "half_life": 2, "inference": 0.5, "terminal_inference": 0.3 }] },
  "compute": { "serving": "margin", "margin": 0.3, "inference_half_life": 2, "elsewhere": 0, "loss_per_unserved": 0,
               "training": { "run_rate": 1, "growth": 0, "terminal_growth": 0, "half_life": 1 } },
  "lab": { "valuation": 60, "cash": 5, "min_cash": 1, "target_cash": 6, "terminal_pe": 15, "multiple_half_life": 3,
           "pool": 0, "opex": { "fixed": 0.2, "ratio": 0.3, "terminal_ratio": 0.2, "half_life": 2 } },
  "discount": { "operating": 0.08, "contractual": 0.05, "equity": 0.12, "lab": 0.12 },
  "tax": { "backer": 0.2, "lab": 0.2, "capital_gains": 0.2 },
  "clauses": [
    { "kind": "hosting", "share": 0.8, "otherwise": 0.2, "premium": 0.05 },
    { "kind": "revenue-share", "rate": { "value": 0.1, "label": "Share", "status": "assumed" }, "lines": "all", "on_agi": "stop" }
  ],
  "scenarios": [{ "id": "agi", "title": "AGI in 2027", "set": { "agi.year": 2027 } }]
}"#;

pub(crate) fn object(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

pub(crate) fn open(deal: &JsValue) -> Result<Deal, JsValue> {
    Deal::open(deal.unchecked_ref(), Object::new().unchecked_ref())
}

/// What stands at a path of plain objects and arrays.
pub(crate) fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('/').fold(value.clone(), |value, key| {
        Reflect::get(&value, &key.into()).unwrap()
    })
}
