//! Imposition: the pages of a finished PDF laid on press sheets, so that the folded sheets read in order.
//!
//! Bytes in, bytes out. Pages become forms; fonts, pictures and profiles are moved as they are, never written anew, and
//! what makes the file a PDF/X (output intent, metadata, identifiers) stays.

mod claims;
mod dummy;
mod fold;
mod geometry;
mod paper;
mod plan;
mod source;
mod told;
mod write;

pub use dummy::dummy;
pub use paper::{Paper, size};
pub use told::{SheetTold, Told};

use super::shop::{Binding, Marks};
use crate::manifest::Mm;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How the two sides of a sheet come onto it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A form for the front, another for the back; the sheet is turned like the leaf of a book.
    Sheetwise,
    /// One form for both sides; the sheet is turned like the leaf of a book, and cut into two copies.
    WorkAndTurn,
    /// One form for both sides; the sheet is turned over its lower edge, and cut into two copies.
    WorkAndTumble,
    /// A form for the front, another for the back; the press turns the sheet over its lower edge.
    Perfecting,
}

impl Method {
    /// As it stands on the command line and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Method::Sheetwise => "sheetwise",
            Method::WorkAndTurn => "work-and-turn",
            Method::WorkAndTumble => "work-and-tumble",
            Method::Perfecting => "perfecting",
        }
    }

    /// Whether both sides stand on one form.
    pub fn is_one_form(self) -> bool {
        matches!(self, Method::WorkAndTurn | Method::WorkAndTumble)
    }

    /// Whether the edge at which the press grips the sheet is another for the back.
    fn tumbles(self) -> bool {
        matches!(self, Method::WorkAndTumble | Method::Perfecting)
    }
}

/// Where blank pages go when the extent is no multiple of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// After the last page.
    AtEnd,
    /// Before the cover's last leaf, so that the back cover stays the back cover.
    BeforeBackCover,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Stapled or glued.
    pub binding: Binding,
    /// Whether it is read from right to left; `None` takes what the PDF says of itself.
    pub right_to_left: Option<bool>,
    /// Pages of a signature: a multiple of 4 up to 32.
    pub signature: usize,
    /// Pages to which one sheet is folded at most; `None` for as many as the sheet holds.
    pub folded: Option<usize>,
    /// The sheets.
    pub paper: Paper,
    /// How they are turned.
    pub method: Method,
    /// Between pages that are cut apart; `None` for twice the bleed.
    pub gutter: Option<Mm>,
    /// What is milled off the spine of each page, for perfect binding.
    pub mill: Mm,
    /// The edge by which the press grips the sheet.
    pub gripper: Mm,
    /// Bleed that is kept; `None` for what the pages have, up to 5 mm.
    pub bleed: Option<Mm>,
    /// Thickness of a leaf, by which inner pages move towards the spine; 0 for none.
    pub creep: Mm,
    /// Marks around the pages of each sheet.
    pub marks: Marks,
    /// Where blank pages go; `None` for what is usual with the binding.
    pub blanks: Option<Blanks>,
    /// What the slug line says first: the file's name, the shop's.
    pub name: String,
}

impl Job {
    /// Signatures of 16 pages, stapled, on sheets as large as they must be, without marks.
    pub fn new(paper: Paper) -> Job {
        Job {
            binding: Binding::Saddle,
            right_to_left: None,
            signature: 16,
            folded: None,
            paper,
            method: Method::Sheetwise,
            gutter: None,
            mill: Mm(3.0),
            gripper: Mm(0.0),
            bleed: None,
            creep: Mm(0.0),
            marks: Marks::default(),
            blanks: None,
            name: String::new(),
        }
    }

    fn blanks(&self) -> Blanks {
        self.blanks.unwrap_or(match self.binding {
            Binding::Saddle => Blanks::BeforeBackCover,
            Binding::Perfect => Blanks::AtEnd,
        })
    }

    /// Refuses numbers that no press knows.
    fn judge(&self) -> Result<(), Refusal> {
        if !(4..=32).contains(&self.signature) || !self.signature.is_multiple_of(4) {
            let given = self.signature;
            return refuse(format!("a signature of {given} pages is not folded: name a multiple of 4 from 4 to 32"));
        }
        if let Some(folded) = self.folded.filter(|n| !fold::sizes().any(|size| size == *n)) {
            let sizes: Vec<String> = fold::sizes().map(|n| n.to_string()).collect();
            return refuse(format!("a sheet is not folded to {folded} pages: name one of {}", sizes.join(", ")));
        }
        let zero = Mm(0.0);
        let lengths = [
            ("gutter", self.gutter.unwrap_or(zero), 200.0),
            ("milling", self.mill, 20.0),
            ("gripper margin", self.gripper, 100.0),
            ("bleed", self.bleed.unwrap_or(zero), 30.0),
            ("thickness of a leaf", self.creep, 2.0),
        ];
        for (what, Mm(given), most) in lengths {
            if !(0.0..=most).contains(&given) {
                return refuse(format!("a {what} of {given} mm cannot be: it is from 0 to {most} mm"));
            }
        }
        Ok(())
    }
}

/// Why pages cannot be imposed: a sentence that says why and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    fn new(why: impl Into<String>) -> Refusal {
        Refusal(why.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

fn refuse<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(why))
}

/// The sheets as a PDF, and what is to be said of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Imposed {
    /// The file: a page for each form, fronts and backs in turn.
    pub pdf: Vec<u8>,
    /// What was done.
    pub told: Told,
}

/// Lays the pages of a PDF on sheets.
///
/// # Errors
/// When the file cannot be read or its pages differ in size, or when they do not fit the sheet.
pub fn impose(pdf: &[u8], job: &Job) -> Result<Imposed, Refusal> {
    job.judge()?;
    // The reader is careful, but it reads what anyone sends: a panic in it must not end the program.
    match catch_unwind(AssertUnwindSafe(|| laid(pdf, job))) {
        Ok(result) => result,
        Err(_) => refuse("the file is damaged in a way that cannot be read: export it anew"),
    }
}

fn laid(pdf: &[u8], job: &Job) -> Result<Imposed, Refusal> {
    let mut source = source::open(pdf)?;
    let right_to_left = job.right_to_left.unwrap_or(source.right_to_left);
    let page = geometry::Page::of(job, &source.trimmed()?, right_to_left);
    let paper = page.paper(job, source.pages.len())?;
    let most = job.folded.unwrap_or(32).min(job.signature);
    let fits = |pages: usize| pages <= most && page.layout(pages).is_some_and(|l| l.on(&paper, job, &page).is_some());
    if !fits(4) {
        return Err(page.too_large(job, &paper));
    }
    let plan = plan::plan(source.pages.len(), job.signature, job.binding, job.blanks(), &fits)?;
    let spots = source.spots();
    let forms = source.forms()?;
    let mut sides = Vec::new();
    for sheet in &plan.sheets {
        let layout = page.layout(sheet.slots.len());
        let placed = layout.and_then(|l| l.on(&paper, job, &page).map(|place| (l, place)));
        let Some((layout, place)) = placed else { return Err(page.too_large(job, &paper)) };
        sides.push(write::Laid { sheet, layout, place });
    }
    let told = told::tell(job, &page, &plan, &sides, right_to_left);
    let set = write::Set { job, page: &page, plan: &plan, forms: &forms, spots: &spots, pages: &source.pages };
    let out = write::write(source.document, &set, &sides, pdf)?;
    Ok(Imposed { pdf: out, told })
}
