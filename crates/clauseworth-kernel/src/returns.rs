//! Rates of return of a run (Model 8.5): its flows after tax, each on its own day.

use crate::calendar::Grid;
use crate::cashflow::Schedule;
use crate::ledger::{Ledger, input};
use crate::measure::{Measure, Returns, rates_of_return};
use crate::plan::{ClauseSet, Plan, PlannedCapital, PlannedHistory};
use crate::real::Real;

/// The days on which the flows of all runs of a plan fall. Those of a clause that is not in force are there with nothing
/// flowing.
#[derive(Clone, Debug, Default)]
pub struct Dates {
    history: Schedule,
    forward: Schedule,
    since_inception: Schedule,
    holders: Schedule,
}

impl Dates {
    /// The days of a plan's flows.
    #[must_use]
    pub fn new(grid: &Grid, capital: &[PlannedCapital], history: &[PlannedHistory]) -> Self {
        let history: Vec<i32> = history.iter().map(|entry| entry.days).collect();
        let tranches = capital.iter().flat_map(|capital| &capital.tranches);
        let mut forward: Vec<i32> = tranches.map(|tranche| tranche.days).collect();
        forward.extend(&grid.payment_days);
        let mut holders = vec![0];
        holders.extend(&grid.payment_days);
        holders.extend(grid.payment_days.last());
        Self {
            since_inception: Schedule::new(&[history.as_slice(), &forward].concat()),
            history: Schedule::new(&history),
            forward: Schedule::new(&forward),
            holders: Schedule::new(&holders),
        }
    }

    /// Fills what 1 on each payment date is worth on the effective date, at a continuous rate (Model 8.2).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(crate) fn discount_payments<R: Real>(&self, rate: R, factors: &mut [R]) {
        // The other holders have the effective date and all payment dates. Where the first of these is the effective date
        // itself, it is there once.
        let mut skip = self.holders.len() - factors.len();
        let mut factors = factors.iter_mut();
        self.holders.discount(rate, |_, factor| {
            if skip > 0 {
                skip -= 1;
            } else if let Some(out) = factors.next() {
                *out = factor;
            }
        });
    }
}

/// Room for flows, by entry and by day.
#[derive(Clone, Debug)]
pub(crate) struct Room<R> {
    flows: Vec<R>,
    by_day: Vec<R>,
}

impl<R> Default for Room<R> {
    fn default() -> Self {
        Self {
            flows: Vec::new(),
            by_day: Vec::new(),
        }
    }
}

/// What the dates of flows tell.
pub(crate) struct Found<R: Real> {
    /// Of the flows from the effective date.
    pub(crate) forward: Returns<R>,
    /// Of all flows.
    pub(crate) since_inception: Returns<R>,
    /// Of the lab's other holders.
    pub(crate) holders: Measure<R>,
    /// The sum of the history, the lowest that it was at the end of a day, and whether it was below 0.
    pub(crate) history: (R, R, R::Mask),
    /// What is paid in on days of its own, in all.
    pub(crate) tranches: R,
}

/// Looks at the flows of a ledger whose totals are filled.
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(crate) fn look<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    ledger: &mut Ledger<R>,
) -> Found<R> {
    let dates = &plan.dates;
    let c = &ledger.c;
    let mut room = std::mem::take(&mut ledger.scratch.returns);
    let flows = &mut room.flows;
    let of = |clause: usize, slot| {
        if active.has(clause) {
            input(inputs, slot)
        } else {
            R::zero()
        }
    };

    flows.clear();
    let entries = plan.history.iter();
    flows.extend(entries.map(|entry| of(entry.clause, entry.amount)));
    let before = flows.len();
    dates.history.by_day(flows, &mut room.by_day);
    let mut history = (R::zero(), R::zero(), R::zero().lt(R::zero()));
    for amount in &room.by_day {
        let (running, peak, below) = &mut history;
        *running = *running + *amount;
        *peak = peak.min(*running);
        *below = R::or(*below, running.lt(R::zero()));
    }

    let mut tranches = R::zero();
    for capital in &plan.capital {
        for tranche in &capital.tranches {
            let amount = of(capital.clause, tranche.amount);
            tranches = tranches + amount;
            flows.push(-amount);
        }
    }
    let payments = flows.len();
    flows.extend_from_slice(&c.flow_total_after_tax);
    // What is paid in on days of its own is part of its quarter's total.
    for capital in &plan.capital {
        for tranche in &capital.tranches {
            let rest = &mut flows[payments + tranche.quarter];
            *rest = *rest + of(capital.clause, tranche.amount);
        }
    }
    dates.forward.by_day(&flows[before..], &mut room.by_day);
    let forward = rates_of_return(&dates.forward, &room.by_day);
    let since_inception = if before == 0 {
        forward.clone()
    } else {
        dates.since_inception.by_day(flows, &mut room.by_day);
        rates_of_return(&dates.since_inception, &room.by_day)
    };

    // The other holders at signing pay the market price and get what is paid out to them (Model 8.4, 8.5).
    let equity = plan.equity.as_ref().filter(|e| active.has(e.clause));
    let stake = equity.map_or(R::zero(), |e| input(inputs, e.fraction));
    flows.clear();
    flows.push(-((R::one() - stake) * input(inputs, plan.rates.valuation)));
    let paid = c.holders_at_payout.iter().zip(&c.paid_out);
    flows.extend(paid.map(|(part, paid)| *part * *paid));
    let last = plan.quarters() - 1;
    flows.push(c.holders[last] * c.equity_value[last]);
    dates.holders.by_day(flows, &mut room.by_day);
    let holders = rates_of_return(&dates.holders, &room.by_day).first;

    ledger.scratch.returns = room;
    Found {
        forward,
        since_inception,
        holders,
        history,
        tranches,
    }
}
