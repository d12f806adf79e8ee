//! Sobol indices (Model 11.2): which part of a result's variance is due to which input.
//!
//! For independent inputs the variance V of `f(x)` is a sum of what each input does alone, each pair beyond that, and so
//! on. The **first-order** index of input i is what it does alone, `V(E(f | x_i)) / V`; its **total** index is everything
//! that it has a part in, `E(V(f | all but x_i)) / V`. First-order indices sum to at most 1, total ones to at least 1, and
//! both are 1 in sum where no two inputs act together.
//!
//! They are estimated from N pairs of independent points, A and B, and from points `AB_i` that are A but for input i, which
//! is that of B, so from `N (k + 2)` runs:
//!
//! - first-order: `V_i = 1/N sum f(B) (f(AB_i) - f(A))` (A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto and
//!   S. Tarantola, Variance based sensitivity analysis of model output, Computer Physics Communications 181, 2010,
//!   table 2b), with the mean taken off f(B), which changes nothing in expectation and much in spread;
//! - total: `1/(2N) sum (f(A) - f(AB_i))^2` (M. J. W. Jansen, Analysis of variance designs for model output, Computer
//!   Physics Communications 117, 1999; table 2f of the former);
//! - V: the mean square around the mean of all f(A) and f(B).
//!
//! Estimates are not cut off at 0: one of a small index may be below it by less than its interval, and to cut it off would
//! make the sum too large. An input that f does not read has 0 exactly, since f(AB_i) is f(A).
//!
//! **Intervals.** The points come from [`REPLICATES`] independent scrambles of a sequence. Each index is a quotient of
//! sums over these, `S = sum V_r / sum W_r`, whose error is that of the mean of `V_r - S W_r` in first order; so the half
//! width is that of Student's t for as many replicates as there are. For means over scrambles this plain interval was found
//! more reliable than the bootstrap by P. L'Ecuyer, M. K. Nakayama, A. B. Owen and B. Tuffin (Confidence intervals for
//! randomized quasi-Monte Carlo estimators, Winter Simulation Conference 2023).
//!
//! ```
//! use clauseworth_kernel::indices::Collected;
//! // f = x1 + x2 at two points A and B, of which B comes second: f(A), f(B), f(AB_1), f(AB_2).
//! let mut collected = Collected::new(3, 1);
//! let f = |x: [f64; 2]| x[0] + x[1];
//! let (a, b) = ([0.0, 0.0], [1.0, 2.0]);
//! collected.add(0, &[f(a), f(b), f([b[0], a[1]]), f([a[0], b[1]]), f(a)]);
//! // The variance of 0 and 3 is 9/4. Nothing reads the third input. One replicate does not tell the error.
//! let [first, second, third] = collected.indices().unwrap().try_into().unwrap();
//! assert_eq!(first.first, 1.5 * 1.0 / 2.25);
//! assert_eq!(second.total, 2.0 * 2.0 / 2.0 / 2.25);
//! assert_eq!((third.first, third.total, third.first_ci), (0.0, 0.0, None));
//! ```

use crate::simulate::REPLICATES;

/// Of Student's t with 1 degree of freedom and more, what 95 % lie within, on both sides of 0.
const STUDENT: [f64; REPLICATES - 1] = [
    12.706_204_736_174_694,
    4.302_652_729_749_462,
    3.182_446_305_283_708,
    2.776_445_105_197_793,
    2.570_581_835_636_315,
    2.446_911_851_144_979,
    2.364_624_251_592_784,
];

/// The indices of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// The part of the variance that is due to the input alone.
    pub first: f64,
    /// The part that the input has a part in.
    pub total: f64,
    /// Half width of the 95 % interval of `first`; none with points of fewer than two replicates.
    pub first_ci: Option<f64>,
    /// The same of `total`.
    pub total_ci: Option<f64>,
}

/// What is kept of a batch, all around the batch's own mean, so that nothing is lost to a large mean.
#[derive(Clone, Debug)]
struct Sums {
    /// Points at which every run has a value, and those at which one has none.
    points: u64,
    left_out: u64,
    /// Mean of f(A) and f(B).
    mean: f64,
    /// Sum of the squares of both less the mean.
    squares: f64,
    inputs: Vec<InputSums>,
}

/// Sums over the points of a batch of what exchanging one input does, `d = f(AB_i) - f(A)`.
#[derive(Clone, Copy, Debug, Default)]
struct InputSums {
    moved: f64,
    /// Of `(f(B) - mean) d`.
    with_b: f64,
    squares: f64,
}

