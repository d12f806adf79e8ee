//! The tables of a deal file (Model 2 to 8, 13), each key once. [`Deal`] is what a file says, with its numbers in one
//! flat list; [`crate::plan`] makes of it what the kernel runs.

#[cfg(feature = "schema")]
use serde_json::Value as Json;

use crate::check::{self, Sound};
use crate::clause::{Clause, Clauses};
use crate::error::Error;
use crate::format::fields::{Between, Changes, Id, ListSpec, Payment, Plain};
use crate::format::limits::*;
use crate::format::quantity::{Quantity, Slot};
use crate::format::reader::Reader;
#[cfg(feature = "schema")]
use crate::format::table_schema;
use crate::format::{choice, read_table, table};
use crate::node::{Node, Value};
use clauseworth_kernel::calendar::Day;

pub(crate) const RESERVED_LINES: [&str; 3] = ["all", "device-hardware", "device-services"];

choice! {
    /// Whose AGI the clauses look at (Model 3.1).
    Trigger {
        /// The lab's, once verified.
        Lab = "lab",
        /// The earlier of the lab's, once verified, and the backer's.
        Either = "either",
    }
}

choice! {
    /// How the profit of serving is computed (Model 5.8).
    Serving {
        /// From a margin on what is served.
        Margin = "margin",
    }
}

table! {
    /// AGI: the contract's date and the economy's (Model 3.1).
    Agi {
        /// When the lab declares AGI.
        year: Slot = YEAR_OR_NEVER.required();
        /// Whether the panel confirms it.
        verified: Slot = FLAG.required();
        /// From the declaration to the panel's verdict.
        panel_delay: Slot = SPAN.required();
        /// When the backer gets there by itself.
        backer_year: Slot = YEAR_OR_NEVER.required();
        /// Whose AGI the clauses look at.
        trigger: Trigger = Some(Trigger::Lab);
        /// Part of the business after AGI that leaves the partnership.
        layer: Slot = FRACTION.required();
        /// Extra growth after AGI of the side that was first.
        growth_boost: Slot = PREMIUM.required();
        /// How long the extra growth lasts.
        boost_years: Slot = SPAN.required();
        /// Premium on the lab's enterprise value after AGI, if the lab was first.
        valuation_premium: Slot = PREMIUM.required();
    }
}

table! {
    /// What a regulator does (Model 3.2).
    Regulation {
        /// Whether the regulator acts.
        acts: Slot = FLAG.required();
        /// When the remedy bites.
        year: Slot = YEAR_OR_NEVER.required();
        /// Highest rate of a revenue share.
        share_rate_cap: Option<Slot> = FRACTION.required();
        /// Largest stake; what is above must be sold.
        stake_cap: Option<Slot> = FRACTION.required();
        /// Discount at which the stake above the cap is sold.
        divestment_discount: Option<Slot> = FRACTION.required();
        /// Whether API exclusivity ends.
        end_exclusivity: Option<Slot> = FLAG.required();
        /// Largest part of the lab's compute that the backer may host.
        hosting_share_cap: Option<Slot> = FRACTION.required();
    }
}

table! {
    /// A line of the lab's business (Model 4.1, 5.1).
    Line {
        /// Name for paths.
        id: Id = ();
        /// Revenue a year as of the effective date.
        run_rate: Slot = RUN_RATE.required();
        /// Growth a year at first.
        growth: Slot = GROWTH.required();
        /// Growth a year in the long run.
        terminal_growth: Slot = GROWTH.required();
        /// Time in which growth covers half of the way to its long-run value.
        half_life: Slot = HALF_LIFE.required();
        /// Inference spend per dollar of revenue at first.
        inference: Slot = RATIO.required();
        /// Inference spend per dollar of revenue in the long run.
        terminal_inference: Slot = RATIO.required();
    }
}

table! {
    /// What people pay the lab for (Model 4).
    Demand {
        /// Standard deviation of the common shock to demand over a year, in logarithms.
        volatility: Slot = VOLATILITY.required();
        /// The lines of business.
        lines: Vec<Line> = ListSpec::ById;
    }
}

table! {
    /// Devices: Bass diffusion, hardware and services (Model 4.5).
    Devices {
        /// When sales begin.
        launch: Slot = YEAR_OR_NEVER.required();
        /// Units that will be sold in the end.
        market: Slot = UNITS.required();
        /// Coefficient of innovation.
        p: Slot = INNOVATION.required();
        /// Coefficient of imitation.
        q: Slot = IMITATION.required();
        /// Price of a device.
        price: Slot = UNIT_PRICE.required();
        /// Cost of goods of a device.
        unit_cost: Slot = UNIT_PRICE.required();
        /// Services revenue per device in use.
        service_per_month: Slot = MONTHLY_PRICE.required();
        /// Inference spend per dollar of services revenue at first.
        inference: Slot = RATIO.required();
        /// Inference spend per dollar of services revenue in the long run.
        terminal_inference: Slot = RATIO.required();
    }
}

