//! Deal files as text: TOML and JSON become trees. A program that has a parser of its own, as a browser has for JSON,
//! does without this module and gives trees.

use toml::de::{DeTable, DeValue};

use clauseworth_kernel::calendar::Day;

use crate::error::{Error, Fault, FaultKind};
use crate::node::{Node, Value, join};

impl Node {
    /// Reads TOML; all syntax errors at once.
    ///
    /// # Errors
    /// Where the text is not TOML, or has a time of day or a number that no deal file can have.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let lines = Lines::of(text);
        let mut faults: Vec<Fault> = errors
            .iter()
            .map(|e| {
                // The parser says where a key stands again, but not which it is.
                let key = e.span().and_then(|span| text.get(span));
                let found = match key.filter(|_| e.message() == "duplicate key") {
                    Some(key) => twice(key.trim_matches(['"', '\''])),
                    None => e.message().to_owned(),
                };
                Fault::new(FaultKind::Syntax, "", "TOML", found)
                    .at_line(e.span().map(|span| lines.line(span.start)))
            })
            .collect();
        faults.dedup();
        Error::check(std::mem::take(&mut faults))?;
        let value = from_toml_table(table.get_ref(), "", &lines, &mut faults);
        Error::check(faults)?;
        Ok(Self {
            value,
            line: Some(1),
        })
    }

    /// Reads JSON; a key given twice is an error, since one of the two values would be lost.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        // Some editors begin a file with a byte order mark; TOML allows one.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map_err(|e| {
            // The line is reported apart.
            let text = e.to_string();
            let found = text.split(" at line ").next().unwrap_or(&text);
            Fault::new(FaultKind::Syntax, "", "JSON", found)
                .at_line(Some(e.line()).filter(|line| *line > 0))
                .into()
        })
    }
}

/// What is found where a key is given again.
pub(crate) fn twice(key: &str) -> String {
    format!("the key \"{key}\" twice")
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
    entries.sort_unstable_by_key(|(start, ..)| *start);
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
