// Starts the moderators' program: gets the WebAssembly, and hands it the path of the newsroom and the browser's passkeys.
import init, { start } from "./newsroom.js";
import { create, get, supported } from "./passkey.js";

const base = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

// An invitation that is opened where the newsroom is open already changes the fragment alone.
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#invite=")) location.reload();
});

try {
  await init({ module_or_path: new URL("newsroom_bg.wasm", import.meta.url) });
  start(base, { create, get, supported: supported() });
} catch (failure) {
  document.getElementById("failed").hidden = false;
  throw failure;
}
