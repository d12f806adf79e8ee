//! One code for one run, for several side by side, and for derivatives: what simulation and sensitivities stand on.
//!
//! A lane of a run over many lanes has the same bits as that run alone, and a run over dual numbers has the derivative
//! that a small change of an input shows.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::ops::{Add, Div, Mul, Neg, Sub};

use clauseworth_kernel::dual::Dual;
use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::math;
use clauseworth_kernel::plan::{ClauseSet, Plan, PlannedServing, Slot};
use clauseworth_kernel::real::Real;
use clauseworth_kernel::run::{coalition, prepare};
use clauseworth_kernel::timeline::Circumstances;
use clauseworth_kernel::valuation::Npv;
use support::every_kind;

/// Runs a set of clauses.
fn run<R: Real>(plan: &Plan, inputs: &[R], active: ClauseSet) -> (Npv<R>, Ledger<R>) {
    let mut ledger = Ledger::new(plan);
    let world = prepare(plan, inputs, &Circumstances::default(), &mut ledger);
    assert!(!world.undefined);
    let npv = coalition(plan, inputs, &world, active, &mut ledger);
    (npv, ledger)
}

#[test]
fn the_deal_made_ready_by_hand_is_that_of_the_file() {
    // Figures of tests/deals/all-kinds.expected.json, by an independent implementation of the model.
    let (plan, inputs) = every_kind();
    let (npv, _) = run(&plan, &inputs, plan.enabled);
    assert!(
        (npv.backer - BACKER).abs() < 1e-9 * BACKER,
        "{}",
        npv.backer
    );
    assert!((npv.lab - LAB).abs() < 1e-9 * LAB, "{}", npv.lab);
}

const BACKER: f64 = 78.345_708_762_2;
const LAB: f64 = 205.350_770_073;

// ---- Lanes

/// Four runs side by side.
#[derive(Clone, Copy, Debug)]
struct Four([f64; 4]);

impl Four {
    fn each(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(std::array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }

    fn test(self, other: Self, f: impl Fn(f64, f64) -> bool) -> [bool; 4] {
        std::array::from_fn(|lane| f(self.0[lane], other.0[lane]))
    }
}

/// Arithmetic lane by lane.
macro_rules! operators {
    ($name:ident: $($trait:ident $method:ident $body:expr;)+) => { $(
        impl $trait for $name {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                let f: fn(Self, Self) -> Self = $body;
                f(self, other)
            }
        }
    )+ };
}

operators! { Four:
    Add add |a, b| a.each(b, |a, b| a + b);
    Sub sub |a, b| a.each(b, |a, b| a - b);
    Mul mul |a, b| a.each(b, |a, b| a * b);
    Div div |a, b| a.each(b, |a, b| a / b);
}

impl Neg for Four {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|value| -value))
    }
}

impl Real for Four {
    type Mask = [bool; 4];

    const LANES: usize = 4;

    fn of(value: f64) -> Self {
        Self([value; 4])
    }
    fn max(self, other: Self) -> Self {
        self.each(other, Real::max)
    }
    fn min(self, other: Self) -> Self {
        self.each(other, Real::min)
    }
    fn exp(self) -> Self {
        Self(self.0.map(math::exp))
    }
    fn ln(self) -> Self {
        Self(self.0.map(math::ln))
    }
    fn lt(self, other: Self) -> [bool; 4] {
        self.test(other, |a, b| a < b)
    }
    fn le(self, other: Self) -> [bool; 4] {
        self.test(other, |a, b| a <= b)
    }
    fn and(a: [bool; 4], b: [bool; 4]) -> [bool; 4] {
        std::array::from_fn(|lane| a[lane] && b[lane])
    }
    fn not(a: [bool; 4]) -> [bool; 4] {
        a.map(|holds| !holds)
    }
    fn any(mask: [bool; 4]) -> bool {
        mask.contains(&true)
    }
    fn select(mask: [bool; 4], a: Self, b: Self) -> Self {
        Self(std::array::from_fn(|lane| {
            if mask[lane] { a.0[lane] } else { b.0[lane] }
        }))
    }
    fn lane(self, lane: usize) -> f64 {
        self.0[lane]
    }
    fn add_lane(&mut self, lane: usize, other: Self) {
        self.0[lane] += other.0[lane];
    }
}

/// Sets an input.
fn set(inputs: &mut [f64], slot: Slot, value: f64) {
    inputs[slot.index()] = value;
}

