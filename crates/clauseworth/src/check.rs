//! What one table of a deal demands of another: the checks that no single key can make.

use crate::clause::{Clause, OnAgi, Terms, Underlying, Warrant};
use crate::deal::{Deal, RESERVED_LINES, Serving};
use crate::error::{Fault, FaultKind};
use crate::format::fields::Lines;
use crate::format::quantity::Slot;
use crate::names;
use crate::node::join;
use crate::written::Written;
use clauseworth_kernel::calendar::Grid;

/// Faults found so far, with the words for the common ones.
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, kind: FaultKind, path: &str, expected: &str, found: &str) {
        self.0.push(Fault::new(kind, path, expected, found));
    }

    fn clause(&mut self, clause: &Clause, key: &str, kind: FaultKind, expected: &str, found: &str) {
        let path = join(&clause.path(), key);
        let path = path.trim_end_matches('.');
        self.0
            .push(Fault::new(kind, path, expected, found).at_line(clause.line));
    }
}

/// Which parts of a deal were read without fault, so that what depends on them can be checked.
pub(crate) struct Sound {
    /// Every clause of the file.
    pub(crate) clauses: bool,
    /// Every id.
    pub(crate) ids: bool,
    /// `compute.serving`.
    pub(crate) serving: bool,
}

/// Checks everything that does not depend on the values of quantities; adds warnings. What depends on something that could
/// not be read is not asked.
pub(crate) fn structure(deal: &mut Deal, sound: &Sound) -> Vec<Fault> {
    let mut faults = Faults(Vec::new());
    if sound.clauses && sound.ids {
        clauses(deal, &mut faults);
    }
    if sound.serving {
        compute(deal, &mut faults);
    }
    if sound.ids {
        lines(deal, &mut faults);
        sources(deal, &mut faults);
        references(deal, &mut faults);
        correlations(deal, &mut faults);
    }
    let warnings = dates(deal, &mut faults);
    if let Some(regulation) = &deal.tables.regulation
        && regulation.stake_cap.is_some()
        && regulation.divestment_discount.is_none()
    {
        let expected = "a discount, since there is a stake_cap";
        let path = "regulation.divestment_discount";
        faults.push(FaultKind::Missing, path, expected, "nothing");
    }
    deal.warnings.extend(warnings);
    faults.0
}

fn lines(deal: &Deal, faults: &mut Faults) {
    for line in &deal.tables.demand.lines {
        let id = line.id.0.as_str();
        if RESERVED_LINES.contains(&id) {
            let path = format!("demand.lines.{id}.id");
            let expected = format!("an id other than {}", RESERVED_LINES.join(", "));
            faults.push(FaultKind::Duplicate, &path, &expected, id);
        }
    }
    let known = deal.line_ids();
    for clause in deal.clauses() {
        let ids = match &clause.terms {
            Terms::RevenueShare(terms) => &terms.lines,
            Terms::ApiExclusivity(terms) => &terms.lines,
            _ => continue,
        };
        let Lines::Ids(ids) = ids else { continue };
        for (i, id) in ids.iter().enumerate() {
            let path = format!("{}.lines.{i}", clause.path());
            if !known.contains(&id.as_str()) {
                let expected = format!("one of the lines {}", known.join(", "));
                let fault = Fault::new(FaultKind::Unknown, path, expected, format!("\"{id}\""))
                    .suggesting(id, known.iter().copied());
                faults.0.push(fault.at_line(clause.line));
            } else if ids[..i].contains(id) {
                let expected = "each line once";
                let fault = Fault::new(FaultKind::Duplicate, path, expected, format!("\"{id}\""));
                faults.0.push(fault.at_line(clause.line));
            }
        }
    }
}

