//! Derivatives of a metric by many inputs (Model 11.3): the kernel run over dual numbers, some inputs at a time.

use crate::dual::Dual;
use crate::ledger::Ledger;
use crate::plan::{ClauseSet, Plan, Slot};
use crate::real::Real;
use crate::run::{coalition, prepare};
use crate::timeline::Circumstances;
use crate::valuation::value;

/// The derivatives of a metric, by its place among those of [`crate::valuation::Valuation`], by each of some inputs.
/// `None` where the metric does not exist. A run differentiates by `WIDTH` inputs at once. Generic, so that it is compiled
/// with the caller's optimisation: in a page it is rarely asked for, and downloaded by all who ask anything.
#[must_use]
pub fn gradient<const WIDTH: usize>(
    plan: &Plan,
    inputs: &[f64],
    active: ClauseSet,
    metric: usize,
    by: &[Slot],
) -> Option<Vec<f64>> {
    let mut ledger = Ledger::new(plan);
    let mut numbers: Vec<Dual<WIDTH>> = inputs.iter().map(|value| Dual::of(*value)).collect();
    let mut derivatives = Vec::with_capacity(by.len());
    for slots in by.chunks(WIDTH) {
        for (index, slot) in slots.iter().enumerate() {
            numbers[slot.index()] = Dual::seeded(inputs[slot.index()], index);
        }
        let world = prepare(plan, &numbers, &Circumstances::default(), &mut ledger);
        let empty = coalition(plan, &numbers, &world, ClauseSet::EMPTY, &mut ledger);
        let npv = coalition(plan, &numbers, &world, active, &mut ledger);
        let valuation = value(plan, &numbers, active, npv, empty, &mut ledger);
        let measure = valuation.metrics[metric];
        if !measure.exists {
            return None;
        }
        derivatives.extend_from_slice(&measure.value.tangents[..slots.len()]);
        for slot in slots {
            numbers[slot.index()] = Dual::of(inputs[slot.index()]);
        }
    }
    Some(derivatives)
}
