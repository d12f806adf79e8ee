//! `cargo xtask test`: everything that must hold, the quick checks first, up to the first failure.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::browser::{self, Browser};
use crate::config::{Config, Variant};
use crate::npm::{self, npm};
use crate::package;
use crate::process::{cargo, run as execute};
use crate::progress::{self, words};
use crate::tarball;
use crate::tidy;
use crate::tools::{self, WASM};
use crate::workspace::Workspace;

/// A step of the tests.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    needs: &'static [Need],
    run: fn(&Context<'_>) -> Result<()>,
}

/// What must be installed before a step runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Browser,
    Components,
    WasmTarget,
    PagePackages,
    TestPackages,
    WasmOpt,
    WasmBindgen,
    WasmPack,
}

/// In the order in which they are installed: what may fail for want of something comes first, what takes long last.
const NEEDS: [Need; 8] = [
    Need::Browser,
    Need::Components,
    Need::WasmTarget,
    Need::PagePackages,
    Need::TestPackages,
    Need::WasmOpt,
    Need::WasmBindgen,
    Need::WasmPack,
];

/// The steps, in the order in which they run.
pub(crate) const STEPS: [Step; 11] = [
    Step {
        name: "fmt",
        title: "formatting of Rust",
        needs: &[Need::Components],
        run: fmt,
    },
    Step {
        name: "tidy",
        title: "rules that no compiler knows",
        needs: &[],
        run: |context| tidy::check(context.workspace),
    },
    Step {
        name: "clippy",
        title: "clippy, native and for wasm",
        needs: &[Need::Components, Need::WasmTarget],
        run: clippy,
    },
    Step {
        name: "doc",
        title: "documentation of Rust",
        needs: &[],
        run: doc,
    },
    Step {
        name: "rust",
        title: "tests of Rust",
        needs: &[],
        run: rust,
    },
    Step {
        name: "crates",
        title: "the crates as they would be published, and their examples",
        needs: &[],
        run: crates,
    },
    Step {
        name: "build",
        title: "the page and its size",
        needs: BUILD,
        run: |context| package::build(context.workspace, context.config, None),
    },
    Step {
        name: "page",
        title: "types and tests of the page",
        needs: &[Need::PagePackages],
        run: page,
    },
    Step {
        name: "bindings",
        title: "tests of the bindings in Chromium",
        needs: BINDINGS,
        run: bindings,
    },
    Step {
        name: "e2e",
        title: "tests of the built page in Chromium",
        needs: &[Need::Browser, Need::TestPackages],
        run: |context| in_chromium(context, "test"),
    },
    Step {
        name: "packages",
        title: "the package for npm in the programs that use it",
        needs: &[Need::Browser, Need::PagePackages, Need::TestPackages],
        run: packages,
    },
];

/// What shows how the core is used; the benchmarks' own program is not among it.
const EXAMPLES: [&str; 3] = ["price", "own_deal", "draws"];

const BUILD: &[Need] = &[
    Need::WasmTarget,
    Need::PagePackages,
    Need::WasmOpt,
    Need::WasmBindgen,
];
const BINDINGS: &[Need] = &[
    Need::Browser,
    Need::WasmTarget,
    Need::WasmBindgen,
    Need::WasmPack,
];

/// What a step works with.
struct Context<'a> {
    workspace: &'a Workspace,
    config: &'a Config,
    /// There when a step needs it.
    browser: Option<Browser>,
}

impl Context<'_> {
    fn browser(&self) -> Result<&Browser> {
        self.browser
            .as_ref()
            .context("this step did not ask for a browser")
    }
}

/// Installs what the named steps need and runs them, or all when none is named.
pub(crate) fn run(workspace: &Workspace, config: &Config, names: &[&str]) -> Result<()> {
    let steps = chosen(names);
    let mut times = Vec::new();
    let result = run_steps(workspace, config, &steps, &mut times);
    println!("\n{}", summary(&times));
    result?;
    println!("\nEverything passed.");
    Ok(())
}

