//! Deals side by side: compared as they stand, or drawn alike.

use clauseworth::{Calculator, Request};
use wasm_bindgen::prelude::*;

use crate::Deal;
use crate::convert::read_request;
use crate::types::RunRequest;

/// Deals to be compared: added one after the other, then answered.
#[wasm_bindgen]
#[derive(Default)]
pub struct Comparison(pub(crate) Vec<(Calculator, Request)>);

#[wasm_bindgen]
impl Comparison {
    /// A comparison of nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Comparison {
        Self::default()
    }

    /// Adds a deal with what is changed in it.
    ///
    /// # Errors
    /// Throws where the request is not of its shape.
    pub fn add(&mut self, deal: &Deal, request: RunRequest) -> Result<(), JsValue> {
        self.0.push((deal.0.clone(), read_request(&request)?));
        Ok(())
    }
}
