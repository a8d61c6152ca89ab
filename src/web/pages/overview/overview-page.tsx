import { ScanButton } from "../../parts/control/scan-button.tsx";
import { AccessHint } from "../../parts/layout/access-hint.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { NextScan } from "./next-scan.tsx";
import { SourceList } from "./source-list.tsx";
import { Today } from "./today.tsx";

export function OverviewPage() {
  return (
    <Page title="Overview" about={<NextScan />} actions={<ScanButton />}>
      <AccessHint wanted="operate" to="answer questions and scan" />
      <NeedsYou />
      <SourceList />
      <Today />
    </Page>
  );
}
