//! Partners beside each other: who leads, who has begun, who is about to be lost, and how one compares with its peers.
use base::db::Tx;
use base::http::Perform;
use base::{Actor, Date, Page, Parts, Problem, page_rows};
use figures::Days;
use figures::kpi::{self, Course, Watched};
use figures::server::{self as read, Begun, Filter, Recent, Whose};

use ::partners::Segment;

use super::board::{Frame, Wanted};
use super::shares;
use crate::access;
use crate::model::{Activation, AtRisk, Peer, Peers, Share};
use crate::verbs::{ListAtRisk, ListLeaders, PartnerPeers, VendorActivation};

/// A page of what is worked out as a whole: the cursor is the place of its first row.
fn cut<T: Clone>(all: &[T], cursor: Option<&str>, limit: Option<u32>) -> Result<Page<T>, Problem> {
    let unknown = || Problem::field("cursor", "unknown", "This is not a cursor that this list gave.");
    let from = match cursor {
        Some(text) => text.parse::<usize>().map_err(|_| unknown())?,
        None => 0,
    };
    let until = from.saturating_add(page_rows(limit) as usize);
    let items = all.iter().skip(from).take(until - from).cloned().collect();
    Ok(Page { items, next_cursor: (until < all.len()).then(|| until.to_string()), total: all.len() as u64 })
}

fn of_vendor<'a>(
    actor: &Actor,
    program: Option<base::ProgramId>,
    segment: &'a Segment,
) -> Result<Filter<'a>, Problem> {
    let whose = Whose::Vendor(access::vendor(actor)?);
    Ok(Filter { program, segment: Some(segment), ..Filter::of(whose) })
}

impl Perform for ListLeaders {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Share>, Problem> {
        let filter = of_vendor(actor, self.program, &self.segment)?;
        let mut tx = parts.db().read().await?;
        let frame = Frame::read(&mut tx, parts, filter, self.period.as_deref(), Wanted::Frame).await?;
        let days = frame.period.days(frame.today);
        let rows = read::by_partner(&mut tx, frame.filter(filter), &days, frame.currency).await?;
        let all = shares::partners(rows, frame.currency, &frame.links(filter));
        cut(&all, self.cursor.as_deref(), self.limit)
    }
}

/// The day that is today for all of the partners.
async fn today(tx: &mut Tx, parts: &Parts, filter: Filter<'_>) -> Result<Date, Problem> {
    Ok(read::today(&read::ways(tx, filter, false).await?.zones, parts.clock().now()))
}

/// Days from one day to another; never less than none.
fn days_between(from: Date, until: Date) -> i64 {
    (until - from).num_days().max(0)
}

fn days_since(day: Option<&String>, today: Date) -> Option<i64> {
    Some(days_between(day?.parse().ok()?, today))
}

impl Perform for VendorActivation {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Activation, Problem> {
        let filter = of_vendor(actor, self.program, &self.segment)?;
        let mut tx = parts.db().read().await?;
        let today = today(&mut tx, parts, filter).await?;
        let all = read::begun(&mut tx, filter).await?;
        let has = |first: fn(&Begun) -> bool| all.iter().filter(|one| first(one)).count() as i64;
        let registered = has(|one| one.first_registered.is_some());
        let waits: Vec<Watched> = all
            .iter()
            .map(|one| {
                let joined = one.joined_at().date();
                let first = one.first_registered.as_ref().and_then(|day| day.parse().ok());
                Watched { days: days_between(joined, first.unwrap_or(today)), happened: first.is_some() }
            })
            .collect();
        Ok(Activation {
            as_of: parts.clock().now(),
            recruited: all.len() as i64,
            registered,
            approved: has(|one| one.first_approved.is_some()),
            won: has(|one| one.first_won.is_some()),
            share: kpi::activation(registered, all.len() as i64),
            median_days: kpi::median_wait(&waits),
        })
    }
}

fn course(one: &Recent, today: Date) -> Course {
    Course {
        joined: days_between(one.joined_at().date(), today),
        last: days_since(one.last_registered.as_ref(), today),
        registrations: [one.registered_now, one.registered_before],
        recent: [one.won_now, one.lost_now],
        earlier: [one.won_before, one.lost_before],
    }
}

impl Perform for ListAtRisk {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<AtRisk>, Problem> {
        let filter = of_vendor(actor, self.program, &self.segment)?;
        let mut tx = parts.db().read().await?;
        let today = today(&mut tx, parts, filter).await?;
        let all = read::recent(&mut tx, filter, today).await?;
        let signs = all.iter().map(|one| AtRisk {
            partner: one.partner(),
            name: one.name.clone(),
            signs: kpi::signs(&course(one, today)),
            last_registered: one.last_registered.clone(),
        });
        let mut all: Vec<AtRisk> = signs.filter(|one| !one.signs.is_empty()).collect();
        // Most signs first; among those whoever went on longest, who has most to lose.
        all.sort_by(|a, b| {
            let by_day = |one: &AtRisk| one.last_registered.clone();
            b.signs
                .len()
                .cmp(&a.signs.len())
                .then_with(|| by_day(b).cmp(&by_day(a)))
                .then_with(|| a.name.cmp(&b.name))
        });
        cut(&all, self.cursor.as_deref(), self.limit)
    }
}

impl Perform for PartnerPeers {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Peers, Problem> {
        let own = access::partner(actor)?;
        let whose = Whose::Partner(own);
        let mut tx = parts.db().read().await?;
        let partner = ::partners::server::partner_in(&mut tx, own, base::Scope::Partner(own)).await?;
        let mut enrollments = partner.into_iter().flat_map(|partner| partner.enrollments);
        let chosen = enrollments.find(|one| self.program.is_none_or(|program| one.program == program));
        // A program that is not the partner's has no peers for it, and is not said to be.
        let Some(enrollment) = chosen else { return Ok(Peers::default()) };
        let filter = Filter { program: Some(enrollment.program), ..Filter::of(whose) };
        let frame = Frame::read(&mut tx, parts, filter, self.period.as_deref(), Wanted::Frame).await?;
        let days: Days = frame.period.days(frame.today);
        let metrics = [
            ("opp.won", Some(frame.currency)),
            ("deal.submitted", None),
            ("opp.won", None),
            ("opp.lost", None),
        ];
        let all = read::peers(&mut tx, (enrollment.program, own), metrics, &days).await?;
        let number = |values: &[i64], key: &str| match (key, values) {
            ("won_value", [won, ..]) => Some(*won),
            ("registrations", [_, registrations, ..]) => Some(*registrations),
            ("win_rate", [_, _, won, lost]) => kpi::win_rate(*won, *lost),
            _ => None,
        };
        let band = |key: &str| {
            let mine = all.iter().find(|(id, _)| *id == own).and_then(|(_, values)| number(values, key))?;
            let others: Vec<i64> = all
                .iter()
                .filter(|(id, _)| *id != own)
                .filter_map(|(_, values)| number(values, key))
                .collect();
            kpi::band(mine, &others)
        };
        let bands = ["won_value", "registrations", "win_rate"]
            .into_iter()
            .filter_map(|key| Some(Peer { key: key.to_owned(), band: band(key)? }))
            .collect();
        Ok(Peers {
            program_name: Some(enrollment.program_name),
            tier: Some(enrollment.tier),
            period: Some(frame.period.text()),
            bands,
        })
    }
}
