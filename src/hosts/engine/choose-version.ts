import { type HostProblem, lasting } from "../host-problem.ts";

/** Docker 20.10. */
const oldest = "1.41";
/** Docker 27.2: what is spoken with newer engines too, as they still speak it. */
const newest = "1.47";

export interface EngineVersions {
  /** `20.10.24` */
  readonly engine: string;
  /** The newest version of the API it speaks, and the oldest. */
  readonly api: string;
  readonly oldestApi: string | undefined;
}

/** The version of the API to speak with an engine. */
export function chooseVersion({ engine, api, oldestApi }: EngineVersions): string | HostProblem {
  if (compareVersions(api, oldest) < 0)
    return lasting(
      `its engine ${engine} is too old: it speaks version ${api} of the Engine API, and Talos needs ${oldest} (Docker 20.10)`,
      "update Docker there",
    );
  if (oldestApi !== undefined && compareVersions(oldestApi, newest) > 0)
    return lasting(
      `its engine ${engine} is too new: it no longer speaks version ${newest} of the Engine API`,
      "update Talos",
    );
  return compareVersions(api, newest) < 0 ? api : newest;
}

function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split(".").map(Number);
  const [bMajor = 0, bMinor = 0] = b.split(".").map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}
