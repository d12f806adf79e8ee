//! The package for npm: made in www of what is built, packed, and installed into programs that use it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::npm::{self, npm};
use crate::process::{output, run};
use crate::progress;
use crate::workspace::Workspace;

/// What npm says of a package that it has packed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Packed {
    filename: String,
    size: u64,
    unpacked_size: u64,
    files: Vec<PackedFile>,
}

#[derive(Debug, Deserialize)]
struct PackedFile {
    path: String,
    size: u64,
}

/// Packs what is built, says what is in it, and gives the file.
pub(crate) fn pack(workspace: &Workspace) -> Result<PathBuf> {
    npm::install(&workspace.www)?;
    let folder = workspace.target.join("npm");
    let packed = progress::step("packing for npm", || {
        run(npm(&workspace.www).args(["run", "--silent", "package"]))?;
        let mut pack = npm(&folder.join("package"));
        pack.args(["pack", "--json", "--pack-destination", ".."]);
        read(&output(&mut pack)?)
    })?;
    for line in table(&packed) {
        println!("    {line}");
    }
    let file = folder.join(&packed.filename);
    ensure!(file.is_file(), "npm did not write {}", file.display());
    Ok(file)
}

fn read(printed: &str) -> Result<Packed> {
    let mut all: Vec<Packed> =
        serde_json::from_str(printed).context("`npm pack` printed what is not known")?;
    ensure!(
        all.len() == 1,
        "`npm pack` packed {} packages instead of one",
        all.len()
    );
    Ok(all.remove(0))
}

/// Every file of the package, or every folder where there are many in it, then the whole.
fn table(packed: &Packed) -> Vec<String> {
    let mut rows: Vec<(String, u64)> = Vec::new();
    for file in &packed.files {
        let name = match file.path.split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => file.path.clone(),
        };
        match rows.iter_mut().find(|(row, _)| *row == name) {
            Some((_, size)) => *size += file.size,
            None => rows.push((name, file.size)),
        }
    }
    rows.push(("unpacked".to_owned(), packed.unpacked_size));
    rows.push((packed.filename.clone(), packed.size));
    rows.iter()
        .map(|(name, size)| format!("{name:<42}{:>8} kB", size.div_ceil(1000)))
        .collect()
}

/// Installs a packed package into a copy of each program of `tests/consumers`, and builds those that are to be built. In the
/// copy nothing around a program helps it to find what it imports.
pub(crate) fn install_into_consumers(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let copies = workspace.target.join("consumers");
    copy(&workspace.tests.join("consumers"), &copies)?;
    for folder in projects(&copies)? {
        if folder.join("package-lock.json").is_file() {
            npm::install(&folder)?;
        }
        // One of the same version and other content may lie there.
        let installed = folder.join("node_modules").join("clauseworth");
        if installed.is_dir() {
            fs::remove_dir_all(&installed)
                .with_context(|| format!("cannot remove {}", installed.display()))?;
        }
        // Its hash is another one with every build, so no lock file is to have it.
        let flags = [
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
        ];
        run(npm(&folder).arg("install").args(flags).arg(tarball))?;
        run(npm(&folder).args(["run", "--silent", "--if-present", "build"]))?;
    }
    Ok(())
}

/// The folders with a package of their own.
fn projects(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.join("package.json").is_file() {
            found.push(path);
        }
    }
    found.sort();
    ensure!(
        !found.is_empty(),
        "{} has no packages in it",
        folder.display()
    );
    Ok(found)
}

/// Copies the files of a folder, and leaves what else is in the other.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let copied = to.join(path.file_name().unwrap_or_default());
        if !path.is_dir() {
            fs::copy(&path, &copied)
                .with_context(|| format!("cannot write {}", copied.display()))?;
        } else if !path.ends_with("node_modules") {
            copy(&path, &copied)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"[{
        "id": "clauseworth@1.0.0", "name": "clauseworth", "filename": "clauseworth-1.0.0.tgz",
        "size": 1200, "unpackedSize": 5001,
        "files": [
            { "path": "index.js", "size": 2000, "mode": 420 },
            { "path": "types/engine.d.ts", "size": 2500, "mode": 420 },
            { "path": "types/index.d.ts", "size": 501, "mode": 420 }
        ]
    }]"#;

    #[test]
    fn what_is_packed_is_listed_with_its_size() -> Result<()> {
        assert_eq!(
            table(&read(PRINTED)?),
            [
                "index.js                                         2 kB",
                "types/                                           4 kB",
                "unpacked                                         6 kB",
                "clauseworth-1.0.0.tgz                            2 kB",
            ]
        );
        Ok(())
    }

    #[test]
    fn nothing_packed_is_an_error() {
        let message = read("[]").map_or_else(|error| error.to_string(), |_| String::new());
        assert_eq!(message, "`npm pack` packed 0 packages instead of one");
        assert!(read("npm notice").is_err());
    }

    #[test]
    fn every_consumer_is_a_private_package_without_the_package_in_its_lock() -> Result<()> {
        let consumers = Workspace::find()?.tests.join("consumers");
        for project in projects(&consumers)? {
            let manifest = fs::read_to_string(project.join("package.json"))?;
            let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
            assert_eq!(manifest["private"], true, "{}", project.display());
            if let Ok(lock) = fs::read_to_string(project.join("package-lock.json")) {
                assert!(
                    !lock.contains("node_modules/clauseworth\""),
                    "{}",
                    project.display()
                );
            }
        }
        Ok(())
    }
}
