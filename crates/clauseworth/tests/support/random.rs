//! Random deals: a deal of the tests with some of its quantities set to values that a reader might try, and some of its
//! clauses left out. The limits of the format are where the values come from.

use clauseworth::{Calculator, Deal, FaultKind, Kind, Quantity, Request, Run, Setting};
use proptest::prelude::*;

/// What is drawn for a deal; it is applied to whichever deal it meets.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    /// Which quantity, as a part of all, and where in its range.
    changes: Vec<(f64, f64)>,
    /// Which clauses are left out, one bit each.
    left_out: u64,
}

/// Draws with up to `changes` quantities changed; half of them leave clauses out.
pub(crate) fn draw(changes: usize) -> impl Strategy<Value = Draw> {
    let change = (0.0..1.0, 0.0..1.0);
    let left_out = prop_oneof![Just(0), any::<u64>(), (0..64_u32).prop_map(|bit| 1 << bit)];
    (prop::collection::vec(change, 0..changes), left_out)
        .prop_map(|(changes, left_out)| Draw { changes, left_out })
}

/// A value of a quantity, `part` of the way through what is sensible for it.
fn sensible(quantity: &Quantity, part: f64) -> f64 {
    let (limit, base) = (quantity.limit, quantity.value);
    let value = match limit.kind {
        Kind::Flag => part.round(),
        Kind::Whole => 1.0 + (part * 12.0).floor(),
        Kind::Year | Kind::YearOrNever => {
            let from = if base.is_finite() { base } else { 2029.0 };
            from - 2.0 + 6.0 * part
        }
        Kind::Real if base == 0.0 => 0.3 * part,
        Kind::Real => base * (0.4 + 1.4 * part),
    };
    let margin = 1e-6 * (limit.high - limit.low);
    let low = if limit.low_open { limit.low + margin } else { limit.low };
    let high = if limit.high_open { limit.high - margin } else { limit.high };
    value.clamp(low, high)
}

/// A deal that was drawn, and its run.
pub(crate) struct Drawn {
    pub(crate) calculator: Calculator,
    pub(crate) request: Request,
    pub(crate) run: Run,
}

impl Drawn {
    /// The deal with a draw applied; `None` where the values do not go together.
    pub(crate) fn new(mut calculator: Calculator, draw: &Draw) -> Option<Self> {
        let mut request = Request::default();
        let quantities = &calculator.deal().quantities;
        for (which, part) in &draw.changes {
            let index = ((which * quantities.len() as f64) as usize).min(quantities.len() - 1);
            let quantity = &quantities[index];
            let value = Setting::Number(sensible(quantity, *part));
            request.set.push((quantity.path.clone(), value));
        }
        let clauses = calculator.deal().clauses().iter().enumerate();
        let left_out = clauses.filter(|(bit, _)| draw.left_out >> bit & 1 == 1);
        request.without = left_out.map(|(_, clause)| clause.id.clone()).collect();
        match calculator.run(&request) {
            Ok(run) => Some(Self { calculator, request, run }),
            Err(error) => {
                let apart = |kind| matches!(kind, FaultKind::Order | FaultKind::Undefined);
                assert!(error.faults().iter().all(|f| apart(f.kind)), "{error}");
                None
            }
        }
    }

    pub(crate) fn deal(&self) -> &Deal {
        self.calculator.deal()
    }

    /// The value with which a quantity was run, if the deal has it.
    pub(crate) fn find(&self, path: &str) -> Option<f64> {
        let set = self.request.set.iter().rev().find(|(p, _)| p == path);
        match set {
            Some((_, Setting::Number(value))) => Some(*value),
            _ => self.deal().quantity(path).map(|(_, quantity)| quantity.value),
        }
    }

    /// The value with which a quantity was run.
    pub(crate) fn value(&self, path: &str) -> f64 {
        self.find(path).unwrap_or_else(|| panic!("no quantity {path}"))
    }

    /// Ids of the clauses of a kind that were in force.
    pub(crate) fn active(&self, kind: &str) -> Vec<String> {
        let clauses = self.deal().clauses().iter();
        clauses
            .filter(|c| c.terms.kind() == kind && c.common.enabled)
            .map(|c| c.id.clone())
            .filter(|id| !self.request.without.contains(id))
            .collect()
    }

    /// A series that must be there.
    pub(crate) fn series(&self, name: &str) -> &[f64] {
        super::series(&self.run, name)
    }

    /// The sum of the flows before tax of all clauses of a kind that were in force, in a quarter.
    pub(crate) fn flow(&self, kind: &str, k: usize) -> f64 {
        let ids = self.active(kind);
        ids.iter().map(|id| self.series(&format!("flow.{id}"))[k]).sum()
    }

    /// The same request with some more values set and some more clauses left out.
    pub(crate) fn again(&self, set: &[(&str, f64)], without: &[&str]) -> Run {
        let mut request = self.request.clone();
        for (path, value) in set {
            request.set.push(((*path).to_owned(), Setting::Number(*value)));
        }
        request.without.extend(without.iter().map(|id| (*id).to_owned()));
        let mut calculator = self.calculator.clone();
        calculator.run(&request).unwrap_or_else(|error| panic!("{error}"))
    }
}
