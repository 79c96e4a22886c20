//! Masthead turns a folder of articles, pictures and adverts into a magazine issue.
//!
//! The way data travels: [`source`] reads the folder; [`manifest`] and [`manuscript`] read its files, [`picture`] probes
//! its pictures; [`draft`] resolves names; [`check`] applies the rules that every edition shares; [`issue`] is the closed
//! model that passed them; [`typeset`] lays it out once; [`epub`], [`pdf`], [`press`] and [`web`] write editions from both;
//! [`publish`] puts the web edition where readers find it.

#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::disallowed_methods,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::print_stdout,
        clippy::print_stderr
    )
)]

pub mod check;
pub mod cli;
pub mod credit;
pub mod data;
pub mod draft;
pub mod epub;
pub mod flatplan;
pub mod issue;
pub mod ledger;
pub mod manifest;
pub mod manuscript;
pub mod pdf;
pub mod pdffile;
pub mod picture;
pub mod press;
pub mod preview;
pub mod publish;
pub mod report;
pub mod source;
pub mod typeset;
pub mod web;
pub mod words;
pub mod xhtml;
