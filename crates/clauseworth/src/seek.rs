//! Where a function of one number takes a target value: none, one or several places, and of which sort (Model 12.1).
//!
//! The interval is scanned first, then every change of sign is bracketed down to neighbouring numbers by the ITP method
//! (I. F. D. Oliveira and R. H. C. Takahashi, "An enhancement of the bisection method average performance preserving
//! minmax optimality", ACM TOMS 47, 2021), as `kurbo` has it: its worst case is that of bisection and it takes no
//! derivative, which a model with caps and dates does not have everywhere. What is left of the difference across the last
//! bracket tells a root from a jump. Where the function comes near the target and turns, the turning point is looked for,
//! so that a pair of roots between two points of the scan, or a touch, is found as well. A function that stays at the
//! target has a range.
//!
//! Two roots closer together than a step of the scan are found if the function has one turn between them; a function that
//! turns more often within one step may hide some.

use kurbo::common::solve_itp;

/// Steps of the scan.
pub(crate) const STEPS: usize = 64;

/// A difference from the target below this part of the function's size is none.
const NOISE: f64 = 1e-12;

/// A difference across neighbouring numbers above this part of the function's size is a jump.
const JUMP: f64 = 1e-7;

/// The target is passed without being taken.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Jump {
    /// The number from which on the function is beyond the target.
    pub at: f64,
    /// The function just below.
    pub before: f64,
    /// The function there.
    pub after: f64,
}

/// The target is taken all along.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Stretch {
    /// Its lower end.
    pub from: f64,
    /// Its upper end.
    pub to: f64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub(crate) roots: Vec<f64>,
    pub(crate) jumps: Vec<Jump>,
    pub(crate) ranges: Vec<Stretch>,
    /// The points of the scan, ascending, with the function where it exists.
    pub(crate) scan: Vec<(f64, Option<f64>)>,
}

/// A point where the function exists, less the target.
#[derive(Clone, Copy, Debug)]
struct Point {
    x: f64,
    y: f64,
}

/// Looks for `target` among ascending points of an interval and between them. With `whole`, only the points count.
pub(crate) fn seek(
    points: &[f64],
    whole: bool,
    target: f64,
    mut f: impl FnMut(f64) -> Option<f64>,
) -> Found {
    let mut found = Found {
        scan: points.iter().map(|x| (*x, f(*x))).collect(),
        ..Found::default()
    };
    let values = found.scan.iter().filter_map(|(_, y)| *y);
    let size = values.fold(target.abs(), |size, y| size.max(y.abs()));
    if size == 0.0 {
        // All is zero, the target as well.
        found.ranges = stretches(&found.scan);
        return found;
    }
    let mut search = Search {
        f: |x: f64| f(x).map(|y| y - target),
        target,
        size,
        found,
    };
    for part in search.defined_parts(whole) {
        search.part(&part, whole);
    }
    let mut found = search.found;
    found.roots.sort_by(f64::total_cmp);
    found.jumps.sort_by(|a, b| a.at.total_cmp(&b.at));
    found
}

/// Runs of points at which a function exists.
fn stretches(scan: &[(f64, Option<f64>)]) -> Vec<Stretch> {
    let runs = scan.split(|(_, y)| y.is_none());
    runs.filter_map(|run| {
        Some(Stretch {
            from: run.first()?.0,
            to: run.last()?.0,
        })
    })
    .collect()
}

struct Search<F> {
    f: F,
    target: f64,
    size: f64,
    found: Found,
}

impl<F: FnMut(f64) -> Option<f64>> Search<F> {
    fn is_zero(&self, y: f64) -> bool {
        y.abs() <= NOISE * self.size
    }

