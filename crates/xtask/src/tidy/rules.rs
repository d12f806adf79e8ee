//! The rules, each a function from the files to what breaks it.

use super::code::{Language, without_comments, words};
use super::{File, Finding};

/// A rule is told all files, and picks those that it is about.
type Rule = fn(&[File]) -> Vec<Finding>;

/// All of them.
pub(super) const RULES: [Rule; 9] = [
    paths_of_one_machine,
    unfinished_work,
    addresses_in_lock_files,
    the_core_is_pure,
    the_core_depends_on_no_skin,
    functions_only_in_math,
    bindings_are_thin,
    charts_do_not_touch_the_page,
    files_have_one_idea,
];

/// The core: the model and its formats, and the kernel that computes.
const CORE: [&str; 2] = ["crates/clauseworth/", "crates/clauseworth-kernel/"];
const MATH: &str = "crates/clauseworth-kernel/src/math.rs";
const BINDINGS: &str = "crates/clauseworth-wasm/src/";
const CHARTS: &str = "www/charts/";

const MOST_LINES_OF_BINDINGS: usize = 1200;
const MOST_LINES_OF_A_FILE: usize = 700;

/// A path that exists on one machine only works there, and says whose it was.
fn paths_of_one_machine(files: &[File]) -> Vec<Finding> {
    // Split, so that this file keeps the rule as well.
    const STARTS: [&str; 4] = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!(":\\Us", "ers\\"),
    ];
    each_line(files.iter(), |line| {
        // After a letter or a dot it is a part of an address or of a relative path; a colon follows the drive's letter.
        let inner = |at: usize| {
            line[..at].ends_with(|before: char| before.is_alphanumeric() || ".-".contains(before))
        };
        let found = STARTS.iter().find(|start| {
            line.match_indices(**start)
                .any(|(at, _)| start.starts_with(':') || !inner(at))
        });
        found.map(|start| format!("a path of one machine: `{start}`"))
    })
}

/// What is not done belongs into the list of issues.
fn unfinished_work(files: &[File]) -> Vec<Finding> {
    const MARKS: [&str; 3] = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    // The hashes of lock files may spell anything.
    each_line(files.iter().filter(|file| !is_lock_file(file)), |line| {
        let (_, mark) = words(line).find(|(_, word)| MARKS.contains(word))?;
        Some(format!("`{mark}` marks work that is not finished"))
    })
}

/// Where a package came from differs from one network to the next; its hash in the lock file says what it is.
fn addresses_in_lock_files(files: &[File]) -> Vec<Finding> {
    let lock_files = files
        .iter()
        .filter(|file| file.path.ends_with("package-lock.json"));
    each_line(lock_files, |line| {
        line.trim_start()
            .starts_with("\"resolved\":")
            .then(|| "the address of a package's registry".to_owned())
    })
}

/// The core does not know that a file, a clock, a network or a browser exists.
fn the_core_is_pure(files: &[File]) -> Vec<Finding> {
    const MODULES: [&str; 7] = ["env", "fs", "io", "net", "process", "thread", "time"];
    const CRATES: [&str; 4] = ["getrandom", "js_sys", "wasm_bindgen", "web_sys"];
    let core: Vec<File> = CORE
        .iter()
        .flat_map(|folder| rust_below(files, &format!("{folder}src/")))
        .collect();
    let mut findings = each_line(core.iter(), |line| {
        let (_, name) = words(line).find(|(_, word)| CRATES.contains(word))?;
        Some(format!("the core uses `{name}`"))
    });
    for file in &core {
        for (at, _) in file.text.match_indices("std::") {
            // Either one name follows or a list of them, perhaps over several lines.
            let after = &file.text[at + "std::".len()..];
            let named = match after.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or(list),
                None => words(after).next().map_or("", |(_, word)| word),
            };
            let line = 1 + file.text[..at].matches('\n').count();
            let found = words(named).filter(|(_, name)| MODULES.contains(name));
            findings.extend(found.map(|(_, name)| {
                finding(file, Some(line), format!("the core uses `std::{name}`"))
            }));
        }
    }
    findings
}

/// Dependencies point from the skins to the core.
fn the_core_depends_on_no_skin(files: &[File]) -> Vec<Finding> {
    const FOREIGN: [&str; 6] = [
        "clauseworth-cli",
        "clauseworth-wasm",
        "getrandom",
        "js-sys",
        "wasm-bindgen",
        "web-sys",
    ];
    let manifests = files.iter().filter(|file| {
        CORE.iter()
            .any(|folder| file.path == format!("{folder}Cargo.toml"))
    });
    each_line(manifests, |line| {
        let name = line.split(['.', '=', ' ']).next()?;
        FOREIGN
            .contains(&name)
            .then(|| format!("the core depends on `{name}`"))
    })
}

/// The standard library's exp, ln and pow differ in the last bit between native code and WebAssembly. Clippy refuses
/// them everywhere; this keeps their replacement in one module.
fn functions_only_in_math(files: &[File]) -> Vec<Finding> {
    let others: Vec<File> = rust_below(files, "crates/clauseworth")
        .into_iter()
        .filter(|file| file.path != MATH && !file.path.contains("/tests/"))
        .collect();
    each_line(others.iter(), |line| {
        line.contains("libm::")
            .then(|| "`libm` outside of the core's math module".to_owned())
    })
}

