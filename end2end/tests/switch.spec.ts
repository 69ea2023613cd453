// One login, several brands: another place is put into the page that is open, and one inbox has the messages of all.
import { expect, test, type Browser, type Page, type Request } from "@playwright/test";
import { expectNoConsoleProblems, people, settled, signIn } from "../support";

interface Program {
  id: string;
  name: string;
  brand_id: string;
  brand_name: string;
}

interface Me {
  program: Program;
  programs: Program[];
}

async function whoAmI(page: Page): Promise<Me> {
  return (await (await page.request.get("/api/v1/session")).json()) as Me;
}

/** The program that the page stands in, and one of another brand. */
async function two(page: Page): Promise<[Program, Program]> {
  const me = await whoAmI(page);
  const other = me.programs.find((program) => program.brand_id !== me.program.brand_id);
  expect(other, "the demo's partners are in programs of both brands").toBeDefined();
  return [me.program, other as Program];
}

const accent = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));

async function choose(page: Page, program: Program): Promise<void> {
  await page.locator("#switch summary").click();
  await page.locator("#switch").getByRole("button", { name: program.name }).click();
}

/** Documents and styles that the page asks for from now on. */
function watch(page: Page): { documents: string[]; styles: Request[] } {
  const seen = { documents: [] as string[], styles: [] as Request[] };
  page.on("request", (request) => {
    if (request.isNavigationRequest()) seen.documents.push(request.url());
    if (request.resourceType() === "stylesheet" || /\/face(\?|$)/.test(request.url())) seen.styles.push(request);
  });
  return seen;
}

/** Registers a deal in a program as Sam; Carlos returns it, of which Paula is told. Gives its id. */
async function returned(browser: Browser, program: Program, name: string): Promise<string> {
  const sam = await (await browser.newContext()).newPage();
  await signIn(sam, people.sam);
  const products = await sam.request.get(`/api/v1/products?program=${program.id}&active=true`);
  const product = ((await products.json()) as { items: { name: string }[] }).items[0]?.name ?? "";
  const made = await sam.request.post("/api/v1/deals", {
    data: {
      program: program.id,
      customer: { name, website: `${name.replace(/ /g, "-").toLowerCase()}.example`, country: "CH" },
      products: [{ product }],
      value: { amount: "950000", currency: "EUR" },
      expected_close: "2031-06-30",
      evidence: [{ kind: "meeting", note: "Workshop with the head of IT" }],
      submit: true,
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const carlos = await (await browser.newContext()).newPage();
  await signIn(carlos, people.carlos);
  const answer = await carlos.request.post(`/api/v1/deals/${id}/return`, {
    data: { fields: ["value"], note: "Please split the value by year." },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await sam.context().close();
  await carlos.context().close();
  return id;
}

test("another brand is put on in the page that is open, and in the other tabs", async ({ page, context }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.paula);
  const second = await context.newPage();
  await second.goto("/deals");
  await settled(second);
  await page.goto("/");
  await settled(page);
  await expect(page.locator(".tile").first()).toBeVisible();
  const [here, other] = await two(page);
  const [before, tiles] = [await accent(page), await page.locator(".tiles").first().textContent()];
  const [first, beside] = [watch(page), watch(second)];
  const figures = page.waitForResponse((response) =>
    response.url().includes("/api/v1/dashboards/partner") && response.url().includes(other.id));
  await choose(page, other);
  await figures;
  await expect.poll(() => accent(page)).not.toBe(before);
  const after = await accent(page);
  await expect(page.locator("#switch summary")).toContainText(other.brand_name);
  await expect(page.getByText(`Now: ${other.brand_name}, ${other.name}`)).toBeAttached();
  await expect(page.locator(".chips .chip.on", { hasText: other.name })).toBeVisible();
  await expect.poll(() => page.locator(".tiles").first().textContent()).not.toBe(tiles);
  expect(new URL(page.url()).pathname).toBe("/");
  expect(await page.evaluate(() => document.activeElement?.closest("#switch") != null), "the focus stays").toBe(true);
  await expect(page.locator("#switch details")).not.toHaveAttribute("open");
  await expect(page.locator(".live[data-state='live']")).toBeVisible();

  // The other tab has the same session.
  await expect.poll(() => accent(second)).toBe(after);
  await expect(second.locator("#switch summary")).toContainText(other.brand_name);
  expect(new URL(second.url()).pathname).toBe("/deals");

  // And back.
  await choose(page, here);
  await expect.poll(() => accent(page)).toBe(before);
  await expect.poll(() => accent(second)).toBe(before);
  expect(first.documents).toEqual([]);
  expect(beside.documents).toEqual([]);
  const asked = first.styles.map((style) => style.url());
  expect(new Set(asked).size, "what a brand wears is asked for once").toBe(asked.length);
  for (const style of first.styles) {
    expect((await style.sizes()).responseBodySize).toBeLessThanOrEqual(6 * 1024);
  }
  silent();
});

test("a record of the other program is left for the start, and Back leads to the list", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.paula);
  await page.goto("/deals");
  await settled(page);
  const [, other] = await two(page);
  const deals = (await (await page.request.get("/api/v1/deals?limit=1")).json()) as { items: { id: string }[] };
  await page.evaluate((path) => {
    const link = document.createElement("a");
    link.href = path;
    document.getElementById("main")?.append(link);
    link.click();
  }, `/deals/${deals.items[0]?.id ?? ""}`);
  await expect(page).toHaveURL(/\/deals\/deal_/);
  const seen = watch(page);
  await choose(page, other);
  await expect.poll(() => new URL(page.url()).pathname).toBe("/");
  await expect(page.locator(".tile").first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/deals$/);
  await expect(page.getByRole("heading", { name: "Deals", level: 1 })).toBeVisible();
  await expect(page.locator("#switch summary")).toContainText(other.brand_name);
  expect(seen.documents).toEqual([]);
  silent();
});

test("when the switch fails, the page stays what it is and says so", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [/409/]);
  await signIn(page, people.paula);
  await page.goto("/");
  await settled(page);
  const [here, other] = await two(page);
  const before = await accent(page);
  await page.route("**/api/v1/session/context", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "about:blank", title: "Refused", status: 409, detail: "No.", code: "no", request_id: "", errors: [] }),
    }));
  await choose(page, other);
  await expect(page.getByText("Going over did not work.")).toBeVisible();
  expect(await accent(page)).toBe(before);
  await expect(page.locator("#switch summary")).toContainText(here.brand_name);
  await page.unroute("**/api/v1/session/context");
  await choose(page, other);
  await expect(page.locator("#switch summary")).toContainText(other.brand_name);
  silent();
});

