import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

/** Makes a brand and opens its studio. */
async function studio(page: Page, name: string): Promise<void> {
  await signIn(page, people.olivia);
  await page.goto("/brands");
  await settled(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make brand" }).click();
  await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  await settled(page);
}

const colourOf = (page: Page) => page.getByLabel("Brand colour", { exact: true });

/** A moment so many days from now, as a field for date and time takes it. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);

test("a preset is taken over, scheduled, taken back, and published from where it waits", async ({ page }) => {
  // A time that is over is refused.
  const silent = expectNoConsoleProblems(page, [/422/]);
  await studio(page, `Waiting ${Date.now()}`);
  const colour = colourOf(page);
  const before = await colour.inputValue();
  const slate = page.getByRole("button", { name: "Take over Slate" });
  await slate.click();
  await expect(colour).toHaveValue("#2f4b6e");
  await expect(page.getByLabel("Corners")).toHaveValue("0");
  await expect(slate).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(colour).toHaveValue(before);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(colour).toHaveValue("#2f4b6e");
  await expect(page.getByText("Draft saved")).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);

  const schedule = async (at: string) => {
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    const dialog = page.getByRole("dialog");
    if (!(await dialog.getByLabel("At a later time").isChecked())) await dialog.getByLabel("At a later time").check();
    await dialog.getByLabel(/^Date and time/).fill(at);
    await dialog.getByLabel("What is new").fill("For spring");
    await dialog.getByRole("button", { name: "Schedule" }).click();
  };
  await schedule("2020-01-01T09:00");
  await expect(page.getByText("This time is over.")).toBeVisible();
  await page.getByRole("dialog").getByLabel(/^Date and time/).fill(inDays(3));
  await page.getByRole("dialog").getByRole("button", { name: "Schedule" }).click();
  const waiting = page.locator("#waiting");
  await expect(waiting.getByText("For spring")).toBeVisible();
  await expect(waiting.getByText("#2f4b6e")).toBeVisible();
  await axe(page);

  // What is published by hand meanwhile leaves it waiting, and the page says so.
  await colour.fill("#0f766e");
  await colour.blur();
  await expect(page.getByText("Draft saved")).toBeVisible();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("A theme waits for its time.")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Publish now" }).click();
  await expect(page.getByText("Published: the brand wears it now")).toBeVisible();
  await expect(waiting.getByText("A version was published after this was scheduled.")).toBeVisible();

  await waiting.getByRole("button", { name: "Take back" }).click();
  await expect(waiting).toHaveCount(0);
  await page.locator(".toasts").getByRole("button", { name: "Undo" }).click();
  await expect(waiting.getByText("For spring")).toBeVisible();
  await waiting.getByRole("button", { name: "Publish now" }).click();
  await expect(waiting).toHaveCount(0);
  await expect(page.locator("#versions").getByText("For spring")).toBeVisible();
  silent();
});

test("a colleague who is not signed in sees the draft as it was, until the link is ended", async ({ page, browser }) => {
  const name = `Shared ${Date.now()}`;
  await studio(page, name);
  await page.getByRole("button", { name: "Take over Volt" }).click();
  await page.getByLabel("Line below pages").fill("Shared Inc., 1 Main Street");
  await page.getByLabel("Heading").fill("Welcome, partner");
  await page.getByLabel("Text above the form").fill("Sign in with your work address.\nWe are glad that you are here.");
  await page.getByRole("button", { name: "Add a link" }).click();
  await expect(page.getByText("Not saved yet").first()).toBeVisible();
  await page.getByLabel("Words of link 1").fill("Imprint");
  await page.getByLabel("Address of link 1").fill("http://example.com");
  await expect(page.getByText("Write it like https://example.com/imprint.")).toBeVisible();
  await page.getByLabel("Address of link 1").fill("https://example.com/imprint");
  await expect(page.getByText("Draft saved")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Make a link to this draft" }).click();
  const address = await page.getByLabel("Address of the preview").inputValue();
  const path = new URL(address).pathname;
  expect(path).toMatch(/^\/preview\/[\w-]{43}$/);
  await colourOf(page).fill("#000000");
  await colourOf(page).blur();

  const guest = await browser.newContext();
  const other = await guest.newPage();
  const silent = expectNoConsoleProblems(other);
  const answer = await other.goto(path);
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(other.getByRole("heading", { name: `${name}: preview of a theme` })).toBeVisible();
  await settled(other);
  const accent = await other.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
  expect(accent).toContain("#6d28d9");
  await expect(other.getByText("Shared Inc., 1 Main Street")).toBeVisible();
  for (const sample of ["Form", "E-mail", "Landing", "Sign-in"]) {
    await other.getByRole("link", { name: sample, exact: true }).click();
    await expect(other.getByRole("img", { name: `${sample}, Light` })).toBeVisible();
    expect(await sideways(other)).toEqual([]);
  }
  await expect(other.getByText("Welcome, partner")).toBeVisible();
  await expect(other.getByText("We are glad that you are here.")).toBeVisible();
  await other.getByRole("link", { name: "Dark", exact: true }).click();
  await other.getByRole("link", { name: "Phone", exact: true }).click();
  await expect(other.getByRole("img", { name: "Sign-in, Dark" })).toBeVisible();
  await expect(other).toHaveURL(/page=sign-in&mode=dark&on=phone$/);
  await axe(other);
  expect(await guest.cookies()).toEqual([]);
  silent();

  await page.locator("#links").getByRole("button", { name: /^End the link/ }).click();
  await expect(page.getByText("The link shows nothing any more")).toBeVisible();
  const gone = await other.goto(path);
  expect(gone?.status()).toBe(404);
  await expect(other.getByText("This link is over")).toBeVisible();
  await guest.close();
});

test("the draft is compared with what is published, side by side and in words", async ({ page }) => {
  await studio(page, `Compared ${Date.now()}`);
  await page.getByLabel("Corners").fill("12");
  await page.getByLabel("Size of type").fill("110");
  await colourOf(page).fill("#0f766e");
  await colourOf(page).blur();
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect(page.locator(".sides .previews")).toHaveCount(2);
  const differs = page.getByRole("region", { name: "What differs from what is published" });
  await expect(differs.getByText("Corners:")).toBeVisible();
  await expect(differs.getByText("#0f766e")).toBeVisible();
  await expect(differs.getByText(/110.?%/)).toBeVisible();
  const factor = (nth: number) =>
    page.evaluate(
      (nth) => getComputedStyle(document.querySelectorAll(".sides .previews")[nth] as Element).getPropertyValue("--type"),
      nth,
    );
  expect([await factor(0), await factor(1)]).toEqual(["1.1", "1"]);
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  await page.getByRole("button", { name: "Published", exact: true }).click();
  await expect(page.locator(".previews")).toHaveCount(1);
});

test("what a brand says stands below its pages", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/program");
  await settled(page);
  // The brand whose pages Olivia sees: it is dressed, and brought back afterwards.
  await page.goto("/brands");
  await settled(page);
  await page.getByRole("link", { name: /^Northwind/ }).first().click();
  await settled(page);
  const line = `Northwind Inc. ${Date.now()}`;
  const footer = page.getByLabel("Line below pages");
  const old = await footer.inputValue();
  const say = async (text: string) => {
    await footer.fill(text);
    await expect(page.getByText(/Draft saved|This is what the brand wears/)).toBeVisible();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Publish now" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByText("This is what the brand wears.")).toBeVisible();
  };
  await say(line);
  const other = await page.context().newPage();
  await other.goto("/program");
  await expect(other.locator("footer").getByText(line)).toBeVisible();
  await settled(other);
  await axe(other);
  await other.close();
  await say(old);
});

test("on a phone the controls come first, with the theme in sight @phone", async ({ page, isMobile }) => {
  test.skip(!isMobile, "what is beside each other on a desk is one below the other on a phone");
  await studio(page, `Narrow ${Date.now()}`);
  expect(await sideways(page)).toEqual([]);
  const top = (selector: string) =>
    page.evaluate((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? -1, selector);
  expect(await top("#studio-controls")).toBeLessThan(await top("#studio-previews"));
  await page.getByLabel("Size of type").scrollIntoViewIfNeeded();
  await expect(page.locator(".glance")).toBeInViewport();
  await page.getByRole("button", { name: "Take over Ink" }).click();
  const accent = () =>
    page.evaluate(() => getComputedStyle(document.querySelector(".glance") as Element).getPropertyValue("--accent"));
  await expect.poll(accent).toContain("#27272a");
  await page.locator(".studio-glance").getByRole("link", { name: "Preview" }).click();
  await expect(page.getByRole("button", { name: "Sign-in", exact: true })).toBeInViewport();
  await axe(page);
});
