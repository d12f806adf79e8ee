//! The command line of the task runner.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};

use crate::suite;

/// What the caller asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Serve {
        port: Option<u16>,
    },
    Build {
        address: Option<String>,
    },
    Package,
    /// The named steps of the test suite, or all of them when none is named.
    Test {
        steps: Vec<&'static str>,
    },
    Bench,
    Tidy,
}

/// Reads the arguments that follow `cargo xtask`.
pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Task> {
    let Some(task) = arguments.next() else {
        return Ok(Task::Help);
    };
    let task = match task.as_str() {
        "help" | "-h" | "--help" => Task::Help,
        "serve" => Task::Serve {
            port: port(&mut arguments)?,
        },
        "build" => Task::Build {
            address: address(&mut arguments)?,
        },
        "package" => Task::Package,
        "test" => Task::Test {
            steps: arguments
                .by_ref()
                .map(|name| step(&name))
                .collect::<Result<_>>()?,
        },
        "bench" => Task::Bench,
        "tidy" => Task::Tidy,
        other => bail!("there is no task `{other}`"),
    };
    match arguments.next() {
        None => Ok(task),
        Some(extra) => bail!("unexpected argument `{extra}`"),
    }
}

fn port(arguments: &mut impl Iterator<Item = String>) -> Result<Option<u16>> {
    let Some(value) = option(arguments, "--port", "a number")? else {
        return Ok(None);
    };
    let port = value
        .parse()
        .with_context(|| format!("`{value}` is not a port: expected a number from 0 to 65535"))?;
    Ok(Some(port))
}

fn address(arguments: &mut impl Iterator<Item = String>) -> Result<Option<String>> {
    option(arguments, "--address", "the site's address")
}

/// The value of the only option that a task has, where it is given.
fn option(
    arguments: &mut impl Iterator<Item = String>,
    name: &str,
    wants: &str,
) -> Result<Option<String>> {
    let Some(argument) = arguments.next() else {
        return Ok(None);
    };
    match argument.split_once('=') {
        Some((given, value)) if given == name => Ok(Some(value.to_owned())),
        None if argument == name => {
            let value = arguments.next();
            let value = value.with_context(|| format!("`{name}` wants {wants}"))?;
            Ok(Some(value))
        }
        _ => bail!("unexpected argument `{argument}`"),
    }
}

fn step(name: &str) -> Result<&'static str> {
    let known = suite::STEPS.iter().find(|step| step.name == name);
    known
        .map(|step| step.name)
        .with_context(|| format!("the tests have no step `{name}`"))
}

/// The help text.
pub(crate) fn usage() -> String {
    let mut text = String::from(
        "usage: cargo xtask TASK

tasks:
  serve [--port N]   build the page and serve it on this machine
  build [--address URL]
                     build the page into target/site; with the address at which the site will be found, also what
                     other sites are to find there (oEmbed)
  package            build the page and pack the package for npm into target/npm
  test [STEP]...     run the tests, or the named steps of them
  bench              run the benchmarks
  tidy               check the rules that no compiler knows

steps of the tests:",
    );
    for step in &suite::STEPS {
        let _ = write!(text, "\n  {:<18} {}", step.name, step.title);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    fn refusal(line: &str) -> String {
        parse_line(line).map_or_else(
            |error| error.to_string(),
            |task| format!("accepted as {task:?}"),
        )
    }

    #[test]
    fn tasks_are_read() -> Result<()> {
        assert_eq!(parse_line("")?, Task::Help);
        assert_eq!(parse_line("serve")?, Task::Serve { port: None });
        assert_eq!(
            parse_line("serve --port 8080")?,
            Task::Serve { port: Some(8080) }
        );
        assert_eq!(
            parse_line("serve --port=8080")?,
            Task::Serve { port: Some(8080) }
        );
        assert_eq!(parse_line("build")?, Task::Build { address: None });
        let address = Some("https://example.org/".to_owned());
        for line in [
            "build --address https://example.org/",
            "build --address=https://example.org/",
        ] {
            let address = address.clone();
            assert_eq!(parse_line(line)?, Task::Build { address });
        }
        assert_eq!(parse_line("package")?, Task::Package);
        assert_eq!(parse_line("test")?, Task::Test { steps: vec![] });
        assert_eq!(
            parse_line("test tidy doc")?,
            Task::Test {
                steps: vec!["tidy", "doc"]
            }
        );
        Ok(())
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(refusal("sreve"), "there is no task `sreve`");
        assert_eq!(refusal("serve --port"), "`--port` wants a number");
        assert_eq!(
            refusal("serve --port 80000"),
            "`80000` is not a port: expected a number from 0 to 65535"
        );
        assert_eq!(refusal("serve --prot 80"), "unexpected argument `--prot`");
        assert_eq!(refusal("serve --port 80 90"), "unexpected argument `90`");
        assert_eq!(refusal("build fast"), "unexpected argument `fast`");
        assert_eq!(
            refusal("build --address"),
            "`--address` wants the site's address"
        );
        assert_eq!(refusal("test tidi"), "the tests have no step `tidi`");
    }

    #[test]
    fn the_help_names_every_step() {
        let text = usage();
        for step in &suite::STEPS {
            assert!(
                text.contains(&format!("\n  {:<18} {}", step.name, step.title)),
                "{} is missing",
                step.name
            );
        }
    }
}
