// The board: deals in columns, moved with the keyboard, by a list of targets, and by pointer.
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

function fresh(project: string): string {
  const run = process.env["E2E_RUN"] ?? `${Date.now()}`;
  return `${project}${run}${Math.random().toString(36).slice(2, 6)}`.replace(/[^a-z0-9]/gi, "");
}

/** Drafts of a partner, made over the API. */
async function drafts(page: Page, word: string, names: string[]): Promise<void> {
  const programs = (await (await page.request.get("/api/v1/programs?limit=1")).json()) as { items: { id: string }[] };
  for (const name of names) {
    const made = await page.request.post("/api/v1/deals", {
      data: { program: programs.items[0]?.id, customer: { name: `${name} ${word}` } },
    });
    expect(made.status()).toBe(201);
  }
}

const column = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });

test("a card is moved with the keyboard and taken back", async ({ page }, info) => {
  test.setTimeout(90_000);
  const silent = expectNoConsoleProblems(page);
  const word = fresh(info.project.name);
  await signIn(page, people.sam);
  await drafts(page, word, ["Ulm", "Vaduz"]);
  await page.goto(`/deals?layout=board&q=${word}`);
  await settled(page);
  await axe(page);
  await expect(column(page, "Drafts").getByRole("listitem")).toHaveCount(2);
  const grip = page.getByRole("button", { name: `Take Ulm ${word} to move it` });
  await grip.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(/It can go to: In review, Ended/)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Over In review")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Over Ended")).toBeAttached();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText(`Ulm ${word} put back.`)).toBeAttached();
  await page.keyboard.press("Space");
  await expect(page.getByText(/It can go to: In review, Ended/)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(page.getByText("1 deal withdrawn")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 decision taken back. Nobody was told.")).toBeVisible();
  await expect(column(page, "Drafts").getByRole("listitem")).toHaveCount(2);
  silent();
});

test("the list of targets says where a card can go and why not elsewhere", async ({ page }, info) => {
  test.setTimeout(90_000);
  const silent = expectNoConsoleProblems(page);
  const word = fresh(info.project.name);
  await signIn(page, people.sam);
  await drafts(page, word, ["Worms"]);
  await page.goto(`/deals?layout=board&q=${word}`);
  await settled(page);
  await page.getByRole("button", { name: `Move Worms ${word} to…` }).click();
  const dialog = page.getByRole("dialog");
  const submit = dialog.getByRole("button", { name: /In review/ });
  await expect(submit).toBeVisible();
  await expect(dialog.getByRole("button", { name: /Approved/ })).toHaveAttribute("aria-disabled", "true");
  await expect(dialog.getByRole("button", { name: /Approved/ })).toContainText("not yours");
  await axe(page);
  // A draft without its required fields is refused, and the card stays where it is.
  await submit.click();
  await expect(page.getByText("Required fields are still missing.")).toBeVisible();
  await expect(column(page, "Drafts").getByRole("listitem")).toHaveCount(1);
  silent();
});

test("a card is dragged to another column", async ({ page }, info) => {
  test.setTimeout(90_000);
  const silent = expectNoConsoleProblems(page);
  const word = fresh(info.project.name);
  await signIn(page, people.sam);
  await drafts(page, word, ["Xanten"]);
  // Wide enough for all columns: a card is not dragged out of sight.
  await page.setViewportSize({ width: 2100, height: 900 });
  await page.goto(`/deals?layout=board&q=${word}`);
  await settled(page);
  const card = column(page, "Drafts").getByRole("listitem").first();
  const target = column(page, "Ended");
  await card.hover();
  await page.mouse.down();
  const box = await target.boundingBox();
  if (box === null) throw new Error("the column is on the page");
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 8 });
  await expect(target).toHaveAttribute("data-target", "open");
  await expect(column(page, "Approved")).toHaveAttribute("data-target", "closed");
  await page.mouse.move(box.x + box.width / 2, box.y + 70, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText("1 deal withdrawn")).toBeVisible();
  await expect(column(page, "Ended").getByRole("listitem")).toHaveCount(1, { timeout: 30_000 });
  silent();
});

test("a phone shows one column and a way to the others @phone @plain", async ({ page }, info) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto("/deals?layout=board&column=approved");
  await expect(column(page, "Approved")).toBeVisible();
  if (info.project.name === "phone") {
    await settled(page);
    await expect(column(page, "In review")).toBeHidden();
    await axe(page);
    expect(await sideways(page)).toEqual([]);
    await page.getByRole("navigation", { name: "Columns of the board" }).getByRole("link", { name: /In review/ }).click();
    await expect(column(page, "In review")).toBeVisible();
  }
  silent();
});
