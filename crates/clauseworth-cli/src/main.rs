//! The command line (Model 14.3): tables a person likes to read, or JSON in the named shapes.
//!
//! Exit status: 0 when it worked, 1 when the deal is wrong, 2 for wrong arguments.

mod answers;
mod ask;
mod draw;
mod report;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use clauseworth::{Calculator, Error, LIBRARY, Request, Setting, compare};
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
    /// What each clause and bundle is worth to either side: removal and Shapley values.
    Clauses {
        #[command(flatten)]
        deal: DealArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Both sides' NPV and each clause's by the date at which AGI counts for the contract.
    AgiCurve {
        #[command(flatten)]
        deal: DealArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Which value of a quantity brings about an outcome: goal seek, fair terms, break-even.
    Solve {
        #[command(flatten)]
        deal: DealArgs,
        #[command(flatten)]
        question: ask::SolveArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// What each uncertain quantity alone does to a metric, from its P10 to its P90.
    Tornado {
        #[command(flatten)]
        deal: DealArgs,
        /// Metric that is looked at.
        #[arg(long, value_name = "ID", default_value = "backer.npv")]
        metric: String,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The derivative of a metric by every quantity.
    Gradient {
        #[command(flatten)]
        deal: DealArgs,
        /// Metric that is differentiated.
        #[arg(long, value_name = "ID", default_value = "backer.npv")]
        metric: String,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Draw a deal many times: the distribution of every metric and bands of every series.
    Simulate {
        #[command(flatten)]
        deal: DealArgs,
        #[command(flatten)]
        sampling: draw::SimulateArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put the parts of a simulation together that `simulate --shard` wrote.
    Merge {
        /// The parts, in any order.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compare deals in the world of the first, each with the one before it.
    Compare {
        #[command(flatten)]
        deals: ask::CompareArgs,
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

impl DealArgs {
    /// Opens the deal: with its name and what is to be run of it.
    fn open(self) -> Result<(Calculator, String, Request), Failure> {
        let calculator = open(&self.deal)?;
        let request = Request {
            scenario: self.scenario,
            set: self.set,
            without: self.without,
        };
        Ok((calculator, self.deal, request))
    }
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
            let (mut calculator, name, request) = deal.open()?;
            let run = calculator
                .run(&request)
                .map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&run))?;
            } else {
                write!(out, "{}", report::run(calculator.deal(), &request, &run))?;
            }
        }
        Command::Clauses { deal, json } => {
            let (mut calculator, name, request) = deal.open()?;
            let prices = calculator.clauses(&request);
            let prices = prices.map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&prices))?;
            } else {
                let text = answers::clauses(calculator.deal(), &request, &prices);
                write!(out, "{text}")?;
            }
        }
        Command::AgiCurve { deal, json } => {
            let (mut calculator, name, request) = deal.open()?;
            let curve = calculator.agi_curve(&request);
            let curve = curve.map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&curve))?;
            } else {
                let text = answers::agi_curve(calculator.deal(), &request, &curve);
                write!(out, "{text}")?;
            }
        }
        Command::Solve {
            deal,
            question,
            json,
        } => {
            let (mut calculator, name, request) = deal.open()?;
            let failed = |error| Failure::Deal(name.clone(), error);
            match question.question().map_err(Failure::Usage)? {
                ask::Asked::BreakEven(metric) => {
                    let found = calculator.break_even(&request, &metric).map_err(failed)?;
                    if json {
                        writeln!(out, "{}", to_json(&found))?;
                    } else {
                        let text = answers::break_even(calculator.deal(), &request, &found);
                        write!(out, "{text}")?;
                    }
                }
                ask::Asked::Question(question) => {
                    let answer = calculator.solve(&request, &question).map_err(failed)?;
                    if json {
                        writeln!(out, "{}", to_json(&answer))?;
                    } else {
                        let text = answers::answer(calculator.deal(), &request, &answer);
                        write!(out, "{text}")?;
                    }
                }
            }
        }
        Command::Tornado { deal, metric, json } => {
            let (mut calculator, name, request) = deal.open()?;
            let bars = calculator.tornado(&request, &metric);
            let bars = bars.map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&bars))?;
            } else {
                let text = answers::tornado(calculator.deal(), &request, &metric, &bars);
                write!(out, "{text}")?;
            }
        }
        Command::Gradient { deal, metric, json } => {
            let (mut calculator, name, request) = deal.open()?;
            let gradient = calculator.gradient(&request, &metric);
            let gradient = gradient.map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&gradient))?;
            } else {
                let text = answers::gradient(calculator.deal(), &request, &metric, &gradient);
                write!(out, "{text}")?;
            }
        }
        Command::Simulate {
            deal,
            sampling,
            json,
        } => {
            let (mut calculator, name, request) = deal.open()?;
            let failed = |error| Failure::Deal(name.clone(), error);
            let simulator = calculator.simulator(&request, &sampling.sampling());
            let collector = sampling.draw(&simulator.map_err(failed)?).map_err(failed)?;
            if let Some(path) = &sampling.out {
                draw::write_shard(path, &collector)?;
            } else if json {
                writeln!(out, "{}", to_json(&collector.result()))?;
            } else {
                let heading = report::title(calculator.deal(), &request);
                let text = answers::simulated(&heading, &collector.result());
                write!(out, "{text}")?;
            }
        }
        Command::Merge { files, json } => {
            let simulated = draw::merge(&files)?;
            if json {
                writeln!(out, "{}", to_json(&simulated))?;
            } else {
                write!(out, "{}", answers::simulated("", &simulated))?;
            }
        }
        Command::Compare { deals, json } => {
            let (mut deals, world) = deals.open()?;
            let comparison = compare(&mut deals, world);
            let name = "compare".to_owned();
            let comparison = comparison.map_err(|error| Failure::Deal(name, error))?;
            if json {
                writeln!(out, "{}", to_json(&comparison))?;
            } else {
                let text = answers::comparison(deals[0].0.deal(), world, &comparison);
                write!(out, "{text}")?;
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
