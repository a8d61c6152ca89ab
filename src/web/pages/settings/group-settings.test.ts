import { expect, test } from "vitest";
import { groupSettings } from "./group-settings.ts";

const settings = [
  { path: "ApiSettings.Port", value: "8080", isDefault: true },
  { path: "ApiSettings.BaseUrl", value: "https://talos.example", isDefault: false },
  { path: "Repositories[0].Url", value: "https://git.example/a", isDefault: false },
  { path: "TimeZone", value: "UTC", isDefault: true },
];
const paths = (text: string, isChangedOnly = false) =>
  groupSettings(settings, { text, isChangedOnly }).map(({ name, settings: some }) => [
    name,
    ...some.map(({ rest }) => rest),
  ]);

test("settings come together by the first word of their paths, single ones before all", () => {
  expect(paths("")).toEqual([
    ["General", "TimeZone"],
    ["ApiSettings", "Port", "BaseUrl"],
    ["Repositories", "[0].Url"],
  ]);
});

test("paths and values are searched; defaults can be left out", () => {
  expect(paths("EXAMPLE")).toEqual([
    ["ApiSettings", "BaseUrl"],
    ["Repositories", "[0].Url"],
  ]);
  expect(paths("api", true)).toEqual([["ApiSettings", "BaseUrl"]]);
  expect(paths("nothing")).toEqual([]);
});
