//! JavaScript bindings: they convert, call and convert back. Structured values cross as plain objects, series as
//! `Float64Array`s, errors as `Error` objects with the `path` of the first fault and all `errors`.

mod types;

use clauseworth::{Calculator, Error, Request, Run, Setting, Tree};
use js_sys::{Float64Array, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use types::{DealInfo, DealSummaries, DealTree, RunRequest, RunResult};

/// Runs once, when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(feature = "panic-hook")]
    console_error_panic_hook::set_once();
}

/// Version of the model: two builds of one version give the same numbers.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The library as JSON: a list of [id, deal].
const LIBRARY: &str = include_str!(concat!(env!("OUT_DIR"), "/library.json"));

thread_local! {
    /// The library's deals, read when one is first asked for.
    static TREES: Result<Vec<(String, Tree)>, JsValue> = read_library();
}

fn read_library() -> Result<Vec<(String, Tree)>, JsValue> {
    let list = js_sys::JSON::parse(LIBRARY)?;
    Ok(serde_wasm_bindgen::from_value(list)?)
}

fn find(trees: &[(String, Tree)], id: &str) -> Option<Tree> {
    let found = trees.iter().find(|(known, _)| known == id);
    found.map(|(_, tree)| tree.clone())
}

/// Opens a tree whose `base` may be a deal of the library.
fn open(tree: Tree) -> Result<Deal, JsValue> {
    TREES.with(|trees| {
        let trees = trees.as_ref().map_err(JsValue::clone)?;
        let opened = Calculator::open(tree, &|id| find(trees, id));
        opened.map(Deal).map_err(thrown)
    })
}

/// The deals of the library with their scenarios, the default first.
///
/// # Errors
/// Does not throw: a test opens every deal of the library.
#[wasm_bindgen]
pub fn deals() -> Result<DealSummaries, JsValue> {
    TREES.with(|trees| {
        let list = js_sys::Array::new();
        for (_, tree) in trees.as_ref().map_err(JsValue::clone)? {
            let deal = open(tree.clone())?;
            list.push(&plain(&deal.0.deal().summary())?);
        }
        Ok(JsValue::from(list).unchecked_into())
    })
}

/// An opened deal.
#[wasm_bindgen]
pub struct Deal(Calculator);

#[wasm_bindgen]
impl Deal {
    /// Opens a deal of the library.
    ///
    /// # Errors
    /// Throws where the library has no deal of that id.
    pub fn library(id: &str) -> Result<Deal, JsValue> {
        let tree = TREES.with(|trees| {
            let trees = trees.as_ref().map_err(JsValue::clone)?;
            let known = trees.iter().map(|(known, _)| known.as_str());
            find(trees, id).ok_or_else(|| thrown(clauseworth::unknown_deal(id, known).into()))
        })?;
        open(tree)
    }

    /// Opens a deal given as a plain object, as `JSON.parse` or a TOML parser makes it; dates are ISO texts.
    ///
    /// # Errors
    /// Throws with all faults of the deal and of its scenarios.
    pub fn open(deal: DealTree) -> Result<Deal, JsValue> {
        open(serde_wasm_bindgen::from_value(deal.into())?)
    }

    /// What the deal is: quantities with limits and sources, clauses, scenarios.
    ///
    /// # Errors
    /// Does not throw for an opened deal.
    pub fn describe(&self) -> Result<DealInfo, JsValue> {
        Ok(plain(&self.0.deal().describe())?.unchecked_into())
    }

    /// Runs the deal.
    ///
    /// # Errors
    /// Throws where a scenario, path or clause is unknown, a value is not allowed, or the model has no answer.
    pub fn run(&mut self, request: RunRequest) -> Result<RunResult, JsValue> {
        let request = read_request(&request)?;
        let run = self.0.run(&request).map_err(thrown)?;
        write_run(&run)
    }
}

/// A value as plain objects, arrays, numbers, texts and nulls.
fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

