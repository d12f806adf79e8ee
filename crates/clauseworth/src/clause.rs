//! The twelve kinds of clause (Model 6) as the deal file has them.

#[cfg(feature = "schema")]
use serde_json::{Map, Value as Json, json};

use crate::deal::{Level, Payments};
use crate::error::FaultKind;
use crate::format::fields::{Lines, ListSpec, Schedule, refuse_duplicate};
use crate::format::limits::*;
#[cfg(feature = "schema")]
use crate::format::object_schema;
use crate::format::quantity::Slot;
use crate::format::reader::Reader;
use crate::format::{Field, Place, Table, choice, table};
use crate::node::{Node, Value, join};

/// The largest number of clauses of a deal: a set of clauses is one 64-bit word.
pub(crate) const MAX_CLAUSES: usize = 64;

/// Ids that series and metrics use beside those of clauses.
const RESERVED_IDS: [&str; 2] = ["market", "total"];

choice! {
    /// What AGI does to a clause (Model 6.0).
    OnAgi {
        /// The clause ends.
        Stop = "stop",
        /// The clause goes on.
        Continue = "continue",
        /// The AGI layer leaves the clause.
        Layer = "layer",
        /// A part of the clause goes on for some years.
        Tail = "tail",
    }
}

choice! {
    /// Who holds a warrant.
    Holder {
        /// The lab.
        Lab = "lab",
        /// The backer.
        Backer = "backer",
    }
}

choice! {
    /// Whose equity a warrant is on.
    Underlying {
        /// The lab's.
        Lab = "lab",
        /// The backer's.
        Backer = "backer",
    }
}

table! {
    /// What every clause can have.
    Common {
        /// Whether the clause is part of the deal.
        enabled: bool = Some(true);
        /// Clauses of one bundle are priced together.
        bundle: Option<crate::format::fields::Id> = ();
        /// Dated amounts before the effective date, from the backer's side.
        history: Payments = (&BALANCE, true);
    }
}

table! {
    /// When a clause is in force (Model 6.0).
    Term {
        /// Start; absent: the effective date.
        from: Option<Slot> = YEAR_OR_NEVER.required();
        /// End, exclusive; absent: never.
        until: Option<Slot> = YEAR_OR_NEVER.required();
        /// What AGI does to it.
        on_agi: OnAgi = Some(OnAgi::Continue);
        /// Part that goes on after AGI, with on_agi = "tail".
        tail_factor: Option<Slot> = FRACTION.required();
        /// Years for which it goes on, with on_agi = "tail".
        tail_years: Option<Slot> = SPAN.required();
    }
}

table! {
    /// The backer pays in capital (Model 6.1).
    Capital {
        /// Dates and amounts.
        tranches: Payments = (&MONEY, false);
    }
}

table! {
    /// The backer's stake in the lab (Model 6.2).
    Equity {
        /// Stake at signing.
        fraction: Slot = FRACTION.required();
        /// When the stake is sold.
        exit: Slot = YEAR_OR_NEVER.required();
        /// Discount on the sale, for control and liquidity.
        discount: Slot = FRACTION.required();
        /// Part of its pro-rata share of raises that the backer takes.
        participation: Slot = FRACTION.required();
    }
}

table! {
    /// The lab pays a part of its revenue (Model 6.3).
    RevenueShare {
        /// Rate, in steps.
        rate: Schedule = FRACTION.required();
        /// The lines that count.
        lines: Lines = ();
        /// Most that is ever paid; absent: no cap.
        cap: Option<Slot> = MONEY.required();
        /// Paid before the effective date, counting towards the cap.
        paid: Slot = MONEY.or(0.0);
        /// Quarters over which what is earned is paid.
        pay_over: Slot = QUARTERS.or(1.0);
    }
}

table! {
    /// The backer pays a part of its own revenue from the lab's models (Model 6.4).
    ReverseShare {
        /// Rate.
        rate: Slot = FRACTION.required();
        /// The backer's revenue from products built on the models.
        product: Level = ();
    }
}

table! {
    /// The lab takes compute or pays for it (Model 6.5).
    Commitment {
        /// Amount committed over the term.
        total: Slot = MONEY.required();
        /// Exponent of the ramp; 1 is a straight line.
        ramp: Slot = RAMP.required();
        /// Part of the committed amount that must be paid for.
        take_or_pay: Slot = FRACTION.required();
    }
}

table! {
    /// The backer runs the lab's compute (Model 6.6).
    Hosting {
        /// Part of the lab's compute that the backer hosts, between dates on a straight line.
        share: Schedule = FRACTION.required();
        /// The same without the clause.
        otherwise: Slot = FRACTION.required();
        /// Premium over the market price; negative is a discount.
        premium: Slot = PREMIUM.or(0.0);
    }
}