fn clauses(deal: &Deal, faults: &mut Faults) {
    let of_kind = |kind: &'static str| {
        deal.clauses()
            .iter()
            .filter(move |c| c.terms.kind() == kind)
    };
    for kind in ["equity", "hosting", "commitment", "devices", "profit-share"] {
        if let Some(second) = of_kind(kind).nth(1) {
            let expected = format!("at most one clause of kind {kind}");
            faults.clause(
                second,
                "kind",
                FaultKind::Duplicate,
                &expected,
                "a second one",
            );
        }
    }
    let hosted = of_kind("hosting").next().is_some();
    let bundle_of = |clause: &Clause| clause.common.bundle.as_ref().map(|b| b.0.clone());
    for clause in deal.clauses() {
        // Prices go by the name of the bundle or the id of the clause, so one name must not be both.
        if let Some(bundle) = bundle_of(clause)
            && let Some(other) = deal.clauses().iter().find(|other| other.id == bundle)
            && bundle_of(other).as_ref() != Some(&bundle)
        {
            let expected = "a name other than the id of a clause outside of the bundle";
            let found = format!("\"{bundle}\"");
            faults.clause(clause, "bundle", FaultKind::Duplicate, expected, &found);
        }
        match &clause.terms {
            Terms::Commitment(_) if !hosted => {
                let expected = "a hosting clause that the commitment is served by";
                faults.clause(clause, "", FaultKind::Missing, expected, "none");
            }
            Terms::Devices(terms) if terms.hosted && !hosted => {
                let expected = "a hosting clause, since hosted = true";
                faults.clause(clause, "hosted", FaultKind::Missing, expected, "none");
            }
            Terms::Warrant(warrant) => check_warrant(deal, clause, warrant, faults),
            Terms::MilestoneInvestment(_) if deal.tables.compute.price.is_none() => {
                let expected = "compute.price, since there are no gigawatts without it";
                faults.clause(clause, "", FaultKind::Conflict, expected, "none");
            }
            Terms::ProfitShare(terms) => {
                let count = terms.tiers.len();
                for (i, tier) in terms.tiers.iter().enumerate() {
                    if tier.until.is_none() && i + 1 < count {
                        let expected = "an amount; only the last tier may be open";
                        let key = format!("tiers.{i}.until");
                        faults.clause(clause, &key, FaultKind::Missing, expected, "nothing");
                    }
                }
            }
            _ => {}
        }
        check_term(clause, faults);
    }
}

fn check_term(clause: &Clause, faults: &mut Faults) {
    let Some(term) = &clause.term else { return };
    if term.on_agi == OnAgi::Tail {
        for (key, slot) in [
            ("tail_factor", term.tail_factor),
            ("tail_years", term.tail_years),
        ] {
            if slot.is_none() {
                let expected = "a number, since on_agi = \"tail\"";
                faults.clause(clause, key, FaultKind::Missing, expected, "nothing");
            }
        }
    }
    if !matches!(clause.terms, Terms::Commitment(_)) {
        return;
    }
    for (key, slot) in [("from", term.from), ("until", term.until)] {
        if slot.is_none() {
            faults.clause(clause, key, FaultKind::Missing, "a date", "nothing");
        }
    }
    if matches!(term.on_agi, OnAgi::Layer | OnAgi::Tail) {
        let expected = "\"stop\" or \"continue\" for a commitment";
        let found = if term.on_agi == OnAgi::Layer {
            "\"layer\""
        } else {
            "\"tail\""
        };
        faults.clause(clause, "on_agi", FaultKind::Conflict, expected, found);
    }
}

fn check_warrant(deal: &Deal, clause: &Clause, warrant: &Warrant, faults: &mut Faults) {
    use crate::clause::Holder;
    let (holder, word) = match warrant.underlying {
        Underlying::Lab => (Holder::Backer, "backer"),
        Underlying::Backer => (Holder::Lab, "lab"),
    };
    if warrant.holder != holder {
        let expected = format!("\"{word}\", the side whose equity it is not on");
        faults.clause(
            clause,
            "holder",
            FaultKind::Conflict,
            &expected,
            "the issuer",
        );
    }
    if warrant.underlying == Underlying::Backer && deal.tables.backer_equity.is_none() {
        let expected = "a table, since a warrant is on the backer's equity";
        faults.push(FaultKind::Missing, "backer_equity", expected, "nothing");
    }
}

