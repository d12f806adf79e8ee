//! Quantities (Model 2): a value, where it is uncertain a distribution, and where it comes from.

use serde::Serialize;

pub use clauseworth_kernel::plan::Slot;
pub use clauseworth_kernel::quantile::Quantile;

use super::limits::{Kind, Limit};
use super::reader::Reader;
use crate::error::FaultKind;
use crate::node::{Node, Value};
use crate::written::Written;
use clauseworth_kernel::calendar::Day;

/// A number of a deal file with all that rides along.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Dotted path (Model 2.4).
    pub path: String,
    /// The base case; infinity is never.
    pub value: f64,
    /// How it is uncertain, if it is.
    pub distribution: Option<Distribution>,
    /// What the file calls it.
    pub label: Option<String>,
    /// Unit as the file gives it; the format's is in `limit`.
    pub unit: Option<String>,
    /// A remark of the file's author.
    pub note: Option<String>,
    /// Id of the source.
    pub source: Option<String>,
    /// Where the figure originated.
    pub status: Option<Status>,
    /// What it may be.
    pub limit: &'static Limit,
    /// The format's own description.
    pub about: &'static str,
    /// Whether the file gives it, or the format's default stands.
    pub given: bool,
    /// Line of the file, where known.
    pub line: Option<usize>,
}

/// Where a figure originated (Model 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// In the agreement or by the parties.
    Stated,
    /// With a regulator.
    Filed,
    /// By the press.
    Reported,
    /// By an analyst or agency.
    Estimated,
    /// By the author of the deal file.
    Assumed,
}

impl Status {
    pub(crate) const NAMES: [(&'static str, Self); 5] = [
        ("stated", Self::Stated),
        ("filed", Self::Filed),
        ("reported", Self::Reported),
        ("estimated", Self::Estimated),
        ("assumed", Self::Assumed),
    ];
}

/// A distribution of the table of Model 2.1; the base value belongs to the quantity.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Even between `low` and `high`.
    Uniform {
        /// Lowest value.
        low: f64,
        /// Highest value.
        high: f64,
    },
    /// Triangle over `low` and `high` with its mode at the base value.
    Triangular {
        /// Lowest value.
        low: f64,
        /// Highest value.
        high: f64,
    },
    /// Beta over `low` and `high`, its mode at the base value.
    Pert {
        /// Lowest value.
        low: f64,
        /// Highest value.
        high: f64,
        /// Weight of the mode, 4 unless given.
        shape: f64,
    },
    /// Normal with P10 and P90 at `low` and `high`, conditioned on `min` to `max`.
    Normal {
        /// P10.
        low: f64,
        /// P90.
        high: f64,
        /// Lower end of the interval it is conditioned on.
        min: Option<f64>,
        /// Upper end of the interval it is conditioned on.
        max: Option<f64>,
    },
    /// The logarithm is normal; P10 and P90 of the variable at `low` and `high`, conditioned on `min` to `max`.
    LogNormal {
        /// P10.
        low: f64,
        /// P90.
        high: f64,
        /// Lower end of the interval it is conditioned on.
        min: Option<f64>,
        /// Upper end of the interval it is conditioned on.
        max: Option<f64>,
    },
    /// Piecewise-linear cumulative distribution through points (x, p).
    Cumulative {
        /// The points, both coordinates ascending.
        points: Vec<(f64, f64)>,
    },
    /// 1 with probability `p`, else 0.
    Bernoulli {
        /// Probability of 1.
        p: f64,
    },
}

