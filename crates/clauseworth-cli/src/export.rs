//! `clauseworth export`: a deal in a copy of the page that is one file, to be kept, sent and opened with a double click.
//!
//! The page has an empty element for the deal. What is written there is data to a browser and never a script, and no
//! text of a deal can end the element. The page reads it when it opens (`www/own/baked.js`).

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use clauseworth::{LIBRARY, Setting};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Failure, Opened, to_json};

/// What the file is called where nothing else is said.
const PAGE: &str = "clauseworth.html";
/// Where the page takes a deal from. The build writes this text (`www/build/single.js`).
const PLACE: (&str, &str) = (
    r#"<script type="application/json" id="clauseworth-deal">"#,
    "</script>",
);
const TITLE: (&str, &str) = ("<title>", "</title>");
const VERSION: (&str, &str) = (r#"<meta name="generator" content="Clauseworth "#, r#"">"#);

/// Where the page comes from, and where it goes.
#[derive(Args)]
pub(crate) struct ExportArgs {
    /// File that is written.
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
    /// The page that is one file; without it, clauseworth.html beside the program.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Replace the file where it is there already.
    #[arg(long)]
    force: bool,
}

/// What was written.
#[derive(Serialize)]
pub(crate) struct Written {
    file: String,
    title: String,
    bytes: usize,
}

impl Written {
    pub(crate) fn to_text(&self) -> String {
        let Self { file, title, bytes } = self;
        format!("{file}: opens with {title}, {} kB\n", bytes.div_ceil(1000))
    }
}

impl ExportArgs {
    pub(crate) fn write(&self, opened: &Opened) -> Result<Written, Failure> {
        let (page, name) = self.read_page()?;
        let title = &opened.deal().tables.title;
        let page = bake(&page, title, &baked(opened))
            .map_err(|why| Failure::Usage(format!("{name}: {why}")))?;

        write_new(&self.html, self.force, page.as_bytes())?;
        Ok(Written {
            file: self.html.display().to_string(),
            title: title.clone(),
            bytes: page.len(),
        })
    }

    /// The text of the page, and what it is called in a message.
    fn read_page(&self) -> Result<(String, String), Failure> {
        let path = match &self.page {
            Some(path) => path.clone(),
            None => beside_the_program()?,
        };
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| {
            let help = match self.page {
                Some(_) => "",
                None => {
                    "; get the page that is one file from where the program comes from, or build it with `cargo xtask build` \
                     (target/site/clauseworth.html), and name it with --page FILE"
                }
            };
            Failure::Usage(format!("{name}: {error}{help}"))
        })?;
        Ok((text, name))
    }
}

/// Writes a file, and replaces one only where that is wanted.
pub(crate) fn write_new(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    // Asking first whether the file is there would leave a moment in which it could come to be.
    options
        .write(true)
        .create(true)
        .truncate(true)
        .create_new(!force);
    let opened = options.open(path);
    let written = opened.and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| unwritten(path, &error))
}

/// What is said where a file could not be written.
pub(crate) fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    let file = path.display();
    Failure::Usage(match error.kind() {
        ErrorKind::AlreadyExists => format!("{file}: is there already; --force replaces it"),
        _ => format!("{file}: {error}"),
    })
}

fn beside_the_program() -> Result<PathBuf, Failure> {
    let program = std::env::current_exe()?;
    Ok(program.parent().unwrap_or(Path::new("")).join(PAGE))
}

