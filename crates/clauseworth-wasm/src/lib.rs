//! JavaScript bindings: they convert, call and convert back. Structured values cross as plain objects, series as
//! `Float64Array`s, errors as `Error` objects with the `path` of the first fault and all `errors`.

#[cfg(feature = "analysis")]
mod analysis;
#[cfg(any(feature = "analysis", feature = "simulation"))]
mod comparison;
mod convert;
#[cfg(feature = "simulation")]
mod importance;
#[cfg(feature = "simulation")]
mod simulation;
#[cfg(feature = "simulation")]
mod spread;
mod types;

use clauseworth::{Calculator, Run};
use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "analysis", feature = "simulation"))]
pub use comparison::Comparison;
use convert::{plain, read_request, thrown, tree};
#[cfg(feature = "simulation")]
pub use importance::Importance;
#[cfg(feature = "simulation")]
pub use simulation::Simulation;
#[cfg(feature = "simulation")]
pub use spread::ComparedSimulation;
use types::{ClausePrices, DealInfo, DealTree, Library, RunRequest, RunResult};

/// Half the size of the usual one, which every reader of an embed downloads. One thread has a module to itself.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Runs once, when the module is instantiated.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(feature = "panic-hook")]
    console_error_panic_hook::set_once();
}

/// Version of the model: two builds of one version give the same numbers.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// An opened deal.
#[wasm_bindgen]
pub struct Deal(Calculator);

#[wasm_bindgen]
impl Deal {
    /// Opens a deal given as a plain object, as `JSON.parse` or a TOML parser makes it; dates are ISO texts. `library`
    /// has the deals that `base` can name, by their ids.
    ///
    /// # Errors
    /// Throws with all faults of the deal and of its scenarios.
    pub fn open(deal: &DealTree, library: &Library) -> Result<Deal, JsValue> {
        let find = |id: &str| {
            let found = Reflect::get(library, &id.into()).ok()?;
            found.is_object().then(|| tree(&found))
        };
        Calculator::open(tree(deal), &find)
            .map(Self)
            .map_err(thrown)
    }

    /// What the deal is: quantities with limits and sources, clauses, scenarios.
    ///
    /// # Errors
    /// Does not throw for an opened deal.
    pub fn describe(&self) -> Result<DealInfo, JsValue> {
        Ok(plain(&self.0.deal().describe())?.unchecked_into())
    }

    /// Runs the deal.
    ///
    /// # Errors
    /// Throws where a scenario, path or clause is unknown, a value is not allowed, or the model has no answer.
    pub fn run(&mut self, request: RunRequest) -> Result<RunResult, JsValue> {
        let request = read_request(&request)?;
        let run = self.0.run(&request).map_err(thrown)?;
        write_run(&run)
    }

    /// What each clause and bundle is worth to either side.
    ///
    /// # Errors
    /// As `run`.
    pub fn clauses(&mut self, request: RunRequest) -> Result<ClausePrices, JsValue> {
        let request = read_request(&request)?;
        let prices = self.0.clauses(&request).map_err(thrown)?;
        let object = plain(&prices)?;
        Reflect::set(&object, &"gain".into(), &plain(&prices.gain())?)?;
        Ok(object.unchecked_into())
    }
}

/// A run as an object; all series, by quarter and by year, share one buffer, so that it can be transferred to another thread
/// at once.
fn write_run(run: &Run) -> Result<RunResult, JsValue> {
    let result = plain(&run.summary())?;
    let years = run.calendar_years().len();
    let count = run.all_series().count();
    let mut buffer = Buffer::new(count * (run.quarters() + years));
    let (series, annual) = (Object::new(), Object::new());
    for ((name, by_quarter), (_, by_year)) in run.all_series().zip(run.annual()) {
        let name = JsValue::from(name);
        Reflect::set(&series, &name, &buffer.view(by_quarter))?;
        Reflect::set(&annual, &name, &buffer.view(by_year.as_deref()))?;
    }
    Reflect::set(&result, &"series".into(), &series)?;
    Reflect::set(&result, &"annual".into(), &annual)?;
    let years = plain(&run.calendar_years())?;
    Reflect::set(&result, &"calendar_years".into(), &years)?;
    Ok(result.unchecked_into())
}

/// An array that views are cut from, one after the other.
struct Buffer {
    array: Float64Array,
    used: u32,
}

impl Buffer {
    fn new(length: usize) -> Self {
        Self {
            array: Float64Array::new_with_length(length as u32),
            used: 0,
        }
    }

    fn view(&mut self, values: Option<&[f64]>) -> JsValue {
        let Some(values) = values else {
            return JsValue::NULL;
        };
        let end = self.used + values.len() as u32;
        let view = self.array.subarray(self.used, end);
        self.used = end;
        view.copy_from(values);
        view.into()
    }
}
