import { z } from "zod";
import { parseCronExpression } from "../parse-cron-expression.ts";
import { parseRepositoryUrl } from "../repository-url.ts";
import { boolean, choice, glob, integer, leaf, text, textAsWritten, timeZone } from "../setting-types.ts";
import { gitHost } from "./git.ts";
import { policyDefaults } from "./policy-defaults.ts";

const optIn = choice("Annotated", "All");
const optInText = "Annotated: images with a policy beside them are managed; All: every image, with the defaults.";

const fileKind = {
  IncludeGlobs: z
    .array(glob())
    .optional()
    .describe("The files, from the root of the repository; not set: by their usual names, in every folder."),
  ExcludeGlobs: z.array(glob()).default([]).describe("Files to leave out."),
  OptIn: optIn.optional().describe(`As in the repository, for these files. ${optInText}`),
  Defaults: policyDefaults("The policy of these files' images where they say nothing else."),
};

const yamlRule = z.strictObject({
  ...fileKind,
  AncestorPath: text().optional().describe("The YAML path of what is updated as one; not set: the whole document."),
  RelativeImagePath: text().optional().describe("The path from there to the image; not set: the ancestor itself."),
  RelativeTalosPath: text()
    .optional()
    .describe("The path from there to the policy, a map or a short form; not set: none."),
});

const globSettings = z
  .strictObject({
    DockerCompose: z.strictObject(fileKind).optional().describe("Compose files."),
    Dockerfile: z.strictObject(fileKind).optional().describe("Dockerfiles."),
    Env: z.strictObject(fileKind).optional().describe("`.env` files whose variables hold whole images."),
    Yaml: z.array(yamlRule).optional().describe("Any other YAML files: one rule, or a list of them."),
  })
  .optional()
  .describe(
    "Which files are looked at; kinds that are not named are not. Not set: compose files, Dockerfiles and .env files.",
  );

/** What a repository may also say about itself in `.talos.yaml`. */
export const repositoryFileKeys = {
  Glob: globSettings,
  OptIn: optIn.optional().describe(`Which images are managed. ${optInText} Not set: Annotated.`),
  Defaults: policyDefaults("The policy of images that say nothing else, in the long form."),
};

const repositoryUrl = leaf({ type: "string" }, (written) => {
  const parsed = parseRepositoryUrl(written);
  return parsed.kind === "url" ? { value: parsed.url } : { problem: parsed.problem };
});

const branchName = leaf({ type: "string" }, (written) =>
  /^[^-\s:?*[\\^~@/][^\s:?*[\\^~]*$/.test(written) && !/\.\.|@\{|^refs\//.test(written)
    ? { value: written }
    : { problem: `must be the name of a branch such as main, not \`${written}\`` },
);

const repository = z.strictObject({
  Url: repositoryUrl.describe("The URL of the git repository (https, ssh, file) or a path."),
  Host: text().optional().describe("The name of one of ImageUpdateSettings.Hosts: who Talos is there."),
  Branch: branchName.optional().describe("The branch; not set: the repository's own default."),
  CreateMergeRequestsForPushes: boolean()
    .default(false)
    .describe("Open a merge or pull request for each update instead of committing to the branch."),
  CooldownSeconds: integer(0).default(0).describe("How long further updates wait after one was delivered."),
  CommitPrefix: textAsWritten().optional().describe("Stands before the subject of commits, as `chore: `."),
  ...repositoryFileKeys,
  IncludeGlobs: z
    .array(text())
    .optional()
    .meta({ deprecated: true })
    .describe("Has no effect: name the files under Glob."),
});

const schedule = z
  .strictObject({
    Type: choice("Delay", "Cron").default("Delay").describe("Delay: a time after each run; Cron: at set times."),
    DelaySeconds: integer(1)
      .default(3600)
      .describe("For Delay: from the end of a run to the next, with up to a tenth of jitter."),
    Expression: cronExpression()
      .optional()
      .describe("For Cron: minute, hour, day of month, month, day of week, as `0 4 * * *`."),
    TimeZone: timeZone().optional().describe("For Cron: the time zone of the expression; not set: the machine's."),
  })
  .prefault({})
  .describe("When repositories are scanned, besides once at start.");

export const imageUpdateSettings = z
  .strictObject({
    Schedule: schedule,
    Hosts: z.record(z.string(), gitHost).default({}).describe("Git servers: how Talos signs in there and commits."),
    Repositories: z.array(repository).default([]).describe("The repositories whose images Talos keeps current."),
  })
  .prefault({})
  .describe("What is kept current, and when it is looked at.");

function cronExpression() {
  return leaf({ type: "string", examples: ["0 4 * * *"] }, parseCronExpression);
}
