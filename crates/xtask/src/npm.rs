//! npm packages, as the lock files name them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::run;
use crate::progress;

/// npm, working in a folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// Installs the packages of a folder's lock file, unless they are those that were installed last.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock_file = folder.join("package-lock.json");
    let lock =
        fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    // The copy lies in the folder that it vouches for: whoever removes the packages removes it as well.
    let installed = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = folder
        .file_name()
        .unwrap_or(folder.as_os_str())
        .to_string_lossy();
    progress::step(&format!("installing the npm packages of {name}"), || {
        run(npm(folder).args(["ci", "--no-audit", "--no-fund"]))
    })?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))
}
