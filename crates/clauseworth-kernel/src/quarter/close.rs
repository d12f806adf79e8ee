//! The end of a quarter: stakes, pay-out, warrants, divestment and exit (Model 7.4 to 7.6, 8.1).

use super::{Money, Quarter, Runner, State};
use crate::ledger::Ledger;
use crate::real::Real;

impl<R: Real> Runner<'_, R> {
    /// Books the quarter: stakes, pay-out, warrants, divestment and exit (Model 7.4 to 7.6, 8.1).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn close(
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
        let kept = ledger.c.kept_by_pool[k];
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
        let mut paid_to_backer = R::zero();
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
        paid_to_backer = paid_to_backer + received;
        let worth = worth - out;
        let cash = money.cash - out;
        for (index, terms) in plan.milestones.iter().enumerate() {
            let received = ledger.scratch.milestone_stake[index] * out;
            let now = ledger.scratch.milestone_now[index];
            paid_to_backer = paid_to_backer + received;
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
            let exit = self.clamped_time(equity.exit);
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
            ledger
                .flow_after_tax
                .set(equity.clause, k, equity_flow - equity_tax);
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
        c.participated[k] = put_in;
        c.milestones[k] = quarter.milestone;
        c.paid_to_backer[k] = paid_to_backer;
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
        state.backer_high = state.backer_high.max(ledger.c.backer_equity[k]);
    }

    /// Sells a part of the equity clause's stake: proceeds, and the tax on the gain over its part of the basis.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn sell(&self, state: &mut State<R>, sold: R, price: R, gains: R) -> (R, R) {
        let part = R::ratio(sold, state.stake, 0.0);
        let basis = state.basis * part;
        let proceeds = sold * price;
        state.stake = R::select(R::zero().lt(sold), state.stake - sold, state.stake);
        state.basis = state.basis - basis;
        (proceeds, gains * (proceeds - basis).positive())
    }

    /// Sells a stake bought by milestones, whole.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn sell_milestone(
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
