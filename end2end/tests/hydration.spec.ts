// A page's resources are numbered in the order in which they are made, and the browser finds the server's answers by
// these numbers. One that is made inside the answer of another takes its number by luck: a page that does so fails
// here, sooner or later, as it does for people.
import { expect, test, type Page } from "@playwright/test";
import { expectNoConsoleProblems, people, settled, signIn } from "../support";

const LOADS = 3;

async function first(page: Page, path: string): Promise<string> {
  const answer = await page.request.get(`/api/v1/${path}`);
  return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? "";
}

const asVendor = async (page: Page) => [
  "/overview",
  "/queue",
  `/queue?case=${await first(page, "deals?queue=true&limit=1")}`,
  `/deals/${await first(page, "deals?status=approved&limit=1")}`,
  `/deals?peek=${await first(page, "deals?status=approved&limit=1")}`,
  `/partners/${await first(page, "partners?limit=1")}`,
  "/leads",
  `/leads/${await first(page, "leads?limit=1")}`,
  "/leads/rules",
  "/leads/pins",
  "/deals?layout=board",
  "/program",
  "/activity",
];

const asPartner = async (page: Page) => [
  "/",
  "/deals",
  "/deals?layout=board",
  "/calendar",
  "/imports",
  "/deals/new",
  `/deals/${await first(page, "deals?status=draft&limit=1")}/edit`,
  `/deals/${await first(page, "deals?status=approved&limit=1")}`,
  `/deals/${await first(page, "deals?status=approved&limit=1")}/receipt`,
  `/leads/${await first(page, "leads?limit=1")}`,
  "/profile",
];

for (const [who, email, paths] of [
  ["a vendor", people.carlos, asVendor],
  ["a partner", people.sam, asPartner],
] as const) {
  test(`what the server answered is never asked again by the pages of ${who}`, async ({ page }) => {
    test.setTimeout(300_000);
    const silent = expectNoConsoleProblems(page);
    await signIn(page, email);
    // A slow machine on a slow line: what depends on who comes first shows itself.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 3 });
    const line = { offline: false, latency: 40, downloadThroughput: 4e6, uploadThroughput: 1e6 };
    await devtools.send("Network.emulateNetworkConditions", line);
    // Nor do other tests' events: the stream never answers.
    await page.route("**/api/v1/live*", () => {});
    // The page that one came to by signing in still hears them.
    await page.goto("about:blank");
    const asked: string[] = [];
    page.on("request", (request) => {
      const path = new URL(request.url()).pathname;
      // A draft checks itself by POST, a receipt asks the log; what a page shows comes with it.
      const shown = request.method() === "GET" && path.startsWith("/api/v1/");
      if (shown && !/\/(live|log\/[a-z-]+)$/.test(path)) asked.push(`${page.url()} asked ${path}`);
    });
    for (const path of await paths(page)) {
      for (let load = 0; load < LOADS; load += 1) {
        await page.goto(path);
        await settled(page);
      }
      expect.soft(asked.splice(0), path).toEqual([]);
    }
    silent();
  });
}
