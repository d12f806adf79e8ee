//! From the sources to the finished page: the WebAssembly modules, the deal library, Vite, and the sizes of what came out.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::config::{Config, Module};
use crate::licenses;
use crate::module::{self, Finished};
use crate::npm::{self, npm};
use crate::process::run;
use crate::progress;
use crate::site::Manifest;
use crate::sizes::{self, Page};
use crate::tools;
use crate::workspace::Workspace;

/// Installs what the build needs, builds the page into `target/site` and checks its size. The address is the one at which the
/// site will be found, where that is known.
pub(crate) fn build(workspace: &Workspace, config: &Config, address: Option<&str>) -> Result<()> {
    install(workspace, config)?;
    tools::clean_up(workspace)?;
    let package = package_name(&workspace.root.join(&config.crate_dir))?;
    let mut modules = Vec::new();
    for module in &config.modules {
        let title = format!(
            "building the module {}{}",
            module.name,
            module.variant().flags()
        );
        let finished = progress::step(&title, || {
            module::build(workspace, config, module, &package)
        })?;
        modules.push((module, finished));
    }
    let out_dir = workspace.root.join(&config.out_dir);
    assemble(&modules, &out_dir)?;
    licenses::write(workspace, &package, &out_dir.join("licenses.txt"))?;
    let manifest = progress::step("building the page", || page(workspace))?;
    progress::step("sizes", || {
        let page = Page {
            site: &workspace.site,
            manifest: &manifest,
            budget: &config.page,
        };
        sizes::check(&modules, &page)
    })?;
    progress::step("the site as a whole", || finish(workspace, address))
}

/// Adds to the site what is made of all of it: the service worker with its list, the pinned version, what other sites ask for.
fn finish(workspace: &Workspace, address: Option<&str>) -> Result<()> {
    let mut finish = npm(&workspace.www);
    finish.args(["run", "--silent", "finish"]);
    if let Some(address) = address {
        finish.args(["--", "--address", address]);
    }
    run(&mut finish)
}

/// Installs what the build needs, the quick things first.
pub(crate) fn install(workspace: &Workspace, config: &Config) -> Result<()> {
    tools::wasm_target(workspace)?;
    npm::install(&workspace.www)?;
    tools::wasm_opt(workspace, config)?;
    tools::wasm_bindgen(workspace)
}

/// Puts the files of all modules and the deal library into one folder. What was there before stays until all modules
/// are built.
fn assemble(modules: &[(&Module, Finished)], out_dir: &Path) -> Result<()> {
    empty(out_dir)?;
    for (module, finished) in modules {
        copy(&finished.folder, out_dir)?;
        name_no_any(&out_dir.join(&module.name).with_extension("d.ts"))?;
    }
    write_library(out_dir)
}

/// Copies what is in a folder into another, where there may be files already.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let copied = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &copied)?;
        } else {
            fs::copy(&path, &copied)
                .with_context(|| format!("cannot write {}", copied.display()))?;
        }
    }
    Ok(())
}

/// wasm-bindgen types what crosses the border below its own functions as `any`, which would let anything through.
fn name_no_any(types: &Path) -> Result<()> {
    let text =
        fs::read_to_string(types).with_context(|| format!("cannot read {}", types.display()))?;
    fs::write(types, text.replace(": any", ": unknown"))
        .with_context(|| format!("cannot write {}", types.display()))
}

/// Writes the deal library as JSON beside the modules, which have no parser of their own: a browser has one.
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

/// Builds the page, and gives Vite's notes on it, which no visitor is to download.
fn page(workspace: &Workspace) -> Result<Manifest> {
    empty(&workspace.site)?;
    run(npm(&workspace.www).args(["run", "--silent", "build"]))?;
    let index = workspace.site.join("index.html");
    ensure!(
        index.is_file(),
        "`npm run build` in www did not write {}",
        index.display()
    );
    Manifest::take(&workspace.site)
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
    use crate::sizes::Size;

    #[test]
    fn the_configured_crate_exists_and_has_the_features_of_the_modules() -> Result<()> {
        let workspace = Workspace::find()?;
        let config = Config::read(&workspace.root.join("wasm-pack.toml"))?;
        let folder = workspace.root.join(config.crate_dir);
        assert_eq!(package_name(&folder)?, "clauseworth-wasm");
        let manifest: toml::Table =
            toml::from_str(&fs::read_to_string(folder.join("Cargo.toml"))?)?;
        for module in &config.modules {
            for feature in &module.features {
                assert!(
                    manifest["features"].get(feature).is_some(),
                    "{} wants the feature `{feature}`, which the crate does not have",
                    module.name
                );
            }
        }
        Ok(())
    }

    #[test]
    fn modules_lie_side_by_side_and_nothing_else_does() -> Result<()> {
        let root = std::env::temp_dir().join(format!("xtask-package-{}", std::process::id()));
        let out_dir = root.join("pkg");
        fs::create_dir_all(&out_dir)?;
        fs::write(out_dir.join("of_an_earlier_build.js"), "")?;
        let config = Config::read(&Workspace::find()?.root.join("wasm-pack.toml"))?;
        let mut modules = Vec::new();
        for module in &config.modules {
            let folder = root.join(&module.name);
            fs::create_dir_all(folder.join("snippets"))?;
            fs::write(
                folder.join(&module.name).with_extension("d.ts"),
                "value: any",
            )?;
            fs::write(folder.join("snippets").join(&module.name), "")?;
            let wasm = Size::default();
            modules.push((module, Finished { folder, wasm }));
        }
        assemble(&modules, &out_dir)?;
        for (module, _) in &modules {
            let types = out_dir.join(&module.name).with_extension("d.ts");
            assert_eq!(fs::read_to_string(types)?, "value: unknown");
            assert!(out_dir.join("snippets").join(&module.name).is_file());
        }
        assert!(out_dir.join("library.json").is_file());
        assert!(!out_dir.join("of_an_earlier_build.js").exists());
        fs::remove_dir_all(&root)?;
        Ok(())
    }
}
