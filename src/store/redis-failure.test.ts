import { expect, test } from "vitest";
import { createSecret } from "../telemetry/secret.ts";
import { redisFailure } from "./redis-failure.ts";

const plain = {
  host: "::1",
  port: 6379,
  username: undefined,
  password: createSecret("hunter2"),
  tls: false,
  database: 0,
};
const error = (message: string, code?: string) => Object.assign(new Error(message), { code });

test.each([
  [error("", "ECONNREFUSED"), "nothing listens there", /Start Redis/],
  [error("getaddrinfo ENOTFOUND x", "ENOTFOUND"), "no machine has that name", /host name/],
  [error("connect ETIMEDOUT", "ETIMEDOUT"), "it does not answer", /remove ssl=true/],
  [error("self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"), /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/, /authority/],
  [error("other name", "ERR_TLS_CERT_ALTNAME_INVALID"), /not trusted/, /the name the certificate is for/],
  [error("wrong version number", "ERR_SSL_WRONG_VERSION_NUMBER"), "it does not speak TLS", /Remove ssl=true/],
  [error("WRONGPASS invalid username-password pair"), "the user name or password is wrong", /RedisSettings/],
  [error("NOAUTH Authentication required."), "it wants a password", /RedisSettings/],
  [error("OOM command not allowed\r\nwhen full."), "OOM command not allowed when full", undefined],
  [error("ERR unknown command, with args beginning with: `hunter2`"), /beginning with: `\[secret\]`/, undefined],
])("%s is told in a line: %s", (cause, reason, hint) => {
  const failure = redisFailure({ ...plain, tls: true }, cause);
  expect(failure).toMatchObject({ code: "store-unreachable", cause: undefined });
  expect(failure.message).toMatch(/^Redis at \[::1\]:6379 cannot be used: [^\n]*[^.]\.$/);
  expect(failure.message).toMatch(reason);
  if (hint === undefined) expect(failure.hint).toBeUndefined();
  else expect(failure.hint).toMatch(hint);
});

test("Without TLS, one that hangs up may want it.", () => {
  expect(redisFailure(plain, error("Connection is closed.")).hint).toMatch(/set ssl=true/);
});

test.each([
  ["ECONNREFUSED", true],
  ["ENOTFOUND", true],
  ["ECONNRESET", true],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", false],
  ["ERR_SSL_WRONG_VERSION_NUMBER", false],
])("%s may pass: %s", (code, retryable) => {
  expect(redisFailure({ ...plain, tls: true }, error("", code)).retryable).toBe(retryable);
});

test("A wrong password does not pass.", () => {
  for (const text of ["WRONGPASS invalid username-password pair", "NOAUTH Authentication required."])
    expect(redisFailure(plain, error(text)).retryable).toBe(false);
});
