//! Where things are in the workspace.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The folders that tasks work in.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// The build folder, always inside the workspace: the page and its tests look for the package there.
    pub(crate) target: PathBuf,
    /// Programs that tasks install.
    pub(crate) tools: PathBuf,
    /// The sources of the page.
    pub(crate) www: PathBuf,
    /// The finished page.
    pub(crate) site: PathBuf,
    /// The tests that need a browser.
    pub(crate) tests: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        // Cargo names the folder of this crate when it runs the program; the compiled-in one is for direct calls.
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .ancestors()
            .nth(2)
            .context("the task runner is not inside a workspace")?;
        Ok(Self::at(root))
    }

    pub(crate) fn at(root: &Path) -> Self {
        let target = root.join("target");
        Self {
            root: root.to_owned(),
            tools: target.join("tools"),
            site: target.join("site"),
            target,
            www: root.join("www"),
            tests: root.join("tests"),
        }
    }

    /// The version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let file = self.root.join("Cargo.lock");
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        locked_version(&text, package)
    }
}

fn locked_version(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = toml::from_str(lock).context("Cargo.lock is not valid")?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .context("Cargo.lock lists no packages")?;
    let versions: Vec<&str> = packages
        .iter()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str))
        .collect();
    match versions[..] {
        [version] => Ok(version.to_owned()),
        [] => bail!("Cargo.lock has no package `{package}`"),
        _ => bail!(
            "Cargo.lock has `{package}` in several versions: {}",
            versions.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4
[[package]]
name = "wasm-bindgen"
version = "0.2.130"
[[package]]
name = "syn"
version = "2.0.1"
[[package]]
name = "syn"
version = "3.0.1"
"#;

    #[test]
    fn the_one_version_is_found() -> Result<()> {
        assert_eq!(locked_version(LOCK, "wasm-bindgen")?, "0.2.130");
        Ok(())
    }

    #[test]
    fn none_and_several_are_errors() {
        let message =
            |package| locked_version(LOCK, package).unwrap_or_else(|error| error.to_string());
        assert_eq!(message("wasm"), "Cargo.lock has no package `wasm`");
        assert_eq!(
            message("syn"),
            "Cargo.lock has `syn` in several versions: 2.0.1, 3.0.1"
        );
    }
}
