//! `wasm-pack.toml`: what the WebAssembly package is built from, where it goes and how large it may be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

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
    /// The folder of the finished package.
    pub(crate) out_dir: String,
    /// The arguments of wasm-opt.
    pub(crate) wasm_opt: Vec<String>,
    #[serde(rename = "module")]
    pub(crate) modules: Vec<Module>,
    pub(crate) page: PageBudget,
    pub(crate) tools: Versions,
}

/// One module of the package: the crate with some of its features.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Module {
    /// What the names of its files begin with.
    pub(crate) name: String,
    /// The features of the crate, all of them: default features are off.
    pub(crate) features: Vec<String>,
    /// Further arguments of the compiler.
    #[serde(default)]
    pub(crate) rustflags: Vec<String>,
    /// The Cargo profile, where it is not that of all modules.
    pub(crate) profile: Option<String>,
    /// What a visitor may have to download for the wasm, compressed.
    pub(crate) wasm_brotli_bytes: usize,
}

/// What a visitor may have to download for the page, compressed and without any wasm, and for an embedded figure with all.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PageBudget {
    pub(crate) first_view_brotli_bytes: usize,
    pub(crate) later_brotli_bytes: usize,
    pub(crate) embed_brotli_bytes: usize,
    /// The page that is one file, as it lies on a disk, wasm included.
    pub(crate) single_file_bytes: usize,
}

/// The programs that are installed into the build folder. wasm-bindgen is not among them: it must have the version of
/// the library in `Cargo.lock`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Versions {
    pub(crate) wasm_pack: String,
    pub(crate) binaryen: String,
}

/// Features and compiler flags under which the crate is built, checked or tested.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Variant<'a> {
    features: BTreeSet<&'a str>,
    rustflags: &'a [String],
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
        ensure!(
            !config.modules.is_empty(),
            "`module` must list at least one module"
        );
        let mut names = BTreeSet::new();
        for Module { name, .. } in &config.modules {
            ensure!(
                is_identifier(name),
                "the name of a module must be of a-z, 0-9 and _ and begin with a letter, found `{name}`"
            );
            ensure!(names.insert(name), "two modules are named `{name}`");
        }
        Ok(config)
    }

    /// What the modules are compiled as, each variant once.
    pub(crate) fn variants(&self) -> Vec<Variant<'_>> {
        let mut variants = Vec::new();
        for module in &self.modules {
            let variant = module.variant();
            if !variants.contains(&variant) {
                variants.push(variant);
            }
        }
        variants
    }

    /// The features of all modules together, once for each set of compiler flags: nothing is in a module that is not
    /// in one of these.
    pub(crate) fn combined_variants(&self) -> Vec<Variant<'_>> {
        let mut combined: Vec<Variant<'_>> = Vec::new();
        for variant in self.variants() {
            let same_flags = |other: &&mut Variant<'_>| other.rustflags == variant.rustflags;
            match combined.iter_mut().find(same_flags) {
                Some(other) => other.features.extend(variant.features),
                None => combined.push(variant),
            }
        }
        combined
    }
}

/// A name that can be part of a file's name, and of an identifier in Rust and in JavaScript.
fn is_identifier(name: &str) -> bool {
    let allowed =
        |character: char| matches!(character, 'a'..='z' | '_') || character.is_ascii_digit();
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(allowed)
}

impl Module {
    pub(crate) fn variant(&self) -> Variant<'_> {
        Variant {
            features: self.features.iter().map(String::as_str).collect(),
            rustflags: &self.rustflags,
        }
    }
}