table! {
    /// A level that grows, its growth fading to the long-run value (Model 1.7).
    Level {
        /// Amount a year as of the effective date.
        run_rate: Slot = RUN_RATE.required();
        /// Growth a year at first.
        growth: Slot = GROWTH.required();
        /// Growth a year in the long run.
        terminal_growth: Slot = GROWTH.required();
        /// Time in which growth covers half of the way to its long-run value.
        half_life: Slot = HALF_LIFE.required();
    }
}

table! {
    /// Compute and infrastructure (Model 5).
    Compute {
        /// How the profit of serving is computed; absent: from the infrastructure.
        serving: Option<Serving> = None;
        /// Profit per dollar served, with serving = "margin".
        margin: Option<Slot> = MARGIN.required();
        /// Time in which inference spend covers half of the way to its long-run value.
        inference_half_life: Slot = HALF_LIFE.required();
        /// The training budget.
        training: Level = ();
        /// Market price of compute.
        price: Option<Slot> = GW_YEAR_PRICE.required();
        /// Change of the price of compute.
        price_drift: Option<Slot> = RATE.required();
        /// Capacity installed for the lab as of the effective date.
        capacity: Option<Slot> = POWER.required();
        /// Capacity that power and shells allow to be added.
        build_rate: Option<Slot> = BUILD_RATE.required();
        /// Accelerators that the backer can get for this lab; absent: no limit.
        chip_supply: Option<Slot> = CHIP_SUPPLY.required();
        /// Power of one accelerator.
        accelerator_kw: Option<Slot> = CHIP_POWER.required();
        /// Part of what the backer cannot serve that the lab finds elsewhere.
        elsewhere: Slot = FRACTION.required();
        /// Premium of compute bought elsewhere.
        elsewhere_premium: Slot = PREMIUM.or(0.0);
        /// Revenue lost per unit of need that nobody serves.
        loss_per_unserved: Slot = FRACTION.required();
        /// Power usage effectiveness: facility power over IT power.
        pue: Option<Slot> = PUE.required();
        /// Average draw of used capacity over its IT power.
        load: Option<Slot> = FRACTION.required();
        /// Price of electricity.
        power_price: Option<Slot> = ENERGY_PRICE.required();
        /// Change of the price of electricity.
        power_price_drift: Option<Slot> = RATE.required();
        /// Running cost other than energy.
        opex: Option<Slot> = GW_YEAR_COST.required();
        /// Change of the running cost.
        opex_drift: Option<Slot> = RATE.required();
        /// What idle capacity earns from others, over the price of compute, net of energy.
        resale: Slot = FRACTION.or(0.0);
        /// Capital cost of capacity.
        capex: Option<Slot> = GW_COST.required();
        /// Change of the capital cost.
        capex_drift: Option<Slot> = RATE.required();
        /// Part of the capital cost that is chips.
        chip_fraction: Option<Slot> = FRACTION.required();
        /// Useful life of chips.
        chip_life: Option<Slot> = LIFE.required();
        /// Useful life of shells.
        shell_life: Option<Slot> = LIFE.required();
        /// Quarters over which new capacity is paid for, the last one that of its start.
        lead: Option<Slot> = LEAD.required();
        /// What the economic value left at the horizon is worth.
        residual: Slot = FACTOR.or(1.0);
        /// Carbon intensity of the electricity.
        grid_intensity: Option<Slot> = GRID_INTENSITY.required();
        /// Water used per unit of energy.
        water_per_kwh: Option<Slot> = WATER.required();
        /// Land used per unit of IT power.
        land_per_gw: Option<Slot> = LAND.required();
    }
}

table! {
    /// A figure that the footprint is compared with (Model 5.9).
    Reference {
        /// Name for paths.
        id: Id = ();
        /// What the figure is.
        title: String = ();
        /// The figure.
        value: Slot = REFERENCE.required();
        /// What is compared with it: a metric or, with year, a key of that year.
        metric: String = ();
        /// Calendar year of what is compared.
        year: Option<Plain> = &YEAR;
        /// Id of the source.
        source: Option<String> = ();
    }
}

table! {
    /// The lab's operating cost other than compute (Model 7.1).
    Opex {
        /// Fixed part.
        fixed: Slot = RUN_RATE.required();
        /// Part of revenue at first.
        ratio: Slot = RATIO.required();
        /// Part of revenue in the long run.
        terminal_ratio: Slot = RATIO.required();
        /// Time in which the ratio covers half of the way to its long-run value.
        half_life: Slot = HALF_LIFE.required();
    }
}

