//! Laws that hold in every deal, whatever its numbers: what one side pays the other receives, totals add up, and a value
//! is the sum of what it is made of. Each is checked on random deals from the series that a run gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::disallowed_methods,
    reason = "laws are checked with the standard library's powers, which share no code with the kernel's"
)]

mod support;

use clauseworth::cashflow::xnpv;
use clauseworth::{Grid, Terms};
use proptest::prelude::*;
use support::random::{Drawn, any_deal};
use support::{close, metric};

/// Amounts of bn: what cancels is of the order of the largest that go in.
fn scale(amounts: &[f64]) -> f64 {
    1e-10
        * amounts
            .iter()
            .fold(1.0, |largest: f64, a| largest.max(a.abs()))
}

/// What the backer paid for milestones in quarter `k` (Model 6.11), from the capacity installed.
fn milestones(d: &Drawn) -> Vec<f64> {
    let quarters = d.run.quarters();
    let mut paid = vec![0.0; quarters];
    for id in d.active("milestone-investment") {
        let (per_gw, total) = (
            d.value(&format!("clauses.{id}.per_gw")),
            d.value(&format!("clauses.{id}.total")),
        );
        let gw = d.series("infrastructure.gw");
        let (mut installed, mut spent) = (d.value("compute.capacity"), 0.0);
        for k in 0..quarters {
            let now = (per_gw * (gw[k] - installed)).min((total - spent).max(0.0));
            installed = gw[k];
            spent += now;
            paid[k] += now;
        }
    }
    paid
}

