import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as payloads from "../../../test/fixtures/webhook-payloads.ts";
import { type Integration, integrations } from "../../tokens/integration.ts";
import { webhookEventSchema } from "../webhook-event.ts";
import type { WebhookReading } from "../webhooks.ts";
import { readWebhook } from "./read-webhook.ts";

type Headers = Readonly<Record<string, string>>;

function read(integration: Integration, body: string | Uint8Array | object, headers: Headers = {}): WebhookReading {
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return readWebhook({ integration, headers, body: typeof text === "string" ? Buffer.from(text) : text });
}

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8", "x-github-event": "push" };
const gitHub = { "content-type": "application/json", "x-github-event": "push" };
const pushed = { ref: "refs/heads/main", after: "a".repeat(40), repository: { clone_url: "https://h/ö?a=b&c=d" } };
const event = { kind: "push", urls: ["https://h/ö?a=b&c=d"], branch: "main", commit: "a".repeat(40) };

describe("A body", () => {
  test("is JSON, whatever its content type says, or a form.", () => {
    expect(read("github", pushed, gitHub)).toMatchObject({ events: [event] });
    expect(read("github", pushed, { ...gitHub, "content-type": "text/plain" })).toMatchObject({ events: [event] });
    const encoded = new URLSearchParams({ payload: JSON.stringify(pushed) }).toString();
    expect(read("github", encoded, form)).toMatchObject({ events: [event] });
  });

  test.each<readonly [string, string | Uint8Array, Headers, string]>([
    ["nothing", "", gitHub, "the body is empty"],
    ["no JSON", "{", gitHub, "the body is not JSON"],
    ["a text", '"x"', gitHub, "the body is not a JSON object"],
    ["null", "null", gitHub, "the body is not a JSON object"],
    ["a list", "[]", gitHub, "the body is not a JSON object"],
    ["a list of lists", "[".repeat(500_000), gitHub, "the body is not JSON"],
    ["Latin-1", Buffer.from('{"a":"ö"}', "latin1"), gitHub, "the body is not UTF-8"],
    ["UTF-16", Buffer.from('{"a":1}', "utf16le"), gitHub, "the body is not JSON"],
    ["a form without a payload", "a=b", form, "the form has no field `payload`"],
    ["an empty form", "", form, "the form has no field `payload`"],
    ["a form with an empty payload", "payload=", form, "the body is empty"],
    ["a form with what is no JSON", "payload=%7B", form, "the body is not JSON"],
    ["JSON that says that it is a form", "{}", form, "the form has no field `payload`"],
  ])("of %s is malformed.", (_, body, headers, text) => {
    expect(read("github", body, headers)).toEqual({ kind: "malformed", text });
  });

  test("with a byte order mark is read.", () => {
    expect(read("github", `\ufeff${JSON.stringify(pushed)}`, gitHub)).toMatchObject({ kind: "events" });
  });

  test("that says a thing twice means the last one, as the forges' own readers do.", () => {
    const text = JSON.stringify(pushed).replace("{", '{"ref":"refs/heads/other",');
    expect(read("github", text, gitHub)).toMatchObject({ events: [event] });
  });

  test("cannot change what every object has.", () => {
    const text = `{"__proto__":{"ref":"refs/heads/x","polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
    expect(read("github", text, gitHub)).toEqual({ kind: "malformed", text: "ref is missing" });
    expect(Object("x")).not.toHaveProperty("polluted");
  });

  test("with half a character in it comes through the store.", () => {
    const reading = read("github", { ...pushed, ref: "refs/heads/\ud800" }, gitHub);
    expect(reading).toMatchObject({ events: [{ branch: "\ud800" }] });
    expect(JSON.parse(JSON.stringify(reading))).toMatchObject({ events: [{ branch: "\ud800" }] });
  });
});

describe("A delivery", () => {
  test.each<readonly [Integration, object, Headers, string | undefined]>([
    ["gitlab", payloads.gitLabPush, { "webhook-id": "w", "idempotency-key": "k", "x-gitlab-event-uuid": "u" }, "w"],
    ["gitlab", payloads.gitLabPush, { "idempotency-key": "k", "x-gitlab-event-uuid": "u" }, "k"],
    ["gitlab", payloads.gitLabPush, { "x-gitlab-event-uuid": "u" }, undefined],
    ["github", pushed, { ...gitHub, "x-github-delivery": "d" }, "d"],
    ["gitea", payloads.giteaPush, { "x-gitea-event": "push", "x-gitea-delivery": "g", "x-github-delivery": "h" }, "g"],
    [
      "forgejo",
      payloads.giteaPush,
      { "x-forgejo-event": "push", "x-forgejo-delivery": "f", "x-gitea-delivery": "g" },
      "f",
    ],
    ["registry", payloads.harborCloudEvent, {}, "/projects/1/webhook/policies/3 4b2f89a6-548d-4c12-9993-a1f5790b97d2"],
    ["registry", payloads.quayPush, {}, undefined],
    ["registry", payloads.dockerHubPush, {}, undefined],
  ])("of %s is named by its sender: %#.", (integration, body, headers, deliveryId) => {
    expect(read(integration, body, headers)).toMatchObject({ kind: "events", deliveryId });
  });

  test("of a registry is named by all events in it.", () => {
    const { events } = payloads.distributionEnvelope;
    const idOf = (...list: readonly object[]) => {
      const reading = read("registry", { events: list });
      return reading.kind === "events" ? reading.deliveryId : "";
    };
    const ids = [idOf(...events), idOf(...events.slice(0, 1)), idOf({ ...events[0], id: "other" })];
    expect(new Set(ids).size).toBe(3);
    expect(idOf(...events)).toBe(ids[0]);
    expect(idOf({ ...events[0], id: undefined })).toBeUndefined();
  });
});

describe("Whatever comes, it does not throw and says why:", () => {
  const samples: readonly (readonly [Integration, string, object])[] = [
    ["gitlab", "", payloads.gitLabPipeline],
    ["gitlab", "", payloads.gitLabPush],
    ["github", "push", pushed],
    ["github", "workflow_run", payloads.giteaRun],
    ["gitea", "workflow_run", payloads.giteaRun],
    ["gitea", "package", payloads.giteaPackage],
    ["forgejo", "action_run_success", payloads.forgejoRun],
    ["registry", "", payloads.distributionEnvelope],
    ["registry", "", payloads.harborPush],
    ["registry", "", payloads.quayPush],
  ];
  const headersOf = (integration: Integration, name: string) => ({ [`x-${integration}-event`]: name });

  function expectSound(reading: WebhookReading): void {
    if (reading.kind === "events") {
      expect(reading.events.length).toBeGreaterThan(0);
      for (const one of reading.events) expect(webhookEventSchema.safeParse(one).success).toBe(true);
    } else expect(reading.text).toMatch(/^[^\n\u2028]{4,300}$/);
  }

  test("any bytes.", () => {
    fc.assert(
      fc.property(fc.constantFrom(...integrations), fc.uint8Array({ maxLength: 200 }), (integration, body) =>
        expectSound(read(integration, body, headersOf(integration, "push"))),
      ),
    );
  });

  test("any JSON.", () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), json, ([integration, name], value) =>
        expectSound(read(integration, JSON.stringify(value), headersOf(integration, name))),
      ),
    );
  });

  test("a right one in which something is anything.", () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom("", "\ud800", "__proto__", "x".repeat(5000), -1, 1e308, "0".repeat(40), "refs/heads/", "\u0000"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), odd, ([integration, name, sample], place, value) =>
        expectSound(read(integration, replaced(sample, place, value), headersOf(integration, name))),
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["a deep object", `{"object_kind":"pipeline","object_attributes":${'{"a":'.repeat(80_000)}1${"}".repeat(80_000)}}`],
    ["a long list", `{"object_kind":"pipeline","object_attributes":[${"1,".repeat(500_000)}1]}`],
    ["many events", `{"events":[${"{},".repeat(300_000)}{}]}`],
    ["many resources", `{"type":"PUSH_ARTIFACT","event_data":{"resources":[${"{},".repeat(300_000)}{}]}}`],
    ["a long text", JSON.stringify({ ...payloads.gitLabPush, ref: `refs/heads/${"a".repeat(1_000_000)}` })],
    ["a long image", JSON.stringify({ ...payloads.quayPush, docker_url: `h/${"a-_".repeat(600)}` })],
    ["many keys", JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, key) => [`k${key}`, key])))],
  ])("%s.", (_, body) => {
    for (const integration of integrations) expectSound(read(integration, body, headersOf(integration, "push")));
  });
});

/** With another value at one of its places. */
function replaced(sample: object, place: number, value: unknown): object {
  let count = 0;
  JSON.stringify(sample, (_, one: unknown) => {
    count += 1;
    return one;
  });
  let index = 0;
  const wanted = 1 + (place % (count - 1));
  return JSON.parse(JSON.stringify(sample, (_, one: unknown) => (index++ === wanted ? value : one)));
}
