import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { type LocatedNode, readDocumentTree, textOfNode } from "./document-tree.ts";
import { selectNodes } from "./select-nodes.ts";
import { parseYamlPath } from "./yaml-path.ts";

/** What a path selects: the text of a scalar, else the node's place. */
function select(text: string, pathText: string): readonly string[] {
  const reading = readDocumentTree(parseDocument(text, { schema: "failsafe" }));
  if (reading.kind !== "tree") throw new Error(reading.kind);
  const path = parseYamlPath(pathText);
  if (path.kind === "invalid") throw new Error(`${path.index}: ${path.text}`);
  return selectNodes(path.path, reading.tree.root, reading.tree).map((found) => textOfNode(found.node) ?? place(found));
}

function place(located: LocatedNode): string {
  return located.parent === undefined ? "" : `${place(located.parent)}/${located.step}`;
}

const list = "numbers: [0, 1, 2, 3]";
const map = "sizes: { a: 0, b: 1, c: 2, d: 3, e: 4 }";
const shop = `
shelf:
  cup: { stock: { from: { day: 2026-10-10, hour: "08:00" } }, weight: 10, tags: [red, blue] }
  jug: { stock: { from: { day: 2026-08-01, hour: "10:00" } }, weight: 4 }
  pot: { stock: { from: { day: 2027-01-01, hour: "12:00" } }, weight: 4, "tag with space": 7 }
list:
  - { name: cup, weight: 10, stock: { hour: "08:00" } }
  - { name: jug, weight: 4, stock: { hour: "10:00" } }
  - { name: pot, weight: 4, stock: { hour: "12:00" }, other: [0, 5, 10] }
`;
const anchors = `
words: [ &word hello ]
first: &one { with: child, text: *word }
second: { <<: *one, own: &own 1 }
`;
const prices = `
list: [ { name: a, price: 4.99 }, { name: b, price: 9.95 }, { name: c, price: 0.98 }, { name: d } ]
map: { a: { price: 4.99 }, b: { price: 9.95 }, c: { price: 0.98 }, d: }
plain: [4.99, 9.95, 0.98]
texts: [b, c, a]
`;
const pod = `
metadata: { name: web, annotations: { haondt.dev/talos: "+!", "app.kubernetes.io/name": x } }
spec: { containers: [ { name: web, image: "nginx:1" }, { name: log, image: "fluent:2" } ] }
`;

