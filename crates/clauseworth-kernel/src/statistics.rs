//! What many paths say together (Model 10.1): moments, quantiles, tails.
//!
//! Batches come in any order, from any worker, and the result has the same bits: sums are kept batch by batch and added
//! in the order of the batches, values are kept by their path, and counts are whole numbers. Up to [`EXACT`] values of a
//! row they are all kept and its quantiles are exact; beyond, they are counted in buckets whose width is at most 2^-11 of
//! the value, and a quantile is off by less than that, half a thousandth, while means, standard deviations and standard
//! errors stay exact. Bands of series have many rows: theirs are counted sooner, in buckets of 2^-8, and are off by less
//! than four thousandths.

use crate::simulate::{BATCH, POINTS, REPLICATES, Sampler};

/// Up to so many values are kept, and their quantiles are exact.
pub const EXACT: usize = 1 << 17;

/// The bits of the mantissa that tell one bucket of a metric from the next.
const METRIC_BITS: u32 = 11;

/// The same of a band.
const BAND_BITS: u32 = 8;

/// Values closer to 0 than this count as 0.
const TINY: f64 = 1e-12;

/// Statistics of one row of values.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are those of Model 10.1")]
pub struct Statistics {
    /// Paths in which the value exists.
    pub count: u64,
    pub mean: f64,
    /// Of the mean.
    pub standard_error: f64,
    /// Of the values, with the divisor `count - 1`.
    pub sd: f64,
    pub p5: f64,
    pub p10: f64,
    pub p25: f64,
    pub p50: f64,
    pub p75: f64,
    pub p90: f64,
    pub p95: f64,
    /// Part of the paths in which the value is below 0.
    pub below_zero: f64,
    /// Part of the paths in which it is above 0.
    pub above_zero: f64,
    /// Mean of the worst twentieth.
    pub worst_5_percent: f64,
    /// P1 to P99.
    pub percentiles: [f64; 99],
}

/// Sums of a batch's values, less the shift: by scramble, how many and their sum; and the sum of all squares.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    by_replicate: [(u32, f64); REPLICATES],
    squares: f64,
    below_zero: u32,
    above_zero: u32,
}

/// Collects the values of one row over all paths.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug)]
pub struct Row {
    /// Subtracted before squaring, so that little is lost; near the mean.
    shift: f64,
    /// Whether high values are the bad ones.
    high_is_bad: bool,
    sums: Vec<Sums>,
    values: Values,
}

#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug)]
enum Values {
    /// By path; not a number where it does not exist.
    Kept(Vec<f64>),
    Counted(Buckets),
}

impl Values {
    /// Adds values of other paths.
    fn merge(&mut self, other: &Self) {
        match (self, other) {
            (Self::Kept(kept), Self::Kept(others)) => {
                for (value, other) in kept.iter_mut().zip(others) {
                    if !other.is_nan() {
                        *value = *other;
                    }
                }
            }
            (Self::Counted(buckets), Self::Counted(others)) => buckets.merge(others),
            // Rows of one simulation are of one kind.
            _ => {}
        }
    }
}

