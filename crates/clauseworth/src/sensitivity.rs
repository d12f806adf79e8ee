//! What moves a metric: each uncertain quantity alone from its P10 to its P90 (Model 11.1), and derivatives (11.3).

use clauseworth_kernel::gradient as kernel;
use clauseworth_kernel::plan::{ClauseSet, Slot};
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::format::limits::Kind;
use crate::format::quantity::{Distribution, Quantity};
use crate::model::{Metric, Model};

/// Probabilities at which a quantity is tried.
const PROBABILITIES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// Results closer than this part of their size are the same.
const SAME: f64 = 1e-12;

/// How many quantities a run differentiates by.
const WIDTH: usize = 8;

/// What one uncertain quantity does to a metric, the others at their base case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TornadoBar {
    /// Path of the quantity.
    pub path: String,
    /// Its P10, or 0 of a bernoulli; none is never.
    pub low: Option<f64>,
    /// Its P90, or 1 of a bernoulli; none is never.
    pub high: Option<f64>,
    /// The metric at `low`; none where it does not exist.
    pub at_low: Option<f64>,
    /// The metric at `high`.
    pub at_high: Option<f64>,
    /// Whether the metric goes one way only at P10, P30, P50, P70 and P90.
    pub monotonic: bool,
    /// Whether the metric moves at all.
    pub effect: bool,
    /// Why one of the values is not allowed, if one is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl TornadoBar {
    /// How far the metric goes from one end to the other.
    #[must_use]
    pub fn swing(&self) -> Option<f64> {
        Some((self.at_high? - self.at_low?).abs())
    }
}

/// Derivatives by path, at a kink those for an increase; none where there is none: by a switch, a number of quarters, or a
/// date that is never.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient(pub Vec<(String, Option<f64>)>);

impl Serialize for Gradient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(path, value)| (path, value)))
    }
}

/// The tornado of a metric, the largest swing first; those that have none come last.
pub(crate) fn tornado(
    model: &mut Model,
    active: ClauseSet,
    name: &str,
) -> Result<Vec<TornadoBar>, Error> {
    let metric = model.metric_named(name, active)?;
    let base = model.metric(metric, active)?;
    let mut bars = Vec::new();
    for slot in model.uncertain() {
        let quantity = &model.deal().quantities[slot.index()];
        let values = values(quantity);
        let path = quantity.path.clone();
        bars.push(bar(model, active, metric, base, slot, path, &values));
    }
    let swing = |bar: &TornadoBar| bar.swing().unwrap_or(-1.0);
    bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    Ok(bars)
}

fn bar(
    model: &mut Model,
    active: ClauseSet,
    metric: Metric,
    base: Option<f64>,
    slot: Slot,
    path: String,
    values: &[f64],
) -> TornadoBar {
    let before = model.inputs()[slot.index()];
    let mut fault = None;
    let mut results = Vec::with_capacity(values.len());
    for value in values {
        let result = model
            .vary(slot, *value)
            .and_then(|()| model.metric(metric, active));
        model.restore(slot, before);
        results.push(result.unwrap_or_else(|error| {
            fault.get_or_insert_with(|| error.to_string());
            None
        }));
    }
    let known: Vec<f64> = results.iter().flatten().copied().collect();
    let size = known
        .iter()
        .chain(&base)
        .fold(1.0_f64, |size, value| size.max(value.abs()));
    let moves = |a: f64, b: f64| (a - b).abs() > SAME * size;
    let steps = || known.windows(2).map(|pair| (pair[0], pair[1]));
    let rises = steps().any(|(a, b)| b > a && moves(a, b));
    let falls = steps().any(|(a, b)| b < a && moves(a, b));
    // A metric that exists at some of the values only does not go one way, and does move.
    let gaps = known.len() < results.len() && !(known.is_empty() && base.is_none());
    let from_base = base.is_some_and(|base| known.iter().any(|value| moves(*value, base)));
    let last = values.len() - 1;
    TornadoBar {
        path,
        low: finite(values[0]),
        high: finite(values[last]),
        at_low: results[0],
        at_high: results[last],
        monotonic: !(gaps || rises && falls),
        effect: rises || falls || gaps || from_base,
        fault,
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// The values of a quantity that are tried.
fn values(quantity: &Quantity) -> Vec<f64> {
    let Some(distribution) = &quantity.distribution else {
        return vec![quantity.value];
    };
    if let Distribution::Bernoulli { .. } = distribution {
        return vec![0.0, 1.0];
    }
    let quantile = distribution.quantile(quantity.value);
    PROBABILITIES.map(|p| quantile.at(p)).to_vec()
}

/// The derivative of a metric by every quantity.
pub(crate) fn gradient(
    model: &mut Model,
    active: ClauseSet,
    name: &str,
) -> Result<Gradient, Error> {
    let place = model.metric_place(name, active)?;
    // The run itself says what is wrong with the deal, if something is.
    model.metrics(active)?;
    let quantities = &model.deal().quantities;
    let smooth = |quantity: &Quantity, value: f64| {
        value.is_finite() && !matches!(quantity.limit.kind, Kind::Whole | Kind::Flag)
    };
    let inputs = model.inputs();
    let by: Vec<Slot> = (0..quantities.len())
        .filter(|index| smooth(&quantities[*index], inputs[*index]))
        .map(|index| Slot(index as u32))
        .collect();
    let derivatives = kernel::gradient::<WIDTH>(model.plan(), inputs, active, place, &by);
    let mut gradient: Vec<(String, Option<f64>)> = quantities
        .iter()
        .map(|quantity| (quantity.path.clone(), None))
        .collect();
    for (slot, derivative) in by.iter().zip(derivatives.unwrap_or_default()) {
        gradient[slot.index()].1 = finite(derivative);
    }
    Ok(Gradient(gradient))
}
