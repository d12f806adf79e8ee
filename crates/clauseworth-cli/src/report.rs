//! What a person reads: tables of figures, lists of deals, lists of faults.

use std::fmt::Write as _;

use clauseworth::{Calculator, Deal, Error, Request, Run};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

pub(crate) const BOLD: &str = "\u{1b}[1m";
pub(crate) const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
pub(crate) const RESET: &str = "\u{1b}[0m";

/// What stands before an error. The output streams strip colours where they are not a terminal.
pub(crate) fn error_mark() -> String {
    format!("{RED}{BOLD}error:{RESET}")
}

/// How a metric is written.
#[derive(Debug)]
pub(crate) enum Unit {
    Bn,
    Percent,
    Times,
    Year,
    Count,
    Named(&'static str),
}

/// The metrics that a person is shown, with their words and units.
pub(crate) const FIGURES: [(&str, &str, Unit); 27] = [
    ("backer.npv", "NPV", Unit::Bn),
    ("backer.irr", "IRR from the effective date", Unit::Percent),
    (
        "backer.irr_since_inception",
        "IRR since inception",
        Unit::Percent,
    ),
    ("backer.moic", "Multiple on invested capital", Unit::Times),
    ("backer.payback", "Payback", Unit::Year),
    (
        "backer.payback_discounted",
        "Payback, discounted",
        Unit::Year,
    ),
    ("backer.peak_exposure", "Peak exposure", Unit::Bn),
    (
        "backer.stake_npv_over_market",
        "Stake: NPV over market price",
        Unit::Times,
    ),
    ("lab.npv", "NPV of the other holders", Unit::Bn),
    (
        "lab.implied_return",
        "Return implied by the market price",
        Unit::Percent,
    ),
    ("lab.equity_value", "Equity value at the horizon", Unit::Bn),
    (
        "lab.equity_value_at_exit",
        "Equity value at the exit",
        Unit::Bn,
    ),
    ("lab.revenue_total", "Revenue in all", Unit::Bn),
    ("lab.funding_gap", "Funding gap", Unit::Bn),
    ("lab.dilution", "Dilution", Unit::Percent),
    ("lab.lowest_cash", "Lowest cash", Unit::Bn),
    ("lab.distress_quarters", "Quarters of distress", Unit::Count),
    ("lab.take_rate", "Take rate", Unit::Percent),
    (
        "lab.take_rate_with_compute",
        "Take rate with compute",
        Unit::Percent,
    ),
    ("commitment.billed", "Commitment: billed", Unit::Bn),
    (
        "commitment.shortfall",
        "Commitment: shortfall paid",
        Unit::Bn,
    ),
    ("commitment.unpaid", "Commitment: unpaid", Unit::Bn),
    ("commitment.unmet", "Commitment: unmet", Unit::Bn),
    ("infrastructure.peak_gw", "Peak capacity", Unit::Named("GW")),
    (
        "infrastructure.peak_twh",
        "Peak energy of a year",
        Unit::Named("TWh"),
    ),
    ("infrastructure.capex", "Capital expenditure", Unit::Bn),
    ("surplus", "Surplus of the deal, both sides", Unit::Bn),
];

/// The words and the unit of a metric; one that has no row of its own, as a clause's NPV, is an amount under its name.
pub(crate) fn figure(metric: &str) -> (&str, &'static Unit) {
    let known = FIGURES.iter().find(|(name, _, _)| *name == metric);
    known.map_or((metric, &Unit::Bn), |(_, words, unit)| (*words, unit))
}

/// A number with its unit; a dash where it is undefined.
pub(crate) fn written(value: Option<f64>, unit: &Unit) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    // A rounded zero has no sign.
    let tidy = |value: f64, digits: usize| {
        let text = format!("{value:.digits$}");
        let zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
        if zero {
            text.trim_start_matches('-').to_owned()
        } else {
            text
        }
    };
    match unit {
        Unit::Bn => format!("{} bn", tidy(value, 1)),
        Unit::Percent => format!("{} %", tidy(100.0 * value, 1)),
        Unit::Times => format!("{} x", tidy(value, 2)),
        Unit::Year => tidy(value, 2),
        Unit::Count => tidy(value, 0),
        Unit::Named(name) => format!("{} {name}", tidy(value, 2)),
    }
}

pub(crate) fn table() -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    table
}

pub(crate) fn right(text: impl Into<String>) -> Cell {
    Cell::new(text.into()).set_alignment(CellAlignment::Right)
}

/// Appends a table without the blanks that fill its last column.
pub(crate) fn push_table(out: &mut String, table: &Table) {
    for line in table.to_string().lines() {
        let _ = writeln!(out, " {}", line.trim_end());
    }
}

pub(crate) fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{BOLD}{text}{RESET}");
}

