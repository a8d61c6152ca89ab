import { expect, test } from "vitest";
import { splitImage } from "./split-image.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["nginx", "nginx", undefined, undefined],
  ["nginx:1.27", "nginx", "1.27", undefined],
  ["localhost:5000/a/b", "localhost:5000/a/b", undefined, undefined],
  ["localhost:5000/a/b:2", "localhost:5000/a/b", "2", undefined],
  [`ghcr.io/a/b:v2@${digest}`, "ghcr.io/a/b", "v2", digest],
  [`a@${digest}`, "a", undefined, digest],
  ["", "", undefined, undefined],
  ["$" + "{IMAGE}", "$" + "{IMAGE}", undefined, undefined],
])("%s is taken apart", (image, repository, tag, pin) => {
  expect(splitImage(image)).toEqual({ repository, tag, digest: pin });
});
