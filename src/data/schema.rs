//! A shape as JSON Schema (draft 2020-12), by which text editors complete and check manifests.

use super::{Field, Shape};
use serde_json::{Map, Value, json};

/// The schema of a file of this shape.
pub fn schema(title: &str, shape: &Shape) -> Value {
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    whole.insert("title".to_owned(), json!(title));
    if let Value::Object(inner) = of(shape) {
        whole.extend(inner);
    }
    Value::Object(whole)
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Integer(min, max) => json!({"type": "integer", "minimum": min, "maximum": max}),
        Shape::Number(min, max) => json!({"type": "number", "minimum": min, "maximum": max}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::DateTime => {
            json!({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]})
        }
        Shape::OneOf(words) => json!({"type": "string", "enum": words}),
        Shape::List(inner) => json!({"type": "array", "items": of(inner)}),
        Shape::Exactly(count, inner) => {
            json!({"type": "array", "items": of(inner), "minItems": count, "maxItems": count})
        }
        Shape::Table(fields) => table(fields),
        Shape::Map(inner) => json!({"type": "object", "additionalProperties": of(inner)}),
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(of).collect::<Vec<_>>()}),
    }
}

fn table(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut inner = Map::new();
        inner.insert("description".to_owned(), json!(field.about));
        if let Value::Object(shape) = of(&field.shape) {
            inner.extend(shape);
        }
        if field.required && matches!(field.shape, Shape::Text) {
            inner.insert("minLength".to_owned(), json!(1));
        }
        properties.insert(field.key.to_owned(), Value::Object(inner));
    }
    let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.key).collect();
    let mut whole = Map::new();
    whole.insert("type".to_owned(), json!("object"));
    whole.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        whole.insert("required".to_owned(), json!(required));
    }
    whole.insert("additionalProperties".to_owned(), json!(false));
    Value::Object(whole)
}
