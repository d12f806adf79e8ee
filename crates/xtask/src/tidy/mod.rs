//! The rules that no compiler knows: what the architecture says is absent, checked over the files of the repository.
//!
//! A rule reads text, not syntax. It is meant for honest mistakes, not for someone who wants to get around it.

mod code;
mod rules;

use std::fmt;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process::output;
use crate::workspace::Workspace;

/// A text file of the repository.
pub(crate) struct File {
    /// Relative to the root, with `/` between folders.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    /// Counted from one; none when the file as a whole is at fault.
    line: Option<usize>,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

/// Checks every rule on every file, and prints all that breaks one before it fails.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let files = files(workspace)?;
    let findings: Vec<Finding> = rules::RULES.iter().flat_map(|rule| rule(&files)).collect();
    for finding in &findings {
        println!("    {finding}");
    }
    match findings.len() {
        0 => println!(
            "    {} files keep the {} rules",
            files.len(),
            rules::RULES.len()
        ),
        1 => bail!("1 place breaks a rule"),
        places => bail!("{places} places break a rule"),
    }
    Ok(())
}

/// The text files that are in the repository, or would be after the next `git add`.
fn files(workspace: &Workspace) -> Result<Vec<File>> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let list = output(&mut git).context("the rules are checked on the files that git knows")?;
    let mut files = Vec::new();
    for path in list.split_terminator('\0') {
        // A file that was deleted but is still in git's index has nothing to check, nor has one that is not text.
        let Ok(bytes) = fs::read(workspace.root.join(path)) else {
            continue;
        };
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File {
                path: path.to_owned(),
                text,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
