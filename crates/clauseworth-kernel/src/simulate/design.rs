//! The runs of Sobol indices (Model 11.2): pairs of independent points A and B, and A with one input of B at a time.
//!
//! A and B are two halves of the dimensions of one sequence, side by side: that of a quantity in A is followed by that in
//! B. Two scrambles of the same dimensions would not do, independent as they are: the scrambles of a digit either agree for
//! all points or for none, so that a quantity would be in the same half of its range in A and B throughout, or in the other
//! throughout, and no number of points would even that out.
//!
//! **Inputs** are the uncertain quantities, and the Brownian motions, each as a whole: exchanging a motion exchanges all of
//! its normals. A motion is one input with the quantity that is its volatility, under that quantity's slot, whether that is
//! uncertain itself or not. So nothing that is drawn is missing from the sum of the indices.

use super::{Dimensions, Drawn, FAR, POINTS, REPLICATES, Simulation, WIDTH, Workspace, drivers};
use crate::plan::Slot;
use crate::sample::copula::Copula;
use crate::sample::driver::Sampler;
use crate::sample::sobol::DIMENSIONS;

/// Points of a batch at most: with every input exchanged in turn, a hundred times as many runs.
pub const PART: usize = POINTS / 2;

/// The normals that a Brownian motion is first made of have the first dimensions, as in a simulation.
const FIRST_OF_BRIDGE: u32 = 4;
/// Then come the quantities, this many.
const FOR_QUANTITIES: u32 = 112;
/// Then the next normals: with the first, both motions at all eighths of the time.
const NEXT_OF_BRIDGE: u32 = 12;

const _: () = assert!(2 * (FIRST_OF_BRIDGE + FOR_QUANTITIES + NEXT_OF_BRIDGE) <= DIMENSIONS);

/// Where what has no place among these is drawn, in dimensions that are pseudo-random.
const FAR_QUANTITIES: u32 = FAR;
const FAR_BRIDGE: u32 = 2 * FAR;

/// The place of a quantity in either half.
fn of_quantity(number: u32) -> u32 {
    if number < FOR_QUANTITIES {
        FIRST_OF_BRIDGE + number
    } else {
        FAR_QUANTITIES + number
    }
}

/// The place of a normal of the Brownian motions, those of both motions by turns.
fn of_bridge(number: u32) -> u32 {
    if number < FIRST_OF_BRIDGE {
        number
    } else if number < FIRST_OF_BRIDGE + NEXT_OF_BRIDGE {
        FOR_QUANTITIES + number
    } else {
        FAR_BRIDGE + number
    }
}

/// The dimensions of the points A.
const A: Dimensions = Dimensions {
    quantity: |number| 2 * of_quantity(number),
    bridge: |number| 2 * of_bridge(number),
};

/// The dimensions of the points B.
const B: Dimensions = Dimensions {
    quantity: |number| 2 * of_quantity(number) + 1,
    bridge: |number| 2 * of_bridge(number) + 1,
};

/// What is exchanged between A and B at once.
#[derive(Clone, Debug)]
struct Input {
    slot: Slot,
    /// Its place among the uncertain quantities, if it is one.
    quantity: Option<usize>,
    demand: bool,
    equity: bool,
}

/// A simulation whose points come in pairs.
#[derive(Clone, Debug)]
pub struct Design {
    simulation: Simulation,
    inputs: Vec<Input>,
}

/// What a design writes in; made once, used for every batch.
#[derive(Clone, Debug)]
pub struct Room {
    /// The points A, and what runs them.
    run: Workspace,
    /// The points B.
    draws: Vec<f64>,
    demand: Vec<f64>,
    equity: Vec<f64>,
}

impl Design {
    /// The design of a simulation under a seed. Correlations are left out, since inputs are exchanged one by one.
    #[must_use]
    pub fn new(mut simulation: Simulation, seed: u64) -> Self {
        simulation.copula = Copula::default();
        simulation.drivers = drivers(Sampler::Sobol, seed, DIMENSIONS);
        let plan = &simulation.plan;
        let demand = simulation.demand.then_some(plan.volatility);
        let equity = plan.backer_equity.as_ref().map(|equity| equity.volatility);
        let equity = equity.filter(|_| simulation.equity);
        let input = |slot: Slot, quantity: Option<usize>| Input {
            slot,
            quantity,
            demand: demand == Some(slot),
            equity: equity == Some(slot),
        };
        let uncertain = simulation.uncertain.iter().enumerate();
        let mut inputs: Vec<Input> = uncertain
            .map(|(place, quantity)| input(quantity.slot, Some(place)))
            .collect();
        for slot in demand.into_iter().chain(equity) {
            if inputs.iter().all(|input| input.slot != slot) {
                inputs.push(input(slot, None));
            }
        }
        Self { simulation, inputs }
    }

