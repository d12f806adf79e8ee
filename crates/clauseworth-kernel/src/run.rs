//! One run of a deal (Model 1 to 8), for one world or for several side by side, for the whole deal or for a coalition of
//! its clauses: inputs in, a [`Ledger`] out. Nothing in here allocates, looks up a name, or knows what a file is.

use crate::ledger::{Ledger, input};
use crate::plan::{ClauseSet, Plan};
use crate::real::Real;
use crate::timeline::{Circumstances, Events};
use crate::valuation::{self, Npv};
use crate::widest::apart;
use crate::{infrastructure, quarter, timeline};

/// What all coalitions of a deal's clauses share in one world: the events, and the multiple of revenue `M0` that the
/// valuation at signing implies for the whole deal (Model 7.3, 9.1).
#[derive(Clone, Copy, Debug)]
pub struct World<R: Real> {
    events: Events<R>,
    multiple: R,
    /// Whether there is no such multiple: in quarter 0 the revenue does not exceed the cost of goods.
    pub undefined: bool,
}

/// Fills everything of a ledger that the coalitions share.
pub fn prepare<R: Real>(
    plan: &Plan,
    inputs: &[R],
    given: &Circumstances<'_, R>,
    ledger: &mut Ledger<R>,
) -> World<R> {
    let events = apart!(R, timeline::fill(plan, inputs, given, ledger));
    apart!(R, valuation::discount_factors(plan, inputs, ledger));
    let (multiple, undefined) = quarter::implied_multiple(plan, inputs, &events, ledger);
    World {
        events,
        multiple,
        undefined,
    }
}

/// Runs and values the clauses of `active` in a prepared world.
pub fn coalition<R: Real>(
    plan: &Plan,
    inputs: &[R],
    world: &World<R>,
    active: ClauseSet,
    ledger: &mut Ledger<R>,
) -> Npv<R> {
    ledger.multiple = world.multiple;
    quarter::run(plan, inputs, active, &world.events, ledger);
    apart!(R, infrastructure::fill(plan, inputs, ledger));
    apart!(R, settle(plan, inputs, active, ledger));
    apart!(R, valuation::present_values(plan, inputs, active, ledger))
}

/// [`prepare`] for one world. Not generic, so that it is compiled with this crate's optimisation.
pub fn prepare_one(
    plan: &Plan,
    inputs: &[f64],
    given: &Circumstances<'_, f64>,
    ledger: &mut Ledger<f64>,
) -> World<f64> {
    prepare(plan, inputs, given, ledger)
}

/// [`coalition`] for one world, likewise.
pub fn coalition_one(
    plan: &Plan,
    inputs: &[f64],
    world: &World<f64>,
    active: ClauseSet,
    ledger: &mut Ledger<f64>,
) -> Npv<f64> {
    coalition(plan, inputs, world, active, ledger)
}

/// Flows after tax of the clauses whose flows are taxed as they come, of hosting, and of the market (Model 8.1).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn settle<R: Real>(plan: &Plan, inputs: &[R], active: ClauseSet, ledger: &mut Ledger<R>) {
    let rate = input(inputs, plan.rates.tax_backer);
    let kept = R::one() - rate;
    let n = plan.quarters();
    for (flow, out) in ledger.c.market.iter().zip(&mut ledger.c.market_after_tax) {
        *out = *flow * kept;
    }
    for term in &plan.terms {
        let flow = ledger.flow.row(term.clause);
        let out = ledger.flow_after_tax.row_mut(term.clause);
        for (flow, out) in flow.iter().zip(out) {
            *out = *flow * kept;
        }
    }
    for capital in &plan.capital {
        let flow = ledger.flow.row(capital.clause);
        ledger
            .flow_after_tax
            .row_mut(capital.clause)
            .copy_from_slice(flow);
    }
    let Some(hosting) = &plan.hosting else { return };
    for k in 0..n {
        let flow = ledger.c.hosting[k];
        let after = flow - rate * ledger.c.hosting_taxable[k];
        if active.has(hosting.clause) {
            ledger.flow.set(hosting.clause, k, flow);
            ledger.flow_after_tax.set(hosting.clause, k, after);
        } else {
            ledger.c.market[k] = ledger.c.market[k] + flow;
            ledger.c.market_after_tax[k] = ledger.c.market_after_tax[k] + after;
        }
    }
}
