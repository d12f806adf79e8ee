//! Simulations on all cores, in shards, and merged.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::{Args, ValueEnum};
use clauseworth::{Collector, Error, Sampler, Sampling, Simulated, Simulator};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Failure;

/// How to draw.
#[derive(Args)]
pub(crate) struct SimulateArgs {
    /// How many paths are drawn.
    #[arg(long, value_name = "N", default_value_t = 16_384, value_parser = clap::value_parser!(u64).range(1..=clauseworth::MOST_PATHS))]
    paths: u64,
    /// Another seed draws other paths.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Where the draws come from.
    #[arg(long, value_enum, default_value_t = Source::Sobol)]
    sampler: Source,
    /// Series whose bands are wanted, by name; may be repeated. Without it, all of them.
    #[arg(long, value_name = "SERIES")]
    series: Vec<String>,
    /// Threads; without it, one for each core.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Draw only the I-th of N parts, counted from 1, and write it to the file that --out names.
    #[arg(long, value_name = "I/N", value_parser = parse_shard, requires = "out")]
    shard: Option<Shard>,
    /// File that the part is written to, to be merged with the others.
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub(crate) out: Option<PathBuf>,
}

/// Where draws come from.
#[derive(Clone, Copy, ValueEnum)]
enum Source {
    /// Points of a scrambled Sobol sequence.
    Sobol,
    /// Pseudo-random numbers.
    Random,
}

/// A part of a simulation: every `of`-th batch from `part` on.
#[derive(Clone, Copy)]
pub(crate) struct Shard {
    part: u64,
    of: u64,
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) => Ok(Shard { part: part - 1, of }),
        _ => Err("expected I/N with I from 1 to N, as in 2/8".to_owned()),
    }
}

impl SimulateArgs {
    pub(crate) fn sampling(&self) -> Sampling {
        Sampling {
            paths: self.paths,
            seed: self.seed,
            sampler: match self.sampler {
                Source::Sobol => Sampler::Sobol,
                Source::Random => Sampler::Random,
            },
            series: (!self.series.is_empty()).then(|| self.series.clone()),
        }
    }

    /// Draws what is to be drawn, on all cores.
    pub(crate) fn draw(&self, simulator: &Simulator) -> Result<Collector, Error> {
        let Shard { part, of } = self.shard.unwrap_or(Shard { part: 0, of: 1 });
        let batches = simulator.batches();
        let mine = (batches.saturating_sub(part)).div_ceil(of);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let threads = self
            .threads
            .map_or(cores, usize::from)
            .min(mine.max(1) as usize);
        let next = AtomicU64::new(0);
        let mut collector = simulator.collector();
        let bar = progress(mine);
        let fault = thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(threads);
            for _ in 0..threads {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    let mut room = simulator.workspace();
                    loop {
                        let turn = next.fetch_add(1, Ordering::Relaxed);
                        if turn >= mine {
                            break;
                        }
                        let batch = simulator.batch(part + turn * of, &mut room);
                        let failed = batch.is_err();
                        // Nobody listens any more where another thread has failed.
                        if sender.send((turn, batch)).is_err() || failed {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            // The fault of the first path is told, whichever thread was faster.
            let mut fault: Option<(u64, Error)> = None;
            for (turn, batch) in receiver {
                match batch {
                    Ok(batch) => collector.add(&batch),
                    Err(error) => {
                        if fault.as_ref().is_none_or(|(first, _)| turn < *first) {
                            fault = Some((turn, error));
                        }
                    }
                }
                bar.inc(1);
            }
            fault
        });
        bar.finish_and_clear();
        match fault {
            Some((_, error)) => Err(error),
            None => Ok(collector),
        }
    }
}

/// A bar on the terminal, none where the output is none.
fn progress(batches: u64) -> ProgressBar {
    let bar = ProgressBar::new(batches);
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Writes a part of a simulation.
pub(crate) fn write_shard(path: &Path, collector: &Collector) -> Result<(), Failure> {
    let failed = |error: String| Failure::Usage(format!("{}: {error}", path.display()));
    let bytes = postcard::to_stdvec(collector).map_err(|error| failed(error.to_string()))?;
    fs::write(path, bytes).map_err(|error| failed(error.to_string()))
}

/// Reads the parts of a simulation and puts them together.
pub(crate) fn merge(paths: &[PathBuf]) -> Result<Simulated, Failure> {
    let mut whole: Option<Collector> = None;
    for path in paths {
        let name = path.display().to_string();
        let failed = |error: String| Failure::Usage(format!("{name}: {error}"));
        let bytes = fs::read(path).map_err(|error| failed(error.to_string()))?;
        let part: Collector = postcard::from_bytes(&bytes)
            .map_err(|error| failed(format!("expected a part of a simulation: {error}")))?;
        match &mut whole {
            Some(whole) => whole
                .merge(&part)
                .map_err(|error| Failure::Deal(name.clone(), error))?,
            None => whole = Some(part),
        }
    }
    let whole = whole.ok_or_else(|| Failure::Usage("expected a file".to_owned()))?;
    match whole.missing() {
        0 => Ok(whole.result()),
        missing => Err(Failure::Usage(format!(
            "expected all parts of the simulation, found {missing} of its batches missing"
        ))),
    }
}