/// The deal's title and, below it, what is looked at: the span, the scenario and what is changed.
pub(crate) fn title(deal: &Deal, request: &Request) -> String {
    let tables = &deal.tables;
    let mut out = format!("{BOLD}{}{RESET}\n", tables.title);
    let scenario = request.scenario.as_deref().map(|id| {
        let scenarios = tables.scenarios.iter();
        let title = scenarios
            .filter(|s| s.id.0 == id)
            .map(|s| s.title.as_str())
            .next();
        format!("scenario {}", title.unwrap_or(id))
    });
    let changes = (!request.set.is_empty()).then(|| {
        let paths: Vec<&str> = request.set.iter().map(|(path, _)| path.as_str()).collect();
        format!("changed: {}", paths.join(", "))
    });
    let without =
        (!request.without.is_empty()).then(|| format!("without {}", request.without.join(", ")));
    let span = format!(
        "{} to {}, money in bn USD",
        tables.effective, tables.horizon
    );
    let parts: Vec<String> = [Some(span), scenario, changes, without]
        .into_iter()
        .flatten()
        .collect();
    let _ = writeln!(out, "{DIM}{}{RESET}", parts.join("; "));
    out
}

/// A run as tables: the figures of both sides, value by clause, and the years.
pub(crate) fn run(deal: &Deal, request: &Request, run: &Run) -> String {
    let tables = &deal.tables;
    let mut out = title(deal, request);
    for (side, name) in [
        ("backer.", tables.backer.as_str()),
        ("lab.", tables.lab_name.as_str()),
        ("commitment.", ""),
        ("infrastructure.", "Compute and infrastructure"),
        ("surplus", ""),
    ] {
        if !name.is_empty() {
            heading(&mut out, name);
        }
        let mut figures = table();
        for (metric, words, unit) in &FIGURES {
            if metric.starts_with(side) {
                let value = written(run.metric(metric), unit);
                figures.add_row([Cell::new(*words), right(value)]);
            }
        }
        push_table(&mut out, &figures);
    }

    heading(
        &mut out,
        &format!("Value to {} by clause (NPV, bn)", tables.backer),
    );
    let mut clauses = table();
    for (metric, value) in run.metrics() {
        if let Some(clause) = metric.strip_prefix("backer.npv.") {
            clauses.add_row([Cell::new(clause), right(written(value, &Unit::Bn))]);
        }
    }
    push_table(&mut out, &clauses);

    heading(&mut out, "By year");
    let mut years = table();
    years.set_header([
        right("year"),
        right("revenue"),
        right("profit"),
        right("raised"),
        right("to the backer"),
        right("take rate"),
        right("TWh"),
    ]);
    let annual: Vec<(&str, Option<Vec<f64>>)> = run.annual().collect();
    let amount = |series: &str, index: usize| {
        let found = annual.iter().find(|(name, _)| *name == series);
        let value = found.and_then(|(_, values)| values.as_ref().map(|values| values[index]));
        value.map_or("–".to_owned(), |value| format!("{value:.1}"))
    };
    for (index, year) in run.calendar_years().iter().enumerate() {
        let rate = run.year(*year).and_then(|figures| figures.take_rate);
        years.add_row([
            right(year.to_string()),
            right(amount("lab.revenue", index)),
            right(amount("lab.profit", index)),
            right(amount("lab.raised", index)),
            right(amount("flow_after_tax.total", index)),
            right(written(rate, &Unit::Percent)),
            right(amount("infrastructure.twh", index)),
        ]);
    }
    push_table(&mut out, &years);

    if !run.references().is_empty() {
        heading(&mut out, "Compared with");
        let mut references = table();
        for (id, share) in run.references() {
            let entry = tables.references.iter().find(|r| r.id.0 == *id);
            let title = entry.map_or(id.as_str(), |r| r.title.as_str());
            references.add_row([Cell::new(title), right(written(*share, &Unit::Percent))]);
        }
        push_table(&mut out, &references);
    }
    for warning in run.warnings() {
        let _ = writeln!(out, "\nwarning: {warning}");
    }
    out
}

/// The library with its scenarios.
pub(crate) fn deals(deals: &[Calculator]) -> String {
    let mut out = String::new();
    for (index, calculator) in deals.iter().enumerate() {
        let tables = &calculator.deal().tables;
        let blank = if index > 0 { "\n" } else { "" };
        let _ = writeln!(out, "{blank}{BOLD}{}{RESET}  {}", tables.id.0, tables.title);
        let mut scenarios = table();
        for scenario in &tables.scenarios {
            scenarios.add_row([Cell::new(&scenario.id.0), Cell::new(&scenario.title)]);
        }
        push_table(&mut out, &scenarios);
    }
    out
}

/// What `check` says of a deal without faults.
pub(crate) fn sound(name: &str, deal: &Deal) -> String {
    let uncertain = deal
        .quantities
        .iter()
        .filter(|q| q.distribution.is_some())
        .count();
    let counted = |count: usize, what: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {what}{plural}")
    };
    let mut out = format!(
        "{name}: {} is sound: {}, {}, {uncertain} of them uncertain, {}\n",
        deal.tables.title,
        counted(deal.clauses().len(), "clause"),
        deal.quantities.len().to_string() + " quantities",
        counted(deal.tables.scenarios.len(), "scenario"),
    );
    for warning in &deal.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    out
}

/// Everything that is wrong, a line each.
pub(crate) fn faults(name: &str, error: &Error) -> String {
    let mut out = String::new();
    for fault in error.faults() {
        let _ = writeln!(out, "{} {fault}", error_mark());
    }
    let count = error.faults().len();
    let plural = if count == 1 { "" } else { "s" };
    let _ = writeln!(out, "{name}: {count} error{plural}");
    out
}
