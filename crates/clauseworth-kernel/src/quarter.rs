//! The quarters in their order (Model 4 to 7): demand, compute, the clauses, the lab's money.
//!
//! Every step loops over the clauses of a kind, so that no kind is asked for inside; where lanes may differ both
//! outcomes are computed and one is selected.

use crate::ledger::{Ledger, input};
use crate::timeline::Events;
use crate::plan::Slot;
use crate::plan::{ClauseSet, Plan};
use crate::real::Real;

/// What is carried from one quarter to the next.
struct State<R> {
    /// Installed capacity: `K_{k-1}`.
    gw: R,
    /// Deliverable so far: `Kc`.
    deliverable: R,
    /// Used so far, shortfalls paid included: `Used_{k-1}`.
    used: R,
    /// Cash after pay-out.
    cash: R,
    /// Payable: `Y_{k-1}`.
    payable: R,
    /// Losses carried forward.
    losses: R,
    /// Received under the waterfall.
    received: R,
    /// Equity value: `EqV_{k-1}`.
    equity: R,
    /// Stakes of the equity clause and of the other holders: `w`, `o`.
    stake: R,
    holders: R,
    /// Tax basis of the equity clause's stake.
    basis: R,
    /// Highest equity value of the lab and of the backer at a quarter's end so far.
    lab_high: R,
    backer_high: R,
}

/// A quarter as far as the lab's money does not touch it.
struct Quarter<R> {
    revenue: R,
    goods: R,
    compute: R,
    opex: R,
    /// What the lab owes for the quarter under 6.3, 6.8 and 6.9, less what it receives under 6.4.
    owed: R,
    interest: R,
    payable: R,
    /// Capital received and warrants paying the lab.
    received: R,
    /// Milestone purchase.
    milestone: R,
}

/// The lab's money for one shortfall (Model 7.1 to 7.5).
struct Money<R> {
    waterfall: R,
    profit: R,
    tax: R,
    losses: R,
    enterprise: R,
    cash: R,
    raised: R,
    /// Equity value before and after the raise: `Eq` and `Eq + F_k`.
    equity_before: R,
    equity: R,
    /// Factor of all stakes at the milestone purchase, and what a purchased dollar buys.
    milestone_factor: R,
    per_milestone: R,
    /// Factor of all stakes at the raise, and what a raised dollar buys.
    raise_factor: R,
    per_raised: R,
}

/// Runs all quarters. `multiple` is `M0` where it is known, as in a coalition; else it is taken from quarter 0.
pub fn run<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    multiple: Option<R>,
    events: &Events<R>,
    ledger: &mut Ledger<R>,
) {
    Runner {
        plan,
        inputs,
        active,
        events,
        n: plan.quarters(),
    }
    .run(multiple, ledger);
}

struct Runner<'a, R: Real> {
    plan: &'a Plan,
    inputs: &'a [R],
    active: ClauseSet,
    events: &'a Events<R>,
    n: usize,
}

