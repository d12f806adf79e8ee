//! The mechanisms of the model against values from elsewhere: differential equations integrated by other programs, and
//! spreadsheets worked out by hand, every number of which is explained. All of them go the whole way of a deal file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::Run;
use support::{close, here, metric, open, run, series, setting};

/// The deal whose numbers can be worked out by hand, with more tables and clauses.
fn small(more: &str) -> String {
    let text = std::fs::read_to_string(here("tests/support/small.toml")).unwrap();
    format!("{text}\n{more}")
}

/// Asserts a series, quarter by quarter.
#[track_caller]
fn is(run: &Run, name: &str, expected: &[f64]) {
    let found = series(run, name);
    assert_eq!(found.len(), expected.len(), "{name}");
    for (k, (found, expected)) in found.iter().zip(expected).enumerate() {
        close(
            &format!("{name} of quarter {k}"),
            *found,
            *expected,
            1e-12,
            1e-12,
        );
    }
}

fn integrals() -> serde_json::Value {
    let text = std::fs::read_to_string(here("tests/data/integrals.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn numbers(value: &serde_json::Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

// ---- Differential equations

#[test]
fn bass_diffusion_is_the_solution_of_its_equation() {
    // dN/dt = (p + q N / m)(m - N), integrated numerically. At $1000 a unit and $83.33 a month a million units and a
    // million devices for a year are a billion each, so that the lines show N itself.
    let devices = "[devices]\nlaunch = 2026\nmarket = 1\np = 1\nq = 1\nprice = 1000\nunit_cost = 0\nservice_per_month = 83.33333333333333\ninference = 0\nterminal_inference = 0\n";
    for case in integrals()["bass"].as_array().unwrap() {
        let number = |key: &str| case[key].as_f64().unwrap();
        let request = setting(&[
            ("devices.launch", 2026.0 + number("launch")),
            ("devices.market", number("market")),
            ("devices.p", number("p")),
            ("devices.q", number("q")),
        ]);
        let run = open(&small(devices)).run(&request).unwrap();
        let adopters = numbers(&case["adopters"]);
        for k in 0..8 {
            let sold = adopters[2 * k + 2] - adopters[2 * k];
            close(
                "units",
                series(&run, "lab.revenue.device-hardware")[k],
                sold,
                1e-9,
                1e-11,
            );
            let used = series(&run, "lab.revenue.device-services")[k] / 0.25;
            close("in use", used, adopters[2 * k + 1], 1e-9, 1e-11);
        }
    }
}

#[test]
fn fading_growth_is_the_integral_of_its_rate() {
    // d ln A / dt = c1 + (c0 - c1) exp(-lambda t), integrated numerically.
    for case in integrals()["growth"].as_array().unwrap() {
        let keys = ["run_rate", "growth", "terminal_growth", "half_life"];
        let paths = keys.map(|key| {
            (
                format!("demand.lines.app.{key}"),
                case[key].as_f64().unwrap(),
            )
        });
        let values: Vec<(&str, f64)> = paths.iter().map(|(path, v)| (path.as_str(), *v)).collect();
        let run = open(&small("")).run(&setting(&values)).unwrap();
        for (k, level) in numbers(&case["level"]).iter().enumerate() {
            close(
                "level",
                series(&run, "lab.revenue")[k] / 0.25,
                *level,
                1e-12,
                0.0,
            );
        }
    }
}

// ---- Take-or-pay (Model 6.5)

/// Hosting of half of the need of 1 a quarter, and a commitment.
fn committed(terms: &str) -> String {
    small(&format!(
        "[[clauses]]\nkind = \"hosting\"\nshare = 0.5\notherwise = 0\n[[clauses]]\nkind = \"commitment\"\n{terms}"
    ))
}

#[test]
fn use_above_the_minimum_counts_against_later_minimums() {
    // 7.2 over six quarters along a parabola: by the end of quarter k, 7.2 ((k+1)/6)^2 is committed. Of its own accord
    // the lab would use 0.5 a quarter, and no more than its need of 1.
    let text = committed(
        "total = 7.2\nfrom = 2026-01-01\nuntil = 2027-07-01\nramp = 2\ntake_or_pay = 1\n",
    );
    let run = run(&text);
    is(
        &run,
        "commitment.committed",
        &[0.2, 0.8, 1.8, 3.2, 5.0, 7.2, 7.2, 7.2],
    );
    // 0: 0.2 is due, 0.5 is used: 0.3 in hand.
    // 1: 0.8 - 0.5 = 0.3 is due, 0.5 is used: 0.2 in hand.
    // 2: 1.8 - 1.0 = 0.8 is due, more than the 0.5, so that 0.8 is used.
    // 3: 3.2 - 1.8 = 1.4 is due, 1 is used and 0.4 is paid for nothing.
    // 4: 5.0 - 3.2 = 1.8 is due: a shortfall of 0.8, since what was paid counts as used.
    // 5: 7.2 - 5.0 = 2.2 is due: a shortfall of 1.2.
    // 6, 7: after the term the lab uses what it would.
    is(
        &run,
        "compute.served",
        &[0.5, 0.5, 0.8, 1.0, 1.0, 1.0, 0.5, 0.5],
    );
    is(
        &run,
        "lab.shortfall",
        &[0.0, 0.0, 0.0, 0.4, 0.8, 1.2, 0.0, 0.0],
    );
    is(
        &run,
        "flow.commitment",
        &[0.0, 0.0, 0.0, 0.4, 0.8, 1.2, 0.0, 0.0],
    );
    is(
        &run,
        "commitment.billed",
        &[0.5, 0.5, 0.8, 1.4, 1.8, 2.2, 0.5, 0.5],
    );
    // The lab pays 1 a quarter for compute wherever it is from, and the shortfalls on top.
    is(&run, "lab.compute", &[1.0; 8]);
    is(
        &run,
        "lab.profit",
        &[1.5, 1.5, 1.5, 1.1, 0.7, 0.3, 1.5, 1.5],
    );
    close("billed", metric(&run, "commitment.billed"), 8.2, 1e-12, 0.0);
    close(
        "shortfall",
        metric(&run, "commitment.shortfall"),
        2.4,
        1e-12,
        0.0,
    );
    assert_eq!(run.metric("commitment.unmet"), Some(0.0));
    assert_eq!(run.metric("commitment.unpaid"), Some(0.0));
}

#[test]
fn a_part_of_the_committed_amount_is_enough() {
    // The same with 0.75 to take or pay: 0.15, 0.6, 1.35, 2.4, 3.75, 5.4 by the end of each quarter.
    let text = committed(
        "total = 7.2\nfrom = 2026-01-01\nuntil = 2027-07-01\nramp = 2\ntake_or_pay = 0.75\n",
    );
    let run = run(&text);
    // Used 0.5, 1.0, then 1.5 of 1.35 due; 0.9 is due in quarter 3, 1.35 in 4 and 1.65 in 5.
    is(
        &run,
        "compute.served",
        &[0.5, 0.5, 0.5, 0.9, 1.0, 1.0, 0.5, 0.5],
    );
    is(
        &run,
        "lab.shortfall",
        &[0.0, 0.0, 0.0, 0.0, 0.35, 0.65, 0.0, 0.0],
    );
    // 7.2 less what was billed in the term, 0.5 three times, 0.9, 1.35 and 1.65.
    close(
        "unmet",
        metric(&run, "commitment.unmet"),
        7.2 - 5.4,
        1e-12,
        0.0,
    );
}

#[test]
fn a_term_that_begins_in_the_middle_of_a_quarter() {
    // 4 over the year from the middle of the first quarter, on a straight line: 0.5, 1.5, 2.5, 3.5, 4. The need is 0.8
    // a quarter, and half of the first and of the fifth quarter's use counts.
    let text =
        committed("total = 4\nfrom = 2026.125\nuntil = 2027.125\nramp = 1\ntake_or_pay = 1\n");
    let request = setting(&[
        ("demand.lines.app.inference", 0.32),
        ("demand.lines.app.terminal_inference", 0.32),
    ]);
    let run = open(&text).run(&request).unwrap();
    is(
        &run,
        "commitment.committed",
        &[0.5, 1.5, 2.5, 3.5, 4.0, 4.0, 4.0, 4.0],
    );
    // 0: 0.5 is due in half a quarter, so that all 0.8 are used, of which 0.4 count; 0.1 is short.
    // 1, 2, 3: 1 is due, 0.8 is used. 4: 0.5 is due, 0.4 of the use counts. Then half of the need.
    is(
        &run,
        "compute.served",
        &[0.8, 0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4],
    );
    is(
        &run,
        "lab.shortfall",
        &[0.1, 0.2, 0.2, 0.2, 0.1, 0.0, 0.0, 0.0],
    );
}

#[test]
fn nothing_is_owed_for_what_could_not_be_delivered() {
    // 0.1 GW and 0.2 GW a year more: the build limit in the middles of quarters is 0.125, 0.175, 0.225 ... 0.475 GW, at
    // 4 a year 0.125, 0.175, ... a quarter. The lab asks for 0.5 a quarter and takes what there is.
    let text =
        committed("total = 8\nfrom = 2026-01-01\nuntil = 2028-01-01\nramp = 1\ntake_or_pay = 1\n");
    let request = setting(&[("compute.capacity", 0.1), ("compute.build_rate", 0.2)]);
    let run = open(&text).run(&request).unwrap();
    is(
        &run,
        "infrastructure.build_limit",
        &[0.125, 0.175, 0.225, 0.275, 0.325, 0.375, 0.425, 0.475],
    );
    is(
        &run,
        "compute.served",
        &[0.125, 0.175, 0.225, 0.275, 0.325, 0.375, 0.425, 0.475],
    );
    is(&run, "lab.shortfall", &[0.0; 8]);
    close(
        "unmet",
        metric(&run, "commitment.unmet"),
        8.0 - 2.4,
        1e-12,
        0.0,
    );
}

#[test]
fn what_the_raise_does_not_allow_falls_due_again() {
    // The lab has 1.6 and keeps at least 0; its profit before the shortfall is 1.5 a quarter, all of it kept for what
    // comes. It may raise nothing. 30 over the first four quarters: 7.5 is due each quarter, of which 1 is used.
    let text =
        committed("total = 30\nfrom = 2026-01-01\nuntil = 2027-01-01\nramp = 1\ntake_or_pay = 1\n");
    let text = support::replaced(&text, "pool = 0\n", "pool = 0\nraise_limit = 0\n");
    let request = setting(&[
        ("lab.cash", 1.6),
        ("lab.target_cash", 0.0),
        ("lab.valuation", 200.0),
    ]);
    let run = open(&text).run(&request).unwrap();
    // 0: 6.5 is short, 3.1 can be paid. 1 to 3: 1.5 can be paid.
    is(
        &run,
        "lab.shortfall",
        &[3.1, 1.5, 1.5, 1.5, 0.0, 0.0, 0.0, 0.0],
    );
    is(&run, "lab.raised", &[0.0; 8]);
    assert_eq!(metric(&run, "lab.distress_quarters"), 0.0);
    // In the last quarter of the term, the fourth, the minimum is 30 and 7.6 were paid and 4 used; the rest is left.
    close(
        "unpaid",
        metric(&run, "commitment.unpaid"),
        30.0 - 4.0 - 7.6,
        1e-12,
        0.0,
    );
}

// ---- Waterfall (Model 6.12)

const TIERS: &str = "tiers = [{ share = 0.5, until = 3 }, { share = 0.25, until = 4 }, { share = 0.1, until = 4.2 }, { share = 0.02 }]\nhistory = [[2025-06-30, 1]]\n";

#[test]
fn a_quarter_runs_through_several_tiers() {
    // Without compute the lab earns 10 a quarter; 1 was received before.
    let text = small(&format!("[[clauses]]\nkind = \"profit-share\"\n{TIERS}"));
    let request = setting(&[
        ("demand.lines.app.run_rate", 40.0),
        ("demand.lines.app.inference", 0.0),
        ("demand.lines.app.terminal_inference", 0.0),
    ]);
    let run = open(&text).run(&request).unwrap();
    // 0: half of 4 makes 2, and 3 are received; a quarter of 4 makes 1, and 4 are received; a tenth of the last 2
    // makes 0.2, and 4.2 are received. Then a fiftieth of 10.
    is(
        &run,
        "flow.profit-share",
        &[3.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
    );
    is(
        &run,
        "lab.profit",
        &[6.8, 9.8, 9.8, 9.8, 9.8, 9.8, 9.8, 9.8],
    );
}

#[test]
fn a_waterfall_that_begins_in_the_middle_of_a_quarter() {
    let text = small(&format!(
        "[[clauses]]\nkind = \"profit-share\"\nfrom = 2026.125\n{TIERS}"
    ));
    let request = setting(&[
        ("demand.lines.app.run_rate", 40.0),
        ("demand.lines.app.inference", 0.0),
        ("demand.lines.app.terminal_inference", 0.0),
    ]);
    let run = open(&text).run(&request).unwrap();
    // 0: half of the 3.2 above, so that 2.6 are received.
    // 1: half of 0.8 makes 0.4 up to 3, a quarter of 4 makes 1 up to 4, a tenth of 2 makes 0.2 up to 4.2, and a fiftieth
    // of the last 3.2 makes 0.064.
    is(
        &run,
        "flow.profit-share",
        &[1.6, 1.664, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
    );
}

#[test]
fn a_loss_pays_nothing_and_fills_no_tier() {
    let text = small(&format!("[[clauses]]\nkind = \"profit-share\"\n{TIERS}"));
    let run = open(&text)
        .run(&setting(&[("lab.opex.fixed", 6.1)]))
        .unwrap();
    is(&run, "flow.profit-share", &[0.0; 8]);
}

// ---- Straight-line depreciation (Model 5.7)

/// All compute from the backer: 1 GW is used, which earns 1 a quarter at no running cost. 20 bn a gigawatt, 12 of it chips
/// that last four quarters and 8 shells that last ten; a quarter of every amount is expensed, and half of the economic
/// value left comes back.
fn hosted(hosting: &str) -> String {
    let text = small(&format!(
        "[[clauses]]\nkind = \"hosting\"\nshare = 1\notherwise = 0\n{hosting}"
    ));
    let text = support::replaced(&text, "capex = 0\n", "capex = 20\nresidual = 0.5\n");
    support::replaced(
        &text,
        "capital_gains = 0\n",
        "capital_gains = 0\nexpensing = 0.25\n",
    )
}

#[test]
fn chips_are_replaced_and_what_is_left_comes_back() {
    let run = run(&hosted(""));
    is(&run, "infrastructure.gw", &[1.0; 8]);
    // The gigawatt in quarter 0, its chips again in quarter 4; in quarter 8 there is no grid.
    is(
        &run,
        "infrastructure.capex",
        &[20.0, 0.0, 0.0, 0.0, 12.0, 0.0, 0.0, 0.0],
    );
    // Income 1 less what is paid; at the end half of what is left of the shells, 8 * 2/10 = 1.6. Both chips are used up.
    is(
        &run,
        "flow.hosting",
        &[-19.0, 1.0, 1.0, 1.0, -11.0, 1.0, 1.0, 1.8],
    );
    // Of every amount 0.75 is depreciated: chips 12 * 0.75 / 4 = 2.25 a quarter, again from quarter 4 on; shells 8 * 0.75
    // / 10 = 0.6. Expensed: 5 in quarter 0, 3 in quarter 4. The tax of 0.2 is on income less both, and at the end on the
    // 0.8 that comes back less the book value of 1.6 * 0.75 = 1.2.
    let taxed = [
        1.0 - 2.85 - 5.0,
        1.0 - 2.85,
        1.0 - 2.85,
        1.0 - 2.85,
        1.0 - 2.85 - 3.0,
        1.0 - 2.85,
        1.0 - 2.85,
        1.0 - 2.85 + 0.8 - 1.2,
    ];
    let flows = [-19.0, 1.0, 1.0, 1.0, -11.0, 1.0, 1.0, 1.8];
    let after: Vec<f64> = flows
        .iter()
        .zip(taxed)
        .map(|(flow, taxed)| flow - 0.2 * taxed)
        .collect();
    is(&run, "flow_after_tax.hosting", &after);
    // All that was paid is deducted in the end, as depreciation, expense or loss on what comes back.
    let deducted: f64 = series(&run, "infrastructure.capex").iter().sum::<f64>() - 0.8;
    close("deducted", taxed.iter().sum(), 8.0 - deducted, 1e-12, 0.0);
}

#[test]
fn capacity_of_the_start_is_sunk_but_its_chips_are_replaced() {
    let run = open(&hosted(""))
        .run(&setting(&[("compute.capacity", 0.5)]))
        .unwrap();
    // Half a gigawatt is new. In quarter 4 the chips of all of it are replaced.
    is(
        &run,
        "infrastructure.capex",
        &[10.0, 0.0, 0.0, 0.0, 12.0, 0.0, 0.0, 0.0],
    );
    // Depreciation: chips 6 * 0.75 / 4 = 1.125, from quarter 4 on 2.25; shells 4 * 0.75 / 10 = 0.3. 0.8 of the shells are
    // left, of which half comes back; their book value is 0.6.
    let flows = [-9.0, 1.0, 1.0, 1.0, -11.0, 1.0, 1.0, 1.4];
    let taxed = [
        1.0 - 1.425 - 2.5,
        1.0 - 1.425,
        1.0 - 1.425,
        1.0 - 1.425,
        1.0 - 2.55 - 3.0,
        1.0 - 2.55,
        1.0 - 2.55,
        1.0 - 2.55 + 0.4 - 0.6,
    ];
    is(&run, "flow.hosting", &flows);
    let after: Vec<f64> = flows
        .iter()
        .zip(taxed)
        .map(|(flow, taxed)| flow - 0.2 * taxed)
        .collect();
    is(&run, "flow_after_tax.hosting", &after);
}

#[test]
fn what_is_not_used_is_not_replaced_and_earns_from_others() {
    // From quarter 2 on half of the gigawatt is used. A quarter of the price comes in for the idle half, and half of the
    // chips are replaced.
    let text = support::replaced(
        &hosted(""),
        "share = 1\n",
        "share = [[2026.375, 1], [2026.625, 0.5]]\n",
    );
    let run = open(&text)
        .run(&setting(&[("compute.resale", 0.25)]))
        .unwrap();
    is(
        &run,
        "infrastructure.gw_used",
        &[1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    );
    is(
        &run,
        "infrastructure.capex",
        &[20.0, 0.0, 0.0, 0.0, 6.0, 0.0, 0.0, 0.0],
    );
    is(
        &run,
        "flow.hosting",
        &[-19.0, 1.0, 0.625, 0.625, -5.375, 0.625, 0.625, 0.625 + 0.8],
    );
}

#[test]
fn capacity_is_paid_for_before_it_is_there() {
    // The clause begins with quarter 4. 20 is paid in three parts, in quarters 2, 3 and 4; a quarter of each part is
    // expensed when it is paid, and depreciation begins in service.
    let run = open(&hosted("from = 2027-01-01\n"))
        .run(&setting(&[("compute.lead", 3.0)]))
        .unwrap();
    let part = 20.0 / 3.0;
    is(
        &run,
        "infrastructure.gw",
        &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0],
    );
    is(
        &run,
        "infrastructure.capex",
        &[0.0, 0.0, part, part, part, 0.0, 0.0, 0.0],
    );
    // Shells have six of ten quarters left: 4.8, of which 2.4 come back; book value 3.6. Chips are used up.
    let flows = [0.0, 0.0, -part, -part, 1.0 - part, 1.0, 1.0, 1.0 + 2.4];
    let expensed = 0.25 * part;
    let taxed = [
        0.0,
        0.0,
        -expensed,
        -expensed,
        1.0 - 2.85 - expensed,
        1.0 - 2.85,
        1.0 - 2.85,
        1.0 - 2.85 + 2.4 - 3.6,
    ];
    is(&run, "flow.hosting", &flows);
    let after: Vec<f64> = flows
        .iter()
        .zip(taxed)
        .map(|(flow, taxed)| flow - 0.2 * taxed)
        .collect();
    is(&run, "flow_after_tax.hosting", &after);
    // A lead that reaches back before the first quarter is paid in it.
    let early = open(&hosted("from = 2026-04-01\n"))
        .run(&setting(&[("compute.lead", 4.0)]))
        .unwrap();
    is(
        &early,
        "infrastructure.capex",
        &[15.0, 5.0, 0.0, 0.0, 0.0, 12.0, 0.0, 0.0],
    );
}

#[test]
fn energy_is_used_capacity_times_hours() {
    // 1 GW at a load of 0.8 and a PUE of 1.25 is a gigawatt of draw: 8.76 TWh a year, at $50 a MWh 0.438 bn.
    let request = setting(&[
        ("compute.load", 0.8),
        ("compute.pue", 1.25),
        ("compute.power_price", 50.0),
        ("compute.opex", 0.4),
        ("compute.capex", 0.0),
        ("compute.grid_intensity", 300.0),
        ("compute.water_per_kwh", 2.0),
        ("compute.land_per_gw", 500.0),
        ("compute.accelerator_kw", 1.25),
    ]);
    let run = open(&hosted("")).run(&request).unwrap();
    is(&run, "infrastructure.twh", &[2.19; 8]);
    is(&run, "flow.hosting", &[1.0 - 0.1095 - 0.1; 8]);
    is(&run, "infrastructure.co2", &[0.657; 8]);
    is(&run, "infrastructure.water", &[4.38; 8]);
    is(&run, "infrastructure.accelerators", &[0.8; 8]);
    close(
        "energy of a year",
        metric(&run, "infrastructure.peak_twh"),
        8.76,
        1e-12,
        0.0,
    );
    close(
        "land",
        metric(&run, "infrastructure.peak_land"),
        500.0,
        1e-12,
        0.0,
    );
}
