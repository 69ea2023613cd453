//! A place to drop a file on, which is also the browser's own file picker.
use leptos::prelude::*;

use super::{Wiring, fault_line};
use crate::icon::{Icon, lucide};
use crate::t;

/// A file to send with the form. The picker covers the whole area, so that dropping works without script;
/// the script only shows the name of what was dropped.
#[component]
pub fn FileDrop(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// What is taken: "CSV or XLSX, up to 50 MB".
    #[prop(optional, into)]
    help: Option<String>,
    /// For the picker: `.csv,.xlsx`.
    #[prop(optional, into)]
    accept: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] on_choose: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(&name, &label, id, help.is_some(), error);
    let (chosen, over) = (RwSignal::new(String::new()), RwSignal::new(false));
    let changed = move |event| {
        let path = event_target_value(&event);
        let file = path.rsplit(['\\', '/']).next().unwrap_or_default().to_owned();
        chosen.set(file.clone());
        over.set(false);
        if let Some(on_choose) = on_choose {
            on_choose.run(file);
        }
    };
    let fault = wiring.fault;
    let help_id = format!("{}-help", wiring.id);
    view! {
        <div class="field">
            <div
                class="drop"
                data-over=move || over.get().then_some("true")
                data-fault=move || fault.try_with(Option::is_some).unwrap_or(false).then_some("true")
                on:dragenter=move |_| over.set(true)
                on:dragleave=move |_| over.set(false)
            >
                <Icon of=lucide::LuUpload />
                <label class="name" for=wiring.id.clone()>
                    {move || Some(chosen.get()).filter(|name| !name.is_empty()).unwrap_or_else(|| label.clone())}
                </label>
                <p class="help" id=help_id>{help.unwrap_or_else(|| t::drop_help().to_owned())}</p>
                <input
                    type="file"
                    id=wiring.id.clone()
                    name=name
                    accept=accept
                    required=required
                    aria-invalid=wiring.invalid()
                    aria-describedby=wiring.described()
                    on:change=changed
                />
            </div>
            {fault_line(&wiring)}
        </div>
    }
}
