//! Paths side by side, for which the kernel takes the widest vectors that the processor has, against one after the other,
//! for which it takes what every processor has.

use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::run::{coalition_one, prepare_one};
use clauseworth_kernel::timeline::{Circumstances, Shocks};
use clauseworth_kernel::valuation::value_one;

use super::*;
use crate::{Calculator, LIBRARY, Request};

/// One lane of each.
fn lane(wide: &[simulate::Wide], lane: usize) -> Vec<f64> {
    wide.iter().map(|wide| wide.lane(lane)).collect()
}

/// The bits of a path's metrics and of its equity in each quarter, as drawn and as its inputs and motions give them alone.
fn both(simulator: &Simulator, drawn: &Drawn<'_>, path: usize) -> [Vec<Option<u64>>; 2] {
    let (plan, active) = (simulator.simulation.plan(), simulator.active);
    let metrics = drawn.valuation.metrics.iter().map(|measure| {
        let exists = LaneMask::lane(measure.exists, path);
        exists.then(|| measure.value.lane(path).to_bits())
    });
    let equity = lane(&drawn.ledger.c.equity_value, path);
    let bits = |equity: Vec<f64>| equity.into_iter().map(|value| Some(value.to_bits()));
    let drawn_bits = metrics.chain(bits(equity)).collect();

    let inputs = lane(drawn.inputs, path);
    let shocks = Shocks {
        demand: lane(&drawn.shocks.demand, path),
        equity: lane(&drawn.shocks.equity, path),
    };
    let given = Circumstances {
        contract: None,
        shocks: Some(&shocks),
    };
    let mut ledger = Ledger::new(plan);
    let world = prepare_one(plan, &inputs, &given, &mut ledger);
    let empty = coalition_one(plan, &inputs, &world, ClauseSet::EMPTY, &mut ledger);
    let npv = coalition_one(plan, &inputs, &world, active, &mut ledger);
    let alone = value_one(plan, &inputs, active, npv, empty, &mut ledger);
    let metrics = alone.metrics.iter().map(|m| m.get().map(f64::to_bits));
    let equity = ledger.c.equity_value.to_vec();
    [drawn_bits, metrics.chain(bits(equity)).collect()]
}

#[test]
fn the_widest_vectors_give_the_same_bits() {
    const PATHS: usize = 256;
    for entry in LIBRARY {
        let mut deal = Calculator::library(entry.id).unwrap();
        let sampling = Sampling {
            paths: PATHS as u64,
            ..Sampling::default()
        };
        let simulator = deal.simulator(&Request::default(), &sampling).unwrap();
        let mut room = simulator.workspace();
        let mut paths = Vec::new();
        let simulation = &simulator.simulation;
        simulation.batch(0, PATHS, &mut room, &mut |drawn| {
            for path in 0..drawn.count {
                let [side_by_side, alone] = both(&simulator, drawn, path);
                let number = drawn.first + path;
                assert_eq!(side_by_side, alone, "{}, path {number}", entry.id);
                paths.push(alone);
            }
        });
        // Each path is another one.
        assert_eq!(paths.len(), PATHS, "{}", entry.id);
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), PATHS, "{}", entry.id);
    }
}
