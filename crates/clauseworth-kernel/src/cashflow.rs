//! Dated cash flows: XNPV and XIRR as spreadsheets have them, Actual/365 Fixed (Model 1.4, 8.5).
//!
//! [`roots`] finds every internal rate of return, and knows that it has found them all. It first counts: no more roots
//! lie above a rate than the running sums of the flows discounted at it change sign, and no more below it than the sums
//! from the end do (Laguerre's extension of Descartes' rule of signs; Norstrøm's criterion is the case of rate 0 and one
//! change). That settles most series of payments. For the others, the present value is a difference of two functions that
//! fall with the rate, inflows and outflows, so their values at the ends of an interval bound it and its derivative inside:
//! an interval is discarded when the bounds exclude zero, solved when they show it to be monotonic, and halved otherwise.
//!
//! ```
//! use clauseworth_kernel::cashflow::{roots, xnpv};
//! // -100 now and 110 in a year.
//! let flows = [(0, -100.0), (365, 110.0)];
//! assert_eq!(xnpv(0.1, &flows), 0.0);
//! assert!((roots(&flows)[0] - 0.1).abs() < 1e-15);
//! ```

use crate::math;

/// The rates among which roots are looked for, exclusive (Model 8.5).
pub const RATES: (f64, f64) = (-0.99, 10.0);

/// A continuous rate from which the search starts: some 16 % a year.
const USUAL: f64 = 0.15;

/// Days of a year of Actual/365 Fixed.
pub(crate) const YEAR: f64 = 365.0;

/// Net present value of dated flows, (days, amount), at an effective annual rate above -1: the sum of
/// `amount * (1 + rate)^(-days / 365)`.
#[must_use]
pub fn xnpv(rate: f64, flows: &[(i32, f64)]) -> f64 {
    flows
        .iter()
        .map(|(days, amount)| amount * math::pow(1.0 + rate, -f64::from(*days) / YEAR))
        .sum()
}

/// Every internal rate of return of dated flows in (-0.99, 10), ascending. Flows need not be in order; a root at which
/// the present value touches zero without crossing it counts once.
#[must_use]
pub fn roots(flows: &[(i32, f64)]) -> Vec<f64> {
    let Some(series) = Series::new(flows) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let (low, high) = (math::ln_1p(RATES.0), math::ln_1p(RATES.1));
    let (low, zero, high) = (series.mark(low), series.mark(0.0), series.mark(high));
    series.search(&low, &zero, &mut found);
    series.search(&zero, &high, &mut found);
    found.dedup_by(|next, root| {
        // Where rounding hides the sign, several crossings are one root.
        let between = series.bound(0.5 * (*next + *root));
        between.is_noise(1e-13)
    });
    found.into_iter().map(math::exp_m1).collect()
}

/// The internal rate of return where there is exactly one above -0.5, as Model 8.5 reports it.
#[must_use]
pub fn single(roots: &[f64]) -> Option<f64> {
    let mut plausible = roots.iter().copied().filter(|root| *root > -0.5);
    plausible.next().filter(|_| plausible.next().is_none())
}

