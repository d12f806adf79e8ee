//! The commands `simulate` and `merge` (Model 14.3): the shape of their JSON, results that do not depend on threads and
//! shards, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Scratch, answered, check_numbers, deal, keys, printed, refused};

/// The small deal with demand that is not certain.
const DRAWN: [&str; 4] = [
    "simulate",
    "margin-serving.toml",
    "--set",
    "demand.volatility=0.3",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&DRAWN, more].concat()
}

/// The name of a file for a shard, removed after the test.
struct Shard(PathBuf);

impl Shard {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // It may have been left by a run of the tests that was ended.
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// Draws the shard, saying nothing.
    fn drawn(name: &str, part: &str, more: &[&str]) -> Self {
        let shard = Self::new(name);
        let arguments = ["--shard", part, "--out", shard.name()];
        assert_eq!(printed(&with(&[&arguments, more].concat())), "");
        shard
    }
}

impl Drop for Shard {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

// ---- Shapes

#[test]
fn the_json_of_a_simulation_has_exactly_the_named_keys() {
    let simulated = answered(&with(&["--paths", "300", "--seed", "7"]));
    assert_eq!(keys(&simulated), ["bands", "metrics", "paths"]);
    assert_eq!(simulated["paths"], json!(300));
    check_numbers("simulate", &simulated);
    let run = answered(&["run", "margin-serving.toml"]);
    assert_eq!(keys(&simulated["metrics"]), keys(&run["metrics"]));
    for (name, statistics) in simulated["metrics"].as_object().unwrap() {
        let expected = [
            "below_zero",
            "count",
            "mean",
            "p10",
            "p25",
            "p5",
            "p50",
            "p75",
            "p90",
            "p95",
            "sd",
            "standard_error",
            "worst_5_percent",
        ];
        assert_eq!(keys(statistics), expected, "{name}");
        let on_no_path = statistics["count"] == json!(0);
        assert_eq!(statistics["mean"].is_null(), on_no_path, "{name}");
    }
    assert_eq!(keys(&simulated["bands"]), keys(&run["series"]));
    let revenue = &simulated["bands"]["lab.revenue"];
    assert_eq!(keys(revenue), ["p10", "p50", "p90"]);
    for place in ["p10", "p50", "p90"] {
        assert_eq!(revenue[place].as_array().unwrap().len(), 8);
    }
    assert_eq!(simulated["metrics"]["backer.npv"]["count"], json!(300));
    assert_eq!(simulated["metrics"]["backer.moic"]["count"], json!(0));
}

#[test]
fn only_the_bands_that_are_asked_for_are_there() {
    let arguments = [
        "--paths",
        "20",
        "--series",
        "lab.cash",
        "--series",
        "flow.total",
    ];
    let simulated = answered(&with(&arguments));
    assert_eq!(keys(&simulated["bands"]), ["flow.total", "lab.cash"]);
}

#[test]
fn the_table_names_the_deal_and_every_metric_with_a_value() {
    let table = printed(&with(&["--paths", "200"]));
    assert!(
        table.contains("Serving at a margin") && table.contains("200 paths"),
        "{table}"
    );
    for name in ["backer.npv", "lab.npv", "lab.revenue_total"] {
        assert!(table.contains(name), "{table}");
    }
}

#[test]
fn the_sampler_and_the_seed_are_as_they_are_asked_for() {
    let mean = |more: &[&str]| -> Value {
        let simulated = answered(&with(
            &[&["--paths", "100", "--series", "lab.cash"], more].concat(),
        ));
        simulated["metrics"]["lab.revenue_total"]["mean"].clone()
    };
    let usual = mean(&[]);
    assert_eq!(mean(&["--seed", "1", "--sampler", "sobol"]), usual);
    assert_ne!(mean(&["--seed", "2"]), usual);
    assert_ne!(mean(&["--sampler", "random"]), usual);
}

// ---- Threads and shards

#[test]
fn threads_and_shards_do_not_change_a_byte() {
    let paths = ["--paths", "2500", "--series", "lab.cash"];
    let whole = |more: &[&str]| printed(&with(&[&paths, more, &["--json"]].concat()));
    let unsplit = whole(&["--threads", "1"]);
    assert_eq!(whole(&["--threads", "2"]), unsplit);
    let shards = ["1/3", "2/3", "3/3"].map(|part| {
        let name = format!("part-{}.shard", &part[..1]);
        Shard::drawn(&name, part, &paths)
    });
    let [a, b, c] = shards.each_ref().map(Shard::name);
    for files in [[a, b, c], [c, a, b], [b, c, a]] {
        let merged = printed(&[&["merge"], &files[..], &["--json"]].concat());
        assert_eq!(merged, unsplit, "{files:?}");
    }
    assert_eq!(printed(&["merge", a, b, c]), printed(&with(&paths)));
    // One is missing, and one is there twice.
    let (status, message) = refused(&["merge", a, c]);
    assert_eq!(status, 1, "{message}");
    assert!(
        message.contains("expected all parts") && message.contains("missing"),
        "{message}"
    );
    let (status, message) = refused(&["merge", a, b, c, b]);
    assert_eq!(status, 1, "{message}");
    assert!(message.contains("batch 1 twice"), "{message}");
    // One of another seed, and so of another simulation.
    let other = Shard::drawn(
        "other.shard",
        "2/3",
        &[&paths[..], &["--seed", "9"]].concat(),
    );
    let (status, message) = refused(&["merge", a, other.name(), c]);
    assert_eq!(status, 1, "{message}");
    assert!(
        message.contains("other.shard") && message.contains("seed 9"),
        "{message}"
    );
}

#[test]
fn more_shards_than_batches_leave_some_empty() {
    let paths = ["--paths", "100", "--series", "lab.cash"];
    let unsplit = printed(&with(&[&paths[..], &["--json"]].concat()));
    let full = Shard::drawn("full.shard", "1/2", &paths);
    let empty = Shard::drawn("empty.shard", "2/2", &paths);
    let merged = printed(&["merge", empty.name(), full.name(), "--json"]);
    assert_eq!(merged, unsplit);
}

// ---- Chances and differences

/// The small deal with demand that is not certain, asked for a chance.
const ASKED: [&str; 10] = [
    "solve",
    "margin-serving.toml",
    "--set",
    "demand.volatility=0.3",
    "--vary",
    "clauses.revenue-share.rate",
    "--above",
    "1.5",
    "--chance",
    "0.9",
];

#[test]
fn a_chance_has_one_answer_whatever_the_threads() {
    let asked = |more: &[&str]| answered(&[&ASKED, more].concat());
    let answer = asked(&["--paths", "2500", "--threads", "1"]);
    assert_eq!(asked(&["--paths", "2500", "--threads", "2"]), answer);
    assert_eq!(
        keys(&answer),
        [
            "above",
            "chance",
            "curve",
            "high",
            "jumps",
            "low",
            "metric",
            "now",
            "now_error",
            "path",
            "paths",
            "ranges",
            "reach",
            "root_errors",
            "roots",
            "status",
            "value"
        ]
    );
    assert_eq!(keys(&answer["curve"]), ["at", "error", "value"]);
    assert_eq!(
        (&answer["status"], &answer["paths"]),
        (&json!("one"), &json!(2500))
    );
    assert_ne!(
        asked(&["--paths", "2500", "--seed", "2"])["now"],
        answer["now"]
    );
    assert_eq!(asked(&[])["paths"], json!(4096));
    let table = printed(&[&ASKED[..], &["--paths", "1024"]].concat());
    assert!(
        table.contains("90.0 % chance of NPV above 1.5 bn")
            && table.contains("clauses.revenue-share.rate = 0."),
        "{table}"
    );
}

#[test]
fn a_chance_that_cannot_be_asked_for_is_refused() {
    let (status, message) = refused(&[&ASKED[..9], &["1.5"]].concat());
    assert!(
        status == 1 && message.contains("chance: expected a probability"),
        "{message}"
    );
    // What only a chance is drawn by goes with no other question.
    for (question, other) in [
        (&["--target", "1"][..], "--target"),
        (&["--fair"], "--fair"),
        (&["--break-even"], "--break-even"),
    ] {
        for drawn in [["--paths", "5"], ["--seed", "5"], ["--threads", "2"]] {
            let vary = if other == "--break-even" {
                &[][..]
            } else {
                &ASKED[4..6]
            };
            let (status, message) = refused(&[&ASKED[..4], vary, question, &drawn].concat());
            assert_eq!(status, 2, "{message}");
            assert!(
                message.contains("cannot be used with")
                    && message.contains(other)
                    && message.contains(drawn[0]),
                "{message}"
            );
        }
    }
    for arguments in [
        &ASKED[..8],
        &[&ASKED[..], &["--target", "1"]].concat(),
        &[&ASKED[..], &["--paths", "0"]].concat(),
        &[
            "solve",
            "margin-serving.toml",
            "--vary",
            "lab.cash",
            "--chance",
            "0.5",
        ],
    ] {
        let (status, message) = refused(arguments);
        assert_eq!(status, 2, "{arguments:?}: {message}");
    }
}

/// Two small deals in one world whose demand is not certain.
const COMPARED: [&str; 6] = [
    "compare",
    "margin-serving.toml",
    "capital-equity.toml",
    "--set",
    "demand.volatility=0.3",
    "--paths",
];

#[test]
fn a_comparison_that_is_drawn_tells_the_spread() {
    let compared = |more: &[&str]| answered(&[&COMPARED, more].concat());
    let drawn = compared(&["1500", "--threads", "1"]);
    assert_eq!(compared(&["1500", "--threads", "2"]), drawn);
    assert_eq!(keys(&drawn), ["deals", "differences", "spread"]);
    assert_eq!(keys(&drawn["spread"]), ["differences", "paths"]);
    assert_eq!(drawn["spread"]["paths"], json!(1500));
    let difference = &drawn["spread"]["differences"][0];
    assert_eq!(
        (&difference["from"], &difference["to"]),
        (&json!(0), &json!(1))
    );
    let metrics = &difference["metrics"];
    assert_eq!(keys(metrics), keys(&drawn["differences"][0]["metrics"]));
    let npv = &metrics["backer.npv"];
    assert_eq!(npv["count"], json!(1500));
    assert!(npv["p10"].as_f64() < npv["p90"].as_f64() && npv["above_zero"].is_number());
    let plain = answered(&COMPARED[..5]);
    assert_eq!(keys(&plain), ["deals", "differences"]);
    assert_eq!(plain["differences"], drawn["differences"]);
    let table = printed(&[&COMPARED[..], &["64"]].concat());
    assert!(
        table.contains("capital-equity less margin-serving, on 64 paths drawn alike"),
        "{table}"
    );
    let (status, message) = refused(&[&COMPARED[..], &["0"]].concat());
    assert!(status == 2 && message.contains("--paths"), "{message}");
    // How it is drawn says nothing where it is not.
    for drawn in [["--threads", "2"], ["--seed", "2"]] {
        let (status, message) = refused(&[&COMPARED[..5], &drawn].concat());
        assert!(status == 2 && message.contains("--paths"), "{message}");
    }
}

#[test]
fn differences_of_rates_are_in_points_and_one_path_is_one() {
    let table = printed(&[&COMPARED[..], &["1"]].concat());
    let line = |name: &str| table.lines().rfind(|line| line.contains(name)).unwrap();
    let take_rate = line("lab.take_rate ");
    assert!(take_rate.contains(" pp"), "{take_rate}");
    assert!(table.contains("on 1 path drawn alike"), "{table}");
    let asked = printed(&[&ASKED[..], &["--paths", "1"]].concat());
    assert!(asked.contains("by 1 path\n"), "{asked}");
    assert!(printed(&with(&["--paths", "1"])).contains("\n1 path\n"));
}

#[test]
fn every_metric_is_written_in_its_unit() {
    let table = printed(&["simulate", "microsoft-openai-2025", "--paths", "8"]);
    for (name, unit) in [
        ("infrastructure.peak_accelerators", " million"),
        ("infrastructure.co2", " Mt"),
        ("infrastructure.water", " bn litres"),
        ("infrastructure.peak_land", " ha"),
        ("backer.npv.market", " bn"),
    ] {
        let line = table.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.contains(unit), "{line}");
    }
}

