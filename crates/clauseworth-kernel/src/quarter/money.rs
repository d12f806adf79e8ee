//! The lab's money for a quarter: profit, tax, enterprise value, raise and its limit (Model 6.12, 7.1 to 7.5).

use super::{Money, Quarter, Runner, State};
use crate::ledger::Ledger;
use crate::real::Real;
use crate::timeline::over_length;
use crate::widest::apart;

impl<R: Real> Runner<'_, R> {
    /// The lab's money, its shortfall cut where the raise would exceed its limit (Model 7.5).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn limited_money(
        &self,
        k: usize,
        state: &State<R>,
        quarter: &Quarter<R>,
        due: R,
        ledger: &mut Ledger<R>,
    ) -> Money<R> {
        let mut shortfall = due;
        let mut money = apart!(R, self.money(k, state, quarter, shortfall, ledger));
        let mut distress = self.wiped_out(&money);
        if let Some(limit) = self.plan.rates.raise_limit {
            let limit = self.x(limit) * state.equity.positive();
            let excess = (money.raised - limit).positive();
            let exceeds = limit.lt(money.raised);
            if R::any(exceeds) {
                shortfall = shortfall - shortfall.min(excess);
                if R::any(R::zero().lt(due)) {
                    money = apart!(R, self.money(k, state, quarter, shortfall, ledger));
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
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn wiped_out(&self, money: &Money<R>) -> R {
        let worthless = money.equity_before.le(R::zero());
        R::one().only(R::and(R::zero().lt(money.raised), worthless))
    }

    /// Profit, tax, enterprise value, milestone purchase and raise for a given shortfall (Model 7.1 to 7.5).
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn money(
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
        let enterprise = over_length(&self.plan.grid, k, value) * c.premium[k];

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
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn waterfall(&self, k: usize, state: &State<R>, base: R, ledger: &Ledger<R>) -> R {
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
}