/// Four worlds that take different turns: the base case; no AGI and no remedy; a lab that runs out of money, while chips
/// last shorter and are paid for earlier; a boom with the backer first.
fn worlds(plan: &Plan, base: &[f64]) -> [Vec<f64>; 4] {
    let mut worlds: [Vec<f64>; 4] = std::array::from_fn(|_| base.to_vec());
    let PlannedServing::Infrastructure {
        chip_life,
        shell_life,
        lead,
        ..
    } = plan.serving
    else {
        panic!("the deal has infrastructure");
    };
    let capacity = plan.capacity.as_ref().unwrap();
    set(&mut worlds[1], plan.agi.year, f64::INFINITY);
    set(&mut worlds[1], plan.regulation.acts, 0.0);
    set(
        &mut worlds[1],
        plan.devices.as_ref().unwrap().launch,
        2029.1,
    );
    set(&mut worlds[2], plan.lines[0].curve.growth, -0.3);
    set(&mut worlds[2], plan.rates.terminal_pe, 1.0);
    set(&mut worlds[2], chip_life, 1.3);
    set(&mut worlds[2], shell_life, 4.0);
    set(&mut worlds[2], lead, 7.0);
    set(&mut worlds[2], plan.agi.verified, 0.0);
    set(&mut worlds[3], plan.lines[0].curve.growth, 2.5);
    set(&mut worlds[3], plan.agi.backer_year, 2027.3);
    set(&mut worlds[3], capacity.build_rate, 6.0);
    set(&mut worlds[3], capacity.capacity, 0.1);
    set(&mut worlds[3], plan.equity.as_ref().unwrap().exit, 2028.2);
    set(&mut worlds[3], plan.warrants[0].expiry, 2027.6);
    worlds
}

/// Asserts that a lane of a column is the same column of a single run, bit for bit.
fn same(what: &str, lane: usize, of_four: &[Four], single: &[f64]) {
    assert_eq!(of_four.len(), single.len(), "{what}");
    for (k, (four, single)) in of_four.iter().zip(single).enumerate() {
        let four = four.0[lane];
        assert!(
            four.to_bits() == single.to_bits(),
            "{what} of quarter {k} in lane {lane}: {four:e}, alone {single:e}"
        );
    }
}

/// Compares columns of two ledgers by their names.
macro_rules! same_columns {
    ($lane:expr, $four:expr, $single:expr; $($name:ident)+) => {
        $( same(stringify!($name), $lane, &$four.c.$name, &$single.c.$name); )+
    };
}

#[test]
fn a_lane_has_the_bits_of_the_run_alone() {
    let (plan, base) = every_kind();
    let worlds = worlds(&plan, &base);
    let together: Vec<Four> = (0..base.len())
        .map(|i| Four(std::array::from_fn(|lane| worlds[lane][i])))
        .collect();
    for active in [
        plan.enabled,
        ClauseSet::EMPTY,
        plan.enabled.without(6),
        plan.enabled.without(2).without(5).without(7),
    ] {
        let (npv, four) = run(&plan, &together, active);
        let mut npvs = Vec::new();
        for (lane, inputs) in worlds.iter().enumerate() {
            let (alone, single) = run(&plan, inputs, active);
            assert_eq!(
                npv.backer.0[lane].to_bits(),
                alone.backer.to_bits(),
                "backer, lane {lane}"
            );
            assert_eq!(
                npv.lab.0[lane].to_bits(),
                alone.lab.to_bits(),
                "lab, lane {lane}"
            );
            assert!(alone.backer.is_finite() && alone.lab.is_finite());
            npvs.push(alone.backer);
            same_columns!(lane, four, single;
                agi_before regulation lab_boost backer_boost premium training price build_limit committed
                demand need compute revenue goods_sold opex shortfall unpaid profit tax cash payable raised
                paid_out enterprise_value equity_value stake holders holders_at_payout distress billed served
                lost gw gw_used gw_new twh capex taken taken_with_compute market market_after_tax hosting
                hosting_taxable
            );
            for clause in (0..plan.clause_count).filter(|clause| active.has(*clause)) {
                same("flow", lane, four.flow.row(clause), single.flow.row(clause));
                let (a, b) = (
                    four.flow_after_tax.row(clause),
                    single.flow_after_tax.row(clause),
                );
                same("flow after tax", lane, a, b);
                same(
                    "discounted",
                    lane,
                    four.discounted.row(clause),
                    single.discounted.row(clause),
                );
            }
            for line in 0..plan.line_count() {
                same(
                    "line",
                    lane,
                    four.line_revenue.row(line),
                    single.line_revenue.row(line),
                );
            }
        }
        // The worlds differ, or this would show nothing.
        assert!(
            npvs.iter()
                .enumerate()
                .all(|(i, a)| npvs[..i].iter().all(|b| a != b)),
            "{npvs:?}"
        );
    }
}

