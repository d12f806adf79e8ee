//! What depends on time alone (Model 1.5 to 1.8, 3, 4.1, 4.5, 5.1, 6.0): levels, fading quantities, events and the
//! parts of quarters in which clauses are in force.
//!
//! A power of time over the quarters is one exponential and then a multiplication a quarter, since all quarters after
//! the first are equally long.

use crate::calendar::Grid;
use crate::ledger::{Ledger, input};
use crate::plan::{Curve, OnAgi, Plan, PlannedServing};
use crate::real::Real;
use crate::widest::apart;

/// Fills `out[k]` with `exp(log_base * m_k)`.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn powers<R: Real>(grid: &Grid, log_base: R, out: &mut [R]) {
    let step = (log_base * R::of(0.25)).exp();
    let mut value = R::zero();
    for (k, (out, middle)) in out.iter_mut().zip(&grid.middle).enumerate() {
        value = if k < 2 {
            (log_base * R::of(*middle)).exp()
        } else {
            value * step
        };
        *out = value;
    }
}

/// Fills `out[k]` with `2^(-m_k / half_life)` (Model 1.6).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn fading<R: Real>(grid: &Grid, half_life: R, out: &mut [R]) {
    apart!(
        R,
        powers(grid, -(R::of(std::f64::consts::LN_2) / half_life), out)
    );
}

/// Fills `out[k]` with `value * (1 + drift)^(m_k)`.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn drifting<R: Real>(grid: &Grid, value: R, drift: R, out: &mut [R]) {
    apart!(R, powers(grid, (R::one() + drift).ln(), out));
    for out in out {
        *out = value * *out;
    }
}

/// Fills `out[k]` with `(1 + rate)^(h_k)`: all quarters but the first are equally long.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn over_quarters<R: Real>(grid: &Grid, rate: R, out: &mut [R]) {
    let log = (R::one() + rate).ln();
    let whole = (log * R::of(0.25)).exp();
    out.fill(whole);
    if let (Some(first), Some(length)) = (out.first_mut(), grid.length.first()) {
        *first = (log * R::of(*length)).exp();
    }
}

/// Fills `out[k]` with the level of Model 1.7 at `m_k`.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn level<R: Real>(grid: &Grid, inputs: &[R], curve: &Curve, decay: &mut [R], out: &mut [R]) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let first = (R::one() + x(curve.growth)).ln();
    let last = (R::one() + x(curve.terminal_growth)).ln();
    let lambda = R::of(std::f64::consts::LN_2) / x(curve.half_life);
    let scale = (first - last) / lambda;
    apart!(R, powers(grid, -lambda, decay));
    let run_rate = x(curve.run_rate);
    for ((out, decay), middle) in out.iter_mut().zip(decay).zip(&grid.middle) {
        let exponent = last * R::of(*middle) + scale * (R::one() - *decay);
        *out = run_rate * exponent.exp();
    }
}

/// A number over the length of quarter `k`. All but the first are a quarter of a year long, so that to multiply by 4 is to
/// divide, to the bit.
#[inline(always)]
pub(crate) fn over_length<R: Real>(grid: &Grid, k: usize, value: R) -> R {
    if k == 0 {
        value / R::of(grid.length[k])
    } else {
        value * R::of(4.0)
    }
}

/// Part of quarter `k` before a moment of model time: `B_k` (Model 1.5).
#[inline(always)]
fn before<R: Real>(grid: &Grid, k: usize, time: R) -> R {
    over_length(grid, k, time - R::of(grid.start[k])).unit()
}

/// Part of quarter `k` between two moments of model time, 0 where the second is not later.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn between<R: Real>(grid: &Grid, k: usize, from: R, until: R) -> R {
    (before(grid, k, until) - before(grid, k, from)).positive()
}

/// The moments that a run turns on, in model time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Events<R: Real> {
    /// The contract's AGI: `T_A`.
    pub(crate) contract: R,
    /// The economy's AGI: `T_G`.
    pub(crate) economy: R,
    /// The remedy: `T_R`.
    pub(crate) remedy: R,
}