fn chosen(names: &[&str]) -> Vec<&'static Step> {
    STEPS
        .iter()
        .filter(|step| names.is_empty() || names.contains(&step.name))
        .collect()
}

fn run_steps(
    workspace: &Workspace,
    config: &Config,
    steps: &[&Step],
    times: &mut Vec<(&'static str, Duration)>,
) -> Result<()> {
    let start = Instant::now();
    heading("install", "what the tests need");
    let browser = install(workspace, config, steps);
    times.push(("install", start.elapsed()));
    let context = Context {
        workspace,
        config,
        browser: browser?,
    };

    for step in steps {
        heading(step.name, step.title);
        let start = Instant::now();
        let result = (step.run)(&context);
        times.push((step.name, start.elapsed()));
        result.with_context(|| format!("the step `{}` failed", step.name))?;
    }
    Ok(())
}

fn install(workspace: &Workspace, config: &Config, steps: &[&Step]) -> Result<Option<Browser>> {
    let mut browser = None;
    for need in needs(steps) {
        match need {
            Need::Browser => browser = Some(browser::ensure()?),
            Need::Components => tools::components(workspace)?,
            Need::WasmTarget => tools::wasm_target(workspace)?,
            Need::PagePackages => npm::install(&workspace.www)?,
            Need::TestPackages => npm::install(&workspace.tests)?,
            Need::WasmOpt => tools::wasm_opt(workspace, config)?,
            Need::WasmBindgen => tools::wasm_bindgen(workspace)?,
            Need::WasmPack => tools::wasm_pack(workspace, config)?,
        }
    }
    tools::clean_up(workspace)?;
    Ok(browser)
}

/// What the steps need, each once.
fn needs<'a>(steps: &'a [&Step]) -> impl Iterator<Item = Need> + 'a {
    NEEDS
        .into_iter()
        .filter(|need| steps.iter().any(|step| step.needs.contains(need)))
}

fn heading(name: &str, title: &str) {
    println!("\n======== {name}: {title}");
}

