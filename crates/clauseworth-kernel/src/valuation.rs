//! A ledger's worth (Model 8): discounted flows by clause, both sides' NPV, and all metrics of section 14.1.

use crate::cashflow;
use crate::ledger::{Ledger, input};
use crate::plan::{ClauseSet, Discounting, Plan};
use crate::real::Real;

/// Net present values of both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Npv<R> {
    /// The backer's, `market` included.
    pub backer: R,
    /// The lab's other holders' at signing.
    pub lab: R,
}

/// `(1 + rate)^(-years)` at each payment date, or at some other date.
fn discount<R: Real>(rate: R, years: f64) -> R {
    (-((R::one() + rate).ln() * R::of(years))).exp()
}

/// Fills the discount factors of the payment dates (Model 8.2).
pub(crate) fn discount_factors<R: Real>(plan: &Plan, inputs: &[R], ledger: &mut Ledger<R>) {
    let rates = &plan.rates;
    let c = &mut ledger.c;
    for (rate, factors) in [
        (rates.discount_operating, &mut c.factor_operating),
        (rates.discount_contractual, &mut c.factor_contractual),
        (rates.discount_equity, &mut c.factor_equity),
        (rates.discount_lab, &mut c.factor_lab),
    ] {
        let log = (R::one() + input(inputs, rate)).ln();
        for (factor, years) in factors.iter_mut().zip(&plan.year_fractions) {
            *factor = (-(log * R::of(*years))).exp();
        }
    }
}

/// Discounts a ledger's flows, filling `discounted` (Model 8.2 to 8.4).
pub(crate) fn present_values<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    ledger: &mut Ledger<R>,
) -> Npv<R> {
    let rates = &plan.rates;
    let n = plan.quarters();
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let c = &mut ledger.c;
    let mut backer = R::zero();
    for clause in 0..plan.clause_count {
        if !active.has(clause) {
            continue;
        }
        let factors = match plan.discounting[clause] {
            Discounting::Operating => &c.factor_operating,
            Discounting::Contractual => &c.factor_contractual,
            Discounting::Equity => &c.factor_equity,
            Discounting::OnItsDate => continue,
        };
        let flow = ledger.flow_after_tax.row(clause);
        let discounted = ledger.discounted.row_mut(clause);
        for k in 0..n {
            discounted[k] = flow[k] * factors[k];
            backer = backer + discounted[k];
        }
    }
    for capital in &plan.capital {
        if active.has(capital.clause) {
            ledger.discounted.row_mut(capital.clause).fill(R::zero());
            for tranche in &capital.tranches {
                let factor = discount(x(rates.discount_contractual), tranche.years);
                let paid = -(x(tranche.amount) * factor);
                ledger.discounted.add(capital.clause, tranche.quarter, paid);
                backer = backer + paid;
            }
        }
    }
    let mut lab = c.holders[n - 1] * c.equity_value[n - 1] * c.factor_lab[n - 1];
    for k in 0..n {
        c.market_discounted[k] = c.market_after_tax[k] * c.factor_operating[k];
        backer = backer + c.market_discounted[k];
        lab = lab + c.holders_at_payout[k] * c.paid_out[k] * c.factor_lab[k];
    }
    Npv { backer, lab }
}

/// What a run is worth, in the order of Model 14.1, with one entry per clause in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Valuation {
    /// The metrics.
    pub metrics: Vec<Option<f64>>,
    /// Every internal rate of return of the flows from the effective date.
    pub irr_forward: Vec<f64>,
    /// The same with the history.
    pub irr_since_inception: Vec<f64>,
}

