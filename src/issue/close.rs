//! The one way from a draft to an issue, and only with a report that holds no error.
//!
//! In a draft build what is missing becomes a marked stand-in; nothing else is softened.

use super::slug::Slugs;
use super::{
    Advert, AdvertId, Alt, Article, ArticleId, ArticleLink, Cover, CoverLine, Issue, Partner, Picture, PictureId,
    PlacedFigure, Section,
};
use crate::credit::{self, Credit};
use crate::draft::walk::{Part, inlines, walk};
use crate::draft::{Draft, DraftArticle, LinkTarget, Mode, Place, Use};
use crate::manifest::{AdvertPlace, Publication, Terms, Trim};
use crate::manuscript::{InlineKind, Width};
use crate::picture::{Channels, Format, Probe};
use crate::report::{Report, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Issue {
    /// The trade of the partner whose advert it is, if that is said.
    pub fn trade_of(&self, advert: usize) -> Option<&str> {
        let partner = self.adverts.get(advert)?.partner?;
        self.partners.get(partner)?.trade.as_deref()
    }

    /// Closes a draft. `None` when the report holds an error, or the draft has nothing to make an issue of.
    pub fn close(draft: Draft, report: &Report, mode: Mode) -> Option<Issue> {
        if report.has_errors() {
            return None;
        }
        let mut pictures = Pictures::new(&draft, mode);
        let cover = cover(&draft, &mut pictures)?;
        let numbers = numbers(&draft);
        let mut slugs = Slugs::default();
        let (mut articles, mut fillers) = (Vec::new(), Vec::new());
        for (index, article) in draft.articles.iter().enumerate() {
            let closed = close_article(&draft, index, article, &numbers, &mut slugs, &mut pictures)?;
            if article.section.is_some() { &mut articles } else { &mut fillers }.push(closed);
        }
        let adverts = adverts(&draft, &numbers, &mut pictures)?;
        let partners = partners(&draft, &mut pictures);
        let sections = sections(&draft, &mut articles);
        let list = pictures.list;
        let Draft { publication, issue, .. } = draft;
        let trim = publication.trim;
        Some(Issue {
            publication,
            file: issue.file,
            trim,
            name: issue.folder,
            number: issue.number.value,
            volume: issue.volume.map(|v| v.value),
            date: issue.date.value,
            title: issue.title.map(|t| t.value),
            status: issue.status,
            revision: issue.revision,
            modified: issue.modified,
            price: issue.price.map(|p| p.value),
            draft: mode == Mode::Draft,
            cover,
            sections,
            articles,
            adverts,
            fillers,
            partners,
            pictures: list,
        })
    }

    /// An article by its number.
    pub fn article(&self, id: ArticleId) -> Option<&Article> {
        self.articles.get(id.0)
    }

    /// An advert by its number.
    pub fn advert(&self, id: AdvertId) -> Option<&Advert> {
        self.adverts.get(id.0)
    }
}

/// The number of each listed article among the articles; fillers have none.
fn numbers(draft: &Draft) -> Vec<Option<ArticleId>> {
    let mut next = 0;
    let number = |article: &DraftArticle| {
        article.section.map(|_| {
            next += 1;
            ArticleId(next - 1)
        })
    };
    draft.articles.iter().map(number).collect()
}

/// Sections that have articles; the articles' section numbers follow.
fn sections(draft: &Draft, articles: &mut [Article]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (number, entry) in draft.issue.sections.iter().enumerate() {
        let of: Vec<usize> = (0..articles.len()).filter(|&a| articles[a].section == number).collect();
        if of.is_empty() {
            continue;
        }
        sections.push(Section { title: entry.title.value.clone(), articles: of.into_iter().map(ArticleId).collect() });
    }
    for (number, section) in sections.iter().enumerate() {
        for id in &section.articles {
            articles[id.0].section = number;
        }
    }
    sections
}

fn cover(draft: &Draft, pictures: &mut Pictures<'_>) -> Option<Cover> {
    let used = draft.uses.iter().find(|u| u.place == Place::Cover);
    let (picture, alt) = match used {
        Some(used) => (pictures.of(used)?, alt(used)),
        None => (pictures.stand_in("cover", Place::Cover)?, Alt::Missing),
    };
    let line = |l: &crate::manifest::CoverLine| CoverLine {
        headline: l.headline.value.clone(),
        text: l.text.as_ref().map(|t| t.value.clone()),
    };
    let lines = draft.issue.cover.iter().flat_map(|c| &c.lines).map(line).collect();
    Some(Cover { picture, alt, lines })
}

fn close_article(
    draft: &Draft,
    index: usize,
    article: &DraftArticle,
    numbers: &[Option<ArticleId>],
    slugs: &mut Slugs,
    pictures: &mut Pictures<'_>,
) -> Option<Article> {
    let manuscript = article.manuscript.clone()?;
    let path = article.path.as_deref().ok()?;
    let mut lead = None;
    let mut figures = BTreeMap::new();
    for used in draft.uses.iter().filter(|u| u.place.article() == Some(index)) {
        let placed = PlacedFigure { picture: pictures.of(used)?, alt: alt(used), caption: used.caption.clone() };
        match used.place {
            Place::Lead(_) => lead = Some(placed),
            _ => {
                figures.insert(used.span, placed);
            }
        }
    }
    let front = &manuscript.front;
    let language = front.language.as_ref().unwrap_or(&draft.publication.language).value.clone();
    let named = front.sponsored.as_ref();
    let sponsor = named.and_then(|id| draft.issue.partners.iter().position(|p| p.id.value == id.value));
    Some(Article {
        slug: slugs.next(path),
        section: article.section.unwrap_or(0),
        language,
        lead,
        figures,
        links: links(draft, index, article, numbers),
        about: article.about.clone(),
        sponsor,
        manuscript,
    })
}

/// Links to other articles, by the place of their target.
fn links(
    draft: &Draft,
    index: usize,
    article: &DraftArticle,
    numbers: &[Option<ArticleId>],
) -> BTreeMap<Span, ArticleLink> {
    let mut links = BTreeMap::new();
    let mut see = |part: Part<'_>| {
        let Part::Inline(inline) = part else { return };
        let InlineKind::Link(link) = &inline.kind else { return };
        if let LinkTarget::Article { article, id } = draft.link(index, &link.target)
            && let Some(number) = numbers.get(article).copied().flatten()
        {
            links.insert(link.target.span, ArticleLink { article: number, id });
        }
    };
    article.manuscript.iter().for_each(|m| walk(m, &mut see));
    inlines(&article.about, &mut see);
    for used in draft.uses.iter().filter(|u| u.borrowed_caption && u.place.article() == Some(index)) {
        inlines(&used.caption, &mut see);
    }
    links
}