/// The dated flows of the backer after tax from the effective date: capital on its own dates, the rest on payment dates.
fn dated_flows(d: &Drawn) -> Vec<(i32, f64)> {
    let tables = &d.deal().tables;
    let grid = Grid::new(tables.effective, tables.horizon).unwrap();
    let mut total = d.series("flow_after_tax.total").to_vec();
    let mut flows = Vec::new();
    for clause in d.deal().clauses() {
        let Terms::Capital(capital) = &clause.terms else {
            continue;
        };
        if !d.active("capital").contains(&clause.id) {
            continue;
        }
        for (i, payment) in capital.tranches.iter().enumerate() {
            if let Some(k) = grid.quarter_of(payment.day) {
                let amount = d.value(&format!("clauses.{}.tranches.{i}", clause.id));
                flows.push((payment.day.days_since(tables.effective), -amount));
                total[k] += amount;
            }
        }
    }
    flows.extend(grid.payment_days.iter().copied().zip(total));
    flows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    /// Model 7.1: what the backer receives from the lab, the lab's profit bears, and nothing else.
    #[test]
    fn what_the_lab_pays_the_backer_receives((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let x = |path: &str| d.find(path).unwrap_or(0.0);
        let hardware = d.run.series("lab.revenue.device-hardware");
        let starts = d.series("quarter.start");
        let last = starts[d.run.quarters() - 1];
        let end = (last * 4.0).floor() / 4.0 + 0.25;
        // Then the market stream is API business alone.
        let whole = |kind: &str| {
            let of_kind = d.deal().clauses().iter().filter(|c| c.terms.kind() == kind);
            of_kind.count() == d.active(kind).len()
        };
        prop_assume!(whole("ip-rights") && whole("hosting"));
        let (mut cash, mut payable) = (x("lab.cash"), 0.0);
        for k in 0..d.run.quarters() {
            let length = starts.get(k + 1).copied().unwrap_or(end) - starts[k];
            let at = |name: &str| d.series(name)[k];
            let goods = match hardware {
                Some(sold) if x("devices.price") > 0.0 => sold[k] * x("devices.unit_cost") / x("devices.price"),
                _ => 0.0,
            };
            let earned = d.flow("revenue-share", k) + at("lab.payable") - payable;
            let owed = earned
                + d.flow("api-exclusivity", k) + at("flow.market")
                + d.flow("devices", k)
                + d.flow("profit-share", k)
                + d.flow("reverse-share", k);
            let interest = cash * ((1.0 + x("lab.cash_yield")).powf(length) - 1.0);
            let profit = at("lab.revenue") - goods - at("lab.compute") - at("lab.shortfall") - at("lab.opex") - owed + interest;
            let size = scale(&[at("lab.revenue"), at("lab.compute"), at("lab.cash"), at("lab.payable")]);
            close(&format!("profit of quarter {k}"), at("lab.profit"), profit, 1e-9, size);
            close("shortfall", at("lab.shortfall"), d.flow("commitment", k), 0.0, 1e-12);
            cash = at("lab.cash");
            payable = at("lab.payable");
        }
    }

    /// Model 7.4 to 7.6: cash moves by what is earned, taxed, deferred, raised, received and paid out.
    #[test]
    fn the_labs_cash_is_accounted_for((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let bought = milestones(&d);
        // The one deal with such a warrant names it so.
        let mut on_backer = d.active("warrant");
        on_backer.retain(|id| id == "warrant-on-backer");
        let (mut cash, mut payable) = (d.value("lab.cash"), 0.0);
        for (k, milestone) in bought.iter().enumerate() {
            let at = |name: &str| d.series(name)[k];
            let warrants: f64 = on_backer.iter().map(|id| -at(&format!("flow.{id}"))).sum();
            let moved = at("lab.profit") - at("lab.tax") + at("lab.payable") - payable
                + at("lab.raised") - at("lab.paid_out") - d.flow("capital", k) + milestone + warrants;
            let size = scale(&[cash, at("lab.profit"), at("lab.raised"), at("lab.paid_out")]);
            close(&format!("cash of quarter {k}"), at("lab.cash"), cash + moved, 1e-9, size);
            cash = at("lab.cash");
            payable = at("lab.payable");
            // 7.5 and 7.6: equity is the enterprise, the cash, less what is owed.
            let before = (at("lab.enterprise_value") + cash + at("lab.paid_out") - payable).max(0.0);
            close("equity", at("lab.equity_value"), before - at("lab.paid_out"), 1e-9, size);
        }
    }

    /// Model 7.2: losses are carried forward and shelter later profits.
    #[test]
    fn the_labs_tax_is_that_of_a_pool_of_losses((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let mut pool = d.find("lab.tax_losses").unwrap_or(0.0);
        let limit = d.find("tax.loss_limit").unwrap_or(1.0);
        for (profit, tax) in d.series("lab.profit").iter().zip(d.series("lab.tax")) {
            let sheltered = pool.min(limit * profit.max(0.0));
            close("tax", *tax, d.value("tax.lab") * (profit.max(0.0) - sheltered), 1e-9, scale(&[*profit, pool]));
            pool = pool - sheltered + (-profit).max(0.0);
        }
    }

    /// Model 8.3, 14.2: totals are the sums of their parts.
    #[test]
    fn totals_add_up((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let active = d.deal().clauses().iter().filter(|c| c.common.enabled && !d.request.without.contains(&c.id));
        let ids: Vec<String> = active.map(|c| c.id.clone()).chain(["market".to_owned()]).collect();
        let active = |id: &str| ids.iter().any(|i| i == id);
        let mut cumulative: f64 = d.deal().clauses().iter()
            .filter(|c| active(&c.id))
            .flat_map(|c| (0..c.common.history.len()).map(move |i| format!("clauses.{}.history.{i}", c.id)))
            .map(|path| d.value(&path))
            .sum();
        for k in 0..d.run.quarters() {
            let parts = |kind: &str| ids.iter().map(|id| d.series(&format!("{kind}.{id}"))[k]).collect::<Vec<f64>>();
            for kind in ["flow", "flow_after_tax"] {
                let parts = parts(kind);
                let total = d.series(&format!("{kind}.total"))[k];
                close(kind, total, parts.iter().sum(), 1e-12, scale(&parts));
            }
            cumulative += d.series("flow_after_tax.total")[k];
            close("cumulative", d.series("cumulative")[k], cumulative, 1e-12, scale(&[cumulative]));
            let lines = d.run.all_series().filter(|(name, _)| name.starts_with("lab.revenue."));
            let revenue: f64 = lines.filter_map(|(_, row)| row).map(|row| row[k]).sum();
            close("revenue", d.series("lab.revenue")[k], revenue, 1e-12, 0.0);
        }
        let mut npv = Vec::new();
        for id in &ids {
            let discounted: f64 = d.series(&format!("discounted.{id}")).iter().sum();
            let reported = metric(&d.run, &format!("backer.npv.{id}"));
            close(&format!("NPV of {id}"), reported, discounted, 1e-12, scale(d.series(&format!("discounted.{id}"))));
            npv.push(reported);
        }
        close("NPV", metric(&d.run, "backer.npv"), npv.iter().sum(), 1e-12, scale(&npv));
        for (name, series) in [("lab.funding_gap", "lab.raised"), ("lab.revenue_total", "lab.revenue"), ("commitment.billed", "commitment.billed"), ("commitment.shortfall", "lab.shortfall")] {
            close(name, metric(&d.run, name), d.series(series).iter().sum(), 1e-12, 0.0);
        }
        let lowest = d.series("lab.cash").iter().copied().fold(f64::INFINITY, f64::min);
        prop_assert_eq!(metric(&d.run, "lab.lowest_cash"), lowest);
    }

    /// Model 8.2: every flow after tax is discounted at its clause's rate from its payment date.
    #[test]
    fn flows_are_discounted_at_the_rate_of_their_kind((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let years = d.series("quarter.year_fraction");
        for clause in d.deal().clauses().iter().filter(|c| c.common.enabled && !d.request.without.contains(&c.id)) {
            let rate = match clause.terms {
                Terms::Capital(_) => continue,
                Terms::Commitment(_) => d.value("discount.contractual"),
                Terms::Equity(_) | Terms::MilestoneInvestment(_) | Terms::Warrant(_) => d.value("discount.equity"),
                _ => d.value("discount.operating"),
            };
            let after = d.series(&format!("flow_after_tax.{}", clause.id));
            let discounted = d.series(&format!("discounted.{}", clause.id));
            for k in 0..years.len() {
                close(&clause.id, discounted[k], after[k] * (1.0 + rate).powf(-years[k]), 1e-12, 1e-300);
            }
        }
    }

    /// Model 8.5: at an internal rate of return the dated flows are worth nothing.
    #[test]
    fn npv_at_the_irr_is_zero((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let flows = dated_flows(&d);
        for root in d.run.irr_forward() {
            prop_assert!(-0.99 < *root && *root < 10.0);
            let size: f64 = xnpv(*root, &flows.iter().map(|(days, a)| (*days, a.abs())).collect::<Vec<_>>());
            let left = xnpv(*root, &flows);
            prop_assert!(left.abs() <= 1e-9 * size, "{left} of {size} is left at {root}");
        }
        let plausible: Vec<&f64> = d.run.irr_forward().iter().filter(|root| **root > -0.5).collect();
        let single = if plausible.len() == 1 { Some(*plausible[0]) } else { None };
        prop_assert_eq!(d.run.metric("backer.irr"), single);
    }

    /// At rates of 0 a value is the plain sum of what is paid.
    #[test]
    fn npv_at_a_rate_of_zero_is_the_plain_sum((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let rates = ["operating", "contractual", "equity", "lab"].map(|name| format!("discount.{name}"));
        let zero: Vec<(&str, f64)> = rates.iter().map(|path| (path.as_str(), 0.0)).collect();
        let run = d.again(&zero, &[]);
        let flows = support::series(&run, "flow_after_tax.total");
        close("NPV", metric(&run, "backer.npv"), flows.iter().sum(), 1e-11, scale(flows));
        if d.active("warrant").is_empty() {
            let (holders, out) = (support::series(&run, "stake.holders"), support::series(&run, "lab.paid_out"));
            let last = run.quarters() - 1;
            let paid: f64 = holders.iter().zip(out).map(|(o, out)| o * out).sum();
            let left = holders[last] * support::series(&run, "lab.equity_value")[last];
            close("lab NPV", metric(&run, "lab.npv"), paid + left, 1e-11, 1e-12);
        }
    }

    /// Model 12.3: the surplus is what both sides gain over having no clause at all.
    #[test]
    fn the_surplus_is_over_the_empty_deal((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let all: Vec<String> = d.deal().clauses().iter().map(|c| c.id.clone()).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let empty = d.again(&[], &all);
        let gain = |name: &str| metric(&d.run, name) - metric(&empty, name);
        let sides = [metric(&d.run, "backer.npv"), metric(&d.run, "lab.npv"), metric(&empty, "backer.npv"), metric(&empty, "lab.npv")];
        close("surplus", metric(&d.run, "surplus"), gain("backer.npv") + gain("lab.npv"), 1e-12, scale(&sides));
        prop_assert_eq!(metric(&empty, "surplus"), 0.0);
    }

    /// Stakes are parts of one whole, capacity only grows and is only used as far as it is there.
    #[test]
    fn stakes_and_capacity_stay_within_their_bounds((name, request) in any_deal()) {
        let Some(d) = Drawn::new(name, request) else { return Ok(()) };
        let (backer, holders) = (d.series("stake.backer"), d.series("stake.holders"));
        for k in 0..backer.len() {
            prop_assert!((-1e-15..=1.0 + 1e-12).contains(&backer[k]), "the backer's stake is {}", backer[k]);
            prop_assert!((-1e-15..=1.0 + 1e-12).contains(&holders[k]), "the holders' stake is {}", holders[k]);
            prop_assert!(backer[k] + holders[k] <= 1.0 + 1e-12);
            prop_assert!(d.series("lab.raised")[k] >= 0.0 && d.series("lab.paid_out")[k] >= 0.0);
            prop_assert!(d.series("lab.shortfall")[k] >= 0.0 && d.series("lab.equity_value")[k] >= 0.0);
            prop_assert!(d.series("lab.revenue")[k] <= d.series("lab.demand")[k] * (1.0 + 1e-12));
            if k > 0 {
                prop_assert!(holders[k] <= holders[k - 1], "the holders' stake grows");
            }
        }
        if let Some(gw) = d.run.series("infrastructure.gw") {
            let (used, limit) = (d.series("infrastructure.gw_used"), d.series("infrastructure.build_limit"));
            let opening = d.value("compute.capacity");
            for k in 0..gw.len() {
                let before = if k == 0 { opening } else { gw[k - 1] };
                prop_assert!(gw[k] >= before && used[k] <= gw[k] * (1.0 + 1e-12));
                prop_assert!(gw[k] <= limit[k].max(before) * (1.0 + 1e-12));
            }
        }
    }
}
