//! The deal format, stated once: a field's type says how it is read, merged with that of a base deal, and described in
//! the JSON Schema; [`limits`] say what its numbers may be.
//!
//! [`table!`] declares a table of the format as a plain struct. Reading goes on after a fault, so that a file's faults
//! are reported together.

pub(crate) mod fields;
pub(crate) mod limits;
pub(crate) mod quantity;
pub(crate) mod reader;
#[cfg(feature = "schema")]
pub(crate) mod schema;

#[cfg(feature = "schema")]
use serde_json::{Map, Value as Json};

use crate::node::Node;
use reader::Reader;

/// Where a field stands while it is read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Dotted path of the table that has it, or should.
    pub(crate) parent: &'a str,
    /// That table.
    pub(crate) table: &'a Node,
    /// Its key there.
    pub(crate) key: &'a str,
    /// What it is, in a line.
    pub(crate) about: &'static str,
}

impl Place<'_> {
    /// Dotted path of the field.
    pub(crate) fn path(&self) -> String {
        crate::node::join(self.parent, self.key)
    }

    /// The value that the file gives.
    pub(crate) fn node(&self) -> Option<&Node> {
        self.table.get(self.key)
    }
}

/// What a table says of a key: one static row per field, so that a table is read by a short call per field.
pub(crate) struct Row<S: 'static> {
    /// The key.
    pub(crate) key: &'static str,
    /// What it is, in a line.
    pub(crate) about: &'static str,
    /// What the table says besides the field's type.
    pub(crate) spec: S,
}

/// A type that a key of the format can have. Where a fault is recorded its default stands in, so that reading goes on;
/// a deal with a fault is refused as a whole.
pub(crate) trait Field: Default {
    /// What a table says about the field besides its type.
    type Spec;

    /// Reads the field; `None` where a fault was recorded.
    fn read(reader: &mut Reader<'_>, place: Place<'_>, spec: &Self::Spec) -> Option<Self>;

    /// Reads the field of a row. Kept out of line: there are some hundred and fifty fields.
    #[inline(never)]
    fn read_row(
        reader: &mut Reader<'_>,
        (parent, table): &(&str, &Node),
        row: &'static Row<Self::Spec>,
    ) -> Self {
        let (key, about) = (row.key, row.about);
        let place = Place {
            parent,
            table,
            key,
            about,
        };
        Self::read(reader, place, &row.spec).unwrap_or_default()
    }

    #[cfg(feature = "schema")]
    /// Whether the key must be given.
    fn required(spec: &Self::Spec) -> bool;

    #[cfg(feature = "schema")]
    /// JSON Schema of the value.
    fn schema(spec: &Self::Spec) -> Json;

    /// The value of a deal that starts from a base: its own, unless the type says otherwise.
    fn merge(_base: &Node, own: &Node) -> Node {
        own.clone()
    }
}

/// A table of the format.
pub(crate) trait Table: Default {
    /// Its keys.
    const KEYS: &'static [&'static str];

    /// What it is, in a line.
    #[cfg(feature = "schema")]
    const ABOUT: &'static str;

    /// Reads the fields without looking for unknown keys.
    fn read_fields(reader: &mut Reader<'_>, path: &str, node: &Node) -> Self;

    #[cfg(feature = "schema")]
    /// Adds its properties, and the names of those that are required.
    fn describe(properties: &mut Map<String, Json>, required: &mut Vec<Json>);

    /// The merge of one key.
    fn merge_key(key: &str, base: &Node, own: &Node) -> Node;
}

/// Reads a table, refusing what it does not have.
pub(crate) fn read_table<T: Table>(reader: &mut Reader<'_>, path: &str, node: &Node) -> Option<T> {
    if !reader.is_table(path, node) {
        return None;
    }
    reader.refuse_unknown(path, node, T::KEYS);
    Some(T::read_fields(reader, path, node))
}

#[cfg(feature = "schema")]
/// JSON Schema of a table.
pub(crate) fn table_schema<T: Table>() -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    T::describe(&mut properties, &mut required);
    object_schema(T::ABOUT, properties, required)
}

#[cfg(feature = "schema")]
/// JSON Schema of an object with these properties and no others.
pub(crate) fn object_schema(
    about: &str,
    properties: Map<String, Json>,
    required: Vec<Json>,
) -> Json {
    let mut schema = Map::new();
    if !about.is_empty() {
        schema.insert("description".into(), about.trim().into());
    }
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".into(), Json::Array(required));
    }
    schema.insert("additionalProperties".into(), false.into());
    Json::Object(schema)
}

