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
