//! Performs `ExploreFigures`: one figure, told apart by one thing, beside the days that are compared with.
use std::collections::BTreeMap;

use base::db::Tx;
use base::http::Perform;
use base::{Actor, BrandId, Date, OrganizationId, Parts, Problem, ProductId, ProgramId, Side, UserId};
use figures::server::{self as read, Axis, Filter, Named, Piece, Whose};
use figures::{Against, Days};
use partners::{PartnerType, Segment, Tier};
use sqlx::types::Uuid;

use super::board::{Frame, Wanted};
use super::links::{Links, records};
use super::measures::value;
use super::sums::Sums;
use crate::access;
use crate::model::{By, Exploration, Measure, Slice};
use crate::verbs::ExploreFigures;

/// Rows at most; those with most are shown.
const ROWS: usize = 200;
/// Months at most in which each row is told.
const MONTHS: usize = 24;

impl Perform for ExploreFigures {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Exploration, Problem> {
        let is_partner = actor.side() == Some(Side::Partner);
        let whose = if is_partner {
            Whose::Partner(access::partner(actor)?)
        } else {
            Whose::Vendor(access::vendor(actor)?)
        };
        let measure = self.measure.unwrap_or(Measure::WonValue);
        let usual = if measure.fits(By::Month) {
            By::Month
        } else if measure.fits(By::State) {
            By::State
        } else {
            By::Product
        };
        let by = self.by.unwrap_or(usual);
        if !measure.fits(by) {
            return Err(Problem::field("by", "does_not_fit", "This figure cannot be told apart by that."));
        }
        if is_partner && (by.is_of_partners() || self.partner.is_some() || self.segment.is_of_partners()) {
            return Err(Problem::forbidden("side", "Other partners' figures are for the vendor to see."));
        }
        let filter = Filter {
            program: self.program,
            partner: self.partner,
            segment: Some(&self.segment),
            ..Filter::of(whose)
        };
        let mut tx = parts.db().read().await?;
        let against = self.against.as_deref().and_then(Against::parse).unwrap_or_default();
        let whole = Wanted::Whole(against);
        let frame = Frame::read(&mut tx, parts, filter, self.period.as_deref(), whole).await?;
        let (days, filter) = (frame.period.days(frame.today), frame.filter(filter));
        let exploring = Exploring {
            filter,
            measure,
            by: if by == By::Day && !frame.period.is_short(frame.today) { By::Month } else { by },
            frame,
        };
        let now = exploring.apart(&mut tx, &days).await?;
        let earlier = match &exploring.frame.before {
            Some((days, _)) if !exploring.by.is_time() => Some(exploring.flows(&mut tx, days).await?),
            _ => None,
        };
        let (total, previous) = (
            exploring.value(&exploring.frame.standing, &exploring.frame.flowed),
            exploring.frame.before.as_ref().and_then(|(_, before)| exploring.before(before)),
        );
        let each_month = self.months == Some(true) && !by.is_time() && !measure.flows().is_empty();
        let months = if each_month { exploring.by_month(&mut tx, &days).await? } else { Vec::new() };
        let rows = exploring.rows(&mut tx, now, earlier, &months).await?;
        Ok(Exploration {
            as_of: parts.clock().now(),
            measure,
            by: exploring.by,
            unit: measure.unit(),
            period: exploring.frame.period.text(),
            against: against.as_str().to_owned(),
            currency: exploring.frame.currency.code().to_owned(),
            converted: exploring.frame.converted(),
            total,
            previous,
            months: months.into_iter().map(|(month, _)| month).collect(),
            rows,
        })
    }
}

/// What is asked, and the whole that it is a part of.
struct Exploring<'a> {
    filter: Filter<'a>,
    measure: Measure,
    by: By,
    frame: Frame,
}

/// What stands and what happened, of one row.
#[derive(Default)]
struct Part {
    standing: Sums,
    flowed: Sums,
}

type Apart = BTreeMap<String, Part>;

