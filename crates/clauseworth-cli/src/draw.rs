//! Simulations on all cores, in shards, and merged; Sobol indices.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use clauseworth::{
    Calculator, ChanceAnswer, ChanceQuestion, Collector, DrawnDifferences, Error, Fault, FaultKind,
    Importance, ImportanceQuestion, Request, Sampler, Sampling, Simulated, Simulator, SobolIndices,
    compare_draws,
};
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::ask::whole;
use crate::export::{unwritten, write_new};
use crate::pool::{counter, each_batch, progress};

/// How to draw.
#[derive(Args)]
pub(crate) struct SimulateArgs {
    /// How many paths are drawn.
    #[arg(long, value_name = "N", default_value_t = 16_384, value_parser = whole(1..=clauseworth::MOST_PATHS),
          allow_negative_numbers = true)]
    paths: u64,
    /// Another seed draws other paths.
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = whole(0..=u64::MAX), allow_negative_numbers = true)]
    seed: u64,
    /// Where the draws come from.
    #[arg(long, value_enum, default_value_t = Source::Sobol)]
    sampler: Source,
    /// Series whose bands are wanted, by name; may be repeated. Without it, all of them.
    #[arg(long, value_name = "SERIES")]
    series: Vec<String>,
    /// Threads; without it, one for each core.
    #[arg(long, value_name = "N", value_parser = whole(1..=u16::MAX), allow_negative_numbers = true)]
    threads: Option<u16>,
    /// Draw only the I-th of N parts, counted from 1, and write it to the file that --out names.
    #[arg(long, value_name = "I/N", value_parser = parse_shard, requires = "out")]
    shard: Option<Shard>,
    /// File that the part is written to, to be merged with the others.
    #[arg(long, value_name = "FILE", requires = "shard")]
    out: Option<PathBuf>,
    /// Replace the file where it is there already.
    #[arg(long, requires = "out")]
    force: bool,
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

    /// Where the part goes that is drawn, if it is a part.
    pub(crate) fn target(&self) -> Option<Target<'_>> {
        let path = self.out.as_deref()?;
        let force = self.force;
        Some(Target { path, force })
    }

    /// Draws what is to be drawn, on all cores.
    pub(crate) fn draw(&self, simulator: &Simulator) -> Result<Collector, Error> {
        let Shard { part, of } = self.shard.unwrap_or(Shard { part: 0, of: 1 });
        let batches = simulator.batches();
        let mine = (batches.saturating_sub(part)).div_ceil(of);
        let mut collector = simulator.collector();
        each_batch(
            mine,
            self.threads,
            &progress(mine),
            || simulator.workspace(),
            |turn, room| simulator.batch(part + turn * of, room),
            |batch| {
                collector.add(&batch);
                Ok(())
            },
        )?;
        Ok(collector)
    }
}

/// How to draw deals that are compared, or asked for a chance. The group `drawn` is what says that they are.
#[derive(Args)]
pub(crate) struct DrawArgs {
    /// Another seed draws other paths.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "drawn", value_parser = whole(0..=u64::MAX),
          allow_negative_numbers = true)]
    seed: u64,
    /// Threads; without it, one for each core.
    #[arg(long, value_name = "N", requires = "drawn", value_parser = whole(1..=u16::MAX), allow_negative_numbers = true)]
    threads: Option<u16>,
}

impl DrawArgs {
    fn sampling(&self, paths: u64) -> Sampling {
        Sampling {
            paths,
            seed: self.seed,
            ..Sampling::default()
        }
    }

    /// Draws deals that are compared.
    pub(crate) fn spread(
        &self,
        deals: &mut [(Calculator, Request)],
        world: Option<usize>,
        paths: u64,
    ) -> Result<DrawnDifferences, Error> {
        let draws = compare_draws(deals, world, &self.sampling(paths))?;
        let mut collector = draws.collector();
        each_batch(
            draws.batches(),
            self.threads,
            &progress(draws.batches()),
            || draws.workspace(),
            |number, room| draws.batch(number, room),
            |batch| {
                collector.add(&batch);
                Ok(())
            },
        )?;
        Ok(collector.result())
    }

