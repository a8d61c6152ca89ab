import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { programEnvironment, programPath } from "./find-program.ts";

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  /** Signed by itself, so this is also the authority to trust. */
  readonly cert: string;
  readonly key: string;
}

/** A new RSA key and a certificate for localhost and 127.0.0.1, as files in `folder`. */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  const certFile = join(folder, `${name}.crt`);
  const keyFile = join(folder, `${name}.key`);
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const files = ["-keyout", keyFile, "-out", certFile];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files];
  await promisify(execFile)(programPath("openssl"), request, { env: programEnvironment() });
  const [cert, key] = await Promise.all([readFile(certFile, "utf8"), readFile(keyFile, "utf8")]);
  return { certFile, keyFile, cert, key };
}
