//! The box on top of the form: what is pasted into it is read by [`crate::rules::smart`], and every guess is shown with the
//! place it was taken from. What is empty is filled; what somebody typed is replaced only when they tick it.
use base::{Currency, Money};
use kit::catalogue::locale;
use kit::{Button, CheckField, Kind, Size, Tag, TextArea, Tone, format};
use leptos::prelude::*;
use programs::Product;

use super::form::Hands;
use crate::rules::smart::{Article, Field, Guess, Known, read};
use crate::screen::country_name;
use crate::t;

/// Letters before and behind a guess that are shown with it.
const AROUND: usize = 24;

/// A guess as it is offered.
#[derive(Clone, PartialEq)]
struct Offer {
    field: Field,
    words: String,
    /// Where it was taken from.
    from: String,
    /// Where it goes.
    into: RwSignal<String>,
    value: String,
    currency: Option<Currency>,
    /// What stands there without it.
    before: String,
    currency_before: Currency,
    taken: RwSignal<bool>,
    /// Whether the box wrote it.
    wrote: StoredValue<bool>,
}

/// What the box needs of the form.
#[derive(Clone, Copy)]
struct Desk {
    hands: Hands,
    offers: RwSignal<Vec<Offer>>,
    articles: StoredValue<Vec<Article>>,
    own: StoredValue<String>,
}

/// The box and what it found.
pub(super) fn view(hands: Hands, products: &[Product]) -> AnyView {
    let articles = products
        .iter()
        .map(|one| Article { id: one.id.to_string(), name: one.name.clone(), sku: one.sku.clone() })
        .collect();
    let email = access::me().user.email;
    let own = email.rsplit('@').next().unwrap_or_default().to_owned();
    let desk = Desk {
        hands,
        offers: RwSignal::new(Vec::new()),
        articles: StoredValue::new(articles),
        own: StoredValue::new(own),
    };
    view! {
        <div class="needs-script smart-box">
            <TextArea
                name="_smart"
                id="smart"
                label=t::smart_label()
                help=t::smart_help()
                placeholder=t::smart_placeholder()
                rows=1
                autofocus=true
                on_input=move |text: String| desk.read(&text)
            />
            <div aria-live="polite">{move || desk.shown()}</div>
        </div>
    }
    .into_any()
}

impl Desk {
    /// Takes back what an earlier text filled, and offers what this one says.
    fn read(self, text: &str) {
        for offer in self.offers.get_untracked() {
            self.put(&offer, false);
        }
        let draft = self.hands.draft;
        let own = self.own.get_value();
        let guesses = self.articles.with_value(|articles| {
            let known = Known {
                today: kit::present().date(),
                currency: draft.currency.get_untracked(),
                articles,
                own: &[own.as_str()],
            };
            read(text, &known)
        });
        let mut offers: Vec<Offer> = Vec::new();
        for guess in &guesses {
            offers.extend(self.offer(guess, text));
        }
        offers.extend(self.contact(&guesses, text));
        for offer in &offers {
            let typed =
                !(offer.before.trim().is_empty() || offer.field == Field::Quantity && offer.before == "1");
            if !typed || offer.before == offer.value {
                self.put(offer, true);
            }
        }
        self.offers.set(offers);
    }

    /// What a guess would write, where.
    fn offer(self, guess: &Guess, text: &str) -> Option<Offer> {
        let draft = self.hands.draft;
        let plain =
            |into, label: &str, shown: String| (into, guess.value.clone(), format!("{label}: {shown}"), None);
        let said = guess.value.clone();
        let (into, value, words, currency) = match guess.field {
            Field::Name => plain(draft.name, t::company(), said),
            Field::Website => plain(draft.website, t::field_website(), said),
            Field::Country => plain(draft.country, t::fact_country(), country_name(&guess.value).clone()),
            Field::ContactPhone => plain(draft.phone, t::field_phone(), said),
            Field::Product => {
                let name = self.articles.with_value(|all| {
                    all.iter().find(|one| one.id == guess.value).map(|one| one.name.clone())
                })?;
                plain(draft.product, t::product(), name)
            }
            Field::Quantity => plain(draft.quantity, t::quantity(), said),
            Field::Close => plain(draft.close, t::fact_close(), said),
            Field::Tender => plain(draft.more[4], t::field_tender_reference(), said),
            Field::Value => {
                let (amount, code) = guess.value.rsplit_once(' ')?;
                let currency = Currency::from_code(code)?;
                let money = Money::parse(amount, currency)?;
                let shown = format::money(money, locale());
                (
                    draft.value,
                    format::amount(money, locale()),
                    format!("{}: {shown}", t::fact_value()),
                    Some(currency),
                )
            }
            // These go together, see `contact`.
            Field::ContactName | Field::ContactTitle | Field::ContactEmail => return None,
        };
        Some(self.made(guess, text, into, value, words, currency))
    }

