//! `masthead.toml`, `rights.toml`, and an issue's `issue.toml` and `pictures.toml`, read with every field's place kept.
//!
//! Reading reports every fault and gives back a manifest whenever there is enough to check the rest by. Of a file that
//! is not valid TOML only the mistakes of syntax are reported: what else seems wrong in it may only follow from them.

mod issue;
mod list;
mod model;
mod publication;
mod rights;
mod shapes;
mod values;

pub use issue::issue;
pub use list::{IssueGlance, cover_of, issues, latest};
pub use model::*;
pub use publication::publication;
pub use rights::{RIGHTS_FILE, Terms, rights};
pub use shapes::{ISSUE, PICTURES, PUBLICATION, RIGHTS};
pub use values::{language, web_link};

pub(crate) use issue::picture;
pub(crate) use shapes::LEAD;
pub(crate) use values::is_plain_name;
