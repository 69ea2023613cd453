// On a train: what is typed without a network is kept, found again, and registered once; what changed elsewhere is asked
// about; nobody else sees any of it.
import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, sideways, signIn } from "../support";

// What a browser says by itself of requests that find no network, or are cut off on purpose.
const NO_NETWORK = [/net::ERR_INTERNET_DISCONNECTED/, /net::ERR_FAILED/, /status of (409|412|422)/];

// Several pages each, some of them loaded from the worker.
test.describe.configure({ timeout: 150_000 });

const HERE = "Kept on this device, will be sent when you are online";
const QUEUED = "Will be registered when you are online";

interface Somebody {
  context: BrowserContext;
  page: Page;
  silent: () => void;
}

/** A browser of somebody's own whose worker has the form. */
async function somebody(browser: Browser, email: string): Promise<Somebody> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const silent = expectNoConsoleProblems(page, NO_NETWORK);
  await signIn(page, email);
  await ready(page);
  return { context, page, silent };
}

/** Waits until the worker has a copy of the form and answers for the page. */
async function ready(page: Page): Promise<void> {
  await hydrated(page);
  await page.waitForFunction(
    async () => navigator.serviceWorker.controller?.state === "activated" && (await caches.match("/deals/new")),
  );
}

function fresh(stem: string, project: string): string {
  const run = process.env["E2E_RUN"] ?? `${Date.now()}`;
  return `${stem} ${project} ${run}`.replace(/[^a-z0-9 ]/gi, "");
}

const company = (page: Page) => page.getByLabel("Company", { exact: true });
const notes = (page: Page) => page.getByLabel("Notes");

async function fill(page: Page, name: string): Promise<void> {
  await company(page).fill(name);
  await page.getByLabel("Country", { exact: true }).selectOption("CH");
  await page.getByLabel("Website", { exact: true }).fill(`${name.toLowerCase().replace(/ /g, "-")}.example`);
  await page.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Value", { exact: true }).fill("950,000.00");
  await page.getByLabel("Expected close").fill("2031-06-30");
}

interface Row {
  id: string;
  status: string;
  version: number;
}

/** What the server has under a customer's name. */
async function found(page: Page, name: string): Promise<Row[]> {
  const answer = await page.request.get(`/api/v1/deals?q=${encodeURIComponent(name)}`);
  return ((await answer.json()) as { items: Row[] }).items;
}

async function theDeal(page: Page, id: string): Promise<Record<string, unknown> & { version: number }> {
  return (await (await page.request.get(`/api/v1/deals/${id}`)).json()) as Record<string, unknown> & { version: number };
}

/** A draft in its form, and its id. */
async function drafted(page: Page, name: string): Promise<string> {
  await page.goto("/deals/new");
  await hydrated(page);
  await company(page).fill(name);
  await expect(page).toHaveURL(/\/deals\/deal_[^/]+\/edit$/);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  return /deal_[^/]+/.exec(page.url())?.[0] ?? "";
}

