//! How a deal could turn out: draws on several threads, which come to the same bits as on one.

use std::thread;

use clauseworth::{Batch, Calculator, Error, Request, Sampling, Simulator};

const THREADS: u64 = 2;

/// Every so many batches, from the first given one on.
fn batches(simulator: &Simulator, first: u64) -> Result<Vec<Batch>, Error> {
    let mut room = simulator.workspace();
    (first..simulator.batches())
        .step_by(THREADS as usize)
        .map(|number| simulator.batch(number, &mut room))
        .collect()
}

fn main() -> Result<(), Error> {
    let mut deal = Calculator::library("microsoft-openai-2025")?;
    let sampling = Sampling {
        paths: 4096,
        series: Some(Vec::new()),
        ..Sampling::default()
    };
    let simulator = deal.simulator(&Request::default(), &sampling)?;

    let mut collector = simulator.collector();
    let drawn = &simulator;
    thread::scope(|scope| {
        let drawing: Vec<_> = (0..THREADS)
            .map(|first| scope.spawn(move || batches(drawn, first)))
            .collect();
        for thread in drawing {
            let drawn = thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            for batch in &drawn {
                collector.add(batch);
            }
        }
        Ok::<(), Error>(())
    })?;

    let result = collector.result();
    for metric in ["backer.npv", "lab.npv"] {
        if let Some(s) = result.metric(metric) {
            println!(
                "{metric:<12}mean {:.1} ± {:.1} bn, P10 {:.1}, P90 {:.1}",
                s.mean, s.standard_error, s.p10, s.p90
            );
        }
    }
    assert_eq!(result.metric("lab.npv"), simulator.run()?.metric("lab.npv"));
    Ok(())
}
