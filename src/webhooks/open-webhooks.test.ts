import { describe, expect, test } from "vitest";
import { gitLabPipeline, gitLabPush, quayPush } from "../../test/fixtures/webhook-payloads.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import { installTracer } from "../telemetry/trace.ts";
import type { Integration } from "../tokens/integration.ts";
import { openWebhooks } from "./open-webhooks.ts";
import type { WebhookEvent } from "./webhook-event.ts";

const startMs = Date.UTC(2026, 2, 1, 12);
const dayMs = 86_400_000;

interface WorldOptions {
  readonly store?: Store;
  readonly handle?: (event: WebhookEvent, signal: AbortSignal) => Promise<void>;
  readonly requestJob?: () => Promise<void>;
}

/** A process of Talos on a store. */
function world({ store = createMemoryStore(), handle, requestJob }: WorldOptions = {}) {
  let nowMs = startMs;
  let ids = 0;
  const handled: string[] = [];
  const log: string[] = [];
  let requests = 0;
  const webhooks = openWebhooks({
    store,
    now: () => nowMs,
    newId: () => `${++ids}`,
    log: { warn: (facts, text) => void log.push(`${text} ${JSON.stringify(facts)}`) },
    handle: async (event, signal) => {
      await handle?.(event, signal);
      handled.push(nameOf(event));
    },
    async requestJob() {
      requests += 1;
      await requestJob?.();
    },
  });
  const run = (signal = new AbortController().signal) => webhooks.job.run(signal);
  return {
    store,
    handled,
    log,
    webhooks,
    run,
    requests: () => requests,
    pass: (ms: number) => {
      nowMs += ms;
    },
    receive: (body: object, id?: string) => webhooks.receive(delivery("gitlab", body, id)),
    waiting: () => store.collection("webhook").list(""),
    seen: () => store.collection("webhook-seen").list(""),
  };
}

function delivery(integration: Integration, body: object, id?: string) {
  const name = integration === "gitlab" ? "webhook-id" : `x-${integration}-delivery`;
  const headers = { [`x-${integration}-event`]: "push", ...(id === undefined ? {} : { [name]: id }) };
  return { integration, headers, body: Buffer.from(JSON.stringify(body)), token: "hook" };
}

function push(branch: string) {
  return { ...gitLabPush, ref: `refs/heads/${branch}` };
}

function nameOf(event: WebhookEvent): string {
  switch (event.kind) {
    case "push":
      return event.branch;
    case "pipeline":
      return event.state;
    case "image":
      return event.repository.path;
  }
}

describe("A delivery", () => {
  test("is stored before it is answered, and handled by the job, once.", async () => {
    const at = world();
    expect(await at.receive(push("main"), "1")).toEqual({ kind: "stored" });
    expect(at.requests()).toBe(1);
    expect((await at.waiting()).map(({ value }) => value)).toMatchObject([
      {
        receivedMs: startMs,
        integration: "gitlab",
        token: "hook",
        failures: 0,
        events: [{ kind: "push", branch: "main" }],
      },
    ]);
    await at.run();
    await at.run();
    expect(at.handled).toEqual(["main"]);
    expect(await at.waiting()).toEqual([]);
  });

  test("that is of no use or makes no sense is not stored.", async () => {
    const at = world();
    expect(await at.receive({ object_kind: "issue" })).toMatchObject({ kind: "ignored" });
    expect(await at.receive({})).toMatchObject({ kind: "malformed" });
    expect(await at.waiting()).toEqual([]);
    expect(await at.seen()).toEqual([]);
    expect(at.requests()).toBe(0);
  });

  test("is stored also where the job cannot be asked for.", async () => {
    const away = async () => Promise.reject(new TalosError("store-unreachable", "away"));
    const at = world({ requestJob: away });
    expect(await at.receive(push("main"))).toEqual({ kind: "stored" });
    const { nextMs } = await at.run();
    expect(at.handled).toEqual(["main"]);
    expect(nextMs).toBe(startMs + 60_000);
  });

  test("carries the trace of its request, and is handled in it.", async () => {
    const resumed: string[] = [];
    installTracer({
      begin: () => undefined,
      current: () => "00-trace-span-01",
      link: () => undefined,
      resume: (traceparent, run) => {
        if (traceparent !== undefined) resumed.push(traceparent);
        return run();
      },
    });
    try {
      const at = world();
      await at.receive(push("main"));
      await at.run();
      expect(resumed).toEqual(["00-trace-span-01"]);
    } finally {
      installTracer(undefined);
    }
  });
});

