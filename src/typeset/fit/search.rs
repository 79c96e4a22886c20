//! The search over the whole issue: which way each article is set, what stands at its foot, where full-page adverts go,
//! so that features open on the side that the theme asks and the extent is a multiple of four.
//!
//! A beam search from the first article to the last. Its states are kept apart by the page they end on (modulo four), the
//! adverts and short texts that are used up, and what the last article left open; of equal ones only the cheapest lives.

use super::bands::{Band, advert_bit, bands};
use super::desk::Desk;
use super::options::{Need, Needs, Way};
use super::{ArticleFit, Fit, cost};
use crate::issue::AdvertId;
use crate::manifest::{AdvertPlace, AdvertSize};
use crate::typeset::plan::{self, Item, Leaf};
use crate::typeset::theme::Side;
use std::collections::BTreeMap;

/// How many states go on from article to article, for each place in a gathering of four pages.
const BEAM: usize = 50;
/// How many ways to set an article are followed, for each number of pages.
const WAYS: usize = 40;

/// What the search knows.
struct Table<'a> {
    desk: &'a Desk<'a>,
    needs: &'a [Option<Need>],
    bands: Vec<Band>,
    /// The ways of an article above a foot of so many lines.
    ways: BTreeMap<(usize, i32), Vec<Way>>,
    /// Full-page adverts without a fixed place, and the house's own.
    free: Vec<usize>,
    house: Vec<usize>,
}

/// What stands at an article's foot.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Foot {
    Nothing,
    /// A band, by its place in the table.
    Band(usize),
    /// The next article.
    Guest,
}

/// A decision about one article.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// The step before it, by its place in the list of all steps.
    before: usize,
    article: usize,
    foot: Foot,
    /// Which of its ways above such a foot.
    way: usize,
    /// A full-page advert that follows.
    follows: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    page: usize,
    used: u128,
    cost: f64,
    free: usize,
    step: usize,
    contents: usize,
    /// The trades whose adverts stand on the page before `page`, as bits.
    trades: u64,
}

/// What the search decided.
#[derive(Debug, Clone)]
pub(in crate::typeset) struct Chosen {
    pub(in crate::typeset) fit: Fit,
    pub(in crate::typeset) leaves: Vec<Leaf>,
    /// The extent that it counts on.
    pub(in crate::typeset) extent: usize,
    /// The extent that it came to; 0 until it is set.
    pub(in crate::typeset) pages: usize,
}

/// What stands around the articles, in pages.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Around {
    /// Pages of partners, credits and imprint.
    pub(in crate::typeset) back: usize,
    /// Whether the contents may take two pages.
    pub(in crate::typeset) long_contents: bool,
}

const NO_STEP: usize = usize::MAX;

/// Decides about the whole issue. What `fit` says of floats and boxes is kept.
pub(in crate::typeset) fn search(desk: &Desk<'_>, fit: &Fit, needs: &Needs, around: Around) -> Chosen {
    let mut table = Table::new(desk, needs);
    let mut steps: Vec<Step> = Vec::new();
    let mut states = table.start(around);
    let count = desk.issue.articles.len();
    // An article set at another's foot is passed over: states wait at the article that they come to next.
    let mut waiting: Vec<Vec<State>> = vec![Vec::new(); count + 2];
    waiting[0].append(&mut states);
    for article in 0..count {
        let mut here = std::mem::take(&mut waiting[article]);
        table.prune(&mut here, article);
        let candidates = if here.is_empty() { Vec::new() } else { table.candidates(article) };
        for state in here {
            for step in &candidates {
                table.set(state, Step { before: state.step, ..*step }, &mut steps, &mut waiting);
            }
        }
    }
    let mut last = std::mem::take(&mut waiting[count]);
    let closing = |s: &State| s.cost + table.closing(s, around);
    last.sort_by(|a, b| closing(a).total_cmp(&closing(b)));
    table.chosen(last.first(), &steps, fit, around)
}

