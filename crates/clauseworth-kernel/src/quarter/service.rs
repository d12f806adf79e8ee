//! Demand and compute: what people would pay for, what the backer serves of it, what is lost (Model 4.4 to 5.5).

use super::{Runner, State};
use crate::ledger::Ledger;
use crate::real::Real;

impl<R: Real> Runner<'_, R> {
    /// Demanded revenue by line, after cannibalisation (Model 4.4 to 4.6), and the need for compute (5.1).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn demand(&self, k: usize, ledger: &mut Ledger<R>) {
        let plan = self.plan;
        let length = R::of(plan.grid.length[k]);
        let lines = plan.lines.len();
        let c = &mut ledger.c;
        let scratch = &mut ledger.scratch;
        let mut total = R::zero();
        for i in 0..lines {
            let demanded = ledger.line_level.at(i, k) * c.lab_boost[k] * length;
            scratch.demanded[i] = demanded;
            total = total + demanded;
        }
        if plan.devices.is_some() {
            scratch.demanded[lines] = c.hardware[k];
            scratch.demanded[lines + 1] = c.services[k];
            total = total + c.hardware[k] + c.services[k];
        }
        let mut lost = R::zero();
        for rights in &plan.ip_rights {
            let force = if self.active.has(rights.clause) {
                ledger.in_force.at(rights.clause, k)
            } else {
                R::zero()
            };
            let kept = force + (R::one() - force) * self.x(rights.otherwise);
            let level = ledger.product_level.at(rights.product, k);
            let product = level * c.backer_boost[k] * length * kept;
            scratch.product[rights.product] = product;
            lost = lost + self.x(rights.cannibalises) * R::ratio(product, total, 0.0);
        }
        let factor = (R::one() - lost).positive();
        let mut need = c.training[k];
        for i in 0..plan.line_count() {
            scratch.demanded[i] = scratch.demanded[i] * factor;
            need = need + scratch.demanded[i] * ledger.line_inference.at(i, k);
        }
        c.goods_sold[k] = c.goods[k] * factor;
        c.demand[k] = total * factor;
        c.need[k] = need;
    }

    /// What the backer serves and what is lost (Model 5.2 to 5.5); gives the shortfall that falls due (6.5).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn compute(&self, k: usize, state: &mut State<R>, ledger: &mut Ledger<R>) -> R {
        let plan = self.plan;
        let length = R::of(plan.grid.length[k]);
        let regulation = ledger.c.regulation[k];
        let need = ledger.c.need[k];
        let hosting_cap = plan.regulation.hosting_share_cap.map(|slot| self.x(slot));

        let mut asked = R::zero();
        if let Some(hosting) = &plan.hosting {
            let force = self.in_force(ledger, hosting.clause, k);
            let (from, to, part) = hosting.share.quarters[k];
            let share = self.x(from) + (self.x(to) - self.x(from)) * R::of(part);
            let mut theta = share * force + self.x(hosting.otherwise) * (R::one() - force);
            if let Some(cap) = hosting_cap {
                theta = theta * (R::one() - regulation) + theta.min(cap) * regulation;
            }
            asked = theta * need;
            if plan.devices.is_some() {
                let services = plan.lines.len() + 1;
                let inference = ledger.line_inference.at(services, k);
                let need_of_devices = ledger.scratch.demanded[services] * inference;
                let hosted = plan.devices_clause.as_ref().filter(|d| d.hosted);
                let force = hosted.map_or(R::zero(), |d| self.in_force(ledger, d.clause, k));
                let of_devices = force + (R::one() - force) * theta;
                asked = theta * (need - need_of_devices) + of_devices * need_of_devices;
            }
        }

        let c = &mut ledger.c;
        let commitment = plan
            .commitment
            .as_ref()
            .filter(|m| self.active.has(m.clause));
        let mut minimum = R::zero();
        let in_term = c.in_term[k];
        let running = R::zero().lt(in_term);
        if let Some(commitment) = commitment {
            let mut committed = c.agreed_commitment[k];
            c.committed[k] = committed;
            if plan.capacity.is_some() {
                let deliverable = c.build_limit[k] * c.price[k] * length;
                state.deliverable = state.deliverable + in_term * deliverable;
                committed = committed.min(state.deliverable);
            }
            minimum = self.x(commitment.take_or_pay) * committed;
            let due = (minimum - state.used).positive();
            let most = match hosting_cap {
                Some(cap) => need * (R::one() - regulation + regulation * cap.min(R::one())),
                None => need,
            };
            let used_first = asked.max(most.min(due / in_term));
            asked = R::select(running, used_first, asked);
        } else {
            c.committed[k] = R::zero();
        }

        let mut served = asked;
        if plan.capacity.is_some() {
            let value = c.price[k] * length;
            let wanted = asked / value;
            let installed = state.gw.max(wanted.min(c.build_limit[k]));
            c.gw[k] = installed;
            c.gw_new[k] = installed - state.gw;
            state.gw = installed;
            served = asked.min(installed * value);
            c.gw_used[k] = served / value;
        }
        if let Some(capacity) = &plan.capacity {
            let used = c.gw_used[k] * self.x(capacity.pue) * self.x(capacity.load);
            c.twh[k] = used * R::of(8.76) * length;
        }
        let lost = (R::one() - self.x(plan.elsewhere)) * (asked - served);
        let lost_part = R::ratio(lost, need, 0.0);
        let realised = R::one() - self.x(plan.loss_per_unserved) * lost_part;
        let mut revenue = R::zero();
        for i in 0..plan.line_count() {
            let line = ledger.scratch.demanded[i] * realised;
            ledger.line_revenue.set(i, k, line);
            revenue = revenue + line;
        }
        let premium = match &plan.hosting {
            Some(hosting) if self.active.has(hosting.clause) => c.agreed_premium[k],
            _ => R::zero(),
        };
        c.hosting_premium[k] = premium;
        let elsewhere = R::one() + self.x(plan.elsewhere_premium);
        c.served[k] = served;
        c.lost[k] = lost;
        c.revenue[k] = revenue;
        c.goods_sold[k] = c.goods_sold[k] * realised;
        c.compute[k] = (R::one() + premium) * served + elsewhere * (need - lost - served);
        if commitment.is_some() {
            let shortfall = (minimum - state.used - in_term * served).positive();
            state.used = state.used + in_term * served;
            shortfall.only(running)
        } else {
            R::zero()
        }
    }

    /// `M0`: the valuation at signing over the revenue that it is a multiple of (Model 7.3), once quarter 0 is computed.
    pub(super) fn implied_multiple(&self, ledger: &Ledger<R>) -> (R, bool) {
        let plan = self.plan;
        let length = R::of(plan.grid.length[0]);
        let (mut run_rate, mut demanded) = (R::zero(), R::zero());
        for (i, line) in plan.lines.iter().enumerate() {
            run_rate = run_rate + self.x(line.curve.run_rate);
            demanded = demanded + ledger.line_level.at(i, 0) * ledger.c.lab_boost[0] * length;
        }
        let net = ledger.c.revenue[0] - ledger.c.goods_sold[0];
        let value = self.x(plan.rates.valuation) - self.x(plan.rates.cash);
        let undefined = R::any(R::not(R::zero().lt(net)));
        (value / (run_rate * net / demanded), undefined)
    }
}