// ---- Refusals

#[test]
fn a_file_that_is_no_shard_is_refused() {
    let scratch = Scratch::new("no.shard", "This is a text and no part of a simulation.");
    let (status, message) = refused(&["merge", scratch.name()]);
    assert_eq!(status, 2, "{message}");
    assert!(
        message.contains("no.shard") && message.contains("part of a simulation"),
        "{message}"
    );
    let (status, message) = refused(&["merge", "nowhere.shard"]);
    assert_eq!(status, 2, "{message}");
    assert!(message.contains("nowhere.shard"), "{message}");
    let empty = Scratch::new("empty-file.shard", "");
    let (status, message) = refused(&["merge", empty.name()]);
    assert_eq!(status, 2, "{message}");
    // Half of a shard is none.
    let shard = Shard::drawn(
        "cut.shard",
        "1/1",
        &["--paths", "50", "--series", "lab.cash"],
    );
    let bytes = std::fs::read(&shard.0).unwrap();
    std::fs::write(&shard.0, &bytes[..bytes.len() / 2]).unwrap();
    let (status, message) = refused(&["merge", shard.name()]);
    assert_eq!(status, 2, "{message}");
    assert!(
        message.contains("cut.shard: is not a part of a simulation, or not all of it"),
        "{message}"
    );
    // Neither is one with something after it.
    std::fs::write(&shard.0, [&bytes[..], b"\n"].concat()).unwrap();
    let (status, message) = refused(&["merge", shard.name()]);
    assert_eq!(status, 2, "{message}");
    assert!(message.contains("not all of it"), "{message}");
}

