//! Free text: one line, a signature, a thread of mails.
use super::hosts::{self, Email, Site};
use super::lines::{Kind, Line, lines};
use super::words::tidy;
use super::{Field, Guess, Known, Range, amounts, articles, companies, days, people, phones, places, tender};

/// Addresses, and websites, that are weighed: a thread of mails has them on top.
const MOST: usize = 80;

/// Reads a text that is no table.
pub(super) fn read(text: &str, known: &Known<'_>) -> Vec<Guess> {
    let mut found = Found::default();
    let whole = tidy(text, 0);
    if !whole.text.contains('\n') && one(whole.text, whole.start, known, &mut found) {
        return found.0;
    }
    let lines = lines(text);
    let mut emails = hosts::emails(&lines);
    emails.truncate(MOST);
    let mut sites = hosts::sites(&lines);
    sites.truncate(MOST);
    let theirs: Vec<&Email<'_>> =
        emails.iter().filter(|email| !hosts::is_of(&email.host, known.own)).collect();
    let contact = contact(&theirs, &lines);
    let host = contact.filter(|email| !email.is_shared()).map(|email| hosts::site_of(&email.host).to_owned());
    let site = website(&sites, host.as_deref(), contact, known);
    let website = site.map(|site| site.host.clone()).or_else(|| host.clone());
    let name_host = host.clone().or_else(|| website.clone());

    let name = companies::find(&lines, name_host.as_deref(), known.own);
    match (&name, &name_host) {
        (Some(name), _) => found.add(Field::Name, name.name.clone(), name.span.clone(), name.said),
        (None, Some(host)) => {
            let span =
                site.map_or_else(|| contact.map(host_span), |site| Some(site.word.start..site.word.end()));
            if let (Some(name), Some(span)) = (hosts::name_of(host), span) {
                found.add(Field::Name, name, span, false);
            }
        }
        (None, None) => {}
    }
    if let Some(site) = site {
        found.add(Field::Website, site.host.clone(), site.word.start..site.word.end(), true);
    } else if let (Some(host), Some(email)) = (&host, contact) {
        found.add(Field::Website, host.clone(), host_span(email), false);
    }
    if let Some(email) = contact {
        let local = email.is_personal() || theirs.len() == 1;
        if local {
            let address = format!("{}@{}", email.local, email.host);
            found.add(Field::ContactEmail, address, email.word.start..email.word.end(), true);
        }
    }
    let local = contact.filter(|email| email.is_personal()).map(|email| email.local.as_str());
    // An address in a head says nothing about where its signature stands.
    let line = contact.map(|email| email.line).filter(|line| lines[*line].kind == Kind::Text);
    let person = people::find(&lines, local, line);
    match person.name {
        Some((name, span, said)) => found.add(Field::ContactName, name, span, said),
        None => {
            if let (Some(local), Some(email)) = (local, contact)
                && let Some(name) = hosts::of_local(local)
            {
                found.add(
                    Field::ContactName,
                    name,
                    email.word.start..email.word.start + email.local.len(),
                    false,
                );
            }
        }
    }
    if let Some((title, span)) = person.title {
        found.add(Field::ContactTitle, title, span, true);
    }
    let near = line.or_else(|| name_line(&lines, &found));
    let phone = phone(&lines, near, &emails, known);
    if let Some(number) = &phone {
        found.add(Field::ContactPhone, number.text.to_owned(), number.span.clone(), true);
    }
    country(&lines, near, website.as_deref(), phone.as_ref(), &mut found);
    rest(&lines, known, &mut found);
    found.0
}

