//! The command line (Model 14.3): tables a person likes to read, or JSON in the named shapes.
//!
//! Exit status: 0 when it worked, 1 when the deal is wrong, 2 for wrong arguments.

mod report;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use clauseworth::{Calculator, Error, LIBRARY, Request, Setting};
use serde_json::json;

/// What each clause of an AI partnership is worth, to each side.
#[derive(Parser)]
#[command(name = "clauseworth", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a deal: metrics, yearly figures and quarterly series.
    Run {
        #[command(flatten)]
        deal: DealArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the deals of the library and their scenarios.
    Deals {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check a deal file and report everything that is wrong with it.
    Check {
        /// Deal file, TOML or JSON, or the id of a library deal.
        #[arg(value_name = "FILE")]
        deal: String,
        /// Print the faults as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of the deal format.
    Schema {
        /// The schema is JSON in any case; accepted so that every command takes it.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct DealArgs {
    /// Deal file, TOML or JSON, or the id of a library deal.
    #[arg(value_name = "DEAL")]
    deal: String,
    /// Run a scenario of the deal.
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// Set a value by its path; may be repeated. VALUE is a number, an ISO date or `never`.
    #[arg(long, value_name = "PATH=VALUE", value_parser = parse_setting, allow_hyphen_values = true)]
    set: Vec<(String, Setting)>,
    /// Leave a clause out; may be repeated.
    #[arg(long, value_name = "CLAUSE")]
    without: Vec<String>,
}

fn parse_setting(text: &str) -> Result<(String, Setting), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() && !value.trim().is_empty() => {
            Ok((path.trim().to_owned(), Setting::parse(value.trim())))
        }
        _ => Err("expected PATH=VALUE, as in agi.year=2028".to_owned()),
    }
}

/// Why a command did not work.
enum Failure {
    /// The arguments name something that is not there.
    Usage(String),
    /// The deal is wrong.
    Deal(String, Error),
    /// The output could not be written.
    Output(std::io::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match execute(cli.command) {
        Ok(code) => code,
        Err(Failure::Usage(message)) => {
            anstream::eprintln!("{} {message}", report::error_mark());
            ExitCode::from(2)
        }
        Err(Failure::Deal(name, error)) => {
            anstream::eprint!("{}", report::faults(&name, &error));
            ExitCode::from(1)
        }
        // A reader that has seen enough, as `head` has, is no failure of ours.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            anstream::eprintln!("{} {error}", report::error_mark());
            ExitCode::from(2)
        }
    }
}

fn execute(command: Command) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    match command {
        Command::Run { deal, json } => {
            let mut calculator = open(&deal.deal)?;
            let request = Request {
                scenario: deal.scenario,
                set: deal.set,
                without: deal.without,
            };
            let run = calculator
                .run(&request)
                .map_err(|error| Failure::Deal(deal.deal.clone(), error))?;
            if json {
                writeln!(out, "{}", to_json(&run))?;
            } else {
                write!(out, "{}", report::run(calculator.deal(), &request, &run))?;
            }
        }
        Command::Deals { json } => {
            let mut deals = Vec::new();
            for entry in &LIBRARY {
                deals.push(open(entry.id)?);
            }
            if json {
                let list: Vec<_> = deals.iter().map(|deal| deal.deal().summary()).collect();
                writeln!(out, "{}", to_json(&list))?;
            } else {
                write!(out, "{}", report::deals(&deals))?;
            }
        }
        Command::Check { deal, json } => match open(&deal) {
            Ok(calculator) if json => {
                let warnings = &calculator.deal().warnings;
                writeln!(out, "{}", json!({ "errors": [], "warnings": warnings }))?;
            }
            Ok(calculator) => write!(out, "{}", report::sound(&deal, calculator.deal()))?,
            Err(Failure::Deal(_, error)) if json => {
                let errors = json!({ "errors": error.faults(), "warnings": [] });
                writeln!(out, "{}", to_json(&errors))?;
                return Ok(ExitCode::from(1));
            }
            Err(failure) => return Err(failure),
        },
        Command::Schema { json: _ } => writeln!(out, "{:#}", clauseworth::schema())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that leaves here as JSON is made of maps with text keys and finite numbers, which JSON can hold.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Opens a deal of the library, or else a file.
fn open(name: &str) -> Result<Calculator, Failure> {
    let path = Path::new(name);
    if LIBRARY.iter().any(|deal| deal.id == name) && !path.exists() {
        return Calculator::library(name).map_err(|error| Failure::Deal(name.to_owned(), error));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        let ids: Vec<&str> = LIBRARY.iter().map(|deal| deal.id).collect();
        let message = format!(
            "{name}: {error}; expected a deal file, or one of the library: {}",
            ids.join(", ")
        );
        Failure::Usage(message)
    })?;
    let json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let opened = if json {
        Calculator::from_json(&text)
    } else {
        Calculator::from_toml(&text)
    };
    opened.map_err(|error| Failure::Deal(name.to_owned(), error))
}
