//! Answers as a person reads them: prices of clauses, curves, goal seeks, sensitivities, comparisons.

use std::fmt::Write as _;

use clauseworth::{
    AgiCurve, Answer, BreakEven, ClausePrices, Comparison, Deal, Gradient, MetricGrid, Outcome,
    Party, Payments, Price, Request, Sides, Simulated, SobolIndices, Statistics, TornadoBar,
};
use comfy_table::{Cell, Table};

use crate::report::{
    DIM, FIGURES, RESET, Unit, counted, figure, heading, of_change, one_line, push_table, right,
    rounded, table, title, written,
};

/// A value of a quantity in seven significant digits; never where it is none.
pub(crate) fn plain(value: Option<f64>) -> String {
    let Some(value) = value else {
        return "never".to_owned();
    };
    let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
    let size = rounded.abs();
    if size != 0.0 && !(1e-4..1e12).contains(&size) {
        format!("{rounded:e}")
    } else {
        format!("{rounded}")
    }
}

fn bn(value: f64) -> Cell {
    right(written(Some(value), &Unit::Bn))
}

/// The columns of a table of prices, after its first.
fn price_header(table: &mut Table, deal: &Deal, first: &str) {
    let (backer, lab) = (&deal.tables.backer, &deal.tables.lab_name);
    table.set_header([
        Cell::new(first),
        right(format!("{backer}: removal")),
        right("Shapley"),
        right(format!("{lab}: removal")),
        right("Shapley"),
    ]);
}

fn price_row(
    table: &mut Table,
    name: String,
    price: Sides<Price>,
    text: fn(Option<f64>, &Unit) -> String,
) {
    let cell = |value| right(text(value, &Unit::Bn));
    table.add_row([
        Cell::new(name),
        cell(Some(price.backer.removal)),
        cell(price.backer.shapley),
        cell(Some(price.lab.removal)),
        cell(price.lab.shapley),
    ]);
}

/// What each clause and bundle is worth.
pub(crate) fn clauses(deal: &Deal, request: &Request, prices: &ClausePrices) -> String {
    let mut out = title(deal, request);
    heading(&mut out, "What each clause is worth (NPV)");
    let mut units = table();
    price_header(&mut units, deal, "clause or bundle");
    for unit in &prices.units {
        let alone = unit.clauses.len() == 1 && unit.clauses[0] == unit.id;
        let name = if alone {
            unit.id.clone()
        } else {
            format!("{} ({})", unit.id, unit.clauses.join(", "))
        };
        price_row(&mut units, name, unit.price, written);
    }
    push_table(&mut out, &units);
    heading(&mut out, "Both sides");
    let mut sides = table();
    sides.set_header([
        Cell::new(""),
        right("without clauses"),
        right("with all"),
        right("gained"),
    ]);
    for (name, empty, all) in [
        (&deal.tables.backer, prices.empty.backer, prices.all.backer),
        (&deal.tables.lab_name, prices.empty.lab, prices.all.lab),
    ] {
        sides.add_row([Cell::new(name), bn(empty), bn(all), bn(all - empty)]);
    }
    push_table(&mut out, &sides);
    let _ = match prices.note() {
        Some(note) => writeln!(out, "\nnote: {note}"),
        None => writeln!(
            out,
            "\n{DIM}Shapley values of a side add up to what it gains.{RESET}"
        ),
    };
    out
}

/// NPVs by the date of AGI.
pub(crate) fn agi_curve(deal: &Deal, request: &Request, curve: &AgiCurve) -> String {
    let mut out = title(deal, request);
    heading(&mut out, "NPV if AGI counts for the contract in");
    let mut dates = table();
    let shown = [
        ("backer.npv", deal.tables.backer.as_str()),
        ("lab.npv", deal.tables.lab_name.as_str()),
    ];
    let clauses = curve.metrics.iter().filter_map(|(name, _)| {
        let clause = name.strip_prefix("backer.npv.")?;
        Some((name.as_str(), clause))
    });
    let columns: Vec<(&str, &str)> = shown.into_iter().chain(clauses).collect();
    let header = columns.iter().map(|(_, words)| right(*words));
    dates.set_header([right("year")].into_iter().chain(header));
    for (place, year) in curve.years.iter().enumerate() {
        let cells = columns.iter().map(|(name, _)| {
            let value = curve.metric(name).map(|values| values[place]);
            right(value.map_or("–".to_owned(), |value| rounded(value, 1)))
        });
        let year = year.map_or("never".to_owned(), |year| format!("{year:.2}"));
        dates.add_row([right(year)].into_iter().chain(cells));
    }
    push_table(&mut out, &dates);
    out
}

