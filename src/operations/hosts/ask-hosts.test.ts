import { expect, test } from "vitest";
import { fakeContainer, fakeHost } from "../../../test/fixtures/fake-host.ts";
import { TalosError } from "../../talos-error.ts";
import { askHosts } from "./ask-hosts.ts";

const never = new AbortController().signal;

test("one that does not answer, or refuses, costs the others nothing", async () => {
  const web = fakeContainer("web");
  const hosts = [
    fakeHost("deaf", { stalls: ["containers"] }),
    fakeHost("nas", { containers: [web] }),
    fakeHost("full", { failures: { containers: new TalosError("host-refused", "full: no space") } }),
  ];
  const ask = askHosts(hosts, never, (host, signal) => host.containers(signal), 0.02);
  expect(await ask).toMatchObject([
    { kind: "failed", error: { code: "timed-out", message: /^deaf did not answer within/ } },
    { kind: "answered", value: [web] },
    { kind: "failed", error: { code: "host-refused" } },
  ]);
});

test("one that does not even listen is not waited for", async () => {
  const ask = askHosts([fakeHost("deaf")], never, () => new Promise<never>(() => undefined), 0.02);
  expect(await ask).toMatchObject([{ kind: "failed", error: { code: "timed-out" } }]);
});

test("all end at once when the caller cancels, and a fault of the program is thrown on", async () => {
  const refused = new TalosError("host-refused", "refused after the abort");
  for (const settings of [{ stalls: ["containers" as const] }, { failures: { containers: refused } }]) {
    const caller = new AbortController();
    const host = fakeHost("nas", { ...settings, onCall: () => caller.abort() });
    await expect(askHosts([host], caller.signal, (one, signal) => one.containers(signal))).rejects.toThrow(/abort/);
  }
  const faulty = askHosts([fakeHost("nas")], never, async () => Promise.reject(new RangeError("a fault")));
  await expect(faulty).rejects.toThrow(RangeError);
});