/// Values a ledger of one run. `empty` are both sides' NPVs without any clause, for the surplus (Model 12.3).
pub fn value(
    plan: &Plan,
    inputs: &[f64],
    active: ClauseSet,
    npv: Npv<f64>,
    empty: Npv<f64>,
    ledger: &mut Ledger<f64>,
) -> Valuation {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let n = plan.quarters();
    totals(plan, inputs, active, ledger);
    let c = &ledger.c;
    let sum = |column: &[f64]| column.iter().sum::<f64>();
    let high = |column: &[f64]| column.iter().copied().fold(0.0, f64::max);
    let low = |column: &[f64]| column.iter().copied().fold(f64::INFINITY, f64::min);
    let over = |a: f64, b: f64| (b != 0.0).then(|| a / b);

    let mut flows = Vec::with_capacity(n + plan.history.len() + 8);
    for entry in plan.history.iter().filter(|h| active.has(h.clause)) {
        flows.push((entry.days, x(entry.amount)));
    }
    let before = flows.len();
    let mut own_dates = 0.0;
    for k in 0..n {
        let mut rest = c.flow_total_after_tax[k];
        for capital in plan
            .capital
            .iter()
            .filter(|capital| active.has(capital.clause))
        {
            for tranche in capital.tranches.iter().filter(|t| t.quarter == k) {
                let amount = x(tranche.amount);
                flows.push((tranche.days, -amount));
                rest += amount;
                own_dates += amount;
            }
        }
        flows.push((plan.grid.payment_days[k], rest));
    }
    let irr_forward = cashflow::roots(&flows[before..]);
    let irr_since_inception = if before == 0 {
        irr_forward.clone()
    } else {
        cashflow::roots(&flows)
    };

    let history: f64 = flows[..before].iter().map(|(_, amount)| amount).sum();
    let discounted_total = |k: usize| {
        let clauses = (0..plan.clause_count).filter(|clause| active.has(*clause));
        clauses
            .map(|clause| ledger.discounted.at(clause, k))
            .sum::<f64>()
            + c.market_discounted[k]
    };
    cashflow::in_order(&mut flows[..before]);
    let mut running = 0.0;
    let mut below = false;
    let mut peak: f64 = 0.0;
    // The flows of a day come together, whatever the order of the clauses.
    for (i, (days, amount)) in flows[..before].iter().enumerate() {
        running += amount;
        let day_ends = flows[..before].get(i + 1).is_none_or(|next| next.0 > *days);
        if day_ends {
            peak = peak.min(running);
            below |= running < 0.0;
        }
    }
    let payback = |flow: &dyn Fn(usize) -> f64| {
        let (mut running, mut below) = (history, below);
        (0..n).find_map(|k| {
            running += flow(k);
            below |= running < 0.0;
            (below && running >= 0.0).then(|| plan.grid.payment[k].year())
        })
    };
    let paid_back = payback(&|k| c.flow_total_after_tax[k]);
    let paid_back_discounted = payback(&discounted_total);
    peak = peak.min(low(&c.cumulative));

    let lab_flows: Vec<(i32, f64)> = lab_flows(plan, inputs, active, ledger);
    let implied = cashflow::roots(&lab_flows).first().copied();
    let (proceeds, put_in) = investment(plan, inputs, active, ledger, own_dates);
    let equity = plan.equity.as_ref().filter(|e| active.has(e.clause));
    let discounted_sum = |clause: usize| sum(ledger.discounted.row(clause));
    let opening = 1.0 - equity.map_or(0.0, |e| x(e.fraction));
    let commitment = plan.commitment.as_ref().filter(|m| active.has(m.clause));
    let in_term = |k: &usize| c.in_term[*k] > 0.0;
    let gw = plan.capacity.as_ref();

    let mut metrics = Vec::with_capacity(40 + plan.clause_count);
    metrics.push(Some(npv.backer));
    for clause in 0..plan.clause_count {
        if active.has(clause) {
            metrics.push(Some(discounted_sum(clause)));
        }
    }
    metrics.push(Some(sum(&c.market_discounted)));
    metrics.push(cashflow::single(&irr_forward));
    metrics.push(cashflow::single(&irr_since_inception));
    metrics.push(over(proceeds, put_in));
    metrics.push(paid_back);
    metrics.push(paid_back_discounted);
    metrics.push(Some(peak));
    metrics.push(equity.and_then(|e| {
        over(
            discounted_sum(e.clause),
            x(e.fraction) * x(plan.rates.valuation),
        )
    }));
    metrics.push(Some(npv.lab));
    metrics.push(implied);
    metrics.push(Some(sum(&c.raised)));
    metrics.push(over(c.holders[n - 1], opening).map(|part| 1.0 - part));
    metrics.push(Some(c.equity_value[n - 1]));
    metrics.push(equity.map(|_| ledger.equity_value_at_exit));
    metrics.push(Some(low(&c.cash)));
    metrics.push(Some(sum(&c.distress)));
    let revenue = sum(&c.revenue);
    metrics.push(Some(revenue));
    metrics.push(over(sum(&c.taken), revenue));
    metrics.push(over(sum(&c.taken_with_compute), revenue));
    metrics.push(Some(sum(&c.billed)));
    metrics.push(Some(sum(&c.shortfall)));
    let last_of_term = commitment.and_then(|_| (0..n).rev().find(in_term));
    metrics.push(Some(last_of_term.map_or(0.0, |k| c.unpaid[k])));
    metrics.push(Some(commitment.map_or(0.0, |m| {
        let billed: f64 = (0..n).filter(in_term).map(|k| c.billed[k]).sum();
        (x(m.total) - billed).max(0.0)
    })));
    metrics.push(gw.map(|_| high(&c.gw)));
    metrics.push(gw.map(|_| {
        let by_year = plan
            .grid
            .years()
            .map(|year| sum_of_year(plan, year, &c.twh));
        by_year.fold(0.0, f64::max)
    }));
    metrics.push(gw.map(|_| high(&c.accelerators)));
    metrics.push(Some(sum(&c.capex)));
    metrics.push(gw.map(|_| sum(&c.co2)));
    metrics.push(gw.map(|_| sum(&c.water)));
    metrics.push(gw.map(|g| high(&c.gw) * x(g.land_per_gw)));
    metrics.push(Some((npv.backer - empty.backer) + (npv.lab - empty.lab)));
    Valuation {
        metrics,
        irr_forward,
        irr_since_inception,
    }
}