/// A metric over two quantities: a row for each value of the one, a column for each of the other.
pub(crate) fn grid(deal: &Deal, request: &Request, grid: &MetricGrid) -> String {
    let mut out = title(deal, request);
    let (words, unit) = figure(&grid.metric);
    heading(&mut out, &format!("{words} over two quantities"));
    let _ = writeln!(
        out,
        " {DIM}to the right: {}; down: {}{RESET}",
        grid.x.path, grid.y.path
    );
    let mut cells = table();
    let header = grid.x.at.iter().map(|x| right(plain(Some(*x))));
    cells.set_header([Cell::new("")].into_iter().chain(header));
    for (y, row) in grid.y.at.iter().zip(&grid.values) {
        let values = row.iter().map(|value| right(written(*value, unit)));
        cells.add_row([right(plain(Some(*y)))].into_iter().chain(values));
    }
    push_table(&mut out, &cells);
    let now = format!(
        "now {} = {}, {} = {}: {words} {}",
        grid.x.path,
        plain(grid.x.value),
        grid.y.path,
        plain(grid.y.value),
        written(grid.now, unit)
    );
    let _ = writeln!(out, " {DIM}{now}{RESET}");
    if let Some(refused) = &grid.refused {
        let _ = writeln!(out, " a part of it is not allowed: {refused}");
    }
    out
}

/// Who pays whom, a row for each stream and a column for each year, and who owns the lab at the end of each.
pub(crate) fn payments(deal: &Deal, request: &Request, payments: &Payments) -> String {
    let mut out = title(deal, request);
    let tables = &deal.tables;
    let party = |party: Party| match party {
        Party::Customers => "customers",
        Party::Lab => tables.lab_name.as_str(),
        Party::Backer => tables.backer.as_str(),
        Party::Investors => "investors",
        Party::Owners => "other owners",
        Party::Clouds => "other clouds",
        Party::Staff => "staff and others",
        Party::Suppliers => "suppliers",
        Party::State => "the state",
        Party::Bank => "bank",
    };
    let amount = |value: &f64| right(rounded(*value, 1));
    let years = || {
        let years = payments.years.iter();
        years.map(|year| right(year.to_string()))
    };
    heading(&mut out, "Who pays whom, bn USD");
    let mut rows = table();
    let words = ["from", "to", "for"].map(Cell::new);
    rows.set_header(words.into_iter().chain(years()));
    for stream in &payments.streams {
        let clause = stream.clause.as_deref().filter(|id| *id != stream.name);
        let what = clause.map_or(stream.name.to_owned(), |id| {
            format!("{} ({id})", stream.name)
        });
        let words = [party(stream.from), party(stream.to), &what].map(Cell::new);
        rows.add_row(words.into_iter().chain(stream.amounts.iter().map(amount)));
    }
    push_table(&mut out, &rows);
    heading(
        &mut out,
        &format!("Who owns {}, end of year, %", tables.lab_name),
    );
    let mut rows = table();
    rows.set_header([Cell::new("")].into_iter().chain(years()));
    let shares = &payments.ownership.years;
    for (owner, parts) in [
        (tables.backer.as_str(), &shares.backer),
        ("who held it at signing", &shares.holders),
        ("who came later", &shares.later),
    ] {
        let parts = parts.iter().map(|part| amount(&(100.0 * part)));
        rows.add_row([Cell::new(owner)].into_iter().chain(parts));
    }
    push_table(&mut out, &rows);
    out
}

/// The words of an answer's outcome and how its values are written.
fn outcome(answer: &Answer) -> (String, &'static Unit) {
    match &answer.metric {
        Some(metric) => {
            let (words, unit) = figure(metric);
            (words.to_owned(), unit)
        }
        None => ("backer's gain above its part".to_owned(), &Unit::Bn),
    }
}