/// Reads the events (Model 3).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn events<R: Real>(plan: &Plan, inputs: &[R]) -> (Events<R>, R::Mask) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let (origin, never) = (R::of(plan.grid.origin), R::of(f64::INFINITY));
    let half = R::of(0.5);
    let lab = x(plan.agi.year);
    let backer = x(plan.agi.backer_year);
    let declared = R::select(
        half.lt(x(plan.agi.verified)),
        lab + x(plan.agi.panel_delay),
        never,
    );
    let contract = if plan.agi.either {
        declared.min(backer)
    } else {
        declared
    };
    let remedy = R::select(
        half.lt(x(plan.regulation.acts)),
        x(plan.regulation.year),
        never,
    );
    let events = Events {
        contract: contract - origin,
        economy: lab.min(backer) - origin,
        remedy: remedy - origin,
    };
    (events, lab.le(backer))
}

/// Two independent standard Brownian motions at the middles of the quarters: of demand, and of the backer's own equity.
/// An empty one is that of the base case.
#[derive(Clone, Debug, Default)]
pub struct Shocks<R> {
    /// `W`, for the common demand shock (Model 4.3).
    pub demand: Vec<R>,
    /// `W2`, for the backer's equity (Model 6.10).
    pub equity: Vec<R>,
}

/// What a world is beside its inputs.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a, R> {
    /// The moment of model time at which AGI counts for the contract, in place of the one that the inputs say (Model 9.2).
    pub contract: Option<R>,
    /// Its shocks; none in the base case.
    pub shocks: Option<&'a Shocks<R>>,
}

impl<R> Default for Circumstances<'_, R> {
    /// What the inputs say, and no shocks.
    fn default() -> Self {
        Self {
            contract: None,
            shocks: None,
        }
    }
}

/// Fills `out[k]` with `exp(v W(m_k) - v^2 m_k / 2)`, whose mean is 1.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn shock<R: Real>(grid: &Grid, volatility: R, motion: &[R], out: &mut [R]) {
    let drift = R::of(0.5) * volatility * volatility;
    for ((out, motion), middle) in out.iter_mut().zip(motion).zip(&grid.middle) {
        *out = (volatility * *motion - drift * R::of(*middle)).exp();
    }
}

/// Multiplies one column by another.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn multiply<R: Real>(by: &[R], out: &mut [R]) {
    for (out, by) in out.iter_mut().zip(by) {
        *out = *out * *by;
    }
}

