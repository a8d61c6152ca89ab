/** A sample of a metric, as Prometheus reads it. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposition {
  /** By the metric's name. */
  readonly types: ReadonlyMap<string, string>;
  readonly helps: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
  /** The only sample of that name with these labels among its own. */
  readonly value: (name: string, labels?: Readonly<Record<string, string>>) => number | undefined;
}

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,?)/;

/** Prometheus's text format 0.0.4, strictly: throws at the first line that Prometheus would refuse, or that doubles another. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  const samples: Sample[] = [];
  const seen = new Set<string>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word !== undefined) {
      const known = word === "HELP" ? helps : types;
      if (known.has(name)) throw new Error(`${word} of ${name} is told twice`);
      if (samples.some((sample) => familyOf(sample.name, types) === name)) throw new Error(`${line} comes too late`);
      known.set(name, rest);
      continue;
    }
    if (line.startsWith("#")) continue;
    const sample = parseSample(line);
    const labels = Object.entries(sample.labels).map(([key, value]) => JSON.stringify([key, value]));
    const identity = [sample.name, ...labels.toSorted((a, b) => a.localeCompare(b))].join(" ");
    if (seen.has(identity)) throw new Error(`there are two of ${identity}`);
    seen.add(identity);
    if (!types.has(familyOf(sample.name, types))) throw new Error(`${sample.name} has no type`);
    samples.push(sample);
  }
  return {
    types,
    helps,
    samples,
    value(name, labels = {}) {
      const found = samples.filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
      );
      if (found.length > 1) throw new Error(`${name} ${JSON.stringify(labels)} is not one sample`);
      return found[0]?.value;
    },
  };
}

function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  const family = name.replace(/_(bucket|sum|count)$/, "");
  return types.get(family) === "histogram" ? family : name;
}

function parseSample(line: string): Sample {
  const name = metricName.exec(line)?.[0] ?? "";
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith("{")) {
    rest = rest.slice(1);
    for (let found = label.exec(rest); found !== null; found = label.exec(rest)) {
      const [all, key = "", value = ""] = found;
      if (key in labels) throw new Error(`the label ${key} is there twice: ${line}`);
      labels[key] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
      rest = rest.slice(all.length);
    }
    if (!rest.startsWith("}")) throw new Error(`these are no labels: ${line}`);
    rest = rest.slice(1);
  }
  const [, value] = /^ (NaN|[+-]?Inf|[+-]?\d[\d.]*(?:e[+-]?\d+)?)(?: \d+)?$/.exec(rest) ?? [];
  if (name === "" || value === undefined) throw new Error(`this is no sample: ${line}`);
  return { name, labels, value: Number(value.replace("Inf", "Infinity")) };
}
