// The keyboard alone: lists, the queue, the palette; and the focus, which comes back to where it was.
import { expect, test, type Page } from "@playwright/test";
import { expectNoConsoleProblems, hydrated, people, settled, signIn } from "../support";

async function open(page: Page, email: string, path: string): Promise<() => void> {
  const silent = expectNoConsoleProblems(page, [/Service Worker registration blocked by Playwright/]);
  await signIn(page, email);
  await page.goto(path);
  await settled(page);
  return silent;
}

test("a list is read, picked and opened with the keyboard", async ({ page }) => {
  const silent = await open(page, people.carlos, "/deals");
  const at = page.locator("tr[data-at='true']");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await expect(at).toHaveCount(1);
  const name = (await at.getByRole("link").first().innerText()).split("\n")[0] ?? "";
  await page.keyboard.press("x");
  await expect(at.getByRole("checkbox")).toBeChecked();
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/peek=deal_/);
  const panel = page.getByRole("complementary", { name });
  await expect(panel.getByRole("heading", { name })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/peek=/);
  await expect(panel).toHaveCount(0);
  silent();
});

test("the queue is moved through and decided with the keyboard", async ({ page }) => {
  const silent = await open(page, people.carlos, "/queue");
  const current = page.getByRole("navigation", { name: "Queue" }).locator("li[aria-current='true']");
  const first = await current.innerText();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/case=deal_/);
  await expect(current).not.toHaveText(first);
  await page.keyboard.press("k");
  await expect(current).toContainText(first.split("\n")[0] ?? "");
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("checkbox").first()).toBeFocused();
  // Keys of the page do not reach through a dialog.
  await page.keyboard.press("a");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  silent();
});

test("the palette finds, goes there, and closes without a trace", async ({ page }) => {
  const silent = await open(page, people.carlos, "/overview");
  const before = page.getByRole("link", { name: /^Queue/ }).first();
  await before.focus();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search or jump" });
  await expect(box).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(before).toBeFocused();
  await page.keyboard.press("Control+k");
  // Records that are found come after the places: what is highlighted stays where it is.
  const found = page.waitForResponse((answer) => answer.url().includes("/api/v1/search") && answer.url().includes("partn"));
  await page.keyboard.type("partn");
  const place = page.getByRole("option", { name: /^Partners/ });
  await expect(place).toHaveAttribute("aria-selected", "true");
  await found;
  await expect(place).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Partners" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page.getByRole("heading", { level: 1, name: "Deals" })).toBeVisible();
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  silent();
});

test.describe("while the palette's code is on its way", () => {
  // The worker would have it already.
  test.use({ serviceWorkers: "block" });

  test("keys that are pressed before the palette's code is there are typed into it", async ({ page }) => {
    const silent = await open(page, people.carlos, "/queue");
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    let come = () => {};
    const held = new Promise<void>((resolve) => (come = resolve));
    await page.route("**/palette.*.pack", async (route) => {
      await held;
      await route.continue();
    });
    const before = page.getByRole("link", { name: /^Queue/ }).first();
    await before.focus();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "Search or jump" })).toBeVisible();
    // In the queue the first of these letters alone would approve.
    await page.keyboard.type("app");
    come();
    const box = page.getByRole("combobox", { name: "Search or jump" });
    await expect(box).toBeFocused();
    await expect(box).toHaveValue("app");
    await page.keyboard.type("rove");
    await expect(box).toHaveValue("approve");
    await page.keyboard.press("Escape");
    await expect(before).toBeFocused();
    expect(sent.filter((url) => url.includes("/approve"))).toEqual([]);
    silent();
  });

  test("code that does not come is told, and asked for again", async ({ page }) => {
    await open(page, people.carlos, "/overview");
    await page.route("**/palette.*.pack", (route) => route.abort("failed"));
    await page.keyboard.press("Control+k");
    const notice = page.getByText("Something went wrong on this page");
    await expect(notice).toBeVisible();
    await expect(page.getByRole("dialog", { name: "Search or jump" })).toHaveCount(0);
    await page.unroute("**/palette.*.pack");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search or jump" })).toBeFocused();
    await expect(notice).toBeHidden();
  });
});

test("the first tab leads past the navigation", async ({ page }) => {
  const silent = await open(page, people.sam, "/program");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: /skip/i });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  await hydrated(page);
  silent();
});
