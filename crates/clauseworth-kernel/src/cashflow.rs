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
use crate::measure::Measure;
use crate::real::Real;

/// The rates among which roots are looked for, exclusive (Model 8.5).
pub const RATES: (f64, f64) = (-0.99, 10.0);

/// A continuous rate from which the search starts: some 16 % a year.
const USUAL: f64 = 0.15;

/// Above this a rate of return is plausible.
const PLAUSIBLE: f64 = -0.5;

/// Up to so many lengths of gaps between flows, each is discounted over once.
const MOST_GAPS: usize = 16;

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
    Series::new(flows).map_or_else(Vec::new, |series| series.roots())
}

/// The internal rate of return where there is exactly one above -0.5, as Model 8.5 reports it.
#[must_use]
pub fn single(roots: &[f64]) -> Option<f64> {
    let mut plausible = roots.iter().copied().filter(|root| *root > PLAUSIBLE);
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

/// Flows in the order of their dates, with the gaps between them: of one run, or of several side by side.
pub(crate) struct Series<R> {
    /// Years from the first flow, amount, and which gap leads here.
    flows: Vec<(f64, R, usize)>,
    /// The gaps that occur, in years: quarters have few lengths.
    gaps: Vec<f64>,
}

/// Present value at a continuous rate, and its derivative by the rate.
#[derive(Clone, Copy)]
struct Point<R> {
    rate: R,
    value: R,
    slope: R,
}

/// A point with how many roots can lie on either side of it.
struct Mark<R> {
    point: Point<R>,
    above: R,
    below: R,
}

/// A point with its inflows and outflows apart, and both times their date.
#[derive(Clone, Copy)]
struct Bound {
    point: Point<f64>,
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

/// What lies in an interval of rates that was looked at lane by lane.
struct Interval<R: Real> {
    /// The root, where there is one.
    rate: R,
    exists: R::Mask,
    /// Where there may be several, so that one run alone has to be looked at.
    unsure: R::Mask,
}

/// The rates of return of several runs side by side.
pub(crate) struct Rates<R: Real> {
    /// The plausible one, where it is the only one.
    pub(crate) single: Measure<R>,
    /// The lowest.
    pub(crate) first: Measure<R>,
}

impl<R: Real> Series<R> {
    /// `None` where there are no flows.
    pub(crate) fn new(flows: &[(i32, R)]) -> Option<Self> {
        let mut sorted: Vec<(i32, R)> = flows.to_vec();
        in_order(&mut sorted);
        sorted.dedup_by(|next, day| {
            let same = next.0 == day.0;
            if same {
                day.1 = day.1 + next.1;
            }
            same
        });
        let first = sorted.first()?.0;
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
    fn discounted(&self, rate: R, mut visit: impl FnMut(R, R)) {
        let mut factors = [R::zero(); MOST_GAPS];
        let few = self.gaps.len() <= MOST_GAPS;
        if few {
            for (factor, gap) in factors.iter_mut().zip(&self.gaps) {
                *factor = (-(rate * R::of(*gap))).exp();
            }
        }
        let mut discount = R::one();
        for (time, amount, gap) in &self.flows {
            let time = R::of(*time);
            discount = if few {
                discount * factors[*gap % MOST_GAPS]
            } else {
                (-(rate * time)).exp()
            };
            visit(time, *amount * discount);
        }
    }

    fn at(&self, rate: R) -> Point<R> {
        self.at_with(rate, |_| {})
    }

    /// The point at a rate; `visit` sees the discounted amounts that it is made of.
    #[inline(always)]
    fn at_with(&self, rate: R, mut visit: impl FnMut(R)) -> Point<R> {
        let (mut value, mut timed) = (R::zero(), R::zero());
        self.discounted(rate, |time, amount| {
            value = value + amount;
            timed = timed + time * amount;
            visit(amount);
        });
        Point {
            rate,
            value,
            slope: -timed,
        }
    }

    fn mark(&self, rate: R) -> Mark<R> {
        let mut amounts = Vec::with_capacity(self.flows.len());
        let point = self.at_with(rate, |amount| amounts.push(amount));
        Mark {
            point,
            above: changes_of_sign(amounts.iter()),
            below: changes_of_sign(amounts.iter().rev()),
        }
    }

    /// The ends of the search, and rate 0 between them.
    fn marks(&self) -> [Mark<R>; 3] {
        let ends = [math::ln_1p(RATES.0), 0.0, math::ln_1p(RATES.1)];
        ends.map(|rate| self.mark(R::of(rate)))
    }

    /// The rates that matter of each run. One whose flows may have several roots in an interval is looked at alone.
    pub(crate) fn rates(&self) -> Rates<R> {
        let [low, zero, high] = self.marks();
        let (low, high) = (self.interval(&low, &zero), self.interval(&zero, &high));
        let (low_rate, high_rate) = (effective(low.rate), effective(high.rate));
        let plausible = R::and(low.exists, R::of(PLAUSIBLE).lt(low_rate));
        let neither = R::not(R::and(plausible, high.exists));
        let mut rates = Rates {
            single: Measure {
                value: R::select(high.exists, high_rate, low_rate),
                exists: R::and(R::or(plausible, high.exists), neither),
            },
            first: Measure {
                value: R::select(low.exists, low_rate, high_rate),
                exists: R::or(low.exists, high.exists),
            },
        };
        // Two crossings may be one root where rounding hides the sign.
        let both = R::and(low.exists, high.exists);
        let unsure = R::or(R::or(low.unsure, high.unsure), both);
        if R::any(unsure) {
            for lane in 0..R::LANES {
                if R::one().only(unsure).lane(lane) > 0.0 {
                    let roots = self.alone(lane).roots();
                    rates.single.set_lane(lane, single(&roots));
                    rates.first.set_lane(lane, roots.first().copied());
                }
            }
        }
        rates
    }

    /// The flows of one lane.
    fn alone(&self, lane: usize) -> Series<f64> {
        let flows = self.flows.iter();
        Series {
            flows: flows
                .map(|(time, amount, gap)| (*time, amount.lane(lane), *gap))
                .collect(),
            gaps: self.gaps.clone(),
        }
    }

    fn interval(&self, a: &Mark<R>, b: &Mark<R>) -> Interval<R> {
        let unsure = R::one().lt(a.above.min(b.below));
        let exists = R::and(crosses(a.point, b.point), R::not(unsure));
        let rate = if R::any(exists) {
            self.solve(a.point, b.point)
        } else {
            R::zero()
        };
        Interval {
            rate,
            exists,
            unsure,
        }
    }

    /// The crossing between two points of different sign: Newton's method, kept inside by bisection. Each lane stops where
    /// it would stop alone; one whose points have the same sign gives nothing of meaning.
    fn solve(&self, a: Point<R>, b: Point<R>) -> R {
        let rising = R::zero().lt(b.value);
        let (mut a, mut b) = (a.rate, b.rate);
        let half = R::of(0.5);
        // Newton's method comes from where returns usually are; the bracket catches it where they are not.
        let usual = R::of(USUAL);
        let inside = R::and(a.lt(usual), usual.lt(b));
        let mut rate = R::select(inside, usual, half * (a + b));
        let mut done = R::zero().lt(R::zero());
        for _ in 0..200 {
            let point = self.at(rate);
            let positive = R::zero().lt(point.value);
            let beyond = R::or(
                R::and(positive, rising),
                R::and(R::not(positive), R::not(rising)),
            );
            b = R::select(beyond, rate, b);
            a = R::select(beyond, a, rate);
            let newton = rate - point.value / point.slope;
            let within = R::and(a.lt(newton), newton.lt(b));
            let next = R::select(within, newton, half * (a + b));
            let moved = (next - rate).max(rate - next);
            let size = rate.max(-rate);
            rate = R::select(done, rate, next);
            let small = moved.le(R::of(1e-16) * (R::one() + size));
            let narrow = (b - a).le(R::of(f64::EPSILON));
            done = R::or(done, R::or(small, narrow));
            if !R::any(R::not(done)) {
                break;
            }
        }
        rate
    }
}

impl Series<f64> {
    /// Every root, ascending.
    pub(crate) fn roots(&self) -> Vec<f64> {
        let mut found = Vec::new();
        let [low, zero, high] = self.marks();
        self.search(&low, &zero, &mut found);
        self.search(&zero, &high, &mut found);
        found.dedup_by(|next, root| {
            // Where rounding hides the sign, several crossings are one root.
            let between = self.bound(0.5 * (*next + *root));
            between.is_noise(1e-13)
        });
        found.into_iter().map(math::exp_m1).collect()
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
    fn search(&self, a: &Mark<f64>, b: &Mark<f64>, found: &mut Vec<f64>) {
        let interval = self.interval(a, b);
        if interval.unsure {
            let (a, b) = (self.bound(a.point.rate), self.bound(b.point.rate));
            self.isolate(&a, &b, found);
        } else if interval.exists {
            found.push(interval.rate);
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
}

/// Whether the value changes sign between two points.
fn crosses<R: Real>(a: Point<R>, b: Point<R>) -> R::Mask {
    let (a, b) = (R::zero().lt(a.value), R::zero().lt(b.value));
    R::or(R::and(a, R::not(b)), R::and(b, R::not(a)))
}

/// The effective annual rates of continuous ones.
fn effective<R: Real>(rate: R) -> R {
    let mut effective = R::zero();
    for lane in 0..R::LANES {
        effective.add_lane(lane, R::of(math::exp_m1(rate.lane(lane))));
    }
    effective
}

/// How often the running sums of some amounts change sign; zeros do not count.
fn changes_of_sign<'a, R: Real>(amounts: impl Iterator<Item = &'a R>) -> R {
    let (mut sum, mut sign, mut changes) = (R::zero(), R::zero(), R::zero());
    for amount in amounts {
        sum = sum + *amount;
        let changed = (sum * sign).lt(R::zero());
        changes = changes + R::one().only(changed);
        let negative = R::select(sum.lt(R::zero()), -R::one(), sign);
        sign = R::select(R::zero().lt(sum), R::one(), negative);
    }
    changes
}
