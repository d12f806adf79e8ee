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
use crate::widest::apart;

/// The rates among which roots are looked for, exclusive (Model 8.5).
pub const RATES: (f64, f64) = (-0.99, 10.0);

/// Above this a rate of return is plausible.
const PLAUSIBLE: f64 = -0.5;

/// A step of Newton's method that is no longer leads to the root itself, to rounding.
const LAST_STEP: f64 = 1e-9;

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
    let days: Vec<i32> = flows.iter().map(|(days, _)| *days).collect();
    let amounts: Vec<f64> = flows.iter().map(|(_, amount)| *amount).collect();
    let schedule = Schedule::new(&days);
    let mut by_day = Vec::new();
    schedule.by_day(&amounts, &mut by_day);
    Series::new(&schedule, &by_day).roots()
}

/// The internal rate of return where there is exactly one above -0.5, as Model 8.5 reports it.
#[must_use]
pub fn single(roots: &[f64]) -> Option<f64> {
    let mut plausible = roots.iter().copied().filter(|root| *root > PLAUSIBLE);
    plausible.next().filter(|_| plausible.next().is_none())
}

/// The days on which some flows fall, each once and in order, and where each flow goes. It is the same for every run of a
/// plan, so it is made once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    /// The place of each flow's day, in the order in which the flows are given.
    places: Vec<usize>,
    /// Years from the first day, and which gap leads here.
    days: Vec<(f64, usize)>,
    /// The gaps that occur, in years: quarters have few lengths.
    gaps: Vec<f64>,
}

impl Schedule {
    /// The schedule of flows on these days.
    pub(crate) fn new(flows: &[i32]) -> Self {
        let mut sorted = flows.to_vec();
        // Those of a ledger are nearly in order, and insertion leaves them almost untouched.
        for end in 1..sorted.len() {
            let mut at = end;
            while at > 0 && sorted[at - 1] > sorted[at] {
                sorted.swap(at - 1, at);
                at -= 1;
            }
        }
        sorted.dedup();
        let place = |day: &i32| sorted.iter().position(|known| known == day);
        let places = flows.iter().filter_map(place).collect();
        let first = sorted.first().copied().unwrap_or(0);
        let mut lengths: Vec<i32> = Vec::new();
        let mut last = first;
        let days = sorted
            .iter()
            .map(|day| {
                let gap = day - last;
                last = *day;
                let index = lengths.iter().position(|g| *g == gap).unwrap_or_else(|| {
                    lengths.push(gap);
                    lengths.len() - 1
                });
                (f64::from(day - first) / YEAR, index)
            })
            .collect();
        Self {
            places,
            days,
            gaps: lengths.iter().map(|gap| f64::from(*gap) / YEAR).collect(),
        }
    }

    /// Adds up flows by day, in `out`.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(crate) fn by_day<R: Real>(&self, flows: &[R], out: &mut Vec<R>) {
        out.clear();
        out.resize(self.days.len(), R::zero());
        for (flow, place) in flows.iter().zip(&self.places) {
            out[*place] = out[*place] + *flow;
        }
    }

    /// How many days there are.
    pub(crate) fn len(&self) -> usize {
        self.days.len()
    }

    /// Calls `visit` with each day's years from the first, and what 1 paid on it is worth on the first at a continuous rate.
    #[inline(always)]
    pub(crate) fn discount<R: Real>(&self, rate: R, mut visit: impl FnMut(R, R)) {
        let mut factors = [R::zero(); MOST_GAPS];
        let few = self.gaps.len() <= MOST_GAPS;
        if few {
            for (factor, gap) in factors.iter_mut().zip(&self.gaps) {
                *factor = (-(rate * R::of(*gap))).exp();
            }
        }
        let mut factor = R::one();
        for (time, gap) in &self.days {
            let time = R::of(*time);
            factor = if few {
                factor * factors[*gap % MOST_GAPS]
            } else {
                (-(rate * time)).exp()
            };
            visit(time, factor);
        }
    }

    /// Years from the first day to each.
    pub(crate) fn years(&self) -> impl Iterator<Item = f64> + '_ {
        self.days.iter().map(|(years, _)| *years)
    }
}