/// Fills everything of the ledger that depends on time alone.
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(crate) fn fill<R: Real>(
    plan: &Plan,
    inputs: &[R],
    given: &Circumstances<'_, R>,
    ledger: &mut Ledger<R>,
) -> Events<R> {
    let grid = &plan.grid;
    let n = grid.len();
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let (mut events, lab_first) = events(plan, inputs);
    events.contract = given.contract.unwrap_or(events.contract);

    let boost = (R::one() + x(plan.agi.growth_boost)).ln();
    let boost_years = x(plan.agi.boost_years);
    let elapsed = (-events.economy).positive().min(boost_years);
    let premium = x(plan.agi.valuation_premium);
    let premium = R::select(events.economy.lt(R::zero()), R::zero(), premium).only(lab_first);
    let c = &mut ledger.c;
    for k in 0..n {
        c.agi_before[k] = before(grid, k, events.contract);
        c.economy_before[k] = before(grid, k, events.economy);
        c.regulation[k] = R::one() - before(grid, k, events.remedy);
        c.premium[k] = R::one() + premium * (R::one() - c.economy_before[k]);
        let since = (R::of(grid.middle[k]) - events.economy).positive();
        let years = since.min(boost_years) - elapsed;
        // Before AGI the exponent is 0 in every lane, and so is the work.
        let none = R::and(years.le(R::zero()), R::zero().le(years));
        let factor = if R::TANGENTS || R::any(R::not(none)) {
            (boost * years).exp()
        } else {
            R::one()
        };
        c.lab_boost[k] = R::select(lab_first, factor, R::one());
        c.backer_boost[k] = R::select(lab_first, R::one(), factor);
    }

    let scratch = &mut ledger.scratch;
    if let Some(shocks) = given.shocks.filter(|shocks| !shocks.demand.is_empty()) {
        let factor = &mut scratch.decay;
        shock(grid, x(plan.volatility), &shocks.demand, factor);
        multiply(factor, &mut c.lab_boost);
        multiply(factor, &mut c.backer_boost);
    }
    for (i, line) in plan.lines.iter().enumerate() {
        let row = ledger.line_level.row_mut(i);
        apart!(R, level(grid, inputs, &line.curve, &mut scratch.decay, row));
    }
    for (i, product) in plan.products.iter().enumerate() {
        let row = ledger.product_level.row_mut(i);
        apart!(R, level(grid, inputs, product, &mut scratch.decay, row));
    }
    apart!(
        R,
        level(
            grid,
            inputs,
            &plan.training,
            &mut scratch.decay,
            &mut c.training,
        )
    );
    for (training, length) in c.training.iter_mut().zip(&grid.length) {
        *training = *training * R::of(*length);
    }

    fading(grid, x(plan.inference_half_life), &mut scratch.decay);
    let mut inference = |line: usize, first: R, last: R| {
        for (out, decay) in ledger
            .line_inference
            .row_mut(line)
            .iter_mut()
            .zip(&scratch.decay)
        {
            *out = last + (first - last) * *decay;
        }
    };
    for (i, line) in plan.lines.iter().enumerate() {
        inference(i, x(line.inference), x(line.terminal_inference));
    }
    if let Some(devices) = &plan.devices {
        let services = plan.lines.len() + 1;
        inference(
            services,
            x(devices.inference),
            x(devices.terminal_inference),
        );
    }

    let rates = &plan.rates;
    fading(grid, x(rates.multiple_half_life), &mut c.multiple_weight);
    fading(grid, x(rates.opex_half_life), &mut c.opex_ratio);
    let (first, last) = (x(rates.opex_ratio), x(rates.opex_terminal_ratio));
    for ratio in &mut c.opex_ratio {
        *ratio = last + (first - last) * *ratio;
    }

    let (yielding, pool) = (x(rates.cash_yield), x(rates.pool));
    over_quarters(grid, yielding, &mut c.yielded);
    for yielded in &mut c.yielded {
        *yielded = *yielded - R::one();
    }
    over_quarters(grid, -pool, &mut c.kept_by_pool);

    if let Some(equity) = &plan.backer_equity {
        drifting(
            grid,
            x(equity.value),
            x(equity.growth),
            &mut c.backer_equity,
        );
        if let Some(shocks) = given.shocks.filter(|shocks| !shocks.equity.is_empty()) {
            let factor = &mut scratch.decay;
            shock(grid, x(equity.volatility), &shocks.equity, factor);
            multiply(factor, &mut c.backer_equity);
        }
    }
    if let Some(capacity) = &plan.capacity {
        drifting(
            grid,
            x(capacity.price),
            x(capacity.price_drift),
            &mut c.price,
        );
        let mut rate = x(capacity.build_rate);
        if let Some(supply) = capacity.chip_supply {
            rate = rate.min(x(supply) * x(capacity.accelerator_kw));
        }
        for (limit, middle) in c.build_limit.iter_mut().zip(&grid.middle) {
            *limit = x(capacity.capacity) + rate * R::of(*middle);
        }
    }
    if let PlannedServing::Infrastructure {
        power_price,
        power_price_drift,
        opex,
        opex_drift,
        capex,
        capex_drift,
        ..
    } = plan.serving
    {
        let per_twh = x(power_price) / R::of(1000.0);
        drifting(grid, per_twh, x(power_price_drift), &mut c.energy_cost);
        drifting(grid, x(opex), x(opex_drift), &mut c.running_cost);
        drifting(grid, x(capex), x(capex_drift), &mut c.capital_cost);
    }
    apart!(R, fill_devices(plan, inputs, ledger));
    apart!(R, fill_terms(plan, inputs, &events, ledger));
    events
}

