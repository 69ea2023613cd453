import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, settled, sideways } from "../support";

/** What the button of the sign-in says, by the language that the browser asks for. */
const words = { de: "Anmelden", fr: "Se connecter", es: "Iniciar sesión", ar: "تسجيل الدخول" };

for (const [locale, button] of Object.entries(words)) {
  test.describe(locale, () => {
    test.use({ locale });

    test(`the sign-in speaks ${locale}`, async ({ page }) => {
      const silent = expectNoConsoleProblems(page);
      await page.goto("/sign-in");
      await settled(page);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator("html")).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
      await expect(page.getByRole("button", { name: button, exact: true })).toBeVisible();
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await sideways(page)).toEqual([]);
        await axe(page);
      }
      silent();
    });
  });
}
