//! Compiles a deal for the kernel: clauses sorted by kind, lines by number, dates by quarter, every number a slot.

use clauseworth_kernel::calendar::Grid;
use clauseworth_kernel::plan::*;
use clauseworth_kernel::returns::Dates;

use crate::clause::{self, Clause, Terms, Underlying};
use crate::deal::{Deal, Level, Serving, Trigger};
use crate::format::fields::{Lines, Schedule};

fn curve(level: &Level) -> Curve {
    Curve {
        run_rate: level.run_rate,
        growth: level.growth,
        terminal_growth: level.terminal_growth,
        half_life: level.half_life,
    }
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

/// Makes a checked deal ready.
pub(crate) fn compile(deal: &Deal, grid: Grid) -> Plan {
    let mut constants = Constants {
        values: Vec::new(),
        offset: deal.quantities.len(),
    };
    let tables = &deal.tables;
    let line_ids = deal.line_ids();
    let mut plan = Plan {
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
        training: curve(&tables.compute.training),
        elsewhere: tables.compute.elsewhere,
        elsewhere_premium: tables.compute.elsewhere_premium,
        loss_per_unserved: tables.compute.loss_per_unserved,
        capacity: plan_capacity(deal, &mut constants),
        serving: plan_serving(deal, &mut constants),
        rates: plan_rates(deal),
        backer_equity: tables.backer_equity.as_ref().map(|e| PlannedBackerEquity {
            value: e.value,
            growth: e.growth,
            volatility: e.volatility,
        }),
        volatility: tables.demand.volatility,
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
        dates: Dates::default(),
        year_fractions: grid
            .payment
            .iter()
            .map(|d| grid.year_fraction(*d))
            .collect(),
        grid,
    };
    for (index, clause) in deal.clauses().iter().enumerate() {
        add_clause(&mut plan, index, clause, &line_ids, &mut constants);
    }
    plan.constants = constants.values;
    plan.dates = Dates::new(&plan.grid, &plan.capital, &plan.history);
    plan
}

fn add_clause(
    plan: &mut Plan,
    clause: usize,
    stated: &Clause,
    line_ids: &[&str],
    constants: &mut Constants,
) {
    if stated.common.enabled {
        plan.enabled = plan.enabled.with(clause);
    }
    let mut history = Vec::new();
    for payment in &stated.common.history {
        history.push(payment.amount);
        plan.history.push(PlannedHistory {
            clause,
            days: payment.day.days_since(plan.grid.effective),
            amount: payment.amount,
        });
    }
    if let Some(term) = &stated.term {
        plan.terms.push(PlannedTerm {
            clause,
            from: constants.or(term.from, plan.grid.origin),
            until: constants.or(term.until, f64::INFINITY),
            on_agi: on_agi(term.on_agi),
            tail_factor: constants.or(term.tail_factor, 0.0),
            tail_years: constants.or(term.tail_years, 0.0),
        });
    }
    plan.discounting.push(match &stated.terms {
        Terms::Capital(_) => Discounting::OnItsDate,
        Terms::Commitment(_) => Discounting::Contractual,
        Terms::Equity(_) | Terms::MilestoneInvestment(_) | Terms::Warrant(_) => Discounting::Equity,
        _ => Discounting::Operating,
    });
    match &stated.terms {
        Terms::Capital(terms) => {
            let tranches = terms.tranches.iter().filter_map(|payment| {
                Some(PlannedTranche {
                    quarter: plan.grid.quarter_of(payment.day)?,
                    years: plan.grid.year_fraction(payment.day),
                    days: payment.day.days_since(plan.grid.effective),
                    amount: payment.amount,
                })
            });
            plan.capital.push(PlannedCapital {
                clause,
                tranches: tranches.collect(),
                history,
            });
        }
        Terms::Equity(terms) => {
            plan.equity = Some(PlannedEquity {
                clause,
                fraction: terms.fraction,
                exit: terms.exit,
                discount: terms.discount,
                participation: terms.participation,
            });
        }
        Terms::RevenueShare(terms) => plan.revenue_shares.push(PlannedRevenueShare {
            clause,
            rate: steps(&terms.rate, &plan.grid, false),
            lines: covered(&terms.lines, line_ids),
            cap: terms.cap,
            paid: terms.paid,
            pay_over: terms.pay_over,
        }),
        Terms::ReverseShare(terms) => {
            let product = add_product(plan, &terms.product);
            plan.reverse_shares.push(PlannedReverseShare {
                clause,
                rate: terms.rate,
                product,
            });
        }
        Terms::Commitment(terms) => {
            let term = stated.term.as_ref();
            plan.commitment = Some(PlannedCommitment {
                clause,
                total: terms.total,
                from: constants.or(term.and_then(|t| t.from), plan.grid.origin),
                until: constants.or(term.and_then(|t| t.until), f64::INFINITY),
                stops_on_agi: term.is_some_and(|t| t.on_agi == clause::OnAgi::Stop),
                ramp: terms.ramp,
                take_or_pay: terms.take_or_pay,
            });
        }
        Terms::Hosting(terms) => {
            plan.hosting = Some(PlannedHosting {
                clause,
                share: steps(&terms.share, &plan.grid, true),
                otherwise: terms.otherwise,
                premium: terms.premium,
            });
        }
        Terms::IpRights(terms) => {
            let product = add_product(plan, &terms.product);
            plan.ip_rights.push(PlannedIpRights {
                clause,
                product,
                margin: terms.margin,
                otherwise: terms.otherwise,
                cannibalises: terms.cannibalises,
            });
        }
        Terms::ApiExclusivity(terms) => plan.apis.push(PlannedApi {
            clause,
            lines: covered(&terms.lines, line_ids),
            through: terms.through,
            commission: terms.commission,
            otherwise: terms.otherwise,
        }),
        Terms::Devices(terms) => {
            plan.devices_clause = Some(PlannedDevicesClause {
                clause,
                royalty: terms.royalty,
                hosted: terms.hosted,
            });
        }
        Terms::Warrant(terms) => plan.warrants.push(PlannedWarrant {
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
        Terms::MilestoneInvestment(terms) => plan.milestones.push(PlannedMilestone {
            clause,
            per_gw: terms.per_gw,
            total: terms.total,
        }),
        Terms::ProfitShare(terms) => {
            plan.profit_share = Some(PlannedProfitShare {
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

fn add_product(plan: &mut Plan, level: &Level) -> usize {
    plan.products.push(curve(level));
    plan.products.len() - 1
}

fn on_agi(word: clause::OnAgi) -> OnAgi {
    match word {
        clause::OnAgi::Stop => OnAgi::Stop,
        clause::OnAgi::Continue => OnAgi::Continue,
        clause::OnAgi::Layer => OnAgi::Layer,
        clause::OnAgi::Tail => OnAgi::Tail,
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
