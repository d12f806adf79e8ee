//! What a person reads: tables of figures, lists of deals, lists of faults.

use std::fmt::Write as _;

use clauseworth::{Calculator, Deal, Error, Request, Run};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use crate::answers::plain;

/// Marks of style. They are characters that no text has, and become codes of the terminal when a text is shown.
pub(crate) const BOLD: &str = "\u{fdd0}";
pub(crate) const DIM: &str = "\u{fdd1}";
const RED: &str = "\u{fdd2}";
pub(crate) const RESET: &str = "\u{fdd3}";

/// A text as the terminal gets it. A terminal would obey the control characters of a deal's texts, so they are written out.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fdd0}' => out.push_str("\u{1b}[1m"),
            '\u{fdd1}' => out.push_str("\u{1b}[2m"),
            '\u{fdd2}' => out.push_str("\u{1b}[31m"),
            '\u{fdd3}' => out.push_str("\u{1b}[0m"),
            '\n' => out.push('\n'),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// A text that stays on its line.
pub(crate) fn one_line(text: &str) -> String {
    text.replace('\n', "\\n")
}

/// What stands before an error. The output streams strip colours where they are not a terminal.
pub(crate) fn error_mark() -> String {
    format!("{RED}{BOLD}error:{RESET}")
}

/// How a metric is written.
#[derive(Debug, PartialEq)]
pub(crate) enum Unit {
    Bn,
    Percent,
    /// A difference of two that are in percent.
    Points,
    Times,
    Year,
    Count,
    Named(&'static str),
    /// A number of which nothing is known.
    Bare,
}

/// The metrics that a person is shown, with their words and units.
pub(crate) const FIGURES: [(&str, &str, Unit); 31] = [
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
    (
        "infrastructure.peak_accelerators",
        "Peak accelerators",
        Unit::Named("million"),
    ),
    ("infrastructure.capex", "Capital expenditure", Unit::Bn),
    ("infrastructure.co2", "CO2 in all", Unit::Named("Mt")),
    (
        "infrastructure.water",
        "Water in all",
        Unit::Named("bn litres"),
    ),
    ("infrastructure.peak_land", "Peak land", Unit::Named("ha")),
    ("surplus", "Surplus of the deal, both sides", Unit::Bn),
];

/// The words and the unit of a metric. A clause's NPV goes by its name.
pub(crate) fn figure(metric: &str) -> (&str, &'static Unit) {
    let known = FIGURES.iter().find(|(name, _, _)| *name == metric);
    match known {
        Some((_, words, unit)) => (*words, unit),
        None if metric.starts_with("backer.npv.") => (metric, &Unit::Bn),
        None => (metric, &Unit::Bare),
    }
}

/// In what a difference of two figures is written.
pub(crate) fn of_change(unit: &Unit) -> &Unit {
    match unit {
        Unit::Percent => &Unit::Points,
        unit => unit,
    }
}

/// A number with so many decimals; a rounded zero has no sign.
pub(crate) fn rounded(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if zero {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

/// So many of something.
pub(crate) fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A number with its unit; a dash where it is undefined.
pub(crate) fn written(value: Option<f64>, unit: &Unit) -> String {
    let Some(value) = value else {
        return "–".to_owned();
    };
    match unit {
        Unit::Bn => format!("{} bn", rounded(value, 1)),
        Unit::Percent => format!("{} %", rounded(100.0 * value, 1)),
        Unit::Points => format!("{} pp", rounded(100.0 * value, 1)),
        Unit::Times => format!("{} x", rounded(value, 2)),
        Unit::Year => rounded(value, 2),
        Unit::Count => rounded(value, 0),
        Unit::Named(name) => format!("{} {name}", rounded(value, 2)),
        Unit::Bare => plain(Some(value)),
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
    let _ = writeln!(out, "\n{BOLD}{}{RESET}", one_line(text));
}

/// The deal's title and, below it, what is looked at: the span, the scenario and what is changed.
pub(crate) fn title(deal: &Deal, request: &Request) -> String {
    let tables = &deal.tables;
    let mut out = format!("{BOLD}{}{RESET}\n", one_line(&tables.title));
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
    let _ = writeln!(out, "{DIM}{}{RESET}", one_line(&parts.join("; ")));
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
        value.map_or("–".to_owned(), |value| rounded(value, 1))
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
        let title = one_line(&tables.title);
        let _ = writeln!(out, "{blank}{BOLD}{}{RESET}  {title}", tables.id.0);
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
    let mut out = format!(
        "{name}: {} is sound: {}, {}, {uncertain} of them uncertain, {}\n",
        one_line(&deal.tables.title),
        counted(deal.clauses().len() as u64, "clause"),
        deal.quantities.len().to_string() + " quantities",
        counted(deal.tables.scenarios.len() as u64, "scenario"),
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
        let _ = writeln!(out, "{} {}", error_mark(), one_line(&fault.to_string()));
    }
    let count = error.faults().len() as u64;
    let _ = writeln!(out, "{name}: {}", counted(count, "error"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use clauseworth::LIBRARY;

    #[test]
    fn every_metric_has_a_unit() {
        for entry in &LIBRARY {
            let mut deal = Calculator::library(entry.id).unwrap();
            let run = deal.run(&Request::default()).unwrap();
            for (metric, _) in run.metrics() {
                assert_ne!(figure(metric).1, &Unit::Bare, "{metric}");
            }
        }
        // One that has none is not written in another's.
        assert_eq!(figure("lab.employees").1, &Unit::Bare);
        assert_eq!(written(Some(12.5), &Unit::Bare), "12.5");
    }

    #[test]
    fn a_terminal_is_told_nothing_by_a_text() {
        let text = format!("{BOLD}A\u{1b}[2J\tB\u{7}{RESET}\n");
        assert_eq!(shown(&text), "\u{1b}[1mA\\u{1b}[2J\\tB\\u{7}\u{1b}[0m\n");
    }
}
