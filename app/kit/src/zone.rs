//! The reader's time zone and the present moment, as the page's frame gives them.
use base::Timestamp;
use leptos::prelude::*;

/// The reader's time zone by its IANA name. The server provides it as context and writes it into the page
/// (`<html data-zone>`); without one, all times stand at the reader's offset of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(pub String);

/// The moment of rendering, provided on the server; the browser has its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now(pub Timestamp);

/// The reader's offset from UTC at an instant, in minutes east of Greenwich.
#[must_use]
pub fn offset_minutes(at: Timestamp) -> i32 {
    match zone_name() {
        Some(zone) => offset_of(&zone, at),
        None => crate::catalogue::offset_minutes(),
    }
}

#[cfg(feature = "ssr")]
fn zone_name() -> Option<String> {
    use_context::<Zone>().map(|zone| zone.0)
}

#[cfg(not(feature = "ssr"))]
fn zone_name() -> Option<String> {
    thread_local!(static ZONE: Option<String> = document().document_element().and_then(|page| page.get_attribute("data-zone")));
    ZONE.with(Clone::clone).filter(|zone| !zone.is_empty())
}

/// A zone's offset from UTC at an instant, in minutes east of Greenwich; that of UTC for an unknown zone.
#[cfg(feature = "ssr")]
#[must_use]
pub fn offset_in(zone: &str, at: Timestamp) -> i32 {
    offset_of(zone, at)
}

#[cfg(feature = "ssr")]
fn offset_of(zone: &str, at: Timestamp) -> i32 {
    use chrono::{DateTime, Offset, TimeZone, Utc};
    let Ok(zone) = zone.parse::<chrono_tz::Tz>() else { return 0 };
    let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
    zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc() / 60
}

/// Asks the browser, which knows all zones: the offset is the part `GMT+02:00` of a formatted date.
#[cfg(not(feature = "ssr"))]
fn offset_of(zone: &str, at: Timestamp) -> i32 {
    use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
    use leptos::wasm_bindgen::JsValue;
    use std::cell::RefCell;
    thread_local! {
        static FORMAT: RefCell<Option<(String, DateTimeFormat)>> = const { RefCell::new(None) };
    }
    FORMAT.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(name, _)| name != zone) {
            let options = Object::new();
            let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
            let _ = Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into());
            *kept = Some((zone.to_owned(), DateTimeFormat::new(&Array::of1(&"en".into()), &options)));
        }
        let Some((_, format)) = kept else { return 0 };
        let parts = format.format_to_parts(&Date::new(&JsValue::from_f64(at.0 as f64)));
        parts
            .iter()
            .find(|part| {
                Reflect::get(part, &"type".into()).is_ok_and(|kind| kind == JsValue::from_str("timeZoneName"))
            })
            .and_then(|part| Reflect::get(&part, &"value".into()).ok()?.as_string())
            .map_or(0, |text| parse_offset(&text))
    })
}

/// Reads `GMT`, `GMT+02:00` or `GMT-09:30`.
#[cfg_attr(feature = "ssr", cfg(test))]
fn parse_offset(text: &str) -> i32 {
    let text = text.trim_start_matches("GMT");
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (-1, digits),
        None => (1, text.trim_start_matches('+')),
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    sign * (hours.parse::<i32>().unwrap_or(0) * 60 + minutes.parse::<i32>().unwrap_or(0))
}

/// The present moment on either side, not followed.
#[must_use]
pub fn present() -> Timestamp {
    let clock = browser_now(20).map(|clock| Timestamp(clock.get_untracked()));
    clock.or_else(|| use_context::<Now>().map(|Now(now)| now)).unwrap_or(Timestamp(0))
}

/// The present moment in the browser, moving on every so many seconds; on the server nothing, see [`Now`].
#[must_use]
pub fn browser_now(every_seconds: u64) -> Option<ArcRwSignal<i64>> {
    #[cfg(feature = "ssr")]
    {
        let _ = every_seconds;
        None
    }
    #[cfg(not(feature = "ssr"))]
    {
        use std::{cell::RefCell, collections::HashMap, time::Duration};
        thread_local! {
            static CLOCKS: RefCell<HashMap<u64, ArcRwSignal<i64>>> = RefCell::new(HashMap::new());
        }
        let read = || js_sys::Date::now() as i64;
        let clock = CLOCKS.with_borrow_mut(|clocks| {
            clocks
                .entry(every_seconds)
                .or_insert_with(|| {
                    let clock = ArcRwSignal::new(read());
                    let moved = clock.clone();
                    set_interval(move || moved.set(read()), Duration::from_secs(every_seconds));
                    clock
                })
                .clone()
        });
        Some(clock)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_offset_follows_summer_time() {
        let winter = Timestamp::parse("2026-01-10T12:00:00Z").unwrap();
        let summer = Timestamp::parse("2026-07-10T12:00:00Z").unwrap();
        assert_eq!(offset_of("Europe/Berlin", winter), 60);
        assert_eq!(offset_of("Europe/Berlin", summer), 120);
        assert_eq!(offset_of("Asia/Kolkata", winter), 330);
        assert_eq!(offset_of("Nowhere/Land", winter), 0);
    }

    #[test]
    fn offsets_are_read_as_browsers_write_them() {
        assert_eq!(parse_offset("GMT"), 0);
        assert_eq!(parse_offset("GMT+05:30"), 330);
        assert_eq!(parse_offset("GMT-09:30"), -570);
    }
}
