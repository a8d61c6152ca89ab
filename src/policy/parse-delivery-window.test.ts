import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDeliveryWindow } from "./parse-delivery-window.ts";

const everyDay = [0, 1, 2, 3, 4, 5, 6];

test.each([
  ["Mon-Fri 22:00-06:00", [1, 2, 3, 4, 5], 1320, 360, undefined],
  ["22:00-06:00", everyDay, 1320, 360, undefined],
  ["Sat,Sun 10:00-18:00 Europe/Berlin", [0, 6], 600, 1080, "Europe/Berlin"],
  ["weekdays", [1, 2, 3, 4, 5], 0, 1440, undefined],
  ["WEEKENDS 0:00-24:00 utc", [0, 6], 0, 1440, "UTC"],
  ["daily 03:30-04:00", everyDay, 210, 240, undefined],
  ["fri-mon 8:00-9:00", [0, 1, 5, 6], 480, 540, undefined],
  ["Monday, thurs 8:00 - 9:00", [1, 4], 480, 540, undefined],
  ["mon,wed-fri", [1, 3, 4, 5], 0, 1440, undefined],
  ["Tue europe/berlin", [2], 0, 1440, "Europe/Berlin"],
  ["22:00–06:00", everyDay, 1320, 360, undefined],
])("%s is read", (text, days, fromMinute, toMinute, timeZone) => {
  expect(parseDeliveryWindow(text)).toEqual({
    kind: "windows",
    windows: [{ days, fromMinute, toMinute, timeZone, text }],
  });
});

test("several times and several windows can stand in one text", () => {
  const reading = parseDeliveryWindow("Mon 1:00-2:00,3:00-4:00; weekends UTC");
  if (reading.kind === "invalid") throw new Error(reading.problem);
  expect(reading.windows.map(({ days, fromMinute, toMinute }) => [days, fromMinute, toMinute])).toEqual([
    [[1], 60, 120],
    [[1], 180, 240],
    [[0, 6], 0, 1440],
  ]);
});

const example = "write it as `Mon-Fri 22:00-06:00`, `weekends` or `10:00-18:00 Europe/Berlin`";
test.each([
  ["", `has \`\`, which is not a time window; ${example}`],
  ["night", `has \`night\`, which is not a time window; ${example}`],
  ["Mo 10:00-11:00", `has \`Mo 10:00-11:00\`, which is not a time window; ${example}`],
  ["Mon 10-11", `has \`Mon 10-11\`, of which \`10-11\` is neither a time nor a known time zone; ${example}`],
  [
    "Mon 10:00-25:00",
    `has \`Mon 10:00-25:00\`, of which \`10:00-25:00\` is neither a time nor a known time zone; ${example}`,
  ],
  ["24:00-06:00", `has \`24:00-06:00\`, which is not a time window; ${example}`],
  ["10:60-11:00", `has \`10:60-11:00\`, which is not a time window; ${example}`],
  ["Mon-Tue-Wed", `has \`Mon-Tue-Wed\`, which is not a time window; ${example}`],
  [
    "Mon 10:00-11:00 Mars/Base",
    `has \`Mon 10:00-11:00 Mars/Base\`, of which \`Mars/Base\` is neither a time nor a known time zone; ${example}`,
  ],
  [
    "Mon 10:00-11:00 UTC please",
    `has \`Mon 10:00-11:00 UTC please\`, of which \`UTC please\` is not understood; ${example}`,
  ],
  ["Mon;", `has \`\`, which is not a time window; ${example}`],
])("%j is refused: %s", (text, problem) => {
  expect(parseDeliveryWindow(text)).toEqual({ kind: "invalid", problem });
});

test("any text is read or refused", () => {
  const words = fc.array(fc.constantFrom("Mon", "weekdays", "-", ",", ";", "22:00", "06:00", "UTC", " ", "é"), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        words.map((parts) => parts.join("")),
      ),
      (text) => void parseDeliveryWindow(text),
    ),
  );
});
