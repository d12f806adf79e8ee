//! A metric over two quantities: every cell is the run with both of them set; what is refused, and that asking changes
//! nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::FaultKind::{Order, Range, Type, Unknown};
use clauseworth::{
    Calculator, GridAxis, GridQuestion, MOST_STEPS, MetricGrid, Request, Setting, USUAL_STEPS,
};
use support::{also, close, deal, metric, open, setting, small, without};

fn axis(path: &str, low: f64, high: f64, steps: usize) -> GridAxis {
    GridAxis {
        path: path.to_owned(),
        low: Some(Setting::Number(low)),
        high: Some(Setting::Number(high)),
        steps: Some(steps),
    }
}

fn usual(path: &str) -> GridAxis {
    GridAxis {
        path: path.to_owned(),
        ..GridAxis::default()
    }
}

fn of(metric: &str, x: GridAxis, y: GridAxis) -> GridQuestion {
    GridQuestion {
        metric: metric.to_owned(),
        x,
        y,
    }
}

/// Every cell against a run of its own, to the bit.
fn each_cell_is_a_run(
    calculator: &mut Calculator,
    request: &Request,
    question: &GridQuestion,
) -> MetricGrid {
    let grid = calculator.grid(request, question).unwrap();
    assert_eq!(grid.values.len(), grid.y.at.len());
    for (y, row) in grid.y.at.iter().zip(&grid.values) {
        assert_eq!(row.len(), grid.x.at.len());
        for (x, value) in grid.x.at.iter().zip(row) {
            let both = also(&also(request, &grid.x.path, *x), &grid.y.path, *y);
            let alone = calculator.run(&both).ok();
            let expected = alone.and_then(|run| run.metric(&question.metric));
            assert_eq!(*value, expected, "{question:?} at {x}, {y}");
        }
    }
    grid
}

#[test]
fn grid_cells_are_runs_with_both_quantities_set() {
    let (agi, rate) = ("agi.year", "clauses.revenue-share.rate");
    let metrics = [
        "backer.npv",
        "lab.npv",
        "backer.npv.revenue-share",
        "backer.irr",
        "lab.dilution",
        "surplus",
    ];
    for name in metrics {
        let question = of(name, axis(agi, 2027.0, 2033.0, 4), axis(rate, 0.0, 0.3, 3));
        let request = setting(&[("demand.lines.chatgpt.growth", 0.9)]);
        let grid = each_cell_is_a_run(&mut deal("example"), &request, &question);
        assert_eq!(grid.x.at, [2027.0, 2029.0, 2031.0, 2033.0]);
        assert!(grid.refused.is_none());
    }
    // And with clauses left out.
    let question = of(
        "backer.npv",
        axis(agi, 2027.0, 2033.0, 3),
        axis("lab.terminal_pe", 5.0, 40.0, 3),
    );
    each_cell_is_a_run(
        &mut deal("example"),
        &without(&["revenue-share"]),
        &question,
    );
}

#[test]
fn a_grid_over_what_multiplies_is_the_product() {
    // Eight quarters of a quarter of the rate times the revenue, of which a fifth goes in tax, undiscounted.
    let text = small("[[clauses]]\nkind = \"revenue-share\"\nrate = 0.1\nlines = \"all\"\n");
    let question = of(
        "backer.npv",
        axis("clauses.revenue-share.rate", 0.0, 0.5, 6),
        axis("demand.lines.app.run_rate", 5.0, 15.0, 3),
    );
    let grid = open(&text).grid(&Request::default(), &question).unwrap();
    for (run_rate, row) in grid.y.at.iter().zip(&grid.values) {
        for (rate, value) in grid.x.at.iter().zip(row) {
            close(
                "a cell",
                value.unwrap(),
                2.0 * 0.8 * rate * run_rate,
                1e-13,
                1e-13,
            );
        }
    }
    close("now", grid.now.unwrap(), 1.6, 1e-13, 0.0);
    assert_eq!((grid.x.value, grid.y.value), (Some(0.1), Some(10.0)));
    let highest = grid.highest.unwrap();
    assert_eq!(
        (highest.x, highest.y, Some(highest.value)),
        (0.5, 15.0, grid.values[2][5])
    );
    // Nothing comes of a rate of nothing, whatever is earned: the first of the least cells is named.
    let lowest = grid.lowest.unwrap();
    assert_eq!((lowest.x, lowest.y, lowest.value), (0.0, 5.0, 0.0));
}

#[test]
fn a_grid_that_names_no_ends_has_those_of_a_goal_seek() {
    let mut calculator = deal("example");
    let question = of(
        "backer.npv",
        usual("clauses.revenue-share.rate"),
        usual("agi.year"),
    );
    let grid = calculator.grid(&Request::default(), &question).unwrap();
    for scale in [&grid.x, &grid.y] {
        let sought = support::ask::metric_of(&scale.path, "backer.npv", 0.0);
        let answer = calculator.solve(&Request::default(), &sought).unwrap();
        assert_eq!(scale.at.len(), USUAL_STEPS);
        assert_eq!(
            (scale.at[0], scale.at[USUAL_STEPS - 1]),
            (answer.low, answer.high)
        );
        assert!(scale.at.is_sorted_by(|a, b| a < b));
    }
}

