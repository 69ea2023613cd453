// The worker that answers when the network does not. It keeps those of this build's files that the form needs, and of
// pages two: the form as its reader saw it last, and one that says that there is no connection. Calls of the API are
// never its business, and while the network answers, its answer is what is shown. `BUILD` is put before this text by
// the server.
"use strict";

const FILES = `rialto-files-${BUILD.name}`;
const PAGES = `rialto-pages-${BUILD.name}`;
// Who a page was made for; empty on pages of nobody's, missing on everything that is no page.
const READER = "x-rialto-reader";
// A copy of the form that is older is fetched again when its reader opens a page.
const FRESH_MS = 20 * 60 * 1000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((files) => files.addAll([...BUILD.files, BUILD.offline])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  if (typeof event.data === "string") event.waitUntil(welcome(event.data));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/pkg/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(page(event, url.pathname));
});

// Downloads and streams of the API, feeds and figures are left to the network.
function isPage(path) {
  return !/^\/(api|calendar|metrics|healthz|readyz)(\/|$)/.test(path) || path === "/calendar";
}

// A new build: what an older one kept is dropped, and whoever had a copy of the form gets this build's.
async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith("rialto-") && name !== FILES && name !== PAGES);
  let reader = "";
  for (const name of names.filter((name) => name.startsWith("rialto-pages-"))) {
    reader ||= await owner(await caches.open(name));
  }
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
  if (reader) await welcome(reader);
}

// Names below /pkg change with their content: what is kept is what the server has.
async function file(request) {
  const files = await caches.open(FILES);
  return (await files.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event, path) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return (await kept(path)) ?? Response.error();
  }
  const reader = response.headers.get(READER);
  if (reader !== null) event.waitUntil(seen(path, reader, response.clone()));
  return response;
}

async function kept(path) {
  const form = path === BUILD.form ? await (await caches.open(PAGES)).match(BUILD.form, { ignoreVary: true }) : undefined;
  return form ?? (await caches.open(FILES)).match(BUILD.offline, { ignoreVary: true });
}

// A page of somebody else's, or of nobody's: the copy goes. The form itself is kept.
async function seen(path, reader, response) {
  const pages = await caches.open(PAGES);
  if ((await owner(pages)) !== reader) await pages.delete(BUILD.form, { ignoreVary: true });
  if (path === BUILD.form && reader && response.ok && !response.redirected) await keepForm(pages, response);
}

// A page was opened by somebody who may register: they have a copy of the form, even if they have not opened it yet.
async function welcome(reader) {
  const pages = await caches.open(PAGES);
  const copy = await pages.match(BUILD.form, { ignoreVary: true });
  const age = Date.now() - Date.parse(copy?.headers.get("date") ?? "");
  if (copy && copy.headers.get(READER) === reader && age < FRESH_MS) return;
  if (copy && copy.headers.get(READER) !== reader) await pages.delete(BUILD.form, { ignoreVary: true });
  if (!reader) return;
  try {
    const [form, offline] = await Promise.all([ask(BUILD.form), ask(BUILD.offline)]);
    if (form.ok && form.headers.get(READER) === reader) await keepForm(pages, form);
    // In the reader's language and theme.
    if (offline.ok) await keep(await caches.open(FILES), BUILD.offline, offline);
  } catch {
    // Without a network there is nothing newer to keep.
  }
}

// An answer is read whole before it is kept: while one that the network leaves hanging is being put into a cache, nothing
// else comes out of it, and the form could not come alive.
async function keep(cache, path, response) {
  const { status, headers } = response;
  await cache.put(path, new Response(await response.blob(), { status, headers }));
}

// With the texts of the language that it is in.
async function keepForm(pages, response) {
  const texts = (await response.clone().text()).match(/\/pkg\/texts\.[\w.-]+/)?.[0];
  const files = await caches.open(FILES);
  if (texts && !(await files.match(texts, { ignoreVary: true }))) await files.add(texts);
  await keep(pages, BUILD.form, response);
}

async function ask(path) {
  return fetch(path, { headers: { accept: "text/html" }, credentials: "same-origin", redirect: "manual", cache: "no-store" });
}

async function owner(pages) {
  return (await pages.match(BUILD.form, { ignoreVary: true }))?.headers.get(READER) ?? "";
}
