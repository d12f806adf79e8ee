//! What serving costs its owner (Model 5.6, 5.7): running cost, capital cost with its lead time, replacement of chips,
//! depreciation and what is left at the end.

use crate::ledger::{Ledger, input};
use crate::plan::{Plan, PlannedServing};
use crate::real::Real;

/// A number of quarters, rounded halves up, at least 1: lane by lane.
struct Quarters<R> {
    number: R,
    longest: usize,
}

impl<R: Real> Quarters<R> {
    fn of(value: R) -> Self {
        let mut quarters = Self {
            number: R::zero(),
            longest: 0,
        };
        for lane in 0..R::LANES {
            let rounded = (value.lane(lane) + 0.5).floor().max(1.0);
            quarters.number.add_lane(lane, R::of(rounded));
            quarters.longest = quarters.longest.max(rounded as usize);
        }
        quarters
    }

    /// The value of a column so many quarters before `k`, 0 where that is before the first.
    #[inline(always)]
    fn before(&self, column: &[R], k: usize) -> R {
        let mut found = R::zero();
        for lane in 0..R::LANES {
            let back = self.number.lane(lane) as usize;
            if back <= k {
                found.add_lane(lane, column[k - back]);
            }
        }
        found
    }
}

/// Fills the hosting columns: the flow before tax, what is taxed of it, and the capital expenditure.
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(crate) fn fill<R: Real>(plan: &Plan, inputs: &[R], ledger: &mut Ledger<R>) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let n = plan.quarters();
    ledger.c.capex.fill(R::zero());
    let infrastructure = match plan.serving {
        PlannedServing::Margin(margin) => {
            let c = &mut ledger.c;
            for k in 0..n {
                let profit = (x(margin) + c.hosting_premium[k]) * c.served[k];
                c.hosting[k] = profit;
                c.hosting_taxable[k] = profit;
            }
            return;
        }
        PlannedServing::Infrastructure { .. } => &plan.serving,
    };
    let PlannedServing::Infrastructure {
        resale,
        chip_fraction,
        chip_life,
        shell_life,
        lead,
        residual,
        ..
    } = *infrastructure
    else {
        return;
    };

    let c = &mut ledger.c;
    let scratch = &mut ledger.scratch;
    let expensing = x(plan.rates.expensing);
    let kept = R::one() - expensing;
    let chips = x(chip_fraction);
    let shells = R::one() - chips;
    let (mut left, mut book) = (R::zero(), R::zero());
    let sunk = plan.capacity.as_ref().map_or(R::zero(), |c| x(c.capacity));

    let four = R::of(4.0);
    let chip_life = Quarters::of(four * x(chip_life));
    let shell_life = Quarters::of(four * x(shell_life));
    let lead = Quarters::of(x(lead));
    let part = R::one() / lead.number;
    let (per_chip, per_shell) = (kept / chip_life.number, kept / shell_life.number);
    let mut deducted = R::zero();
    for k in 0..n {
        // The vintage of quarter k, paid for in equal parts that end with the quarter; earlier ones fall to quarter 0.
        let cost = c.gw_new[k] * c.capital_cost[k];
        let paid = cost * part;
        for back in 0..lead.longest {
            let now = paid.only(R::of(back as f64).lt(lead.number));
            let at = k.saturating_sub(back);
            c.capex[at] = c.capex[at] + now;
        }
        // Chips whose age reaches a multiple of their life are replaced as far as they are used.
        let old = chip_life.before(&scratch.cohort, k);
        let mut cohort = c.gw_new[k] + old;
        if k == 0 {
            cohort = cohort + sunk;
        }
        scratch.cohort[k] = cohort;
        let used = R::ratio(c.gw_used[k], c.gw[k], 0.0);
        let replaced = old * chips * c.capital_cost[k] * used;
        c.capex[k] = c.capex[k] + replaced;

        let (new_chips, new_shells) = (cost * chips + replaced, cost * shells);
        scratch.chips[k] = new_chips * per_chip;
        scratch.shells[k] = new_shells * per_shell;
        let ended = chip_life.before(&scratch.chips, k) + shell_life.before(&scratch.shells, k);
        deducted = deducted + scratch.chips[k] + scratch.shells[k] - ended;
        scratch.depreciation[k] = deducted;
        let age = R::of((n - k) as f64);
        for (amount, life) in [(new_chips, &chip_life), (new_shells, &shell_life)] {
            let unused = amount * ((life.number - age) / life.number).positive();
            left = left + unused;
            book = book + unused * kept;
        }
    }
    for k in 0..n {
        let length = R::of(plan.grid.length[k]);
        let idle = c.gw[k] - c.gw_used[k];
        let resold = x(resale) * c.price[k] * length * idle;
        let income = (R::one() + c.hosting_premium[k]) * c.served[k] + resold;
        let running = c.twh[k] * c.energy_cost[k] + c.running_cost[k] * c.gw[k] * length;
        c.hosting[k] = income - running - c.capex[k];
        let expensed = c.capex[k] * expensing;
        c.hosting_taxable[k] = income - running - scratch.depreciation[k] - expensed;
    }
    let returned = left * x(residual);
    c.hosting[n - 1] = c.hosting[n - 1] + returned;
    c.hosting_taxable[n - 1] = c.hosting_taxable[n - 1] + returned - book;
}
