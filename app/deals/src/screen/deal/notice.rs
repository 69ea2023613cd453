//! What somebody said, or what time did, when the deal came to where it stands.
use kit::{Banner, Countdown, Tone};
use leptos::prelude::*;

use crate::model::{Deal, DealState, LapseCause};
use crate::screen::parts::fields_words;
use crate::t;

/// The notices above a deal; none when there is nothing to tell.
pub(super) fn view(deal: &Deal) -> AnyView {
    match &deal.state {
        DealState::Returned { by, fields, note, .. } => {
            told(Tone::Warn, t::told_returned(fields_words(fields), &by.name), note)
        }
        DealState::Rejected { by, reason, note, secondary_percent, .. } => {
            let rejected = told(Tone::Bad, t::told_rejected(&by.name, reason.words()), note);
            let second = secondary_percent
                .map(|percent| told(Tone::Accent, t::told_secondary(i64::from(percent)), ""));
            view! {{rejected}{second}}.into_any()
        }
        DealState::Cancelled { by, reason, note, .. } => {
            told(Tone::Bad, t::told_revoked(&by.name, reason.words()), note)
        }
        DealState::Conflict { appeal_until: Some(_), .. } => {
            told(Tone::Warn, t::told_rival_protected().to_owned(), t::told_rival_protected_note())
        }
        DealState::Disputed { by, note, .. } => told(Tone::Warn, t::told_disputed(&by.name), note),
        DealState::Lapsed { cause: LapseCause::Unanswered, .. } => {
            told(Tone::Neutral, t::told_lapsed_unanswered().to_owned(), "")
        }
        DealState::Lapsed { cause: LapseCause::Inactive, .. } => {
            told(Tone::Neutral, t::told_lapsed_inactive().to_owned(), "")
        }
        DealState::Approved { extension, share_percent, warned_at, .. } => {
            let silent = warned_at.and(deal.lapses_at).map(activity_due);
            let asked = extension
                .as_ref()
                .map(|asked| told(Tone::Accent, t::told_extension_asked().to_owned(), &asked.note));
            let share = (*share_percent < 100)
                .then(|| told(Tone::Accent, t::told_split(i64::from(*share_percent)), ""));
            view! {{silent}{asked}{share}}.into_any()
        }
        _ => ().into_any(),
    }
}

fn told(tone: Tone, title: String, note: &str) -> AnyView {
    let note = note.to_owned();
    view! { <Banner tone=tone><strong>{title}</strong>{(!note.is_empty()).then(|| view! { <p class="break">{note}</p> })}</Banner> }
        .into_any()
}

fn activity_due(until: base::Timestamp) -> AnyView {
    view! {
        <Banner tone=Tone::Warn>
            <strong>{t::told_activity_due()}</strong>
            <p>{t::told_activity_due_note()}</p>
            <p class="small">{t::fact_lapses()}": "<Countdown until=until soon_ms=7 * 86_400_000/></p>
        </Banner>
    }
    .into_any()
}
