//! Goal seek on a probability (Model 12.1 over the draws of Model 10): which value of a quantity gives a metric a certain
//! chance to be above a threshold?
//!
//! **Common random numbers.** All values are looked at with the same seed and the same paths, so that the estimated chance
//! moves with the quantity and not with the draw. A quantity that is itself uncertain is fixed while it is varied; what is
//! correlated with it keeps its draws, since it still takes its own dimension of the sequence. A path on which the metric
//! does not exist is one on which it is not above.
//!
//! **What is looked for.** The estimate is a step function of the quantity with steps of one path in N, and is off by a
//! standard error s, which the replicates of the sequence tell, and which is taken to be at least one path in N. A *root* is where it crosses the chance asked for. It is
//! bracketed until the chances at both ends differ by no more than s: what is left between them the draws
//! cannot tell apart, and the root is put there in proportion. Its own standard error is s over the slope. A *jump* is a
//! crossing over less than 2^-16 of the interval by more than four standard errors, which sampling does not explain; a
//! smaller one is a root. Of what counts in whole numbers every crossing is a jump. A *range* lasts over neighbouring
//! points of the scan at which the chance is met to the path.
//!
//! **What it takes.** The scan has 33 points with the first 1,024 paths alone. Where its estimate is within four standard
//! errors of the chance asked for, or a neighbour's is on the other side, the remaining paths are drawn as well, and only
//! they decide. Where three points turn towards the chance, the vertex of the parabola through them is looked at too. Each
//! crossing takes some five further values at all paths, by the ITP method (see `seek.rs`). Two crossings within one step
//! of the scan are found only if that vertex shows them.
//!
//! ```
//! use clauseworth::{Calculator, ChanceQuestion, Request, Sampling, Setting};
//! let mut deal = Calculator::library("microsoft-openai-2025")?;
//! let question = ChanceQuestion {
//!     low: Some(Setting::Number(0.0)),
//!     high: Some(Setting::Number(0.5)),
//!     ..ChanceQuestion::new("clauses.revenue-share.rate", "backer.npv", 250.0, 0.8)
//! };
//! let sampling = Sampling { paths: 512, ..Sampling::default() };
//! let answer = deal.chance(&Request::default(), &question, &sampling)?;
//! assert_eq!(answer.paths, 512);
//! # Ok::<(), clauseworth::Error>(())
//! ```

use std::ops::Range;

use clauseworth_kernel::plan::{ClauseSet, Slot};
use clauseworth_kernel::simulate::{BATCH, Sampler};
use clauseworth_kernel::statistics::Row;
use kurbo::common::solve_itp;
use serde::Serialize;

use crate::error::{Error, Fault, FaultKind};
use crate::format::limits::Kind;
use crate::model::Model;
use crate::overrides::Setting;
use crate::questions::{Outcome, Reach, interval, reach, usual_interval};
use crate::seek::{Jump, Stretch};
use crate::simulation::{Batch, Sampling, Simulator};
use crate::written::Written;

/// Steps of the scan.
const STEPS: usize = 32;

/// So many standard errors are not sampling any more: with eight replicates one in two hundred is beyond.
const CERTAIN: f64 = 4.0;

/// Batches that are asked for together, so that those of many paths need not be kept.
const TOGETHER: u64 = 16;

/// A crossing within this part of the interval is not narrowed further.
const TINY: f64 = 1.0 / 65_536.0;

/// Which value of a quantity gives a metric a chance to be above a threshold?
#[derive(Clone, Debug, PartialEq)]
pub struct ChanceQuestion {
    /// Path of the quantity that is varied.
    pub vary: String,
    /// Name of the metric.
    pub metric: String,
    /// The threshold, in the metric's unit.
    pub above: f64,
    /// The probability, between 0 and 1: of finitely many draws none tells 0 or 1.
    pub chance: f64,
    /// Lower end of the interval; absent: a wide one around what the deal says.
    pub low: Option<Setting>,
    /// Upper end of the interval.
    pub high: Option<Setting>,
}

impl ChanceQuestion {
    /// How many paths are drawn unless another number is asked for: a probability of 0.8 is then off by less than 0.006.
    pub const PATHS: u64 = 4096;

    /// A question about the usual interval.
    #[must_use]
    pub fn new(vary: &str, metric: &str, above: f64, chance: f64) -> Self {
        Self {
            vary: vary.to_owned(),
            metric: metric.to_owned(),
            above,
            chance,
            low: None,
            high: None,
        }
    }
}