/// The values that exist, ascending.
fn sorted(kept: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = kept.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

impl Row {
    /// A row of `paths` values in all, around `shift`.
    #[must_use]
    pub fn new(paths: u64, shift: f64, high_is_bad: bool) -> Self {
        let batches = paths.div_ceil(BATCH as u64) as usize;
        Self {
            shift,
            high_is_bad,
            sums: vec![Sums::default(); batches],
            values: if paths <= EXACT as u64 {
                Values::Kept(vec![f64::NAN; paths as usize])
            } else {
                Values::Counted(Buckets::new(METRIC_BITS))
            },
        }
    }

    /// Adds the values of a batch in the order of its paths, not a number where one does not exist. Each batch once.
    pub fn add(&mut self, batch: u64, values: &[f64]) {
        let mut sums = Sums::default();
        for (points, sum) in values.chunks(POINTS).zip(&mut sums.by_replicate) {
            for value in points.iter().filter(|value| !value.is_nan()) {
                let shifted = value - self.shift;
                sum.0 += 1;
                sum.1 += shifted;
                sums.squares += shifted * shifted;
                sums.below_zero += u32::from(*value < 0.0);
                sums.above_zero += u32::from(*value > 0.0);
            }
        }
        self.sums[batch as usize] = sums;
        match &mut self.values {
            Values::Kept(kept) => {
                let start = batch as usize * BATCH;
                kept[start..start + values.len()].copy_from_slice(values);
            }
            Values::Counted(buckets) => {
                for value in values.iter().filter(|value| !value.is_nan()) {
                    buckets.add(*value);
                }
            }
        }
    }

    /// Adds what another row has of other batches.
    pub fn merge(&mut self, other: &Self) {
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            if others.by_replicate.iter().any(|(count, _)| *count > 0) {
                *sums = *others;
            }
        }
        self.values.merge(&other.values);
    }

    /// The statistics of what was added; none where no path has a value.
    #[must_use]
    pub fn statistics(&self, sampler: Sampler) -> Option<Statistics> {
        let mut by_replicate = [(0_u64, 0.0); REPLICATES];
        let (mut squares, mut below_zero, mut above_zero) = (0.0, 0_u64, 0_u64);
        for sums in &self.sums {
            for (all, (count, sum)) in by_replicate.iter_mut().zip(sums.by_replicate) {
                all.0 += u64::from(count);
                all.1 += sum;
            }
            squares += sums.squares;
            below_zero += u64::from(sums.below_zero);
            above_zero += u64::from(sums.above_zero);
        }
        let count: u64 = by_replicate.iter().map(|(count, _)| count).sum();
        if count == 0 {
            return None;
        }
        let n = count as f64;
        let mean = by_replicate.iter().map(|(_, sum)| sum).sum::<f64>() / n;
        let variance = if count > 1 {
            ((squares - n * mean * mean) / (n - 1.0)).max(0.0)
        } else {
            0.0
        };
        let standard_error = match sampler {
            Sampler::Sobol if self.sums.len() > 1 || self.whole_batch() => {
                error_of_replicates(&by_replicate)
            }
            _ => None,
        };
        let worst = count.div_ceil(20);
        let mut percentiles = [0.0; 99];
        let mut fill = |quantile: &dyn Fn(f64) -> f64| {
            for (i, out) in percentiles.iter_mut().enumerate() {
                *out = quantile((i + 1) as f64 / 100.0);
            }
        };
        let [p5, p10, p25, p50, p75, p90, p95, worst_5_percent] = match &self.values {
            Values::Kept(kept) => {
                let sorted = sorted(kept);
                let tail = if self.high_is_bad {
                    &sorted[sorted.len() - worst as usize..]
                } else {
                    &sorted[..worst as usize]
                };
                let sum: f64 = tail.iter().sum();
                let q = |p| quantile(&sorted, p);
                fill(&q);
                [
                    q(0.05),
                    q(0.1),
                    q(0.25),
                    q(0.5),
                    q(0.75),
                    q(0.9),
                    q(0.95),
                    sum / worst as f64,
                ]
            }
            Values::Counted(buckets) => {
                let q = |p| buckets.quantile(count, p);
                let tail = buckets.tail(worst, self.high_is_bad);
                fill(&q);
                [
                    q(0.05),
                    q(0.1),
                    q(0.25),
                    q(0.5),
                    q(0.75),
                    q(0.9),
                    q(0.95),
                    tail,
                ]
            }
        };
        Some(Statistics {
            count,
            mean: mean + self.shift,
            standard_error: standard_error.unwrap_or((variance / n).sqrt()),
            sd: variance.sqrt(),
            p5,
            p10,
            p25,
            p50,
            p75,
            p90,
            p95,
            below_zero: below_zero as f64 / n,
            above_zero: above_zero as f64 / n,
            worst_5_percent,
            percentiles,
        })
    }

    /// Whether the first batch has points of every scramble.
    fn whole_batch(&self) -> bool {
        let sums = self.sums.first();
        sums.is_some_and(|sums| sums.by_replicate.iter().all(|(count, _)| *count > 1))
    }

    /// The values in the order of their paths, not a number where one does not exist, if they were kept.
    #[must_use]
    pub fn values(&self) -> Option<&[f64]> {
        match &self.values {
            Values::Kept(values) => Some(values),
            Values::Counted(_) => None,
        }
    }
}

/// The standard error of a mean of independent means.
fn error_of_replicates(by_replicate: &[(u64, f64)]) -> Option<f64> {
    let means: Option<Vec<f64>> = by_replicate
        .iter()
        .map(|(count, sum)| (*count > 0).then(|| sum / *count as f64))
        .collect();
    let means = means?;
    let n = means.len() as f64;
    let mean = means.iter().sum::<f64>() / n;
    let squares: f64 = means.iter().map(|m| (m - mean) * (m - mean)).sum();
    Some((squares / (n * (n - 1.0))).sqrt())
}

/// A quantile of ascending values, linear between them (type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in
/// statistical packages", 1996).
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (low, high) = (at.floor(), at.ceil());
    let (below, above) = (sorted[low as usize], sorted[high as usize]);
    below + (above - below) * (at - low)
}

/// P10, P50 and P90 of one quarter of a series over all paths.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug)]
pub struct Band(Values);

impl Band {
    /// A band of `paths` values in all, of which all are kept if `kept`.
    #[must_use]
    pub fn new(paths: u64, kept: bool) -> Self {
        Self(if kept {
            Values::Kept(vec![f64::NAN; paths as usize])
        } else {
            Values::Counted(Buckets::new(BAND_BITS))
        })
    }

