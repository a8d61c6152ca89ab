/**
 * Makes `x-tl: @:!!!!`, `x-tl: +:` and their like readable for a YAML parser: each value of an `x-tl` key that is not quoted is
 * replaced by letters of the same count, so that every offset stays what it was. The caller reads such a value from the
 * original text. Where this hits a comment or a text that only looks like an `x-tl` key, it changes nothing that matters:
 * it never touches quotes, commas, brackets, line ends or the key.
 */
export function maskShortForms(text: string): string {
  if (!text.includes("x-tl")) return text;
  const anchors = new Set(Array.from(text.matchAll(/&([^\s,[\]{}]+)/g), (match) => match[1]));
  return text.replaceAll(shortForm, (whole, lead: string, value: string) => {
    const alias = /^\*(\S+)$/.exec(value)?.[1];
    if (alias !== undefined && anchors.has(alias)) return whole;
    return lead + "x".repeat(value.length);
  });
}

/**
 * After the start of a line or a sign that opens an entry: the key, a colon, blanks, perhaps an anchor or a tag (`!!str`, `!reset`), and a
 * value up to a comment, a comma, a bracket or the end of the line. Values that open a quote, a block or a map are left alone.
 */
const shortForm =
  /((?:^|[{,])[ \t]*(?:-[ \t]+)*(?:x-tl|"x-tl"|'x-tl')[ \t]*:[ \t]+(?:(?:&[^\s,[\]{}]+|!!?[a-z]+)[ \t]+)*)([^\s"'#&|>[\]{},](?:[^\n\r"'[\]{},]*?[^\s"'[\]{},])??)(?=[ \t]*(?:[\r\n,\]}]|$)|[ \t]+#)/gm;
