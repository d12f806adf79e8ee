//! The uniforms that drive a simulation: of any dimension, for any consecutive paths.
//!
//! **Dimensions are the caller's to assign, the most important the lowest numbers.** The first dimensions of a
//! low-discrepancy sequence are the most even, alone and in pairs, so they are for what moves the result most: the widest
//! quantities and the first normals of a Brownian bridge, then the rest.
//!
//! What is not Sobol's sequence: dimensions from [`DIMENSIONS`] on, which are drawn as with [`Sampler::Random`]. Points
//! from 2^32 on are those of the first 2^32 again under another scramble, so they are as good, but not more even with
//! them. A draw is the middle of one of 2^32 equal parts of the unit interval: the first and last are at 2^-33 and
//! 1 - 2^-33, or 6.3 standard deviations of a normal variable.
//!
//! ```
//! use clauseworth_kernel::sample::driver::{Driver, Sampler};
//! let driver = Driver::new(Sampler::Sobol, 42, 10);
//! let mut draws = [0.0; 64];
//! driver.uniforms(3, 0, &mut draws);
//! // One draw in each part, in any power of two of them.
//! let mut parts = draws.map(|u| (64.0 * u) as usize);
//! parts.sort();
//! assert!(parts.iter().enumerate().all(|(i, part)| i == *part));
//! // The same paths, one after another.
//! let mut draw = [0.0];
//! driver.uniforms(3, 17, &mut draw);
//! assert_eq!(draw[0], draws[17]);
//! ```

use std::sync::Arc;

use super::philox::Philox;
use super::sobol::{DIMENSIONS, Scramble, Sobol};

/// Where uniforms come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampler {
    /// Sobol's sequence, scrambled: the mean of a smooth function of few effective dimensions converges almost as 1 / N.
    #[default]
    Sobol,
    /// Pseudo-random numbers: every mean converges as 1 / sqrt(N).
    Random,
}

/// A source of uniforms in (0, 1).
#[derive(Clone, Debug)]
pub struct Driver {
    philox: Philox,
    sampler: Sampler,
    replicate: u16,
    /// The dimensions that are ready; all replicates share them.
    sobol: Arc<[Sobol]>,
    /// Their scrambles of the first 2^32 points.
    scrambles: Vec<Scramble>,
}

/// Streams of the generator: one of draws for each replicate, and one of scrambles.
const SCRAMBLES: u32 = 1 << 16;

impl Driver {
    /// A source under a seed. The first `dimensions` are made ready. The others are there too, and cost more.
    #[must_use]
    pub fn new(sampler: Sampler, seed: u64, dimensions: u32) -> Self {
        let ready = match sampler {
            Sampler::Sobol => dimensions.min(DIMENSIONS),
            Sampler::Random => 0,
        };
        let driver = Self {
            philox: Philox::new(seed),
            sampler,
            replicate: 0,
            sobol: (0..ready).filter_map(Sobol::new).collect(),
            scrambles: Vec::new(),
        };
        driver.replicate(0)
    }

    /// The same source under another scramble, or another stream: paths of different replicates are independent, so the
    /// spread of means over replicates is that of the mean. The source that [`Driver::new`] gives is replicate 0.
    #[must_use]
    pub fn replicate(&self, replicate: u16) -> Self {
        let mut other = self.clone();
        other.replicate = replicate;
        other.scrambles = (0..self.sobol.len() as u32)
            .map(|dimension| other.scramble(dimension, 0))
            .collect();
        other
    }

    /// The uniforms of a dimension for consecutive paths from path `first` on.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub fn uniforms(&self, dimension: u32, first: u64, out: &mut [f64]) {
        if self.sampler == Sampler::Sobol {
            let place = dimension as usize;
            if let (Some(sobol), Some(early)) = (self.sobol.get(place), self.scrambles.get(place)) {
                return sobol.draws(first, out, |era| match era {
                    0 => *early,
                    _ => self.scramble(dimension, era),
                });
            }
            if let Some(sobol) = Sobol::new(dimension) {
                return sobol.draws(first, out, |era| self.scramble(dimension, era));
            }
        }
        let stream = u32::from(self.replicate);
        self.philox.draws(dimension, stream, first, out);
    }

    fn scramble(&self, dimension: u32, era: u32) -> Scramble {
        let stream = SCRAMBLES | u32::from(self.replicate);
        Scramble::new(&self.philox, dimension, stream, era)
    }
}
