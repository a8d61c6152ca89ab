import { type BrokenFile, compose, unreadable } from "./broken-file.ts";

export const brokenTexts: readonly BrokenFile[] = [
  unreadable("a quote that never ends", 4, { "compose.yml": 'services:\n  a:\n    image: "web\n' }, /quote/),
  unreadable("a bracket that never ends", 3, { "compose.yml": "services:\n  a: {image: web:1\n" }, /\}/),
  unreadable(
    "tabs for indentation",
    2,
    { "compose.yml": "services:\n\ta:\n\t\timage: web:1\n" },
    /tab/i,
    /blanks|spaces/,
  ),
  unreadable(
    "a key twice",
    3,
    { "compose.yml": "services:\n  a: {image: 'web:1'}\n  a: {image: 'web:2'}\n" },
    /twice|unique|duplicate/i,
  ),
  unreadable("wrong indentation", 4, { "compose.yml": "services:\n  a:\n    image: web:1\n   x-tl: x\n" }, /[Ii]ndent/),
  unreadable(
    "an alias without anchor",
    2,
    { "compose.yml": "services:\n  a: *nobody\n" },
    /nobody/,
    /[Cc]orrect the name/,
  ),
  unreadable("an alias bomb", 1, { "compose.yml": aliasBomb() }, /aliases multiply/, /Write it out/),
  unreadable(
    "two colons in one line",
    2,
    { "compose.yml": "services:\n  a: image: web\n" },
    /not valid YAML/,
    /quotes/,
  ),
  unreadable("a list of services", 1, { "compose.yml": "services:\n  - image: web\n" }, /services/, /map/),
  unreadable("a text instead of a compose file", 1, { "compose.yml": "hello\n" }, /services/),
  unreadable(
    "a merge conflict",
    2,
    {
      "compose.yml": "services:\n<<<<<<< HEAD\n  a: {image: 'web:1'}\n=======\n  a: {image: 'web:2'}\n>>>>>>> other\n",
    },
    /merge/,
    /keep one side/,
  ),
  unreadable(
    "a picture",
    1,
    { "compose.yml": Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") },
    /NUL/,
    /Save it as UTF-8/,
  ),
  unreadable("a NUL byte", 1, { "compose.yml": "services:\n  a: {image: 'web:1\0'}\n" }, /NUL/),
  unreadable("Latin-1", 1, { "compose.yml": Buffer.from("# caf\xe9\nservices: {}\n", "latin1") }, /UTF-8/),
  unreadable("UTF-16", 1, { "compose.yml": Buffer.from("\ufeffservices: {}\n", "utf16le") }, /NUL/, /Save it as UTF-8/),
  unreadable(
    "2 MiB",
    1,
    { "compose.yml": `services: {}\n#${"x".repeat(2 * 1024 * 1024)}` },
    /2\.0 MiB/,
    /1 MiB/,
    /[Ss]plit/,
  ),
  unreadable("a deep nest", 1, { "compose.yml": `services: ${"[".repeat(5000)}` }, /brackets/, /flatter/),
  unreadable(
    "an include of a file that is not there",
    1,
    { "compose.yml": `include: [gone.yml]\nservices:\n  good:\n    image: HOST/web:1.0.0\n    x-tl: "^!"\n` },
    /gone\.yml/,
  ),
  {
    title: "an include that goes round",
    files: {
      "compose.yml": `include: [other.yml]\nservices:\n  good:\n    image: HOST/web:1.0.0\n    x-tl: "^!"\n`,
      "other.yml": "include: [compose.yml]\n",
    },
    verdict: "unknown",
    code: "file-invalid",
    line: 1,
    count: 2,
    says: [/includes this file again/, /break the circle/],
  },
  unreadable(
    "a Dockerfile that begins with something else",
    1,
    { Dockerfile: "hello world\nFROM HOST/web:1.0.0\n# !tl ^!\n" },
    /hello/i,
  ),
  unreadable("a FROM without an image", 1, { Dockerfile: "FROM\nFROM HOST/web:1.0.0\n# !tl ^!\n" }, /FROM/, /image/),
  unreadable("a heredoc that never ends", 3, { Dockerfile: "FROM HOST/web:1.0.0\n# !tl ^!\nRUN <<EOT\necho\n" }, /EOT/),
  unreadable("a Dockerfile in Latin-1", 1, { Dockerfile: Buffer.from("# caf\xe9\nFROM web\n", "latin1") }, /UTF-8/),
  unreadable("an unclosed quote in .env", 1, { ".env": 'A="b\n' }, /quote/),
  unreadable("a line in .env that is no variable", 2, { ".env": "A=1\nthis is no variable\n" }, /NAME=value/),
  unreadable("an unclosed quote in .env", 1, { ".env": 'A="b\n' }, /quote/),
  unreadable("an image that is a list", 6, compose("  bad:\n    image: [web]\n    x-tl: ^!\n"), /image/, /text|list/),
  unreadable(
    "an extends of nobody",
    6,
    compose("  bad:\n    extends: {service: nobody}\n    x-tl: ^!\n"),
    /nobody/,
    /[Cc]orrect the name/,
  ),
  unreadable(
    "an extends of a file that is not there",
    6,
    compose("  bad:\n    extends: {file: gone.yml, service: a}\n    x-tl: ^!\n"),
    /gone\.yml/,
    /add it/,
  ),
  unreadable(
    "an extends of itself",
    6,
    compose("  bad:\n    extends: {service: bad}\n    x-tl: ^!\n"),
    /itself/,
    /break the circle/,
  ),
];

function aliasBomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `x-${level + 1}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(", ")}]\n`,
  );
  return `x-0: &a0 [lol, lol]\n${levels.join("")}services:\n  a: {image: web, command: *a9}\n`;
}
