//! `wasm-pack.toml`: what the WebAssembly package is built from, where it goes and how large it may be.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// The whole file. A key that is not listed here is an error, so that a misspelt one is not passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Config {
    /// The folder of the crate with the bindings.
    #[serde(rename = "crate")]
    pub(crate) crate_dir: String,
    /// The kind of JavaScript module that wasm-bindgen writes.
    pub(crate) target: String,
    /// The Cargo profile.
    pub(crate) profile: String,
    /// The features of the crate, all of them: default features are off.
    pub(crate) features: Vec<String>,
    /// The folder of the finished package.
    pub(crate) out_dir: String,
    /// The arguments of wasm-opt.
    pub(crate) wasm_opt: Vec<String>,
    pub(crate) budget: Budget,
    pub(crate) tools: Versions,
}

/// What a visitor may have to download, compressed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Budget {
    pub(crate) wasm_brotli_bytes: usize,
    pub(crate) page_brotli_bytes: usize,
}

/// The programs that are installed into the build folder. wasm-bindgen is not among them: it must have the version of
/// the library in `Cargo.lock`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Versions {
    pub(crate) wasm_pack: String,
    pub(crate) binaryen: String,
}

impl Config {
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(&text).with_context(|| format!("{} is not valid", file.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text)?;
        // The output folder is emptied before each build, so it must not be able to name a folder with sources.
        let inside = config
            .out_dir
            .strip_prefix("target/")
            .is_some_and(|rest| !rest.is_empty());
        ensure!(
            inside && !config.out_dir.contains(".."),
            "`out-dir` must lie below `target/`, found `{}`",
            config.out_dir
        );
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKED_IN: &str = include_str!("../../../wasm-pack.toml");

    #[test]
    fn the_checked_in_file_is_valid_and_says_who_reads_it() -> Result<()> {
        Config::parse(CHECKED_IN)?;
        let first = CHECKED_IN.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("# wasm-pack itself reads only"),
            "{first}"
        );
        Ok(())
    }

    #[test]
    fn unknown_keys_are_refused_at_each_level() {
        for (near, key) in [
            ("target =", "tagret"),
            ("wasm-brotli-bytes =", "wasm-bytes"),
            ("binaryen =", "binarien"),
        ] {
            let text = CHECKED_IN.replacen(near, &format!("{key} = 1\n{near}"), 1);
            assert_ne!(text, CHECKED_IN);
            let message = Config::parse(&text)
                .map_or_else(|error| format!("{error:#}"), |_| "accepted".to_owned());
            assert!(
                message.contains(&format!("unknown field `{key}`")),
                "{message}"
            );
        }
    }

    #[test]
    fn missing_keys_are_refused() {
        let text = CHECKED_IN.replacen("profile =", "# profile =", 1);
        let message = Config::parse(&text)
            .map_or_else(|error| format!("{error:#}"), |_| "accepted".to_owned());
        assert!(message.contains("missing field `profile`"), "{message}");
    }

    #[test]
    fn the_output_stays_in_the_build_folder() {
        for out_dir in ["www", "target/", "target/../www"] {
            let text = CHECKED_IN.replacen("\"target/pkg\"", &format!("{out_dir:?}"), 1);
            let message = Config::parse(&text)
                .map_or_else(|error| format!("{error:#}"), |_| "accepted".to_owned());
            assert_eq!(
                message,
                format!("`out-dir` must lie below `target/`, found `{out_dir}`")
            );
        }
    }
}
