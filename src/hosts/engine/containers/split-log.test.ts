import fc from "fast-check";
import { expect, test } from "vitest";
import { openLogSplitter, splitLog } from "./split-log.ts";

function frame(stream: number, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/g, ""));

test("lines come whole and in order, however the engine cuts them", () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat({ max: 20 })), (lines, cuts) => {
      let rest = Buffer.from(lines.map((each) => `${each}\n`).join(""));
      const frames: Buffer[] = [];
      for (const cut of cuts) {
        frames.push(frame(1, rest.subarray(0, cut)));
        rest = rest.subarray(cut);
      }
      expect(splitLog(Buffer.concat([...frames, frame(1, rest)]), "frames")).toEqual(lines);
    }),
  );
});

test("a line of one stream is not torn by the other", () => {
  const frames = [frame(1, Buffer.from("out ")), frame(2, Buffer.from("wrong\n")), frame(1, Buffer.from("put\nrest"))];
  expect(splitLog(Buffer.concat(frames), "frames")).toEqual(["wrong", "out put", "rest"]);
});

test("a terminal's line ends go, and nothing else does", () => {
  const log = Buffer.from("\u001b[31mred\u001b[0m\r\nover\rwritten\r\n\r\n{}");
  expect(splitLog(log, "terminal")).toEqual(["\u001b[31mred\u001b[0m", "over\rwritten", "", "{}"]);
});

test("a log that is cut short, or empty, counts as far as it came", () => {
  const whole = frame(1, Buffer.from("one\ntwo\n"));
  expect(splitLog(whole.subarray(0, -2), "frames")).toEqual(["one", "tw"]);
  expect(splitLog(whole.subarray(0, 5), "frames")).toEqual([]);
  expect(splitLog(Buffer.alloc(0), "terminal")).toEqual([]);
});

test.each(["frames", "terminal"] as const)("a log that comes in pieces, in the form of %s, is the same", (form) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: "grapheme" }))),
      fc.array(fc.nat({ max: 30 })),
      (parts, cuts) => {
        const whole = Buffer.concat(parts.map(([stream, text]) => frame(stream, Buffer.from(`${text}\n`))));
        const splitter = openLogSplitter(form);
        const lines: string[] = [];
        let rest = whole;
        for (const cut of cuts) {
          lines.push(...splitter.push(rest.subarray(0, cut)));
          rest = rest.subarray(cut);
        }
        expect([...lines, ...splitter.push(rest), ...splitter.end()]).toEqual(splitLog(whole, form));
      },
    ),
  );
});

test("a line without an end is not kept for ever", () => {
  const splitter = openLogSplitter("terminal");
  const chunk = Buffer.alloc(1024 * 1024, "x");
  const lines = Array.from({ length: 10 }, () => splitter.push(chunk)).flat();
  expect(lines.map((long) => long.length)).toEqual([5 * 1024 * 1024, 5 * 1024 * 1024]);
});
