/** What an operation answered, as HTML. All of it is text to Preact, whatever it looks like. */
import type { View, ViewPart } from "../../../operations/view.ts";
import { OutLink } from "../control/link.tsx";
import { Choice } from "./choice.tsx";
import { Code } from "./code.tsx";
import { ShowCell } from "./show-cell.tsx";

export function ShowView({ view }: { readonly view: View }) {
  return (
    <div class="view">
      {view.map((part, index) => (
        <ShowPart key={index} part={part} />
      ))}
    </div>
  );
}

function ShowPart({ part }: { readonly part: ViewPart }) {
  switch (part.type) {
    case "text":
      if (part.heading === true) return <h3 class="view-heading">{part.text}</h3>;
      return <p class={part.tone === undefined ? "view-text" : `view-text text-${part.tone}`}>{part.text}</p>;
    case "fields":
      return (
        <dl class="fields">
          {part.fields.map(({ name, value }, index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>
                <ShowCell cell={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return <ViewTable {...part} />;
    case "code":
      return <Code text={part.text} />;
    case "log":
      return (
        <pre class="code log" tabIndex={0}>
          {part.lines.join("\n")}
        </pre>
      );
    case "link":
      return (
        <p class="view-text">
          <OutLink url={part.url}>{part.text}</OutLink>
        </p>
      );
    case "choice":
      return <Choice choice={part} />;
  }
}

function ViewTable({ columns, rows }: Extract<ViewPart, { type: "table" }>) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label="Table">
      <table class="view-table">
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place}>
                  <ShowCell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
