//! The arguments of questions: what is varied and what is wanted of it, and which deals are compared.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::Args;
use clauseworth::{
    Calculator, ChanceQuestion, Day, Goal, GridAxis, GridQuestion, LIBRARY, Question, Request,
    Setting,
};

use crate::draw::DrawArgs;
use crate::{Failure, open, parse_setting};

/// What is wanted of a quantity.
#[derive(Args)]
pub(crate) struct SolveArgs {
    /// Path of the quantity that is varied.
    #[arg(long, value_name = "PATH", required_unless_present = "break_even")]
    vary: Option<String>,
    /// Metric that is to take the target; with --break-even the NPV that is to be 0.
    #[arg(
        long,
        value_name = "ID",
        default_value = "backer.npv",
        conflicts_with = "fair"
    )]
    metric: String,
    /// Value that the metric is to take, in its unit; a date for one that is a date.
    #[arg(long, value_name = "X", value_parser = parse_target, allow_hyphen_values = true,
          required_unless_present_any = ["fair", "break_even", "above"],
          conflicts_with_all = ["paths", "seed", "threads", "chance"])]
    target: Option<f64>,
    /// Lower end of the interval that is searched.
    #[arg(long, value_name = "A", value_parser = parse_end, allow_hyphen_values = true)]
    low: Option<Setting>,
    /// Upper end of the interval that is searched.
    #[arg(long, value_name = "B", value_parser = parse_end, allow_hyphen_values = true)]
    high: Option<Setting>,
    /// Fair terms: the backer is to get this part of the surplus that both sides gain by the deal.
    #[arg(long, value_name = "SHARE", num_args = 0..=1, default_missing_value = "0.5", allow_negative_numbers = true,
          conflicts_with_all = ["target", "break_even", "paths", "seed", "threads", "chance"])]
    fair: Option<f64>,
    /// Where the metric is 0, for every uncertain quantity.
    #[arg(long, conflicts_with_all = ["vary", "target", "low", "high", "paths", "seed", "threads", "chance"])]
    break_even: bool,
    /// Value that the metric is to be above with the chance that --chance states, in its unit.
    #[arg(long, value_name = "X", value_parser = parse_target, allow_hyphen_values = true, requires = "chance",
          conflicts_with_all = ["target", "fair", "break_even"])]
    above: Option<f64>,
    /// Probability with which the metric is to be above that value.
    #[arg(
        long,
        value_name = "P",
        allow_negative_numbers = true,
        requires = "above",
        group = "drawn"
    )]
    chance: Option<f64>,
    /// How many paths tell the chance; 4,096 unless given.
    #[arg(long, value_name = "N", value_parser = whole(1..=clauseworth::MOST_PATHS), allow_negative_numbers = true,
          requires = "chance")]
    paths: Option<u64>,
    #[command(flatten)]
    draws: DrawArgs,
}

/// A question as the core takes it.
pub(crate) enum Asked {
    /// About one quantity.
    Question(Question),
    /// About one quantity and a chance, with how it is drawn, by so many paths.
    Chance(ChanceQuestion, DrawArgs, u64),
    /// About every uncertain quantity: where this metric is 0.
    BreakEven(String),
}

impl SolveArgs {
    pub(crate) fn question(self) -> Result<Asked, String> {
        if self.break_even {
            return Ok(Asked::BreakEven(self.metric));
        }
        if let (Some(above), Some(chance)) = (self.above, self.chance) {
            let question = ChanceQuestion {
                vary: self.vary.ok_or("expected --vary PATH")?,
                metric: self.metric,
                above,
                chance,
                low: self.low,
                high: self.high,
            };
            let paths = self.paths.unwrap_or(ChanceQuestion::PATHS);
            return Ok(Asked::Chance(question, self.draws, paths));
        }
        let goal = match (self.target, self.fair) {
            (_, Some(share)) => Goal::Share(share),
            (Some(target), None) => Goal::Metric {
                metric: self.metric,
                target,
            },
            (None, None) => return Err("expected --target X or --fair".to_owned()),
        };
        let vary = self.vary.ok_or("expected --vary PATH")?;
        Ok(Asked::Question(Question {
            vary,
            goal,
            low: self.low,
            high: self.high,
        }))
    }
}

fn parse_target(text: &str) -> Result<f64, String> {
    if let Some(day) = Day::from_iso(text) {
        return Ok(day.year());
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| "expected a number, or an ISO date for a metric that is a date".to_owned())
}

/// Reads a whole number of a range, which is named where it is none.
pub(crate) fn whole<T>(range: RangeInclusive<T>) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: FromStr + Display + PartialOrd + Clone,
{
    move |text| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        let (low, high) = (range.start(), range.end());
        number.ok_or_else(|| format!("expected a whole number from {low} to {high}"))
    }
}

fn parse_end(text: &str) -> Result<Setting, String> {
    Ok(Setting::parse(text.trim()))
}

