//! Running other programs: each call is shown before it runs, and a failure names it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;

/// The Cargo that runs this task, working on the workspace and its own build folder.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target);
    command
}

/// Runs a program with its output shown, and fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("    $ {}", line(command));
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed with {status}", line(command));
    }
    Ok(())
}

/// Runs a program in silence and gives what it wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed with {}\n{}",
            line(command),
            output.status,
            complaint.trim_end()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` did not write UTF-8", line(command)))
}

/// The first of the named programs that is on the path.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let places = names.iter().flat_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    places.into_iter().find(|place| place.is_file())
}

/// The value of `PATH` with a folder put first.
pub(crate) fn path_with(folder: &Path) -> Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder.to_owned()).chain(env::split_paths(&path)))
        .context("the path of the workspace contains a character that `PATH` cannot hold")
}

/// The call as a person would type it in the folder it runs in, with programs named without theirs.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_stem().unwrap_or(program.as_os_str());
    let folder = command.get_current_dir();
    let arguments = command.get_args().map(|argument| {
        let relative = folder.and_then(|folder| Path::new(argument).strip_prefix(folder).ok());
        match relative {
            Some(path) if path.as_os_str().is_empty() => OsStr::new("."),
            Some(path) => path.as_os_str(),
            None => argument,
        }
    });
    let words = std::iter::once(program).chain(arguments);
    words
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn cannot_start(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    match &*program {
        "node" | "npm" | "npm.cmd" => {
            format!("cannot start `{program}`: is Node.js installed and on the path?")
        }
        _ => format!("cannot start `{program}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_shown_without_the_programs_folder() {
        let mut command = Command::new(Path::new("tools").join("bin").join("wasm-bindgen"));
        assert_eq!(
            line(command.args(["--target", "web"])),
            "wasm-bindgen --target web"
        );
    }

    #[test]
    fn paths_are_shown_from_the_folder_of_the_call() {
        let folder = env::temp_dir();
        let mut command = Command::new("node");
        command
            .current_dir(&folder)
            .arg(folder.join("wasm-opt"))
            .arg(&folder);
        assert_eq!(line(&command), "node wasm-opt .");
    }

    #[test]
    fn a_failure_names_the_call() {
        let command = &mut Command::new("a-program-that-does-not-exist");
        let message = run(command).map_or_else(|error| error.to_string(), |()| "it ran".to_owned());
        assert_eq!(message, "cannot start `a-program-that-does-not-exist`");
    }

    #[test]
    fn a_missing_node_is_explained() {
        assert!(cannot_start(&Command::new("npm")).contains("is Node.js installed"));
    }

    #[test]
    fn a_folder_goes_to_the_front_of_the_path() -> Result<()> {
        let path = path_with(Path::new("tools"))?;
        assert_eq!(env::split_paths(&path).next(), Some(PathBuf::from("tools")));
        Ok(())
    }
}