/// Sum of a column over the quarters of a calendar year.
pub fn sum_of_year(plan: &Plan, year: i32, column: &[f64]) -> f64 {
    let quarters = plan.grid.calendar_year.iter().zip(column);
    quarters
        .filter(|(of, _)| **of == year)
        .map(|(_, value)| value)
        .sum()
}

/// Fills the columns that add up others: total flows, the cumulative one, the footprint.
fn totals(plan: &Plan, inputs: &[f64], active: ClauseSet, ledger: &mut Ledger<f64>) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let mut cumulative: f64 = plan
        .history
        .iter()
        .filter(|entry| active.has(entry.clause))
        .map(|entry| x(entry.amount))
        .sum();
    let c = &mut ledger.c;
    for k in 0..plan.quarters() {
        let (mut flow, mut after) = (c.market[k], c.market_after_tax[k]);
        for clause in (0..plan.clause_count).filter(|clause| active.has(*clause)) {
            flow += ledger.flow.at(clause, k);
            after += ledger.flow_after_tax.at(clause, k);
        }
        cumulative += after;
        c.flow_total[k] = flow;
        c.flow_total_after_tax[k] = after;
        c.cumulative[k] = cumulative;
        if let Some(gw) = &plan.capacity {
            c.accelerators[k] = c.gw[k] / x(gw.accelerator_kw);
            c.co2[k] = c.twh[k] * x(gw.grid_intensity) / 1000.0;
            c.water[k] = c.twh[k] * x(gw.water_per_kwh);
        }
    }
}

/// What the other holders at signing pay the market price for, and what they get (Model 8.4, 8.5).
fn lab_flows(
    plan: &Plan,
    inputs: &[f64],
    active: ClauseSet,
    ledger: &Ledger<f64>,
) -> Vec<(i32, f64)> {
    let c = &ledger.c;
    let equity = plan.equity.as_ref().filter(|e| active.has(e.clause));
    let stake = equity.map_or(0.0, |e| input(inputs, e.fraction));
    let n = plan.quarters();
    let mut flows = Vec::with_capacity(n + 2);
    flows.push((0, -(1.0 - stake) * input(inputs, plan.rates.valuation)));
    for k in 0..n {
        let days = plan.grid.payment_days[k];
        flows.push((days, c.holders_at_payout[k] * c.paid_out[k]));
    }
    let last = c.holders[n - 1] * c.equity_value[n - 1];
    flows.push((plan.grid.payment_days[n - 1], last));
    flows
}

/// After-tax proceeds of the investment clauses and the money put into them, history included (Model 8.5).
fn investment(
    plan: &Plan,
    inputs: &[f64],
    active: ClauseSet,
    ledger: &Ledger<f64>,
    tranches: f64,
) -> (f64, f64) {
    let mut proceeds = ledger.proceeds;
    let mut put_in = tranches + ledger.participation;
    put_in += ledger.scratch.milestone_spent.iter().sum::<f64>();
    for entry in plan.history.iter().filter(|h| active.has(h.clause)) {
        let amount = input(inputs, entry.amount);
        let capital = plan.discounting[entry.clause] == Discounting::OnItsDate;
        let equity = plan.discounting[entry.clause] == Discounting::Equity;
        let warrant = plan.warrants.iter().any(|w| w.clause == entry.clause);
        if equity {
            proceeds += amount.max(0.0);
        }
        if capital || equity && !warrant {
            put_in += (-amount).max(0.0);
        }
    }
    (proceeds, put_in)
}
