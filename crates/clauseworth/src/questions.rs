//! Questions asked backwards: goal seek, break-even and fair terms (Model 12.1 to 12.3).

use clauseworth_kernel::plan::{ClauseSet, Slot};
use serde::{Serialize, Serializer};

use crate::error::{Error, Fault, FaultKind};
use crate::format::limits::{Kind, Limit};
use crate::format::quantity::Quantity;
use crate::model::{Metric, Model, number_of};
use crate::overrides::Setting;
use crate::pricing::Sides;
use crate::seek::{self, Jump, STEPS, Stretch};
use crate::written::Written;

/// A question asked backwards: which value of a quantity brings about an outcome?
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Path of the quantity that is varied.
    pub vary: String,
    /// The outcome.
    pub goal: Goal,
    /// Lower end of the interval; absent: a wide one around what the deal says.
    pub low: Option<Setting>,
    /// Upper end of the interval.
    pub high: Option<Setting>,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// A metric takes a value.
    Metric {
        /// Its name.
        metric: String,
        /// The value, in the metric's unit.
        target: f64,
    },
    /// The backer gets a part of the surplus that both sides gain by the deal, by the terms of one of its clauses.
    Share(f64),
}

/// How many values bring it about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Exactly one.
    One,
    /// None.
    None,
    /// Two or more, or a whole range.
    Several,
}

/// A value of the quantity and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Extreme {
    /// The quantity.
    pub at: f64,
    /// The outcome.
    pub value: f64,
}

/// The least and the most that comes of an interval, as far as it was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reach {
    /// The least.
    pub lowest: Extreme,
    /// The most.
    pub highest: Extreme,
}

/// The outcome over the interval, as it was scanned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scanned {
    /// Values of the quantity, ascending.
    pub at: Vec<f64>,
    /// The outcome; none where it does not exist.
    pub value: Vec<Option<f64>>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The quantity that was varied.
    pub path: String,
    /// The metric asked for; none for fair terms.
    pub metric: Option<String>,
    /// The value asked for.
    pub target: Option<f64>,
    /// The backer's part asked for, with fair terms.
    pub share: Option<f64>,
    /// Lower end of the interval searched.
    pub low: f64,
    /// Upper end of the interval searched.
    pub high: f64,
    /// The quantity as it is; none is never.
    pub value: Option<f64>,
    /// The metric as it is; with fair terms, by how much the backer's gain exceeds its part of the surplus, bn.
    pub now: Option<f64>,
    /// What both sides gain by the deal as it is, bn, with fair terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gains: Option<Sides<f64>>,
    /// How many values there are.
    pub status: Outcome,
    /// Values at which the target is taken, ascending.
    pub roots: Vec<f64>,
    /// Values at which it is passed without being taken.
    pub jumps: Vec<Jump>,
    /// Intervals over which it is taken all along.
    pub ranges: Vec<Stretch>,
    /// What can be reached; none where the outcome exists nowhere in the interval.
    pub reach: Option<Reach>,
    /// The outcome where the quantity is never, for a date that may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_never: Option<f64>,
    /// Why a part of the interval is not allowed, if one is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The outcome over the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<Scanned>,
}

/// Answers by the path of the quantity varied.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven(pub Vec<Answer>);

impl Serialize for BreakEven {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|answer| (&answer.path, answer)))
    }
}

/// A goal with its metric found.
#[derive(Clone, Copy)]
enum Aim {
    Metric(Metric, f64),
    Share(f64),
}

/// Answers a question about the deal as it is set.
pub(crate) fn solve(
    model: &mut Model,
    active: ClauseSet,
    question: &Question,
) -> Result<Answer, Error> {
    let path = question.vary.as_str();
    let (slot, quantity) = model.quantity(path)?;
    let usual = usual_interval(model, quantity, model.inputs()[slot.index()]);
    let (low, high) = interval(
        quantity,
        usual,
        ("low", question.low.as_ref()),
        ("high", question.high.as_ref()),
    )?;
    let fault = |path: &str, expected: &str, found: String| {
        Error::from(Fault::new(FaultKind::Range, path, expected, found))
    };
    let (aim, metric, target, share) = match &question.goal {
        Goal::Metric { metric, target } => {
            if !target.is_finite() {
                return Err(fault("target", "a number", Written(*target).to_string()));
            }
            let found = model.metric_named(metric, active)?;
            let aim = Aim::Metric(found, *target);
            (aim, Some(metric.clone()), Some(*target), None)
        }
        Goal::Share(share) => {
            if !(0.0..=1.0).contains(share) {
                let found = Written(*share).to_string();
                return Err(fault("share", "a number from 0 to 1", found));
            }
            if !path.starts_with("clauses.") {
                let expected =
                    "a quantity of a clause, since it is the terms that share the surplus";
                return Err(fault(path, expected, "one of the world".to_owned()));
            }
            (Aim::Share(*share), None, None, Some(*share))
        }
    };
    let mut answer = search(model, active, slot, aim, (low, high))?;
    (answer.metric, answer.target, answer.share) = (metric, target, share);
    if let Aim::Share(_) = aim {
        answer.gains = Some(gains(model, active)?);
    }
    Ok(answer)
}

