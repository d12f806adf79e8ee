//! A deal file with its base merged in: from text to a tree that can be changed by path and read as a [`Deal`].

use crate::deal::{Deal, Tables, is_at_or_below};
use crate::error::{Error, Fault, FaultKind};
use crate::format::merge_tables;
use crate::node::{Node, Value};
use crate::overrides::{self, Setting};

/// Finds another deal by its id, for `base`.
pub(crate) type Library<'a> = &'a dyn Fn(&str) -> Option<Node>;

/// A deal file and what it inherits.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    root: Node,
    warnings: Vec<String>,
}

impl Document {
    /// Merges a file onto its base, the base onto its own, and so on (Model 13).
    pub(crate) fn inherit(own: Node, library: Library<'_>) -> Result<Self, Error> {
        let mut chain = vec![own];
        let mut ids: Vec<String> = Vec::new();
        while let Some(base) = chain[chain.len() - 1].get("base") {
            let line = base.line;
            let fault = |kind, expected: &str, found: String| {
                Error::from(Fault::new(kind, "base", expected, found).at_line(line))
            };
            let Value::Text(id) = &base.value else {
                let expected = "the id of a deal of the library";
                return Err(fault(FaultKind::Type, expected, base.to_string()));
            };
            if ids.contains(id) {
                let found = format!("{} -> {id}", ids.join(" -> "));
                let expected = "a chain of bases that ends";
                return Err(fault(FaultKind::Cycle, expected, found));
            }
            let Some(mut node) = library(id) else {
                let expected = "the id of a deal of the library";
                return Err(fault(FaultKind::Unknown, expected, format!("\"{id}\"")));
            };
            ids.push(id.clone());
            forget_lines(&mut node);
            chain.push(node);
        }
        let inherited = chain.len() > 1;
        let mut merged = chain.pop().unwrap_or_else(|| Node::new(Value::Null));
        let mut own_scenarios = Vec::new();
        while let Some(own) = chain.pop() {
            own_scenarios = scenario_ids(&own);
            merged = merge_tables::<Tables>(&merged, &own);
        }
        let mut document = Self {
            root: merged,
            warnings: Vec::new(),
        };
        if inherited {
            document.drop_foreign_scenarios(&own_scenarios);
        }
        Ok(document)
    }

    /// A scenario of the base may change a clause that this deal does not have; such a one is left out, with a warning.
    fn drop_foreign_scenarios(&mut self, own: &[String]) {
        let root = self.root.clone();
        let mut dropped = Vec::new();
        let Value::Table(entries) = &mut self.root.value else {
            return;
        };
        let Some((_, scenarios)) = entries.iter_mut().find(|(key, _)| key == "scenarios") else {
            return;
        };
        if let Value::List(items) = &mut scenarios.value {
            items.retain(|item| {
                let Some(id) = item.text("id").filter(|id| !own.iter().any(|o| o == id)) else {
                    return true;
                };
                let missing = item.get("set").and_then(|set| first_missing(&root, set));
                if let Some(path) = &missing {
                    dropped.push(format!(
                        "scenario {id} of the base deal sets {path}, which this deal does not have, and is left out"
                    ));
                }
                missing.is_none()
            });
        }
        self.warnings = dropped;
    }

    /// The deal that the document is.
    pub(crate) fn deal(&self) -> Result<Deal, Error> {
        let mut deal = Deal::read(&self.root)?;
        deal.warnings.extend(self.warnings.iter().cloned());
        Ok(deal)
    }

    /// Notes what the reader should know of every deal that the document becomes.
    pub(crate) fn warn(&mut self, warnings: Vec<String>) {
        self.warnings.extend(warnings);
    }

    /// The document as a file that needs no other.
    pub(crate) fn alone(&self) -> Node {
        let mut root = self.root.clone();
        root.remove("base");
        root
    }