/// How a question ended, in a line or more.
fn verdict(answer: &Answer) -> Vec<String> {
    let (_, unit) = outcome(answer);
    let value = |x: f64| written(Some(x), unit);
    let path = &answer.path;
    let mut lines = Vec::new();
    let span = format!(
        "{} to {}",
        plain(Some(answer.low)),
        plain(Some(answer.high))
    );
    match answer.status {
        Outcome::One => {}
        Outcome::None => lines.push(format!("no {path} from {span} does this")),
        Outcome::Several => lines.push(format!("several {path} from {span} do this:")),
    }
    for root in &answer.roots {
        lines.push(format!("{path} = {}", plain(Some(*root))));
    }
    for range in &answer.ranges {
        let (from, to) = (plain(Some(range.from)), plain(Some(range.to)));
        lines.push(format!("{path} from {from} to {to}, all along"));
    }
    for jump in &answer.jumps {
        lines.push(format!(
            "at {path} = {} it jumps from {} to {}, past the target",
            plain(Some(jump.at)),
            value(jump.before),
            value(jump.after)
        ));
    }
    if answer.status == Outcome::None
        && let Some(reach) = &answer.reach
    {
        lines.push(format!(
            "it goes from {} (at {}) to {} (at {})",
            value(reach.lowest.value),
            plain(Some(reach.lowest.at)),
            value(reach.highest.value),
            plain(Some(reach.highest.at))
        ));
    }
    if answer.reach.is_none() {
        lines.push("it has no value anywhere in there".to_owned());
    }
    if let Some(refused) = &answer.refused {
        lines.push(format!("a part of it is not allowed: {refused}"));
    }
    lines
}

/// The answer to a question asked backwards.
pub(crate) fn answer(deal: &Deal, request: &Request, answer: &Answer) -> String {
    let mut out = title(deal, request);
    let (words, unit) = outcome(answer);
    let asked = match (answer.target, answer.share) {
        (Some(target), _) => format!("{words} of {}", written(Some(target), unit)),
        (None, share) => format!(
            "{} of the surplus to {}",
            written(share, &Unit::Percent),
            deal.tables.backer
        ),
    };
    heading(&mut out, &asked);
    for line in verdict(answer) {
        let _ = writeln!(out, " {line}");
    }
    let now = format!(
        "now {} = {}: {words} {}",
        answer.path,
        plain(answer.value),
        written(answer.now, unit)
    );
    let _ = writeln!(out, " {DIM}{now}{RESET}");
    if let Some(value) = answer.at_never {
        let never = format!("if it is never: {}", written(Some(value), unit));
        let _ = writeln!(out, " {DIM}{never}{RESET}");
    }
    if let Some(gains) = &answer.gains {
        let _ = writeln!(
            out,
            " {DIM}gained by the deal now: {} {}, {} {}{RESET}",
            deal.tables.backer,
            written(Some(gains.backer), &Unit::Bn),
            deal.tables.lab_name,
            written(Some(gains.lab), &Unit::Bn)
        );
    }
    out
}

/// Where every uncertain quantity breaks even.
pub(crate) fn break_even(deal: &Deal, request: &Request, found: &BreakEven) -> String {
    let mut out = title(deal, request);
    let metric = found.0.first().and_then(|answer| answer.metric.as_deref());
    let (words, _) = figure(metric.unwrap_or("backer.npv"));
    heading(&mut out, &format!("{words} of 0, each quantity alone"));
    let mut rows = table();
    rows.set_header([
        Cell::new("quantity"),
        right("now"),
        right("searched"),
        right("breaks even at"),
    ]);
    for answer in &found.0 {
        let mut at: Vec<String> = answer.roots.iter().map(|root| plain(Some(*root))).collect();
        for range in &answer.ranges {
            at.push(format!(
                "{} to {}",
                plain(Some(range.from)),
                plain(Some(range.to))
            ));
        }
        for jump in &answer.jumps {
            at.push(format!("jump at {}", plain(Some(jump.at))));
        }
        if at.is_empty() {
            at.push("none".to_owned());
        }
        let searched = format!(
            "{} to {}",
            plain(Some(answer.low)),
            plain(Some(answer.high))
        );
        rows.add_row([
            Cell::new(&answer.path),
            right(plain(answer.value)),
            right(searched),
            right(at.join(", ")),
        ]);
    }
    push_table(&mut out, &rows);
    out
}

