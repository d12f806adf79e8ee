//! What each clause is worth to each side (Model 9.1): removal values, and Shapley values over all coalitions.
//!
//! `v(S)` is a side's NPV with just the clauses of `S` in force. The removal value of a clause is `v(N) - v(N without it)`.
//! Its Shapley value is its marginal contribution `v(S with it) - v(S)`, averaged over all orders in which the clauses
//! could be signed: a coalition of `s` others stands before it in `s! (n - s - 1)! / n!` of them (L. S. Shapley, "A value
//! for n-person games", 1953). Clauses of one bundle are signed together.

use clauseworth_kernel::plan::ClauseSet;
use clauseworth_kernel::valuation::Npv;
use serde::Serialize;
use serde::ser::Serializer;

use crate::error::Error;
use crate::model::Model;

/// Most units of which all coalitions are run.
pub const MOST_UNITS: usize = 12;

/// Something for the backer and for the lab's other holders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Sides<T> {
    /// For the backer.
    pub backer: T,
    /// For the lab's other holders at signing.
    pub lab: T,
}

/// What a clause or bundle is worth to one side, bn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Price {
    /// What is lost if it alone goes.
    pub removal: f64,
    /// Its average contribution over all orders of signing; none above [`MOST_UNITS`].
    pub shapley: Option<f64>,
}

/// A clause or bundle with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The bundle's name, or the clause's id.
    pub id: String,
    /// Ids of its clauses.
    pub clauses: Vec<String>,
    /// What it is worth to either side.
    pub price: Sides<Price>,
}

/// The price of every clause and bundle in force.
#[derive(Clone, Debug, PartialEq)]
pub struct ClausePrices {
    /// Clauses and bundles in the order of the deal.
    pub units: Vec<Unit>,
    /// NPV without any clause.
    pub empty: Sides<f64>,
    /// NPV with all of them.
    pub all: Sides<f64>,
}

impl ClausePrices {
    /// A clause's or bundle's price.
    #[must_use]
    pub fn price(&self, unit: &str) -> Option<Sides<Price>> {
        let unit = self.units.iter().find(|known| known.id == unit)?;
        Some(unit.price)
    }

    /// What either side gains by all clauses together, which its Shapley values add up to.
    #[must_use]
    pub fn gain(&self) -> Sides<f64> {
        Sides {
            backer: self.all.backer - self.empty.backer,
            lab: self.all.lab - self.empty.lab,
        }
    }

    /// Why there are no Shapley values, if there are none.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let count = self.units.len();
        (count > MOST_UNITS).then(|| {
            format!(
                "{count} clauses and bundles have too many coalitions for Shapley values; bundling clauses to at most {MOST_UNITS} brings them back"
            )
        })
    }
}

/// One side's prices, by unit.
pub(crate) struct SidePrices<'a>(pub(crate) &'a [Unit], pub(crate) fn(&Sides<Price>) -> Price);

impl Serialize for SidePrices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let prices = self.0.iter().map(|unit| (&unit.id, (self.1)(&unit.price)));
        serializer.collect_map(prices)
    }
}

impl Serialize for ClausePrices {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape<'a> {
            backer: SidePrices<'a>,
            lab: SidePrices<'a>,
            empty: Sides<f64>,
            all: Sides<f64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            note: Option<String>,
        }
        let shape = Shape {
            backer: SidePrices(&self.units, |price| price.backer),
            lab: SidePrices(&self.units, |price| price.lab),
            empty: self.empty,
            all: self.all,
            note: self.note(),
        };
        shape.serialize(serializer)
    }
}

/// Prices the clauses of `active`.
pub(crate) fn price(model: &mut Model, active: ClauseSet) -> Result<ClausePrices, Error> {
    let mut units = Vec::new();
    let mut sets: Vec<ClauseSet> = Vec::new();
    for (index, clause) in model.deal().clauses().iter().enumerate() {
        if !active.has(index) {
            continue;
        }
        let id = clause.common.bundle.as_ref().map_or(&clause.id, |b| &b.0);
        let known = units.iter().position(|unit: &Unit| unit.id == *id);
        let at = known.unwrap_or_else(|| {
            units.push(Unit {
                id: id.clone(),
                clauses: Vec::new(),
                price: Sides::default(),
            });
            sets.push(ClauseSet::EMPTY);
            units.len() - 1
        });
        units[at].clauses.push(clause.id.clone());
        sets[at] = sets[at].with(index);
    }

    let world = model.world()?;
    let n = units.len();
    let mut value = |set: ClauseSet| model.npv(&world, set);
    let (empty, all);
    if n > MOST_UNITS {
        empty = value(ClauseSet::EMPTY)?;
        all = value(active)?;
        for (unit, set) in units.iter_mut().zip(&sets) {
            let rest = value(ClauseSet(active.0 & !set.0))?;
            unit.price.backer.removal = all.backer - rest.backer;
            unit.price.lab.removal = all.lab - rest.lab;
        }
    } else {
        let mut values: Vec<Npv<f64>> = Vec::with_capacity(1 << n);
        for coalition in 0..1usize << n {
            let members = (0..n).filter(|unit| coalition >> unit & 1 == 1);
            let set = members.fold(0, |set, unit| set | sets[unit].0);
            values.push(value(ClauseSet(set))?);
        }
        let whole = values.len() - 1;
        (empty, all) = (values[0], values[whole]);
        let of_orders = shares_of_orders(n);
        for (i, unit) in units.iter_mut().enumerate() {
            let mut shapley = Sides::<f64>::default();
            for without in (0..=whole).filter(|coalition| coalition >> i & 1 == 0) {
                let share = of_orders[without.count_ones() as usize];
                let with = values[without | 1 << i];
                shapley.backer += share * (with.backer - values[without].backer);
                shapley.lab += share * (with.lab - values[without].lab);
            }
            let rest = values[whole & !(1 << i)];
            unit.price.backer = Price {
                removal: all.backer - rest.backer,
                shapley: Some(shapley.backer),
            };
            unit.price.lab = Price {
                removal: all.lab - rest.lab,
                shapley: Some(shapley.lab),
            };
        }
    }
    let sides = |npv: Npv<f64>| Sides {
        backer: npv.backer,
        lab: npv.lab,
    };
    Ok(ClausePrices {
        units,
        empty: sides(empty),
        all: sides(all),
    })
}

/// `s! (n - s - 1)! / n!` for every number `s` of others: the share of orders in which just they come before.
fn shares_of_orders(n: usize) -> Vec<f64> {
    let mut shares = Vec::with_capacity(n);
    // The first is 1/n, and each is the one before times s / (n - s).
    let mut share = 1.0 / n as f64;
    for s in 1..=n {
        shares.push(share);
        share *= s as f64 / (n - s) as f64;
    }
    shares
}