/// What the page is told: the deal, by its id where the page has it, and what is asked of it.
fn baked(opened: &Opened) -> Value {
    let known = LIBRARY.iter().any(|deal| deal.id == opened.name);
    // A file may have the name of a deal of the library; it is opened as a file, and has a path that is there.
    let deal = if known && !Path::new(&opened.name).exists() {
        json!(opened.name)
    } else {
        json!(opened.calculator.tree())
    };
    let request = &opened.request;
    let mut baked = Map::from_iter([("deal".to_owned(), deal)]);
    if let Some(scenario) = &request.scenario {
        baked.insert("scenario".to_owned(), json!(scenario));
    }
    if !request.set.is_empty() {
        let set = request.set.iter().map(|(path, setting)| {
            let value = match setting {
                Setting::Number(number) => json!(number),
                Setting::Text(text) => json!(text),
                Setting::Bool(flag) => json!(flag),
            };
            (path.clone(), value)
        });
        baked.insert("set".to_owned(), Value::Object(set.collect()));
    }
    if !request.without.is_empty() {
        baked.insert("without".to_owned(), json!(request.without));
    }
    Value::Object(baked)
}

/// Writes a deal into the page, in the place of the one that may be there, and its title into the page's.
fn bake(page: &str, title: &str, deal: &Value) -> Result<String, String> {
    let stranger = || "is not the page of Clauseworth that is one file".to_owned();
    let version = between(page, VERSION).ok_or_else(stranger)?;
    let own = env!("CARGO_PKG_VERSION");
    if version != own {
        return Err(format!(
            "is the page of version {version}, and may come to other figures than this program, which is of version {own}"
        ));
    }
    let data = in_script(&to_json(deal));
    let page = replaced(page, PLACE, &data).ok_or_else(stranger)?;
    let title = format!("{} · Clauseworth", in_text(title));
    replaced(&page, TITLE, &title).ok_or_else(stranger)
}

/// The first text between a beginning and the end that follows it.
fn between<'a>(text: &'a str, (start, end): (&str, &str)) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inner, _)| inner)
}

/// The text with something else in the first place between a beginning and the end that follows it.
fn replaced(text: &str, (start, end): (&str, &str), inner: &str) -> Option<String> {
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some([before, start, inner, end, after].concat())
}

/// JSON that can stand in a script element: neither the element's end nor a comment can begin without a `<`, which
/// stands in texts alone.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// A text that is a text in HTML, too.
fn in_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> String {
        let version = env!("CARGO_PKG_VERSION");
        let ((place, end), (meta, closed)) = (PLACE, VERSION);
        format!(
            "<head>{meta}{version}{closed}<title>The page</title></head><body>{place}{end}<script>page</script></body>"
        )
    }

    #[test]
    fn no_text_of_a_deal_ends_its_element() {
        let attack = "</script><script>alert(1)</script><!-- <script> & </title>";
        let deal = json!({ "deal": { "title": attack } });
        let baked = bake(&page(), attack, &deal).unwrap();
        let data = between(&baked, PLACE).unwrap();
        assert!(!data.contains('<'), "{data}");
        let read: Value = serde_json::from_str(data).unwrap();
        assert_eq!(read, deal);
        assert_eq!(baked.matches("<script>").count(), 1);
        assert_eq!(baked.matches("</title>").count(), 1);
        assert!(!baked.contains("<!--"), "{baked}");
    }

    #[test]
    fn a_second_deal_takes_the_place_of_the_first() {
        let once = bake(&page(), "First", &json!({ "deal": "first" })).unwrap();
        let twice = bake(&once, "Second", &json!({ "deal": "second" })).unwrap();
        assert_eq!(between(&twice, PLACE), Some(r#"{"deal":"second"}"#));
        assert_eq!(between(&twice, TITLE), Some("Second · Clauseworth"));
        assert!(twice.ends_with("</script><script>page</script></body>"));
    }

    #[test]
    fn a_page_of_another_version_or_none_of_ours_is_refused() {
        let deal = json!({ "deal": "any" });
        let other = page().replace(env!("CARGO_PKG_VERSION"), "0.0.9");
        let message = bake(&other, "", &deal).unwrap_err();
        assert!(message.contains("version 0.0.9"), "{message}");
        for stranger in ["", "<!doctype html><title>Another page</title>"] {
            let message = bake(stranger, "", &deal).unwrap_err();
            assert!(message.contains("not the page"), "{message}");
        }
    }
}
