//! The types that a key of the format can have: quantities, schedules, dated amounts, texts, flags, lists.

#[cfg(feature = "schema")]
use serde_json::{Value as Json, json};

use super::limits::{self, Limit, Spec};
use super::quantity::{Quantity, Slot, number, quantity};
use super::reader::Reader;
#[cfg(feature = "schema")]
use super::schema::{number_schema, pair_schema, quantity_schema};
#[cfg(feature = "schema")]
use super::table_schema;
use super::{Field, Place, Table, merge_tables, read_table};
use crate::error::{Fault, FaultKind};
use crate::node::{Node, Value, join};
use clauseworth_kernel::calendar::Day;

impl Field for Slot {
    type Spec = Spec;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, spec: &Spec) -> Option<Self> {
        match (place.node(), spec.default) {
            (Some(node), _) => Some(quantity(
                reader,
                &place.path(),
                node,
                spec.limit,
                place.about,
            )),
            (None, Some(value)) => Some(reader.file(Quantity {
                path: place.path(),
                value,
                distribution: None,
                label: None,
                unit: None,
                note: None,
                source: None,
                status: None,
                limit: spec.limit,
                about: place.about,
                given: false,
                line: None,
            })),
            (None, None) => {
                reader.missing_field(place, &spec.limit.to_string());
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn required(spec: &Spec) -> bool {
        spec.default.is_none()
    }

    #[cfg(feature = "schema")]
    fn schema(spec: &Spec) -> Json {
        quantity_schema(spec.limit)
    }
}

impl<T: Field> Field for Option<T> {
    type Spec = T::Spec;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, spec: &T::Spec) -> Option<Self> {
        match place.node() {
            Some(_) => T::read(reader, place, spec).map(Some),
            None => Some(None),
        }
    }

    #[cfg(feature = "schema")]
    fn required(_: &T::Spec) -> bool {
        false
    }

    #[cfg(feature = "schema")]
    fn schema(spec: &T::Spec) -> Json {
        T::schema(spec)
    }

    fn merge(base: &Node, own: &Node) -> Node {
        T::merge(base, own)
    }
}

/// A number that changes over time (Model 1.8): a constant, or values from dates on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schedule {
    /// Decimal year and value of each entry, years strictly ascending, at least one.
    pub entries: Vec<(f64, Slot)>,
}

impl Field for Schedule {
    type Spec = Spec;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, spec: &Spec) -> Option<Self> {
        let Some(node) = place.node() else {
            reader.missing_field(place, &format!("{}, or [[date, value], ...]", spec.limit));
            return None;
        };
        let Value::List(items) = &node.value else {
            let slot = quantity(reader, &place.path(), node, spec.limit, place.about);
            return Some(Self {
                entries: vec![(0.0, slot)],
            });
        };
        if items.is_empty() {
            reader.fault(
                FaultKind::Range,
                &place.path(),
                "at least one [date, value]",
                node,
            );
            return None;
        }
        let before = reader.count();
        let mut entries: Vec<(f64, Slot)> = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let path = join(&place.path(), &i.to_string());
            let Some((date, value)) = pair(reader, &path, item) else {
                continue;
            };
            let year = number(reader, &path, date, &limits::YEAR);
            let slot = quantity(reader, &path, value, spec.limit, place.about);
            let Some(year) = year else {
                continue;
            };
            if entries.last().is_some_and(|(last, _)| year <= *last) {
                reader.fault(
                    FaultKind::Order,
                    &path,
                    "a date after that of the entry before",
                    date,
                );
            }
            entries.push((year, slot));
        }
        (reader.count() == before).then_some(Self { entries })
    }

    #[cfg(feature = "schema")]
    fn required(_: &Spec) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema(spec: &Spec) -> Json {
        json!({ "anyOf": [quantity_schema(spec.limit), {
            "type": "array",
            "minItems": 1,
            "items": pair_schema(spec.limit),
        }] })
    }
}

/// An amount on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment {
    /// The day.
    pub day: Day,
    /// The amount, bn.
    pub amount: Slot,
}

impl Field for Vec<Payment> {
    /// What an amount may be, and whether the key may be absent.
    type Spec = (&'static Limit, bool);

    fn read(
        reader: &mut Reader<'_>,
        place: Place<'_>,
        (limit, optional): &Self::Spec,
    ) -> Option<Self> {
        let node = match place.node() {
            Some(node) => node,
            None if *optional => return Some(Self::new()),
            None => {
                reader.missing_field(place, "a list of [date, amount]");
                return None;
            }
        };
        let Value::List(items) = &node.value else {
            reader.fault(
                FaultKind::Type,
                &place.path(),
                "a list of [date, amount]",
                node,
            );
            return None;
        };
        let before = reader.count();
        let mut payments = Self::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let path = join(&place.path(), &i.to_string());
            let Some((date, amount)) = pair(reader, &path, item) else {
                continue;
            };
            let day = read_day(reader, &path, date);
            let amount = quantity(reader, &path, amount, limit, place.about);
            if let Some(day) = day {
                payments.push(Payment { day, amount });
            }
        }
        (reader.count() == before).then_some(payments)
    }

