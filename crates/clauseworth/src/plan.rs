//! A deal made ready for the kernel: clauses sorted by kind, lines by number, dates by quarter, every number a slot of
//! one flat list. Nothing in here is a string; nothing is looked up while a quarter is computed.

use crate::calendar::Grid;
use crate::clause::{Clause, OnAgi, Terms, Underlying};
use crate::deal::{Deal, Level, Serving, Trigger};
use crate::format::fields::{Lines, Schedule};
use crate::format::quantity::Slot;

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
pub(crate) enum Discounting {
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
pub(crate) struct Steps {
    pub(crate) quarters: Vec<(Slot, Slot, f64)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) run_rate: Slot,
    pub(crate) growth: Slot,
    pub(crate) terminal_growth: Slot,
    pub(crate) half_life: Slot,
}

impl From<&Level> for Curve {
    fn from(level: &Level) -> Self {
        Self {
            run_rate: level.run_rate,
            growth: level.growth,
            terminal_growth: level.terminal_growth,
            half_life: level.half_life,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedLine {
    pub(crate) curve: Curve,
    pub(crate) inference: Slot,
    pub(crate) terminal_inference: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedDevices {
    pub(crate) launch: Slot,
    pub(crate) market: Slot,
    pub(crate) p: Slot,
    pub(crate) q: Slot,
    pub(crate) price: Slot,
    pub(crate) unit_cost: Slot,
    pub(crate) service_per_month: Slot,
    pub(crate) inference: Slot,
    pub(crate) terminal_inference: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedAgi {
    pub(crate) year: Slot,
    pub(crate) verified: Slot,
    pub(crate) panel_delay: Slot,
    pub(crate) backer_year: Slot,
    pub(crate) either: bool,
    pub(crate) layer: Slot,
    pub(crate) growth_boost: Slot,
    pub(crate) boost_years: Slot,
    pub(crate) valuation_premium: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedRegulation {
    pub(crate) acts: Slot,
    pub(crate) year: Slot,
    pub(crate) share_rate_cap: Option<Slot>,
    pub(crate) stake: Option<(Slot, Slot)>,
    pub(crate) end_exclusivity: Option<Slot>,
    pub(crate) hosting_share_cap: Option<Slot>,
}

/// Capacity in gigawatts (Model 5.3), where compute has a price.
#[derive(Clone, Debug)]
pub(crate) struct PlannedCapacity {
    pub(crate) price: Slot,
    pub(crate) price_drift: Slot,
    pub(crate) capacity: Slot,
    pub(crate) build_rate: Slot,
    pub(crate) chip_supply: Option<Slot>,
    pub(crate) accelerator_kw: Slot,
    pub(crate) pue: Slot,
    pub(crate) load: Slot,
    pub(crate) grid_intensity: Slot,
    pub(crate) water_per_kwh: Slot,
    pub(crate) land_per_gw: Slot,
}

/// What serving costs its owner (Model 5.6, 5.7), or the margin that stands for it (5.8).
#[derive(Clone, Debug)]
pub(crate) enum PlannedServing {
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
pub(crate) struct PlannedTerm {
    pub(crate) clause: usize,
    pub(crate) from: Slot,
    pub(crate) until: Slot,
    pub(crate) on_agi: OnAgi,
    pub(crate) tail_factor: Slot,
    pub(crate) tail_years: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedTranche {
    pub(crate) quarter: usize,
    pub(crate) years: f64,
    pub(crate) days: i32,
    pub(crate) amount: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedCapital {
    pub(crate) clause: usize,
    pub(crate) tranches: Vec<PlannedTranche>,
    /// Amounts of the history, of either sign.
    pub(crate) history: Vec<Slot>,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedEquity {
    pub(crate) clause: usize,
    pub(crate) fraction: Slot,
    pub(crate) exit: Slot,
    pub(crate) discount: Slot,
    pub(crate) participation: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedRevenueShare {
    pub(crate) clause: usize,
    pub(crate) rate: Steps,
    pub(crate) lines: Vec<usize>,
    pub(crate) cap: Option<Slot>,
    pub(crate) paid: Slot,
    pub(crate) pay_over: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedReverseShare {
    pub(crate) clause: usize,
    pub(crate) rate: Slot,
    pub(crate) product: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedCommitment {
    pub(crate) clause: usize,
    pub(crate) total: Slot,
    pub(crate) from: Slot,
    pub(crate) until: Slot,
    pub(crate) stops_on_agi: bool,
    pub(crate) ramp: Slot,
    pub(crate) take_or_pay: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedHosting {
    pub(crate) clause: usize,
    pub(crate) share: Steps,
    pub(crate) otherwise: Slot,
    pub(crate) premium: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedIpRights {
    pub(crate) clause: usize,
    pub(crate) product: usize,
    pub(crate) margin: Slot,
    pub(crate) otherwise: Slot,
    pub(crate) cannibalises: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedApi {
    pub(crate) clause: usize,
    pub(crate) lines: Vec<usize>,
    pub(crate) through: Slot,
    pub(crate) commission: Slot,
    pub(crate) otherwise: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedDevicesClause {
    pub(crate) clause: usize,
    pub(crate) royalty: Slot,
    pub(crate) hosted: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedWarrantTranche {
    pub(crate) fraction: Slot,
    pub(crate) strike: Slot,
    pub(crate) gw: Option<Slot>,
    pub(crate) value: Option<Slot>,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedWarrant {
    pub(crate) clause: usize,
    pub(crate) on_backer: bool,
    pub(crate) expiry: Slot,
    pub(crate) tranches: Vec<PlannedWarrantTranche>,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedMilestone {
    pub(crate) clause: usize,
    pub(crate) per_gw: Slot,
    pub(crate) total: Slot,
}

#[derive(Clone, Debug)]
pub(crate) struct PlannedProfitShare {
    pub(crate) clause: usize,
    pub(crate) tiers: Vec<(Slot, Slot)>,
    pub(crate) history: Vec<Slot>,
}

/// The lab's money and the rates, as slots.
#[derive(Clone, Debug)]
pub(crate) struct PlannedRates {
    pub(crate) valuation: Slot,
    pub(crate) cash: Slot,
    pub(crate) min_cash: Slot,
    pub(crate) target_cash: Slot,
    pub(crate) raise_limit: Option<Slot>,
    pub(crate) cash_yield: Slot,
    pub(crate) tax_losses: Slot,
    pub(crate) terminal_pe: Slot,
    pub(crate) multiple_half_life: Slot,
    pub(crate) pool: Slot,
    pub(crate) opex_fixed: Slot,
    pub(crate) opex_ratio: Slot,
    pub(crate) opex_terminal_ratio: Slot,
    pub(crate) opex_half_life: Slot,
    pub(crate) discount_operating: Slot,
    pub(crate) discount_contractual: Slot,
    pub(crate) discount_equity: Slot,
    pub(crate) discount_lab: Slot,
    pub(crate) tax_backer: Slot,
    pub(crate) tax_lab: Slot,
    pub(crate) tax_gains: Slot,
    pub(crate) loss_limit: Slot,
    pub(crate) expensing: Slot,
}

/// A dated amount before the effective date.
#[derive(Clone, Debug)]
pub(crate) struct PlannedHistory {
    pub(crate) clause: usize,
    /// Days to the effective date, negative.
    pub(crate) days: i32,
    pub(crate) amount: Slot,
}

/// A deal ready to be run, with any number for its quantities.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) grid: Grid,
    /// Year fraction of each payment date.
    pub(crate) year_fractions: Vec<f64>,
    /// Values of the slots beyond the deal's quantities.
    constants: Vec<f64>,
    quantities: usize,
    pub(crate) clause_count: usize,
    pub(crate) enabled: ClauseSet,
    /// Discount rate of each clause (Model 8.2).
    pub(crate) discounting: Vec<Discounting>,
    pub(crate) agi: PlannedAgi,
    pub(crate) regulation: PlannedRegulation,
    pub(crate) lines: Vec<PlannedLine>,
    pub(crate) devices: Option<PlannedDevices>,
    pub(crate) inference_half_life: Slot,
    pub(crate) training: Curve,
    pub(crate) elsewhere: Slot,
    pub(crate) elsewhere_premium: Slot,
    pub(crate) loss_per_unserved: Slot,
    pub(crate) capacity: Option<PlannedCapacity>,
    pub(crate) serving: PlannedServing,
    pub(crate) rates: PlannedRates,
    pub(crate) backer_equity: Option<(Slot, Slot)>,
    pub(crate) products: Vec<Curve>,
    pub(crate) terms: Vec<PlannedTerm>,
    pub(crate) capital: Vec<PlannedCapital>,
    pub(crate) equity: Option<PlannedEquity>,
    pub(crate) revenue_shares: Vec<PlannedRevenueShare>,
    pub(crate) reverse_shares: Vec<PlannedReverseShare>,
    pub(crate) commitment: Option<PlannedCommitment>,
    pub(crate) hosting: Option<PlannedHosting>,
    pub(crate) ip_rights: Vec<PlannedIpRights>,
    pub(crate) apis: Vec<PlannedApi>,
    pub(crate) devices_clause: Option<PlannedDevicesClause>,
    pub(crate) warrants: Vec<PlannedWarrant>,
    pub(crate) milestones: Vec<PlannedMilestone>,
    pub(crate) profit_share: Option<PlannedProfitShare>,
    /// In the order of their dates.
    pub(crate) history: Vec<PlannedHistory>,
}

/// Values that stand where a deal gives none.
struct Constants {
    values: Vec<f64>,
    offset: usize,
}

impl Constants {
    fn slot(&mut self, value: f64) -> Slot {
        let found = self.values.iter().position(|v| *v == value);
        let index = found.unwrap_or_else(|| {
            self.values.push(value);
            self.values.len() - 1
        });
        Slot((self.offset + index) as u32)
    }

    fn or(&mut self, slot: Option<Slot>, value: f64) -> Slot {
        slot.unwrap_or_else(|| self.slot(value))
    }
}

impl Plan {
    /// Makes a checked deal ready.
    #[must_use]
    pub(crate) fn new(deal: &Deal, grid: Grid) -> Self {
        let mut constants = Constants {
            values: Vec::new(),
            offset: deal.quantities.len(),
        };
        let tables = &deal.tables;
        let line_ids = deal.line_ids();
        let mut plan = Self {
            constants: Vec::new(),
            quantities: deal.quantities.len(),
            clause_count: deal.clauses().len(),
            enabled: ClauseSet::EMPTY,
            discounting: Vec::with_capacity(deal.clauses().len()),
            agi: plan_agi(deal, &mut constants),
            regulation: plan_regulation(deal, &mut constants),
            lines: tables
                .demand
                .lines
                .iter()
                .map(|line| PlannedLine {
                    curve: Curve {
                        run_rate: line.run_rate,
                        growth: line.growth,
                        terminal_growth: line.terminal_growth,
                        half_life: line.half_life,
                    },
                    inference: line.inference,
                    terminal_inference: line.terminal_inference,
                })
                .collect(),
            devices: tables.devices.as_ref().map(|d| PlannedDevices {
                launch: d.launch,
                market: d.market,
                p: d.p,
                q: d.q,
                price: d.price,
                unit_cost: d.unit_cost,
                service_per_month: d.service_per_month,
                inference: d.inference,
                terminal_inference: d.terminal_inference,
            }),
            inference_half_life: tables.compute.inference_half_life,
            training: Curve::from(&tables.compute.training),
            elsewhere: tables.compute.elsewhere,
            elsewhere_premium: tables.compute.elsewhere_premium,
            loss_per_unserved: tables.compute.loss_per_unserved,
            capacity: plan_capacity(deal, &mut constants),
            serving: plan_serving(deal, &mut constants),
            rates: plan_rates(deal),
            backer_equity: tables.backer_equity.as_ref().map(|e| (e.value, e.growth)),
            products: Vec::new(),
            terms: Vec::new(),
            capital: Vec::new(),
            equity: None,
            revenue_shares: Vec::new(),
            reverse_shares: Vec::new(),
            commitment: None,
            hosting: None,
            ip_rights: Vec::new(),
            apis: Vec::new(),
            devices_clause: None,
            warrants: Vec::new(),
            milestones: Vec::new(),
            profit_share: None,
            history: Vec::new(),
            year_fractions: grid.payment.iter().map(|d| grid.year_fraction(*d)).collect(),
            grid,
        };
        for (index, clause) in deal.clauses().iter().enumerate() {
            plan.add_clause(index, clause, &line_ids, &mut constants);
        }
        plan.history.sort_by_key(|entry| entry.days);
        plan.constants = constants.values;
        plan
    }

    fn add_clause(
        &mut self,
        clause: usize,
        stated: &Clause,
        line_ids: &[&str],
        constants: &mut Constants,
    ) {
        if stated.common.enabled {
            self.enabled = self.enabled.with(clause);
        }
        let mut history = Vec::new();
        for payment in &stated.common.history {
            history.push(payment.amount);
            self.history.push(PlannedHistory {
                clause,
                days: payment.day.days_since(self.grid.effective),
                amount: payment.amount,
            });
        }
        if let Some(term) = &stated.term {
            self.terms.push(PlannedTerm {
                clause,
                from: constants.or(term.from, self.grid.origin),
                until: constants.or(term.until, f64::INFINITY),
                on_agi: term.on_agi,
                tail_factor: constants.or(term.tail_factor, 0.0),
                tail_years: constants.or(term.tail_years, 0.0),
            });
        }
        self.discounting.push(match &stated.terms {
            Terms::Capital(_) => Discounting::OnItsDate,
            Terms::Commitment(_) => Discounting::Contractual,
            Terms::Equity(_) | Terms::MilestoneInvestment(_) | Terms::Warrant(_) => {
                Discounting::Equity
            }
            _ => Discounting::Operating,
        });
        match &stated.terms {
            Terms::Capital(terms) => {
                let tranches = terms.tranches.iter().filter_map(|payment| {
                    Some(PlannedTranche {
                        quarter: self.grid.quarter_of(payment.day)?,
                        years: self.grid.year_fraction(payment.day),
                        days: payment.day.days_since(self.grid.effective),
                        amount: payment.amount,
                    })
                });
                self.capital.push(PlannedCapital {
                    clause,
                    tranches: tranches.collect(),
                    history,
                });
            }
            Terms::Equity(terms) => {
                self.equity = Some(PlannedEquity {
                    clause,
                    fraction: terms.fraction,
                    exit: terms.exit,
                    discount: terms.discount,
                    participation: terms.participation,
                });
            }
            Terms::RevenueShare(terms) => self.revenue_shares.push(PlannedRevenueShare {
                clause,
                rate: steps(&terms.rate, &self.grid, false),
                lines: covered(&terms.lines, line_ids),
                cap: terms.cap,
                paid: terms.paid,
                pay_over: terms.pay_over,
            }),
            Terms::ReverseShare(terms) => {
                let product = self.add_product(&terms.product);
                self.reverse_shares.push(PlannedReverseShare {
                    clause,
                    rate: terms.rate,
                    product,
                });
            }
            Terms::Commitment(terms) => {
                let term = stated.term.as_ref();
                self.commitment = Some(PlannedCommitment {
                    clause,
                    total: terms.total,
                    from: constants.or(term.and_then(|t| t.from), self.grid.origin),
                    until: constants.or(term.and_then(|t| t.until), f64::INFINITY),
                    stops_on_agi: term.is_some_and(|t| t.on_agi == OnAgi::Stop),
                    ramp: terms.ramp,
                    take_or_pay: terms.take_or_pay,
                });
            }
            Terms::Hosting(terms) => {
                self.hosting = Some(PlannedHosting {
                    clause,
                    share: steps(&terms.share, &self.grid, true),
                    otherwise: terms.otherwise,
                    premium: terms.premium,
                });
            }
            Terms::IpRights(terms) => {
                let product = self.add_product(&terms.product);
                self.ip_rights.push(PlannedIpRights {
                    clause,
                    product,
                    margin: terms.margin,
                    otherwise: terms.otherwise,
                    cannibalises: terms.cannibalises,
                });
            }
            Terms::ApiExclusivity(terms) => self.apis.push(PlannedApi {
                clause,
                lines: covered(&terms.lines, line_ids),
                through: terms.through,
                commission: terms.commission,
                otherwise: terms.otherwise,
            }),
            Terms::Devices(terms) => {
                self.devices_clause = Some(PlannedDevicesClause {
                    clause,
                    royalty: terms.royalty,
                    hosted: terms.hosted,
                });
            }
            Terms::Warrant(terms) => self.warrants.push(PlannedWarrant {
                clause,
                on_backer: terms.underlying == Underlying::Backer,
                expiry: terms.expiry,
                tranches: terms
                    .tranches
                    .iter()
                    .map(|tranche| PlannedWarrantTranche {
                        fraction: tranche.fraction,
                        strike: tranche.strike,
                        gw: tranche.gw,
                        value: tranche.value,
                    })
                    .collect(),
            }),
            Terms::MilestoneInvestment(terms) => self.milestones.push(PlannedMilestone {
                clause,
                per_gw: terms.per_gw,
                total: terms.total,
            }),
            Terms::ProfitShare(terms) => {
                self.profit_share = Some(PlannedProfitShare {
                    clause,
                    tiers: terms
                        .tiers
                        .iter()
                        .map(|tier| (tier.share, constants.or(tier.until, f64::INFINITY)))
                        .collect(),
                    history,
                });
            }
        }
    }

    fn add_product(&mut self, level: &Level) -> usize {
        self.products.push(Curve::from(level));
        self.products.len() - 1
    }

    /// The inputs of a run: the values of the quantities, then the constants.
    #[must_use]
    pub(crate) fn inputs(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let inputs: Vec<f64> = values.chain(self.constants.iter().copied()).collect();
        debug_assert_eq!(inputs.len(), self.quantities + self.constants.len());
        inputs
    }

    /// Number of lines, those of devices included.
    #[must_use]
    pub(crate) fn line_count(&self) -> usize {
        self.lines.len() + if self.devices.is_some() { 2 } else { 0 }
    }

    /// Number of quarters.
    #[must_use]
    pub(crate) fn quarters(&self) -> usize {
        self.grid.len()
    }
}

fn steps(schedule: &Schedule, grid: &Grid, linear: bool) -> Steps {
    let entries = &schedule.entries;
    let at = |middle: &f64| {
        let year = grid.origin + middle;
        let next = entries.partition_point(|(from, _)| *from <= year);
        if next == 0 {
            return (entries[0].1, entries[0].1, 0.0);
        }
        let (from, slot) = entries[next - 1];
        match entries.get(next) {
            Some((to, target)) if linear => (slot, *target, (year - from) / (to - from)),
            _ => (slot, slot, 0.0),
        }
    };
    Steps {
        quarters: grid.middle.iter().map(at).collect(),
    }
}

fn covered(lines: &Lines, ids: &[&str]) -> Vec<usize> {
    match lines {
        Lines::All => (0..ids.len()).collect(),
        Lines::Ids(names) => names
            .iter()
            .filter_map(|name| ids.iter().position(|id| id == name))
            .collect(),
    }
}

fn plan_agi(deal: &Deal, constants: &mut Constants) -> PlannedAgi {
    match &deal.tables.agi {
        Some(agi) => PlannedAgi {
            year: agi.year,
            verified: agi.verified,
            panel_delay: agi.panel_delay,
            backer_year: agi.backer_year,
            either: agi.trigger == Trigger::Either,
            layer: agi.layer,
            growth_boost: agi.growth_boost,
            boost_years: agi.boost_years,
            valuation_premium: agi.valuation_premium,
        },
        None => {
            let (never, zero) = (constants.slot(f64::INFINITY), constants.slot(0.0));
            PlannedAgi {
                year: never,
                verified: zero,
                panel_delay: zero,
                backer_year: never,
                either: false,
                layer: zero,
                growth_boost: zero,
                boost_years: zero,
                valuation_premium: zero,
            }
        }
    }
}

fn plan_regulation(deal: &Deal, constants: &mut Constants) -> PlannedRegulation {
    match &deal.tables.regulation {
        Some(r) => PlannedRegulation {
            acts: r.acts,
            year: r.year,
            share_rate_cap: r.share_rate_cap,
            stake: r.stake_cap.zip(r.divestment_discount),
            end_exclusivity: r.end_exclusivity,
            hosting_share_cap: r.hosting_share_cap,
        },
        None => PlannedRegulation {
            acts: constants.slot(0.0),
            year: constants.slot(f64::INFINITY),
            share_rate_cap: None,
            stake: None,
            end_exclusivity: None,
            hosting_share_cap: None,
        },
    }
}

/// The checks have made sure that the keys that apply are given; the constants here are never read.
fn plan_capacity(deal: &Deal, constants: &mut Constants) -> Option<PlannedCapacity> {
    let c = &deal.tables.compute;
    let price = c.price?;
    let mut or_zero = |slot| constants.or(slot, 0.0);
    Some(PlannedCapacity {
        price,
        price_drift: or_zero(c.price_drift),
        capacity: or_zero(c.capacity),
        build_rate: or_zero(c.build_rate),
        chip_supply: c.chip_supply,
        accelerator_kw: or_zero(c.accelerator_kw),
        pue: or_zero(c.pue),
        load: or_zero(c.load),
        grid_intensity: or_zero(c.grid_intensity),
        water_per_kwh: or_zero(c.water_per_kwh),
        land_per_gw: or_zero(c.land_per_gw),
    })
}

/// As [`plan_capacity`].
fn plan_serving(deal: &Deal, constants: &mut Constants) -> PlannedServing {
    let c = &deal.tables.compute;
    let mut or_zero = |slot| constants.or(slot, 0.0);
    if c.serving == Some(Serving::Margin) {
        return PlannedServing::Margin(or_zero(c.margin));
    }
    PlannedServing::Infrastructure {
        power_price: or_zero(c.power_price),
        power_price_drift: or_zero(c.power_price_drift),
        opex: or_zero(c.opex),
        opex_drift: or_zero(c.opex_drift),
        resale: c.resale,
        capex: or_zero(c.capex),
        capex_drift: or_zero(c.capex_drift),
        chip_fraction: or_zero(c.chip_fraction),
        chip_life: or_zero(c.chip_life),
        shell_life: or_zero(c.shell_life),
        lead: or_zero(c.lead),
        residual: c.residual,
    }
}

fn plan_rates(deal: &Deal) -> PlannedRates {
    let tables = &deal.tables;
    let (lab, discount, tax) = (&tables.lab, &tables.discount, &tables.tax);
    PlannedRates {
        valuation: lab.valuation,
        cash: lab.cash,
        min_cash: lab.min_cash,
        target_cash: lab.target_cash,
        raise_limit: lab.raise_limit,
        cash_yield: lab.cash_yield,
        tax_losses: lab.tax_losses,
        terminal_pe: lab.terminal_pe,
        multiple_half_life: lab.multiple_half_life,
        pool: lab.pool,
        opex_fixed: lab.opex.fixed,
        opex_ratio: lab.opex.ratio,
        opex_terminal_ratio: lab.opex.terminal_ratio,
        opex_half_life: lab.opex.half_life,
        discount_operating: discount.operating,
        discount_contractual: discount.contractual,
        discount_equity: discount.equity,
        discount_lab: discount.lab,
        tax_backer: tax.backer,
        tax_lab: tax.lab,
        tax_gains: tax.capital_gains,
        loss_limit: tax.loss_limit,
        expensing: tax.expensing,
    }
}