fn summary(times: &[(&str, Duration)]) -> String {
    let total = ("total", times.iter().map(|(_, time)| *time).sum());
    let rows = times.iter().copied().chain([total]);
    rows.map(|(name, time)| format!("  {name:<10}{:>14}", words(time)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn fmt(context: &Context<'_>) -> Result<()> {
    execute(cargo(context.workspace).args(["fmt", "--all", "--", "--check"]))
}

fn clippy(context: &Context<'_>) -> Result<()> {
    let deny = ["--", "--deny", "warnings"];
    let core = ["--package", "clauseworth", "--lib", "--target", WASM];
    execute(
        cargo(context.workspace)
            .args(["clippy", "--workspace", "--all-targets"])
            .args(deny),
    )?;
    execute(cargo(context.workspace).arg("clippy").args(core).args(deny))?;

    let package = package::package_name(&context.workspace.root.join(&context.config.crate_dir))?;
    let bindings = ["--package", &package, "--all-targets", "--target", WASM];
    for variant in context.config.variants() {
        announce(&variant);
        let mut command = cargo(context.workspace);
        command
            .arg("clippy")
            .args(bindings)
            .args(variant.arguments())
            .args(deny);
        variant.set_rustflags(&mut command, &[]);
        execute(&mut command)?;
    }
    Ok(())
}

/// Says which variant of the bindings comes next, with the compiler flags that the call itself does not show.
fn announce(variant: &Variant<'_>) {
    println!("    the bindings{}", variant.flags());
}

fn doc(context: &Context<'_>) -> Result<()> {
    // The command line's program and the core's library have the same name, and so would their documentation: the
    // programs come first and the libraries' pages last, which is what should stay.
    for kind in ["--bins", "--lib"] {
        execute(
            cargo(context.workspace)
                .args([
                    "doc",
                    "--workspace",
                    "--no-deps",
                    "--document-private-items",
                    kind,
                ])
                .env("RUSTDOCFLAGS", "--deny warnings"),
        )?;
    }
    Ok(())
}

fn rust(context: &Context<'_>) -> Result<()> {
    execute(cargo(context.workspace).args(["test", "--workspace"]))
}

/// The crates that others can use, each compiled from what would be published of it.
fn crates(context: &Context<'_>) -> Result<()> {
    let published = ["clauseworth-kernel", "clauseworth"];
    let mut package = cargo(context.workspace);
    package.args(["package", "--allow-dirty"]);
    for name in published {
        package.args(["--package", name]);
    }
    execute(&mut package)?;
    for example in EXAMPLES {
        let mut run = cargo(context.workspace);
        run.args(["run", "--quiet", "--package", "clauseworth", "--example"]);
        execute(run.arg(example))?;
    }
    Ok(())
}

fn page(context: &Context<'_>) -> Result<()> {
    execute(npm(&context.workspace.www).args(["run", "check"]))?;
    execute(npm(&context.workspace.www).arg("test"))
}

fn bindings(context: &Context<'_>) -> Result<()> {
    let browser = context.browser()?;
    let settings = browser::write_settings(context.workspace, &browser.chromium)?;
    // With all features at once: a test that needs one is skipped where it is off.
    for variant in context.config.combined_variants() {
        announce(&variant);
        let mut command = Command::new(tools::program(context.workspace, "wasm-pack"));
        command
            .current_dir(&context.workspace.root)
            // It finds the wasm-bindgen of the right version on the path, and is not to look for another.
            .args([
                "test",
                "--mode",
                "no-install",
                "--headless",
                "--chrome",
                "--chromedriver",
            ])
            .arg(&browser.driver)
            .arg(&context.config.crate_dir)
            .args(variant.arguments())
            .env("PATH", tools::path(context.workspace)?)
            .env("CARGO_TARGET_DIR", &context.workspace.target)
            .env(
                "WASM_PACK_CACHE",
                context.workspace.tools.join("wasm-pack-cache"),
            )
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings);
        variant.set_rustflags(&mut command, &[]);
        execute(&mut command)?;
    }
    Ok(())
}

fn packages(context: &Context<'_>) -> Result<()> {
    let tarball = tarball::pack(context.workspace)?;
    progress::step("installing it", || {
        tarball::install_into_consumers(context.workspace, &tarball)
    })?;
    in_chromium(context, "consumers")
}

/// Runs a script of the tests that looks at pages and compares them with the command line.
fn in_chromium(context: &Context<'_>, script: &str) -> Result<()> {
    execute(cargo(context.workspace).args(["build", "--package", "clauseworth-cli"]))?;
    let program = context
        .workspace
        .target
        .join("debug")
        .join(format!("clauseworth{}", std::env::consts::EXE_SUFFIX));
    execute(
        npm(&context.workspace.tests)
            .args(["run", script])
            .env("CHROMIUM", &context.browser()?.chromium)
            .env("CLAUSEWORTH_BIN", program),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_in_the_order_of_the_suite_whatever_the_order_they_are_named_in() {
        let names: Vec<&str> = chosen(&["doc", "fmt"])
            .iter()
            .map(|step| step.name)
            .collect();
        assert_eq!(names, ["fmt", "doc"]);
        assert_eq!(chosen(&[]).len(), STEPS.len());
    }

    #[test]
    fn each_need_is_met_once_and_all_are_known() {
        let all = chosen(&[]);
        assert_eq!(needs(&all).count(), NEEDS.len(), "a need that no step has");
        for step in &STEPS {
            assert!(
                step.needs.iter().all(|need| NEEDS.contains(need)),
                "{} needs what is never installed",
                step.name
            );
        }
        assert_eq!(needs(&chosen(&["tidy"])).count(), 0);
    }

    #[test]
    fn the_summary_adds_up() {
        let text = summary(&[
            ("fmt", Duration::from_millis(1_500)),
            ("rust", Duration::from_secs(90)),
        ]);
        assert_eq!(
            text,
            "  fmt                1.5 s\n  rust          1 min 30 s\n  total         1 min 31 s"
        );
    }
}
