//! Reads a tree into tables, going on after a fault so that all faults of a file are reported at once.

use super::quantity::{Quantity, Slot};
use crate::error::{Fault, FaultKind};
use crate::node::{Node, Value, join};

/// What reading collects: the quantities in the order of the format, and the faults in that of the file.
pub(crate) struct Reader<'a> {
    quantities: &'a mut Vec<Quantity>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(quantities: &'a mut Vec<Quantity>) -> Self {
        Self {
            quantities,
            faults: Vec::new(),
        }
    }

    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Number of faults so far.
    pub(crate) fn count(&self) -> usize {
        self.faults.len()
    }

    /// Files a quantity and gives its place.
    pub(crate) fn file(&mut self, quantity: Quantity) -> Slot {
        self.quantities.push(quantity);
        Slot(self.quantities.len() as u32 - 1)
    }

    pub(crate) fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Records that a node is not what it should be.
    pub(crate) fn fault(
        &mut self,
        kind: FaultKind,
        path: &str,
        expected: impl Into<String>,
        node: &Node,
    ) {
        let found = node.to_string();
        self.fault_text(kind, path, expected, &found, node);
    }

    /// Records a fault whose finding is not the node itself.
    pub(crate) fn fault_text(
        &mut self,
        kind: FaultKind,
        path: &str,
        expected: impl Into<String>,
        found: &str,
        node: &Node,
    ) {
        self.push(Fault::new(kind, path, expected, found).at_line(node.line));
    }

    /// Records that a table lacks a key.
    pub(crate) fn missing(&mut self, path: &str, table: &Node, key: &str, expected: &str) {
        let fault = Fault::new(FaultKind::Missing, join(path, key), expected, "nothing");
        self.push(fault.at_line(table.line));
    }

    /// Refuses keys that a table does not have; whether all are known.
    pub(crate) fn refuse_unknown(&mut self, path: &str, node: &Node, keys: &[&str]) -> bool {
        let Value::Table(entries) = &node.value else {
            return true;
        };
        let mut known = true;
        for (key, value) in entries {
            if !keys.contains(&key.as_str()) {
                known = false;
                let fault = Fault::new(
                    FaultKind::UnknownKey,
                    join(path, key),
                    format!("one of {}", keys.join(", ")),
                    format!("the key \"{key}\""),
                );
                self.push(
                    fault
                        .suggesting(key, keys.iter().copied())
                        .at_line(value.line),
                );
            }
        }
        known
    }

    /// The text of an optional key.
    pub(crate) fn optional_text(&mut self, path: &str, table: &Node, key: &str) -> Option<String> {
        let node = table.get(key)?;
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => {
                self.fault(FaultKind::Type, &join(path, key), "a text", node);
                None
            }
        }
    }

    /// The choice that a name stands for.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        path: &str,
        table: &Node,
        key: &str,
        name: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let found = choices.iter().find(|(word, _)| *word == name);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let fault = Fault::new(
                FaultKind::Unknown,
                join(path, key),
                format!("one of \"{}\"", words.join("\", \"")),
                format!("\"{name}\""),
            );
            let line = table.get(key).and_then(|node| node.line).or(table.line);
            self.push(fault.suggesting(name, words).at_line(line));
        }
        found.map(|(_, choice)| *choice)
    }

    /// Whether a node is a table, recording a fault where it is not.
    pub(crate) fn is_table(&mut self, path: &str, node: &Node) -> bool {
        let table = matches!(node.value, Value::Table(_));
        if !table {
            self.fault(FaultKind::Type, path, "a table", node);
        }
        table
    }
}
