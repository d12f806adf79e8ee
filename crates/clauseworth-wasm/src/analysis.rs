//! Questions beyond a run: the AGI curve, goal seek, comparison, sensitivities.

use clauseworth::{Goal, Question};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::comparison::Comparison;
use crate::convert::{answer, entries, mistaken, read_request, read_setting};
use crate::types::{
    AgiCurve, Answer, Answers, ComparisonResult, Gradient, Question as QuestionObject, RunRequest,
    Tornado,
};

#[wasm_bindgen]
impl Deal {
    /// Both sides' NPV and each clause's by the date at which AGI counts for the contract.
    ///
    /// # Errors
    /// As `run`.
    #[wasm_bindgen(js_name = agiCurve)]
    pub fn agi_curve(&mut self, request: RunRequest) -> Result<AgiCurve, JsValue> {
        answer(self.0.agi_curve(&read_request(&request)?))
    }

    /// Which values of a quantity bring about an outcome.
    ///
    /// # Errors
    /// As `run`, and where the question is not one that has an answer.
    pub fn solve(
        &mut self,
        request: RunRequest,
        question: QuestionObject,
    ) -> Result<Answer, JsValue> {
        let (request, question) = (read_request(&request)?, read_question(&question)?);
        answer(self.0.solve(&request, &question))
    }

    /// For every uncertain quantity, where a metric is 0.
    ///
    /// # Errors
    /// As `run`, and where there is no such metric.
    #[wasm_bindgen(js_name = breakEven)]
    pub fn break_even(&mut self, request: RunRequest, metric: &str) -> Result<Answers, JsValue> {
        answer(self.0.break_even(&read_request(&request)?, metric))
    }

    /// What each uncertain quantity alone does to a metric, the largest swing first.
    ///
    /// # Errors
    /// As `run`, and where there is no such metric.
    pub fn tornado(&mut self, request: RunRequest, metric: &str) -> Result<Tornado, JsValue> {
        answer(self.0.tornado(&read_request(&request)?, metric))
    }

    /// The derivative of a metric by every quantity.
    ///
    /// # Errors
    /// As `run`, and where there is no such metric.
    pub fn gradient(&mut self, request: RunRequest, metric: &str) -> Result<Gradient, JsValue> {
        answer(self.0.gradient(&read_request(&request)?, metric))
    }
}

#[wasm_bindgen]
impl Comparison {
    /// Compares the deals in the world of one of them, by its place, or each in its own.
    ///
    /// # Errors
    /// As `run` for any of them, and where a deal does not fit into the world.
    pub fn answer(&mut self, world: Option<usize>) -> Result<ComparisonResult, JsValue> {
        answer(clauseworth::compare(&mut self.0, world))
    }
}

/// Reads a question: a path that is varied, and a metric with its target or a share of the surplus.
fn read_question(question: &JsValue) -> Result<Question, JsValue> {
    if !question.is_object() {
        let expected = "an object { vary, metric, target } or { vary, share }";
        return Err(mistaken("", expected, "something else"));
    }
    let (mut vary, mut metric, mut target, mut share) = (None, None, None, None);
    let (mut low, mut high) = (None, None);
    for (key, value) in entries(question) {
        let number = || {
            let number = value.as_f64();
            number.ok_or_else(|| mistaken(&key, "a number", "something else"))
        };
        let text = || {
            let text = value.as_string();
            text.ok_or_else(|| mistaken(&key, "a text", "something else"))
        };
        match key.as_str() {
            _ if value.is_undefined() || value.is_null() => {}
            "vary" => vary = Some(text()?),
            "metric" => metric = Some(text()?),
            "target" => target = Some(number()?),
            "share" => share = Some(number()?),
            "low" => low = Some(read_setting(&key, &value)?),
            "high" => high = Some(read_setting(&key, &value)?),
            key => {
                let expected = "one of vary, metric, target, share, low, high";
                return Err(mistaken(key, expected, "an unknown key"));
            }
        }
    }
    let goal = match (metric, target, share) {
        (Some(metric), Some(target), None) => Goal::Metric { metric, target },
        (None, None, Some(share)) => Goal::Share(share),
        _ => {
            let expected = "either a metric with its target, or a share of the surplus";
            return Err(mistaken("metric", expected, "something else"));
        }
    };
    let vary = vary.ok_or_else(|| mistaken("vary", "the path of a quantity", "nothing"))?;
    Ok(Question {
        vary,
        goal,
        low,
        high,
    })
}
