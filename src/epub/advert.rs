//! An advert's document: marked as one by a heading, with what it says and where it leads.
//!
//! An advert without artwork that e-readers can show (a PDF that was not made into a picture) is set from its words.

use super::Book;
use super::markup::document;
use super::spine::Leaf;
use crate::issue::{Advert, AdvertId, Alt};
use crate::xhtml::{attribute, frame, text};

impl Book<'_> {
    /// The whole document.
    pub(super) fn advert(&self, id: AdvertId) -> String {
        let input = self.input;
        let advert = &input.issue.adverts[id.0];
        let partner = advert.partner.and_then(|p| input.issue.partners.get(p));
        let label = match partner {
            Some(partner) => input.words.labelled(input.words.advertisement, &partner.name),
            None => input.words.labelled(input.words.advertisement, &input.issue.publication.title.value),
        };
        let mut body = self.breaks_at_head(Leaf::Advert(id));
        body.push_str("<section class=\"advert\" aria-labelledby=\"label\">\n");
        body.push_str(&format!("<h1 class=\"advert-label\" id=\"label\">{}</h1>\n", text(&label)));
        self.artwork(&mut body, advert);
        if let Some(link) = &advert.link {
            body.push_str(&format!("<p class=\"advert-link\">{}</p>\n", frame::outside_link(link)));
        }
        body.push_str("</section>\n");
        document(&input.issue.publication.language.value, &label, "advert-page", &body)
    }

    fn artwork(&self, out: &mut String, advert: &Advert) {
        let words = self.input.words;
        let said = match &advert.alt {
            Alt::Text(alt) => alt.as_str(),
            Alt::Decorative => "",
            Alt::Missing => words.alt_to_come,
        };
        match self.pictures.get(advert.picture) {
            Some(placed) => out.push_str(&format!(
                "<figure><img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\"/></figure>\n",
                placed.href,
                attribute(said),
                placed.width,
                placed.height
            )),
            None if self.input.issue.pictures[advert.picture.0].stand_in => {
                out.push_str(&format!("<p class=\"stand-in\">{}</p>\n", text(words.advert_to_come)));
            }
            None => out.push_str(&format!("<p class=\"advert-panel\">{}</p>\n", text(said))),
        }
    }
}
