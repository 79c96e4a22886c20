//! The laid-out pages as a PDF with stand-ins, for the writers that swap the real pictures in.

use super::fonts::Fonts;
use super::pages::{Placed, placed};
use super::world::PageWorld;
use super::{EngineError, Layout};
use crate::issue::Issue;
use serde_json::Value;
use std::num::NonZeroUsize;
use std::sync::Arc;
use typst::foundations::Smart;
use typst::layout::PageRanges;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What the templates and the data say of the issue: the file that tells the mode.
const DATA: &str = "data/issue.json";

impl Layout {
    /// Lets the engine's pages go, for the memory that they take: they can no longer be exported or drawn. What was found out about
    /// them stays, and [`Layout::print_pdf`] sets them anew.
    pub fn let_go(&mut self) {
        self.document = None;
        typst::comemo::evict(0);
    }

    fn set(&self) -> Result<&PagedDocument, EngineError> {
        self.document.as_ref().ok_or_else(|| EngineError("its pages were let go".to_owned()))
    }

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
        typst_pdf::pdf(self.set()?, &options).map_err(|e| EngineError(super::say(&e, None)))
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
        typst_pdf::pdf(self.set()?, &options).map_err(|e| EngineError(super::say(&e, None)))
    }

    /// The same pages without tags and without claims, pictures still stand-ins: the measure for [`Layout::print_pdf`].
    ///
    /// # Errors
    /// [`EngineError`] when the engine fails.
    pub fn bare_pdf(&self, issue: &Issue) -> Result<Vec<u8>, EngineError> {
        bare(self.set()?, issue)
    }

    /// The pages compiled once more from the same frozen decisions, in the colours of the press; without tags and without
    /// claims, pictures still stand-ins. `fonts` are those of the laying out. What runs off the page goes `bleed` points
    /// beyond it.
    ///
    /// # Errors
    /// [`EngineError`] when the engine fails.
    pub fn print_pdf(&self, issue: &Issue, fonts: Arc<Fonts>, bleed: f64) -> Result<PrintPages, EngineError> {
        let mut templates = Vec::new();
        let mut files = Vec::new();
        for (path, bytes) in self.engine_files() {
            match path.ends_with(".typ") {
                true => templates.push((path.to_owned(), String::from_utf8_lossy(bytes).into_owned())),
                false => files.push((path, bytes)),
            }
        }
        let mut world = PageWorld::new(fonts, &templates)
            .ok_or_else(|| EngineError("a template's file name is not one".to_owned()))?;
        for (path, bytes) in files {
            world.put(path, if path == DATA { in_print(bytes, bleed)? } else { bytes.to_vec() });
        }
        let compiled = typst::compile::<PagedDocument>(&world).output;
        let document = compiled.map_err(|e| EngineError(super::say(&e, None)))?;
        let pages = PrintPages { pdf: bare(&document, issue)?, placed: placed(&super::walk::walk(&document)) };
        // The engine's memory of these pages makes room for pictures.
        drop((document, world));
        typst::comemo::evict(0);
        Ok(pages)
    }
}

/// The pages for a press.
pub struct PrintPages {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Every picture as it stands there: a little larger than on screens where it runs off the page.
    pub placed: Vec<Placed>,
}

/// The issue's data with the mode changed and nothing else.
fn in_print(data: &[u8], bleed: f64) -> Result<Vec<u8>, EngineError> {
    let mut value: Value = serde_json::from_slice(data).map_err(|e| EngineError(e.to_string()))?;
    if let Some(mode) = value.get_mut("mode") {
        *mode = Value::String("print".to_owned());
    }
    if let Some(object) = value.as_object_mut() {
        object.insert("bleed".to_owned(), bleed.into());
    }
    Ok(value.to_string().into_bytes())
}

fn bare(document: &PagedDocument, issue: &Issue) -> Result<Vec<u8>, EngineError> {
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} pages", issue.publication.title.value, issue.name)),
        tagged: false,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|e| EngineError(super::say(&e, None)))
}
