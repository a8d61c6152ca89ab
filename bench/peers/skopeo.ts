// The earlier program's way of looking: a skopeo per question, four at a time: the tags of each repository, then the
// digest of each chosen tag.
//
//   node bench/peers/skopeo.ts HOST REPOSITORIES SERVICES
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { programEnvironment, programPath } from "../../test/parties/find-program.ts";
import { chosenTags } from "../fixture-images.ts";

const [host = "", repositories, services] = process.argv.slice(2);
const atOnce = 4;
const skopeo = programPath("skopeo");
const run = promisify(execFile);

const queue = [...chosenTags({ repositories: Number(repositories), services: Number(services) })].flatMap(
  ([repository, tags]) => [
    ["list-tags", "--tls-verify=false", `docker://${host}/${repository}`],
    ...[...tags].map((tag) => ["inspect", "--tls-verify=false", `docker://${host}/${repository}:${tag}`]),
  ],
);
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      await run(skopeo, next, { env: programEnvironment() });
  }),
);
