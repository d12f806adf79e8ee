//! Questions about the October 2025 deal, each as the page asks it after a move of a slider.

use std::hint::black_box;

use clauseworth::{Calculator, Goal, Question, Request, compare};
use criterion::{Criterion, criterion_group, criterion_main};

const DEAL: &str = "microsoft-openai-2025";

fn question(goal: Goal) -> Question {
    Question {
        vary: "clauses.revenue-share.rate".to_owned(),
        goal,
        low: None,
        high: None,
    }
}

fn ask(c: &mut Criterion) {
    let Ok(mut deal) = Calculator::library(DEAL) else {
        return;
    };
    let base = Request::default();
    c.bench_function("clauses: all coalitions", |b| {
        b.iter(|| deal.clauses(black_box(&base)));
    });
    c.bench_function("AGI curve", |b| {
        b.iter(|| deal.agi_curve(black_box(&base)));
    });
    for (name, goal) in [
        (
            "solve: an NPV",
            Goal::Metric {
                metric: "backer.npv".to_owned(),
                target: 300.0,
            },
        ),
        (
            "solve: a rate of return",
            Goal::Metric {
                metric: "backer.irr".to_owned(),
                target: 0.8,
            },
        ),
        ("solve: fair terms", Goal::Share(0.9)),
    ] {
        let question = question(goal);
        c.bench_function(name, |b| {
            b.iter(|| deal.solve(black_box(&base), &question));
        });
    }
    c.bench_function("break-even of every uncertain quantity", |b| {
        b.iter(|| deal.break_even(black_box(&base), "backer.npv"));
    });
    for metric in ["backer.npv", "backer.irr"] {
        c.bench_function(&format!("tornado: {metric}"), |b| {
            b.iter(|| deal.tornado(black_box(&base), metric));
        });
        c.bench_function(&format!("gradient: {metric}"), |b| {
            b.iter(|| deal.gradient(black_box(&base), metric));
        });
    }
}

/// A deal whose clauses are none of them bundled, twelve of them: the most of which all coalitions are run.
fn twelve(c: &mut Criterion) {
    let text = include_str!("../../../tests/deals/all-kinds.toml");
    let Ok(mut deal) = Calculator::from_toml(&text.replace("bundle = ", "# ")) else {
        return;
    };
    let without = deal.deal().clauses()[12..]
        .iter()
        .map(|clause| clause.id.clone());
    let request = Request {
        without: without.collect(),
        ..Request::default()
    };
    c.bench_function("clauses: twelve, every kind", |b| {
        b.iter(|| deal.clauses(black_box(&request)));
    });
}

fn agreements(c: &mut Criterion) {
    let ids = ["microsoft-openai-2023", DEAL, "microsoft-openai-2026"];
    let mut deals = Vec::new();
    for id in ids {
        let Ok(deal) = Calculator::library(id) else {
            return;
        };
        deals.push((deal, Request::default()));
    }
    c.bench_function("compare: three agreements", |b| {
        b.iter(|| compare(black_box(&mut deals), Some(1)));
    });
}

criterion_group!(benches, ask, twelve, agreements);
criterion_main!(benches);
