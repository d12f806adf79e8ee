//! The TypeScript side of the bindings: what the values that cross are, field by field, is in the `.d.ts` files
//! beside it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[cfg(feature = "analysis")]
#[wasm_bindgen(typescript_custom_section)]
const ANALYSIS: &str = include_str!("analysis.d.ts");

#[wasm_bindgen]
extern "C" {
    /// Deals by their ids.
    #[wasm_bindgen(typescript_type = "Record<string, Tree>")]
    pub type Library;
    /// A deal file as plain values.
    #[wasm_bindgen(typescript_type = "Tree")]
    pub type DealTree;
    /// Everything about a deal but its figures.
    #[wasm_bindgen(typescript_type = "DealInfo")]
    pub type DealInfo;
    /// What to run.
    #[wasm_bindgen(typescript_type = "RunRequest")]
    pub type RunRequest;
    /// Everything that a run gives.
    #[wasm_bindgen(typescript_type = "RunResult")]
    pub type RunResult;
    /// What each clause is worth.
    #[wasm_bindgen(typescript_type = "ClausePrices")]
    pub type ClausePrices;
}

#[cfg(feature = "simulation")]
#[wasm_bindgen(typescript_custom_section)]
const SIMULATION: &str = include_str!("simulation.d.ts");

#[cfg(feature = "simulation")]
#[wasm_bindgen(typescript_custom_section)]
const IMPORTANCE: &str = include_str!("importance.d.ts");

#[cfg(feature = "simulation")]
#[wasm_bindgen]
extern "C" {
    /// How to draw.
    #[wasm_bindgen(typescript_type = "Sampling")]
    pub type SamplingObject;
    /// The values of a batch.
    #[wasm_bindgen(typescript_type = "SimulatedBatch")]
    pub type SimulatedBatch;
    /// What many paths say together.
    #[wasm_bindgen(typescript_type = "SimulationResult")]
    pub type SimulationResult;
    /// What many paths say of the differences of deals.
    #[wasm_bindgen(typescript_type = "DifferencesResult")]
    pub type DifferencesResult;
    /// A question for a chance.
    #[wasm_bindgen(typescript_type = "ChanceQuestion")]
    pub type ChanceObject;
    /// The answer to it.
    #[wasm_bindgen(typescript_type = "ChanceAnswer")]
    pub type ChanceAnswer;
    /// Which metric's spread is shared out.
    #[wasm_bindgen(typescript_type = "ImportanceQuestion")]
    pub type ImportanceQuestionObject;
    /// The values of a batch of points.
    #[wasm_bindgen(typescript_type = "ImportanceBatch")]
    pub type ImportanceBatchObject;
    /// Which input a metric's spread is due to.
    #[wasm_bindgen(typescript_type = "ImportanceResult")]
    pub type ImportanceResult;
}

#[cfg(feature = "analysis")]
#[wasm_bindgen]
extern "C" {
    /// A question asked backwards.
    #[wasm_bindgen(typescript_type = "Question")]
    pub type Question;
    /// The answer to it.
    #[wasm_bindgen(typescript_type = "Answer")]
    pub type Answer;
    /// Answers by path.
    #[wasm_bindgen(typescript_type = "Record<string, Answer>")]
    pub type Answers;
    /// Both sides' NPV by the date of AGI.
    #[wasm_bindgen(typescript_type = "AgiCurve")]
    pub type AgiCurve;
    /// A metric asked for over two quantities.
    #[wasm_bindgen(typescript_type = "GridQuestion")]
    pub type GridQuestionObject;
    /// The metric at every crossing of their values.
    #[wasm_bindgen(typescript_type = "MetricGrid")]
    pub type Grid;
    /// Who pays whom, by calendar year.
    #[wasm_bindgen(typescript_type = "Payments")]
    pub type Payments;
    /// What each uncertain quantity does to a metric.
    #[wasm_bindgen(typescript_type = "TornadoBar[]")]
    pub type Tornado;
    /// Derivatives by path.
    #[wasm_bindgen(typescript_type = "Record<string, number | null>")]
    pub type Gradient;
    /// Deals side by side.
    #[wasm_bindgen(typescript_type = "ComparisonResult")]
    pub type ComparisonResult;
}
