// The jobs around a campaign: a partner takes a kit and launches it to people who agreed; the vendor approves; it is stopped.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test, type Browser, type Locator, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

/** A square of one colour, large enough for a logo. */
async function logo(page: Page): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 512;
    const paint = canvas.getContext("2d");
    if (paint) {
      paint.fillStyle = "#145c58";
      paint.fillRect(0, 0, 512, 512);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(text, "base64");
}

const csv = (count: number) =>
  "email,name,company\n" +
  Array.from({ length: count }, (_, at) => `person${at}.${Date.now()}@example.com,Person ${at},Company ${at}`).join("\n");

/** Takes a kit of the gallery by its name, or the first one. */
async function useKit(page: Page, name = ""): Promise<string> {
  await page.goto("/campaigns/new");
  await settled(page);
  await page.getByRole("button", { name: `Use this kit: ${name}` }).first().click();
  await expect(page).toHaveURL(/\/campaigns\/cmp_[^/?]+$/);
  await settled(page);
  return new URL(page.url()).pathname;
}

/** Fills in what the check asks of the card, unless it is there. */
async function fillCard(page: Page): Promise<void> {
  if (await page.locator(".campaign-logo img").count() === 0) {
    await page.locator("#card-logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: await logo(page) });
    await expect(page.locator(".campaign-logo img")).toBeVisible();
  }
  await page.getByLabel("Postal address").fill("Alpine Way 1\n6020 Innsbruck");
  await expect(page.getByText("Kept", { exact: true })).toBeVisible();
}

/** Brings people in from a file on the campaign's own page. */
async function bringPeople(page: Page, count: number): Promise<void> {
  const details = page.locator("details.campaign-import");
  if (!(await details.evaluate((element: HTMLDetailsElement) => element.open))) {
    await details.locator("summary").first().click();
  }
  const file = { name: `people-${Date.now()}.csv`, mimeType: "text/csv", buffer: Buffer.from(csv(count)) };
  await page.locator("#new-audience-file").setInputFiles(file);
  await details.getByLabel("What they agreed to").fill("Write to me about news and events.");
  await details.getByRole("button", { name: "Bring in" }).click();
  await expect(page.getByText(`Goes to ${count} people.`)).toBeVisible();
}

type Json = Record<string, unknown>;

/** Asks the API as whoever is signed in. */
async function ask<T = Json>(page: Page, method: "GET" | "POST" | "PUT", path: string, data?: Json): Promise<T> {
  const answer = await page.request.fetch(`/api/v1/${path}`, {
    method,
    headers: { accept: "application/json" },
    ...(data === undefined ? {} : { data }),
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

const block = (id: string, part: Json, zone: Json = { is: "locked" }): Json => ({ id, zone, part });

/** What the kit of these tests says: one mail with a place for the partner's words, and the page that it leads to. */
function content(name: string, approval: boolean): Json {
  const mail = [
    block("heading", { is: "heading", text: "An hour for your security" }),
    block("own", { is: "text", text: "We look at it together." }, { is: "text", max: 200 }),
    block("button", { is: "button", label: "Ask for a date", target: { to: "landing_page" } }),
    block("card", { is: "partner_card" }, { is: "partner" }),
    block("footer", { is: "footer", text: "You get this because you agreed to it." }),
  ];
  const form = { is: "form", label: "Ask for a date", fields: [], consent: "{{partner_name}} may write to me.", thanks: "Thank you." };
  const landing = [
    block("title", { is: "heading", text: "An hour for your security" }),
    block("form", form),
    block("who", { is: "partner_card" }, { is: "partner" }),
    block("end", { is: "footer", text: "No obligation." }),
  ];
  const said = (subject: string, blocks: Json[]) => ({ en: { subject, summary: "We look at it together.", blocks } });
  return {
    name,
    about: "For companies that want to sleep well.",
    topic: "security",
    assets: [
      { key: "email-1", kind: "email", name: "Mail", day: 0, languages: said(`Security for {{first_name|you}} ${name}`, mail) },
      { key: "page", kind: "landing_page", name: "Page", day: 0, languages: said("An hour for your security", landing) },
    ],
    rules: { banned: [], legal_line: "", link_hosts: [], logo_needed: true, approval_needed: approval },
  };
}

/** A page of somebody's own, signed in. */
async function signedIn(browser: Browser, email: string): Promise<Page> {
  const desk = { javaScriptEnabled: true, viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false };
  const page = await (await browser.newContext(desk)).newPage();
  await signIn(page, email);
  return page;
}

/** The vendor publishes a kit of its own; gives its name. */
async function publish(browser: Browser, approval: boolean): Promise<string> {
  const name = `Hour ${process.env["E2E_RUN"] ?? ""}${Date.now()}`;
  const vendor = await signedIn(browser, people.olivia);
  const programs = await ask<{ items: { id: string }[] }>(vendor, "GET", "programs");
  const made = await ask<{ id: string }>(vendor, "POST", "kits", { program: programs.items[0]?.id, name });
  await ask(vendor, "PUT", `kits/${made.id}/draft`, { content: content(name, approval) });
  await ask(vendor, "POST", `kits/${made.id}/publish`, { note: "" });
  await vendor.context().close();
  return name;
}

// The browser says so of the tests' own looks into a frame that runs nothing.
const SANDBOX = /Blocked script execution in .*\/preview/;

const folder = process.env["RIALTO_MAIL"] ?? "";

/** Waits for the mail whose subject holds something, as it came to the mail server. */
async function mailAbout(about: string, to: string): Promise<string> {
  let found: string | undefined;
  await expect(() => {
    const all = readdirSync(folder).sort().reverse().map((file) => readFileSync(`${folder}/${file}`, "utf8"));
    found = all.find((raw) => raw.includes(to) && raw.replace(/=\r\n/g, "").includes(about));
    expect(found, `a mail to ${to}`).toBeDefined();
  }).toPass({ timeout: 60_000 });
  return (found as string).replace(/=\r\n/g, "").replace(/=3D/g, "=");
}

test("a partner launches a campaign in a few clicks, and a click in its mail counts", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  const name = await publish(browser, false);
  await signIn(page, people.sam);
  let clicks = 0;
  const click = async (what: Locator) => {
    clicks += 1;
    await what.click();
  };
  await click(page.getByRole("link", { name: "Campaigns", exact: true }).first());
  await settled(page);
  await axe(page);
  await click(page.getByRole("link", { name: "New campaign" }));
  await settled(page);
  await click(page.getByRole("button", { name: `Use this kit: ${name}` }));
  await expect(page).toHaveURL(/\/campaigns\/cmp_[^/?]+$/);
  await settled(page);
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  // What is missing is said, with the way to it.
  clicks += 1;
  await fillCard(page);
  clicks += 3;
  await bringPeople(page, 3);
  await axe(page);
  await page.getByRole("textbox", { name: "Your words" }).first().fill("We are near you.");
  const frame = page.frameLocator("iframe.campaign-frame").first();
  await expect(frame.locator("body")).toContainText("We are near you.");
  await expect(page.getByText("Nothing found. It can go out.")).toBeVisible();

  const launch = page.locator("#launch");
  await expect(launch).not.toHaveAttribute("aria-disabled", "true");
  await click(launch);
  await expect(page.getByText("The campaign goes out in a few seconds").first()).toBeVisible();
  expect(clicks).toBeLessThanOrEqual(12);
  await expect(page.getByText("Going out", { exact: true }).or(page.getByText("Out", { exact: true })).first()).toBeVisible({ timeout: 60_000 });

  // The mail arrives, and whoever follows its link comes to the page and is counted.
  const raw = await mailAbout(name, "person0.");
  expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  const link = /https?:\/\/[^\s"<>]+\/m\/c\/[A-Za-z0-9_-]+/.exec(raw)?.[0];
  expect(link, raw).toBeDefined();
  // Whoever follows a link sooner than in two seconds is a machine that looks for harm.
  await page.waitForTimeout(3_000);
  const followed = await page.request.get(new URL(link as string).pathname);
  expect(followed.ok()).toBe(true);
  expect(followed.url()).toContain("/l/");
  await expect.poll(async () => (await ask<{ clicked: number }>(page, "GET", `campaigns/${id}/results`)).clicked, { timeout: 20_000 }).toBe(1);
  silent();
});

test("a campaign is paused, goes on, is stopped and brought back", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const name = await publish(browser, false);
  await signIn(page, people.sam);
  const path = await useKit(page, name);
  await fillCard(page);
  await bringPeople(page, 2);
  // A time in the far future, so that it waits.
  await page.getByLabel("At a time I choose").check();
  const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 11) + "09:00";
  await page.getByLabel("Day and time").fill(later);
  await expect(page.getByRole("button", { name: "Schedule" })).toBeVisible();
  await page.locator("#launch").click();
  await expect(page.getByText("Scheduled", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("Scheduled", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Stop for good" }).click();
  await expect(page.getByText("Campaign stopped")).toBeVisible();
  await page.locator(".toast").filter({ hasText: "Campaign stopped" }).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Scheduled", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Stop for good" }).click();
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
  await page.goto("/campaigns");
  await settled(page);
  await expect(page.locator(`a[href="${path}"]`)).toBeVisible();
});

test("the vendor sends a campaign back, then approves it", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const name = await publish(browser, true);
  await signIn(page, people.sam);
  const path = await useKit(page, name);
  await fillCard(page);
  await bringPeople(page, 2);
  await page.getByRole("textbox", { name: "Your words" }).first().fill("Cheap, cheap, cheap.");
  await expect(page.getByText("Kept", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("heading", { name: "The vendor is looking at it" })).toBeVisible();

  const vendor = await signedIn(browser, people.carlos);
  await vendor.goto(path);
  await settled(vendor);
  await axe(vendor);
  await expect(vendor.getByRole("cell", { name: "Cheap, cheap, cheap." })).toBeVisible();
  await expect(vendor.getByRole("cell", { name: "We look at it together." })).toBeVisible();
  await vendor.getByLabel("What must change").fill("Please say it another way.");
  await vendor.getByRole("button", { name: "Send back" }).click();
  await expect(vendor).toHaveURL(/\/campaigns$/);

  await page.reload();
  await settled(page);
  await expect(page.getByText("Please say it another way.")).toBeVisible();
  await page.getByRole("textbox", { name: "Your words" }).first().fill("Worth every cent.");
  await expect(page.getByText("Kept", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("heading", { name: "The vendor is looking at it" })).toBeVisible();
  await vendor.goto(path);
  await settled(vendor);
  await vendor.getByRole("button", { name: "Approve" }).click();
  await expect(vendor).toHaveURL(/\/campaigns$/);
  await page.reload();
  await expect(page.getByText(/^(Scheduled|Going out|Out)$/).first()).toBeVisible();
  await vendor.context().close();
});

test("people come from a file, and what cannot be taken comes back with its reason", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.sam);
  await page.goto("/audiences");
  await settled(page);
  await page.getByLabel("Name of the audience").fill(`News ${Date.now()}`);
  await page.getByRole("button", { name: "Make audience" }).click();
  await expect(page).toHaveURL(/\/audiences\/aud_[^/?]+$/);
  await settled(page);
  const text = "E-mail,First name,Consent\nana@example.com,Ana,yes\nana@example.com,Ana,yes\nnobody,X,yes\nbo@example.com,Bo,no\n";
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.locator("#audience-file").setInputFiles(file);
  const card = page.locator("#import");
  await card.getByLabel("What they agreed to").fill("Write to me about news.");
  await card.getByRole("button", { name: "Look first" }).click();
  await expect(card.getByText("Would be taken: 1. Would not: 3.")).toBeVisible();
  await axe(page);
  await card.getByRole("button", { name: "Bring in" }).click();
  await expect(card.getByText("New: 1 · known: 0 · not taken: 3")).toBeVisible();
  await expect(page.locator("#people").getByText("ana@example.com")).toBeVisible();
  const download = page.waitForEvent("download");
  await card.getByRole("link", { name: "3 rows that were not taken, as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("people-rejected.csv");
  await page.getByRole("button", { name: "More with ana@example.com" }).or(page.locator("summary[aria-label='More with ana@example.com']")).first().click();
  await page.getByRole("button", { name: "Forget this person" }).first().click();
  await page.getByRole("dialog", { name: "Forget this person" }).getByRole("button", { name: "Forget this person" }).click();
  await expect(page.locator("#people").getByText("ana@example.com")).toBeHidden();
  silent();
});

test("the vendor sees campaigns and how partners use kits, and never who is written to", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.carlos);
  await page.goto("/campaigns");
  await settled(page);
  await axe(page);
  await expect(page.getByRole("link", { name: "New campaign" })).toHaveCount(0);
  const answer = await page.request.get("/api/v1/audiences", { headers: { accept: "application/json" } });
  expect(answer.status()).toBe(403);
  silent();
});

test("@phone a campaign is made on a phone with the launch in sight", async ({ page }) => {
  await signIn(page, people.sam);
  await useKit(page);
  expect(await sideways(page)).toEqual([]);
  await expect(page.locator(".campaign-bar")).toBeInViewport();
  await axe(page);
  await page.goto("/audiences");
  await settled(page);
  expect(await sideways(page)).toEqual([]);
});
