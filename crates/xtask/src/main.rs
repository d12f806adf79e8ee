//! The tasks of the workspace: `cargo xtask serve`, `build`, `package`, `test`, `bench` and `tidy`.
//!
//! The first three work from nothing: on a machine with only rustup and Node.js they add the wasm target, install
//! the programs of the WebAssembly tool chain into `target/tools`, and fetch the npm packages. What is installed
//! already, in the right version, is left alone.
//!
//! Architecture invariants:
//!
//! - A task installs nothing outside the workspace, except the wasm target and the components of the tool chain
//!   (through rustup) and the browser for the tests (through the system's package manager).
//! - A version is stated once: that of wasm-bindgen in `Cargo.lock`, those of the other programs in `wasm-pack.toml`.
//! - No task decides anything by the time something took; durations are only printed.

mod args;
mod browser;
mod config;
mod licenses;
mod module;
mod npm;
mod package;
mod process;
mod progress;
mod serve;
mod site;
mod sizes;
mod suite;
mod tarball;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::args::Task;
use crate::config::Config;
use crate::process::{cargo, run};
use crate::workspace::Workspace;

fn main() -> ExitCode {
    let task = match args::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::usage());
            return ExitCode::from(2);
        }
    };
    match perform(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    let workspace = Workspace::find()?;
    match task {
        Task::Help => {
            println!("{}", args::usage());
            Ok(())
        }
        Task::Build { address } => {
            package::build(&workspace, &configuration(&workspace)?, address.as_deref())
        }
        Task::Serve { port } => {
            package::build(&workspace, &configuration(&workspace)?, None)?;
            serve::serve(&workspace, port)
        }
        Task::Package => {
            package::build(&workspace, &configuration(&workspace)?, None)?;
            tarball::pack(&workspace).map(drop)
        }
        Task::Test { steps } => suite::run(&workspace, &configuration(&workspace)?, &steps),
        Task::Bench => bench(&workspace),
        Task::Tidy => tidy::check(&workspace),
    }
}

fn configuration(workspace: &Workspace) -> Result<Config> {
    Config::read(&workspace.root.join("wasm-pack.toml"))
}

/// Runs the core's benchmarks, then those that need a browser, the race against other implementations included.
fn bench(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace).args(["bench", "--package", "clauseworth"]))?;
    run(cargo(workspace).args([
        "build",
        "--release",
        "--package",
        "clauseworth",
        "--example",
        "race",
    ]))?;
    let race = workspace
        .target
        .join("release")
        .join("examples")
        .join(format!("race{}", std::env::consts::EXE_SUFFIX));
    if !workspace.tests.join("bench").is_dir() {
        return Ok(());
    }
    let config = configuration(workspace)?;
    package::build(workspace, &config, None)?;
    npm::install(&workspace.tests)?;
    let Some(chromium) = browser::find_chromium() else {
        bail!(
            "the benchmarks of the page need Chromium.\n{}",
            browser::HOW_TO_INSTALL
        );
    };
    run(npm::npm(&workspace.tests)
        .args(["run", "bench"])
        .env("CHROMIUM", chromium)
        .env("CLAUSEWORTH_RACE", race))
    .context("the benchmarks of the page failed")
}
