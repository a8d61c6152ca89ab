/**
 * `2016-08-12 15:23:28 UTC`, as GitLab's pipelines have it, or ISO 8601; in milliseconds since 1970. Undefined: no time, also
 * where a forge writes the zero of its language.
 */
export function readTime(written: string | undefined): number | undefined {
  const [, date, time, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(UTC|Z|[+-]\d\d:?\d\d)$/.exec(written ?? "") ?? [];
  if (date === undefined) return undefined;
  const offset = zone === "UTC" ? "Z" : zone?.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${date}T${time}${offset}`);
  return ms > 0 ? ms : undefined;
}
