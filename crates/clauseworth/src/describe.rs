//! A deal as a page or a program wants to be told of it: what can be changed, within which limits, from which source.

use serde::{Serialize, Serializer};

use crate::deal::{Deal, Scenario};
use crate::format::limits::Kind;
use crate::format::quantity::{Quantity, Status};
use crate::overrides::Setting;

/// A deal of the library in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DealSummary<'a> {
    id: &'a str,
    title: &'a str,
    scenarios: Vec<ScenarioName<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct ScenarioName<'a> {
    id: &'a str,
    title: &'a str,
}

/// Everything about a deal but its figures.
#[derive(Clone, Debug, Serialize)]
pub struct DealInfo<'a> {
    id: &'a str,
    title: &'a str,
    backer: &'a str,
    lab_name: &'a str,
    effective: String,
    horizon: String,
    scenarios: Vec<ScenarioInfo<'a>>,
    clauses: Vec<ClauseInfo<'a>>,
    lines: Vec<&'a str>,
    quantities: Vec<QuantityInfo<'a>>,
    sources: Vec<SourceInfo<'a>>,
    references: Vec<ReferenceInfo<'a>>,
    warnings: &'a [String],
}

#[derive(Clone, Debug, Serialize)]
struct ScenarioInfo<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(serialize_with = "as_map")]
    set: Vec<(&'a str, SettingInfo)>,
}

fn as_map<S: Serializer>(set: &[(&str, SettingInfo)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(set.iter().map(|(path, value)| (path, value)))
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum SettingInfo {
    Number(f64),
    Text(String),
    Bool(bool),
}

#[derive(Clone, Debug, Serialize)]
struct ClauseInfo<'a> {
    id: &'a str,
    kind: &'static str,
    bundle: Option<&'a str>,
    enabled: bool,
}

#[derive(Clone, Debug, Serialize)]
struct SourceInfo<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
struct ReferenceInfo<'a> {
    id: &'a str,
    title: &'a str,
    metric: &'a str,
    year: Option<i32>,
    value: f64,
    source: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
struct QuantityInfo<'a> {
    path: &'a str,
    kind: &'static str,
    value: Option<f64>,
    unit: &'a str,
    label: Option<&'a str>,
    note: Option<&'a str>,
    source: Option<&'a str>,
    status: Option<Status>,
    low: Option<f64>,
    high: Option<f64>,
    dist: Option<&'static str>,
    range: RangeInfo,
}

#[derive(Clone, Debug, Serialize)]
struct RangeInfo {
    low: f64,
    high: f64,
    low_open: bool,
    high_open: bool,
    whole: bool,
    never: bool,
}

impl<'a> ScenarioInfo<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let changes = scenario.set.0.iter().filter_map(|(path, node)| {
            let value = match Setting::from_node(node)? {
                Setting::Number(number) => SettingInfo::Number(number),
                Setting::Text(text) => SettingInfo::Text(text),
                Setting::Bool(value) => SettingInfo::Bool(value),
            };
            Some((path.as_str(), value))
        });
        Self {
            id: &scenario.id.0,
            title: &scenario.title,
            set: changes.collect(),
        }
    }
}

impl<'a> QuantityInfo<'a> {
    fn new(quantity: &'a Quantity) -> Self {
        let limit = quantity.limit;
        let spread = quantity.distribution.as_ref().map(|d| d.spread());
        Self {
            path: &quantity.path,
            kind: if limit.kind.is_year() {
                "year"
            } else {
                "number"
            },
            value: quantity.value.is_finite().then_some(quantity.value),
            unit: quantity.unit.as_deref().unwrap_or(limit.unit),
            label: quantity.label.as_deref(),
            note: quantity.note.as_deref(),
            source: quantity.source.as_deref(),
            // What the file leaves to the format, its author takes for granted.
            status: quantity
                .status
                .or((!quantity.given).then_some(Status::Assumed)),
            low: spread.map(|(low, _)| low),
            high: spread.map(|(_, high)| high),
            dist: quantity.distribution.as_ref().map(|d| d.name()),
            range: RangeInfo {
                low: limit.low,
                high: limit.high,
                low_open: limit.low_open,
                high_open: limit.high_open,
                whole: matches!(limit.kind, Kind::Whole | Kind::Flag),
                never: limit.kind == Kind::YearOrNever,
            },
        }
    }
}

impl Deal {
    /// Id, title and scenarios.
    #[must_use]
    pub fn summary(&self) -> DealSummary<'_> {
        let scenarios = self.tables.scenarios.iter();
        DealSummary {
            id: &self.tables.id.0,
            title: &self.tables.title,
            scenarios: scenarios
                .map(|scenario| ScenarioName {
                    id: &scenario.id.0,
                    title: &scenario.title,
                })
                .collect(),
        }
    }

    /// Everything about the deal but its figures.
    #[must_use]
    pub fn describe(&self) -> DealInfo<'_> {
        let tables = &self.tables;
        DealInfo {
            id: &tables.id.0,
            title: &tables.title,
            backer: &tables.backer,
            lab_name: &tables.lab_name,
            effective: tables.effective.to_string(),
            horizon: tables.horizon.to_string(),
            scenarios: tables.scenarios.iter().map(ScenarioInfo::new).collect(),
            clauses: self
                .clauses()
                .iter()
                .map(|clause| ClauseInfo {
                    id: &clause.id,
                    kind: clause.terms.kind(),
                    bundle: clause.common.bundle.as_ref().map(|id| id.0.as_str()),
                    enabled: clause.common.enabled,
                })
                .collect(),
            lines: self.line_ids(),
            quantities: self.quantities.iter().map(QuantityInfo::new).collect(),
            sources: tables
                .sources
                .iter()
                .map(|source| SourceInfo {
                    id: &source.id.0,
                    title: &source.title,
                    publisher: source.publisher.as_deref(),
                    url: source.url.as_deref(),
                    date: source.date.as_deref(),
                })
                .collect(),
            references: tables
                .references
                .iter()
                .map(|reference| ReferenceInfo {
                    id: &reference.id.0,
                    title: &reference.title,
                    metric: &reference.metric,
                    year: reference.year.map(|year| year.0 as i32),
                    value: self.value(reference.value),
                    source: reference.source.as_deref(),
                })
                .collect(),
            warnings: &self.warnings,
        }
    }
}
