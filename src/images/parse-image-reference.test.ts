import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatFullReference,
  formatImageReference,
  formatRepository,
  formatShortReference,
  type ImageReference,
} from "./image-reference.ts";
import { parseImageReference } from "./parse-image-reference.ts";

const sha256 = `sha256:${"0123456789abcdef".repeat(4)}`;
const sha512 = `sha512:${"0123456789abcdef".repeat(8)}`;
const longTag = "x".repeat(128);

function read(text: string): ImageReference {
  const reading = parseImageReference(text);
  if (reading.kind === "invalid") throw new Error(`${text}: ${reading.text}`);
  return reading.reference;
}

describe("what is a reference", () => {
  const cases: readonly (readonly [text: string, repository: string, tag?: string | undefined, digest?: string])[] = [
    ["redis", "docker.io/library/redis"],
    ["redis:7.2", "docker.io/library/redis", "7.2"],
    [`redis:7.2@${sha256}`, "docker.io/library/redis", "7.2", sha256],
    [`redis@${sha256}`, "docker.io/library/redis", undefined, sha256],
    [`redis@${sha512}`, "docker.io/library/redis", undefined, sha512],
    [`redis@other+b2:${"a".repeat(40)}`, "docker.io/library/redis", undefined, `other+b2:${"a".repeat(40)}`],
    [`redis:${longTag}`, "docker.io/library/redis", longTag],
    ["redis:_9", "docker.io/library/redis", "_9"],
    ["library/redis", "docker.io/library/redis"],
    ["docker.io/redis", "docker.io/library/redis"],
    ["docker.io/library/redis", "docker.io/library/redis"],
    ["index.docker.io/redis", "docker.io/library/redis"],
    ["index.docker.io/library/redis:7", "docker.io/library/redis", "7"],
    ["registry-1.docker.io/grafana/grafana", "docker.io/grafana/grafana"],
    ["grafana/grafana", "docker.io/grafana/grafana"],
    ["ghcr.io/immich-app/immich-server:v1.128.0", "ghcr.io/immich-app/immich-server", "v1.128.0"],
    ["GHCR.io/home-assistant/home-assistant", "ghcr.io/home-assistant/home-assistant"],
    ["registry.example.com/redis", "registry.example.com/redis"],
    ["registry.example.com:5000/a/b/c:1", "registry.example.com:5000/a/b/c", "1"],
    ["registry:5000/redis", "registry:5000/redis"],
    ["localhost/redis", "localhost/redis"],
    ["localhost:5000/redis:7", "localhost:5000/redis", "7"],
    ["localhost:5000", "docker.io/library/localhost", "5000"],
    ["192.168.1.10:5000/redis", "192.168.1.10:5000/redis"],
    ["[::1]:5000/redis:7", "[::1]:5000/redis", "7"],
    ["[fd00::1]/redis", "[fd00::1]/redis"],
    ["xn--bcher-kva.example/redis", "xn--bcher-kva.example/redis"],
    ["a_b/c__d/e---f/g.h", "docker.io/a_b/c__d/e---f/g.h"],
    [`example.com/${"a".repeat(255)}`, `example.com/${"a".repeat(255)}`],
  ];
  for (const [text, repository, tag, digest] of cases)
    test(text, () => {
      const reference = read(text);
      expect(formatRepository(reference)).toBe(repository);
      expect(reference.tag).toBe(tag);
      expect(reference.digest).toBe(digest);
      expect(formatImageReference(reference)).toBe(text);
    });
});