impl<'a> Table<'a> {
    fn new(desk: &'a Desk<'a>, needs: &'a Needs) -> Self {
        let needs = needs.as_slice();
        let full = |house: bool| {
            let adverts = desk.issue.adverts.iter().enumerate().filter(move |(_, a)| {
                (a.size == AdvertSize::Full || a.size == AdvertSize::Double && !house)
                    && a.partner.is_none() == house
                    && a.after.is_none()
                    && a.place == AdvertPlace::RunOfBook
            });
            adverts.map(|(i, _)| i).collect()
        };
        Table { desk, needs, bands: bands(desk), ways: BTreeMap::new(), free: full(false), house: full(true) }
    }

    fn start(&self, around: Around) -> Vec<State> {
        let front = plan::front(self.desk.issue);
        let state = |contents: usize| State {
            page: front + contents,
            used: 0,
            cost: if contents > 1 { cost::MORE_CONTENTS.cost } else { 0.0 },
            free: 0,
            step: NO_STEP,
            contents,
            trades: 0,
        };
        if around.long_contents { vec![state(1), state(2)] } else { vec![state(1)] }
    }

    /// Keeps the cheapest state of each kind, and of all kinds the most promising few: what is used up early is missing
    /// later, so the white that the rest of the articles would leave counts, less what the pool can still fill.
    fn prune(&mut self, states: &mut Vec<State>, article: usize) {
        let mut white = 0.0;
        for rest in article..self.needs.len() {
            self.find_ways(rest, 0);
            let ways = self.ways.get(&(rest, 0)).into_iter().flatten();
            let least = ways.map(|w| w.cost).fold(f64::INFINITY, f64::min);
            white += if least.is_finite() { least } else { 0.0 };
        }
        let pool: Vec<(u128, f64)> = self.pool();
        let rank = |s: &State| {
            let left: f64 = pool.iter().filter(|(bit, _)| bit & s.used == 0).map(|(_, lines)| lines).sum();
            // An advert that was to stand by an article that is past will stand elsewhere, wherever that is.
            let late = self.left(s.used).into_iter();
            let late = late.filter(|a| self.desk.issue.adverts[*a].after.is_some_and(|x| x.0 < article)).count();
            s.cost + (white - left).max(0.0) + late as f64 * cost::ELSEWHERE.cost
        };
        let mut ranked: Vec<(f64, State)> = states.drain(..).map(|s| (rank(&s), s)).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        states.extend(ranked.into_iter().map(|(_, state)| state));
        let mut seen = std::collections::BTreeSet::new();
        states.retain(|s| seen.insert((s.page % 4, s.used, s.free, s.contents)));
        // As many for each place in a gathering of four: else the cheapest would all end on the same.
        let mut kept = [0; 4];
        states.retain(|s| {
            kept[s.page % 4] += 1;
            kept[s.page % 4] <= BEAM
        });
    }

    /// What can still fill a foot: its bit and the depth that it fills.
    fn pool(&self) -> Vec<(u128, f64)> {
        let single = self.bands.iter().filter(|b| b.uses.count_ones() == 1);
        single.map(|b| (b.uses, f64::from(b.lines))).collect()
    }

    /// Finds the ways of an article above a foot; how many there are.
    fn find_ways(&mut self, article: usize, foot: i32) -> usize {
        let Some(need) = &self.needs[article] else { return 0 };
        self.ways.entry((article, foot)).or_insert_with(|| need.ways(foot)).len()
    }

    /// Lines of a foot of an article.
    fn foot_lines(&self, article: usize, foot: Foot) -> i32 {
        match foot {
            Foot::Nothing => 0,
            Foot::Band(n) => self.bands[n].lines,
            Foot::Guest => self.needs.get(article + 1).and_then(Option::as_ref).map_or(0, Need::as_guest),
        }
    }

    fn way(&self, step: &Step) -> &Way {
        &self.ways[&(step.article, self.foot_lines(step.article, step.foot))][step.way]
    }

