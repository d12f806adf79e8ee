//! Many draws of a deal (Model 10): its uncertain quantities and Brownian motions drawn, the same kernel run over them
//! several paths at a time.
//!
//! Paths are numbered, and path `i` depends on the seed and `i` alone. They are computed in batches of [`BATCH`]; a batch
//! has the next points of each of [`REPLICATES`] independent scrambles of the sequence, so that the spread over these
//! tells the standard error, which that of the points of one scramble does not.

use crate::lanes::Lanes;
use crate::ledger::Ledger;
use crate::plan::{ClauseSet, Plan, Slot};
use crate::quantile::normal_each;
use crate::real::Real;
use crate::run::{coalition, prepare};
use crate::sample::bridge::Bridge;
use crate::sample::copula::Copula;
use crate::sample::draw::Draw;
use crate::sample::driver::Driver;
pub use crate::sample::driver::Sampler;
use crate::timeline::{Circumstances, Shocks};
use crate::valuation::{Valuation, value};
use crate::widest::apart;

pub mod design;

/// Paths of a batch.
pub const BATCH: usize = 1024;

/// Independent scrambles.
pub const REPLICATES: usize = 8;

/// Consecutive points of one scramble in a batch.
pub const POINTS: usize = BATCH / REPLICATES;

/// Paths side by side.
pub const WIDTH: usize = 8;

/// The number of the simulation.
pub type Wide = Lanes<WIDTH>;

/// Dimensions given to what a Brownian motion is first made of: where it ends, and its middle points.
const FIRST_OF_BRIDGE: u32 = 4;

/// Dimensions kept after these for the quantities of a deal, and before those of what is left of the Brownian motions.
/// Quantities beyond that many are drawn in dimensions that the sequence does not have, where it is pseudo-random.
const FOR_QUANTITIES: u32 = 160;

/// Where the dimensions of quantities beyond [`FOR_QUANTITIES`] begin.
const FAR: u32 = 1 << 16;

/// The dimension of the sequence in which a quantity is drawn.
fn of_quantity(number: u32) -> u32 {
    if number < FOR_QUANTITIES {
        FIRST_OF_BRIDGE + number
    } else {
        FAR + number
    }
}

/// The dimension in which a normal of the Brownian motions is drawn, those of both motions by turns, since the first of
/// each matter most.
fn of_bridge(number: u32) -> u32 {
    if number < FIRST_OF_BRIDGE {
        number
    } else {
        FOR_QUANTITIES + number
    }
}

/// Which dimensions of the sequence are for what.
#[derive(Clone, Copy)]
struct Dimensions {
    /// That of a quantity.
    quantity: fn(u32) -> u32,
    /// That of a normal of the Brownian motions.
    bridge: fn(u32) -> u32,
}

/// Those of a path.
const OF_PATHS: Dimensions = Dimensions {
    quantity: of_quantity,
    bridge: of_bridge,
};

/// The sources of all scrambles.
fn drivers(sampler: Sampler, seed: u64, ready: u32) -> Vec<Driver> {
    let first = Driver::new(sampler, seed, ready);
    let replicates = (1..REPLICATES as u16).map(|replicate| first.replicate(replicate));
    std::iter::once(first.clone()).chain(replicates).collect()
}

/// An uncertain quantity.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// Its place among the inputs.
    pub slot: Slot,
    /// Which of the quantities' dimensions of the sequence it takes: the same for the same quantity, whatever else is
    /// uncertain, so that two deals can be drawn alike.
    pub dimension: u32,
    /// How its values are distributed. None: it stays as the inputs have it, and takes its dimension only so that those
    /// correlated with it are drawn as they would be if it were uncertain.
    pub draw: Option<Draw>,
}

/// Everything that is needed to draw paths of a plan.
#[derive(Clone, Debug)]
pub struct Simulation {
    plan: Plan,
    inputs: Vec<f64>,
    active: ClauseSet,
    uncertain: Vec<Uncertain>,
    /// Correlations between the uncertain quantities, by their places in that list.
    copula: Copula,
    drivers: Vec<Driver>,
    bridge: Bridge,
    demand: bool,
    equity: bool,
}

/// What a simulation writes in; made once, used for every batch.
#[derive(Clone, Debug)]
pub struct Workspace {
    inputs: Vec<Wide>,
    shocks: Shocks<Wide>,
    ledger: Ledger<Wide>,
    uniforms: Vec<f64>,
    draws: Vec<f64>,
    demand: Vec<f64>,
    equity: Vec<f64>,
}

/// Some paths of a batch, valued.
pub struct Drawn<'a> {
    /// Place of the first path in its batch.
    pub first: usize,
    /// How many of the lanes are paths that were asked for.
    pub count: usize,
    /// The inputs that were drawn.
    pub inputs: &'a [Wide],
    /// The Brownian motions that were drawn.
    pub shocks: &'a Shocks<Wide>,
    /// What each path is worth.
    pub valuation: &'a Valuation<Wide>,
    /// The paths' ledgers.
    pub ledger: &'a Ledger<Wide>,
    /// Whether a path has no multiple of revenue, so that the model has no answer for it.
    pub undefined: bool,
}

impl Simulation {
    /// Gets a simulation ready. `inputs` are those of the base case.
    #[must_use]
    pub fn new(
        plan: &Plan,
        inputs: &[f64],
        active: ClauseSet,
        uncertain: Vec<Uncertain>,
        copula: Copula,
        sampler: Sampler,
        seed: u64,
    ) -> Self {
        let ready = of_bridge(2 * plan.quarters() as u32);
        let mut simulation = Self {
            plan: plan.clone(),
            inputs: inputs.to_vec(),
            active,
            demand: false,
            equity: false,
            drivers: drivers(sampler, seed, ready),
            uncertain,
            copula,
            bridge: Bridge::new(&plan.grid.middle),
        };
        simulation.see_what_moves();
        simulation
    }