/// What can stand in any text: product, value, day, tender.
fn rest(lines: &[Line<'_>], known: &Known<'_>, found: &mut Found) {
    if let Some(article) = articles::find(lines, known.articles) {
        found.add(Field::Product, article.id, article.span, true);
        if let Some((count, span)) = article.quantity {
            found.add(Field::Quantity, count.to_string(), span, true);
        }
    }
    if let Some(amount) = amounts::find(lines, known.currency) {
        found.add(Field::Value, amount.money.to_string(), amount.span, true);
    }
    let american = found.0.iter().any(|guess| {
        guess.field == Field::Country && guess.value == "US"
            || guess.field == Field::Value && guess.value.ends_with("USD")
    });
    if let Some(day) = days::find(lines, known.today, american) {
        found.add(Field::Close, day.day.to_string(), day.span, true);
    }
    if let Some((reference, span)) = tender::find(lines) {
        found.add(Field::Tender, reference.to_owned(), span, true);
    }
}

/// One line that is a website, an address or a name; false when it is more than that.
fn one(text: &str, start: usize, known: &Known<'_>, found: &mut Found) -> bool {
    if text.is_empty() {
        return true;
    }
    let span = start..start + text.len();
    let address = text.rsplit_once('@').filter(|(local, _)| {
        !local.is_empty() && !local.contains(|c: char| c.is_whitespace() || c == '/' || c == ',')
    });
    let host = match address {
        Some((_, host)) => hosts::host_of(host).filter(|_| !text.contains(char::is_whitespace)),
        None => hosts::host_of(text).filter(|_| !text.contains(char::is_whitespace)),
    };
    let Some(host) = host else {
        let plain =
            !text.contains('@') && !text.contains("://") && !text.contains(|c: char| c.is_ascii_digit());
        let short = text.split_whitespace().count() <= 6 && text.chars().count() <= 80;
        let named = text.chars().filter(|c| c.is_alphanumeric()).count() > 1;
        let cut = text.contains(['|', '•', ':', '\t', ';']);
        if plain && short && !cut && !text.contains(", ") {
            if named {
                found.add(Field::Name, companies::tidied(text), span, true);
            }
            return true;
        }
        return false;
    };
    if address.is_some() {
        let (local, _) = address.unwrap_or_default();
        found.add(Field::ContactEmail, text.to_lowercase(), span.clone(), true);
        let email = local.to_lowercase();
        if let Some(name) = hosts::of_local(&email) {
            found.add(Field::ContactName, name, start..start + local.len(), false);
        }
        if hosts::is_shared(&host) || hosts::is_of(&host, known.own) {
            return true;
        }
    }
    let at = text
        .to_lowercase()
        .find(&host)
        .filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + host.len()));
    let place = at.map_or(span, |at| start + at..start + at + host.len());
    let site = if address.is_some() { hosts::site_of(&host).to_owned() } else { host };
    if let Some(name) = hosts::name_of(&site) {
        found.add(Field::Name, name, place.clone(), false);
    }
    if let Some(country) = hosts::country_of(&site) {
        found.add(Field::Country, country, place.clone(), false);
    }
    found.add(Field::Website, site, place, true);
    true
}

/// Guesses, the first of each field.
#[derive(Default)]
struct Found(Vec<Guess>);

impl Found {
    fn add(&mut self, field: Field, value: String, span: Range<usize>, said: bool) {
        if !value.is_empty() && self.0.iter().all(|guess| guess.field != field) {
            self.0.push(Guess { field, value, span, said });
        }
    }

    fn span(&self, field: Field) -> Option<Range<usize>> {
        self.0.iter().find(|guess| guess.field == field).map(|guess| guess.span.clone())
    }
}

fn host_span(email: &Email<'_>) -> Range<usize> {
    let at = email.word.text.find('@').map_or(0, |at| at + 1);
    email.word.start + at..email.word.end()
}

