import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import type { PlannedReference } from "../../src/updates/plan-document.ts";
import { visibleText } from "../../src/web/client/words/visible-text.ts";
import { answerWithEvents } from "../fixtures/answer-with-events.ts";
import {
  type FakeTalos,
  fakeTalos,
  infra,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
} from "../fixtures/fake-talos.ts";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { closeBrowser, openVisit } from "./open-visit.ts";

describeWith(["chromium"], "updates in a browser", () => {
  afterAll(closeBrowser);

  test("of 5,000 references those that match are found, and only those in sight are made", async () => {
    await using visit = await openVisit({ talos: talosOf(manyReferences(5000)) });
    await visit.open("updates");
    const { page } = visit;
    await page.getByText("5,000 references").waitFor();
    const rows = page.getByRole("table", { name: "References" }).getByRole("row");
    expect(await rows.count()).toBeLessThan(120);
    await page.getByRole("searchbox").fill("service-4321");
    await page.getByText("1 of 5,000").waitFor();
    await page.getByRole("button", { name: "service-4321" }).waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByText("5,000 references").waitFor();
    await page.keyboard.press("Tab");
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.getByRole("button", { name: "service-4999" }).waitFor();
    expect(await rows.count()).toBeLessThan(120);
    expect(visit.problems).toEqual([]);
  });

  test("what is filtered by stands in the address, and the back button undoes it", async () => {
    await using visit = await openVisit({
      talos: talosOf([planned("web"), plannedUpdate("api"), plannedUpdate("db")]),
    });
    await visit.open("updates");
    const { page } = visit;
    await page.getByRole("button", { name: /^update/ }).click();
    await page.getByText("2 of 3").waitFor();
    await page.getByRole("searchbox").fill("db");
    await page.getByText("1 of 3").waitFor();
    await expect.poll(() => page.url()).toBe(`${visit.world.url}/updates?verdict=update&q=db`);
    await page.reload();
    await page.getByText("1 of 3").waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("db");
    await page.goBack();
    await page.getByText("3 references").waitFor();
    await page.getByRole("searchbox").fill("nowhere");
    await page.getByText("Nothing matches").waitFor();
    await page.getByRole("button", { name: "Show all 3" }).click();
    await page.getByText("3 references").waitFor();
  });

  test("many are held at once: each is asked for once, and what became of each is told", async () => {
    const references = manyReferences(60);
    const talos = talosOf(references);
    const real = { ...talos.delivery };
    Object.assign(talos.delivery, {
      hold: async (source: string, target: string, actor: string) => {
        if (target.includes("service-7.")) throw new Error("the disk is full");
        return await real.hold(source, target, actor);
      },
    });
    await using visit = await openVisit({ talos });
    await visit.open("updates");
    const { page } = visit;
    await page.getByRole("checkbox", { name: "Select service-3", exact: true }).click();
    await page.getByRole("checkbox", { name: "Select service-9", exact: true }).click({ modifiers: ["Shift"] });
    const selection = page.getByRole("region", { name: "Selection" });
    await selection.getByText("7 selected").waitFor();
    await page.getByRole("checkbox", { name: "Select service-5", exact: true }).click();
    await selection.getByText("6 selected").waitFor();
    await selection.getByRole("button", { name: "Hold 6" }).click();
    const dialog = page.getByRole("dialog", { name: "Hold 6 updates" });
    await dialog.getByRole("button", { name: "Hold" }).click();
    await dialog.getByText("5 done, 1 not").waitFor();
    const failed = dialog.getByRole("listitem").filter({ hasText: "service-7" });
    expect(await failed.innerText()).not.toContain("the disk is full");
    const held = talos.state.calls.map((call) => /services\.service-(\d+)/.exec(call)?.[1] ?? call);
    expect(held.toSorted((a, b) => a.localeCompare(b))).toEqual(["3", "4", "6", "8", "9"]);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await selection.waitFor({ state: "hidden" });
    expect(visit.problems).toEqual([]);
  });

  test("all that match are selected by one click, also those out of sight", async () => {
    await using visit = await openVisit({ talos: talosOf(manyReferences(500)) });
    await visit.open("updates?verdict=update");
    await visit.page.getByText("50 of 500").waitFor();
    await visit.page.getByRole("checkbox", { name: "Select all 50 shown" }).check();
    await visit.page.getByText("50 selected").waitFor();
    await visit.page.getByRole("button", { name: /^All/ }).click();
    await visit.page.getByText("500 references").waitFor();
    await visit.page.keyboard.press("Escape");
    await visit.page.getByText("50 selected").waitFor({ state: "detached" });
  });

  test("the members of a group are answered once, with the question that was shown", async () => {
    const sync = { role: "child", group: "immich", id: "immich" } as const;
    const members = ["server", "learning"].map((name) => inGroup(plannedUpdate(name), sync));
    const talos = talosOf(members);
    const [first] = members;
    if (first !== undefined) talos.state.questions.push(questionOf(first));
    await using visit = await openVisit({ talos });
    await visit.open("updates");
    const { page } = visit;
    await page.getByRole("checkbox", { name: /Select all/ }).check();
    await page.getByRole("button", { name: "Push 1" }).click();
    const sent = page.waitForRequest(/update\.answer$/);
    await page.getByRole("dialog").getByRole("button", { name: "Push" }).click();
    expect((await sent).postDataJSON()).toMatchObject({ answer: "push", question: "q1" });
    await page.getByText("1 done").waitFor();
    expect(talos.state.calls).toHaveLength(1);
  });

  test("by the keyboard alone: search, walk, look at the changes, and come back to the same row", async () => {
    await using visit = await openVisit({ talos: talosOf(manyReferences(100)) });
    await visit.open("updates");
    const { page } = visit;
    await page.getByText("100 references").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("service-1");
    await page.getByText("11 of 100").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect.poll(() => focused(page)).toBe("service-10");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "service-10" });
    await dialog.getByText("+image: service-10:1.1.0").waitFor();
    expect(page.url()).toContain("reference=");
    await page.keyboard.press("k");
    await page.getByRole("dialog", { name: "service-1", exact: true }).waitFor();
    await page.keyboard.press("j");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => focused(page)).toBe("service-10");
    await page.keyboard.press("x");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("why a verdict is as it is can be asked for", async () => {
    await using visit = await openVisit({ talos: talosOf([planned("web")]) });
    await visit.open("updates");
    await visit.page.getByRole("button", { name: "web" }).click();
    const dialog = visit.page.getByRole("dialog", { name: "web" });
    await dialog.getByText("1.0.0 is the newest").waitFor();
    await dialog.getByRole("button", { name: /Show all facts/ }).click();
    await dialog.getByText("1 of 2 tags are above").waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("what a scan finds shows in the list that is open", async () => {
    const talos = talosOf([planned("web")]);
    await using visit = await openVisit({ talos });
    await visit.open("updates");
    await visit.page.getByText("1 reference").waitFor();
    await visit.page.locator('[data-connection="live"]').waitFor({ state: "attached" });
    talos.state.records[infra] = recordOf([planned("web"), planned("api")]);
    talos.happen({ kind: "scan-finished", text: "scanned", source: infra });
    await visit.page.getByRole("button", { name: "api" }).waitFor();
  });

  test.each([320, 1280])("names that want to be something else are text, and break nothing at %i", async (width) => {
    const references = hostileNames.map((name, index) =>
      plannedUpdate(`n${index}`, {
        name,
        file: `${name}/compose.yml`,
        image: `${name}:1`,
        reasons: [{ code: "no-newer-tag", text: name }],
      }),
    );
    const talos = talosOf(references);
    for (const reference of references) {
      talos.state.questions.push(questionOf(reference));
      talos.happen({
        kind: "delivered",
        text: reference.name,
        source: infra,
        atMs: Date.now(),
        link: "javascript:alert(1)",
        commit: reference.name,
      });
    }
    await using visit = await openVisit({ talos, width });
    const { page } = visit;
    let dialogs = 0;
    page.on("dialog", (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await page
      .locator(".need")
      .nth(hostileNames.length - 1)
      .waitFor();
    await page
      .locator(".event")
      .nth(hostileNames.length - 1)
      .waitFor();
    expect(await page.locator("a[href^='javascript'], main img, main script").count()).toBe(0);
    expect(await widthOf(page)).toBeLessThanOrEqual(width);
    await visit.open("updates");
    for (const name of hostileNames.map(visibleText)) {
      await page.locator(".reference-open").filter({ hasText: name }).first().click();
      await page.getByRole("dialog").getByRole("heading", { level: 2 }).filter({ hasText: name }).waitFor();
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      await page.keyboard.press("Escape");
    }
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(dialogs).toBe(0);
    expect(visit.problems).toEqual([]);
  });

  test.each([320, 480, 800, 1280])(
    "at %i pixels what differs of two versions is seen, and rows keep apart",
    async (width) => {
      await using visit = await openVisit({ talos: livelyTalos({ nowMs: Date.now() }), width });
      await visit.open("updates?verdict=update");
      const { page } = visit;
      await page.getByRole("button", { name: "calendar" }).waitFor();
      await page.getByText("…11.2-alpine3.22-amd64-ls121").waitFor();
      expect(await page.evaluate(cutVersions)).toEqual([]);
      expect(await page.evaluate(overfullRows)).toEqual([]);
    },
  );
});

const cutVersions = `[...document.querySelectorAll(".version-from, .version-to")]
  .filter((version) => version.scrollWidth > version.clientWidth).map((version) => version.textContent)`;

const overfullRows = `[...document.querySelectorAll(".reference-place")]
  .filter((row) => row.scrollHeight > row.clientHeight).map((row) => row.textContent)`;

const hostileNames = [
  "<img src=x onerror=alert(1)>",
  "\u202egnp.exe\u202c",
  "مرحبا بالعالم",
  "x".repeat(400),
  "👩‍👩‍👧‍👦🐢",
  "</script><script>alert(1)</script>",
  "a b  c",
  "constructor",
];

function talosOf(references: readonly PlannedReference[]): FakeTalos {
  const talos = fakeTalos();
  talos.state.records[infra] = recordOf(references);
  answerWithEvents(talos);
  return talos;
}

const policy = {
  skip: false,
  bump: "minor",
  strategy: { digest: "push", patch: "push", minor: "prompt", major: "prompt" },
  sync: null,
  pin: false,
  allow: [] as string[],
  ignore: [] as string[],
  ageSeconds: null,
  window: [] as string[],
  platform: null,
} as const;

/** Every tenth has an update. */
function manyReferences(count: number): readonly PlannedReference[] {
  return Array.from({ length: count }, (_, index) => {
    const file = `stack-${String(Math.floor(index / 20)).padStart(3, "0")}/compose.yml`;
    const make = index % 10 === 0 ? plannedUpdate : planned;
    return make(`service-${index}`, { file, policy });
  });
}

function inGroup(reference: PlannedReference, sync: NonNullable<NonNullable<PlannedReference["policy"]>["sync"]>) {
  return { ...reference, policy: { ...policy, sync } };
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement?.textContent");
}

async function widthOf(page: Page): Promise<number> {
  return Number(await page.evaluate("document.scrollingElement.scrollWidth"));
}
