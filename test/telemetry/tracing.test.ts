import { expect, test } from "vitest";
import { findSecrets } from "../daemon/find-secrets.ts";
import { openWorld } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { otlpReceiver } from "../parties/otlp-receiver.ts";
import { traceOf } from "./find-span.ts";
import { openServingWorld } from "./serving-world.ts";

const sender = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${sender}-b7ad6b7169203331-01`;

const patient = { timeout: 120_000 };

describeWith(["git", "docker-registry"], "traces", () => {
  test.each(["Grpc", "HttpProtobuf"] as const)(
    "Over %s a scan and its delivery are one trace.",
    patient,
    async (protocol) => {
      await using receiver = await otlpReceiver(protocol);
      await using world = await openWorld();
      const { host } = world.registry;
      await world.registry.push({ repository: "web", tags: ["1.0.0"], content: "a" });
      await world.registry.push({ repository: "web", tags: ["1.0.1"], content: "b" });
      const repository = await world.repository("infra", {
        "compose.yml": `services:\n  web:\n    image: ${host}/web:1.0.0\n    x-tl: ^!\n`,
      });
      // OpenTelemetry's own variables hold as well.
      const environment = {
        OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
        OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of-a-test",
      };
      const daemon = await world.daemon(
        {
          ImageUpdateSettings: { Repositories: [{ Url: repository.path }] },
          TracingSettings: { Enabled: true, Endpoint: receiver.endpoint, Protocol: protocol },
        },
        { environment, patienceMs: 40_000 },
      );
      const delivered = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
      expect(await daemon.stop()).toBe(0);

      const scan = await receiver.waitFor("scan", ({ name }) => name === "scan");
      const { spans, paths } = traceOf(scan.traceId, receiver);
      expect(scan.facts).toMatchObject({ "talos.source": delivered.source, "talos.references": 1 });
      expect(paths).toEqual(
        expect.arrayContaining([
          "scan > git ls-remote",
          "scan > git fetch",
          "scan > look up tags > GET",
          "scan > look up digest > HEAD",
          "scan > queue pass > deliver > HEAD",
          "scan > queue pass > deliver > git ls-remote",
          "scan > queue pass > deliver > git commit-tree",
          "scan > queue pass > deliver > git push",
        ]),
      );
      expect(paths.filter((path) => path.includes("?"))).toEqual([]);
      expect(spans.filter(({ failure }) => failure !== undefined)).toEqual([]);
      expect(spans.find(({ name }) => name === "HEAD")).toMatchObject({
        scope: "talos.registries",
        facts: { "server.address": host, "http.response.status_code": 200 },
      });
      expect(delivered["TraceId"]).toBe(scan.traceId);
      expect(receiver.resource()).toMatchObject({ "service.name": "Talos", "service.version": expect.any(String) });
      const path = protocol === "Grpc" ? "Export" : "/v1/traces application/x-protobuf gzip Bearer of-a-test";
      expect(new Set(receiver.requests)).toEqual(new Set([path]));
      // Sending them made no span.
      expect(receiver.spans.filter(({ facts }) => facts["server.address"] === new URL(receiver.endpoint).host)).toEqual(
        [],
      );
    },
  );

  test(
    "From a webhook to the commit it is one trace, that of who sent it; an idle Talos makes none.",
    patient,
    async () => {
      await using receiver = await otlpReceiver("Grpc");
      await using serving = await openServingWorld();
      const daemon = await serving.start({ TracingSettings: { Enabled: true, Endpoint: receiver.endpoint } });
      await receiver.waitFor("the first scan", ({ name }) => name === "scan");
      await serving.pushImage("1.0.1");
      expect((await serving.notify("1.0.1", { traceparent })).status).toBe(202);
      const delivered = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
      for (const path of ["/hc", "/healthz", "/metrics", "/nowhere"]) await fetch(`${serving.url}${path}`);
      expect(await daemon.stop()).toBe(0);

      const hook = "? > POST /webhooks/:integration > handle webhook";
      expect(traceOf(sender, receiver).paths).toEqual(
        expect.arrayContaining([
          `${hook} > scan > look up tags > GET`,
          `${hook} > scan > queue pass > deliver > git push`,
        ]),
      );
      expect(delivered["TraceId"]).toBe(sender);
      expect((await serving.repository.commits())[0]?.id).toBe(delivered.commit);
      const roots = new Set(receiver.spans.filter(({ parentId }) => parentId === undefined).map(({ name }) => name));
      expect([...roots]).toEqual(["scan"]);
      const secrets = { webhookToken: serving.webhookToken, apiToken: serving.apiToken };
      expect(findSecrets(receiver.raw().toString("latin1"), secrets)).toEqual([]);
    },
  );

  test(
    "Who approves a question is at the head of its delivery, with a link to the scan that asked.",
    patient,
    async () => {
      await using receiver = await otlpReceiver("Grpc");
      await using serving = await openServingWorld("^?");
      await serving.pushImage("1.0.1");
      const daemon = await serving.start({ TracingSettings: { Enabled: true, Endpoint: receiver.endpoint } });
      const asked = await daemon.waitFor("a question", ({ kind }) => kind === "question-opened");
      const answered = await fetch(`${serving.url}/api/v1/operations/update.answer`, {
        method: "POST",
        headers: { authorization: `Bearer ${serving.apiToken}`, "content-type": "application/json", traceparent },
        body: JSON.stringify({ reference: "web", answer: "push" }),
      });
      expect(answered.status).toBe(200);
      const delivered = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
      expect(await daemon.stop()).toBe(0);

      expect(delivered["TraceId"]).toBe(sender);
      const { paths } = traceOf(sender, receiver);
      const operation = "? > POST /api/v1/operations/:name > operation update answer";
      expect(paths).toEqual(expect.arrayContaining([operation, `${operation} > queue pass > deliver > git push`]));
      const span = await receiver.waitFor("the answer", ({ name }) => name === "operation update answer");
      expect(span.facts).toMatchObject({ "talos.operation": "update answer", "talos.surface": "http" });
      expect(span.links).toEqual([asked["TraceId"]]);
    },
  );

  test("Sources of spans are switched off by name; what was below them is below what is left.", patient, async () => {
    await using receiver = await otlpReceiver("Grpc");
    await using serving = await openServingWorld();
    await serving.pushImage("1.0.1");
    const daemon = await serving.start({
      TracingSettings: {
        Enabled: true,
        Endpoint: receiver.endpoint,
        IncludeTraceLibraries: { git: false, Registries: false, "StackExchange.Redis": false, talos: true, gti: false },
      },
    });
    await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
    expect(await daemon.stop()).toBe(0);
    expect(new Set(receiver.spans.map(({ scope }) => scope))).toEqual(new Set(["talos.talos"]));
    expect(daemon.other.join("\n")).toContain("IncludeTraceLibraries.gti: is no source of spans; did you mean `git`?");
  });

  test("Without tracing no line of the log has a trace.", patient, async () => {
    await using serving = await openServingWorld();
    await serving.pushImage("1.0.1");
    const daemon = await serving.start();
    await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
    expect(await daemon.stop()).toBe(0);
    expect(daemon.lines.filter((line) => "TraceId" in line || "trace" in line)).toEqual([]);
  });
});