describe("A delivery that comes again", () => {
  test("is known by its id, until a week later, also after a restart.", async () => {
    const at = world();
    await at.receive(push("main"), "1");
    expect(await at.receive(push("main"), "1")).toEqual({ kind: "repeated" });
    await at.run();
    const restarted = world({ store: at.store });
    expect(await restarted.receive(push("main"), "1")).toEqual({ kind: "repeated" });
    restarted.pass(7 * dayMs - 1);
    expect(await restarted.receive(push("main"), "1")).toEqual({ kind: "repeated" });
    restarted.pass(1);
    expect(await restarted.receive(push("main"), "1")).toEqual({ kind: "stored" });
    expect(await restarted.receive(push("main"), "1")).toEqual({ kind: "repeated" });
  });

  test("is handled once when it comes to several at the same time.", async () => {
    const at = world();
    const others = [at, world({ store: at.store }), world({ store: at.store })];
    const kinds = await Promise.all(
      others.flatMap((one) => [1, 2].map(async () => (await one.receive(push("main"), "1")).kind)),
    );
    expect(kinds.filter((kind) => kind === "stored")).toHaveLength(1);
    await at.run();
    expect(at.handled).toEqual(["main"]);
  });

  test("with the same text under another id is another one, where the sender signs its id.", async () => {
    const at = world();
    await at.receive(push("main"), "1");
    expect(await at.receive(push("main"), "2")).toEqual({ kind: "stored" });
  });

  test.each(["github", "gitea", "forgejo"] as const)(
    "to %s under another id is known by its text: its id is not signed.",
    async (integration) => {
      const at = world();
      const body = { ref: "refs/heads/main", repository: { clone_url: "https://h/r" } };
      expect(await at.webhooks.receive(delivery(integration, body, "1"))).toEqual({ kind: "stored" });
      expect(await at.webhooks.receive(delivery(integration, body, "2"))).toEqual({ kind: "repeated" });
      expect(await at.webhooks.receive(delivery(integration, { ...body, after: "1".repeat(40) }, "1"))).toEqual({
        kind: "repeated",
      });
      expect(await at.webhooks.receive(delivery(integration, { ...body, after: "1".repeat(40) }, "3"))).toEqual({
        kind: "stored",
      });
    },
  );

  test("without an id is known by its text, for a minute: the same may happen again.", async () => {
    const at = world();
    const again = async () => (await at.webhooks.receive(delivery("registry", quayPush))).kind;
    expect(await again()).toBe("stored");
    at.pass(59_999);
    expect(await again()).toBe("repeated");
    at.pass(1);
    expect(await again()).toBe("stored");
  });

  test("is forgotten when it is old, so that the store does not grow.", async () => {
    const at = world();
    for (let index = 0; index < 20; index += 1) await at.receive(push("main"), `${index}`);
    await at.run();
    expect(await at.seen()).toHaveLength(20);
    at.pass(7 * dayMs);
    await at.run();
    expect(await at.seen()).toEqual([]);
  });
});

