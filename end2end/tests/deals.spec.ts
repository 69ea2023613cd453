// The jobs around a deal: a partner registers it, a channel manager answers it, and a rival's customer is seen early.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { expectNoConsoleProblems, hydrated, people, signIn } from "../support";

/** A page of somebody's own, signed in, with a console that is listened to. */
async function signedIn(browser: Browser, email: string): Promise<{ page: Page; silent: () => void }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const silent = expectNoConsoleProblems(page);
  await signIn(page, email);
  return { page, silent };
}

/** A name that no other run of the tests has used. */
function fresh(stem: string, project: string): string {
  const run = process.env["E2E_RUN"] ?? `${Date.now()}`;
  return `${stem} ${project} ${run}`.replace(/[^a-z0-9 ]/gi, "");
}

/** Fills the form for a customer, all required fields. */
async function fill(page: Page, name: string, amount: string): Promise<void> {
  const host = `${name.toLowerCase().replace(/ /g, "-")}.example`;
  await page.goto("/deals/new");
  await hydrated(page);
  await page.getByLabel("Company", { exact: true }).fill(name);
  await page.getByLabel("Country", { exact: true }).selectOption("CH");
  await page.getByLabel("Website", { exact: true }).fill(host);
  await page.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Value", { exact: true }).fill(amount);
  await page.getByLabel("Expected close").fill("2031-06-30");
  await page.getByLabel("What shows that you are working on it?").fill("Workshop with the head of IT");
}

test("a partner registers a deal and the channel manager approves it", async ({ browser }, info) => {
  const name = fresh("Quarzwerk", info.project.name);
  const sam = await signedIn(browser, people.sam);
  await fill(sam.page, name, "950,000.00");
  await expect(sam.page.getByText("Saved", { exact: true })).toBeVisible();
  await sam.page.getByRole("button", { name: "Register deal" }).click();
  await expect(sam.page).toHaveURL(/\/deals\/deal_[^/]+\/receipt$/);
  await expect(sam.page.getByRole("heading", { name: "Receipt", level: 1 })).toBeVisible();
  const deal = /deal_[^/]+/.exec(sam.page.url())?.[0] ?? "";

  const carlos = await signedIn(browser, people.carlos);
  await carlos.page.goto(`/queue?case=${deal}`);
  await hydrated(carlos.page);
  await expect(carlos.page.getByRole("heading", { name })).toBeVisible();
  await carlos.page.getByRole("button", { name: "Approve" }).click();
  await expect(carlos.page.getByText(`${name}: Approved`)).toBeVisible();

  await sam.page.goto(`/deals/${deal}`);
  await expect(sam.page.getByText("Approved", { exact: true }).first()).toBeVisible();
  await expect(sam.page.getByText("Protected", { exact: true })).toBeVisible();
  sam.silent();
  carlos.silent();
});

test("a customer that a rival holds is seen while typing", async ({ browser }, info) => {
  const name = fresh("Bergbahn", info.project.name);
  const noor = await signedIn(browser, people.noor);
  await fill(noor.page, name, "950,000.00");
  await noor.page.getByRole("button", { name: "Register deal" }).click();
  await expect(noor.page).toHaveURL(/\/receipt$/);

  const sam = await signedIn(browser, people.sam);
  await fill(sam.page, name, "10,000.00");
  const side = sam.page.getByRole("complementary", { name: "What this registration would bring" });
  await expect(side.getByText("Conflict", { exact: true })).toBeVisible();
  await expect(side).not.toContainText("Bluepeak");
  noor.silent();
  sam.silent();
});

test("one pasted line fills company, website and country", async ({ browser }) => {
  const { page, silent } = await signedIn(browser, people.sam);
  await page.goto("/deals/new");
  await hydrated(page);
  await page.getByLabel("Who is the customer?").fill("https://www.helvetia-praezision.ch/kontakt");
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue("Helvetia Praezision");
  await expect(page.getByLabel("Website", { exact: true })).toHaveValue("helvetia-praezision.ch");
  await expect(page.getByLabel("Country", { exact: true })).toHaveValue("CH");
  await expect(page.getByText("filled 3 fields")).toBeVisible();
  silent();
});

test("what is missing is said, and the summary takes the focus", async ({ browser }) => {
  const { page, silent } = await signedIn(browser, people.sam);
  await page.goto("/deals/new");
  await hydrated(page);
  await page.getByRole("button", { name: "Register deal" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "Company" });
  await expect(summary).toBeVisible();
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: /Company/ }).click();
  await expect(page.getByLabel("Company", { exact: true })).toBeFocused();
  silent();
});

test("a draft is written, changed and submitted without any script @plain", async ({ page }, info) => {
  test.skip(info.project.name !== "plain", "with scripts the other tests do this");
  const name = fresh("Handsatz", info.project.name);
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.sam);
  await page.goto("/deals/new");
  await page.getByLabel("Company", { exact: true }).fill(name);
  await page.getByLabel("Country", { exact: true }).selectOption("CH");
  await page.getByLabel("Website", { exact: true }).fill("handsatz.example");
  await page.getByText("More about the deal").click();
  await page.getByLabel("Notes").fill("Call again in spring");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/\/deals\/deal_[^/]+$/);
  await expect(page.getByText("Call again in spring")).toBeVisible();

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue(name);
  await page.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Value", { exact: true }).fill("not an amount");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("This is not an amount.").first()).toBeVisible();
  await expect(page.getByLabel("Value", { exact: true })).toHaveValue("not an amount");
  await page.getByLabel("Value", { exact: true }).fill("950,000.00");
  await page.getByLabel("Expected close").fill("2031-06-30");
  await page.getByLabel("What shows that you are working on it?").fill("Workshop with the head of IT");
  await page.getByText("More about the deal").click();
  await page.getByLabel("Notes").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/deals\/deal_[^/]+$/);
  await expect(page.getByText("€950,000").first()).toBeVisible();
  await expect(page.getByText("Call again in spring")).toHaveCount(0);

  await page.getByRole("button", { name: "Submit", exact: true }).click();
  await expect(page).toHaveURL(/\/receipt$/);
  await expect(page.getByText(name).first()).toBeVisible();
  silent();
});
