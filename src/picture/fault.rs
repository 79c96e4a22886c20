//! What can be wrong with a picture file, and what is worth knowing of it, as findings.
//!
//! Every hint tells an editor what to do with the programs they have.

use super::Format;
use crate::report::{Code, Finding, Span};
use std::ops::Range;

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is in it.
    Empty,
    /// It is no picture, or of a kind that is not read: what it seems to be, and what to do.
    Unknown {
        /// "a HEIC photograph"; none if it cannot be told.
        what: Option<&'static str>,
        /// What to do.
        remedy: &'static str,
    },
    /// Its data end early.
    Truncated(Format),
    /// Its data are damaged: what the decoder says.
    Damaged(Format, String),
    /// It has more pixels than can be opened safely (0 by 0 if its bytes are too many).
    TooLarge {
        /// Pixels.
        width: u64,
        /// Pixels.
        height: u64,
    },
    /// An SVG with something that editions must not carry.
    SvgUnsafe {
        /// What it holds.
        what: String,
        /// What to do.
        remedy: String,
        /// Where in the SVG's text (byte-order mark dropped, line ends made `\n`).
        at: Range<usize>,
    },
    /// An SVG that cannot be read.
    SvgSyntax {
        /// What is wrong.
        what: String,
        /// Where in the SVG's text.
        at: Range<usize>,
    },
    /// A PDF that cannot be placed as an advert.
    Pdf {
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: String,
    },
}

impl Fault {
    /// The finding about the picture at `path`.
    ///
    /// `span` is of the picture's own file; for an SVG whose text is registered the finding moves to the line in it.
    pub fn finding(&self, path: &str, span: Span) -> Finding {
        match self {
            Fault::Empty => Finding::new(Code::FILE_EMPTY, span, format!("picture `{path}` is empty"))
                .hint("copy the file into the issue again: it probably was not copied to the end"),
            Fault::Unknown { what, remedy } => {
                let what = what.map_or("is no picture that can be read".to_owned(), |w| format!("is {w}"));
                Finding::new(Code::PICTURE_FORMAT, span, format!("picture `{path}` {what}")).hint(*remedy)
            }
            Fault::Truncated(format) => {
                let message = format!("picture `{path}` is cut off: the end of the {} is missing", format.name());
                Finding::new(Code::PICTURE_TRUNCATED, span, message)
                    .hint("copy or download it again, and compare its size with the original's")
            }
            Fault::Damaged(format, why) => {
                let message = format!("picture `{path}` is damaged: {} data do not decode ({why})", format.name());
                Finding::new(Code::PICTURE_TRUNCATED, span, message)
                    .hint("open it in a picture editor, check that all of it is there, and save it again")
            }
            Fault::TooLarge { width, height } => too_large(path, span, *width, *height),
            Fault::SvgUnsafe { what, remedy, at } => {
                Finding::new(Code::SVG_UNSAFE, moved(span, at), format!("`{path}` holds {what}")).hint(remedy.as_str())
            }
            Fault::SvgSyntax { what, at } => {
                Finding::new(Code::SVG_SYNTAX, moved(span, at), format!("`{path}` is no sound SVG: {what}"))
                    .hint("open it in the program that made it and export it again as plain SVG")
            }
            Fault::Pdf { what, remedy } => {
                Finding::new(Code::ADVERT_PDF, span, format!("the PDF `{path}` {what}")).hint(remedy.as_str())
            }
        }
    }

    /// The place in an SVG's own text, if the fault has one.
    pub fn place(&self) -> Option<Range<usize>> {
        match self {
            Fault::SvgUnsafe { at, .. } | Fault::SvgSyntax { at, .. } => Some(at.clone()),
            _ => None,
        }
    }
}

fn moved(span: Span, at: &Range<usize>) -> Span {
    Span::new(span.file, at.start, at.end)
}

fn too_large(path: &str, span: Span, width: u64, height: u64) -> Finding {
    let message = if width == 0 {
        format!("picture `{path}` has more bytes than can be opened safely")
    } else {
        format!("picture `{path}` says that it has {width} x {height} pixels, more than can be opened safely")
    };
    Finding::new(Code::PICTURE_TOO_LARGE, span, message)
        .hint("save it smaller: a double page at 300 ppi needs 5,000 x 3,600 pixels")
}

/// What is worth knowing of a picture that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It was converted, as readers could not open it as it is: what it is.
    Converted(&'static str),
    /// Only its first frame is used.
    Animated,
    /// It is far larger than any edition needs.
    Oversized {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

impl Notice {
    /// The finding about the picture at `path`; `span` is of the picture's own file.
    pub fn finding(&self, path: &str, span: Span) -> Finding {
        match self {
            Notice::Converted(what) => {
                Finding::new(Code::PICTURE_CONVERTED, span, format!("picture `{path}` is {what} and was converted"))
                    .hint("save it as an sRGB JPEG (a photograph) or PNG (a drawing) to decide yourself how it looks")
            }
            Notice::Animated => Finding::new(
                Code::PICTURE_ANIMATED,
                span,
                format!("picture `{path}` is animated; only its first frame is used"),
            )
            .hint("save the frame that you want as a JPEG or PNG"),
            Notice::Oversized { width, height } => Finding::new(
                Code::PICTURE_OVERSIZED,
                span,
                format!("picture `{path}` has {width} x {height} pixels, far more than any edition needs"),
            )
            .hint("save it with at most 6,000 pixels on its long side: builds become faster and nothing is lost"),
        }
    }
}

impl Format {
    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::Gif => "GIF",
            Format::WebP => "WebP",
            Format::Tiff => "TIFF",
            Format::Svg => "SVG",
            Format::Pdf => "PDF",
        }
    }
}
