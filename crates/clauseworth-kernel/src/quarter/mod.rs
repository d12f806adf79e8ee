//! The quarters in their order (Model 4 to 7): demand, compute, the clauses, the lab's money.
//!
//! Every step loops over the clauses of a kind, so that no kind is asked for inside; where lanes may differ both
//! outcomes are computed and one is selected.

mod clauses;
mod close;
mod money;
mod service;

use crate::ledger::{Ledger, input};
use crate::plan::{ClauseSet, Plan, Slot};
use crate::real::Real;
use crate::timeline::Events;
use crate::widest::apart;

/// What is carried from one quarter to the next.
pub(super) struct State<R> {
    /// Installed capacity: `K_{k-1}`.
    pub(super) gw: R,
    /// Deliverable so far: `Kc`.
    pub(super) deliverable: R,
    /// Used so far, shortfalls paid included: `Used_{k-1}`.
    pub(super) used: R,
    /// Cash after pay-out.
    pub(super) cash: R,
    /// Payable: `Y_{k-1}`.
    pub(super) payable: R,
    /// Losses carried forward.
    pub(super) losses: R,
    /// Received under the waterfall.
    pub(super) received: R,
    /// Equity value: `EqV_{k-1}`.
    pub(super) equity: R,
    /// Stakes of the equity clause and of the other holders: `w`, `o`.
    pub(super) stake: R,
    pub(super) holders: R,
    /// Tax basis of the equity clause's stake.
    pub(super) basis: R,
    /// Highest equity value of the lab and of the backer at a quarter's end so far.
    pub(super) lab_high: R,
    pub(super) backer_high: R,
}

/// A quarter as far as the lab's money does not touch it.
pub(super) struct Quarter<R> {
    pub(super) revenue: R,
    pub(super) goods: R,
    pub(super) compute: R,
    pub(super) opex: R,
    /// What the lab owes for the quarter under 6.3, 6.8 and 6.9, less what it receives under 6.4.
    pub(super) owed: R,
    pub(super) interest: R,
    pub(super) payable: R,
    /// Capital received and warrants paying the lab.
    pub(super) received: R,
    /// Milestone purchase.
    pub(super) milestone: R,
}

/// The lab's money for one shortfall (Model 7.1 to 7.5).
pub(super) struct Money<R> {
    pub(super) waterfall: R,
    pub(super) profit: R,
    pub(super) tax: R,
    pub(super) losses: R,
    pub(super) enterprise: R,
    pub(super) cash: R,
    pub(super) raised: R,
    /// Equity value before and after the raise: `Eq` and `Eq + F_k`.
    pub(super) equity_before: R,
    pub(super) equity: R,
    /// Factor of all stakes at the milestone purchase, and what a purchased dollar buys.
    pub(super) milestone_factor: R,
    pub(super) per_milestone: R,
    /// Factor of all stakes at the raise, and what a raised dollar buys.
    pub(super) raise_factor: R,
    pub(super) per_raised: R,
}

/// Runs all quarters.
pub(crate) fn run<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    events: &Events<R>,
    ledger: &mut Ledger<R>,
) {
    Runner::new(plan, inputs, active, events).run(ledger);
}

/// The multiple of revenue `M0` of the whole deal, from its first quarter (Model 7.3), and whether there is none.
pub(crate) fn implied_multiple<R: Real>(
    plan: &Plan,
    inputs: &[R],
    events: &Events<R>,
    ledger: &mut Ledger<R>,
) -> (R, bool) {
    let runner = Runner::new(plan, inputs, plan.enabled, events);
    let mut state = runner.opening();
    apart!(R, runner.demand(0, ledger));
    apart!(R, runner.compute(0, &mut state, ledger));
    runner.implied_multiple(ledger)
}

/// A run of some clauses of a plan.
pub(super) struct Runner<'a, R: Real> {
    pub(super) plan: &'a Plan,
    pub(super) inputs: &'a [R],
    pub(super) active: ClauseSet,
    pub(super) events: &'a Events<R>,
    pub(super) n: usize,
}

