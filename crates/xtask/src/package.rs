//! From the sources to the finished page: the crate, wasm-bindgen, wasm-opt, Vite, and the sizes of what came out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::config::Config;
use crate::npm::{self, npm};
use crate::process::{cargo, run};
use crate::progress;
use crate::sizes;
use crate::tools::{self, WASM};
use crate::workspace::Workspace;

/// Installs what the build needs, builds the page into `target/site` and checks its size.
pub(crate) fn build(workspace: &Workspace, config: &Config) -> Result<()> {
    install(workspace, config)?;
    tools::clean_up(workspace)?;
    let wasm = progress::step("building the WebAssembly package", || {
        package(workspace, config)
    })?;
    progress::step("building the page", || page(workspace))?;
    progress::step("sizes", || {
        sizes::check(&wasm, &workspace.site, &config.budget)
    })
}

/// Installs what the build needs, the quick things first.
pub(crate) fn install(workspace: &Workspace, config: &Config) -> Result<()> {
    tools::wasm_target(workspace)?;
    npm::install(&workspace.www)?;
    tools::wasm_opt(workspace, config)?;
    tools::wasm_bindgen(workspace)
}

/// Builds the package and gives the path of its wasm.
fn package(workspace: &Workspace, config: &Config) -> Result<PathBuf> {
    let package = package_name(&workspace.root.join(&config.crate_dir))?;
    let name = package.replace('-', "_");
    run(cargo(workspace)
        .args([
            "build",
            "--lib",
            "--package",
            &package,
            "--target",
            WASM,
            "--profile",
            &config.profile,
        ])
        .args([
            "--no-default-features",
            "--features",
            &config.features.join(","),
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags()))?;

    // Cargo keeps the results of the `dev` profile in a folder of another name.
    let profile = if config.profile == "dev" {
        "debug"
    } else {
        &config.profile
    };
    let compiled = workspace
        .target
        .join(WASM)
        .join(profile)
        .join(&name)
        .with_extension("wasm");
    let out_dir = workspace.root.join(&config.out_dir);
    empty(&out_dir)?;
    run(Command::new(tools::program(workspace, "wasm-bindgen"))
        .current_dir(&workspace.root)
        .args([
            "--target",
            &config.target,
            "--out-name",
            &name,
            "--out-dir",
            &config.out_dir,
        ])
        .arg(&compiled))?;

    let wasm = out_dir.join(format!("{name}_bg.wasm"));
    run(Command::new("node")
        .current_dir(&workspace.root)
        .arg(tools::wasm_opt_script(workspace))
        .args(&config.wasm_opt)
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm))?;
    name_no_any(&out_dir.join(&name).with_extension("d.ts"))?;
    write_library(&out_dir)?;
    Ok(wasm)
}

/// wasm-bindgen types what crosses the border below its own functions as `any`, which would let anything through.
fn name_no_any(types: &Path) -> Result<()> {
    let text =
        fs::read_to_string(types).with_context(|| format!("cannot read {}", types.display()))?;
    fs::write(types, text.replace(": any", ": unknown"))
        .with_context(|| format!("cannot write {}", types.display()))
}

/// Writes the deal library as JSON beside the module, which has no parser of its own: a browser has one.
fn write_library(folder: &Path) -> Result<()> {
    // Written entry by entry: the default deal stays the first.
    let mut entries = Vec::new();
    for deal in &clauseworth::LIBRARY {
        let tree = clauseworth::Tree::from_toml(deal.text)?;
        let id = serde_json::to_string(deal.id)?;
        entries.push(format!("{id}:{}", serde_json::to_string(&tree)?));
    }
    let file = folder.join("library.json");
    fs::write(&file, format!("{{{}}}", entries.join(",")))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Flags that keep the folders of this machine out of the messages of panics, so that a build gives the same bytes
/// wherever it is made.
fn rustflags() -> String {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    home.map(|home| format!("--remap-path-prefix={}=cargo", home.display()))
        .unwrap_or_default()
}

fn page(workspace: &Workspace) -> Result<()> {
    empty(&workspace.site)?;
    run(npm(&workspace.www).args(["run", "--silent", "build"]))?;
    let index = workspace.site.join("index.html");
    ensure!(
        index.is_file(),
        "`npm run build` in www did not write {}",
        index.display()
    );
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Ok(())
}

/// The name of the package in a folder.
pub(crate) fn package_name(folder: &Path) -> Result<String> {
    let file = folder.join("Cargo.toml");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let manifest: toml::Table =
        toml::from_str(&text).with_context(|| format!("{} is not valid", file.display()))?;
    let name = manifest
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(toml::Value::as_str);
    name.map(str::to_owned)
        .with_context(|| format!("{} names no package", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configured_crate_exists() -> Result<()> {
        let workspace = Workspace::find()?;
        let config = Config::read(&workspace.root.join("wasm-pack.toml"))?;
        assert_eq!(
            package_name(&workspace.root.join(config.crate_dir))?,
            "clauseworth-wasm"
        );
        Ok(())
    }
}
