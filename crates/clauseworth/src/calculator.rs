//! The front door: a deal opened from the library or from a text, and run with scenarios, changes and without clauses.
//!
//! ```
//! use clauseworth::{Calculator, Request, Setting};
//! let mut deal = Calculator::library("microsoft-openai-2025")?;
//! let base = deal.run(&Request::default())?;
//! let request = Request {
//!     set: vec![("clauses.revenue-share.rate".into(), Setting::Number(0.1))],
//!     ..Request::default()
//! };
//! let halved = deal.run(&request)?;
//! assert!(halved.metric("backer.npv") < base.metric("backer.npv"));
//! # Ok::<(), clauseworth::Error>(())
//! ```

use std::sync::Arc;

use clauseworth_kernel::plan::ClauseSet;

use crate::agi::{self, AgiCurve};
use crate::chance::{self, ChanceAnswer, ChanceQuestion, DrawBatches};
use crate::check;
use crate::deal::{Deal, Scenario};
use crate::document::Document;
use crate::error::{Error, Fault, FaultKind};
use crate::grid::{self, GridQuestion, MetricGrid};
use crate::importance::{Importance, ImportanceQuestion};
#[cfg(feature = "text")]
use crate::library;
use crate::model::Model;
use crate::node::Node as Tree;
use crate::overrides::Setting;
use crate::payments::{self, Payments};
use crate::pricing::{self, ClausePrices};
use crate::questions::{self, Answer, BreakEven, Question};
use crate::result::Run;
use crate::sensitivity::{self, Gradient, TornadoBar};
use crate::simulation::{Sampling, Simulator};

/// What to run: a scenario, changes on top of it, clauses left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Id of a scenario of the deal; none is the base case.
    pub scenario: Option<String>,
    /// Values by path, on top of the scenario.
    pub set: Vec<(String, Setting)>,
    /// Ids of clauses left out, as in a coalition (Model 9.1).
    pub without: Vec<String>,
}

impl Request {
    fn settings(&self) -> impl Iterator<Item = (&str, &Setting)> + Clone {
        self.set.iter().map(|(path, value)| (path.as_str(), value))
    }
}

/// An opened deal. It keeps what it has compiled, so that a second run of a scenario is only a run.
#[derive(Clone, Debug)]
pub struct Calculator {
    document: Document,
    deal: Arc<Deal>,
    /// Compiled scenarios; the base case has the empty name.
    models: Vec<(String, Model)>,
    /// The deal last asked for with changes that are not numbers.
    changed: Option<Model>,
}

impl Calculator {
    /// Opens a deal of the library.
    ///
    /// # Errors
    /// Where the library has no deal of that id.
    #[cfg(feature = "text")]
    pub fn library(id: &str) -> Result<Self, Error> {
        let Some(tree) = library::tree(id) else {
            let ids = library::LIBRARY.iter().map(|deal| deal.id);
            return Err(unknown_deal(id, ids).into());
        };
        Self::open(tree, &library::tree)
    }

