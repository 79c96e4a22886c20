//! The laid-out pages as a PDF with stand-ins, for the writers that swap the real pictures in.

use super::{EngineError, Layout};
use crate::issue::Issue;
use std::num::NonZeroUsize;
use typst::foundations::Smart;
use typst::layout::PageRanges;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

impl Layout {
    /// A tagged PDF that claims PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), pictures still stand-ins.
    ///
    /// # Errors
    /// [`EngineError`] when the pages break a rule of one of the two that no check knew of.
    pub fn screen_pdf(&self, issue: &Issue) -> Result<Vec<u8>, EngineError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|e| EngineError(e.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {}", issue.publication.title.value, issue.name)),
            creator: Smart::Custom(Some(concat!("Masthead ", env!("CARGO_PKG_VERSION")).to_owned())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|e| EngineError(super::say(&e)))
    }

    /// The cover alone, pictures still stand-ins. It is only drawn, never handed out, so it claims nothing.
    ///
    /// # Errors
    /// [`EngineError`] when the engine fails.
    pub fn cover_pdf(&self, issue: &Issue) -> Result<Vec<u8>, EngineError> {
        let first = NonZeroUsize::MIN;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {} cover", issue.publication.title.value, issue.name)),
            page_ranges: Some(PageRanges::new(vec![Some(first)..=Some(first)])),
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|e| EngineError(super::say(&e)))
    }
}