    /// Every way to set an article above every foot, the cheapest of each number of pages: foot, way, which bits it uses.
    fn candidates(&mut self, article: usize) -> Vec<Step> {
        let bands = self.bands.iter().enumerate();
        let mut feet: Vec<Foot> = vec![Foot::Nothing];
        feet.extend(bands.map(|(n, _)| Foot::Band(n)));
        feet.extend(self.takes_guest(article).then_some(Foot::Guest));
        let mut by_pages: BTreeMap<i32, Vec<(f64, Step)>> = BTreeMap::new();
        for foot in feet {
            let lines = self.foot_lines(article, foot);
            for way in 0..self.find_ways(article, lines) {
                let step = Step { before: NO_STEP, article, foot, way, follows: None };
                let (of, price) = (self.way(&step), self.foot_cost(article, foot));
                // A booked advert must stand somewhere: bands that hold one are weighed as if it were free.
                let booked = matches!(foot, Foot::Band(n) if self.bands[n].booked);
                let rank = of.cost + price - if booked { cost::ADVERT_PAGE.cost } else { 0.0 };
                by_pages.entry(of.pages + i32::from(foot == Foot::Guest) * 100).or_default().push((rank, step));
            }
        }
        let mut kept = Vec::new();
        for mut list in by_pages.into_values() {
            list.sort_by(|a, b| a.0.total_cmp(&b.0));
            // What uses little is always followed: the cheapest may all need what is used up.
            let modest = |s: &Step| !matches!(s.foot, Foot::Band(n) if self.bands[n].uses.count_ones() > 1);
            let (few, many): (Vec<Step>, Vec<Step>) = list.into_iter().map(|(_, step)| step).partition(modest);
            kept.extend(few.into_iter().chain(many.into_iter().take(WAYS)));
        }
        kept
    }

    fn foot_cost(&self, article: usize, foot: Foot) -> f64 {
        match foot {
            Foot::Nothing => 0.0,
            Foot::Band(n) => {
                let band = &self.bands[n];
                let away = band.wanted.is_some_and(|wanted| wanted != article);
                band.cost + if away { cost::ELSEWHERE.cost } else { 0.0 }
            }
            Foot::Guest => cost::SHARED_PAGE.cost,
        }
    }

    /// Whether the next article may stand at this one's foot.
    fn takes_guest(&self, article: usize) -> bool {
        let next = article + 1;
        let Some(need) = self.needs.get(next).and_then(Option::as_ref) else { return false };
        let carries = crate::typeset::plates::plate_pages(self.desk.issue, article) == 0;
        carries
            && self.desk.is_short(next)
            && self.desk.columns(next) == self.desk.columns(article)
            && self.desk.issue.articles[next].language == self.desk.issue.articles[article].language
            && need.as_guest() < self.desk.format.lines as i32 * 2 / 3
    }

    fn set(&self, state: State, step: Step, steps: &mut Vec<Step>, waiting: &mut [Vec<State>]) {
        let way = self.way(&step);
        let uses = if let Foot::Band(n) = step.foot { self.bands[n].uses } else { 0 };
        if uses & state.used != 0 {
            return;
        }
        let next = step.article + if step.foot == Foot::Guest { 2 } else { 1 };
        let mut fresh = state;
        fresh.cost +=
            way.cost + self.foot_cost(step.article, step.foot) + self.side(state.page, step.article, &way.fit);
        // Where the article has one page, what stands at its foot may face what came before.
        let trades =
            if let Foot::Band(n) = step.foot { self.trades(self.desk.trades(&self.bands[n].items)) } else { 0 };
        let before = if way.pages == 1 { state.trades } else { 0 };
        fresh.page += way.pages as usize;
        fresh.cost += Self::facing(before, trades, fresh.page - 1);
        fresh.trades = trades;
        for advert in self.booked_after(step.article, next) {
            fresh = self.after(fresh, advert);
        }
        fresh.used |= uses;
        let mut add = |fresh: State, follows: Option<usize>| {
            if fresh.cost.is_finite() {
                steps.push(Step { follows, ..step });
                waiting[next].push(State { step: steps.len() - 1, ..fresh });
            }
        };
        // The next full-page advert may follow, at a price for the distance from its even place; so may one of the house.
        if let Some(advert) = self.free.get(state.free) {
            let even = (state.free + 1) as f64 * self.needs.len() as f64 / (self.free.len() + 1) as f64;
            let uneven = (next as f64 - even).abs() * cost::UNEVEN.cost;
            let after = self.after(fresh, *advert);
            add(State { free: fresh.free + 1, cost: after.cost + uneven, ..after }, Some(*advert));
        }
        for advert in self.house.iter().filter(|a| fresh.used & advert_bit(**a) == 0) {
            let (used, cost) = (fresh.used | advert_bit(*advert), fresh.cost + cost::HOUSE_ADVERT.cost);
            add(State { page: fresh.page + 1, used, cost, trades: 0, ..fresh }, Some(*advert));
        }
        add(fresh, None);
    }