/// The chance over the interval, as it was scanned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChanceCurve {
    /// Values of the quantity, ascending.
    pub at: Vec<f64>,
    /// The chance; none where the value is not allowed.
    pub value: Vec<Option<f64>>,
    /// Its standard error, at least one path in all that were drawn there.
    pub error: Vec<Option<f64>>,
}

/// The answer to a [`ChanceQuestion`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChanceAnswer {
    /// The quantity that was varied.
    pub path: String,
    /// The metric.
    pub metric: String,
    /// The threshold.
    pub above: f64,
    /// The probability asked for.
    pub chance: f64,
    /// Lower end of the interval searched.
    pub low: f64,
    /// Upper end of the interval searched.
    pub high: f64,
    /// The quantity's base value; none is never.
    pub value: Option<f64>,
    /// The chance as the deal stands, the quantity drawn if it is uncertain.
    pub now: f64,
    /// Its standard error, at least one path in all.
    pub now_error: f64,
    /// How many values there are.
    pub status: Outcome,
    /// Values at which the chance is the one asked for, ascending.
    pub roots: Vec<f64>,
    /// Their standard errors, in the quantity's unit.
    pub root_errors: Vec<f64>,
    /// Values at which it is passed by more than sampling explains.
    pub jumps: Vec<Jump>,
    /// Intervals over which it lasts, as far as the scan tells.
    pub ranges: Vec<Stretch>,
    /// The chance over the interval.
    pub curve: ChanceCurve,
    /// The least and the largest chance of the curve.
    pub reach: Option<Reach>,
    /// The chance where the quantity is never, for a date that may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_never: Option<f64>,
    /// The part of the paths on which the metric exists, where it was least; absent where it exists on all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exists: Option<f64>,
    /// Why a part of the interval is not allowed, if one is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// How many paths decide.
    pub paths: u64,
}

/// Computes some of a simulator's batches, by their numbers.
pub type DrawBatches<'a> = dyn FnMut(&Simulator, Range<u64>) -> Result<Vec<Batch>, Error> + 'a;

/// Answers a question about the deal as it is set.
pub(crate) fn solve(
    model: &mut Model,
    active: ClauseSet,
    question: &ChanceQuestion,
    sampling: &Sampling,
    dimension: &dyn Fn(&str) -> Option<u32>,
    batches: &mut DrawBatches<'_>,
) -> Result<ChanceAnswer, Error> {
    let (slot, quantity) = model.quantity(&question.vary)?;
    let kind = quantity.limit.kind;
    let before = model.inputs()[slot.index()];
    let usual = usual_interval(model, quantity, before);
    let low = ("low", question.low.as_ref());
    let high = ("high", question.high.as_ref());
    let (low, high) = interval(quantity, usual, low, high)?;
    let place = model.metric_place(&question.metric, active)?;
    check(question)?;
    let sampling = Sampling {
        series: Some(Vec::new()),
        ..sampling.clone()
    };
    let ready = |model: &mut Model| Simulator::new(model, active, &sampling, dimension);
    let mut draws = Draws {
        simulator: ready(model)?,
        slot,
        place,
        above: question.above,
        sampling: &sampling,
        batches,
        refused: None,
        exists: 1.0,
    };
    let mut as_it_is = Trial::at(before);
    draws.draw(&mut as_it_is, u64::MAX)?;
    model.fix(slot);
    draws.simulator = ready(model)?;
    let mut search = Search {
        draws,
        chance: question.chance,
        tiny: TINY * (high - low),
        found: Found::default(),
    };
    let whole = matches!(kind, Kind::Whole | Kind::Flag);
    let trials = search.scan(&points(low, high, whole), whole);
    search.crossings(&trials, whole);
    let at_never = match kind {
        Kind::YearOrNever => search.draws.all(f64::INFINITY),
        _ => None,
    };
    let (draws, found) = (search.draws, search.found);
    let curve: Vec<(f64, Option<f64>)> = trials.iter().map(|t| (t.x, t.chance())).collect();
    let reach = reach(&curve);
    if reach.is_none()
        && let Some(error) = draws.refused
    {
        return Err(error);
    }
    let now = as_it_is.estimate;
    Ok(ChanceAnswer {
        path: question.vary.clone(),
        metric: question.metric.clone(),
        above: question.above,
        chance: question.chance,
        low,
        high,
        value: before.is_finite().then_some(before),
        now: now.map_or(0.0, |now| now.chance),
        now_error: now.map_or(0.0, |now| now.error),
        status: match found.roots.len() + 2 * found.ranges.len() {
            0 => Outcome::None,
            1 => Outcome::One,
            _ => Outcome::Several,
        },
        roots: found.roots.iter().map(|(root, _)| *root).collect(),
        root_errors: found.roots.iter().map(|(_, error)| *error).collect(),
        jumps: found.jumps,
        ranges: found.ranges,
        reach,
        curve: ChanceCurve {
            at: trials.iter().map(|trial| trial.x).collect(),
            value: trials.iter().map(Trial::chance).collect(),
            error: trials.iter().map(|t| Some(t.estimate?.error)).collect(),
        },
        at_never: at_never.map(|estimate| estimate.chance),
        exists: (draws.exists < 1.0).then_some(draws.exists),
        refused: draws.refused.map(|error| error.to_string()),
        paths: sampling.paths,
    })
}

