//! Agreements compared on the same assumptions (Model 12.4): what changes for either side, metric by metric and clause
//! by clause.
//!
//! The clauses are the deal and all the rest is the world, so a deal is put into the world of another by giving that one
//! its clauses. Each deal is compared with the one before it, as agreements follow one another.
//!
//! ```
//! use clauseworth::{Calculator, Request, compare};
//! let mut deals = Vec::new();
//! for id in ["microsoft-openai-2023", "microsoft-openai-2025"] {
//!     deals.push((Calculator::library(id)?, Request::default()));
//! }
//! let comparison = compare(&mut deals, Some(0))?;
//! let backer = comparison.differences[0].metric("backer.npv");
//! assert!(backer.is_some_and(|won| won > 0.0));
//! # Ok::<(), clauseworth::Error>(())
//! ```

use std::sync::Arc;

use clauseworth_kernel::plan::ClauseSet;
use serde::{Serialize, Serializer};

use crate::calculator::{Calculator, Request};
use crate::error::{Error, Fault, FaultKind};
use crate::model::Model;
use crate::pricing::{self, ClausePrices, Price, SidePrices, Sides, Unit};

/// One of the deals compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Id of the deal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The scenario that it is in.
    pub scenario: Option<String>,
    /// Every metric by its name.
    #[serde(serialize_with = "as_map")]
    pub metrics: Vec<(String, Option<f64>)>,
    /// What its clauses are worth.
    pub clauses: ClausePrices,
    /// What the reader should know though it is no error.
    pub warnings: Vec<String>,
}

/// A deal less the one before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Place of the deal that is subtracted.
    pub from: usize,
    /// Place of the deal that it is subtracted from.
    pub to: usize,
    /// Metric by metric, a clause that one of them lacks counting as 0; none where one of them has no value.
    #[serde(serialize_with = "as_map")]
    pub metrics: Vec<(String, Option<f64>)>,
    /// Clause by clause, likewise.
    #[serde(serialize_with = "by_side")]
    pub clauses: Vec<Unit>,
}

/// Deals side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The deals in the order in which they were given.
    pub deals: Vec<Compared>,
    /// Each less the one before it.
    pub differences: Vec<Difference>,
}

impl Difference {
    /// The difference of a metric.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<f64> {
        find(&self.metrics, name)?
    }
}

