//! Random deals: a deal of the tests with some of its quantities set to values that a reader might try, and some of its
//! clauses left out. The limits of the format are where the values come from.

use clauseworth::{Calculator, Deal, FaultKind, Kind, LIBRARY, Quantity, Request, Run, Setting};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

thread_local! {
    /// The deals that are drawn from: opening one takes longer than running it.
    static OPENED: Vec<(&'static str, Calculator)> = {
        let own = super::DEALS.iter().map(|name| (*name, super::deal(name)));
        let library = LIBRARY.iter().map(|deal| (deal.id, Calculator::library(deal.id).unwrap()));
        own.chain(library).collect()
    };
}

/// A deal of the tests or of the library.
pub(crate) fn opened(name: &str) -> Calculator {
    OPENED.with(|deals| {
        let found = deals.iter().find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("no deal {name}")).1.clone()
    })
}

/// A law tried on so many cases, the same in every run.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        rng_seed: RngSeed::Fixed(20_251_028),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Requests for a deal of the tests or of the library, with up to 14 quantities changed; half of them leave clauses out.
pub(crate) fn any_deal() -> impl Strategy<Value = (&'static str, Request)> {
    let names: Vec<&str> = OPENED.with(|deals| deals.iter().map(|(name, _)| *name).collect());
    prop::sample::select(names).prop_flat_map(|name| (Just(name), request_for(name)))
}

/// Requests for one deal.
pub(crate) fn request_for(name: &'static str) -> impl Strategy<Value = Request> {
    let change = (0.0..1.0, 0.0..1.0);
    let left_out = prop_oneof![Just(0), any::<u64>(), (0..16_u32).prop_map(|bit| 1 << bit)];
    let draw = (prop::collection::vec(change, 0..14), left_out);
    draw.prop_map(move |(changes, left_out)| request(&opened(name), &changes, left_out))
}

/// A request for a deal: which quantities as parts of all and where in their ranges, and a bit for each clause.
fn request(calculator: &Calculator, changes: &[(f64, f64)], left_out: u64) -> Request {
    let quantities = &calculator.deal().quantities;
    let set = changes.iter().map(|(which, part)| {
        let index = ((which * quantities.len() as f64) as usize).min(quantities.len() - 1);
        let quantity = &quantities[index];
        let value = Setting::Number(sensible(quantity, *part));
        (quantity.path.clone(), value)
    });
    let clauses = calculator.deal().clauses().iter().enumerate();
    let without = clauses.filter(|(bit, _)| left_out >> bit & 1 == 1);
    Request {
        scenario: None,
        set: set.collect(),
        without: without.map(|(_, clause)| clause.id.clone()).collect(),
    }
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
    let low = if limit.low_open {
        limit.low + margin
    } else {
        limit.low
    };
    let high = if limit.high_open {
        limit.high - margin
    } else {
        limit.high
    };
    value.clamp(low, high)
}

/// A deal that was drawn, and its run.
pub(crate) struct Drawn {
    pub(crate) calculator: Calculator,
    pub(crate) request: Request,
    pub(crate) run: Run,
}

impl Drawn {
    /// The run of a request; `None` where its values do not go together.
    pub(crate) fn new(name: &str, request: Request) -> Option<Self> {
        let mut calculator = opened(name);
        match calculator.run(&request) {
            Ok(run) => Some(Self {
                calculator,
                request,
                run,
            }),
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
            _ => self
                .deal()
                .quantity(path)
                .map(|(_, quantity)| quantity.value),
        }
    }

    /// The value with which a quantity was run.
    pub(crate) fn value(&self, path: &str) -> f64 {
        self.find(path)
            .unwrap_or_else(|| panic!("no quantity {path}"))
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
        ids.iter()
            .map(|id| self.series(&format!("flow.{id}"))[k])
            .sum()
    }

    /// The same request with some more values set and some more clauses left out.
    pub(crate) fn again(&self, set: &[(&str, f64)], without: &[&str]) -> Run {
        let mut request = self.request.clone();
        for (path, value) in set {
            request
                .set
                .push(((*path).to_owned(), Setting::Number(*value)));
        }
        request
            .without
            .extend(without.iter().map(|id| (*id).to_owned()));
        let mut calculator = self.calculator.clone();
        calculator
            .run(&request)
            .unwrap_or_else(|error| panic!("{error}"))
    }
}