    /// What stands at a path.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        overrides::at(&self.root, path)
    }

    /// The clauses of another deal in the world of this one: everything but its clauses stays (Model 12.4). Of
    /// correlations, those stay or come along whose ends the deal then has; scenarios are those of neither.
    pub(crate) fn with_terms_of(&self, terms: &Self) -> Self {
        let mut merged = self.clone();
        let root = &mut merged.root;
        for key in ["id", "title", "clauses"] {
            match terms.root.get(key) {
                Some(node) => root.insert(key, node.clone()),
                None => root.remove(key),
            }
        }
        root.remove("scenarios");
        // A reference figure may be compared with a clause that only the world's own deal has.
        root.remove("references");
        let sources = both(&self.root, &terms.root, "sources", |source, kept| {
            let id = source.text("id");
            kept.iter().all(|known| known.text("id") != id)
        });
        root.insert("sources", sources);
        let correlations = both(&self.root, &terms.root, "correlations", |pair, _| {
            ends(pair).any(|path| path.starts_with("clauses."))
        });
        let Value::List(mut pairs) = correlations.value else {
            return merged;
        };
        let root = &merged.root;
        pairs.retain(|pair| ends(pair).all(|path| overrides::at(root, path).is_some()));
        merged
            .root
            .insert("correlations", Node::new(Value::List(pairs)));
        merged
    }

    /// Scenarios that set what the document does not have: all that can be said of them while the deal itself is faulty.
    /// What follows from one of its faults is not repeated.
    pub(crate) fn scenario_faults(&self, causes: &[Fault]) -> Vec<Fault> {
        let Some(Value::List(scenarios)) = self.root.get("scenarios").map(|node| &node.value)
        else {
            return Vec::new();
        };
        let mut faults = Vec::new();
        for (i, scenario) in scenarios.iter().enumerate() {
            let place = i.to_string();
            let id = scenario.text("id").unwrap_or(&place);
            let Some(Value::Table(changes)) = scenario.get("set").map(|set| &set.value) else {
                continue;
            };
            let mut scratch = self.root.clone();
            for (path, value) in changes {
                let follows = causes.iter().any(|cause| is_at_or_below(path, &cause.path));
                if !follows && let Err(fault) = overrides::set(&mut scratch, path, value.clone()) {
                    faults.push(fault.in_scenario(id).at_line(value.line));
                }
            }
        }
        faults
    }

    /// The document with values set by path; all faults at once.
    pub(crate) fn with<'a>(
        &self,
        settings: impl IntoIterator<Item = (&'a str, &'a Setting)>,
    ) -> Result<Self, Error> {
        let mut changed = self.clone();
        let mut faults = Vec::new();
        for (path, setting) in settings {
            if let Err(fault) = overrides::set(&mut changed.root, path, setting.to_node()) {
                faults.push(fault);
            }
        }
        Error::check(faults)?;
        Ok(changed)
    }
}

/// A list of one deal, and of another's what is wanted beside it.
fn both(world: &Node, terms: &Node, key: &str, wanted: impl Fn(&Node, &[Node]) -> bool) -> Node {
    let list = |node: &Node| match node.get(key).map(|list| &list.value) {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let mut items = list(world);
    for item in list(terms) {
        if wanted(&item, &items) {
            items.push(item);
        }
    }
    Node::new(Value::List(items))
}

/// The paths between which a correlation is.
fn ends(correlation: &Node) -> impl Iterator<Item = &str> {
    let between = match correlation.get("between").map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    between.iter().filter_map(|item| match &item.value {
        Value::Text(path) => Some(path.as_str()),
        _ => None,
    })
}

fn scenario_ids(node: &Node) -> Vec<String> {
    match node.get("scenarios").map(|scenarios| &scenarios.value) {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|item| item.text("id"))
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// The first path of a scenario's set that leads into a clause which a deal does not have.
fn first_missing(root: &Node, set: &Node) -> Option<String> {
    let Value::Table(changes) = &set.value else {
        return None;
    };
    let mut scratch = root.clone();
    changes
        .iter()
        .find(|(path, value)| {
            path.starts_with("clauses.")
                && overrides::set(&mut scratch, path, value.clone()).is_err()
        })
        .map(|(path, _)| path.clone())
}

fn forget_lines(node: &mut Node) {
    node.line = None;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(forget_lines),
        Value::Table(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| forget_lines(value)),
        _ => {}
    }
}
