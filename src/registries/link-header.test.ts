import fc from "fast-check";
import { expect, test } from "vitest";
import { findNextLink } from "./link-header.ts";

test.each([
  ['</v2/a/tags/list?last=x&n=100>; rel="next"', "/v2/a/tags/list?last=x&n=100"],
  ["<https://r.example/v2/a/tags/list?p=1>; rel=next", "https://r.example/v2/a/tags/list?p=1"],
  ['<a>;rel="NEXT"', "a"],
  ['<a>; title="x"; rel="next"', "a"],
  ['<a> ; rel = "prev next"', "a"],
  ['<first>; rel="first", <second>; rel="next"', "second"],
  ['<first>; rel="next", <second>; rel="last"', "first"],
  ["<a?x=1,2;3>; rel=next", "a?x=1,2;3"],
  ['<>; rel="next"', ""],
  ['<a>; rel="nextest"', undefined],
  ["<a>", undefined],
  ["a; rel=next", undefined],
  ["", undefined],
])("%j leads to %j.", (header, expected) => {
  expect(findNextLink(header)).toBe(expected);
});

test("What is sent as a header of any kind is read without failing, and gives nothing that is not written.", () => {
  const piece = fc.constantFrom("<", ">", ";", "rel", "=", '"', "next", ",", " ", "a", "\\");
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  );
  fc.assert(fc.property(text, (header) => header.includes(findNextLink(header) ?? "")));
});

test("A long hostile header costs little.", () => {
  // What takes more than linear time here does not end within the test's time.
  for (const text of ["<", "<>", ";", "<a>; rel ", "; rel="])
    expect(findNextLink(text.repeat(100_000))).toBeUndefined();
});
