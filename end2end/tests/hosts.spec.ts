// Host names of brands: shown by a record of a real DNS server beside the test, opened in the browser by name.
import { createSocket, type Socket } from "node:dgram";
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, password, people, settled, sideways, signIn } from "../support";

const base = new URL(process.env.RIALTO_URL ?? "http://127.0.0.1:3000");
const dns = process.env.RIALTO_DNS;

test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP *.acme.test 127.0.0.1",
    ],
  },
});
test.describe.configure({ mode: "serial" });
test.skip(dns === undefined, "needs the DNS address that the server was started with (cargo xtask e2e sets it)");

/** Texts by name. */
const records = new Map<string, string>();
let socket: Socket;

/** The answer to a query with one question: a text where there is one, else that there is no such name. */
function answer(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  const text = records.get(labels.join(".").toLowerCase());
  const isText = query.readUInt16BE(at + 1) === 16 && text !== undefined;
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(isText ? 1 : 0, 6);
  const parts = [head, query.subarray(12, end)];
  if (isText) {
    const data = Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    parts.push(record, data);
  }
  return Buffer.concat(parts);
}

test.beforeAll(async () => {
  const [host, port] = (dns ?? "").split(":");
  socket = createSocket("udp4");
  socket.on("message", (query, from) => socket.send(answer(query), from.port, from.address));
  await new Promise<void>((done) => socket.bind(Number(port), host, done));
});

test.afterAll(() => {
  socket.close();
});

const under = (host: string, path: string) => `${base.protocol}//${host}:${base.port}${path}`;

async function signInUnder(page: Page, host: string, email: string): Promise<void> {
  await page.goto(under(host, "/sign-in"));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** Makes a brand with a published colour; its id and the accent that its pages must wear. */
async function brand(page: Page, name: string, colour: string): Promise<{ id: string; accent: string }> {
  const made = await page.request.post("/api/v1/brands", { data: { name, hue: 262, chroma: 0.17 } });
  expect(made.status()).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const theme = { colour, voice: { sign_in_title: `Welcome to ${name}` } };
  const published = await page.request.post(`/api/v1/brands/${id}/theme/publish`, { data: { theme } });
  expect(published.ok()).toBe(true);
  const tokens = (await (await page.request.get(`/api/v1/brands/${id}/theme/tokens`)).json()) as {
    light: Record<string, string>;
  };
  return { id, accent: tokens.light["accent"] ?? "" };
}

/** Adds a name to a brand and shows it, without the screen. */
async function verified(page: Page, id: string, host: string): Promise<void> {
  const added = await page.request.post(`/api/v1/brands/${id}/hosts`, { data: { host } });
  expect(added.status()).toBe(201);
  const made = (await added.json()) as { id: string; record: { name: string; value: string } };
  records.set(made.record.name, made.record.value);
  const checked = await page.request.post(`/api/v1/hosts/${made.id}/check`, { data: {} });
  expect(((await checked.json()) as { answer: string }).answer).toBe("found");
}

/** Notes every accent that the page shows in any frame, from the first one on. */
async function watchAccent(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenAccents: seen });
    const look = () => {
      const root = document.documentElement as HTMLElement | null;
      if (root !== null && document.body !== null) {
        const now = getComputedStyle(root).getPropertyValue("--accent").trim();
        if (now !== "" && !seen.includes(now)) seen.push(now);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => (window as unknown as { seenAccents: string[] }).seenAccents);
}