table! {
    /// The lab's money (Model 7).
    Lab {
        /// Equity value at signing, before any tranche.
        valuation: Slot = VALUE.required();
        /// Cash as of the effective date.
        cash: Slot = BALANCE.required();
        /// Cash below which the lab raises.
        min_cash: Slot = BALANCE.required();
        /// Cash that a raise restores, and above which earnings are paid out.
        target_cash: Slot = BALANCE.required();
        /// Largest raise of a quarter over the equity value of the quarter before; absent: no limit.
        raise_limit: Option<Slot> = FACTOR.required();
        /// Yield of cash.
        cash_yield: Slot = RATE.or(0.0);
        /// Tax losses carried forward as of the effective date.
        tax_losses: Slot = MONEY.or(0.0);
        /// Multiple of earnings that the enterprise is worth in the long run.
        terminal_pe: Slot = MULTIPLE.required();
        /// Time in which the weight of the revenue multiple halves.
        multiple_half_life: Slot = HALF_LIFE.required();
        /// Dilution a year by the staff's shares.
        pool: Slot = PART.required();
        /// Operating cost other than compute.
        opex: Opex = ();
    }
}

table! {
    /// The backer's own equity, for warrants on it (Model 6.10).
    BackerEquity {
        /// Value as of the effective date.
        value: Slot = VALUE.required();
        /// Growth a year.
        growth: Slot = RATE.required();
        /// Standard deviation over a year, in logarithms.
        volatility: Slot = VOLATILITY.required();
    }
}

table! {
    /// Discount rates (Model 8.2).
    Discount {
        /// For operating flows.
        operating: Slot = RATE.required();
        /// For promises to pay: capital and shortfalls.
        contractual: Slot = RATE.required();
        /// For equity, milestone investments and warrants.
        equity: Slot = RATE.required();
        /// For the lab's other holders.
        lab: Slot = RATE.required();
    }
}

table! {
    /// Taxes (Model 7.2, 8.1).
    Tax {
        /// The backer's rate on operating flows.
        backer: Slot = FRACTION.required();
        /// The lab's rate.
        lab: Slot = FRACTION.required();
        /// The backer's rate on gains and pay-outs.
        capital_gains: Slot = FRACTION.required();
        /// Part of a year's profit that losses carried forward can shelter.
        loss_limit: Slot = FRACTION.or(1.0);
        /// Part of capital cost that is deducted when it is paid.
        expensing: Slot = FRACTION.or(0.0);
    }
}

table! {
    /// Two uncertain quantities that move together (Model 2.3).
    Correlation {
        /// Paths of the two.
        between: Between = ();
        /// Correlation of the underlying normals.
        rho: Plain = &CORRELATION;
    }
}

table! {
    /// A named set of changes on top of the base case (Model 13).
    Scenario {
        /// Name for the command line and links.
        id: Id = ();
        /// What it is.
        title: String = ();
        /// Path and value of each change.
        set: Changes = ();
    }
}

table! {
    /// Where figures come from (Model 13).
    Source {
        /// Name that quantities cite.
        id: Id = ();
        /// Title of the page or document.
        title: String = ();
        /// Who published it.
        publisher: Option<String> = ();
        /// Where it can be read.
        url: Option<String> = ();
        /// When it was published.
        date: Option<String> = ();
    }
}

table! {
    /// A deal between a backer and a lab, and the world around it.
    Tables {
        /// Version of the format: 1.
        format: Plain = &FORMAT;
        /// Name of the deal.
        id: Id = ();
        /// What the deal is.
        title: String = ();
        /// The backer's name.
        backer: String = ();
        /// The lab's name.
        lab_name: String = ();
        /// First day of the agreement.
        effective: Day = ();
        /// The quarter that contains this day is the last one.
        horizon: Day = ();
        /// Deal of the library that this one starts from.
        base: Option<String> = ();
        /// AGI; absent: never.
        agi: Option<Agi> = ();
        /// What a regulator does; absent: nothing.
        regulation: Option<Regulation> = ();
        /// What people pay the lab for.
        demand: Demand = ();
        /// Devices; absent: none.
        devices: Option<Devices> = ();
        /// Compute and infrastructure.
        compute: Compute = ();
        /// Figures that the footprint is compared with.
        references: Vec<Reference> = ListSpec::OptionalById;
        /// The lab's money.
        lab: Lab = ();
        /// The backer's own equity, for warrants on it.
        backer_equity: Option<BackerEquity> = ();
        /// Discount rates.
        discount: Discount = ();
        /// Taxes.
        tax: Tax = ();
        /// The agreement itself.
        clauses: Clauses = ();
        /// What moves together.
        correlations: Vec<Correlation> = ListSpec::OptionalByPosition;
        /// Named sets of changes.
        scenarios: Vec<Scenario> = ListSpec::OptionalById;
        /// Where figures come from.
        sources: Vec<Source> = ListSpec::OptionalById;
    }
}

