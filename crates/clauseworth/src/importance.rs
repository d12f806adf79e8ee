//! Which uncertain quantity a metric's spread is due to (Model 11.2): its Sobol indices.
//!
//! What is estimated, and how, is in the kernel's `indices`; here it is asked of a deal. An [`Importance`] computes batches,
//! each a pure function of the deal, the seed and the batch's number; an [`ImportanceCollector`] takes them in any order
//! and gives the same bits for the same batches.
//!
//! **Inputs** are all uncertain quantities, and what moves demand and the backer's own shares: each Brownian motion is one
//! input as a whole. It is listed under the path of its volatility, `demand.volatility` say, together with the volatility
//! itself where that is uncertain: that index is the part of the variance that would be gone if both were known. So all
//! that is drawn is shared out.
//!
//! **Correlated quantities are refused.** The variance is a sum over inputs and groups of them only where they are
//! independent; exchanging one of two that go together makes points that the deal never draws. With `independent` the
//! correlations are left out, and the answer is about that other deal.
//!
//! **A metric that does not exist on some paths.** A point has k + 2 runs, and where one of them has no value the point is
//! left out of all sums. What is left is drawn from the points at which the metric exists, whose inputs are not independent
//! any more, so the indices are off by about the part that is missing. Up to one point in fifty that is borne, and
//! [`SobolIndices::left_out`] says how many; beyond that the question is refused.
//!
//! ```
//! use clauseworth::{Calculator, ImportanceQuestion, Request};
//! let mut deal = Calculator::library("microsoft-openai-2025")?;
//! let mut question = ImportanceQuestion::of("backer.npv");
//! // Growth of different products goes together.
//! assert!(deal.importance(&Request::default(), &question).is_err());
//! (question.independent, question.paths) = (true, 64);
//! let indices = deal.importance(&Request::default(), &question)?.run()?;
//! assert!(indices.inputs[0].total > indices.inputs[1].total);
//! # Ok::<(), clauseworth::Error>(())
//! ```

use std::sync::Arc;

use clauseworth_kernel::indices::Collected;
use clauseworth_kernel::lanes::LaneMask;
use clauseworth_kernel::plan::{ClauseSet, Slot};
use clauseworth_kernel::real::Real as _;
use clauseworth_kernel::sample::copula::Copula;
use clauseworth_kernel::simulate::design::{self, Design, Room};
use clauseworth_kernel::simulate::{Drawn, REPLICATES, Sampler, Simulation};
use serde::Serialize;

use crate::deal::Deal;
use crate::error::{Error, Fault, FaultKind};
use crate::model::{Model, beyond};
use crate::simulation::{sound, uncertain};

/// Fewest points: two of each scramble.
pub const LEAST_POINTS: u64 = 2 * REPLICATES as u64;

/// Most points: of a hundred inputs 10^8 runs, and 40 MB of sums until all batches are there.
pub const MOST_POINTS: u64 = 1 << 20;

/// One point in so many may lack the metric.
const LEFT_OUT: u64 = 50;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportanceQuestion {
    /// Name of the metric whose spread is shared out.
    pub metric: String,
    /// Points N; of k inputs they take N (k + 2) runs.
    pub paths: u64,
    /// Another seed draws other points.
    pub seed: u64,
    /// Whether correlations are left out.
    pub independent: bool,
}

impl ImportanceQuestion {
    /// About a metric: 1,024 points.
    #[must_use]
    pub fn of(metric: impl Into<String>) -> Self {
        Self {
            metric: metric.into(),
            paths: 1024,
            seed: 1,
            independent: false,
        }
    }
}

/// A deal ready for the indices of a metric.
#[derive(Clone, Debug)]
pub struct Importance {
    deal: Arc<Deal>,
    design: Design,
    /// The metric's place among those of a run.
    metric: usize,
    question: ImportanceQuestion,
}

/// The values of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportanceBatch {
    /// Its number.
    pub number: u64,
    /// Run by run, a value a point: A, B, and A with each input of B in turn; not a number where it does not exist.
    pub values: Vec<f64>,
}