test("a deal is written and registered without a network, and sent once there is one", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const name = fresh("Tunnelbau", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  await company(page).fill(name);
  await page.getByLabel("Value", { exact: true }).fill("about 950 k");
  await expect(page.getByText(HERE)).toBeVisible();
  await expect(page.getByText(/cannot be seen without a connection/)).toBeVisible();
  await page.close();

  // Another day, still no network: the form comes from the worker, and names what was left.
  const again = await context.newPage();
  const silentAgain = expectNoConsoleProblems(again, NO_NETWORK);
  await again.goto("/deals/new");
  await hydrated(again);
  await expect(again.getByText("A draft on this device is not sent yet")).toBeVisible();
  await expect(company(again)).toHaveValue("");
  await again.getByRole("link", { name: `Go on with ${name}` }).click();
  await expect(company(again)).toHaveValue(name);
  await expect(again.getByLabel("Value", { exact: true })).toHaveValue("about 950 k");
  await expect(again.getByText("A draft on this device is not sent yet")).toHaveCount(0);
  await expect(again.getByText(HERE)).toBeVisible();

  // The smart box reads without a network, too. What was typed stays.
  const host = `${name.toLowerCase().replace(/ /g, "-")}.ch`;
  await again.getByLabel("Who is the customer?").fill(`https://www.${host}/kontakt`);
  await expect(again.getByLabel("Website", { exact: true })).toHaveValue(host);
  await expect(again.getByLabel("Country", { exact: true })).toHaveValue("CH");
  await expect(company(again)).toHaveValue(name);
  await again.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  await again.getByLabel("Value", { exact: true }).fill("950,000.00");
  await again.getByLabel("Expected close").fill("2031-06-30");
  await again.getByLabel("What shows that you are working on it?").fill("Workshop in the train");

  await again.getByRole("button", { name: "Register deal" }).click();
  await expect(again.getByText(QUEUED)).toBeVisible();
  await again.getByRole("button", { name: "Take back" }).click();
  await expect(again.getByText(HERE)).toBeVisible();
  await again.getByRole("button", { name: "Register deal" }).click();
  await expect(again.getByText(QUEUED)).toBeVisible();
  // Loading it again finds everything, and that it is to be registered.
  await again.reload();
  await hydrated(again);
  await expect(company(again)).toHaveValue(name);
  await expect(again.getByText(QUEUED)).toBeVisible();

  await context.setOffline(false);
  await expect(again).toHaveURL(/\/deals\/deal_[^/]+\/receipt$/);
  await expect(again.getByRole("heading", { name: "Receipt", level: 1 })).toBeVisible();
  expect(await found(again, name)).toHaveLength(1);
  await again.goto("/deals");
  await hydrated(again);
  await expect(again.getByText(/not sent yet/)).toHaveCount(0);
  silent();
  silentAgain();
});

test("what waits to be registered is sent from any page once there is a network", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const [left, closed] = [fresh("Verlassen", info.project.name), fresh("Zugeklappt", info.project.name)];
  // The network goes while somebody works, not while their first page is still coming.
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  for (const name of [left, closed]) {
    await page.goto("/deals/new");
    await hydrated(page);
    await fill(page, name);
    await page.getByLabel("What shows that you are working on it?").fill("Workshop");
    await page.getByRole("button", { name: "Register deal" }).click();
    await expect(page.getByText(QUEUED, { exact: true })).toBeVisible();
  }
  // A tab that is closed, and another page that is open when the network is back.
  await page.close();
  const home = await context.newPage();
  const silentHome = expectNoConsoleProblems(home, NO_NETWORK);
  await context.setOffline(false);
  await home.goto("/");
  await hydrated(home);
  for (const name of [left, closed]) {
    await expect(home.getByText(`${name} is registered: you are online again`)).toBeVisible();
    const all = await found(home, name);
    expect(all).toHaveLength(1);
    expect(all[0]?.status).not.toBe("draft");
  }
  await home.goto("/deals/new");
  await hydrated(home);
  await expect(home.getByText(/not sent yet/)).toHaveCount(0);
  silent();
  silentHome();
});

test("a creation whose answer is lost makes one draft, with what was typed since", async ({ browser }, info) => {
  const { page, silent } = await somebody(browser, people.sam);
  const name = fresh("Funkloch", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  let made = 0;
  await page.route("**/api/v1/deals", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    made += 1;
    await route.fetch();
    await route.abort("failed");
  });
  await company(page).fill(name);
  await expect(page.getByText(HERE)).toBeVisible();
  expect(made).toBeGreaterThan(1);
  await page.getByLabel("Website", { exact: true }).fill("funkloch.example");
  await page.unroute("**/api/v1/deals");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const all = await found(page, name);
  expect(all).toHaveLength(1);
  expect((await theDeal(page, all[0]?.id ?? ""))["customer"]).toMatchObject({ name, website: "funkloch.example" });
  silent();
});

