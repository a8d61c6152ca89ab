import { expect, test } from "vitest";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { findUndone } from "./find-undone.ts";

/** Two members, from `library/web:0` to `library/web:2.0.0`, likewise `library/db`. */
const update = makeUpdate(["docker.io/library/web:2.0.0@d2", "docker.io/library/db:2.0.0"]);
const web = "library/web:2.0.0@d2";
const db = "library/db:2.0.0";

test.each([
  ["kept", "both as they were delivered", web, db],
  ["undone", "the former text", "library/web:0", db],
  ["undone", "the former text of the other one", web, "library/db:0"],
  ["undone", "an older version than the one delivered", web, "library/db:1.9.0"],
  ["undone", "one undone, and one moved on", "library/web:3.0.0", "library/db:0"],
  ["moved-on", "a newer version", web, "library/db:2.0.1"],
  ["moved-on", "the same tag without digest", "library/web:2.0.0", db],
  ["moved-on", "another image", web, "library/postgres:1"],
  ["moved-on", "another registry", web, "ghcr.io/library/db:1.0.0"],
  ["moved-on", "a tag that cannot be compared", web, "library/db:latest"],
  ["moved-on", "no image any more", web, undefined],
  ["moved-on", "what is no reference", web, "${DB}"],
])("An update is %s: %s.", (fate, _, webNow, dbNow) => {
  const images = new Map([
    ["/services/service0", webNow],
    ["/services/service1", dbNow],
  ]);
  expect(findUndone({ update, commit: "c", atMs: 1 }, (_file, pointer) => images.get(pointer))).toBe(fate);
});
