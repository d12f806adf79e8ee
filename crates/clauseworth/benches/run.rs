//! One deterministic run of the October 2025 deal, with all metrics and series, and the parts of it that can be seen
//! apart: opening the file, and finding internal rates of return.

use std::hint::black_box;

use clauseworth::cashflow::roots;
use clauseworth::{Calculator, Request, Setting};
use criterion::{Criterion, criterion_group, criterion_main};

const DEAL: &str = "microsoft-openai-2025";

fn run(c: &mut Criterion) {
    let Ok(mut deal) = Calculator::library(DEAL) else {
        return;
    };
    let base = Request::default();
    c.bench_function("run: base case", |b| b.iter(|| deal.run(black_box(&base))));

    // A slider sends another value every time.
    let mut step = 0;
    c.bench_function("run: a slider moves", |b| {
        b.iter(|| {
            step = (step + 1) % 100;
            let rate = 0.1 + 0.002 * f64::from(step);
            let request = Request {
                set: vec![(
                    "clauses.revenue-share.rate".to_owned(),
                    Setting::Number(rate),
                )],
                ..Request::default()
            };
            deal.run(black_box(&request))
        });
    });
}

fn open(c: &mut Criterion) {
    c.bench_function("open: the file and its scenarios", |b| {
        b.iter(|| Calculator::library(black_box(DEAL)));
    });
}

fn rates(c: &mut Criterion) {
    // Ten years of quarters: an outflow, lean years, and a sale.
    let flows: Vec<(i32, f64)> = (0..41)
        .map(|k| {
            let amount = match k {
                0..8 => -3.0 + 0.2 * f64::from(k),
                40 => 300.0,
                _ => 4.0,
            };
            (91 * k, amount)
        })
        .collect();
    c.bench_function("roots: one change of sign", |b| {
        b.iter(|| roots(black_box(&flows)))
    });
    let mut cleaned_up = flows;
    cleaned_up[40].1 = -20.0;
    c.bench_function("roots: two changes of sign", |b| {
        b.iter(|| roots(black_box(&cleaned_up)));
    });
}

criterion_group!(benches, run, open, rates);
criterion_main!(benches);