impl Importance {
    pub(crate) fn new(
        model: &mut Model,
        active: ClauseSet,
        question: &ImportanceQuestion,
        dimension: &dyn Fn(&str) -> Option<u32>,
    ) -> Result<Self, Error> {
        let metric = model.metric_place(&question.metric, active)?;
        if !(LEAST_POINTS..=MOST_POINTS).contains(&question.paths) {
            let expected = format!("a number of points from {LEAST_POINTS} to {MOST_POINTS}");
            let found = question.paths.to_string();
            return Err(Fault::new(FaultKind::Range, "paths", expected, found).into());
        }
        // The run itself says what is wrong with the deal, if something is.
        model.metrics(active)?;
        let slots = model.uncertain();
        let mut uncertain = uncertain(model, &slots, dimension);
        // What is not drawn stands there for its correlations only, of which there are none here.
        uncertain.retain(|quantity| quantity.draw.is_some());
        if !question.independent {
            let drawn = |path: &str| {
                let quantity = model.deal().quantity(path);
                quantity.is_some_and(|(slot, _)| slots.contains(&slot))
            };
            Error::check(correlated(model.deal(), drawn))?;
        }
        let simulation = Simulation::new(
            model.plan(),
            model.inputs(),
            active,
            uncertain,
            Copula::default(),
            Sampler::Sobol,
            question.seed,
        );
        Ok(Self {
            deal: model.shared_deal(),
            design: Design::new(simulation, question.seed),
            metric,
            question: question.clone(),
        })
    }

    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> u64 {
        design::batches(self.question.paths)
    }

    /// Room to compute batches in, one after the other.
    #[must_use]
    pub fn room(&self) -> Room {
        self.design.room()
    }

    /// Computes a batch: all runs of at most 64 points.
    ///
    /// # Errors
    /// Where a point has values that are not allowed together, or the model has no answer for it.
    pub fn batch(&self, number: u64, room: &mut Room) -> Result<ImportanceBatch, Error> {
        let points = design::points_of(number, self.question.paths);
        let runs = self.design.inputs().len() + 2;
        let mut values = vec![0.0; runs * points];
        let mut fault = None;
        self.design.batch(number, points, room, &mut |run, drawn| {
            if fault.is_none() {
                let row = &mut values[run * points..(run + 1) * points];
                fault = self.take(number, drawn, row).err();
            }
        });
        fault.map_or(Ok(ImportanceBatch { number, values }), Err)
    }

    /// Files the metric of some points.
    fn take(&self, batch: u64, drawn: &Drawn<'_>, row: &mut [f64]) -> Result<(), Error> {
        sound(&self.deal, drawn, |place| design::point(batch, place))?;
        let measure = &drawn.valuation.metrics[self.metric];
        let row = &mut row[drawn.first..drawn.first + drawn.count];
        for (lane, out) in row.iter_mut().enumerate() {
            *out = f64::NAN;
            if LaneMask::lane(measure.exists, lane) {
                *out = measure.value.lane(lane);
                if !out.is_finite() {
                    return Err(beyond());
                }
            }
        }
        Ok(())
    }

    /// What will take the batches.
    #[must_use]
    pub fn collector(&self) -> ImportanceCollector {
        let path = |slot: Slot| {
            let quantity = &self.deal.quantities[slot.index()];
            quantity.path.clone()
        };
        let inputs: Vec<String> = self.design.inputs().map(path).collect();
        ImportanceCollector {
            collected: Collected::new(inputs.len(), self.batches()),
            inputs,
            metric: self.question.metric.clone(),
            paths: self.question.paths,
        }
    }

    /// Computes all batches, one after the other.
    ///
    /// # Errors
    /// As [`Importance::batch`] and [`ImportanceCollector::result`].
    pub fn run(&self) -> Result<SobolIndices, Error> {
        let mut room = self.room();
        let mut collector = self.collector();
        for number in 0..self.batches() {
            collector.add(&self.batch(number, &mut room)?);
            collector.check()?;
        }
        collector.result()
    }
}