    /// Opens a deal file in TOML.
    ///
    /// # Errors
    /// All faults of the file and of its scenarios.
    #[cfg(feature = "text")]
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        Self::open(Tree::from_toml(text)?, &library::tree)
    }

    /// Opens a deal file in JSON.
    ///
    /// # Errors
    /// All faults of the file and of its scenarios.
    #[cfg(feature = "text")]
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::open(Tree::from_json(text)?, &library::tree)
    }

    /// Opens a deal from a tree; `find` gives the tree of another deal by its id, for `base`.
    ///
    /// # Errors
    /// All faults of the deal and of its scenarios.
    pub fn open(tree: Tree, find: &dyn Fn(&str) -> Option<Tree>) -> Result<Self, Error> {
        let mut document = Document::inherit(tree, find)?;
        let deal = document.deal().map_err(|error| {
            let of_scenarios = document.scenario_faults(error.faults());
            error.and(of_scenarios)
        });
        let mut deal = deal?;
        let idle = check::idle_correlations(&deal);
        deal.warnings.extend(idle.iter().cloned());
        document.warn(idle);
        let deal = Arc::new(deal);
        let mut base = Model::new(Arc::clone(&deal))?;
        let mut faults = Vec::new();
        for scenario in &deal.tables.scenarios {
            if let Err(error) = check_scenario(&document, &mut base, scenario) {
                let of_scenario = error.faults().iter().cloned();
                faults.extend(of_scenario.map(|fault| fault.in_scenario(&scenario.id.0)));
            }
        }
        Error::check(faults)?;
        Ok(Self {
            document,
            deal,
            models: vec![(String::new(), base)],
            changed: None,
        })
    }

    /// The deal as its file says.
    #[must_use]
    pub fn deal(&self) -> &Deal {
        &self.deal
    }

    /// The deal as a file that stands by itself: what it inherits is in it, and it has no base.
    ///
    /// ```
    /// use clauseworth::{Calculator, Request};
    /// let mut deal = Calculator::library("microsoft-openai-2026")?;
    /// let mut alone = Calculator::open(deal.tree(), &|_| None)?;
    /// let (there, here) = (deal.run(&Request::default())?, alone.run(&Request::default())?);
    /// assert_eq!(there.metric("backer.npv"), here.metric("backer.npv"));
    /// # Ok::<(), clauseworth::Error>(())
    /// ```
    #[must_use]
    pub fn tree(&self) -> Tree {
        self.document.alone()
    }

    /// Runs the deal.
    ///
    /// # Errors
    /// Where a scenario, path or clause is unknown, a value is not allowed, or the model has no answer.
    pub fn run(&mut self, request: &Request) -> Result<Run, Error> {
        let (model, active) = self.ready(request)?;
        model.evaluate(active)
    }

    /// What each clause and bundle is worth to either side (Model 9.1).
    ///
    /// # Errors
    /// As [`Calculator::run`].
    pub fn clauses(&mut self, request: &Request) -> Result<ClausePrices, Error> {
        let (model, active) = self.ready(request)?;
        pricing::price(model, active)
    }

    /// Both sides' NPV and each clause's by the date at which AGI counts for the contract (Model 9.2).
    ///
    /// # Errors
    /// As [`Calculator::run`].
    pub fn agi_curve(&mut self, request: &Request) -> Result<AgiCurve, Error> {
        let (model, active) = self.ready(request)?;
        agi::curve(model, active)
    }

    /// Which values of a quantity bring about an outcome (Model 12.1, 12.3).
    ///
    /// # Errors
    /// As [`Calculator::run`], and where the question names no quantity or metric of the deal, its interval is empty or not
    /// allowed, or the model has no answer anywhere in it.
    pub fn solve(&mut self, request: &Request, question: &Question) -> Result<Answer, Error> {
        if let Some(fault) = self.not_a_number(&question.vary) {
            return Err(fault.into());
        }
        let (model, active) = self.ready(request)?;
        questions::solve(model, active, question)
    }

    /// For every uncertain quantity, where a metric is 0: an NPV breaks even (Model 12.2).
    ///
    /// # Errors
    /// As [`Calculator::run`], and where there is no such metric.
    pub fn break_even(&mut self, request: &Request, metric: &str) -> Result<BreakEven, Error> {
        let (model, active) = self.ready(request)?;
        questions::break_even(model, active, metric)
    }

    /// A metric over two quantities at once.
    ///
    /// # Errors
    /// As [`Calculator::run`], and where the question names no quantities or metric of the deal, one quantity twice, an
    /// interval that is empty or not allowed, or the model has no answer anywhere in it.
    pub fn grid(
        &mut self,
        request: &Request,
        question: &GridQuestion,
    ) -> Result<MetricGrid, Error> {
        for axis in [&question.x, &question.y] {
            if let Some(fault) = self.not_a_number(&axis.path) {
                return Err(fault.into());
            }
        }
        let (model, active) = self.ready(request)?;
        grid::grid(model, active, question)
    }

    /// Who pays whom in each calendar year, and who owns the lab.
    ///
    /// # Errors
    /// As [`Calculator::run`].
    pub fn payments(&mut self, request: &Request) -> Result<Payments, Error> {
        let (model, active) = self.ready(request)?;
        payments::payments(model, active)
    }

    /// What each uncertain quantity alone does to a metric (Model 11.1), the largest swing first.
    ///
    /// # Errors
    /// As [`Calculator::run`], and where there is no such metric.
    pub fn tornado(&mut self, request: &Request, metric: &str) -> Result<Vec<TornadoBar>, Error> {
        let (model, active) = self.ready(request)?;
        sensitivity::tornado(model, active, metric)
    }

    /// The derivative of a metric by every quantity (Model 11.3).
    ///
    /// # Errors
    /// As [`Calculator::run`], and where there is no such metric.
    pub fn gradient(&mut self, request: &Request, metric: &str) -> Result<Gradient, Error> {
        let (model, active) = self.ready(request)?;
        sensitivity::gradient(model, active, metric)
    }

    /// Gets the deal ready to be drawn many times (Model 10). A quantity takes the same place among the draws whatever else
    /// is uncertain, so that a change shows itself and not other noise.
    ///
    /// # Errors
    /// As [`Calculator::run`], and where the sampling asks for no paths, too many, or a series that there is not.
    pub fn simulator(
        &mut self,
        request: &Request,
        sampling: &Sampling,
    ) -> Result<Simulator, Error> {
        let deal = Arc::clone(&self.deal);
        let (model, active) = self.ready(request)?;
        Simulator::new(model, active, sampling, &dimensions(deal.drawn()))
    }

    /// Gets the deal ready for the Sobol indices of a metric (Model 11.2).
    ///
    /// # Errors
    /// As [`Calculator::run`], and where there is no such metric, where uncertain quantities are correlated and the question
    /// does not leave that out, or where it asks for too few points or too many.
    pub fn importance(
        &mut self,
        request: &Request,
        question: &ImportanceQuestion,
    ) -> Result<Importance, Error> {
        let deal = Arc::clone(&self.deal);
        let (model, active) = self.ready(request)?;
        Importance::new(model, active, question, &dimensions(deal.drawn()))
    }

    /// Which values of a quantity give a metric a chance to be above a threshold, over many draws (Model 12.1).
    ///
    /// # Errors
    /// As [`Calculator::simulator`], and where the question names no quantity or metric of the deal, its interval is empty
    /// or not allowed, its chance is none between 0 and 1, or no value in the interval can be drawn.
    pub fn chance(
        &mut self,
        request: &Request,
        question: &ChanceQuestion,
        sampling: &Sampling,
    ) -> Result<ChanceAnswer, Error> {
        self.chance_by(request, question, sampling, &mut |simulator, numbers| {
            let mut room = simulator.workspace();
            let batches = numbers.map(|number| simulator.batch(number, &mut room));
            batches.collect()
        })
    }

    /// The same by batches that the caller computes: some of a simulator's, by their numbers, in any order.
    ///
    /// # Errors
    /// As [`Calculator::chance`].
    pub fn chance_by(
        &mut self,
        request: &Request,
        question: &ChanceQuestion,
        sampling: &Sampling,
        batches: &mut DrawBatches<'_>,
    ) -> Result<ChanceAnswer, Error> {
        if let Some(fault) = self.not_a_number(&question.vary) {
            return Err(fault.into());
        }
        let deal = Arc::clone(&self.deal);
        let (model, active) = self.ready(request)?;
        let dimension = dimensions(deal.drawn());
        chance::solve(model, active, question, sampling, &dimension, batches)
    }

    /// Whether a path leads to something that this deal can set.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.deal.quantity(path).is_some() || self.document.at(path).is_some()
    }

    /// What is wrong with a path that leads to a word, a flag or a table, where a number is varied.
    fn not_a_number(&self, path: &str) -> Option<Fault> {
        let found = self.document.at(path)?;
        let expected = "the path of a number";
        (self.deal.quantity(path).is_none())
            .then(|| Fault::new(FaultKind::Type, path, expected, found.to_string()))
    }

    /// The deal as a request has it, checked and ready to be asked, and the clauses in force.
    pub(crate) fn ready(&mut self, request: &Request) -> Result<(&mut Model, ClauseSet), Error> {
        let settings = request.settings();
        let name = request.scenario.as_deref().unwrap_or_default();
        let index = match self.compiled(name) {
            Ok(index) => index,
            // What else is wrong is told of the base case.
            Err(error) => return Err(error.and(self.wrong(0, request))),
        };
        let active = match self.models[index].1.without(&request.without) {
            Ok(active) => active,
            Err(_) => return Err(Error::of(self.wrong(index, request))),
        };
        if settings
            .clone()
            .all(|(path, _)| self.models[index].1.has(path))
        {
            let model = &mut self.models[index].1;
            model.set(settings)?;
            return Ok((model, active));
        }
        // A word, or a key that the file does not give: the deal itself changes.
        let document = self.document_of(request)?;
        let mut model = Model::new(Arc::new(document.deal()?))?;
        let active = model.without(&request.without)?;
        model.set(std::iter::empty())?;
        Ok((self.changed.insert(model), active))
    }

    /// The place of a compiled scenario.
    fn compiled(&mut self, name: &str) -> Result<usize, Error> {
        let known = self.models.iter().position(|(known, _)| known == name);
        if let Some(index) = known {
            return Ok(index);
        }
        let document = with_scenario(&self.document, self.scenario(name)?)?;
        let model = Model::new(Arc::new(document.deal()?))?;
        self.models.push((name.to_owned(), model));
        Ok(self.models.len() - 1)
    }

    /// Everything that is wrong with a request for a compiled scenario: clauses that are left out, and values.
    fn wrong(&mut self, index: usize, request: &Request) -> Vec<Fault> {
        let (name, model) = &mut self.models[index];
        let settings = request.settings();
        let clauses = model.without(&request.without).map(|_| ());
        let values = if settings.clone().all(|(path, _)| model.has(path)) {
            model.set(settings)
        } else {
            let request = Request {
                scenario: Some(name.clone()),
                ..request.clone()
            };
            let changed = self.document_of(&request);
            changed.and_then(|document| document.deal().map(|_| ()))
        };
        let errors = [clauses, values].into_iter().filter_map(Result::err);
        errors.flat_map(|error| error.faults().to_vec()).collect()
    }

    /// The deal's document with the changes of a request.
    pub(crate) fn document_of(&self, request: &Request) -> Result<Document, Error> {
        let document = match request.scenario.as_deref() {
            None | Some("") => self.document.clone(),
            Some(name) => with_scenario(&self.document, self.scenario(name)?)?,
        };
        document.with(request.settings())
    }

    fn scenario(&self, id: &str) -> Result<&Scenario, Error> {
        let scenarios = &self.deal.tables.scenarios;
        scenarios.iter().find(|s| s.id.0 == id).ok_or_else(|| {
            let ids: Vec<&str> = scenarios.iter().map(|s| s.id.0.as_str()).collect();
            let expected = format!("one of the scenarios {}", ids.join(", "));
            Fault::new(
                FaultKind::Unknown,
                "scenarios",
                expected,
                format!("\"{id}\""),
            )
            .suggesting(id, ids)
            .into()
        })
    }
}

