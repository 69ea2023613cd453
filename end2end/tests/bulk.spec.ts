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

async function product(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/products?limit=1");
  return ((await answer.json()) as { items: { name: string }[] }).items[0]?.name ?? "";
}

/** Brings in registrations as a partner's sales person; they are submitted and wait for a decision. */
async function bringIn(page: Page, word: string, names: string[]): Promise<void> {
  await signIn(page, people.sam);
  await page.goto("/imports");
  await hydrated(page);
  const text = rows(word, names).replaceAll("PRODUCT", await product(page));
  await page.locator("input[type=file]").setInputFiles({ name: "deals.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("Submit complete rows at once").check();
  await page.getByRole("button", { name: "Start import" }).click();
  await page.waitForURL(/\/imports\/imp_/);
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
}

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
