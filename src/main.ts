import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { userCacheFolder } from "./cli/user-cache-folder.ts";

// Compiled code is kept between runs; where it cannot be, the program is as it was, a little slower.
enableCompileCache(join(userCacheFolder(process.env), "code"));

// A reader that stops reading (`talos plan | head`) ends the program without a word.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

// A command that waits for what can never come would otherwise end as if it were done.
process.once("beforeExit", () => {
  if (process.exitCode !== undefined) return;
  process.stderr.write("talos: ended before it was done. This is a fault of Talos, not yours. Please report it.\n");
  process.exitCode = 1;
});

void import("./cli/run-command-line.ts")
  .then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  .then((status) => {
    process.exitCode = status;
  });
