//! The command line (Model 14.3): tables a person likes to read, or JSON in the named shapes.
//!
//! Exit status: 0 when it worked, 1 when the deal is wrong, 2 for wrong arguments.

mod answers;
mod ask;
mod draw;
mod export;
mod pool;
mod report;
mod spread;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use clauseworth::{Calculator, Deal, Error, Fault, FaultKind, LIBRARY, Request, Setting, compare};
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
    /// A metric over two quantities at once, as a table of cells.
    Grid {
        #[command(flatten)]
        deal: DealArgs,
        #[command(flatten)]
        question: ask::GridArgs,
        /// Print the result as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Who pays whom in each calendar year, and who owns the lab.
    Payments {
        #[command(flatten)]
        deal: DealArgs,
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
    /// Which uncertain quantity a metric's spread is due to: Sobol indices, first-order and total.
    #[command(after_help = SOBOL_HELP)]
    Sobol {
        #[command(flatten)]
        deal: DealArgs,
        #[command(flatten)]
        question: draw::SobolArgs,
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
    /// Write a deal into a copy of the page that is one file: it opens there first, with no network and no server.
    Export {
        #[command(flatten)]
        deal: DealArgs,
        #[command(flatten)]
        target: export::ExportArgs,
        /// Print what was written as JSON.
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

/// What the figures of `sobol` are.
const SOBOL_HELP: &str = "\
first is the part of the metric's variance that is due to a quantity alone, total the part that it has a part in, alone or
together with others; ± is the half width of their 95 % intervals. The path of a volatility stands for the random motion
too: its part would be gone if both were known. Points at which a run lacks the metric are left out, up to one in fifty.";

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

/// A deal that is opened, its name, and what is asked about it.
struct Opened {
    calculator: Calculator,
    name: String,
    request: Request,
}

impl Opened {
    fn deal(&self) -> &Deal {
        self.calculator.deal()
    }

    /// Asks the deal something.
    fn ask<T>(
        &mut self,
        question: impl FnOnce(&mut Calculator, &Request) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        question(&mut self.calculator, &self.request)
            .map_err(|error| Failure::Deal(self.name.clone(), error))
    }
}

impl DealArgs {
    /// Opens the deal.
    fn open(self) -> Result<Opened, Failure> {
        Ok(Opened {
            calculator: open(&self.deal)?,
            request: Request {
                scenario: self.scenario,
                set: self.set,
                without: self.without,
            },
            name: self.deal,
        })
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
            let text = format!("{} {message}\n", report::error_mark());
            anstream::eprint!("{}", report::shown(&text));
            ExitCode::from(2)
        }
        Err(Failure::Deal(name, error)) => {
            anstream::eprint!("{}", report::shown(&report::faults(&name, &error)));
            ExitCode::from(1)
        }
        // A reader that has seen enough, as `head` has, is no failure of ours.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            let text = format!("{} {error}\n", report::error_mark());
            anstream::eprint!("{}", report::shown(&text));
            ExitCode::from(2)
        }
    }
}

fn execute(command: Command) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    match command {
        Command::Run { deal, json } => {
            let mut opened = deal.open()?;
            let run = opened.ask(Calculator::run)?;
            show(&mut out, json, &run, || {
                report::run(opened.deal(), &opened.request, &run)
            })?;
        }
        Command::Clauses { deal, json } => {
            let mut opened = deal.open()?;
            let prices = opened.ask(Calculator::clauses)?;
            show(&mut out, json, &prices, || {
                answers::clauses(opened.deal(), &opened.request, &prices)
            })?;
        }
        Command::AgiCurve { deal, json } => {
            let mut opened = deal.open()?;
            let curve = opened.ask(Calculator::agi_curve)?;
            show(&mut out, json, &curve, || {
                answers::agi_curve(opened.deal(), &opened.request, &curve)
            })?;
        }
        Command::Solve {
            deal,
            question,
            json,
        } => {
            let mut opened = deal.open()?;
            match question.question().map_err(Failure::Usage)? {
                ask::Asked::BreakEven(metric) => {
                    let found = opened.ask(|deal, request| deal.break_even(request, &metric))?;
                    show(&mut out, json, &found, || {
                        answers::break_even(opened.deal(), &opened.request, &found)
                    })?;
                }
                ask::Asked::Chance(question, draws, paths) => {
                    let answer = opened
                        .ask(|deal, request| draws.chance(deal, request, &question, paths))?;
                    show(&mut out, json, &answer, || {
                        spread::chance(opened.deal(), &opened.request, &answer)
                    })?;
                }
                ask::Asked::Question(question) => {
                    let answer = opened.ask(|deal, request| deal.solve(request, &question))?;
                    show(&mut out, json, &answer, || {
                        answers::answer(opened.deal(), &opened.request, &answer)
                    })?;
                }
            }
        }
        Command::Grid {
            deal,
            question,
            json,
        } => {
            let mut opened = deal.open()?;
            let question = question.question();
            let grid = opened.ask(|deal, request| deal.grid(request, &question))?;
            show(&mut out, json, &grid, || {
                answers::grid(opened.deal(), &opened.request, &grid)
            })?;
        }
        Command::Payments { deal, json } => {
            let mut opened = deal.open()?;
            let payments = opened.ask(Calculator::payments)?;
            show(&mut out, json, &payments, || {
                answers::payments(opened.deal(), &opened.request, &payments)
            })?;
        }
        Command::Tornado { deal, metric, json } => {
            let mut opened = deal.open()?;
            let bars = opened.ask(|deal, request| deal.tornado(request, &metric))?;
            show(&mut out, json, &bars, || {
                answers::tornado(opened.deal(), &opened.request, &metric, &bars)
            })?;
        }
        Command::Gradient { deal, metric, json } => {
            let mut opened = deal.open()?;
            let gradient = opened.ask(|deal, request| deal.gradient(request, &metric))?;
            show(&mut out, json, &gradient, || {
                answers::gradient(opened.deal(), &opened.request, &metric, &gradient)
            })?;
        }
        Command::Simulate {
            deal,
            sampling,
            json,
        } => {
            let mut opened = deal.open()?;
            let target = sampling.target();
            if let Some(target) = &target {
                target.check()?;
            }
            let collector = opened.ask(|deal, request| {
                let simulator = deal.simulator(request, &sampling.sampling())?;
                sampling.draw(&simulator)
            })?;
            let title = report::title(opened.deal(), &opened.request);
            if let Some(target) = target {
                target.write(title, collector)?;
            } else {
                let simulated = collector.result();
                show(&mut out, json, &simulated, || {
                    answers::simulated(&title, &simulated)
                })?;
            }
        }
        Command::Sobol {
            deal,
            question,
            json,
        } => {
            let mut opened = deal.open()?;
            let indices = opened.ask(|deal, request| {
                let importance = deal.importance(request, &question.question())?;
                question.indices(&importance)
            })?;
            show(&mut out, json, &indices.inputs, || {
                answers::sobol(opened.deal(), &opened.request, &indices)
            })?;
        }
        Command::Merge { files, json } => {
            let (title, simulated) = draw::merge(&files)?;
            show(&mut out, json, &simulated, || {
                answers::simulated(&title, &simulated)
            })?;
        }
        Command::Compare { deals, json } => {
            let (asked, (mut deals, world)) = (&deals, deals.open()?);
            let failed = |error| Failure::Deal("compare".to_owned(), error);
            let comparison = compare(&mut deals, world).map_err(failed)?;
            let spread = match asked.paths {
                Some(paths) => {
                    let drawn = asked.draws.spread(&mut deals, world, paths);
                    Some(drawn.map_err(failed)?)
                }
                None => None,
            };
            let compared = spread::Compared {
                comparison: &comparison,
                spread: spread.as_ref(),
            };
            show(&mut out, json, &compared, || {
                spread::comparison(deals[0].0.deal(), world, &compared)
            })?;
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
                write!(out, "{}", report::shown(&report::deals(&deals)))?;
            }
        }
        Command::Export { deal, target, json } => {
            let mut opened = deal.open()?;
            // What is asked is checked before it is written down.
            opened.ask(Calculator::run)?;
            let written = target.write(&opened)?;
            show(&mut out, json, &written, || written.to_text())?;
        }
        Command::Check { deal, json } => match open(&deal) {
            Ok(calculator) if json => {
                let warnings = &calculator.deal().warnings;
                writeln!(out, "{}", json!({ "errors": [], "warnings": warnings }))?;
            }
            Ok(calculator) => {
                let text = report::sound(&deal, calculator.deal());
                write!(out, "{}", report::shown(&text))?;
            }
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

/// Prints an answer as JSON, or as a person reads it.
fn show(
    out: &mut impl Write,
    json: bool,
    answer: &impl serde::Serialize,
    text: impl FnOnce() -> String,
) -> Result<(), Failure> {
    if json {
        writeln!(out, "{}", to_json(answer))?;
    } else {
        write!(out, "{}", report::shown(&text()))?;
    }
    Ok(())
}

/// Everything that leaves here as JSON is made of maps with text keys and finite numbers, which JSON can hold.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A file as text, or what it is instead.
fn read_text(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let (sound, rest) = bytes.split_at(error.utf8_error().valid_up_to());
        let found = match (bytes, rest) {
            ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _) => "UTF-16".to_owned(),
            (_, [byte, ..]) => format!("the byte 0x{byte:02x}"),
            _ => "something else".to_owned(),
        };
        let line = 1 + sound.iter().filter(|byte| **byte == b'\n').count();
        Fault::new(FaultKind::Type, "", "UTF-8 text", found).at_line(Some(line))
    })
}

/// Opens a deal of the library, or else a file.
fn open(name: &str) -> Result<Calculator, Failure> {
    let path = Path::new(name);
    if LIBRARY.iter().any(|deal| deal.id == name) && !path.exists() {
        return Calculator::library(name).map_err(|error| Failure::Deal(name.to_owned(), error));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let ids = || LIBRARY.iter().map(|deal| deal.id);
        let mut message = format!(
            "{name}: {error}; expected a deal file, or one of the library: {}",
            ids().collect::<Vec<_>>().join(", ")
        );
        if let Some(meant) = clauseworth::unknown_deal(name, ids()).suggestion {
            message += &format!("; did you mean \"{meant}\"?");
        }
        Failure::Usage(message)
    })?;
    let text = read_text(bytes).map_err(|fault| Failure::Deal(name.to_owned(), fault.into()))?;
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
