//! The commands that answer questions (Model 14.3): the shapes of their JSON, which world deals are compared in, and the
//! exit statuses of questions that have no answer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value, json};
use support::{Scratch, answered, check_numbers, deal, keys, refused};

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_f64().unwrap())
        .collect()
}

// ---- Shapes

#[test]
fn the_json_of_clauses_has_a_price_of_every_unit_for_either_side() {
    let prices = answered(&["clauses", "example.toml"]);
    assert_eq!(keys(&prices), ["all", "backer", "empty", "lab"]);
    for side in ["backer", "lab"] {
        assert_eq!(
            keys(&prices[side]),
            [
                "api-exclusivity",
                "commitment",
                "devices",
                "hosting",
                "investment",
                "ip-rights",
                "revenue-share",
                "reverse-share"
            ]
        );
        for price in prices[side].as_object().unwrap().values() {
            assert_eq!(keys(price), ["removal", "shapley"]);
        }
        let sum: f64 = prices[side]
            .as_object()
            .unwrap()
            .values()
            .map(|price| price["shapley"].as_f64().unwrap())
            .sum();
        let gained =
            prices["all"][side].as_f64().unwrap() - prices["empty"][side].as_f64().unwrap();
        assert!((sum - gained).abs() < 1e-9, "{sum} and {gained}");
    }
    for part in ["all", "empty"] {
        assert_eq!(keys(&prices[part]), ["backer", "lab"]);
    }
    check_numbers("clauses", &prices);
    // Of many clauses there are no Shapley values, and a note says why.
    let many = answered(&["clauses", "all-kinds.toml"]);
    assert_eq!(keys(&many), ["all", "backer", "empty", "lab", "note"]);
    assert!(
        many["lab"]["hosting"]["shapley"].is_null()
            && many["lab"]["hosting"]["removal"].is_number()
    );
}

#[test]
fn the_json_of_the_agi_curve_ends_with_never() {
    let curve = answered(&["agi-curve", "all-kinds.toml", "--without", "hosting"]);
    assert_eq!(keys(&curve), ["metrics", "years"]);
    let years = curve["years"].as_array().unwrap();
    assert_eq!(
        (years.len(), &years[20], &years[21]),
        (22, &json!(2031.0), &json!(null))
    );
    let metrics = curve["metrics"].as_object().unwrap();
    assert_eq!(metrics.len(), 3 + 13);
    assert!(
        metrics.contains_key("backer.npv.market") && !metrics.contains_key("backer.npv.hosting")
    );
    for (name, values) in metrics {
        assert_eq!(numbers(values).len(), 22, "{name}");
    }
}

/// Keys of the answer to a question.
const ANSWER: [&str; 14] = [
    "curve", "high", "jumps", "low", "metric", "now", "path", "ranges", "reach", "roots", "share",
    "status", "target", "value",
];

