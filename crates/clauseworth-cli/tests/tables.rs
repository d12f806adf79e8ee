//! What a person reads of the commands that answer questions: tables, sentences and help.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{Scratch, deal, printed};

/// A small deal with AGI in it and something uncertain: serving at a margin, and a revenue share that AGI stops.
fn with_agi(file: &str) -> Scratch {
    let text = std::fs::read_to_string(deal("margin-serving.toml")).unwrap();
    let text = text
        .replace("rate = 0.1", "rate = { value = 0.1, low = 0.05, high = 0.2 }\non_agi = \"stop\"")
        .replace("growth = 0.5", "growth = { value = 0.5, dist = \"uniform\", low = 0.2, high = 1.2 }")
        .replace(
            "[demand]",
            "[agi]\nyear = { value = 2027.0, dist = \"cumulative\", points = [[2026.5, 0.2], [2027.5, 0.6]] }\nverified = 1\n\
             panel_delay = 0\nbacker_year = \"never\"\nlayer = 0.5\ngrowth_boost = 0\nboost_years = 1\nvaluation_premium = 0\n\n[demand]",
        );
    Scratch::new(file, &text)
}

#[test]
fn prices_read_as_a_table() {
    insta::assert_snapshot!("clauses", printed(&["clauses", "example.toml"]));
    insta::assert_snapshot!(
        "clauses_that_are_many",
        printed(&["clauses", "all-kinds.toml"])
    );
}

#[test]
fn the_agi_curve_reads_as_a_table() {
    let file = with_agi("agi-curve.toml");
    insta::assert_snapshot!("agi_curve", printed(&["agi-curve", file.name()]));
    // A rounded zero has no sign.
    let curve = printed(&["agi-curve", "microsoft-openai-2025"]);
    assert!(!curve.contains("-0.0"), "{curve}");
}

#[test]
fn answers_read_as_sentences() {
    let solve = |arguments: &[&str]| printed(&[&["solve", "example.toml"], arguments].concat());
    let told = [
        solve(&["--vary", "clauses.revenue-share.rate", "--target", "300"]),
        solve(&[
            "--vary",
            "clauses.revenue-share.rate",
            "--metric",
            "backer.irr",
            "--target",
            "2",
        ]),
        solve(&["--vary", "agi.year", "--target", "305", "--low", "2026"]),
        solve(&["--vary", "regulation.acts", "--target", "300"]),
        solve(&[
            "--vary",
            "clauses.equity.discount",
            "--metric",
            "lab.distress_quarters",
            "--target",
            "0",
        ]),
        solve(&[
            "--vary",
            "lab.cash",
            "--metric",
            "lab.npv",
            "--target=540",
            "--low=0",
            "--high=1e3",
        ]),
        solve(&[
            "--vary",
            "clauses.commitment.until",
            "--metric",
            "backer.payback",
            "--target",
            "2028-08-15",
        ]),
        printed(&[
            "solve",
            "capital-equity.toml",
            "--vary",
            "clauses.equity.fraction",
            "--fair",
        ]),
        printed(&[
            "solve",
            "margin-serving.toml",
            "--vary",
            "lab.cash",
            "--metric",
            "backer.moic",
            "--target",
            "1",
        ]),
    ];
    insta::assert_snapshot!("solve", told.join("\n"));
}

#[test]
fn break_even_reads_as_a_table() {
    insta::assert_snapshot!(
        "break_even",
        printed(&["solve", "all-kinds.toml", "--break-even"])
    );
}

#[test]
fn a_tornado_reads_as_a_table() {
    insta::assert_snapshot!(
        "tornado",
        printed(&["tornado", "example.toml", "--metric", "lab.npv"])
    );
}

#[test]
fn a_grid_reads_as_a_table() {
    insta::assert_snapshot!(
        "grid",
        printed(&[
            "grid",
            "example.toml",
            "--x",
            "clauses.commitment.from",
            "--x-low=2027",
            "--x-high=2031",
            "--x-steps=5",
            "--y",
            "clauses.commitment.until",
            "--y-low=2029",
            "--y-high=2033",
            "--y-steps=3",
        ])
    );
}

#[test]
fn payments_read_as_tables() {
    insta::assert_snapshot!("payments", printed(&["payments", "all-kinds.toml"]));
}

#[test]
fn a_gradient_reads_as_a_table() {
    insta::assert_snapshot!(
        "gradient",
        printed(&["gradient", "capital-equity.toml", "--metric", "lab.npv"])
    );
}

#[test]
fn a_comparison_reads_as_tables() {
    insta::assert_snapshot!(
        "compare",
        printed(&[
            "compare",
            "all-kinds.toml@late",
            "example.toml",
            "margin-serving.toml"
        ])
    );
    insta::assert_snapshot!(
        "compare_scenarios",
        printed(&[
            "compare",
            "margin-serving.toml",
            "margin-serving.toml",
            "--set",
            "clauses.hosting.premium=0.1"
        ])
    );
}

#[test]
fn questions_have_help() {
    for command in [
        "clauses",
        "agi-curve",
        "solve",
        "compare",
        "tornado",
        "gradient",
    ] {
        let help = printed(&[command, "--help"]);
        assert!(
            help.contains("--json") && help.contains("--set <PATH=VALUE>"),
            "{command}"
        );
    }
    insta::assert_snapshot!("solve_help", printed(&["solve", "--help"]));
    insta::assert_snapshot!("compare_help", printed(&["compare", "--help"]));
}