    /// Gives an input another value, which is drawn over if it is uncertain. The draws of all others stay as they are. It
    /// takes a new workspace.
    pub fn set(&mut self, slot: Slot, value: f64) {
        self.inputs[slot.index()] = value;
        self.see_what_moves();
    }

    /// Finds out which Brownian motions have a volatility.
    fn see_what_moves(&mut self) {
        let moves = |slot: Slot| {
            let mut drawn = self.uncertain.iter().filter(|q| q.draw.is_some());
            let value = self.inputs.get(slot.index());
            drawn.any(|quantity| quantity.slot == slot) || value.is_some_and(|value| *value > 0.0)
        };
        let equity = self.plan.backer_equity.as_ref();
        let equity = equity.is_some_and(|equity| moves(equity.volatility));
        let demand = moves(self.plan.volatility);
        (self.demand, self.equity) = (demand, equity);
    }

    /// The plan that it runs.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Room to work in.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        let n = self.plan.quarters();
        let motion = |moves: bool| if moves { n } else { 0 };
        let wide = |length: usize| vec![Wide::zero(); length];
        Workspace {
            inputs: self.inputs.iter().map(|value| Wide::of(*value)).collect(),
            shocks: Shocks {
                demand: wide(motion(self.demand)),
                equity: wide(motion(self.equity)),
            },
            ledger: Ledger::new(&self.plan),
            uniforms: vec![0.0; self.uncertain.len() * POINTS],
            draws: vec![0.0; self.uncertain.len() * POINTS],
            demand: vec![0.0; motion(self.demand) * POINTS],
            equity: vec![0.0; motion(self.equity) * POINTS],
        }
    }

    /// Draws and values the first `count` paths of a batch, and shows them some at a time.
    pub fn batch(
        &self,
        batch: u64,
        count: usize,
        room: &mut Workspace,
        visit: &mut dyn FnMut(&Drawn<'_>),
    ) {
        for replicate in 0..REPLICATES {
            let start = replicate * POINTS;
            if start >= count {
                break;
            }
            self.draw(OF_PATHS, replicate, batch * POINTS as u64, room);
            for point in (0..POINTS.min(count - start)).step_by(WIDTH) {
                self.path(start, point, count, room, visit);
            }
        }
    }

    /// Draws the quantities and motions of the points of one scramble.
    fn draw(&self, to: Dimensions, replicate: usize, first: u64, room: &mut Workspace) {
        let driver = &self.drivers[replicate];
        for (quantity, row) in self
            .uncertain
            .iter()
            .zip(room.uniforms.chunks_exact_mut(POINTS))
        {
            let dimension = (to.quantity)(quantity.dimension);
            apart!(Wide, driver.uniforms(dimension, first, row));
        }
        self.copula.correlate(POINTS, &mut room.uniforms);
        let uniforms = room.uniforms.chunks_exact(POINTS);
        let draws = room.draws.chunks_exact_mut(POINTS);
        for ((quantity, uniforms), draws) in self.uncertain.iter().zip(uniforms).zip(draws) {
            if let Some(draw) = &quantity.draw {
                apart!(Wide, draw.fill(uniforms, draws));
            }
        }
        let mut uniforms = [0.0; POINTS];
        let mut walk = |number: u32, motion: &mut [f64]| {
            self.bridge.walk(POINTS, motion, |step, normals| {
                let dimension = (to.bridge)(2 * step + number);
                apart!(Wide, driver.uniforms(dimension, first, &mut uniforms));
                normal_each(&uniforms, normals);
            });
        };
        if self.demand {
            walk(0, &mut room.demand);
        }
        if self.equity {
            walk(1, &mut room.equity);
        }
    }

    /// Runs and values the paths from a point on.
    fn path(
        &self,
        start: usize,
        point: usize,
        count: usize,
        room: &mut Workspace,
        visit: &mut dyn FnMut(&Drawn<'_>),
    ) {
        let lanes = |row: &[f64]| {
            let mut lanes = [0.0; WIDTH];
            lanes.copy_from_slice(&row[point..point + WIDTH]);
            Lanes(lanes)
        };
        let draws = room.draws.chunks_exact(POINTS);
        for (quantity, row) in self.uncertain.iter().zip(draws) {
            if quantity.draw.is_some() {
                room.inputs[quantity.slot.index()] = lanes(row);
            }
        }
        for (motion, wide) in [
            (&room.demand, &mut room.shocks.demand),
            (&room.equity, &mut room.shocks.equity),
        ] {
            for (row, wide) in motion.chunks_exact(POINTS).zip(wide) {
                *wide = lanes(row);
            }
        }
        let given = Circumstances {
            contract: None,
            shocks: Some(&room.shocks),
        };
        let (plan, inputs) = (&self.plan, room.inputs.as_slice());
        let ledger = &mut room.ledger;
        let world = prepare(plan, inputs, &given, ledger);
        let empty = coalition(plan, inputs, &world, ClauseSet::EMPTY, ledger);
        let npv = coalition(plan, inputs, &world, self.active, ledger);
        let active = self.active;
        let valuation = apart!(Wide, value(plan, inputs, active, npv, empty, ledger));
        visit(&Drawn {
            first: start + point,
            count: WIDTH.min(count - start - point),
            inputs,
            shocks: &room.shocks,
            valuation: &valuation,
            ledger,
            undefined: world.undefined,
        });
    }
}