    /// A full-page advert set next.
    fn after(&self, state: State, advert: usize) -> State {
        let trades = self.trades(self.desk.issue.trade_of(advert));
        let cost = state.cost + self.split(advert, state.page) + Self::facing(state.trades, trades, state.page);
        State { page: state.page + self.advert_pages(advert), cost, trades, ..state }
    }

    /// Trades as bits.
    fn trades<'b>(&self, list: impl IntoIterator<Item = &'b str>) -> u64 {
        let partners = &self.desk.issue.partners;
        let bit =
            |trade: &str| partners.iter().position(|p| p.trade.as_deref() == Some(trade)).map_or(0, |n| 1 << (n % 64));
        list.into_iter().fold(0, |bits, trade| bits | bit(trade))
    }

    /// What it costs that adverts of these trades stand on a page, with those on the page before it.
    fn facing(before: u64, trades: u64, page: usize) -> f64 {
        // A right-hand page, whose index is even, faces the one before it.
        if before & trades != 0 && page.is_multiple_of(2) { cost::COMPETITORS.cost } else { 0.0 }
    }

    fn advert_pages(&self, advert: usize) -> usize {
        self.desk.issue.adverts[advert].size.pages()
    }

    /// What it costs that an advert begins on this page: two pages must face each other.
    fn split(&self, advert: usize, page: usize) -> f64 {
        let right = page.is_multiple_of(2);
        if self.advert_pages(advert) == 2 && right { cost::SPLIT.cost } else { 0.0 }
    }

    /// Full-page adverts booked after the articles of a step.
    fn booked_after(&self, from: usize, to: usize) -> impl Iterator<Item = usize> {
        (from..to).flat_map(|article| plan::after(self.desk.issue, article))
    }

    /// What it costs that a feature opens on this page.
    fn side(&self, page: usize, article: usize, fit: &ArticleFit) -> f64 {
        use crate::manuscript::ArticleKind;
        use crate::typeset::theme::OpenerStyle;
        // The first page is a right one.
        let right = page.is_multiple_of(2);
        if fit.opener == OpenerStyle::Spread && right {
            return f64::INFINITY;
        }
        let feature = self.desk.issue.articles[article].manuscript.front.kind == ArticleKind::Feature;
        let wrong = match self.desk.theme.side {
            Side::Any => false,
            Side::Left => right,
            Side::Right => !right,
        };
        if feature && wrong { cost::SIDE.cost } else { 0.0 }
    }

    /// Booked fractions that stand by no article yet.
    fn left(&self, used: u128) -> Vec<usize> {
        let booked = self.desk.issue.adverts.iter().enumerate();
        booked
            .filter(|(i, a)| a.size.pages() == 0 && a.partner.is_some() && used & advert_bit(*i) == 0)
            .map(|(i, _)| i)
            .collect()
    }

    fn extent(&self, state: &State, around: Around) -> usize {
        let rows = plan::rows(self.desk.issue, self.desk.format, &self.left(state.used)).len();
        let free: usize = self.free[state.free..].iter().map(|a| self.advert_pages(*a)).sum();
        state.page + free + rows + around.back + plan::closing(self.desk.issue)
    }

    /// What the end of the issue costs.
    fn closing(&self, state: &State, around: Around) -> f64 {
        let left = self.left(state.used);
        let rows = plan::rows(self.desk.issue, self.desk.format, &left).len();
        let missing = (4 - self.extent(state, around) % 4) % 4;
        let elsewhere = left.iter().filter(|a| self.desk.issue.adverts[**a].after.is_some()).count();
        let (mut split, mut page) = (0.0, state.page);
        for advert in &self.free[state.free..] {
            split += self.split(*advert, page);
            page += self.advert_pages(*advert);
        }
        let late = (self.free.len() - state.free) * self.desk.issue.articles.len() / 2;
        missing as f64 * cost::BLANK.cost
            + rows as f64 * cost::ADVERT_PAGE.cost
            + elsewhere as f64 * cost::ELSEWHERE.cost
            + late as f64 * cost::UNEVEN.cost
            + split
    }

    /// The decisions that led to a state, as the templates read them.
    fn chosen(&self, state: Option<&State>, steps: &[Step], fit: &Fit, around: Around) -> Chosen {
        let mut chosen = Chosen { fit: fit.clone(), leaves: Vec::new(), extent: 0, pages: 0 };
        let mut taken: Vec<&Step> = Vec::new();
        let mut at = state.map_or(NO_STEP, |s| s.step);
        while let Some(step) = steps.get(at) {
            taken.push(step);
            at = step.before;
        }
        taken.reverse();
        let mut middle: Vec<Leaf> = Vec::new();
        for step in taken {
            let (article, flow) = (step.article, fit.articles[step.article].flow);
            let band = match step.foot {
                Foot::Nothing => Vec::new(),
                Foot::Band(n) => self.bands[n].items.clone(),
                Foot::Guest => {
                    let guest = &mut chosen.fit.articles[article + 1];
                    *guest = ArticleFit { lead: self.desk.lead(article + 1).low, flow: true, ..ArticleFit::default() };
                    vec![Item::Article { article: article + 1, lines: self.foot_lines(article, step.foot) }]
                }
            };
            let room = self.desk.band_lines(&band);
            chosen.fit.articles[article] = ArticleFit { band, room, flow, ..self.way(step).fit.clone() };
            middle.push(Leaf::Article(article));
            let next = article + if step.foot == Foot::Guest { 2 } else { 1 };
            middle.extend(self.booked_after(article, next).chain(step.follows).map(Leaf::FullAdvert));
        }
        let (used, free) = state.map_or((0, 0), |s| (s.used, s.free));
        middle.extend(self.free[free.min(self.free.len())..].iter().map(|a| Leaf::FullAdvert(*a)));
        let left = self.left(used);
        middle.extend(plan::rows(self.desk.issue, self.desk.format, &left).into_iter().map(Leaf::Adverts));
        chosen.leaves = plan::around(self.desk.issue, middle);
        chosen.fit.contents = state.map_or(1, |s| s.contents);
        chosen.extent = state.map_or(0, |s| self.extent(s, around));
        chosen
    }
}

/// The adverts that a layout shows, in page order, with the article on or after whose last page each stands.
pub(in crate::typeset) fn advert_order(leaves: &[Leaf], fit: &Fit) -> Vec<(AdvertId, Option<crate::issue::ArticleId>)> {
    use crate::issue::ArticleId;
    let mut list = Vec::new();
    let mut before = None;
    let adverts = |items: &[Item]| -> Vec<usize> {
        items.iter().filter_map(|i| if let Item::Advert { advert, .. } = i { Some(*advert) } else { None }).collect()
    };
    for leaf in leaves {
        match leaf {
            Leaf::FullAdvert(advert) => list.push((AdvertId(*advert), before)),
            Leaf::Adverts(rows) => list.extend(rows.iter().flat_map(|r| adverts(r)).map(|a| (AdvertId(a), before))),
            Leaf::Article(article) => {
                before = Some(ArticleId(*article));
                list.extend(adverts(&fit.articles[*article].band).into_iter().map(|a| (AdvertId(a), before)));
            }
            Leaf::Cover | Leaf::Contents | Leaf::Back => {}
        }
    }
    list
}
