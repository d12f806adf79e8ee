//! Uncertainty (Model 10): a deal drawn many times, and what its draws say together.
//!
//! A [`Simulator`] computes batches, each a pure function of the deal, the seed and the batch's number; a [`Collector`]
//! takes them in any order and gives the same bits for the same batches. So workers, machines and shards only divide the
//! batches among them.
//!
//! ```
//! use clauseworth::{Calculator, Request, Sampling};
//! let mut deal = Calculator::library("microsoft-openai-2025")?;
//! let sampling = Sampling { paths: 1024, ..Sampling::default() };
//! let simulator = deal.simulator(&Request::default(), &sampling)?;
//! let result = simulator.run()?;
//! let npv = result.metric("backer.npv").ok_or("the deal has an NPV")?;
//! assert!(npv.p10 < npv.p50 && npv.p50 < npv.p90);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::sync::Arc;

use clauseworth_kernel::lanes::LaneMask;
use clauseworth_kernel::plan::{ClauseSet, Slot};
use clauseworth_kernel::real::Real as _;
use clauseworth_kernel::sample::copula::{Copula, Correlation};
use clauseworth_kernel::simulate::{self, BATCH, Drawn, Sampler, Uncertain, Workspace};
use clauseworth_kernel::statistics::{Band, EXACT, Row, Statistics};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::check;
use crate::deal::Deal;
use crate::error::{Error, Fault, FaultKind};
use crate::model::{Model, beyond};
use crate::names;
use crate::result::Names;

/// Most paths of a simulation: points of one scramble have 32-bit numbers.
pub const MOST_PATHS: u64 = 1 << 32;

/// Metrics of which high values are the bad ones (Model 10.1).
const HIGH_IS_BAD: [&str; 5] = [
    "lab.funding_gap",
    "lab.dilution",
    "commitment.shortfall",
    "commitment.unpaid",
    "commitment.unmet",
];

/// Most values that are kept for the bands of all series together; beyond, they are counted in buckets.
const MOST_KEPT_FOR_BANDS: u64 = 1 << 23;

/// How to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampling {
    /// How many paths.
    pub paths: u64,
    /// Another seed draws other paths.
    pub seed: u64,
    /// Where uniforms come from.
    pub sampler: Sampler,
    /// Series whose bands are wanted, by name; none is all of them.
    pub series: Option<Vec<String>>,
}

impl Default for Sampling {
    /// 16,384 points of a scrambled Sobol sequence, with the bands of all series.
    fn default() -> Self {
        Self {
            paths: 16_384,
            seed: 1,
            sampler: Sampler::Sobol,
            series: None,
        }
    }
}

/// A deal ready to be drawn.
#[derive(Clone, Debug)]
pub struct Simulator {
    deal: Arc<Deal>,
    names: Arc<Names>,
    simulation: simulate::Simulation,
    active: ClauseSet,
    sampling: Sampling,
    /// Metrics of the base case, around which sums are taken.
    base: Vec<Option<f64>>,
    /// Which series have bands, in the order of all series.
    wanted: Vec<bool>,
    /// Names what is simulated.
    identity: String,
}

/// The values of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its number.
    pub number: u64,
    /// How many paths it has: all batches but the last have 1,024.
    pub paths: usize,
    /// Metric by metric, a value a path; not a number where it does not exist.
    pub metrics: Vec<f64>,
    /// Series by series, quarter by quarter, a value a path; not a number of a series that the deal does not have.
    pub series: Vec<f64>,
}