fn as_map<S: Serializer>(
    metrics: &[(String, Option<f64>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(metrics.iter().map(|(name, value)| (name, value)))
}

fn by_side<S: Serializer>(units: &[Unit], serializer: S) -> Result<S::Ok, S::Error> {
    let sides = Sides {
        backer: SidePrices(units, |price| price.backer),
        lab: SidePrices(units, |price| price.lab),
    };
    sides.serialize(serializer)
}

fn find(metrics: &[(String, Option<f64>)], name: &str) -> Option<Option<f64>> {
    let (_, value) = metrics.iter().find(|(known, _)| known == name)?;
    Some(*value)
}

/// Compares deals, each with what is changed in it. With a `world`, the place of one of them, all share that one's world
/// as its request has it, and a request of another may set its clauses only; without, each is in its own.
///
/// # Errors
/// As [`Calculator::run`] for any of them, with the deal's id before the path; where a deal does not fit into the world;
/// where a request sets what is not its to set.
pub fn compare(
    deals: &mut [(Calculator, Request)],
    world: Option<usize>,
) -> Result<Comparison, Error> {
    let compared = each(deals, world, look)?;
    let pairs = compared.windows(2).enumerate();
    let differences = pairs.map(|(from, pair)| difference(from, &pair[0], &pair[1]));
    Ok(Comparison {
        differences: differences.collect(),
        deals: compared,
    })
}

/// Looks at each deal as it is compared: with what is changed in it, in its own world or in that of one of them.
pub(crate) fn each<T>(
    deals: &mut [(Calculator, Request)],
    world: Option<usize>,
    mut look: impl FnMut(&mut Model, ClauseSet, &Request) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    if deals.is_empty() {
        return Err(Fault::new(FaultKind::Missing, "deals", "at least one deal", "none").into());
    }
    let shared = match world {
        Some(place) if place < deals.len() => {
            let (calculator, request) = &deals[place];
            let document = calculator.document_of(request);
            Some((place, document.map_err(|error| of_deal(error, calculator))?))
        }
        Some(place) => {
            let expected = format!("the place of one of {} deals, from 0", deals.len());
            let found = place.to_string();
            return Err(Fault::new(FaultKind::Range, "world", expected, found).into());
        }
        None => None,
    };
    let mut looked = Vec::new();
    for (place, (calculator, request)) in deals.iter_mut().enumerate() {
        let result = match &shared {
            Some((world, document)) if *world != place => {
                let foreign = request
                    .set
                    .iter()
                    .filter(|(path, _)| !path.starts_with("clauses."));
                let faults = foreign.map(|(path, _)| {
                    let expected = "the path of a clause, since the world is another deal's";
                    Fault::new(FaultKind::Conflict, path, expected, "one of the world")
                });
                Error::check(faults.collect())
                    .and_then(|()| calculator.document_of(request))
                    .and_then(|terms| document.with_terms_of(&terms).deal())
                    .and_then(|deal| Model::new(Arc::new(deal)))
                    .and_then(|mut model| {
                        let active = model.without(&request.without)?;
                        model.set(std::iter::empty())?;
                        look(&mut model, active, request)
                    })
            }
            _ => calculator
                .ready(request)
                .and_then(|(model, active)| look(model, active, request)),
        };
        looked.push(result.map_err(|error| of_deal(error, calculator))?);
    }
    Ok(looked)
}

fn of_deal(error: Error, calculator: &Calculator) -> Error {
    error.in_deal(&calculator.deal().tables.id.0)
}

fn look(model: &mut Model, active: ClauseSet, request: &Request) -> Result<Compared, Error> {
    let metrics = model.named_metrics(active)?;
    let clauses = pricing::price(model, active)?;
    let deal = model.deal();
    Ok(Compared {
        id: deal.tables.id.0.clone(),
        title: deal.tables.title.clone(),
        scenario: request.scenario.clone(),
        metrics,
        clauses,
        warnings: deal.warnings.clone(),
    })
}

fn difference(from: usize, before: &Compared, after: &Compared) -> Difference {
    let mut names: Vec<&String> = before.metrics.iter().map(|(name, _)| name).collect();
    for (name, _) in &after.metrics {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // A metric that a deal does not have at all is that of a clause which it does not have.
    let value = |deal: &Compared, name: &str| find(&deal.metrics, name).unwrap_or(Some(0.0));
    let metrics = names.into_iter().map(|name| {
        let both = value(after, name).zip(value(before, name));
        (name.clone(), both.map(|(after, before)| after - before))
    });
    let metrics = metrics.collect();

    let mut clauses: Vec<Unit> = before.clauses.units.clone();
    for unit in &after.clauses.units {
        if !clauses.iter().any(|known| known.id == unit.id) {
            clauses.push(unit.clone());
        }
    }
    for unit in &mut clauses {
        let less = |side: fn(Sides<Price>) -> Price| {
            let of = |deal: &Compared| match deal.clauses.price(&unit.id) {
                Some(price) => side(price),
                None => Price {
                    removal: 0.0,
                    shapley: Some(0.0),
                },
            };
            let (after, before) = (of(after), of(before));
            Price {
                removal: after.removal - before.removal,
                shapley: after.shapley.zip(before.shapley).map(|(a, b)| a - b),
            }
        };
        unit.price = Sides {
            backer: less(|price| price.backer),
            lab: less(|price| price.lab),
        };
    }
    Difference {
        from,
        to: from + 1,
        metrics,
        clauses,
    }
}
