//! The public names of metrics and series (Model 14.1, 14.2), in their order, each once.

use std::marker::PhantomData;

use crate::deal::Deal;
use clauseworth_kernel::ledger::{Columns, Ledger};
use clauseworth_kernel::plan::{ClauseSet, Plan, PlannedServing};
use clauseworth_kernel::real::Real;

/// Keys of a year in the result (Model 14.3).
pub(crate) const YEAR_KEYS: [&str; 4] = ["take_rate", "take_rate_with_compute", "twh", "revenue"];

/// The metrics; `<clause>` stands for one per clause in force.
pub(crate) const METRICS: [&str; 33] = [
    "backer.npv",
    "backer.npv.<clause>",
    "backer.npv.market",
    "backer.irr",
    "backer.irr_since_inception",
    "backer.moic",
    "backer.payback",
    "backer.payback_discounted",
    "backer.peak_exposure",
    "backer.stake_npv_over_market",
    "lab.npv",
    "lab.implied_return",
    "lab.funding_gap",
    "lab.dilution",
    "lab.equity_value",
    "lab.equity_value_at_exit",
    "lab.lowest_cash",
    "lab.distress_quarters",
    "lab.revenue_total",
    "lab.take_rate",
    "lab.take_rate_with_compute",
    "commitment.billed",
    "commitment.shortfall",
    "commitment.unpaid",
    "commitment.unmet",
    "infrastructure.peak_gw",
    "infrastructure.peak_twh",
    "infrastructure.peak_accelerators",
    "infrastructure.capex",
    "infrastructure.co2",
    "infrastructure.water",
    "infrastructure.peak_land",
    "surplus",
];

/// What happens to a series over a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// Amounts add up.
    Sum,
    /// The year ends at the level of its last quarter.
    End,
}

/// Where a series is found.
pub(crate) enum Place<R: 'static> {
    /// A column.
    Column(fn(&Columns<R>) -> &[R]),
    /// A column that exists only where compute has a price.
    Priced(fn(&Columns<R>) -> &[R]),
    /// Capital expenditure: nothing is built without a price, but with `serving = "margin"` it is known to be 0.
    Capex,
    /// Realised revenue of each line.
    Lines,
    /// Flow of each clause before tax.
    Flow,
    /// Flow of each clause after tax.
    FlowAfterTax,
    /// Discounted flow of each clause.
    Discounted,
    /// Start of the quarter.
    Start,
    /// Year fraction of the payment date.
    YearFraction,
}

/// A row of the table of series.
pub(crate) struct SeriesRow<R: 'static> {
    pub(crate) name: &'static str,
    pub(crate) over: Over,
    pub(crate) place: Place<R>,
}

/// The table of series, for runs alone and side by side.
pub(crate) struct Series<R>(PhantomData<R>);

/// Declares the series: name, what happens over a year, and the place.
macro_rules! series {
    ($( $name:literal, $over:ident, $place:expr; )+) => {
        impl<R: Real> Series<R> {
            /// The series; `<clause>` and `<line>` stand for one each.
            pub(crate) const ROWS: &[SeriesRow<R>] = &[$(
                SeriesRow { name: $name, over: Over::$over, place: $place },
            )+];
        }
    };
}