impl Distribution {
    /// Name in a deal file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Uniform { .. } => "uniform",
            Self::Triangular { .. } => "triangular",
            Self::Pert { .. } => "pert",
            Self::Normal { .. } => "normal",
            Self::LogNormal { .. } => "lognormal",
            Self::Cumulative { .. } => "cumulative",
            Self::Bernoulli { .. } => "bernoulli",
        }
    }

    /// Its inverse distribution function (Model 2.2); `value` is the quantity's base value.
    #[must_use]
    pub fn quantile(&self, value: f64) -> Quantile {
        match self {
            Self::Uniform { low, high } => Quantile::uniform(*low, *high),
            Self::Triangular { low, high } => Quantile::triangular(*low, value, *high),
            Self::Pert { low, high, shape } => Quantile::pert(*low, value, *high, *shape),
            Self::Normal {
                low,
                high,
                min,
                max,
            } => Quantile::normal(*low, *high, *min, *max),
            Self::LogNormal {
                low,
                high,
                min,
                max,
            } => Quantile::lognormal(*low, *high, *min, *max),
            Self::Cumulative { points } => Quantile::cumulative(points.clone()),
            Self::Bernoulli { p } => Quantile::bernoulli(*p),
        }
    }

    /// The two numbers that a reader takes as its spread: the ends, P10 and P90, or the outermost points.
    #[must_use]
    pub fn spread(&self) -> (f64, f64) {
        match self {
            Self::Uniform { low, high }
            | Self::Triangular { low, high }
            | Self::Pert { low, high, .. }
            | Self::Normal { low, high, .. }
            | Self::LogNormal { low, high, .. } => (*low, *high),
            Self::Cumulative { points } => (points[0].0, points[points.len() - 1].0),
            Self::Bernoulli { .. } => (0.0, 1.0),
        }
    }
}

/// A row of the table of distributions: name, the keys that it needs and the keys that it may have.
pub(crate) struct DistributionKeys {
    pub(crate) name: &'static str,
    pub(crate) needs: &'static [&'static str],
    pub(crate) may: &'static [&'static str],
}

pub(crate) const DISTRIBUTIONS: [DistributionKeys; 7] = [
    DistributionKeys {
        name: "uniform",
        needs: &["low", "high"],
        may: &[],
    },
    DistributionKeys {
        name: "triangular",
        needs: &["low", "high"],
        may: &[],
    },
    DistributionKeys {
        name: "pert",
        needs: &["low", "high"],
        may: &["shape"],
    },
    DistributionKeys {
        name: "normal",
        needs: &["low", "high"],
        may: &["min", "max"],
    },
    DistributionKeys {
        name: "lognormal",
        needs: &["low", "high"],
        may: &["min", "max"],
    },
    DistributionKeys {
        name: "cumulative",
        needs: &["points"],
        may: &[],
    },
    DistributionKeys {
        name: "bernoulli",
        needs: &["p"],
        may: &[],
    },
];

/// Keys that every quantity table may have.
pub(crate) const RIDERS: [&str; 7] = ["value", "dist", "label", "unit", "note", "source", "status"];

/// Keys that belong to distributions.
pub(crate) const SHAPES: [&str; 7] = ["low", "high", "shape", "min", "max", "points", "p"];

/// Reads a number or, where the limit is one of years, a date or "never".
pub(crate) fn number(
    reader: &mut Reader<'_>,
    path: &str,
    node: &Node,
    limit: &Limit,
) -> Option<f64> {
    let value = match &node.value {
        Value::Number(number) if number.is_finite() => Some(*number),
        Value::Day(day) if limit.kind.is_year() => Some(day.year()),
        Value::Text(text) if limit.kind.is_year() => match text.as_str() {
            "never" if limit.kind == Kind::YearOrNever => Some(f64::INFINITY),
            text => Day::from_iso(text).map(Day::year),
        },
        _ => None,
    };
    match value {
        Some(value) if limit.allows(value) => Some(value),
        Some(_) => {
            reader.fault(FaultKind::Range, path, limit.to_string(), node);
            None
        }
        None => {
            reader.fault(FaultKind::Type, path, limit.to_string(), node);
            None
        }
    }
}

/// Reads a quantity, bare or as a table, and files it in the deal's list. A faulty one is filed too, as not a number, so that
/// what depends on it can still be checked for other faults.
pub(crate) fn quantity(
    reader: &mut Reader<'_>,
    path: &str,
    node: &Node,
    limit: &'static Limit,
    about: &'static str,
) -> Slot {
    let mut quantity = Quantity {
        path: path.to_owned(),
        value: f64::NAN,
        distribution: None,
        label: None,
        unit: None,
        note: None,
        source: None,
        status: None,
        limit,
        about,
        given: true,
        line: node.line,
    };
    if !matches!(node.value, Value::Table(_)) {
        quantity.value = number(reader, path, node, limit).unwrap_or(f64::NAN);
        return reader.file(quantity);
    }
    let keys: Vec<&str> = RIDERS.iter().chain(&SHAPES).copied().collect();
    reader.refuse_unknown(path, node, &keys);
    quantity.label = reader.optional_text(path, node, "label");
    quantity.unit = reader.optional_text(path, node, "unit");
    quantity.note = reader.optional_text(path, node, "note");
    quantity.source = reader.optional_text(path, node, "source");
    if let Some(name) = reader.optional_text(path, node, "status") {
        quantity.status = reader.one_of(path, node, "status", &name, &Status::NAMES);
    }
    let value = match node.get("value") {
        Some(value) => number(reader, path, value, limit),
        None => {
            reader.missing(path, node, "value", &limit.to_string());
            None
        }
    };
    let distribution = distribution(reader, path, node, limit, value);
    quantity.value = value.unwrap_or(f64::NAN);
    quantity.distribution = distribution.flatten();
    reader.file(quantity)
}