/// Whether a threshold and a chance can be asked for.
fn check(question: &ChanceQuestion) -> Result<(), Error> {
    let fault = |path: &str, expected: &str, found: f64| {
        let found = Written(found).to_string();
        Error::from(Fault::new(FaultKind::Range, path, expected, found))
    };
    if !question.above.is_finite() {
        return Err(fault("above", "a number", question.above));
    }
    if question.chance > 0.0 && question.chance < 1.0 {
        return Ok(());
    }
    let expected = "a probability above 0 and below 1, since draws alone cannot tell those two";
    Err(fault("chance", expected, question.chance))
}

/// Where the scan looks.
fn points(low: f64, high: f64, whole: bool) -> Vec<f64> {
    let step = (high - low) / STEPS as f64;
    let mut points: Vec<f64> = (0..STEPS).map(|i| low + step * i as f64).collect();
    points.push(high);
    if whole {
        for point in &mut points {
            *point = point.round();
        }
        points.dedup();
    }
    points
}

/// What a number of paths say of one value.
#[derive(Clone, Copy, Debug)]
struct Estimate {
    chance: f64,
    /// Its standard error, at least a path in all: what is finer the draws cannot tell.
    error: f64,
    /// Of how many paths.
    paths: u64,
}

/// A value that is looked at.
struct Trial {
    x: f64,
    /// Batch by batch, 1 on a path on which the metric is above, else 0.
    above: Vec<Vec<f64>>,
    /// None where the value is not allowed.
    estimate: Option<Estimate>,
}

impl Trial {
    fn at(x: f64) -> Self {
        Self {
            x,
            above: Vec::new(),
            estimate: None,
        }
    }

    fn chance(&self) -> Option<f64> {
        Some(self.estimate?.chance)
    }
}

/// The draws, the same for every value.
struct Draws<'a, 'b> {
    simulator: Simulator,
    slot: Slot,
    /// Of the metric.
    place: usize,
    above: f64,
    sampling: &'a Sampling,
    batches: &'a mut DrawBatches<'b>,
    refused: Option<Error>,
    /// The least part of the paths on which the metric has existed.
    exists: f64,
}

impl Draws<'_, '_> {
    /// Draws what a trial lacks of the first batches.
    fn draw(&mut self, trial: &mut Trial, batches: u64) -> Result<(), Error> {
        let batches = batches.min(self.simulator.batches());
        let mut missing = 0_u32;
        while (trial.above.len() as u64) < batches {
            let first = trial.above.len() as u64;
            let numbers = first..batches.min(first + TOGETHER);
            let mut drawn = (self.batches)(&self.simulator, numbers)?;
            drawn.sort_by_key(|batch| batch.number);
            for batch in &drawn {
                let start = self.place * batch.paths;
                let values = &batch.metrics[start..start + batch.paths];
                let above = values.iter().map(|value| {
                    missing += u32::from(value.is_nan());
                    f64::from(u8::from(*value > self.above))
                });
                trial.above.push(above.collect());
            }
        }
        let paths = self.sampling.paths.min(batches * BATCH as u64);
        self.exists = self.exists.min(1.0 - f64::from(missing) / paths as f64);
        let mut row = Row::new(paths, 0.0, false);
        for (batch, above) in trial.above.iter().enumerate() {
            row.add(batch as u64, above);
        }
        let sampler: Sampler = self.sampling.sampler;
        trial.estimate = row.statistics(sampler).map(|s| Estimate {
            chance: s.mean,
            error: s.standard_error.max(1.0 / paths as f64),
            paths,
        });
        Ok(())
    }