fn adverts(draft: &Draft, numbers: &[Option<ArticleId>], pictures: &mut Pictures<'_>) -> Option<Vec<Advert>> {
    let mut list = Vec::new();
    for used in &draft.uses {
        let Place::Advert(index) = used.place else { continue };
        let entry = draft.adverts().nth(index)?;
        let after = match &entry.place {
            AdvertPlace::After(name) => draft.article_listed(name).and_then(|i| numbers[i]),
            _ => None,
        };
        let named = entry.partner.as_ref();
        list.push(Advert {
            span: entry.span,
            id: entry.id.value.clone(),
            partner: named.and_then(|id| draft.issue.partners.iter().position(|p| p.id.value == id.value)),
            picture: pictures.of(used)?,
            size: entry.size,
            place: entry.place.clone(),
            after,
            alt: alt(used),
            link: entry.link.as_ref().map(|l| l.value.clone()),
        });
    }
    Some(list)
}

fn partners(draft: &Draft, pictures: &mut Pictures<'_>) -> Vec<Partner> {
    let logo = |index: usize| draft.uses.iter().find(|u| u.place == Place::Logo(index));
    let entries = draft.issue.partners.iter().enumerate();
    let close = |(index, entry): (usize, &crate::manifest::PartnerEntry)| Partner {
        name: entry.name.value.clone(),
        trade: entry.trade.as_ref().map(|t| t.value.trim().to_lowercase()),
        // A logo that is still missing leaves the name alone.
        logo: logo(index).filter(|u| u.path.is_ok()).and_then(|u| pictures.of(u)),
        link: entry.link.as_ref().map(|l| l.value.clone()),
        text: entry.text.as_ref().map(|t| t.value.clone()),
    };
    entries.map(close).collect()
}

fn alt(used: &Use) -> Alt {
    match &used.alt {
        _ if used.decorative => Alt::Decorative,
        Some(text) => Alt::Text(text.value.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => Alt::Missing,
    }
}

/// The pictures of the issue, each once however often and under how many names it is used.
struct Pictures<'a> {
    draft: &'a Draft,
    mode: Mode,
    credits: BTreeMap<&'a str, Credit>,
    known: BTreeMap<String, PictureId>,
    list: Vec<Picture>,
}