impl Simulator {
    pub(crate) fn new(
        model: &mut Model,
        active: ClauseSet,
        sampling: &Sampling,
        dimension: &dyn Fn(&str) -> Option<u32>,
    ) -> Result<Self, Error> {
        if sampling.paths == 0 || sampling.paths > MOST_PATHS {
            let expected = format!("a number of paths from 1 to {MOST_PATHS}");
            let found = sampling.paths.to_string();
            return Err(Fault::new(FaultKind::Range, "paths", expected, found).into());
        }
        let base = model.metrics(active)?;
        let names = model.names(active);
        let wanted = wanted(&names, sampling)?;
        let slots = model.uncertain();
        let uncertain = uncertain(model, &slots, dimension);
        let copula = copula(model.deal(), &uncertain);
        let simulation = simulate::Simulation::new(
            model.plan(),
            model.inputs(),
            active,
            uncertain,
            copula,
            sampling.sampler,
            sampling.seed,
        );
        let deal = model.shared_deal();
        let spreads = slots
            .iter()
            .filter_map(|slot| Some(model.draw(*slot)?.1))
            .collect::<Vec<_>>();
        let numbers = model.inputs().iter().copied();
        let numbers = numbers.chain(base.iter().flatten().copied());
        let identity = format!(
            "{} ({}: {} paths, seed {}, {} series, {}, model {})",
            deal.tables.id.0,
            fingerprint(numbers.chain(spreads.into_iter().flatten())),
            sampling.paths,
            sampling.seed,
            wanted.iter().filter(|wanted| **wanted).count(),
            match sampling.sampler {
                Sampler::Sobol => "sobol",
                Sampler::Random => "random",
            },
            env!("CARGO_PKG_VERSION")
        );
        Ok(Self {
            identity,
            deal,
            names,
            simulation,
            active,
            sampling: sampling.clone(),
            base,
            wanted,
        })
    }

    /// Gives a quantity another value in all paths; one that is uncertain stays so.
    pub(crate) fn set(&mut self, slot: Slot, value: f64) {
        self.simulation.set(slot, value);
    }

    /// Its metrics by name, with their values in the base case.
    pub(crate) fn base(&self) -> impl Iterator<Item = (&str, Option<f64>)> {
        let names = self.names.metrics.iter().map(String::as_str);
        names.zip(self.base.iter().copied())
    }

    /// The id of the deal.
    pub(crate) fn id(&self) -> &str {
        &self.deal.tables.id.0
    }

    /// Names what is simulated.
    pub(crate) fn identity(&self) -> &str {
        &self.identity
    }

    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> u64 {
        self.sampling.paths.div_ceil(BATCH as u64)
    }

    /// Room to compute batches in, one after the other.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        self.simulation.workspace()
    }

    /// Computes a batch.
    ///
    /// # Errors
    /// Where a path draws values that are not allowed together, or the model has no answer for it.
    pub fn batch(&self, number: u64, room: &mut Workspace) -> Result<Batch, Error> {
        let left = self.sampling.paths.saturating_sub(number * BATCH as u64);
        let paths = left.min(BATCH as u64) as usize;
        let quarters = self.simulation.plan().quarters();
        let shown = self.wanted.iter().filter(|wanted| **wanted).count();
        let mut batch = Batch {
            number,
            paths,
            metrics: vec![0.0; self.base.len() * paths],
            series: vec![0.0; shown * quarters * paths],
        };
        let mut fault = None;
        self.simulation.batch(number, paths, room, &mut |drawn| {
            if fault.is_none() {
                fault = self.take(drawn, &mut batch).err();
            }
        });
        fault.map_or(Ok(batch), Err)
    }

    /// Files the values of some paths.
    fn take(&self, drawn: &Drawn<'_>, batch: &mut Batch) -> Result<(), Error> {
        let paths = batch.paths;
        sound(&self.deal, drawn, |place| {
            batch.number * BATCH as u64 + place as u64
        })?;
        let mut finite = true;
        for (metric, measure) in drawn.valuation.metrics.iter().enumerate() {
            let start = metric * paths + drawn.first;
            let row = &mut batch.metrics[start..start + drawn.count];
            for (lane, out) in row.iter_mut().enumerate() {
                let exists = LaneMask::lane(measure.exists, lane);
                *out = if exists {
                    measure.value.lane(lane)
                } else {
                    f64::NAN
                };
                finite &= !exists || out.is_finite();
            }
        }
        if !finite {
            return Err(beyond());
        }
        let quarters = self.simulation.plan().quarters();
        let (mut series, mut shown) = (0, 0);
        let plan = self.simulation.plan();
        names::each_series(plan, self.active, drawn.ledger, |row, present| {
            if self.wanted[series] {
                for (quarter, wide) in row.iter().enumerate() {
                    let start = (shown * quarters + quarter) * paths + drawn.first;
                    let out = &mut batch.series[start..start + drawn.count];
                    for (lane, out) in out.iter_mut().enumerate() {
                        *out = if present { wide.lane(lane) } else { f64::NAN };
                    }
                }
                shown += 1;
            }
            series += 1;
        });
        Ok(())
    }

    /// What will take the batches.
    #[must_use]
    pub fn collector(&self) -> Collector {
        let paths = self.sampling.paths;
        let quarters = self.simulation.plan().quarters();
        let metrics = self.names.metrics.iter().zip(&self.base);
        let shown: Vec<String> = self
            .names
            .series
            .iter()
            .zip(&self.wanted)
            .filter(|(_, wanted)| **wanted)
            .map(|((name, _), _)| name.clone())
            .collect();
        let values = shown.len() as u64 * quarters as u64 * paths;
        let kept = values <= MOST_KEPT_FOR_BANDS && paths <= EXACT as u64;
        let metrics = metrics.map(|(name, base)| (name.as_str(), base.unwrap_or(0.0)));
        Collector {
            bands: vec![Band::new(paths, kept); shown.len() * quarters],
            series: shown,
            quarters,
            ..Collector::of(self.identity.clone(), &self.sampling, metrics)
        }
    }

    /// Computes all batches, one after the other.
    ///
    /// # Errors
    /// As [`Simulator::batch`].
    pub fn run(&self) -> Result<Simulated, Error> {
        let mut room = self.workspace();
        let mut collector = self.collector();
        for number in 0..self.batches() {
            collector.add(&self.batch(number, &mut room)?);
        }
        Ok(collector.result())
    }
}

