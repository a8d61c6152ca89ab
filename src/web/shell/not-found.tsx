import { PageLink } from "../parts/control/link.tsx";
import { Empty } from "../parts/layout/empty.tsx";
import { Page } from "../parts/layout/page.tsx";

export function NotFound() {
  return (
    <Page title="Not found">
      <Empty icon="question" title="There is nothing at this address">
        <PageLink to="">Go to the overview</PageLink>
      </Empty>
    </Page>
  );
}