/// Flows by day: of one run, or of several side by side.
pub(crate) struct Series<'a, R> {
    schedule: &'a Schedule,
    amounts: &'a [R],
}

/// Present value at a continuous rate, and its derivative by the rate.
#[derive(Clone, Copy)]
struct Point<R> {
    rate: R,
    value: R,
    slope: R,
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

/// What lies below or above rate 0.
struct Half<R: Real> {
    ends: [Point<R>; 2],
    /// Where there is exactly one root.
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

/// On which side of a rate roots are counted.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

impl<'a, R: Real> Series<'a, R> {
    /// Amounts by the days of a schedule.
    pub(crate) fn new(schedule: &'a Schedule, amounts: &'a [R]) -> Self {
        Self { schedule, amounts }
    }

    /// Calls `visit` with the time and the discounted amount of every flow, in order.
    #[inline(always)]
    fn discounted(&self, rate: R, mut visit: impl FnMut(R, R)) {
        let mut amounts = self.amounts.iter();
        self.schedule.discount(
            rate,
            #[inline(always)]
            |time, factor| {
                if let Some(amount) = amounts.next() {
                    visit(time, *amount * factor);
                }
            },
        );
    }

    /// The point at a rate.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    fn at(&self, rate: R) -> Point<R> {
        let (mut value, mut timed) = (R::zero(), R::zero());
        self.discounted(rate, |time, amount| {
            value = value + amount;
            timed = timed + time * amount;
        });
        Point {
            rate,
            value,
            slope: -timed,
        }
    }

    /// How many roots there can be on one side of a rate at most.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    fn most(&self, side: Side, rate: R) -> R {
        let mut amounts = Vec::with_capacity(self.amounts.len());
        self.discounted(rate, |_, amount| amounts.push(amount));
        match side {
            Side::Above => changes_of_sign(amounts.iter()),
            Side::Below => changes_of_sign(amounts.iter().rev()),
        }
    }

