import { expect, test } from "vitest";
import { concealCredentials } from "./conceal-credentials.ts";

const environment = { TALOS_GIT_USERNAME: "talos", TALOS_GIT_PASSWORD: "a+b/c=" };
const header = Buffer.from("talos:a+b/c=").toString("base64");

test.each([
  ["remote: a+b/c= is refused", "remote: [secret] is refused"],
  ["https://talos:a%2Bb%2Fc%3D@host/", "https://talos:[secret]@host/"],
  [`Authorization: Basic ${header}`, "Authorization: Basic [secret]"],
  ["fatal: no such branch", "fatal: no such branch"],
])("%s → %s", (complaint, shown) => {
  const answer = { kind: "failed", complaint, exitCode: 1, output: complaint } as const;
  expect(concealCredentials(answer, environment)).toEqual({ ...answer, complaint: shown, output: shown });
  expect(concealCredentials(answer, {})).toBe(answer);
});
