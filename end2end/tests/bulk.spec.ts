// Many deals at once: files in and out, decisions with a moment to undo, saved views and columns, the calendar feed.
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, settled, sideways, signIn } from "../support";

/** A word that no other run of the tests has used. */
function fresh(project: string): string {
  const run = process.env["E2E_RUN"] ?? `${Date.now()}`;
  return `${project}${run}${Math.random().toString(36).slice(2, 6)}`.replace(/[^a-z0-9]/gi, "");
}

/** Lines of registrations of one word, submitted at once. */
function rows(word: string, names: string[]): string {
  const line = (name: string, at: number) =>
    `${word}-${at},${name} ${word},https://${name.toLowerCase()}-${word.toLowerCase()}.example,CH,${500_000 + at},2031-06-30,Workshop`;
  return ["reference,company,website,country,value,close_date,evidence,product", ...names.map(line)]
    .map((text, at) => (at === 0 ? text : `${text},PRODUCT`))
    .join("\n");
}

/** A product of the program that the screens are set to. */
async function product(page: Page): Promise<string> {
  const named = async (path: string) =>
    ((await (await page.request.get(`/api/v1/${path}`)).json()) as { items: { id: string; name: string }[] }).items;
  const program = (await named("programs")).find((one) => one.name.startsWith("EMEA"))?.id ?? "";
  return (await named(`products?program=${program}&active=true`))[0]?.name ?? "";
}

/** Brings in registrations as the partner's sales person who is signed in; they are submitted and wait for a decision. */
async function bringIn(page: Page, word: string, names: string[]): Promise<void> {
  await page.goto("/imports");
  await hydrated(page);
  const text = rows(word, names).replaceAll("PRODUCT", await product(page));
  await page.locator("input[type=file]").setInputFiles({ name: "deals.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("Submit complete rows at once").check();
  await page.getByRole("button", { name: "Start import" }).click();
  await page.waitForURL(/\/imports\/imp_/);
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
}

test("a partner brings in a file of registrations, and the same file again changes nothing @phone", async ({ page }, info) => {
  const silent = expectNoConsoleProblems(page);
  const word = fresh(info.project.name);
  await signIn(page, people.sam);
  await bringIn(page, word, ["Aarau", "Basel"]);
  const fact = (name: string) => page.locator("dl div").filter({ hasText: name }).locator("dd").first();
  await expect(fact("Created")).toHaveText("2");
  await expect(fact("Submitted")).toHaveText("2");
  await axe(page);
  expect(await sideways(page)).toEqual([]);
  await page.getByRole("link", { name: "Show deals" }).click();
  await expect(page.getByRole("link", { name: `Aarau ${word}` })).toBeVisible();
  await bringIn(page, word, ["Aarau", "Basel"]);
  await expect(page.getByText("Everything in this file was there already.")).toBeVisible();
  silent();
});

test("a manager approves several deals, takes it back, and approves them again", async ({ browser, page }, info) => {
  test.setTimeout(120_000);
  const word = fresh(info.project.name);
  const sam = await (await browser.newContext()).newPage();
  await signIn(sam, people.sam);
  await bringIn(sam, word, ["Chur", "Davos", "Erlen"]);
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto(`/deals?q=${word}&sort=customer`);
  await settled(page);
  // j moves, x picks, shift-x picks up to here.
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  const bar = page.getByRole("toolbar", { name: /selection/i });
  await expect(bar).toContainText("3");
  await axe(page);
  await bar.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("3 deals approved")).toBeVisible();
  await expect(page.getByText(/Approve: takes effect in a moment/).first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 decisions taken back. Nobody was told.")).toBeVisible();
  // What was taken back is selected again; the row that somebody else decides meanwhile is reported.
  await expect(bar).toContainText("3");
  await bar.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByText(/needed/i).first()).toBeVisible();
  await dialog.getByLabel("Reason").selectOption({ index: 1 });
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await bar.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("3 deals approved").last()).toBeVisible();
  const approved = page.getByRole("row").filter({ hasText: word }).filter({ hasText: "Approved" });
  await expect(approved).toHaveCount(3, { timeout: 30_000 });
  silent();
});

test("a view is saved with its columns, opened, and deleted with a way back", async ({ page }, info) => {
  const silent = expectNoConsoleProblems(page);
  const name = `Swiss ${fresh(info.project.name)}`;
  await signIn(page, people.carlos);
  await page.goto("/deals?status=approved&sort=-value");
  await settled(page);
  await page.getByLabel("Columns").click();
  await page.getByRole("link", { name: "Country" }).click();
  await expect(page.getByRole("columnheader", { name: "Country" })).toBeVisible();
  await page.getByLabel("Save view").click();
  await page.getByLabel("Name of the view").fill(name);
  await page.getByRole("button", { name: "Save view" }).click();
  const tab = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });
  await expect(tab).toHaveAttribute("aria-current", "page");
  await page.goto("/deals?view=all");
  await settled(page);
  await tab.click();
  await expect(page).toHaveURL(/status=approved/);
  await expect(page.getByRole("columnheader", { name: "Country" })).toBeVisible();
  await axe(page);
  await page.getByLabel(`More about the view ${name}`).click();
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(tab).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tab).toBeVisible();
  silent();
});

test("the list goes out as a workbook and as CSV", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.sam);
  await page.goto("/deals?status=approved");
  await settled(page);
  for (const [label, ending] of [["Export Excel", "xlsx"], ["Export CSV", "csv"]] as const) {
    await page.getByLabel("Export", { exact: true }).first().click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: label }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^deals-\\d{4}-\\d{2}-\\d{2}\\.${ending}$`));
  }
  silent();
});

test("a calendar feed is made, read by its address alone, and ended @phone", async ({ page, playwright, baseURL }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.paula);
  await page.goto("/calendar");
  await settled(page);
  await axe(page);
  const made = page.getByRole("button", { name: "Make a feed" });
  const renew = page.getByText("New address", { exact: true }).first();
  if (await made.isVisible()) {
    await made.click();
  } else {
    await renew.click();
    await page.getByRole("button", { name: "New address" }).click();
  }
  const url = await page.getByLabel("Address of the feed").inputValue();
  expect(url).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
  const stranger = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const path = new URL(url).pathname;
  const feed = await stranger.get(path);
  expect(feed.status()).toBe(200);
  expect(await feed.text()).toContain("BEGIN:VCALENDAR");
  await axe(page);
  expect(await sideways(page)).toEqual([]);
  await page.getByText("End the feed", { exact: true }).first().click();
  await page.getByRole("button", { name: "End the feed" }).click();
  await expect(page.getByText("The feed has ended.")).toBeVisible();
  expect((await stranger.get(path)).status()).toBe(404);
  silent();
});
