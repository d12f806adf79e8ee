//! The result of a run, and the shapes in which it leaves the crate (Model 14.3).

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::names::Over;

/// Names of a run's metrics and series; many runs share them.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) metrics: Vec<String>,
    pub(crate) series: Vec<(String, Over)>,
    pub(crate) years: Vec<i32>,
    pub(crate) year_of_quarter: Vec<i32>,
}

/// Figures of a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct YearFigures {
    /// What the lab pays the backer, net, as a share of revenue.
    pub take_rate: Option<f64>,
    /// The same with what it pays the backer for compute.
    pub take_rate_with_compute: Option<f64>,
    /// Energy, TWh.
    pub twh: Option<f64>,
    /// The lab's revenue, bn.
    pub revenue: f64,
}

/// Everything that a run of a deal gives.
#[derive(Clone, Debug)]
pub struct Run {
    pub(crate) names: Arc<Names>,
    pub(crate) metrics: Vec<Option<f64>>,
    /// The series one after the other; those that do not exist hold zeros.
    pub(crate) series: Vec<f64>,
    pub(crate) present: Vec<bool>,
    pub(crate) years: Vec<YearFigures>,
    pub(crate) irr_forward: Vec<f64>,
    pub(crate) irr_since_inception: Vec<f64>,
    pub(crate) references: Vec<(String, Option<f64>)>,
    pub(crate) warnings: Vec<String>,
}

impl Run {
    /// Number of quarters.
    #[must_use]
    pub fn quarters(&self) -> usize {
        self.names.year_of_quarter.len()
    }

    /// A metric by its name (Model 14.1); `None` where it is undefined or there is none of that name.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<f64> {
        let index = self.names.metrics.iter().position(|n| n == name)?;
        self.metrics[index]
    }

    /// All metrics with their names.
    pub fn metrics(&self) -> impl Iterator<Item = (&str, Option<f64>)> {
        let names = self.names.metrics.iter().map(String::as_str);
        names.zip(self.metrics.iter().copied())
    }

    /// A series by its name (Model 14.2), a number a quarter; `None` where it does not exist.
    #[must_use]
    pub fn series(&self, name: &str) -> Option<&[f64]> {
        self.all_series().find(|(n, _)| *n == name)?.1
    }

    /// All series with their names; `None` for one that the deal does not have.
    pub fn all_series(&self) -> impl Iterator<Item = (&str, Option<&[f64]>)> {
        let rows = self.series.chunks_exact(self.quarters());
        let named = self.names.series.iter().zip(rows).zip(&self.present);
        named.map(|(((name, _), row), present)| (name.as_str(), present.then_some(row)))
    }

    /// The calendar years, ascending.
    #[must_use]
    pub fn calendar_years(&self) -> &[i32] {
        &self.names.years
    }

    /// Each series by calendar year: amounts summed, levels as at the year's last quarter.
    pub fn annual(&self) -> impl Iterator<Item = (&str, Option<Vec<f64>>)> {
        let overs = self.names.series.iter().map(|(_, over)| *over);
        self.all_series().zip(overs).map(|((name, row), over)| {
            let by_year = row.map(|row| {
                let years = self.names.years.iter();
                years.map(|year| self.over_year(*year, row, over)).collect()
            });
            (name, by_year)
        })
    }

    fn over_year(&self, year: i32, row: &[f64], over: Over) -> f64 {
        let quarters = self.names.year_of_quarter.iter().zip(row);
        let mut values = quarters.filter(|(of, _)| **of == year).map(|(_, v)| *v);
        match over {
            Over::Sum => values.sum(),
            Over::End => values.next_back().unwrap_or_default(),
        }
    }

    /// Figures of a calendar year.
    #[must_use]
    pub fn year(&self, year: i32) -> Option<YearFigures> {
        let index = self.names.years.iter().position(|y| *y == year)?;
        Some(self.years[index])
    }

    /// Every internal rate of return in (-0.99, 10) of the flows from the effective date.
    #[must_use]
    pub fn irr_forward(&self) -> &[f64] {
        &self.irr_forward
    }

    /// The same of all flows since inception.
    #[must_use]
    pub fn irr_since_inception(&self) -> &[f64] {
        &self.irr_since_inception
    }

    /// Share of each reference figure, by its id.
    #[must_use]
    pub fn references(&self) -> &[(String, Option<f64>)] {
        &self.references
    }

    /// What the reader should know though it is no error.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The result without its series, for callers that take those as arrays.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        Summary(self)
    }
}

/// Entries written as a map.
struct Entries<F>(F);

impl<K, V, I, F> Serialize for Entries<F>
where
    K: Serialize,
    V: Serialize,
    I: Iterator<Item = (K, V)>,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// A series as a list; one that the deal does not have is a list of nulls.
struct Row<'a> {
    row: Option<&'a [f64]>,
    quarters: usize,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.row {
            Some(row) => serializer.collect_seq(row),
            None => serializer.collect_seq((0..self.quarters).map(|_| None::<f64>)),
        }
    }
}

/// Internal rates of return.
#[derive(Serialize)]
struct IrrRoots<'a> {
    forward: &'a [f64],
    since_inception: &'a [f64],
}

/// Everything of a [`Run`] but its series.
pub struct Summary<'a>(&'a Run);

impl Summary<'_> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let run = self.0;
        map.serialize_entry("metrics", &Entries(|| run.metrics()))?;
        let years = || {
            let names = run.names.years.iter().map(ToString::to_string);
            names.zip(&run.years)
        };
        map.serialize_entry("years", &Entries(years))?;
        map.serialize_entry(
            "irr_roots",
            &IrrRoots {
                forward: &run.irr_forward,
                since_inception: &run.irr_since_inception,
            },
        )?;
        let references = || run.references.iter().map(|(id, share)| (id, share));
        map.serialize_entry("references", &Entries(references))?;
        map.serialize_entry("warnings", &run.warnings)
    }
}

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.summary().entries(&mut map)?;
        let quarters = self.quarters();
        let rows = || {
            self.all_series()
                .map(|(name, row)| (name, Row { row, quarters }))
        };
        map.serialize_entry("series", &Entries(rows))?;
        map.end()
    }
}