test("what the server refuses on return is said, and nothing is lost", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const name = fresh("Ohnebeleg", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  // The program asks for evidence; only the server knows.
  await fill(page, name);
  await page.getByRole("button", { name: "Register deal" }).click();
  await expect(page.getByText(QUEUED)).toBeVisible();
  await context.setOffline(false);
  const summary = page.getByRole("alert").filter({ hasText: "What shows that you are working on it?" });
  await expect(summary).toBeVisible();
  await expect(company(page)).toHaveValue(name);
  await page.getByLabel("What shows that you are working on it?").fill("Call with the owner");
  await page.getByRole("button", { name: "Register deal" }).click();
  await expect(page).toHaveURL(/\/receipt$/);
  expect(await found(page, name)).toHaveLength(1);
  silent();
});

test("a draft that was changed elsewhere is put together by choice @phone", async ({ browser }, info) => {
  const { page, silent } = await somebody(browser, people.sam);
  const name = fresh("Zweimal", info.project.name);
  const id = await drafted(page, name);
  const there = { customer: { name: `${name} AG`, city: "Bern" }, notes: "From the office" };
  const changed = await page.request.patch(`/api/v1/deals/${id}`, { data: { ...there, version: (await theDeal(page, id)).version } });
  expect(changed.ok(), await changed.text()).toBe(true);

  await page.getByText("More about the deal").click();
  await notes(page).fill("From the train");
  await expect(page.getByRole("heading", { name: "This draft was changed elsewhere" })).toBeVisible();
  const mine = page.getByRole("group", { name: "Notes" });
  await expect(mine.getByLabel("Yours: From the train")).toBeChecked();
  await expect(mine.getByLabel("There: From the office")).toBeVisible();
  // What only they changed is theirs, unless one wants otherwise.
  await expect(page.getByRole("group", { name: "Company" }).getByLabel(`There: ${name} AG`)).toBeChecked();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await axe(page);
  }
  expect(await sideways(page)).toEqual([]);
  expect(await theDeal(page, id)).toMatchObject({ notes: "From the office" });
  await page.getByRole("button", { name: "Save this choice" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(company(page)).toHaveValue(`${name} AG`);
  await expect(notes(page)).toHaveValue("From the train");
  expect(await theDeal(page, id)).toMatchObject({ notes: "From the train", customer: { name: `${name} AG`, city: "Bern" } });
  silent();
});

test("a draft that is none any more can be registered as a new deal", async ({ browser }, info) => {
  const { page, silent } = await somebody(browser, people.sam);
  const name = fresh("Zurueck", info.project.name);
  const id = await drafted(page, name);
  const gone = await page.request.post(`/api/v1/deals/${id}/withdraw`, { data: {} });
  expect(gone.ok(), await gone.text()).toBe(true);
  await page.getByLabel("Website", { exact: true }).fill("zurueck.example");
  await expect(page.getByText("This draft is none any more: Withdrawn")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Register as a new deal" }).click();
  await expect(page).toHaveURL(/\/deals\/deal_[^/]+\/edit$/);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(page.url()).not.toContain(id);
  await expect(company(page)).toHaveValue(name);
  await expect(page.getByLabel("Website", { exact: true })).toHaveValue("zurueck.example");
  expect((await found(page, name)).map((deal) => deal.status).sort()).toEqual(["draft", "withdrawn"]);
  silent();
});

test("a draft on the device is discarded, and had back @phone", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const name = fresh("Papierkorb", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  await company(page).fill(name);
  await expect(page.getByText(HERE)).toBeVisible();
  await page.goto("/deals/new");
  await hydrated(page);
  const line = page.getByRole("listitem").filter({ hasText: name });
  await expect(line).toBeVisible();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await axe(page);
  }
  expect(await sideways(page)).toEqual([]);
  await page.getByRole("button", { name: `Discard ${name}` }).click();
  await expect(line).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(line).toBeVisible();
  await page.getByRole("button", { name: `Discard ${name}` }).click();
  await page.reload();
  await hydrated(page);
  await expect(page.getByText(/not sent yet/)).toHaveCount(0);
  silent();
});

test("without a network every other page says so and leads to the form @phone", async ({ browser }) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  // A page that the worker itself has answered for: the first one was loaded before there was a worker.
  await page.goto("/opportunities");
  await hydrated(page);
  await context.setOffline(true);
  await page.goto("/deals");
  await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Alpine");
  expect(await sideways(page)).toEqual([]);
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await axe(page);
  }
  // The API is never answered by anybody but the server.
  expect(await page.evaluate(() => fetch("/api/v1/deals").then(() => "answered", () => "failed"))).toBe("failed");
  await page.getByRole("link", { name: "Register a deal without a connection" }).click();
  await hydrated(page);
  await expect(company(page)).toBeVisible();
  await context.setOffline(false);
  await page.goto("/deals");
  await expect(page.getByRole("heading", { name: "Deals", level: 1 })).toBeVisible();
  silent();
});

