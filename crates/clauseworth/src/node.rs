//! A deal file as a tree, whatever it was written in: TOML and JSON become the same nodes, so that inheritance,
//! overrides by path and reading are written once. Nothing is dropped: a key given twice is a fault.

use std::fmt;

#[cfg(feature = "text")]
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use clauseworth_kernel::calendar::Day;

use crate::written::Written;

/// A value of a deal file, with all that is below it, and where it stands. Whatever can be deserialised as numbers, texts,
/// flags, lists and maps can be one; it is serialised in the same way, dates as ISO text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
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
    /// A date without quotes, as only TOML has it; elsewhere a date is a text.
    #[cfg_attr(
        not(feature = "text"),
        allow(dead_code, reason = "made by the TOML reader")
    )]
    Day(Day),
    List(Vec<Node>),
    /// In the order of the file for JSON, of the keys for TOML.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// A number.
    #[must_use]
    pub fn number(number: f64) -> Self {
        Self::new(Value::Number(number))
    }

    /// A text; ISO dates are texts too.
    #[must_use]
    pub fn text_value(text: String) -> Self {
        Self::new(Value::Text(text))
    }

    /// A flag.
    #[must_use]
    pub fn flag(value: bool) -> Self {
        Self::new(Value::Bool(value))
    }

    /// What is none of the others: reading it is refused with the path.
    #[must_use]
    pub fn null() -> Self {
        Self::new(Value::Null)
    }

    /// A list.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::new(Value::List(items))
    }

    /// A table, in the order of its entries; keys differ.
    #[must_use]
    pub fn table(entries: Vec<(String, Self)>) -> Self {
        Self::new(Value::Table(entries))
    }

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

    /// Takes a key out of a table.
    pub(crate) fn remove(&mut self, key: &str) {
        if let Value::Table(entries) = &mut self.value {
            entries.retain(|(known, _)| known != key);
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
}

/// A dotted path, one segment longer.
pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Day(day) => serializer.collect_str(day),
            Value::List(items) => serializer.collect_seq(items),
            Value::Table(entries) => serializer.collect_map(entries.iter().map(|(k, v)| (k, v))),
        }
    }
}

#[cfg(feature = "text")]
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Self::new)
    }
}

#[cfg(feature = "text")]
struct NodeVisitor;

#[cfg(feature = "text")]
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
                return Err(de::Error::custom(crate::text::twice(&key)));
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
            Value::Number(number) => write!(f, "{}", Written(*number)),
            Value::Text(text) => write!(f, "\"{text}\""),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Day(day) => write!(f, "{day}"),
            Value::List(items) if items.is_empty() => f.write_str("an empty list"),
            Value::List(items) => write!(f, "a list of {}", items.len()),
            Value::Table(_) => f.write_str("a table"),
        }
    }
}