/// Reads the distribution of a quantity table: `Some(None)` where it has none, `None` where it has a faulty one.
fn distribution(
    reader: &mut Reader<'_>,
    path: &str,
    node: &Node,
    limit: &Limit,
    value: Option<f64>,
) -> Option<Option<Distribution>> {
    let given: Vec<&str> = SHAPES
        .into_iter()
        .filter(|key| node.get(key).is_some())
        .collect();
    let name = match reader.optional_text(path, node, "dist") {
        Some(name) => name,
        None if node.get("dist").is_some() => return None,
        None if given.is_empty() => return Some(None),
        None => "pert".to_owned(),
    };
    let Some(row) = DISTRIBUTIONS.iter().find(|row| row.name == name) else {
        let names: Vec<(&str, ())> = DISTRIBUTIONS.iter().map(|row| (row.name, ())).collect();
        reader.one_of(path, node, "dist", &name, &names);
        return None;
    };
    let before = reader.count();
    for key in row.needs {
        if node.get(key).is_none() {
            let expected = format!("what dist = \"{name}\" needs");
            reader.missing(path, node, key, &expected);
        }
    }
    for key in given {
        if !row.needs.contains(&key) && !row.may.contains(&key) {
            let keys = [row.needs, row.may].concat().join(", ");
            let expected = format!("only {keys} with dist = \"{name}\"");
            reader.fault_text(
                FaultKind::Conflict,
                &format!("{path}.{key}"),
                expected,
                key,
                node,
            );
        }
    }
    match limit.kind {
        Kind::Whole => {
            let expected = "no distribution, since it counts quarters";
            reader.fault_text(FaultKind::Conflict, path, expected, &name, node);
        }
        Kind::Flag if name != "bernoulli" => {
            let expected = "dist = \"bernoulli\", since it is 0 or 1";
            reader.fault_text(FaultKind::Conflict, path, expected, &name, node);
        }
        _ => {}
    }
    let mut part = |key: &str, limit: &Limit| -> Option<f64> {
        number(reader, &format!("{path}.{key}"), node.get(key)?, limit)
    };
    // The ends of a year's distribution are years; "never" is what lies beyond the last point.
    let ends = Limit {
        kind: if limit.kind.is_year() {
            Kind::Year
        } else {
            Kind::Real
        },
        ..*limit
    };
    let (low, high) = (part("low", &ends), part("high", &ends));
    let (min, max) = (part("min", &ends), part("max", &ends));
    let shape = part("shape", &super::limits::FACTOR);
    let p = part("p", &super::limits::FRACTION);
    let points = match node.get("points") {
        Some(points) => read_points(reader, path, points, &ends, limit.kind),
        None => None,
    };
    if reader.count() > before {
        return None;
    }
    let distribution = match name.as_str() {
        "uniform" => Distribution::Uniform {
            low: low?,
            high: high?,
        },
        "triangular" => Distribution::Triangular {
            low: low?,
            high: high?,
        },
        "pert" => Distribution::Pert {
            low: low?,
            high: high?,
            shape: shape.unwrap_or(4.0),
        },
        "normal" => Distribution::Normal {
            low: low?,
            high: high?,
            min,
            max,
        },
        "lognormal" => Distribution::LogNormal {
            low: low?,
            high: high?,
            min,
            max,
        },
        "cumulative" => Distribution::Cumulative { points: points? },
        _ => Distribution::Bernoulli { p: p? },
    };
    check_support(reader, path, node, &distribution, value?).then_some(Some(distribution))
}

