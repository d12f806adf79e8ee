//! A deal compiled and ready to answer: values set, bounds checked, run, valued.

use std::sync::Arc;

use clauseworth_kernel::calendar::{Day, Grid};
use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::measure::Measure;
use clauseworth_kernel::plan::{ClauseSet, Plan, Slot};
use clauseworth_kernel::run::{World, coalition_one, prepare_one};
use clauseworth_kernel::sample::draw::Draw;
use clauseworth_kernel::timeline::Circumstances;
use clauseworth_kernel::valuation::{self, Npv, Valuation};

use crate::check;
use crate::deal::Deal;
use crate::error::{Error, Fault, FaultKind};
use crate::format::limits::Kind;
use crate::format::quantity::Quantity;
use crate::names::{self, METRICS, Series, expand};
use crate::overrides::Setting;
use crate::plan;
use crate::result::{Names, Run, YearFigures};
use crate::written::Written;

/// A deal ready to be run again and again: what a slider moves is one number of a flat list.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    deal: Arc<Deal>,
    plan: Plan,
    base: Vec<f64>,
    inputs: Vec<f64>,
    /// Which quantities have been set, and so lost their distribution (Model 2.4).
    fixed: Vec<bool>,
    /// How uncertain quantities are drawn, by slot, and some of their quantiles; made when they are first drawn, since that
    /// takes longer than a thousand paths.
    drawn: Vec<Option<(Draw, [f64; 5])>>,
    ledger: Ledger<f64>,
    names: Option<(ClauseSet, Arc<Names>)>,
}

impl Model {
    pub(crate) fn new(deal: Arc<Deal>) -> Result<Self, Error> {
        let (effective, horizon) = (deal.tables.effective, deal.tables.horizon);
        let Some(grid) = Grid::new(effective, horizon) else {
            let expected = format!("a date within 160 quarters of {effective}");
            return Err(
                Fault::new(FaultKind::Range, "horizon", expected, horizon.to_string()).into(),
            );
        };
        let plan = plan::compile(&deal, grid);
        let base = plan.inputs(deal.quantities.iter().map(|q| q.value));
        let ledger = Ledger::new(&plan);
        Ok(Self {
            deal,
            inputs: base.clone(),
            fixed: vec![false; base.len()],
            drawn: vec![None; base.len()],
            base,
            ledger,
            plan,
            names: None,
        })
    }

