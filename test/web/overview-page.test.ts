import { afterAll, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { answerWithEvents } from "../fixtures/answer-with-events.ts";
import { fakeHost } from "../fixtures/fake-host.ts";
import {
  type FakeTalos,
  fakeTalos,
  infra,
  letterOf,
  nowMs,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
} from "../fixtures/fake-talos.ts";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { closeBrowser, openVisit } from "./open-visit.ts";

describeWith(["chromium"], "the overview in a browser", () => {
  afterAll(closeBrowser);

  test("when nothing waits for anybody it says so", async () => {
    const talos = fakeTalos([infra], { hosts: [fakeHost("nas")] });
    talos.state.records[infra] = recordOf([planned("web")]);
    await using visit = await openVisit({ talos });
    await visit.page.getByRole("heading", { name: "All is well" }).waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("questions, dead letters, hosts and scans that need somebody are listed, each with what can be done", async () => {
    const down = { kind: "down", reason: "no route", hint: undefined, sinceMs: nowMs, nextTryMs: undefined } as const;
    const talos = waitingTalos(fakeTalos([infra, "lab"], { hosts: [fakeHost("nas", { state: down })] }));
    talos.state.records.lab = { source: "lab", startedMs: nowMs, endedMs: nowMs, error: "no such branch" };
    await using visit = await openVisit({ talos });
    const needs = visit.page.getByRole("region", { name: /Needs you/ });
    await needs.getByText("no such branch").waitFor();
    await needs.getByText("no route").waitFor();
    await needs.getByText("the branch is protected").waitFor();
    await needs.getByRole("button", { name: "Push web" }).waitFor();
    expect(await needs.getByRole("listitem").count()).toBe(4);
    expect(visit.problems).toEqual([]);
  });

  test("an answer names the question it was given to, and what was asked goes away", async () => {
    const talos = waitingTalos(fakeTalos());
    await using visit = await openVisit({ talos });
    const { page } = visit;
    const sent = page.waitForRequest(/operations\/update\.answer$/);
    await page.getByRole("button", { name: "Push web" }).click();
    const { reference, answer, question } = (await sent).postDataJSON();
    expect({ reference, answer, question }).toEqual({
      reference: expect.stringContaining("web"),
      answer: "push",
      question: "q1",
    });
    await page.getByRole("button", { name: "Push web" }).waitFor({ state: "detached" });
    expect(talos.state.calls).toContainEqual(expect.stringMatching(/^answer .*web.* push by admin \(page\)$/));
    await page.getByRole("status").getByText("push").first().waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("what happens shows without anything being done", async () => {
    const talos = fakeTalos();
    await using visit = await openVisit({ talos });
    const { page } = visit;
    await page.locator('[data-connection="live"]').waitFor({ state: "attached" });
    const web = plannedUpdate("web");
    talos.state.questions.push(questionOf(web));
    talos.happen({ kind: "question-opened", text: "web 1.0.0 → 1.1.0: shall it go?", atMs: Date.now(), source: infra });
    await page.getByRole("button", { name: "Push web" }).waitFor();
    await page.getByText("shall it go?").waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("how far a scan is can be seen", async () => {
    const talos = fakeTalos();
    const record = recordOf([planned("web")]);
    let next: number | "running" = "running";
    talos.state.records[infra] = { ...record, endedMs: undefined, progress: { files: 3, references: 40, decided: 10 } };
    for (const source of talos.sources) Object.assign(source, { nextScan: async () => next });
    await using visit = await openVisit({ talos });
    const { page } = visit;
    await page.getByText("3 files, 10 of 40 images decided").waitFor();
    expect(await page.getByRole("progressbar", { name: "Scan" }).getAttribute("value")).toBe("10");
    next = Date.now() - 1000;
    talos.state.records[infra] = record;
    talos.happen({ kind: "scan-finished", text: "scanned", source: infra });
    await page.getByText("1 current").waitFor();
    await page.getByText("Next scan now").waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("while Talos is away it says so, and afterwards catches up", async () => {
    const talos = fakeTalos();
    const store = createMemoryStore();
    const port = await freePort();
    await using visit = await openVisit({ talos, store, port });
    const { page, world } = visit;
    await page.locator('[data-connection="live"]').waitFor({ state: "attached" });
    await world[Symbol.asyncDispose]();
    await page.getByText("The connection to Talos is lost").waitFor();
    talos.state.questions.push(questionOf(plannedUpdate("web")));
    await using _again = await openHttpWorld({ talos, store, port });
    await page.getByText("The connection to Talos is lost").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Push web" }).waitFor();
  });
});

function waitingTalos(talos: FakeTalos): FakeTalos {
  const [web, db] = [plannedUpdate("web"), plannedUpdate("db")];
  talos.state.records[infra] = recordOf([web, db]);
  talos.state.questions.push(questionOf(web));
  talos.state.letters.push(letterOf(db));
  answerWithEvents(talos);
  return talos;
}