    /// Looks at a value with the quantity fixed at it. One that is not allowed has no chance.
    fn look(&mut self, trial: &mut Trial, batches: u64) {
        self.simulator.set(self.slot, trial.x);
        if let Err(error) = self.draw(trial, batches) {
            trial.estimate = None;
            self.refused.get_or_insert(error);
        }
    }

    /// Looks at a value with all paths.
    fn all(&mut self, x: f64) -> Option<Estimate> {
        let mut trial = Trial::at(x);
        self.look(&mut trial, u64::MAX);
        trial.estimate
    }
}

/// What was found.
#[derive(Default)]
struct Found {
    /// Each with its standard error.
    roots: Vec<(f64, f64)>,
    jumps: Vec<Jump>,
    ranges: Vec<Stretch>,
}

struct Search<'a, 'b> {
    draws: Draws<'a, 'b>,
    chance: f64,
    /// The width of a bracket that is not narrowed further.
    tiny: f64,
    found: Found,
}

/// A value with what all paths say of it.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: Estimate,
}

impl Search<'_, '_> {
    /// Whether the chance is reached: what is at it counts as such.
    fn reached(&self, y: Estimate) -> bool {
        y.chance >= self.chance
    }

    /// Whether the chance is met to the path.
    fn met(&self, y: Estimate) -> bool {
        (y.chance - self.chance).abs() * (y.paths as f64) < 0.5
    }

    /// Whether sampling explains an estimate's difference from the chance.
    fn near(&self, y: Estimate) -> bool {
        (y.chance - self.chance).abs() < CERTAIN * y.error
    }

    /// Looks at some values, and at those that decide with all paths.
    fn scan(&mut self, points: &[f64], whole: bool) -> Vec<Trial> {
        let mut trials: Vec<Trial> = points.iter().map(|x| Trial::at(*x)).collect();
        for trial in &mut trials {
            self.draws.look(trial, 1);
        }
        self.decide(&mut trials);
        if !whole {
            let turns: Vec<f64> = trials
                .windows(3)
                .filter_map(|three| self.turn(three))
                .collect();
            for x in &turns {
                let mut trial = Trial::at(*x);
                self.draws.look(&mut trial, u64::MAX);
                let place = trials.partition_point(|known| known.x < *x);
                trials.insert(place, trial);
            }
            if !turns.is_empty() {
                self.decide(&mut trials);
            }
        }
        trials
    }

    /// Draws all paths of the values near the chance and of those beside a change of side, until that changes nothing.
    fn decide(&mut self, trials: &mut [Trial]) {
        let batches = self.draws.simulator.batches();
        loop {
            let side = |trial: &Trial| trial.estimate.map(|y| self.reached(y));
            let sides: Vec<Option<bool>> = trials.iter().map(side).collect();
            let other = |i: usize, j: usize| {
                let of = |i: usize| sides.get(i).copied().flatten();
                of(i).zip(of(j)).is_some_and(|(a, b)| a != b)
            };
            let open: Vec<usize> = (0..trials.len())
                .filter(|i| {
                    let near = trials[*i].estimate.is_some_and(|y| self.near(y));
                    let beside = other(*i, i + 1) || other(*i, i.wrapping_sub(1));
                    (near || beside) && (trials[*i].above.len() as u64) < batches
                })
                .collect();
            if open.is_empty() {
                return;
            }
            for i in open {
                self.draws.look(&mut trials[i], u64::MAX);
            }
        }
    }

    /// Where the parabola through three values turns, if that may be across the chance and they are not.
    fn turn(&self, three: &[Trial]) -> Option<f64> {
        let off = |trial: &Trial| Some(trial.estimate?.chance - self.chance);
        let (a, b, c) = (off(&three[0])?, off(&three[1])?, off(&three[2])?);
        let one_side = (a >= 0.0) == (b >= 0.0) && (b >= 0.0) == (c >= 0.0);
        if !one_side || b.abs() >= a.abs() || b.abs() > c.abs() {
            return None;
        }
        // With u the way from the middle value, in steps of the scan: y = b + slope u + bend u^2.
        let (slope, bend) = (0.5 * (c - a), 0.5 * (a + c) - b);
        let vertex = b - slope * slope / (4.0 * bend);
        let sampling = CERTAIN * three[1].estimate?.error;
        let across = (vertex >= 0.0) != (b >= 0.0) || vertex.abs() < sampling;
        let u = -slope / (2.0 * bend);
        let step = three[2].x - three[1].x;
        (across && u != 0.0 && u.abs() < 1.0).then(|| three[1].x + u * step)
    }