    /// Whether a path is that of a number of the flat list.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.deal.quantity(path).is_some()
    }

    /// The set of all enabled clauses without those named.
    pub(crate) fn without(&self, ids: &[String]) -> Result<ClauseSet, Error> {
        let mut set = self.plan.enabled;
        let mut faults = Vec::new();
        for id in ids {
            match self.deal.clauses().iter().position(|c| c.id == *id) {
                Some(clause) => set = set.without(clause),
                None => {
                    let known: Vec<&str> =
                        self.deal.clauses().iter().map(|c| c.id.as_str()).collect();
                    let expected = format!("one of the clauses {}", known.join(", "));
                    let path = format!("clauses.{id}");
                    faults.push(
                        Fault::new(FaultKind::Unknown, path, expected, "no such clause")
                            .suggesting(id, known),
                    );
                }
            }
        }
        Error::check(faults)?;
        Ok(set)
    }

    pub(crate) fn deal(&self) -> &Deal {
        &self.deal
    }

    pub(crate) fn shared_deal(&self) -> Arc<Deal> {
        Arc::clone(&self.deal)
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The numbers that it runs with.
    pub(crate) fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// The quantities that are uncertain, as they are set now.
    pub(crate) fn uncertain(&self) -> Vec<Slot> {
        let quantities = self.deal.quantities.iter().zip(&self.fixed).enumerate();
        quantities
            .filter(|(_, (quantity, fixed))| quantity.distribution.is_some() && !**fixed)
            .map(|(index, _)| Slot(index as u32))
            .collect()
    }

    /// How a quantity is drawn, and five of its quantiles, by which two distributions can be told apart; none of one that is
    /// certain.
    pub(crate) fn draw(&mut self, slot: Slot) -> Option<&(Draw, [f64; 5])> {
        let quantity = &self.deal.quantities[slot.index()];
        let known = &mut self.drawn[slot.index()];
        if known.is_none() {
            let quantile = quantity.distribution.as_ref()?.quantile(quantity.value);
            let some = [0.1, 0.3, 0.5, 0.7, 0.9].map(|p| quantile.at(p));
            *known = Some((Draw::new(quantile), some));
        }
        known.as_ref()
    }

    /// Gives a number another value, whatever it was. It is checked alone and with the others.
    pub(crate) fn vary(&mut self, slot: Slot, value: f64) -> Result<(), Error> {
        self.vary_together(&[(slot, value)])
    }

    /// The same for several numbers at once: two that are allowed together may not be one after the other.
    pub(crate) fn vary_together(&mut self, values: &[(Slot, f64)]) -> Result<(), Error> {
        for (slot, value) in values {
            let quantity = &self.deal.quantities[slot.index()];
            self.inputs[slot.index()] = number_of(quantity, &Setting::of(quantity, *value))?;
        }
        Error::check(check::values(&self.deal, &self.inputs))
    }

    /// Takes the distribution of a number away until it is set anew; it keeps its value.
    pub(crate) fn fix(&mut self, slot: Slot) {
        self.fixed[slot.index()] = true;
    }

    /// Puts a number back to a value that it had.
    pub(crate) fn restore(&mut self, slot: Slot, value: f64) {
        self.inputs[slot.index()] = value;
    }

    /// Sets quantities of the base case, checking them alone and together.
    pub(crate) fn set<'a>(
        &mut self,
        settings: impl Iterator<Item = (&'a str, &'a Setting)>,
    ) -> Result<(), Error> {
        self.inputs.copy_from_slice(&self.base);
        self.fixed.fill(false);
        let mut faults = Vec::new();
        for (path, setting) in settings {
            let Some((slot, quantity)) = self.deal.quantity(path) else {
                faults.push(self.no_such_path(path));
                continue;
            };
            match number_of(quantity, setting) {
                Ok(value) => {
                    self.inputs[slot.index()] = value;
                    self.fixed[slot.index()] = true;
                }
                Err(fault) => faults.push(fault),
            }
        }
        Error::check(faults)?;
        Error::check(check::values(&self.deal, &self.inputs))
    }

    /// What all sets of clauses share, as the numbers are now.
    pub(crate) fn world(&mut self) -> Result<World<f64>, Error> {
        self.world_with(None)
    }

    /// The same with AGI counting for the contract at a moment of model time of its own (Model 9.2).
    pub(crate) fn world_with(&mut self, contract: Option<f64>) -> Result<World<f64>, Error> {
        let given = Circumstances {
            contract,
            shocks: None,
        };
        let world = prepare_one(&self.plan, &self.inputs, &given, &mut self.ledger);
        if world.undefined {
            return Err(Self::no_multiple());
        }
        Ok(world)
    }

    /// What is wrong where the valuation is a multiple of nothing (Model 7.3).
    pub(crate) fn no_multiple() -> Error {
        let expected = "revenue of the first quarter above the cost of goods, which the valuation is a multiple of";
        Fault::new(FaultKind::Undefined, "lab.valuation", expected, "none").into()
    }

    /// Both sides' NPV with some clauses in force. It leaves their ledger behind.
    pub(crate) fn npv(&mut self, world: &World<f64>, active: ClauseSet) -> Result<Npv<f64>, Error> {
        let npv = coalition_one(&self.plan, &self.inputs, world, active, &mut self.ledger);
        if npv.backer.is_finite() && npv.lab.is_finite() {
            Ok(npv)
        } else {
            Err(beyond())
        }
    }

    /// NPV to the backer of a clause, or of the market, in the ledger of the last run.
    pub(crate) fn clause_npv(&self, clause: Option<usize>) -> f64 {
        let discounted = match clause {
            Some(clause) => self.ledger.discounted.row(clause),
            None => &self.ledger.c.market_discounted,
        };
        discounted.iter().sum()
    }

    /// Runs and values some clauses, as the numbers are now.
    fn value(&mut self, active: ClauseSet) -> Result<Valuation<f64>, Error> {
        let world = self.world()?;
        let empty = self.npv(&world, ClauseSet::EMPTY)?;
        let npv = self.npv(&world, active)?;
        let (plan, inputs) = (&self.plan, self.inputs.as_slice());
        Ok(valuation::value_one(
            plan,
            inputs,
            active,
            npv,
            empty,
            &mut self.ledger,
        ))
    }

    /// All metrics with some clauses in force, as the numbers are now.
    pub(crate) fn metrics(&mut self, active: ClauseSet) -> Result<Vec<Option<f64>>, Error> {
        let valuation = self.value(active)?;
        let metrics: Vec<Option<f64>> = valuation.metrics.into_iter().map(Measure::get).collect();
        if metrics.iter().flatten().all(|value| value.is_finite()) {
            Ok(metrics)
        } else {
            Err(beyond())
        }
    }

    /// The same with their names.
    pub(crate) fn named_metrics(
        &mut self,
        active: ClauseSet,
    ) -> Result<Vec<(String, Option<f64>)>, Error> {
        let metrics = self.metrics(active)?;
        let names = self.names(active);
        Ok(names.metrics.iter().cloned().zip(metrics).collect())
    }

    /// One metric, as the numbers are now. An NPV takes less work than the others.
    pub(crate) fn metric(
        &mut self,
        metric: Metric,
        active: ClauseSet,
    ) -> Result<Option<f64>, Error> {
        match metric {
            Metric::Backer | Metric::Lab => {
                let world = self.world()?;
                let npv = self.npv(&world, active)?;
                Ok(Some(if metric == Metric::Lab {
                    npv.lab
                } else {
                    npv.backer
                }))
            }
            Metric::Other(index) => Ok(self.metrics(active)?[index]),
        }
    }

    /// Finds a metric by its name.
    pub(crate) fn metric_named(&mut self, name: &str, active: ClauseSet) -> Result<Metric, Error> {
        Ok(match name {
            "backer.npv" => Metric::Backer,
            "lab.npv" => Metric::Lab,
            _ => Metric::Other(self.metric_place(name, active)?),
        })
    }

    /// The place of a metric among those of a run.
    pub(crate) fn metric_place(&mut self, name: &str, active: ClauseSet) -> Result<usize, Error> {
        let names = self.names(active);
        let index = names.metrics.iter().position(|known| known == name);
        index.ok_or_else(|| {
            let known = names.metrics.iter().map(String::as_str);
            Fault::new(
                FaultKind::Unknown,
                "metric",
                "the name of a metric, as in backer.npv or lab.dilution",
                format!("\"{name}\""),
            )
            .suggesting(name, known)
            .into()
        })
    }

    /// Finds a quantity by its path.
    pub(crate) fn quantity(&self, path: &str) -> Result<(Slot, &Quantity), Error> {
        self.deal
            .quantity(path)
            .ok_or_else(|| self.no_such_path(path).into())
    }

    fn no_such_path(&self, path: &str) -> Fault {
        let known = self.deal.quantities.iter().map(|q| q.path.as_str());
        let expected = "the path of a quantity";
        Fault::new(FaultKind::Unknown, path, expected, "no such path").suggesting(path, known)
    }

    /// Runs the deal as the numbers are now, without the clauses outside `active`.
    pub(crate) fn evaluate(&mut self, active: ClauseSet) -> Result<Run, Error> {
        let valuation = self.value(active)?;
        let names = self.names(active);
        self.report(active, valuation, names)
    }

    /// The ledger of the last run.
    pub(crate) fn ledger(&self) -> &Ledger<f64> {
        &self.ledger
    }

    pub(crate) fn names(&mut self, active: ClauseSet) -> Arc<Names> {
        if let Some((set, names)) = &self.names
            && *set == active
        {
            return Arc::clone(names);
        }
        let clauses: Vec<&str> = self
            .deal
            .clauses()
            .iter()
            .enumerate()
            .filter(|(index, _)| active.has(*index))
            .map(|(_, clause)| clause.id.as_str())
            .collect();
        let lines = self.deal.line_ids();
        let rows = Series::<f64>::ROWS.iter().flat_map(|row| {
            let names = expand(row.name, &clauses, &lines);
            names.into_iter().map(|name| (name, row.over))
        });
        let names = Arc::new(Names {
            metrics: METRICS
                .iter()
                .flat_map(|name| expand(name, &clauses, &[]))
                .collect(),
            series: rows.collect(),
            years: self.plan.grid.years().collect(),
            year_of_quarter: self.plan.grid.calendar_year.clone(),
        });
        self.names = Some((active, Arc::clone(&names)));
        names
    }

    fn report(
        &mut self,
        active: ClauseSet,
        valuation: Valuation<f64>,
        names: Arc<Names>,
    ) -> Result<Run, Error> {
        let n = self.plan.quarters();
        let mut run = Run {
            series: Vec::with_capacity(names.series.len() * n),
            present: Vec::with_capacity(names.series.len()),
            names,
            metrics: valuation.metrics.into_iter().map(Measure::get).collect(),
            years: Vec::new(),
            irr_forward: valuation.irr_forward,
            irr_since_inception: valuation.irr_since_inception,
            references: Vec::new(),
            warnings: self.deal.warnings.clone(),
        };
        names::each_series(&self.plan, active, &self.ledger, |row, present| {
            run.series.extend_from_slice(row);
            run.present.push(present);
        });
        self.collect_years(&mut run);
        self.collect_references(&mut run);
        let metrics = run.metrics.iter().flatten();
        let shares = run
            .references
            .iter()
            .filter_map(|(_, share)| share.as_ref());
        let finite = metrics
            .chain(shares)
            .chain(&run.series)
            .fold(true, |all, v| all & v.is_finite());
        if finite { Ok(run) } else { Err(beyond()) }
    }

    fn collect_years(&self, run: &mut Run) {
        let c = &self.ledger.c;
        for year in self.plan.grid.years() {
            let sum = |column: &[f64]| valuation::sum_of_year(&self.plan, year, column);
            let revenue = sum(&c.revenue);
            let over = |amount: f64| (revenue != 0.0).then(|| amount / revenue);
            run.years.push(YearFigures {
                take_rate: over(sum(&c.taken)),
                take_rate_with_compute: over(sum(&c.taken_with_compute)),
                twh: self.plan.capacity.as_ref().map(|_| sum(&c.twh)),
                revenue,
            });
        }
    }

    /// What is compared with each reference figure, over the figure (Model 5.9).
    fn collect_references(&self, run: &mut Run) {
        for reference in &self.deal.tables.references {
            let compared = match reference.year {
                Some(year) => {
                    run.year(year.0 as i32)
                        .and_then(|figures| match reference.metric.as_str() {
                            "take_rate" => figures.take_rate,
                            "take_rate_with_compute" => figures.take_rate_with_compute,
                            "twh" => figures.twh,
                            _ => Some(figures.revenue),
                        })
                }
                None => run.metric(&reference.metric),
            };
            let figure = self.inputs[reference.value.index()];
            let share = compared.map(|value| value / figure);
            run.references.push((reference.id.0.clone(), share));
        }
    }
}

