//! The programs of the WebAssembly tool chain, installed into `target/tools` in the versions that the workspace names.
//!
//! They are compiled with little optimisation: they work on a small module, so compiling them is most of what they
//! cost. Measured on two cores: wasm-bindgen 1.6 minutes instead of 4, wasm-pack 1.4 instead of 3.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::config::Config;
use crate::npm::npm;
use crate::process::{cargo, output, path_with, run};
use crate::progress;
use crate::workspace::Workspace;

/// The target triple of the package.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program that Cargo installs from the registry.
struct Installed<'a> {
    package: &'static str,
    version: &'a str,
    arguments: &'static [&'static str],
    minutes: u32,
}

/// Adds the standard library for WebAssembly to the tool chain, where it is missing.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result<()> {
    let folder = output(Command::new("rustc").current_dir(&workspace.root).args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]))?;
    if PathBuf::from(folder.trim()).is_dir() {
        return Ok(());
    }
    progress::step("adding the wasm target to the tool chain", || {
        run(Command::new("rustup")
            .current_dir(&workspace.root)
            .args(["target", "add", WASM]))
        .context("the target must come from rustup, or from the package that holds the tool chain")
    })
}

/// Adds rustfmt and clippy, which rustup's minimal profile leaves out.
pub(crate) fn components(workspace: &Workspace) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(cargo(workspace).args([subcommand, "--version"])).is_err() {
            progress::step(&format!("adding {component} to the tool chain"), || {
                run(Command::new("rustup").current_dir(&workspace.root).args([
                    "component",
                    "add",
                    component,
                ]))
            })?;
        }
    }
    Ok(())
}

/// Installs wasm-bindgen and its test runner.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let version = workspace.locked_version("wasm-bindgen")?;
    // Without default features it has no TLS, which neither it nor the test runner needs on this machine alone.
    // Without `--locked`, since the lock file of 0.2.130 names a version that the registry does not have.
    let arguments = &["--no-default-features"];
    cargo_install(
        workspace,
        &Installed {
            package: "wasm-bindgen-cli",
            version: &version,
            arguments,
            minutes: 2,
        },
    )
}

/// Installs wasm-pack, which runs the tests of the bindings in a browser.
pub(crate) fn wasm_pack(workspace: &Workspace, config: &Config) -> Result<()> {
    let version = &config.tools.wasm_pack;
    cargo_install(
        workspace,
        &Installed {
            package: "wasm-pack",
            version,
            arguments: &["--locked"],
            minutes: 2,
        },
    )
}

/// Installs wasm-opt, compiled to JavaScript, from npm's package of Binaryen.
pub(crate) fn wasm_opt(workspace: &Workspace, config: &Config) -> Result<()> {
    let version = &config.tools.binaryen;
    let script = wasm_opt_script(workspace);
    once(
        workspace,
        "binaryen",
        version,
        script.is_file(),
        &format!("installing wasm-opt of Binaryen {version}"),
        || {
            let folder = workspace.tools.join("npm");
            fs::create_dir_all(&folder)?;
            run(npm(&folder)
                .args([
                    "install",
                    "--no-save",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                ])
                .arg(&folder)
                .arg(format!("binaryen@{version}")))
        },
    )
}

/// A program of the tool chain.
pub(crate) fn program(workspace: &Workspace, name: &str) -> PathBuf {
    workspace
        .tools
        .join("bin")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The script that Node.js runs as wasm-opt.
pub(crate) fn wasm_opt_script(workspace: &Workspace) -> PathBuf {
    workspace
        .tools
        .join("npm/node_modules/binaryen/bin/wasm-opt")
}

/// The value of `PATH` under which the installed programs are found before any others.
pub(crate) fn path(workspace: &Workspace) -> Result<OsString> {
    path_with(&workspace.tools.join("bin"))
}

/// Removes what compiling the programs left behind, which is of no use once they are installed.
pub(crate) fn clean_up(workspace: &Workspace) -> Result<()> {
    let folder = build_folder(workspace);
    if folder.is_dir() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn build_folder(workspace: &Workspace) -> PathBuf {
    workspace.tools.join("build")
}

fn cargo_install(workspace: &Workspace, tool: &Installed<'_>) -> Result<()> {
    let &Installed {
        package,
        version,
        arguments,
        minutes,
    } = tool;
    let name = package.trim_end_matches("-cli");
    let title = format!("installing {name} {version} (once; about {minutes} minutes on two cores)");
    once(
        workspace,
        package,
        version,
        program(workspace, name).is_file(),
        &title,
        || {
            run(cargo(workspace)
                .args([
                    "install",
                    "--quiet",
                    "--force",
                    "--debug",
                    package,
                    "--version",
                    version,
                ])
                .args(arguments)
                .arg("--root")
                .arg(&workspace.tools)
                // One folder for all of them, kept until all are done: they share dependencies, and an interrupted
                // installation goes on where it stopped.
                .env("CARGO_TARGET_DIR", build_folder(workspace))
                .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                .env("CARGO_INCREMENTAL", "0")
                .env_remove("RUSTFLAGS"))
        },
    )
}

/// Installs something unless it is there already. The stamp is written last, so that a broken installation has none.
fn once(
    workspace: &Workspace,
    package: &str,
    version: &str,
    present: bool,
    title: &str,
    install: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamps = workspace.tools.join("stamps");
    let stamp = stamps.join(package);
    if present && fs::read_to_string(&stamp).is_ok_and(|installed| installed == version) {
        return Ok(());
    }
    progress::step(title, install)?;
    fs::create_dir_all(&stamps)?;
    fs::write(&stamp, version).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use anyhow::bail;

    use super::*;

    #[test]
    fn a_tool_is_installed_once_for_each_version_and_again_when_it_is_gone() -> Result<()> {
        let root = std::env::temp_dir().join(format!("xtask-stamps-{}", std::process::id()));
        let workspace = Workspace::at(&root);
        let installed = Cell::new(0);
        let install = |version: &str, present| {
            once(&workspace, "tool", version, present, "installing", || {
                installed.set(installed.get() + 1);
                Ok(())
            })
        };
        install("1.0.0", false)?;
        install("1.0.0", true)?;
        assert_eq!(installed.get(), 1);
        install("1.0.1", true)?;
        assert_eq!(installed.get(), 2);
        install("1.0.1", false)?;
        assert_eq!(installed.get(), 3);

        let failed = once(&workspace, "tool", "1.0.2", false, "installing", || {
            bail!("no network")
        });
        assert!(failed.is_err());
        install("1.0.2", true)?;
        assert_eq!(
            installed.get(),
            4,
            "a failed installation must leave no stamp"
        );
        fs::remove_dir_all(&root)?;
        Ok(())
    }
}