test("a form that was never opened is there from within the portal", async ({ browser }) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  await page.goto("/");
  await hydrated(page);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Register deal" }).first().click();
  await expect(company(page)).toBeVisible();
  await hydrated(page);
  await company(page).fill("Never seen before");
  await expect(page.getByText(HERE)).toBeVisible();
  silent();
});

test("whoever signs out takes everything along, and another person sees nothing", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const name = fresh("Geheim", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  await company(page).fill(name);
  await expect(page.getByText(HERE)).toBeVisible();
  const mine = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":draft:")).length);
  expect(await mine()).toBe(1);
  // The network is back, but nothing that is typed gets through.
  await page.route("**/api/v1/deals", (route) => (route.request().method() === "POST" ? route.abort("failed") : route.continue()));
  await context.setOffline(false);
  await page.goto("/profile");
  await hydrated(page);
  const signOut = page.getByRole("main").or(page.getByRole("banner")).getByRole("button", { name: "Sign out", exact: true }).first();
  let asked = "";
  page.once("dialog", async (dialog) => {
    asked = dialog.message();
    await dialog.dismiss();
  });
  await signOut.click();
  await expect.poll(() => asked).toContain("registration on this device was not sent yet");
  // Whoever says no stays, with everything.
  await page.reload();
  await hydrated(page);
  await expect(page).toHaveURL(/\/profile$/);
  expect(await mine()).toBe(1);
  page.once("dialog", (dialog) => dialog.accept());
  await signOut.click();
  await page.waitForURL("**/sign-in");
  await hydrated(page);
  await expect.poll(mine).toBe(0);
  await expect.poll(() => page.evaluate(async () => (await caches.match("/deals/new")) === undefined)).toBe(true);
  // Without a network there is no form of anybody's.
  await context.setOffline(true);
  await page.goto("/deals/new");
  await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
  await context.setOffline(false);

  await signIn(page, people.noor);
  await ready(page);
  await page.goto("/deals/new");
  await hydrated(page);
  await expect(page.getByText(/not sent yet/)).toHaveCount(0);
  await context.setOffline(true);
  await page.goto("/deals/new");
  await hydrated(page);
  await expect(page.locator("body")).not.toContainText("Alpine");
  await expect(page.getByText(name)).toHaveCount(0);
  silent();
});

test("somebody else's drafts stay theirs when the session just ends", async ({ browser }, info) => {
  const { context, page, silent } = await somebody(browser, people.sam);
  const name = fresh("Abgelaufen", info.project.name);
  await page.goto("/deals/new");
  await hydrated(page);
  await context.setOffline(true);
  await company(page).fill(name);
  await expect(page.getByText(HERE)).toBeVisible();
  await page.close();
  await context.setOffline(false);
  await context.clearCookies();
  const other = await context.newPage();
  await signIn(other, people.noor);
  await ready(other);
  await other.goto("/deals/new");
  await hydrated(other);
  await expect(other.getByText(/not sent yet/)).toHaveCount(0);
  // The one whose they are finds them again.
  await context.clearCookies();
  await signIn(other, people.sam);
  await other.goto("/deals");
  await hydrated(other);
  await other.getByRole("link", { name: `Go on with ${name}` }).click();
  await expect(company(other)).toHaveValue(name);
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();
  expect(await found(other, name)).toHaveLength(1);
  silent();
});