impl Exploring<'_> {
    const fn axis(&self) -> Axis {
        match self.by {
            By::Month => Axis::Month,
            By::Day => Axis::Day,
            By::Product => Axis::Product,
            By::Program | By::Brand => Axis::Program,
            By::Partner => Axis::Partner,
            By::Tier => Axis::Tier,
            By::PartnerType => Axis::PartnerTypes,
            By::Territory => Axis::Territory,
            By::ChannelManager => Axis::ChannelManager,
            By::State => Axis::State,
        }
    }

    fn value(&self, standing: &Sums, flowed: &Sums) -> Option<i64> {
        value(self.measure, standing, flowed, self.frame.currency)
    }

    /// The figure of days before; none of what stands, which is not known of the past.
    fn before(&self, flowed: &Sums) -> Option<i64> {
        if self.measure.flows().is_empty() { None } else { self.value(&Sums::default(), flowed) }
    }

    /// What stands and what happened within the days, row by row.
    async fn apart(&self, tx: &mut Tx, days: &Days) -> Result<Apart, Problem> {
        let mut all = Apart::new();
        let stands = self.measure.stands();
        for Piece { key, sum, .. } in read::by(tx, self.filter, self.axis(), stands, (None, false)).await? {
            all.entry(key).or_default().standing.0.push(sum);
        }
        self.add_flows(tx, days, &mut all).await?;
        self.rest(&mut all, &self.frame.standing, &self.frame.flowed);
        self.split(all, tx).await
    }

    /// What happened within the days, row by row, in each of the last months.
    async fn by_month(&self, tx: &mut Tx, days: &Days) -> Result<Vec<(String, Apart)>, Problem> {
        let (flows, within) = (self.measure.flows(), (Some(days), true));
        let mut months: BTreeMap<String, Apart> = BTreeMap::new();
        for Piece { key, month, sum } in read::by(tx, self.filter, self.axis(), flows, within).await? {
            months.entry(month).or_default().entry(key).or_default().flowed.0.push(sum);
        }
        let mut whole: BTreeMap<String, Sums> = BTreeMap::new();
        for Piece { key, sum, .. } in
            read::by(tx, self.filter, Axis::Month, flows, (Some(days), false)).await?
        {
            whole.entry(key).or_default().0.push(sum);
        }
        let known: Vec<String> = whole.keys().cloned().collect();
        let mut every = between(&known, days, By::Month);
        every.drain(..every.len().saturating_sub(MONTHS));
        let mut all = Vec::with_capacity(every.len());
        for month in every {
            let mut apart = months.remove(&month).unwrap_or_default();
            if let Some(whole) = whole.get(&month) {
                self.rest(&mut apart, &Sums::default(), whole);
            }
            all.push((month, self.split(apart, tx).await?));
        }
        Ok(all)
    }

    /// The figure of each row in each month.
    fn cells(&self, rows: &mut [(String, Slice)], months: &[(String, Apart)]) {
        for (key, row) in rows {
            let cell = |(_, apart): &(String, Apart)| {
                apart.get(key).and_then(|part| self.value(&Sums::default(), &part.flowed))
            };
            row.cells = months.iter().map(cell).collect();
        }
    }

    /// What happened within the days, row by row.
    async fn flows(&self, tx: &mut Tx, days: &Days) -> Result<Apart, Problem> {
        let mut all = Apart::new();
        self.add_flows(tx, days, &mut all).await?;
        self.split(all, tx).await
    }

    async fn add_flows(&self, tx: &mut Tx, days: &Days, all: &mut Apart) -> Result<(), Problem> {
        let flows = self.measure.flows();
        for Piece { key, sum, .. } in
            read::by(tx, self.filter, self.axis(), flows, (Some(days), false)).await?
        {
            all.entry(key).or_default().flowed.0.push(sum);
        }
        Ok(())
    }

    /// What belongs to none of the partners: the whole without the parts.
    fn rest(&self, all: &mut Apart, standing: &Sums, flowed: &Sums) {
        if !self.by.is_of_partners()
            || self.filter.partner.is_some()
            || self.filter.segment.is_some_and(Segment::is_of_partners)
        {
            return;
        }
        let parts = || all.values();
        let rest = Part {
            standing: standing.without(parts().map(|part| &part.standing), self.measure.stands()),
            flowed: flowed.without(parts().map(|part| &part.flowed), self.measure.flows()),
        };
        if !rest.standing.0.is_empty() || !rest.flowed.0.is_empty() {
            let none = all.entry(String::new()).or_default();
            none.standing.0.extend(rest.standing.0);
            none.flowed.0.extend(rest.flowed.0);
        }
    }

    /// Rows as they are shown: programs of a brand together, a partner of two types in both.
    async fn split(&self, all: Apart, tx: &mut Tx) -> Result<Apart, Problem> {
        let mut shown = Apart::new();
        let mut put = |key: String, part: &Part| {
            let to = shown.entry(key).or_default();
            to.standing.0.extend(part.standing.0.iter().cloned());
            to.flowed.0.extend(part.flowed.0.iter().cloned());
        };
        match self.by {
            By::Brand => {
                let ids: Vec<Uuid> = all.keys().filter_map(|key| Uuid::try_parse(key).ok()).collect();
                let brands = read::brands_of(tx, &ids).await?;
                for (key, part) in &all {
                    let program = Uuid::try_parse(key).ok();
                    let brand = brands.iter().find(|(known, _)| Some(*known) == program);
                    put(brand.map_or_else(String::new, |(_, brand)| brand.simple().to_string()), part);
                }
            }
            By::PartnerType => {
                for (key, part) in &all {
                    if key.is_empty() {
                        put(String::new(), part);
                    }
                    key.split_whitespace().for_each(|kind| put(kind.to_owned(), part));
                }
            }
            _ => return Ok(all),
        }
        Ok(shown)
    }

    async fn rows(
        &self,
        tx: &mut Tx,
        now: Apart,
        earlier: Option<Apart>,
        months: &[(String, Apart)],
    ) -> Result<Vec<Slice>, Problem> {
        let mut keys: Vec<String> =
            now.keys().chain(earlier.iter().flat_map(BTreeMap::keys)).cloned().collect();
        if self.by.is_time() {
            keys.extend(between(&keys, &self.frame.period.days(self.frame.today), self.by));
        }
        keys.sort();
        keys.dedup();
        let nothing = Part::default();
        let mut rows: Vec<(String, Slice)> = keys
            .into_iter()
            .map(|key| {
                let part = now.get(&key).unwrap_or(&nothing);
                let before =
                    earlier.as_ref().map(|all| all.get(&key).map_or(&nothing.flowed, |part| &part.flowed));
                let row = Slice {
                    value: self.value(&part.standing, &part.flowed),
                    previous: before.and_then(|before| self.before(before)),
                    records_url: self.records(&key),
                    name: String::new(),
                    cells: Vec::new(),
                    key: key.clone(),
                };
                (key, row)
            })
            .collect();
        if !self.by.is_time() {
            rows.retain(|(_, row)| row.value.is_some_and(|n| n != 0) || row.previous.is_some_and(|n| n != 0));
            rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.value));
            rows.truncate(ROWS);
        }
        self.cells(&mut rows, months);
        let mut rows: Vec<Slice> = rows.into_iter().map(|(_, row)| row).collect();
        self.name(tx, &mut rows).await?;
        Ok(rows)
    }

    /// Names of records, and their ids as the API writes them.
    async fn name(&self, tx: &mut Tx, rows: &mut [Slice]) -> Result<(), Problem> {
        let named = match self.by {
            By::Product => Named::Product,
            By::Program => Named::Program,
            By::Brand => Named::Brand,
            By::Partner => Named::Organization,
            By::ChannelManager => Named::Person,
            _ => return Ok(()),
        };
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| Uuid::try_parse(&row.key).ok()).collect();
        let names = read::names(tx, named, &ids).await?;
        for row in rows {
            let Ok(id) = Uuid::try_parse(&row.key) else { continue };
            if let Some((_, name)) = names.iter().find(|(known, _)| *known == id) {
                row.name.clone_from(name);
            }
            row.key = self.id(id);
        }
        Ok(())
    }

    fn id(&self, id: Uuid) -> String {
        match self.by {
            By::Product => ProductId(id).to_string(),
            By::Program => ProgramId(id).to_string(),
            By::Brand => BrandId(id).to_string(),
            By::ChannelManager => UserId(id).to_string(),
            _ => OrganizationId(id).to_string(),
        }
    }

    /// Where the records of a row are found; none where no list can be narrowed to them.
    fn records(&self, key: &str) -> Option<String> {
        let mut links = self.frame.links(self.filter);
        let mut segment = self.filter.segment.cloned().unwrap_or_default();
        let id = Uuid::try_parse(key).ok();
        let mut product = String::new();
        let mut state = None;
        match self.by {
            By::Product => product = format!("&product={}", ProductId(id?)),
            By::Program => links.filter.program = Some(ProgramId(id?)),
            By::Partner => links.filter.partner = Some(OrganizationId(id?)),
            By::Brand => segment.brand = Some(BrandId(id?)),
            By::ChannelManager => segment.channel_manager = Some(UserId(id?)),
            By::Tier => segment.tier = Some(Tier::parse(key)?),
            By::PartnerType => segment.partner_type = Some(PartnerType::parse(key)?),
            By::Territory if key.is_empty() => return None,
            By::Territory => segment.territory = Some(key.to_owned()),
            By::Month | By::Day => {
                let days = figures::Period::parse(key)?.days(self.frame.today);
                // The first and the last month may be in the period in part.
                let (start, end) =
                    (days.start.max(links.days.start.clone()), days.end.min(links.days.end.clone()));
                (links.days, links.bounded) = (Days { start, end }, true);
            }
            By::State => state = Some(key),
        }
        records(
            &Links { filter: Filter { segment: Some(&segment), ..links.filter }, ..links },
            self.measure,
            &product,
            state,
        )
    }
}

/// The months or days from the first that is known, or the first of a bounded period, to the last, so that none is left out.
fn between(keys: &[String], days: &Days, by: By) -> Vec<String> {
    let length = if by == By::Month { 7 } else { 10 };
    let first = keys.iter().min().map_or("", String::as_str);
    let first = if by == By::Day { days.start.as_str() } else { first };
    let start = if first.len() == 7 { format!("{first}-01") } else { first.to_owned() };
    let Ok(mut day) = start.parse::<Date>() else { return Vec::new() };
    let mut all = Vec::new();
    while day.to_string() < days.end && all.len() < 3660 {
        let text = day.to_string();
        all.push(text[..length].to_owned());
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    all.dedup();
    all
}