    /// The points of the scan in parts over which the function exists, each lengthened to where it ceases to.
    fn defined_parts(&mut self, whole: bool) -> Vec<Vec<Point>> {
        let scan = self.found.scan.clone();
        let mut parts: Vec<Vec<Point>> = Vec::new();
        let mut before: Option<(f64, Option<f64>)> = None;
        for (x, y) in scan {
            let was = before.and_then(|(_, y)| y);
            if let Some(value) = y {
                let point = Point {
                    x,
                    y: value - self.target,
                };
                if was.is_none() {
                    let mut part = Vec::new();
                    if let (Some((gap, _)), false) = (before, whole) {
                        part.extend(self.edge(point, gap));
                    }
                    parts.push(part);
                }
                if let Some(part) = parts.last_mut() {
                    part.push(point);
                }
            } else if was.is_some()
                && !whole
                && let Some(part) = parts.last_mut()
                && let Some(last) = part.last().copied()
            {
                let edge = self.edge(last, x);
                if let Some(part) = parts.last_mut() {
                    part.extend(edge);
                }
            }
            before = Some((x, y));
        }
        parts
    }

    /// The last point at which the function exists on the way from one where it does to one where it does not.
    fn edge(&mut self, inside: Point, outside: f64) -> Option<Point> {
        let (mut inside, mut outside, mut moved) = (inside, outside, false);
        for _ in 0..60 {
            let x = 0.5 * (inside.x + outside);
            if x == inside.x || x == outside {
                break;
            }
            match (self.f)(x) {
                Some(y) => {
                    inside = Point { x, y };
                    moved = true;
                }
                None => outside = x,
            }
        }
        moved.then_some(inside)
    }

    /// Looks through points over which the function exists.
    fn part(&mut self, points: &[Point], whole: bool) {
        let mut i = 0;
        // The last point that is not at the target, if none at it lies since.
        let mut last: Option<usize> = None;
        while i < points.len() {
            if self.is_zero(points[i].y) {
                let first = i;
                while i + 1 < points.len() && self.is_zero(points[i + 1].y) {
                    i += 1;
                }
                self.at_target(points, first, i, whole);
                last = None;
            } else {
                if let Some(last) = last {
                    self.between(points[last], points[i], whole);
                }
                last = Some(i);
            }
            i += 1;
        }
        if !whole {
            for three in points.windows(3) {
                self.turn(three[0], three[1], three[2]);
            }
            if let [first, second, .., before, last] = *points {
                self.turn_at_end(first, second);
                self.turn_at_end(last, before);
            }
        }
    }

    /// Points `first` to `last` are at the target: a root, or a range with its ends.
    fn at_target(&mut self, points: &[Point], first: usize, last: usize, whole: bool) {
        let (mut from, mut to) = (points[first].x, points[last].x);
        if !whole {
            if first > 0 {
                from = self.zero_until(points[first].x, points[first - 1].x);
            }
            if last + 1 < points.len() {
                to = self.zero_until(points[last].x, points[last + 1].x);
            }
        }
        if whole && from < to {
            self.found.ranges.push(Stretch { from, to });
        } else {
            self.zero_along(from, points[first].x, to);
        }
    }

    /// Files a zero that lasts from one number to another: where that is a point, as a root.
    fn zero_along(&mut self, from: f64, at: f64, to: f64) {
        if self.stays(from, to) {
            self.found.ranges.push(Stretch { from, to });
        } else {
            self.found.roots.push(at);
        }
    }

    /// Whether the function stays at the target from one number to another at which it is. Where it only passes or
    /// touches it, it is within the noise of the target there as well, but well off a quarter of the way from either.
    fn stays(&mut self, from: f64, to: f64) -> bool {
        let all = self.found.scan[self.found.scan.len() - 1].0 - self.found.scan[0].0;
        to - from > 1e-9 * all
            && [0.25, 0.75].iter().all(|part| {
                let y = (self.f)(from + part * (to - from));
                y.is_some_and(|y| y.abs() <= NOISE / 16.0 * self.size)
            })
    }

    /// How far the function stays at the target from one point towards another.
    fn zero_until(&mut self, inside: f64, outside: f64) -> f64 {
        let (mut inside, mut outside) = (inside, outside);
        for _ in 0..60 {
            let x = 0.5 * (inside + outside);
            if x == inside || x == outside {
                break;
            }
            let zero = (self.f)(x).is_some_and(|y| self.is_zero(y));
            if zero {
                inside = x;
            } else {
                outside = x;
            }
        }
        inside
    }

