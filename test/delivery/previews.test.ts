import { expect, test } from "vitest";
import { previewChanges } from "../../src/delivery/push/preview-changes.ts";
import { deliveryWorld } from "../fixtures/delivery-world.ts";

const signal = new AbortController().signal;
const policy = "x-talos: { bump: major, strategy: push }";
const files = {
  "compose.yml": `# ünïcode\r\nservices:\r\n  web:\r\n    image: "web:1.0.0" # kept\r\n    ${policy}\r\n`,
  "b/compose.yml": "services:\n  db:\n    image: db:1.0.0",
};

function world() {
  return deliveryWorld({
    files,
    images: { "docker.io/library/web": { "1.0.0": "a", "1.1.0": "b" }, "docker.io/library/db": { "1.0.0": "c" } },
  });
}

test("a preview is what a delivery then writes, byte by byte, and writes nothing itself", async () => {
  const made = world();
  await made.scan();
  const [entry] = await made.delivery.queue();
  const before = made.repository().commits().length;
  const previews = await previewChanges(made.source(), entry?.entry.update.members ?? [], made.ports, signal);
  expect(previews.map(({ path, before: text }) => [path, text])).toEqual([["compose.yml", files["compose.yml"]]]);
  expect(made.repository().commits()).toHaveLength(before);
  await made.deliver();
  expect(made.repository().read("compose.yml")).toBe(previews[0]?.after);
  expect(previews[0]?.after).toMatch(/image: "web:1\.1\.0@sha256:\S+" # kept\r\n/);
});

test("what the files do not say any more is refused", async () => {
  const made = world();
  await made.scan();
  const change = { file: "compose.yml", pointer: "services.web.image", from: "web:0.9.0", to: "web:1.1.0" };
  await expect(previewChanges(made.source(), [change], made.ports, signal)).rejects.toMatchObject({
    code: "edit-refused",
    message: expect.stringContaining("compose.yml has web:1.0.0"),
  });
});