    #[cfg(feature = "schema")]
    fn required((_, optional): &Self::Spec) -> bool {
        !optional
    }

    #[cfg(feature = "schema")]
    fn schema((limit, _): &Self::Spec) -> Json {
        json!({ "type": "array", "items": pair_schema(limit) })
    }
}

/// The two nodes of `[date, value]`.
fn pair<'a>(reader: &mut Reader<'_>, path: &str, item: &'a Node) -> Option<(&'a Node, &'a Node)> {
    if let Value::List(pair) = &item.value
        && let [date, value] = pair.as_slice()
    {
        return Some((date, value));
    }
    reader.fault(FaultKind::Type, path, "[date, value]", item);
    None
}

/// A date, ISO or decimal year, as the day that contains it.
fn read_day(reader: &mut Reader<'_>, path: &str, node: &Node) -> Option<Day> {
    if let Value::Day(day) = node.value
        && limits::YEAR.allows(day.year())
    {
        return Some(day);
    }
    let year = number(reader, path, node, &limits::YEAR)?;
    Day::containing(year)
}

impl Field for Day {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        match place.node() {
            Some(node) => read_day(reader, &place.path(), node),
            None => {
                reader.missing_field(place, &limits::YEAR.to_string());
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        number_schema(&limits::YEAR)
    }
}

impl Field for String {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        if place.node().is_none() {
            reader.missing_field(place, "a text");
        }
        // A date may stand without quotes, as TOML has it.
        if let Some(Value::Day(day)) = place.node().map(|node| &node.value) {
            return Some(day.to_string());
        }
        reader.optional_text(place.parent, place.table, place.key)
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// A name that paths can use: letters, digits, `-` and `_`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id(pub String);

impl Field for Id {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if let Some(node) = place.node()
            && let Value::Text(text) = &node.value
            && (text.is_empty() || !text.chars().all(allowed))
        {
            let expected = "letters, digits, - and _ only, at least one";
            reader.fault(FaultKind::Range, &place.path(), expected, node);
            return None;
        }
        String::read(reader, place, &()).map(Self)
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" })
    }
}

impl Field for bool {
    /// The value where none is given.
    type Spec = Option<bool>;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, default: &Self::Spec) -> Option<Self> {
        match (place.node(), default) {
            (Some(node), _) => match node.value {
                Value::Bool(value) => Some(value),
                _ => {
                    reader.fault(FaultKind::Type, &place.path(), "true or false", node);
                    None
                }
            },
            (None, Some(default)) => Some(*default),
            (None, None) => {
                reader.missing_field(place, "true or false");
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn required(default: &Self::Spec) -> bool {
        default.is_none()
    }

    #[cfg(feature = "schema")]
    fn schema(_: &Self::Spec) -> Json {
        json!({ "type": "boolean" })
    }
}

/// A number that is not a quantity: it cannot be uncertain and no path sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plain(pub f64);

impl Field for Plain {
    type Spec = &'static Limit;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, limit: &Self::Spec) -> Option<Self> {
        match place.node() {
            Some(node) => number(reader, &place.path(), node, limit).map(Self),
            None => {
                reader.missing_field(place, &limit.to_string());
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn required(_: &Self::Spec) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema(limit: &Self::Spec) -> Json {
        number_schema(limit)
    }
}

/// Which demand lines a clause covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// Every line, devices included.
    #[default]
    All,
    /// Those with these ids.
    Ids(Vec<String>),
}

impl Field for Lines {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        let expected = "\"all\" or a list of line ids";
        let Some(node) = place.node() else {
            reader.missing_field(place, expected);
            return None;
        };
        let ids = match &node.value {
            Value::Text(text) if text == "all" => return Some(Self::All),
            Value::List(items) if !items.is_empty() => items
                .iter()
                .map(|item| match &item.value {
                    Value::Text(id) => Some(id.clone()),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        match ids {
            Some(ids) => Some(Self::Ids(ids)),
            None => {
                reader.fault(FaultKind::Type, &place.path(), expected, node);
                None
            }
        }
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "anyOf": [
            { "const": "all" },
            { "type": "array", "minItems": 1, "items": { "type": "string" } },
        ] })
    }
}

/// Two paths that move together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Between(pub [String; 2]);

impl Field for Between {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        if let Some(node) = place.node() {
            if let Value::List(items) = &node.value
                && let [a, b] = items.as_slice()
                && let (Value::Text(a), Value::Text(b)) = (&a.value, &b.value)
            {
                return Some(Self([a.clone(), b.clone()]));
            }
            reader.fault(FaultKind::Type, &place.path(), "two paths", node);
        } else {
            reader.missing_field(place, "two paths");
        }
        None
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 })
    }
}

/// A set of changes, path by path. A nested table means the same as its dotted paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes(pub(crate) Vec<(String, Node)>);

impl Field for Changes {
    type Spec = ();

