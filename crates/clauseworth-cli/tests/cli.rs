//! The command line from outside: what it prints, in which shape, and with which exit status (Model 14.3).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::{Value, json};
use support::{Scratch, answered, check_numbers, clauseworth, deal, keys, printed, refused, text};

// ---- Shapes

#[test]
fn the_json_of_a_run_has_exactly_the_named_keys() {
    let result = answered(&["run", "all-kinds.toml"]);
    assert_eq!(
        keys(&result),
        [
            "irr_roots",
            "metrics",
            "references",
            "series",
            "warnings",
            "years"
        ]
    );
    assert_eq!(keys(&result["irr_roots"]), ["forward", "since_inception"]);
    assert_eq!(
        keys(&result["years"]),
        ["2026", "2027", "2028", "2029", "2030"]
    );
    for year in result["years"].as_object().unwrap().values() {
        assert_eq!(
            keys(year),
            ["revenue", "take_rate", "take_rate_with_compute", "twh"]
        );
    }
    assert_eq!(
        keys(&result["references"]),
        ["a-country", "data-centres-2029"]
    );
    assert_eq!(result["warnings"], json!([]));
    for part in ["metrics", "series", "years", "irr_roots", "references"] {
        check_numbers(part, &result[part]);
    }
    for (name, column) in result["series"].as_object().unwrap() {
        assert_eq!(column.as_array().map(Vec::len), Some(20), "{name}");
    }
}

#[test]
fn the_names_are_those_of_the_expected_figures() {
    for name in ["all-kinds", "capital-equity", "example", "margin-serving"] {
        let result = answered(&["run", &format!("{name}.toml")]);
        let expected = std::fs::read_to_string(deal(&format!("{name}.expected.json"))).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        for part in ["metrics", "series", "years"] {
            assert_eq!(
                keys(&result[part]),
                keys(&expected[part]),
                "{part} of {name}"
            );
        }
    }
}

#[test]
fn a_deal_in_json_is_the_deal_in_toml() {
    for name in ["all-kinds", "example", "capital-equity", "margin-serving"] {
        let toml = std::fs::read_to_string(deal(&format!("{name}.toml"))).unwrap();
        let tree = clauseworth::Tree::from_toml(&toml).unwrap();
        let json = Scratch::new(
            &format!("{name}.json"),
            &serde_json::to_string(&tree).unwrap(),
        );
        let from_toml = printed(&["run", &format!("{name}.toml"), "--json"]);
        assert_eq!(
            printed(&["run", json.name(), "--json"]),
            from_toml,
            "{name}"
        );
    }
}

#[test]
fn a_library_deal_goes_by_its_id() {
    let list = answered(&["deals"]);
    let ids: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "microsoft-openai-2025",
            "microsoft-openai-2023",
            "microsoft-openai-2026"
        ]
    );
    for deal in list.as_array().unwrap() {
        let id = deal["id"].as_str().unwrap();
        let result = answered(&["run", id]);
        assert!(result["metrics"]["backer.npv"].is_number(), "{id}");
        assert!(deal["scenarios"].as_array().unwrap().len() >= 9, "{id}");
    }
    insta::assert_snapshot!(printed(&["deals"]));
}

#[test]
fn the_schema_is_printed() {
    let schema: Value = serde_json::from_str(&printed(&["schema"])).unwrap();
    assert_eq!(schema, clauseworth::schema());
    assert_eq!(answered(&["schema"]), schema);
}

// ---- Tables

#[test]
fn a_run_reads_as_tables() {
    insta::assert_snapshot!(printed(&["run", "capital-equity.toml"]));
}

#[test]
fn a_sound_deal_is_said_to_be_so() {
    insta::assert_snapshot!(printed(&["check", "all-kinds.toml"]));
    assert_eq!(
        answered(&["check", "all-kinds.toml"]),
        json!({ "errors": [], "warnings": [] })
    );
}