/// Which keys of `compute` are needed depends on how serving is computed (Model 5.8, 13).
fn compute(deal: &Deal, faults: &mut Faults) {
    let c = &deal.tables.compute;
    let margin = c.serving == Some(Serving::Margin);
    let always = [("price", c.price)];
    let with_price = [
        ("price_drift", c.price_drift),
        ("capacity", c.capacity),
        ("build_rate", c.build_rate),
        ("accelerator_kw", c.accelerator_kw),
        ("pue", c.pue),
        ("load", c.load),
        ("grid_intensity", c.grid_intensity),
        ("water_per_kwh", c.water_per_kwh),
        ("land_per_gw", c.land_per_gw),
    ];
    let with_infrastructure = [
        ("power_price", c.power_price),
        ("power_price_drift", c.power_price_drift),
        ("opex", c.opex),
        ("opex_drift", c.opex_drift),
        ("capex", c.capex),
        ("capex_drift", c.capex_drift),
        ("chip_fraction", c.chip_fraction),
        ("chip_life", c.chip_life),
        ("shell_life", c.shell_life),
        ("lead", c.lead),
    ];
    let mut need = |rows: &[(&str, Option<Slot>)], expected: &str| {
        for (key, slot) in rows {
            if slot.is_none() {
                let path = format!("compute.{key}");
                faults.push(FaultKind::Missing, &path, expected, "nothing");
            }
        }
    };
    if margin {
        need(
            &[("margin", c.margin)],
            "a number, since serving = \"margin\"",
        );
    } else {
        need(&always, "a number, or serving = \"margin\"");
        need(&with_infrastructure, "a number, or serving = \"margin\"");
    }
    if c.price.is_some() || !margin {
        need(&with_price, "a number, since capacity is counted in GW");
    }
}

fn sources(deal: &Deal, faults: &mut Faults) {
    let ids: Vec<&str> = deal
        .tables
        .sources
        .iter()
        .map(|s| s.id.0.as_str())
        .collect();
    let cited = deal
        .quantities
        .iter()
        .filter_map(|q| Some((format!("{}.source", q.path), q.source.as_deref()?, q.line)));
    let references = deal.tables.references.iter().filter_map(|r| {
        let path = format!("references.{}.source", r.id.0);
        Some((path, r.source.as_deref()?, None))
    });
    for (path, source, line) in cited.chain(references) {
        if !ids.contains(&source) {
            let expected = "the id of an entry of sources";
            let fault = Fault::new(FaultKind::Unknown, path, expected, format!("\"{source}\""))
                .suggesting(source, ids.iter().copied());
            faults.0.push(fault.at_line(line));
        }
    }
}

fn references(deal: &Deal, faults: &mut Faults) {
    let metrics = names::metrics_of(deal);
    for reference in &deal.tables.references {
        let path = format!("references.{}.metric", reference.id.0);
        let known: Vec<&str> = if reference.year.is_some() {
            names::YEAR_KEYS.to_vec()
        } else {
            metrics.iter().map(String::as_str).collect()
        };
        let metric = reference.metric.as_str();
        if !known.contains(&metric) {
            let expected = if reference.year.is_some() {
                format!("one of {}, since there is a year", known.join(", "))
            } else {
                "the name of a metric".to_owned()
            };
            faults.0.push(
                Fault::new(FaultKind::Unknown, path, expected, format!("\"{metric}\""))
                    .suggesting(metric, known),
            );
        }
    }
}