/// For every uncertain quantity, where a metric is 0.
pub(crate) fn break_even(
    model: &mut Model,
    active: ClauseSet,
    name: &str,
) -> Result<BreakEven, Error> {
    let metric = model.metric_named(name, active)?;
    let mut answers = Vec::new();
    for slot in model.uncertain() {
        let value = model.inputs()[slot.index()];
        let quantity = &model.deal().quantities[slot.index()];
        let Some((low, high)) = usual_interval(model, quantity, value) else {
            continue;
        };
        let mut answer = search(model, active, slot, Aim::Metric(metric, 0.0), (low, high))?;
        answer.metric = Some(name.to_owned());
        answer.target = Some(0.0);
        answer.curve = None;
        answers.push(answer);
    }
    Ok(BreakEven(answers))
}

fn search(
    model: &mut Model,
    active: ClauseSet,
    slot: Slot,
    aim: Aim,
    (low, high): (f64, f64),
) -> Result<Answer, Error> {
    let before = model.inputs()[slot.index()];
    let now = outcome(model, active, aim)?;
    let quantity = &model.deal().quantities[slot.index()];
    let path = quantity.path.clone();
    let kind = quantity.limit.kind;
    let whole = matches!(kind, Kind::Whole | Kind::Flag);
    let points = points(model, kind, low, high);
    let mut refused: Option<Error> = None;
    let mut try_value = |value: f64| {
        let result = model
            .vary(slot, value)
            .and_then(|()| outcome(model, active, aim));
        model.restore(slot, before);
        result.unwrap_or_else(|error| {
            refused.get_or_insert(error);
            None
        })
    };
    let target = match aim {
        Aim::Metric(_, target) => target,
        Aim::Share(_) => 0.0,
    };
    let found = seek::seek(&points, whole, target, &mut try_value);
    let at_never = match kind {
        Kind::YearOrNever => try_value(f64::INFINITY),
        _ => None,
    };
    let reach = reach(&found.scan);
    if reach.is_none()
        && let Some(error) = refused
    {
        return Err(error);
    }
    let count = found.roots.len() + 2 * found.ranges.len();
    Ok(Answer {
        path,
        metric: None,
        target: None,
        share: None,
        low,
        high,
        value: before.is_finite().then_some(before),
        now,
        gains: None,
        status: match count {
            0 => Outcome::None,
            1 => Outcome::One,
            _ => Outcome::Several,
        },
        roots: found.roots,
        jumps: found.jumps,
        ranges: found.ranges,
        reach,
        at_never,
        refused: refused.map(|error| error.to_string()),
        curve: Some(Scanned {
            at: found.scan.iter().map(|(x, _)| *x).collect(),
            value: found.scan.iter().map(|(_, y)| *y).collect(),
        }),
    })
}

fn outcome(model: &mut Model, active: ClauseSet, aim: Aim) -> Result<Option<f64>, Error> {
    match aim {
        Aim::Metric(metric, _) => model.metric(metric, active),
        Aim::Share(share) => {
            let gains = gains(model, active)?;
            Ok(Some(gains.backer - share * (gains.backer + gains.lab)))
        }
    }
}

/// What both sides gain by the deal: their NPV less what it is without any clause.
fn gains(model: &mut Model, active: ClauseSet) -> Result<Sides<f64>, Error> {
    let world = model.world()?;
    let empty = model.npv(&world, ClauseSet::EMPTY)?;
    let all = model.npv(&world, active)?;
    Ok(Sides {
        backer: all.backer - empty.backer,
        lab: all.lab - empty.lab,
    })
}

pub(crate) fn reach(scan: &[(f64, Option<f64>)]) -> Option<Reach> {
    let mut reach: Option<Reach> = None;
    for (at, value) in scan {
        let Some(value) = *value else { continue };
        let here = Extreme { at: *at, value };
        let so_far = reach.get_or_insert(Reach {
            lowest: here,
            highest: here,
        });
        if value < so_far.lowest.value {
            so_far.lowest = here;
        }
        if value > so_far.highest.value {
            so_far.highest = here;
        }
    }
    reach
}