    /// Finds all crossings between neighbours, and the ranges.
    fn crossings(&mut self, trials: &[Trial], whole: bool) {
        let mut range: Option<Stretch> = None;
        for pair in trials.windows(2) {
            let (Some(y), Some(z)) = (pair[0].estimate, pair[1].estimate) else {
                self.found.ranges.extend(range.take());
                continue;
            };
            let (a, b) = (Point { x: pair[0].x, y }, Point { x: pair[1].x, y: z });
            if self.met(y) && self.met(z) {
                let from = range.map_or(a.x, |range| range.from);
                range = Some(Stretch { from, to: b.x });
                continue;
            }
            // What leads into a range or out of it is its end, and no crossing of its own.
            let ends = range.is_some();
            self.found.ranges.extend(range.take());
            if !ends && self.reached(y) != self.reached(z) {
                if whole {
                    self.between_whole(a, b);
                } else {
                    self.between(a, b);
                }
            }
        }
        self.found.ranges.extend(range);
        let ranges = &self.found.ranges;
        let inside = |x: f64| {
            ranges
                .iter()
                .any(|range| (range.from..=range.to).contains(&x))
        };
        self.found.roots.retain(|(root, _)| !inside(*root));
    }

    /// Narrows a crossing down to neighbouring whole numbers.
    fn between_whole(&mut self, mut a: Point, mut b: Point) {
        while b.x - a.x > 1.0 {
            let x = (0.5 * (a.x + b.x)).floor();
            let Some(y) = self.draws.all(x) else { return };
            let point = Point { x, y };
            if self.reached(y) == self.reached(a.y) {
                a = point;
            } else {
                b = point;
            }
        }
        self.jump(a, b);
    }

    fn jump(&mut self, a: Point, b: Point) {
        self.found.jumps.push(Jump {
            at: b.x,
            before: a.y.chance,
            after: b.y.chance,
        });
    }

    /// Narrows a crossing down until the draws cannot tell its ends apart, or it is tiny.
    fn between(&mut self, a: Point, b: Point) {
        let chance = self.chance;
        let rising = self.reached(b.y);
        let sign = if rising { 1.0 } else { -1.0 };
        let error = |low: &Point, high: &Point| low.y.error.max(high.y.error);
        let change = |low: &Point, high: &Point| (high.y.chance - low.y.chance).abs();
        let (mut low, mut high, mut wide) = (a, b, (a, b));
        let mut refused = false;
        let off = |point: &Point| sign * (point.y.chance - chance);
        // What is exactly at the chance counts as reached, and so as beyond it by next to nothing.
        let beyond = |point: &Point| match off(point) {
            0.0 => sign * f64::MIN_POSITIVE,
            y => y,
        };
        let width = b.x - a.x;
        let draws = &mut self.draws;
        if change(&low, &high) > error(&low, &high) {
            let (from, to) = (beyond(&a), beyond(&b));
            let look = |x: f64| {
                let Some(y) = draws.all(x) else {
                    // The search ends at what it takes for a zero.
                    refused = true;
                    return 0.0;
                };
                let point = Point { x, y };
                if (y.chance >= chance) == rising {
                    high = point;
                } else {
                    low = point;
                }
                if change(&low, &high) >= CERTAIN * error(&low, &high) {
                    wide = (low, high);
                }
                if change(&low, &high) <= error(&low, &high) {
                    return 0.0;
                }
                beyond(&point)
            };
            solve_itp(look, a.x, b.x, 0.5 * self.tiny, 1, 0.2 / width, from, to);
        }
        if refused {
            // Between two values that are allowed there is one that is not, which the answer says.
            return;
        }
        let (step, error) = (change(&low, &high), error(&low, &high));
        if step > CERTAIN * error {
            return self.jump(low, high);
        }
        let part = (chance - low.y.chance) / (high.y.chance - low.y.chance);
        let root = low.x + part * (high.x - low.x);
        let slope = change(&wide.0, &wide.1) / (wide.1.x - wide.0.x);
        self.found.roots.push((root, error / slope));
    }
}