/// Correlations are between two different quantities, each pair once, and their matrix is positive definite. One with a
/// quantity that is fixed, as by a scenario, has nothing to move and is kept.
fn correlations(deal: &Deal, faults: &mut Faults) {
    let mut paths: Vec<&str> = Vec::new();
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    let before = faults.0.len();
    for (i, correlation) in deal.tables.correlations.iter().enumerate() {
        let at = format!("correlations.{i}.between");
        let [a, b] = &correlation.between.0;
        let mut known = true;
        for path in [a, b] {
            if deal.quantity(path).is_none() {
                known = false;
                let fault = Fault::new(
                    FaultKind::Unknown,
                    at.as_str(),
                    "paths of quantities",
                    format!("\"{path}\""),
                );
                let paths = deal.quantities.iter().map(|q| q.path.as_str());
                faults.0.push(fault.suggesting(path, paths));
            }
        }
        if !known {
            continue;
        }
        let mut position = |path| match paths.iter().position(|p| *p == path) {
            Some(position) => position,
            None => {
                paths.push(path);
                paths.len() - 1
            }
        };
        let (a, b) = (position(a.as_str()), position(b.as_str()));
        let taken = |(x, y, _): &(usize, usize, f64)| (*x, *y) == (a, b) || (*x, *y) == (b, a);
        if a == b || pairs.iter().any(taken) {
            let found = correlation.between.0.join(" and ");
            let expected = "two different paths, each pair once";
            faults.push(FaultKind::Duplicate, &at, expected, &found);
        } else {
            pairs.push((a, b, correlation.rho.0));
        }
    }
    if faults.0.len() > before {
        return;
    }
    if let Some(row) = not_positive_definite(paths.len(), &pairs) {
        let offending: Vec<String> = pairs
            .iter()
            .filter(|(a, b, _)| *a <= row && *b <= row)
            .map(|(a, b, rho)| format!("{} and {} ({})", paths[*a], paths[*b], Written(*rho)))
            .collect();
        let expected = "correlations that can hold together (a positive definite matrix)";
        faults.push(
            FaultKind::Conflict,
            "correlations",
            expected,
            &offending.join("; "),
        );
    }
}

/// What should be known of correlations that move nothing, since one end of them is certain (Model 2.3). A scenario may
/// well fix a quantity, so this is asked of the deal as its file says.
pub(crate) fn idle_correlations(deal: &Deal) -> Vec<String> {
    let mut warnings = Vec::new();
    for (i, correlation) in deal.tables.correlations.iter().enumerate() {
        for path in &correlation.between.0 {
            let quantity = deal.quantity(path);
            if quantity.is_some_and(|(_, quantity)| quantity.distribution.is_none()) {
                warnings.push(format!(
                    "correlations.{i}.between: {path} is certain, so the correlation moves nothing"
                ));
            }
        }
    }
    warnings
}

/// The first row at which the Cholesky factorisation of the correlation matrix breaks down.
fn not_positive_definite(size: usize, pairs: &[(usize, usize, f64)]) -> Option<usize> {
    let mut factor = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let given = pairs
                .iter()
                .find(|(a, b, _)| (*a, *b) == (row, column) || (*a, *b) == (column, row));
            let mut rest = if row == column {
                1.0
            } else {
                given.map_or(0.0, |(_, _, rho)| *rho)
            };
            for k in 0..column {
                rest -= factor[row * size + k] * factor[column * size + k];
            }
            if row != column {
                factor[row * size + column] = rest / factor[column * size + column];
            } else if rest > 1e-12 {
                factor[row * size + row] = rest.sqrt();
            } else {
                return Some(row);
            }
        }
    }
    None
}

/// The horizon, the dates of history and tranches; warns of tranches that the grid does not reach.
fn dates(deal: &Deal, faults: &mut Faults) -> Vec<String> {
    let (effective, horizon) = (deal.tables.effective, deal.tables.horizon);
    let mut warnings = Vec::new();
    let Some(grid) = Grid::new(effective, horizon) else {
        let expected = if horizon < effective {
            format!("a date from {effective}, the effective date, on")
        } else {
            format!("a date within 160 quarters (40 years) of {effective}")
        };
        faults.push(FaultKind::Range, "horizon", &expected, &horizon.to_string());
        return warnings;
    };
    for clause in deal.clauses() {
        if matches!(clause.terms, Terms::Devices(_)) && deal.tables.devices.is_none() {
            warnings.push(format!(
                "{}: there is no table devices, so there is no hardware to pay a royalty on",
                clause.path()
            ));
        }
        for (i, payment) in clause.common.history.iter().enumerate() {
            if payment.day >= effective {
                let expected = format!("a date before {effective}, the effective date");
                let (key, found) = (format!("history.{i}"), payment.day.to_string());
                faults.clause(clause, &key, FaultKind::Range, &expected, &found);
            }
        }
        let Terms::Capital(capital) = &clause.terms else {
            continue;
        };
        for (i, payment) in capital.tranches.iter().enumerate() {
            let found = payment.day.to_string();
            if payment.day < effective {
                let expected = format!("a date from {effective} on; what is earlier is history");
                let key = format!("tranches.{i}");
                faults.clause(clause, &key, FaultKind::Range, &expected, &found);
            } else if grid.quarter_of(payment.day).is_none() {
                warnings.push(format!(
                    "{}.tranches.{i}: {found} is after the last quarter and is left out",
                    clause.path()
                ));
            }
        }
    }
    warnings
}

