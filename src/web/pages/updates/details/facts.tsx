import type { ComponentChildren } from "preact";
import type { Reference } from "../../../../http/api/api-schemas.ts";
import { Words } from "../../../parts/text/words.tsx";

export function Facts({ reference }: { readonly reference: Reference }) {
  const { source, file, line, image, newest, update, policy, group, reasons, warnings } = reference;
  return (
    <>
      <dl class="fields">
        <Fact name="image">
          <code>
            <Words>{image}</Words>
          </code>
        </Fact>
        {update === undefined ? undefined : (
          <Fact name="becomes">
            <code>
              <Words>{update.to}</Words>
            </code>
          </Fact>
        )}
        {newest === null || update?.to.includes(`:${newest.tag}`) === true ? undefined : (
          <Fact name="newest">
            <code>{newest.tag}</code> ({newest.size})
          </Fact>
        )}
        <Fact name="source">
          <Words>{source}</Words>
        </Fact>
        <Fact name="file">
          <Words>{file}</Words>:{line}
        </Fact>
        <Fact name="policy">
          {policy === undefined ? <span class="soft">takes no part</span> : <code>{policy}</code>}
        </Fact>
        {group === undefined ? undefined : (
          <Fact name="group">
            <Words>{group}</Words>
          </Fact>
        )}
      </dl>
      {reasons.length + warnings.length === 0 ? undefined : (
        <ul class="reasons">
          {reasons.map(({ code, text }, index) => (
            <li key={`${code} ${index}`}>
              <Words>{text}</Words>
            </li>
          ))}
          {warnings.map(({ code, text }, index) => (
            <li key={`${code} ${index}`} class="text-warning">
              <Words>{text}</Words>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
