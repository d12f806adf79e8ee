//! Values set by a path (Model 2.4): by a scenario, a slider or the command line.

use crate::clause::id_of;
use crate::error::{Fault, FaultKind};
use crate::format::limits::Kind;
use crate::format::quantity::Quantity;
use crate::node::{Node, Value};

/// A value for a path: a number, or the word or flag of a key that is not a number. Dates may be ISO text, and "never"
/// is a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A number or decimal year.
    Number(f64),
    /// A word, an ISO date, or "never".
    Text(String),
    /// A flag.
    Bool(bool),
}

impl Setting {
    /// Reads a value as the command line and links write it: a number, `true` or `false`, or a text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "true" => Self::Bool(true),
            "false" => Self::Bool(false),
            _ => match text.parse::<f64>() {
                // What Rust reads as infinity or not-a-number is no number of a deal.
                Ok(number) if number.is_finite() => Self::Number(number),
                _ => Self::Text(text.to_owned()),
            },
        }
    }

    /// The setting that gives a quantity a value; infinity is never.
    pub(crate) fn of(quantity: &Quantity, value: f64) -> Self {
        if value == f64::INFINITY && quantity.limit.kind == Kind::YearOrNever {
            Self::Text("never".to_owned())
        } else {
            Self::Number(value)
        }
    }

    pub(crate) fn to_node(&self) -> Node {
        Node::new(match self {
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Bool(value) => Value::Bool(*value),
        })
    }

    pub(crate) fn from_node(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Number(number) => Some(Self::Number(*number)),
            Value::Text(text) => Some(Self::Text(text.clone())),
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Day(day) => Some(Self::Text(day.to_string())),
            Value::Null | Value::List(_) | Value::Table(_) => None,
        }
    }
}

/// Keys of a quantity that describe it whatever its value is.
const LASTING: [&str; 3] = ["label", "unit", "note"];

/// Sets the value at a path of a deal's tree. A quantity loses its distribution, source and status, which were those of
/// the value that it had.
pub(crate) fn set(root: &mut Node, path: &str, value: Node) -> Result<(), Fault> {
    let mut node = root;
    let segments: Vec<&str> = path.split('.').collect();
    let (last, parents) = match segments.split_last() {
        Some((last, parents)) if !path.is_empty() => (*last, parents),
        _ => return Err(unknown(path, "", &[])),
    };
    for segment in parents {
        node = match step(node, segment) {
            Ok(next) => next,
            Err(names) => return Err(unknown(path, segment, &names)),
        };
    }
    // A quantity is set whole: its distribution is not another quantity below it.
    let tables_with_value = ["references", "backer_equity"];
    if node.get("value").is_some() && !tables_with_value.contains(&segments[0]) {
        return Err(unknown(path, last, &[]));
    }
    match &mut node.value {
        Value::Table(_) => {
            let old = node.get(last);
            let kept = old.map(|old| keep_lasting(old, &value));
            node.insert(last, kept.unwrap_or(value));
            Ok(())
        }
        Value::List(_) => match step(node, last) {
            // An entry of a schedule or a tranche: the date stays, the value changes.
            Ok(entry) => match &mut entry.value {
                Value::List(pair) if pair.len() == 2 => {
                    pair[1] = keep_lasting(&pair[1], &value);
                    Ok(())
                }
                _ => Err(unknown(path, last, &[])),
            },
            Err(names) => Err(unknown(path, last, &names)),
        },
        _ => Err(unknown(path, last, &[])),
    }
}

/// The new value with what lasts of the old quantity.
fn keep_lasting(old: &Node, value: &Node) -> Node {
    let (Value::Table(entries), Some(_)) = (&old.value, old.get("value")) else {
        return value.clone();
    };
    let mut kept: Vec<(String, Node)> = entries
        .iter()
        .filter(|(key, _)| LASTING.contains(&key.as_str()))
        .cloned()
        .collect();
    kept.push(("value".to_owned(), value.clone()));
    Node::new(Value::Table(kept))
}

/// What stands at a path; an entry of a schedule is its value.
pub(crate) fn at<'a>(root: &'a Node, path: &str) -> Option<&'a Node> {
    let mut node = root;
    for segment in path.split('.') {
        node = match &node.value {
            Value::List(items) => &items[place(items, segment)?],
            _ => node.get(segment)?,
        };
    }
    match &node.value {
        Value::List(pair) if pair.len() == 2 && matches!(pair[0].value, Value::Day(_)) => {
            pair.get(1)
        }
        _ => Some(node),
    }
}

/// The place of an item of a list by its id or position.
fn place(items: &[Node], segment: &str) -> Option<usize> {
    let by_id = items.iter().position(|item| id_of(item) == Some(segment));
    by_id.or_else(|| segment.parse().ok().filter(|i| *i < items.len()))
}

/// One step down the tree: a key of a table, an id or position of a list. Else the names that there are.
fn step<'a>(node: &'a mut Node, segment: &str) -> Result<&'a mut Node, Vec<String>> {
    match &mut node.value {
        Value::Table(entries) => match entries.iter().position(|(key, _)| key == segment) {
            Some(index) => Ok(&mut entries[index].1),
            None => Err(entries.iter().map(|(key, _)| key.clone()).collect()),
        },
        Value::List(items) => match place(items, segment) {
            Some(index) => Ok(&mut items[index]),
            None => Err(items.iter().filter_map(id_of).map(str::to_owned).collect()),
        },
        _ => Err(Vec::new()),
    }
}

fn unknown(path: &str, segment: &str, names: &[String]) -> Fault {
    let expected = if names.is_empty() {
        "the path of a quantity".to_owned()
    } else {
        format!("one of {} at \"{segment}\"", names.join(", "))
    };
    Fault::new(FaultKind::Unknown, path, expected, "no such path")
        .suggesting(segment, names.iter().map(String::as_str))
}