#[test]
fn a_part_replaces_no_file_unless_it_is_told_to() {
    let shard = Shard::drawn("kept.shard", "1/1", &["--paths", "50"]);
    let bytes = std::fs::read(&shard.0).unwrap();
    let again = with(&["--paths", "60", "--shard", "1/1", "--out", shard.name()]);
    let (status, message) = refused(&again);
    assert_eq!(status, 2, "{message}");
    assert!(
        message.contains("is there already; --force replaces it"),
        "{message}"
    );
    assert_eq!(std::fs::read(&shard.0).unwrap(), bytes);
    printed(&[&again[..], &["--force"]].concat());
    assert_ne!(std::fs::read(&shard.0).unwrap(), bytes);
}

#[test]
fn arguments_that_say_nothing_are_refused() {
    for (arguments, about) in [
        (&["--paths", "0"][..], "--paths"),
        (&["--paths", "4294967297"], "--paths"),
        (&["--paths", "many"], "--paths"),
        (&["--paths", "-1"], "a whole number from 1 to 4294967296"),
        (&["--seed=-1"], "--seed"),
        (
            &["--seed", "-1"],
            "a whole number from 0 to 18446744073709551615",
        ),
        (&["--seed", "18446744073709551616"], "from 0 to 1844674"),
        (&["--threads", "-1"], "a whole number from 1 to 65535"),
        (&["--force"], "--out"),
        (&["--sampler", "halton"], "--sampler"),
        (&["--threads", "0"], "--threads"),
        (&["--shard", "1/2"], "--out"),
        (&["--out", "nowhere.shard"], "--shard"),
        (&["--shard", "0/2", "--out", "x"], "--shard"),
        (&["--shard", "3/2", "--out", "x"], "--shard"),
        (&["--shard", "1/0", "--out", "x"], "--shard"),
        (&["--shard", "half", "--out", "x"], "--shard"),
    ] {
        let (status, message) = refused(&with(arguments));
        assert_eq!(status, 2, "{arguments:?}: {message}");
        assert!(message.contains(about), "{arguments:?}: {message}");
    }
    let (status, message) = refused(&["merge"]);
    assert!(status == 2 && message.contains("FILE"), "{message}");
    let (status, message) = refused(&with(&[
        "--paths",
        "8",
        "--shard",
        "1/1",
        "--out",
        "no/such/folder/x.shard",
    ]));
    assert!(
        status == 2 && message.contains("no/such/folder"),
        "{message}"
    );
}

#[test]
fn a_deal_that_cannot_be_drawn_is_refused() {
    let (status, message) = refused(&with(&["--paths", "8", "--series", "lab.revenu"]));
    assert_eq!(status, 1, "{message}");
    assert!(
        message.contains("did you mean \"lab.revenue\""),
        "{message}"
    );
    let text = std::fs::read_to_string(deal("margin-serving.toml")).unwrap();
    let to = "min_cash = { value = 1.0, low = 0.0, high = 7.0, dist = \"uniform\" }";
    assert!(text.contains("min_cash = 1.0"));
    let scratch = Scratch::new("above.toml", &text.replace("min_cash = 1.0", to));
    let told = |threads: &str| {
        refused(&[
            "simulate",
            scratch.name(),
            "--paths",
            "3000",
            "--threads",
            threads,
        ])
    };
    let (status, message) = told("1");
    assert_eq!(status, 1, "{message}");
    assert!(
        message.contains("lab.target_cash") && message.contains("on path"),
        "{message}"
    );
    assert_eq!(told("2"), (status, message));
}