    /// A rate near the one at which inflows and outflows are worth the same. Either falls nearly exponentially with the
    /// rate, so the logarithm of their ratio is nearly a straight line, and two of Newton's steps on it lead close.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    fn guess(&self) -> R {
        let mut rate = R::zero();
        for _ in 0..2 {
            let (mut inflow, mut outflow) = (R::zero(), R::zero());
            let (mut timed_inflow, mut timed_outflow) = (R::zero(), R::zero());
            self.discounted(rate, |time, amount| {
                let (plus, minus) = (amount.positive(), (-amount).positive());
                inflow = inflow + plus;
                outflow = outflow + minus;
                timed_inflow = timed_inflow + time * plus;
                timed_outflow = timed_outflow + time * minus;
            });
            let apart = timed_inflow / inflow - timed_outflow / outflow;
            rate = rate + (inflow / outflow).ln() / apart;
        }
        rate
    }

    /// What lies below rate 0 and what above it. At 0 nothing is discounted, so what the sums say there is had for little,
    /// and the ends are asked only where that does not settle it.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    fn halves(&self) -> [Half<R>; 2] {
        let [low, high] = [RATES.0, RATES.1].map(|end| apart!(R, self.at(R::of(math::ln_1p(end)))));
        let zero = Point {
            rate: R::zero(),
            value: self.amounts.iter().fold(R::zero(), |sum, a| sum + *a),
            slope: R::zero(),
        };
        let half = |ends: [Point<R>; 2], at_zero: R, side: Side, end: R| {
            let maybe = R::one().lt(at_zero);
            let unsure = if R::any(maybe) {
                R::and(maybe, R::one().lt(apart!(R, self.most(side, end))))
            } else {
                maybe
            };
            let [a, b] = ends;
            Half {
                ends,
                exists: R::and(crosses(a, b), R::not(unsure)),
                unsure,
            }
        };
        let below = changes_of_sign(self.amounts.iter().rev());
        let above = changes_of_sign(self.amounts.iter());
        [
            half([low, zero], below, Side::Above, low.rate),
            half([zero, high], above, Side::Below, high.rate),
        ]
    }

    /// The rates that matter of each run. One whose flows may have several roots is looked at alone.
    pub(crate) fn rates(&self) -> Rates<R> {
        let [low, high] = apart!(R, self.halves());
        // Two crossings may be one root where rounding hides the sign.
        let both = R::and(low.exists, high.exists);
        let unsure = R::or(R::or(low.unsure, high.unsure), both);
        let exists = R::and(R::or(low.exists, high.exists), R::not(unsure));
        let mut rate = R::zero();
        if R::any(exists) {
            let end = |which: usize| Point {
                rate: R::select(low.exists, low.ends[which].rate, high.ends[which].rate),
                value: R::select(low.exists, low.ends[which].value, high.ends[which].value),
                slope: R::zero(),
            };
            let guess = apart!(R, self.guess());
            rate = effective(apart!(R, self.solve(guess, end(0), end(1), exists)));
        }
        let mut rates = Rates {
            single: Measure {
                value: rate,
                exists: R::and(exists, R::of(PLAUSIBLE).lt(rate)),
            },
            first: Measure {
                value: rate,
                exists,
            },
        };
        if R::any(unsure) {
            for lane in 0..R::LANES {
                if R::one().only(unsure).lane(lane) > 0.0 {
                    let amounts: Vec<f64> = self.amounts.iter().map(|a| a.lane(lane)).collect();
                    let roots = Series::new(self.schedule, &amounts).roots();
                    rates.single.set_lane(lane, single(&roots));
                    rates.first.set_lane(lane, roots.first().copied());
                }
            }
        }
        rates
    }

    /// The crossing between two points, in the lanes in which their values have different signs: Newton's method, kept
    /// inside by bisection. Each lane stops where it would stop alone.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    fn solve(&self, guess: R, a: Point<R>, b: Point<R>, crosses: R::Mask) -> R {
        let rising = R::zero().lt(b.value);
        let (mut a, mut b) = (a.rate, b.rate);
        let half = R::of(0.5);
        let inside = R::and(a.lt(guess), guess.lt(b));
        let mut rate = R::select(inside, guess, half * (a + b));
        let mut done = R::not(crosses);
        for _ in 0..200 {
            let point = apart!(R, self.at(rate));
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
            rate = R::select(done, rate, next);
            // Its error is squared at every step, times half the mean time of what is discounted.
            let small = R::and(within, moved.le(R::of(LAST_STEP)));
            let narrow = (b - a).le(R::of(f64::EPSILON));
            done = R::or(done, R::or(small, narrow));
            if !R::any(R::not(done)) {
                break;
            }
        }
        rate
    }
}

impl Series<'_, f64> {
    /// Every root, ascending.
    pub(crate) fn roots(&self) -> Vec<f64> {
        let mut found = Vec::new();
        for half in self.halves() {
            if half.unsure {
                let [a, b] = half.ends.map(|end| self.bound(end.rate));
                self.isolate(&a, &b, &mut found);
            } else if half.exists {
                let [a, b] = half.ends;
                found.push(self.solve(self.guess(), a, b, true));
            }
        }
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
                found.push(self.solve(self.guess(), a.point, b.point, true));
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
                found.push(self.solve(self.guess(), a.point, b.point, true));
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
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn crosses<R: Real>(a: Point<R>, b: Point<R>) -> R::Mask {
    let (a, b) = (R::zero().lt(a.value), R::zero().lt(b.value));
    R::or(R::and(a, R::not(b)), R::and(b, R::not(a)))
}

/// The effective annual rates of continuous ones.
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn effective<R: Real>(rate: R) -> R {
    let mut effective = R::zero();
    for lane in 0..R::LANES {
        effective.add_lane(lane, R::of(math::exp_m1(rate.lane(lane))));
    }
    effective
}

/// How often the running sums of some amounts change sign; zeros do not count.
#[cfg_attr(target_arch = "x86_64", inline(always))]
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
