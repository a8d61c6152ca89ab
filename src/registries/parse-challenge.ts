/** One challenge of a `WWW-Authenticate` header (RFC 9110, 11.6.1), scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const parameter = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|([^\s,"]*))/y;
const token68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const gap = /[\s,]*/y;

/** Reads what can be read: a header may hold several challenges, and what is not understood is passed over. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { readonly scheme: string; readonly parameters: Record<string, string> }[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(header) ?? undefined;
    position = match === undefined ? position : pattern.lastIndex;
    return match;
  };
  while (position < header.length) {
    take(gap);
    const pair = take(parameter);
    if (pair !== undefined) {
      const [, name = "", quoted, plain = ""] = pair;
      const parameters = challenges.at(-1)?.parameters;
      if (parameters !== undefined) parameters[name.toLowerCase()] = quoted?.replaceAll(/\\([\s\S])/g, "$1") ?? plain;
      continue;
    }
    const scheme = take(token);
    if (scheme === undefined) {
      position += 1;
      continue;
    }
    challenges.push({ scheme: scheme[0].toLowerCase(), parameters: Object.create(null) });
    if (take(/[ \t]+/y) !== undefined && !startsParameter(header, position)) take(token68);
  }
  return challenges;
}

function startsParameter(header: string, position: number): boolean {
  parameter.lastIndex = position;
  return parameter.test(header) && !/=[ \t]*$/.test(header.slice(position, parameter.lastIndex));
}
