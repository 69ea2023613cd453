//! The tables of sums; nothing else writes them.
//!
//! A sum belongs to somebody (`whose`: a vendor, or a partner), is of a day, a month, or of now, and of one program,
//! metric, dimension and currency. What happens to a partner's deal is added for the partner and for its vendor, on its day
//! and in its month, so that whoever reads adds up few rows: a vendor with thousands of partners as few as a partner.
mod add;
mod deals;
mod opportunities;
mod partners;
mod read;
mod times;
mod whole;

use base::db::Bind;
use base::{OrganizationId, ProgramId};
use sqlx::types::Uuid;

pub(super) use add::{Place, add};
pub(super) use deals::{Counted, deal, last_counted, remember};
pub(super) use opportunities::{count_all, count_moved};
pub use partners::{Activity, Of, activity, by_partner, peers, reached};
pub use read::{Month, Narrowed, Sum, by_product, first_day, flowed, months, standing, weeks};
pub(super) use times::{note_zone, submitted_at, zone_at};
pub use times::{zone_of, zones};
pub(super) use whole::{clear, snapshot};

/// Whose figures are asked for; already checked against the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Vendor(OrganizationId),
    Partner(OrganizationId),
}

/// Whose sums, and narrowed to what.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    pub whose: Whose,
    pub program: Option<ProgramId>,
    /// Of a vendor's sums only those of this partner.
    pub partner: Option<OrganizationId>,
}

impl Filter {
    /// Whose rows are read. A vendor that looks at one partner reads the partner's, as far as they are with it.
    const fn id(self) -> Uuid {
        match (self.whose, self.partner) {
            (Whose::Vendor(_), Some(partner)) => partner.0,
            (Whose::Vendor(id) | Whose::Partner(id), _) => id.0,
        }
    }

    fn program(self) -> Uuid {
        self.program.map_or(Uuid::nil(), |id| id.0)
    }

    fn vendor(self) -> Uuid {
        match self.whose {
            Whose::Vendor(vendor) => vendor.0,
            Whose::Partner(_) => Uuid::nil(),
        }
    }

    /// The values of [`CONDITION`].
    fn binds(self) -> Vec<Bind> {
        [self.id(), self.program(), self.vendor(), Uuid::nil()].map(Bind::Id).to_vec()
    }
}

/// Rows `f` of a filter: `$1` whose, `$2` program, `$3` vendor, `$4` none.
const CONDITION: &str = "f.whose = $1 and ($2 = $4 or f.program_id = $2) and ($3 = $4 or f.vendor_id = $3)";

/// What happens: `flow` metrics, in the order of the index.
const FLOWS: &str = "('deal.answered', 'deal.approved', 'deal.conflict', 'deal.refused', 'deal.sla', 'deal.submitted', \
     'opp.cycle', 'opp.lost', 'opp.won')";
/// What stands now.
const STANDS: &str = "('deal.state', 'opp.open')";
const SUMS: &str = "cast(sum(f.count) as bigint) as count, cast(sum(f.sum_minor) as bigint) as sum_minor";