    /// Adds the values of a batch in the order of its paths, not a number where one does not exist. Each batch once.
    pub fn add(&mut self, batch: u64, values: &[f64]) {
        match &mut self.0 {
            Values::Kept(kept) => {
                let start = batch as usize * BATCH;
                kept[start..start + values.len()].copy_from_slice(values);
            }
            Values::Counted(buckets) => {
                for value in values.iter().filter(|value| !value.is_nan()) {
                    buckets.add(*value);
                }
            }
        }
    }

    /// The three quantiles of what was added; none of nothing.
    #[must_use]
    pub fn quantiles(&self) -> Option<[f64; 3]> {
        let probabilities = [0.1, 0.5, 0.9];
        match &self.0 {
            Values::Kept(kept) => {
                let sorted = sorted(kept);
                (!sorted.is_empty()).then(|| probabilities.map(|p| quantile(&sorted, p)))
            }
            Values::Counted(buckets) => {
                let count = buckets.counts.iter().map(|count| u64::from(*count)).sum();
                (count > 0).then(|| probabilities.map(|p| buckets.quantile(count, p)))
            }
        }
    }

    /// Adds what another band has of other batches.
    pub fn merge(&mut self, other: &Self) {
        self.0.merge(&other.0);
    }
}

/// Counts of values in buckets as wide as a part of the value: merged by adding, in any order.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq)]
struct Buckets {
    /// The bits of the mantissa that tell one from the next.
    bits: u32,
    /// The number of the first bucket.
    first: i64,
    counts: Vec<u32>,
}

impl Buckets {
    fn new(bits: u32) -> Self {
        Self {
            bits,
            first: 0,
            counts: Vec::new(),
        }
    }

    /// The number of the bucket of a size, by the upper bits of the number.
    fn number(&self, size: f64) -> i64 {
        (size.to_bits() >> (52 - self.bits)) as i64
    }

    /// The bucket of a value; they ascend with it.
    fn of(&self, value: f64) -> i64 {
        if value.abs() < TINY {
            return 0;
        }
        let size = self.number(value.abs()) - self.number(TINY) + 1;
        if value < 0.0 { -size } else { size }
    }

    /// The end of a bucket that is nearer to 0.
    fn end(&self, bucket: i64) -> f64 {
        let size = bucket.abs() - 1 + self.number(TINY);
        let end = f64::from_bits((size as u64) << (52 - self.bits));
        if bucket < 0 { -end } else { end }
    }

    /// Both ends of a bucket, ascending.
    fn ends(&self, bucket: i64) -> (f64, f64) {
        match bucket {
            0 => (0.0, 0.0),
            1.. => (self.end(bucket), self.end(bucket + 1)),
            _ => (self.end(bucket - 1), self.end(bucket)),
        }
    }

    /// Counts a value.
    fn add(&mut self, value: f64) {
        let place = self.place(self.of(value));
        self.counts[place] += 1;
    }

    /// Adds the counts of others.
    fn merge(&mut self, others: &Self) {
        for (place, count) in others
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
        {
            let place = self.place(others.first + place as i64);
            self.counts[place] += count;
        }
    }

    /// The place of a bucket's count, made if there is none yet.
    fn place(&mut self, bucket: i64) -> usize {
        if self.counts.is_empty() {
            self.first = bucket;
        }
        if bucket < self.first {
            let more = (self.first - bucket) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.first = bucket;
        }
        let place = (bucket - self.first) as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        place
    }

    /// The buckets that hold something: their ends, and how many values.
    fn filled(&self) -> impl DoubleEndedIterator<Item = ((f64, f64), f64)> {
        let filled = self
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        filled.map(|(place, count)| (self.ends(self.first + place as i64), f64::from(*count)))
    }

    /// The quantile of `count` values, which lie evenly within a bucket.
    fn quantile(&self, count: u64, p: f64) -> f64 {
        let rank = p * (count - 1) as f64;
        let (mut before, mut last) = (0.0, 0.0);
        for ((low, high), count) in self.filled() {
            if rank < before + count {
                let part = ((rank - before + 0.5) / count).min(1.0);
                return low + (high - low) * part;
            }
            before += count;
            last = high;
        }
        last
    }

    /// The mean of so many of the lowest or highest values.
    fn tail(&self, number: u64, highest: bool) -> f64 {
        let number = number as f64;
        let mut left = number;
        let mut sum = 0.0;
        let mut visit = |((low, high), count): ((f64, f64), f64)| {
            let taken = count.min(left);
            sum += taken * 0.5 * (low + high);
            left -= taken;
        };
        if highest {
            self.filled().rev().for_each(&mut visit);
        } else {
            self.filled().for_each(&mut visit);
        }
        sum / number
    }
}
