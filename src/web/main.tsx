/**
 * The page: a surface like the terminal and the bot. It shows what the API answers and runs operations; it holds no rule
 * of its own, and imports nothing from outside this folder but types.
 *
 * - Everything is below `document.baseURI`: the page works under any path of a proxy. Never write an absolute path.
 * - Names come from repositories, registries and hosts: they are children of elements, and addresses go through OutLink.
 * - The page is served with a policy that allows no inline script or style.
 */
import { render } from "preact";
import { App } from "./shell/app.tsx";
import "./styles/page.css";

const place = document.getElementById("page");
if (place !== null) render(<App />, place);
