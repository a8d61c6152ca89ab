import { expect, test } from "vitest";
import { chooseVersion } from "./choose-version.ts";

test.each([
  { api: "1.41", oldestApi: "1.12", chosen: "1.41" },
  { api: "1.43", oldestApi: undefined, chosen: "1.43" },
  { api: "1.47", oldestApi: "1.24", chosen: "1.47" },
  { api: "1.52", oldestApi: "1.44", chosen: "1.47" },
  { api: "1.100", oldestApi: "1.47", chosen: "1.47" },
])("an engine that speaks $api is spoken to in $chosen", ({ api, oldestApi, chosen }) => {
  expect(chooseVersion({ engine: "20.10.24", api, oldestApi })).toBe(chosen);
});

test.each([
  { api: "1.40", oldestApi: "1.12", reason: /its engine 19\.3 is too old.*1\.40.*1\.41/ },
  { api: "1.9", oldestApi: undefined, reason: /too old/ },
  { api: "1.60", oldestApi: "1.48", reason: /too new/ },
])("an engine that speaks $oldestApi to $api is refused", ({ api, oldestApi, reason }) => {
  expect(chooseVersion({ engine: "19.3", api, oldestApi })).toMatchObject({
    reason: expect.stringMatching(reason),
    isLasting: true,
  });
});