fn name_line(lines: &[Line<'_>], found: &Found) -> Option<usize> {
    let span = found.span(Field::ContactName)?;
    lines
        .iter()
        .position(|line| line.start <= span.start && span.end <= line.start + line.text.len())
        .filter(|at| lines[*at].kind == Kind::Text)
}

/// Whose the deal is about: whoever wrote from the host that is named most, people before mailboxes.
fn contact<'a, 'b>(theirs: &[&'b Email<'a>], lines: &[Line<'_>]) -> Option<&'b Email<'a>> {
    let weight = |email: &Email<'_>| match lines[email.line].kind {
        Kind::From | Kind::Cut => 4,
        Kind::To => 2,
        _ => 3,
    };
    let of_host = |host: &str| -> i32 {
        let site = hosts::site_of(host);
        theirs.iter().filter(|email| hosts::site_of(&email.host) == site).map(|email| weight(email)).sum()
    };
    let rank =
        |email: &Email<'_>| (!email.is_shared(), of_host(&email.host), email.is_personal(), weight(email));
    // The first of equals: the newest mail stands on top.
    theirs.iter().copied().rev().max_by_key(|email| rank(email))
}

/// The customer's website: like the address's host before any other.
fn website<'a, 'b>(
    sites: &'b [Site<'a>],
    host: Option<&str>,
    contact: Option<&Email<'_>>,
    known: &Known<'_>,
) -> Option<&'b Site<'a>> {
    let theirs = || sites.iter().filter(|site| !hosts::is_of(&site.host, known.own));
    if let Some(host) = host {
        let label = hosts::label_of(host);
        return theirs()
            .find(|site| hosts::site_of(&site.host) == host)
            .or_else(|| theirs().find(|site| hosts::label_of(&site.host) == label))
            .or_else(|| {
                let line = contact?.line;
                theirs().find(|site| site.line.abs_diff(line) <= 3)
            });
    }
    theirs().next()
}

/// The number nearest below a name or an address; mobiles after desks.
fn phone<'a>(
    lines: &[Line<'a>],
    near: Option<usize>,
    emails: &[Email<'_>],
    known: &Known<'_>,
) -> Option<phones::Number<'a>> {
    // A number in the signature of one's own side is not the customer's.
    let own: Vec<usize> =
        emails.iter().filter(|email| hosts::is_of(&email.host, known.own)).map(|email| email.line).collect();
    let is_own = |number: &phones::Number<'_>| {
        own.iter().any(|line| line.abs_diff(number.line) <= 4)
            && near.is_none_or(|near| near.abs_diff(number.line) > 4)
    };
    let all: Vec<phones::Number<'a>> =
        phones::numbers(lines).into_iter().filter(|number| !is_own(number)).collect();
    let close = |number: &phones::Number<'_>| near.is_none_or(|near| near.abs_diff(number.line) <= 9);
    let at = all.iter().position(close).or(if all.is_empty() || near.is_some() { None } else { Some(0) })?;
    all.into_iter().nth(at)
}

/// The country: what the address says, then the host, then the number, then a sentence.
fn country(
    lines: &[Line<'_>],
    near: Option<usize>,
    website: Option<&str>,
    phone: Option<&phones::Number<'_>>,
    found: &mut Found,
) {
    if let Some(value) = companies::labelled(lines, &["country", "land", "pays", "paese"])
        && let Some(code) = places::by_name(value.text)
    {
        found.add(Field::Country, code, value.start..value.end(), true);
        return;
    }
    let close = |at: usize| near.is_none_or(|near| near.abs_diff(at) <= 10);
    let texts = || lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Text);
    if let Some((code, span)) =
        texts().filter(|(at, _)| close(*at)).find_map(|(_, line)| places::in_address(line.text, line.start))
    {
        found.add(Field::Country, code, span, true);
        return;
    }
    let host_place = found.span(Field::Website).or_else(|| found.span(Field::ContactEmail));
    if let (Some(code), Some(span)) = (website.and_then(hosts::country_of), host_place) {
        found.add(Field::Country, code, span, false);
        return;
    }
    if let Some(number) = phone
        && let Some(code) = places::by_number(number.text)
    {
        found.add(Field::Country, code, number.span.clone(), false);
        return;
    }
    if let Some((code, span)) = texts().find_map(|(_, line)| places::in_sentence(line.text, line.start)) {
        found.add(Field::Country, code, span, false);
    }
}
