//! Correlated quantities: a Gaussian copula (Model 2.3).
//!
//! The uniforms of correlated quantities become standard normals z, these `y = L z` with the Cholesky factor L of their
//! correlations, `L L' = R`, and these uniforms again. Only quantities that are correlated with each other, directly or
//! through others, are taken together. The first of such a group keeps its uniforms as they are, since its row of L is 1;
//! so do all that are not correlated. Matrices have a few rows, so the factor is written out here: a crate of linear
//! algebra would be more to load than all of the kernel.
//!
//! ```
//! use clauseworth_kernel::sample::copula::{Copula, Correlation};
//! let rho = |a, b, rho| Correlation { between: [a, b], rho };
//! assert!(Copula::new(&[rho(0, 4, 0.7), rho(4, 2, 0.7)]).is_ok());
//! // Two that go with a third almost wholly cannot go against each other.
//! let refused = Copula::new(&[rho(0, 4, 0.9), rho(4, 2, 0.9), rho(0, 2, -0.9), rho(0, 7, 0.1)]);
//! assert_eq!(refused.unwrap_err().pairs, [[0, 4], [4, 2], [0, 2]]);
//! ```

use crate::quantile::{normal_cdf, normal_each};

/// The correlation of the underlying normals of two uncertain quantities, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// The two, which are not the same.
    pub between: [usize; 2],
    /// From -1 to 1.
    pub rho: f64,
}

/// No normals are correlated as was demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPositiveDefinite {
    /// The pairs that contradict each other, in the order and form in which they were given: leave any quantity of theirs
    /// out, and the rest agree.
    pub pairs: Vec<[usize; 2]>,
}

/// Groups of correlated quantities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copula {
    groups: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq)]
struct Group {
    /// Ascending numbers of quantities.
    members: Vec<usize>,
    factor: Factor,
}

/// Rows of a lower triangular matrix, up to the diagonal.
type Factor = Vec<Vec<f64>>;

/// What a variance may be of which nothing is left to the other quantities: correlations that determine one of them are
/// refused, and rounding must not decide.
const NOTHING: f64 = 1e-12;

/// Paths that are worked on together.
const PATHS: usize = 64;

impl Copula {
    /// The copula of correlations, of which there is one at most for two quantities; of several the last counts.
    ///
    /// # Errors
    ///
    /// Where the matrix of correlations is not positive definite.
    pub fn new(correlations: &[Correlation]) -> Result<Self, NotPositiveDefinite> {
        let mut groups = Vec::new();
        for members in connected(correlations) {
            match factor(&members, correlations) {
                Some(factor) => groups.push(Group { members, factor }),
                None => return Err(contradiction(members, correlations)),
            }
        }
        Ok(Self { groups })
    }

    /// Whether no quantity is correlated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Correlates the uniforms of `paths` paths: `uniforms` has a row of them for each quantity.
    pub fn correlate(&self, paths: usize, uniforms: &mut [f64]) {
        for group in &self.groups {
            for from in (0..paths).step_by(PATHS) {
                let count = PATHS.min(paths - from);
                group.correlate(|member| member * paths + from, count, uniforms);
            }
        }
    }
}

impl Group {
    /// For `count` paths, those of a member beginning at `place(member)`.
    fn correlate(&self, place: impl Fn(usize) -> usize, count: usize, uniforms: &mut [f64]) {
        let mut kept = [0.0; PATHS];
        let mut sum = [0.0; PATHS];
        let (kept, sum) = (&mut kept[..count], &mut sum[..count]);
        let row = |i: usize| {
            let at = place(self.members[i]);
            at..at + count
        };
        kept.copy_from_slice(&uniforms[row(0)]);
        for i in 0..self.members.len() {
            normal_each(&uniforms[row(i)], sum);
            uniforms[row(i)].copy_from_slice(sum);
        }
        // From the last on, since a row needs the normals of those before it.
        for (i, weights) in self.factor.iter().enumerate().skip(1).rev() {
            sum.fill(0.0);
            for (j, weight) in weights.iter().enumerate() {
                for (sum, z) in sum.iter_mut().zip(&uniforms[row(j)]) {
                    *sum += weight * z;
                }
            }
            for (u, y) in uniforms[row(i)].iter_mut().zip(&*sum) {
                *u = normal_cdf(*y).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
            }
        }
        uniforms[row(0)].copy_from_slice(kept);
    }
}

/// The groups of quantities that are connected, each ascending, in the order of their first.
fn connected(correlations: &[Correlation]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for correlation in correlations {
        let (mut joined, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| correlation.between.iter().any(|a| group.contains(a)));
        groups = apart;
        joined.push(correlation.between.to_vec());
        let mut joined = joined.concat();
        joined.sort_unstable();
        joined.dedup();
        groups.push(joined);
    }
    groups.sort_unstable();
    groups
}

/// The Cholesky factor of the correlations among some quantities, if they are positive definite.
fn factor(members: &[usize], correlations: &[Correlation]) -> Option<Factor> {
    let mut rows: Factor = Vec::with_capacity(members.len());
    for (i, a) in members.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(i + 1);
        for (b, other) in members.iter().zip(&rows) {
            let rho = correlations
                .iter()
                .rfind(|c| c.between == [*a, *b] || c.between == [*b, *a])
                .map_or(0.0, |c| c.rho);
            let known: f64 = row.iter().zip(other).map(|(x, y)| x * y).sum();
            row.push((rho - known) / other[other.len() - 1]);
        }
        let left = 1.0 - row.iter().map(|x| x * x).sum::<f64>();
        if left.is_nan() || left <= NOTHING {
            return None;
        }
        row.push(left.sqrt());
        rows.push(row);
    }
    Some(rows)
}

/// The pairs at fault: quantities are left out one by one as long as the rest still contradict each other.
fn contradiction(mut members: Vec<usize>, correlations: &[Correlation]) -> NotPositiveDefinite {
    for member in members.clone() {
        let mut rest = members.clone();
        rest.retain(|other| *other != member);
        if factor(&rest, correlations).is_none() {
            members = rest;
        }
    }
    let pairs = correlations
        .iter()
        .filter(|c| c.rho != 0.0 && c.between.iter().all(|a| members.contains(a)))
        .map(|c| c.between)
        .collect();
    NotPositiveDefinite { pairs }
}
