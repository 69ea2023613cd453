//! The browser's side of the live stream: one connection for all tabs, made again when it is lost.
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{Either, select};
use futures::{StreamExt, pin_mut};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{Effect, Get, GetUntracked, Set, WithUntracked};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Event, EventSource, MessageEvent};

use crate::live::{Freshness, Live, Moved};

/// Name of the lock that the leading tab holds, and of the channel on which it tells the others.
const NAME: &str = "rialto-live";
/// A stream that says nothing for so long, not even that it is there, is dead: three heartbeats.
const SILENCE_MS: u32 = 50_000;
const LONGEST_WAIT_MS: u32 = 30_000;

/// What the leading tab tells the others.
const LIVE: &str = "live";
const LOST: &str = "lost";
/// What a new tab asks.
const ASK: &str = "how-is-it";

/// What comes out of a connection.
enum Heard {
    Message {
        text: String,
        bookmark: String,
    },
    /// The server says that it is still there.
    Here,
    /// The page may have another reader.
    Turned,
    Lost,
}

/// Follows the leading tab, and leads when there is none. A browser without locks or channels streams in every
/// tab by itself. To be called in an effect.
pub(crate) fn connect(live: Live) {
    let (turned, turns) = unbounded::<()>();
    let reader = live.reader;
    Effect::new(move |_| {
        let _ = (reader.get(), turned.unbounded_send(()));
    });
    let channel = BroadcastChannel::new(NAME).ok();
    if let Some(channel) = &channel {
        follow(channel, live.clone());
        let _ = channel.post_message(&ASK.into());
    }
    leptos::task::spawn_local(async move {
        if channel.is_some() {
            lead().await;
        }
        stream(live, channel, turns).await;
    });
}

/// Comes back when this tab leads: when no other does any more. It leads until it is closed.
async fn lead() {
    let (granted, mut wait) = unbounded::<()>();
    let hold = Closure::once_into_js(move |_: JsValue| {
        let _ = granted.unbounded_send(());
        Promise::new(&mut |_, _| {})
    });
    let request = || -> Option<()> {
        let locks = Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        request.call2(&locks, &NAME.into(), &hold).ok().map(drop)
    };
    if request().is_some() {
        wait.next().await;
    }
}

/// Hears what the leading tab tells.
fn follow(channel: &BroadcastChannel, live: Live) {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        match message.data().as_string().as_deref() {
            Some(LIVE) => set(&live, Freshness::Live),
            Some(LOST) => set(&live, lost()),
            Some(ASK) | None => {}
            Some(text) => {
                set(&live, Freshness::Live);
                tell(&live, text);
            }
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It hears as long as the page is open.
    hear.forget();
}

/// Streams for ever, from the page's bookmark on, and passes on what it hears.
async fn stream(live: Live, channel: Option<BroadcastChannel>, mut turns: UnboundedReceiver<()>) {
    let say = |text: &str| {
        if let Some(channel) = &channel {
            let _ = channel.post_message(&text.into());
        }
    };
    if let Some(channel) = &channel {
        answer(channel.clone(), live.clone());
    }
    let (back, mut online) = unbounded::<()>();
    leptos::prelude::window_event_listener(leptos::ev::online, move |_| {
        let _ = back.unbounded_send(());
    });
    let mut bookmark = page_bookmark();
    let mut wait_ms = 1000;
    loop {
        let reader = live.reader.try_get_untracked();
        let connection = Connection::open(&bookmark);
        if let Some(mut connection) = connection {
            while let Some(heard) = connection.next(&mut turns).await {
                wait_ms = 1000;
                if matches!(heard, Heard::Turned) && live.reader.try_get_untracked() != reader {
                    break;
                }
                let Heard::Message { text, bookmark: at } = heard else { continue };
                if !at.is_empty() {
                    bookmark = at;
                }
                set(&live, Freshness::Live);
                say(LIVE);
                say(&text);
                tell(&live, &text);
            }
        }
        // For another reader there is another stream. It begins at the bookmark of the old one: the server knows whether
        // anything can have been missed, and says so.
        if live.reader.try_get_untracked() != reader {
            continue;
        }
        set(&live, lost());
        say(LOST);
        let pause = TimeoutFuture::new(wait_ms);
        let online = online.next();
        pin_mut!(pause, online);
        let _ = select(pause, online).await;
        wait_ms = (wait_ms * 2).min(LONGEST_WAIT_MS);
    }
}

/// A new tab asks how it is; the leader says.
fn answer(channel: BroadcastChannel, live: Live) {
    let own = channel.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if message.data().as_string().as_deref() == Some(ASK) {
            let fresh = live.freshness.try_get_untracked() == Some(Freshness::Live);
            let _ = own.post_message(&if fresh { LIVE } else { LOST }.into());
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

/// Wakes what a message says has moved.
fn tell(live: &Live, text: &str) {
    match base::tree::read::<Moved>(text) {
        Ok(moved) if moved.kind == "stream.again" => live.wake_all(),
        Ok(moved) if moved.kind == "stream.connected" => {}
        Ok(moved) => live.wake_soon(moved),
        Err(_) => {}
    }
}

fn set(live: &Live, freshness: Freshness) {
    if live.freshness.try_with_untracked(|now| *now != freshness) == Some(true) {
        let _ = live.freshness.try_set(freshness);
    }
}

fn lost() -> Freshness {
    let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    if online { Freshness::Reconnecting } else { Freshness::Offline }
}

/// Where the page stood when the server made it: `<html data-live>`.
fn page_bookmark() -> String {
    let page = web_sys::window().and_then(|window| window.document()?.document_element());
    page.and_then(|page| page.get_attribute("data-live")).unwrap_or_default()
}

/// One connection; closed when dropped. It does not use the browser's own reconnecting, which neither says that
/// it lost the stream nor gives up on a dead one.
struct Connection {
    source: EventSource,
    heard: UnboundedReceiver<Heard>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _here: Closure<dyn FnMut(Event)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Connection {
    fn open(bookmark: &str) -> Option<Self> {
        let query = if bookmark.is_empty() { String::new() } else { format!("?last_event_id={bookmark}") };
        let source = EventSource::new(&format!("/api/v1/live{query}")).ok()?;
        let (tell, heard) = unbounded();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(on_message(tell.clone()));
        let still = tell.clone();
        let here = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            let _ = still.unbounded_send(Heard::Here);
        });
        let error = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            let _ = tell.unbounded_send(Heard::Lost);
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.add_event_listener_with_callback("here", here.as_ref().unchecked_ref()).ok()?;
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self { source, heard, _message: message, _here: here, _error: error })
    }

    /// The next message; nothing when the connection is lost or has been silent for too long.
    async fn next(&mut self, turns: &mut UnboundedReceiver<()>) -> Option<Heard> {
        let silence = TimeoutFuture::new(SILENCE_MS);
        let (heard, turn) = (self.heard.next(), turns.next());
        pin_mut!(silence, heard, turn);
        match select(heard, select(turn, silence)).await {
            Either::Left((Some(Heard::Lost) | None, _)) => None,
            Either::Left((heard, _)) => heard,
            Either::Right((Either::Left((Some(()), _)), _)) => Some(Heard::Turned),
            Either::Right(_) => None,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

fn on_message(tell: UnboundedSender<Heard>) -> impl FnMut(MessageEvent) {
    move |message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            let _ = tell.unbounded_send(Heard::Message { text, bookmark: message.last_event_id() });
        }
    }
}