/// What each uncertain quantity does to a metric.
pub(crate) fn tornado(deal: &Deal, request: &Request, metric: &str, bars: &[TornadoBar]) -> String {
    let mut out = title(deal, request);
    let (words, unit) = figure(metric);
    heading(
        &mut out,
        &format!("{words}, each quantity alone from P10 to P90"),
    );
    let mut rows = table();
    rows.set_header([
        Cell::new("quantity"),
        right("P10"),
        right("P90"),
        right("at P10"),
        right("at P90"),
        right("swing"),
        Cell::new(""),
    ]);
    for bar in bars.iter().filter(|bar| bar.effect || bar.fault.is_some()) {
        let mark = match &bar.fault {
            Some(fault) => fault.as_str(),
            None if !bar.monotonic => "not one way",
            None => "",
        };
        rows.add_row([
            Cell::new(&bar.path),
            right(plain(bar.low)),
            right(plain(bar.high)),
            right(written(bar.at_low, unit)),
            right(written(bar.at_high, unit)),
            right(change(bar.swing(), unit)),
            Cell::new(mark),
        ]);
    }
    push_table(&mut out, &rows);
    let idle = bars.iter().filter(|bar| !bar.effect && bar.fault.is_none());
    let idle: Vec<&str> = idle.map(|bar| bar.path.as_str()).collect();
    if !idle.is_empty() {
        let _ = writeln!(out, "\nwithout effect: {}", idle.join(", "));
    }
    out
}

/// The derivatives of a metric.
pub(crate) fn gradient(
    deal: &Deal,
    request: &Request,
    metric: &str,
    gradient: &Gradient,
) -> String {
    let mut out = title(deal, request);
    let (words, _) = figure(metric);
    heading(
        &mut out,
        &format!("{words}: derivative by every quantity that moves it"),
    );
    let mut rows = table();
    rows.set_header([Cell::new("quantity"), right("derivative"), Cell::new("per")]);
    for (path, derivative) in &gradient.0 {
        let Some(derivative) = derivative.filter(|value| *value != 0.0) else {
            continue;
        };
        let quantity = deal.quantity(path).map(|(_, quantity)| quantity);
        let unit = quantity.map_or("", |q| q.unit.as_deref().unwrap_or(q.limit.unit));
        let per = if unit.is_empty() { "1" } else { unit };
        rows.add_row([
            Cell::new(path),
            right(plain(Some(derivative))),
            Cell::new(per),
        ]);
    }
    push_table(&mut out, &rows);
    out
}

/// The distributions of the metrics over many paths.
pub(crate) fn simulated(title: &str, simulated: &Simulated) -> String {
    let mut out = title.to_owned();
    heading(&mut out, &counted(simulated.paths, "path"));
    let own = |s: &Statistics, unit: &Unit| {
        [
            written(Some(s.below_zero), &Unit::Percent),
            written(Some(s.worst_5_percent), unit),
        ]
    };
    let metrics = &simulated.metrics;
    let heads = ["below 0", "worst 5 %"];
    distributions(&mut out, simulated.paths, metrics, [written; 2], heads, own);
    out
}

/// A line for each metric that a path has: its mean with its error, three quantiles, and two figures of one's own. Values
/// are shown in one way, and errors of them in another.
pub(crate) fn distributions(
    out: &mut String,
    paths: u64,
    metrics: &[(String, Option<Statistics>)],
    [show, error]: [fn(Option<f64>, &Unit) -> String; 2],
    heads: [&str; 2],
    own: impl Fn(&Statistics, &Unit) -> [String; 2],
) {
    let mut rows = table();
    let [first, second] = heads;
    let heads = ["mean", "± error", "P10", "P50", "P90", first, second].map(right);
    rows.set_header([Cell::new("")].into_iter().chain(heads));
    for (metric, statistics) in metrics {
        let Some(s) = statistics else { continue };
        let (_, unit) = figure(metric);
        let some = if s.count < paths {
            format!(" ({})", counted(s.count, "path"))
        } else {
            String::new()
        };
        let [first, second] = own(s, unit);
        let cells = [
            show(Some(s.mean), unit),
            error(Some(s.standard_error), unit),
            show(Some(s.p10), unit),
            show(Some(s.p50), unit),
            show(Some(s.p90), unit),
            first,
            second,
        ];
        let name = Cell::new(format!("{metric}{some}"));
        rows.add_row([name].into_iter().chain(cells.map(right)));
    }
    push_table(out, &rows);
}

