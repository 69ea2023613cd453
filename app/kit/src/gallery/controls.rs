//! Buttons, fields and choices.
use base::{Currency, Date, Money};
use leptos::prelude::*;

use crate::icon::{Icon, lucide};
use crate::*;

pub(super) fn buttons(side: &'static str) -> AnyView {
    view! {
        <Actions>
            <Button kind=Kind::Primary>"Register deal"</Button>
            <Button>"Answer"</Button>
            <Button kind=Kind::Quiet>"Close"</Button>
            <Button kind=Kind::Danger>"Withdraw"</Button>
            <Button kind=Kind::Fatal>"Reject registration"</Button>
        </Actions>
        <Actions>
            <Button kind=Kind::Primary size=Size::Big key="A">"Approve"</Button>
            <Button size=Size::Big key="R">"Return"</Button>
            <Button size=Size::Small icon=lucide::LuDownload>"CSV"</Button>
            <Button label="Notifications" kind=Kind::Quiet icon=lucide::LuBell />
            <Button label="More" icon=lucide::LuEllipsis />
            <LinkButton href="#buttons" icon=lucide::LuPlus>"A link"</LinkButton>
        </Actions>
        <Actions>
            <Button kind=Kind::Primary busy=true>"Registering"</Button>
            <Button busy=true>"Saving"</Button>
        </Actions>
        <Actions>
            <Button id=format!("refused-{side}") kind=Kind::Primary refused="Only the channel manager of this program may approve.">"Approve"</Button>
            <Button refused="Protection has no extension left.">"Extend"</Button>
        </Actions>
    }
    .into_any()
}

pub(super) fn fields(side: &'static str) -> AnyView {
    let filled = view! { <Tag tone=Tone::Good>"filled 5 fields"</Tag> }.into_any();
    view! {
        <div class="form">
            <TextField name="look" id=format!("look-{side}") label="Who is the customer?" smart=true after=filled
                value="https://www.helvetia-praezision.ch"
                help="Paste a website, an e-mail or a company name. We fill in what we can; you confirm." />
            <div class="form-row r21">
                <TextField name="customer[name]" id=format!("name-{side}") label="Company" value="Helvetia Präzisionswerke AG" />
                <SelectField name="customer[country]" id=format!("country-{side}") label="Country" value="CH"
                    choices=vec![Choice::new("AT", "Austria"), Choice::new("CH", "Switzerland"), Choice::new("DE", "Germany")] />
            </div>
            <div class="form-row">
                <MoneyField name="value" id=format!("value-{side}") label="Value per year" currency=Currency::EUR
                    value=Money::new(4_800_000, Currency::EUR) />
                <DateField name="close" id=format!("close-{side}") label="Expected close"
                    value=Date::from_ymd_opt(2027, 6, 30).unwrap_or_default() />
            </div>
            <MoneyField name="budget" id=format!("budget-{side}") label="Budget" optional=true currency=Currency::CHF
                currencies=vec![Currency::CHF, Currency::EUR, Currency::USD] />
            <TextArea name="note" id=format!("note-{side}") label="What shows that you are working on it?"
                placeholder="Workshop on 10 Nov with the head of IT" help="A meeting, a mail, a quote. One is enough." />
            <TextField name="find" id=format!("find-{side}") label="Search" kind="search" icon=lucide::LuSearch placeholder="Name, number, partner" />
            <TextField name="fixed" id=format!("fixed-{side}") label="Number" readonly=true code=true value="DR-2041" />
            <TextField name="off" id=format!("off-{side}") label="Partner" disabled=true value="Alpine Systems" />
            <div class="form-foot">
                <Button kind=Kind::Primary size=Size::Big submit=true>"Register deal"</Button>
                <Kbd keys="Ctrl ↵" />
                <span class="end"><Saved words="Draft saved 2 s ago" /></span>
            </div>
        </div>
    }
    .into_any()
}

pub(super) fn faulty(side: &'static str) -> AnyView {
    let problem = base::Problem::Invalid {
        errors: vec![
            base::FieldError::required("customer.name"),
            base::FieldError::new("value", "not_an_amount", ""),
        ],
    };
    view! {
        <div class="form">
            <ErrorSummary problem=Some(problem) />
            <TextField name="customer[name]" id=format!("bad-name-{side}") label="Company" error="This is needed." help="The legal name, as in the register." />
            <MoneyField name="value" id=format!("bad-value-{side}") label="Value per year" currency=Currency::EUR error="This is not an amount. Write it like 48,000.00." />
            <SelectField name="country" id=format!("bad-country-{side}") label="Country" empty="Choose a country" choices=vec![Choice::new("CH", "Switzerland")] error="This is needed." />
            <TextArea name="reason" id=format!("bad-reason-{side}") label="Reason" value="Because" error="This is too short." />
            <CheckField name="sure" id=format!("bad-sure-{side}") label="I have talked to the customer" error="This is needed." />
        </div>
    }
    .into_any()
}

pub(super) fn choices(side: &'static str) -> AnyView {
    view! {
        <div class="form">
            <CheckField name="mail" id=format!("mail-{side}") label="Send me a mail for every answer" checked=true help="At most one an hour." />
            <CheckField name="digest" id=format!("digest-{side}") label="Weekly digest" />
            <CheckField name="live" id=format!("live-{side}") label="Live numbers" switch=true checked=true />
            <CheckField name="dense" id=format!("dense-{side}") label="Dense tables" switch=true />
            <CheckField name="locked" id=format!("locked-{side}") label="Locked by your organisation" disabled=true checked=true />
            <RadioField name=format!("theme-{side}") label="Theme" value="system"
                choices=vec![Choice::new("light", "Light"), Choice::new("dark", "Dark"), Choice::new("system", "As the system")] />
            <FileDrop name="file" id=format!("file-{side}") label="Drop the CRM export here" help="CSV or XLSX, up to 50 MB. Nothing is imported before you have seen what would change." />
            <FileDrop name="file" id=format!("bad-file-{side}") label="customers.pdf" error="This is not a table. Choose a CSV or XLSX file." />
        </div>
    }
    .into_any()
}

pub(super) fn ways(side: &'static str) -> AnyView {
    view! {
        <div class="line wrap gap-16">
            <Segmented label=format!("Layout, {side}") places=vec![
                Place::new("Table", "#ways", true).bare(lucide::LuList),
                Place::new("Board", "#ways", false).bare(lucide::LuColumns3),
            ] />
            <Segmented label=format!("Period, {side}") places=vec![
                Place::new("Month", "#ways", false),
                Place::new("Quarter", "#ways", true),
                Place::new("Year", "#ways", false),
            ] />
        </div>
        <Tabs label=format!("Views, {side}") places=vec![
            Place::new("All", "#ways", true),
            Place::new("Mine", "#ways", false),
            Place::new("Needs action", "#ways", false).count(3),
            Place::new("Expiring", "#ways", false).count(2),
        ] />
        <div class="chips">
            <Chip label="Approved" on=true remove="#ways" />
            <Chip label="Owner: Sam Peters" on=true remove="#ways" />
            <Chip label="Expiring soon" href="#ways" />
            <span class="chip"><Icon of=lucide::LuListFilter />"Filter"</span>
        </div>
    }
    .into_any()
}
