//! The spread of a difference (Model 12.4): deals drawn alike, and each less the one before it path by path.
//!
//! A quantity is drawn in the same dimension of the sequence in every deal that has it, those of the world first, so that
//! what differs between two deals on a path is the deal and not the draw: the difference of two means has a far smaller
//! error than that of independent draws. What is correlated keeps its draws where a deal has set its partner, or lacks a
//! clause with it. Only where two clauses' own quantities are correlated, and a deal has one of the clauses alone, is that
//! one drawn for itself.
//!
//! ```
//! use clauseworth::{Calculator, Request, Sampling, compare_draws};
//! let mut deals = Vec::new();
//! for id in ["microsoft-openai-2023", "microsoft-openai-2025"] {
//!     deals.push((Calculator::library(id)?, Request::default()));
//! }
//! let sampling = Sampling { paths: 1024, ..Sampling::default() };
//! let drawn = compare_draws(&mut deals, Some(0), &sampling)?.run()?;
//! let won = drawn.differences[0].metric("backer.npv").ok_or("both deals have an NPV")?;
//! assert!(won.p10 < won.p50 && won.above_zero + won.below_zero <= 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use clauseworth_kernel::simulate::Workspace;
use clauseworth_kernel::statistics::Statistics;
use serde::{Serialize, Serializer};

use crate::calculator::{Calculator, Request, dimensions};
use crate::compare;
use crate::error::Error;
use crate::simulation::{Batch, Collector, MetricsShape, Sampling, Simulator};

/// Deals ready to be drawn alike.
#[derive(Clone, Debug)]
pub struct ComparedDraws {
    simulators: Vec<Simulator>,
    /// Of each deal and the next, what is subtracted from what.
    pairs: Vec<Vec<Less>>,
    sampling: Sampling,
}

/// A metric of two deals by its places among theirs; one that a deal does not have is that of a clause which it lacks.
#[derive(Clone, Debug)]
struct Less {
    name: String,
    before: Option<usize>,
    after: Option<usize>,
    /// The difference of the base cases.
    base: f64,
}

/// Gets deals ready to be compared over many draws, in the world of one of them, by its place, or each in its own. Bands
/// are not drawn.
///
/// # Errors
/// As [`crate::compare()`], and where the sampling asks for no paths or too many.
pub fn compare_draws(
    deals: &mut [(Calculator, Request)],
    world: Option<usize>,
    sampling: &Sampling,
) -> Result<ComparedDraws, Error> {
    let sampling = Sampling {
        series: Some(Vec::new()),
        ..sampling.clone()
    };
    // Those of the world first, as they are drawn in a simulation of its own deal.
    let mut drawn: Vec<String> = Vec::new();
    let first = world.and_then(|place| deals.get(place));
    for (calculator, _) in first.into_iter().chain(&*deals) {
        for path in calculator.deal().drawn() {
            if !drawn.iter().any(|known| known == path) {
                drawn.push(path.to_owned());
            }
        }
    }
    let dimension = dimensions(drawn.iter().map(String::as_str));
    let simulators = compare::each(deals, world, |model, active, _| {
        Simulator::new(model, active, &sampling, &dimension)
    })?;
    let pairs = simulators.windows(2).map(|pair| less(&pair[0], &pair[1]));
    Ok(ComparedDraws {
        pairs: pairs.collect(),
        simulators,
        sampling,
    })
}

/// Metric by metric, those of the first deal and then those that only the second has.
fn less(before: &Simulator, after: &Simulator) -> Vec<Less> {
    let place = |deal: &Simulator, name: &str| deal.base().position(|(known, _)| known == name);
    let value = |deal: &Simulator, place: Option<usize>| {
        let metric = place.and_then(|place| deal.base().nth(place));
        metric.and_then(|(_, value)| value).unwrap_or(0.0)
    };
    let new = after
        .base()
        .filter(|(name, _)| place(before, name).is_none());
    let names = before.base().chain(new).map(|(name, _)| name);
    let rows = names.map(|name| {
        let places = (place(before, name), place(after, name));
        Less {
            name: name.to_owned(),
            before: places.0,
            after: places.1,
            base: value(after, places.1) - value(before, places.0),
        }
    });
    rows.collect()
}

impl ComparedDraws {
    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> u64 {
        self.simulators.first().map_or(0, Simulator::batches)
    }

