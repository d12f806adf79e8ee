//! Who pays whom in a year (Model 6 and 7): all money that enters and leaves the lab, by payer and payee, and who owns the lab.
//!
//! The lab's cash is what closes the books: what comes in within a year, and what is drawn from cash, is what goes out, and
//! what is kept. Amounts are before the backer's tax; what the backer spends on serving is its own affair and not in here.

use clauseworth_kernel::ledger::Ledger;
use clauseworth_kernel::plan::{ClauseSet, Plan};
use serde::Serialize;

use crate::error::Error;
use crate::model::Model;

/// Less than a dollar, in bn, is what rounding leaves.
const DOLLAR: f64 = 1e-9;

/// The streams that are put into the lab, not earned by it.
const FUNDING: [&str; 4] = ["raised", "participation", "capital", "milestones"];

/// Who pays or is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// Who buys what the lab sells.
    Customers,
    /// The lab.
    Lab,
    /// The backer.
    Backer,
    /// Who puts money into the lab for equity, and who buys the backer's stake.
    Investors,
    /// The lab's owners beside the backer.
    Owners,
    /// Who else sells compute.
    Clouds,
    /// Staff and everyone who is paid for running the lab.
    Staff,
    /// Who makes the devices.
    Suppliers,
    /// The state.
    State,
    /// Who keeps the lab's cash and pays interest on it.
    Bank,
}

/// A stream of money from one party to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stream {
    /// What it is paid for: `revenue`, `raised`, `cash`, `interest`, `compute`, `compute-elsewhere`, `goods`, `opex`, `tax`,
    /// `paid-out`, `participation`, `milestones`, `stake-sold`, or the kind of a clause.
    pub name: &'static str,
    /// The clause under which it is paid, if it is under one.
    pub clause: Option<String>,
    /// Who pays.
    pub from: Party,
    /// Who is paid.
    pub to: Party,
    /// How much, by calendar year, bn; never negative.
    pub amounts: Vec<f64>,
}

/// Parts of the lab, 1 together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Shares {
    /// The backer's.
    pub backer: Vec<f64>,
    /// Of those who held the rest at signing.
    pub holders: Vec<f64>,
    /// Of all who came after them: staff, later investors, buyers of the backer's stake.
    pub later: Vec<f64>,
}

impl Shares {
    fn push(&mut self, backer: f64, holders: f64) {
        self.backer.push(backer);
        self.holders.push(holders);
        self.later.push(1.0 - backer - holders);
    }
}

/// Who owns the lab.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ownership {
    /// At the signing, then at the end of each quarter.
    pub quarters: Shares,
    /// At the end of each calendar year.
    pub years: Shares,
    /// Quarters of distress in each calendar year.
    pub distress: Vec<u32>,
}

/// Who pays whom, by calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payments {
    /// The calendar years.
    pub years: Vec<i32>,
    /// The streams that are not nothing in every year.
    pub streams: Vec<Stream>,
    /// What comes into the lab, drawn cash included: as much as goes out of it, kept cash included.
    pub through_lab: Vec<f64>,
    /// What the lab pays the backer.
    pub to_backer: Vec<f64>,
    /// What the backer pays the lab.
    pub from_backer: Vec<f64>,
    /// What investors and the backer put into the lab: raises, capital, milestones.
    pub funded: Vec<f64>,
    /// Who owns the lab.
    pub ownership: Ownership,
}

impl Payments {
    /// A stream by its name, payer and payee, of all clauses under which there is one.
    pub fn between<'a>(
        &'a self,
        name: &'a str,
        from: Party,
        to: Party,
    ) -> impl Iterator<Item = &'a Stream> {
        let streams = self.streams.iter();
        streams.filter(move |stream| stream.name == name && stream.from == from && stream.to == to)
    }
}

