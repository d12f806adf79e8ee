//! Values that cross: plain JavaScript to trees and requests, results and errors to plain JavaScript.

use clauseworth::{Error, Request, Setting, Tree};
use js_sys::{Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A plain JavaScript value as a tree. What no deal file can hold becomes null, which reading refuses with its path.
pub(crate) fn tree(value: &JsValue) -> Tree {
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
pub(crate) fn entries(object: &JsValue) -> impl Iterator<Item = (String, JsValue)> {
    let entries = Object::entries(object.unchecked_ref());
    entries.into_iter().map(|entry| {
        let entry: js_sys::Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), entry.get(1))
    })
}

/// Entries of an object.
type Fields = Vec<(String, JsValue)>;

/// The entries of an object that are given, where something else than an object is a mistake.
pub(crate) fn fields(path: &str, object: &JsValue, expected: &str) -> Result<Fields, JsValue> {
    if !object.is_object() {
        return Err(wrong(path, expected, object));
    }
    let given = entries(object).filter(|(_, value)| !value.is_undefined());
    Ok(given.collect())
}

/// A text.
pub(crate) fn text(path: &str, value: &JsValue) -> Result<String, JsValue> {
    let text = value.as_string();
    text.ok_or_else(|| wrong(path, "a text", value))
}

/// A list of texts. JavaScript would take a text for the list of its letters.
pub(crate) fn texts(path: &str, value: &JsValue) -> Result<Vec<String>, JsValue> {
    let refused = |found: &JsValue| wrong(path, "a list of texts", found);
    if !js_sys::Array::is_array(value) {
        return Err(refused(value));
    }
    let items = js_sys::Array::from(value).into_iter();
    items
        .map(|item| item.as_string().ok_or_else(|| refused(&item)))
        .collect()
}

/// A number.
#[cfg(any(feature = "analysis", feature = "simulation"))]
pub(crate) fn number(path: &str, value: &JsValue) -> Result<f64, JsValue> {
    let number = value.as_f64();
    number.ok_or_else(|| wrong(path, "a number", value))
}

/// Seeds that a number of JavaScript can be.
#[cfg(feature = "simulation")]
pub(crate) const SEEDS: std::ops::RangeInclusive<u64> = 0..=9_007_199_254_740_991;

/// A whole number of a range.
#[cfg(any(feature = "analysis", feature = "simulation"))]
pub(crate) fn whole(
    path: &str,
    value: &JsValue,
    allowed: std::ops::RangeInclusive<u64>,
) -> Result<u64, JsValue> {
    let (low, high) = (*allowed.start(), *allowed.end());
    let number = value
        .as_f64()
        .filter(|n| n.fract() == 0.0 && (low as f64..=high as f64).contains(n));
    number.map(|n| n as u64).ok_or_else(|| {
        let expected = format!("a whole number from {low} to {high}");
        wrong(path, &expected, value)
    })
}

/// A value as plain objects, arrays, numbers, texts and nulls.
pub(crate) fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// An answer as plain values of its type, or what is wrong, thrown.
#[cfg(any(feature = "analysis", feature = "simulation"))]
pub(crate) fn answer<T: Serialize, J: JsCast>(result: Result<T, Error>) -> Result<J, JsValue> {
    Ok(plain(&result.map_err(thrown)?)?.unchecked_into())
}

/// Reads what to run.
pub(crate) fn read_request(request: &JsValue) -> Result<Request, JsValue> {
    let mut read = Request::default();
    for (key, value) in fields("", request, "an object { scenario, set, without }")? {
        match key.as_str() {
            "scenario" => read.scenario = Some(text(&key, &value)?),
            "without" => read.without = texts(&key, &value)?,
            "set" => read.set = read_settings(&value)?,
            key => return Err(unknown(key, "one of scenario, set, without")),
        }
    }
    Ok(read)
}

/// A value for a path.
pub(crate) fn read_setting(path: &str, value: &JsValue) -> Result<Setting, JsValue> {
    if let Some(number) = value.as_f64() {
        Ok(Setting::Number(number))
    } else if let Some(text) = value.as_string() {
        Ok(Setting::Text(text))
    } else if let Some(flag) = value.as_bool() {
        Ok(Setting::Bool(flag))
    } else {
        Err(wrong(path, "a number, text or flag", value))
    }
}

fn read_settings(set: &JsValue) -> Result<Vec<(String, Setting)>, JsValue> {
    let entries = fields("set", set, "an object of path: value")?.into_iter();
    let read = |(path, value): (String, _)| read_setting(&path, &value).map(|read| (path, read));
    entries.map(read).collect()
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
pub(crate) fn thrown(error: Error) -> JsValue {
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

/// The error of a key that there is not.
pub(crate) fn unknown(path: &str, expected: &str) -> JsValue {
    mistaken(path, expected, "an unknown key")
}

/// The error of a value that is not what it should be, shown as it would be in a deal file.
pub(crate) fn wrong(path: &str, expected: &str, value: &JsValue) -> JsValue {
    mistaken(path, expected, &tree(value).to_string())
}

/// The error of a request that is not of the stated shape.
pub(crate) fn mistaken(path: &str, expected: &str, found: &str) -> JsValue {
    let kind = clauseworth::FaultKind::Type;
    thrown(clauseworth::Fault::new(kind, path, expected, found).into())
}
