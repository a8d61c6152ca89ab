import { DiscordAPIError, HTTPError, RateLimitError } from "@discordjs/rest";
import { expect, test } from "vitest";
import { explainRestFailure, refusalNumber } from "./explain-rest-failure.ts";

const secretUrl = "https://discord.com/api/v10/interactions/1/t0ken/callback";

function refused(status: number, code: number, message: string): DiscordAPIError {
  return new DiscordAPIError({ code, message }, code, status, "POST", secretUrl, {
    body: { secret: "t0ken" },
    files: undefined,
  });
}
const limit = {
  global: false,
  hash: "h",
  limit: 5,
  majorParameter: "1",
  method: "POST",
  retryAfter: 61_200,
  route: "/channels/:id",
  scope: "user",
  sublimitTimeout: 0,
  timeToReset: 10,
  url: secretUrl,
} as const;
const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each<[string, unknown, boolean, number | undefined, string]>([
  ["an unknown channel", refused(404, 10_003, "Unknown Channel"), false, 10_003, "Unknown Channel (10003)"],
  ["a missing right", refused(403, 50_013, "Missing Permissions"), false, 50_013, "Missing Permissions (50013)"],
  [
    "a refused form",
    refused(400, 50_035, "Invalid Form Body\nnonce[X]"),
    false,
    50_035,
    "Invalid Form Body nonce[X] (50035)",
  ],
  ["a refused token", refused(401, 0, "401: Unauthorized"), true, 401, "does not accept the bot's token"],
  ["a dead interaction", refused(401, 50_027, "Invalid Webhook Token"), false, 50_027, "Invalid Webhook Token (50027)"],
  [
    "an ill Discord",
    new HTTPError(503, "Service Unavailable", "POST", secretUrl, {}),
    true,
    503,
    "Service Unavailable (503)",
  ],
  ["a limit", new RateLimitError(limit), true, undefined, "it wants 62 s of rest"],
  [
    "no connection",
    coded("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1"),
    true,
    undefined,
    "cannot be reached: connect",
  ],
  ["an error without words", coded("ENOTFOUND", ""), true, undefined, "cannot be reached: ENOTFOUND"],
  ["silence", new DOMException("aborted", "AbortError"), true, undefined, "no answer in time"],
])("%s is worded, and nothing of the request repeated", (_case, error, retryable, number, words) => {
  const explained = explainRestFailure(error, "take a message for channel 5");
  expect(explained.message).toMatch(/^Discord did not take a message for channel 5: /);
  expect(explained.message).toContain(words);
  expect(explained).toMatchObject({ code: "discord-failed", retryable });
  expect(refusalNumber(explained)).toBe(number);
  expect(JSON.stringify([explained.message, explained.hint, explained.cause])).not.toContain("t0ken");
});

test("how long Discord wants to rest is told to who tries again", () => {
  expect(explainRestFailure(new RateLimitError(limit), "x").retryAfterSeconds).toBe(62);
});