/// Follows the money of the deal as it is set.
pub(crate) fn payments(model: &mut Model, active: ClauseSet) -> Result<Payments, Error> {
    let world = model.world()?;
    model.npv(&world, active)?;
    let (plan, inputs, ledger) = (model.plan(), model.inputs(), model.ledger());
    let years: Vec<i32> = plan.grid.years().collect();
    let mut books = Books {
        plan,
        years: &years,
        streams: Vec::new(),
    };
    let name = |clause: usize| Some(model.deal().clauses()[clause].id.clone());
    books.follow(active, ledger, inputs[plan.rates.cash.index()], &name);
    let sum = |wanted: &dyn Fn(&Stream) -> bool| -> Vec<f64> {
        let total = |year: usize| {
            let wanted = books.streams.iter().filter(|stream| wanted(stream));
            wanted.map(|stream| stream.amounts[year]).sum()
        };
        (0..years.len()).map(total).collect()
    };
    let (backer, lab) = (Party::Backer, Party::Lab);
    let stake = plan.equity.as_ref().filter(|e| active.has(e.clause));
    let stake = stake.map_or(0.0, |equity| inputs[equity.fraction.index()]);
    Ok(Payments {
        through_lab: sum(&|stream| stream.to == lab),
        to_backer: sum(&|stream| stream.from == lab && stream.to == backer),
        from_backer: sum(&|stream| stream.from == backer && stream.to == lab),
        funded: sum(&|stream| stream.to == lab && FUNDING.contains(&stream.name)),
        ownership: ownership(plan, stake, ledger, &years),
        streams: books.streams,
        years,
    })
}

/// Streams as they are followed through the ledger.
struct Books<'a> {
    plan: &'a Plan,
    years: &'a [i32],
    streams: Vec<Stream>,
}

