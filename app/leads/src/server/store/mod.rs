//! The tables of leads; nothing else writes them. Enrollments, deals and organisations are read only.
mod campaign;
mod list;
mod offers;
mod partners;
mod pins;
mod row;
mod rules;

pub(super) use campaign::{answer, answered, forget, mark, of_person, results};
pub(super) use list::{counts, list};
pub(super) use offers::{barred, close_offer, draws, keep_draw, keep_note, new_round, notes, open_offer};
pub(super) use partners::{enrolled_name, named_partners, partner_facts};
pub(super) use pins::{drop_pin, find_pin, insert_pin, list_pins, pin_for, update_pin};
pub(super) use row::{find, insert, of_deal, update, vendor_of};
pub(super) use rules::{draft, in_force, keep_draft, publish, versions};

use base::db::Tx;
use base::{OrganizationId, Problem};

/// Takes the vendor's turn for the rest of the transaction, so that leads of one vendor change one after another: room
/// that one offer takes up is seen by the next. Gives the next number of a lead when one is wanted, else the last one.
pub(super) async fn take_turn(tx: &mut Tx, vendor: OrganizationId, numbered: bool) -> Result<i64, Problem> {
    const SQL: &str = "
        insert into lead_turn (vendor_id, turn, last_number) values ($1, 1, 1000 + $2)
        on conflict (vendor_id) do update
        set turn = lead_turn.turn + 1, last_number = lead_turn.last_number + $2
        returning last_number";
    let step = i64::from(numbered);
    Ok(base::on!(tx, |conn| sqlx::query_scalar(SQL).bind(vendor.0).bind(step).fetch_one(conn).await)?)
}