describe("a path selects", () => {
  const cases: readonly [document: string, path: string, selected: readonly string[]][] = [
    [pod, "", [""]],
    [pod, "/", [""]],
    [pod, "/spec/containers/0/image", ["nginx:1"]],
    [pod, "spec.containers.0.image", ["nginx:1"]],
    [pod, "/spec//containers/0/image/", ["nginx:1"]],
    [pod, "/spec/containers/2/image", []],
    [pod, "/spec/containers/-1/image", []],
    [pod, "/spec/containers[-1]/image", ["fluent:2"]],
    [pod, "/spec/containers[1].image", []],
    [pod, "spec.containers[1].image", ["fluent:2"]],
    [pod, "/metadata/name/deeper", []],
    [pod, "/spec/containers/*/image", ["nginx:1", "fluent:2"]],
    [pod, "/metadata/annotations/haondt.dev\\/talos", ["+!"]],
    [pod, "metadata.annotations.haondt\\.dev/talos", ["+!"]],
    [pod, "/metadata/annotations/'haondt.dev/talos'", ["+!"]],
    [pod, 'metadata.annotations."haondt.dev/talos"', ["+!"]],
    [pod, "/metadata/annotations['app.kubernetes.io/name'=x]", ["x"]],
    [pod, "/spec/containers[name=log]", ["log"]],
    [pod, "/spec/containers[name=log][parent()]/image", ["fluent:2"]],
    [pod, "/spec/containers/[name=log]/[parent()]/image", ["fluent:2"]],
    [pod, "/**/image", ["nginx:1", "fluent:2"]],
    [pod, "/spec/**", ["web", "nginx:1", "log", "fluent:2"]],
    [pod, "/metadata/name/**", ["web"]],
    ["a/key: 0\n", "/a\\/key", ["0"]],
    ["a/key: 0\n", "a/key", ["0"]],
    ["a.key: 0\n", "a\\.key", ["0"]],
    ["a.key: 0\n", "/a.key", ["0"]],
    ["c\\\\key: 2\n", "c\\\\key", ["2"]],
    ["d\\\\/key: 3\n", "/d\\\\\\/key", ["3"]],
    ["a*b: 0\naxb: 1\n", "a\\*b", ["0"]],
    ["a*b: 0\naxb: 1\n", "'a*b'", ["0"]],
    ["a*b: 0\naxb: 1\nxa1b: 2\n", "a*b", ["0", "1"]],
    ["1: one\n", "1", ["one"]],
    ["? Ring\n? Cup\n", "/Ring", []],
    [list, "numbers.[1:2]", ["1"]],
    [list, "/numbers[1:4]", ["1", "2", "3"]],
    [list, "/numbers/[0:9]", ["0", "1", "2", "3"]],
    [list, "/numbers/[-3:-2]", ["1"]],
    [list, "/numbers/[3:1]", ["1", "2"]],
    [list, "/numbers/[a:b]", []],
    [list, "/numbers[.>1]", ["2", "3"]],
    [list, "/numbers[has_child(2)]", ["/numbers"]],
    [list, "/numbers[!has_child(2)]", []],
    [map, "sizes.[a:b]", ["0", "1"]],
    [map, "/sizes[b:d]", ["1", "2", "3"]],
    [map, "/sizes[d:b]", []],
    [map, "/sizes[a:z]", []],
    [map, "/sizes[.=c]", ["2"]],
    [map, "/sizes[!.=c]", ["0", "1", "3", "4"]],
    [shop, "shelf.*.[weight=4]", ["4", "4"]],
    [shop, "shelf.*[weight == 4]", ["4", "4"]],
    [shop, "shelf.*[weight!=4]", ["10"]],
    [shop, "shelf.*[!weight=4]", ["10"]],
    [shop, "shelf.*[weight<5]", ["4", "4"]],
    [shop, "shelf.*[weight>4]", ["10"]],
    [shop, "shelf.*[weight<=4]", ["4", "4"]],
    [shop, "shelf.*[weight>=4]", ["10", "4", "4"]],
    [shop, "shelf.*.stock.from[day^2026]", ["2026-10-10", "2026-08-01"]],
    [shop, "shelf.*.stock.from[day$-01]", ["2026-08-01", "2027-01-01"]],
    [shop, "shelf.*.stock.from[day%-10-]", ["2026-10-10"]],
    [shop, "shelf.*.stock.from[day=~2026-\\d+]", ["2026-10-10", "2026-08-01"]],
    [shop, "shelf.*.stock.from[day=~^[0-9]{4}-01]", ["2027-01-01"]],
    [shop, "shelf.*.stock.from[day!=~^2026]", ["2027-01-01"]],
    [shop, "shelf.*.stock[from.day^2027]", ["2027-01-01"]],
    [shop, "[shelf.*.stock.from.day^2027]", ["2027-01-01"]],
    [shop, "shelf.*.st*.[from.missing=x]", []],
    [shop, "shelf.*p.weight", ["10"]],
    [shop, "shelf.*u*.weight", ["10", "4"]],
    [shop, "shelf.pot['tag with space'==7]", ["7"]],
    [shop, "shelf.cup[tags=blue]", ["blue"]],
    [shop, "list[name=pot]", ["pot"]],
    [shop, "list[stock.hour=10:00]", ["10:00"]],
    [shop, "list.*[other>=5]", ["5", "10"]],
    [shop, "shelf.**.[has_child(day)]", ["/shelf/cup/stock/from", "/shelf/jug/stock/from", "/shelf/pot/stock/from"]],
    [shop, "shelf.*.stock.[parent()]", ["/shelf/cup", "/shelf/jug", "/shelf/pot"]],
    [shop, "shelf.*.stock.[parent(2)]", ["/shelf"]],
    [shop, "shelf.*.stock.[parent()].[parent()]", ["/shelf"]],
    [shop, "shelf.*.stock.[parent(9)]", []],
    [shop, "shelf.*.[name()]", ["cup", "jug", "pot"]],
    [shop, "list.*.[name()]", []],
    [anchors, "words[&word]", ["hello"]],
    [anchors, "/&word", ["hello"]],
    [anchors, "&one.text", ["hello"]],
    [anchors, "/second/&one/&word", ["hello"]],
    [anchors, "/second/<</text", ["hello"]],
    [anchors, "/&nothing", []],
    [prices, "/list[max(price)]/price", ["9.95"]],
    [prices, "/list[min(price)]/name", ["c"]],
    [prices, "/list[!max(price)]/name", ["a", "c"]],
    [prices, "/map/[max(price)]/price", ["9.95"]],
    [prices, "/map[!min(price)]/price", ["4.99", "9.95"]],
    [prices, "/plain[max()]", ["9.95"]],
    [prices, "/plain[!min()]", ["4.99", "9.95"]],
    [prices, "/texts[max()]", ["c"]],
    [prices, "/map[max()]", []],
  ];
  test.each(cases)("%#: of %j with %j", (document, path, selected) => {
    expect(select(document, path)).toEqual(selected);
  });
});

