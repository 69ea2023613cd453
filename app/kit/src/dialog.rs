//! Dialogs: the browser's own, so focus stays inside, Esc closes and the page behind is still.
use leptos::html;
use leptos::prelude::*;

use crate::button::{Button, Kind};
use crate::icon::{Icon, lucide};
use crate::t;

/// What takes the focus when a dialog opens: its first field or button, rather than its cross.
const FIRST: &str =
    ":is(.body, footer) :is(input:not([type='hidden']), select, textarea, button, summary, a[href])";

/// A dialog. It opens and closes with `open`; Esc and the cross call `on_close`.
#[component]
pub fn Dialog(
    /// Names the dialog in the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(optional)] wide: bool,
    /// The buttons, the one that acts last.
    #[prop(optional)]
    footer: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // One that was rendered open is not modal; opening again makes it so.
            crate::focus::remember_focus();
            dialog.close();
            let _ = dialog.show_modal();
            crate::focus::focus_first(&dialog, FIRST);
        } else if dialog.open() {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    let (labelled, first) = (heading.clone(), open.get_untracked());
    view! {
        <dialog
            class=if wide { "dialog wide" } else { "dialog" }
            id=id
            aria-labelledby=labelled
            open=first
            node_ref=node
            on:cancel=move |event: leptos::web_sys::Event| {
                event.prevent_default();
                on_close.run(());
            }
        >
            <header>
                <h2 id=heading>{title}</h2>
                <button type="button" class="button quiet icon end" aria-label=t::close() on:click=move |_| on_close.run(())>
                    <Icon of=lucide::LuX />
                </button>
            </header>
            <div class="body">{children()}</div>
            {footer.map(|footer| view! { <footer>{footer}</footer> })}
        </dialog>
    }
}

/// Asks once before something that cannot be undone, and names what it will do.
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    /// "Reject this registration?"
    #[prop(into)]
    title: String,
    /// What will happen, and that it cannot be undone.
    #[prop(into)]
    consequence: String,
    /// What the button does, in its words: "Reject registration".
    #[prop(into)]
    action: String,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let footer = view! {
        <Button kind=Kind::Plain on_click=move |_| on_close.run(())>{t::cancel()}</Button>
        <Button kind=Kind::Fatal busy=busy on_click=move |_| on_confirm.run(())>{action}</Button>
    }
    .into_any();
    view! {
        <Dialog id=id title=title open=open on_close=on_close footer=footer>
            <p class="muted">{consequence}</p>
        </Dialog>
    }
}
