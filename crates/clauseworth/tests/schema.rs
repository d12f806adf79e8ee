//! The JSON Schema of the deal format: the one in the repository is that of the code, and it says what is a deal.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth::{LIBRARY, Tree};
use serde_json::{Value, json};
use support::{DEALS, deal_text, here};

fn validator() -> jsonschema::Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&clauseworth::schema()).unwrap()
}

fn as_json(toml: &str) -> Value {
    serde_json::to_value(Tree::from_toml(toml).unwrap()).unwrap()
}

#[test]
fn the_schema_in_the_repository_is_that_of_the_code() {
    let path = here("schema.json");
    let current = format!("{:#}\n", clauseworth::schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == current,
        "crates/clauseworth/schema.json is stale; renew it with UPDATE_SCHEMA=1 cargo test -p clauseworth --test schema"
    );
}

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&clauseworth::schema()).unwrap();
}

#[test]
fn deal_files_are_of_the_schema() {
    let validator = validator();
    let texts = DEALS.iter().map(|name| deal_text(name));
    let library = LIBRARY.iter().map(|deal| deal.text.to_owned());
    for text in texts.chain(library) {
        let json = as_json(&text);
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {}", json["id"], errors.join("\n"));
    }
}

/// Each of these makes a sound deal one that both the schema and the reader refuse.
#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses_too() {
    let validator = validator();
    let sound = as_json(&deal_text("all-kinds"));
    let changes: [(&str, &str, Value); 17] = [
        ("", "surprise", json!(1)),
        ("", "format", json!(2)),
        ("", "effective", json!("the day before yesterday")),
        ("/lab", "cash", json!("a lot")),
        ("/lab", "pool", json!(1.0)),
        ("/lab", "multiple_half_life", json!(0)),
        ("/compute", "pue", json!(0.9)),
        ("/compute", "serving", json!("margins")),
        ("/agi", "verified", json!(0.5)),
        ("/agi", "trigger", json!("both")),
        ("/demand/lines/0", "id", json!("with.dots")),
        (
            "/demand/lines/0",
            "growth",
            json!({ "low": 0.1, "high": 0.2 }),
        ),
        (
            "/demand/lines/0",
            "growth",
            json!({ "value": 0.1, "dist": "gaussian" }),
        ),
        (
            "/demand/lines/0",
            "growth",
            json!({ "value": 0.1, "min_": 0.0 }),
        ),
        ("/demand", "lines", json!([])),
        ("/clauses/0", "kind", json!("gift")),
        ("/clauses/3", "rate", json!([[2026.0]])),
    ];
    assert!(validator.is_valid(&sound));
    for (table, key, value) in changes {
        let mut wrong = sound.clone();
        wrong.pointer_mut(table).unwrap()[key] = value.clone();
        let what = format!("{table}/{key} = {value}");
        assert!(!validator.is_valid(&wrong), "the schema accepts {what}");
        let opened = clauseworth::Calculator::from_json(&wrong.to_string());
        assert!(opened.is_err(), "the reader accepts {what}");
    }
}

#[test]
fn what_is_required_is_required_unless_there_is_a_base() {
    let validator = validator();
    let sound = as_json(&deal_text("capital-equity"));
    for key in [
        "format",
        "id",
        "title",
        "effective",
        "demand",
        "compute",
        "lab",
        "discount",
        "tax",
    ] {
        let mut wrong = sound.clone();
        wrong.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&wrong), "the schema does without {key}");
        assert!(clauseworth::Calculator::from_json(&wrong.to_string()).is_err());
    }
    let small = json!({ "format": 1, "id": "mine", "base": "microsoft-openai-2025" });
    assert!(validator.is_valid(&small));
    clauseworth::Calculator::from_json(&small.to_string()).unwrap();
}