/// Over which two quantities a metric is looked at.
#[derive(Args)]
pub(crate) struct GridArgs {
    /// Path of the quantity along the rows.
    #[arg(long, value_name = "PATH")]
    x: String,
    /// Path of the quantity along the columns.
    #[arg(long, value_name = "PATH")]
    y: String,
    /// Metric that is looked at.
    #[arg(long, value_name = "ID", default_value = "backer.npv")]
    metric: String,
    /// Least value of the quantity along the rows.
    #[arg(long, value_name = "A", value_parser = parse_end, allow_hyphen_values = true)]
    x_low: Option<Setting>,
    /// Greatest value of the quantity along the rows.
    #[arg(long, value_name = "B", value_parser = parse_end, allow_hyphen_values = true)]
    x_high: Option<Setting>,
    /// How many values of it there are.
    #[arg(long, value_name = "N", default_value_t = 9)]
    x_steps: usize,
    /// Least value of the quantity along the columns.
    #[arg(long, value_name = "A", value_parser = parse_end, allow_hyphen_values = true)]
    y_low: Option<Setting>,
    /// Greatest value of the quantity along the columns.
    #[arg(long, value_name = "B", value_parser = parse_end, allow_hyphen_values = true)]
    y_high: Option<Setting>,
    /// How many values of it there are.
    #[arg(long, value_name = "N", default_value_t = 9)]
    y_steps: usize,
}

impl GridArgs {
    pub(crate) fn question(self) -> GridQuestion {
        GridQuestion {
            metric: self.metric,
            x: GridAxis {
                path: self.x,
                low: self.x_low,
                high: self.x_high,
                steps: Some(self.x_steps),
            },
            y: GridAxis {
                path: self.y,
                low: self.y_low,
                high: self.y_high,
                steps: Some(self.y_steps),
            },
        }
    }
}

/// Deals to be compared.
#[derive(Args)]
pub(crate) struct CompareArgs {
    /// Two deals or more, each a file or the id of a library deal; DEAL@SCENARIO is one in a scenario.
    #[arg(value_name = "DEAL", num_args = 2.., required = true)]
    deals: Vec<String>,
    /// Scenario of the first deal, whose world the others are put into.
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// Set a value by its path, of the world or of a clause in every deal that has it; may be repeated.
    #[arg(long, value_name = "PATH=VALUE", value_parser = parse_setting, allow_hyphen_values = true)]
    set: Vec<(String, Setting)>,
    /// Leave a clause out of every deal that has it; may be repeated.
    #[arg(long, value_name = "CLAUSE")]
    without: Vec<String>,
    /// Leave every deal in its own world. So it is anyway where all are one deal in several scenarios.
    #[arg(long)]
    own_world: bool,
    /// Draw the deals alike, on so many paths, and tell the spread of every metric's difference.
    #[arg(long, value_name = "N", value_parser = whole(1..=clauseworth::MOST_PATHS), allow_negative_numbers = true,
          group = "drawn")]
    pub(crate) paths: Option<u64>,
    #[command(flatten)]
    pub(crate) draws: DrawArgs,
}

/// The deals with what is changed in them, and the place of the one whose world they share.
type Opened = (Vec<(Calculator, Request)>, Option<usize>);

impl CompareArgs {
    pub(crate) fn open(&self) -> Result<Opened, Failure> {
        let named: Vec<(&str, Option<&str>)> = self.deals.iter().map(|deal| split(deal)).collect();
        let one = named.iter().all(|(name, _)| *name == named[0].0);
        let world = (!self.own_world && !one).then_some(0);
        if let ((name, Some(own)), Some(other)) = (named[0], &self.scenario) {
            let message = format!(
                "{name}@{own} is in a scenario already; --scenario {other} is one of the first deal, too"
            );
            return Err(Failure::Usage(message));
        }
        let mut deals = Vec::new();
        for (place, (name, scenario)) in named.iter().enumerate() {
            let first = if place == 0 {
                self.scenario.as_deref()
            } else {
                None
            };
            let request = Request {
                scenario: first.or(*scenario).map(str::to_owned),
                ..Request::default()
            };
            deals.push((open(name)?, request));
        }
        // What only some of the deals have is theirs; what none has is the first one's to refuse.
        for (path, value) in &self.set {
            let of_world = !path.starts_with("clauses.");
            apply(
                &mut deals,
                |place, deal| (!of_world || place == 0 || world.is_none()) && deal.has(path),
                |request| request.set.push((path.clone(), value.clone())),
            );
        }
        for clause in &self.without {
            apply(
                &mut deals,
                |_, deal| {
                    deal.deal()
                        .clauses()
                        .iter()
                        .any(|known| known.id == *clause)
                },
                |request| request.without.push(clause.clone()),
            );
        }
        Ok((deals, world))
    }
}

/// Changes the requests of the deals that it is for, or of the first if it is for none.
fn apply(
    deals: &mut [(Calculator, Request)],
    wanted: impl Fn(usize, &Calculator) -> bool,
    change: impl Fn(&mut Request),
) {
    let mut places: Vec<usize> = (0..deals.len())
        .filter(|at| wanted(*at, &deals[*at].0))
        .collect();
    if places.is_empty() {
        places.push(0);
    }
    for place in places {
        change(&mut deals[place].1);
    }
}

/// A deal's name and its scenario. A file whose own name has the mark is meant whole.
fn split(deal: &str) -> (&str, Option<&str>) {
    let whole = LIBRARY.iter().any(|known| known.id == deal) || std::path::Path::new(deal).exists();
    match deal.rsplit_once('@') {
        Some((name, scenario)) if !whole => (name, Some(scenario)),
        _ => (deal, None),
    }
}
