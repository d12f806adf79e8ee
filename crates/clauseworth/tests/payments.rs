//! Who pays whom: what goes into the lab comes out of it, and each stream is what another part of the result says it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, LIBRARY, Party, Payments, Request, Run};
use proptest::prelude::*;
use support::random::{any_deal, cases, opened};
use support::{close, deal, open, small};

fn annual(run: &Run, name: &str) -> Vec<f64> {
    let (_, values) = run.annual().find(|(known, _)| *known == name).unwrap();
    values.unwrap()
}

/// What a party is paid or pays in a year, of the streams of some names or of all.
fn sum(
    payments: &Payments,
    year: usize,
    names: &[&str],
    from: Option<Party>,
    to: Option<Party>,
) -> f64 {
    let wanted = payments.streams.iter().filter(|stream| {
        (names.is_empty() || names.contains(&stream.name))
            && from.is_none_or(|party| stream.from == party)
            && to.is_none_or(|party| stream.to == party)
    });
    wanted.map(|stream| stream.amounts[year]).sum()
}

fn holds(name: &str, calculator: &mut Calculator, request: &Request) {
    let (Ok(run), Ok(payments)) = (calculator.run(request), calculator.payments(request)) else {
        return;
    };
    let (lab, backer) = (Party::Lab, Party::Backer);
    assert_eq!(payments.years, run.calendar_years());
    let of = |series: &str| annual(&run, series);
    let (raised, tax, opex, compute, paid_out) = (
        of("lab.raised"),
        of("lab.tax"),
        of("lab.opex"),
        of("lab.compute"),
        of("lab.paid_out"),
    );
    let shortfall = of("lab.shortfall");
    for (index, year) in payments.years.iter().enumerate() {
        let what = |what: &str| format!("{name} in {year}: {what}");
        let into = sum(&payments, index, &[], None, Some(lab));
        let out = sum(&payments, index, &[], Some(lab), None);
        let size = into.abs();
        // Nothing is made and nothing lost within the lab.
        close(&what("in and out"), into, out, 1e-10, 1e-6);
        close(
            &what("through"),
            payments.through_lab[index],
            into,
            0.0,
            0.0,
        );
        let line = |names: &[&str], expected: f64| {
            let found = sum(&payments, index, names, None, None);
            close(&what(names[0]), found, expected, 1e-10, 1e-8 + 1e-12 * size);
        };
        line(&["raised", "participation"], raised[index]);
        line(&["opex"], opex[index]);
        line(&["tax"], tax[index]);
        line(&["paid-out"], paid_out[index]);
        line(&["compute", "compute-elsewhere"], compute[index]);
        line(&["commitment"], shortfall[index]);
        // What the lab pays the backer under its clauses, net, is another sum of the model (8.5).
        let figures = run.year(*year).unwrap();
        let clauses = sum(
            &payments,
            index,
            &[
                "revenue-share",
                "api-exclusivity",
                "devices",
                "profit-share",
            ],
            Some(lab),
            Some(backer),
        ) - sum(
            &payments,
            index,
            &["reverse-share"],
            Some(backer),
            Some(lab),
        );
        let rate = figures.take_rate.unwrap_or(0.0) * figures.revenue;
        close(&what("take"), clauses, rate, 1e-9, 1e-6);
        let with_compute = clauses
            + sum(
                &payments,
                index,
                &["compute", "commitment"],
                Some(lab),
                Some(backer),
            );
        let rate = figures.take_rate_with_compute.unwrap_or(0.0) * figures.revenue;
        close(&what("take with compute"), with_compute, rate, 1e-9, 1e-6);
        close(
            &what("to the backer"),
            payments.to_backer[index],
            sum(&payments, index, &[], Some(lab), Some(backer)),
            0.0,
            0.0,
        );

        let shares = &payments.ownership.years;
        close(
            &what("stake"),
            shares.backer[index],
            of("stake.backer")[index],
            0.0,
            0.0,
        );
        close(
            &what("all of it"),
            shares.backer[index] + shares.holders[index] + shares.later[index],
            1.0,
            1e-15,
            0.0,
        );
    }
    for stream in &payments.streams {
        assert!(
            stream.amounts.iter().all(|amount| *amount >= 0.0),
            "{name}: {stream:?}"
        );
        assert!(stream.from != stream.to);
    }
    let distress: u32 = payments.ownership.distress.iter().sum();
    assert_eq!(
        Some(f64::from(distress)),
        run.metric("lab.distress_quarters")
    );
    assert_eq!(payments.ownership.quarters.backer.len(), run.quarters() + 1);
}

