//! What a run leaves behind: one column of numbers a quarter for everything that section 14 of the model names, and
//! what the columns are made from. A ledger is made once for a plan and filled again by every run.

use std::ops::{Deref, DerefMut, Index, IndexMut};

use crate::plan::{Plan, Slot};
use crate::real::Real;
use crate::returns::Room;

/// A number a quarter.
#[derive(Clone, Debug)]
pub struct Column<R>(Vec<R>);

impl<R> Deref for Column<R> {
    type Target = [R];

    #[inline(always)]
    fn deref(&self) -> &[R] {
        &self.0
    }
}

impl<R> DerefMut for Column<R> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [R] {
        &mut self.0
    }
}

impl<'a, R> IntoIterator for &'a Column<R> {
    type Item = &'a R;
    type IntoIter = std::slice::Iter<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, R> IntoIterator for &'a mut Column<R> {
    type Item = &'a mut R;
    type IntoIter = std::slice::IterMut<'a, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

/// Hundreds of places index columns; one message for all of them keeps each small.
#[cold]
#[inline(never)]
fn beyond() -> ! {
    panic!("a quarter, clause or input beyond the plan's")
}

impl<R> Index<usize> for Column<R> {
    type Output = R;

    #[inline(always)]
    fn index(&self, quarter: usize) -> &R {
        match self.0.get(quarter) {
            Some(value) => value,
            None => beyond(),
        }
    }
}

impl<R> IndexMut<usize> for Column<R> {
    #[inline(always)]
    fn index_mut(&mut self, quarter: usize) -> &mut R {
        match self.0.get_mut(quarter) {
            Some(value) => value,
            None => beyond(),
        }
    }
}

/// The value of an input.
#[inline(always)]
pub(crate) fn input<R: Copy>(inputs: &[R], slot: Slot) -> R {
    match inputs.get(slot.index()) {
        Some(value) => *value,
        None => beyond(),
    }
}

/// Rows of quarters, one after the other: `row(i)[k]` is row `i` in quarter `k`.
#[derive(Clone, Debug)]
pub struct Rows<R> {
    data: Column<R>,
    quarters: usize,
}

impl<R: Real> Rows<R> {
    /// Rows of zeros.
    pub fn new(rows: usize, quarters: usize) -> Self {
        Self {
            data: Column(vec![R::zero(); rows * quarters]),
            quarters,
        }
    }

    /// A row.
    #[inline(always)]
    pub fn row(&self, row: usize) -> &[R] {
        let start = row * self.quarters;
        match self.data.get(start..start + self.quarters) {
            Some(row) => row,
            None => beyond(),
        }
    }

    /// A row to fill.
    #[inline(always)]
    pub fn row_mut(&mut self, row: usize) -> &mut [R] {
        let start = row * self.quarters;
        match self.data.get_mut(start..start + self.quarters) {
            Some(row) => row,
            None => beyond(),
        }
    }

    /// A row in a quarter.
    #[inline(always)]
    pub fn at(&self, row: usize, quarter: usize) -> R {
        self.data[row * self.quarters + quarter]
    }

    /// Sets a row in a quarter.
    #[inline(always)]
    pub fn set(&mut self, row: usize, quarter: usize, value: R) {
        self.data[row * self.quarters + quarter] = value;
    }

    /// Adds to a row in a quarter.
    #[inline(always)]
    pub fn add(&mut self, row: usize, quarter: usize, value: R) {
        let cell = row * self.quarters + quarter;
        self.data[cell] = self.data[cell] + value;
    }

