//! What serving costs its owner (Model 5.6, 5.7): running cost, capital cost with its lead time, replacement of chips,
//! depreciation and what is left at the end.

use crate::ledger::{Ledger, input};
use crate::plan::{Plan, PlannedServing};
use crate::real::Real;

/// A number of quarters, rounded halves up, at least 1.
fn quarters(value: f64) -> usize {
    (value + 0.5).floor().max(1.0) as usize
}

/// Fills the hosting columns: the flow before tax, what is taxed of it, and the capital expenditure.
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
    scratch.depreciation.fill(R::zero());
    scratch.expensed.fill(R::zero());
    scratch.cohort.fill(R::zero());
    let expensing = x(plan.rates.expensing);
    let kept = R::one() - expensing;
    let chips = x(chip_fraction);
    let shells = R::one() - chips;
    let (mut left, mut book) = (R::zero(), R::zero());
    let sunk = plan.capacity.as_ref().map_or(R::zero(), |c| x(c.capacity));

    for lane in 0..R::LANES {
        let chip_quarters = quarters(4.0 * x(chip_life).lane(lane));
        let shell_quarters = quarters(4.0 * x(shell_life).lane(lane));
        let lead_quarters = quarters(x(lead).lane(lane));
        let parts = R::of(1.0 / lead_quarters as f64);
        for k in 0..n {
            // The vintage of quarter k, paid for in equal parts that end with the quarter; earlier ones fall to quarter 0.
            let cost = c.gw_new[k] * c.capital_cost[k];
            for part in 0..lead_quarters {
                let paid = k.saturating_sub(part);
                c.capex[paid].add_lane(lane, cost * parts);
                scratch.expensed[paid].add_lane(lane, cost * parts * expensing);
            }
            // Chips whose age reaches a multiple of their life are replaced as far as they are used.
            let mut cohort = c.gw_new[k];
            if k == 0 {
                cohort = cohort + sunk;
            }
            scratch.cohort[k].add_lane(lane, cohort);
            let mut replaced = R::zero();
            if k >= chip_quarters {
                let old = scratch.cohort[k - chip_quarters];
                scratch.cohort[k].add_lane(lane, old);
                let used = R::ratio(c.gw_used[k], c.gw[k], 0.0);
                replaced = old * chips * c.capital_cost[k] * used;
                c.capex[k].add_lane(lane, replaced);
                scratch.expensed[k].add_lane(lane, replaced * expensing);
            }
            let mut in_service = |amount: R, life: usize| {
                let yearly = amount * kept * R::of(1.0 / life as f64);
                scratch.depreciation[k].add_lane(lane, yearly);
                if k + life < n {
                    scratch.depreciation[k + life].add_lane(lane, -yearly);
                }
                let age = n - k;
                if age < life {
                    let part = R::of((life - age) as f64 / life as f64);
                    left.add_lane(lane, amount * part);
                    book.add_lane(lane, amount * part * kept);
                }
            };
            in_service(cost * chips + replaced, chip_quarters);
            in_service(cost * shells, shell_quarters);
        }
    }

    // So far the column has what begins and what ends in a quarter; summed up it is what is deducted.
    let mut deducted = R::zero();
    for depreciation in &mut scratch.depreciation {
        deducted = deducted + *depreciation;
        *depreciation = deducted;
    }
    for k in 0..n {
        let length = R::of(plan.grid.length[k]);
        let idle = c.gw[k] - c.gw_used[k];
        let resold = x(resale) * c.price[k] * length * idle;
        let income = (R::one() + c.hosting_premium[k]) * c.served[k] + resold;
        let running = c.twh[k] * c.energy_cost[k] + c.running_cost[k] * c.gw[k] * length;
        c.hosting[k] = income - running - c.capex[k];
        c.hosting_taxable[k] = income - running - scratch.depreciation[k] - scratch.expensed[k];
    }
    let returned = left * x(residual);
    c.hosting[n - 1] = c.hosting[n - 1] + returned;
    c.hosting_taxable[n - 1] = c.hosting_taxable[n - 1] + returned - book;
}