/// Where the scan looks: evenly, for a date also at the boundaries of quarters, and for what counts at every whole number.
fn points(model: &Model, kind: Kind, low: f64, high: f64) -> Vec<f64> {
    if matches!(kind, Kind::Whole | Kind::Flag) {
        return (low as i64..=high as i64).map(|i| i as f64).collect();
    }
    let step = (high - low) / STEPS as f64;
    let mut points: Vec<f64> = (0..STEPS).map(|i| low + step * i as f64).collect();
    points.push(high);
    if kind.is_year() {
        let grid = &model.plan().grid;
        let boundaries = (0..=grid.len()).map(|quarter| grid.start_year(quarter));
        points.extend(boundaries.filter(|year| low < *year && *year < high));
        points.sort_by(f64::total_cmp);
        points.dedup();
    }
    points
}

/// An end of an interval as a question states it: what it is called in the question, and its value if it is stated.
pub(crate) type End<'a> = (&'a str, Option<&'a Setting>);

/// The interval that a question states, or the usual one, both within what is allowed.
pub(crate) fn interval(
    quantity: &Quantity,
    usual: Option<(f64, f64)>,
    (low_name, low): End<'_>,
    (high_name, high): End<'_>,
) -> Result<(f64, f64), Error> {
    let stated = low.is_some();
    let end = |name: &str, setting: Option<&Setting>, usual: Option<f64>| {
        let fault = |expected: String, found: String| {
            Error::from(Fault::new(FaultKind::Range, name, expected, found))
        };
        match setting {
            Some(setting) => match number_of(quantity, setting) {
                Ok(value) if value.is_finite() => Ok(value),
                Ok(_) => Err(fault("a date".to_owned(), "never".to_owned())),
                Err(mut wrong) => {
                    wrong.path = name.to_owned();
                    Err(wrong.into())
                }
            },
            None => usual.ok_or_else(|| {
                let expected = format!(
                    "an end of the interval, since {} has none of its own",
                    quantity.path
                );
                fault(expected, "nothing".to_owned())
            }),
        }
    };
    let low = end(low_name, low, usual.map(|(low, _)| low))?;
    let high = end(high_name, high, usual.map(|(_, high)| high))?;
    if low < high {
        return Ok((low, high));
    }
    // The end that the question states is the one at fault.
    let (path, found, side, other, ends_at) = match stated {
        true => (low_name, low, "below", high_name, high),
        false => (high_name, high, "above", low_name, low),
    };
    let expected = format!("a number {side} {other}, which is {}", Written(ends_at));
    Err(Fault::new(FaultKind::Order, path, expected, Written(found).to_string()).into())
}

/// The interval that is searched where a question names none: what has ends of its own whole, a date over the grid, and
/// otherwise from below what the deal says, or holds possible, to well above it.
pub(crate) fn usual_interval(model: &Model, quantity: &Quantity, value: f64) -> Option<(f64, f64)> {
    let limit: &Limit = quantity.limit;
    let (mut low, mut high) = match limit.kind {
        Kind::Whole | Kind::Flag => (limit.low, limit.high),
        Kind::Year | Kind::YearOrNever => {
            let grid = &model.plan().grid;
            let (first, last) = (grid.origin, grid.start_year(grid.len()));
            if value.is_finite() {
                (first.min(value), last.max(value))
            } else {
                (first, last)
            }
        }
        Kind::Real if limit.high - limit.low <= 1.0 => (limit.low, limit.high),
        Kind::Real => {
            let spread = quantity.distribution.as_ref().map(|d| d.spread());
            let (first, last) = spread.unwrap_or((value, value));
            let (first, last) = (first.min(value), last.max(value));
            // A rate of 0 can be as far off as any other rate; an amount of 0 says nothing of its size.
            let least = if limit.high <= 1e4 { 1.0 } else { 0.0 };
            let width = (last - first).max(value.abs()).max(least);
            if width == 0.0 {
                return None;
            }
            (first - width, last + 3.0 * width)
        }
    };
    (low, high) = (low.max(limit.low), high.min(limit.high));
    let thousandth = (high - low) / 1000.0;
    if low == limit.low && limit.low_open {
        low += thousandth;
    }
    if high == limit.high && limit.high_open {
        high -= thousandth;
    }
    Some((low, high))
}
