//! Paths side by side (Model 10): each is the run of its inputs alone, and shows in the same place whatever is asked for
//! beside it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::plan::{ClauseSet, Plan, Slot};
use clauseworth_kernel::quantile::Quantile;
use clauseworth_kernel::real::Real;
use clauseworth_kernel::run::{coalition_one, prepare_one};
use clauseworth_kernel::sample::copula::Copula;
use clauseworth_kernel::sample::draw::Draw;
use clauseworth_kernel::simulate::{Sampler, Simulation, Uncertain};
use clauseworth_kernel::timeline::Circumstances;
use clauseworth_kernel::valuation::value_one;
use support::every_kind;

/// What changes a run in many ways: growth, the date of AGI, whether the panel agrees, the price of compute and the exit.
fn uncertain(plan: &Plan) -> Vec<Uncertain> {
    let of = |dimension: u32, slot: Slot, quantile: Quantile| Uncertain {
        slot,
        dimension,
        draw: Some(Draw::new(quantile)),
    };
    let capacity = plan.capacity.as_ref().unwrap();
    vec![
        of(
            0,
            plan.lines[0].curve.growth,
            Quantile::pert(-0.5, 0.5, 3.0, 4.0),
        ),
        of(
            1,
            plan.agi.year,
            Quantile::normal(2026.8, 2029.5, None, None),
        ),
        of(2, plan.agi.verified, Quantile::bernoulli(0.5)),
        of(3, capacity.price, Quantile::uniform(4.0, 16.0)),
        of(
            4,
            plan.rates.terminal_pe,
            Quantile::triangular(1.0, 15.0, 30.0),
        ),
    ]
}

/// A simulation in which no Brownian motion moves.
fn still(plan: &Plan, inputs: &[f64], sampler: Sampler) -> Simulation {
    let mut inputs = inputs.to_vec();
    inputs[plan.volatility.index()] = 0.0;
    let equity = plan.backer_equity.as_ref().unwrap();
    inputs[equity.volatility.index()] = 0.0;
    let drawn = uncertain(plan);
    let copula = Copula::default();
    Simulation::new(plan, &inputs, plan.enabled, drawn, copula, sampler, 11)
}

/// A path's place in its batch, its inputs, and the bits of all its metrics and of its equity in each quarter.
type Path = (usize, Vec<f64>, Vec<Option<u64>>, Vec<u64>);

/// The first paths of a batch.
fn paths(simulation: &Simulation, batch: u64, count: usize) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut room = simulation.workspace();
    simulation.batch(batch, count, &mut room, &mut |drawn| {
        assert!(!drawn.undefined);
        for lane in 0..drawn.count {
            let inputs = drawn.inputs.iter().map(|wide| wide.lane(lane)).collect();
            let metrics = drawn.valuation.metrics.iter().map(|measure| {
                let exists = measure.exists.lane(lane);
                exists.then(|| measure.value.lane(lane).to_bits())
            });
            let equity = drawn.ledger.c.equity_value.iter();
            let equity = equity.map(|wide| wide.lane(lane).to_bits());
            paths.push((
                drawn.first + lane,
                inputs,
                metrics.collect(),
                equity.collect(),
            ));
        }
    });
    paths
}

#[test]
fn a_path_is_the_run_of_its_inputs_alone() {
    let (plan, inputs) = every_kind();
    let mut ledger = Ledger::new(&plan);
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let simulation = still(&plan, &inputs, sampler);
        let paths = paths(&simulation, 3, 140);
        assert_eq!(paths.len(), 140);
        for (place, (path, inputs, metrics, equity)) in paths.iter().enumerate() {
            assert_eq!(place, *path);
            let world = prepare_one(&plan, inputs, &Circumstances::default(), &mut ledger);
            let empty = coalition_one(&plan, inputs, &world, ClauseSet::EMPTY, &mut ledger);
            let npv = coalition_one(&plan, inputs, &world, plan.enabled, &mut ledger);
            let alone = value_one(&plan, inputs, plan.enabled, npv, empty, &mut ledger);
            for (metric, (found, alone)) in metrics.iter().zip(&alone.metrics).enumerate() {
                let alone = alone.get();
                let same = *found == alone.map(f64::to_bits);
                let found = found.map(f64::from_bits);
                assert!(
                    same,
                    "metric {metric} on path {path}: {found:?}, alone {alone:?}"
                );
            }
            let alone: Vec<u64> = ledger.c.equity_value.iter().map(|v| v.to_bits()).collect();
            assert_eq!(*equity, alone, "path {path}");
        }
        // The paths take different turns, or this would show little.
        let verified = plan.agi.verified.index();
        let often = paths.iter().filter(|path| path.1[verified] > 0.5).count();
        assert!((45..95).contains(&often), "{often}");
        let some = |metric: usize| paths.iter().filter(|path| path.2[metric].is_some()).count();
        let partly = (0..paths[0].2.len()).filter(|metric| (1..140).contains(&some(*metric)));
        assert!(
            partly.count() > 0,
            "every metric exists on all paths or on none"
        );
    }
}

#[test]
fn a_path_is_the_same_whatever_is_asked_for_beside_it() {
    let (plan, mut inputs) = every_kind();
    inputs[plan.volatility.index()] = 0.4;
    let drawn = uncertain(&plan);
    let copula = Copula::default();
    let simulation = Simulation::new(
        &plan,
        &inputs,
        plan.enabled,
        drawn,
        copula,
        Sampler::Sobol,
        5,
    );
    let whole = paths(&simulation, 2, 280);
    assert_eq!(whole.len(), 280);
    for count in [1, 5, 8, 131] {
        assert_eq!(paths(&simulation, 2, count), whole[..count], "of {count}");
    }
    // Other batches have other paths.
    assert_ne!(paths(&simulation, 1, 8), whole[..8]);
}
