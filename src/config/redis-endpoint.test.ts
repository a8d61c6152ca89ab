import { expect, test } from "vitest";
import { parseRedisEndpoint } from "./redis-endpoint.ts";

function read(text: string, defaultDatabase = 0) {
  const reading = parseRedisEndpoint(text, defaultDatabase);
  if (reading.kind === "invalid") return reading.problem;
  const { password, ...others } = reading.endpoint;
  return { ...others, password: password?.reveal() };
}

const plain = {
  host: "redis",
  port: 6379,
  username: undefined,
  password: undefined,
  tls: false,
  database: 0,
};

test.each([
  ["redis", plain],
  ["redis:6379", plain],
  [" redis:7000 ", { ...plain, port: 7000 }],
  ["redis:6379,password=p=w,ssl=true", { ...plain, password: "p=w", tls: true }],
  ["redis,SSL=True", { ...plain, port: 6380, tls: true }],
  ["redis,user=me,password=pw,defaultDatabase=3", { ...plain, username: "me", password: "pw", database: 3 }],
  ["abortConnect=false,redis:6379,connectTimeout=5000,allowAdmin=true", plain],
  ["redis:6379,other:6379,password=", plain],
  ["10.0.0.1:6379", { ...plain, host: "10.0.0.1" }],
  ["[::1]:7000", { ...plain, host: "::1", port: 7000 }],
  ["[::1]", { ...plain, host: "::1" }],
  ["fe80::1", { ...plain, host: "fe80::1" }],
  ["redis://redis", plain],
  ["redis://redis:7000/2", { ...plain, port: 7000, database: 2 }],
  ["redis://redis?db=4", { ...plain, database: 4 }],
  ["rediss://me:p%40%2Cw@redis/1", { ...plain, username: "me", password: "p@,w", tls: true, database: 1 }],
  ["redis://:pw@[::1]:7000", { ...plain, host: "::1", port: 7000, password: "pw" }],
])("%s is understood", (text, endpoint) => {
  expect(read(text)).toEqual(endpoint);
});

test("A database in the text goes before the default one.", () => {
  expect(read("redis", 5)).toMatchObject({ database: 5 });
  expect(read("redis://redis/0", 5)).toMatchObject({ database: 0 });
  expect(read("redis,defaultDatabase=0", 5)).toMatchObject({ database: 0 });
});

test.each([
  ["", "names no host"],
  ["password=hunter2", "names no host"],
  ["a b:6379", "names no host"],
  ["redis:port", "must have a port from 1 to 65535"],
  ["redis:70000", "must have a port from 1 to 65535"],
  ["redis:6379,ssl=maybe,password=hunter2", "must have `ssl=true` or `ssl=false`"],
  ["redis:6379,defaultDatabase=one", "must name the database by its number"],
  ["redis://redis/one", "must name the database by its number"],
  ["sentinel:26379,serviceName=main,password=hunter2", "asks a sentinel"],
  ["http://redis:6379", "must be `host:port"],
  ["redis+sentinel://:hunter2@redis", "must be `host:port"],
  ["redis://:hun%ter2@redis", "holds a `%` that is no escape"],
  ["redis://:hunter2/@redis:6379:1", "is no URL"],
  ["redis://", "names no host"],
])("%j is refused: %s", (text, problem) => {
  expect(read(text)).toContain(problem);
  expect(read(text)).not.toContain("hunter2");
});