/// Reads the points of a cumulative distribution: both coordinates ascend, and no mass is left over.
fn read_points(
    reader: &mut Reader<'_>,
    path: &str,
    node: &Node,
    ends: &Limit,
    kind: Kind,
) -> Option<Vec<(f64, f64)>> {
    let path = format!("{path}.points");
    let Value::List(items) = &node.value else {
        reader.fault(FaultKind::Type, &path, "a list of [x, p]", node);
        return None;
    };
    if items.len() < 2 {
        reader.fault(FaultKind::Range, &path, "at least two points [x, p]", node);
        return None;
    }
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let at = format!("{path}.{i}");
        let Value::List(pair) = &item.value else {
            reader.fault(FaultKind::Type, &at, "a point [x, p]", item);
            return None;
        };
        let [x, p] = pair.as_slice() else {
            reader.fault(FaultKind::Type, &at, "a point [x, p]", item);
            return None;
        };
        let x = number(reader, &at, x, ends)?;
        let p = number(reader, &at, p, &super::limits::FRACTION)?;
        if points.last().is_some_and(|last| x <= last.0 || p < last.1) {
            let expected = "x above and p not below those of the point before";
            reader.fault_text(
                FaultKind::Order,
                &at,
                expected,
                &format!("[{}, {}]", Written(x), Written(p)),
                item,
            );
            return None;
        }
        points.push((x, p));
    }
    let last = points[points.len() - 1].1;
    if last != 1.0 && kind != Kind::YearOrNever {
        let at = format!("{path}.{}", points.len() - 1);
        let expected = "p = 1 at the last point";
        reader.fault_text(
            FaultKind::Range,
            &at,
            expected,
            &Written(last).to_string(),
            node,
        );
        return None;
    }
    Some(points)
}

/// The ends are in order and the base value lies between them (Model 2.1).
fn check_support(
    reader: &mut Reader<'_>,
    path: &str,
    node: &Node,
    distribution: &Distribution,
    value: f64,
) -> bool {
    let before = reader.count();
    let mut ordered = |low: f64, high: f64, words: &str| {
        if low >= high {
            let found = format!("{} and {}", Written(low), Written(high));
            reader.fault_text(FaultKind::Order, path, words, &found, node);
        }
    };
    let (support_low, support_high) = match distribution {
        Distribution::Uniform { low, high }
        | Distribution::Triangular { low, high }
        | Distribution::Pert { low, high, .. } => {
            ordered(*low, *high, "low below high");
            (*low, *high)
        }
        Distribution::Normal {
            low,
            high,
            min,
            max,
        }
        | Distribution::LogNormal {
            low,
            high,
            min,
            max,
        } => {
            ordered(*low, *high, "low below high");
            if let (Some(min), Some(max)) = (min, max) {
                ordered(*min, *max, "min below max");
            }
            let floor = if distribution.name() == "lognormal" {
                if *low <= 0.0 {
                    let found = Written(*low).to_string();
                    reader.fault_text(
                        FaultKind::Range,
                        &format!("{path}.low"),
                        "a number above 0, since its logarithm is normal",
                        &found,
                        node.get("low").unwrap_or(node),
                    );
                }
                f64::MIN_POSITIVE
            } else {
                f64::NEG_INFINITY
            };
            (
                min.unwrap_or(floor).max(floor),
                max.unwrap_or(f64::INFINITY),
            )
        }
        Distribution::Cumulative { points } => {
            let (last, mass) = points[points.len() - 1];
            let high = if mass < 1.0 && value.is_infinite() {
                f64::INFINITY
            } else {
                last
            };
            (points[0].0, high)
        }
        Distribution::Bernoulli { .. } => (0.0, 1.0),
    };
    let bernoulli_off =
        matches!(distribution, Distribution::Bernoulli { .. }) && value != 0.0 && value != 1.0;
    if reader.count() == before && (value < support_low || value > support_high || bernoulli_off) {
        let mut expected = format!("a value within its {} distribution", distribution.name());
        if support_low > f64::MIN_POSITIVE {
            expected += &format!(", from {}", Written(support_low));
        } else if support_low == f64::MIN_POSITIVE {
            expected += ", above 0";
        }
        if support_high.is_finite() {
            expected += &format!(", at most {}", Written(support_high));
        }
        let found = if value.is_infinite() {
            "never".to_owned()
        } else {
            Written(value).to_string()
        };
        reader.fault_text(
            FaultKind::Range,
            &format!("{path}.value"),
            expected,
            &found,
            node,
        );
    }
    reader.count() == before
}
