//! JSON Schema of quantities and of what is made of them.

use serde_json::{Value as Json, json};

use super::limits::{self, Kind, Limit};
use super::quantity::{DISTRIBUTIONS, Status};

pub(super) fn number_schema(limit: &Limit) -> Json {
    let mut schema = match limit.kind {
        Kind::Whole => json!({ "type": "integer" }),
        Kind::Flag => return json!({ "enum": [0, 1] }),
        _ => json!({ "type": "number" }),
    };
    let low = if limit.low_open {
        "exclusiveMinimum"
    } else {
        "minimum"
    };
    let high = if limit.high_open {
        "exclusiveMaximum"
    } else {
        "maximum"
    };
    schema[low] = limit.low.into();
    schema[high] = limit.high.into();
    let date = json!({ "type": "string", "format": "date" });
    match limit.kind {
        Kind::Year => json!({ "anyOf": [schema, date] }),
        Kind::YearOrNever => json!({ "anyOf": [schema, date, { "const": "never" }] }),
        _ => schema,
    }
}

/// A quantity's schema stands once per limit, under this name.
pub(super) fn quantity_schema(limit: &Limit) -> Json {
    json!({ "$ref": format!("#/$defs/{}", limit.name.to_lowercase()) })
}

/// JSON Schema of a quantity with this limit: bare, or a table.
pub(crate) fn quantity_definition(limit: &Limit) -> Json {
    let number = number_schema(limit);
    let end = match limit.kind {
        Kind::Flag => json!({ "type": "number" }),
        Kind::YearOrNever => number_schema(&limits::YEAR),
        _ => number.clone(),
    };
    let names: Vec<&str> = DISTRIBUTIONS.iter().map(|row| row.name).collect();
    let statuses: Vec<&str> = Status::NAMES.iter().map(|(name, _)| *name).collect();
    let text = json!({ "type": "string", "minLength": 1 });
    json!({ "anyOf": [number, {
        "type": "object",
        "properties": {
            "value": number,
            "dist": { "enum": names },
            "low": end,
            "high": end,
            "min": end,
            "max": end,
            "shape": { "type": "number", "minimum": 0 },
            "p": { "type": "number", "minimum": 0, "maximum": 1 },
            "points": { "type": "array", "minItems": 2, "items": {
                "type": "array", "prefixItems": [end, { "type": "number" }], "minItems": 2, "maxItems": 2,
            } },
            "label": text,
            "unit": text,
            "note": text,
            "source": text,
            "status": { "enum": statuses },
        },
        "required": ["value"],
        "additionalProperties": false,
    }] })
}

pub(super) fn pair_schema(limit: &Limit) -> Json {
    json!({
        "type": "array",
        "prefixItems": [number_schema(&limits::YEAR), quantity_schema(limit)],
        "minItems": 2,
        "maxItems": 2,
    })
}