impl Variant<'_> {
    /// The arguments that make Cargo take these features and no others.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--no-default-features".to_owned()];
        if !self.features.is_empty() {
            let features: Vec<&str> = self.features.iter().copied().collect();
            arguments.extend(["--features".to_owned(), features.join(",")]);
        }
        arguments
    }

    /// What to say of the compiler flags, which a call of Cargo does not show; nothing where there are none.
    pub(crate) fn flags(&self) -> String {
        match self.rustflags.join(" ") {
            flags if flags.is_empty() => flags,
            flags => format!(" with {flags}"),
        }
    }

    /// Passes the compiler flags on, and these before them. Without any, those of the caller's environment stay.
    pub(crate) fn set_rustflags(&self, command: &mut Command, before: &[String]) {
        let flags: Vec<&str> = before
            .iter()
            .chain(self.rustflags)
            .map(String::as_str)
            .collect();
        if !flags.is_empty() {
            // The separator that Cargo asks for: a flag may contain spaces.
            command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKED_IN: &str = include_str!("../../../wasm-pack.toml");

    /// The file with other modules than its own.
    fn with_modules(modules: &str) -> String {
        let start = CHECKED_IN.find("[[module]]").unwrap();
        let end = CHECKED_IN.find("[page]").unwrap();
        format!("{}{modules}\n{}", &CHECKED_IN[..start], &CHECKED_IN[end..])
    }

    fn module(name: &str, features: &str, rustflags: &str) -> String {
        format!(
            "[[module]]\nname = \"{name}\"\nfeatures = {features}\nrustflags = {rustflags}\nwasm-brotli-bytes = 1\n"
        )
    }

    fn refusal(text: &str) -> String {
        Config::parse(text).map_or_else(|error| format!("{error:#}"), |_| "accepted".to_owned())
    }

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
            ("features =", "feature"),
            ("later-brotli-bytes =", "late-bytes"),
            ("binaryen =", "binarien"),
        ] {
            let text = CHECKED_IN.replacen(near, &format!("{key} = 1\n{near}"), 1);
            assert_ne!(text, CHECKED_IN);
            let message = refusal(&text);
            assert!(
                message.contains(&format!("unknown field `{key}`")),
                "{message}"
            );
        }
    }

    #[test]
    fn missing_keys_are_refused() {
        for key in ["profile", "features", "first-view-brotli-bytes"] {
            let text = CHECKED_IN.replacen(&format!("\n{key} ="), &format!("\n# {key} ="), 1);
            let message = refusal(&text);
            assert!(
                message.contains(&format!("missing field `{key}`")),
                "{message}"
            );
        }
    }

    #[test]
    fn the_output_stays_in_the_build_folder() {
        for out_dir in ["www", "target/", "target/../www"] {
            let text = CHECKED_IN.replacen("\"target/pkg\"", &format!("{out_dir:?}"), 1);
            assert_eq!(
                refusal(&text),
                format!("`out-dir` must lie below `target/`, found `{out_dir}`")
            );
        }
    }

    #[test]
    fn modules_have_names_of_their_own_that_files_can_have() {
        let first = module("engine", "[]", "[]");
        assert_eq!(
            refusal(&with_modules(&format!("{first}{first}"))),
            "two modules are named `engine`"
        );
        for name in ["", "../engine", "Engine", "2nd", "an-engine"] {
            assert_eq!(
                refusal(&with_modules(&module(name, "[]", "[]"))),
                format!(
                    "the name of a module must be of a-z, 0-9 and _ and begin with a letter, found `{name}`"
                )
            );
        }
        let none = with_modules("").replacen("out-dir", "module = []\nout-dir", 1);
        assert_eq!(refusal(&none), "`module` must list at least one module");
    }

    #[test]
    fn what_is_compiled_alike_is_checked_once_and_tested_together() -> Result<()> {
        let simd = r#"["-C", "target-feature=+simd128"]"#;
        let config = Config::parse(&with_modules(&format!(
            "{}{}{}{}",
            module("small", r#"["a"]"#, "[]"),
            module("fast", r#"["c", "b"]"#, simd),
            module("plain", r#"["b", "c"]"#, "[]"),
            module("twin", r#"["c", "b", "c"]"#, "[]"),
        )))?;
        let features = |variants: Vec<Variant<'_>>| {
            let lines = variants
                .iter()
                .map(|variant| format!("{}{}", variant.arguments().join(" "), variant.flags()));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(
            features(config.variants()),
            [
                "--no-default-features --features a",
                "--no-default-features --features b,c with -C target-feature=+simd128",
                "--no-default-features --features b,c",
            ]
        );
        assert_eq!(
            features(config.combined_variants()),
            [
                "--no-default-features --features a,b,c",
                "--no-default-features --features b,c with -C target-feature=+simd128",
            ]
        );
        Ok(())
    }

    #[test]
    fn compiler_flags_reach_cargo_whole_and_leave_the_environment_alone_when_there_are_none()
    -> Result<()> {
        let flags = r#"["-C", "link-arg=a b"]"#;
        let text = with_modules(&format!(
            "{}{}",
            module("plain", "[]", "[]"),
            module("flagged", "[]", flags)
        ));
        let config = Config::parse(&text)?;
        let set = |module: &Module, before: &[String]| {
            let mut command = Command::new("cargo");
            module.variant().set_rustflags(&mut command, before);
            let values = command
                .get_envs()
                .filter_map(|(_, value)| value?.to_str().map(str::to_owned));
            values.collect::<Vec<_>>()
        };
        let before = ["--cfg=x".to_owned()];
        assert_eq!(set(&config.modules[0], &[]), [""; 0]);
        assert_eq!(set(&config.modules[0], &before), ["--cfg=x"]);
        assert_eq!(
            set(&config.modules[1], &before),
            ["--cfg=x\u{1f}-C\u{1f}link-arg=a b"]
        );
        Ok(())
    }
}