/// A deal as its file says, checked: its tables, and its quantities in one flat list that the slots point into.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// The tables of the file.
    pub tables: Tables,
    /// All quantities, in the order of the format.
    pub quantities: Vec<Quantity>,
    /// What the reader should know though it is no error.
    pub warnings: Vec<String>,
}

impl Deal {
    /// Reads and checks a whole deal, already merged with its base; all faults at once.
    pub(crate) fn read(root: &Node) -> Result<Self, Error> {
        let mut quantities = Vec::new();
        let mut reader = Reader::new(&mut quantities);
        let tables: Option<Tables> = read_table(&mut reader, "", root);
        let mut faults = reader.into_faults();
        let mut deal = Self {
            tables: tables.unwrap_or_default(),
            quantities,
            warnings: Vec::new(),
        };
        let clauses = match root.get("clauses").map(|clauses| &clauses.value) {
            Some(Value::List(items)) => items.len(),
            _ => 0,
        };
        let sound = Sound {
            clauses: deal.clauses().len() == clauses,
            ids: !faults.iter().any(|fault| fault.path.ends_with(".id")),
            serving: !faults.iter().any(|fault| fault.path == "compute.serving"),
        };
        let mut further = check::structure(&mut deal, &sound);
        let values: Vec<f64> = deal.quantities.iter().map(|q| q.value).collect();
        further.extend(check::values(&deal, &values));
        // A fault at or below the place of another only follows from it.
        let read = faults.len();
        further.retain(|fault| {
            faults[..read].iter().all(|cause| {
                let dates = fault.path == "horizon" && cause.path == "effective";
                !dates && !is_at_or_below(&fault.path, &cause.path)
            })
        });
        faults.extend(further);
        Error::check(faults)?;
        Ok(deal)
    }

    /// The clauses in the order of the file.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.tables.clauses.0
    }

    /// Base value of a quantity.
    #[must_use]
    pub fn value(&self, slot: Slot) -> f64 {
        self.quantities[slot.index()].value
    }

    /// The quantity at a path.
    #[must_use]
    pub fn quantity(&self, path: &str) -> Option<(Slot, &Quantity)> {
        let index = self.quantities.iter().position(|q| q.path == path)?;
        Some((Slot(index as u32), &self.quantities[index]))
    }

    /// Paths of the quantities that the file has with a distribution, in its order.
    pub(crate) fn drawn(&self) -> impl Iterator<Item = &str> {
        let uncertain = self.quantities.iter().filter(|q| q.distribution.is_some());
        uncertain.map(|quantity| quantity.path.as_str())
    }

    /// Ids of the lab's lines in the order of the file, those of devices last.
    #[must_use]
    pub fn line_ids(&self) -> Vec<&str> {
        let lines = self.tables.demand.lines.iter().map(|l| l.id.0.as_str());
        let devices = self
            .tables
            .devices
            .iter()
            .flat_map(|_| &RESERVED_LINES[1..]);
        lines.chain(devices.copied()).collect()
    }
}

/// Whether a path is another one or leads below it; everything is below the file as a whole.
pub(crate) fn is_at_or_below(path: &str, other: &str) -> bool {
    match path.strip_prefix(other) {
        Some(rest) => other.is_empty() || rest.is_empty() || rest.starts_with('.'),
        None => false,
    }
}

/// JSON Schema of the deal format, made from the tables.
#[cfg(feature = "schema")]
#[must_use]
pub fn schema() -> Json {
    let mut schema = table_schema::<Tables>();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "Clauseworth deal".into();
    let definitions = ALL
        .iter()
        .map(|limit| {
            let name = limit.name.to_lowercase();
            (name, crate::format::schema::quantity_definition(limit))
        })
        .collect();
    schema["$defs"] = Json::Object(definitions);
    // A file that starts from a base gives only what differs.
    let required = schema["required"].take();
    schema["required"] = serde_json::json!(["format", "id"]);
    schema["if"] = serde_json::json!({ "not": { "required": ["base"] } });
    schema["then"] = serde_json::json!({ "required": required });
    schema
}

/// Dated payments where the key may be absent.
pub(crate) type Payments = Vec<Payment>;