/// How many of a market have bought so long after the launch (Model 4.5).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn sold<R: Real>([market, p, q]: [R; 3], since: R) -> R {
    let since = since.positive();
    let fading = (-((p + q) * since)).exp();
    market * (R::one() - fading) / (R::one() + q / p * fading)
}

/// Devices by Bass diffusion (Model 4.5): what is demanded of hardware and services, before 4.6.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn fill_devices<R: Real>(plan: &Plan, inputs: &[R], ledger: &mut Ledger<R>) {
    let Some(devices) = &plan.devices else { return };
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let grid = &plan.grid;
    let launch = x(devices.launch) - R::of(grid.origin);
    let bass = [x(devices.market), x(devices.p), x(devices.q)];
    let per_thousand = |slot| x(slot) / R::of(1000.0);
    let (price, cost) = (per_thousand(devices.price), per_thousand(devices.unit_cost));
    let services = per_thousand(devices.service_per_month) * R::of(12.0);
    let c = &mut ledger.c;
    let mut start = sold(bass, R::zero() - launch);
    for k in 0..grid.len() {
        let end = sold(bass, R::of(grid.start[k + 1]) - launch);
        let units = (end - start) * c.lab_boost[k];
        start = end;
        c.hardware[k] = units * price;
        c.goods[k] = units * cost;
        let in_use = sold(bass, R::of(grid.middle[k]) - launch) * c.lab_boost[k];
        c.services[k] = in_use * services * R::of(grid.length[k]);
    }
}

/// The part of each quarter in which each clause is in force: `e_k` (Model 6.0).
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn fill_terms<R: Real>(plan: &Plan, inputs: &[R], events: &Events<R>, ledger: &mut Ledger<R>) {
    let x = |slot: crate::plan::Slot| input(inputs, slot);
    let grid = &plan.grid;
    let origin = R::of(grid.origin);
    let agi = events.contract;
    let after_layer = R::one() - x(plan.agi.layer);
    for term in &plan.terms {
        let (from, until) = (x(term.from) - origin, x(term.until) - origin);
        let (first_end, second_start) = (until.min(agi), from.max(agi));
        let (weight, second_end) = match term.on_agi {
            OnAgi::Stop => (R::zero(), until),
            OnAgi::Continue => (R::one(), until),
            OnAgi::Layer => (after_layer, until),
            OnAgi::Tail => (x(term.tail_factor), until.min(agi + x(term.tail_years))),
        };
        let row = ledger.in_force.row_mut(term.clause);
        for (k, out) in row.iter_mut().enumerate() {
            let first = between(grid, k, from, first_end);
            *out = first + weight * between(grid, k, second_start, second_end);
        }
    }
    if let Some(hosting) = &plan.hosting {
        let premium = x(hosting.premium);
        for k in 0..grid.len() {
            ledger.c.agreed_premium[k] = premium * ledger.in_force.at(hosting.clause, k);
        }
    }
    if let Some(commitment) = &plan.commitment {
        let (from, until) = (x(commitment.from) - origin, x(commitment.until) - origin);
        let (total, ramp) = (x(commitment.total), x(commitment.ramp));
        for k in 0..grid.len() {
            let mut end = R::of(grid.start[k + 1]);
            if commitment.stops_on_agi {
                end = end.min(agi);
            }
            let part = ((end - from) / (until - from)).unit();
            let ramped = (ramp * part.ln()).exp();
            ledger.c.agreed_commitment[k] = total * ramped.only(R::zero().lt(part));
            ledger.c.in_term[k] = between(grid, k, from, until);
        }
    }
}