/// The dimensions in which quantities are drawn: their places among these paths.
pub(crate) fn dimensions<'a>(drawn: impl Iterator<Item = &'a str>) -> impl Fn(&str) -> Option<u32> {
    let drawn: Vec<String> = drawn.map(str::to_owned).collect();
    move |path| {
        let place = drawn.iter().position(|known| known == path)?;
        Some(place as u32)
    }
}

/// What is wrong where a library has no deal of an id.
#[must_use]
pub fn unknown_deal<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Fault {
    let known: Vec<&str> = known.collect();
    let expected = format!("one of the deals {}", known.join(", "));
    Fault::new(FaultKind::Unknown, "", expected, format!("\"{id}\"")).suggesting(id, known)
}

/// Whether a scenario's changes are allowed. Those that only set numbers are tried on the compiled base case.
fn check_scenario(document: &Document, base: &mut Model, scenario: &Scenario) -> Result<(), Error> {
    let changes = settings_of(scenario)?;
    let settings = || changes.iter().map(|(path, setting)| (*path, setting));
    if settings().all(|(path, _)| base.has(path)) {
        base.set(settings())
    } else {
        document.with(settings())?.deal().map(|_| ())
    }
}

/// A document with a scenario's changes made.
fn with_scenario(document: &Document, scenario: &Scenario) -> Result<Document, Error> {
    let changes = settings_of(scenario)?;
    document.with(changes.iter().map(|(path, setting)| (*path, setting)))
}

/// The paths and values of a scenario.
fn settings_of(scenario: &Scenario) -> Result<Vec<(&str, Setting)>, Error> {
    let mut settings = Vec::new();
    let mut faults = Vec::new();
    for (path, node) in &scenario.set.0 {
        match Setting::from_node(node) {
            Some(setting) => settings.push((path.as_str(), setting)),
            None => {
                let expected = "a number, date, text or flag";
                faults.push(
                    Fault::new(FaultKind::Type, path.as_str(), expected, node.to_string())
                        .at_line(node.line),
                );
            }
        }
    }
    Error::check(faults)?;
    Ok(settings)
}
