//! A deal compiled and ready to answer: values set, bounds checked, run, valued.

use std::rc::Rc;

use clauseworth_kernel::calendar::{Day, Grid};
use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::plan::{ClauseSet, Plan, PlannedServing};
use clauseworth_kernel::run::{coalition_one, prepare_one};
use clauseworth_kernel::valuation::{self, Npv};

use crate::check;
use crate::deal::Deal;
use crate::error::{Error, Fault, FaultKind};
use crate::format::limits::Kind;
use crate::format::quantity::Quantity;
use crate::names::{METRICS, Place, SERIES, expand};
use crate::overrides::Setting;
use crate::plan;
use crate::result::{Names, Run, YearFigures};
use crate::written::Written;

/// A deal ready to be run again and again: what a slider moves is one number of a flat list.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    deal: Rc<Deal>,
    plan: Plan,
    base: Vec<f64>,
    inputs: Vec<f64>,
    ledger: Ledger<f64>,
    names: Option<(ClauseSet, Rc<Names>)>,
}

impl Model {
    pub(crate) fn new(deal: Rc<Deal>) -> Result<Self, Error> {
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

    /// Runs the base case with some quantities set, without the clauses outside `active`.
    pub(crate) fn run<'a>(
        &mut self,
        settings: impl Iterator<Item = (&'a str, &'a Setting)>,
        active: ClauseSet,
    ) -> Result<Run, Error> {
        self.set(settings)?;
        self.evaluate(active)
    }

    /// Sets quantities of the base case, checking them alone and together.
    pub(crate) fn set<'a>(
        &mut self,
        settings: impl Iterator<Item = (&'a str, &'a Setting)>,
    ) -> Result<(), Error> {
        self.inputs.copy_from_slice(&self.base);
        let mut faults = Vec::new();
        for (path, setting) in settings {
            let Some((slot, quantity)) = self.deal.quantity(path) else {
                let known = self.deal.quantities.iter().map(|q| q.path.as_str());
                faults.push(
                    Fault::new(
                        FaultKind::Unknown,
                        path,
                        "the path of a quantity",
                        "no such path",
                    )
                    .suggesting(path, known),
                );
                continue;
            };
            match number_of(quantity, setting) {
                Ok(value) => self.inputs[slot.index()] = value,
                Err(fault) => faults.push(fault),
            }
        }
        Error::check(faults)?;
        Error::check(check::values(&self.deal, &self.inputs))
    }

    fn evaluate(&mut self, active: ClauseSet) -> Result<Run, Error> {
        let (plan, inputs) = (&self.plan, self.inputs.as_slice());
        let world = prepare_one(plan, inputs, &mut self.ledger);
        if world.undefined {
            let expected = "revenue of the first quarter above the cost of goods, which the valuation is a multiple of";
            let fault = Fault::new(FaultKind::Undefined, "lab.valuation", expected, "none");
            return Err(fault.into());
        }
        let mut value = |active| coalition_one(plan, inputs, &world, active, &mut self.ledger);
        let empty = value(ClauseSet::EMPTY);
        let npv = value(active);
        let names = self.names(active);
        self.report(active, npv, empty, names)
    }

    fn names(&mut self, active: ClauseSet) -> Rc<Names> {
        if let Some((set, names)) = &self.names
            && *set == active
        {
            return Rc::clone(names);
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
        let rows = SERIES.iter().flat_map(|row| {
            let names = expand(row.name, &clauses, &lines);
            names.into_iter().map(|name| (name, row.over))
        });
        let names = Rc::new(Names {
            metrics: METRICS
                .iter()
                .flat_map(|name| expand(name, &clauses, &[]))
                .collect(),
            series: rows.collect(),
            years: self.plan.grid.years().collect(),
            year_of_quarter: self.plan.grid.calendar_year.clone(),
        });
        self.names = Some((active, Rc::clone(&names)));
        names
    }

    fn report(
        &mut self,
        active: ClauseSet,
        npv: Npv<f64>,
        empty: Npv<f64>,
        names: Rc<Names>,
    ) -> Result<Run, Error> {
        let valuation = valuation::value(
            &self.plan,
            &self.inputs,
            active,
            npv,
            empty,
            &mut self.ledger,
        );
        let n = self.plan.quarters();
        let mut run = Run {
            series: Vec::with_capacity(names.series.len() * n),
            present: Vec::with_capacity(names.series.len()),
            names,
            metrics: valuation.metrics,
            years: Vec::new(),
            irr_forward: valuation.irr_forward,
            irr_since_inception: valuation.irr_since_inception,
            references: Vec::new(),
            warnings: self.deal.warnings.clone(),
        };
        self.collect_series(active, &mut run);
        self.collect_years(&mut run);
        self.collect_references(&mut run);
        let metrics = run.metrics.iter().flatten();
        let finite = metrics
            .chain(&run.series)
            .fold(true, |all, v| all & v.is_finite());
        if finite {
            Ok(run)
        } else {
            let expected = "quantities whose results are numbers of at most 1e308";
            let found = "a result beyond that";
            Err(Fault::new(FaultKind::Undefined, "", expected, found).into())
        }
    }

    fn collect_series(&self, active: ClauseSet, run: &mut Run) {
        let (plan, ledger) = (&self.plan, &self.ledger);
        let n = plan.quarters();
        let priced = plan.capacity.is_some();
        let margin = matches!(plan.serving, PlannedServing::Margin(_));
        for row in SERIES {
            let mut push = |values: &[f64], present: bool| {
                run.series.extend_from_slice(values);
                run.present.push(present);
            };
            match &row.place {
                Place::Column(column) => push(column(&ledger.c), true),
                Place::Priced(column) => push(column(&ledger.c), priced),
                Place::Capex => push(&ledger.c.capex, priced || margin),
                Place::Lines => {
                    for line in 0..plan.line_count() {
                        push(ledger.line_revenue.row(line), true);
                    }
                }
                Place::Flow | Place::FlowAfterTax | Place::Discounted => {
                    let rows = match row.place {
                        Place::Flow => &ledger.flow,
                        Place::FlowAfterTax => &ledger.flow_after_tax,
                        _ => &ledger.discounted,
                    };
                    for clause in (0..plan.clause_count).filter(|c| active.has(*c)) {
                        push(rows.row(clause), true);
                    }
                }
                Place::Start => {
                    let starts: Vec<f64> = (0..n).map(|k| plan.grid.start_year(k)).collect();
                    push(&starts, true);
                }
                Place::YearFraction => push(&plan.year_fractions, true),
            }
        }
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

/// The number that a setting gives a quantity, if it is allowed.
fn number_of(quantity: &Quantity, setting: &Setting) -> Result<f64, Fault> {
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