/// Whether what some paths draw is allowed together, and the model has an answer for it. `path` gives a path's number, by
/// its place in the batch.
pub(crate) fn sound(
    deal: &Deal,
    drawn: &Drawn<'_>,
    path: impl Fn(usize) -> u64,
) -> Result<(), Error> {
    for lane in 0..drawn.count {
        let value = |slot: Slot| match drawn.inputs.get(slot.index()) {
            Some(wide) => wide.lane(lane),
            None => f64::NAN,
        };
        let faults = check::values_by(deal, value);
        if !faults.is_empty() {
            return Err(Error::of(faults).on_path(path(drawn.first + lane)));
        }
    }
    if drawn.undefined {
        return Err(Model::no_multiple());
    }
    Ok(())
}

/// What other numbers hardly have: FNV-1a over their bits.
fn fingerprint(numbers: impl Iterator<Item = f64>) -> String {
    let bytes = numbers.flat_map(|number| number.to_bits().to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Which series have bands.
fn wanted(names: &Names, sampling: &Sampling) -> Result<Vec<bool>, Error> {
    let Some(series) = &sampling.series else {
        return Ok(vec![true; names.series.len()]);
    };
    let known = || names.series.iter().map(|(name, _)| name.as_str());
    let mut wanted = vec![false; names.series.len()];
    for name in series {
        match known().position(|known| known == name) {
            Some(place) => wanted[place] = true,
            None => {
                let expected = "the name of a series, as in lab.revenue";
                let found = format!("\"{name}\"");
                let fault = Fault::new(FaultKind::Unknown, "series", expected, found);
                return Err(fault.suggesting(name, known()).into());
            }
        }
    }
    Ok(wanted)
}

/// Where a quantity is drawn that nobody has given a dimension: far from the others.
const ELSEWHERE: u32 = u16::MAX as u32;

/// The quantities that are drawn, in the order of their dimensions: those of `slots`, and what is correlated and would be
/// drawn were it not set to a value. The draws of its partners follow from its own, so that without these a change of one
/// quantity would show as noise of others.
pub(crate) fn uncertain(
    model: &mut Model,
    slots: &[Slot],
    dimension: &dyn Fn(&str) -> Option<u32>,
) -> Vec<Uncertain> {
    let deal = model.shared_deal();
    let correlations = &deal.tables.correlations;
    let mut uncertain = Vec::new();
    for (index, quantity) in deal.quantities.iter().enumerate() {
        let slot = Slot(index as u32);
        let mut ends = correlations.iter().flat_map(|c| &c.between.0);
        let dimension = dimension(&quantity.path);
        let (draw, dimension) = if slots.contains(&slot) {
            let draw = model.draw(slot).map(|(draw, _)| draw.clone());
            (draw, dimension.unwrap_or(ELSEWHERE))
        } else {
            match dimension.filter(|_| ends.any(|end| *end == quantity.path)) {
                Some(dimension) => (None, dimension),
                None => continue,
            }
        };
        uncertain.push(Uncertain {
            slot,
            dimension,
            draw,
        });
    }
    uncertain.sort_by_key(|quantity| quantity.dimension);
    uncertain
}

/// The correlations between quantities that are drawn.
fn copula(deal: &Deal, uncertain: &[Uncertain]) -> Copula {
    let place = |path: &str| {
        let (slot, _) = deal.quantity(path)?;
        uncertain.iter().position(|known| known.slot == slot)
    };
    let mut correlations = Vec::new();
    for correlation in &deal.tables.correlations {
        let [a, b] = &correlation.between.0;
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            correlations.push(Correlation {
                between: [a, b],
                rho: correlation.rho.0,
            });
        }
    }
    // Those of all quantities were found to hold together when the deal was read, so those of some do.
    Copula::new(&correlations).unwrap_or_default()
}

/// Takes batches in any order.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "shards", derive(Serialize, serde::Deserialize))]
pub struct Collector {
    /// What is simulated: collectors of one simulation have the same.
    identity: String,
    /// Which batches it has taken.
    taken: Vec<bool>,
    paths: u64,
    sobol: bool,
    metrics: Vec<(String, Row)>,
    series: Vec<String>,
    bands: Vec<Band>,
    quarters: usize,
}

impl Collector {
    /// One of rows that have names and values near which they lie, and of no bands.
    pub(crate) fn of<'a>(
        identity: String,
        sampling: &Sampling,
        rows: impl Iterator<Item = (&'a str, f64)>,
    ) -> Self {
        let paths = sampling.paths;
        let rows = rows.map(|(name, near)| {
            let bad = HIGH_IS_BAD.contains(&name);
            (name.to_owned(), Row::new(paths, near, bad))
        });
        Self {
            identity,
            taken: vec![false; paths.div_ceil(BATCH as u64) as usize],
            paths,
            sobol: sampling.sampler == Sampler::Sobol,
            metrics: rows.collect(),
            series: Vec::new(),
            bands: Vec::new(),
            quarters: 1,
        }
    }

    /// Takes a batch; one that it has is not counted again.
    pub fn add(&mut self, batch: &Batch) {
        match self.taken.get_mut(batch.number as usize) {
            Some(taken) if !*taken => *taken = true,
            _ => return,
        }
        let metrics = batch.metrics.chunks_exact(batch.paths.max(1));
        for ((_, row), values) in self.metrics.iter_mut().zip(metrics) {
            row.add(batch.number, values);
        }
        let series = batch.series.chunks_exact(batch.paths.max(1));
        for (band, values) in self.bands.iter_mut().zip(series) {
            band.add(batch.number, values);
        }
    }

    /// How many batches are missing yet.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.taken.iter().filter(|taken| !**taken).count()
    }

    /// Takes what another collector of the same simulation has of other batches.
    ///
    /// # Errors
    /// Where the other is of another simulation, or both have a batch.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let fault = |expected: &str, found: String| {
            Error::from(Fault::new(FaultKind::Conflict, "shard", expected, found))
        };
        if self.identity != other.identity {
            let expected = format!("a shard of the simulation {}", self.identity);
            return Err(fault(&expected, format!("one of {}", other.identity)));
        }
        for (batch, (taken, others)) in self.taken.iter_mut().zip(&other.taken).enumerate() {
            if *taken && *others {
                return Err(fault("every batch once", format!("batch {batch} twice")));
            }
            *taken |= others;
        }
        for ((_, row), (_, others)) in self.metrics.iter_mut().zip(&other.metrics) {
            row.merge(others);
        }
        for (band, others) in self.bands.iter_mut().zip(&other.bands) {
            band.merge(others);
        }
        Ok(())
    }

    /// What the batches that it has say together.
    #[must_use]
    pub fn result(&self) -> Simulated {
        let metrics = self.metrics.iter();
        let missing = (self.missing() * BATCH) as u64;
        let last = self.taken.last().is_some_and(|taken| !taken);
        let short = (self.taken.len() * BATCH) as u64 - self.paths;
        let missing = if last { missing - short } else { missing };
        let sampler = if self.sobol {
            Sampler::Sobol
        } else {
            Sampler::Random
        };
        let bands = self
            .series
            .iter()
            .zip(self.bands.chunks_exact(self.quarters));
        Simulated {
            paths: self.paths - missing,
            metrics: metrics
                .map(|(name, row)| (name.clone(), row.statistics(sampler)))
                .collect(),
            bands: bands
                .map(|(name, quarters)| {
                    let quantiles = quarters.iter().map(Band::quantiles);
                    (name.clone(), quantiles.collect())
                })
                .collect(),
        }
    }
}

