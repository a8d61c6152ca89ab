import { expect, test } from "vitest";
import { openWorld } from "../daemon/world.ts";
import { makeCertificate } from "../parties/certificate.ts";
import { describeWith } from "../parties/describe-with.ts";
import { otlpReceiver } from "../parties/otlp-receiver.ts";

const protocols = ["Grpc", "HttpProtobuf"] as const;

describeWith(["git", "docker-registry", "openssl"], "A collector with HTTPS", () => {
  test.each(protocols)(
    "gets traces over %s when its certificate is trusted, and only then.",
    { timeout: 120_000 },
    async (Protocol) => {
      await using world = await openWorld();
      const certificate = await makeCertificate(world.folder.path, "collector");
      await using receiver = await otlpReceiver(Protocol, certificate);
      const repository = await world.repository("infra", { "compose.yml": "services: {}\n" });
      const settings = {
        ImageUpdateSettings: { Repositories: [{ Url: repository.path }] },
        TracingSettings: { Enabled: true, Endpoint: receiver.endpoint, Protocol },
      };
      const distrustful = await world.daemon(settings, { patienceMs: 40_000 });
      const told = await distrustful.waitFor("that traces are lost", ({ msg }) =>
        msg.startsWith("traces do not reach "),
      );
      expect(told.msg).toMatch(/certificate/);
      expect(await distrustful.stop()).toBe(0);
      expect(receiver.spans).toEqual([]);

      const environment = { NODE_EXTRA_CA_CERTS: certificate.certFile };
      const trusting = await world.daemon(settings, { environment, patienceMs: 40_000 });
      await trusting.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
      await receiver.waitFor("a scan", ({ name }) => name === "scan");
      expect(await trusting.stop()).toBe(0);
    },
  );
});