impl<'a, R: Real> Runner<'a, R> {
    fn new(plan: &'a Plan, inputs: &'a [R], active: ClauseSet, events: &'a Events<R>) -> Self {
        Self {
            plan,
            inputs,
            active,
            events,
            n: plan.quarters(),
        }
    }

    #[inline(always)]
    pub(super) fn x(&self, slot: Slot) -> R {
        input(self.inputs, slot)
    }

    /// `e_k` of a clause, 0 where it is not part of the deal.
    #[inline(always)]
    pub(super) fn in_force(&self, ledger: &Ledger<R>, clause: usize, k: usize) -> R {
        if self.active.has(clause) {
            ledger.in_force.at(clause, k)
        } else {
            R::zero()
        }
    }

    /// Books a flow on a clause or, where the clause is not part of the deal, on the market.
    #[inline(always)]
    pub(super) fn book_or_market(&self, ledger: &mut Ledger<R>, clause: usize, k: usize, flow: R) {
        if self.active.has(clause) {
            ledger.flow.add(clause, k, flow);
        } else {
            ledger.c.market[k] = ledger.c.market[k] + flow;
        }
    }

    fn run(&self, ledger: &mut Ledger<R>) {
        ledger.flow.clear();
        ledger.flow_after_tax.clear();
        ledger.share_paid.clear();
        ledger.c.market.fill(R::zero());
        ledger.participation = R::zero();
        ledger.proceeds = R::zero();
        ledger.equity_value_at_exit = R::zero();
        for cells in [
            &mut ledger.scratch.milestone_stake,
            &mut ledger.scratch.milestone_basis,
            &mut ledger.scratch.milestone_spent,
            &mut ledger.scratch.share_earned,
        ] {
            cells.fill(R::zero());
        }
        let mut state = self.opening();
        for k in 0..self.n {
            apart!(R, self.demand(k, ledger));
            let due = apart!(R, self.compute(k, &mut state, ledger));
            let quarter = apart!(R, self.clauses(k, &state, ledger));
            let money = apart!(R, self.limited_money(k, &state, &quarter, due, ledger));
            apart!(R, self.close(k, &mut state, &quarter, &money, ledger));
        }
    }

    fn opening(&self) -> State<R> {
        let plan = self.plan;
        let equity = plan.equity.as_ref().filter(|e| self.active.has(e.clause));
        let stake = equity.map_or(R::zero(), |e| self.x(e.fraction));
        let mut basis = R::zero();
        for capital in plan.capital.iter().filter(|c| self.active.has(c.clause)) {
            for amount in &capital.history {
                basis = basis + (-self.x(*amount)).positive();
            }
        }
        let mut received = R::zero();
        if let Some(share) = &plan.profit_share {
            for amount in &share.history {
                received = received + self.x(*amount).positive();
            }
        }
        State {
            gw: self
                .plan
                .capacity
                .as_ref()
                .map_or(R::zero(), |c| self.x(c.capacity)),
            deliverable: R::zero(),
            used: R::zero(),
            cash: self.x(plan.rates.cash),
            payable: R::zero(),
            losses: self.x(plan.rates.tax_losses),
            received,
            equity: self.x(plan.rates.valuation),
            stake,
            holders: R::one() - stake,
            basis,
            lab_high: R::of(f64::NEG_INFINITY),
            backer_high: R::of(f64::NEG_INFINITY),
        }
    }

    /// Whether a moment of model time lies in quarter `k`, those beyond the grid in its last.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn falls_in(&self, k: usize, time: R) -> R::Mask {
        let start = R::of(self.plan.grid.start[k]).le(time);
        if k + 1 == self.n {
            return start;
        }
        R::and(start, time.lt(R::of(self.plan.grid.start[k + 1])))
    }

    /// Moments before the effective date count as its own.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn clamped_time(&self, slot: Slot) -> R {
        (self.x(slot) - R::of(self.plan.grid.origin)).positive()
    }
}
