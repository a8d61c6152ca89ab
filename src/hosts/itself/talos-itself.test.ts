import { expect, test } from "vitest";
import { isTalosItself } from "./talos-itself.ts";

const id = "0123456789ab".padEnd(64, "c");

test("Talos is in the container whose id it finds in itself, wherever its engine is reached", () => {
  expect(isTalosItself({ id }, { own: id, hostname: "nas" }, false)).toBe(true);
  expect(isTalosItself({ id }, { own: id, hostname: "nas" }, true)).toBe(true);
  expect(isTalosItself({ id }, { own: "f".repeat(64), hostname: id.slice(0, 12) }, false)).toBe(false);
});

test("else it is where the machine is named after a container of the local engine", () => {
  expect(isTalosItself({ id }, { own: undefined, hostname: id.slice(0, 12) }, false)).toBe(true);
  expect(isTalosItself({ id }, { own: undefined, hostname: id.slice(0, 12) }, true)).toBe(false);
  expect(isTalosItself({ id }, { own: undefined, hostname: "0123" }, false)).toBe(false);
  expect(isTalosItself({ id }, { own: undefined, hostname: "" }, false)).toBe(false);
});
