import { expect, test } from "vitest";
import { otlpReceiver } from "../parties/otlp-receiver.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

const protocols = ["Grpc", "HttpProtobuf"] as const;

async function findings(user: TalosUser, tracing: object): Promise<readonly object[]> {
  const settings = { ApiSettings: { Enabled: false }, TracingSettings: tracing };
  await user.home.write({ "talos.json": JSON.stringify(settings) });
  const { stdout } = await user.run(["doctor", "--json"]);
  const all: { readonly findings: readonly { readonly name: string }[] } = JSON.parse(stdout);
  return all.findings.filter(({ name }) => name === "tracing");
}

test.each(protocols)("the doctor tells whether the collector takes traces over %s", async (Protocol) => {
  await using user = await talosUser();
  await using receiver = await otlpReceiver(Protocol);
  const { host } = new URL(receiver.endpoint);
  const tracing = { Enabled: true, Endpoint: receiver.endpoint, Protocol };
  expect(await findings(user, tracing)).toEqual([
    { name: "tracing", outcome: "passes", text: `${host} takes traces over ${Protocol}` },
  ]);
  expect(receiver.spans).toEqual([]);
  const lost = {
    name: "tracing",
    outcome: "fails",
    text: expect.stringContaining(`traces do not reach ${host} over ${Protocol}: `),
    advice: "check TracingSettings.Endpoint and Protocol, and that the collector runs",
  };
  const [other = "Grpc"] = protocols.filter((one) => one !== Protocol);
  expect(await findings(user, { ...tracing, Protocol: other })).toMatchObject([{ outcome: "fails" }]);
  receiver.behave("refuse");
  expect(await findings(user, tracing)).toEqual([lost]);
  receiver.behave("hang");
  expect(await findings(user, tracing)).toEqual([lost]);
  await receiver[Symbol.asyncDispose]();
  expect(await findings(user, tracing)).toEqual([lost]);
});

test("without traces the doctor says nothing of them", async () => {
  await using user = await talosUser();
  expect(await findings(user, { Enabled: false, Endpoint: "http://127.0.0.1:9" })).toEqual([]);
});
