//! The partner's card: what stands of it in every piece. It is one for all of the partner's campaigns.
use base::Problem;
use creative::PartnerCard;
use kit::{Button, FileDrop, Size, TextArea, TextField, lucide, paths};
use leptos::prelude::*;

use super::state::Desk;
use crate::model::{CardLogo, LOGO_FORM};
use crate::t;
use crate::words::sentence;

/// The largest file that is sent.
const MOST_BYTES: u32 = 2 * 1024 * 1024;
const INPUT: &str = "card-logo";
const ACCEPTED: &str = "image/png,image/jpeg,image/webp,image/svg+xml,.svg";

pub(super) fn step(desk: Desk) -> AnyView {
    let card = desk.card.get_untracked();
    let put = move |set: fn(&mut PartnerCard, String)| {
        Callback::new(move |text: String| desk.note_card(|card| set(card, text)))
    };
    view! {
        <div class="stack gap-16">
            <p class="muted small">{t::card_note()}</p>
            {logo(desk)}
            <div class="form-row r12">
                <TextField name="card-name" label=t::card_name() value=card.name maxlength=120 required=true autocomplete="organization" on_input=put(|card, text| card.name = text)/>
                <TextField name="card-website" label=t::card_website() value=card.website maxlength=300 kind="url" autocomplete="url" on_input=put(|card, text| card.website = text)/>
            </div>
            <div class="form-row r12">
                <TextField name="card-email" label=t::card_email() value=card.email maxlength=254 kind="email" help=t::card_email_help() autocomplete="email" on_input=put(|card, text| card.email = text)/>
                <TextField name="card-phone" label=t::card_phone() value=card.phone maxlength=40 kind="tel" optional=true autocomplete="tel" on_input=put(|card, text| card.phone = text)/>
            </div>
            <TextArea name="card-address" label=t::card_address() value=card.address help=t::card_address_help() rows=3 maxlength=300 on_input=put(|card, text| card.address = text)/>
            <TextArea name="card-about" label=t::card_about() value=card.about rows=2 maxlength=300 optional=true on_input=put(|card, text| card.about = text)/>
            <div class="form-row r12">
                <TextField name="card-signed-by" label=t::card_signed_by() value=card.signed_by maxlength=120 optional=true autocomplete="name" on_input=put(|card, text| card.signed_by = text)/>
                <TextField name="card-signed-as" label=t::card_signed_as() value=card.signed_as maxlength=120 optional=true autocomplete="organization-title" on_input=put(|card, text| card.signed_as = text)/>
            </div>
            <div class="form-row r12">
                <TextField name="card-action" label=t::card_action() value=card.action_url help=t::card_action_help() maxlength=300 kind="url" optional=true on_input=put(|card, text| card.action_url = text)/>
                <TextField name="card-colour" label=t::card_colour() value=card.colour help=t::card_colour_help() maxlength=7 optional=true on_input=put(|card, text| card.colour = text)/>
            </div>
        </div>
    }
    .into_any()
}

fn logo(desk: Desk) -> AnyView {
    let (sending, refused) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let chosen = Callback::new(move |_: String| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        refused.set(None);
        leptos::task::spawn_local(async move {
            let answer =
                kit::send_chosen::<CardLogo>(INPUT, "/api/v1/partner-card/logo", &[], MOST_BYTES).await;
            let _ = sending.try_set(false);
            match answer {
                Ok(Some(logo)) if desk.card.try_with_untracked(|_| ()).is_some() => desk.note_card(|card| {
                    card.logo_size = (logo.width, logo.height);
                    card.logo = Some(logo.hash);
                }),
                Ok(_) => {}
                Err(problem) => drop(refused.try_set(Some(said(problem)))),
            }
        });
    });
    let shown = move || {
        desk.card.with(|card| card.logo.clone()).map(|hash| {
            let off = move |_| {
                desk.note_card(|card| {
                    card.logo = None;
                    card.logo_size = (0, 0);
                });
            };
            let address = paths::media(hash, LOGO_FORM);
            view! {
                <div class="campaign-logo">
                    <span class="picture-ground" data-theme="light"><img src=address alt=t::card_logo()/></span>
                    <Button size=Size::Small icon=lucide::LuX on_click=off>{t::card_logo_off()}</Button>
                </div>
            }
        })
    };
    let error = Signal::derive(move || refused.get());
    view! {
        <div class="stack gap-8">
            <FileDrop name="file" id=INPUT label=t::card_logo_choose() help=t::card_logo_help() accept=ACCEPTED error=error on_choose=chosen/>
            <p class="small muted" role="status">{move || sending.get().then(t::sending_file)}</p>
            {shown}
        </div>
    }
    .into_any()
}

/// Why a picture was not taken, at its field.
fn said(problem: Problem) -> String {
    match problem.of_field("file") {
        Some(fault) => kit::fault_words(fault),
        None => sentence(problem),
    }
}
