import { describe, expect, test } from "vitest";
import { startFakeForge } from "./fake-forge.ts";
import { kinds, openFake } from "./forges.ts";

const text = { title: "[Talos] web: nginx:1.25 -> nginx:1.26", body: "| File |\n| --- |\n| `web/compose.yml` |\n" };
const branch = "talos/web-compose-web-0123456789";

describe.each(kinds)("$type", (kind) => {
  test("a request that was opened is found by its branches", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    expect(await forge.find(branch, "main")).toBeUndefined();
    const opened = await forge.open(branch, "main", text);
    expect(opened).toEqual({
      number: 1,
      url: expect.stringContaining(fake.origin),
      branch,
      state: "open",
      title: text.title,
    });
    expect(fake.kept).toMatchObject([{ branch, target: "main", ...text }]);
    expect(await forge.find(branch, "main")).toEqual(opened);
    expect(await forge.find(branch, "next")).toBeUndefined();
    expect(await forge.find("talos/other", "main")).toBeUndefined();
  });

  test("opening it a second time gives the one that is there", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    const first = await forge.open(branch, "main", text);
    expect(await forge.open(branch, "main", { ...text, title: "another" })).toEqual(first);
    expect(fake.kept).toHaveLength(1);
  });

  test("title and text are replaced in place", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    const { number } = await forge.open(branch, "main", text);
    await forge.update(number, { title: "new title", body: "new text" });
    expect(fake.kept).toMatchObject([{ title: "new title", body: "new text", state: "open" }]);
  });

  test("closing says why, once", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    const { number } = await forge.open(branch, "main", text);
    await forge.close(number, "Done by hand.");
    await forge.close(number, "Done by hand.");
    expect(fake.kept).toMatchObject([{ state: "closed", comments: ["Done by hand."] }]);
    expect((await forge.find(branch, "main"))?.state).toBe("closed");
  });

  test("a merged one is merged, and stays without a word", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    fake.keep({ branch, target: "main", state: "merged" });
    expect((await forge.find(branch, "main"))?.state).toBe("merged");
    await forge.close(1, "No longer wanted.");
    expect(fake.kept).toMatchObject([{ state: "merged", comments: [] }]);
  });

  test("the open one comes before newer ones, and of those the newest", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    const first = fake.keep({ branch, target: "main", state: "merged" });
    fake.keep({ branch, target: "main", state: "closed" });
    expect(await forge.find(branch, "main")).toMatchObject({ number: 2, state: "closed" });
    first.state = "open";
    expect(await forge.find(branch, "main")).toMatchObject({ number: 1, state: "open" });
  });

  test("a request of the same branch in a fork is not ours", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    fake.keep({ branch, target: "main", isFromFork: true });
    expect(await forge.find(branch, "main")).toBeUndefined();
    expect((await forge.open(branch, "main", text)).number).toBe(2);
  });

  test("one is found among many others", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    fake.keep({ branch, target: "main" });
    fake.keep({ branch: "old", target: "main", state: "closed" });
    for (let count = 0; count < 70; count += 1) {
      fake.keep({ branch: `feature/${count}`, target: count % 2 === 0 ? "main" : "next" });
      fake.keep({ branch: `fix/${count}`, target: "main", state: "closed" });
    }
    expect((await forge.find(branch, "main"))?.number).toBe(1);
    expect((await forge.find("old", "main"))?.number).toBe(2);
  });

  test("names of branches are encoded", async () => {
    await using fake = await startFakeForge(kind.api);
    const forge = openFake(kind, fake);
    const odd = "release/1.0+ä&state=all#x";
    const { number } = await forge.open(branch, odd, text);
    expect(fake.kept).toMatchObject([{ target: odd }]);
    expect((await forge.find(branch, odd))?.number).toBe(number);
  });

  test("what was begun ends when it is given up", async () => {
    await using fake = await startFakeForge(kind.api);
    fake.answerNext("never answer");
    const giving = new AbortController();
    const found = openFake(kind, fake).find(branch, "main", giving.signal);
    const reason = new Error("shutting down");
    await expect.poll(() => fake.calls.length).toBe(1);
    giving.abort(reason);
    await expect(found).rejects.toBe(reason);
  });
});

test("a comment is no command to GitLab", async () => {
  const [gitlab] = kinds;
  if (gitlab === undefined) throw new Error("no GitLab");
  await using fake = await startFakeForge(gitlab.api);
  const forge = openFake(gitlab, fake);
  const { number } = await forge.open(branch, "main", { title: "t", body: "first\n/assign @eve\n  /label x" });
  await forge.close(number, "Done.\n/merge");
  expect(fake.kept).toMatchObject([
    { body: "first\n\\/assign @eve\n  \\/label x", comments: ["Done.\n\\/merge"], state: "closed" },
  ]);
});
