// What a stranger does with a campaign: opens its page, fills the form wrong and then right, and becomes a lead of the
// partner's that becomes a deal.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, sideways, signIn } from "../support";

/** A page of somebody's own, signed in: at a desk and with script, whatever the stranger has. */
async function signedIn(browser: Browser, email: string): Promise<Page> {
  const desk = { javaScriptEnabled: true, viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false };
  const page = await (await browser.newContext(desk)).newPage();
  await signIn(page, email);
  return page;
}

/** A name that no other run of the tests has used. */
function fresh(stem: string): string {
  return `${stem} ${process.env["E2E_RUN"] ?? ""}${Date.now()}`;
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

const block = (id: string, part: Json): Json => ({ id, zone: { is: "locked" }, part });

/** What the landing page of these tests says. */
function content(name: string): Json {
  const blocks = [
    block("heading", { is: "heading", text: "An hour for your security" }),
    block("text", { is: "text", text: "We look at it **together**, at no cost." }),
    block("picture", { is: "image", picture: { is: "drawn", motif: "shield" }, alt: "A shield" }),
    block("form", {
      is: "form",
      label: "Ask for a date",
      fields: ["How many offices?"],
      consent: "{{partner_name}} may write to me about this.",
      thanks: "Thank you. We will call within a day.",
    }),
    block("card", { is: "partner_card" }),
    block("footer", { is: "footer", text: "No obligation." }),
  ];
  const english = { subject: "An hour for your security", summary: "We look at it together.", blocks };
  return {
    name,
    about: "",
    topic: "security",
    assets: [{ key: "page", kind: "landing_page", name: "Page", day: 0, languages: { en: english } }],
    rules: { banned: [], legal_line: "", link_hosts: [], logo_needed: false, approval_needed: false },
  };
}

interface Campaign {
  id: string;
  slug: string;
  state: string;
}

/** Publishes a kit as the vendor and launches a campaign of it as the partner; gives the campaign when its page is open. */
async function launched(browser: Browser, name: string): Promise<{ campaign: Campaign; kit: string; olivia: Page; sam: Page }> {
  const olivia = await signedIn(browser, people.olivia);
  const sam = await signedIn(browser, people.sam);
  const programs = await ask<{ items: { id: string }[] }>(sam, "GET", "programs");
  const program = programs.items[0]?.id ?? "";
  const kit = (await ask<{ id: string }>(olivia, "POST", "kits", { program, name })).id;
  await ask(olivia, "PUT", `kits/${kit}/draft`, { content: content(name) });
  await ask(olivia, "POST", `kits/${kit}/publish`, { note: "For a test" });
  const made = await ask<Campaign>(sam, "POST", "campaigns", { kit, name });
  const asked = await ask<Campaign>(sam, "POST", `campaigns/${made.id}/launch`, {});
  if (asked.state === "awaiting_approval") await ask(olivia, "POST", `campaigns/${made.id}/approve`, {});
  await expect
    .poll(async () => (await sam.request.get(`/l/${made.slug}`)).status(), { timeout: 60_000, message: "the page opens" })
    .toBe(200);
  return { campaign: made, kit, olivia, sam };
}

test("a stranger fills the form of a campaign and becomes a lead and a deal @plain @phone", async ({ browser, page }) => {
  test.setTimeout(150_000);
  const name = fresh("Autumn check");
  const company = fresh("Haddad Bau");
  const { campaign, sam } = await launched(browser, name);
  const silent = expectNoConsoleProblems(page, [/422/]);

  await page.goto(`/l/${campaign.slug}`);
  await expect(page.getByRole("heading", { level: 1, name: "An hour for your security" })).toBeVisible();
  await expect(page).toHaveTitle(/An hour for your security/);
  expect(await page.locator("script").count(), "the page has no script").toBe(0);
  expect(await sideways(page)).toEqual([]);
  await axe(page);

  // A form without script, filled wrong: what was typed stays, and each error leads to its field.
  await page.getByLabel(/First name/).fill("Noor");
  await page.getByLabel(/Last name/).fill("see http://spam.test");
  await page.getByLabel(/E-?mail/).fill("noor@haddad");
  await page.getByLabel(/Company/).fill(company);
  await page.getByLabel("How many offices?").fill("4");
  await page.getByRole("checkbox").check();
  await page.waitForTimeout(2_100);
  await page.getByRole("button", { name: "Ask for a date" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("No links here, please.");
  await expect(alert).toContainText("Write the address like name@example.com.");
  await expect(page.getByLabel(/First name/)).toHaveValue("Noor");
  await expect(page.getByLabel(/Company/)).toHaveValue(company);
  await expect(page.getByLabel("How many offices?")).toHaveValue("4");
  await expect(page.getByRole("checkbox")).toBeChecked();
  await expect(page.getByLabel(/E-?mail/)).toHaveAttribute("aria-invalid", "true");
  await alert.getByRole("link", { name: "Write the address like name@example.com." }).click();
  await expect(page).toHaveURL(/#email$/);
  await axe(page);

  // Put right and sent: thanks stand where the form was, and loading again sends nothing again.
  await page.getByLabel(/Last name/).fill("Haddad");
  await page.getByLabel(/E-?mail/).fill("noor@haddad-bau.example");
  await page.getByRole("button", { name: "Ask for a date" }).click();
  await expect(page).toHaveURL(new RegExp(`/l/${campaign.slug}\\?sent=1`));
  await expect(page.getByText("Thank you. We will call within a day.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Ask for a date" })).toHaveCount(0);
  await axe(page);
  await page.reload();
  await expect(page.getByText("Thank you. We will call within a day.")).toBeVisible();
  silent();

  // One lead stands with the partner, accepted, and says where it came from.
  const found = await ask<{ items: { id: string; status: string }[] }>(
    sam,
    "GET",
    `leads?source=campaign&q=${encodeURIComponent(company)}`,
  );
  expect(found.items.map((lead) => lead.status)).toEqual(["accepted"]);
  const lead = found.items[0]?.id ?? "";
  await sam.goto(`/leads/${lead}`);
  await hydrated(sam);
  await expect(sam.getByRole("heading", { name: company })).toBeVisible();
  await expect(sam.getByText(`Campaign: ${name}`)).toBeVisible();
  await expect(sam.getByText("Your own campaign brought it.")).toBeVisible();
  await expect(sam.getByRole("link", { name: "noor@haddad-bau.example" })).toBeVisible();
  await sam.getByRole("button", { name: "Register deal" }).click();
  await expect(sam).toHaveURL(/\/deals\/deal_[^/]+\/edit$/);
  const deal = /deal_[^/]+/.exec(sam.url())?.[0] ?? "";
  const draft = await ask<{ source: string; customer: { name: string } }>(sam, "GET", `deals/${deal}`);
  expect([draft.source, draft.customer.name]).toEqual([lead, company]);
});

test("a kit that is called back closes the page, and says whom to ask @plain", async ({ browser, page }) => {
  test.setTimeout(120_000);
  const { campaign, kit, olivia } = await launched(browser, fresh("Called back"));
  const silent = expectNoConsoleProblems(page, [/410/, /404/]);
  await page.goto(`/l/${campaign.slug}`);
  await expect(page.getByRole("button", { name: "Ask for a date" })).toBeVisible();
  await ask(olivia, "POST", `kits/${kit}/recall`, { reason: "The offer is wrong." });
  await expect
    .poll(async () => (await page.request.get(`/l/${campaign.slug}`)).status(), { timeout: 30_000, message: "the page closes" })
    .toBe(410);
  await page.goto(`/l/${campaign.slug}?fresh=1`);
  await expect(page.getByRole("heading", { name: "This offer has ended" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /Alpine/ })).toBeVisible();
  await expect(page.getByText("The offer is wrong.")).toHaveCount(0);
  await axe(page);
  await page.goto("/l/there-is-no-such-page");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await axe(page);
  silent();
});