    /// The contact goes into the notes, in one line.
    fn contact(self, guesses: &[Guess], text: &str) -> Option<Offer> {
        let of = |field: Field| guesses.iter().find(|guess| guess.field == field);
        let parts = [of(Field::ContactName), of(Field::ContactTitle), of(Field::ContactEmail)];
        let first = parts.into_iter().flatten().next()?;
        let person: Vec<&str> = parts.into_iter().flatten().map(|guess| guess.value.as_str()).collect();
        let words = t::smart_contact(person.join(", "));
        Some(self.made(first, text, self.hands.draft.more[6], words.clone(), words, None))
    }

    fn made(
        self,
        guess: &Guess,
        text: &str,
        into: RwSignal<String>,
        value: String,
        words: String,
        currency: Option<Currency>,
    ) -> Offer {
        Offer {
            field: guess.field,
            words,
            from: snippet(text, guess),
            into,
            value,
            currency,
            before: into.get_untracked(),
            currency_before: self.hands.draft.currency.get_untracked(),
            taken: RwSignal::new(false),
            wrote: StoredValue::new(false),
        }
    }

    /// Writes a guess into its field, or takes it back unless it was changed since.
    fn put(self, offer: &Offer, take: bool) {
        let currency = self.hands.draft.currency;
        if take {
            offer.into.set(offer.value.clone());
            if let Some(meant) = offer.currency {
                currency.set(meant);
            }
        } else if offer.wrote.get_value() && offer.into.get_untracked() == offer.value {
            offer.into.set(offer.before.clone());
            if offer.currency.is_some() {
                currency.set(offer.currency_before);
            }
        }
        offer.wrote.set_value(take);
        offer.taken.set(take);
    }

    fn put_all(self, take: bool) {
        for offer in self.offers.get_untracked() {
            self.put(&offer, take);
        }
    }

    fn shown(self) -> Option<AnyView> {
        let offers = self.offers.get();
        if offers.is_empty() {
            return None;
        }
        let count = {
            let offers = offers.clone();
            move || offers.iter().filter(|offer| offer.taken.get()).count() as i64
        };
        let rows = offers.into_iter().map(|offer| self.row(offer)).collect_view();
        Some(
            view! {
                <fieldset class="guesses">
                    <legend><Tag tone=Tone::Good>{move || t::smart_filled(count())}</Tag></legend>
                    <div class="guess-list">{rows}</div>
                    <div class="line wrap gap-8">
                        <Button kind=Kind::Quiet size=Size::Small on_click=move |_| self.put_all(true)>{t::smart_all()}</Button>
                        <Button kind=Kind::Quiet size=Size::Small on_click=move |_| self.put_all(false)>{t::smart_none()}</Button>
                    </div>
                </fieldset>
            }
            .into_any(),
        )
    }

    fn row(self, offer: Offer) -> AnyView {
        let id = format!("guess-{}", offer.field.as_str());
        let replaces = !offer.before.trim().is_empty()
            && offer.before != offer.value
            && !(offer.field == Field::Quantity && offer.before == "1");
        let help = if replaces { t::smart_replaces(&offer.before, &offer.from) } else { offer.from.clone() };
        let (label, taken) = (offer.words.clone(), offer.taken);
        let changed = move |take: bool| self.put(&offer, take);
        view! { <CheckField name="_guess" id=id label=label help=help bind=taken on_change=changed/> }
            .into_any()
    }
}

/// The place of a guess with what stands around it, on one line.
fn snippet(text: &str, guess: &Guess) -> String {
    let mut from = guess.span.start.saturating_sub(AROUND);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (guess.span.end + AROUND).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let part: String = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
    t::smart_from(format!("{before}{part}{after}"))
}
