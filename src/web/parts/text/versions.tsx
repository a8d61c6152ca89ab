import { cutChange } from "../../client/words/cut-change.ts";
import { cutMiddle } from "../../client/words/cut-middle.ts";
import { shortChange } from "../../client/words/short-change.ts";
import { splitImage } from "../../client/words/split-image.ts";
import { Words } from "./words.tsx";

/** As many characters as there is room for on the narrowest screens. */
const most = 28;

/** From which version to which: tags where they differ, otherwise the digests. `to`: an image or a tag. */
export function Versions({ from, to }: { readonly from: string; readonly to: string | undefined }) {
  const { repository, tag, digest } = splitImage(from);
  const target = to === undefined || /[:@/]/.test(to) ? to : `${repository}:${to}`;
  if (target === undefined || target === from)
    return (
      <span class="version-pair" title={from}>
        <span class="version-from">
          <Words>{cutMiddle(tag ?? digest?.slice(0, 19) ?? "–", most)}</Words>
        </span>
      </span>
    );
  const change = cutChange(shortChange(from, target), most);
  return (
    <span class="version-pair" title={`${from} → ${target}`}>
      <span class="version-from">
        <Words>{change.from}</Words>
        <span class="version-arrow" aria-hidden="true">
          {" →"}
        </span>
      </span>
      <span class="unseen"> to </span>
      <span class="version-to">
        <Words>{change.to}</Words>
      </span>
    </span>
  );
}
