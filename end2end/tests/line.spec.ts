// The line between the page and the server: what happens elsewhere arrives, and what is lost comes back.
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect, test, type Browser } from "@playwright/test";
import { expectNoConsoleProblems, people, settled, signIn } from "../support";

const LOST = [/Failed to load resource/, /ERR_/, /EventSource/];

/** A wire to the server under test that can be cut and joined. */
async function wire(): Promise<{ url: string; cut: () => void; join: () => Promise<void>; end: () => void }> {
  const target = new URL(process.env["RIALTO_URL"] ?? "http://127.0.0.1:3000");
  const open = new Set<Socket>();
  const answer = (near: Socket) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      open.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => open.delete(from));
      from.pipe(to);
    }
  };
  const listen = (port: number) =>
    new Promise<Server>((ready) => {
      const made = createServer(answer).listen(port, "127.0.0.1", () => ready(made));
    });
  let server = await listen(0);
  const { port } = server.address() as { port: number };
  const cut = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  const join = async () => {
    server = await listen(port);
  };
  return { url: `http://127.0.0.1:${port}`, cut, join, end: cut };
}

async function somebody(browser: Browser, email: string, baseURL?: string) {
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const page = await context.newPage();
  const silent = expectNoConsoleProblems(page, baseURL === undefined ? [] : LOST);
  await signIn(page, email);
  return { page, silent };
}

test("a decision arrives on the partner's open page, with its message", async ({ browser }) => {
  const sam = await somebody(browser, people.sam);
  const made = await sam.page.request.post("/api/v1/deals", {
    data: {
      program: ((await (await sam.page.request.get("/api/v1/programs?limit=1")).json()) as { items: { id: string }[] }).items[0]?.id,
      customer: { name: `Fernleitung ${Date.now()}`, website: `fernleitung-${Date.now()}.example`, country: "CH" },
      products: [{ product: "Northwind Core" }],
      value: { amount: "900000", currency: "EUR" },
      expected_close: "2031-06-30",
      evidence: [{ kind: "meeting", note: "Workshop with the head of IT" }],
      submit: true,
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { id, version } = (await made.json()) as { id: string; version: number };
  await sam.page.goto(`/deals/${id}`);
  await settled(sam.page);
  await expect(sam.page.locator(".live[data-state='live']")).toBeVisible();

  const carlos = await somebody(browser, people.carlos);
  const approved = await carlos.page.request.post(`/api/v1/deals/${id}/approve`, { data: { version } });
  expect(approved.ok(), await approved.text()).toBe(true);
  await expect(sam.page.getByText("Approved", { exact: true }).first()).toBeVisible();
  await expect(sam.page.locator(".badge-count")).toBeVisible();
  sam.silent();
  carlos.silent();
});

test("when the server goes away the page says so, and is live again when it is back", async ({ browser }) => {
  const line = await wire();
  // Whose list moves least while other tests are at work: a list that is asked for anew while the line is cut shows the problem.
  const { page, silent } = await somebody(browser, people.noor, line.url);
  await page.goto("/deals");
  await settled(page);
  const dot = page.locator(".top .live");
  await expect(dot).toHaveAttribute("data-state", "live");
  line.cut();
  await expect(dot).toHaveAttribute("data-state", "reconnecting");
  // What is asked meanwhile is answered in words, and the list stays.
  await page.getByRole("row").nth(2).getByRole("link").first().click();
  await expect(page.getByText(/No answer from the server/).first()).toBeVisible();
  await expect(page.getByRole("row").nth(3)).toBeVisible();
  await line.join();
  await expect(dot).toHaveAttribute("data-state", "live", { timeout: 40_000 });
  silent();
  line.end();
});