table! {
    /// The backer builds products on the lab's models (Model 6.7).
    IpRights {
        /// Revenue of those products.
        product: Level = ();
        /// Gross margin, before the reverse share.
        margin: Slot = MARGIN.required();
        /// Part of the products that the backer keeps without the rights.
        otherwise: Slot = FRACTION.required();
        /// Revenue taken from the lab per dollar of the products.
        cannibalises: Slot = FACTOR.or(0.0);
    }
}

table! {
    /// The lab's API is sold through the backer (Model 6.8).
    ApiExclusivity {
        /// The lines sold so.
        lines: Lines = ();
        /// Part of their revenue sold through the backer.
        through: Slot = FRACTION.required();
        /// What the backer keeps of it.
        commission: Slot = FRACTION.required();
        /// Part sold through the backer without exclusivity.
        otherwise: Slot = FRACTION.required();
    }
}

table! {
    /// The lab pays a royalty on devices, whose services may run on the backer's cloud (Model 6.9).
    DevicesClause {
        /// Royalty on hardware revenue.
        royalty: Slot = FRACTION.required();
        /// Whether the services run on the backer's cloud.
        hosted: bool = None;
    }
}

table! {
    /// A tranche of a warrant.
    WarrantTranche {
        /// Fraction of the shares after exercise.
        fraction: Slot = PART.required();
        /// Equity value of the issuer from which it pays.
        strike: Slot = MONEY.required();
        /// Installed capacity that must have been reached.
        gw: Option<Slot> = POWER.required();
        /// Equity value of the issuer that must have been reached.
        value: Option<Slot> = MONEY.required();
    }
}

table! {
    /// An option on the equity of one side, held by the other (Model 6.10).
    Warrant {
        /// Who holds it.
        holder: Holder = None;
        /// Whose equity it is on.
        underlying: Underlying = None;
        /// When it is exercised.
        expiry: Slot = YEAR_OR_NEVER.required();
        /// Its parts.
        tranches: Vec<WarrantTranche> = ListSpec::ByPosition;
    }
}

table! {
    /// The backer invests as capacity is installed (Model 6.11).
    MilestoneInvestment {
        /// Amount per gigawatt newly installed.
        per_gw: Slot = GW_COST.required();
        /// Most that is ever invested.
        total: Slot = MONEY.required();
    }
}

table! {
    /// A tier of a waterfall.
    Tier {
        /// Part of the profit that the backer receives.
        share: Slot = FRACTION.required();
        /// Amount received up to which the tier applies; absent in an open last tier.
        until: Option<Slot> = MONEY.required();
    }
}

table! {
    /// The capped-profit waterfall of the agreements before 2025 (Model 6.12).
    ProfitShare {
        /// The tiers, in order.
        tiers: Vec<Tier> = ListSpec::ByPosition;
    }
}

/// Declares the kinds of clause: the word in the file, the table, and whether it has a term.
macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $variant:ident($table:ty) = $word:literal, term: $term:literal; )+) => {
        /// A clause's kind and terms.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Terms {
            $( $(#[doc = $doc])+ $variant($table), )+
        }

        /// Words of the kinds, in the order of Model 6.
        pub(crate) const KINDS: &[&str] = &[$($word),+];

        impl Terms {
            /// The kind's word.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $( Self::$variant(_) => $word, )+
                }
            }

            fn keys(kind: &str) -> Option<(&'static [&'static str], bool)> {
                match kind {
                    $( $word => Some((<$table as Table>::KEYS, $term)), )+
                    _ => None,
                }
            }

            fn read(kind: &str, reader: &mut Reader<'_>, path: &str, node: &Node) -> Option<Self> {
                match kind {
                    $( $word => Some(Self::$variant(<$table as Table>::read_fields(reader, path, node))), )+
                    _ => None,
                }
            }
        }

        #[cfg(feature = "schema")]
        fn kind_schemas() -> Vec<Json> {
            vec![$( kind_schema::<$table>($word, $term) ),+]
        }
    };
}

kinds! {
    /// Capital (Model 6.1).
    Capital(Capital) = "capital", term: false;
    /// Stake (Model 6.2).
    Equity(Equity) = "equity", term: false;
    /// Revenue share (Model 6.3).
    RevenueShare(RevenueShare) = "revenue-share", term: true;
    /// Reverse share (Model 6.4).
    ReverseShare(ReverseShare) = "reverse-share", term: true;
    /// Take-or-pay (Model 6.5).
    Commitment(Commitment) = "commitment", term: true;
    /// Hosting (Model 6.6).
    Hosting(Hosting) = "hosting", term: true;
    /// Model rights (Model 6.7).
    IpRights(IpRights) = "ip-rights", term: true;
    /// API exclusivity (Model 6.8).
    ApiExclusivity(ApiExclusivity) = "api-exclusivity", term: true;
    /// Devices (Model 6.9).
    Devices(DevicesClause) = "devices", term: true;
    /// Warrant (Model 6.10).
    Warrant(Warrant) = "warrant", term: false;
    /// Milestone investment (Model 6.11).
    MilestoneInvestment(MilestoneInvestment) = "milestone-investment", term: false;
    /// Waterfall (Model 6.12).
    ProfitShare(ProfitShare) = "profit-share", term: true;
}

