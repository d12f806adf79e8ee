//! What each side and each clause is worth as a function of when AGI counts for the contract (Model 9.2).
//!
//! The date that is varied is `T_A` (Model 3.1), at which the clauses look; growth after AGI and the premium of the
//! valuation look at the economy's date, which stays as the deal has it. Clauses run by parts of quarters, so each curve
//! has its kinks at the quarters' boundaries and the points are just these; between two of them a line is drawn straight.

use clauseworth_kernel::plan::ClauseSet;
use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::model::Model;

/// NPVs by the date of AGI.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgiCurve {
    /// Dates on the year scale: every boundary of quarters from `effective` to the end of the grid, then none for never.
    pub years: Vec<Option<f64>>,
    /// `backer.npv`, `lab.npv`, `backer.npv.<clause>` of the clauses in force and `backer.npv.market`, a value a date.
    #[serde(serialize_with = "as_map")]
    pub metrics: Vec<(String, Vec<f64>)>,
}

fn as_map<S: Serializer>(metrics: &[(String, Vec<f64>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(metrics.iter().map(|(name, values)| (name, values)))
}

impl AgiCurve {
    /// A metric by its name.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<&[f64]> {
        let (_, values) = self.metrics.iter().find(|(known, _)| known == name)?;
        Some(values)
    }
}

/// Runs the deal for every date.
pub(crate) fn curve(model: &mut Model, active: ClauseSet) -> Result<AgiCurve, Error> {
    let mut times = model.plan().grid.start.clone();
    times.push(f64::INFINITY);
    let clauses: Vec<(usize, String)> = model
        .deal()
        .clauses()
        .iter()
        .enumerate()
        .filter(|(index, _)| active.has(*index))
        .map(|(index, clause)| (index, format!("backer.npv.{}", clause.id)))
        .collect();
    let mut places = vec![None];
    let mut metrics = vec![("backer.npv".to_owned(), Vec::new())];
    for (index, name) in clauses {
        places.push(Some(index));
        metrics.push((name, Vec::new()));
    }
    places.push(None);
    metrics.push(("backer.npv.market".to_owned(), Vec::new()));
    metrics.push(("lab.npv".to_owned(), Vec::new()));
    let last = metrics.len() - 1;
    for time in &times {
        let world = model.world_with(Some(*time))?;
        let npv = model.npv(&world, active)?;
        metrics[0].1.push(npv.backer);
        for (at, place) in places.iter().enumerate().skip(1) {
            metrics[at].1.push(model.clause_npv(*place));
        }
        metrics[last].1.push(npv.lab);
    }
    let grid = &model.plan().grid;
    let boundaries = (0..=grid.len()).map(|quarter| Some(grid.start_year(quarter)));
    Ok(AgiCurve {
        years: boundaries.chain([None]).collect(),
        metrics,
    })
}
