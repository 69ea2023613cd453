//! When a campaign goes out.
use kit::{CheckField, Choice, RadioField, SelectField, TextField};
use leptos::prelude::*;

use super::state::Desk;
use crate::t;

pub(super) fn step(desk: Desk) -> AnyView {
    let later = RwSignal::new(desk.send_on.with_untracked(|text| !text.is_empty()));
    let choices = vec![Choice::new("now", t::at_once()), Choice::new("later", t::at_a_time())];
    let value = if later.get_untracked() { "later" } else { "now" };
    let chosen = Callback::new(move |value: String| {
        later.set(value == "later");
        if value == "now" && desk.send_on.with_untracked(|text| !text.is_empty()) {
            desk.send_on.set(String::new());
            desk.note();
        }
    });
    let typed = Callback::new(move |text: String| {
        // A browser gives the field's value whole, or nothing while it is half filled.
        if text.len() >= 16 {
            desk.send_on.set(text);
            desk.note();
        }
    });
    let zoned = Callback::new(move |zone: String| {
        desk.zone.set(zone);
        desk.note();
    });
    let quiet = Callback::new(move |on: bool| {
        desk.quiet.set(on);
        desk.note();
    });
    let fields = move || {
        later.get().then(|| {
            let (value, zone) = (desk.send_on.get_untracked(), desk.zone.get_untracked());
            let zones = access::zone_choices(&zone);
            view! {
                <div class="form-row r12">
                    <TextField name="send_on" label=t::day_and_time() value=value kind="datetime-local" on_input=typed/>
                    <SelectField name="time_zone" label=t::time_zone() choices=zones value=zone on_input=zoned/>
                </div>
            }
        })
    };
    let is_quiet = desk.quiet.get_untracked();
    view! {
        <div class="stack gap-16">
            <RadioField name="when" label=t::step_time() choices=choices value=value on_input=chosen/>
            {fields}
            <CheckField name="quiet" label=t::quiet_hours() help=t::quiet_hours_help() checked=is_quiet on_change=quiet/>
        </div>
    }
    .into_any()
}
