//! The clauses that do not depend on the lab's money (Model 6.3 to 6.11).

use super::{Quarter, Runner, State};
use crate::ledger::Ledger;
use crate::plan::PlannedWarrant;
use crate::real::Real;

impl<R: Real> Runner<'_, R> {
    /// The clauses that do not depend on the lab's money (Model 6).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn clauses(&self, k: usize, state: &State<R>, ledger: &mut Ledger<R>) -> Quarter<R> {
        let plan = self.plan;
        let length = R::of(plan.grid.length[k]);
        let regulation = ledger.c.regulation[k];
        let mut owed = R::zero();
        let mut taken = R::zero();
        let mut payable = state.payable;

        for (index, share) in plan.revenue_shares.iter().enumerate() {
            if !self.active.has(share.clause) {
                continue;
            }
            let mut rate = self.x(share.rate.quarters[k].0);
            if let Some(cap) = plan.regulation.share_rate_cap {
                let capped = rate.min(self.x(cap));
                rate = rate * (R::one() - regulation) + capped * regulation;
            }
            let mut covered = R::zero();
            for line in &share.lines {
                covered = covered + ledger.line_revenue.at(*line, k);
            }
            let mut earned = rate * ledger.in_force.at(share.clause, k) * covered;
            let so_far = &mut ledger.scratch.share_earned[index];
            if let Some(cap) = share.cap {
                earned = earned.min((self.x(cap) - self.x(share.paid) - *so_far).positive());
            }
            *so_far = *so_far + earned;
            // Whole quarters that cannot be uncertain, so the same in every lane.
            let over = self.x(share.pay_over).lane(0) as usize;
            let part = earned / self.x(share.pay_over);
            for quarter in k..k + over {
                ledger.share_paid.add(index, quarter.min(self.n - 1), part);
            }
            let paid = ledger.share_paid.at(index, k);
            ledger.flow.set(share.clause, k, paid);
            owed = owed + earned;
            taken = taken + paid;
            payable = payable + earned - paid;
        }

        for rights in &plan.ip_rights {
            let flow = self.x(rights.margin) * ledger.scratch.product[rights.product];
            self.book_or_market(ledger, rights.clause, k, flow);
        }
        for share in &plan.reverse_shares {
            if self.active.has(share.clause) {
                let level = ledger.product_level.at(share.product, k) * ledger.c.backer_boost[k];
                let product = level * length * ledger.in_force.at(share.clause, k);
                let paid = self.x(share.rate) * product;
                ledger.flow.set(share.clause, k, -paid);
                owed = owed - paid;
                taken = taken - paid;
            }
        }
        for api in &plan.apis {
            let force = self.in_force(ledger, api.clause, k);
            let otherwise = self.x(api.otherwise);
            let mut fraction = self.x(api.through) * force + otherwise * (R::one() - force);
            if let Some(ends) = plan.regulation.end_exclusivity {
                let ended = regulation * self.x(ends);
                fraction = fraction * (R::one() - ended) + otherwise * ended;
            }
            let mut covered = R::zero();
            for line in &api.lines {
                covered = covered + ledger.line_revenue.at(*line, k);
            }
            let commission = self.x(api.commission) * fraction * covered;
            self.book_or_market(ledger, api.clause, k, commission);
            owed = owed + commission;
            taken = taken + commission;
        }
        if let Some(devices) = &plan.devices_clause
            && plan.devices.is_some()
            && self.active.has(devices.clause)
        {
            let hardware = ledger.line_revenue.at(plan.lines.len(), k);
            let royalty =
                self.x(devices.royalty) * hardware * ledger.in_force.at(devices.clause, k);
            ledger.flow.set(devices.clause, k, royalty);
            owed = owed + royalty;
            taken = taken + royalty;
        }

        let mut received = R::zero();
        for capital in plan.capital.iter().filter(|c| self.active.has(c.clause)) {
            for tranche in capital.tranches.iter().filter(|t| t.quarter == k) {
                let amount = self.x(tranche.amount);
                ledger.flow.add(capital.clause, k, -amount);
                received = received + amount;
            }
        }
        received = received + self.warrants_on_backer(k, state, ledger);

        let mut milestone = R::zero();
        for (index, terms) in plan.milestones.iter().enumerate() {
            let spent = &mut ledger.scratch.milestone_spent[index];
            let now = if self.active.has(terms.clause) {
                let room = (self.x(terms.total) - *spent).positive();
                (self.x(terms.per_gw) * ledger.c.gw_new[k]).min(room)
            } else {
                R::zero()
            };
            *spent = *spent + now;
            ledger.scratch.milestone_now[index] = now;
            milestone = milestone + now;
        }

        let c = &mut ledger.c;
        c.taken[k] = taken;
        c.taken_with_compute[k] = taken + (R::one() + c.hosting_premium[k]) * c.served[k];
        c.payable[k] = payable;
        let running = self.x(plan.rates.opex_fixed) * length + c.opex_ratio[k] * c.revenue[k];
        c.opex[k] = running;
        Quarter {
            revenue: c.revenue[k],
            goods: c.goods_sold[k],
            compute: c.compute[k],
            opex: running,
            owed,
            interest: state.cash * c.yielded[k],
            payable,
            received,
            milestone,
        }
    }

    /// Warrants that the lab holds pay into its cash before any raise (Model 6.10).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn warrants_on_backer(
        &self,
        k: usize,
        state: &State<R>,
        ledger: &mut Ledger<R>,
    ) -> R {
        let equity = ledger.c.backer_equity[k];
        let high = state.backer_high.max(equity);
        let mut paid = R::zero();
        for warrant in self.plan.warrants.iter().filter(|w| w.on_backer) {
            if self.active.has(warrant.clause) {
                let payoff = self.payoff(k, warrant, equity, high, ledger);
                ledger.flow.set(warrant.clause, k, -payoff);
                ledger.flow_after_tax.set(warrant.clause, k, -payoff);
                paid = paid + payoff;
            }
        }
        paid
    }

    /// What a warrant pays in quarter `k` on equity worth `equity`, whose highest value so far is `high`.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn payoff(
        &self,
        k: usize,
        warrant: &PlannedWarrant,
        equity: R,
        high: R,
        ledger: &Ledger<R>,
    ) -> R {
        let expires = self.falls_in(k, self.x(warrant.expiry) - R::of(self.plan.grid.origin));
        if !R::any(expires) {
            return R::zero();
        }
        let mut payoff = R::zero();
        for tranche in &warrant.tranches {
            let mut gain = self.x(tranche.fraction) * (equity - self.x(tranche.strike)).positive();
            if let Some(gw) = tranche.gw {
                gain = if self.plan.capacity.is_some() {
                    gain.only(self.x(gw).le(ledger.c.gw[k]))
                } else {
                    R::zero()
                };
            }
            if let Some(value) = tranche.value {
                gain = gain.only(self.x(value).le(high));
            }
            payoff = payoff + gain;
        }
        payoff.only(expires)
    }
}
