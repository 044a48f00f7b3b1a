/** Puts a page of text together; `window.gdakg.ready` says that it is done. */
import { goWithin, takeAlong } from "../address.js";
import { createTheme } from "../theme.js";
import { createCards } from "./cards.js";
import { createControls } from "./controls.js";
import { createLanguages } from "./language.js";
import { createSaving } from "./saving.js";
import { createSorting } from "./sorting.js";

const data = JSON.parse(document.getElementById("data").textContent);
const showCard = createCards();
const shows = [createLanguages(data), createTheme(), createControls(), showCard];
showCard();
createSorting();
createSaving();
takeAlong(["lang", "theme"]);
goWithin();
addEventListener("hashchange", () => shows.forEach((show) => show()));
window.gdakg = { ...window.gdakg, ready: true };
