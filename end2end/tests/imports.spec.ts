// A channel manager brings in a CRM export, follows it, and gets bad rows back.
import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, signIn } from "../support";

const rows = (mark: string) =>
  [
    "product,series,sales_price",
    `Import ${mark} One,Import,100`,
    `Import${mark}One,Import,100`,
    `Import ${mark} Two,Import,not a price`,
    "",
  ].join("\n");

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("a manager imports a file and downloads the rows that were turned back @plain @phone", async ({ page }, info) => {
  const quiet = expectNoConsoleProblems(page);
  const mark = `${info.project.name} ${info.workerIndex}`;
  await signIn(page, people.carlos);
  await page.goto("/imports");
  await axe(page);
  await page.getByLabel("Contents").selectOption("products");
  await page.locator("input[type=file]").setInputFiles(file("products.csv", rows(mark)));
  await page.getByRole("button", { name: "Start import" }).click();
  await page.waitForURL(/\/imports\/imp_/);
  await expect(async () => {
    // Without script the page is loaded again to see how far it has come.
    if (info.project.name === "plain") await page.reload();
    await expect(page.getByText("Done, look at rejected rows")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("heading", { name: "2 rejected rows" })).toBeVisible();
  await axe(page);
  const [report] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download report" }).click(),
  ]);
  const text = await (await report.createReadStream()).toArray();
  expect(Buffer.concat(text).toString()).toContain("list_price: not_an_amount");
  quiet();
});

test("a file without the needed columns is explained where it was chosen @plain", async ({ page }) => {
  const quiet = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto("/imports");
  await page.getByLabel("Contents").selectOption("opportunities");
  await page.locator("input[type=file]").setInputFiles(file("wrong.csv", "colour,size\nred,4\n"));
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText(/A column for external_id is missing/).first()).toBeVisible();
  await expect(page).toHaveURL(/\/imports$/);
  quiet();
});

test("opportunities are filtered in the address @plain @phone", async ({ page }) => {
  const quiet = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto("/opportunities");
  await axe(page);
  await page.getByRole("navigation", { name: "Stages" }).getByRole("link", { name: "Won" }).click();
  await expect(page).toHaveURL(/stage=won/);
  await page.getByRole("searchbox").last().fill("zzzz no such customer");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page.getByText("No opportunity matches these filters.")).toBeVisible();
  await expect(page).toHaveURL(/stage=won/);
  quiet();
});
