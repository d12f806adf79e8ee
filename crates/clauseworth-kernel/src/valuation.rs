//! A ledger's worth (Model 8): discounted flows by clause, both sides' NPV, and all metrics of section 14.1.

use crate::ledger::{Ledger, input};
use crate::measure::Measure;
use crate::plan::{ClauseSet, Discounting, Plan, PlannedCapacity};
use crate::real::Real;
use crate::returns;
use crate::widest::apart;

/// Net present values of both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Npv<R> {
    /// The backer's, `market` included.
    pub backer: R,
    /// The lab's other holders' at signing.
    pub lab: R,
}

/// `(1 + rate)^(-years)` at each payment date, or at some other date.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn discount<R: Real>(rate: R, years: f64) -> R {
    (-((R::one() + rate).ln() * R::of(years))).exp()
}

/// Fills the discount factors of the payment dates (Model 8.2).
#[cfg_attr(target_arch = "x86_64", inline(always))]
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
        plan.dates.discount_payments(log, factors);
    }
}

/// Discounts a ledger's flows, filling `discounted` (Model 8.2 to 8.4).
#[cfg_attr(target_arch = "x86_64", inline(always))]
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
#[derive(Clone, Debug)]
pub struct Valuation<R: Real> {
    /// The metrics.
    pub metrics: Vec<Measure<R>>,
    /// Every internal rate of return of the flows from the effective date, of the first lane.
    pub irr_forward: Vec<f64>,
    /// The same with the history.
    pub irr_since_inception: Vec<f64>,
}

/// [`value`] for one world. Not generic, so that it is compiled with this crate's optimisation.
pub fn value_one(
    plan: &Plan,
    inputs: &[f64],
    active: ClauseSet,
    npv: Npv<f64>,
    empty: Npv<f64>,
    ledger: &mut Ledger<f64>,
) -> Valuation<f64> {
    value(plan, inputs, active, npv, empty, ledger)
}

/// Values a ledger. `empty` are both sides' NPVs without any clause, for the surplus (Model 12.3).
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub fn value<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    npv: Npv<R>,
    empty: Npv<R>,
    ledger: &mut Ledger<R>,
) -> Valuation<R> {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let n = plan.quarters();
    apart!(R, totals(plan, inputs, active, ledger));
    let high = |column: &[R]| column.iter().copied().fold(R::zero(), R::max);
    let low = |column: &[R]| column.iter().copied().fold(R::of(f64::INFINITY), R::min);

    let found = apart!(R, returns::look(plan, inputs, active, ledger));
    let (forward, since_inception) = (found.forward, found.since_inception);
    let (running, peak, below) = found.history;
    let c = &ledger.c;
    let discounted_total = |k: usize| {
        let clauses = (0..plan.clause_count).filter(|clause| active.has(*clause));
        let discounted = clauses.map(|clause| ledger.discounted.at(clause, k));
        discounted.fold(R::zero(), |sum, value| sum + value) + c.market_discounted[k]
    };
    let paid_back = payback(plan, running, below, |k| c.flow_total_after_tax[k]);
    let paid_back_discounted = payback(plan, running, below, discounted_total);
    let peak = peak.min(low(&c.cumulative));

    let (proceeds, put_in) = investment(plan, inputs, active, ledger, found.tranches);
    let equity = plan.equity.as_ref().filter(|e| active.has(e.clause));
    let discounted_sum = |clause: usize| sum(ledger.discounted.row(clause));
    let opening = R::one() - equity.map_or(R::zero(), |e| x(e.fraction));
    let commitment = plan.commitment.as_ref().filter(|m| active.has(m.clause));
    let gw = plan.capacity.as_ref();
    let priced = |value: &dyn Fn(&PlannedCapacity) -> R| {
        gw.map_or(Measure::none(), |gw| Measure::some(value(gw)))
    };

    let mut metrics = Vec::with_capacity(40 + plan.clause_count);
    let mut some = |value: R| metrics.push(Measure::some(value));
    some(npv.backer);
    for clause in 0..plan.clause_count {
        if active.has(clause) {
            some(discounted_sum(clause));
        }
    }
    some(sum(&c.market_discounted));
    metrics.push(forward.single);
    metrics.push(since_inception.single);
    metrics.push(Measure::ratio(proceeds, put_in));
    metrics.push(paid_back);
    metrics.push(paid_back_discounted);
    metrics.push(Measure::some(peak));
    metrics.push(equity.map_or(Measure::none(), |e| {
        let market = x(e.fraction) * x(plan.rates.valuation);
        Measure::ratio(discounted_sum(e.clause), market)
    }));
    metrics.push(Measure::some(npv.lab));
    metrics.push(found.holders);
    metrics.push(Measure::some(sum(&c.raised)));
    let left = Measure::ratio(c.holders[n - 1], opening);
    metrics.push(Measure {
        value: R::one() - left.value,
        exists: left.exists,
    });
    metrics.push(Measure::some(c.equity_value[n - 1]));
    metrics.push(equity.map_or(Measure::none(), |_| {
        Measure::some(ledger.equity_value_at_exit)
    }));
    metrics.push(Measure::some(low(&c.cash)));
    metrics.push(Measure::some(sum(&c.distress)));
    let revenue = sum(&c.revenue);
    metrics.push(Measure::some(revenue));
    metrics.push(Measure::ratio(sum(&c.taken), revenue));
    metrics.push(Measure::ratio(sum(&c.taken_with_compute), revenue));
    metrics.push(Measure::some(sum(&c.billed)));
    metrics.push(Measure::some(sum(&c.shortfall)));
    let (mut unpaid, mut billed) = (R::zero(), R::zero());
    if commitment.is_some() {
        for k in 0..n {
            let in_term = R::zero().lt(c.in_term[k]);
            unpaid = R::select(in_term, c.unpaid[k], unpaid);
            billed = billed + c.billed[k].only(in_term);
        }
    }
    metrics.push(Measure::some(unpaid));
    metrics.push(Measure::some(
        commitment.map_or(R::zero(), |m| (x(m.total) - billed).positive()),
    ));
    metrics.push(priced(&|_| high(&c.gw)));
    metrics.push(priced(&|_| {
        let years = plan.grid.years();
        let by_year = years.map(|year| sum_of_year(plan, year, &c.twh));
        by_year.fold(R::zero(), R::max)
    }));
    metrics.push(priced(&|_| high(&c.accelerators)));
    metrics.push(Measure::some(sum(&c.capex)));
    metrics.push(priced(&|_| sum(&c.co2)));
    metrics.push(priced(&|_| sum(&c.water)));
    metrics.push(priced(&|gw| high(&c.gw) * x(gw.land_per_gw)));
    metrics.push(Measure::some(
        (npv.backer - empty.backer) + (npv.lab - empty.lab),
    ));
    Valuation {
        metrics,
        irr_forward: forward.roots,
        irr_since_inception: since_inception.roots,
    }
}

