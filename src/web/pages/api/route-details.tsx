import { useSignal } from "@preact/signals";
import { CopyCode } from "../../parts/control/copy-code.tsx";
import { Badge } from "../../parts/text/badge.tsx";
import type { Shape, ShapeField } from "./describe-schema.ts";
import type { ApiAnswer, ApiRoute } from "./read-openapi.ts";

/** One line, and all the rest once it is opened. */
export function RouteDetails({ route }: { readonly route: ApiRoute }) {
  const isOpen = useSignal(false);
  const { id, method, path, summary } = route;
  return (
    <details class="api-route" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>
        <span class={`method method-${method.toLowerCase()}`}>{method}</span>
        <code class="api-path">{path}</code>
        <span class="soft api-summary">{summary}</span>
      </summary>
      {isOpen.value ? <Opened key={id} route={route} /> : undefined}
    </details>
  );
}

function Opened({ route: { description, parameters, body, answers, example, id } }: { readonly route: ApiRoute }) {
  return (
    <div class="api-details">
      {description === undefined ? undefined : <p>{description}</p>}
      {parameters.length === 0 ? undefined : (
        <div>
          <h3>Arguments</h3>
          <Fields fields={parameters} />
        </div>
      )}
      {body === undefined ? undefined : (
        <div>
          <h3>Body</h3>
          <ShowShape shape={body} />
        </div>
      )}
      <div>
        <h3>Answers</h3>
        {answers.map((answer) => (
          <Answer key={answer.status} answer={answer} />
        ))}
      </div>
      <div>
        <h3>Example</h3>
        <CopyCode text={example} label={`the example of ${id}`} />
      </div>
    </div>
  );
}

function Answer({ answer: { status, description, contentTypes, shape } }: { readonly answer: ApiAnswer }) {
  const tone = status.startsWith("2") ? "good" : "quiet";
  const head = (
    <>
      <Badge tone={tone}>{status}</Badge> <span>{description}</span> <span class="soft">{contentTypes.join(", ")}</span>
    </>
  );
  if (shape === undefined || shape.fields.length === 0) return <p class="api-answer">{head}</p>;
  return (
    <details class="api-answer" open={status === "200"}>
      <summary>{head}</summary>
      <ShowShape shape={shape} />
    </details>
  );
}

function ShowShape({ shape: { type, fields } }: { readonly shape: Shape }) {
  return fields.length === 0 ? <code class="api-type">{type}</code> : <Fields fields={fields} />;
}

function Fields({ fields }: { readonly fields: readonly (ShapeField & { readonly place?: string })[] }) {
  return (
    <ul class="api-fields">
      {fields.map(({ name, type, isRequired, description, fields: inside, place }, index) => (
        <li key={index}>
          <div class="api-field">
            <code class="api-name">{name}</code>
            <code class="api-type">{type}</code>
            {place === undefined ? undefined : <span class="soft">in {place}</span>}
            {isRequired ? undefined : <span class="soft">optional</span>}
          </div>
          {description === undefined ? undefined : <p class="soft">{description}</p>}
          {inside.length === 0 ? undefined : <Fields fields={inside} />}
        </li>
      ))}
    </ul>
  );
}
