//! The fixed words of the editions, and dates, in the publication's language.

mod tag;

pub use tag::tag_problem;
