import { expect, test } from "vitest";
import { recreationNotes } from "./recreation-notes.ts";

const container = { Id: "abc", Config: { Image: "vpn:1" } };
const plain = { container, name: "vpn", others: [], isImageGone: false, isSameImage: false };

test("a container that shares its network or links to it is named", () => {
  const others = [
    { Id: "abc", Names: ["/vpn", "/app/tunnel", "/vpn2"], HostConfig: { NetworkMode: "default" } },
    { Id: "def", Names: ["/mail"], HostConfig: { NetworkMode: "container:abc" } },
    { Id: "fed", Names: ["/news"], HostConfig: { NetworkMode: "container:vpn" } },
    { Id: "eee", Names: ["/other"], HostConfig: { NetworkMode: "container:vpn2" } },
  ];
  expect(recreationNotes({ ...plain, others })).toEqual([
    "mail uses the network of vpn: recreate it too, or it has none.",
    "news uses the network of vpn: recreate it too, or it has none.",
    "app links to vpn: recreate it too, or it does not find it.",
  ]);
});

test("it is said when the image is the same, and when the old one is gone", () => {
  expect(recreationNotes({ ...plain, isSameImage: true })).toEqual(["vpn:1 is still the same image."]);
  expect(recreationNotes({ ...plain, isImageGone: true })).toEqual([
    "Its old image is gone, so settings that came from it were kept.",
  ]);
});
