import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

test("a figure is told apart, drilled down to days, and opens its records", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.olivia);
  await page.goto("/explore?measure=won_value&by=month&period=12m");
  await settled(page);
  await expect(page.getByRole("img", { name: /Won/ })).toBeVisible();
  const rows = page.getByRole("table").last().getByRole("row");
  await expect(rows).not.toHaveCount(0);
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  await rows.nth(3).getByRole("link").first().click();
  await expect(page).toHaveURL(/by=day&period=\d{4}-\d{2}/);
  await settled(page);
  await page.goto("/explore?measure=won_value&by=partner&period=all");
  await settled(page);
  const first = page.getByRole("table").getByRole("row").nth(1);
  const name = await first.getByRole("link").first().innerText();
  await first.getByRole("link").nth(1).click();
  await expect(page).toHaveURL(/\/opportunities\?.*partner=/);
  await settled(page);
  await expect(page.getByRole("table").getByText(name).first()).toBeVisible();
  silent();
});

test("filters narrow the overview, and are taken away one by one", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.olivia);
  await page.goto("/overview?period=all");
  await settled(page);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Tier").selectOption("gold");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/tier=gold/);
  await settled(page);
  const chip = page.locator(".chip.on", { hasText: "Gold" });
  await expect(chip).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Explore" }).click();
  await expect(page).toHaveURL(/\/explore\?.*tier=gold/);
  await settled(page);
  await page.getByLabel("Told apart by").selectOption("product");
  await expect(page).toHaveURL(/by=product/);
  await page.locator(".chip.on", { hasText: "Gold" }).getByRole("link").click();
  await expect(page).not.toHaveURL(/tier=gold/);
  silent();
});

test("a partner explores its own figures", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.paula);
  await page.goto("/explore?measure=won_value&by=product&period=all");
  await settled(page);
  const choices = page.getByLabel("Told apart by").getByRole("option");
  await expect(choices.filter({ hasText: "Channel manager" })).toHaveCount(0);
  await axe(page);
  silent();
});