impl<R: Real> Runner<'_, R> {
    #[inline(always)]
    fn x(&self, slot: Slot) -> R {
        input(self.inputs, slot)
    }

    /// `e_k` of a clause, 0 where it is not part of the deal.
    #[inline(always)]
    fn in_force(&self, ledger: &Ledger<R>, clause: usize, k: usize) -> R {
        if self.active.has(clause) {
            ledger.in_force.at(clause, k)
        } else {
            R::zero()
        }
    }

    /// Books a flow on a clause or, where the clause is not part of the deal, on the market.
    #[inline(always)]
    fn book_or_market(&self, ledger: &mut Ledger<R>, clause: usize, k: usize, flow: R) {
        if self.active.has(clause) {
            ledger.flow.add(clause, k, flow);
        } else {
            ledger.c.market[k] = ledger.c.market[k] + flow;
        }
    }

    fn run(&self, multiple: Option<R>, ledger: &mut Ledger<R>) {
        ledger.flow.clear();
        ledger.flow_after_tax.clear();
        ledger.share_paid.clear();
        ledger.c.market.fill(R::zero());
        ledger.undefined = false;
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
        if let Some(multiple) = multiple {
            ledger.multiple = multiple;
        }
        let mut state = self.opening();
        for k in 0..self.n {
            self.demand(k, ledger);
            let due = self.compute(k, &mut state, ledger);
            if k == 0 && multiple.is_none() {
                self.imply_multiple(ledger);
            }
            let quarter = self.clauses(k, &state, ledger);
            let money = self.limited_money(k, &state, &quarter, due, ledger);
            self.close(k, &mut state, &quarter, &money, ledger);
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
            gw: self.plan.capacity.as_ref().map_or(R::zero(), |c| self.x(c.capacity)),
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

    /// Demanded revenue by line, after cannibalisation (Model 4.4 to 4.6), and the need for compute (5.1).
    fn demand(&self, k: usize, ledger: &mut Ledger<R>) {
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
    fn compute(&self, k: usize, state: &mut State<R>, ledger: &mut Ledger<R>) -> R {
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
        let commitment = plan.commitment.as_ref().filter(|m| self.active.has(m.clause));
        let mut minimum = R::zero();
        let in_term = c.in_term[k];
        let running = R::zero().lt(in_term);
        if let Some(commitment) = commitment {
            let mut committed = c.committed[k];
            if plan.capacity.is_some() {
                let deliverable = c.build_limit[k] * c.price[k] * length;
                state.deliverable = state.deliverable + in_term * deliverable;
                committed = committed.min(state.deliverable);
            }
            minimum = self.x(commitment.take_or_pay) * committed;
            let due = (minimum - state.used).positive();
            let most = match hosting_cap {
                Some(cap) => {
                    need * (R::one() - regulation + regulation * cap.min(R::one()))
                }
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
            Some(hosting) if self.active.has(hosting.clause) => c.hosting_premium[k],
            _ => {
                c.hosting_premium[k] = R::zero();
                R::zero()
            }
        };
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

    /// `M0`: the valuation at signing over the revenue that it is a multiple of (Model 7.3).
    fn imply_multiple(&self, ledger: &mut Ledger<R>) {
        let plan = self.plan;
        let length = R::of(plan.grid.length[0]);
        let (mut run_rate, mut demanded) = (R::zero(), R::zero());
        for (i, line) in plan.lines.iter().enumerate() {
            run_rate = run_rate + self.x(line.curve.run_rate);
            demanded = demanded + ledger.line_level.at(i, 0) * ledger.c.lab_boost[0] * length;
        }
        let net = ledger.c.revenue[0] - ledger.c.goods_sold[0];
        ledger.undefined = R::any(R::not(R::zero().lt(net)));
        let value = self.x(plan.rates.valuation) - self.x(plan.rates.cash);
        ledger.multiple = value / (run_rate * net / demanded);
    }

    /// The clauses that do not depend on the lab's money (Model 6).
    fn clauses(&self, k: usize, state: &State<R>, ledger: &mut Ledger<R>) -> Quarter<R> {
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
        let yielded = ((R::one() + self.x(plan.rates.cash_yield)).ln() * length).exp() - R::one();
        Quarter {
            revenue: c.revenue[k],
            goods: c.goods_sold[k],
            compute: c.compute[k],
            opex: running,
            owed,
            interest: state.cash * yielded,
            payable,
            received,
            milestone,
        }
    }

    /// Whether a moment of model time lies in quarter `k`, those beyond the grid in its last.
    fn falls_in(&self, k: usize, time: R) -> R::Mask {
        let start = R::of(self.plan.grid.start[k]).le(time);
        if k + 1 == self.n {
            return start;
        }
        R::and(start, time.lt(R::of(self.plan.grid.start[k + 1])))
    }

    /// Moments before the effective date count as its own.
    fn from_start(&self, slot: Slot) -> R {
        (self.x(slot) - R::of(self.plan.grid.origin)).positive()
    }

    /// Warrants that the lab holds pay into its cash before any raise (Model 6.10).
    fn warrants_on_backer(&self, k: usize, state: &State<R>, ledger: &mut Ledger<R>) -> R {
        let Some((value, growth)) = self.plan.backer_equity else {
            return R::zero();
        };
        let growth = (R::one() + self.x(growth)).ln() * R::of(self.plan.grid.middle[k]);
        let equity = self.x(value) * growth.exp();
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
    fn payoff(
        &self,
        k: usize,
        warrant: &crate::plan::PlannedWarrant,
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

    /// The lab's money, its shortfall cut where the raise would exceed its limit (Model 7.5).
    fn limited_money(
        &self,
        k: usize,
        state: &State<R>,
        quarter: &Quarter<R>,
        due: R,
        ledger: &mut Ledger<R>,
    ) -> Money<R> {
        let mut shortfall = due;
        let mut money = self.money(k, state, quarter, shortfall, ledger);
        let mut distress = self.wiped_out(&money);
        if let Some(limit) = self.plan.rates.raise_limit {
            let limit = self.x(limit) * state.equity.positive();
            let excess = (money.raised - limit).positive();
            let exceeds = limit.lt(money.raised);
            if R::any(exceeds) {
                shortfall = shortfall - shortfall.min(excess);
                if R::any(R::zero().lt(due)) {
                    money = self.money(k, state, quarter, shortfall, ledger);
                }
                let slack = R::of(1e-9) * (R::one() + limit);
                let still = R::and(exceeds, slack.lt(money.raised - limit));
                let wiped = self.wiped_out(&money);
                distress = R::select(still, R::one(), wiped);
            }
        }
        ledger.c.shortfall[k] = shortfall;
        ledger.c.unpaid[k] = due - shortfall;
        ledger.c.distress[k] = distress;
        money
    }

    /// 1 where a raise finds equity worth nothing.
    fn wiped_out(&self, money: &Money<R>) -> R {
        let worthless = money.equity_before.le(R::zero());
        R::one().only(R::and(R::zero().lt(money.raised), worthless))
    }

    /// Profit, tax, enterprise value, milestone purchase and raise for a given shortfall (Model 7.1 to 7.5).
    fn money(
        &self,
        k: usize,
        state: &State<R>,
        quarter: &Quarter<R>,
        shortfall: R,
        ledger: &Ledger<R>,
    ) -> Money<R> {
        let rates = &self.plan.rates;
        let c = &ledger.c;
        let costs = quarter.goods + quarter.compute + shortfall + quarter.opex + quarter.owed;
        let before = quarter.revenue - costs + quarter.interest;
        let waterfall = self.waterfall(k, state, before.positive(), ledger);
        let profit = before - waterfall;

        let gain = profit.positive();
        let sheltered = state.losses.min(self.x(rates.loss_limit) * gain);
        let tax = self.x(rates.tax_lab) * (gain - sheltered);
        let losses = state.losses - sheltered + (-profit).positive();

        let weight = c.multiple_weight[k];
        let net = quarter.revenue - quarter.goods;
        let earned = ((profit - quarter.interest) * (R::one() - self.x(rates.tax_lab))).positive();
        let earnings = self.x(rates.terminal_pe) * earned;
        let value = weight * ledger.multiple * net + (R::one() - weight) * earnings;
        let enterprise = value / R::of(self.plan.grid.length[k]) * c.premium[k];

        let payable = quarter.payable;
        let cash = state.cash + profit - tax + (payable - state.payable) + quarter.received;
        let worth = (enterprise + cash - payable).positive();
        let bought = R::zero().lt(quarter.milestone);
        let with_milestone = worth + quarter.milestone;
        let milestone_factor = R::select(bought, worth / with_milestone, R::one());
        let per_milestone = (R::one() / with_milestone).only(bought);
        let cash = cash + quarter.milestone;

        let short = cash.lt(self.x(rates.min_cash));
        let raised = (self.x(rates.target_cash) - cash).only(short);
        let equity = enterprise + cash - payable;
        let with_raise = equity.positive() + raised;
        let raising = R::zero().lt(raised);
        Money {
            waterfall,
            profit,
            tax,
            losses,
            enterprise,
            cash: cash + raised,
            raised,
            equity_before: equity,
            equity: equity + raised,
            milestone_factor,
            per_milestone,
            raise_factor: R::select(raising, equity.positive() / with_raise, R::one()),
            per_raised: (R::one() / with_raise).only(raising),
        }
    }

    /// The capped-profit waterfall (Model 6.12): the base run through the tiers.
    fn waterfall(&self, k: usize, state: &State<R>, base: R, ledger: &Ledger<R>) -> R {
        let Some(share) = &self.plan.profit_share else {
            return R::zero();
        };
        if !self.active.has(share.clause) {
            return R::zero();
        }
        let (mut rest, mut received, mut paid) = (base, state.received, R::zero());
        for (part, until) in &share.tiers {
            let part = self.x(*part);
            let room = (self.x(*until) - received).positive();
            let pays = (part * rest).min(room);
            // A tier without a share takes in all that reaches it; one that is full takes in nothing.
            let all = rest.only(R::zero().lt(room));
            let taken_in = R::select(R::zero().lt(part), pays / part, all);
            rest = (rest - taken_in).positive();
            received = received + pays;
            paid = paid + pays;
        }
        paid * ledger.in_force.at(share.clause, k)
    }

    /// Books the quarter: stakes, pay-out, warrants, divestment and exit (Model 7.4 to 7.6, 8.1).
    fn close(
        &self,
        k: usize,
        state: &mut State<R>,
        quarter: &Quarter<R>,
        money: &Money<R>,
        ledger: &mut Ledger<R>,
    ) {
        let plan = self.plan;
        let rates = &plan.rates;
        let equity_clause = plan.equity.as_ref().filter(|e| self.active.has(e.clause));
        let gains = self.x(rates.tax_gains);
        let shortfall = ledger.c.shortfall[k];
        state.used = state.used + shortfall;
        if let Some(commitment) = &plan.commitment
            && self.active.has(commitment.clause)
        {
            ledger.flow.set(commitment.clause, k, shortfall);
            ledger.c.billed[k] = ledger.c.served[k] + shortfall;
        } else {
            ledger.c.billed[k] = R::zero();
        }
        if let Some(share) = &plan.profit_share
            && self.active.has(share.clause)
        {
            ledger.flow.set(share.clause, k, money.waterfall);
            state.received = state.received + money.waterfall;
        }
        let c = &mut ledger.c;
        c.taken[k] = c.taken[k] + money.waterfall;
        c.taken_with_compute[k] = c.taken_with_compute[k] + money.waterfall + shortfall;

        // Stakes: the staff's pool, the milestone purchase, the raise.
        let kept = ((R::one() - self.x(rates.pool)).ln() * R::of(plan.grid.length[k])).exp();
        let held = state.stake * kept * money.milestone_factor;
        let diluted = kept * money.milestone_factor * money.raise_factor;
        state.holders = state.holders * diluted;
        for (index, stake) in ledger.scratch.milestone_stake.iter_mut().enumerate() {
            let now = ledger.scratch.milestone_now[index];
            *stake = *stake * diluted + now * money.per_milestone * money.raise_factor;
            let basis = &mut ledger.scratch.milestone_basis[index];
            *basis = *basis + now;
        }
        state.stake = held * money.raise_factor;
        for capital in plan.capital.iter().filter(|c| self.active.has(c.clause)) {
            for tranche in capital.tranches.iter().filter(|t| t.quarter == k) {
                state.basis = state.basis + self.x(tranche.amount);
            }
        }
        let mut equity_flow = R::zero();
        let mut equity_tax = R::zero();
        let mut put_in = R::zero();
        if let Some(equity) = equity_clause {
            let taken_up = self.x(equity.participation) * held;
            let paid = taken_up * money.raised;
            put_in = paid;
            state.stake = state.stake + paid * money.per_raised;
            state.basis = state.basis + paid;
            ledger.participation = ledger.participation + paid;
            equity_flow = equity_flow - paid;
        }

        // The pay-out.
        let spare = (money.cash - self.x(rates.target_cash)).positive();
        let worth = money.equity.positive();
        let out = spare.min((money.profit - money.tax).positive()).min(worth);
        let c = &mut ledger.c;
        c.holders_at_payout[k] = state.holders;
        let received = state.stake * out;
        equity_flow = equity_flow + received;
        equity_tax = equity_tax + gains * received;
        let worth = worth - out;
        let cash = money.cash - out;
        for (index, terms) in plan.milestones.iter().enumerate() {
            let received = ledger.scratch.milestone_stake[index] * out;
            let now = ledger.scratch.milestone_now[index];
            ledger.flow.set(terms.clause, k, received - now);
            let after = received * (R::one() - gains) - now;
            ledger.flow_after_tax.set(terms.clause, k, after);
            ledger.proceeds = ledger.proceeds + received * (R::one() - gains);
        }

        // Warrants on the lab's equity.
        state.lab_high = state.lab_high.max(worth);
        let mut paid = R::zero();
        for warrant in plan.warrants.iter().filter(|w| !w.on_backer) {
            if self.active.has(warrant.clause) {
                let payoff = self.payoff(k, warrant, worth, state.lab_high, ledger);
                ledger.flow.set(warrant.clause, k, payoff);
                ledger.flow_after_tax.set(warrant.clause, k, payoff);
                ledger.proceeds = ledger.proceeds + payoff;
                paid = paid + payoff;
            }
        }
        let left = R::select(R::zero().lt(paid), R::one() - paid / worth, R::one());
        state.stake = state.stake * left;
        state.holders = state.holders * left;
        for stake in &mut ledger.scratch.milestone_stake {
            *stake = *stake * left;
        }

        // Divestment, then exit.
        if let Some(equity) = equity_clause {
            let exit = self.from_start(equity.exit);
            // An exit at or beyond the last quarter is in the last one, so nothing is divested there.
            if let Some((cap, discount)) = plan.regulation.stake
                && k + 1 < self.n
            {
                let (start, end) = (R::of(plan.grid.start[k]), R::of(plan.grid.start[k + 1]));
                let remedy = self.events.remedy.positive();
                let bites = R::and(start.le(remedy), remedy.lt(end));
                let before_exit = end.le(exit);
                let sold = (state.stake - self.x(cap)).positive();
                let sold = sold.only(R::and(bites, before_exit));
                let price = worth * (R::one() - self.x(discount));
                let (proceeds, tax) = self.sell(state, sold, price, gains);
                equity_flow = equity_flow + proceeds;
                equity_tax = equity_tax + tax;
            }
            let exits = self.falls_in(k, exit);
            if R::any(exits) {
                let price = worth * (R::one() - self.x(equity.discount));
                let (proceeds, tax) = self.sell(state, state.stake.only(exits), price, gains);
                equity_flow = equity_flow + proceeds;
                equity_tax = equity_tax + tax;
                ledger.equity_value_at_exit = R::select(exits, worth, ledger.equity_value_at_exit);
                for index in 0..plan.milestones.len() {
                    let stake = ledger.scratch.milestone_stake[index].only(exits);
                    self.sell_milestone(k, index, stake, price, gains, ledger);
                }
            }
            // Participation is money put in, not a proceed.
            ledger.flow.set(equity.clause, k, equity_flow);
            ledger.flow_after_tax.set(equity.clause, k, equity_flow - equity_tax);
            ledger.proceeds = ledger.proceeds + equity_flow + put_in - equity_tax;
        }
        if k + 1 == self.n {
            for index in 0..plan.milestones.len() {
                let stake = ledger.scratch.milestone_stake[index];
                self.sell_milestone(k, index, stake, worth, gains, ledger);
            }
        }

        let c = &mut ledger.c;
        c.profit[k] = money.profit;
        c.tax[k] = money.tax;
        c.cash[k] = cash;
        c.raised[k] = money.raised;
        c.paid_out[k] = out;
        c.enterprise_value[k] = money.enterprise;
        c.equity_value[k] = worth;
        c.holders[k] = state.holders;
        let mut stake = state.stake;
        for milestone in &ledger.scratch.milestone_stake {
            stake = stake + *milestone;
        }
        c.stake[k] = stake;

        state.cash = cash;
        state.payable = quarter.payable;
        state.losses = money.losses;
        state.equity = worth;
        if let Some((value, growth)) = plan.backer_equity {
            let growth = (R::one() + self.x(growth)).ln() * R::of(plan.grid.middle[k]);
            state.backer_high = state.backer_high.max(self.x(value) * growth.exp());
        }
    }

    /// Sells a part of the equity clause's stake: proceeds, and the tax on the gain over its part of the basis.
    fn sell(&self, state: &mut State<R>, sold: R, price: R, gains: R) -> (R, R) {
        let part = R::ratio(sold, state.stake, 0.0);
        let basis = state.basis * part;
        let proceeds = sold * price;
        state.stake = R::select(R::zero().lt(sold), state.stake - sold, state.stake);
        state.basis = state.basis - basis;
        (proceeds, gains * (proceeds - basis).positive())
    }

    /// Sells a stake bought by milestones, whole.
    fn sell_milestone(
        &self,
        k: usize,
        index: usize,
        sold: R,
        price: R,
        gains: R,
        ledger: &mut Ledger<R>,
    ) {
        let clause = self.plan.milestones[index].clause;
        let scratch = &mut ledger.scratch;
        let part = R::ratio(sold, scratch.milestone_stake[index], 0.0);
        let basis = scratch.milestone_basis[index] * part;
        scratch.milestone_basis[index] = scratch.milestone_basis[index] - basis;
        scratch.milestone_stake[index] = scratch.milestone_stake[index] - sold;
        let proceeds = sold * price;
        let after = proceeds - gains * (proceeds - basis).positive();
        ledger.flow.add(clause, k, proceeds);
        ledger.flow_after_tax.add(clause, k, after);
        ledger.proceeds = ledger.proceeds + after;
    }
}
