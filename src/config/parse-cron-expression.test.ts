import { expect, test } from "vitest";
import { parseCronExpression } from "./parse-cron-expression.ts";

test.each([
  "0 4 * * *",
  "*/5 * * * *",
  "0 9-17/2 * * MON-FRI",
  "30 2 1,15 jan-jun *",
  "0 4 * * 7",
  "0 0 29 2 *",
  "0 4 L * *",
  "0 4 * * FRI#2",
])("`%s` is a schedule.", (expression) => {
  expect(parseCronExpression(expression)).toEqual({ value: expression });
});

test("Any blanks may stand between the fields.", () => {
  expect(parseCronExpression("0  4\t* * *")).toEqual({ value: "0 4 * * *" });
});

test.each([
  ["4am", "must be five fields such as `0 4 * * *`, not `4am`"],
  ["0 4 * *", "must be five fields such as `0 4 * * *`, not `0 4 * *`"],
  ["@daily", "must be written out: `0 0 * * *` instead of `@daily`"],
  ["@Weekly", "must be written out: `0 0 * * 0` instead of `@Weekly`"],
  ["@reboot", "must be five fields such as `0 4 * * *`, not `@reboot`"],
  ["0 0 4 * * *", "must be five fields, without seconds: `0 4 * * *` instead of `0 0 4 * * *`"],
  ["0 0 30 2 *", "never comes: no month named in `0 0 30 2 *` has such a day"],
  ["0 0 31 4,6 *", "never comes: no month named in `0 0 31 4,6 *` has such a day"],
  ["61 * * * *", "is not a cron expression: invalid value for minute: 61, in `61 * * * *`"],
  ["0 24 * * *", "is not a cron expression: invalid value for hour: 24, in `0 24 * * *`"],
  ["0 4 * * someday", /^is not a cron expression: .+, in `0 4 \* \* someday`$/],
  ["5/15 * * * *", /^is not a cron expression: stepping with numeric prefix \('5\/15'\) is not allowed, in /],
  ["0 4 * * 1-8", /^is not a cron expression: invalid value for dayOfWeek: 8, in /],
])("`%s` is refused, with what is wrong.", (expression, problem) => {
  expect(parseCronExpression(expression)).toEqual({
    problem: typeof problem === "string" ? problem : expect.stringMatching(problem),
  });
});
