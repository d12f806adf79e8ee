//! `clauseworth export`: a deal written into the page that is one file. That the page opens it is a test of the page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::{Scratch, answered, deal, printed, refused, text};

const PLACE: &str = r#"<script type="application/json" id="clauseworth-deal">"#;

/// A page as the build makes it, but for its script.
fn page(name: &str) -> Scratch {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        r#"<!doctype html><meta name="generator" content="Clauseworth {version}"><title>The page</title>{PLACE}</script>"#
    );
    Scratch::new(name, &text)
}

/// A file that is written by a test, and removed after it.
struct Target(PathBuf);

impl Target {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_file(&path);
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn html(&self) -> String {
        fs::read_to_string(&self.0).unwrap()
    }

    /// What the page is told.
    fn deal(&self) -> Value {
        let html = self.html();
        let (_, rest) = html.split_once(PLACE).unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_deal_of_the_library_is_named_with_what_is_asked_of_it() {
    let (page, target) = (page("named-page.html"), Target::new("named.html"));
    let said = printed(&[
        "export",
        "microsoft-openai-2025",
        "--page",
        page.name(),
        "--html",
        target.name(),
        "--scenario",
        "agi-2028",
        "--set",
        "clauses.revenue-share.rate=0.1",
        "--set",
        "agi.trigger=either",
        "--without",
        "commitment",
    ]);
    assert!(
        said.starts_with(target.name()) && said.contains("opens with"),
        "{said}"
    );
    assert_eq!(
        target.deal(),
        json!({
            "deal": "microsoft-openai-2025",
            "scenario": "agi-2028",
            "set": { "clauses.revenue-share.rate": 0.1, "agi.trigger": "either" },
            "without": ["commitment"],
        })
    );
    assert!(target.html().contains(" · Clauseworth</title>"));
}

#[test]
fn a_file_is_written_whole_with_what_it_inherits() {
    let file = Scratch::new(
        "heir.toml",
        "format = 1\nid = \"heir\"\nbase = \"microsoft-openai-2026\"\ntitle = \"</script><script>alert(1)</script><!--\"\nlab = { pool = 0.02 }\n",
    );
    let (page, target) = (page("heir-page.html"), Target::new("heir.html"));
    let arguments = ["export", file.name(), "--page", page.name()];
    let told = answered(&[&arguments[..], &["--html", target.name()]].concat());
    assert_eq!(told["title"], "</script><script>alert(1)</script><!--");
    assert_eq!(told["bytes"], target.html().len());

    let html = target.html();
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("</script").count(), 1);
    assert!(!html.contains("<!--"), "{html}");
    assert!(html.contains("<title>&lt;/script>&lt;script>alert(1)"));

    let whole = target.deal()["deal"].clone();
    assert_eq!(whole["title"], "</script><script>alert(1)</script><!--");
    assert_eq!(whole.get("base"), None);
    assert!(!whole["clauses"].as_array().unwrap().is_empty());
    // By itself it comes to the same figures.
    let alone = Scratch::new("heir-alone.json", &whole.to_string());
    assert_eq!(
        printed(&["run", alone.name(), "--json"]),
        printed(&["run", file.name(), "--json"])
    );
}

#[test]
fn nothing_is_overwritten_unasked() {
    let (page, target) = (page("kept-page.html"), Target::new("kept.html"));
    fs::write(&target.0, "something else").unwrap();
    let arguments = [
        "export",
        "microsoft-openai-2025",
        "--page",
        page.name(),
        "--html",
        target.name(),
    ];
    let (status, message) = refused(&arguments);
    assert_eq!(status, 2);
    assert!(message.contains("--force"), "{message}");
    assert_eq!(target.html(), "something else");
    printed(&[&arguments[..], &["--force"]].concat());
    assert_eq!(target.deal(), json!({ "deal": "microsoft-openai-2025" }));
}

#[test]
fn a_wrong_deal_is_refused_with_all_its_faults_and_nothing_is_written() {
    let broken = fs::read_to_string(deal("capital-equity.toml")).unwrap();
    let broken = broken
        .replace("cash = 3.0", "cash = nan")
        .replace("pool = 0.01", "pol = 0.01");
    let file = Scratch::new("broken-export.toml", &broken);
    let (page, target) = (page("broken-page.html"), Target::new("broken.html"));
    let to = ["--page", page.name(), "--html", target.name()];
    let (status, message) = refused(&[&["export", file.name()], &to[..]].concat());
    assert_eq!(
        (status, message),
        refused(&["check", file.name()]),
        "as check says it"
    );

    for asked in [
        ["--set", "lab.csah=1"],
        ["--scenario", "agi-2082"],
        ["--without", "azure"],
    ] {
        let arguments = [&["export", "microsoft-openai-2025"], &to[..], &asked].concat();
        assert_eq!(refused(&arguments).0, 1, "{asked:?}");
    }
    assert!(!target.0.exists());
}

#[test]
fn the_page_is_beside_the_program_or_it_is_said_where_to_get_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("beside");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("clauseworth");
    let original = env!("CARGO_BIN_EXE_clauseworth");
    if fs::hard_link(original, &program).is_err() {
        fs::copy(original, &program).unwrap();
    }
    let target = folder.join("baked.html");
    let run = || {
        Command::new(&program)
            .args(["export", "microsoft-openai-2025", "--html"])
            .arg(&target)
            .output()
            .unwrap()
    };
    let missing = run();
    let message = text(&missing.stderr);
    assert_eq!(missing.status.code(), Some(2), "{message}");
    assert!(
        message.contains("clauseworth.html")
            && message.contains("cargo xtask build")
            && message.contains("--page"),
        "{message}"
    );

    let page = page("beside-page.html");
    fs::copy(page.name(), folder.join("clauseworth.html")).unwrap();
    let found = run();
    assert_eq!(found.status.code(), Some(0), "{}", text(&found.stderr));
    assert!(target.exists());
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_that_is_no_page_of_ours_is_refused() {
    let stranger = Scratch::new(
        "stranger.html",
        "<!doctype html><title>Another page</title>",
    );
    let target = Target::new("from-stranger.html");
    let arguments = [
        "export",
        "microsoft-openai-2025",
        "--html",
        target.name(),
        "--page",
    ];
    for (page, said) in [
        (stranger.name(), "is not the page of Clauseworth"),
        ("nowhere.html", "nowhere.html"),
    ] {
        let (status, message) = refused(&[&arguments[..], &[page]].concat());
        assert_eq!(status, 2);
        assert!(message.contains(said), "{message}");
    }
    assert!(!target.0.exists());
}
