//! What the tests of the command line share: the program run from outside, and its output read back.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub(crate) fn deal(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/deals");
    path.join(name).to_str().unwrap().to_owned()
}

/// Runs the program in the folder of the shared deals, so that messages name files as a reader would.
pub(crate) fn clauseworth(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clauseworth"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/deals"))
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Standard output of a call that must work.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = clauseworth(arguments);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    assert_eq!(errors, "");
    text(&output.stdout)
}

/// The JSON of a call that must work.
pub(crate) fn answered(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(&[arguments, &["--json"]].concat())).unwrap()
}

/// Exit status and standard error of a call that must fail, printing nothing else.
pub(crate) fn refused(arguments: &[&str]) -> (i32, String) {
    let output = clauseworth(arguments);
    assert_eq!(text(&output.stdout), "", "{arguments:?}");
    (output.status.code().unwrap(), text(&output.stderr))
}

/// A file that is there for one test.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str, content: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    pub(crate) fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

/// Every value below: numbers are finite, since JSON has no others, and nothing else than the shapes' types is there.
pub(crate) fn check_numbers(path: &str, value: &Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                check_numbers(&format!("{path}/{key}"), value);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check_numbers(path, item)),
        Value::Number(number) => assert!(number.as_f64().unwrap().is_finite(), "{path}"),
        Value::Null => {}
        other => panic!("{path} is {other}"),
    }
}
