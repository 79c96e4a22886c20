//! An article's document: head, lead picture, text, notes, what stands below it.
//!
//! The text itself is made by `xhtml`; here it gets its frame. The headline is the document's only heading of level one.

use super::Book;
use super::markup::document;
use super::spine::Leaf;
use crate::issue::ArticleId;
use crate::xhtml::frame;

impl Book<'_> {
    /// The whole document.
    pub(super) fn article(&self, id: ArticleId) -> String {
        let article = &self.input.issue.articles[id.0];
        let mut body = self.breaks_at_head(Leaf::Article(id));
        body.push_str(&format!(
            "<article class=\"{}\" aria-labelledby=\"headline\">\n",
            frame::kind(article.manuscript.front.kind)
        ));
        body.push_str(&frame::head(self.input.issue, article, self.input.words));
        if let Some(lead) = &article.lead {
            body.push_str(&self.lead(id, lead));
        }
        body.push_str(&self.text(id));
        let about = self.line(id, &article.about);
        body.push_str(&frame::foot(self.input.issue, article, &about, self.input.words));
        body.push_str("</article>\n");
        document(&article.language, &article.manuscript.front.headline.value, "article", &body)
    }
}