/// What is wrong where a result is no number.
pub(crate) fn beyond() -> Error {
    let expected = "quantities whose results are numbers of at most 1e308";
    let found = "a result beyond that";
    Fault::new(FaultKind::Undefined, "", expected, found).into()
}

/// A metric as it is asked for again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Metric {
    /// The backer's NPV.
    Backer,
    /// The lab's NPV.
    Lab,
    /// Another, by its place among the names.
    Other(usize),
}

/// The number that a setting gives a quantity, if it is allowed.
pub(crate) fn number_of(quantity: &Quantity, setting: &Setting) -> Result<f64, Fault> {
    let limit = quantity.limit;
    let fault = |kind, found: String| Fault::new(kind, &quantity.path, limit.to_string(), found);
    let value = match setting {
        Setting::Number(number) => *number,
        Setting::Text(text) if limit.kind.is_year() => {
            if text == "never" && limit.kind == Kind::YearOrNever {
                f64::INFINITY
            } else {
                match Day::from_iso(text) {
                    Some(day) => day.year(),
                    None => return Err(fault(FaultKind::Type, format!("\"{text}\""))),
                }
            }
        }
        Setting::Text(text) => return Err(fault(FaultKind::Type, format!("\"{text}\""))),
        Setting::Bool(value) => return Err(fault(FaultKind::Type, value.to_string())),
    };
    let infinite = matches!(setting, Setting::Number(number) if !number.is_finite());
    if !infinite && limit.allows(value) {
        Ok(value)
    } else {
        Err(fault(FaultKind::Range, Written(value).to_string()))
    }
}