series! {
    "lab.revenue", Sum, Place::Column(|c| &c.revenue);
    "lab.revenue.<line>", Sum, Place::Lines;
    "lab.demand", Sum, Place::Column(|c| &c.demand);
    "lab.need", Sum, Place::Column(|c| &c.need);
    "lab.compute", Sum, Place::Column(|c| &c.compute);
    "lab.shortfall", Sum, Place::Column(|c| &c.shortfall);
    "lab.opex", Sum, Place::Column(|c| &c.opex);
    "lab.profit", Sum, Place::Column(|c| &c.profit);
    "lab.tax", Sum, Place::Column(|c| &c.tax);
    "lab.cash", End, Place::Column(|c| &c.cash);
    "lab.payable", End, Place::Column(|c| &c.payable);
    "lab.raised", Sum, Place::Column(|c| &c.raised);
    "lab.paid_out", Sum, Place::Column(|c| &c.paid_out);
    "lab.enterprise_value", End, Place::Column(|c| &c.enterprise_value);
    "lab.equity_value", End, Place::Column(|c| &c.equity_value);
    "stake.backer", End, Place::Column(|c| &c.stake);
    "stake.holders", End, Place::Column(|c| &c.holders);
    "flow.<clause>", Sum, Place::Flow;
    "flow.market", Sum, Place::Column(|c| &c.market);
    "flow_after_tax.<clause>", Sum, Place::FlowAfterTax;
    "flow_after_tax.market", Sum, Place::Column(|c| &c.market_after_tax);
    "flow.total", Sum, Place::Column(|c| &c.flow_total);
    "flow_after_tax.total", Sum, Place::Column(|c| &c.flow_total_after_tax);
    "cumulative", End, Place::Column(|c| &c.cumulative);
    "discounted.<clause>", Sum, Place::Discounted;
    "discounted.market", Sum, Place::Column(|c| &c.market_discounted);
    "commitment.committed", End, Place::Column(|c| &c.committed);
    "commitment.billed", Sum, Place::Column(|c| &c.billed);
    "compute.price", End, Place::Priced(|c| &c.price);
    "compute.served", Sum, Place::Column(|c| &c.served);
    "compute.lost", Sum, Place::Column(|c| &c.lost);
    "infrastructure.gw", End, Place::Priced(|c| &c.gw);
    "infrastructure.gw_used", End, Place::Priced(|c| &c.gw_used);
    "infrastructure.build_limit", End, Place::Priced(|c| &c.build_limit);
    "infrastructure.twh", Sum, Place::Priced(|c| &c.twh);
    "infrastructure.capex", Sum, Place::Capex;
    "infrastructure.accelerators", End, Place::Priced(|c| &c.accelerators);
    "infrastructure.co2", Sum, Place::Priced(|c| &c.co2);
    "infrastructure.water", Sum, Place::Priced(|c| &c.water);
    "agi.before", End, Place::Column(|c| &c.agi_before);
    "regulation.after", End, Place::Column(|c| &c.regulation);
    "quarter.start", End, Place::Start;
    "quarter.year_fraction", End, Place::YearFraction;
}

/// Shows every series of a ledger in the order of the table, and whether the deal has it.
pub(crate) fn each_series<R: Real>(
    plan: &Plan,
    active: ClauseSet,
    ledger: &Ledger<R>,
    mut visit: impl FnMut(&[R], bool),
) {
    let n = plan.quarters();
    let priced = plan.capacity.is_some();
    let margin = matches!(plan.serving, PlannedServing::Margin(_));
    for row in Series::<R>::ROWS {
        match &row.place {
            Place::Column(column) => visit(column(&ledger.c), true),
            Place::Priced(column) => visit(column(&ledger.c), priced),
            Place::Capex => visit(&ledger.c.capex, priced || margin),
            Place::Lines => {
                for line in 0..plan.line_count() {
                    visit(ledger.line_revenue.row(line), true);
                }
            }
            Place::Flow | Place::FlowAfterTax | Place::Discounted => {
                let rows = match row.place {
                    Place::Flow => &ledger.flow,
                    Place::FlowAfterTax => &ledger.flow_after_tax,
                    _ => &ledger.discounted,
                };
                for clause in (0..plan.clause_count).filter(|c| active.has(*c)) {
                    visit(rows.row(clause), true);
                }
            }
            Place::Start => {
                let starts = (0..n).map(|k| R::of(plan.grid.start_year(k)));
                visit(&starts.collect::<Vec<R>>(), true);
            }
            Place::YearFraction => {
                let years = plan.year_fractions.iter().map(|years| R::of(*years));
                visit(&years.collect::<Vec<R>>(), true);
            }
        }
    }
}

/// Names with their placeholders filled in, for some clauses and lines.
pub(crate) fn expand(name: &str, clauses: &[&str], lines: &[&str]) -> Vec<String> {
    let with = |ids: &[&str], mark: &str| ids.iter().map(|id| name.replace(mark, id)).collect();
    if name.ends_with("<clause>") {
        with(clauses, "<clause>")
    } else if name.ends_with("<line>") {
        with(lines, "<line>")
    } else {
        vec![name.to_owned()]
    }
}

/// Every metric that a deal can have.
pub(crate) fn metrics_of(deal: &Deal) -> Vec<String> {
    let clauses: Vec<&str> = deal.clauses().iter().map(|c| c.id.as_str()).collect();
    let names = METRICS.iter();
    names.flat_map(|name| expand(name, &clauses, &[])).collect()
}