impl Books<'_> {
    /// Adds a stream, given by quarter. Where it is negative it runs the other way.
    fn add(
        &mut self,
        name: &'static str,
        clause: Option<String>,
        (from, to): (Party, Party),
        amount: impl Fn(usize) -> f64,
    ) {
        let mut amounts = vec![0.0; self.years.len()];
        for (quarter, year) in self.plan.grid.calendar_year.iter().enumerate() {
            amounts[(year - self.years[0]) as usize] += amount(quarter);
        }
        for ((from, to), sign) in [((from, to), 1.0), ((to, from), -1.0)] {
            let one_way = amounts.iter().map(|amount| sign * amount);
            let one_way = one_way.map(|amount| if amount > DOLLAR { amount } else { 0.0 });
            let amounts: Vec<f64> = one_way.collect();
            if amounts.iter().any(|amount| *amount > 0.0) {
                let clause = clause.clone();
                self.streams.push(Stream {
                    name,
                    clause,
                    from,
                    to,
                    amounts,
                });
            }
        }
    }

    fn follow(
        &mut self,
        active: ClauseSet,
        ledger: &Ledger<f64>,
        cash: f64,
        name: &dyn Fn(usize) -> Option<String>,
    ) {
        let plan = self.plan;
        let c = &ledger.c;
        let before = |quarter: usize| match quarter {
            0 => cash,
            quarter => c.cash[quarter - 1],
        };
        let to_lab = |from| (from, Party::Lab);
        let by_lab = |to| (Party::Lab, to);
        let in_force = |clause: &usize| active.has(*clause);

        self.add("revenue", None, to_lab(Party::Customers), |k| c.revenue[k]);
        let outside = |k: usize| c.raised[k] - c.participated[k];
        self.add("raised", None, to_lab(Party::Investors), outside);
        let interest = |k: usize| before(k) * c.yielded[k];
        self.add("interest", None, to_lab(Party::Bank), interest);

        let equity = plan.equity.as_ref().map(|e| e.clause).filter(in_force);
        let of_equity = equity.and_then(name);
        let take_part = |k: usize| c.participated[k];
        self.add(
            "participation",
            of_equity.clone(),
            to_lab(Party::Backer),
            take_part,
        );
        self.add("milestones", None, to_lab(Party::Backer), |k| {
            c.milestones[k]
        });
        let capital = plan.capital.iter().map(|each| ("capital", each.clause));
        let reverse = plan
            .reverse_shares
            .iter()
            .map(|each| ("reverse-share", each.clause));
        let on_backer = plan.warrants.iter().filter(|each| each.on_backer);
        let on_backer = on_backer.map(|each| ("warrant", each.clause));
        for (kind, clause) in capital.chain(reverse).chain(on_backer) {
            if active.has(clause) {
                let flow = ledger.flow.row(clause);
                self.add(kind, name(clause), to_lab(Party::Backer), |k| -flow[k]);
            }
        }

        let hosting = plan
            .hosting
            .as_ref()
            .map(|each| each.clause)
            .filter(in_force);
        let served = |k: usize| (1.0 + c.hosting_premium[k]) * c.served[k];
        self.add(
            "compute",
            hosting.and_then(name),
            by_lab(Party::Backer),
            served,
        );
        if let Some(commitment) = plan.commitment.as_ref().map(|each| each.clause) {
            let shortfall = |k: usize| c.shortfall[k];
            self.add(
                "commitment",
                name(commitment),
                by_lab(Party::Backer),
                shortfall,
            );
        }
        let shares = plan
            .revenue_shares
            .iter()
            .map(|each| ("revenue-share", each.clause));
        let apis = plan
            .apis
            .iter()
            .map(|each| ("api-exclusivity", each.clause));
        let devices = plan
            .devices_clause
            .iter()
            .map(|each| ("devices", each.clause));
        let profits = plan
            .profit_share
            .iter()
            .map(|each| ("profit-share", each.clause));
        let mut known = vec![0.0; plan.quarters()];
        for (kind, clause) in shares.chain(apis).chain(devices).chain(profits) {
            if active.has(clause) {
                let flow = ledger.flow.row(clause);
                self.add(kind, name(clause), by_lab(Party::Backer), |k| flow[k]);
                known
                    .iter_mut()
                    .zip(flow)
                    .for_each(|(sum, paid)| *sum += paid);
            }
        }
        for clause in plan
            .reverse_shares
            .iter()
            .map(|each| each.clause)
            .filter(in_force)
        {
            let flow = ledger.flow.row(clause);
            known
                .iter_mut()
                .zip(flow)
                .for_each(|(sum, paid)| *sum += paid);
        }
        // What is sold through the backer though no clause says so.
        let anyway = |k: usize| c.taken[k] - known[k];
        self.add("api-exclusivity", None, by_lab(Party::Backer), anyway);
        self.add("paid-out", None, by_lab(Party::Backer), |k| {
            c.paid_to_backer[k]
        });
        let to_others = |k: usize| c.paid_out[k] - c.paid_to_backer[k];
        self.add("paid-out", None, by_lab(Party::Owners), to_others);
        let elsewhere = |k: usize| c.compute[k] - served(k);
        self.add("compute-elsewhere", None, by_lab(Party::Clouds), elsewhere);
        self.add("goods", None, by_lab(Party::Suppliers), |k| c.goods_sold[k]);
        self.add("opex", None, by_lab(Party::Staff), |k| c.opex[k]);
        self.add("tax", None, by_lab(Party::State), |k| c.tax[k]);
        self.add("cash", None, by_lab(Party::Bank), |k| c.cash[k] - before(k));

        // What is left of the flows of equity once the pay-outs and what was put in are taken out was sold to someone.
        let milestones = plan.milestones.iter().map(|each| each.clause);
        let on_lab = plan.warrants.iter().filter(|each| !each.on_backer);
        let holding = equity
            .into_iter()
            .chain(milestones)
            .chain(on_lab.map(|each| each.clause));
        let holding: Vec<usize> = holding.filter(in_force).collect();
        let sold = |k: usize| {
            let flows: f64 = holding
                .iter()
                .map(|clause| ledger.flow.at(*clause, k))
                .sum();
            flows + c.participated[k] + c.milestones[k] - c.paid_to_backer[k]
        };
        self.add(
            "stake-sold",
            of_equity,
            (Party::Investors, Party::Backer),
            sold,
        );
    }
}

fn ownership(plan: &Plan, stake: f64, ledger: &Ledger<f64>, years: &[i32]) -> Ownership {
    let c = &ledger.c;
    let mut quarters = Shares::default();
    quarters.push(stake, 1.0 - stake);
    for quarter in 0..plan.quarters() {
        quarters.push(c.stake[quarter], c.holders[quarter]);
    }
    let mut of_years = Shares::default();
    let mut distress = Vec::with_capacity(years.len());
    for year in years {
        let of_year = plan.grid.calendar_year.iter().enumerate();
        let of_year = of_year
            .filter(|(_, of)| *of == year)
            .map(|(quarter, _)| quarter);
        distress.push(
            of_year
                .clone()
                .filter(|quarter| c.distress[*quarter] != 0.0)
                .count() as u32,
        );
        if let Some(last) = of_year.clone().next_back() {
            of_years.push(c.stake[last], c.holders[last]);
        }
    }
    Ownership {
        quarters,
        years: of_years,
        distress,
    }
}