/// The result of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// How many paths were drawn.
    pub paths: u64,
    /// Statistics of every metric; none where no path has it.
    pub metrics: Vec<(String, Option<Statistics>)>,
    /// P10, P50 and P90 of every quarter of a series; none of one that the deal does not have.
    pub bands: Vec<(String, Vec<Option<[f64; 3]>>)>,
}

impl Simulated {
    /// The statistics of a metric.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<Statistics> {
        let (_, statistics) = self.metrics.iter().find(|(known, _)| known == name)?;
        *statistics
    }
}

/// A metric's statistics in the shape of Model 14.3; without any path that has it, only the count. Those of a difference
/// also tell how often it is above 0, since it may often be 0.
struct StatisticsShape<'a>(&'a Option<Statistics>, bool);

impl Serialize for StatisticsShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("count", &self.0.map_or(0, |s| s.count))?;
        let mut entry = |key: &str, of: fn(Statistics) -> f64| {
            let value = self.0.map(of);
            map.serialize_entry(key, &value)
        };
        entry("mean", |s| s.mean)?;
        entry("standard_error", |s| s.standard_error)?;
        entry("sd", |s| s.sd)?;
        entry("p5", |s| s.p5)?;
        entry("p10", |s| s.p10)?;
        entry("p25", |s| s.p25)?;
        entry("p50", |s| s.p50)?;
        entry("p75", |s| s.p75)?;
        entry("p90", |s| s.p90)?;
        entry("p95", |s| s.p95)?;
        entry("below_zero", |s| s.below_zero)?;
        if self.1 {
            entry("above_zero", |s| s.above_zero)?;
        }
        entry("worst_5_percent", |s| s.worst_5_percent)?;
        map.end()
    }
}

