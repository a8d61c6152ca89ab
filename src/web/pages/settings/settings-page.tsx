import { hasAccess } from "../../client/api/session.ts";
import { AccessHint } from "../../parts/layout/access-hint.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { Appearance } from "./appearance.tsx";
import { Configuration } from "./configuration.tsx";
import { Tokens } from "./tokens.tsx";
import { Versions } from "./versions.tsx";

export function SettingsPage() {
  const isAdmin = hasAccess("admin");
  return (
    <Page title="Settings" about="How this page looks, who is let in, and what Talos goes by.">
      <AccessHint wanted="admin" to="see tokens and the configuration" />
      <Appearance />
      {isAdmin ? <Tokens /> : undefined}
      <Versions />
      {isAdmin ? <Configuration /> : undefined}
    </Page>
  );
}