#[test]
fn payments_close_in_every_deal_of_the_tests_and_of_the_library() {
    for name in support::DEALS {
        holds(name, &mut deal(name), &Request::default());
    }
    for entry in &LIBRARY {
        holds(
            entry.id,
            &mut Calculator::library(entry.id).unwrap(),
            &Request::default(),
        );
    }
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn payments_close_in_any_deal((name, request) in any_deal()) {
        holds(name, &mut opened(name), &request);
    }
}

#[test]
fn payments_of_a_deal_by_hand() {
    // Ten a year in, four a year for compute, of which the backer serves half, and a tenth of revenue to the backer; six
    // more in a tranche. What is left, five a year, is not paid out, since the lab keeps as much as it likes.
    let clauses = "
        [[clauses]]
        kind = \"revenue-share\"
        rate = 0.1
        lines = \"all\"
        [[clauses]]
        kind = \"hosting\"
        share = 0.5
        otherwise = 0
        [[clauses]]
        kind = \"capital\"
        tranches = [[2027-03-01, 6]]
    ";
    let text = support::replaced(&small(clauses), "target_cash = 50", "target_cash = 100");
    let payments = open(&text).payments(&Request::default()).unwrap();
    assert_eq!(payments.years, [2026, 2027]);
    let (lab, backer) = (Party::Lab, Party::Backer);
    let one = |name: &str, from, to, expected: [f64; 2]| {
        let found: Vec<&[f64]> = payments
            .between(name, from, to)
            .map(|stream| &*stream.amounts)
            .collect();
        assert_eq!(found.len(), 1, "{name}");
        for (found, expected) in found[0].iter().zip(expected) {
            close(name, *found, expected, 1e-13, 0.0);
        }
    };
    one("revenue", Party::Customers, lab, [10.0, 10.0]);
    one("capital", backer, lab, [0.0, 6.0]);
    one("revenue-share", lab, backer, [1.0, 1.0]);
    one("compute", lab, backer, [2.0, 2.0]);
    one("compute-elsewhere", lab, Party::Clouds, [2.0, 2.0]);
    one("cash", lab, Party::Bank, [5.0, 11.0]);
    assert_eq!(payments.streams.len(), 6, "{:?}", payments.streams);
    close("to the backer", payments.to_backer[1], 3.0, 1e-13, 0.0);
    close("from the backer", payments.from_backer[1], 6.0, 1e-13, 0.0);
    close("through", payments.through_lab[1], 16.0, 1e-13, 0.0);
    close("funded", payments.funded[1], 6.0, 1e-13, 0.0);
    // Who held the lab holds it still: nobody came in.
    assert_eq!(payments.ownership.years.holders, [1.0, 1.0]);
}

#[test]
fn payments_for_the_stake_are_what_it_is_worth_when_it_is_sold() {
    let mut calculator = Calculator::library("microsoft-openai-2025").unwrap();
    let run = calculator.run(&Request::default()).unwrap();
    let payments = calculator.payments(&Request::default()).unwrap();
    let sold: Vec<f64> = payments
        .between("stake-sold", Party::Investors, Party::Backer)
        .flat_map(|stream| {
            stream
                .amounts
                .iter()
                .copied()
                .filter(|amount| *amount > 0.0)
        })
        .collect();
    // Without participation the stake falls as those of the other holders do.
    let (stake, holders) = (
        run.series("stake.backer").unwrap(),
        run.series("stake.holders").unwrap(),
    );
    let last = run.quarters() - 1;
    let before = stake[last - 1] * holders[last] / holders[last - 1];
    let quantity = |path: &str| {
        let quantities = &calculator.deal().quantities;
        quantities
            .iter()
            .find(|quantity| quantity.path == path)
            .unwrap()
            .value
    };
    assert_eq!(quantity("clauses.equity.participation"), 0.0);
    let worth = before * run.metric("lab.equity_value_at_exit").unwrap();
    let discount = quantity("clauses.equity.discount");
    assert_eq!(sold.len(), 1);
    close("sold", sold[0], worth * (1.0 - discount), 1e-12, 0.0);
}
