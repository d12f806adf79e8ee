//! The files of the finished page, by when a visitor downloads them.
//!
//! Vite's manifest says of each script of the page what it imports at once and what later. A worker's script is a
//! bundle of its own, of which the manifest has no more than the file, and so has it nothing on `index.html`. What these
//! load is read off their text: built files are named with a hash, so a name in a text is that file and nothing else.
//!
//! A worker counts as loaded with the script that can start it, whether it does so at once or not. What is to count as
//! loaded later must be behind a dynamic import.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The folder in which Vite leaves its notes.
const NOTES: &str = ".vite";
const PAGE: &str = "index.html";
const EMBED: &str = "embed.html";
/// The deal library, which an embed fetches without its words; the script names both.
const LIBRARY: &str = "assets/library-";
const BARE_LIBRARY: &str = "assets/library-bare-";
/// The module that an embed opens with.
const ENGINE: &str = "assets/clauseworth_wasm_bg-";
/// One document for each figure of each deal and its style, of which whoever reads one loads that one.
const BASE_CASES: [&str; 2] = ["embed/", "assets/base-"];
/// The page once more, as one file. It is kept and sent, and the page does not load it.
pub(crate) const SINGLE_FILE: &str = "clauseworth.html";

/// What Vite's manifest says of the scripts of the page, by their sources.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Manifest(BTreeMap<String, Chunk>);

/// A built file and what it loads at once: other chunks by the names of their sources, the rest by its files.
#[derive(Debug, Deserialize)]
struct Chunk {
    file: String,
    #[serde(default)]
    imports: Vec<String>,
    #[serde(default)]
    css: Vec<String>,
    #[serde(default)]
    assets: Vec<String>,
}

/// The files that a visitor downloads, relative to the site with `/` between folders, apart from the wasm.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Downloads {
    /// What the page and its worker need before they can show anything, the page first.
    pub(crate) first_view: Vec<String>,
    /// The rest.
    pub(crate) later: Vec<String>,
}

impl Manifest {
    /// Reads the manifest out of a site and removes it: it is not a part of the page.
    pub(crate) fn take(site: &Path) -> Result<Self> {
        let notes = site.join(NOTES);
        let file = notes.join("manifest.json");
        let text = fs::read_to_string(&file).with_context(|| {
            format!(
                "cannot read {}, which Vite writes where `build.manifest` is on in www/vite.config.js",
                file.display()
            )
        })?;
        let manifest = serde_json::from_str(&text)
            .with_context(|| format!("{} is not a manifest of Vite's", file.display()))?;
        fs::remove_dir_all(&notes).with_context(|| format!("cannot remove {}", notes.display()))?;
        Ok(manifest)
    }

    /// The files that the chunk in a file loads at once, if it is a chunk.
    fn loaded_by(&self, file: &str) -> Option<Vec<String>> {
        let chunk = self.0.values().find(|chunk| chunk.file == file)?;
        let imported = chunk.imports.iter().filter_map(|source| self.0.get(source));
        let files = imported.map(|chunk| &chunk.file);
        Some(
            files
                .chain(&chunk.css)
                .chain(&chunk.assets)
                .cloned()
                .collect(),
        )
    }
}

/// Sorts the files of a site.
pub(crate) fn downloads(site: &Path, manifest: &Manifest) -> Result<Downloads> {
    let files = files(site)?;
    let first_view = loaded_with(site, manifest, &files, &[PAGE.to_owned()])?;
    let later = files
        .into_iter()
        .filter(|file| !first_view.contains(file))
        .filter(|file| !BASE_CASES.iter().any(|start| file.starts_with(start)))
        .collect();
    Ok(Downloads { first_view, later })
}

/// All that an embed of a figure downloads, its levers, its sentence and the engine included.
pub(crate) fn embed(site: &Path, manifest: &Manifest, figure: &str) -> Result<Vec<String>> {
    let parts = ["embed/cards/answer.js", figure].map(|source| {
        let chunk = manifest.0.get(source);
        chunk
            .map(|chunk| chunk.file.clone())
            .with_context(|| format!("{source} is not a part that is loaded by itself"))
    });
    let mut roots = vec![EMBED.to_owned()];
    for part in parts {
        roots.push(part?);
    }
    let mut loaded = loaded_with(site, manifest, &files(site)?, &roots)?;
    loaded.retain(|file| {
        !file.starts_with(LIBRARY) || file.starts_with(BARE_LIBRARY) || !file.ends_with(".json")
    });
    loaded.extend(
        all_files(site)?
            .into_iter()
            .filter(|file| file.starts_with(ENGINE)),
    );
    Ok(loaded)
}

