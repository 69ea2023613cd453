import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

test("a rate is set, corrected, taken away and brought back", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [/422/]);
  await signIn(page, people.olivia);
  await page.goto("/rates");
  await settled(page);
  const form = page.locator("#set-rate");
  await form.getByLabel("Currency").fill("EUR");
  await form.getByLabel("One euro is worth").fill("one");
  await form.getByRole("button", { name: "Set rate" }).click();
  await expect(form.getByText("A euro is always worth one euro.").first()).toBeVisible();
  await expect(form.getByText("This is not a rate.").first()).toBeVisible();
  await form.getByLabel("Currency").fill("nok");
  await form.getByLabel("From month").fill("2024-02");
  await form.getByLabel("One euro is worth").fill("11.3843");
  await form.getByRole("button", { name: "Set rate" }).click();
  await page.goto("/rates?currency=NOK");
  await settled(page);
  const row = page.getByRole("row", { name: /NOK/ });
  await expect(row.getByText("11.3843")).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  await row.getByRole("button", { name: "Remove NOK from 2024-02" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toHaveCount(1);
  await row.getByRole("button", { name: "Remove NOK from 2024-02" }).click();
  await expect(row).toHaveCount(0);
  silent();
});

test("rates and goals come from files", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/imports?kind=rates");
  await settled(page);
  await expect(page.getByLabel("Contents")).toHaveValue("rates");
  const rates = "currency,month,rate\nSEK,2024-01,11.2834\nSEK,2024-02,x\n";
  await page.locator('input[type="file"]').setInputFiles({ name: "rates.csv", mimeType: "text/csv", buffer: Buffer.from(rates) });
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("1 rejected row")).toBeVisible();
  await page.getByRole("link", { name: "Show rates" }).click();
  await expect(page.getByText("11.2834")).toBeVisible();
});

test("a figure is shown month by month", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.olivia);
  await page.goto("/explore?measure=won_value&by=product&period=all");
  await settled(page);
  await page.getByRole("link", { name: "Month by month" }).click();
  await expect(page).toHaveURL(/months=true/);
  await expect(page.locator("figure.heat table")).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  silent();
});