#[test]
fn the_worlds_take_different_turns() {
    let (plan, base) = every_kind();
    let ledgers = worlds(&plan, &base).map(|inputs| run(&plan, &inputs, plan.enabled).1);
    let some = |ledger: &Ledger<f64>, column: fn(&Ledger<f64>) -> &[f64]| {
        column(ledger).iter().any(|x| *x > 0.0)
    };
    assert!(some(&ledgers[0], |l| &l.c.shortfall) && some(&ledgers[0], |l| &l.c.raised));
    assert!(!some(&ledgers[1], |l| &l.c.regulation) && some(&ledgers[0], |l| &l.c.regulation));
    assert!(some(&ledgers[2], |l| &l.c.distress) && some(&ledgers[3], |l| &l.c.paid_out));
    assert!(ledgers[3].c.backer_boost.iter().any(|boost| *boost > 1.0));
}

// ---- Derivatives

#[test]
fn dual_numbers_have_the_derivatives_that_small_changes_show() {
    let (plan, inputs) = every_kind();
    let (npv, _) = run(&plan, &inputs, plan.enabled);
    let PlannedServing::Infrastructure {
        capex,
        power_price,
        residual,
        ..
    } = plan.serving
    else {
        panic!("the deal has infrastructure");
    };
    let capacity = plan.capacity.as_ref().unwrap();
    let devices = plan.devices.as_ref().unwrap();
    let quantities = [
        ("first line's run rate", plan.lines[0].curve.run_rate),
        ("first line's growth", plan.lines[0].curve.growth),
        ("first line's half-life", plan.lines[0].curve.half_life),
        ("inference", plan.lines[1].inference),
        ("training", plan.training.run_rate),
        ("imitation", devices.q),
        ("launch", devices.launch),
        ("price of compute", capacity.price),
        ("chip supply", capacity.chip_supply.unwrap()),
        ("capital cost", capex),
        ("power price", power_price),
        ("residual", residual),
        ("AGI", plan.agi.year),
        ("panel's delay", plan.agi.panel_delay),
        ("layer", plan.agi.layer),
        ("growth boost", plan.agi.growth_boost),
        ("remedy", plan.regulation.year),
        ("stake", plan.equity.as_ref().unwrap().fraction),
        ("participation", plan.equity.as_ref().unwrap().participation),
        ("share's rate", plan.revenue_shares[0].rate.quarters[0].0),
        ("reverse share's rate", plan.reverse_shares[0].rate),
        ("hosting premium", plan.hosting.as_ref().unwrap().premium),
        ("ramp", plan.commitment.as_ref().unwrap().ramp),
        ("margin", plan.ip_rights[0].margin),
        ("commission", plan.apis[0].commission),
        ("royalty", plan.devices_clause.as_ref().unwrap().royalty),
        ("warrant's strike", plan.warrants[0].tranches[0].strike),
        ("per gigawatt", plan.milestones[0].per_gw),
        ("first tier", plan.profit_share.as_ref().unwrap().tiers[0].0),
        ("multiple of earnings", plan.rates.terminal_pe),
        ("operating cost", plan.rates.opex_ratio),
        ("pool", plan.rates.pool),
        ("backer's tax", plan.rates.tax_backer),
        ("discount rate", plan.rates.discount_operating),
        ("discount rate of equity", plan.rates.discount_equity),
    ];
    for (name, slot) in quantities {
        let mut with: Vec<Dual<1>> = inputs.iter().map(|value| Dual::of(*value)).collect();
        with[slot.index()] = Dual::seeded(inputs[slot.index()], 0);
        let (exact, _) = run(&plan, &with, plan.enabled);
        assert_eq!(
            exact.backer.value.to_bits(),
            npv.backer.to_bits(),
            "{name}: the value itself"
        );
        let bumped = |step: f64| {
            let mut inputs = inputs.clone();
            inputs[slot.index()] += step;
            run(&plan, &inputs, plan.enabled).0
        };
        // Five points: the error falls with the fourth power of the step.
        let step = 1e-4 * inputs[slot.index()].abs().clamp(1e-2, 1.0);
        let difference = |of: fn(Npv<f64>) -> f64| {
            let far = of(bumped(2.0 * step)) - of(bumped(-2.0 * step));
            let near = of(bumped(step)) - of(bumped(-step));
            (8.0 * near - far) / (12.0 * step)
        };
        for (side, tangent, shown, size) in [
            (
                "backer",
                exact.backer.tangents[0],
                difference(|npv| npv.backer),
                npv.backer,
            ),
            (
                "lab",
                exact.lab.tangents[0],
                difference(|npv| npv.lab),
                npv.lab,
            ),
        ] {
            let rounding = 1e-14 * size.abs() / step;
            let allowed = 1e-6 * tangent.abs() + rounding + 1e-9;
            assert!(
                (tangent - shown).abs() <= allowed,
                "{side} by {name}: {tangent}, shown {shown}"
            );
        }
    }
}