/// Bindings convert, call and convert back. When they grow, something that belongs into the core has got into them.
fn bindings_are_thin(files: &[File]) -> Vec<Finding> {
    let lines: usize = rust_below(files, BINDINGS)
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    if lines < MOST_LINES_OF_BINDINGS {
        return Vec::new();
    }
    let message = format!(
        "the bindings have {lines} lines, and are to have fewer than {MOST_LINES_OF_BINDINGS}"
    );
    vec![Finding {
        path: BINDINGS.to_owned(),
        line: None,
        message,
    }]
}

/// Charts compute geometry; elements put it on the page.
fn charts_do_not_touch_the_page(files: &[File]) -> Vec<Finding> {
    const GLOBALS: [&str; 3] = ["document", "window", "globalThis"];
    let charts: Vec<File> = code_below(files, CHARTS, &["js", "mjs", "ts"], Language::JavaScript);
    each_line(charts.iter(), |line| {
        let own = |at: usize| !line[..at].ends_with('.');
        let (_, name) = words(line).find(|(at, word)| GLOBALS.contains(word) && own(*at))?;
        Some(format!("a chart touches `{name}`"))
    })
}

/// A file that needs a table of contents wants to be two. HTML is not held to it: what the page shows is made by scripts, and an
/// article is as long as its text.
fn files_have_one_idea(files: &[File]) -> Vec<Finding> {
    let sources = files.iter().filter(|file| {
        let place = file.path.starts_with("www/")
            || file.path.starts_with("tests/")
            || file.path.contains("/src/");
        place && has_extension(file, &["rs", "js", "mjs", "ts", "css"])
    });
    let long = sources
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES_OF_A_FILE);
    long.map(|(file, lines)| {
        finding(
            file,
            None,
            format!("{lines} lines, more than {MOST_LINES_OF_A_FILE}"),
        )
    })
    .collect()
}

fn each_line<'a>(
    files: impl Iterator<Item = &'a File>,
    fault: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let lines = files.flat_map(|file| {
        file.text
            .lines()
            .enumerate()
            .map(move |(at, line)| (file, at + 1, line))
    });
    lines
        .filter_map(|(file, number, line)| Some(finding(file, Some(number), fault(line)?)))
        .collect()
}

fn finding(file: &File, line: Option<usize>, message: String) -> Finding {
    Finding {
        path: file.path.clone(),
        line,
        message,
    }
}

fn rust_below(files: &[File], folder: &str) -> Vec<File> {
    code_below(files, folder, &["rs"], Language::Rust)
}

/// The files of a language below a folder, without their comments.
fn code_below(files: &[File], folder: &str, extensions: &[&str], language: Language) -> Vec<File> {
    let chosen = files
        .iter()
        .filter(|file| file.path.starts_with(folder) && has_extension(file, extensions));
    chosen
        .map(|file| File {
            path: file.path.clone(),
            text: without_comments(&file.text, language),
        })
        .collect()
}

fn has_extension(file: &File, extensions: &[&str]) -> bool {
    file.path
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.contains(&extension))
}