impl<'a> Pictures<'a> {
    fn new(draft: &'a Draft, mode: Mode) -> Self {
        let mut credits = BTreeMap::new();
        for used in draft.uses.iter().filter(|u| u.place.is_editorial()) {
            let Some(probe) = draft.probe_of(used) else { continue };
            let entry = draft.entry_of(used).and_then(|e| e.credit.as_ref());
            let written = used.credit.as_ref().or(entry).filter(|c| !c.value.trim().is_empty());
            if let Some(wording) = written {
                credits.entry(probe.hash.as_str()).or_insert_with(|| credit::from_field(wording));
            }
        }
        Pictures { draft, mode, credits, known: BTreeMap::new(), list: Vec::new() }
    }

    /// Whose a picture is: as credited, else as the ledger says, else the publication's own. A licence that only the ledger
    /// knows goes with it.
    fn credit_of(&self, used: &Use, hash: &str) -> Option<Credit> {
        let entry = self.draft.rights_of_use(used);
        let noted = || entry.and_then(|e| e.credit()).map(|words| credit::from_field(&words));
        let mut credit = self.credits.get(hash).cloned().or_else(noted).or_else(|| own(&self.draft.publication))?;
        if let Some(words) = entry.and_then(|e| e.licence.as_ref()).filter(|_| credit.licence.is_none()) {
            credit.licence = credit::from_field(words).licence;
        }
        if let Some(file) = used.path.as_ref().ok().and_then(|path| self.draft.pictures.get(path)) {
            credit.notice.clone_from(&file.embedded.notice);
            credit.source_type.clone_from(&file.embedded.source_type);
        }
        Some(credit)
    }

    /// The picture of a use; a stand-in if it is missing and this is a draft build.
    fn of(&mut self, used: &Use) -> Option<PictureId> {
        let Some(probe) = self.draft.probe_of(used) else { return self.stand_in(&used.written, used.place) };
        let editorial = used.place.is_editorial();
        if let Some(&known) = self.known.get(&probe.hash) {
            let credit = self.credit_of(used, &probe.hash);
            let picture = &mut self.list[known.0];
            picture.focus = picture.focus.or(used.focus);
            if editorial && !picture.credited {
                picture.credited = true;
                picture.credit = credit;
                picture.terms = Terms::of(picture.credit.as_ref(), picture.rights.as_ref());
            }
            return Some(known);
        }
        let rights = self.draft.rights_of_use(used).cloned();
        let credit = self.credit_of(used, &probe.hash).filter(|_| editorial);
        let picture = Picture {
            terms: Terms::of(credit.as_ref(), rights.as_ref()),
            rights,
            path: used.path.clone().ok()?,
            probe: Arc::clone(probe),
            credit,
            focus: used.focus,
            credited: editorial,
            stand_in: false,
        };
        self.list.push(picture);
        let id = PictureId(self.list.len() - 1);
        self.known.insert(probe.hash.clone(), id);
        Some(id)
    }

    /// A stand-in of the shape that its place wants.
    fn stand_in(&mut self, name: &str, place: Place) -> Option<PictureId> {
        if self.mode != Mode::Draft {
            return None;
        }
        let key = format!("{place:?}/{name}");
        if let Some(&known) = self.known.get(&key) {
            return Some(known);
        }
        let (width, height) = self.shape(place);
        let probe = Probe {
            format: Format::Jpeg,
            width,
            height,
            orientation: 1,
            hash: format!("stand-in-{width}x{height}"),
            alpha: false,
            channels: Channels::Rgb,
            bits: 8,
            foreign_colour: false,
            animated: false,
            likeness: None,
            hidden: None,
        };
        self.list.push(Picture {
            path: String::new(),
            probe: Arc::new(probe),
            credit: None,
            rights: None,
            terms: Terms::default(),
            focus: None,
            credited: false,
            stand_in: true,
        });
        let id = PictureId(self.list.len() - 1);
        self.known.insert(key, id);
        Some(id)
    }

    fn shape(&self, place: Place) -> (u32, u32) {
        let pixels = |(w, h): (crate::manifest::Mm, crate::manifest::Mm)| ((w.0 * 10.0) as u32, (h.0 * 10.0) as u32);
        let Trim { width, height } = self.draft.publication.trim;
        match place {
            Place::Cover | Place::Figure(_, Width::Page) => pixels((width, height)),
            Place::Advert(index) => {
                let size = self.draft.adverts().nth(index).map(|a| a.size);
                size.map_or((1500, 1000), |s| pixels(crate::check::slots::slot(self.draft.publication.trim, s)))
            }
            _ => (1500, 1000),
        }
    }
}

/// The credit of a picture that is the publication's own.
fn own(publication: &Publication) -> Option<Credit> {
    publication.own_pictures.as_ref().map(|whose| credit::from_field(whose))
}
