//! A Brownian bridge: the standard Brownian motion at given times, from independent standard normals of which the first
//! say most.
//!
//! The first normal gives the last time, the next the time halfway, and so on, each time half of what lies between two
//! times that are known. Between W(l) and W(r), l < m < r, the motion at m is normal, with mean
//! `((r - m) W(l) + (m - l) W(r)) / (r - l)` and variance `(m - l)(r - m) / (r - l)` (R. E. Caflisch and B. Moskowitz,
//! Modified Monte Carlo methods using quasi-random sequences, 1995). At time 0 it is 0. The law is that of increments one
//! after another; but where those spread the variance evenly over all normals, here the first few carry nearly all of
//! that of what is paid over the whole time, and they are what the even dimensions of a low-discrepancy sequence are for.
//!
//! ```
//! use clauseworth_kernel::sample::bridge::Bridge;
//! let bridge = Bridge::new(&[0.1, 0.35, 0.6, 0.85]);
//! // One path, all of whose normals are 0 but for the first, which decides where it ends.
//! let mut motion = [0.0; 4];
//! bridge.walk(1, &mut motion, |step, normals| normals.fill(if step == 0 { 1.0 } else { 0.0 }));
//! assert_eq!(motion[3], 0.85_f64.sqrt());
//! assert!((motion[1] / motion[3] - 0.35 / 0.85).abs() < 1e-15);
//! ```

/// The order and the weights in which a Brownian motion is made at the times of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    steps: Box<[Step]>,
}

/// `W(m) = a W(l) + b W(r) + c Z`.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    place: usize,
    left: Neighbour,
    right: Neighbour,
    deviation: f64,
}

/// A place that is known and its weight. There is none at time 0 and after the last time.
type Neighbour = Option<(usize, f64)>;

impl Bridge {
    /// The bridge over `times`, ascending and above 0: of a deal, the middles of its quarters.
    #[must_use]
    pub fn new(times: &[f64]) -> Self {
        debug_assert!(times.first().is_none_or(|first| *first > 0.0));
        debug_assert!(times.is_sorted_by(|a, b| a < b));
        let mut steps = Vec::with_capacity(times.len());
        if let Some((last, time)) = times.iter().enumerate().next_back() {
            steps.push(Step {
                place: last,
                left: None,
                right: None,
                deviation: time.sqrt(),
            });
            // Spans whose ends are known, each halved in its turn: the place before the first is time 0.
            let mut spans = vec![(None, last)];
            let mut next = 0;
            while let Some((before, right)) = spans.get(next).copied() {
                next += 1;
                let from = before.map_or(0, |left: usize| left + 1);
                if from == right {
                    continue;
                }
                let place = from + (right - from - 1) / 2;
                let start = before.map_or(0.0, |left| times[left]);
                let (since, until) = (times[place] - start, times[right] - times[place]);
                let span = times[right] - start;
                steps.push(Step {
                    place,
                    left: before.map(|left| (left, until / span)),
                    right: Some((right, since / span)),
                    deviation: (since * until / span).sqrt(),
                });
                spans.push((before, place));
                spans.push((Some(place), right));
            }
        }
        Self {
            steps: steps.into_boxed_slice(),
        }
    }

    /// Number of times, and of normals.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no time at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The motions of `paths` paths side by side: `motion` has a row of them for each time.
    ///
    /// `normals` is asked for the normals of each step in turn, those that explain most first, and writes them into the
    /// row that becomes the motion at the step's time. So nothing else is needed to keep them in.
    pub fn walk(&self, paths: usize, motion: &mut [f64], mut normals: impl FnMut(u32, &mut [f64])) {
        debug_assert_eq!(motion.len(), paths * self.len());
        for (number, step) in self.steps.iter().enumerate() {
            let (earlier, rest) = motion.split_at_mut(step.place * paths);
            let (row, later) = rest.split_at_mut(paths);
            normals(number as u32, row);
            for w in &mut *row {
                *w *= step.deviation;
            }
            if let Some((left, weight)) = step.left {
                add(row, weight, &earlier[left * paths..]);
            }
            if let Some((right, weight)) = step.right {
                add(row, weight, &later[(right - step.place - 1) * paths..]);
            }
        }
    }
}

/// Adds a row's multiple to another.
fn add(row: &mut [f64], weight: f64, known: &[f64]) {
    for (w, known) in row.iter_mut().zip(known) {
        *w += weight * known;
    }
}
