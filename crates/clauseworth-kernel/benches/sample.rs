//! What a draw costs: uniforms of each sampler, values of each distribution, Brownian motions and correlated quantities,
//! in blocks as a simulation takes them, and what is made once per quantity.

use std::hint::black_box;

use clauseworth_kernel::quantile::{Quantile, normal_each};
use clauseworth_kernel::sample::bridge::Bridge;
use clauseworth_kernel::sample::copula::{Copula, Correlation};
use clauseworth_kernel::sample::draw::Draw;
use clauseworth_kernel::sample::driver::{Driver, Sampler};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Paths of a block.
const PATHS: usize = 128;
/// Dimensions, or quantities.
const DIMENSIONS: u32 = 40;

fn uniforms(c: &mut Criterion) {
    let mut group = c.benchmark_group("sample: uniforms");
    group.throughput(Throughput::Elements(u64::from(DIMENSIONS) * PATHS as u64));
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let driver = Driver::new(sampler, 42, DIMENSIONS);
        let mut draws = [0.0; PATHS];
        let mut first = 0;
        group.bench_function(format!("{sampler:?}"), |b| {
            b.iter(|| {
                for dimension in 0..DIMENSIONS {
                    driver.uniforms(dimension, first, &mut draws);
                    black_box(&draws);
                }
                first += PATHS as u64;
            });
        });
    }
}

fn distributions() -> [(&'static str, Quantile); 8] {
    let years = [(2027.0, 0.05), (2030.0, 0.3), (2035.0, 0.7), (2050.0, 0.9)];
    [
        ("uniform", Quantile::uniform(1.0, 3.0)),
        ("triangular", Quantile::triangular(1.0, 2.0, 4.0)),
        ("PERT", Quantile::pert(0.4, 0.8, 1.4, 4.0)),
        ("normal", Quantile::normal(1.0, 2.0, None, None)),
        (
            "normal, truncated",
            Quantile::normal(1.0, 2.0, Some(0.5), Some(2.5)),
        ),
        ("lognormal", Quantile::lognormal(1.0, 2.0, None, None)),
        ("cumulative", Quantile::cumulative(years.to_vec())),
        ("bernoulli", Quantile::bernoulli(0.3)),
    ]
}

fn draws(c: &mut Criterion) {
    let mut blocks = vec![[0.0; PATHS]; DIMENSIONS as usize];
    let driver = Driver::new(Sampler::Sobol, 42, DIMENSIONS);
    for (dimension, block) in blocks.iter_mut().enumerate() {
        driver.uniforms(dimension as u32, 0, block);
    }
    let mut group = c.benchmark_group("sample: draws");
    group.throughput(Throughput::Elements(u64::from(DIMENSIONS) * PATHS as u64));
    for (name, quantile) in distributions() {
        let draws = vec![Draw::new(quantile); blocks.len()];
        let mut values = [0.0; PATHS];
        group.bench_function(name, |b| {
            b.iter(|| {
                for (draw, block) in draws.iter().zip(&blocks) {
                    draw.fill(block, &mut values);
                    black_box(&values);
                }
            });
        });
    }
    group.finish();
    let pert = Quantile::pert(0.4, 0.8, 1.4, 4.0);
    c.bench_function("sample: one PERT quantile, solved for", |b| {
        b.iter(|| black_box(&pert).at(black_box(0.2)));
    });
    c.bench_function("sample: a PERT made ready", |b| {
        b.iter(|| Draw::new(black_box(&pert).clone()));
    });
    c.bench_function("sample: 256 dimensions made ready", |b| {
        b.iter(|| Driver::new(Sampler::Sobol, black_box(42), 256));
    });
}

fn motions(c: &mut Criterion) {
    let times: Vec<f64> = (0..41).map(|k| 0.1 + 0.25 * f64::from(k)).collect();
    let bridge = Bridge::new(&times);
    let driver = Driver::new(Sampler::Sobol, 42, 41);
    let mut motion = vec![0.0; bridge.len() * PATHS];
    let mut group = c.benchmark_group("sample: motions");
    group.throughput(Throughput::Elements((bridge.len() * PATHS) as u64));
    group.bench_function("uniforms, normals and the bridge", |b| {
        let mut uniforms = [0.0; PATHS];
        b.iter(|| {
            bridge.walk(PATHS, &mut motion, |step, normals| {
                driver.uniforms(step, 0, &mut uniforms);
                normal_each(&uniforms, normals);
            });
            black_box(&motion);
        });
    });
    group.finish();
}

fn correlated(c: &mut Criterion) {
    let rho = |a, b, rho| Correlation {
        between: [a, b],
        rho,
    };
    let Ok(copula) = Copula::new(&[rho(0, 1, 0.5), rho(2, 3, 0.5), rho(3, 4, -0.3)]) else {
        return;
    };
    let driver = Driver::new(Sampler::Sobol, 42, 5);
    let mut uniforms = vec![0.0; 5 * PATHS];
    let mut group = c.benchmark_group("sample: copula");
    group.throughput(Throughput::Elements(5 * PATHS as u64));
    group.bench_function("two groups of five quantities", |b| {
        b.iter(|| {
            for (dimension, row) in uniforms.chunks_exact_mut(PATHS).enumerate() {
                driver.uniforms(dimension as u32, 0, row);
            }
            copula.correlate(PATHS, &mut uniforms);
            black_box(&uniforms);
        });
    });
    group.finish();
}

criterion_group!(benches, uniforms, draws, motions, correlated);
criterion_main!(benches);
