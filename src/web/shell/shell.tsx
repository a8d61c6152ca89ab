import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../../http/api/api-schemas.ts";
import { followEvents } from "../client/api/live.ts";
import { forgetResources } from "../client/api/resource.ts";
import { route } from "../client/browser/route.ts";
import { operations } from "../client/resources/operations.ts";
import { places } from "../pages/pages.ts";
import { PageLink } from "../parts/control/link.tsx";
import { Brand } from "./brand.tsx";
import { ConfirmationPlace } from "./confirmation.tsx";
import { ConnectionLine } from "./connection.tsx";
import { Keys } from "./keys.tsx";
import { Navigation } from "./navigation.tsx";
import { NotFound } from "./not-found.tsx";
import { Person } from "./person.tsx";

/** What is around every place of the page, for somebody who is signed in. */
export function Shell({ who }: { readonly who: Session }) {
  const main = useRef<HTMLElement>(null);
  const { page } = route.value;
  useEffect(() => {
    const hideOperations = operations.show();
    const end = followEvents();
    return () => {
      end();
      hideOperations();
      forgetResources();
    };
  }, [who.user, who.access]);
  useEffect(() => {
    // A reader who has not moved yet starts at the top of the document.
    if (document.activeElement !== document.body) main.current?.focus({ preventScroll: true });
  }, [page]);
  const Place = places.find(({ path }) => path === page)?.component ?? NotFound;
  return (
    <div class="shell">
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header class="side">
        <PageLink to="" class="side-brand" more={{ "aria-label": "Talos, overview" }}>
          <Brand />
        </PageLink>
        <Navigation />
        <Person who={who} />
      </header>
      <main id="content" class="main" ref={main} tabIndex={-1}>
        <ConnectionLine />
        <Place key={page} />
      </main>
      <ConfirmationPlace />
      <Keys />
    </div>
  );
}