/// What the spread of a metric is due to.
pub(crate) fn sobol(deal: &Deal, request: &Request, indices: &SobolIndices) -> String {
    let mut out = title(deal, request);
    let (words, _) = figure(&indices.metric);
    heading(
        &mut out,
        &format!(
            "{words}: part of the variance due to each quantity, {}",
            counted(indices.paths, "point")
        ),
    );
    if indices.left_out > 0 {
        let are = if indices.left_out == 1 { "is" } else { "are" };
        let _ = writeln!(
            out,
            "{DIM}{} {are} left out, at which a run has no {}{RESET}",
            counted(indices.left_out, "point"),
            indices.metric
        );
    }
    let percent = |value: Option<f64>| right(written(value, &Unit::Percent));
    let mut rows = table();
    rows.set_header([
        Cell::new("quantity"),
        right("first"),
        right("±"),
        right("total"),
        right("±"),
    ]);
    let (moving, idle): (Vec<_>, Vec<_>) = indices
        .inputs
        .iter()
        .partition(|input| input.total != Some(0.0));
    let mut first = Some(0.0);
    for input in &moving {
        first = first.zip(input.first).map(|(sum, part)| sum + part);
        rows.add_row([
            Cell::new(&input.path),
            percent(input.first),
            percent(input.first_ci),
            percent(input.total),
            percent(input.total_ci),
        ]);
    }
    rows.add_row([Cell::new("sum"), percent(first)]);
    push_table(&mut out, &rows);
    let _ = writeln!(
        out,
        "\n{DIM}first: each alone; total: alone and together with others; ±: half width of the 95 % interval{RESET}"
    );
    if !idle.is_empty() {
        let idle: Vec<&str> = idle.iter().map(|input| input.path.as_str()).collect();
        let _ = writeln!(out, "\nwithout effect: {}", idle.join(", "));
    }
    out
}

/// What a deal that is compared is called.
pub(crate) fn compared_name(comparison: &Comparison, place: usize) -> String {
    let deal = &comparison.deals[place];
    match deal.scenario.as_deref() {
        Some(scenario) => format!("{}@{scenario}", deal.id),
        None => deal.id.clone(),
    }
}

/// Deals side by side, with what changed from each to the next.
pub(crate) fn comparison(first: &Deal, world: Option<usize>, comparison: &Comparison) -> String {
    let shared = match world {
        Some(place) => format!("all in the world of {}", comparison.deals[place].id),
        None => "each in its own world".to_owned(),
    };
    let mut out = String::new();
    let name = |place: usize| compared_name(comparison, place);
    for (place, deal) in comparison.deals.iter().enumerate() {
        let _ = writeln!(out, "{}: {}", name(place), one_line(&deal.title));
        for warning in &deal.warnings {
            let _ = writeln!(out, "warning: {warning}");
        }
    }
    let _ = writeln!(out, "{DIM}{shared}; money in bn USD{RESET}");

    heading(&mut out, "Metrics");
    let mut rows = table();
    let mut header = vec![Cell::new("")];
    for place in 0..comparison.deals.len() {
        if place > 0 {
            header.push(right("change"));
        }
        header.push(right(name(place)));
    }
    rows.set_header(header);
    for (metric, words, unit) in &FIGURES {
        let side = match metric.split_once('.') {
            Some(("backer", _)) => format!("{}: ", first.tables.backer),
            Some(("lab", _)) => format!("{}: ", first.tables.lab_name),
            _ => String::new(),
        };
        let mut row = vec![Cell::new(format!("{side}{words}"))];
        for (place, deal) in comparison.deals.iter().enumerate() {
            if place > 0 {
                let change = comparison.differences[place - 1].metric(metric);
                row.push(right(signed(change, unit)));
            }
            let value = deal.metrics.iter().find(|(name, _)| name == metric);
            row.push(right(written(value.and_then(|(_, value)| *value), unit)));
        }
        rows.add_row(row);
    }
    push_table(&mut out, &rows);

    for difference in &comparison.differences {
        let (from, to) = (name(difference.from), name(difference.to));
        heading(&mut out, &format!("Clause by clause, from {from} to {to}"));
        let mut units = table();
        price_header(&mut units, first, "change of");
        for unit in &difference.clauses {
            price_row(&mut units, unit.id.clone(), unit.price, signed);
        }
        push_table(&mut out, &units);
    }
    out
}

/// The size of a change.
pub(crate) fn change(value: Option<f64>, unit: &Unit) -> String {
    written(value, of_change(unit))
}

/// A change with its sign.
pub(crate) fn signed(value: Option<f64>, unit: &Unit) -> String {
    let text = change(value, unit);
    match value {
        Some(value) if value > 0.0 => format!("+{text}"),
        _ => text,
    }
}
