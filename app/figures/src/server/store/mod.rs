//! The tables of sums; nothing else writes them.
//!
//! A sum belongs to somebody (`whose`: a vendor, or a partner), is of a day, a month, or of now, and of one program,
//! metric, dimension and currency. What happens to a partner's deal is added for the partner and for its vendor, on its day
//! and in its month, so that whoever reads adds up few rows: a vendor with thousands of partners as few as a partner.
mod activity;
mod add;
mod board;
mod by;
mod deals;
mod opportunities;
mod partners;
mod read;
mod times;
mod whole;

use ::partners::Segment;
use ::partners::server::{conditions, of_brand};
use base::db::{Bind, Engine};
use base::{Currency, OrganizationId, ProgramId};
use rates::server::{Converted, converted};

pub use self::partners::{Of, by_partner, peers, reached, reached_each};
pub use activity::{Begun, Recent, begun, recent};
pub(super) use add::{Place, add};
pub use board::{Board, Extent, Month, board};
pub use by::{Axis, Piece, by};
pub(super) use deals::{Counted, deal, last_counted, remember};
pub(super) use opportunities::{count_all, count_moved};
pub use read::{Named, Narrowed, Sum, brands_of, names, weeks};
pub use times::{Ways, ways, zones};
pub(super) use times::{note_zone, submitted_at, zone_at};
pub(super) use whole::{clear, snapshot};

use crate::period::Days;
use crate::ranges::{Range, ranges};

/// Whose figures are asked for; already checked against the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Vendor(OrganizationId),
    Partner(OrganizationId),
}

/// Whose sums, and narrowed to what.
#[derive(Clone, Copy, Debug)]
pub struct Filter<'a> {
    pub whose: Whose,
    pub program: Option<ProgramId>,
    /// Of a vendor's sums only those of this partner.
    pub partner: Option<OrganizationId>,
    /// Of a vendor's sums only those of these partners.
    pub segment: Option<&'a Segment>,
    /// Money of other currencies is counted in this one, where the vendor has rates for it; else each in its own.
    pub into: Option<Currency>,
}

impl<'a> Filter<'a> {
    /// Everything of a vendor or partner.
    #[must_use]
    pub const fn of(whose: Whose) -> Self {
        Self { whose, program: None, partner: None, segment: None, into: None }
    }

    /// The segment, where it says something of partners: then sums are read from theirs, one partner after the other.
    fn partners(self) -> Option<&'a Segment> {
        let is_vendor = matches!(self.whose, Whose::Vendor(_));
        self.segment.filter(|segment| is_vendor && segment.is_of_partners())
    }

    /// The rows `f` of the filter.
    fn rows(self) -> Rows {
        let mut rows = Rows::default();
        if self.partners().is_some() {
            self.members(&mut rows, true);
            return rows;
        }
        rows.convert(self.into);
        let (Whose::Vendor(whose) | Whose::Partner(whose)) = self.whose;
        // A vendor that looks at one partner reads the partner's, as far as they are with it.
        let id = match (self.whose, self.partner) {
            (Whose::Vendor(_), Some(partner)) => partner,
            _ => whose,
        };
        let place = rows.place(Bind::Id(id.0));
        rows.conditions.push(format!("f.whose = {place}"));
        if id != whose {
            let place = rows.place(Bind::Id(whose.0));
            rows.conditions.push(format!("f.vendor_id = {place}"));
        }
        self.programs(&mut rows);
        rows
    }

    fn programs(self, rows: &mut Rows) {
        if let Some(program) = self.program {
            let place = rows.place(Bind::Id(program.0));
            rows.conditions.push(format!("f.program_id = {place}"));
        }
        if let Some(brand) = self.segment.and_then(|segment| segment.brand) {
            let place = rows.place(Bind::Id(brand.0));
            rows.conditions.push(of_brand("f.program_id", &place));
        }
    }

    /// The rows `f` of each of a vendor's partners, beside its enrollment `e`. Where programs do not matter a partner is there
    /// once, with everything that it has with the vendor, in whatever program; else once for each program that it is in.
    fn members(self, rows: &mut Rows, by_program: bool) {
        rows.convert(self.into);
        let chosen = self.chosen(rows);
        rows.conditions.push("f.whose = e.partner_id and f.vendor_id = e.vendor_id".to_owned());
        if by_program || self.partners().is_some() {
            rows.from.push_str("enrollment e cross join ");
            rows.conditions.push(format!("f.program_id = e.program_id and {chosen}"));
        } else {
            rows.from = format!(
                "(select distinct e.partner_id, e.vendor_id from enrollment e where {chosen}) e cross join "
            );
            self.programs(rows);
        }
    }

    /// The conditions on the enrollments `e` that are meant.
    fn chosen(self, rows: &mut Rows) -> String {
        let (Whose::Vendor(whose) | Whose::Partner(whose)) = self.whose;
        let place = rows.place(Bind::Id(whose.0));
        let mut chosen = vec![format!("e.vendor_id = {place}")];
        if let Some(partner) = self.partner {
            chosen.push(format!("e.partner_id = {}", rows.place(Bind::Id(partner.0))));
        }
        if let Some(program) = self.program {
            chosen.push(format!("e.program_id = {}", rows.place(Bind::Id(program.0))));
        }
        if let Some(segment) = self.segment {
            chosen.extend(conditions(segment, |bind| rows.place(bind)));
        }
        chosen.join(" and ")
    }
}

