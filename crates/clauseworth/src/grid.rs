//! A metric over two quantities at once: what it is at every crossing of the values of one with the values of the other,
//! the rest as it is set. Where the metric is 0 on such a plane is the line along which the deal breaks even.

use clauseworth_kernel::plan::{ClauseSet, Slot};
use serde::Serialize;

use crate::error::{Error, Fault, FaultKind};
use crate::format::limits::Kind;
use crate::model::Model;
use crate::overrides::Setting;
use crate::questions::{interval, usual_interval};

/// How many values of a quantity there are where an axis does not say.
pub const USUAL_STEPS: usize = 21;

/// How many there are at most: with as many of the other, ten thousand runs.
pub const MOST_STEPS: usize = 101;

/// A metric asked for over two quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct GridQuestion {
    /// Name of the metric.
    pub metric: String,
    /// The quantity along the rows.
    pub x: GridAxis,
    /// The quantity along the columns.
    pub y: GridAxis,
}

/// One of the two quantities, and which values it takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridAxis {
    /// Its path.
    pub path: String,
    /// Its least value; absent: that of the interval in which a goal seek looks.
    pub low: Option<Setting>,
    /// Its greatest value.
    pub high: Option<Setting>,
    /// How many values there are, both ends included; absent: [`USUAL_STEPS`]. What counts in whole numbers has no more than
    /// there are of those.
    pub steps: Option<usize>,
}

/// A quantity as it was varied.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GridScale {
    /// Its path.
    pub path: String,
    /// Its values, ascending.
    pub at: Vec<f64>,
    /// The quantity as it is; none is never.
    pub value: Option<f64>,
}

/// A cell of the grid that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GridCell {
    /// The quantity along the rows.
    pub x: f64,
    /// The quantity along the columns.
    pub y: f64,
    /// The metric there.
    pub value: f64,
}

/// The answer to a [`GridQuestion`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetricGrid {
    /// Name of the metric.
    pub metric: String,
    /// The quantity along the rows.
    pub x: GridScale,
    /// The quantity along the columns.
    pub y: GridScale,
    /// The metric: a row for each value of `y`, in it a cell for each value of `x`; none where it does not exist, or where
    /// the two values are not allowed together.
    pub values: Vec<Vec<Option<f64>>>,
    /// The metric as it is.
    pub now: Option<f64>,
    /// The least of the cells, the first of several.
    pub lowest: Option<GridCell>,
    /// The greatest.
    pub highest: Option<GridCell>,
    /// Why some of the cells are not allowed, if some are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Answers the question about the deal as it is set.
pub(crate) fn grid(
    model: &mut Model,
    active: ClauseSet,
    question: &GridQuestion,
) -> Result<MetricGrid, Error> {
    let metric = model.metric_named(&question.metric, active)?;
    let (x_slot, x) = scale(model, "x", &question.x)?;
    let (y_slot, y) = scale(model, "y", &question.y)?;
    if x_slot == y_slot {
        let expected = format!("another quantity than x, which is {}", x.path);
        return Err(Fault::new(FaultKind::Range, "y.path", expected, "the same").into());
    }
    let now = model.metric(metric, active)?;
    let before = [x_slot, y_slot].map(|slot| (slot, model.inputs()[slot.index()]));
    let mut refused: Option<Error> = None;
    let mut values = Vec::with_capacity(y.at.len());
    for below in &y.at {
        let row = x.at.iter().map(|left| {
            let result = model
                .vary_together(&[(x_slot, *left), (y_slot, *below)])
                .and_then(|()| model.metric(metric, active));
            result.unwrap_or_else(|error| {
                refused.get_or_insert(error);
                None
            })
        });
        values.push(row.collect::<Vec<Option<f64>>>());
    }
    for (slot, value) in before {
        model.restore(slot, value);
    }
    let extreme = |better: fn(f64, f64) -> bool| {
        let mut found: Option<GridCell> = None;
        for (row, below) in values.iter().zip(&y.at) {
            for (value, left) in row.iter().zip(&x.at) {
                let Some(value) = *value else { continue };
                if found.is_none_or(|cell| better(value, cell.value)) {
                    found = Some(GridCell {
                        x: *left,
                        y: *below,
                        value,
                    });
                }
            }
        }
        found
    };
    let lowest = extreme(|value, best| value < best);
    let highest = extreme(|value, best| value > best);
    match refused {
        Some(error) if lowest.is_none() => Err(error),
        refused => Ok(MetricGrid {
            metric: question.metric.clone(),
            x,
            y,
            values,
            now,
            lowest,
            highest,
            refused: refused.map(|error| error.to_string()),
        }),
    }
}

/// The values that a quantity takes. `name` is the axis in what is said of a fault.
fn scale(model: &Model, name: &str, axis: &GridAxis) -> Result<(Slot, GridScale), Error> {
    let (slot, quantity) = model.quantity(&axis.path)?;
    let value = model.inputs()[slot.index()];
    let usual = usual_interval(model, quantity, value);
    let (low, high) = interval(
        quantity,
        usual,
        (&format!("{name}.low"), axis.low.as_ref()),
        (&format!("{name}.high"), axis.high.as_ref()),
    )?;
    let steps = axis.steps.unwrap_or(USUAL_STEPS);
    if !(2..=MOST_STEPS).contains(&steps) {
        let expected = format!("a whole number from 2 to {MOST_STEPS}");
        let path = format!("{name}.steps");
        return Err(Fault::new(FaultKind::Range, path, expected, steps.to_string()).into());
    }
    let step = (high - low) / (steps - 1) as f64;
    let mut at: Vec<f64> = (0..steps - 1).map(|i| low + step * i as f64).collect();
    at.push(high);
    if matches!(quantity.limit.kind, Kind::Whole | Kind::Flag) {
        for value in &mut at {
            *value = value.round();
        }
        at.dedup();
    }
    let path = axis.path.clone();
    let value = value.is_finite().then_some(value);
    Ok((slot, GridScale { path, at, value }))
}