    /// Makes all rows zero.
    pub fn clear(&mut self) {
        self.data.fill(R::zero());
    }
}

/// Declares the columns once, and with them how a ledger is made.
macro_rules! columns {
    ($( $(#[doc = $doc:literal])+ $name:ident, )+) => {
        /// The columns of a run, each a number a quarter.
        #[derive(Clone, Debug)]
        pub struct Columns<R> {
            $( $(#[doc = $doc])+ pub $name: Column<R>, )+
        }

        impl<R: Real> Columns<R> {
            fn new(quarters: usize) -> Self {
                Self { $( $name: Column(vec![R::zero(); quarters]), )+ }
            }
        }
    };
}

columns! {
    /// Part of the quarter before the contract's AGI: `B_k(T_A)`.
    agi_before,
    /// Part of the quarter before the economy's AGI: `B_k(T_G)`.
    economy_before,
    /// Part of the quarter after the remedy: `reg_k`.
    regulation,
    /// Growth factor of the lab after AGI: `G_k`.
    lab_boost,
    /// Growth factor of the backer's products after AGI.
    backer_boost,
    /// Premium on the enterprise value: `prem_k`.
    premium,
    /// Training budget.
    training,
    /// Price of compute, bn per GW-year.
    price,
    /// Build limit, GW.
    build_limit,
    /// Cost of energy, bn per TWh.
    energy_cost,
    /// Running cost other than energy, bn per GW-year.
    running_cost,
    /// Capital cost, bn per GW.
    capital_cost,
    /// Value of the backer's own equity, for warrants on it.
    backer_equity,
    /// Weight of the revenue multiple: `phi_k`.
    multiple_weight,
    /// Operating cost over revenue.
    opex_ratio,
    /// Part of the quarter in the commitment's term: `c_k`.
    in_term,
    /// Committed so far by the clause.
    agreed_commitment,
    /// Committed so far: `Mc_k`, 0 without the clause.
    committed,
    /// Hosting premium of the clause: `premium * e_k`.
    agreed_premium,
    /// Hosting premium in force: `premium_k`, 0 without the clause.
    hosting_premium,
    /// What cash earns in the quarter, over the cash.
    yielded,
    /// What the staff's pool leaves of a stake in the quarter.
    kept_by_pool,
    /// Device hardware demanded, bn.
    hardware,
    /// Device services demanded, bn.
    services,
    /// Cost of goods of the hardware demanded, bn.
    goods,
    /// Demanded revenue: sum of `Rd`.
    demand,
    /// What the lab's compute costs at the market price.
    need,
    /// The lab's compute bill: `C_k`.
    compute,
    /// Realised revenue: `R_k`.
    revenue,
    /// Cost of goods of the hardware sold.
    goods_sold,
    /// Operating cost other than compute: `O_k`.
    opex,
    /// Shortfall paid: `Sf_k`.
    shortfall,
    /// Shortfall left unpaid in the quarter.
    unpaid,
    /// Profit before tax: `P_k`.
    profit,
    /// The lab's tax.
    tax,
    /// Cash after pay-out.
    cash,
    /// Revenue share earned and not yet paid: `Y_k`.
    payable,
    /// Raised: `F_k`.
    raised,
    /// What the backer puts into raises by its participation.
    participated,
    /// What the backer pays for equity by milestones: `V_k`.
    milestones,
    /// Paid out: `Out_k`.
    paid_out,
    /// The part of it that the backer's stakes receive.
    paid_to_backer,
    /// Enterprise value.
    enterprise_value,
    /// Equity value after pay-out: `EqV_k`.
    equity_value,
    /// The backer's stake at the end of the quarter.
    stake,
    /// The other holders' stake at the end of the quarter.
    holders,
    /// The other holders' stake at the pay-out.
    holders_at_payout,
    /// 1 where the quarter is one of distress.
    distress,
    /// Billed under the commitment.
    billed,
    /// Served: `U_k`.
    served,
    /// Lost: `X_k`.
    lost,
    /// Installed, GW: `K_k`.
    gw,
    /// Used, GW.
    gw_used,
    /// Newly installed, GW: `dK_k`.
    gw_new,
    /// Energy, TWh.
    twh,
    /// Capital expenditure.
    capex,
    /// Net payments of the lab to the backer other than compute.
    taken,
    /// The same with what it pays the backer for compute.
    taken_with_compute,
    /// Flow of the stream `market`, before tax.
    market,
    /// Flow of the stream `market`, after tax.
    market_after_tax,
    /// Hosting: revenue, resale and, at the end, the residual, less running cost and capex.
    hosting,
    /// Hosting: what is taxed.
    hosting_taxable,
    /// Discount factors of operating flows.
    factor_operating,
    /// Discount factors of promises to pay.
    factor_contractual,
    /// Discount factors of equity.
    factor_equity,
    /// Discount factors of the lab's other holders.
    factor_lab,
    /// Flow of all clauses and the market, before tax.
    flow_total,
    /// Flow of all clauses and the market, after tax.
    flow_total_after_tax,
    /// The latter summed up since inception.
    cumulative,
    /// Discounted flow of the market.
    market_discounted,
    /// Accelerators installed, millions.
    accelerators,
    /// Emissions, Mt of CO2.
    co2,
    /// Water, billions of litres.
    water,
}

/// Everything that a run computes.
#[derive(Clone, Debug)]
pub struct Ledger<R> {
    /// The columns.
    pub c: Columns<R>,
    /// Part of each quarter in which each clause is in force: `e_k`.
    pub in_force: Rows<R>,
    /// Level of each line before `G_k`.
    pub line_level: Rows<R>,
    /// Inference spend per dollar of each line.
    pub line_inference: Rows<R>,
    /// Realised revenue of each line.
    pub line_revenue: Rows<R>,
    /// Level of each product before the boost, a year.
    pub product_level: Rows<R>,
    /// Flow of each clause, before tax.
    pub flow: Rows<R>,
    /// Flow of each clause, after tax.
    pub flow_after_tax: Rows<R>,
    /// Flow of each clause, after tax and discounted.
    pub discounted: Rows<R>,
    /// What each revenue share pays, by quarter of payment.
    pub share_paid: Rows<R>,
    /// The multiple of revenue `M0` that the valuation at signing implies.
    pub multiple: R,
    /// Equity value in the quarter of the exit.
    pub equity_value_at_exit: R,
    /// What the backer put into equity: participation, by quarter, for the money multiple.
    pub participation: R,
    /// After-tax proceeds of the equity, milestone and warrant clauses.
    pub proceeds: R,
    pub(crate) scratch: Scratch<R>,
}

/// Columns that only one step of a run needs.
#[derive(Clone, Debug)]
pub(crate) struct Scratch<R> {
    pub(crate) decay: Column<R>,
    pub(crate) depreciation: Column<R>,
    pub(crate) chips: Column<R>,
    pub(crate) shells: Column<R>,
    pub(crate) cohort: Column<R>,
    pub(crate) demanded: Column<R>,
    pub(crate) milestone_stake: Column<R>,
    pub(crate) milestone_basis: Column<R>,
    pub(crate) milestone_spent: Column<R>,
    pub(crate) milestone_now: Column<R>,
    pub(crate) share_earned: Column<R>,
    pub(crate) product: Column<R>,
    pub(crate) returns: Room<R>,
}

impl<R: Real> Ledger<R> {
    /// A ledger with room for a plan's runs.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let n = plan.quarters();
        let column = || Column(vec![R::zero(); n]);
        let milestones = || Column(vec![R::zero(); plan.milestones.len()]);
        Self {
            c: Columns::new(n),
            in_force: Rows::new(plan.clause_count, n),
            line_level: Rows::new(plan.lines.len(), n),
            line_inference: Rows::new(plan.line_count(), n),
            line_revenue: Rows::new(plan.line_count(), n),
            product_level: Rows::new(plan.products.len(), n),
            flow: Rows::new(plan.clause_count, n),
            flow_after_tax: Rows::new(plan.clause_count, n),
            discounted: Rows::new(plan.clause_count, n),
            share_paid: Rows::new(plan.revenue_shares.len(), n),
            multiple: R::zero(),
            equity_value_at_exit: R::zero(),
            participation: R::zero(),
            proceeds: R::zero(),
            scratch: Scratch {
                decay: column(),
                depreciation: column(),
                chips: column(),
                shells: column(),
                cohort: column(),
                demanded: Column(vec![R::zero(); plan.line_count()]),
                milestone_stake: milestones(),
                milestone_basis: milestones(),
                milestone_spent: milestones(),
                milestone_now: milestones(),
                share_earned: Column(vec![R::zero(); plan.revenue_shares.len()]),
                product: Column(vec![R::zero(); plan.products.len()]),
                returns: Room::default(),
            },
        }
    }
}