fn is_lock_file(file: &File) -> bool {
    file.path.ends_with("package-lock.json") || file.path.ends_with("Cargo.lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a rule says of a single file.
    fn verdict(rule: Rule, path: &str, text: &str) -> Vec<String> {
        let file = File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        rule(&[file]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paths_of_one_machine_are_found_and_addresses_are_not() {
        for path in [
            concat!("/ro", "ot/x"),
            concat!("/ho", "me/me/x"),
            concat!("/Us", "ers/me"),
            concat!("C:\\Us", "ers\\me"),
        ] {
            let found = verdict(
                paths_of_one_machine,
                "README.md",
                &format!("fine\nsee \"{path}\""),
            );
            assert_eq!(found.len(), 1, "{path}");
            assert!(
                found[0].starts_with("README.md:2: a path of one machine"),
                "{found:?}"
            );
        }
        let address = concat!("https://example.com/ho", "me/x and ./ho", "me/x");
        assert_eq!(verdict(paths_of_one_machine, "README.md", address), [""; 0]);
    }

    #[test]
    fn marks_of_unfinished_work_are_found_as_words() {
        for mark in [concat!("TO", "DO"), concat!("FIX", "ME")] {
            let found = verdict(unfinished_work, "www/a.js", &format!("// {mark}: later"));
            assert_eq!(
                found,
                [format!(
                    "www/a.js:1: `{mark}` marks work that is not finished"
                )]
            );
            assert_eq!(
                verdict(unfinished_work, "www/a.js", &format!("const {mark}S = 1")),
                [""; 0]
            );
            assert_eq!(
                verdict(
                    unfinished_work,
                    "www/package-lock.json",
                    &format!("sha512-/{mark}+")
                ),
                [""; 0]
            );
        }
    }

    #[test]
    fn addresses_in_lock_files_are_found() {
        let text = "{\n      \"resolved\": \"https://example.com/a.tgz\",\n      \"integrity\": \"sha512-\"\n}";
        let found = verdict(addresses_in_lock_files, "www/package-lock.json", text);
        assert_eq!(
            found,
            ["www/package-lock.json:2: the address of a package's registry"]
        );
        assert_eq!(
            verdict(addresses_in_lock_files, "www/data.json", text),
            [""; 0]
        );
    }

    #[test]
    fn the_core_may_not_reach_outside() {
        for inside in CORE.map(|folder| format!("{folder}src/run.rs")) {
            for (text, name) in [
                ("use std::fs;", "std::fs"),
                ("let now = std::time::Instant::now();", "std::time"),
                ("use std::{collections::BTreeMap,\n    env};", "std::env"),
                ("use wasm_bindgen::prelude::*;", "wasm_bindgen"),
                ("fn f() -> js_sys::Date {}", "js_sys"),
            ] {
                let expected = format!("{inside}:1: the core uses `{name}`");
                assert_eq!(verdict(the_core_is_pure, &inside, text), [expected]);
                let outside = "crates/clauseworth-cli/src/main.rs";
                assert_eq!(verdict(the_core_is_pure, outside, text), [""; 0]);
            }
            for text in [
                "// std::fs would be wrong here",
                "use std::fmt;\nlet time = 1;",
                "use std::collections::HashMap;",
            ] {
                assert_eq!(verdict(the_core_is_pure, &inside, text), [""; 0]);
            }
        }
    }

    #[test]
    fn the_core_may_not_depend_on_a_skin() {
        let manifest = "crates/clauseworth/Cargo.toml";
        for text in [
            "js-sys.workspace = true",
            "wasm-bindgen = \"0.2\"",
            "clauseworth-wasm.workspace = true",
        ] {
            assert_eq!(
                verdict(the_core_depends_on_no_skin, manifest, text).len(),
                1,
                "{text}"
            );
            assert_eq!(
                verdict(
                    the_core_depends_on_no_skin,
                    "crates/clauseworth-wasm/Cargo.toml",
                    text
                ),
                [""; 0]
            );
        }
        assert_eq!(
            verdict(
                the_core_depends_on_no_skin,
                manifest,
                "serde.workspace = true"
            ),
            [""; 0]
        );
    }

    #[test]
    fn libm_stays_in_the_math_module() {
        let call = "let x = libm::exp(1.0);";
        let found = verdict(
            functions_only_in_math,
            "crates/clauseworth/src/npv.rs",
            call,
        );
        assert_eq!(
            found,
            ["crates/clauseworth/src/npv.rs:1: `libm` outside of the core's math module"]
        );
        assert_eq!(
            verdict(
                functions_only_in_math,
                "crates/clauseworth-wasm/src/lib.rs",
                call
            )
            .len(),
            1
        );
        for elsewhere in [MATH, "crates/clauseworth/tests/math.rs"] {
            assert_eq!(verdict(functions_only_in_math, elsewhere, call), [""; 0]);
        }
    }

    #[test]
    fn the_lines_of_all_bindings_are_counted_together() {
        let file = |name: &str, lines| File {
            path: format!("{BINDINGS}{name}.rs"),
            text: "a;\n".repeat(lines),
        };
        assert_eq!(
            bindings_are_thin(&[file("lib", 600), file("convert", 599)]),
            []
        );
        let found = bindings_are_thin(&[file("lib", 600), file("convert", 600)]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].message,
            "the bindings have 1200 lines, and are to have fewer than 1200"
        );
    }

    #[test]
    fn charts_may_not_touch_the_page() {
        for (text, name) in [
            ("document.body", "document"),
            ("x = window.innerWidth", "window"),
        ] {
            assert_eq!(
                verdict(charts_do_not_touch_the_page, "www/charts/flows.js", text),
                [format!("www/charts/flows.js:1: a chart touches `{name}`")]
            );
            assert_eq!(
                verdict(charts_do_not_touch_the_page, "www/elements/flows.js", text),
                [""; 0]
            );
        }
        for text in [
            "// the document has no place here",
            "time.window = 4",
            "const windows = []",
        ] {
            assert_eq!(
                verdict(charts_do_not_touch_the_page, "www/charts/flows.js", text),
                [""; 0]
            );
        }
    }

    #[test]
    fn long_files_are_found() {
        let found = verdict(
            files_have_one_idea,
            "crates/clauseworth/src/run.rs",
            &"a;\n".repeat(701),
        );
        assert_eq!(
            found,
            ["crates/clauseworth/src/run.rs: 701 lines, more than 700"]
        );
        assert_eq!(
            verdict(
                files_have_one_idea,
                "crates/clauseworth/src/run.rs",
                &"a;\n".repeat(700)
            ),
            [""; 0]
        );
        assert_eq!(
            verdict(
                files_have_one_idea,
                "www/package-lock.json",
                &"a\n".repeat(9000)
            ),
            [""; 0]
        );
    }
}