test("without scripts the plain form leads to the other program @plain", async ({ page }) => {
  await signIn(page, people.paula);
  await page.goto("/");
  if (test.info().project.use.javaScriptEnabled !== false) await settled(page);
  const [, other] = await two(page);
  await choose(page, other);
  await expect(page.locator("#switch summary")).toContainText(other.brand_name);
  expect((await whoAmI(page)).program.id).toBe(other.id);
});

test("one inbox has the messages of both brands, and each opens in its own", async ({ page, browser }) => {
  const silent = expectNoConsoleProblems(page);
  const run = process.env["E2E_RUN"] ?? `${Date.now()}`;
  await signIn(page, people.paula);
  const [here, other] = await two(page);
  const [near, far] = [`Nahwerk ${run}`, `Fernwerk ${run}`];
  await returned(browser, here, near);
  const deal = await returned(browser, other, far);

  await page.goto("/inbox");
  await settled(page);
  const row = (name: string) => page.locator(".notice", { hasText: name });
  await expect(row(near).locator(".sign")).toContainText(here.brand_name);
  await expect(row(far).locator(".sign")).toContainText(other.brand_name);
  await page.locator("#switch summary").click();
  await expect(page.locator("#switch .item", { hasText: other.name }).locator(".count")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Brands" }).getByRole("link", { name: new RegExp(`^${other.brand_name}`) }).click();
  await expect(page).toHaveURL(new RegExp(`brand=${other.brand_id}`));
  await expect(row(near)).toHaveCount(0);
  await expect(page.getByRole("button", { name: `Mark as read: ${other.brand_name}` })).toBeVisible();

  const [seen, before] = [watch(page), await accent(page)];
  await row(far).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/deals/${deal}$`));
  await expect(page.locator("#main").getByText(far).first()).toBeVisible();
  await expect.poll(() => accent(page)).not.toBe(before);
  expect(seen.documents).toEqual([]);
  await page.goBack();
  await expect(row(far)).toBeVisible();
  await expect(row(far)).not.toHaveClass(/unread/);
  // The other's message is still unread after those of one brand are marked.
  await page.getByRole("button", { name: `Mark as read: ${other.brand_name}` }).click();
  await page.goto("/inbox?unread=true");
  await settled(page);
  await expect(row(near)).toBeVisible();
  await expect(row(far)).toHaveCount(0);
  silent();
});

test("a link to a message leads to its own brand @plain", async ({ page, browser }) => {
  await signIn(page, people.paula);
  const [, other] = await two(page);
  const name = `Linkwerk ${test.info().project.name} ${process.env["E2E_RUN"] ?? Date.now()}`;
  const deal = await returned(browser, other, name);
  const inbox = (await (await page.request.get("/api/v1/notices?unread=true")).json()) as {
    items: { id: string; subject: string }[];
  };
  const notice = inbox.items.find((one) => one.subject === deal);
  await page.goto(`/inbox/${notice?.id ?? ""}`);
  await expect(page).toHaveURL(new RegExp(`/deals/${deal}`));
  await expect(page.locator("#switch summary")).toContainText(other.brand_name);
});