    /// Two neighbours that are not at the target: if it lies between them, a root or a jump does.
    fn between(&mut self, a: Point, b: Point, whole: bool) {
        if (a.y < 0.0) == (b.y < 0.0) {
            return;
        }
        let (low, high) = if whole { (a, b) } else { self.bracket(a, b) };
        if low.x == high.x {
            let from = self.zero_until(low.x, a.x);
            let to = self.zero_until(low.x, b.x);
            self.zero_along(from, low.x, to);
        } else if whole || (high.y - low.y).abs() > JUMP * self.size {
            self.found.jumps.push(Jump {
                at: high.x,
                before: low.y + self.target,
                after: high.y + self.target,
            });
        } else {
            let nearer = if low.y.abs() < high.y.abs() {
                low
            } else {
                high
            };
            self.found.roots.push(nearer.x);
        }
    }

    /// Narrows two points of different sign down to neighbours; one point twice where the function is zero.
    fn bracket(&mut self, a: Point, b: Point) -> (Point, Point) {
        let sign = if a.y < 0.0 { 1.0 } else { -1.0 };
        let (mut low, mut high) = (a, b);
        let width = b.x - a.x;
        let resolution = 2.0 * f64::EPSILON * a.x.abs().max(b.x.abs());
        let epsilon = resolution.max(4.0 * f64::EPSILON * width);
        let f = &mut self.f;
        solve_itp(
            |x| {
                // Where the function does not exist it counts as what it was at the lower end.
                let y = f(x).unwrap_or(low.y);
                let point = Point { x, y };
                if y == 0.0 {
                    (low, high) = (point, point);
                } else if (y < 0.0) == (a.y < 0.0) {
                    low = point;
                } else {
                    high = point;
                }
                sign * y
            },
            a.x,
            b.x,
            epsilon,
            1,
            0.2 / width,
            sign * a.y,
            sign * b.y,
        );
        (low, high)
    }

    /// The first or last step: the turning point may lie within it.
    fn turn_at_end(&mut self, end: Point, inner: Point) {
        // Where the function comes nearer from the end on, it may turn within the step.
        let x = end.x + 1e-3 * (inner.x - end.x);
        let Some(y) = (self.f)(x) else { return };
        if y.abs() < end.y.abs() && end.y.abs() <= inner.y.abs() {
            let probe = Point { x, y };
            let (a, b) = if end.x < inner.x {
                (end, inner)
            } else {
                (inner, end)
            };
            self.turn(a, probe, b);
        }
    }

    /// Three points on one side of the target, the middle one nearest: the turning point between them may be at the target
    /// or beyond it.
    fn turn(&mut self, a: Point, middle: Point, b: Point) {
        let one_side = (a.y < 0.0) == (middle.y < 0.0) && (b.y < 0.0) == (middle.y < 0.0);
        let nearest = middle.y.abs() < a.y.abs() && middle.y.abs() <= b.y.abs();
        let zero = [a, middle, b].iter().any(|point| self.is_zero(point.y));
        if !one_side || !nearest || zero {
            return;
        }
        // Golden section towards the target.
        let golden = 0.381_966_011_250_105;
        let (mut left, mut best, mut right) = (a.x, middle, b.x);
        for _ in 0..80 {
            let x = if best.x - left > right - best.x {
                best.x - golden * (best.x - left)
            } else {
                best.x + golden * (right - best.x)
            };
            if x == best.x || right - left <= 1e-13 * (b.x - a.x) {
                break;
            }
            let Some(y) = (self.f)(x) else { return };
            if (y < 0.0) != (middle.y < 0.0) && !self.is_zero(y) {
                let beyond = Point { x, y };
                self.between(a, beyond, false);
                self.between(beyond, b, false);
                return;
            }
            if y.abs() < best.y.abs() {
                if x < best.x {
                    right = best.x;
                } else {
                    left = best.x;
                }
                best = Point { x, y };
            } else if x < best.x {
                left = x;
            } else {
                right = x;
            }
        }
        if self.is_zero(best.y) {
            let from = self.zero_until(best.x, a.x);
            let to = self.zero_until(best.x, b.x);
            self.zero_along(from, best.x, to);
        }
    }
}

#[cfg(test)]
mod tests;