describe("a path that is not one is refused where it is wrong", () => {
  const cases: readonly [path: string, index: number, text: RegExp][] = [
    ["[notclosed=3", 0, /not closed/],
    ["/a/[b='c]", 3, /not closed/],
    ["/a/'b", 3, /quote is not closed/],
    ["/a/'b'c", 6, /After a quoted name/],
    ["(thing) + (other)", 0, /Collectors/],
    ["[!field!==value]", 0, /negated once/],
    ["[field # value]", 0, /not understood/],
    ["a[]", 1, /not understood/],
    ["a[1:]", 1, /not understood/],
    ["a[b<c]", 1, /whole numbers; c is none/],
    ["a[b<]", 1, /nothing is none/],
    ["a[b=~(]", 1, /regular expression/],
    ["a[b=~x(?=y)]", 1, /regular expression/],
    ["a[*=c]", 1, /ends with a key/],
    ["a[=c]", 1, /not understood/],
    ["a[has_child()]", 1, /name of the child/],
    ["a[parent(x)]", 1, /number of levels/],
    ["a[!parent()]", 1, /cannot be negated/],
    ["a[!name()]", 1, /cannot be negated/],
  ];
  test.each(cases)("%s", (path, index, text) => {
    const reading = parseYamlPath(path);
    expect(reading).toMatchObject({ kind: "invalid", index, text: expect.stringMatching(text) });
    expect(reading).toHaveProperty("text", expect.not.stringContaining("\n"));
  });
});

describe("a document is refused", () => {
  const bomb = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
  const cases: readonly [name: string, text: string, refusal: RegExp][] = [
    ["with an alias without anchor", "a: *missing", /no anchor &missing/],
    ["with an alias within its anchor", "a: &loop [1, *loop]", /inside its own anchor/],
    ["with a key twice", "a: 1\nb: 2\na: 3", /key a stands twice/],
    ["with an alias bomb", ["a0: &a0 lol", ...bomb].join("\n"), /multiply/],
  ];
  test.each(cases)("%s", (_, text, refusal) => {
    const document = parseDocument(text, { schema: "failsafe", uniqueKeys: false });
    expect(readDocumentTree(document)).toMatchObject({ kind: "fault", text: expect.stringMatching(refusal) });
  });
});
