import { expect, test } from "vitest";
import { cutChange } from "./cut-change.ts";

test.each([
  ["1.119.0", "1.120.2", 12, "1.119.0", "1.120.2"],
  ["RELEASE.2026-11-07T00", "RELEASE.2026-11-19T00", 12, "…07T00", "…19T00"],
  ["version-10.4-amd64-ls118", "version-11.2-amd64-ls121", 12, "…10.4…-ls118", "…11.2…-ls121"],
  ["30.0.6-apache", "31.0.0-apache", 9, "30.0…ache", "31.0…ache"],
  ["4.1", "4.1-with-a-long-name", 9, "4.1", "…1-w…name"],
])("%s to %s in %i characters", (from, to, most, shortFrom, shortTo) => {
  expect(cutChange({ from, to }, most)).toEqual({ from: shortFrom, to: shortTo });
});
