//! The kernel of clauseworth: a compiled deal and its numbers in, a ledger of quarterly flows and its worth out.
//!
//! It is a crate of its own because it is compiled for speed and the rest for size. It holds numbers and the calendar
//! only: no text, no file, no name of a clause. [`plan::Plan`] is what runs, [`run::coalition_one`] runs it,
//! [`valuation::value_one`] says what it is worth. Section numbers ("Model 6.4") are those of the model's specification.

pub mod calendar;
pub mod cashflow;
pub mod dual;
pub mod gradient;
pub mod indices;
mod infrastructure;
pub mod lanes;
pub mod ledger;
pub mod math;
pub mod measure;
pub mod plan;
pub mod quantile;
mod quarter;
pub mod real;
pub mod returns;
pub mod run;
pub mod sample;
pub mod simulate;
pub mod statistics;
pub mod timeline;
pub mod valuation;
mod widest;