    /// Draws a deal at one value after another until the chance is found.
    pub(crate) fn chance(
        &self,
        deal: &mut Calculator,
        request: &Request,
        question: &ChanceQuestion,
        paths: u64,
    ) -> Result<ChanceAnswer, Error> {
        let bar = counter();
        let answer = deal.chance_by(
            request,
            question,
            &self.sampling(paths),
            &mut |simulator, numbers| {
                let mut batches = Vec::new();
                each_batch(
                    numbers.end - numbers.start,
                    self.threads,
                    &bar,
                    || simulator.workspace(),
                    |turn, room| simulator.batch(numbers.start + turn, room),
                    |batch| {
                        batches.push(batch);
                        Ok(())
                    },
                )?;
                Ok(batches)
            },
        );
        bar.finish_and_clear();
        answer
    }
}

/// What spread is shared out, and how.
#[derive(Args)]
pub(crate) struct SobolArgs {
    /// Metric whose spread is shared out among the inputs.
    #[arg(long, value_name = "ID", default_value = "backer.npv")]
    pub(crate) metric: String,
    /// How many points are drawn; each takes two runs more than there are inputs.
    #[arg(long, value_name = "N", default_value_t = 1024,
          value_parser = whole(clauseworth::LEAST_POINTS..=clauseworth::MOST_POINTS), allow_negative_numbers = true)]
    paths: u64,
    /// Another seed draws other points.
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = whole(0..=u64::MAX), allow_negative_numbers = true)]
    seed: u64,
    /// Leave correlations out; without it, a deal with correlated quantities is refused.
    #[arg(long)]
    independent: bool,
    /// Threads; without it, one for each core.
    #[arg(long, value_name = "N", value_parser = whole(1..=u16::MAX), allow_negative_numbers = true)]
    threads: Option<u16>,
}

impl SobolArgs {
    pub(crate) fn question(&self) -> ImportanceQuestion {
        ImportanceQuestion {
            metric: self.metric.clone(),
            paths: self.paths,
            seed: self.seed,
            independent: self.independent,
        }
    }

    /// Computes the indices, on all cores.
    pub(crate) fn indices(&self, importance: &Importance) -> Result<SobolIndices, Error> {
        let mut collector = importance.collector();
        each_batch(
            importance.batches(),
            self.threads,
            &progress(importance.batches()),
            || importance.room(),
            |batch, room| importance.batch(batch, room),
            |batch| {
                collector.add(&batch);
                collector.check()
            },
        )?;
        collector.result()
    }
}

/// A part of a simulation in its file, under what a person reads above the whole.
#[derive(Serialize, Deserialize)]
struct Part {
    title: String,
    collector: Collector,
}

/// Where a part goes.
pub(crate) struct Target<'a> {
    pub(crate) path: &'a Path,
    pub(crate) force: bool,
}

impl Target<'_> {
    /// Refuses a file that is there already, before anything is drawn for it.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if !self.force && self.path.exists() {
            return Err(unwritten(self.path, &ErrorKind::AlreadyExists.into()));
        }
        Ok(())
    }

    /// Writes a part of a simulation.
    pub(crate) fn write(&self, title: String, collector: Collector) -> Result<(), Failure> {
        let bytes = postcard::to_stdvec(&Part { title, collector })
            .map_err(|error| Failure::Usage(format!("{}: {error}", self.path.display())))?;
        write_new(self.path, self.force, &bytes)
    }
}

/// Reads the parts of a simulation and puts them together, under their title.
pub(crate) fn merge(paths: &[PathBuf]) -> Result<(String, Simulated), Failure> {
    let mut whole: Option<Part> = None;
    for path in paths {
        let name = path.display().to_string();
        let failed = |error: String| Failure::Usage(format!("{name}: {error}"));
        let bytes = fs::read(path).map_err(|error| failed(error.to_string()))?;
        let part = match postcard::take_from_bytes::<Part>(&bytes) {
            Ok((part, [])) => part,
            _ => {
                let what = "is not a part of a simulation, or not all of it";
                return Err(failed(what.to_owned()));
            }
        };
        match &mut whole {
            Some(whole) => whole
                .collector
                .merge(&part.collector)
                .map_err(|error| Failure::Deal(name.clone(), error))?,
            None => whole = Some(part),
        }
    }
    let whole = whole.ok_or_else(|| Failure::Usage("expected a file".to_owned()))?;
    match whole.collector.missing() {
        0 => Ok((whole.title, whole.collector.result())),
        missing => {
            let found = format!("{missing} of its batches missing");
            let expected = "all parts of the simulation";
            let fault = Fault::new(FaultKind::Missing, "", expected, found);
            Err(Failure::Deal("merge".to_owned(), fault.into()))
        }
    }
}
