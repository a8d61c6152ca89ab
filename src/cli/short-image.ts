import { shortImage as imageText, shortVersion as versionText } from "../images/short-image.ts";
import { printable } from "./printable.ts";

/** `nginx:1.27.1@0a8020af`; a text that is no image reference as it is. */
export function shortImage(image: string): string {
  return printable(imageText(image));
}

/** What stands behind the name: `1.27.1@0a8020af`; without a tag the name. */
export function shortVersion(image: string): string {
  return printable(versionText(image));
}