impl Sums {
    /// Of the values of all runs: those of A, of B, and of AB_i for each input, as many each.
    fn new(inputs: usize, values: &[f64]) -> Self {
        let all = values.len() / (inputs + 2);
        let run = |run: usize| &values[run * all..(run + 1) * all];
        let exists = |point: &usize| (0..inputs + 2).all(|r| !run(r)[*point].is_nan());
        let points: Vec<usize> = (0..all).filter(exists).collect();
        let (a, b) = (run(0), run(1));
        // Around the first value, so that the mean of equal values is that value.
        let around = points.first().map_or(0.0, |first| a[*first]);
        let both = points
            .iter()
            .map(|p| (a[*p] - around) + (b[*p] - around))
            .sum::<f64>();
        let mean = around + both / (2 * points.len().max(1)) as f64;
        let mut squares = 0.0;
        for point in &points {
            let (a, b) = (a[*point] - mean, b[*point] - mean);
            squares += a * a + b * b;
        }
        let of_input = |input: usize| {
            let exchanged = run(2 + input);
            let mut sums = InputSums::default();
            for point in &points {
                let d = exchanged[*point] - a[*point];
                sums.moved += d;
                sums.with_b += (b[*point] - mean) * d;
                sums.squares += d * d;
            }
            sums
        };
        Self {
            points: points.len() as u64,
            left_out: (all - points.len()) as u64,
            mean,
            squares,
            inputs: (0..inputs).map(of_input).collect(),
        }
    }
}

/// Takes batches in any order; the result has the same bits for the same batches.
#[derive(Clone, Debug)]
pub struct Collected {
    inputs: usize,
    batches: Vec<Option<Sums>>,
}

impl Collected {
    /// Of so many inputs, in so many batches. Batch n has points of replicate `n % REPLICATES` alone.
    #[must_use]
    pub fn new(inputs: usize, batches: u64) -> Self {
        Self {
            inputs,
            batches: vec![None; batches as usize],
        }
    }

    /// Takes the values of a batch: those of its points A in order, those of B, and those of AB_i for each input; not a
    /// number where one does not exist, and then the point is left out. A batch that it has is not counted again.
    pub fn add(&mut self, batch: u64, values: &[f64]) {
        if let Some(place @ None) = self.batches.get_mut(batch as usize) {
            *place = Some(Sums::new(self.inputs, values));
        }
    }

    /// Points at which every run has a value, so far.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.batches.iter().flatten().map(|sums| sums.points).sum()
    }

    /// Points that were left out, so far.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        let taken = self.batches.iter().flatten();
        taken.map(|sums| sums.left_out).sum()
    }

    /// The indices of the inputs, in their order; none where the result does not vary.
    #[must_use]
    pub fn indices(&self) -> Option<Vec<Index>> {
        let mean = self.mean()?;
        let mut points = [0; REPLICATES];
        let mut variance = [0.0; REPLICATES];
        for (replicate, sums) in self.by_replicate() {
            let off = sums.mean - mean;
            points[replicate] += sums.points;
            variance[replicate] += 0.5 * sums.squares + sums.points as f64 * off * off;
        }
        if variance.iter().sum::<f64>() <= 0.0 {
            return None;
        }
        let of_input = |input: usize| {
            let (mut first, mut total) = ([0.0; REPLICATES], [0.0; REPLICATES]);
            for (replicate, sums) in self.by_replicate() {
                let of = sums.inputs[input];
                first[replicate] += of.with_b + (sums.mean - mean) * of.moved;
                total[replicate] += 0.5 * of.squares;
            }
            let (first, first_ci) = quotient(&points, &first, &variance);
            let (total, total_ci) = quotient(&points, &total, &variance);
            Index {
                first,
                total,
                first_ci,
                total_ci,
            }
        };
        Some((0..self.inputs).map(of_input).collect())
    }

    /// What was taken of each batch that has points, and its replicate.
    fn by_replicate(&self) -> impl Iterator<Item = (usize, &Sums)> {
        let batches = self.batches.iter().enumerate();
        batches.filter_map(|(batch, sums)| {
            let sums = sums.as_ref().filter(|sums| sums.points > 0)?;
            Some((batch % REPLICATES, sums))
        })
    }

    /// The mean of all f(A) and f(B).
    fn mean(&self) -> Option<f64> {
        let (_, first) = self.by_replicate().next()?;
        let (mut points, mut off) = (0.0, 0.0);
        for (_, sums) in self.by_replicate() {
            points += sums.points as f64;
            off += sums.points as f64 * (sums.mean - first.mean);
        }
        Some(first.mean + off / points)
    }
}

/// The quotient of two sums over the replicates that have points, and the half width of its interval.
fn quotient(
    points: &[u64; REPLICATES],
    above: &[f64; REPLICATES],
    below: &[f64; REPLICATES],
) -> (f64, Option<f64>) {
    let whole: f64 = below.iter().sum();
    let quotient = above.iter().sum::<f64>() / whole;
    let replicates = points.iter().filter(|points| **points > 0).count();
    let off = above.iter().zip(below).map(|(a, b)| a - quotient * b);
    let squares: f64 = off.map(|off| off * off).sum();
    let half_width = replicates.checked_sub(2).map(|freedom| {
        let (r, t) = (replicates as f64, STUDENT[freedom]);
        t * (squares * r / (r - 1.0)).sqrt() / whole
    });
    (quotient, half_width)
}