    /// The slots of the inputs, in their order. That of a volatility stands for the Brownian motion too.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = Slot> {
        self.inputs.iter().map(|input| input.slot)
    }

    /// Room to work in.
    #[must_use]
    pub fn room(&self) -> Room {
        let run = self.simulation.workspace();
        Room {
            draws: run.draws.clone(),
            demand: run.demand.clone(),
            equity: run.equity.clone(),
            run,
        }
    }

    /// Values the runs of a batch of `points` points, at most [`PART`], and shows them some at a time, with the number of
    /// the run: A, B, and AB_i for each input. Batch n has points of scramble `n % REPLICATES`.
    pub fn batch(
        &self,
        batch: u64,
        points: usize,
        room: &mut Room,
        visit: &mut dyn FnMut(usize, &Drawn<'_>),
    ) {
        let replicate = (batch % REPLICATES as u64) as usize;
        let first = batch / REPLICATES as u64 * PART as u64;
        self.simulation.draw(B, replicate, first, &mut room.run);
        room.exchange_all();
        self.simulation.draw(A, replicate, first, &mut room.run);
        self.run(0, points, room, visit);
        room.exchange_all();
        self.run(1, points, room, visit);
        room.exchange_all();
        for (number, input) in self.inputs.iter().enumerate() {
            room.exchange(input);
            self.run(2 + number, points, room, visit);
            room.exchange(input);
        }
    }

    fn run(
        &self,
        run: usize,
        points: usize,
        room: &mut Room,
        visit: &mut dyn FnMut(usize, &Drawn<'_>),
    ) {
        for point in (0..points).step_by(WIDTH) {
            let visit = &mut |drawn: &Drawn<'_>| visit(run, drawn);
            self.simulation.path(0, point, points, &mut room.run, visit);
        }
    }
}

impl Room {
    /// Puts what is drawn for B in the place of A, or back.
    fn exchange_all(&mut self) {
        std::mem::swap(&mut self.run.draws, &mut self.draws);
        std::mem::swap(&mut self.run.demand, &mut self.demand);
        std::mem::swap(&mut self.run.equity, &mut self.equity);
    }

    /// The same of one input.
    fn exchange(&mut self, input: &Input) {
        if let Some(place) = input.quantity {
            let row = place * POINTS..(place + 1) * POINTS;
            self.run.draws[row.clone()].swap_with_slice(&mut self.draws[row]);
        }
        if input.demand {
            std::mem::swap(&mut self.run.demand, &mut self.demand);
        }
        if input.equity {
            std::mem::swap(&mut self.run.equity, &mut self.equity);
        }
    }
}

/// How many batches `points` points take, shared out evenly among the scrambles.
#[must_use]
pub fn batches(points: u64) -> u64 {
    let (each, more) = (points / REPLICATES as u64, points % REPLICATES as u64);
    let begun = if each.is_multiple_of(PART as u64) {
        more
    } else {
        0
    };
    each.div_ceil(PART as u64) * REPLICATES as u64 + begun
}

/// How many of `points` points are in a batch.
#[must_use]
pub fn points_of(batch: u64, points: u64) -> usize {
    let (replicate, part) = (batch % REPLICATES as u64, batch / REPLICATES as u64);
    let mine = (points + REPLICATES as u64 - 1 - replicate) / REPLICATES as u64;
    mine.saturating_sub(part * PART as u64).min(PART as u64) as usize
}

/// The number of a point among all, by its place in a batch.
#[must_use]
pub fn point(batch: u64, place: usize) -> u64 {
    let (replicate, part) = (batch % REPLICATES as u64, batch / REPLICATES as u64);
    (part * PART as u64 + place as u64) * REPLICATES as u64 + replicate
}
