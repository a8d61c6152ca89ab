import { z } from "zod";
import { choice, keyFile, secret, text, webUrl } from "../setting-types.ts";

export const gitSettings = z
  .strictObject({
    WorkDirectory: text()
      .optional()
      .describe("Where clones are kept; not set: a folder of Talos in the system's temporary folder."),
    CommitSubject: text().default("[Talos] Updating images").describe("The first line of commits."),
  })
  .prefault({})
  .describe("Clones and commits.");

export const gitHost = z.strictObject({
  Type: choice("GitLab", "GitHub", "Gitea", "Forgejo", "Generic")
    .optional()
    .describe("The kind of server; not set: guessed from the URL. Generic: plain git, without merge requests."),
  Name: text()
    .default("Talos")
    .describe("The user name for HTTPS, and the author of commits unless AuthorName is set."),
  Username: text().optional().describe("The user name for HTTPS; not set: Name."),
  Token: secret().optional().describe("The access token for HTTPS and the server's API."),
  AuthorName: text().optional().describe("The author of commits; not set: Name."),
  Email: text().default("talos@example.com").describe("The author's e-mail address."),
  ApiUrl: webUrl().optional().describe("The server's API where it is not at its usual place."),
  IdentityFile: keyFile().optional().describe("The private key for SSH; not set: as OpenSSH decides."),
  KnownHostsFile: text().optional().describe("Where SSH host keys are looked up; not set: OpenSSH's own files."),
  SigningKey: keyFile().optional().describe("Signs commits: the file of an SSH key, or the id of a GPG key."),
  SigningFormat: choice("Ssh", "Gpg").default("Ssh").describe("What SigningKey is."),
});
