// A vendor's overview: what it compares with, what can be taken along, and partners beside each other.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

test("the overview compares with last year, and its file says what it shows", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.olivia);
  await page.goto("/overview?period=90d");
  await settled(page);
  await expect(page.getByText(/on the period before/).first()).toBeVisible();
  await page.getByRole("navigation", { name: "Compared with" }).getByRole("link", { name: "Last year" }).click();
  await expect(page).toHaveURL(/period=90d&against=last_year/);
  await expect(page.getByText(/on the same time last year/).first()).toBeVisible();
  await settled(page);

  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const file = readFileSync(await (await coming).path(), "utf8").replace("\ufeff", "").split("\r\n");
  expect(file[0]).toBe("part,key,at,value,unit,last_year,records");
  const answer = await page.request.get("/api/v1/dashboards/vendor?period=90d&against=last_year");
  const board = (await answer.json()) as { tiles: { key: string; value: number; previous: number }[] };
  const won = board.tiles.find((tile) => tile.key === "won_value");
  const line = file.find((one) => one.startsWith("tile,won_value,90d,")) ?? "";
  expect(line).toContain(`,${((won?.value ?? 0) / 100).toFixed(2)},EUR,${((won?.previous ?? 0) / 100).toFixed(2)},`);
  silent();
});

test("partners are seen from their recruiting to their risk @phone", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto("/overview");
  await settled(page);
  const funnel = page.getByRole("list", { name: "From recruited to selling" });
  await expect(funnel.getByRole("listitem")).toHaveCount(4);
  await expect(page.getByRole("heading", { name: "At risk" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Best partners" })).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  silent();
});

test("a wall shows the figures alone, and they move", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.olivia);
  await page.goto("/overview?period=30d");
  await settled(page);
  await page.getByRole("link", { name: "Wall" }).click();
  await expect(page).toHaveURL(/\/wall\?period=30d/);
  await settled(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All programs");
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Win rate" })).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/overview\?period=30d/);
  silent();
});
