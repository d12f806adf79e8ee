//! JavaScript bindings: they convert, call and convert back. Structured values cross as plain objects, series as
//! `Float64Array`s, errors as `Error` objects with the `path` of the first fault and all `errors`.

mod types;

use clauseworth::{Calculator, Error, Request, Run, Setting, Tree};
use js_sys::{Float64Array, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use types::{DealInfo, DealTree, Library, RunRequest, RunResult};

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

/// An opened deal.
#[wasm_bindgen]
pub struct Deal(Calculator);

#[wasm_bindgen]
impl Deal {
    /// Opens a deal given as a plain object, as `JSON.parse` or a TOML parser makes it; dates are ISO texts. `library`
    /// has the deals that `base` can name, by their ids.
    ///
    /// # Errors
    /// Throws with all faults of the deal and of its scenarios.
    pub fn open(deal: &DealTree, library: &Library) -> Result<Deal, JsValue> {
        let find = |id: &str| {
            let found = Reflect::get(library, &id.into()).ok()?;
            found.is_object().then(|| tree(&found))
        };
        Calculator::open(tree(deal), &find)
            .map(Self)
            .map_err(thrown)
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

/// A plain JavaScript value as a tree. What no deal file can hold becomes null, which reading refuses with its path.
fn tree(value: &JsValue) -> Tree {
    if let Some(number) = value.as_f64() {
        Tree::number(number)
    } else if let Some(text) = value.as_string() {
        Tree::text_value(text)
    } else if let Some(flag) = value.as_bool() {
        Tree::flag(flag)
    } else if js_sys::Array::is_array(value) {
        let items = js_sys::Array::from(value);
        Tree::list(items.iter().map(|item| tree(&item)).collect())
    } else if value.is_object() {
        Tree::table(
            entries(value)
                .map(|(key, value)| (key, tree(&value)))
                .collect(),
        )
    } else {
        Tree::null()
    }
}

/// The entries of an object, in its order.
fn entries(object: &JsValue) -> impl Iterator<Item = (String, JsValue)> {
    let entries = Object::entries(object.unchecked_ref());
    entries.into_iter().map(|entry| {
        let entry: js_sys::Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), entry.get(1))
    })
}

/// A value as plain objects, arrays, numbers, texts and nulls.
fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

fn read_request(request: &JsValue) -> Result<Request, JsValue> {
    let mut read = Request::default();
    if !request.is_object() {
        return Err(mistaken(
            "",
            "an object { scenario, set, without }",
            "something else",
        ));
    }
    for (key, value) in entries(request) {
        match key.as_str() {
            _ if value.is_undefined() => {}
            "scenario" => match value.as_string() {
                Some(id) => read.scenario = Some(id),
                None => return Err(mistaken("scenario", "a text", "something else")),
            },
            "without" => {
                for id in js_sys::Array::from(&value) {
                    match id.as_string() {
                        Some(id) => read.without.push(id),
                        None => return Err(mistaken("without", "clause ids", "something else")),
                    }
                }
            }
            "set" => read.set = read_settings(&value)?,
            key => {
                return Err(mistaken(
                    key,
                    "one of scenario, set, without",
                    "an unknown key",
                ));
            }
        }
    }
    Ok(read)
}

fn read_settings(set: &JsValue) -> Result<Vec<(String, Setting)>, JsValue> {
    if !set.is_object() {
        return Err(mistaken(
            "set",
            "an object of path: value",
            "something else",
        ));
    }
    let mut settings = Vec::new();
    for (path, value) in entries(set) {
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

/// A run as an object; all series, by quarter and by year, share one buffer, so that it can be transferred to another thread
/// at once.
fn write_run(run: &Run) -> Result<RunResult, JsValue> {
    let result = plain(&run.summary())?;
    let years = run.calendar_years().len();
    let count = run.all_series().count();
    let mut buffer = Buffer::new(count * (run.quarters() + years));
    let (series, annual) = (Object::new(), Object::new());
    for ((name, by_quarter), (_, by_year)) in run.all_series().zip(run.annual()) {
        let name = JsValue::from(name);
        Reflect::set(&series, &name, &buffer.view(by_quarter))?;
        Reflect::set(&annual, &name, &buffer.view(by_year.as_deref()))?;
    }
    Reflect::set(&result, &"series".into(), &series)?;
    Reflect::set(&result, &"annual".into(), &annual)?;
    let years = plain(&run.calendar_years())?;
    Reflect::set(&result, &"calendar_years".into(), &years)?;
    Ok(result.unchecked_into())
}

/// An array that views are cut from, one after the other.
struct Buffer {
    array: Float64Array,
    used: u32,
}

impl Buffer {
    fn new(length: usize) -> Self {
        Self {
            array: Float64Array::new_with_length(length as u32),
            used: 0,
        }
    }

    fn view(&mut self, values: Option<&[f64]>) -> JsValue {
        let Some(values) = values else {
            return JsValue::NULL;
        };
        let end = self.used + values.len() as u32;
        let view = self.array.subarray(self.used, end);
        self.used = end;
        view.copy_from(values);
        view.into()
    }
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