describe("what is not a reference is refused at its first wrong character", () => {
  const cases: readonly (readonly [text: string, index: number, says: RegExp])[] = [
    ["", 0, /no image here/],
    ["  ", 0, /no image here/],
    [" redis", 0, /A blank at position 1/],
    ["redis:7 ", 7, /A blank at position 8/],
    ["redis\t", 5, /A tab/],
    ["redis\n", 5, /A line break/],
    ["Redis", 0, /"R" at position 1 is wrong: .*lower case: r/],
    ["grafana/Grafana:10", 8, /lower case: g/],
    ["Grafana/grafana", 0, /lower case/],
    ["ghcr.io/Immich", 8, /lower case: i/],
    ["https://ghcr.io/a", 0, /does not begin with https:/],
    ["redis:", 5, /no tag behind it/],
    ["redis:-7", 6, /begins with a letter/],
    ["redis:.7", 6, /begins with a letter/],
    ["redis:7+1", 7, /"\+" at position 8/],
    ["redis:7:8", 7, /":" at position 8/],
    ["redis:$TAG", 6, /"\$"/],
    ["redis:é", 6, /"é"/],
    ["redis:😀", 6, /"😀"/],
    ["re\u0000dis", 2, /U\+0000/],
    [`redis:${longTag}x`, 134, /129 characters; 128/],
    [":7", 0, /name of the image is missing/],
    [`@${sha256}`, 0, /name of the image is missing/],
    ["docker.io/", 10, /name of the image is missing/],
    ["/redis", 0, /"\/"/],
    ["redis/", 5, /"\/"/],
    ["a//b", 2, /"\/"/],
    ["a/-b", 2, /"-"/],
    ["a-/b", 2, /"\/"/],
    ["a..b", 2, /"\."/],
    ["a___b", 3, /"_"/],
    ["a._b", 2, /"_"/],
    ["-redis", 0, /"-"/],
    ["redis-", 5, /"-"/],
    ["_/alpine", 0, /"_"/],
    ["red*s", 3, /"\*"/],
    [`example.com/${"a".repeat(256)}`, 267, /256 characters; 255/],
    ["0123456789abcdef".repeat(4), 0, /image's id/],
    ["-a.example/redis", 0, /"-"/],
    ["a-.example/redis", 1, /"-"/],
    ["a..example/redis", 2, /"\."/],
    ["a.example./redis", 9, /"\."/],
    ["a_b.example/redis", 1, /"_"/],
    [":5000/redis", 0, /":"/],
    ["localhost:/redis", 9, /port behind it is missing/],
    ["localhost:50a/redis", 12, /port is written in digits/],
    ["[::1/redis:7", 0, /no \] behind it/],
    ["[]:5000/redis", 1, /IPv6 address is missing/],
    ["[::g]/redis.a", 3, /"g"/],
    ["[::1]x:5/redis", 5, /"x"/],
    ["redis@", 6, /the colon is missing/],
    ["redis@sha256", 6, /the colon is missing/],
    ["redis@:abc", 6, /algorithm is missing/],
    ["redis@sha256:", 13, /0 hex digits; sha256 has 64/],
    ["redis@sha256:abc", 16, /3 hex digits; sha256 has 64/],
    [`redis@${sha256}0`, 77, /65 hex digits; sha256 has 64/],
    [`redis@sha512:${"a".repeat(64)}`, 77, /64 hex digits; sha512 has 128/],
    [`redis@b2:${"a".repeat(31)}`, 40, /at least 32/],
    ["redis@constructor:ab", 20, /at least 32/],
    [`redis@sha256:${"A".repeat(64)}`, 13, /"A"/],
    [`redis@2sha:${"a".repeat(64)}`, 6, /"2"/],
    [`redis@sha-:${"a".repeat(64)}`, 9, /"-"/],
    [`redis@${sha256}:7`, 77, /":"/],
    [`redis@${sha256}@${sha256}`, 77, /"@"/],
  ];
  test.each(cases)("%j", (text, index, says) => {
    const reading = parseImageReference(text);
    if (reading.kind === "valid") throw new Error("it was accepted");
    expect({ index: reading.index, text: reading.text }).toEqual({ index, text: expect.stringMatching(says) });
    expect(reading.text).toMatch(/^[^\n]+\.$/);
  });
});

test("the full form leaves nothing to defaults", () => {
  expect(formatFullReference(read(`redis:7@${sha256}`))).toBe(`docker.io/library/redis:7@${sha256}`);
  expect(formatFullReference(read("localhost:5000/a/b"))).toBe("localhost:5000/a/b");
});

test("the short form is the last name, the tag and eight digits of the digest", () => {
  expect(formatShortReference(read(`ghcr.io/a/web:v1@${sha256}`))).toBe("web:v1@01234567");
  expect(formatShortReference(read("ghcr.io/a/web:v1"))).toBe("web:v1");
  expect(formatShortReference(read("ghcr.io/a/web"))).toBe("web");
});

describe("for every reference", () => {
  const owner = fc.stringMatching(/^[a-z0-9]{1,6}(_[a-z0-9]{1,4})?$/);
  const name = fc.stringMatching(/^[a-z0-9]{1,6}((\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
  const domain = fc.constantFrom("ghcr.io/", "localhost:5000/", "docker.io/", "index.docker.io/", "[::1]:80/", "");
  const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined });
  const digest = fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: undefined });
  const written = fc
    .tuple(domain, fc.array(owner, { maxLength: 1 }), fc.array(name, { maxLength: 3 }), name, tag, digest)
    .map(([first, owners, names, last, label, hash]) =>
      formatImageReference({
        written: `${first}${[...owners, ...(owners.length > 0 || first !== "" ? names : []), last].join("/")}`,
        tag: label,
        digest: hash === undefined ? undefined : `sha256:${hash}`,
      }),
    );

  test("what is written comes back as it was", () => {
    fc.assert(fc.property(written, (text) => formatImageReference(read(text)) === text));
  });

  test("the full form reads as the same image, and its full form is itself", () => {
    fc.assert(
      fc.property(written, (text) => {
        const reference = read(text);
        const full = formatFullReference(reference);
        expect({ ...read(full), written: "" }).toEqual({ ...reference, written: "" });
        expect(formatFullReference(read(full))).toBe(full);
      }),
    );
  });

  test("any text is read or refused inside itself, without an exception", () => {
    const characters = fc.constantFrom(...Array.from("aZ0.:/@_-[] $é\u0000"), "sha256:", "docker.io", "localhost");
    const nearly = fc.array(characters, { maxLength: 20 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: "binary" })), (text) => {
        const reading = parseImageReference(text);
        if (reading.kind === "valid") expect(formatImageReference(reading.reference)).toBe(text);
        else expect(reading.index >= 0 && reading.index <= text.length).toBe(true);
      }),
    );
  });
});
