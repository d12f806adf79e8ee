//! Sobol indices of a deal, batch by batch: workers compute batches, and one of them collects.

use clauseworth::{
    Importance as Design, ImportanceBatch, ImportanceCollector, ImportanceQuestion, ImportanceRoom,
    LEAST_POINTS, MOST_POINTS,
};
use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::convert::{
    SEEDS, answer, fields, number, read_request, text, thrown, unknown, whole, wrong,
};
use crate::types::{ImportanceBatchObject, ImportanceQuestionObject, ImportanceResult, RunRequest};

/// A deal ready for the indices of a metric.
#[wasm_bindgen]
pub struct Importance {
    design: Design,
    room: ImportanceRoom,
    collector: ImportanceCollector,
}

#[wasm_bindgen]
impl Deal {
    /// Gets the deal ready for the Sobol indices of a metric.
    ///
    /// # Errors
    /// As `run`, where quantities are correlated and the question is not `independent`, and where it asks for what there is
    /// not.
    pub fn importance(
        &mut self,
        request: RunRequest,
        question: ImportanceQuestionObject,
    ) -> Result<Importance, JsValue> {
        let (request, question) = (read_request(&request)?, read_question(&question)?);
        let design = self.0.importance(&request, &question).map_err(thrown)?;
        Ok(Importance {
            room: design.room(),
            collector: design.collector(),
            design,
        })
    }
}

#[wasm_bindgen]
impl Importance {
    /// How many batches it takes.
    #[must_use]
    pub fn batches(&self) -> f64 {
        self.design.batches() as f64
    }

    /// Computes a batch, of which another worker may take the values.
    ///
    /// # Errors
    /// Throws where a point has values that are not allowed together, or the model has no answer for it.
    pub fn batch(&mut self, number: f64) -> Result<ImportanceBatchObject, JsValue> {
        let batch = self.design.batch(number as u64, &mut self.room);
        let values = Float64Array::from(&batch.map_err(thrown)?.values[..]);
        let object = Object::new();
        Reflect::set(&object, &"number".into(), &number.into())?;
        Reflect::set(&object, &"values".into(), &values)?;
        Ok(object.unchecked_into())
    }

    /// Takes a batch that this or another worker has computed; in any order.
    ///
    /// # Errors
    /// Throws where what is given is no batch.
    pub fn add(&mut self, batch: &ImportanceBatchObject) -> Result<(), JsValue> {
        let number = number("number", &Reflect::get(batch, &"number".into())?)?;
        let values = Reflect::get(batch, &"values".into())?.dyn_into::<Float64Array>()?;
        self.collector.add(&ImportanceBatch {
            number: number as u64,
            values: values.to_vec(),
        });
        Ok(())
    }

    /// What the batches that were taken say together.
    ///
    /// # Errors
    /// Throws where the metric is missing at more than one point in fifty.
    pub fn result(&self) -> Result<ImportanceResult, JsValue> {
        answer(self.collector.result())
    }
}

fn read_question(question: &JsValue) -> Result<ImportanceQuestion, JsValue> {
    let mut read = ImportanceQuestion::of("");
    let expected = "an object { metric, paths, seed, independent }";
    for (key, value) in fields("", question, expected)? {
        match key.as_str() {
            "metric" => read.metric = text(&key, &value)?,
            "paths" => read.paths = whole(&key, &value, LEAST_POINTS..=MOST_POINTS)?,
            "seed" => read.seed = whole(&key, &value, SEEDS)?,
            "independent" => {
                let flag = value.as_bool();
                read.independent = flag.ok_or_else(|| wrong(&key, "true or false", &value))?;
            }
            key => return Err(unknown(key, "one of metric, paths, seed, independent")),
        }
    }
    Ok(read)
}