/// Puts flows in the order of their dates; those of a ledger are nearly so, and insertion leaves them almost untouched.
pub(crate) fn in_order<T>(flows: &mut [(i32, T)]) {
    for end in 1..flows.len() {
        let mut at = end;
        while at > 0 && flows[at - 1].0 > flows[at].0 {
            flows.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Flows in the order of their dates, with the gaps between them.
struct Series {
    /// Years from the first flow, amount, and which gap leads here.
    flows: Vec<(f64, f64, usize)>,
    /// The gaps that occur, in years: quarters have few lengths.
    gaps: Vec<f64>,
}

/// Present value at a continuous rate, and its derivative by the rate.
#[derive(Clone, Copy)]
struct Point {
    rate: f64,
    value: f64,
    slope: f64,
}

/// A point with how many roots can lie on either side of it.
struct Mark {
    point: Point,
    above: usize,
    below: usize,
}

/// A point with its inflows and outflows apart, and both times their date.
#[derive(Clone, Copy)]
struct Bound {
    point: Point,
    inflow: f64,
    outflow: f64,
    timed_inflow: f64,
    timed_outflow: f64,
}

impl Bound {
    /// Whether the value is no more than rounding, by a part of all flows taken as positive.
    fn is_noise(&self, part: f64) -> bool {
        self.point.value.abs() <= part * (self.inflow + self.outflow)
    }
}

impl Series {
    /// `None` where all flows have one sign, or there are none: then no rate makes them zero.
    fn new(flows: &[(i32, f64)]) -> Option<Self> {
        let mut sorted: Vec<(i32, f64)> = Vec::with_capacity(flows.len());
        sorted.extend(flows.iter().filter(|(_, amount)| *amount != 0.0));
        in_order(&mut sorted);
        sorted.dedup_by(|next, day| {
            let same = next.0 == day.0;
            if same {
                day.1 += next.1;
            }
            same
        });
        sorted.retain(|(_, amount)| *amount != 0.0);
        let both = sorted.iter().any(|(_, a)| *a > 0.0) && sorted.iter().any(|(_, a)| *a < 0.0);
        if !both {
            return None;
        }
        let first = sorted[0].0;
        let mut lengths: Vec<i32> = Vec::new();
        let mut last = first;
        let flows = sorted
            .iter()
            .map(|(days, amount)| {
                let gap = days - last;
                last = *days;
                let index = lengths.iter().position(|g| *g == gap).unwrap_or_else(|| {
                    lengths.push(gap);
                    lengths.len() - 1
                });
                (f64::from(days - first) / YEAR, *amount, index)
            })
            .collect();
        let gaps = lengths.iter().map(|gap| f64::from(*gap) / YEAR).collect();
        Some(Self { flows, gaps })
    }

    /// Calls `visit` with the time and the discounted amount of every flow, in order.
    #[inline(always)]
    fn discounted(&self, rate: f64, mut visit: impl FnMut(f64, f64)) {
        let mut factors = [0.0; 64];
        let few = self.gaps.len() <= factors.len();
        if few {
            for (factor, gap) in factors.iter_mut().zip(&self.gaps) {
                *factor = math::exp(-rate * gap);
            }
        }
        let mut discount = 1.0;
        for (time, amount, gap) in &self.flows {
            discount = if few {
                discount * factors[*gap & 63]
            } else {
                math::exp(-rate * time)
            };
            visit(*time, amount * discount);
        }
    }

    fn at(&self, rate: f64) -> Point {
        let (mut value, mut timed) = (0.0, 0.0);
        self.discounted(rate, |time, amount| {
            value += amount;
            timed += time * amount;
        });
        Point {
            rate,
            value,
            slope: -timed,
        }
    }

    fn mark(&self, rate: f64) -> Mark {
        let mut amounts = Vec::with_capacity(self.flows.len());
        self.discounted(rate, |_, amount| amounts.push(amount));
        Mark {
            point: self.at(rate),
            above: changes_of_sign(amounts.iter()),
            below: changes_of_sign(amounts.iter().rev()),
        }
    }

    fn bound(&self, rate: f64) -> Bound {
        let mut bound = Bound {
            point: self.at(rate),
            inflow: 0.0,
            outflow: 0.0,
            timed_inflow: 0.0,
            timed_outflow: 0.0,
        };
        self.discounted(rate, |time, amount| {
            let (inflow, outflow) = (amount.max(0.0), (-amount).max(0.0));
            bound.inflow += inflow;
            bound.outflow += outflow;
            bound.timed_inflow += time * inflow;
            bound.timed_outflow += time * outflow;
        });
        bound
    }

    /// Adds the roots between two marks, ascending.
    fn search(&self, a: &Mark, b: &Mark, found: &mut Vec<f64>) {
        if a.above.min(b.below) > 1 {
            let (a, b) = (self.bound(a.point.rate), self.bound(b.point.rate));
            self.isolate(&a, &b, found);
        } else if crosses(a.point, b.point) {
            found.push(self.solve(a.point, b.point));
        }
    }

    /// Adds the roots between two points, ascending.
    fn isolate(&self, a: &Bound, b: &Bound, found: &mut Vec<f64>) {
        // Both sums fall with the rate, so their values at the ends bound the difference inside.
        if b.inflow > a.outflow || a.inflow < b.outflow {
            return;
        }
        let falls = b.timed_inflow > a.timed_outflow;
        let rises = a.timed_inflow < b.timed_outflow;
        let crosses = crosses(a.point, b.point);
        if falls || rises {
            if crosses {
                found.push(self.solve(a.point, b.point));
            }
            return;
        }
        let middle = self.bound(0.5 * (a.point.rate + b.point.rate));
        if a.is_noise(1e-14) && middle.is_noise(1e-14) && b.is_noise(1e-14) {
            found.push(middle.point.rate);
            return;
        }
        if b.point.rate - a.point.rate < 1e-8 {
            // Rounding hides what happens in here: a crossing is a root, and so is a touch.
            if crosses {
                found.push(self.solve(a.point, b.point));
            } else if middle.is_noise(1e-14) {
                found.push(middle.point.rate);
            }
            return;
        }
        self.isolate(a, &middle, found);
        self.isolate(&middle, b, found);
    }

    /// The crossing between two points of different sign: Newton's method, kept inside by bisection.
    fn solve(&self, mut a: Point, mut b: Point) -> f64 {
        let rising = b.value > 0.0;
        // Newton's method comes from where returns usually are; the bracket catches it where they are not.
        let mut rate = if a.rate < USUAL && USUAL < b.rate {
            USUAL
        } else {
            0.5 * (a.rate + b.rate)
        };
        for _ in 0..200 {
            let point = self.at(rate);
            if (point.value > 0.0) == rising {
                b = point;
            } else {
                a = point;
            }
            let newton = rate - point.value / point.slope;
            let next = if a.rate < newton && newton < b.rate {
                newton
            } else {
                0.5 * (a.rate + b.rate)
            };
            let moved = (next - rate).abs();
            rate = next;
            if moved <= 1e-16 * (1.0 + rate.abs()) || b.rate - a.rate <= f64::EPSILON {
                break;
            }
        }
        rate
    }
}

/// Whether the value changes sign between two points.
fn crosses(a: Point, b: Point) -> bool {
    (a.value > 0.0) != (b.value > 0.0)
}

/// How often the running sums of some amounts change sign; zeros do not count.
fn changes_of_sign<'a>(amounts: impl Iterator<Item = &'a f64>) -> usize {
    let (mut sum, mut sign, mut changes) = (0.0, 0.0, 0);
    for amount in amounts {
        sum += amount;
        if sum * sign < 0.0 {
            changes += 1;
        }
        if sum != 0.0 {
            sign = if sum > 0.0 { 1.0 } else { -1.0 };
        }
    }
    changes
}
