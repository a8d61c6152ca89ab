import fc from "fast-check";

const name = fc.constantFrom("A", "B", "C", "TAG", "IMAGE_NAME", "_x1");
const word = fc.constantFrom("", "1.2", "redis", "7", "registry.example.com:5000/team/web", "3.20-alpine", "a_b");

/** A line of a `.env` file in one of the ways people write them. */
export const dotenvLine: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, word).map(([key, value]) => `${key}=${value}`),
  fc.tuple(name, word).map(([key, value]) => `export ${key}=${value}`),
  fc.tuple(name, word).map(([key, value]) => `${key}="${value}"`),
  fc.tuple(name, word).map(([key, value]) => `${key}='${value}'`),
  fc.tuple(name, word).map(([key, value]) => `${key}=${value} # why`),
  fc.tuple(name, word).map(([key, value]) => `${key}="${value}" # why`),
  fc.tuple(name, word).map(([key, value]) => `${key}= ${value}`),
  fc.tuple(name, word).map(([key, value]) => `  ${key}=${value}  `),
  fc.tuple(name, name).map(([key, other]) => `${key}=v\${${other}:-0}`),
  fc.tuple(name, name).map(([key, other]) => `${key}="x-\${${other}-0}"`),
  fc.tuple(name, name).map(([key, other]) => `${key}='x-$${other}'`),
  fc.tuple(name, word).map(([key, value]) => `${key} = ${value}`),
  fc.tuple(name, word).map(([key, value]) => `${key}: ${value}`),
  fc.tuple(name, name).map(([key, other]) => `${key}="x\\$${other}"`),
  fc.tuple(name, name).map(([key, other]) => `${key}=x\\$${other}`),
  fc.tuple(name, name).map(([key, other]) => `${key}="x$$${other}"`),
  fc.tuple(name, name).map(([key]) => `${key}='it\\'s'`),
  fc.tuple(name, name).map(([key]) => `${key}=a'b"c`),
  fc.constantFrom("# a comment", "", "   ", "#A=1"),
);

/** What may stand between the braces of a default: literals and further variables. */
const { expression } = fc.letrec<{ expression: string; variable: string; text: string }>((tie) => ({
  variable: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    name.map((key) => `\${${key}}`),
    fc.tuple(name, fc.constantFrom(":-", "-", ":+", "+"), tie("text")).map((parts) => `\${${parts.join("")}}`),
  ),
  text: fc.oneof(
    { maxDepth: 3 },
    word,
    tie("variable"),
    fc.tuple(word, tie("variable")).map((parts) => parts.join("")),
  ),
  expression: fc.oneof(
    fc.tuple(word, tie("text")).map(([before, text]) => `x${before}${text}`),
    fc.tuple(tie("text"), tie("text")).map(([repository, tag]) => `x/${repository}:${tag}`),
    fc.tuple(word, name).map(([before, key]) => `x${before}/$${key}`),
    word.map((text) => `x$$${text}`),
  ),
}));

/** The text behind `image:`, plain or quoted. It does not end with a colon, which would make it a key. */
export const composeExpression: fc.Arbitrary<string> = fc
  .tuple(expression, fc.constantFrom("", '"', "'"))
  .map(([text, quote]) => `${quote}${text}.z${quote}`);
