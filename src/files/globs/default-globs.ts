import type { FileKind } from "../found-reference.ts";
import type { Globs } from "./compile-globs.ts";

/**
 * What is looked at when nothing is configured (specs: files). YAML files only ever by a rule; these are for a rule that
 * names none. Templates, notes and examples beside the real files are left alone: nothing runs from them.
 */
export const defaultGlobs: Readonly<Record<FileKind, Globs>> = {
  compose: {
    include: ["compose", "docker-compose"].flatMap((stem) =>
      ["yaml", "yml"].flatMap((ending) => [`**/${stem}.${ending}`, `**/${stem}.*.${ending}`]),
    ),
    exclude: [],
  },
  dockerfile: {
    include: ["Dockerfile", "Containerfile"].flatMap((stem) => [`**/${stem}`, `**/${stem}.*`, `**/*.${stem}`]),
    exclude: [
      "md",
      "txt",
      "dockerignore",
      "containerignore",
      "j2",
      "tmpl",
      "tpl",
      "template",
      "orig",
      "rej",
      "bak",
    ].map((ending) => `**/*.${ending}`),
  },
  env: {
    include: ["**/.env", "**/.env.*", "**/*.env"],
    exclude: ["example", "sample", "template", "dist"].flatMap((word) => [
      `**/*.${word}`,
      `**/*.${word}.env`,
      `**/${word}.env`,
    ]),
  },
  yaml: { include: ["**/*.yaml", "**/*.yml"], exclude: [] },
};
