//! What a visitor downloads, compressed, against the budgets.

use std::fs;
use std::io::{self, Write};
use std::iter::Sum;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::config::{Module, PageBudget};
use crate::module::Finished;
use crate::site::{self, Downloads, Manifest};

/// The size of one or more files, as they are and compressed with brotli, each by itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    plain: usize,
    brotli: usize,
}

/// The embeds that are measured: what each is called, and the source of its figure.
const EMBEDS: [(&str, &str); 2] = [
    ("embed of value by clause, all in", "cards/clauses.js"),
    ("embed of flows, all in", "embed/cards/flows.js"),
];

/// The files of the finished page, and what they may be.
pub(crate) struct Page<'a> {
    pub(crate) site: &'a Path,
    pub(crate) manifest: &'a Manifest,
    pub(crate) budget: &'a PageBudget,
}

/// What has a budget: one file or several.
struct Group {
    name: String,
    /// Empty for a file by itself.
    files: Vec<(String, Size)>,
    size: Size,
    /// The most that the files may have together, compressed.
    limit: usize,
}

/// Prints the sizes of the modules and of the page, and fails when one is over its budget.
pub(crate) fn check(modules: &[(&Module, Finished)], page: &Page<'_>) -> Result<()> {
    let mut groups: Vec<Group> = modules
        .iter()
        .map(|(module, finished)| Group {
            name: module.name.clone(),
            files: Vec::new(),
            size: finished.wasm,
            limit: module.wasm_brotli_bytes,
        })
        .collect();
    groups.extend(page.groups()?);
    for line in table(&groups) {
        println!("    {line}");
    }
    let single = page.single_file()?;
    println!("    {}", single.to_row());
    let over = groups.iter().filter_map(Group::excess);
    let over: Vec<String> = over.chain(single.excess()).collect();
    if !over.is_empty() {
        bail!(
            "over the size budgets of wasm-pack.toml: {}",
            over.join("; ")
        );
    }
    Ok(())
}

/// The page that is one file, as it lies on a disk.
struct SingleFile {
    bytes: usize,
    limit: usize,
}

impl SingleFile {
    fn excess(&self) -> Option<String> {
        excess(site::SINGLE_FILE, self.bytes, self.limit)
    }

    /// Its line of the table: it is not compressed on its way to anybody.
    fn to_row(&self) -> String {
        row(site::SINGLE_FILE, &kilo(self.bytes), "", &kilo(self.limit))
    }
}

impl Page<'_> {
    fn single_file(&self) -> Result<SingleFile> {
        let file = self.site.join(site::SINGLE_FILE);
        let about =
            fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(SingleFile {
            bytes: usize::try_from(about.len())?,
            limit: self.budget.single_file_bytes,
        })
    }

    fn groups(&self) -> Result<Vec<Group>> {
        let group = |name: &str, files: Vec<String>, limit| {
            let measured = files.into_iter().map(|file| {
                let size = measure(&self.site.join(&file))?;
                Ok((file, size))
            });
            let files = measured.collect::<Result<Vec<_>>>()?;
            Ok::<_, anyhow::Error>(Group {
                name: name.to_owned(),
                size: files.iter().map(|(_, size)| *size).sum(),
                files,
                limit,
            })
        };
        let Downloads { first_view, later } = site::downloads(self.site, self.manifest)?;
        let mut groups = vec![
            group(
                "first view without wasm",
                first_view,
                self.budget.first_view_brotli_bytes,
            )?,
            group("later without wasm", later, self.budget.later_brotli_bytes)?,
        ];
        for (name, figure) in EMBEDS {
            let files = site::embed(self.site, self.manifest, figure)?;
            groups.push(group(name, files, self.budget.embed_brotli_bytes)?);
        }
        Ok(groups)
    }
}

impl Size {
    /// For a file of this program's own.
    pub(crate) fn to_line(self) -> String {
        format!("{} {}\n", self.plain, self.brotli)
    }

    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let (plain, brotli) = line.trim_end().split_once(' ')?;
        Some(Self {
            plain: plain.parse().ok()?,
            brotli: brotli.parse().ok()?,
        })
    }
}

impl Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), |sum, size| Self {
            plain: sum.plain + size.plain,
            brotli: sum.brotli + size.brotli,
        })
    }
}

impl Group {
    fn excess(&self) -> Option<String> {
        excess(&self.name, self.size.brotli, self.limit)
    }
}

fn excess(name: &str, bytes: usize, limit: usize) -> Option<String> {
    let over = bytes.checked_sub(limit)?;
    (over > 0).then(|| format!("{name} is {over} bytes too large"))
}