/// Sum of a column.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn sum<R: Real>(column: &[R]) -> R {
    column.iter().fold(R::zero(), |total, value| total + *value)
}

/// The first payment date at which a flow's running sum is back at 0 or above after having been below (Model 8.5).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn payback<R: Real>(
    plan: &Plan,
    history: R,
    below: R::Mask,
    flow: impl Fn(usize) -> R,
) -> Measure<R> {
    let (mut running, mut below) = (history, below);
    let mut date = Measure::none();
    for k in 0..plan.quarters() {
        running = running + flow(k);
        below = R::or(below, running.lt(R::zero()));
        let back = R::and(below, R::zero().le(running));
        let first = R::and(back, R::not(date.exists));
        date = Measure {
            value: R::select(first, R::of(plan.grid.payment_year[k]), date.value),
            exists: R::or(date.exists, first),
        };
    }
    date
}

/// Sum of a column over the quarters of a calendar year.
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub fn sum_of_year<R: Real>(plan: &Plan, year: i32, column: &[R]) -> R {
    let quarters = plan.grid.calendar_year.iter().zip(column);
    quarters
        .filter(|(of, _)| **of == year)
        .fold(R::zero(), |sum, (_, value)| sum + *value)
}

/// Fills the columns that add up others: total flows, the cumulative one, the footprint.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn totals<R: Real>(plan: &Plan, inputs: &[R], active: ClauseSet, ledger: &mut Ledger<R>) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let history = plan.history.iter().filter(|entry| active.has(entry.clause));
    let mut cumulative = history.fold(R::zero(), |sum, entry| sum + x(entry.amount));
    let c = &mut ledger.c;
    for k in 0..plan.quarters() {
        let (mut flow, mut after) = (c.market[k], c.market_after_tax[k]);
        for clause in (0..plan.clause_count).filter(|clause| active.has(*clause)) {
            flow = flow + ledger.flow.at(clause, k);
            after = after + ledger.flow_after_tax.at(clause, k);
        }
        cumulative = cumulative + after;
        c.flow_total[k] = flow;
        c.flow_total_after_tax[k] = after;
        c.cumulative[k] = cumulative;
        if let Some(gw) = &plan.capacity {
            c.accelerators[k] = c.gw[k] / x(gw.accelerator_kw);
            c.co2[k] = c.twh[k] * x(gw.grid_intensity) / R::of(1000.0);
            c.water[k] = c.twh[k] * x(gw.water_per_kwh);
        }
    }
}

/// After-tax proceeds of the investment clauses and the money put into them, history included (Model 8.5).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn investment<R: Real>(
    plan: &Plan,
    inputs: &[R],
    active: ClauseSet,
    ledger: &Ledger<R>,
    tranches: R,
) -> (R, R) {
    let mut proceeds = ledger.proceeds;
    let mut put_in = tranches + ledger.participation + sum(&ledger.scratch.milestone_spent);
    for entry in plan.history.iter().filter(|h| active.has(h.clause)) {
        let amount = input(inputs, entry.amount);
        let capital = plan.discounting[entry.clause] == Discounting::OnItsDate;
        let equity = plan.discounting[entry.clause] == Discounting::Equity;
        let warrant = plan.warrants.iter().any(|w| w.clause == entry.clause);
        if equity {
            proceeds = proceeds + amount.positive();
        }
        if capital || equity && !warrant {
            put_in = put_in + (-amount).positive();
        }
    }
    (proceeds, put_in)
}
