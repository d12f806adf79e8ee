//! What each clause of a partnership between a backer and an AI lab is worth, to each side.
//!
//! A deal file says what the clauses are and what is assumed about the world; [`Calculator`] opens it and runs it. The
//! pipeline is visible as modules: a file becomes a [`Deal`] ([`calculator`]), a deal a plan, a plan and its inputs a
//! ledger of quarterly flows, a ledger a valuation. Nothing in here knows a file system, a clock or a browser.

mod calculator;
mod calendar;
pub mod cashflow;
mod check;
mod clause;
mod deal;
mod document;
mod error;
mod format;
mod kernel;
mod library;
mod math;
mod model;
mod names;
mod node;
mod overrides;
mod plan;
mod real;
mod result;
mod valuation;

pub use calculator::{Calculator, Request};
pub use calendar::{Day, Grid};
pub use clause::{Clause, Terms};
pub use deal::{Deal, schema};
pub use error::{Error, Fault, FaultKind};
pub use format::limits::{Kind, Limit};
pub use format::quantity::{Distribution, Quantity, Slot, Status};
pub use library::{LIBRARY, LibraryDeal};
pub use overrides::Setting;
pub use result::{Run, Summary, YearFigures};
