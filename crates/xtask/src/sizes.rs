//! What a visitor downloads, compressed, against the budget.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::config::Budget;

/// The size of one or more files, as they are and compressed with brotli, each by itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    plain: usize,
    brotli: usize,
}

/// Prints the sizes of the package and of the page, and fails when one is over its budget.
pub(crate) fn check(wasm: &Path, site: &Path, budget: &Budget) -> Result<()> {
    let page = page_files(site)?
        .iter()
        .try_fold(Size::default(), |sum, file| {
            let size = measure(file)?;
            Ok::<_, anyhow::Error>(Size {
                plain: sum.plain + size.plain,
                brotli: sum.brotli + size.brotli,
            })
        })?;
    let rows = [
        ("wasm", measure(wasm)?, budget.wasm_brotli_bytes),
        ("page without it", page, budget.page_brotli_bytes),
    ];
    for (name, size, limit) in rows {
        println!("    {}", row(name, size, limit));
    }
    let over: Vec<String> = rows
        .into_iter()
        .filter_map(|(name, size, limit)| excess(name, size, limit))
        .collect();
    if !over.is_empty() {
        bail!(
            "over the size budget of wasm-pack.toml: {}",
            over.join("; ")
        );
    }
    Ok(())
}

fn row(name: &str, size: Size, limit: usize) -> String {
    format!(
        "{name:<16}{:>8} kB, {:>6} kB brotli of {} kB",
        kilo(size.plain),
        kilo(size.brotli),
        kilo(limit)
    )
}

fn excess(name: &str, size: Size, limit: usize) -> Option<String> {
    (size.brotli > limit).then(|| format!("{name} is {} bytes too large", size.brotli - limit))
}

/// Thousands of bytes with one decimal, rounded up, so that what is over the budget never looks as if it were not.
fn kilo(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The files of the page that a visitor downloads, apart from the wasm: source maps are for developer tools.
fn page_files(site: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if path.is_dir() {
            files.extend(page_files(&path)?);
        } else if extension != "wasm" && extension != "map" {
            files.push(path);
        }
    }
    Ok(files)
}

fn measure(file: &Path) -> Result<Size> {
    let content = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Size {
        plain: content.len(),
        brotli: compressed(&content)?,
    })
}

/// The length at brotli's highest quality and its usual window, as a web server would keep a static file.
fn compressed(content: &[u8]) -> Result<usize> {
    let mut counter = Counter(0);
    let mut writer = brotli::CompressorWriter::new(&mut counter, 4096, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(counter.0)
}

/// A writer that keeps nothing but the length.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0 += buffer.len();
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_compresses_what_repeats_itself() -> Result<()> {
        let size = compressed("clause by clause, ".repeat(1000).as_bytes())?;
        assert!((10..200).contains(&size), "{size}");
        Ok(())
    }

    #[test]
    fn the_budget_is_the_last_size_allowed() {
        let size = |brotli| Size {
            plain: 200_000,
            brotli,
        };
        assert_eq!(excess("wasm", size(90_000), 90_000), None);
        assert_eq!(
            excess("wasm", size(90_001), 90_000),
            Some("wasm is 1 bytes too large".to_owned())
        );
        assert_eq!(
            row("wasm", size(90_001), 90_000),
            "wasm               200.0 kB,   90.1 kB brotli of 90.0 kB"
        );
    }

    #[test]
    fn a_page_is_counted_without_its_wasm_and_its_source_maps() -> Result<()> {
        let site = std::env::temp_dir().join(format!("xtask-site-{}", std::process::id()));
        fs::create_dir_all(site.join("assets"))?;
        for name in [
            "index.html",
            "assets/page.js",
            "assets/page.js.map",
            "assets/engine.wasm",
        ] {
            fs::write(site.join(name), name)?;
        }
        let mut found = page_files(&site)?;
        found.sort();
        assert_eq!(
            found,
            [site.join("assets/page.js"), site.join("index.html")]
        );

        let wasm = site.join("assets/engine.wasm");
        assert!(
            check(
                &wasm,
                &site,
                &Budget {
                    wasm_brotli_bytes: 100,
                    page_brotli_bytes: 100
                }
            )
            .is_ok()
        );
        let over = check(
            &wasm,
            &site,
            &Budget {
                wasm_brotli_bytes: 100,
                page_brotli_bytes: 1,
            },
        );
        let message = over.map_or_else(|error| error.to_string(), |()| "accepted".to_owned());
        assert!(message.contains("page without it is"), "{message}");
        fs::remove_dir_all(&site)?;
        Ok(())
    }
}
