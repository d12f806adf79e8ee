//! A deal made ready for the kernel: clauses sorted by kind, lines by number, dates by quarter, every number a slot of
//! one flat list. Nothing in here is a string; nothing is looked up while a quarter is computed.

use crate::calendar::Grid;
use crate::returns::Dates;

/// Place of a number in the flat list of a run's inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

impl Default for Slot {
    /// No place: a placeholder where a number is missing.
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Slot {
    /// The place as an index.
    #[inline(always)]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What AGI does to a clause (Model 6.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnAgi {
    /// The clause ends.
    Stop,
    /// The clause goes on.
    Continue,
    /// The AGI layer leaves the clause.
    Layer,
    /// A part of the clause goes on for some years.
    Tail,
}

/// A set of clauses, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseSet(pub u64);

impl ClauseSet {
    /// No clause.
    pub const EMPTY: Self = Self(0);

    /// Whether a clause is in the set.
    #[must_use]
    pub fn has(self, clause: usize) -> bool {
        self.0 >> clause & 1 == 1
    }

    /// The set with a clause more.
    #[must_use]
    pub fn with(self, clause: usize) -> Self {
        Self(self.0 | 1 << clause)
    }

    /// The set without a clause.
    #[must_use]
    pub fn without(self, clause: usize) -> Self {
        Self(self.0 & !(1 << clause))
    }
}

/// At which rate, and from which date, a clause's flows are discounted (Model 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discounting {
    /// At the operating rate from payment dates.
    Operating,
    /// At the contractual rate from payment dates.
    Contractual,
    /// At the rate of equity from payment dates.
    Equity,
    /// At the contractual rate from the dates of the tranches.
    OnItsDate,
}