#[test]
fn a_grid_takes_what_counts_in_whole_numbers_once_each() {
    let question = of(
        "backer.npv",
        usual("regulation.acts"),
        axis("regulation.year", 2027.0, 2030.0, 4),
    );
    let grid = each_cell_is_a_run(&mut deal("example"), &Request::default(), &question);
    assert_eq!(grid.x.at, [0.0, 1.0]);
}

#[test]
fn a_grid_leaves_out_what_is_not_allowed_together() {
    // A commitment ends after it begins: half of the plane is not allowed.
    let (from, until) = ("clauses.commitment.from", "clauses.commitment.until");
    let question = of(
        "backer.npv",
        axis(from, 2027.0, 2033.0, 7),
        axis(until, 2027.0, 2033.0, 7),
    );
    let grid = each_cell_is_a_run(&mut deal("example"), &Request::default(), &question);
    for (until, row) in grid.y.at.iter().zip(&grid.values) {
        for (from, value) in grid.x.at.iter().zip(row) {
            assert_eq!(value.is_some(), from < until, "{from} to {until}");
        }
    }
    assert!(grid.refused.unwrap().contains("clauses.commitment"));
}

#[test]
fn a_grid_changes_nothing() {
    let mut calculator = deal("all-kinds");
    let request = setting(&[("agi.year", 2029.0)]);
    let before = metric(&calculator.run(&request).unwrap(), "backer.npv");
    let question = of(
        "backer.npv",
        axis("agi.year", 2027.0, 2033.0, 3),
        axis("lab.terminal_pe", 5.0, 40.0, 3),
    );
    calculator.grid(&request, &question).unwrap();
    assert_eq!(
        metric(&calculator.run(&request).unwrap(), "backer.npv"),
        before
    );
    let wrong = of("backer.npv", usual("agi.year"), usual("agi.year"));
    calculator.grid(&request, &wrong).unwrap_err();
    assert_eq!(
        metric(&calculator.run(&request).unwrap(), "backer.npv"),
        before
    );
}

#[test]
fn a_grid_that_cannot_be_asked_for_says_why() {
    let (agi, pe) = (
        axis("agi.year", 2027.0, 2033.0, 3),
        axis("lab.terminal_pe", 5.0, 40.0, 3),
    );
    let with = |path: &str| GridAxis {
        path: path.to_owned(),
        ..pe.clone()
    };
    let cases = [
        (of("backer.npb", agi.clone(), pe.clone()), Unknown, "metric"),
        (
            of("backer.npv", with("lab.csah"), pe.clone()),
            Unknown,
            "lab.csah",
        ),
        (
            of("backer.npv", agi.clone(), with("lab.csah")),
            Unknown,
            "lab.csah",
        ),
        (
            of("backer.npv", agi.clone(), with("agi.trigger")),
            Type,
            "agi.trigger",
        ),
        (of("backer.npv", agi.clone(), agi.clone()), Range, "y.path"),
        (
            of(
                "backer.npv",
                axis("agi.year", 2033.0, 2033.0, 3),
                pe.clone(),
            ),
            Order,
            "x.low",
        ),
        (
            of(
                "backer.npv",
                agi.clone(),
                axis("lab.terminal_pe", 40.0, 5.0, 3),
            ),
            Order,
            "y.low",
        ),
        (
            of(
                "backer.npv",
                agi.clone(),
                axis("lab.terminal_pe", -1.0, 5.0, 3),
            ),
            Range,
            "y.low",
        ),
        (
            of(
                "backer.npv",
                axis("agi.year", 2027.0, 2033.0, 1),
                pe.clone(),
            ),
            Range,
            "x.steps",
        ),
        (
            of(
                "backer.npv",
                agi.clone(),
                axis("lab.terminal_pe", 5.0, 40.0, MOST_STEPS + 1),
            ),
            Range,
            "y.steps",
        ),
    ];
    for (question, kind, path) in cases {
        let error = deal("all-kinds")
            .grid(&Request::default(), &question)
            .unwrap_err();
        let fault = &error.faults()[0];
        assert_eq!(
            (fault.kind, fault.path.as_str()),
            (kind, path),
            "{question:?}: {error}"
        );
    }
    // Where no cell at all is allowed, the question has no answer.
    let (from, until) = ("clauses.commitment.from", "clauses.commitment.until");
    let question = of(
        "backer.npv",
        axis(from, 2032.0, 2033.0, 3),
        axis(until, 2027.0, 2031.0, 3),
    );
    let error = deal("example")
        .grid(&Request::default(), &question)
        .unwrap_err();
    assert!(error.to_string().contains("clauses.commitment"), "{error}");
}
