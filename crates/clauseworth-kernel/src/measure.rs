//! A metric of one world or of several side by side: a value that not every world need have (Model 8.5, 14.1).

use crate::cashflow;
use crate::real::Real;

/// A metric's value, and in which lanes it exists; elsewhere the value means nothing.
#[derive(Clone, Copy, Debug)]
pub struct Measure<R: Real> {
    /// The value where it exists.
    pub value: R,
    /// Where it exists.
    pub exists: R::Mask,
}

impl<R: Real> Measure<R> {
    /// A value that exists in every lane.
    #[must_use]
    pub fn some(value: R) -> Self {
        Self {
            value,
            exists: R::zero().le(R::zero()),
        }
    }

    /// No value in any lane.
    #[must_use]
    pub fn none() -> Self {
        Self {
            value: R::zero(),
            exists: R::zero().lt(R::zero()),
        }
    }

    /// A ratio, which is none where the denominator is 0.
    #[must_use]
    pub fn ratio(a: R, b: R) -> Self {
        let zero = R::and(b.le(R::zero()), R::zero().le(b));
        Self {
            value: R::select(zero, R::zero(), a / R::select(zero, R::one(), b)),
            exists: R::not(zero),
        }
    }
}

impl Measure<f64> {
    /// The value, if there is one.
    #[must_use]
    pub fn get(self) -> Option<f64> {
        self.exists.then_some(self.value)
    }
}

/// Internal rates of return of one series of dated flows.
#[derive(Clone, Debug)]
pub(crate) struct Returns<R: Real> {
    /// The plausible root, where it is the only one.
    pub(crate) single: Measure<R>,
    /// The lowest root.
    pub(crate) first: Measure<R>,
    /// Every root of the first lane.
    pub(crate) roots: Vec<f64>,
}

/// Looks for rates of return, lane by lane: how many there are differs from one to the next.
pub(crate) fn rates_of_return<R: Real>(flows: &[(i32, R)]) -> Returns<R> {
    let mut single = Chosen::new();
    let mut first = Chosen::new();
    let mut of_first_lane = Vec::new();
    let mut one: Vec<(i32, f64)> = Vec::with_capacity(flows.len());
    for lane in 0..R::LANES {
        one.clear();
        one.extend(
            flows
                .iter()
                .map(|(days, amount)| (*days, amount.lane(lane))),
        );
        let roots = cashflow::roots(&one);
        single.set(lane, cashflow::single(&roots));
        first.set(lane, roots.first().copied());
        if lane == 0 {
            of_first_lane = roots;
        }
    }
    Returns {
        single: single.measure(flows),
        first: first.measure(flows),
        roots: of_first_lane,
    }
}

/// One root a lane, or none.
struct Chosen<R> {
    root: R,
    found: R,
}

impl<R: Real> Chosen<R> {
    fn new() -> Self {
        Self {
            root: R::zero(),
            found: R::zero(),
        }
    }

    fn set(&mut self, lane: usize, root: Option<f64>) {
        if let Some(root) = root {
            self.root.add_lane(lane, R::of(root));
            self.found.add_lane(lane, R::one());
        }
    }

    fn measure(self, flows: &[(i32, R)]) -> Measure<R> {
        let mut root = self.root;
        if R::TANGENTS {
            let log = (R::one() + root).ln();
            let (mut value, mut slope) = (R::zero(), R::zero());
            for (days, amount) in flows {
                let years = R::of(f64::from(*days) / cashflow::YEAR);
                let present = *amount * (-(log * years)).exp();
                value = value + present;
                slope = slope - years * present / (R::one() + root);
            }
            root = root.implicit(value, slope);
        }
        Measure {
            value: root,
            exists: R::zero().lt(self.found),
        }
    }
}
