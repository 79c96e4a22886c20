//! `masthead schema`: the JSON Schemas by which text editors complete and check manifests and front matter.

use super::Error;
use crate::data::{Shape, schema};
use crate::{manifest, manuscript, press};

/// The schemas: name for the command line, title, shape.
const SCHEMAS: [(&str, &str, &Shape); 6] = [
    ("publication", "masthead.toml of a publication", &manifest::PUBLICATION),
    ("issue", "issue.toml of an issue", &manifest::ISSUE),
    ("pictures", "pictures.toml of an issue", &manifest::PICTURES),
    ("rights", "rights.toml of a publication", &manifest::RIGHTS),
    ("shop", "A print shop's profile", &press::shop::SHOP),
    ("article", "The front matter of an article", &manuscript::FRONT),
];

/// The names that [`run`] knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, _, _)| *name)
}

/// The schema of this name as JSON text.
///
/// # Errors
/// When there is no such schema.
pub fn run(name: &str) -> Result<String, Error> {
    let Some((_, title, shape)) = SCHEMAS.iter().find(|(known, _, _)| *known == name) else {
        let known: Vec<&str> = names().collect();
        return Err(Error::Refused(format!("there is no schema `{name}`; choose one of {}", known.join(", "))));
    };
    Ok(format!("{:#}\n", schema(title, shape)))
}
