// The jobs around a campaign kit: a vendor takes over a ready one, changes it, looks at it as a partner, publishes, recalls.
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, settled, sideways, signIn } from "../support";

/** Takes over a ready kit through the gallery and waits for its editor. */
async function takeOver(page: Page, name: string): Promise<void> {
  await page.goto("/kits/new");
  await settled(page);
  await page.getByRole("button", { name: `Use this kit: ${name}`, exact: true }).click();
  await expect(page).toHaveURL(/\/kits\/kit_[^/?]+$/);
  await settled(page);
}

/** The document that the preview shows. */
const frame = (page: Page) => page.frameLocator("#kit-frame");

/** The first block of the open piece that is of a kind. */
const block = (page: Page, kind: string) =>
  page.locator(".kit-block").filter({ has: page.locator(".kit-block-head", { hasText: kind }) }).first();

// The browser says so of the tests' own looks into a frame that runs nothing.
const SANDBOX = /Blocked script execution in .*\/preview/;

test("a kit is taken over, changed, seen as a partner, published and recalled", async ({ page }) => {
  test.setTimeout(120_000);
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.olivia);
  await page.goto("/kits");
  await settled(page);
  await expect(page.getByRole("table", { name: "Campaign kits" })).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "New kit" }).click();
  await expect(page.locator(".kit-gallery .kit-card")).toHaveCount(12);
  await settled(page);
  await axe(page);
  await takeOver(page, "Webinar");

  // A name of its own, so that nothing else on the pages is taken for it.
  const name = `Webinar ${Date.now()}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  const heading = block(page, "Heading");
  await heading.getByLabel("Words", { exact: true }).fill("Come and see what is new");
  await heading.getByLabel("Who may change it").selectOption({ label: "The partner writes" });
  await heading.getByLabel("Characters at most").fill("80");
  await expect(page.getByText("Draft saved")).toBeVisible();
  await expect(frame(page).getByText("Come and see what is new").first()).toBeVisible();

  // All of it can be taken back, and done again.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(heading.getByLabel("Characters at most")).not.toHaveValue("80");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(heading.getByLabel("Characters at most")).toHaveValue("80");
  await expect(page.getByText("Draft saved")).toBeVisible();

  // As a partner would send it: by its name, on a phone, in the dark.
  await page.getByLabel("As the partner").selectOption({ label: "Alpine Systems" });
  await expect(frame(page).getByText("Alpine Systems").first()).toBeVisible();
  await page.getByLabel("As on a phone").check();
  await expect.poll(async () => (await page.locator("#kit-frame").boundingBox())?.width ?? 0).toBeLessThanOrEqual(362);
  await page.getByLabel("Dark", { exact: true }).check();
  await expect(frame(page).getByText("Alpine Systems").first()).toBeVisible();
  await axe(page);

  // What the rules forbid is found while it is typed, and stops nothing that is not there.
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await page.getByLabel("Words not to be said").fill("what is new");
  await expect(page.locator("#findings").getByText("A word that must not be said")).toBeVisible();
  await page.getByLabel("Words not to be said").fill("");
  await expect(page.locator("#findings").getByText("A word that must not be said")).toBeHidden();
  await page.getByRole("link", { name: "Pieces", exact: true }).click();

  await expect(page.getByText("Draft saved")).toBeVisible();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const publish = page.getByRole("dialog", { name: "Publish this kit" });
  await publish.getByLabel("Note").fill("For spring");
  await publish.getByRole("button", { name: "Publish now" }).click();
  await expect(page.getByText("Version 1 is published")).toBeVisible();
  await expect(page.getByText("As published")).toBeVisible();
  const path = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Versions", exact: true }).click();
  await expect(page.locator("#versions").getByText("For spring")).toBeVisible();

  await page.locator("#recall-kit").click();
  const recall = page.getByRole("dialog", { name: "Recall" });
  await recall.getByLabel("Reason").fill("The date was wrong");
  await axe(page);
  await recall.getByRole("button", { name: "Recall now" }).click();
  await expect(page.getByText("This kit is recalled")).toBeVisible();
  await expect(page.locator("#versions").getByText("The date was wrong")).toBeVisible();

  await page.goto("/kits?state=recalled");
  await settled(page);
  await expect(page.locator(`a[href="${path}"]`)).toBeVisible();
  silent();
});

test("pieces, languages and blocks are added, moved by keys, removed and brought back", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.mina);
  await page.goto("/kits/new");
  await settled(page);
  await page.locator("#empty-name").fill(`Empty ${Date.now()}`);
  await page.getByRole("button", { name: "Begin empty" }).click();
  await expect(page).toHaveURL(/\/kits\/kit_[^/?]+$/);
  await settled(page);
  await expect(page.getByText("Nothing in it yet.")).toBeVisible();
  await page.locator("#add-piece").click();
  const blocks = page.locator(".kit-blocks").first().locator(":scope > .kit-block");
  await expect(blocks).toHaveCount(5);
  await expect(blocks.first().locator(".kit-block-head")).toContainText("Heading");

  // One place down by the keyboard, and up again by its button.
  await blocks.first().focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(blocks.nth(1).locator(".kit-block-head")).toContainText("Heading");
  await blocks.nth(1).getByRole("button", { name: "Heading: move up" }).click();
  await expect(blocks.first().locator(".kit-block-head")).toContainText("Heading");

  await page.locator("#new-block").selectOption({ label: "Quote" });
  await page.locator("#add-new-block").click();
  await expect(blocks).toHaveCount(6);
  await blocks.nth(5).getByRole("button", { name: "Quote: remove" }).click();
  await expect(blocks).toHaveCount(5);
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(blocks).toHaveCount(6);

  // Another language begins as a copy of the one that is open.
  await page.locator("#new-language").selectOption({ label: "Deutsch" });
  await page.locator("#add-language").click();
  await expect(page.getByRole("button", { name: "Deutsch", exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(blocks).toHaveCount(6);

  // What is not finished is said at its field, and keeps it from being published.
  await expect(page.getByText("Draft saved")).toBeVisible();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const publish = page.getByRole("dialog", { name: "Publish this kit" });
  await expect(publish.getByText("not finished")).toBeVisible();
  await publish.getByRole("button", { name: "Cancel" }).click();
  await expect(blocks.first().getByText("This is needed.")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Delete kit" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete kit" }).click();
  await expect(page).toHaveURL(/\/kits$/);
  silent();
});

test("who may not change a kit looks at it and reads why", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.carlos);
  await page.goto("/kits");
  await settled(page);
  await expect(page.getByRole("link", { name: "New kit" })).toHaveCount(0);
  await page.locator("table a[href^='/kits/kit_']").first().click();
  await expect(page.getByText("Kits are made by your owners, program admins and marketers.")).toBeVisible();
  await settled(page);
  await expect(page.locator("#kit-frame")).toBeVisible();
  await expect(page.locator(".kit-block")).toHaveCount(0);
  await axe(page);
  silent();
});

test("a kit is read and changed on a phone @phone", async ({ page }) => {
  const silent = expectNoConsoleProblems(page, [SANDBOX]);
  await signIn(page, people.olivia);
  for (const path of ["/kits", "/kits/new"]) {
    await page.goto(path);
    await settled(page);
    expect(await sideways(page), path).toEqual([]);
    await axe(page);
  }
  await takeOver(page, "Webinar");
  await hydrated(page);
  expect(await sideways(page)).toEqual([]);
  await page.getByLabel("Name", { exact: true }).fill(`Phone ${Date.now()}`);
  await expect(page.getByText("Draft saved")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "Delete kit" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete kit" }).click();
  await expect(page).toHaveURL(/\/kits$/);
  silent();
});
