import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

test.each([
  ["of today", `00-${traceId}-${spanId}-01`],
  ["not sampled by who sent it", `00-${traceId}-${spanId}-00`],
  ["with blanks around it", ` 00-${traceId}-${spanId}-01 `],
  ["of a later version", `01-${traceId}-${spanId}-01`],
  ["of a later version with more at its end", `cc-${traceId}-${spanId}-01-what-comes`],
])("A traceparent %s is read.", (_, text) => {
  expect(parseTraceparent(text)).toEqual({ traceId, spanId });
});

test.each([
  ["nothing", ""],
  ["capitals", `00-${traceId.toUpperCase()}-${spanId}-01`],
  ["a trace of zeros", `00-${"0".repeat(32)}-${spanId}-01`],
  ["a span of zeros", `00-${traceId}-${"0".repeat(16)}-01`],
  ["the forbidden version", `ff-${traceId}-${spanId}-01`],
  ["more at the end of version 00", `00-${traceId}-${spanId}-01-more`],
  ["a short trace", `00-${traceId.slice(1)}-${spanId}-01`],
  ["a line break", `00-${traceId}-${spanId}-01\nx`],
])("%s is no traceparent.", (_, text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});

test("What is formatted is read again, and no text makes reading fail.", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9a-f]{32}$/), fc.stringMatching(/^[1-9a-f]{16}$/), (trace, span) => {
      expect(parseTraceparent(formatTraceparent({ traceId: trace, spanId: span }))).toEqual({
        traceId: trace,
        spanId: span,
      });
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void parseTraceparent(text)));
});
