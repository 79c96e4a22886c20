//! The command line: one file per subcommand.

mod error;
pub mod init;
pub mod new;
mod next;
pub mod schema;

pub use error::Error;