test("a name is added, shown by its record, used in mails and removed", async ({ page }) => {
  // What is no host name is refused.
  const silent = expectNoConsoleProblems(page, [/422/]);
  const stamp = Date.now();
  const host = `portal-${stamp}.acme.test`;
  await signIn(page, people.olivia);
  const { id } = await brand(page, `Named ${stamp}`, "#be123c");
  await page.goto(`/brands/${id}`);
  await page.getByRole("link", { name: "Host names" }).click();
  await expect(page.getByText("No host names yet")).toBeVisible();
  await settled(page);
  await axe(page);
  const field = page.getByLabel("Host name", { exact: true });
  for (const wrong of ["127.0.0.1", "co.uk", "not a host"]) {
    await field.fill(wrong);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.locator(".fault")).toBeVisible();
  }
  await field.fill(`https://${host.toUpperCase()}/`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const entry = page.getByRole("listitem", { name: host });
  await expect(entry.getByText("Waits for its record")).toBeVisible();
  await expect(entry.getByText(`_rialto.${host}`)).toBeVisible();
  const value = await entry.getByText(/^rialto-host=/).innerText();
  await entry.getByRole("button", { name: `Check now: ${host}` }).click();
  await expect(entry.getByText("There is no such record yet", { exact: false })).toBeVisible();
  records.set(`_rialto.${host}`, "rialto-host=another");
  await entry.getByRole("button", { name: `Check now: ${host}` }).click();
  await expect(entry.getByText("it says something else", { exact: false })).toBeVisible();
  records.set(`_rialto.${host}`, value);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await sideways(page)).toEqual([]);
  await entry.getByRole("button", { name: `Check now: ${host}` }).click();
  await expect(entry.getByText("The record is there.")).toBeVisible();
  await axe(page);
  expect(await sideways(page)).toEqual([]);
  await entry.getByRole("button", { name: "Use in mails" }).click();
  await expect(entry.getByRole("button", { name: "Not in mails any more" })).toBeVisible();
  const ours = await page.request.get(`/.well-known/rialto/host?domain=${host}`);
  expect(ours.status()).toBe(200);
  await entry.getByText("Remove", { exact: true }).click();
  await entry.getByRole("button", { name: "Remove host name" }).click();
  await expect(page.getByText("No host names yet")).toBeVisible();
  expect((await page.request.get(`/.well-known/rialto/host?domain=${host}`)).status()).toBe(404);
  silent();
});

