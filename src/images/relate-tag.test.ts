import { expect, test } from "vitest";
import { relateTag } from "./relate-tag.ts";

test.each([
  ["1.2.3", "1.3.0", "candidate", "minor"],
  ["1.2.3", "1.2.3", "same", ""],
  ["1.0.0-rc1", "1.0.0-rc.1", "same", ""],
  ["1.2.3", "1.2.2", "lower", ""],
  ["1.2.3", "1.2.3-rc.1", "lower", ""],
  ["1.2.3", "1.3", "other-family", "two numbers instead of three"],
  ["1.2", "2", "other-family", "one number instead of two"],
  ["1.2.3.4", "1.2.3.4.5.6", "other-family", "6 numbers instead of four"],
  ["1.2.3", "1.2.4-slim", "other-family", "another variant (-slim)"],
  ["1.2.3-alpine3.19", "1.2.4-alpine3.20", "other-family", "another variant (-alpine3.20)"],
  ["1.2.3-slim", "1.2.4", "other-family", "without the variant -slim"],
  ["1.2.3", "1.2.4-ls5", "other-family", "a build of the version (-ls5)"],
  ["1.2.3-ls4", "1.2.4", "other-family", "without a build such as -ls4"],
  ["1.2.3-ls4", "1.2.4-r4", "other-family", "another kind of build (-r4)"],
  ["1.2.3", "v1.2.4", "other-family", "another prefix (v)"],
  ["v1.2.3", "1.2.4", "other-family", "without the prefix v"],
  ["1.2.3", "20260115", "other-scheme", "a date instead of a version"],
  ["2.4.15", "2021.11.28", "other-scheme", "a date instead of a version"],
  ["20260115", "2026-01-16", "other-scheme", "a date that is written in another way"],
  ["1.2.3", "1.20240101.0", "other-scheme", "a version that is written in another way"],
  ["4.6", "20.04", "other-scheme", "numbers filled up with zeros in another way"],
  ["1.2.3", "1.3.0-rc.1", "pre-release", "a pre-release (rc)"],
  ["1.2.3-rc.1", "1.3.0-beta.1", "pre-release", "a pre-release (beta) no more settled than rc"],
  ["1.2.3", "sha-1a2b3c4", "commit", "a commit, which has no order"],
  ["1.2.3-1a2b3c4", "1.2.3-2b3c4d5", "commit", "another commit of the same version; which is newer cannot be told"],
  ["1.2.3", "latest", "no-version", "no version in it"],
  ["latest", "1.2.3", "no-version", "latest has no version to compare with; only its digest is followed"],
  ["latest", "latest", "same", ""],
])("%s beside %s is %s: %s", (current, tag, kind, detail) => {
  const relation = relateTag(current, tag);
  const told = "text" in relation ? relation.text : "size" in relation ? relation.size : "";
  expect([relation.kind, told]).toEqual([kind, detail]);
});