/// Checks what depends on the values of quantities: run for the base case, and again whenever a value is set.
pub(crate) fn values(deal: &Deal, values: &[f64]) -> Vec<Fault> {
    // In a deal with faults a number may be missing; what depends on it is not asked.
    values_by(deal, |slot| {
        values.get(slot.index()).copied().unwrap_or(f64::NAN)
    })
}

/// The same of values that a function gives.
pub(crate) fn values_by(deal: &Deal, value: impl Fn(Slot) -> f64) -> Vec<Fault> {
    let written = |slot: Slot| Written(value(slot));
    let path = |slot: Slot| deal.quantities[slot.index()].path.as_str();
    let mut faults = Faults(Vec::new());
    let lab = &deal.tables.lab;
    if value(lab.target_cash) < value(lab.min_cash) {
        let expected = format!("at least lab.min_cash, {}", written(lab.min_cash));
        let found = written(lab.target_cash).to_string();
        faults.push(FaultKind::Order, "lab.target_cash", &expected, &found);
    }
    if value(lab.valuation) <= value(lab.cash) {
        let expected = format!("above lab.cash, {}", written(lab.cash));
        let found = written(lab.valuation).to_string();
        faults.push(FaultKind::Order, "lab.valuation", &expected, &found);
    }
    let lines = &deal.tables.demand.lines;
    if lines.iter().map(|l| value(l.run_rate)).sum::<f64>() <= 0.0 {
        let expected = "run rates whose sum is above 0";
        faults.push(FaultKind::Undefined, "demand.lines", expected, "0");
    }
    for underlying in [Underlying::Lab, Underlying::Backer] {
        let warrants = deal
            .clauses()
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Warrant(warrant) if warrant.underlying == underlying => {
                    Some((clause, warrant))
                }
                _ => None,
            });
        let mut sum = 0.0;
        for (clause, warrant) in warrants {
            let tranches = warrant.tranches.iter();
            sum += tranches.map(|tranche| value(tranche.fraction)).sum::<f64>();
            if sum >= 1.0 {
                let expected = "fractions of the shares after exercise whose sum is below 1";
                let found = Written(sum).to_string();
                faults.clause(clause, "tranches", FaultKind::Range, expected, &found);
                break;
            }
        }
    }
    for clause in deal.clauses() {
        if let Some(term) = &clause.term
            && let (Some(from), Some(until)) = (term.from, term.until)
        {
            let (start, end) = (value(from), value(until));
            let commitment = matches!(clause.terms, Terms::Commitment(_));
            let open = start.is_infinite() || end.is_infinite();
            if (start >= end && start.is_finite()) || (commitment && open) {
                let expected = if commitment && open {
                    "a date, since a commitment has a term".to_owned()
                } else {
                    format!("a date after {}, {}", path(from), Written(start))
                };
                let slot = if commitment && start.is_infinite() {
                    from
                } else {
                    until
                };
                let found = if value(slot).is_infinite() {
                    "never".to_owned()
                } else {
                    written(slot).to_string()
                };
                faults.clause(
                    clause,
                    path(slot).rsplit('.').next().unwrap_or_default(),
                    FaultKind::Order,
                    &expected,
                    &found,
                );
            }
        }
        if let Terms::ProfitShare(terms) = &clause.terms {
            let ends: Vec<Slot> = terms.tiers.iter().filter_map(|tier| tier.until).collect();
            for pair in ends.windows(2) {
                if value(pair[1]) <= value(pair[0]) {
                    let expected = format!("above {}, {}", path(pair[0]), written(pair[0]));
                    let found = written(pair[1]).to_string();
                    faults.push(FaultKind::Order, path(pair[1]), &expected, &found);
                }
            }
        }
    }
    faults.0
}