/// Some files and all that they load at once.
fn loaded_with(
    site: &Path,
    manifest: &Manifest,
    files: &[String],
    roots: &[String],
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting: Vec<String> = roots.iter().rev().cloned().collect();
    while let Some(file) = waiting.pop() {
        if found.contains(&file) || !files.contains(&file) {
            continue;
        }
        let loaded = match manifest.loaded_by(&file) {
            Some(files) => files,
            None => named_in(&text(site, &file)?, files),
        };
        waiting.extend(loaded.into_iter().rev());
        found.push(file);
    }
    Ok(found)
}

/// The files of the site that a visitor downloads, apart from the wasm: source maps are for developer tools.
fn files(site: &Path) -> Result<Vec<String>> {
    let mut files = all_files(site)?;
    files.retain(|file| {
        !file.ends_with(".wasm") && !file.ends_with(".map") && !file.ends_with(SINGLE_FILE)
    });
    Ok(files)
}

/// Every file of the site.
fn all_files(site: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inner = all_files(&entry.path())?;
            files.extend(inner.iter().map(|path| format!("{name}/{path}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// The text of a file; none where it is not text.
fn text(site: &Path, file: &str) -> Result<String> {
    let path = site.join(file);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// The files whose names are in a text elsewhere than in a dynamic import.
fn named_in(text: &str, files: &[String]) -> Vec<String> {
    let named = files.iter().filter(|file| {
        let name = file
            .rsplit_once('/')
            .map_or(file.as_str(), |(_, name)| name);
        text.match_indices(name).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            let whole = !before.ends_with(is_of_a_name) && !after.starts_with(is_of_a_name);
            whole && !is_dynamic_import(before)
        })
    });
    named.cloned().collect()
}

fn is_of_a_name(character: char) -> bool {
    character.is_alphanumeric() || "-_.".contains(character)
}

/// Whether what comes next in a script is the name of a file in `import("./…")`.
fn is_dynamic_import(before: &str) -> bool {
    let quoted = before.strip_suffix("./").unwrap_or(before);
    let call = quoted.strip_suffix(['"', '\'', '`']);
    call.is_some_and(|call| {
        let call = call.trim_end().strip_suffix('(');
        call.is_some_and(|import| import.trim_end().ends_with("import"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site as Vite builds it: a page with a worker, and parts of both that are loaded later.
    const SITE: [(&str, &str); 16] = [
        (
            PAGE,
            r#"<link href="./icon.svg"><script src="./assets/main-1.js"></script>"#,
        ),
        ("icon.svg", "<svg/>"),
        (SINGLE_FILE, "icon.svg"),
        // The preloads that Vite writes for dynamic imports are names as well, and load nothing yet.
        (
            "assets/main-1.js",
            "const later = ['assets/tab-1.js','assets/tab-1.css']",
        ),
        ("assets/main-1.js.map", "{}"),
        ("assets/main-1.css", ""),
        ("assets/shared-1.js", ""),
        ("assets/tab-1.js", ""),
        ("assets/tab-1.css", ""),
        ("assets/base-flows-1.css", ""),
        (
            "assets/worker-1.js",
            "import{a}from\"./part-1.js\";fetch(new URL(`deals-1.json`,import.meta.url));import(`./analysis-1.js`)",
        ),
        (
            "assets/part-1.js",
            "new URL('engine-1.wasm',import.meta.url)",
        ),
        ("assets/deals-1.json", "{}"),
        ("assets/analysis-1.js", "import './own-part-1.js'"),
        ("assets/own-part-1.js", ""),
        ("assets/engine-1.wasm", ""),
    ];

    const MANIFEST: &str = r#"{
        "index.html": {
            "file": "assets/main-1.js", "name": "index", "isEntry": true,
            "imports": ["_shared.js"], "dynamicImports": ["tab.js"],
            "css": ["assets/main-1.css"], "assets": ["assets/worker-1.js"]
        },
        "_shared.js": { "file": "assets/shared-1.js" },
        "tab.js": { "file": "assets/tab-1.js", "isDynamicEntry": true, "css": ["assets/tab-1.css"] }
    }"#;

    fn with_site<T>(name: &str, test: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        let site = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(site.join("assets"))?;
        for (file, text) in SITE {
            fs::write(site.join(file), text)?;
        }
        let result = test(&site);
        fs::remove_dir_all(&site)?;
        result
    }

    #[test]
    fn each_file_but_the_wasm_is_counted_once_and_where_it_is_loaded() -> Result<()> {
        let found = with_site("downloads", |site| {
            downloads(site, &serde_json::from_str(MANIFEST)?)
        })?;
        assert_eq!(
            found.first_view,
            [
                "index.html",
                "assets/main-1.js",
                "assets/shared-1.js",
                "assets/main-1.css",
                "assets/worker-1.js",
                "assets/deals-1.json",
                "assets/part-1.js",
                "icon.svg",
            ]
        );
        assert_eq!(
            found.later,
            [
                "assets/analysis-1.js",
                "assets/own-part-1.js",
                "assets/tab-1.css",
                "assets/tab-1.js",
            ]
        );
        Ok(())
    }

    #[test]
    fn an_embed_is_its_page_one_figure_and_the_engine_with_the_library_that_it_fetches()
    -> Result<()> {
        let found = with_site("embed", |site| {
            for (file, text) in [
                (EMBED, r#"<script src="./assets/embed-1.js"></script>"#),
                ("assets/embed-1.js", ""),
                ("assets/answer-1.js", ""),
                ("assets/flows-1.js", ""),
                (
                    "assets/embed-worker-1.js",
                    "fetch(bare?`library-bare-1.json`:`library-1.json`);new URL(`clauseworth_wasm_bg-1.wasm`)",
                ),
                ("assets/library-1.json", "{}"),
                ("assets/library-bare-1.json", "{}"),
                ("assets/clauseworth_wasm_bg-1.wasm", ""),
            ] {
                fs::write(site.join(file), text)?;
            }
            let manifest = serde_json::from_str(
                r#"{
                    "embed.html": { "file": "assets/embed-1.js", "assets": ["assets/embed-worker-1.js"] },
                    "embed/cards/answer.js": { "file": "assets/answer-1.js" },
                    "embed/cards/flows.js": { "file": "assets/flows-1.js", "imports": ["_shared.js"] },
                    "_shared.js": { "file": "assets/shared-1.js" }
                }"#,
            )?;
            let missing = embed(site, &manifest, "cards/nothing.js");
            assert!(missing.is_err(), "{missing:?}");
            embed(site, &manifest, "embed/cards/flows.js")
        })?;
        assert_eq!(
            found,
            [
                EMBED,
                "assets/embed-1.js",
                "assets/embed-worker-1.js",
                "assets/library-bare-1.json",
                "assets/answer-1.js",
                "assets/flows-1.js",
                "assets/shared-1.js",
                "assets/clauseworth_wasm_bg-1.wasm",
            ]
        );
        Ok(())
    }

    #[test]
    fn the_manifest_is_read_and_does_not_stay_in_the_site() -> Result<()> {
        with_site("manifest", |site| {
            let missing = Manifest::take(site)
                .map_or_else(|error| error.to_string(), |_| "accepted".to_owned());
            assert!(missing.contains("`build.manifest` is on"), "{missing}");

            let notes = site.join(NOTES);
            fs::create_dir_all(&notes)?;
            fs::write(notes.join("manifest.json"), MANIFEST)?;
            let manifest = Manifest::take(site)?;
            assert_eq!(
                manifest.loaded_by("assets/tab-1.js"),
                Some(vec!["assets/tab-1.css".to_owned()])
            );
            assert_eq!(manifest.loaded_by("assets/worker-1.js"), None);
            assert!(!notes.exists());
            Ok(())
        })
    }

    #[test]
    fn a_name_counts_when_it_is_whole_and_not_in_a_dynamic_import() {
        let files = ["a/part-1.js".to_owned()];
        for text in [
            "from\"./part-1.js\"",
            "import'./part-1.js'",
            "new URL(`part-1.js`)",
            "import(`./part-1.js`);import`./part-1.js`",
        ] {
            assert_eq!(named_in(text, &files), files, "{text}");
        }
        for text in [
            "import(`./part-1.js`)",
            "import( \"part-1.js\")",
            "new URL(`counterpart-1.js`)",
            "//# sourceMappingURL=part-1.js.map",
        ] {
            assert_eq!(named_in(text, &files), [""; 0], "{text}");
        }
    }
}
