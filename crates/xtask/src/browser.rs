//! The browser for the tests, and the driver that lets a program steer it. Both come from the system.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;

use crate::process::{find_program, output, run};
use crate::progress;
use crate::workspace::Workspace;

/// What to do where this program cannot install them.
pub(crate) const HOW_TO_INSTALL: &str = "\
Install Chromium and its driver in the same version:
  Debian     apt-get install chromium chromium-driver
  Fedora     dnf install chromium chromedriver
  Arch       pacman -S chromium
  Alpine     apk add chromium chromium-chromedriver
  macOS      brew install --cask chromium chromedriver
or name two that are there already in the environment variables CHROMIUM and CHROMEDRIVER.";

/// The programs, where they were found.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds the browser and its driver, and installs them with the system's package manager where that works.
pub(crate) fn ensure() -> Result<Browser> {
    if find().is_none() {
        install()?;
    }
    let browser =
        find().with_context(|| format!("Chromium or its driver is missing.\n{HOW_TO_INSTALL}"))?;
    let versions = (
        major_version(&browser.chromium),
        major_version(&browser.driver),
    );
    if let (Some(chromium), Some(driver)) = versions {
        ensure!(
            chromium == driver,
            "{} is of version {chromium} and {} of {driver}; they must be of the same.",
            browser.chromium.display(),
            browser.driver.display(),
        );
    }
    Ok(browser)
}

pub(crate) fn find_chromium() -> Option<PathBuf> {
    named("CHROMIUM")
        .or_else(|| {
            find_program(&[
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
            ])
        })
        .or_else(|| {
            let bundles = [
                "Chromium.app/Contents/MacOS/Chromium",
                "Google Chrome.app/Contents/MacOS/Google Chrome",
            ];
            bundles
                .map(|bundle| Path::new("/Applications").join(bundle))
                .into_iter()
                .find(|program| program.is_file())
        })
}

fn find() -> Option<Browser> {
    let driver = named("CHROMEDRIVER").or_else(|| find_program(&["chromedriver"]))?;
    Some(Browser {
        chromium: find_chromium()?,
        driver,
    })
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|program| program.is_file())
}

/// Installs both with apt-get, as root or through a sudo that asks for no password.
fn install() -> Result<()> {
    let privilege: &[&str] = if find_program(&["apt-get"]).is_none() {
        bail!("the tests need Chromium and its driver.\n{HOW_TO_INSTALL}");
    } else if is_root() {
        &[]
    } else if output(Command::new("sudo").args(["-n", "true"])).is_ok() {
        &["sudo", "-n"]
    } else {
        bail!(
            "the tests need Chromium and its driver, and installing them needs root.\n{HOW_TO_INSTALL}"
        );
    };
    let apt = |arguments: &[&str]| {
        let words = [
            privilege,
            &[
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "--quiet",
            ],
            arguments,
        ]
        .concat();
        let (program, arguments) = words.split_first().context("there is no command")?;
        run(Command::new(program).args(arguments))
    };
    progress::step(
        "installing Chromium and its driver with apt-get (once; a few minutes)",
        || {
            apt(&["update"])?;
            apt(&[
                "install",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
            ])
            .with_context(|| {
                format!("apt-get could not install Chromium and its driver.\n{HOW_TO_INSTALL}")
            })
        },
    )
}

/// Writes the settings under which the driver starts the browser, and gives their path.
pub(crate) fn write_settings(workspace: &Workspace, chromium: &Path) -> Result<PathBuf> {
    let file = workspace.tools.join("webdriver.json");
    let settings = settings(&chromium.to_string_lossy(), is_root());
    fs::create_dir_all(&workspace.tools)?;
    fs::write(&file, settings.to_string())
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// The browser stays quiet on the network, and keeps its memory where a container has room for it.
fn settings(chromium: &str, root: bool) -> serde_json::Value {
    let mut arguments = vec![
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    // Chromium refuses to start its sandbox for root. Everyone else keeps it.
    if root {
        arguments.push("--no-sandbox");
    }
    json!({ "goog:chromeOptions": { "binary": chromium, "args": arguments } })
}

fn is_root() -> bool {
    cfg!(unix) && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// The major version that a program states, where it does.
fn major_version(program: &Path) -> Option<u32> {
    major(&output(Command::new(program).arg("--version")).ok()?)
}

fn major(text: &str) -> Option<u32> {
    text.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_programs_say() {
        assert_eq!(
            major("Chromium 142.0.7444.59 built on Debian GNU/Linux 12 (bookworm)"),
            Some(142)
        );
        assert_eq!(major("ChromeDriver 141.0.7390.107 (b8c0f5)"), Some(141));
        assert_eq!(major("Opening in existing browser session."), None);
    }

    #[test]
    fn only_root_gives_up_the_sandbox() {
        assert!(
            settings("chromium", true)
                .to_string()
                .contains("--no-sandbox")
        );
        assert!(
            !settings("chromium", false)
                .to_string()
                .contains("--no-sandbox")
        );
    }

    #[test]
    fn the_browser_that_was_found_is_the_one_that_is_started() {
        let settings = settings(r"C:\Program Files\chromium.exe", false);
        assert_eq!(
            settings["goog:chromeOptions"]["binary"],
            r"C:\Program Files\chromium.exe"
        );
    }
}
