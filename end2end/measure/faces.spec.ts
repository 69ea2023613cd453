// Pictures of the key screens in every ready theme, light and dark, at a desk and on a phone, and once in Arabic: to be
// looked at, one by one. Made on request, no test of the suite: `RIALTO_MEASURE=1 cargo xtask e2e measure/faces.spec.ts`.
import { expect, test, type APIRequestContext, type Browser } from "@playwright/test";
import { people, settled, signIn } from "../support";

const FOLDER = process.env["RIALTO_PICTURES"] ?? "test-results/faces";
const SCREENS = [
  { name: "home", who: people.paula, path: "/" },
  { name: "deals", who: people.paula, path: "/deals" },
  { name: "form", who: people.paula, path: "/deals/new" },
  { name: "overview", who: people.olivia, path: "/overview" },
  { name: "queue", who: people.carlos, path: "/queue" },
  { name: "inbox", who: people.paula, path: "/inbox" },
] as const;
const SIZES = [
  { name: "desk", width: 1280, height: 800 },
  { name: "phone", width: 360, height: 740 },
] as const;

interface Preset {
  preset: string;
  theme: object;
}

/** The brand of the program that a person is in, and what it wears now. */
async function worn(api: APIRequestContext, brand: string): Promise<{ worn: object }> {
  const answer = await api.get(`/api/v1/brands/${brand}/theme`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { worn: object };
}

async function publish(api: APIRequestContext, brand: string, theme: object): Promise<void> {
  const answer = await api.post(`/api/v1/brands/${brand}/theme/publish`, { data: { theme, note: "" } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

async function pictures(browser: Browser, theme: string, colorScheme: "light" | "dark", locale = "en"): Promise<void> {
  for (const size of SIZES) {
    const people_ = [...new Set(SCREENS.map((screen) => screen.who))];
    for (const who of people_) {
      const context = await browser.newContext({
        viewport: { width: size.width, height: size.height },
        colorScheme,
        reducedMotion: "reduce",
        isMobile: size.name === "phone",
        hasTouch: size.name === "phone",
      });
      const page = await context.newPage();
      await signIn(page, who);
      const before = ((await (await page.request.get("/api/v1/session")).json()) as { user: { locale: string } }).user;
      if (locale !== before.locale) await page.request.patch("/api/v1/profile", { data: { locale } });
      for (const screen of SCREENS.filter((screen) => screen.who === who)) {
        await page.goto(screen.path);
        await settled(page);
        await page.waitForTimeout(400);
        await page.screenshot({ path: `${FOLDER}/${theme}-${screen.name}-${size.name}-${colorScheme}.png` });
      }
      if (locale !== before.locale) await page.request.patch("/api/v1/profile", { data: { locale: before.locale } });
      await context.close();
    }
  }
}

test("every ready theme is worn by the key screens", async ({ page, browser }) => {
  test.setTimeout(1_500_000);
  await signIn(page, people.olivia);
  const paula = await (await browser.newContext()).newPage();
  await signIn(paula, people.paula);
  const me = (await (await paula.request.get("/api/v1/session")).json()) as { program: { brand_id: string } };
  const brand = me.program.brand_id;
  const vendor = (await (await page.request.get("/api/v1/session")).json()) as {
    memberships: { organization: string }[];
    programs: { id: string; brand_id: string }[];
  };
  const program = vendor.programs.find((program) => program.brand_id === brand);
  if (program !== undefined) {
    const data = { organization: vendor.memberships[0]?.organization, program: program.id };
    await page.request.put("/api/v1/session/context", { data });
  }
  const before = (await worn(page.request, brand)).worn;
  const presets = (await (await page.request.get("/api/v1/brands/presets")).json()) as { items: Preset[] };
  expect(presets.items).toHaveLength(4);
  try {
    for (const { preset, theme } of presets.items) {
      await publish(page.request, brand, theme);
      for (const scheme of ["light", "dark"] as const) await pictures(browser, preset, scheme);
    }
    await pictures(browser, "arabic", "light", "ar");
  } finally {
    await publish(page.request, brand, before);
  }
});
