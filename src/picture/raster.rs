//! A page of a PDF made into pixels, for editions that cannot show PDF: adverts in the e-book, the cover on its shelf.
//!
//! The document comes from anywhere: a panic of the reader is a fault, and the picture's size is chosen here.

use super::encode::{as_jpeg, as_png, sampling};
use super::pixels::{Kind, Pixels};
use super::{Artwork, Derived, Fault, Format, Profile};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use lopdf::Object;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most pixels on a side.
const LARGEST_SIDE: u32 = 4096;

/// A page, by its index, on white and as wide and as high as `longest` pixels at most. JPEG, or PNG for a drawing.
///
/// # Errors
/// [`Fault::Pdf`] when there is no such page or it cannot be drawn.
pub fn page(bytes: &[u8], index: usize, longest: u32) -> Result<Derived, Fault> {
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(bytes, index, longest.clamp(1, LARGEST_SIDE))));
    let pixels = drawn.ok().flatten().ok_or_else(|| Fault::Pdf {
        what: "cannot be drawn as a picture".to_owned(),
        remedy: "print or export it to a new PDF, or ask the advertiser for a picture".to_owned(),
    })?;
    let (width, height) = (pixels.width, pixels.height);
    let jpeg = as_jpeg(&pixels, 88, Profile::Publication, sampling(&pixels), None)?;
    // Flat colours and type are smaller, and sharper, as PNG.
    let png = as_png(&pixels, None)?;
    let (format, bytes) = if png.len() <= jpeg.len() { (Format::Png, png) } else { (Format::Jpeg, jpeg) };
    Ok(Derived { bytes, format, width, height })
}

impl Artwork {
    /// What is left of an advert's page after trimming, as a picture at most `longest` pixels wide and high.
    ///
    /// # Errors
    /// [`Fault::Pdf`] when it cannot be drawn.
    pub fn raster(&self, longest: u32) -> Result<Derived, Fault> {
        let mut document = self.document.clone();
        let trim: Vec<Object> = self.trim.iter().map(|v| Object::Real(*v as f32)).collect();
        let failed = |e: &dyn std::fmt::Display| Fault::Pdf {
            what: format!("cannot be trimmed ({e})"),
            remedy: "print or export it to a new PDF".to_owned(),
        };
        document
            .get_object_mut(self.page)
            .and_then(Object::as_dict_mut)
            .map_err(|e| failed(&e))?
            .set("CropBox", Object::Array(trim));
        // Streams were unfolded when the document was opened; they need no packing for this one look.
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|e| failed(&e))?;
        page(&bytes, 0, longest)
    }
}

fn draw(bytes: &[u8], index: usize, longest: u32) -> Option<Pixels> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let page = pdf.pages().get(index)?;
    let (width, height) = page.render_dimensions();
    let scale = longest as f32 / width.max(height);
    if !scale.is_finite() || width <= 0.0 || height <= 0.0 {
        return None;
    }
    let side = |length: f32| (length * scale).round().clamp(1.0, longest as f32) as u16;
    let (across, down) = (side(width), side(height));
    let settings = RenderSettings {
        x_scale: f32::from(across) / width,
        y_scale: f32::from(down) / height,
        width: Some(across),
        height: Some(down),
        bg_color: WHITE,
    };
    let drawn = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let data = drawn.data_as_u8_slice().as_chunks::<4>().0.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
    Some(Pixels { width: across.into(), height: down.into(), kind: Kind::Rgb, data })
}