/// Merges two tables key by key; lines of the base are of another file and are forgotten.
pub(crate) fn merge_tables<T: Table>(base: &Node, own: &Node) -> Node {
    use crate::node::Value;
    let (Value::Table(_), Value::Table(own_entries)) = (&base.value, &own.value) else {
        return own.clone();
    };
    let mut merged = base.clone();
    merged.line = own.line;
    for (key, value) in own_entries {
        let node = match base.get(key) {
            Some(old) => T::merge_key(key, old, value),
            None => value.clone(),
        };
        merged.insert(key, node);
    }
    merged
}

/// The words for a key. They are in the schema, which a reader of a page loads only when it is asked for.
#[cfg(feature = "schema")]
macro_rules! about {
    ($($doc:literal),+) => { concat!($($doc),+) };
}
#[cfg(not(feature = "schema"))]
macro_rules! about {
    ($($doc:literal),+) => {
        ""
    };
}
pub(crate) use about;

/// Declares a table of the format: its struct, and how it is read, merged and described.
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $( $(#[doc = $doc:literal])+ $field:ident : $ty:ty = $spec:expr; )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $ty, )*
        }

        impl $crate::format::Table for $name {
            const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];
            #[cfg(feature = "schema")]
            const ABOUT: &'static str = $crate::format::about!($($about),+);

            fn read_fields(
                reader: &mut $crate::format::reader::Reader<'_>,
                path: &str,
                node: &$crate::node::Node,
            ) -> Self {
                let at = (path, node);
                $(
                    let $field = {
                        static ROW: $crate::format::Row<<$ty as $crate::format::Field>::Spec> =
                            $crate::format::Row {
                                key: stringify!($field),
                                about: $crate::format::about!($($doc),+),
                                spec: $spec,
                            };
                        <$ty as $crate::format::Field>::read_row(reader, &at, &ROW)
                    };
                )*
                Self { $( $field, )* }
            }

            #[cfg(feature = "schema")]
            fn describe(
                properties: &mut serde_json::Map<String, serde_json::Value>,
                required: &mut Vec<serde_json::Value>,
            ) {
                $(
                    let spec = $spec;
                    let mut schema = <$ty as $crate::format::Field>::schema(&spec);
                    if let serde_json::Value::Object(schema) = &mut schema {
                        schema.insert("description".into(), concat!($($doc),+).trim().into());
                    }
                    properties.insert(stringify!($field).into(), schema);
                    if <$ty as $crate::format::Field>::required(&spec) {
                        required.push(stringify!($field).into());
                    }
                )*
            }

            fn merge_key(
                key: &str,
                base: &$crate::node::Node,
                own: &$crate::node::Node,
            ) -> $crate::node::Node {
                match key {
                    $( stringify!($field) => <$ty as $crate::format::Field>::merge(base, own), )*
                    _ => own.clone(),
                }
            }
        }

        impl $crate::format::Field for $name {
            type Spec = ();

            fn read(
                reader: &mut $crate::format::reader::Reader<'_>,
                place: $crate::format::Place<'_>,
                (): &(),
            ) -> Option<Self> {
                let Some(node) = place.node() else {
                    reader.missing_field(place, "a table");
                    return None;
                };
                $crate::format::read_table(reader, &place.path(), node)
            }

            #[cfg(feature = "schema")]
            fn required((): &()) -> bool {
                true
            }

            #[cfg(feature = "schema")]
            fn schema((): &()) -> serde_json::Value {
                $crate::format::table_schema::<Self>()
            }

            fn merge(base: &$crate::node::Node, own: &$crate::node::Node) -> $crate::node::Node {
                $crate::format::merge_tables::<Self>(base, own)
            }
        }
    };
}
pub(crate) use table;

/// Declares a choice of words of the format.
macro_rules! choice {
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $(#[doc = $first_doc:literal])+ $first:ident = $first_word:literal,
            $( $(#[doc = $doc:literal])+ $variant:ident = $word:literal, )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = $first_doc])+
            #[default]
            $first,
            $( $(#[doc = $doc])+ $variant, )*
        }

        impl $name {
            const WORDS: &'static [(&'static str, Self)] =
                &[($first_word, Self::$first), $(($word, Self::$variant)),*];
        }

        impl $crate::format::Field for $name {
            /// The choice where none is made.
            type Spec = Option<Self>;

            fn read(
                reader: &mut $crate::format::reader::Reader<'_>,
                place: $crate::format::Place<'_>,
                default: &Option<Self>,
            ) -> Option<Self> {
                $crate::format::fields::read_choice(reader, place, Self::WORDS, *default)
            }

            #[cfg(feature = "schema")]
            fn required(default: &Option<Self>) -> bool {
                default.is_none()
            }

            #[cfg(feature = "schema")]
            fn schema(_: &Option<Self>) -> serde_json::Value {
                serde_json::json!({ "enum": [$first_word, $($word),*] })
            }
        }
    };
}
pub(crate) use choice;
