//! Draws for simulated paths: pure functions of a seed, the number of a path and a dimension (Model 10).
//!
//! [`driver`] gives the uniforms of a dimension for consecutive paths, from a scrambled low-discrepancy sequence
//! ([`sobol`]) or from a counter-based generator ([`philox`]). [`draw`] turns them into values of a quantity, [`copula`]
//! correlates them before that, and [`bridge`] makes Brownian motions of those that become normal deviates.
//!
//! Point i depends on the seed, i and the dimension alone, and never on how many points were asked for at once. So it does
//! not matter in which batches, in which order, by which worker or on which machine they are made, and the first points
//! of a long simulation are those of a short one. Nothing is allocated per draw.

pub mod bridge;
pub mod copula;
mod directions;
pub mod draw;
pub mod driver;
pub mod philox;
pub mod sobol;
mod table;

/// Paths that are worked on together: enough for the widest vectors, few enough for the nearest cache.
const RUN: usize = 32;

/// The middle of one of 2^32 equal parts of the unit interval: never 0 nor 1, and exact.
#[inline(always)]
fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (0.5 / 2_147_483_648.0)
}
