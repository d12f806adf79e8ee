//! Draws of a deal, batch by batch: workers compute batches, and one of them collects.

use clauseworth::{Batch, Collector, MOST_PATHS, Sampler, Sampling, Simulator, Workspace};
use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::convert::{
    SEEDS, answer, fields, number, read_request, texts, thrown, unknown, whole, wrong,
};
use crate::types::{RunRequest, SamplingObject, SimulatedBatch, SimulationResult};

/// A deal ready to be drawn.
#[wasm_bindgen]
pub struct Simulation {
    simulator: Simulator,
    room: Workspace,
    collector: Collector,
}

#[wasm_bindgen]
impl Deal {
    /// Gets the deal ready to be drawn many times.
    ///
    /// # Errors
    /// As `run`, and where the sampling asks for what there is not.
    pub fn simulation(
        &mut self,
        request: RunRequest,
        sampling: SamplingObject,
    ) -> Result<Simulation, JsValue> {
        let (request, sampling) = (
            read_request(&request)?,
            read_sampling(&sampling, Sampling::default())?,
        );
        let simulator = self.0.simulator(&request, &sampling).map_err(thrown)?;
        Ok(Simulation {
            room: simulator.workspace(),
            collector: simulator.collector(),
            simulator,
        })
    }
}

#[wasm_bindgen]
impl Simulation {
    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> f64 {
        self.simulator.batches() as f64
    }

    /// Computes a batch, of which another worker may take the values.
    ///
    /// # Errors
    /// Throws where a path draws what is not allowed together, or the model has no answer for it.
    pub fn batch(&mut self, number: f64) -> Result<SimulatedBatch, JsValue> {
        let batch = self.simulator.batch(number as u64, &mut self.room);
        write_batch(&batch.map_err(thrown)?)
    }

    /// Takes a batch that this or another worker has computed; in any order.
    ///
    /// # Errors
    /// Throws where what is given is no batch.
    pub fn add(&mut self, batch: &SimulatedBatch) -> Result<(), JsValue> {
        self.collector.add(&read_batch(batch)?);
        Ok(())
    }

    /// What the batches that were taken say together.
    ///
    /// # Errors
    /// Does not throw.
    pub fn result(&self) -> Result<SimulationResult, JsValue> {
        let simulated = self.collector.result();
        let object: SimulationResult = answer(Ok(&simulated))?;
        // Numbers by the thousand pass as arrays of numbers.
        let metrics = Reflect::get(&object, &"metrics".into())?;
        for (name, statistics) in &simulated.metrics {
            if let Some(statistics) = statistics {
                let metric = Reflect::get(&metrics, &name.into())?;
                let percentiles = Float64Array::from(&statistics.percentiles[..]);
                Reflect::set(&metric, &"percentiles".into(), &percentiles)?;
            }
        }
        Ok(object)
    }
}

/// A batch as an object whose arrays can be transferred to another thread.
pub(crate) fn write_batch(batch: &Batch) -> Result<SimulatedBatch, JsValue> {
    let object = Object::new();
    let entries: [(&str, JsValue); 4] = [
        ("number", (batch.number as f64).into()),
        ("paths", (batch.paths as f64).into()),
        ("metrics", Float64Array::from(&batch.metrics[..]).into()),
        ("series", Float64Array::from(&batch.series[..]).into()),
    ];
    for (key, value) in entries {
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.unchecked_into())
}

/// Reads a batch that was written so.
pub(crate) fn read_batch(batch: &SimulatedBatch) -> Result<Batch, JsValue> {
    let values = |key: &str| -> Result<Vec<f64>, JsValue> {
        let array = Reflect::get(batch, &key.into())?.dyn_into::<Float64Array>();
        Ok(array?.to_vec())
    };
    let number = |key: &str| number(key, &Reflect::get(batch, &key.into())?);
    Ok(Batch {
        number: number("number")? as u64,
        paths: number("paths")? as usize,
        metrics: values("metrics")?,
        series: values("series")?,
    })
}

/// Reads how to draw; what is not said is as in `read`.
pub(crate) fn read_sampling(sampling: &JsValue, mut read: Sampling) -> Result<Sampling, JsValue> {
    let expected = "an object { paths, seed, sampler, series }";
    for (key, value) in fields("", sampling, expected)? {
        match key.as_str() {
            "paths" => read.paths = whole(&key, &value, 1..=MOST_PATHS)?,
            "seed" => read.seed = whole(&key, &value, SEEDS)?,
            "sampler" => {
                read.sampler = match value.as_string().as_deref() {
                    Some("sobol") => Sampler::Sobol,
                    Some("random") => Sampler::Random,
                    _ => return Err(wrong(&key, "\"sobol\" or \"random\"", &value)),
                }
            }
            "series" => read.series = Some(texts(&key, &value)?),
            key => return Err(unknown(key, "one of paths, seed, sampler, series")),
        }
    }
    Ok(read)
}
