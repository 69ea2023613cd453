//! Writing to the other side, above the history in which the messages stand.
use base::{DealId, Side};
use kit::{Button, TextArea, VerbForm, lucide, paths};
use leptos::prelude::*;

use crate::access::Do;
use crate::model::TimelineEntry;
use crate::screen::parts::Worded;
use crate::t;
use crate::verbs::WriteMessage;

/// A field and a button; nothing for those who only read.
pub(super) fn form(id: DealId, sent: Callback<TimelineEntry>) -> AnyView {
    let me = access::me();
    if Do::Write.by(&me.actor(), None).is_err() {
        return ().into_any();
    }
    let label =
        if me.side() == Some(Side::Vendor) { t::message_to_partner() } else { t::message_to_vendor() };
    let text = RwSignal::new(String::new());
    let done = Callback::new(move |entry: TimelineEntry| {
        let _ = text.try_set(String::new());
        sent.run(entry);
    });
    view! {
        <VerbForm verb=WriteMessage { id, text: String::new() } next=format!("{}#history", paths::deal(id)) done=done class="no-print">
            <Worded/>
            <TextArea name="text" id="message" label=label bind=text rows=2 maxlength=5000/>
            <div class="actions"><Button submit=true icon=lucide::LuSend>{t::send_message()}</Button></div>
        </VerbForm>
    }
    .into_any()
}
