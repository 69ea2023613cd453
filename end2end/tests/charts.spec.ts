// Charts: gone over by keyboard, pointer and finger, taken along as files, complete without scripts.
import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

const overview = async (page: Page): Promise<Locator> => {
  await signIn(page, people.olivia);
  await page.goto("/overview?period=12m");
  await settled(page);
  return page.locator("#won-chart");
};

/** The file that a click on an entry of the chart's menu makes. */
async function taken(page: Page, chart: Locator, kind: string): Promise<{ name: string; bytes: Buffer }> {
  await chart.locator(".take summary").click();
  const coming = page.waitForEvent("download");
  await chart.getByRole("button", { name: new RegExp(`^${kind}`) }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("the keyboard goes over the points of a chart, which is one stop", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const chart = await overview(page);
  const points = chart.getByRole("slider");
  await expect(points).toHaveCount(1);
  const last = Number(await points.getAttribute("aria-valuemax"));
  expect(last).toBeGreaterThan(2);
  const told = chart.locator(".walk > .told");
  await expect(told).toHaveCount(0);

  await points.focus();
  await expect(told).toBeVisible();
  await expect(points).toHaveAttribute("aria-valuenow", String(last));
  await page.keyboard.press("ArrowLeft");
  await expect(points).toHaveAttribute("aria-valuenow", String(last - 1));
  const words = (await points.getAttribute("aria-valuetext")) ?? "";
  const [label = "", value = ""] = words.split(": ");
  await expect(told).toContainText(label);
  await expect(told).toContainText(value);
  await page.keyboard.press("Home");
  await expect(points).toHaveAttribute("aria-valuenow", "1");
  await page.keyboard.press("ArrowLeft");
  await expect(points).toHaveAttribute("aria-valuenow", "1");
  await axe(page);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await expect(points).toHaveAttribute("aria-valuenow", String(last));
  await page.keyboard.press("Escape");
  await expect(told).toHaveCount(0);
  await expect(points).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(chart.locator(".as-table summary")).toBeFocused();
  silent();
});

test("a pointer finds the nearest point, and no title of the browser's own lies over it", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const chart = await overview(page);
  const points = chart.getByRole("slider");
  const count = Number(await points.getAttribute("aria-valuemax"));
  const box = await points.boundingBox();
  if (!box) throw new Error("the points lie nowhere");
  await page.mouse.move(box.x + box.width * (1.5 / count), box.y + box.height / 2);
  await expect(points).toHaveAttribute("aria-valuenow", "2");
  const told = chart.locator(".walk > .told");
  await expect(told).toBeVisible();
  await page.mouse.move(box.x + box.width - 2, box.y + 10);
  await expect(points).toHaveAttribute("aria-valuenow", String(count));
  const words = await told.boundingBox();
  expect((words?.x ?? 0) + (words?.width ?? 0)).toBeLessThanOrEqual(box.x + box.width + 1);
  await page.mouse.move(2, 2);
  await expect(told).toHaveCount(0);
  silent();
});

test("a finger chooses a point, and nothing sticks out @phone", async ({ page }) => {
  const chart = await overview(page);
  const points = chart.getByRole("slider");
  await points.scrollIntoViewIfNeeded();
  const box = await points.boundingBox();
  if (!box) throw new Error("the points lie nowhere");
  if (test.info().project.use.hasTouch) {
    await page.touchscreen.tap(box.x + 3, box.y + 20);
  } else {
    await page.mouse.click(box.x + 3, box.y + 20);
  }
  await expect(points).toHaveAttribute("aria-valuenow", "1");
  await expect(chart.locator(".walk > .told")).toBeVisible();
  await page.locator("h1").first().click();
  await expect(chart.locator(".walk > .told")).toHaveCount(0);
  await chart.locator(".take summary").click();
  await expect(chart.getByRole("button", { name: /^PNG/ })).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);
});

test("a chart is taken along as numbers, as a drawing and as a picture", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const chart = await overview(page);
  const answer = await page.request.get("/api/v1/dashboards/vendor?period=12m");
  const board = (await answer.json()) as { currency: string; series: { key: string; points: { value: number }[] }[] };
  const won = board.series.find((series) => series.key === "won_value");
  const values = (won?.points ?? []).map((point) => (point.value / 100).toFixed(2));

  const csv = await taken(page, chart, "CSV");
  expect(csv.name).toMatch(/^[\p{L}\d-]+\.csv$/u);
  const lines = csv.bytes.toString("utf8").replace("\ufeff", "").trimEnd().split("\r\n");
  expect(lines[0]).toBe(`Period,Won (${board.currency})`);
  expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(values);

  const svg = await taken(page, chart, "SVG");
  expect(svg.name).toBe(csv.name.replace(/csv$/, "svg"));
  const text = svg.bytes.toString("utf8");
  const problem = await page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    return file.querySelector("parsererror")?.textContent ?? null;
  }, text);
  expect(problem).toBeNull();
  expect(text).toContain(`>${lines[1]?.split(",")[0] ?? "?"}</text>`);
  expect(text).not.toMatch(/var\(|oklch|color-mix|class=|style=/);
  const colours = [...text.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour);
  expect(colours.filter((colour) => !/^(#[0-9a-f]{6}|none)$/.test(colour ?? ""))).toEqual([]);
  expect(new Set(colours).size).toBeGreaterThan(3);

  const png = await taken(page, chart, "PNG");
  expect(png.name).toBe(csv.name.replace(/csv$/, "png"));
  expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.bytes.readUInt32BE(16)).toBe(1600);
  // An empty canvas of this size has a few kilobytes.
  expect(png.bytes.length).toBeGreaterThan(8_000);
  silent();
});

test("every kind of chart can be taken along", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await page.goto("/gallery");
  await settled(page);
  const room = page.locator('.room[data-theme="dark"]');
  for (const exhibit of ["lines", "bars", "parts", "heat", "gauges"]) {
    const charts = page.locator(`#${exhibit}`).locator(room).locator("figure", { has: page.locator(".take") });
    const all = await charts.all();
    expect(all.length).toBeGreaterThan(0);
    for (const chart of all) {
      const svg = (await taken(page, chart, "SVG")).bytes.toString("utf8");
      expect(svg).not.toMatch(/NaN|oklch|color-mix/);
      // The ground is the dark room's, not the page's.
      expect(parseInt(/<rect x="0" y="0"[^>]* fill="#(..)/.exec(svg)?.[1] ?? "ff", 16)).toBeLessThan(0x50);
    }
    const png = await taken(page, charts.first(), "PNG");
    expect(png.bytes.readUInt32BE(16)).toBe(1600);
  }
  silent();
});

test("without scripts a chart has its table, and nothing that does not work @plain", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/overview?period=12m");
  const chart = page.locator("#won-chart");
  await expect(chart.getByRole("img")).toBeVisible();
  await chart.locator(".as-table summary").click();
  await expect(chart.getByRole("table")).toBeVisible();
  if (test.info().project.use.javaScriptEnabled === false) {
    await expect(chart.locator(".walk")).toBeHidden();
    await expect(chart.locator(".take")).toBeHidden();
    await expect(chart.locator(".hit title").first()).not.toBeEmpty();
  }
});

test("on paper a chart keeps its colours and loses its buttons", async ({ page }) => {
  const chart = await overview(page);
  await page.emulateMedia({ media: "print" });
  await expect(chart.locator(".take")).toBeHidden();
  await expect(chart.locator(".walk")).toBeHidden();
  await expect(chart).toHaveCSS("print-color-adjust", "exact");
  await expect(chart.getByRole("img")).toBeVisible();
});