/// The keys of an answer with some more of its own.
fn with(more: &[&'static str]) -> Vec<&'static str> {
    let mut keys = [&ANSWER, more].concat();
    keys.sort_unstable();
    keys
}

#[test]
fn the_json_of_an_answer_has_exactly_the_named_keys() {
    let solve = |arguments: &[&str]| answered(&[&["solve", "example.toml"], arguments].concat());
    let answer = solve(&["--vary", "clauses.revenue-share.rate", "--target", "300"]);
    assert_eq!(keys(&answer), ANSWER);
    assert_eq!(
        (&answer["status"], &answer["metric"], &answer["share"]),
        (&json!("one"), &json!("backer.npv"), &json!(null))
    );
    assert_eq!(
        (
            numbers(&answer["roots"]).len(),
            &answer["low"],
            &answer["high"]
        ),
        (1, &json!(0.0), &json!(1.0))
    );
    assert_eq!(
        (keys(&answer["reach"]), keys(&answer["curve"])),
        (vec!["highest", "lowest"], vec!["at", "value"])
    );
    assert_eq!(keys(&answer["reach"]["lowest"]), ["at", "value"]);
    assert_eq!(
        answer["curve"]["at"].as_array().unwrap().len(),
        answer["curve"]["value"].as_array().unwrap().len()
    );

    // A date may be never, and bring it about at several.
    let answer = solve(&[
        "--vary",
        "agi.year",
        "--metric",
        "backer.npv",
        "--target",
        "305",
        "--low",
        "2026",
        "--high",
        "2035-12-31",
    ]);
    assert_eq!(keys(&answer), with(&["at_never"]));
    assert_eq!(
        (&answer["status"], numbers(&answer["roots"]).len()),
        (&json!("several"), 2)
    );

    // Jumps and ranges.
    let answer = solve(&["--vary", "regulation.acts", "--target", "300"]);
    assert_eq!(
        (&answer["status"], keys(&answer["jumps"][0])),
        (&json!("none"), vec!["after", "at", "before"])
    );
    let answer = solve(&[
        "--vary",
        "clauses.equity.discount",
        "--metric",
        "lab.distress_quarters",
        "--target",
        "0",
    ]);
    assert_eq!(
        (&answer["status"], keys(&answer["ranges"][0])),
        (&json!("several"), vec!["from", "to"])
    );

    // A part of the interval is not allowed.
    let answer = solve(&[
        "--vary",
        "lab.cash",
        "--metric",
        "lab.npv",
        "--target=540",
        "--low=0",
        "--high=1e3",
    ]);
    assert_eq!(keys(&answer), with(&["refused"]));

    // Fair terms, half by default.
    let answer = solve(&["--vary", "clauses.hosting.premium", "--fair"]);
    assert_eq!(keys(&answer), with(&["gains"]));
    assert_eq!(
        (&answer["share"], &answer["metric"], &answer["target"]),
        (&json!(0.5), &json!(null), &json!(null))
    );
    assert_eq!(keys(&answer["gains"]), ["backer", "lab"]);
    let answer = solve(&["--vary", "clauses.hosting.premium", "--fair", "0.3"]);
    assert_eq!(answer["share"], json!(0.3));
}

#[test]
fn the_json_of_break_even_is_an_answer_for_everything_uncertain() {
    let found = answered(&[
        "solve",
        "all-kinds.toml",
        "--break-even",
        "--metric",
        "lab.npv",
    ]);
    assert_eq!(found.as_object().unwrap().len(), 9);
    for (path, answer) in found.as_object().unwrap() {
        assert_eq!(answer["path"], json!(path));
        assert_eq!(
            (&answer["metric"], &answer["target"]),
            (&json!("lab.npv"), &json!(0.0))
        );
        let expected: Vec<&str> = with(if path == "agi.year" {
            &["at_never"]
        } else {
            &[]
        });
        assert_eq!(
            keys(answer),
            expected
                .into_iter()
                .filter(|key| *key != "curve")
                .collect::<Vec<&str>>(),
            "{path}"
        );
    }
}

#[test]
fn the_json_of_a_tornado_is_a_list_of_bars() {
    let bars = answered(&["tornado", "all-kinds.toml", "--metric", "lab.npv"]);
    let bars = bars.as_array().unwrap();
    assert_eq!(bars.len(), 9);
    for bar in bars {
        assert_eq!(
            keys(bar),
            [
                "at_high",
                "at_low",
                "effect",
                "high",
                "low",
                "monotonic",
                "path"
            ]
        );
    }
    let year = bars.iter().find(|bar| bar["path"] == "agi.year").unwrap();
    assert!(year["high"].is_null() && year["low"].is_number());
    // The backer's NPV unless another is named.
    assert_eq!(
        answered(&["tornado", "example.toml"]),
        answered(&["tornado", "example.toml", "--metric", "backer.npv"])
    );
}

#[test]
fn the_json_of_a_grid_has_a_row_of_cells_for_each_value_upwards() {
    let grid = answered(&[
        "grid",
        "example.toml",
        "--x",
        "agi.year",
        "--x-low",
        "2027-01-01",
        "--x-high=2031",
        "--x-steps",
        "3",
        "--y",
        "clauses.revenue-share.rate",
        "--y-steps=2",
        "--metric",
        "lab.npv",
    ]);
    assert_eq!(
        keys(&grid),
        ["highest", "lowest", "metric", "now", "values", "x", "y"]
    );
    assert_eq!(grid["metric"], "lab.npv");
    assert_eq!(keys(&grid["x"]), ["at", "path", "value"]);
    assert_eq!(numbers(&grid["x"]["at"]), [2027.0, 2029.0, 2031.0]);
    assert_eq!(numbers(&grid["y"]["at"]), [0.0, 1.0]);
    let rows = grid["values"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let one = answered(&[
        "run",
        "example.toml",
        "--set",
        "agi.year=2029",
        "--set",
        "clauses.revenue-share.rate=1",
    ]);
    assert_eq!(rows[1][1], one["metrics"]["lab.npv"]);
    check_numbers("grid/values", &grid["values"]);
}

#[test]
fn the_json_of_payments_follows_the_money_by_year() {
    let payments = answered(&["payments", "all-kinds.toml"]);
    assert_eq!(
        keys(&payments),
        [
            "from_backer",
            "funded",
            "ownership",
            "streams",
            "through_lab",
            "to_backer",
            "years"
        ]
    );
    let years = payments["years"].as_array().unwrap().len();
    for stream in payments["streams"].as_array().unwrap() {
        assert_eq!(keys(stream), ["amounts", "clause", "from", "name", "to"]);
        assert_eq!(numbers(&stream["amounts"]).len(), years);
    }
    let shares = &payments["ownership"]["years"];
    assert_eq!(keys(shares), ["backer", "holders", "later"]);
    assert_eq!(numbers(&shares["holders"]).len(), years);
    check_numbers("payments/ownership", &payments["ownership"]);
}

#[test]
fn the_json_of_a_gradient_is_a_derivative_by_path() {
    let gradient = answered(&[
        "gradient",
        "capital-equity.toml",
        "--metric",
        "backer.npv.capital",
    ]);
    let tranche = gradient["clauses.capital.tranches.0"].as_f64().unwrap();
    // 51 days at 5 %: 1.05^(-51/365).
    assert!((tranche + 0.993_205_928_96).abs() < 1e-9, "{tranche}");
    check_numbers("gradient", &gradient);
    let all = answered(&["gradient", "all-kinds.toml"]);
    assert!(all["agi.verified"].is_null() && all["lab.cash"].is_number());
    assert_eq!(
        keys(&all).len(),
        keys(&answered(&[
            "gradient",
            "all-kinds.toml",
            "--metric",
            "surplus"
        ]))
        .len()
    );
}

#[test]
fn the_json_of_a_comparison_has_the_deals_and_their_differences() {
    let ids = [
        "microsoft-openai-2023",
        "microsoft-openai-2025",
        "microsoft-openai-2026",
    ];
    let comparison = answered(&[&["compare"], &ids[..]].concat());
    assert_eq!(keys(&comparison), ["deals", "differences"]);
    let (deals, differences) = (
        comparison["deals"].as_array().unwrap(),
        comparison["differences"].as_array().unwrap(),
    );
    assert_eq!((deals.len(), differences.len()), (3, 2));
    for (deal, id) in deals.iter().zip(ids) {
        assert_eq!(
            keys(deal),
            ["clauses", "id", "metrics", "scenario", "title", "warnings"]
        );
        assert_eq!((&deal["id"], &deal["scenario"]), (&json!(id), &json!(null)));
        assert_eq!(keys(&deal["clauses"]), ["all", "backer", "empty", "lab"]);
        check_numbers(id, &deal["metrics"]);
    }
    for (at, difference) in differences.iter().enumerate() {
        assert_eq!(keys(difference), ["clauses", "from", "metrics", "to"]);
        assert_eq!(
            (&difference["from"], &difference["to"]),
            (&json!(at), &json!(at + 1))
        );
        assert_eq!(keys(&difference["clauses"]), ["backer", "lab"]);
        assert_eq!(
            keys(&difference["clauses"]["lab"]["revenue-share"]),
            ["removal", "shapley"]
        );
    }
}

// ---- Which world

fn npvs(arguments: &[&str]) -> Vec<f64> {
    let comparison = answered(&[&["compare"], arguments].concat());
    let deals = comparison["deals"].as_array().unwrap();
    deals
        .iter()
        .map(|deal| deal["metrics"]["backer.npv"].as_f64().unwrap())
        .collect()
}

fn npv(arguments: &[&str]) -> f64 {
    let run = answered(&[&["run"], arguments].concat());
    run["metrics"]["backer.npv"].as_f64().unwrap()
}

#[test]
fn deals_meet_in_the_world_of_the_first() {
    let (all, example) = (npv(&["all-kinds.toml"]), npv(&["example.toml"]));
    let together = npvs(&["all-kinds.toml", "example.toml"]);
    assert!(together[0] == all && together[1] != example, "{together:?}");
    assert_eq!(
        npvs(&["all-kinds.toml", "example.toml", "--own-world"]),
        [all, example]
    );
    // Scenarios of one deal are each a world.
    let scenarios = npvs(&["example.toml@bust", "example.toml", "example.toml@agi-2028"]);
    let bust = npv(&["example.toml", "--scenario", "bust"]);
    assert_eq!(
        scenarios,
        [
            bust,
            example,
            npv(&["example.toml", "--scenario", "agi-2028"])
        ]
    );
    assert_eq!(
        npvs(&["example.toml", "example.toml", "--scenario", "bust"]),
        [bust, example]
    );
    let comparison = answered(&["compare", "example.toml@bust", "example.toml"]);
    assert_eq!(
        (
            &comparison["deals"][0]["scenario"],
            &comparison["deals"][1]["scenario"]
        ),
        (&json!("bust"), &json!(null))
    );
}

#[test]
fn what_is_set_goes_to_the_world_or_to_every_deal_that_has_it() {
    let set = ["--set", "demand.lines.api.growth=1"];
    // Of the world: to the first, whose world it is, or to all in their own.
    let together = npvs(&["example.toml", "margin-serving.toml", set[0], set[1]]);
    assert_eq!(together[0], npv(&["example.toml", set[0], set[1]]));
    assert_ne!(
        together[1],
        npvs(&["example.toml", "margin-serving.toml"])[1]
    );
    let apart = npvs(&[
        "example.toml",
        "margin-serving.toml",
        set[0],
        set[1],
        "--own-world",
    ]);
    assert_eq!(
        apart,
        [
            npv(&["example.toml", set[0], set[1]]),
            npv(&["margin-serving.toml", set[0], set[1]])
        ]
    );
    // Of a clause: to those that have it.
    let set = ["--set", "clauses.ip-rights.margin=0.1"];
    let apart = npvs(&[
        "example.toml",
        "margin-serving.toml",
        set[0],
        set[1],
        "--own-world",
    ]);
    assert_eq!(
        apart,
        [
            npv(&["example.toml", set[0], set[1]]),
            npv(&["margin-serving.toml"])
        ]
    );
    let without = ["--without", "ip-rights"];
    let apart = npvs(&[
        "margin-serving.toml",
        "example.toml",
        without[0],
        without[1],
        "--own-world",
    ]);
    assert_eq!(
        apart,
        [
            npv(&["margin-serving.toml"]),
            npv(&["example.toml", without[0], without[1]])
        ]
    );
}

// ---- Statuses

#[test]
fn a_wrong_deal_or_question_has_status_1() {
    for (arguments, said) in [
        (
            &["clauses", "all-kinds.toml", "--without", "gift"][..],
            "clauses.gift",
        ),
        (
            &["agi-curve", "all-kinds.toml", "--set", "lab.pool=2"],
            "lab.pool",
        ),
        (
            &["tornado", "example.toml", "--metric", "backer.nvp"],
            "did you mean \"backer.npv\"?",
        ),
        (&["gradient", "example.toml", "--metric", "lab"], "metric"),
        (
            &["grid", "example.toml", "--x", "agi.year", "--y", "agi.year"],
            "another quantity than x",
        ),
        (
            &[
                "grid",
                "example.toml",
                "--x",
                "agi.year",
                "--y",
                "lab.cash",
                "--y-steps",
                "1",
            ],
            "a whole number from 2 to 101",
        ),
        (
            &["gradient", "example.toml", "--scenario", "boost"],
            "scenarios",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "lab.csah",
                "--target",
                "1",
            ],
            "did you mean \"lab.cash\"?",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "agi.trigger",
                "--target",
                "1",
            ],
            "expected the path of a number, found \"lab\"",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "lab.cash",
                "--metric",
                "npv",
                "--target",
                "1",
            ],
            "metric",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "lab.cash",
                "--target",
                "1",
                "--low",
                "9",
                "--high",
                "1",
            ],
            "low",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "lab.cash",
                "--target",
                "1",
                "--low",
                "soon",
            ],
            "low",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "lab.pool",
                "--target",
                "1",
                "--high",
                "7",
            ],
            "high",
        ),
        (
            &["solve", "example.toml", "--vary", "lab.cash", "--fair"],
            "lab.cash",
        ),
        (
            &[
                "solve",
                "example.toml",
                "--vary",
                "clauses.hosting.premium",
                "--fair",
                "1.5",
            ],
            "share",
        ),
        (
            &["solve", "example.toml", "--break-even", "--metric", "npv"],
            "metric",
        ),
        (
            &["compare", "example.toml", "all-kinds.toml"],
            "all-kinds.clauses.revenue-share.lines.0",
        ),
        (
            &["compare", "example.toml@boom", "example.toml"],
            "hyperscaler-lab-2025.scenarios",
        ),
        (
            &[
                "compare",
                "example.toml",
                "margin-serving.toml",
                "--set",
                "lab.csah=1",
            ],
            "lab.csah",
        ),
        (
            &[
                "compare",
                "example.toml",
                "margin-serving.toml",
                "--without",
                "gift",
            ],
            "clauses.gift",
        ),
    ] {
        let (status, errors) = refused(arguments);
        assert_eq!(status, 1, "{arguments:?}: {errors}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
        // What is wrong is so whatever shape is asked for.
        assert_eq!(refused(&[arguments, &["--json"]].concat()), (1, errors));
    }
}