describe("Handling", () => {
  test("goes in the order of arrival for one thing.", async () => {
    const at = world();
    const states = ["created", "running", "success"];
    for (const [index, status] of states.entries()) {
      const object_attributes = { ...gitLabPipeline.object_attributes, status };
      await at.receive({ ...gitLabPipeline, object_attributes }, `${index}`);
      at.pass(1);
    }
    await at.run();
    expect(at.handled).toEqual(["waiting", "running", "succeeded"]);
  });

  test("that fails is tried again, later and later, and lets others pass.", async () => {
    let isBroken = true;
    const at = world({
      handle: async (event) => {
        if (isBroken && nameOf(event) === "bad") throw new TalosError("source-unreadable", "no answer");
      },
    });
    await at.receive(push("bad"));
    await at.receive(push("good"));
    expect(await at.run()).toEqual({ nextMs: startMs + 5000 });
    expect(at.handled).toEqual(["good"]);
    at.pass(4999);
    await at.run();
    expect(await at.waiting()).toMatchObject([{ value: { failures: 1 } }]);
    at.pass(1);
    expect(await at.run()).toEqual({ nextMs: startMs + 5000 + 10_000 });
    expect(await at.waiting()).toMatchObject([{ value: { failures: 2 } }]);
    isBroken = false;
    at.pass(10_000);
    await at.run();
    expect(at.handled).toEqual(["good", "bad"]);
    expect(await at.waiting()).toEqual([]);
    expect(at.log).toHaveLength(1);
  });

  test("is given up after twelve failures, with a line in the log, and its delivery is not taken again.", async () => {
    let tries = 0;
    const at = world({
      handle: async () => {
        tries += 1;
        throw new TypeError("a fault");
      },
    });
    await at.receive(push("main"), "1");
    for (let run = 0; run < 40; run += 1) {
      await at.run();
      at.pass(1_800_000);
    }
    expect(tries).toBe(12);
    expect(await at.waiting()).toEqual([]);
    expect(at.log.at(-1)).toMatch(
      /given up .*"integration":"gitlab","token":"hook","failures":12,"error":"TypeError: a fault"/,
    );
    expect(await at.receive(push("main"), "1")).toEqual({ kind: "repeated" });
  });

  test("that finds the store away counts as no try.", async () => {
    const at = world({ handle: async () => Promise.reject(new TalosError("store-unreachable", "away")) });
    await at.receive(push("main"));
    for (let run = 0; run < 20; run += 1) await expect(at.run()).rejects.toMatchObject({ code: "store-unreachable" });
    expect(await at.waiting()).toMatchObject([{ value: { failures: 0 } }]);
  });

  test("that was cut off by the end of Talos is done by the next one.", async () => {
    const end = new AbortController();
    const at = world({
      handle: async (_event, signal) => {
        end.abort(new Error("the end"));
        signal.throwIfAborted();
      },
    });
    await at.receive(push("main"));
    await at.receive(push("other"));
    await expect(at.run(end.signal)).rejects.toThrow("the end");
    expect(at.handled).toEqual([]);
    const next = world({ store: at.store });
    await next.run();
    expect(next.handled.toSorted()).toEqual(["main", "other"]);
    expect(await next.waiting()).toEqual([]);
  });

  test("that was done, and not written down because Talos died, is done again: that is what it is made for.", async () => {
    const store = createMemoryStore();
    const dying: Store = {
      ...store,
      write: async (changes, lease) => {
        if (changes.some(({ kind }) => kind === "delete")) throw new TalosError("store-unreachable", "dead");
        return store.write(changes, lease);
      },
    };
    const at = world({ store: dying });
    await at.receive(push("main"));
    await expect(at.run()).rejects.toMatchObject({ code: "store-unreachable" });
    const next = world({ store });
    await next.run();
    await next.run();
    expect([...at.handled, ...next.handled]).toEqual(["main", "main"]);
  });

  test("passes over what another version of Talos left, and drops it.", async () => {
    const at = world();
    await at.store.collection("webhook").put("000000000000001 x", { events: 5 });
    await at.store.collection("webhook-seen").put("x", "odd");
    await at.receive(push("main"));
    await at.run();
    expect(at.handled).toEqual(["main"]);
    expect(await at.waiting()).toEqual([]);
    expect((await at.seen()).map(({ key }) => key)).not.toContain("x");
    expect(at.log).toHaveLength(1);
  });
});

describe("When too many wait", () => {
  const fill = async (at: ReturnType<typeof world>) => {
    for (let index = 0; index < 5000; index += 1) await at.receive(push(`b${index}`), `${index}`);
  };

  test("none is taken until some were handled.", async () => {
    let isStuck = true;
    const at = world({
      handle: async () => {
        if (isStuck) throw new Error("stuck");
      },
    });
    await fill(at);
    expect(await at.receive(push("more"), "more")).toEqual({ kind: "full" });
    await at.run();
    expect(await at.receive(push("more"), "more")).toEqual({ kind: "full" });
    isStuck = false;
    at.pass(5000);
    await at.run();
    expect(await at.receive(push("more"), "more")).toEqual({ kind: "stored" });
  });

  test("it does not matter which process has handled them.", async () => {
    const at = world();
    await fill(at);
    await world({ store: at.store }).run();
    expect(await at.receive(push("more"), "more")).toEqual({ kind: "stored" });
  });
});