/// A schedule as the kernel reads it: for each quarter an entry, the next one, and how far between them.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct Steps {
    pub quarters: Vec<(Slot, Slot, f64)>,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct Curve {
    pub run_rate: Slot,
    pub growth: Slot,
    pub terminal_growth: Slot,
    pub half_life: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedLine {
    pub curve: Curve,
    pub inference: Slot,
    pub terminal_inference: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedDevices {
    pub launch: Slot,
    pub market: Slot,
    pub p: Slot,
    pub q: Slot,
    pub price: Slot,
    pub unit_cost: Slot,
    pub service_per_month: Slot,
    pub inference: Slot,
    pub terminal_inference: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedAgi {
    pub year: Slot,
    pub verified: Slot,
    pub panel_delay: Slot,
    pub backer_year: Slot,
    pub either: bool,
    pub layer: Slot,
    pub growth_boost: Slot,
    pub boost_years: Slot,
    pub valuation_premium: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedBackerEquity {
    pub value: Slot,
    pub growth: Slot,
    pub volatility: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedRegulation {
    pub acts: Slot,
    pub year: Slot,
    pub share_rate_cap: Option<Slot>,
    pub stake: Option<(Slot, Slot)>,
    pub end_exclusivity: Option<Slot>,
    pub hosting_share_cap: Option<Slot>,
}

/// Capacity in gigawatts (Model 5.3), where compute has a price.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedCapacity {
    pub price: Slot,
    pub price_drift: Slot,
    pub capacity: Slot,
    pub build_rate: Slot,
    pub chip_supply: Option<Slot>,
    pub accelerator_kw: Slot,
    pub pue: Slot,
    pub load: Slot,
    pub grid_intensity: Slot,
    pub water_per_kwh: Slot,
    pub land_per_gw: Slot,
}

/// What serving costs its owner (Model 5.6, 5.7), or the margin that stands for it (5.8).
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub enum PlannedServing {
    Margin(Slot),
    Infrastructure {
        power_price: Slot,
        power_price_drift: Slot,
        opex: Slot,
        opex_drift: Slot,
        resale: Slot,
        capex: Slot,
        capex_drift: Slot,
        chip_fraction: Slot,
        chip_life: Slot,
        shell_life: Slot,
        lead: Slot,
        residual: Slot,
    },
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedTerm {
    pub clause: usize,
    pub from: Slot,
    pub until: Slot,
    pub on_agi: OnAgi,
    pub tail_factor: Slot,
    pub tail_years: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedTranche {
    pub quarter: usize,
    pub years: f64,
    pub days: i32,
    pub amount: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedCapital {
    pub clause: usize,
    pub tranches: Vec<PlannedTranche>,
    /// Amounts of the history, of either sign.
    pub history: Vec<Slot>,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedEquity {
    pub clause: usize,
    pub fraction: Slot,
    pub exit: Slot,
    pub discount: Slot,
    pub participation: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedRevenueShare {
    pub clause: usize,
    pub rate: Steps,
    pub lines: Vec<usize>,
    pub cap: Option<Slot>,
    pub paid: Slot,
    pub pay_over: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedReverseShare {
    pub clause: usize,
    pub rate: Slot,
    pub product: usize,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedCommitment {
    pub clause: usize,
    pub total: Slot,
    pub from: Slot,
    pub until: Slot,
    pub stops_on_agi: bool,
    pub ramp: Slot,
    pub take_or_pay: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedHosting {
    pub clause: usize,
    pub share: Steps,
    pub otherwise: Slot,
    pub premium: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedIpRights {
    pub clause: usize,
    pub product: usize,
    pub margin: Slot,
    pub otherwise: Slot,
    pub cannibalises: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedApi {
    pub clause: usize,
    pub lines: Vec<usize>,
    pub through: Slot,
    pub commission: Slot,
    pub otherwise: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedDevicesClause {
    pub clause: usize,
    pub royalty: Slot,
    pub hosted: bool,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedWarrantTranche {
    pub fraction: Slot,
    pub strike: Slot,
    pub gw: Option<Slot>,
    pub value: Option<Slot>,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedWarrant {
    pub clause: usize,
    pub on_backer: bool,
    pub expiry: Slot,
    pub tranches: Vec<PlannedWarrantTranche>,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedMilestone {
    pub clause: usize,
    pub per_gw: Slot,
    pub total: Slot,
}

#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedProfitShare {
    pub clause: usize,
    pub tiers: Vec<(Slot, Slot)>,
    pub history: Vec<Slot>,
}

/// The lab's money and the rates, as slots.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedRates {
    pub valuation: Slot,
    pub cash: Slot,
    pub min_cash: Slot,
    pub target_cash: Slot,
    pub raise_limit: Option<Slot>,
    pub cash_yield: Slot,
    pub tax_losses: Slot,
    pub terminal_pe: Slot,
    pub multiple_half_life: Slot,
    pub pool: Slot,
    pub opex_fixed: Slot,
    pub opex_ratio: Slot,
    pub opex_terminal_ratio: Slot,
    pub opex_half_life: Slot,
    pub discount_operating: Slot,
    pub discount_contractual: Slot,
    pub discount_equity: Slot,
    pub discount_lab: Slot,
    pub tax_backer: Slot,
    pub tax_lab: Slot,
    pub tax_gains: Slot,
    pub loss_limit: Slot,
    pub expensing: Slot,
}

/// A dated amount before the effective date.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct PlannedHistory {
    pub clause: usize,
    /// Days to the effective date, negative.
    pub days: i32,
    pub amount: Slot,
}

/// A deal ready to be run, with any number for its quantities.
#[derive(Clone, Debug)]
#[allow(
    missing_docs,
    reason = "fields mean what the keys of the deal format of the same name mean"
)]
pub struct Plan {
    pub grid: Grid,
    /// Year fraction of each payment date.
    pub year_fractions: Vec<f64>,
    /// Values of the slots beyond the deal's quantities.
    pub constants: Vec<f64>,
    /// Number of the deal's quantities.
    pub quantities: usize,
    pub clause_count: usize,
    pub enabled: ClauseSet,
    /// Discount rate of each clause (Model 8.2).
    pub discounting: Vec<Discounting>,
    pub agi: PlannedAgi,
    pub regulation: PlannedRegulation,
    pub lines: Vec<PlannedLine>,
    pub devices: Option<PlannedDevices>,
    pub inference_half_life: Slot,
    pub training: Curve,
    pub elsewhere: Slot,
    pub elsewhere_premium: Slot,
    pub loss_per_unserved: Slot,
    pub capacity: Option<PlannedCapacity>,
    pub serving: PlannedServing,
    pub rates: PlannedRates,
    pub backer_equity: Option<PlannedBackerEquity>,
    /// Volatility of the common demand shock.
    pub volatility: Slot,
    pub products: Vec<Curve>,
    pub terms: Vec<PlannedTerm>,
    pub capital: Vec<PlannedCapital>,
    pub equity: Option<PlannedEquity>,
    pub revenue_shares: Vec<PlannedRevenueShare>,
    pub reverse_shares: Vec<PlannedReverseShare>,
    pub commitment: Option<PlannedCommitment>,
    pub hosting: Option<PlannedHosting>,
    pub ip_rights: Vec<PlannedIpRights>,
    pub apis: Vec<PlannedApi>,
    pub devices_clause: Option<PlannedDevicesClause>,
    pub warrants: Vec<PlannedWarrant>,
    pub milestones: Vec<PlannedMilestone>,
    pub profit_share: Option<PlannedProfitShare>,
    /// Amounts before the effective date, clause by clause.
    pub history: Vec<PlannedHistory>,
    /// The days on which its flows fall.
    pub dates: Dates,
}

impl Plan {
    /// The inputs of a run: the values of the quantities, then the constants.
    #[must_use]
    pub fn inputs(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let inputs: Vec<f64> = values.chain(self.constants.iter().copied()).collect();
        debug_assert_eq!(inputs.len(), self.quantities + self.constants.len());
        inputs
    }

    /// Number of lines, those of devices included.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len() + if self.devices.is_some() { 2 } else { 0 }
    }

    /// Number of quarters.
    #[must_use]
    pub fn quarters(&self) -> usize {
        self.grid.len()
    }
}