/// Metrics as a map; of differences or not.
pub(crate) struct MetricsShape<'a>(
    pub(crate) &'a [(String, Option<Statistics>)],
    pub(crate) bool,
);

impl Serialize for MetricsShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.0.iter();
        serializer.collect_map(entries.map(|(name, s)| (name, StatisticsShape(s, self.1))))
    }
}

/// Bands as a map.
struct BandsShape<'a>(&'a [(String, Vec<Option<[f64; 3]>>)]);

impl Serialize for BandsShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Quantiles {
            p10: Vec<Option<f64>>,
            p50: Vec<Option<f64>>,
            p90: Vec<Option<f64>>,
        }
        let entries = self.0.iter().map(|(name, quarters)| {
            let of = |place: usize| quarters.iter().map(|q| q.map(|q| q[place])).collect();
            let quantiles = Quantiles {
                p10: of(0),
                p50: of(1),
                p90: of(2),
            };
            (name, quantiles)
        });
        serializer.collect_map(entries)
    }
}

impl Serialize for Simulated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("paths", &self.paths)?;
        map.serialize_entry("metrics", &MetricsShape(&self.metrics, false))?;
        map.serialize_entry("bands", &BandsShape(&self.bands))?;
        map.end()
    }
}

#[cfg(test)]
mod tests;