test("under a brand's name the first paint is the brand's, and so is every one after it", async ({ page, browser }) => {
  const stamp = Date.now();
  const [host, name] = [`face-${stamp}.acme.test`, `Face ${stamp}`];
  await signIn(page, people.olivia);
  const { id, accent } = await brand(page, name, "#be123c");
  await verified(page, id, host);

  const guest = await (await browser.newContext()).newPage();
  const accents = await watchAccent(guest);
  const answered = await guest.goto(under(host, "/sign-in"));
  const html = (await answered?.text()) ?? "";
  const style = /<style[^>]*>(:root\{[^<]*)<\/style>/.exec(html)?.[1] ?? "";
  expect(style).toContain(`--accent:light-dark(${accent},`);
  expect(html).toContain(name);
  await settled(guest);
  await expect(guest.getByText(name, { exact: true })).toBeVisible();
  const seen = await accents();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toContain(accent);
  await guest.getByRole("link", { name: "Forgot your password?" }).click();
  await guest.waitForURL((url) => url.pathname === "/forgotten");
  await expect(guest.locator("main .mark").first()).toHaveText(name.slice(0, 1));
  expect(await accents()).toEqual(seen);

  // The vendor's own people come in; the session is of this name alone.
  await signInUnder(guest, host, people.olivia);
  await settled(guest);
  expect((await accents()).every((one) => one.includes(accent))).toBe(true);
  const cookies = await guest.context().cookies();
  const session = cookies.find((cookie) => cookie.name === "rialto_session");
  expect(session?.domain).toBe(host);
  await guest.context().close();
});

test("who signs in under a brand's name sees its logo and its wide picture", async ({ page, browser }) => {
  const stamp = Date.now();
  const [host, name] = [`seen-${stamp}.acme.test`, `Seen ${stamp}`];
  await signIn(page, people.olivia);
  const { id } = await brand(page, name, "#0f766e");
  await verified(page, id, host);
  const uploaded = async (use: string, width: number, height: number): Promise<string> => {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#0f766e"/></svg>`;
    const answer = await page.request.post(`/api/v1/brands/${id}/pictures`, {
      multipart: { use, file: { name: "drawn.svg", mimeType: "image/svg+xml", buffer: Buffer.from(drawing) } },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { hash: string }).hash;
  };
  const theme = { colour: "#0f766e", logo: await uploaded("logo", 240, 60), hero: await uploaded("hero", 1200, 600) };
  const published = await page.request.post(`/api/v1/brands/${id}/theme/publish`, { data: { theme } });
  expect(published.ok(), await published.text()).toBe(true);

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(under(host, "/sign-in"));
  await settled(guest);
  const [hero, logo] = [guest.locator("main > img.hero"), guest.locator("main .brand-logo > .on-light")];
  for (const picture of [hero, logo]) {
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
  }
  for (const width of [1280, 360]) {
    await guest.setViewportSize({ width, height: 740 });
    expect(await sideways(guest)).toEqual([]);
    await axe(guest);
  }
  // Another page without the frame wears them too.
  await guest.getByRole("link", { name: "Forgot your password?" }).click();
  await guest.waitForURL((url) => url.pathname === "/forgotten");
  await expect(hero).toBeVisible();
  await guest.context().close();
});

test("who has no program of the brand is told so, with the way to their own", async ({ page, browser }) => {
  const stamp = Date.now();
  const [host, name] = [`closed-${stamp}.acme.test`, `Closed ${stamp}`];
  await signIn(page, people.olivia);
  const { id, accent } = await brand(page, name, "#be123c");
  await verified(page, id, host);
  const paula = await (await browser.newContext()).newPage();
  await signInUnder(paula, host, people.paula);
  await expect(paula.getByRole("heading", { name: `No program with ${name}` })).toBeVisible();
  expect(await paula.content()).toContain(accent);
  const away = paula.getByRole("link", { name: "To your programs" });
  expect(await away.getAttribute("href")).toMatch(/^http/);
  expect(await away.getAttribute("href")).not.toContain(host);
  await paula.getByRole("button", { name: "Sign out" }).click();
  await expect(paula.getByText(name, { exact: true })).toBeVisible();
  await expect(paula.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await paula.context().close();
});

test("a partner is led to the program of the brand whose name was opened", async ({ page, browser }) => {
  const host = `led-${Date.now()}.acme.test`;
  await signIn(page, people.olivia);
  const programs = (await (await page.request.get("/api/v1/programs?limit=200")).json()) as {
    items: { id: string; brand: string; brand_name: string; name: string }[];
  };
  const paula = await (await browser.newContext()).newPage();
  await signIn(paula, people.paula);
  const me = (await (await paula.request.get("/api/v1/session")).json()) as {
    program: { brand_id: string };
    programs: { id: string; brand_id: string; brand_name: string }[];
  };
  // Another brand than the one that she comes to by herself.
  const other = me.programs.find((program) => program.brand_id !== me.program.brand_id);
  test.skip(other === undefined, "the demo's partner has programs of one brand only");
  expect(programs.items.some((program) => program.brand === other?.brand_id)).toBe(true);
  await verified(page, other?.brand_id ?? "", host);
  await signInUnder(paula, host, people.paula);
  await settled(paula);
  // A brand with a logo has its name for those who do not see it.
  await expect(paula.locator("#switch summary")).toContainText(other?.brand_name ?? "");
  // The session under the installation's own name stays where it was.
  await paula.goto(`${base.origin}/`);
  const after = (await (await paula.request.get(`${base.origin}/api/v1/session`)).json()) as typeof me;
  expect(after.program.brand_id).toBe(me.program.brand_id);
  await paula.context().close();
});

test("a name that is nobody's is turned away without any brand", async ({ page }) => {
  const answered = await page.goto(under("nobody.acme.test", "/sign-in"));
  expect(answered?.status()).toBe(421);
  expect(await page.content()).not.toContain("<style");
  await expect(page.getByRole("heading", { name: "Nobody lives here" })).toBeVisible();
});

test("a website is read for its colours only where it is public", async ({ page }) => {
  await signIn(page, people.olivia);
  const { id } = await brand(page, `Website ${Date.now()}`, "#0f766e");
  await page.goto(`/brands/${id}`);
  await settled(page);
  const field = page.getByLabel("Website", { exact: true });
  for (const [address, words] of [
    ["http://127.0.0.1/", "This address is not on the public network."],
    ["http://169.254.169.254/latest/", "This address is not on the public network."],
    ["ftp://example.com", "Write an address like www.example.com."],
    ["nobody.acme.test", "There is no such website. Is the name right?"],
  ] as const) {
    await field.fill(address);
    await field.press("Enter");
    await expect(page.getByText(words)).toBeVisible();
  }
  expect(new URL(page.url()).pathname).toBe(`/brands/${id}`);
  await axe(page);
});