/// What is wrong with correlations between quantities that are drawn.
fn correlated(deal: &Deal, drawn: impl Fn(&str) -> bool) -> Vec<Fault> {
    let correlations = deal.tables.correlations.iter().enumerate();
    correlations
        .filter(|(_, correlation)| {
            let between = &correlation.between.0;
            correlation.rho.0 != 0.0 && between.iter().all(|path| drawn(path))
        })
        .map(|(place, correlation)| {
            let [a, b] = &correlation.between.0;
            let expected = "independent inputs, since only then the variance is a sum of what each of them does (with \
                            `independent` correlations are left out)";
            let found = format!("{a} and {b} with a correlation of {}", correlation.rho.0);
            let path = format!("correlations.{place}");
            Fault::new(FaultKind::Conflict, path, expected, found)
        })
        .collect()
}

/// Takes batches in any order.
#[derive(Clone, Debug)]
pub struct ImportanceCollector {
    inputs: Vec<String>,
    metric: String,
    paths: u64,
    collected: Collected,
}

impl ImportanceCollector {
    /// Takes a batch; one that it has is not counted again.
    pub fn add(&mut self, batch: &ImportanceBatch) {
        self.collected.add(batch.number, &batch.values);
    }

    /// Whether the metric exists often enough, as far as is known.
    ///
    /// # Errors
    /// Where more than one point in fifty of all that are asked for is left out already.
    pub fn check(&self) -> Result<(), Error> {
        let most = self.paths / LEFT_OUT;
        if self.collected.left_out() <= most {
            return Ok(());
        }
        let expected = "a metric that exists on all paths, but for one point in fifty: where it does not, inputs are \
                        not independent";
        let metric = &self.metric;
        let found = format!(
            "{metric} missing from a run at more than {most} of {} points",
            self.paths
        );
        Err(Fault::new(FaultKind::Undefined, "metric", expected, found).into())
    }

    /// What the batches that it has say together.
    ///
    /// # Errors
    /// As [`ImportanceCollector::check`].
    pub fn result(&self) -> Result<SobolIndices, Error> {
        self.check()?;
        let indices = self.collected.indices();
        let mut inputs: Vec<SobolIndex> = self
            .inputs
            .iter()
            .enumerate()
            .map(|(place, path)| {
                let index = indices.as_ref().map(|indices| indices[place]);
                SobolIndex {
                    path: path.clone(),
                    first: index.map(|index| index.first),
                    total: index.map(|index| index.total),
                    first_ci: index.and_then(|index| index.first_ci),
                    total_ci: index.and_then(|index| index.total_ci),
                }
            })
            .collect();
        let size = |index: &SobolIndex| index.total.unwrap_or(0.0);
        inputs.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Ok(SobolIndices {
            paths: self.collected.points(),
            left_out: self.collected.left_out(),
            metric: self.metric.clone(),
            inputs,
        })
    }
}

/// Sobol indices of a metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolIndices {
    /// Points that they are of.
    pub paths: u64,
    /// Points that were left out, since a run of theirs does not have the metric.
    pub left_out: u64,
    /// Name of the metric.
    pub metric: String,
    /// By input, the largest total first.
    pub inputs: Vec<SobolIndex>,
}

impl SobolIndices {
    /// The indices of an input.
    #[must_use]
    pub fn input(&self, path: &str) -> Option<&SobolIndex> {
        self.inputs.iter().find(|input| input.path == path)
    }
}

/// Sobol indices of an input; none where the metric does not vary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolIndex {
    /// Path of the quantity. That of a volatility stands for the Brownian motion too.
    pub path: String,
    /// The part of the variance that is due to the input alone.
    pub first: Option<f64>,
    /// The part of the variance that the input has a part in, alone or with others.
    pub total: Option<f64>,
    /// Half width of the 95 % interval of `first`; none with points of one scramble only.
    pub first_ci: Option<f64>,
    /// The same of `total`.
    pub total_ci: Option<f64>,
}