/// A clause of a deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Name for paths, series and metrics.
    pub id: String,
    /// What every clause can have.
    pub common: Common,
    /// When it is in force; absent for the kinds that do not heed it.
    pub term: Option<Term>,
    /// Its kind and terms.
    pub terms: Terms,
    /// Line of the file, where known.
    pub(crate) line: Option<usize>,
}

impl Clause {
    /// Dotted path.
    #[must_use]
    pub fn path(&self) -> String {
        join("clauses", &self.id)
    }
}

/// The clauses of a deal, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clauses(pub Vec<Clause>);

/// Id of a clause in the file: its own, or its kind.
pub(crate) fn id_of(node: &Node) -> Option<&str> {
    let id = node.text("id").filter(|id| !id.is_empty());
    id.or_else(|| node.text("kind"))
}

fn read_clause(reader: &mut Reader<'_>, position: usize, node: &Node) -> Option<Clause> {
    let place = position.to_string();
    let path = join("clauses", id_of(node).unwrap_or(&place));
    if !reader.is_table(&path, node) {
        return None;
    }
    let Some(kind) = node.text("kind") else {
        let expected = format!("one of {}", KINDS.join(", "));
        match node.get("kind") {
            Some(other) => reader.fault(FaultKind::Type, &join(&path, "kind"), expected, other),
            None => reader.missing(&path, node, "kind", &expected),
        }
        return None;
    };
    let Some((own, has_term)) = Terms::keys(kind) else {
        let names: Vec<(&str, ())> = KINDS.iter().map(|kind| (*kind, ())).collect();
        reader.one_of(&path, node, "kind", kind, &names);
        return None;
    };
    let mut keys = vec!["kind", "id"];
    keys.extend(own.iter().chain(Common::KEYS));
    if has_term {
        keys.extend(Term::KEYS);
    }
    reader.refuse_unknown(&path, node, &keys);
    let id = match node.get("id") {
        Some(_) => crate::format::fields::Id::read(
            reader,
            Place {
                parent: &path,
                table: node,
                key: "id",
                about: "",
            },
            &(),
        )
        .map(|id| id.0),
        None => Some(kind.to_owned()),
    };
    let terms = Terms::read(kind, reader, &path, node);
    let term = if has_term {
        Some(Term::read_fields(reader, &path, node))
    } else {
        None
    };
    let common = Common::read_fields(reader, &path, node);
    let id = id?;
    if RESERVED_IDS.contains(&id.as_str()) {
        let expected = format!("an id other than {}", RESERVED_IDS.join(" and "));
        reader.fault_text(FaultKind::Duplicate, &path, expected, &id, node);
        return None;
    }
    Some(Clause {
        id,
        common,
        term,
        terms: terms?,
        line: node.line,
    })
}

impl Field for Clauses {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        let Some(node) = place.node() else {
            return Some(Self(Vec::new()));
        };
        let Value::List(items) = &node.value else {
            reader.fault(FaultKind::Type, &place.path(), "a list of clauses", node);
            return None;
        };
        if items.len() > MAX_CLAUSES {
            let expected = format!("at most {MAX_CLAUSES} clauses");
            reader.fault(FaultKind::Range, &place.path(), expected, node);
            return None;
        }
        let mut ids: Vec<&str> = Vec::new();
        let mut clauses = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            if let Some(id) = id_of(item) {
                let path = join(&place.path(), &join(id, "id"));
                refuse_duplicate(reader, &path, id, &ids, item);
                ids.push(id);
            }
            clauses.extend(read_clause(reader, i, item));
        }
        Some(Self(clauses))
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        false
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "type": "array", "maxItems": MAX_CLAUSES, "items": { "oneOf": kind_schemas() } })
    }
}

#[cfg(feature = "schema")]
fn kind_schema<T: Table>(kind: &str, has_term: bool) -> Json {
    let mut properties = Map::new();
    let mut required = vec![Json::from("kind")];
    properties.insert("kind".into(), json!({ "const": kind }));
    properties.insert("id".into(), crate::format::fields::Id::schema(&()));
    T::describe(&mut properties, &mut required);
    if has_term {
        Term::describe(&mut properties, &mut required);
    }
    Common::describe(&mut properties, &mut required);
    object_schema(T::ABOUT, properties, required)
}
