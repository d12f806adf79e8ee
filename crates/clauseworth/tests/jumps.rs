//! Questions whose outcome jumps (Model 12.1): dates that count by the quarter, whole numbers, switches and distress.
//! A target that is passed without being taken is a jump and no root; one that a whole quarter has is a range.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{Calculator, Outcome, Request};
use support::ask::{ask, forwards, metric_of, roots, within};
use support::{close, deal};

/// A metric that depends on a date by its quarter: as runs with the date in the middle of each quarter have it.
fn by_quarter(
    calculator: &mut Calculator,
    path: &str,
    name: &str,
    first: f64,
    last: f64,
) -> Vec<(f64, f64)> {
    let quarters = 0..((last - first) * 4.0) as usize;
    let starts = quarters.map(|quarter| first + 0.25 * quarter as f64);
    let middles = starts.map(|start| {
        let value = forwards(calculator, &Request::default(), path, start + 0.125, name);
        (start, value.unwrap())
    });
    middles.collect()
}

#[test]
fn a_date_that_counts_by_the_quarter_jumps_at_its_boundaries() {
    for (name, path, metric, first, last, target) in [
        (
            "example",
            "clauses.equity.exit",
            "backer.npv",
            2026.0,
            2035.75,
            300.0,
        ),
        (
            "example",
            "clauses.equity.exit",
            "backer.moic",
            2026.0,
            2035.75,
            20.0,
        ),
        (
            "all-kinds",
            "clauses.warrant-on-lab.expiry",
            "backer.npv.warrant-on-lab",
            2026.25,
            2030.75,
            2.0,
        ),
        (
            "all-kinds",
            "clauses.warrant-on-backer.expiry",
            "lab.npv",
            2026.25,
            2030.75,
            205.0,
        ),
    ] {
        let mut calculator = deal(name);
        let known = by_quarter(&mut calculator, path, metric, first, last);
        let crossed = known
            .windows(2)
            .filter(|pair| (pair[0].1 < target) != (pair[1].1 < target));
        let expected: Vec<[f64; 3]> = crossed
            .map(|pair| [pair[1].0, pair[0].1, pair[1].1])
            .collect();
        assert!(
            !expected.is_empty(),
            "{path} never crosses {target}: {known:?}"
        );
        let question = within(metric_of(path, metric, target), first, last - 0.01);
        let answer = ask(&mut calculator, &Request::default(), &question);
        assert_eq!(
            (answer.status, answer.roots.len(), answer.ranges.len()),
            (Outcome::None, 0, 0),
            "{path}"
        );
        let found: Vec<[f64; 3]> = answer
            .jumps
            .iter()
            .map(|jump| [jump.at, jump.before, jump.after])
            .collect();
        assert_eq!(
            found.len(),
            expected.len(),
            "{path}: {found:?}, not {expected:?}"
        );
        for (found, expected) in found.iter().zip(&expected) {
            close("at", found[0], expected[0], 0.0, 1e-9);
            assert_eq!(found[1..], expected[1..], "{path} at {}", found[0]);
        }
    }
}

#[test]
fn a_value_that_a_whole_quarter_has_is_taken_all_along() {
    let mut calculator = deal("example");
    let (path, name) = ("clauses.equity.exit", "backer.npv.equity");
    let known = by_quarter(&mut calculator, path, name, 2026.0, 2035.0);
    let (start, value) = known[17];
    let question = within(metric_of(path, name, value), 2026.0, 2035.0);
    let answer = ask(&mut calculator, &Request::default(), &question);
    let range = answer
        .ranges
        .iter()
        .find(|range| range.from < start + 0.1 && range.to > start + 0.1);
    let range = range.unwrap_or_else(|| panic!("{answer:?}"));
    close("from", range.from, start, 0.0, 1e-9);
    close("to", range.to, start + 0.25, 0.0, 1e-9);
    assert_eq!(answer.status, Outcome::Several);
    for end in [range.from, range.to] {
        assert_eq!(
            forwards(&mut calculator, &Request::default(), path, end, name),
            Some(value)
        );
    }
}