#[test]
fn wrong_arguments_have_status_2() {
    for arguments in [
        &["clauses"][..],
        &["clauses", "no-such-deal"],
        &["agi-curve", "example.toml", "--metric", "lab.npv"],
        &["tornado"],
        &["gradient", "example.toml", "--by", "lab.cash"],
        &["solve", "example.toml"],
        &["solve", "example.toml", "--vary", "lab.cash"],
        &["solve", "example.toml", "--target", "1"],
        &[
            "solve",
            "example.toml",
            "--vary",
            "lab.cash",
            "--target",
            "much",
        ],
        &[
            "solve",
            "example.toml",
            "--vary",
            "lab.cash",
            "--target",
            "nan",
        ],
        &[
            "solve",
            "example.toml",
            "--vary",
            "lab.cash",
            "--target",
            "1",
            "--fair",
        ],
        &[
            "solve",
            "example.toml",
            "--vary",
            "lab.cash",
            "--fair",
            "half",
        ],
        &["solve", "example.toml", "--fair"],
        &[
            "solve",
            "example.toml",
            "--break-even",
            "--vary",
            "lab.cash",
        ],
        &["solve", "example.toml", "--break-even", "--fair"],
        &["solve", "example.toml", "--break-even", "--low", "1"],
        &["compare"],
        &["compare", "example.toml"],
        &["compare", "example.toml", "no-such-deal"],
        &["compare", "example.toml", "no-such-deal@bust"],
    ] {
        let (status, errors) = refused(arguments);
        assert_eq!(status, 2, "{arguments:?}: {errors}");
        assert!(!errors.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_whose_name_has_an_at_sign_is_meant_whole() {
    let text = std::fs::read_to_string(deal("margin-serving.toml")).unwrap();
    let file = Scratch::new("serving@margin.toml", &text);
    assert_eq!(
        npvs(&[file.name(), "margin-serving.toml"]),
        [npv(&["margin-serving.toml"]); 2]
    );
}