    /// Room to compute batches in, one after the other.
    #[must_use]
    pub fn workspace(&self) -> Vec<Workspace> {
        self.simulators.iter().map(Simulator::workspace).collect()
    }

    /// Computes a batch: of each deal and the next, metric by metric, the difference on every path; not a number where the
    /// metric does not exist in either.
    ///
    /// # Errors
    /// As [`Simulator::batch`] for any of the deals.
    pub fn batch(&self, number: u64, room: &mut [Workspace]) -> Result<Batch, Error> {
        let mut drawn = Vec::new();
        for (simulator, room) in self.simulators.iter().zip(room) {
            drawn.push(
                simulator
                    .batch(number, room)
                    .map_err(|error| error.in_deal(simulator.id()))?,
            );
        }
        let paths = drawn.first().map_or(0, |batch| batch.paths);
        let mut metrics = Vec::new();
        for (rows, pair) in self.pairs.iter().zip(drawn.windows(2)) {
            let value = |deal: &Batch, place: Option<usize>, path: usize| match place {
                Some(place) => deal.metrics[place * paths + path],
                None => 0.0,
            };
            for row in rows {
                let difference =
                    |path| value(&pair[1], row.after, path) - value(&pair[0], row.before, path);
                metrics.extend((0..paths).map(difference));
            }
        }
        Ok(Batch {
            number,
            paths,
            metrics,
            series: Vec::new(),
        })
    }

    /// What will take the batches.
    #[must_use]
    pub fn collector(&self) -> SpreadCollector {
        let identities: Vec<&str> = self.simulators.iter().map(Simulator::identity).collect();
        let rows = self.pairs.iter().flatten();
        let rows = rows.map(|row| (row.name.as_str(), row.base));
        SpreadCollector {
            collector: Collector::of(identities.join(" less "), &self.sampling, rows),
            rows: self.pairs.iter().map(Vec::len).collect(),
        }
    }

    /// Computes all batches, one after the other.
    ///
    /// # Errors
    /// As [`ComparedDraws::batch`].
    pub fn run(&self) -> Result<DrawnDifferences, Error> {
        let mut room = self.workspace();
        let mut collector = self.collector();
        for number in 0..self.batches() {
            collector.add(&self.batch(number, &mut room)?);
        }
        Ok(collector.result())
    }
}

/// Takes batches of differences in any order.
#[derive(Clone, Debug)]
pub struct SpreadCollector {
    collector: Collector,
    /// How many metrics each difference has.
    rows: Vec<usize>,
}

impl SpreadCollector {
    /// Takes a batch; one that it has is not counted again.
    pub fn add(&mut self, batch: &Batch) {
        self.collector.add(batch);
    }

    /// How many batches are missing yet.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.collector.missing()
    }

    /// Takes what another collector of the same draws has of other batches.
    ///
    /// # Errors
    /// Where the other is of other draws, or both have a batch.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.collector.merge(&other.collector)
    }

    /// What the batches that it has say together.
    #[must_use]
    pub fn result(&self) -> DrawnDifferences {
        let drawn = self.collector.result();
        let mut metrics = drawn.metrics.into_iter();
        let differences = self
            .rows
            .iter()
            .enumerate()
            .map(|(from, rows)| DrawnDifference {
                from,
                to: from + 1,
                metrics: metrics.by_ref().take(*rows).collect(),
            });
        DrawnDifferences {
            paths: drawn.paths,
            differences: differences.collect(),
        }
    }
}

/// Each deal less the one before it, over many draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawnDifferences {
    /// How many paths were drawn.
    pub paths: u64,
    /// The differences, in the order of the deals.
    pub differences: Vec<DrawnDifference>,
}

/// A deal less the one before it, path by path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawnDifference {
    /// Place of the deal that is subtracted.
    pub from: usize,
    /// Place of the deal that it is subtracted from.
    pub to: usize,
    /// Statistics of every metric's difference, a clause that one of them lacks counting as 0; over the paths on which
    /// both have the metric, and none where there is no such path.
    #[serde(serialize_with = "as_map")]
    pub metrics: Vec<(String, Option<Statistics>)>,
}

impl DrawnDifference {
    /// The statistics of a metric's difference.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<Statistics> {
        let (_, statistics) = self.metrics.iter().find(|(known, _)| known == name)?;
        *statistics
    }
}

fn as_map<S: Serializer>(
    metrics: &[(String, Option<Statistics>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    MetricsShape(metrics, true).serialize(serializer)
}