    fn read(reader: &mut Reader<'_>, place: Place<'_>, (): &()) -> Option<Self> {
        let Some(node) = place.node() else {
            reader.missing_field(place, "a table of path = value");
            return None;
        };
        if !reader.is_table(&place.path(), node) {
            return None;
        }
        let mut changes = Vec::new();
        flatten(node, "", &mut changes);
        Some(Self(changes))
    }

    #[cfg(feature = "schema")]
    fn required((): &()) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema((): &()) -> Json {
        json!({ "type": "object", "additionalProperties": {
            "type": ["number", "string", "boolean", "object"],
        } })
    }
}

fn flatten(node: &Node, path: &str, changes: &mut Vec<(String, Node)>) {
    match &node.value {
        Value::Table(entries) => {
            for (key, value) in entries {
                flatten(value, &join(path, key), changes);
            }
        }
        _ => changes.push((path.to_owned(), node.clone())),
    }
}

/// How a list of tables is addressed, and whether it may be absent.
#[derive(Clone, Copy)]
pub(crate) enum ListSpec {
    /// By the `id` of each; at least one.
    ById,
    /// By the `id` of each; may be absent.
    OptionalById,
    /// By position; at least one.
    ByPosition,
    /// By position; may be absent.
    OptionalByPosition,
}

impl ListSpec {
    fn by_id(self) -> bool {
        matches!(self, Self::ById | Self::OptionalById)
    }

    fn optional(self) -> bool {
        matches!(self, Self::OptionalById | Self::OptionalByPosition)
    }
}

impl<T: Table + Field<Spec = ()>> Field for Vec<T> {
    type Spec = ListSpec;

    fn read(reader: &mut Reader<'_>, place: Place<'_>, spec: &ListSpec) -> Option<Self> {
        let node = match place.node() {
            Some(node) => node,
            None if spec.optional() => return Some(Self::new()),
            None => {
                reader.missing_field(place, "a list of at least one table");
                return None;
            }
        };
        let Value::List(items) = &node.value else {
            reader.fault(FaultKind::Type, &place.path(), "a list of tables", node);
            return None;
        };
        if items.is_empty() && !spec.optional() {
            reader.fault(FaultKind::Range, &place.path(), "at least one table", node);
            return None;
        }
        let mut ids: Vec<&str> = Vec::new();
        let mut list = Self::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let id = item.text("id").filter(|_| spec.by_id());
            let path = join(&place.path(), id.unwrap_or(&i.to_string()));
            if let Some(id) = id {
                refuse_duplicate(reader, &join(&path, "id"), id, &ids, item);
                ids.push(id);
            }
            list.extend(read_table(reader, &path, item));
        }
        Some(list)
    }

    #[cfg(feature = "schema")]
    fn required(spec: &ListSpec) -> bool {
        !spec.optional()
    }

    #[cfg(feature = "schema")]
    fn schema(spec: &ListSpec) -> Json {
        json!({
            "type": "array",
            "minItems": u8::from(!spec.optional()),
            "items": table_schema::<T>(),
        })
    }

    /// Things with an id are merged with those of the same id; lists by position are replaced.
    fn merge(base: &Node, own: &Node) -> Node {
        let (Value::List(old), Value::List(new)) = (&base.value, &own.value) else {
            return own.clone();
        };
        if new.iter().any(|item| item.text("id").is_none()) {
            return own.clone();
        }
        let mut merged = old.clone();
        for item in new {
            let id = item.text("id");
            match merged.iter_mut().find(|other| other.text("id") == id) {
                Some(other) => *other = merge_tables::<T>(other, item),
                None => merged.push(item.clone()),
            }
        }
        Node {
            value: Value::List(merged),
            line: own.line,
        }
    }
}

/// Records that an id is taken.
pub(crate) fn refuse_duplicate(
    reader: &mut Reader<'_>,
    path: &str,
    id: &str,
    taken: &[&str],
    node: &Node,
) {
    if taken.contains(&id) {
        let found = format!("\"{id}\" twice");
        let expected = "an id that no other has";
        reader.fault_text(FaultKind::Duplicate, path, expected, &found, node);
    }
}

/// Reads one of some words.
pub(crate) fn read_choice<T: Copy>(
    reader: &mut Reader<'_>,
    place: Place<'_>,
    words: &[(&'static str, T)],
    default: Option<T>,
) -> Option<T> {
    let parent = place.parent;
    match (place.node(), default) {
        (Some(node), _) => match &node.value {
            Value::Text(name) => reader.one_of(parent, place.table, place.key, name, words),
            _ => {
                reader.one_of(parent, place.table, place.key, &node.to_string(), words);
                None
            }
        },
        (None, Some(default)) => Some(default),
        (None, None) => {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            reader.missing_field(place, &format!("one of \"{}\"", names.join("\", \"")));
            None
        }
    }
}

impl Reader<'_> {
    /// Records that a key is absent.
    pub(crate) fn missing_field(&mut self, place: Place<'_>, expected: &str) {
        let fault = Fault::new(FaultKind::Missing, place.path(), expected, "nothing");
        self.push(fault.at_line(place.table.line));
    }
}
