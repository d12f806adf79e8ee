//! What is told by drawing more than one deal, or one at several values: the spread of differences, and goal seek on a
//! probability.

use clauseworth::{
    ChanceQuestion, ComparedDraws, Sampling, SpreadCollector, Workspace, compare_draws,
};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::comparison::Comparison;
use crate::convert::{
    answer, fields, mistaken, number, read_request, read_setting, text, thrown, unknown,
};
use crate::simulation::{read_batch, read_sampling, write_batch};
use crate::types::{
    ChanceAnswer, ChanceObject, DifferencesResult, RunRequest, SamplingObject, SimulatedBatch,
};

/// Deals ready to be drawn alike.
#[wasm_bindgen]
pub struct ComparedSimulation {
    draws: ComparedDraws,
    room: Vec<Workspace>,
    collector: SpreadCollector,
}

#[wasm_bindgen]
impl Comparison {
    /// Gets the deals ready to be drawn alike, in the world of one of them, by its place, or each in its own.
    ///
    /// # Errors
    /// As `run` for any of them, where a deal does not fit into the world, and where the sampling asks for what there is
    /// not.
    pub fn simulation(
        &mut self,
        world: Option<usize>,
        sampling: SamplingObject,
    ) -> Result<ComparedSimulation, JsValue> {
        let sampling = read_sampling(&sampling, Sampling::default())?;
        let draws = compare_draws(&mut self.0, world, &sampling).map_err(thrown)?;
        Ok(ComparedSimulation {
            room: draws.workspace(),
            collector: draws.collector(),
            draws,
        })
    }
}

#[wasm_bindgen]
impl ComparedSimulation {
    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> f64 {
        self.draws.batches() as f64
    }

    /// Computes a batch, of which another worker may take the values.
    ///
    /// # Errors
    /// Throws where a path draws what is not allowed together, or the model has no answer for it.
    pub fn batch(&mut self, number: f64) -> Result<SimulatedBatch, JsValue> {
        let batch = self.draws.batch(number as u64, &mut self.room);
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
    pub fn result(&self) -> Result<DifferencesResult, JsValue> {
        answer(Ok(self.collector.result()))
    }
}

#[wasm_bindgen]
impl Deal {
    /// Which values of a quantity give a metric a chance to be above a threshold.
    ///
    /// # Errors
    /// As `simulation`, and where the question is not one that has an answer.
    pub fn chance(
        &mut self,
        request: RunRequest,
        question: ChanceObject,
        sampling: SamplingObject,
    ) -> Result<ChanceAnswer, JsValue> {
        let (request, question) = (read_request(&request)?, read_chance(&question)?);
        let usual = Sampling {
            paths: ChanceQuestion::PATHS,
            ..Sampling::default()
        };
        let sampling = read_sampling(&sampling, usual)?;
        answer(self.0.chance(&request, &question, &sampling))
    }
}

/// Reads a question for a chance.
fn read_chance(question: &JsValue) -> Result<ChanceQuestion, JsValue> {
    const KEYS: &str = "an object { vary, metric, above, chance, low, high }";
    // What is missing is refused as no path, no metric or no number would be.
    let mut read = ChanceQuestion::new("", "", f64::NAN, f64::NAN);
    for (key, value) in fields("", question, KEYS)? {
        match key.as_str() {
            _ if value.is_null() => {}
            "vary" => read.vary = text(&key, &value)?,
            "metric" => read.metric = text(&key, &value)?,
            "above" => read.above = number(&key, &value)?,
            "chance" => read.chance = number(&key, &value)?,
            "low" => read.low = Some(read_setting(&key, &value)?),
            "high" => read.high = Some(read_setting(&key, &value)?),
            key => return Err(unknown(key, KEYS)),
        }
    }
    if read.vary.is_empty() {
        return Err(mistaken("vary", "the path of a quantity", "nothing"));
    }
    Ok(read)
}