/// Rows `f` of sums in a statement: what stands before them, what holds for them, and the values from `$1` on.
#[derive(Default)]
struct Rows {
    from: String,
    conditions: Vec<String>,
    binds: Vec<Bind>,
    converted: Option<Converted>,
}

impl Rows {
    /// Counts money of other currencies in this one from here on.
    fn convert(&mut self, into: Option<Currency>) {
        self.converted = into.map(|into| converted(&self.text(into.code())));
    }

    /// The table, with the factors beside it where money is converted.
    fn table(&self) -> String {
        format!("figure f{}", self.converted.as_ref().map_or("", |pieces| &pieces.join))
    }

    /// The currency that a row's money is counted in.
    fn currency(&self) -> &str {
        self.converted.as_ref().map_or("f.currency", |pieces| &pieces.currency)
    }

    /// How many, and how much, each currency by itself.
    fn sums(&self) -> String {
        let minor = self.converted.as_ref().map_or("f.sum_minor", |pieces| &pieces.minor);
        format!("cast(sum(f.count) as bigint) as count, cast(sum({minor}) as bigint) as sum_minor")
    }

    /// A row's money, as far as it is counted in a currency.
    fn money(&mut self, currency: Currency) -> String {
        let code = self.text(currency.code());
        let minor = self.converted.as_ref().map_or("f.sum_minor", |pieces| &pieces.minor);
        format!("case when {} = {code} then {minor} else 0 end", self.currency())
    }

    /// How many, and how much of a currency.
    fn both(&mut self, currency: Currency) -> String {
        let money = self.money(currency);
        format!("cast(sum(f.count) as bigint) as count, cast(sum({money}) as bigint) as sum_minor")
    }

    /// The place of one more value.
    fn place(&mut self, bind: Bind) -> String {
        self.binds.push(bind);
        format!("${}", self.binds.len())
    }

    fn text(&mut self, text: &str) -> String {
        self.place(Bind::Text(text.to_owned()))
    }

    /// The conditions, to be added to others.
    fn also(&self) -> String {
        let mut all = String::new();
        for condition in &self.conditions {
            all.push_str(" and ");
            all.push_str(condition);
        }
        all
    }

    /// Reads what stands now, without days.
    fn now(&self) -> String {
        let conditions = self.conditions.join(" and ");
        format!("{}{} where {conditions} and f.grain = 'now' and f.at = ''", self.from, self.table())
    }

    /// Reads what happened within some days, day by day.
    fn daily(&mut self, days: &Days) -> String {
        let (from, until) = (self.text(&days.start), self.text(&days.end));
        let conditions = self.conditions.join(" and ");
        format!(
            "{}{} where {conditions} and f.grain = 'day' and f.at >= {from} and f.at < {until}",
            self.from,
            self.table()
        )
    }

    /// Reads what happened within some days, from months and the days left over, and ends with `and`-able conditions.
    fn within(&mut self, engine: Engine, days: &Days) -> String {
        self.ranged(engine, &ranges(days).map(|range| ("", range)))
    }

    /// Reads what lies in the ranges, each with the part of the whole that it is for, which rows have as `s.column4`.
    ///
    /// Both engines have to be told to go from the ranges to the sums: SQLite by a `cross join`, PostgreSQL by an `offset`
    /// that it cannot look behind. Where it knows whose sums they are, as in the first five runs of a statement on a
    /// connection, it would rather read all that somebody has, several times as long.
    fn ranged(&mut self, engine: Engine, parts: &[(&str, Range)]) -> String {
        let mut values = Vec::with_capacity(parts.len());
        for (part, range) in parts {
            let (from, until) = (self.text(&range.from), self.text(&range.until));
            values.push(format!("('{}', {from}, {until}, '{part}')", range.grain.as_str()));
        }
        let (values, conditions) = (values.join(", "), self.conditions.join(" and "));
        let within =
            format!("f.grain = s.column1 and f.at >= s.column2 and f.at < s.column3 and {conditions}");
        if engine == Engine::Postgres && self.from.is_empty() {
            let factors = self.converted.as_ref().map_or("", |pieces| &pieces.join);
            return format!(
                "(values {values}) s cross join lateral (select * from figure f where {within} offset 0) f{factors}
                 where true"
            );
        }
        format!("{}(values {values}) s cross join {} where {within}", self.from, self.table())
    }
}

/// What happens: `flow` metrics, in the order of the index.
const FLOWS: &str = "'deal.answered', 'deal.approved', 'deal.conflict', 'deal.refused', 'deal.sla', 'deal.submitted', \
     'opp.cycle', 'opp.lost', 'opp.won'";
/// What stands now.
const STANDS: &str = "'deal.state', 'opp.open'";