#[test]
fn what_counts_is_tried_at_every_whole_number() {
    let mut calculator = deal("example");
    let (path, name) = ("clauses.revenue-share.pay_over", "backer.npv.revenue-share");
    let value = |calculator: &mut Calculator, quarters: f64| {
        forwards(calculator, &Request::default(), path, quarters, name).unwrap()
    };
    // The later it is paid the less it is worth.
    let (eight, nine) = (value(&mut calculator, 8.0), value(&mut calculator, 9.0));
    let answer = ask(
        &mut calculator,
        &Request::default(),
        &metric_of(path, name, eight),
    );
    roots(&answer, &[8.0], 0.0);
    assert_eq!((answer.low, answer.high), (1.0, 160.0));
    assert_eq!(
        answer.curve.unwrap().at,
        (1..=160).map(f64::from).collect::<Vec<f64>>()
    );
    let between = 0.5 * (eight + nine);
    let answer = ask(
        &mut calculator,
        &Request::default(),
        &metric_of(path, name, between),
    );
    assert_eq!(
        (answer.status, answer.roots.len(), answer.jumps.len()),
        (Outcome::None, 0, 1)
    );
    let jump = answer.jumps[0];
    assert_eq!((jump.at, jump.before, jump.after), (9.0, eight, nine));
}

#[test]
fn a_switch_is_tried_off_and_on() {
    let mut calculator = deal("example");
    let value = |calculator: &mut Calculator, acts: f64| {
        forwards(
            calculator,
            &Request::default(),
            "regulation.acts",
            acts,
            "backer.npv",
        )
        .unwrap()
    };
    let (off, on) = (value(&mut calculator, 0.0), value(&mut calculator, 1.0));
    let question = |target: f64| metric_of("regulation.acts", "backer.npv", target);
    roots(
        &ask(&mut calculator, &Request::default(), &question(on)),
        &[1.0],
        0.0,
    );
    roots(
        &ask(&mut calculator, &Request::default(), &question(off)),
        &[0.0],
        0.0,
    );
    let answer = ask(
        &mut calculator,
        &Request::default(),
        &question(0.5 * (off + on)),
    );
    let jump = answer.jumps[0];
    assert_eq!((jump.at, jump.before, jump.after), (1.0, off, on));
    assert_eq!(
        (answer.low, answer.high, answer.status),
        (0.0, 1.0, Outcome::None)
    );
}

#[test]
fn quarters_of_distress_jump_and_are_taken_all_along() {
    let mut calculator = deal("all-kinds");
    let (path, name, low, high) = (
        "demand.lines.chat.growth",
        "lab.distress_quarters",
        -0.5,
        1.5,
    );
    let at = |calculator: &mut Calculator, growth: f64| {
        forwards(calculator, &Request::default(), path, growth, name).unwrap()
    };
    let question = within(metric_of(path, name, 0.5), low, high);
    let answer = ask(&mut calculator, &Request::default(), &question);
    assert!(answer.roots.is_empty() && answer.ranges.is_empty());
    let [jump] = answer.jumps[..] else {
        panic!("{:?}", answer.jumps)
    };
    assert_eq!((jump.before, jump.after), (1.0, 0.0));
    assert_eq!(
        (
            at(&mut calculator, jump.at - 1e-12),
            at(&mut calculator, jump.at)
        ),
        (1.0, 0.0)
    );
    // From there on there is none.
    let none = within(metric_of(path, name, 0.0), low, high);
    let answer = ask(&mut calculator, &Request::default(), &none);
    let [range] = answer.ranges[..] else {
        panic!("{:?}", answer.ranges)
    };
    close("from", range.from, jump.at, 0.0, 1e-12);
    assert_eq!(
        (range.to, answer.status, answer.roots.len()),
        (high, Outcome::Several, 0)
    );
}

#[test]
fn what_only_rounding_moves_is_one_range() {
    // The rate at which the revenue share is paid does not depend on when, nor what is built on when it is paid for; but
    // the amounts are added up in another order.
    for (name, path, metric, from, to) in [
        (
            "example",
            "clauses.revenue-share.pay_over",
            "lab.take_rate",
            1.0,
            160.0,
        ),
        (
            "all-kinds",
            "compute.lead",
            "infrastructure.capex",
            0.5,
            12.0,
        ),
    ] {
        let mut calculator = deal(name);
        let run = calculator.run(&Request::default()).unwrap();
        let question = metric_of(path, metric, run.metric(metric).unwrap());
        let answer = ask(&mut calculator, &Request::default(), &question);
        let values = answer.curve.unwrap().value;
        assert!(
            values.iter().any(|value| *value != values[0]),
            "{path} moves {metric} not even by rounding"
        );
        let [range] = answer.ranges[..] else {
            panic!("{:?} and {:?}", answer.ranges, answer.roots)
        };
        assert_eq!(
            (range.from, range.to, answer.roots.len(), answer.jumps.len()),
            (from, to, 0, 0),
            "{path}"
        );
    }
}