#[test]
fn a_broken_deal_is_refused_with_everything_that_is_wrong() {
    let broken = std::fs::read_to_string(deal("capital-equity.toml")).unwrap();
    let broken = broken
        .replace("cash = 3.0", "cash = nan")
        .replace("pool = 0.01", "pol = 0.01")
        .replace("growth = 0.4", "growth = -2");
    let file = Scratch::new("broken.toml", &broken);
    let (status, errors) = refused(&["check", file.name()]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(errors.replace(file.name(), "broken.toml"));

    // A run says the same.
    assert_eq!(refused(&["run", file.name()]), (1, errors));

    let output = clauseworth(&["check", file.name(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let faults: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(keys(&faults), ["errors", "warnings"]);
    let paths: Vec<&str> = faults["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        ["demand.lines.app.growth", "lab.pol", "lab.cash", "lab.pool"]
    );
    for fault in faults["errors"].as_array().unwrap() {
        assert_eq!(
            keys(fault),
            ["expected", "found", "kind", "line", "path", "suggestion"]
        );
    }
}

#[test]
fn colours_are_for_terminals() {
    let escape = '\u{1b}';
    for arguments in [
        &["run", "example.toml"][..],
        &["deals"],
        &["check", "example.toml"],
        &["run", "nothing.toml"],
        &["run"],
    ] {
        let output = clauseworth(arguments);
        assert!(!text(&output.stdout).contains(escape), "{arguments:?}");
        assert!(!text(&output.stderr).contains(escape), "{arguments:?}");
    }
}

// ---- Changes

fn npv(arguments: &[&str]) -> f64 {
    let all = [&["run", "all-kinds.toml"], arguments].concat();
    answered(&all)["metrics"]["backer.npv"].as_f64().unwrap()
}

#[test]
fn values_can_be_set() {
    let base = npv(&[]);
    assert_ne!(npv(&["--set", "agi.year=never"]), base);
    assert_eq!(
        npv(&["--set", "agi.year=2027-07-01"]),
        npv(&["--set", "agi.year=2027.5"])
    );
    assert_eq!(npv(&["--set=agi.year=2028.4"]), base);
    assert!(npv(&["--set", "clauses.hosting.premium=-0.1"]) < base);
    assert!(npv(&["--set", "clauses.ip-rights.margin=-1e-1"]) < base);
    assert_ne!(
        npv(&[
            "--set",
            "agi.trigger=lab",
            "--set",
            "clauses.devices.hosted=false"
        ]),
        base
    );
    // The last one counts.
    assert_eq!(
        npv(&["--set", "lab.pool=0.5", "--set", "lab.pool=0.02"]),
        base
    );
}

#[test]
fn a_scenario_is_run_with_values_on_top() {
    let late = npv(&["--scenario", "late"]);
    assert_ne!(late, npv(&[]));
    let by_hand = [
        "--set",
        "agi.year=never",
        "--set",
        "regulation.acts=0",
        "--set",
        "clauses.hosting.share.1=0.3",
    ];
    assert_eq!(late, npv(&by_hand));
    let on_top = npv(&["--scenario", "late", "--set", "clauses.hosting.share.1=0.5"]);
    assert_ne!(late, on_top);
}

#[test]
fn clauses_can_be_left_out() {
    let result = answered(&[
        "run",
        "all-kinds.toml",
        "--without",
        "hosting",
        "--without",
        "devices",
    ]);
    let metrics = keys(&result["metrics"]);
    assert!(!metrics.contains(&"backer.npv.hosting") && !metrics.contains(&"backer.npv.devices"));
    assert!(metrics.contains(&"backer.npv.commitment"));
    let series = keys(&result["series"]);
    assert!(
        series
            .iter()
            .all(|name| !name.ends_with(".hosting") && !name.ends_with(".devices"))
    );
}

#[test]
fn the_deal_can_be_wrong_in_the_arguments() {
    for (arguments, said) in [
        (["--set", "lab.csah=1"], "lab.csah"),
        (["--set", "lab.pool=1.5"], "lab.pool"),
        (["--set", "lab.pool=nan"], "lab.pool"),
        (["--set", "lab.pool=inf"], "lab.pool"),
        (["--set", "lab.pool=never"], "lab.pool"),
        (["--set", "agi.year=soon"], "agi.year"),
        (["--scenario", "lat"], "did you mean \"late\"?"),
        (["--without", "hostin"], "clauses.hostin"),
    ] {
        let (status, errors) = refused(&[&["run", "all-kinds.toml"], &arguments[..]].concat());
        assert_eq!(status, 1, "{arguments:?}: {errors}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
    }
}

#[test]
fn wrong_arguments_have_a_status_of_their_own() {
    for arguments in [
        &[][..],
        &["run"],
        &["walk", "all-kinds.toml"],
        &["run", "all-kinds.toml", "--jsn"],
        &["run", "all-kinds.toml", "--set", "lab.pool"],
        &["run", "all-kinds.toml", "--set", "=1"],
        &["run", "all-kinds.toml", "--set", "lab.pool="],
        &["run", "all-kinds.toml", "extra"],
        &["run", "no-such-deal"],
        &["run", "no-such-file.toml"],
        &["check", "no-such-file.json"],
        &["check", "."],
    ] {
        let (status, errors) = refused(arguments);
        assert_eq!(status, 2, "{arguments:?}: {errors}");
        assert!(!errors.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_name_that_is_nearly_one_of_the_library_is_told_it() {
    let (status, errors) = refused(&["run", "microsoft-openai-2024"]);
    assert_eq!(status, 2);
    assert!(
        errors.contains("did you mean \"microsoft-openai-20"),
        "{errors}"
    );
    assert!(!refused(&["run", "no-such-deal"]).1.contains("did you mean"));
}

#[test]
fn a_file_that_is_not_text_is_a_faulty_deal() {
    for (name, bytes, found, line) in [
        (
            "latin-1.toml",
            &b"format = 1\ntitle = \"Caf\xe9\"\n"[..],
            "the byte 0xe9",
            2,
        ),
        ("binary.json", b"\x7fELF\x02\xff", "the byte 0xff", 1),
        ("utf-16.toml", b"\xff\xfef\0o\0", "UTF-16", 1),
    ] {
        let file = Scratch::new(name, "");
        std::fs::write(file.name(), bytes).unwrap();
        let (status, errors) = refused(&["run", file.name()]);
        assert_eq!(status, 1, "{errors}");
        let said = format!("expected UTF-8 text, found {found} (line {line})");
        assert!(errors.contains(&said), "{errors}");
        let output = clauseworth(&["check", file.name(), "--json"]);
        assert_eq!(output.status.code(), Some(1));
        let faults: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(faults["errors"][0]["found"], json!(found));
        assert_eq!(faults["errors"][0]["line"], json!(line));
    }
}

#[test]
fn a_deal_is_compared_in_one_scenario() {
    let deals = ["compare", "all-kinds.toml@late", "example.toml"];
    let (status, errors) = refused(&[&deals[..], &["--scenario", "late"]].concat());
    assert_eq!(status, 2);
    assert!(
        errors.contains("all-kinds.toml@late is in a scenario already"),
        "{errors}"
    );
}

#[test]
fn a_question_refuses_what_it_would_not_heed() {
    let fair = ["solve", "example.toml", "--vary", "lab.cash", "--fair"];
    let (status, errors) = refused(&[&fair[..], &["--metric", "lab.npv"]].concat());
    assert_eq!(status, 2);
    assert!(
        errors.contains("--fair") && errors.contains("cannot be used with '--metric"),
        "{errors}"
    );
}

#[test]
fn a_text_of_a_deal_does_not_command_the_terminal() {
    let text = std::fs::read_to_string(deal("margin-serving.toml")).unwrap();
    let (before, rest) = text.split_once("title = \"").unwrap();
    let text = format!("{before}title = \"\\u001b[2J\\u001b[31m\\u0007\\n{rest}");
    let file = Scratch::new("commands.toml", &text);
    for command in ["run", "check", "payments"] {
        let output = printed(&[command, file.name()]);
        let first = output.lines().next().unwrap();
        assert!(
            first.contains("\\u{1b}[2J\\u{1b}[31m\\u{7}\\nServing"),
            "{first}"
        );
        assert!(!output.contains(['\u{1b}', '\u{7}']), "{output}");
    }
    let named = text.replacen("kind = \"", "kind = \"\\u001b[2J", 1);
    let file = Scratch::new("commands-in-faults.toml", &named);
    let (_, errors) = refused(&["run", file.name()]);
    assert!(errors.contains("\\u{1b}[2J"), "{errors}");
}

#[test]
fn help_is_no_failure() {
    for arguments in [&["--help"][..], &["run", "--help"], &["--version"]] {
        assert!(!printed(arguments).is_empty());
    }
    insta::assert_snapshot!(printed(&["run", "--help"]));
}
