#![doc = include_str!("../README.md")]
//!
//! # How it works
//!
//! [`Calculator`] opens a deal and runs it. The pipeline is visible as modules: a file becomes a tree, a tree a [`Deal`], a deal
//! a plan, and the kernel makes of a plan and its inputs a ledger of quarterly flows and their worth.

mod agi;
mod calculator;
mod chance;
mod check;
mod clause;
mod compare;
mod deal;
mod describe;
mod document;
mod error;
mod format;
mod grid;
mod importance;
#[cfg(feature = "text")]
mod library;
mod model;
mod names;
mod node;
mod overrides;
mod payments;
mod plan;
mod pricing;
mod questions;
mod result;
mod seek;
mod sensitivity;
mod simulation;
mod spread;
#[cfg(feature = "text")]
mod text;
mod written;

pub use agi::AgiCurve;
pub use calculator::{Calculator, Request, unknown_deal};
pub use chance::{ChanceAnswer, ChanceCurve, ChanceQuestion, DrawBatches};
pub use clause::{Clause, Terms};
pub use clauseworth_kernel::calendar::{Day, Grid};
pub use clauseworth_kernel::cashflow;
pub use clauseworth_kernel::simulate::design::Room as ImportanceRoom;
pub use clauseworth_kernel::simulate::{Sampler, Workspace};
pub use clauseworth_kernel::statistics::Statistics;
pub use compare::{Compared, Comparison, Difference, compare};
pub use deal::Deal;
#[cfg(feature = "schema")]
pub use deal::schema;
pub use describe::{DealInfo, DealSummary};
pub use error::{Error, Fault, FaultKind};
pub use format::limits::{Kind, Limit};
pub use format::quantity::{Distribution, Quantile, Quantity, Slot, Status};
pub use grid::{GridAxis, GridCell, GridQuestion, GridScale, MOST_STEPS, MetricGrid, USUAL_STEPS};
pub use importance::{
    Importance, ImportanceBatch, ImportanceCollector, ImportanceQuestion, LEAST_POINTS,
    MOST_POINTS, SobolIndex, SobolIndices,
};
#[cfg(feature = "text")]
pub use library::{LIBRARY, LibraryDeal};
pub use node::Node as Tree;
pub use overrides::Setting;
pub use payments::{Ownership, Party, Payments, Shares, Stream};
pub use pricing::{ClausePrices, MOST_UNITS, Price, Sides, Unit};
pub use questions::{Answer, BreakEven, Extreme, Goal, Outcome, Question, Reach, Scanned};
pub use result::{Run, Summary, YearFigures};
pub use seek::{Jump, Stretch};
pub use sensitivity::{Gradient, TornadoBar};
pub use simulation::{Batch, Collector, MOST_PATHS, Sampling, Simulated, Simulator};
pub use spread::{
    ComparedDraws, DrawnDifference, DrawnDifferences, SpreadCollector, compare_draws,
};
