import type { RepositoryFile } from "../config/schema.ts";
import type { FileKind } from "../files/found-reference.ts";
import { compileGlobs } from "../files/globs/compile-globs.ts";
import { defaultGlobs } from "../files/globs/default-globs.ts";
import type { YamlRule } from "../files/yaml/find-in-yaml.ts";
import { parseYamlPath, type YamlPath } from "../files/yaml/yaml-path.ts";
import type { Size } from "../images/size.ts";
import { applyPolicyDefaults } from "../policy/parse-policy.ts";
import { defaultPolicy, type Policy, type Strategy } from "../policy/policy.ts";
import type { Setting } from "../policy/setting.ts";
import type { AssessmentSettings } from "./assess-reference.ts";

/** Which files are read as what, and what their policies start from. */
export interface FileRule {
  readonly kind: FileKind;
  readonly matches: (path: string) => boolean;
  readonly assessment: AssessmentSettings;
  /** Where the images of a YAML file stand. */
  readonly yaml: YamlRule | undefined;
}

/** What one run asks for beyond the settings of the repository. */
export interface RunWishes {
  /** Images that have not opted in are decided with this strategy; undefined: as the settings say. */
  readonly unannotated: Strategy | undefined;
  /** Instead of each policy's own. */
  readonly bump: Size | undefined;
  /** `docker.io/library/redis` is written where a file says `redis`. */
  readonly isWrittenInFull: boolean;
}

type KindSettings = NonNullable<NonNullable<RepositoryFile["Glob"]>["DockerCompose"]>;
type YamlSettings = NonNullable<NonNullable<RepositoryFile["Glob"]>["Yaml"]>[number];

/** The rules of a repository's settings. Kinds that `Glob` does not name are not read; without it the usual files are. */
export function createFileRules(settings: RepositoryFile, wishes: RunWishes): readonly FileRule[] {
  const { Glob } = settings;
  const usual: KindSettings | undefined = Glob === undefined ? { ExcludeGlobs: [], Defaults: undefined } : undefined;
  const rule = (kind: FileKind, one: KindSettings, yaml?: YamlRule): FileRule => ({
    kind,
    matches: matchGlobs(kind, one),
    assessment: createAssessment(settings, one, wishes),
    yaml,
  });
  const kinds = [
    ["compose", Glob?.DockerCompose ?? usual],
    ["dockerfile", Glob?.Dockerfile ?? usual],
    ["env", Glob?.Env ?? usual],
  ] as const;
  return [
    ...kinds.flatMap(([kind, one]) => (one === undefined ? [] : [rule(kind, one)])),
    ...(Glob?.Yaml ?? []).map((one) => rule("yaml", one, readYamlRule(one))),
  ];
}

function matchGlobs(kind: FileKind, { IncludeGlobs, ExcludeGlobs }: KindSettings): FileRule["matches"] {
  const usual = defaultGlobs[kind];
  const globs = IncludeGlobs === undefined ? usual : { include: IncludeGlobs, exclude: [] };
  const compiled = compileGlobs({ include: globs.include, exclude: [...globs.exclude, ...ExcludeGlobs] });
  // What is no glob was told when the settings were checked.
  return compiled.kind === "compiled" ? compiled.matches : () => false;
}

function createAssessment(repository: RepositoryFile, kind: KindSettings, wishes: RunWishes): AssessmentSettings {
  const defaults = layDefaults(kind.Defaults, layDefaults(repository.Defaults, defaultPolicy));
  const isOptedIn = (kind.OptIn ?? repository.OptIn) === "All";
  const { unannotated: strategy, bump, isWrittenInFull } = wishes;
  const everySize = strategy && { digest: strategy, patch: strategy, minor: strategy, major: strategy };
  const wished: Policy | undefined = everySize && { ...defaults, bump: "major", strategy: everySize };
  return { defaults, unannotated: isOptedIn ? defaults : wished, bump, isWrittenInFull };
}

/** What cannot be followed was told when the settings were checked. */
function layDefaults(written: Setting | undefined, base: Policy): Policy {
  const reading = applyPolicyDefaults(written, base);
  return reading.kind === "valid" ? reading.policy : base;
}

function readYamlRule({ AncestorPath, RelativeImagePath, RelativeTalosPath }: YamlSettings): YamlRule {
  return {
    ancestorPath: readPath(AncestorPath),
    relativeImagePath: readPath(RelativeImagePath),
    relativeTalosPath: readPath(RelativeTalosPath),
  };
}

function readPath(text: string | undefined): YamlPath | undefined {
  const parsed = text === undefined ? undefined : parseYamlPath(text);
  return parsed?.kind === "valid" ? parsed.path : undefined;
}
