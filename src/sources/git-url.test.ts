import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { checkGitUrl } from "./git-url.ts";

test.each([
  ["/srv/git/a.git", "/srv/git/a.git"],
  ["./a.git", resolve("a.git")],
  ["../a:b.git", resolve("../a:b.git")],
  [".", resolve(".")],
  ["~/a.git", join(homedir(), "a.git")],
])("%s is a folder of this machine", (text, url) => {
  expect(checkGitUrl(text)).toEqual({ url, protocol: "file", credentials: {} });
});

test("user name and password of a URL go to its host alone, and no other helper is asked", () => {
  const { url, credentials } = checkGitUrl("https://ada:s%3Acret@git.example.com:8443/a.git");
  expect(url).toBe("https://git.example.com:8443/a.git");
  expect(credentials.environment).toEqual({ TALOS_GIT_USERNAME: "ada", TALOS_GIT_PASSWORD: "s:cret" });
  expect(credentials.settings).toEqual([
    ["credential.helper", ""],
    ["credential.https://git.example.com:8443.helper", expect.stringContaining("$TALOS_GIT_PASSWORD")],
  ]);
});

test.each([
  ["http://git.lan/a.git", /unencrypted/],
  ["git://git.lan/a.git", /no address/],
  ["ext::sh -c true", /no address/],
  ["-x", /no address/],
  ["ssh://-oProxyCommand=x/a", /not opened/],
])("%s is refused", (text, message) => {
  expect(() => checkGitUrl(text)).toThrow(message);
});
