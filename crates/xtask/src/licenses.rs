//! The licenses of the crates that are compiled into the modules, which whoever passes the modules on passes on as well.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::process::{cargo, output};
use crate::tools::WASM;
use crate::workspace::Workspace;

/// Between one crate and the next.
const RULE: &str =
    "--------------------------------------------------------------------------------";
/// The standard library is in every module, and in no list of crates.
const STANDARD: &str =
    "The standard library of Rust, by the Rust Project's contributors (MIT OR Apache-2.0)\n";

/// What `cargo metadata` says, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: PathBuf,
    /// None for the crates of this workspace.
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

/// None is a dependency of the code itself; `dev` and `build` are the others.
#[derive(Debug, Deserialize)]
struct Kind {
    kind: Option<String>,
}

/// Writes the licenses of all that a package is compiled of for the browser.
pub(crate) fn write(workspace: &Workspace, package: &str, file: &Path) -> Result<()> {
    let mut command = cargo(workspace);
    command.args([
        "metadata",
        "--format-version",
        "1",
        "--all-features",
        "--locked",
    ]);
    command.args(["--filter-platform", WASM]);
    let metadata: Metadata =
        serde_json::from_str(&output(&mut command)?).context("cargo metadata has another form")?;
    let mut texts = vec![STANDARD.to_owned()];
    for found in metadata.compiled_into(package)? {
        texts.push(found.notice()?);
    }
    fs::write(file, texts.join(&format!("\n{RULE}\n\n")))
        .with_context(|| format!("cannot write {}", file.display()))
}

impl Metadata {
    /// The crates of others that end up in what is compiled of a package, by their names. A macro is expanded and gone.
    fn compiled_into(&self, package: &str) -> Result<Vec<&Package>> {
        let packages: HashMap<&str, &Package> = self
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package))
            .collect();
        let nodes: HashMap<&str, &Node> = self
            .resolve
            .nodes
            .iter()
            .map(|node| (node.id.as_str(), node))
            .collect();
        let root = self
            .packages
            .iter()
            .find(|found| found.name == package && found.source.is_none())
            .with_context(|| format!("cargo metadata knows no package {package}"))?;

        let mut seen = BTreeSet::new();
        let mut waiting = vec![root.id.as_str()];
        let mut found = BTreeMap::new();
        while let Some(id) = waiting.pop() {
            let package = packages
                .get(id)
                .with_context(|| format!("cargo metadata says nothing of {id}"))?;
            if package.is_macro() || !seen.insert(id) {
                continue;
            }
            if package.source.is_some() {
                found.insert((&package.name, &package.version), *package);
            }
            let dependencies = nodes.get(id).map_or(&[][..], |node| &node.deps);
            let of_the_code = dependencies.iter().filter(|dependency| {
                let mut kinds = dependency.dep_kinds.iter();
                kinds.any(|kind| kind.kind.is_none())
            });
            waiting.extend(of_the_code.map(|dependency| dependency.pkg.as_str()));
        }
        Ok(found.into_values().collect())
    }
}

impl Package {
    fn is_macro(&self) -> bool {
        let mut kinds = self.targets.iter().flat_map(|target| &target.kind);
        kinds.any(|kind| kind == "proc-macro")
    }

    /// Its name, and its license in the words that lie beside it.
    fn notice(&self) -> Result<String> {
        let license = self.license.as_deref().unwrap_or("see below");
        let mut notice = format!("{} {} ({license})\n", self.name, self.version);
        let folder = self.manifest_path.parent().unwrap_or(Path::new("."));
        for file in license_files(folder)? {
            let text = fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            notice.push_str(&format!("\n{}\n", text.trim()));
        }
        Ok(notice)
    }
}

/// The files of a folder that are licenses. Where there is a choice, the shortest that asks for its words to be kept.
fn license_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let named = ["license", "licence", "copying", "copyright", "notice"];
        if path.is_file() && named.iter().any(|start| name.starts_with(start)) {
            files.push(path);
        }
    }
    files.sort();
    let is_mit = |path: &PathBuf| path.to_string_lossy().to_lowercase().ends_with("-mit");
    match files.iter().find(|path| is_mit(path)) {
        Some(mit) => Ok(vec![mit.clone()]),
        None => Ok(files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package that uses a library, a macro, a tool of its tests, and by the library another one.
    const METADATA: &str = r#"{
        "packages": [
            { "id": "ours", "name": "ours", "version": "1.0.0", "license": "MIT", "manifest_path": "/a/Cargo.toml", "source": null, "targets": [{ "kind": ["cdylib"] }] },
            { "id": "lib", "name": "lib", "version": "2.0.0", "license": "MIT", "manifest_path": "/b/Cargo.toml", "source": "r", "targets": [{ "kind": ["lib"] }] },
            { "id": "below", "name": "below", "version": "0.1.0", "license": null, "manifest_path": "/c/Cargo.toml", "source": "r", "targets": [{ "kind": ["lib"] }] },
            { "id": "macro", "name": "macro", "version": "3.0.0", "license": "MIT", "manifest_path": "/d/Cargo.toml", "source": "r", "targets": [{ "kind": ["proc-macro"] }] },
            { "id": "syntax", "name": "syntax", "version": "4.0.0", "license": "MIT", "manifest_path": "/e/Cargo.toml", "source": "r", "targets": [{ "kind": ["lib"] }] },
            { "id": "tests", "name": "tests", "version": "5.0.0", "license": "MIT", "manifest_path": "/f/Cargo.toml", "source": "r", "targets": [{ "kind": ["lib"] }] }
        ],
        "resolve": { "nodes": [
            { "id": "ours", "deps": [
                { "pkg": "lib", "dep_kinds": [{ "kind": null }] },
                { "pkg": "macro", "dep_kinds": [{ "kind": null }] },
                { "pkg": "tests", "dep_kinds": [{ "kind": "dev" }] }
            ] },
            { "id": "lib", "deps": [{ "pkg": "below", "dep_kinds": [{ "kind": "build" }, { "kind": null }] }] },
            { "id": "below", "deps": [] },
            { "id": "macro", "deps": [{ "pkg": "syntax", "dep_kinds": [{ "kind": null }] }] }
        ] }
    }"#;

    #[test]
    fn only_what_is_compiled_in_is_listed() -> Result<()> {
        let metadata: Metadata = serde_json::from_str(METADATA)?;
        let found = metadata.compiled_into("ours")?;
        let names: Vec<&str> = found.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["below", "lib"]);
        assert!(metadata.compiled_into("theirs").is_err());
        Ok(())
    }

    #[test]
    fn of_two_licenses_the_shorter_is_kept() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-licenses-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            fs::write(folder.join(name), name)?;
        }
        let both = license_files(&folder)?;
        fs::remove_file(folder.join("LICENSE-MIT"))?;
        let one = license_files(&folder)?;
        fs::remove_dir_all(&folder)?;
        assert_eq!(both, [folder.join("LICENSE-MIT")]);
        assert_eq!(one, [folder.join("LICENSE-APACHE")]);
        Ok(())
    }
}