fn read_request(request: &JsValue) -> Result<Request, JsValue> {
    let mut read = Request::default();
    if !request.is_object() {
        return Err(mistaken("", "an object { scenario, set, without }", "something else"));
    }
    for entry in Object::entries(request.unchecked_ref()) {
        let entry: js_sys::Array = entry.unchecked_into();
        let (key, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        match key.as_str() {
            _ if value.is_undefined() => {}
            "scenario" => match value.as_string() {
                Some(id) => read.scenario = Some(id),
                None => return Err(mistaken("scenario", "a text", "something else")),
            },
            "without" => {
                let ids: Result<Vec<String>, _> = serde_wasm_bindgen::from_value(value);
                read.without = ids.map_err(|e| mistaken("without", "clause ids", &e.to_string()))?;
            }
            "set" => read.set = read_settings(&value)?,
            key => {
                return Err(mistaken(key, "one of scenario, set, without", "an unknown key"));
            }
        }
    }
    Ok(read)
}

fn read_settings(set: &JsValue) -> Result<Vec<(String, Setting)>, JsValue> {
    if !set.is_object() {
        return Err(mistaken("set", "an object of path: value", "something else"));
    }
    let mut settings = Vec::new();
    for entry in Object::entries(set.unchecked_ref()) {
        let entry: js_sys::Array = entry.unchecked_into();
        let (path, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        let setting = if let Some(number) = value.as_f64() {
            Setting::Number(number)
        } else if let Some(text) = value.as_string() {
            Setting::Text(text)
        } else if let Some(flag) = value.as_bool() {
            Setting::Bool(flag)
        } else {
            return Err(mistaken(&path, "a number, text or flag", "something else"));
        };
        settings.push((path, setting));
    }
    Ok(settings)
}

/// A run as an object; all series share one buffer, so that it can be transferred to another thread at once.
fn write_run(run: &Run) -> Result<RunResult, JsValue> {
    let result = plain(&run.summary())?;
    let count = run.all_series().count();
    let buffer = Float64Array::new_with_length((count * run.quarters()) as u32);
    let series = Object::new();
    for (index, (name, values)) in run.all_series().enumerate() {
        let value = match values {
            Some(values) => {
                let start = (index * run.quarters()) as u32;
                let view = buffer.subarray(start, start + run.quarters() as u32);
                view.copy_from(values);
                JsValue::from(view)
            }
            None => JsValue::NULL,
        };
        Reflect::set(&series, &name.into(), &value)?;
    }
    Reflect::set(&result, &"series".into(), &series)?;
    let annual = plain(&run.annual_map())?;
    Reflect::set(&result, &"annual".into(), &annual)?;
    let years = plain(&run.calendar_years())?;
    Reflect::set(&result, &"calendar_years".into(), &years)?;
    Ok(result.unchecked_into())
}

/// One fault as JavaScript sees it.
#[derive(Serialize)]
struct FaultObject<'a> {
    path: &'a str,
    expected: &'a str,
    found: &'a str,
    hint: Option<&'a str>,
    line: Option<usize>,
    message: String,
}

/// An `Error` with `path` and `errors`.
fn thrown(error: Error) -> JsValue {
    let object = js_sys::Error::new(&error.to_string());
    let faults: Vec<FaultObject<'_>> = error
        .faults()
        .iter()
        .map(|fault| FaultObject {
            path: &fault.path,
            expected: &fault.expected,
            found: &fault.found,
            hint: fault.suggestion.as_deref(),
            line: fault.line,
            message: fault.to_string(),
        })
        .collect();
    let path = JsValue::from(error.first().path.as_str());
    let set = plain(&faults).and_then(|faults| {
        Reflect::set(&object, &"path".into(), &path)?;
        Reflect::set(&object, &"errors".into(), &faults)
    });
    match set {
        Ok(_) => object.into(),
        Err(other) => other,
    }
}

/// The error of a request that is not of the stated shape.
fn mistaken(path: &str, expected: &str, found: &str) -> JsValue {
    let kind = clauseworth::FaultKind::Type;
    thrown(clauseworth::Fault::new(kind, path, expected, found).into())
}
