//! Menu, dialog, panel; right to left, and words that are too long.
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::*;

pub(super) fn overlays(side: &'static str) -> AnyView {
    let open = RwSignal::new(false);
    let footer = || {
        view! { <Button>"Cancel"</Button><Button kind=Kind::Fatal>"Reject registration"</Button> }.into_any()
    };
    view! {
        <div class="actions">
            <Menu summary=view! { "Actions"<Icon of=lucide::LuChevronDown /> }.into_any()>
                <MenuHeading label="Deal" />
                <MenuLink href="#overlays" label="Open as a page" icon=lucide::LuMaximize2 />
                <MenuLink href="#overlays" label="Northwind Cloud" note="EMEA partner program" current=true />
                <MenuButton label="Extend protection" icon=lucide::LuClock refused="No extension is left." />
                <MenuButton label="Withdraw" icon=lucide::LuTrash2 danger=true />
            </Menu>
            <Button on_click=move |_| open.set(true)>"Open a dialog"</Button>
            <span class="button tip" data-tip="First to register is protected" tabindex="0">"With a tip"</span>
        </div>
        <Confirm id=format!("confirm-{side}") title="Reject this registration?" consequence="Alpine Systems is told at once and may appeal for 10 business days. This cannot be undone."
            action="Reject registration" open=open on_close=move |()| open.set(false) on_confirm=move |()| open.set(false) />
        <div class="dialog-still card">
            <header><h2>"Reject this registration?"</h2></header>
            <div class="body"><p class="muted">"Alpine Systems is told at once and may appeal for 10 business days."</p></div>
            <footer><span class="end actions">{footer()}</span></footer>
        </div>
        <div class="peek" role="group" aria-label=format!("A panel, {side}")>
            <header>
                <h2>"Helvetia Präzisionswerke AG"</h2>
                <span class="end">
                    <LinkButton href="#overlays" kind=Kind::Quiet label="Open as a page" icon=lucide::LuMaximize2 />
                    <LinkButton href="#overlays" kind=Kind::Quiet label="Close" icon=lucide::LuX />
                </span>
            </header>
            <div class="body">
                <div class="line wrap"><Tag tone=Tone::Warn>"Possible conflict"</Tag><span class="muted small">"DR-2041 · priority 14:30:07.412"</span></div>
                <KeyValues><Fact label="Partner">"Alpine Systems"</Fact><Fact label="Value">"€48,000.00"</Fact><Fact label="Close">"30 Jun 2027"</Fact></KeyValues>
            </div>
            <footer><Button kind=Kind::Primary key="A">"Approve"</Button><Button key="R">"Return"</Button></footer>
        </div>
    }
    .into_any()
}

pub(super) fn other_ways(side: &'static str) -> AnyView {
    view! {
        <div dir="rtl" lang="ar" class="stack">
            <Card title="يحتاج إليك" aside=view! { <Count of=2 label="2" /> }.into_any() flush=true>
                <ul class="rows">
                    <Row title="شركة هلفتيا: أضف رقم المناقصة" note="طلب كارلوس قبل ساعتين" lead=view! { <Tag tone=Tone::Warn>"معاد"</Tag> }.into_any()
                        end=view! { <LinkButton href="#rtl">"أجب"</LinkButton> }.into_any() />
                </ul>
            </Card>
            <TextField name="rtl" id=format!("rtl-{side}") label="الشركة" value="ألبين سيستمز" icon=lucide::LuSearch />
            <Progress label="الإيرادات" value="٤ من ٦" share=0.66 />
        </div>
        <Card title="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mit beschränkter Haftung" flush=true>
            <ul class="rows">
                <Row title="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" note="https://www.donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft.example/kontakt"
                    lead=view! { <Tag tone=Tone::Good>"Genehmigt"</Tag> }.into_any() end=view! { <LinkButton href="#rtl">"Verlängern"</LinkButton> }.into_any() />
            </ul>
        </Card>
        <Tile label="A very large figure with a very long label that wraps" figure="€999,999.99 bn" unit="and a long unit beside it, too" as_of=base::Timestamp(1_795_823_999_000) />
    }
    .into_any()
}
