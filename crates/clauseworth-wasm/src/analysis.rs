//! Questions beyond a run: the AGI curve, goal seek, comparison, sensitivities.

use clauseworth::{Goal, GridAxis, GridQuestion, MOST_STEPS, Question};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::comparison::Comparison;
use crate::convert::{
    answer, fields, mistaken, number, read_request, read_setting, text, unknown, whole,
};
use crate::types::{
    AgiCurve, Answer, Answers, ComparisonResult, Gradient, Grid, GridQuestionObject, Payments,
    Question as QuestionObject, RunRequest, Tornado,
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

    /// A metric over two quantities at once.
    ///
    /// # Errors
    /// As `run`, and where the question is not one that has an answer.
    pub fn grid(
        &mut self,
        request: RunRequest,
        question: GridQuestionObject,
    ) -> Result<Grid, JsValue> {
        let (request, question) = (read_request(&request)?, read_grid(&question)?);
        answer(self.0.grid(&request, &question))
    }

    /// Who pays whom in each calendar year, and who owns the lab.
    ///
    /// # Errors
    /// As `run`.
    pub fn payments(&mut self, request: RunRequest) -> Result<Payments, JsValue> {
        answer(self.0.payments(&read_request(&request)?))
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

const KEYS: &str = "one of vary, metric, target, share, low, high";

/// Reads a question: a path that is varied, and a metric with its target or a share of the surplus.
fn read_question(question: &JsValue) -> Result<Question, JsValue> {
    let expected = "an object { vary, metric, target } or { vary, share }";
    let (mut vary, mut metric, mut target, mut share) = (None, None, None, None);
    let (mut low, mut high) = (None, None);
    for (key, value) in fields("", question, expected)? {
        match key.as_str() {
            _ if value.is_null() => {}
            "vary" => vary = Some(text(&key, &value)?),
            "metric" => metric = Some(text(&key, &value)?),
            "target" => target = Some(number(&key, &value)?),
            "share" => share = Some(number(&key, &value)?),
            "low" => low = Some(read_setting(&key, &value)?),
            "high" => high = Some(read_setting(&key, &value)?),
            key => return Err(unknown(key, KEYS)),
        }
    }
    let goal = match (metric, target, share) {
        (Some(metric), Some(target), None) => Goal::Metric { metric, target },
        (None, None, Some(share)) => Goal::Share(share),
        _ => {
            let expected = "either a metric with its target, or a share of the surplus";
            return Err(mistaken("metric", expected, "neither or both"));
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

/// Reads what a metric is looked at over: its name, and two quantities.
fn read_grid(question: &JsValue) -> Result<GridQuestion, JsValue> {
    let (mut metric, mut x, mut y) = (None, None, None);
    for (key, value) in fields("", question, "an object { metric, x, y }")? {
        match key.as_str() {
            "metric" => metric = Some(text("metric", &value)?),
            "x" => x = Some(read_axis("x", &value)?),
            "y" => y = Some(read_axis("y", &value)?),
            key => return Err(unknown(key, "one of metric, x, y")),
        }
    }
    let missing = |key| mistaken(key, "a quantity { path, low, high, steps }", "nothing");
    Ok(GridQuestion {
        metric: metric.ok_or_else(|| mistaken("metric", "the name of a metric", "none"))?,
        x: x.ok_or_else(|| missing("x"))?,
        y: y.ok_or_else(|| missing("y"))?,
    })
}

fn read_axis(name: &str, axis: &JsValue) -> Result<GridAxis, JsValue> {
    let mut read = GridAxis::default();
    for (key, value) in fields(name, axis, "an object { path, low, high, steps }")? {
        let at = format!("{name}.{key}");
        match key.as_str() {
            _ if value.is_null() => {}
            "path" => read.path = text(&at, &value)?,
            "low" => read.low = Some(read_setting(&at, &value)?),
            "high" => read.high = Some(read_setting(&at, &value)?),
            "steps" => read.steps = Some(whole(&at, &value, 2..=MOST_STEPS as u64)? as usize),
            _ => return Err(unknown(&at, "one of path, low, high, steps")),
        }
    }
    Ok(read)
}
