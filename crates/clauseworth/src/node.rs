//! A deal file as a tree, whatever it was written in: TOML and JSON become the same nodes, so that inheritance,
//! overrides by path and reading are written once. Nothing is dropped: a key given twice is a fault.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::de::{DeTable, DeValue};

use crate::calendar::Day;
use crate::error::{Error, Fault, FaultKind};

/// A value of the file and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// Line of the file, from 1; `None` for JSON and for values set by a path.
    pub(crate) line: Option<usize>,
}

/// What a deal file can hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// JSON's null, which no key accepts.
    Null,
    Number(f64),
    Text(String),
    Bool(bool),
    Day(Day),
    List(Vec<Node>),
    /// In the order of the file for JSON, of the keys for TOML.
    Table(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn new(value: Value) -> Self {
        Self { value, line: None }
    }

    /// The value of a key, where this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The value of a key as text, where this is a table that has it so.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Sets a key of a table.
    pub(crate) fn insert(&mut self, key: &str, node: Self) {
        if let Value::Table(entries) = &mut self.value {
            match entries.iter_mut().find(|(k, _)| k == key) {
                Some((_, old)) => *old = node,
                None => entries.push((key.to_owned(), node)),
            }
        }
    }

    /// Reads TOML; all syntax errors at once.
    pub(crate) fn from_toml(text: &str) -> Result<Self, Error> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let line_of = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
        let mut faults: Vec<Fault> = errors
            .iter()
            .map(|e| {
                Fault::new(FaultKind::Syntax, "", "TOML", e.message())
                    .at_line(e.span().map(|span| line_of(span.start)))
            })
            .collect();
        if faults.is_empty() {
            let lines = Lines::of(text);
            let node = from_toml_table(table.get_ref(), "", &lines, &mut faults);
            Error::check(faults)?;
            return Ok(Self {
                value: node,
                line: Some(1),
            });
        }
        faults.dedup();
        Err(Error::check(faults).err().unwrap_or_else(|| {
            Fault::new(FaultKind::Syntax, "", "TOML", "something else").into()
        }))
    }

    /// Reads JSON; a key given twice is an error, since one of the two values would be lost.
    pub(crate) fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|e| {
            Fault::new(FaultKind::Syntax, "", "JSON", e.to_string())
                .at_line(Some(e.line()).filter(|line| *line > 0))
                .into()
        })
    }
}

/// Offsets of the line starts, so that a line is found by bisection.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

fn from_toml_table(
    table: &DeTable<'_>,
    path: &str,
    lines: &Lines,
    faults: &mut Vec<Fault>,
) -> Value {
    let mut entries: Vec<(usize, String, Node)> = Vec::new();
    for (key, value) in table.iter() {
        let name = key.get_ref().to_string();
        let below = join(path, &name);
        let line = lines.line(value.span().start.max(key.span().start));
        let value = from_toml_value(value.get_ref(), &below, line, lines, faults);
        let line = Some(line);
        entries.push((key.span().start, name, Node { value, line }));
    }
    entries.sort_by_key(|(start, ..)| *start);
    Value::Table(entries.into_iter().map(|(_, k, v)| (k, v)).collect())
}

fn from_toml_value(
    value: &DeValue<'_>,
    path: &str,
    line: usize,
    lines: &Lines,
    faults: &mut Vec<Fault>,
) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Float(number) => Value::Number(parse_toml_float(number.as_str())),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(integer) => Value::Number(integer as f64),
            Err(_) => {
                faults.push(
                    Fault::new(
                        FaultKind::Range,
                        path,
                        "an integer of at most 64 bits",
                        number.to_string(),
                    )
                    .at_line(Some(line)),
                );
                Value::Null
            }
        },
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(date), None) => match Day::new(i32::from(date.year), date.month, date.day) {
                Some(day) => Value::Day(day),
                None => Value::Text(moment.to_string()),
            },
            _ => {
                faults.push(
                    Fault::new(
                        FaultKind::Type,
                        path,
                        "a date without time of day",
                        moment.to_string(),
                    )
                    .at_line(Some(line)),
                );
                Value::Null
            }
        },
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .enumerate()
                .map(|(i, item)| {
                    let line = lines.line(item.span().start);
                    let below = join(path, &i.to_string());
                    Node {
                        value: from_toml_value(item.get_ref(), &below, line, lines, faults),
                        line: Some(line),
                    }
                })
                .collect(),
        ),
        DeValue::Table(table) => from_toml_table(table, path, lines, faults),
    }
}

/// The parser has checked the form; TOML's `inf` and `nan`, which Rust reads too, are refused by the limits later.
fn parse_toml_float(text: &str) -> f64 {
    text.replace('_', "").parse().unwrap_or(f64::NAN)
}

/// A dotted path, one segment longer.
pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Self::new)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, text, list or table")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut table: Vec<(String, Node)> = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Node>()? {
            if table.iter().any(|(k, _)| *k == key) {
                return Err(de::Error::custom(format!("the key \"{key}\" twice")));
            }
            table.push((key, value));
        }
        Ok(Value::Table(table))
    }
}

impl fmt::Display for Node {
    /// The value as an error message shows it: short, and in the words of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => f.write_str("null"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => write!(f, "\"{text}\""),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Day(day) => write!(f, "{day}"),
            Value::List(items) if items.is_empty() => f.write_str("an empty list"),
            Value::List(items) => write!(f, "a list of {}", items.len()),
            Value::Table(_) => f.write_str("a table"),
        }
    }
}