fn row(name: &str, plain: &str, brotli: &str, limit: &str) -> String {
    let row = format!("{name:<42}{plain:>10}{brotli:>10}{limit:>10}");
    row.trim_end().to_owned()
}

/// One line for each group and, below it, for each of its files.
fn table(groups: &[Group]) -> Vec<String> {
    let mut lines = vec![row("kB", "plain", "brotli", "at most")];
    for group in groups {
        let Size { plain, brotli } = group.size;
        lines.push(row(
            &group.name,
            &kilo(plain),
            &kilo(brotli),
            &kilo(group.limit),
        ));
        for (file, Size { plain, brotli }) in &group.files {
            lines.push(row(&format!("  {file}"), &kilo(*plain), &kilo(*brotli), ""));
        }
    }
    lines
}

/// Thousands of bytes with one decimal, rounded up, so that what is over the budget never looks as if it were not.
fn kilo(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

pub(crate) fn measure(file: &Path) -> Result<Size> {
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

    fn group(brotli: usize) -> Group {
        Group {
            name: "engine".to_owned(),
            files: Vec::new(),
            size: Size {
                plain: 200_000,
                brotli,
            },
            limit: 90_000,
        }
    }

    #[test]
    fn brotli_compresses_what_repeats_itself() -> Result<()> {
        let size = compressed("clause by clause, ".repeat(1000).as_bytes())?;
        assert!((10..200).contains(&size), "{size}");
        Ok(())
    }

    #[test]
    fn the_budget_is_the_last_size_allowed() {
        assert_eq!(group(89_000).excess(), None);
        assert_eq!(group(90_000).excess(), None);
        assert_eq!(
            group(90_002).excess(),
            Some("engine is 2 bytes too large".to_owned())
        );
    }

    #[test]
    fn the_table_has_each_group_above_its_files() {
        let files = vec![(
            "index.html".to_owned(),
            Size {
                plain: 1_914,
                brotli: 810,
            },
        )];
        let page = Group {
            name: "first view".to_owned(),
            size: files.iter().map(|(_, size)| *size).sum(),
            files,
            limit: 75_000,
        };
        assert_eq!(
            table(&[group(90_001), page]),
            [
                "kB                                             plain    brotli   at most",
                "engine                                         200.0      90.1      90.0",
                "first view                                       2.0       0.9      75.0",
                "  index.html                                     2.0       0.9",
            ]
        );
    }

    #[test]
    fn a_line_keeps_a_size() {
        let Group { size, .. } = group(1);
        assert_eq!(Size::from_line(&size.to_line()), Some(size));
        for broken in ["", "1\n", "1 x\n", "1 2 3\n"] {
            assert_eq!(Size::from_line(broken), None);
        }
    }

    #[test]
    fn each_module_and_each_part_of_the_page_has_its_own_budget() -> Result<()> {
        let site = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        fs::create_dir_all(&site)?;
        fs::write(site.join("index.html"), "page.js")?;
        fs::write(site.join("page.js"), "page")?;
        fs::write(site.join("tab.js"), "a tab that is opened later")?;
        let manifest: Manifest = serde_json::from_str(
            r#"{
                "embed/cards/answer.js": { "file": "page.js" },
                "cards/clauses.js": { "file": "page.js" },
                "embed/cards/flows.js": { "file": "tab.js" }
            }"#,
        )?;
        fs::write(site.join(site::SINGLE_FILE), "all of it")?;
        let verdict = |limit| {
            let modules = ["small", "large"].map(|name| Module {
                name: name.to_owned(),
                features: Vec::new(),
                rustflags: Vec::new(),
                profile: None,
                wasm_brotli_bytes: limit,
            });
            let finished = modules.each_ref().map(|module| {
                let wasm = Size {
                    plain: 200,
                    brotli: 100,
                };
                let folder = site.clone();
                (module, Finished { folder, wasm })
            });
            let page = Page {
                site: &site,
                manifest: &manifest,
                budget: &PageBudget {
                    first_view_brotli_bytes: limit,
                    later_brotli_bytes: limit,
                    embed_brotli_bytes: limit,
                    single_file_bytes: limit,
                },
            };
            check(&finished, &page)
                .map_or_else(|error| error.to_string(), |()| "accepted".to_owned())
        };
        assert_eq!(verdict(100), "accepted");
        let message = verdict(1);
        for name in [
            "small",
            "large",
            "first view without wasm",
            "later without wasm",
            "embed of value by clause, all in",
            "embed of flows, all in",
            site::SINGLE_FILE,
        ] {
            assert!(message.contains(&format!("{name} is ")), "{message}");
        }
        fs::remove_dir_all(&site)?;
        Ok(())
    }
}
